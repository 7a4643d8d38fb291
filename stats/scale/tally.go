package scale

import (
	"math"
	"slices"

	"jiaoheng/stats"
)

// Mark is one raw mark and how many pupils have it.
type Mark struct {
	Raw   float64
	Count int
}

// Tally returns the distinct marks, the highest first. Values that are no numbers are counted as missing.
func Tally(values []float64) (marks []Mark, missing int) {
	sorted := make([]float64, 0, len(values))
	for _, v := range values {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			missing++
			continue
		}
		sorted = append(sorted, v+0) // -0 becomes 0
	}
	slices.Sort(sorted)
	for k := len(sorted) - 1; k >= 0; k-- {
		if len(marks) > 0 && marks[len(marks)-1].Raw == sorted[k] {
			marks[len(marks)-1].Count++
		} else {
			marks = append(marks, Mark{sorted[k], 1})
		}
	}
	return marks, missing
}

// Pupils is how many pupils a tally holds.
func Pupils(marks []Mark) int {
	n := 0
	for _, m := range marks {
		n += m.Count
	}
	return n
}

// Moments returns mean and standard deviation with n, the population form. Both are 0 for an empty tally.
func Moments(marks []Mark) (mean, sd float64) {
	n := float64(Pupils(marks))
	if n == 0 {
		return 0, 0
	}
	for _, m := range marks {
		mean += m.Raw * float64(m.Count)
	}
	mean /= n
	var squares, rest float64
	for _, m := range marks {
		d := m.Raw - mean
		squares += d * d * float64(m.Count)
		rest += d * float64(m.Count)
	}
	return mean, math.Sqrt(max(squares-rest*rest/n, 0) / n)
}

// Standard is mean + spread × Z of each mark, Z = (raw − its mean)/standard deviation with n. T is Standard(marks, 50, 10).
// ok is false where all marks are equal: they have no standard score.
func Standard(marks []Mark, mean, spread float64) (scores []float64, ok bool) {
	centre, sd := Moments(marks)
	if sd == 0 {
		return nil, false
	}
	scores = make([]float64, len(marks))
	for k, m := range marks {
		scores[k] = mean + spread*(m.Raw-centre)/sd
	}
	return scores, true
}

// PercentileRanks is for each mark the percentage of pupils below it, those with the same mark counted half (mid-rank).
func PercentileRanks(marks []Mark) []float64 {
	n := float64(Pupils(marks))
	ranks := make([]float64, len(marks))
	above := 0
	for k, m := range marks {
		ranks[k] = 100 * (n - float64(above) - float64(m.Count)/2) / n
		above += m.Count
	}
	return ranks
}

// Normal is mean + spread × Φ⁻¹(percentile rank), kept between least and most: the normalised standard score, 500 and 100
// between 100 and 900 as it was used in admission.
func Normal(marks []Mark, mean, spread, least, most float64) []float64 {
	scores := PercentileRanks(marks)
	for k, rank := range scores {
		scores[k] = min(max(mean+spread*stats.NormalQuantile(rank/100), least), most)
	}
	return scores
}
