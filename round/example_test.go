package round_test

import (
	"fmt"
	"testing"

	"jiaoheng/round"
	"jiaoheng/standard"
	"jiaoheng/unit"
)

// figures are the seven values of a unit, in the order R1 … R7 or CV1 … CV7.
func wantSeven(t *testing.T, o *round.Outcome, prefix, unitCode string, stage unit.Stage, want [7]float64) {
	t.Helper()
	for k, value := range want {
		wantValue(t, line(t, o, fmt.Sprint(prefix, k+1), unitCode, stage), value)
	}
}

func wantAllSeven(t *testing.T, o *round.Outcome, prefix, unitCode string, stage unit.Stage, verdict standard.Verdict) {
	t.Helper()
	for k := range 7 {
		wantVerdict(t, line(t, o, fmt.Sprint(prefix, k+1), unitCode, stage), verdict)
	}
}

func TestExampleA(t *testing.T) {
	o := evaluate(t, exampleA(t).input(allPacks(t), "balanced"))
	wantSeven(t, o, "R", "A1", unit.Primary, [7]float64{5, 7.0 / 6, 1, 5, 8, 2200, 2.5})
	wantSeven(t, o, "R", "A2", unit.Primary, [7]float64{40.0 / 9, 10.0 / 9, 1, 4.6, 7.6, 2100, 7.0 / 3})
	wantSeven(t, o, "R", "A3", unit.Primary, [7]float64{6, 1, 1, 6, 11, 2600, 3})
	wantSeven(t, o, "R", "C", unit.Primary, [7]float64{4.888889, 1.111111, 1, 4.966667, 8.3, 2216.666667, 2.5})
	wantSeven(t, o, "CV", "C", unit.Primary, [7]float64{0.113636, 0.05, 0, 0.099772, 0.147067, 0.079926, 0.094281})
	wantAllSeven(t, o, "CV", "C", unit.Primary, standard.Pass)
	for _, code := range []string{"A1", "A2", "A3"} {
		wantAllSeven(t, o, "R", code, unit.Primary, standard.Pass)
		wantVerdict(t, line(t, o, "R-SCH", code, unit.Primary), standard.Pass)
	}
	left := line(t, o, "R1", "A4", unit.Primary)
	if left.Counted || left.Verdict != standard.Not || left.Value.Reason().Names[0] != "indicator.not_counted" {
		t.Errorf("the teaching point: %+v", left)
	}
	schools := line(t, o, "R-SCH", "C", unit.Primary)
	if schools.Failing != 0 || schools.Judged != 3 {
		t.Errorf("%d of %d schools fail", schools.Failing, schools.Judged)
	}
	if c := line(t, o, "R5", "C", unit.Primary).Coverage; c.Reported != 3 || c.Expected != 3 {
		t.Errorf("coverage %v", c)
	}
	wantVerdict(t, line(t, o, "balanced.resource", "C", unit.Primary), standard.Pass)
}

func TestExampleB(t *testing.T) {
	o := evaluate(t, exampleB(t).input(allPacks(t), "balanced"))
	wantSeven(t, o, "R", "B1", unit.Junior, [7]float64{6, 1, 1, 6.2, 9, 2700, 2.5})
	wantSeven(t, o, "R", "B2", unit.Junior, [7]float64{7, 1.2, 1, 7, 8.5, 3000, 3})
	wantSeven(t, o, "R", "B3", unit.Junior, [7]float64{5.3, 0.9, 0.9, 6, 9.8, 2600, 2.4})
	wantSeven(t, o, "CV", "C", unit.Junior, [7]float64{0.109975, 0.114208, 0.051826, 0.061390, 0.056803, 0.056252, 0.090959})
	wantSeven(t, o, "R", "C", unit.Junior, [7]float64{5.913043, 1, 0.956522, 6.286957, 9.239130, 2721.739130, 2.565217})
	wantAllSeven(t, o, "CV", "C", unit.Junior, standard.Pass)
	for code, verdict := range map[string]standard.Verdict{"B1": standard.Pass, "B2": standard.Fail, "B3": standard.Fail, "C": standard.Fail} {
		wantVerdict(t, line(t, o, "R-SCH", code, unit.Junior), verdict)
	}
	for _, code := range []string{"R1", "R3", "R7"} { // exactly on three limits
		wantVerdict(t, line(t, o, code, "B3", unit.Junior), standard.Pass)
	}
	wantVerdict(t, line(t, o, "balanced.resource", "C", unit.Junior), standard.Fail)
	for code, want := range map[string]float64{"B1": 960, "B2": 850, "B3": 400, "C": 2210} {
		l := line(t, o, "R5", code, unit.Junior)
		if amount, _ := l.Shortfall.Amount.Number(); !near(amount, want) {
			t.Errorf("%s lacks %v m², want %v", code, amount, want)
		}
	}
	ways := o.Ways("resource.school", unit.Junior, line(t, o, "R-SCH", "B2", unit.Junior).Row)
	if len(ways) != 1 || len(ways[0].Steps) != 1 || !ways[0].Steps[0].ToFloor {
		t.Fatalf("ways of B2: %+v", ways)
	}
	if amount, _ := ways[0].Steps[0].Shortfall.Amount.Number(); !near(amount, 85) {
		t.Errorf("B2 lacks %v m² to the floor", amount)
	}
	if amount, _ := ways[0].Steps[0].Full.Amount.Number(); !near(amount, 850) {
		t.Errorf("B2 lacks %v m² to the standard", amount)
	}
	wantWays(t, o.Ways("resource.school", unit.Junior, line(t, o, "R-SCH", "B3", unit.Junior).Row))
}

