package expr_test

import (
	"testing"

	"jiaoheng/expr"
	"jiaoheng/fault"
	"jiaoheng/frame"
	"jiaoheng/measure"
)

// province is 20,000 units under 100 counties, with every fiftieth cell silent when holes is true.
func province(holes bool) *facts {
	const n = 20000
	f := &facts{columns: map[expr.Reference]*frame.Column{}, items: expr.Items{}, shape: expr.Shape{End: make([]int, n), Leaf: frame.NewBitmap(n)}}
	for i := range n {
		f.shape.End[i] = i + 1
		if i%200 == 0 {
			f.shape.End[i] = i + 200
		} else {
			f.shape.Leaf.Set(i)
		}
	}
	random := source(1)
	for _, name := range []string{"teachers", "pupils", "area"} {
		c := frame.NewColumn(n)
		for i := range n {
			if !holes || random.below(50) > 0 {
				c.Numbers[i] = float64(1 + random.below(2000))
				c.Present.Set(i)
			}
		}
		f.columns[expr.Reference{Name: name}] = c
		f.items[name] = expr.Item{Type: expr.Numeric, Measure: &measure.Measure{}}
	}
	return f
}

func benchmark(b *testing.B, text string, holes bool) {
	f := province(holes)
	formula, faults := expr.Load(fault.Place{}, text, f.items, expr.Wanted{})
	if faults != nil {
		b.Fatal(faults)
	}
	out := frame.NewColumn(len(f.shape.End))
	b.ReportAllocs()
	for b.Loop() {
		formula.Run(f, f.shape, 0, len(f.shape.End), out)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(f.shape.End)), "ns/row")
}

func BenchmarkIndicator(b *testing.B)       { benchmark(b, "100 * teachers / pupils", false) }
func BenchmarkIndicatorSilent(b *testing.B) { benchmark(b, "100 * teachers / pupils", true) }
func BenchmarkCondition(b *testing.B) {
	benchmark(b, "100 * teachers / pupils >= 4.2 and area / pupils >= 4.5", false)
}
func BenchmarkCoefficient(b *testing.B) { benchmark(b, "cv(100 * teachers / pupils, pupils)", false) }
func BenchmarkCoefficientSilent(b *testing.B) {
	benchmark(b, "cv(100 * teachers / pupils, pupils)", true)
}

func BenchmarkLoad(b *testing.B) {
	f := province(false)
	for b.Loop() {
		if _, faults := expr.Load(fault.Place{}, "if(pupils >= 50, 100 * teachers / pupils, first_non_null(area, 0))", f.items, expr.Wanted{}); faults != nil {
			b.Fatal(faults)
		}
	}
}
