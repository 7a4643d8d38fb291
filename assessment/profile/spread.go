package profile

import (
	"slices"

	"jiaoheng/measure"
)

// spreadOf returns the ends of the outer bands of the values, share percent at each end, by straight lines between the ordered
// values. With fewer than least values it is not known.
func spreadOf(values []measure.Value, share float64, least int) Spread {
	known := numbersOf(values)
	s := Spread{Schools: len(known)}
	if len(known) < max(least, 2) {
		return s
	}
	slices.Sort(known)
	s.Low, s.Mid, s.High, s.Known = at(known, share/100), at(known, 0.5), at(known, 1-share/100), true
	return s
}

func numbersOf(values []measure.Value) []float64 {
	var known []float64
	for _, v := range values {
		if n, is := v.Number(); is {
			known = append(known, n)
		}
	}
	return known
}

// at returns the value below which a fraction of the sorted values lies.
func at(sorted []float64, fraction float64) float64 {
	place := fraction * float64(len(sorted)-1)
	below := min(int(place), len(sorted)-1)
	above := min(below+1, len(sorted)-1)
	return sorted[below] + (place-float64(below))*(sorted[above]-sorted[below])
}

// band tells where a value lies. Where all schools are alike every one of them is in the middle.
func (s Spread) band(value measure.Value, down bool) Band {
	n, known := value.Number()
	if !known || !s.Known {
		return NoBand
	}
	high, low := n >= s.High && n > s.Mid, n <= s.Low && n < s.Mid
	switch {
	case high && !down, low && down:
		return Better
	case high, low:
		return Worse
	}
	return Middle
}

// standing returns which percent of the other schools a value equals or does better than, a tie counted as one half. It is what a
// total is made of, where a bureau wants one; values holds the value itself too.
func standing(value measure.Value, values []measure.Value, down bool) (float64, bool) {
	n, known := value.Number()
	all := numbersOf(values)
	if !known || len(all) < 2 {
		return 0, false
	}
	beaten, ties := 0, -1 // the value itself
	for _, other := range all {
		switch {
		case other == n:
			ties++
		case other < n && !down, other > n && down:
			beaten++
		}
	}
	return 100 * (float64(beaten) + 0.5*float64(max(0, ties))) / float64(len(all)-1), true
}
