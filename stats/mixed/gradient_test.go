package mixed

import (
	"math"
	"strconv"
	"testing"

	"jiaoheng/stats"
	"jiaoheng/stats/table"
)

// sample makes rows of a crossed and nested design with noise: a, b text factors, x, z numbers, g, h, k groups (k within g), y.
func sample(seed uint64, rows, g, h, k int) *table.Table {
	s := stats.NewStream(seed)
	names := []string{"a", "b", "x", "z", "g", "h", "k", "y", "w"}
	cells := [][]string{names}
	effects := make([]float64, 4096)
	for i := range effects {
		effects[i] = s.Normal()
	}
	for range rows {
		gi, hi, ki := s.Below(g), s.Below(h), s.Below(k)
		x, z := 3+s.Normal(), 500+40*s.Normal()
		a, b := []string{"p", "q"}[s.Below(2)], []string{"u", "v", "w"}[s.Below(3)]
		y := 2 + 0.5*x + 0.01*z + 0.6*effects[gi] + 0.4*effects[1000+hi] + 0.3*effects[2000+gi*k+ki] + 0.2*effects[3000+gi]*x + s.Normal()
		if a == "q" {
			y += 0.3
		}
		number := func(v float64) string { return strconv.FormatFloat(math.Round(v*1e4)/1e4, 'g', -1, 64) }
		cells = append(cells, []string{a, b, number(x), number(z), "g" + strconv.Itoa(gi), "h" + strconv.Itoa(hi), "k" + strconv.Itoa(ki), number(y), number(0.5 + s.Float64())})
	}
	t, err := table.FromRows(cells, table.Limits{})
	if err != nil {
		panic(err)
	}
	return t
}

func sumsOf(t *testing.T, formula string, data *table.Table) *Sums {
	t.Helper()
	f, err := Parse(formula)
	if err != nil {
		t.Fatal(err)
	}
	s, err := FromTable(f, data, nil)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

var shapes = []string{
	"y ~ x + (1|g)", "y ~ x + (1+x|g)", "y ~ x + (1+x||g)", "y ~ x*a + (1|g) + (1|h)", "y ~ z + (1|g/k)", "y ~ 0 + a + (0+a|g) + (1|h)",
	"y ~ x + (1+x|g) + (1+z|h)", "y ~ x + (1|g/k) + (1|h)", "y ~ b + (1+x|g/k) + (0+b||h)", "y ~ 1 + (1|h/k) + (1|g)", "y ~ 0 + (1+z|g)",
}

func TestGradientIsThatOfTheDeviance(t *testing.T) {
	data := sample(1, 400, 12, 7, 3)
	for _, shape := range shapes {
		for _, reml := range []bool{true, false} {
			p, err := newProblem(sumsOf(t, shape, data))
			if err != nil {
				t.Fatalf("%s: %v", shape, err)
			}
			e := newEvaluator(p, reml)
			stream := stats.NewStream(7)
			theta := make([]float64, len(e.theta))
			for i := range theta {
				theta[i] = 0.2 + 0.5*stream.Float64()
			}
			e.deviance(theta)
			got := append([]float64{}, e.gradient()...)
			for i := range theta {
				const h = 1e-5
				up, down := append([]float64{}, theta...), append([]float64{}, theta...)
				up[i] += h
				down[i] -= h
				want := (e.deviance(up) - e.deviance(down)) / (2 * h)
				if math.Abs(got[i]-want) > 1e-5*(1+math.Abs(want)) {
					t.Errorf("%s reml=%v: derivative %d is %g, differences say %g", shape, reml, i, got[i], want)
				}
			}
		}
	}
}
