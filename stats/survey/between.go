package survey

import (
	"math"

	"gonum.org/v1/gonum/mathext"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// Share of variance between groups, with an interval.
type Between struct {
	Share   float64 `json:"share"` // of the variance: between / (between + within)
	Low     float64 `json:"low"`
	High    float64 `json:"high"`
	Groups  int     `json:"groups"`
	Rows    int     `json:"n"`
	Across  float64 `json:"between"` // variance between groups, not below 0
	Within  float64 `json:"within"`
	Typical float64 `json:"group_size"` // the size at which unequal groups count as equal ones
}

// BetweenGroups splits the variance of y into that between groups (schools) and within, by the analysis of variance, with weights: groups
// count by the sum of their weights, and within a group pupils by theirs. The interval is that of the F ratio (exact for equal groups and
// normal values; Searle 1971, 9.8), with as many degrees of freedom between as unequal weights leave (Kish).
// Rows outside the domain or of groups with one row only add nothing within. Errors: fewer than two groups, no group with two rows.
func BetweenGroups(y, weights []float64, groups []int32, in Domain, level float64) (Between, error) {
	type cell struct{ weight, mean, squares, rows float64 }
	var cells []cell
	for i, g := range groups {
		if in != nil && !in(i) || weights[i] <= 0 {
			continue
		}
		for int(g) >= len(cells) {
			cells = append(cells, cell{})
		}
		c := &cells[g]
		c.rows++
		c.weight += weights[i]
		step := y[i] - c.mean
		c.mean += step * weights[i] / c.weight
		c.squares += weights[i] * step * (y[i] - c.mean)
	}
	out := Between{}
	all, mean := 0.0, 0.0
	for _, c := range cells {
		if c.rows > 0 {
			out.Groups++
			out.Rows += int(c.rows)
			all += c.weight
			mean += c.weight * c.mean
		}
	}
	if out.Groups < 2 || out.Rows <= out.Groups {
		return out, fault.New("survey.groups", message.Args{"groups": out.Groups, "rows": out.Rows})
	}
	mean /= all
	// Within: squares with the weights of a group scaled to its rows; free counts what is left of them.
	squares, free, across, noise, taken, kish := 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
	for _, c := range cells {
		if c.rows == 0 {
			continue
		}
		p := c.weight / all
		squares += c.squares
		free += c.weight / c.rows * (c.rows - 1)
		across += p * (c.mean - mean) * (c.mean - mean)
		noise += p * (1 - p) / c.rows
		taken += p * p
		kish += c.rows * c.rows
	}
	out.Within = squares / free
	out.Typical = (1 - taken) / noise
	raw := (across - out.Within*noise) / (1 - taken)
	out.Across = max(raw, 0)
	if out.Across+out.Within > 0 {
		out.Share = out.Across / (out.Across + out.Within)
	}
	ratio := 1 + out.Typical*raw/out.Within
	above := (float64(out.Groups) - 1) * min(1, kish/(float64(out.Rows)*float64(out.Rows))/taken)
	below := float64(out.Rows - out.Groups)
	if out.Within == 0 {
		out.Low, out.High = out.Share, out.Share
		return out, nil
	}
	bound := func(p float64) float64 {
		over := ratio/quantileF(p, above, below) - 1
		return min(max(over/(over+out.Typical), 0), 1)
	}
	out.Low, out.High = bound(0.5+level/2), bound(0.5-level/2)
	return out, nil
}

// quantileF is the quantile of the F distribution, by its relation to the beta distribution.
func quantileF(p, above, below float64) float64 {
	x := mathext.InvRegIncBeta(above/2, below/2, p)
	if x >= 1 {
		return math.Inf(1)
	}
	return below * x / (above * (1 - x))
}
