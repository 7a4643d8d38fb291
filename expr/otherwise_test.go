package expr

import (
	"testing"

	"jiaoheng/fault"
	"jiaoheng/frame"
	"jiaoheng/measure"
)

// A column may say for all its absent cells at once why they are absent; the same formula may run on another one next.
func TestOneReasonForManyCells(t *testing.T) {
	formula, faults := Load(fault.Place{}, "x + 1", Items{"x": {Type: Numeric}}, Wanted{})
	if faults != nil {
		t.Fatal(faults)
	}
	shape := Shape{End: []int{1, 2, 3}, Leaf: frame.NewBitmap(3)}
	run := func(column *frame.Column) *frame.Column {
		out := frame.NewColumn(3)
		formula.Run(oneColumn{column}, shape, 0, 3, out)
		return out
	}
	column := frame.NewColumn(3)
	column.Set(0, measure.Of(2))
	column.Set(1, measure.MissingFor("y"))
	column.Otherwise = measure.InvalidBecause(measure.SmallSample).Reason()
	out := run(column)
	for row, want := range []measure.Value{measure.Of(3), measure.MissingFor("y"), measure.InvalidBecause(measure.SmallSample)} {
		if got := out.Get(row, "out"); !got.Equal(want) {
			t.Errorf("row %d: %v, want %v", row, got, want)
		}
	}
	if got := run(frame.NewColumn(3)).Get(2, "out"); !got.Equal(measure.MissingFor("x")) {
		t.Errorf("a column that says nothing: %v, want that x is missing", got)
	}
}

type oneColumn struct{ column *frame.Column }

func (s oneColumn) Column(Reference) *frame.Column { return s.column }
