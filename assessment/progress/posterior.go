package progress

import (
	"math"

	"jiaoheng/stats"
)

// weighted is a point with its share of the integral.
type weighted struct {
	point
	weight float64
}

// span says how much less likely than the best a theta may be to count: exp(-span/2).
const span = 22.0

// nodes is how many values of one parameter are integrated over; of three, kept ones are drawn after warm ones, one of every few.
const (
	nodes = 48
	kept  = 160
	warm  = 300
	every = 5
)

// prior is what is believed of theta before the scores are seen: its square root, from a small number on. A flat prior lets too much
// stand near 0 where schools are few and differ little: of 100 intervals only 92.5 held in counties of 20 such schools (bench/coverage),
// with the square root 95; from 60 schools on the two cannot be told apart.
func prior(theta float64) float64 { return math.Sqrt(max(theta, 1e-3)) }

// around returns points of theta with their posterior weights under a prior on the standard deviations relative to that of
// pupils. With few schools the variance between them is badly known; intervals that take it as known are
// too short, and of no length at all where its estimate is 0.
func (m *model) around(best point, seed uint64) []weighted {
	if m.q == 1 {
		return m.aroundOnLine(best)
	}
	return m.walk(best, seed)
}

// aroundOnLine integrates by the midpoint rule between the two theta where the likelihood has faded.
func (m *model) aroundOnLine(best point) []weighted {
	faded := func(theta float64) bool { return m.at([]float64{theta}).deviance-best.deviance > span }
	high := max(2*best.theta[0], 0.05)
	for n := 0; n < 40 && !faded(high); n++ {
		high *= 1.5
	}
	from := best.theta[0]
	for range 12 {
		if middle := (from + high) / 2; faded(middle) {
			high = middle
		} else {
			from = middle
		}
	}
	low, until := 0.0, best.theta[0]
	if faded(0) {
		for range 12 {
			if middle := (low + until) / 2; faded(middle) {
				low = middle
			} else {
				until = middle
			}
		}
	}
	out := make([]weighted, 0, nodes)
	for n := range nodes {
		found := m.at([]float64{low + (high-low)*(float64(n)+0.5)/nodes})
		out = append(out, weighted{found, prior(found.theta[0]) * math.Exp((best.deviance-found.deviance)/2)})
	}
	return shared(out)
}

// walk draws theta by Metropolis steps of a size that follows how many are taken, then keeps every fifth.
func (m *model) walk(best point, seed uint64) []weighted {
	stream := stats.NewStream(seed)
	scale := m.slopeScale()
	size := 0.3 * max(best.theta[0], 0.05)
	at, out := best, []weighted{}
	for n := range warm + kept*every {
		moved := folded([]float64{at.theta[0] + size*stream.Normal(), at.theta[1] + size/scale*stream.Normal(), at.theta[2] + size/scale*stream.Normal()})
		chance := 0.0
		if next := m.at(moved); !next.failed {
			chance = math.Min(1, prior(moved[0])/prior(at.theta[0])*math.Exp((at.deviance-next.deviance)/2))
			if stream.Float64() < chance {
				at = next
			}
		}
		if n < warm {
			size *= math.Exp(3 * (chance - 0.3) / math.Sqrt(float64(n)+10))
		} else if (n-warm)%every == 0 {
			out = append(out, weighted{at, 1})
		}
	}
	return shared(out)
}

// shared makes the weights sum to one.
func shared(all []weighted) []weighted {
	sum := 0.0
	for _, one := range all {
		sum += one.weight
	}
	for n := range all {
		all[n].weight /= sum
	}
	return all
}

// belief is what is believed of one school: mean and standard deviation of its effect, with everything uncertain counted.
type belief struct {
	value, deviation float64 // about value: the prediction at the best theta
	conditional      float64 // the comparative standard deviation as statisticians print it, everything else taken as known
}

// beliefs predicts every school at the best theta, with the error that the prediction has over all likely theta.
func (m *model) beliefs(best point, all []weighted, h float64) []belief {
	out := make([]belief, len(m.full))
	for j, e := range m.effects(best, h) {
		out[j].value, out[j].conditional = e.value, math.Sqrt(e.conditional)
	}
	for _, one := range all {
		for j, e := range m.effects(one.point, h) {
			off := e.value - out[j].value
			out[j].deviation += one.weight * (e.variance + off*off)
		}
	}
	for j := range out {
		out[j].deviation = math.Sqrt(out[j].deviation)
	}
	return out
}
