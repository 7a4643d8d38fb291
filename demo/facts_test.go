package demo

import (
	"context"
	"crypto/rand"
	"strings"
	"testing"

	"jiaoheng"
	"jiaoheng/pack"
	"jiaoheng/person"
	"jiaoheng/round"
	"jiaoheng/store"
	"jiaoheng/unit"
)

func loaded(t *testing.T) *round.Desk {
	t.Helper()
	ctx := context.Background()
	s, err := store.Open(ctx, store.Options{DataDir: t.TempDir(), KeyFile: strings.Repeat("5a", 32)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	hasher, err := person.NewHasher(person.Cost{Memory: 8, Passes: 1, Threads: 1}, 1, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if err := Load(ctx, s, hasher); err != nil {
		t.Fatal(err)
	}
	set, faults := pack.Load(jiaoheng.Packs, nil)
	if faults != nil {
		t.Fatal(faults)
	}
	desk := round.NewDesk(set, s)
	facts, _, err := desk.Facts(ctx)
	if err != nil || len(facts.Dropped) > 0 {
		t.Fatalf("%v, rows without a place: %v", err, facts.Dropped)
	}
	return desk
}

// The story that README tells: which schools and figures of the county stand where, year by year.
func TestFactsTellTheStory(t *testing.T) {
	desk := loaded(t)
	names := map[string]string{}
	for _, u := range Units() {
		names[u.Code] = u.Name
	}
	cases := []struct {
		about         string
		year          int
		pack, code    string
		unit          string
		stage         unit.Stage
		verdict       string
		counted, line bool
	}{
		{"no teacher of music, art or PE", LastYear, "balanced", "R-SCH", NoMusic, unit.Primary, "fail", true, true},
		{"short of ground below the floor", LastYear, "balanced", "R-SCH", CrowdedTown, unit.Primary, "fail", true, true},
		{"a silent school", LastYear, "balanced", "R-SCH", Silent, unit.Primary, "unknown", true, true},
		{"the year before it had reported", LastYear - 1, "balanced", "R-SCH", Silent, unit.Primary, "pass", true, true},
		{"six of seven and the other at 85 %", LastYear, "balanced", "R-SCH", WholeSecond, unit.Junior, "pass", true, true},
		{"a shared house below two limits", LastYear, "balanced", "R-SCH", NineYear, unit.Junior, "fail", true, true},
		{"exactly on the limit", LastYear, "balanced", "R1", OnTheLimit, unit.Primary, "pass", true, true},
		{"fewer than 50 pupils", LastYear, "balanced", "R1", TinyPoint, unit.Primary, "", false, true},
		{"exactly 50 pupils", LastYear, "balanced", "R1", EdgePoint, unit.Primary, "pass", true, true},
		{"too good also breaks balance", LastYear - 1, "balanced", "CV5", "澄源县", unit.Junior, "fail", true, true},
		{"a silent school leaves the county undecided", LastYear, "balanced", "CV4", "澄源县", unit.Primary, "unknown", true, true},
		{"and not the year before", LastYear - 1, "balanced", "CV4", "澄源县", unit.Primary, "pass", true, true},
		{"merged away", LastYear, "balanced", "R1", MergedName, unit.Primary, "", false, false},
		{"before the merger", mergedOn.Year - 1, "balanced", "R1", MergedName, unit.Primary, "pass", true, true},
		{"large classes at first", FirstYear, "rates", "E7", "澄源县", unit.Primary, "fail", true, true},
		{"inclusive kindergartens", LastYear, "preschool", "K2", "澄源县", "", "pass", true, true},
		{"rotation grew past a tenth", LastYear, "staffing", "T2", "澄源县", "", "pass", true, true},
		{"and was below it", FirstYear, "staffing", "T2", "澄源县", "", "fail", true, true},
	}
	for _, c := range cases {
		t.Run(c.about, func(t *testing.T) {
			outcome, err := desk.Evaluate(context.Background(), round.Question{Pack: c.pack, Period: schoolYear(c.year)})
			if err != nil {
				t.Fatal(err)
			}
			found := false
			for _, line := range outcome.Lines() {
				if line.Code != c.code || names[line.Unit] != c.unit || c.stage != "" && line.Stage != c.stage {
					continue
				}
				found = true
				if line.Verdict.String() != c.verdict || line.Counted != c.counted {
					t.Errorf("%s %s: %q counted %v, want %q %v (value %s)", c.code, c.unit, line.Verdict, line.Counted, c.verdict, c.counted, line.Value.Text("zh"))
				}
			}
			if found != c.line {
				t.Errorf("%s %s: line %v, want %v", c.code, c.unit, found, c.line)
			}
		})
	}
}

// Coverage asks only those who must report: sections of kindergartens say nothing about the size of schools.
func TestCoverageAsksThoseWhoMustReport(t *testing.T) {
	outcome, err := loaded(t).Evaluate(context.Background(), round.Question{Pack: "balanced", Period: schoolYear(LastYear - 1)})
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range outcome.Lines() {
		if line.Unit == CountyCode && line.Coverage.Reported != line.Coverage.Expected {
			t.Errorf("%s %s: %v although nobody is silent", line.Code, line.Stage, line.Coverage)
		}
	}
}
