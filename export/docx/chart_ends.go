package docx

import "math"

// axisEnds are round numbers around the values from low to high, low below high, and the step between marks: 1, 2 or 5 times a power
// of ten.
func axisEnds(low, high float64) (first, last, step float64) {
	rough := (high - low) / 6
	power := math.Pow(10, math.Floor(math.Log10(rough)))
	for _, times := range []float64{1, 2, 5, 10} {
		if step = times * power; step >= rough {
			break
		}
	}
	return math.Floor(low/step) * step, math.Ceil(high/step) * step, step
}
