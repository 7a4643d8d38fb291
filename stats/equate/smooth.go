package equate

import (
	"math"

	"gonum.org/v1/gonum/mat"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// smoothing is a fitted log-linear model: the counts it expects, and the basis it was fitted on.
type smoothing struct {
	fitted   []float64
	basis    [][]float64 // one row per term, the constant first, orthonormal over the cells
	steps    int
	gradient float64 // largest difference of a fitted from an observed moment, as a share of n
}

// Smooth fits a polynomial of a degree to the logarithms of the expected counts by maximum likelihood (Poisson): the smoothed scores
// keep as many moments of the observed ones (Holland and Thayer 2000).
func Smooth(f Form, degree int) (Form, error) {
	fit, err := smoothForm(f, degree)
	return Form{Scores: f.Scores, Counts: fit.fitted}, err
}

func smoothForm(f Form, degree int) (smoothing, error) {
	if degree < 1 || degree > MaxDegree || degree >= len(f.Scores) {
		return smoothing{}, fault.New("equate.degree", message.Args{"degree": degree, "limit": min(MaxDegree, len(f.Scores)-1)})
	}
	return fitLogLinear(f.Counts, powers(f.Scores, degree))
}

// smoothJoint keeps powers of score and anchor up to a degree, and products of powers up to another one.
func smoothJoint(j Joint, degree, crossed int) (smoothing, error) {
	if degree < 1 || degree > MaxDegree || degree >= min(len(j.Scores), len(j.Anchors)) || crossed < 0 || crossed > degree {
		return smoothing{}, fault.New("equate.degree", message.Args{"degree": degree, "limit": min(MaxDegree, len(j.Scores)-1, len(j.Anchors)-1)})
	}
	scores, anchors := powers(j.Scores, degree), powers(j.Anchors, degree)
	var terms [][]float64
	over := func(value func(i, j int) float64) {
		term := make([]float64, len(j.Counts))
		for cell := range term {
			term[cell] = value(cell/len(j.Anchors), cell%len(j.Anchors))
		}
		terms = append(terms, term)
	}
	for d := range degree {
		over(func(i, _ int) float64 { return scores[d][i] })
		over(func(_, k int) float64 { return anchors[d][k] })
	}
	for d := range crossed {
		for e := range crossed {
			over(func(i, k int) float64 { return scores[d][i] * anchors[e][k] })
		}
	}
	return fitLogLinear(j.Counts, terms)
}

// powers are Legendre polynomials of scores moved to [-1,1]: they span the same models as powers and do not run together.
func powers(scores []float64, degree int) [][]float64 {
	low, high := scores[0], scores[len(scores)-1]
	out := make([][]float64, degree)
	for d := range out {
		out[d] = make([]float64, len(scores))
	}
	for i, score := range scores {
		z := (2*score - low - high) / (high - low)
		before, now := 1.0, z
		for d := range degree {
			out[d][i] = now
			before, now = now, (float64(2*d+3)*z*now-float64(d+1)*before)/float64(d+2)
		}
	}
	return out
}

// orthonormal makes terms orthonormal over the cells and to the constant (Gram–Schmidt, twice).
func orthonormal(terms [][]float64) [][]float64 {
	cells := len(terms[0])
	constant := make([]float64, cells)
	for i := range constant {
		constant[i] = 1 / math.Sqrt(float64(cells))
	}
	basis := [][]float64{constant}
	for _, term := range terms {
		term = append([]float64(nil), term...)
		before := length(term)
		for range 2 {
			for _, other := range basis {
				size := inner(term, other)
				for i := range term {
					term[i] -= size * other[i]
				}
			}
		}
		size := length(term)
		if size < 1e-10*before { // the data cannot tell this term from those before
			continue
		}
		for i := range term {
			term[i] /= size
		}
		basis = append(basis, term)
	}
	return basis
}

func inner(a, b []float64) float64 {
	sum := 0.0
	for i, value := range a {
		sum += value * b[i]
	}
	return sum
}

func length(a []float64) float64 { return math.Sqrt(inner(a, a)) }

const maxSmoothSteps = 100

// settled is the relative change of the deviance at which fitting stops, the custom of Poisson regression. What is missed of the moments
// then stands in the certificate.
const settled = 1e-8

// fitLogLinear maximises the Poisson likelihood by iterated weighted least squares from the counts themselves, with halved steps.
func fitLogLinear(counts []float64, terms [][]float64) (smoothing, error) {
	basis := orthonormal(terms)
	fitted, change := make([]float64, len(counts)), make([]float64, len(counts))
	for i, count := range counts {
		fitted[i] = count + 0.1
		change[i] = math.Log(fitted[i]) + (count-fitted[i])/fitted[i]
	}
	var beta []float64
	before, converged := math.Inf(1), false
	out := smoothing{basis: basis}
	for out.steps = 1; out.steps <= maxSmoothSteps && !converged; out.steps++ {
		solved, ok := weighted(basis, fitted, change)
		if !ok {
			return smoothing{}, fault.New("equate.no_smoothing", nil)
		}
		fitted = expected(basis, solved)
		now := deviance(counts, fitted)
		for halvings := 0; beta != nil && !(now <= before+1e-9*(math.Abs(before)+0.1)) && halvings < 30; halvings++ {
			for d := range solved {
				solved[d] = (solved[d] + beta[d]) / 2
			}
			fitted = expected(basis, solved)
			now = deviance(counts, fitted)
		}
		converged = math.Abs(now-before)/(math.Abs(now)+0.1) < settled
		beta, before = solved, now
		for i, count := range counts {
			change[i] = math.Log(fitted[i]) + (count-fitted[i])/fitted[i]
		}
	}
	out.steps--
	for _, row := range basis {
		out.gradient = max(out.gradient, math.Abs(inner(row, counts)-inner(row, fitted))/total(counts))
	}
	if !converged || !(out.gradient < 1e-4) {
		return smoothing{}, fault.New("equate.no_smoothing", nil)
	}
	out.fitted = fitted
	return out, nil
}

// expected are the counts of a model.
func expected(basis [][]float64, beta []float64) []float64 {
	fitted := make([]float64, len(basis[0]))
	for d, row := range basis {
		for i, value := range row {
			fitted[i] += beta[d] * value
		}
	}
	for i, value := range fitted {
		fitted[i] = math.Exp(value)
	}
	return fitted
}

// deviance is twice the log-likelihood that a model loses against the counts themselves.
func deviance(counts, fitted []float64) float64 {
	sum := 0.0
	for i, count := range counts {
		if count > 0 {
			sum += count * math.Log(count/fitted[i])
		}
		sum -= count - fitted[i]
	}
	return 2 * sum
}

// weighted solves the weighted least squares of values on the basis.
func weighted(basis [][]float64, weights, values []float64) ([]float64, bool) {
	cells, k := len(weights), len(basis)
	design, right := mat.NewDense(cells, k, nil), mat.NewDense(cells, 1, nil)
	for i, weight := range weights {
		root := math.Sqrt(weight)
		for d, row := range basis {
			design.Set(i, d, root*row[i])
		}
		right.Set(i, 0, root*values[i])
	}
	var factor mat.QR
	factor.Factorize(design)
	var x mat.Dense
	if err := factor.SolveTo(&x, false, right); err != nil {
		if _, poor := err.(mat.Condition); !poor {
			return nil, false
		}
	}
	out := mat.Col(nil, 0, &x)
	return out, finite(out...) == nil
}
