package round_test

import (
	"testing"

	"jiaoheng/measure"
	"jiaoheng/unit"
)

// What those who reported give: A2 has not told its teachers, so that neither they nor its pupils bend the figure.
func TestPartialFiguresLeaveTheSilentOut(t *testing.T) {
	r := exampleA(t)
	number, _ := r.tree.Number("A2-primary")
	r.facts.Set("teachers_above", year, number, measure.MissingFor("teachers_above"))
	o := evaluate(t, r.input(allPacks(t), "balanced"))
	row, _ := o.Space().Row("C")
	for name, want := range map[string]float64{"teacher.above_per_100": 100.0 * 48 / 900, "balance.teachers_above": 0.0883883} {
		if line(t, o, map[string]string{"teacher.above_per_100": "R1", "balance.teachers_above": "CV1"}[name], "C", unit.Primary).Value.Known() {
			t.Errorf("%s: known although A2 is silent", name)
		}
		value, partial := o.Partial(name, unit.Primary, row)
		if got, _ := value.Number(); !partial || !near(got, want) {
			t.Errorf("%s: %v %v, want %v", name, value, partial, want)
		}
	}
	if _, partial := o.Partial("area.teaching_per_pupil", unit.Primary, row); partial {
		t.Error("a figure that everybody reported is not partial")
	}
	if _, partial := o.Partial("nothing", unit.Primary, row); partial {
		t.Error("an unknown indicator has a partial figure")
	}
}
