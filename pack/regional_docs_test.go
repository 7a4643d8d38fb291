package pack_test

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
)

// The local pack that docs/regional-values.md shows loads beside the packs of the program, counts in its region from its
// date on, and changes nothing elsewhere.
func TestTheLocalPackOfTheDocsRaisesTheValueOfItsRegion(t *testing.T) {
	set, faults := pack.Load(os.DirFS(".."), fstest.MapFS{"packs/local-city/pack.yaml": {Data: []byte(docsBlock(t, "../docs/regional-values.md"))}})
	if faults != nil {
		t.Fatal(faults.Text(message.Chinese))
	}
	scope := set.Closure("balanced")
	standard, _ := scope.Standard("funding.special_per_pupil")
	cost, _ := scope.Parameter("cost_teaching_area")
	inside, outside := []string{"510104", "510100", "510000"}, []string{"320102", "320100", "320000"}
	for _, c := range []struct {
		name    string
		values  []pack.Dated
		on      period.Date
		regions []string
		want    float64
	}{
		{"in the region, from the date on", standard.Thresholds, period.Date{Year: 2023, Month: 9, Day: 1}, inside, 8000},
		{"in the region, the day before", standard.Thresholds, period.Date{Year: 2023, Month: 8, Day: 31}, inside, 6000},
		{"outside", standard.Thresholds, period.Date{Year: 2023, Month: 9, Day: 1}, outside, 6000},
		{"unit cost in the region", cost.Values, period.Date{Year: 2024, Month: 9, Day: 1}, inside, 3600},
		{"unit cost outside", cost.Values, period.Date{Year: 2024, Month: 9, Day: 1}, outside, 3000},
	} {
		if got, _, found := pack.ResolveFor("", c.values, c.on, c.regions, nil); !found || got != c.want {
			t.Errorf("%s: %v, %v, want %v", c.name, got, found, c.want)
		}
	}
}

// docsBlock returns the lines of a file that are indented by four blanks, without these.
func docsBlock(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var block strings.Builder
	for line := range strings.Lines(string(text)) {
		if inner, indented := strings.CutPrefix(line, "    "); indented {
			block.WriteString(inner)
		}
	}
	return block.String()
}