// wantWays checks the two ways of school B3: 400 m² of sports area, or one backbone teacher.
func wantWays(t *testing.T, ways []standard.Way) {
	t.Helper()
	want := map[string]float64{"area.sports_per_pupil": 400, "teacher.backbone_per_100": 1}
	if len(ways) != len(want) {
		t.Fatalf("ways of B3: %+v", ways)
	}
	for _, way := range ways {
		step := way.Steps[0]
		if amount, _ := step.Shortfall.Amount.Number(); len(way.Steps) != 1 || step.ToFloor || !near(amount, want[step.Standard.Name]) {
			t.Errorf("a way of B3: %s %v", step.Standard.Name, amount)
		}
	}
}

func near(got, want float64) bool { return got-want < 1e-6 && want-got < 1e-6 }

func TestExampleC(t *testing.T) {
	o := evaluate(t, exampleC(t).input(allPacks(t), "balanced"))
	wantSeven(t, o, "R", "C1", unit.Junior, [7]float64{6, 7.0 / 6, 1, 6, 30, 2700, 2.5})
	wantSeven(t, o, "R", "C2", unit.Junior, [7]float64{6, 1, 1, 5.5, 11, 2750, 2.712329})
	wantSeven(t, o, "R", "C2", unit.Primary, [7]float64{5, 1, 1, 5, 10, 2500, 2.465753})
	wantSeven(t, o, "R", "C3", unit.Junior, [7]float64{6, 4.0 / 3, 10.0 / 9, 7, 12, 3000, 8.0 / 3})
	wantSeven(t, o, "CV", "C", unit.Junior, [7]float64{0, 0.103645, 0.050508, 0.093644, 0.462657, 0.048004, 0.035883})
	wantSeven(t, o, "CV", "C", unit.Primary, [7]float64{0.018602, 0.042164, 0, 0.028319, 0.105409, 0.059293, 0.006213})
	wantVerdict(t, line(t, o, "CV5", "C", unit.Junior), standard.Fail)
	for _, code := range []string{"C1", "C2", "C3"} {
		wantVerdict(t, line(t, o, "R-SCH", code, unit.Junior), standard.Pass)
	}
	wantVerdict(t, line(t, o, "balanced.resource", "C", unit.Primary), standard.Pass)
	wantVerdict(t, line(t, o, "balanced.resource", "C", unit.Junior), standard.Fail)
	if o.Verdict() != standard.Fail {
		t.Errorf("the county: %v", o.Verdict())
	}
	deviation, mean := line(t, o, "CV5", "C", unit.Junior).Numerator, line(t, o, "CV5", "C", unit.Junior).Denominator
	if s, _ := deviation.Number(); !near(s, 9.150322) && s-9.150322 > 1e-6 {
		t.Errorf("S = %v", deviation)
	}
	if m, _ := mean.Number(); m-19.777778 > 1e-6 || 19.777778-m > 1e-6 {
		t.Errorf("mean = %v", mean)
	}
}
