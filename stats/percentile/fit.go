package percentile

import (
	"math"
	"slices"
	"sort"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// Limits of one fit.
const (
	MaxRows   = 2_000_000
	MaxPriors = 6
	LeastRows = 50 // complete
	Quantiles = 100
)

// Result is the growth percentiles of pupils and how they came about.
type Result struct {
	Rows       int       // given
	Complete   int       // with outcome and all priors
	Knots      []Knots   // of each prior
	Percentile []int     // of each row, 1 to 99; 0: missing
	Losses     []float64 // check loss of each regression
	Mean       float64   // of the percentiles
	Median     float64
	Dropped    int // columns of the design that followed from others
	Crossed    int // groups of equal priors whose quantiles had to be sorted
	Pivots     int
	Gap        float64 // largest distance of a loss from its lower bound, as a share of the loss

	quantiles []float64 // groups × Quantiles, sorted
	problem   *problem
}

// Tau is the share of regression j, from 0.
func Tau(j int) float64 { return (float64(j) + 0.5) / Quantiles }

// Fit computes growth percentiles. Missing values are not numbers (NaN). Errors: fault.List with all that is wrong.
func Fit(outcome []float64, priors [][]float64) (*Result, error) {
	if err := check(outcome, priors); err != nil {
		return nil, err
	}
	out := &Result{Rows: len(outcome), Percentile: make([]int, len(outcome))}
	complete, y, x := completeRows(outcome, priors)
	out.Complete = len(complete)
	if err := checkComplete(y, x); err != nil {
		return nil, err
	}
	for _, prior := range x {
		out.Knots = append(out.Knots, knotsOf(prior))
	}
	out.problem = newProblem(y, x, out.Knots)
	out.Dropped = out.problem.dropped
	if err := out.regress(); err != nil {
		return nil, err
	}
	out.sort()
	for at, i := range complete {
		out.Percentile[i] = out.percentile(out.problem.entryOf[at])
	}
	var all []float64
	for _, i := range complete {
		all = append(all, float64(out.Percentile[i]))
		out.Mean += float64(out.Percentile[i]) / float64(len(complete))
	}
	out.Median = MedianOf(all)
	return out, nil
}

func check(outcome []float64, priors [][]float64) error {
	var faults fault.List
	if len(outcome) > MaxRows {
		faults.Add(fault.New("percentile.rows", message.Args{"count": len(outcome), "limit": MaxRows}))
	}
	if len(priors) == 0 || len(priors) > MaxPriors {
		faults.Add(fault.New("percentile.priors", message.Args{"count": len(priors), "limit": MaxPriors}))
	}
	for _, prior := range priors {
		if len(prior) != len(outcome) {
			panic("percentile: priors and outcome differ in length")
		}
	}
	return faults.Err()
}

func completeRows(outcome []float64, priors [][]float64) (complete []int, y []float64, x [][]float64) {
	x = make([][]float64, len(priors))
	known := func(value float64) bool { return !math.IsNaN(value) && !math.IsInf(value, 0) }
	for i, value := range outcome {
		whole := known(value)
		for _, prior := range priors {
			whole = whole && known(prior[i])
		}
		if !whole {
			continue
		}
		complete, y = append(complete, i), append(y, value)
		for k, prior := range priors {
			x[k] = append(x[k], prior[i])
		}
	}
	return complete, y, x
}

func checkComplete(y []float64, x [][]float64) error {
	if len(y) < LeastRows {
		return fault.New("percentile.too_few", message.Args{"count": len(y), "least": LeastRows})
	}
	var faults fault.List
	if slices.Min(y) == slices.Max(y) {
		faults.Add(fault.New("percentile.same_outcome", nil))
	}
	for k, prior := range x {
		if slices.Min(prior) == slices.Max(prior) {
			faults.Add(fault.New("percentile.same_prior", message.Args{"prior": k + 1}))
		}
	}
	return faults.Err()
}

// regress solves all regressions, each from the solution of the one before.
func (r *Result) regress() error {
	p := r.problem
	groups := len(p.first) - 1
	r.quantiles, r.Losses = make([]float64, groups*Quantiles), make([]float64, Quantiles)
	s, err := newSimplex(p)
	if err != nil {
		return fault.New("percentile.stuck", nil)
	}
	raw := make([]float64, len(p.raw))
	fit := func(j int) error {
		if err := s.solve(Tau(j)); err != nil {
			return fault.New("percentile.stuck", nil)
		}
		beta := s.coefficients(p.raw)
		for g := range groups {
			r.quantiles[g*Quantiles+j] = dot(p.x[g*p.terms:(g+1)*p.terms], beta)
		}
		s.residuals(p.raw, raw)
		loss, gap := 0.0, 0.0
		for i, left := range raw {
			if left < 0 {
				loss += p.weight[i] * (s.tau - 1) * left
			} else {
				loss += p.weight[i] * s.tau * left
			}
			if left*s.left[i] < 0 { // the dual has this entry on the other side
				gap += p.weight[i] * math.Abs(left)
			}
		}
		r.Losses[j] = loss
		if loss > 0 {
			r.Gap = max(r.Gap, gap/loss)
		}
		return nil
	}
	for j := range Quantiles {
		if err := fit(j); err != nil {
			return err
		}
	}
	r.Pivots = s.pivots
	return nil
}

// sort orders the fitted quantiles of each group.
func (r *Result) sort() {
	for g := 0; g < len(r.quantiles); g += Quantiles {
		own := r.quantiles[g : g+Quantiles]
		if !sort.Float64sAreSorted(own) {
			r.Crossed++
			sort.Float64s(own)
		}
	}
}

// percentile counts the fitted quantiles strictly below an outcome.
func (r *Result) percentile(entry int32) int {
	g := int(r.problem.group[entry]) * Quantiles
	value := r.problem.raw[entry]
	value -= 1e-9 * max(1, math.Abs(value))
	below := sort.SearchFloat64s(r.quantiles[g:g+Quantiles], value)
	return min(max(below, 1), 99)
}

// MedianOf is the middle value, or the mean of the two middle ones; not a number of none.
func MedianOf(values []float64) float64 {
	if len(values) == 0 {
		return math.NaN()
	}
	sorted := slices.Clone(values)
	slices.Sort(sorted)
	half := len(sorted) / 2
	if len(sorted)%2 == 1 {
		return sorted[half]
	}
	return (sorted[half-1] + sorted[half]) / 2
}
