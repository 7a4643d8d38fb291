package figure

import "math"

// round rounds half away from zero for sentences; figures in tables stay as they are.
func round(x float64, decimals int) float64 {
	scale := math.Pow10(decimals)
	return math.Round(x*scale) / scale
}
