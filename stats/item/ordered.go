package item

import "jiaoheng/stats"

// ordered compares two groups on an item with more than two scores: Mantel's (1963) χ² with one degree of freedom, and the mean
// difference of the score (second group minus first) when every total is weighted by its pupils in the second group
// (Dorans and Schmitt 1991). Totals at which everybody has the same score say nothing to χ².
func ordered(column []int16, cells []int32, count []int, scale float64) Differs {
	sum, square := make([]int64, len(count)), make([]int64, len(count))
	for p, v := range column {
		sum[cells[p]] += int64(v)
		square[cells[p]] += int64(v) * int64(v)
	}
	out := Differs{Ordered: true}
	var gap, variance, difference, weight float64
	for at := 0; at < len(count); at += 3 {
		if count[at] == 0 || count[at+1] == 0 {
			continue
		}
		n1, n2 := float64(count[at]), float64(count[at+1])
		s1, s2 := float64(sum[at]), float64(sum[at+1])
		n, s := n1+n2, s1+s2
		difference += n2 * (s2/n2 - s1/n1)
		weight += n2
		spread := n*float64(square[at]+square[at+1]) - s*s
		if spread <= 0 {
			continue
		}
		out.Strata++
		gap += s2 - n2*s/n
		variance += n1 * n2 * spread / (n * n * (n - 1))
	}
	out.Chi = some(gap * gap / variance)
	if out.Chi != nil {
		out.P = some(stats.ChiSquaredAbove(*out.Chi, 1))
	}
	out.Difference = some(difference / weight / scale)
	return out
}
