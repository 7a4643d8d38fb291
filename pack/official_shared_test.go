//go:build shared

package pack_test

import (
	"encoding/csv"
	"math"
	"os"
	"regexp"
	"strconv"
	"testing"

	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/unit"
)

// officialPacks are the packs in which the groups of the official list stand.
var officialPacks = map[string]string{"YZJH2017": "balanced", "JBJH2012": "basic-balance", "XQPP2020": "preschool", "RATES": "rates",
	"STAFF": "staffing", "FUND": "funding", "TUTOR": "tutoring", "AID": "aid", "PLAN": "siting-standards"}

// officialRules is how many rows the list has; a shorter list would make the test hold less than it says.
const officialRules = 117

// otherPack is the pack of rules that stand apart from their group.
var otherPack = map[string]string{"E13": "fitness", "E14": "fitness"}

// statedElsewhere names the parameter, or the standard, that holds the limit of a rule whose own indicator is a share of
// those who keep it, or counts what is too much.
var statedElsewhere = map[string]string{"balanced G4": "school_size_cap", "preschool K7": "kindergarten_outdoor_norm",
	"preschool K8": "kindergarten_activity_norm", "preschool K9": "kindergarten_building_norm", "staffing T4": "training_hours_required",
	"funding F2": "finance.per_primary_change"}

// listed is the day of the list. It gives the grant of A4 as it was until 2024 and notes the higher one of spring 2025.
var (
	listed      = period.Date{Year: 2026, Month: 11, Day: 22}
	listedOther = map[string]period.Date{"aid A4": {Year: 2024, Month: 12, Day: 31}}
)

// levels are the grades of the list as the packs number them.
var levels = map[string]float64{"III": 3}

var openRule = regexp.MustCompile("(?m)^\\| ([a-z-]+) \\| ([A-Za-z0-9-]+) \\|")

func TestEveryOfficialRuleStandsInAPackOrIsNamedAsOpen(t *testing.T) {
	set, faults := pack.Load(os.DirFS(".."), nil)
	if faults != nil {
		t.Fatal(faults.Text(message.Chinese))
	}
	open := openRules(t)
	rows := officialList(t)
	if len(rows) != officialRules {
		t.Fatalf("the list has %d rules, want %d", len(rows), officialRules)
	}
	for _, row := range rows {
		name := officialPacks[row["pack"]]
		if other, apart := otherPack[row["code"]]; apart {
			name = other
		}
		rule, scope := name+" "+row["code"], set.Closure(name)
		stands := scope != nil && hasCode(scope, row["code"])
		switch {
		case stands && open[rule]:
			t.Errorf("%s stands in its pack and is named in docs/open-rules.md all the same", rule)
		case !stands && !open[rule]:
			t.Errorf("%s (%s) stands in no pack and is not named in docs/open-rules.md", rule, row["name_zh"])
		case stands && !open[rule]:
			sameThresholds(t, scope, rule, row)
		}
	}
}

// officialList reads the rows by the names of the columns.
func officialList(t *testing.T) []map[string]string {
	t.Helper()
	file, err := os.Open("../../shared/standards/indicators.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	records, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var rows []map[string]string
	for _, record := range records[1:] {
		row := map[string]string{}
		for i, column := range records[0] {
			row[column] = record[i]
		}
		rows = append(rows, row)
	}
	return rows
}

// openRules reads the table of docs/open-rules.md: pack and code stand in its first two columns.
func openRules(t *testing.T) map[string]bool {
	t.Helper()
	text, err := os.ReadFile("../docs/open-rules.md")
	if err != nil {
		t.Fatal(err)
	}
	open := map[string]bool{}
	for _, found := range openRule.FindAllStringSubmatch(string(text), -1) {
		open[found[1]+" "+found[2]] = true
	}
	return open
}

func hasCode(scope *pack.Scope, code string) bool {
	for _, i := range scope.Pack.Indicators {
		if i.Code == code {
			return true
		}
	}
	for _, s := range scope.Pack.Standards {
		if s.Code == code {
			return true
		}
	}
	return false
}

// sameThresholds compares the numbers of the list with those in force in the pack.
func sameThresholds(t *testing.T, scope *pack.Scope, rule string, row map[string]string) {
	t.Helper()
	for column, stage := range map[string]unit.Stage{"threshold_primary": unit.Primary, "threshold_junior": unit.Junior} {
		want, isNumber := levels[row[column]]
		if number, err := strconv.ParseFloat(row[column], 64); err == nil {
			want, isNumber = number, true
		}
		if !isNumber {
			continue
		}
		if got, known := inForce(scope, rule, row["code"], stage); !known {
			t.Errorf("%s: no threshold for %s, want %v", rule, stage, want)
		} else if math.Abs(got-want) > 1e-9 {
			t.Errorf("%s: the threshold for %s is %v, want %v", rule, stage, got, want)
		}
	}
}

// inForce returns the threshold of a code for a stage on the day of the list, without any relaxation.
func inForce(scope *pack.Scope, rule, code string, stage unit.Stage) (float64, bool) {
	elsewhere, on := statedElsewhere[rule], listed
	if other, earlier := listedOther[rule]; earlier {
		on = other
	}
	if parameter, known := scope.Parameter(elsewhere); known {
		number, _, found := pack.ResolveFor(stage, parameter.Values, on, nil, scope.Defaults())
		return number, found
	}
	for _, s := range scope.Pack.Standards {
		if s.Comparator == "" || s.Name != elsewhere && (elsewhere != "" || s.Code != code) {
			continue
		}
		for _, of := range append([]unit.Stage{stage, ""}, unit.Stages()...) {
			if number, _, found := pack.ResolveFor(of, s.Thresholds, on, nil, scope.Defaults()); found {
				return number, true
			}
		}
	}
	return 0, false
}
