package stats

import (
	"math"
	"sync"
)

// component is one t distribution of a mixture of them, on the scale of the values or on that of a curve.
type component struct {
	middle, scale, weight float64
	along                 *curve
}

// student is the t distribution of a number of degrees of freedom, tabulated so that a mixture is solved in microseconds.
// Entry i of table is the distribution function at the t for which t/(t+2) is i/tableSize: narrow steps where quantiles lie that
// anybody asks for, wide ones in the tails.
type student struct{ table [tableSize + 1]float64 }

const tableSize = 2000

var (
	studentsLock sync.Mutex
	students     [MaxPoints]*student
)

// studentOf returns the distribution of 1 to MaxPoints-1 degrees of freedom.
func studentOf(freedom int) *student {
	studentsLock.Lock()
	defer studentsLock.Unlock()
	if students[freedom] == nil {
		made := &student{}
		for i := range tableSize {
			u := float64(i) / tableSize
			made.table[i] = studentBelow(2*u/(1-u), freedom)
		}
		made.table[tableSize] = 1
		students[freedom] = made
	}
	return students[freedom]
}

// studentBelow is the distribution function of the t distribution with whole degrees of freedom at t ≥ 0, by the finite sums of
// Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.3 and 26.7.4.
func studentBelow(t float64, freedom int) float64 {
	angle := math.Atan(t / math.Sqrt(float64(freedom)))
	cosine := math.Cos(angle)
	sum, term := 0.0, 1.0
	if freedom%2 == 1 {
		term = cosine
		for k := 3; k <= freedom; k += 2 {
			sum += term
			term *= cosine * cosine * float64(k-1) / float64(k)
		}
		return 0.5 + (angle+math.Sin(angle)*sum)/math.Pi
	}
	for k := 2; k <= freedom; k += 2 {
		sum += term
		term *= cosine * cosine * float64(k-1) / float64(k)
	}
	return 0.5 + math.Sin(angle)*sum/2
}

// below is the distribution function at any t, from the table.
func (s *student) below(t float64) float64 {
	size := math.Abs(t)
	value := 1.0
	if place := size / (size + 2) * tableSize; place < tableSize { // not so for what is no number, infinity over infinity
		i := int(place)
		value = s.table[i] + (place-float64(i))*(s.table[i+1]-s.table[i])
	}
	if t < 0 {
		return 1 - value
	}
	return value
}

// quantile is where the distribution function of the mixture reaches a probability, exact to a millionth of the narrowest scale: below what
// any figure shows.
func (s *student) quantile(parts []component, probability float64) float64 {
	low, high, widest, narrowest := math.Inf(1), math.Inf(-1), 0.0, math.Inf(1)
	var along *curve
	for _, part := range parts {
		if part.along != nil {
			along = part.along
			continue
		}
		low, high, widest, narrowest = min(low, part.middle), max(high, part.middle), max(widest, part.scale), min(narrowest, part.scale)
	}
	if along != nil { // everything lies between its bounds, or far beyond where straight components reach
		low, high, widest = min(low, along.low), max(high, along.high), max(widest, (along.high-along.low)/1000)
		narrowest = min(narrowest, widest)
	}
	reach := func(x float64) float64 {
		sum, bent := 0.0, math.NaN()
		for _, part := range parts {
			at := x
			if part.along != nil {
				if math.IsNaN(bent) {
					bent = part.along.to(min(max(x, part.along.low), part.along.high))
				}
				at = bent
			}
			sum += part.weight * s.below((at-part.middle)/part.scale)
		}
		return sum - probability
	}
	for step := widest; reach(low) > 0 && step < maxSize; step *= 2 {
		low -= step
	}
	for step := widest; reach(high) < 0 && step < maxSize; step *= 2 {
		high += step
	}
	return zero(reach, low, high, max(1e-6*narrowest, 1e-12*(high-low)))
}

// zero finds where a rising function passes zero between two ends: by the chord where that gains, by halving where it does not (Illinois).
func zero(f func(float64) float64, low, high, exact float64) float64 {
	atLow, atHigh := f(low), f(high)
	for range 200 {
		if high-low <= exact {
			break
		}
		x := (low*atHigh - high*atLow) / (atHigh - atLow)
		if !(x > low && x < high) {
			x = low + (high-low)/2
		}
		at := f(x)
		switch {
		case at < 0:
			low, atLow = x, at
			atHigh /= 2
		case at > 0:
			high, atHigh = x, at
			atLow /= 2
		default:
			return x
		}
	}
	return low + (high-low)/2
}
