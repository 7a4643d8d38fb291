package equate

import "math"

// moments are those of two groups that linear methods rest on: mean of score and anchor, variance of the score, covariance, variance of
// the anchor, first of X, then of Y. They are numbers that know how they depend on themselves.
type moments [momentsOfTwo]dual

const (
	meanX = iota
	meanXV
	varX
	covXV
	varXV
	meanY
	meanYV
	varY
	covYV
	varYV
	momentsOfTwo
)

func momentsOf(x, y Joint, n1 bool) moments {
	var out moments
	for at, j := range []Joint{x, y} {
		form, anchor := j.Score(), j.Anchor()
		scale := 1.0
		if !n1 {
			scale = (total(j.Counts) - 1) / total(j.Counts)
		}
		for i, value := range []float64{form.mean(), anchor.mean(), scale * form.variance(), scale * j.covariance(), scale * anchor.variance()} {
			out[5*at+i] = variable(value, 5*at+i)
		}
	}
	return out
}

// gammas are the slopes of score on anchor that a method takes to hold in both groups.
func gammas(x, y Joint, m moments, o Options) (dual, dual) {
	switch {
	case o.Method == Nominal:
		return constant(x.Score().high() / x.Anchor().high()), constant(y.Score().high() / y.Anchor().high())
	case o.Method == Tucker:
		return m[covXV].over(m[varXV]), m[covYV].over(m[varYV])
	case o.External:
		return m[varX].plus(m[covXV]).over(m[varXV].plus(m[covXV])), m[varY].plus(m[covYV]).over(m[varYV].plus(m[covYV]))
	default:
		return m[varX].over(m[covXV]), m[varY].over(m[covYV])
	}
}

// population are mean and variance of both forms in the synthetic population, as numbers that know how they depend on the moments.
type population struct{ meanX, varX, meanY, varY dual }

func populationOf(m moments, gammaX, gammaY dual, weight float64) population {
	w, rest := weight, 1-weight
	apart := m[meanXV].minus(m[meanYV])
	spread := m[varXV].minus(m[varYV])
	squared := apart.times(apart)
	return population{
		meanX: m[meanX].minus(gammaX.times(apart).scaled(rest)),
		meanY: m[meanY].plus(gammaY.times(apart).scaled(w)),
		varX:  m[varX].minus(gammaX.times(gammaX).times(spread.scaled(rest).minus(squared.scaled(w * rest)))),
		varY:  m[varY].plus(gammaY.times(gammaY).times(spread.scaled(w).plus(squared.scaled(w * rest)))),
	}
}

// lineOf is slope and intercept of a linear method as functions of the moments.
func lineOf(x, y Joint, m moments, o Options, weight float64) (slope, intercept dual, s Synthetic) {
	if o.Method == Chained {
		toY, toV := constant(1), constant(1)
		if o.Type == Linear {
			toY, toV = m[varY].over(m[varYV]).root(), m[varXV].over(m[varX]).root()
		}
		slope = toY.times(toV)
		return slope, toY.times(m[meanXV].minus(m[meanYV]).minus(toV.times(m[meanX]))).plus(m[meanY]), s
	}
	gammaX, gammaY := gammas(x, y, m, o)
	if o.Method == LevineTrue {
		slope = gammaY.over(gammaX)
		at := m[meanY].plus(gammaY.times(m[meanXV].minus(m[meanYV])))
		return slope, at.minus(slope.times(m[meanX])), s
	}
	p := populationOf(m, gammaX, gammaY, weight)
	if o.Type == Linear {
		slope = p.varY.over(p.varX).root()
	} else {
		identity, _ := line(Identity, x.Score(), y.Score(), s)
		slope = constant(identity)
	}
	s = Synthetic{p.meanX.value, math.Sqrt(p.varX.value), p.meanY.value, math.Sqrt(p.varY.value)}
	return slope, p.meanY.minus(slope.times(p.meanX)), s
}

// anchoredLine is mean, linear and circle-arc equating with an anchor.
func anchoredLine(out Result, x, y Joint, o Options) (Result, error) {
	weight := o.weight(x, y)
	var s Synthetic
	var slope, intercept float64
	if o.Method == BraunHolland {
		sx, sy := synthetic(x, y, weight, o.Shares)
		s = Synthetic{sx.mean(), deviation(sx, total(x.Counts), o.Shares), sy.mean(), deviation(sy, total(y.Counts), o.Shares)}
		slope, intercept = line(o.Type, sx, sy, s)
	} else {
		a, b, stats := lineOf(x, y, momentsOf(x, y, true), o, weight)
		slope, intercept, s = a.value, b.value, stats
	}
	if o.Method != Chained && o.Method != LevineTrue {
		out.Synthetic, out.Weight = &s, &weight
	}
	if o.Type == CircleArc {
		middleX, middleY := s.MeanX, s.MeanY
		if o.Method == Chained {
			middleX = x.Score().mean()
			middleY = y.Score().mean() + x.Anchor().mean() - y.Anchor().mean()
		}
		out.Points = arc(x.Score(), y.Score(), middleX, middleY)
		return out, nil
	}
	if err := finite(slope, intercept); err != nil {
		return Result{}, err
	}
	out.Slope, out.Intercept, out.Points = &slope, &intercept, along(x.Scores, slope, intercept)
	if o.Type == Linear && (o.Method == Tucker || o.Method == Levine || o.Method == Chained) {
		deltaErrors(out.Points, x, y, o, weight)
	}
	return out, nil
}

// deviation divides by one less than the size, which counts are of; shares have no size but that of the group.
func deviation(f Form, n float64, shares bool) float64 {
	if shares {
		return math.Sqrt(f.moment(f.mean(), 2) * n / (n - 1))
	}
	return f.sd()
}
