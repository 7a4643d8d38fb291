package expr_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jiaoheng/expr"
	"jiaoheng/expr/oracle"
	"jiaoheng/fault"
	"jiaoheng/frame"
	"jiaoheng/measure"
)

// facts are invented columns over an invented tree. They serve the engine as columns and the oracle as values.
type facts struct {
	shape   expr.Shape
	columns map[expr.Reference]*frame.Column
	items   expr.Items
}

func (f *facts) Column(r expr.Reference) *frame.Column { return f.columns[r] }

func (f *facts) Value(r expr.Reference, row int) measure.Value {
	name := r.Name
	switch r.Shift {
	case expr.Previous:
		name = "prev(" + name + ")"
	case expr.SameTermLastYear:
		name = "same_term_last_year(" + name + ")"
	}
	if f.columns[r] == nil {
		return measure.MissingFor(name)
	}
	return f.columns[r].Get(row, name)
}

func (f *facts) Leaves(row int) []int {
	var leaves []int
	for leaf := row; leaf < f.shape.End[row]; leaf++ {
		if f.shape.Leaf.Get(leaf) {
			leaves = append(leaves, leaf)
		}
	}
	return leaves
}

func (f *facts) Logical(name string) bool { return f.items[name].Type == expr.Logical }

var numericItems, logicalItems = []string{"a", "b", "在校生", "teacher.above"}, []string{"ready", "民办"}

// numbers are what cells hold: mostly plain counts, and what breaks rules.
var numbers = []float64{0, 1, 2, 3, 0.5, -1, 12, 45, 1000, -2.5, 0.29, 1e9, 1e300, -1e300, 1e-300}

// drawFacts invents a tree of n units and columns with holes.
func drawFacts(t *rapid.T, n int) *facts {
	f := &facts{columns: map[expr.Reference]*frame.Column{}, items: expr.Items{}}
	f.shape = expr.Shape{End: make([]int, n), Leaf: frame.NewBitmap(n)}
	random := source(rapid.Uint64().Draw(t, "seed"))
	parents := make([]int, n)
	for i := 1; i < n; i++ {
		// the parent is the unit before or one of those above it, so that the numbers stay in preorder
		parents[i] = i - 1
		for parents[i] > 0 && random.below(2) == 0 {
			parents[i] = parents[parents[i]]
		}
	}
	inner := make([]bool, n)
	for i := n - 1; i >= 0; i-- {
		f.shape.End[i] = max(f.shape.End[i], i+1)
		if i > 0 {
			f.shape.End[parents[i]] = max(f.shape.End[parents[i]], f.shape.End[i])
			inner[parents[i]] = true
		}
		if !inner[i] && random.below(8) > 0 {
			f.shape.Leaf.Set(i)
		}
	}
	for i, name := range slices.Concat(numericItems, logicalItems) {
		kind := expr.Numeric
		if i >= len(numericItems) {
			kind = expr.Logical
		}
		f.items[name] = expr.Item{Type: kind}
		for _, shift := range []expr.Shift{expr.Now, expr.Previous, expr.SameTermLastYear} {
			if random.below(12) > 0 {
				f.columns[expr.Reference{Name: name, Shift: shift}] = column(&random, n, kind)
			}
		}
	}
	return f
}

// source is a small generator of numbers, so that a case is one seed and not a thousand draws.
type source uint64

func (s *source) below(n int) int {
	*s = *s*6364136223846793005 + 1442695040888963407
	return int((uint64(*s) >> 33) % uint64(n))
}

func column(random *source, n int, kind expr.Type) *frame.Column {
	c := frame.NewColumn(n)
	holes, plain := random.below(3), random.below(3) > 0
	for i := range n {
		switch hole := random.below(10); {
		case hole < holes && random.below(3) == 0:
			c.Set(i, measure.InvalidBecause(measure.DivisionByZero))
		case hole < holes && random.below(2) == 0:
			c.Set(i, measure.MissingFor("pupils", "在校生"))
		case hole < holes:
		case kind == expr.Logical:
			c.Set(i, measure.Of(float64(random.below(2))))
		case plain:
			c.Set(i, measure.Of(numbers[random.below(9)]))
		default:
			c.Set(i, measure.Of(numbers[random.below(len(numbers))]))
		}
	}
	return c
}

// writer invents formulas as text, with every way to write an operator.
type writer struct{ random *source }

func (w writer) pick(texts ...string) string { return texts[w.random.below(len(texts))] }

