package equate

import "math"

// kernel is a distribution made continuous: within half a step about each score pupils are spread evenly. edges[i] and edges[i+1] bound
// score i, below[i] is the share under edges[i]; both have one entry more than scores.
type kernel struct {
	scores, edges, below []float64
	gaps                 bool // some score was reached by nobody
}

// tenDecimals rounds shares, so that ranks which are equal in exact arithmetic are equal here.
func tenDecimals(share float64) float64 { return math.Round(share*1e10) / 1e10 }

func newKernel(f Form) kernel {
	n, count := len(f.Scores), total(f.Counts)
	k := kernel{scores: f.Scores, edges: make([]float64, n+1), below: make([]float64, n+1)}
	k.edges[0] = f.Scores[0] - (f.Scores[1]-f.Scores[0])/2
	k.edges[n] = f.Scores[n-1] + (f.Scores[n-1]-f.Scores[n-2])/2
	sum := 0.0
	for i := range n {
		if i > 0 {
			k.edges[i] = (f.Scores[i-1] + f.Scores[i]) / 2
		}
		sum += f.Counts[i]
		k.below[i+1] = tenDecimals(sum / count)
		k.gaps = k.gaps || f.Counts[i] == 0
	}
	return k
}

// ranks are the percentile ranks of the scores of a form, as shares: all below and half of those at the score.
func ranks(f Form) []float64 {
	out, sum, count := make([]float64, len(f.Scores)), 0.0, total(f.Counts)
	for i, c := range f.Counts {
		out[i] = tenDecimals((sum + c/2) / count)
		sum += c
	}
	return out
}

// rankAt is the percentile rank of any value on the scale.
func rankAt(f Form, value float64) float64 {
	k := newKernel(f)
	last := len(k.edges) - 1
	switch {
	case value <= k.edges[0]:
		return 0
	case value >= k.edges[last]:
		return 1
	}
	i := 0
	for i < last-1 && value >= k.edges[i+1] {
		i++
	}
	under, count := 0.0, total(f.Counts)
	for _, c := range f.Counts[:i] {
		under += c
	}
	return (under + f.Counts[i]*(value-k.edges[i])/(k.edges[i+1]-k.edges[i])) / count
}

// interval is the score whose kernel holds a rank: the lowest one that ends above it.
func (k kernel) interval(rank float64) int {
	i := 0
	for i < len(k.scores)-1 && k.below[i+1] <= rank {
		i++
	}
	return i
}

// at is the value with a percentile rank. Ranks 0 and 1 are the ends of the kernel; where nobody reached some scores, it is the middle
// between the highest and the lowest value of that rank.
func (k kernel) at(rank float64) float64 {
	last := len(k.edges) - 1
	switch {
	case rank <= 0:
		return k.edges[0]
	case rank >= 1:
		return k.edges[last]
	}
	i := k.interval(rank)
	upper := k.edges[i] + (rank-k.below[i])/(k.below[i+1]-k.below[i])*(k.edges[i+1]-k.edges[i])
	if !k.gaps || rank <= k.below[1] {
		return upper
	}
	j := last - 1
	for j > 0 && k.below[j] >= rank {
		j--
	}
	lower := k.edges[j] + (rank-k.below[j])/(k.below[j+1]-k.below[j])*(k.edges[j+1]-k.edges[j])
	return (upper + lower) / 2
}
