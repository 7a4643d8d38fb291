package survey

import (
	"math"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// Adjust raises the weights of those who answered by the weight of those of their cell who did not: cell codes from 0. Who did not answer
// gets 0. A cell in which nobody answered is a fault.
func Adjust(weights []float64, cells []int32, answered []bool) ([]float64, error) {
	all, there := map[int32]float64{}, map[int32]float64{}
	for i, w := range weights {
		all[cells[i]] += w
		if answered[i] {
			there[cells[i]] += w
		}
	}
	var faults fault.List
	for cell := range all {
		if there[cell] == 0 && all[cell] > 0 {
			faults.Add(fault.New("survey.empty_cell", message.Args{"cell": cell}))
		}
	}
	out := make([]float64, len(weights))
	for i, w := range weights {
		if answered[i] && there[cells[i]] > 0 {
			out[i] = w * all[cells[i]] / there[cells[i]]
		}
	}
	return out, faults.Err()
}

// Trim cuts weights at a limit and spreads what was cut over the others by their weight, again until none exceeds it. The sum stays; a limit
// below the mean weight cannot be kept and is a fault.
func Trim(weights []float64, limit float64) ([]float64, error) {
	sum, count := 0.0, 0
	for _, w := range weights {
		if w > 0 {
			sum += w
			count++
		}
	}
	if !(limit > 0) || limit*float64(count) < sum {
		return nil, fault.New("survey.trim", message.Args{"limit": limit, "mean": sum / float64(count)})
	}
	out := append([]float64(nil), weights...)
	for range len(weights) + 1 {
		fixed, free := 0.0, 0.0
		for _, w := range out {
			if w >= limit {
				fixed += limit
			} else {
				free += w
			}
		}
		scale, again := 1.0, false
		if free > 0 {
			scale = (sum - fixed) / free
		}
		for i, w := range out {
			if w >= limit {
				again = again || w > limit
				out[i] = limit
			} else {
				out[i] = w * scale
			}
		}
		if !again && math.Abs(scale-1) < 1e-15 {
			break
		}
	}
	return out, nil
}

// PostStratify scales the weights of each cell to its known total; codes of cells from 0.
func (s *Sample) PostStratify(cells []int32, totals []float64) (*Sample, error) {
	return s.Calibrate(indicators(cells, len(totals)), totals)
}

func indicators(cells []int32, count int) [][]float64 {
	out := make([][]float64, count)
	for k := range out {
		out[k] = make([]float64, len(cells))
	}
	for i, cell := range cells {
		out[cell][i] = 1
	}
	return out
}

// Calibrate makes weights that meet known totals of columns and stay as near as they can to the old ones (linear, chi-squared distance):
// w(1 + x'λ). Estimates then rest on what the columns leave unexplained, and so do their standard errors.
func (s *Sample) Calibrate(columns [][]float64, totals []float64) (*Sample, error) {
	missing := make([]float64, len(totals))
	for k, column := range columns {
		missing[k] = totals[k]
		for i, w := range s.weights {
			missing[k] -= w * column[i]
		}
	}
	_, inverse, err := leastSquares(s.weights, make([]float64, len(s.weights)), columns)
	if err != nil {
		return nil, err
	}
	out := *s
	out.base, out.aux, out.weights = s.weights, columns, make([]float64, len(s.weights))
	negative := 0
	for i, w := range s.weights {
		g := 1.0
		for k := range columns {
			for l, column := range columns {
				g += inverse.At(k, l) * missing[k] * column[i]
			}
		}
		out.weights[i] = w * g
		if out.weights[i] < 0 {
			negative++
		}
	}
	if negative > 0 {
		return nil, fault.New("survey.negative", message.Args{"count": negative})
	}
	return &out, nil
}

// Limits of raking.
const (
	maxRakes   = 500
	rakedClose = 1e-12
)

// Margin is one classification with the known totals of its classes.
type Margin struct {
	Cells  []int32
	Totals []float64
}

// Rake scales weights to each margin in turn until all are met. Errors: margins with different sums, classes nobody is in, no convergence.
func (s *Sample) Rake(margins []Margin) (*Sample, error) {
	var columns [][]float64
	var faults fault.List
	sum := 0.0
	for m, margin := range margins {
		here, present := 0.0, make([]float64, len(margin.Totals))
		for _, total := range margin.Totals {
			here += total
		}
		if m == 0 {
			sum = here
		} else if math.Abs(here-sum) > 1e-6*sum {
			faults.Add(fault.New("survey.margins", message.Args{"first": sum, "other": here}))
		}
		for i, cell := range margin.Cells {
			present[cell] += s.weights[i]
		}
		for cell, weight := range present {
			if weight == 0 && margin.Totals[cell] > 0 {
				faults.Add(fault.New("survey.empty_cell", message.Args{"cell": cell}))
			}
		}
		marks := indicators(margin.Cells, len(margin.Totals))
		if m > 0 { // the constant lies in the first margin already
			marks = marks[1:]
		}
		columns = append(columns, marks...)
	}
	if faults != nil {
		return nil, faults
	}
	weights := append([]float64(nil), s.weights...)
	for range maxRakes {
		worst := 0.0
		for _, margin := range margins {
			present := make([]float64, len(margin.Totals))
			for i, cell := range margin.Cells {
				present[cell] += weights[i]
			}
			for cell, weight := range present {
				if weight > 0 {
					worst = max(worst, math.Abs(margin.Totals[cell]/weight-1))
				}
			}
			for i, cell := range margin.Cells {
				if present[cell] > 0 {
					weights[i] *= margin.Totals[cell] / present[cell]
				}
			}
		}
		if worst < rakedClose {
			out := *s
			out.base, out.aux, out.weights = weights, columns, weights
			return &out, nil
		}
	}
	return nil, fault.New("survey.no_raking", nil)
}

// residuals of an influence on the columns that weights were calibrated to.
func (s *Sample) residuals(influence []float64) []float64 {
	if s.aux == nil {
		return influence
	}
	beta, _, err := leastSquares(s.base, influence, s.aux)
	if err != nil {
		panic(err) // the same columns were solved when the weights were made
	}
	out := make([]float64, len(influence))
	for i, u := range influence {
		out[i] = u
		for k, column := range s.aux {
			out[i] -= beta[k] * column[i]
		}
	}
	return out
}