func (w writer) number(depth int) string {
	if depth <= 0 {
		return w.pick(append(slices.Clone(numericItems), "2", "0.5", ".25", "2E0", "100", "0", "1_000", "３")...)
	}
	x, y := w.number(depth-1-w.random.below(2)), w.number(depth-1-w.random.below(2))
	item := w.pick(numericItems...)
	switch w.random.below(15) {
	case 0, 1, 2, 3:
		return x + " " + w.pick("+", "-", "*", "/", "×", "÷", "%", "^", "＋") + " " + y
	case 4:
		return "(" + x + ")" + w.pick("+", "-", "*", "/") + "（" + y + "）"
	case 5:
		return w.pick("-", "- -") + x
	case 6:
		return "if(" + w.condition(depth-1) + w.pick(", ", "，", "；") + x + ", " + y + ")"
	case 7:
		return w.pick("abs", "floor", "ceil", "round", "log10", "exp", "sqrt", "log") + "(" + x + ")"
	case 8:
		return w.pick("log("+x+", "+y+")", "round("+x+", 2)", "round("+x+", -1)")
	case 9:
		return w.pick("first_non_null", "greatest", "least") + "(" + x + ", " + y + ")"
	case 10:
		return w.pick("prev", "growth", "same_term_last_year") + "(" + item + ")"
	case 11:
		return w.pick("percentile(0.25, "+x+")", "percentile(0.9, "+x+", "+y+", 7)", "cv("+x+", "+y+")", "count("+w.condition(depth-1)+")",
			"count("+w.condition(0)+", "+w.condition(0)+")", "share("+w.condition(depth-1)+")", "count("+x+", "+y+")")
	case 12:
		return w.pick(statistics...) + "(" + x + ", " + y + ", " + w.number(0) + ")"
	}
	return w.pick(append(statistics, "count")...) + "(" + x + ")"
}

var statistics = []string{"sum", "mean", "min", "max", "median", "variance", "stddev_pop", "stddev_samp", "cv_unweighted", "cv_sample"}

func (w writer) condition(depth int) string {
	if depth <= 0 {
		return w.pick(append(slices.Clone(logicalItems), "true", "false", "a > 1", "在校生 <= 45")...)
	}
	switch w.random.below(6) {
	case 0:
		return w.pick("not ", "非 ", "!") + w.condition(depth-1)
	case 1:
		return "is_null(" + w.pick(w.number(depth-1), w.condition(depth-1)) + ")"
	case 2, 3:
		return "(" + w.condition(depth-1) + ")" + w.pick(" and ", " or ", "且", "或", " && ", " || ") + "(" + w.condition(depth-1) + ")"
	case 4:
		return "(" + w.condition(depth-1) + ")" + w.pick(" == ", " != ", "≠") + "(" + w.condition(depth-1) + ")"
	}
	return w.number(depth-1) + w.pick(" < ", " <= ", "≤", " > ", "≥", " = ", " == ", "<>", " ≠ ") + w.number(depth-1)
}

// agrees tells whether both are the same reason, or numbers that differ at most by the error of arithmetic.
func agrees(a, b measure.Value) bool {
	x, known := a.Number()
	y, alsoKnown := b.Number()
	if known && alsoKnown {
		return math.Abs(x-y) <= 1e-12*max(math.Abs(x), math.Abs(y))
	}
	return a.Equal(b)
}

// compare runs one formula in both ways over every row.
func compare(f *facts, text string, from, to int) error {
	formula, faults := expr.Load(fault.Place{}, text, f.items, expr.Wanted{})
	if faults != nil {
		return fmt.Errorf("%s: %w", text, faults.Err())
	}
	out := frame.NewColumn(len(f.shape.End))
	formula.Run(f, f.shape, from, to, out)
	for row := from; row < to; row++ {
		if fast, slow := out.Get(row, "?"), oracle.Evaluate(formula.Tree(), f, row); !agrees(fast, slow) {
			return fmt.Errorf("%s\n row %d: engine %v, oracle %v", text, row, told(fast), told(slow))
		}
	}
	return nil
}

func told(v measure.Value) string {
	if x, known := v.Number(); known {
		return fmt.Sprint(x)
	}
	return strings.Join(v.Reason().Names, ",")
}

// formulasEach is how many formulas run over each invented frame; rapid invents a hundred frames.
const formulasEach = 120

func TestEngineAndOracleAgree(t *testing.T) {
	known := 0
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 40).Draw(t, "units")
		f := drawFacts(t, n)
		random := source(rapid.Uint64().Draw(t, "formulas"))
		w := writer{&random}
		for range formulasEach {
			text := w.number(4)
			if random.below(3) == 0 {
				text = w.condition(4)
			}
			from := random.below(n)
			if err := compare(f, text, from, from+1+random.below(n-from)); err != nil {
				t.Fatal(err)
			}
			known++
		}
	})
	if known < 10000 {
		t.Errorf("only %d formulas ran", known)
	}
}

// Blocks begin and end inside a frame of several thousand rows.
func TestEngineAndOracleAgreeOverManyBlocks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := drawFacts(t, rapid.IntRange(1020, 2100).Draw(t, "units"))
		for _, text := range []string{"100 * teacher.above / 在校生", "if(ready and a > 1, a / b, prev(a))", "first_non_null(growth(a), b - 1)",
			"count(a / b)", "cv(first_non_null(a, 1), first_non_null(b, 2))", "is_null(sum(b))"} {
			if err := compare(f, text, rapid.IntRange(0, 1000).Draw(t, "from"), len(f.shape.End)); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// A tree that is written and read again is the same tree.
func TestWrittenTreesAreReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		random := source(rapid.Uint64().Draw(t, "seed"))
		text := writer{&random}.number(5)
		tree, faults := expr.Parse(fault.Place{}, text)
		if faults != nil {
			t.Fatalf("%s: %v", text, faults)
		}
		again, faults := expr.Parse(fault.Place{}, tree.String())
		if faults != nil || again.String() != tree.String() {
			t.Fatalf("%s: %s: %v", text, tree, faults)
		}
	})
}
