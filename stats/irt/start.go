package irt

import "math"

// starts returns places to climb from: the first from the share of each score and from how each item goes with the rest of the
// test, the others with common slopes and, with guessing, other values of c.
func starts(l *layout, s *rowSet) [][]float64 {
	slopes := slopesOf(l, s)
	flat := make([]float64, len(l.top))
	for item := range flat {
		flat[item] = 1
	}
	if l.common {
		mean := 0.0
		for _, slope := range slopes {
			mean += slope / float64(len(slopes))
		}
		mean = max(0.3, mean)
		for item := range slopes {
			slopes[item] = mean
		}
	}
	all := [][]float64{startAt(l, s, slopes, 0.15), startAt(l, s, flat, 0.2)}
	if l.guess < l.count {
		all = append(all, startAt(l, s, slopes, 0.05), startAt(l, s, flat, 0.3))
	}
	return all
}

// startAt puts the step intercepts where the shares of the scores want them, given slopes.
func startAt(l *layout, s *rowSet, slopes []float64, c float64) []float64 {
	all := make([]float64, l.count)
	for item, top := range l.top {
		share := sharesOf(s, item, top)
		stretch := math.Sqrt(1 + slopes[item]*slopes[item]/3) // the margin of a logistic curve over a normal ability is flatter
		above := 1.0
		for k := 1; k <= top; k++ {
			above -= share[k-1]
			all[l.place[item][k-1]] = stretch * math.Log(above/(1-above))
			if l.kind[item] == Adjacent && top > 1 {
				all[l.place[item][k-1]] = math.Log(share[k] / share[k-1])
			}
		}
		all[l.place[item][top]] = slopes[item]
		if l.kind[item] == Guessed {
			right := max(0.02, (1-share[0]-c)/(1-c))
			all[l.place[item][0]] = stretch * math.Log(right/(1-min(right, 0.98)))
			all[l.place[item][2]] = math.Log(c / (1 - c))
		}
	}
	return all
}

// sharesOf is the share of each score of an item, drawn a little inward so that logarithms are finite.
func sharesOf(s *rowSet, item, top int) []float64 {
	share, total := make([]float64, top+1), 0.0
	for row, weight := range s.weight {
		if category := s.scores[row*s.items+item]; category != Missing {
			share[category] += weight
			total += weight
		}
	}
	inward := total / 1000 / float64(top+1)
	for k := range share {
		share[k] = (share[k] + inward) / (total + total/1000)
	}
	return share
}

// slopesOf guesses slopes from the correlation of each item with the mean share of the other items' marks.
func slopesOf(l *layout, s *rowSet) []float64 {
	type sums struct{ n, x, y, xx, yy, xy float64 }
	each := make([]sums, len(l.top))
	for row, weight := range s.weight {
		scores := s.scores[row*s.items : (row+1)*s.items]
		marks, most := 0.0, 0.0
		for item, category := range scores {
			if category != Missing {
				marks += float64(category)
				most += float64(l.top[item])
			}
		}
		for item, category := range scores {
			rest := most - float64(l.top[item])
			if category == Missing || rest <= 0 {
				continue
			}
			x, y := float64(category), (marks-float64(category))/rest
			e := &each[item]
			e.n, e.x, e.y = e.n+weight, e.x+weight*x, e.y+weight*y
			e.xx, e.yy, e.xy = e.xx+weight*x*x, e.yy+weight*y*y, e.xy+weight*x*y
		}
	}
	slopes := make([]float64, len(l.top))
	for item, e := range each {
		slopes[item] = 1
		spread := (e.xx - e.x*e.x/e.n) * (e.yy - e.y*e.y/e.n)
		if e.n > 0 && spread > 0 {
			r := 1.3 * (e.xy - e.x*e.y/e.n) / math.Sqrt(spread) // the rest of a test measures the ability with error
			r = max(-0.85, min(0.85, r))
			slopes[item] = 1.7 * r / math.Sqrt(1-r*r)
		}
		if l.top[item] > 1 {
			slopes[item] /= math.Sqrt(float64(l.top[item]))
		}
		if math.Abs(slopes[item]) < 0.2 {
			slopes[item] = math.Copysign(0.2, slopes[item])
		}
	}
	return slopes
}
