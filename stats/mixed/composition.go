package mixed

import (
	"math"
	"slices"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// WithMeans returns sums with one more column of X: for every row the mean of a column over the level of a group that the row belongs
// to, such as the mean entry score of its school (composition). It costs no rows: the mean of a level is in the sums, and what is the
// same for all rows of a cell enters its moments by their count and sums.
//
// The name of the column is mean(column, group). Sums of shards must be merged, and levels left out, before: the mean is that of the
// rows that are there, weights counted.
// Source: Y. Mundlak: On the Pooling of Time Series and Cross Section Data, Econometrica 46(1), 1978.
func (s *Sums) WithMeans(column, group string) (*Sums, error) {
	of := slices.IndexFunc(s.Design.Columns[:len(s.Design.Columns)-s.Design.Responses], func(c Column) bool { return c.Name == column })
	g := slices.IndexFunc(s.Design.Groups, func(g Group) bool { return g.Name == group })
	if of < 0 || g < 0 {
		return nil, fault.New("mixed.mean_unknown", message.Args{"column": column, "group": group})
	}
	d := *s.Design
	at := len(d.Columns) - d.Responses
	name := "mean(" + column + ", " + group + ")"
	formula := *d.Formula
	formula.text += " + " + name
	d.Formula = &formula
	d.Columns = slices.Insert(slices.Clone(d.Columns), at, Column{Name: name})
	d.Fixed = append(slices.Clone(d.Fixed), Effect{Name: name, Column: at})
	out := NewSums(&d, slices.Insert(slices.Clone(s.Centre), at, s.Centre[of]))
	out.Missing = s.Missing
	means := s.means(of, g)
	moments := make([]float64, out.size)
	codes := make([]int32, len(d.Keys))
	for cell := range s.counts {
		levels, rows, _ := s.Cell(cell)
		for k, code := range levels {
			codes[k] = out.Level(k, s.Levels[k][code])
		}
		s.widen(cell, at, means[s.levelName(g, levels)], moments)
		out.addTo(out.cellOf(codes), rows, s.logs[cell], moments, nil, 1)
	}
	return out, nil
}

// means returns the mean of a column, less its centre, for every level of a group.
func (s *Sums) means(column, group int) map[string]float64 {
	sums, weights := map[string]float64{}, map[string]float64{}
	for cell := range s.counts {
		levels, _, _ := s.Cell(cell)
		name := s.levelName(group, levels)
		sums[name] += s.moment(cell, (column+1)*(column+2)/2)
		weights[name] += s.moment(cell, 0)
	}
	for name, w := range weights {
		if w > 0 {
			sums[name] /= w
		}
	}
	return sums
}

// widen writes the moments of a cell with a column of one constant value put in at place at of the columns.
func (s *Sums) widen(cell, at int, value float64, out []float64) {
	to := 0
	for i := range len(s.Centre) + 2 {
		for j := range i + 1 {
			a, times := i, 1.0
			b := j
			for _, x := range []*int{&a, &b} {
				switch {
				case *x == at+1: // the new column is value times the constant
					*x, times = 0, times*value
				case *x > at+1:
					*x--
				}
			}
			if a < b {
				a, b = b, a
			}
			out[to] = times * s.moment(cell, a*(a+1)/2+b)
			to++
		}
	}
}

// Line returns what the fixed part of a model expects at given values of its coefficients' columns, and the standard error of that;
// columns that are not named count as 0, the intercept as 1. It is the expected line of a chart of exit on entry.
func (r *Result) Line(values map[string]float64) (expected, se float64) {
	x := make([]float64, len(r.Coefficient))
	for i, c := range r.Coefficient {
		x[i] = values[c.Name]
		if c.Name == "(Intercept)" {
			x[i] = 1
		}
		expected += c.Value * x[i]
	}
	variance := 0.0
	for i := range x {
		for j := range x {
			variance += x[i] * r.Covariance[i][j] * x[j]
		}
	}
	return expected, math.Sqrt(max(variance, 0))
}
