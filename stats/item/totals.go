package item

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
)

// totals are the pupils' totals in units.
type totals struct {
	of    []int32
	count []int // pupils by total
}

func totalsOf(c *clean) *totals {
	t := &totals{of: make([]int32, c.n)}
	const block = 4096
	for from := 0; from < c.n; from += block {
		to := min(from+block, c.n)
		sum := t.of[from:to]
		for _, column := range c.scores {
			part := column[from:to][:len(sum)]
			for k, v := range part {
				sum[k] += int32(v)
			}
		}
	}
	most := 0
	for _, m := range c.most {
		most += int(m)
	}
	t.count = make([]int, most+1)
	for _, v := range t.of {
		t.count[v]++
	}
	return t
}

func (t *totals) distribution(scale float64) []Scored {
	var out []Scored
	for score, count := range t.count {
		if count > 0 {
			out = append(out, Scored{Score: float64(score) / scale, Count: count})
		}
	}
	return out
}

// shape is skewness and excess kurtosis of the totals: means of the third and fourth powers of totals standardised with the
// standard deviation of n-1, less 3 for the fourth.
func (t *totals) shape(mean, sd float64, n int) (skew, kurtosis *float64) {
	var third, fourth float64
	for score, count := range t.count {
		z := (float64(score) - mean) / sd
		third += float64(count) * z * z * z
		fourth += float64(count) * z * z * z * z
	}
	return some(third / float64(n)), some(fourth/float64(n) - 3)
}

// tails are the groups of high and low totals. Whole groups of equal totals are in, so that both may hold more than asked for,
// and where totals differ little even the same pupils.
type tails struct {
	high, low         int
	highMask, lowMask []uint64
	highFrom, lowTo   int32
}

func (t *totals) tails(n int, share float64) tails {
	g := max(int(math.RoundToEven(share*float64(n))), 1)
	out := tails{highMask: make([]uint64, (n+63)/64), lowMask: make([]uint64, (n+63)/64)}
	for score := 0; out.low < g; score++ {
		out.low += t.count[score]
		out.lowTo = int32(score)
	}
	for score := len(t.count) - 1; out.high < g; score-- {
		out.high += t.count[score]
		out.highFrom = int32(score)
	}
	for p, v := range t.of {
		if v >= out.highFrom {
			out.highMask[p/64] |= 1 << (p % 64)
		}
		if v <= out.lowTo {
			out.lowMask[p/64] |= 1 << (p % 64)
		}
	}
	return out
}

func ruleText(share float64) string {
	return fmt.Sprintf("g=round(%.4g n); high group = total >= g-th largest total, low group = total <= g-th smallest total (all ties in)", share)
}

// lambda6 is Guttman's λ6 of the standardised items: 1 − Σ(1−smc)/ΣΣr, where smc is how much of an item the others explain.
// It is nil where items determine one another. Items without variance have no part in it.
func (m *moments) lambda6() *float64 {
	var vary []int
	for i := range m.cov {
		if m.cov[i][i] > 0 {
			vary = append(vary, i)
		}
	}
	if len(vary) < 2 {
		return nil
	}
	r := mat.NewSymDense(len(vary), nil)
	sum := 0.0
	for a, i := range vary {
		for b, j := range vary {
			v := m.cov[i][j] / math.Sqrt(m.cov[i][i]*m.cov[j][j])
			r.SetSym(a, b, v)
			sum += v
		}
	}
	var root mat.Cholesky
	var inverse mat.SymDense
	if !root.Factorize(r) || root.Cond() > 1e12 || root.InverseTo(&inverse) != nil {
		return nil
	}
	own := 0.0
	for a := range vary {
		own += 1 / inverse.At(a, a)
	}
	return some(1 - own/sum)
}
