package equate

import (
	"math"

	"jiaoheng/fault"
)

// dual is a number with its derivatives by the moments: a formula written with it once gives its value and its gradient.
type dual struct {
	value float64
	slope [momentsOfTwo]float64
}

func constant(value float64) dual { return dual{value: value} }

func variable(value float64, at int) dual {
	out := dual{value: value}
	out.slope[at] = 1
	return out
}

// chain is a function of a and b with these derivatives by each.
func chain(value float64, a dual, byA float64, b dual, byB float64) dual {
	out := dual{value: value}
	for i := range out.slope {
		out.slope[i] = byA*a.slope[i] + byB*b.slope[i]
	}
	return out
}

func (a dual) plus(b dual) dual       { return chain(a.value+b.value, a, 1, b, 1) }
func (a dual) minus(b dual) dual      { return chain(a.value-b.value, a, 1, b, -1) }
func (a dual) times(b dual) dual      { return chain(a.value*b.value, a, b.value, b, a.value) }
func (a dual) scaled(by float64) dual { return chain(a.value*by, a, by, a, 0) }
func (a dual) over(b dual) dual {
	return chain(a.value/b.value, a, 1/b.value, b, -a.value/(b.value*b.value))
}
func (a dual) root() dual                   { r := math.Sqrt(a.value); return chain(r, a, 0.5/r, a, 0) }
func (a dual) along(x float64, b dual) dual { return a.scaled(x).plus(b) }

func finite(values ...float64) error {
	for _, value := range values {
		if math.IsNaN(value) || math.IsInf(value, 0) {
			return fault.New("equate.no_spread", nil)
		}
	}
	return nil
}

// deltaErrors sets the standard errors of linear equating with an anchor by the delta method. SE takes the distribution of the moments
// from the data: the influence of each pupil on the equivalent, squared and summed. SENormal takes scores and anchors to be normal.
func deltaErrors(points []Point, x, y Joint, o Options, weight float64) {
	m := momentsOf(x, y, false)
	slope, intercept, _ := lineOf(x, y, m, o, weight)
	for i := range points {
		at := slope.along(points[i].Scale, intercept)
		plain, normal := 0.0, 0.0
		for group, j := range []Joint{x, y} {
			var by, mean [5]float64
			copy(by[:], at.slope[5*group:])
			for k := range mean {
				mean[k] = m[5*group+k].value
			}
			plain += influence(j, by, mean)
			normal += normalVariance(by, mean[2:], total(j.Counts))
		}
		se, seNormal := math.Sqrt(plain), math.Sqrt(max(normal, 0))
		if finite(se, seNormal) == nil {
			points[i].SE, points[i].SENormal = &se, &seNormal
		}
	}
}

// influence is the variance that one group brings: mean squared influence over n.
func influence(j Joint, by, mean [5]float64) float64 {
	n, sum := total(j.Counts), 0.0
	for cell, count := range j.Counts {
		if count == 0 {
			continue
		}
		a, v := j.Scores[cell/len(j.Anchors)]-mean[0], j.Anchors[cell%len(j.Anchors)]-mean[1]
		moved := by[0]*a + by[1]*v + by[2]*(a*a-mean[2]) + by[3]*(a*v-mean[3]) + by[4]*(v*v-mean[4])
		sum += count * moved * moved
	}
	return sum / (n * n)
}

// normalVariance is the same for normal scores: cov(s_ij, s_kl) = (s_ik s_jl + s_il s_jk)/n, and means do not depend on variances.
func normalVariance(by [5]float64, s []float64, n float64) float64 {
	xx, xv, vv := s[0], s[1], s[2]
	means := by[0]*by[0]*xx + 2*by[0]*by[1]*xv + by[1]*by[1]*vv
	spread := [3][3]float64{
		{2 * xx * xx, 2 * xx * xv, 2 * xv * xv},
		{2 * xx * xv, xx*vv + xv*xv, 2 * xv * vv},
		{2 * xv * xv, 2 * xv * vv, 2 * vv * vv},
	}
	sum := 0.0
	for i := range 3 {
		for k := range 3 {
			sum += by[2+i] * spread[i][k] * by[2+k]
		}
	}
	return (means + sum) / n
}
