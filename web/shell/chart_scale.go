package shell

import (
	"math"
	"strconv"
)

// Found is how a value was found to stand against what is expected: marks differ in shape beside their colour.
type Found string

// What can be found.
const (
	FoundAbove Found = "above"
	FoundBelow Found = "below"
	FoundNone  Found = "none"  // no significant difference
	FoundSmall Found = "small" // too few to judge
)

// scale maps values onto a stretch of 100 parts. Drawings without scripts place everything by parts of a hundred, so that they
// fit every width and their words keep their size.
type scale struct {
	low, high float64
	ticks     []float64
	decimals  int
	falling   bool // the largest value stands at 0: heights on a screen
}

// scaleOf covers values with round ticks, about so many.
func scaleOf(low, high float64, about int) scale {
	if !(high > low) {
		low, high = low-1, high+1
	}
	step := math.Pow(10, math.Floor(math.Log10((high-low)/float64(about))))
	for _, factor := range []float64{1, 2, 5, 10} {
		if (high-low)/(step*factor) <= float64(about) {
			step *= factor
			break
		}
	}
	s := scale{low: low - 0.03*(high-low), high: high + 0.03*(high-low), decimals: max(0, int(-math.Floor(math.Log10(step)+1e-9)))}
	for n := math.Ceil(s.low / step); n*step <= s.high; n++ {
		s.ticks = append(s.ticks, n*step)
	}
	return s
}

// at is the place of a value as an attribute.
func (s scale) at(value float64) string {
	part := 100 * (value - s.low) / (s.high - s.low)
	if s.falling {
		part = 100 - part
	}
	return strconv.FormatFloat(min(100, max(0, part)), 'f', 2, 64) + "%"
}

// part is the place of a value from 0 to 1.
func (s scale) part(value float64) float64 { return (value - s.low) / (s.high - s.low) }

// label is a tick as it is written.
func (s scale) label(value float64) string { return Number(value, s.decimals) }

// shapes are their paths about their middle: triangles up and down, a disc, a ring.
var shapes = map[Found]string{
	FoundAbove: "M0 -6 L6 5 L-6 5 Z",
	FoundBelow: "M0 6 L6 -5 L-6 -5 Z",
	FoundNone:  "M-4.5 0 a4.5 4.5 0 1 0 9 0 a4.5 4.5 0 1 0 -9 0 Z",
	FoundSmall: "M-4 0 a4 4 0 1 0 8 0 a4 4 0 1 0 -8 0 Z",
}

// Legend is one shape and its word.
type Legend struct {
	Found Found
	Word  string
}
