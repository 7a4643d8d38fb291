package expr_test

import (
	"strings"
	"testing"

	"jiaoheng/expr"
	"jiaoheng/fault"
	"jiaoheng/frame"
	"jiaoheng/measure"
	"jiaoheng/message"
)

// Whatever is typed is a fault with a place or a formula on which engine and oracle agree.
func FuzzFormula(f *testing.F) {
	for _, text := range []string{"100 * a / b", "if(ready, a, prev(b)) ^ -2", "（a＋在校生）≥ 5 且 not 民办", "cv(a, b) % round(a, 2) # x", "1 < 2 < 3", "'x' \"y\" /* ",
		"percentile(.5, a, b) + count(a > 1, ready)", "1__0..2 ? : | {}", strings.Repeat("-(", 40), "first_non_null(a, growth(b))"} {
		f.Add(text)
	}
	random := source(7)
	facts := county(map[string][]float64{"在校生": {45, 37, 89, 76, 55}, "a": {1, 0, -2.5, 4}, "b": {0, 3, 1e300}})
	for _, name := range logicalItems {
		facts.items[name] = expr.Item{Type: expr.Logical}
		facts.columns[expr.Reference{Name: name}] = column(&random, 7, expr.Logical)
	}
	f.Fuzz(func(t *testing.T, text string) {
		formula, faults := expr.Load(fault.Place{}, text, facts.items, expr.Wanted{})
		if formula == nil {
			if len(faults) == 0 || faults[0].Place.Line == 0 || faults[0].Place.Offset == 0 || faults.Text(message.English) == "" {
				t.Fatalf("%q: no place: %v", text, faults)
			}
			return
		}
		if len(text) < 200 {
			if err := compare(facts, text, 0, 7); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// Rows outside the range stay as they are, and old reasons inside it are gone.
func TestRunWritesItsRangeOnly(t *testing.T) {
	f := county(map[string][]float64{"a": {1, 2, 3, 4, 5}})
	formula, faults := expr.Load(fault.Place{}, "a * 2", f.items, expr.Wanted{})
	if faults != nil {
		t.Fatal(faults)
	}
	out := frame.NewColumn(7)
	for i := range 7 {
		out.Set(i, measure.InvalidBecause(measure.SmallSample))
	}
	formula.Run(f, f.shape, 2, 4, out)
	small, missing := measure.InvalidBecause(measure.SmallSample), measure.MissingFor("a")
	for i, want := range []measure.Value{small, small, measure.Of(4), measure.Of(6), small, small, small} {
		if got := out.Get(i, "?"); !got.Equal(want) {
			t.Errorf("row %d: %s", i, got.Text(message.Chinese))
		}
	}
	formula.Run(f, f.shape, 0, 7, out)
	formula.Run(f, f.shape, 3, 3, out)
	for i, want := range []measure.Value{missing, measure.Of(2), measure.Of(4), measure.Of(6), measure.Of(8), measure.Of(10), missing} {
		if got := out.Get(i, "?"); !got.Equal(want) {
			t.Errorf("row %d: %s", i, got.Text(message.Chinese))
		}
	}
}

func TestReferencesNameEveryItemAndPeriodOnce(t *testing.T) {
	formula, faults := expr.Load(fault.Place{}, "a / b + growth(a) + sum(a)", expr.Items{"a": {}, "b": {}}, expr.Wanted{})
	if faults != nil {
		t.Fatal(faults)
	}
	want := []expr.Reference{{Name: "a"}, {Name: "b"}, {Name: "a", Shift: expr.Previous}}
	got := formula.References()
	if len(got) != len(want) {
		t.Fatalf("%v", got)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("%v, want %v", got[i], want[i])
		}
	}
}
