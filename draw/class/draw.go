package class

import (
	"strconv"
	"sync"
	"sync/atomic"

	"jiaoheng/draw"
)

// Result is a finished draw of classes.
type Result struct {
	Roster  *Roster
	Class   []int32 // number of the class of each pupil, from 0
	Size    []int   // of each class
	Levels  []Level
	Try     int // which search was taken, from 1
	Steps   int // that it took
	Penalty int // what it left: the squared distances of the cells that are off
}

// Level is how one level of one attribute is spread.
type Level struct {
	Column, Code int     // the column as it stands in the lines; at or beyond Roster.Columns a list of pupils kept apart
	Count        int     // pupils of this level
	Have         []int32 // by class
	Low, High    []int32 // by class: the bounds
}

// Spread is the largest count of a class less the smallest.
func (l Level) Spread() int { return spread(l.Have, l.Have) }

// Minimum is the least spread that the numbers allow: that of the bounds.
func (l Level) Minimum() int { return spread(l.High, l.Low) }

// Avoidable is how far the classes stand outside the bounds, the one above and the one below most.
func (l Level) Avoidable() int {
	above, below := int32(0), int32(0)
	for k, have := range l.Have {
		above, below = max(above, have-l.High[k]), max(below, l.Low[k]-have)
	}
	return int(above + below)
}

func spread(high, low []int32) int {
	most, least := high[0], low[0]
	for k := range high {
		most, least = max(most, high[k]), min(least, low[k])
	}
	return int(most - least)
}

// Draw finds the classes that the seed determines.
func Draw(r *Roster, seed draw.Seed) *Result {
	number := make([]int32, r.Classes)
	for k := range number {
		number[k] = int32(k)
	}
	draw.Shuffle(draw.NewGenerator("classes numbers", seed), number)
	t := newTable(r, number)
	near := t.nearest()
	best, try, steps := searchAll(t, near, seed)
	penalty := best.penalty()
	best.bringTogether(draw.NewGenerator("classes scores", seed), near, r.ScoreSteps)
	return best.result(number, try, steps, penalty)
}

// searchAll makes the searches, each with a sequence of its own, and takes the first that leaves nothing, or else the first of
// those that leave least. They run side by side; which is taken does not depend on that.
func searchAll(t *table, near []partner, seed draw.Seed) (best *search, try, steps int) {
	found := make([]*search, t.roster.Tries)
	taken := make([]int, t.roster.Tries)
	var done atomic.Int64 // the first search, from 1, that left nothing
	done.Store(int64(t.roster.Tries) + 1)
	var group sync.WaitGroup
	for n := range found {
		group.Go(func() {
			g := draw.NewGenerator("classes try "+strconv.Itoa(n+1), seed)
			s := start(t, g)
			taken[n] = s.balance(g, near, t.roster.Steps, func() bool { return done.Load() <= int64(n) })
			found[n] = s
			if len(s.outside) == 0 {
				for was := done.Load(); int64(n) < was-1 && !done.CompareAndSwap(was, int64(n)+1); was = done.Load() {
				}
			}
		})
	}
	group.Wait()
	try = int(done.Load()) - 1
	if try == len(found) {
		try = 0
		for n, s := range found {
			if s.penalty() < found[try].penalty() {
				try = n
			}
		}
	}
	return found[try], try + 1, taken[try]
}

func (s *search) result(number []int32, try, steps, penalty int) *Result {
	out := &Result{Roster: s.roster, Class: make([]int32, s.n), Size: make([]int, s.k), Try: try, Steps: steps, Penalty: penalty}
	for i, k := range s.class {
		out.Class[i] = number[k]
	}
	for k, size := range s.size {
		out.Size[number[k]] = size
	}
	for level := range s.levels {
		one := Level{Column: int(s.column[level]), Code: int(s.code[level]), Count: int(s.count[level]),
			Have: make([]int32, s.k), Low: make([]int32, s.k), High: make([]int32, s.k)}
		for k := range s.k {
			cell := k*s.levels + level
			one.Have[number[k]], one.Low[number[k]], one.High[number[k]] = s.have[cell], s.low[cell], s.high[cell]
		}
		out.Levels = append(out.Levels, one)
	}
	return out
}

// Avoidable is the sum over all levels of stated attributes.
func (r *Result) Avoidable() (sum int) {
	for _, level := range r.Levels {
		if level.Column < r.Roster.Columns {
			sum += level.Avoidable()
		}
	}
	return sum
}

// Lines are the lines of the result: who and the number of the class, in the order of the roster.
func (r *Result) Lines() []string {
	lines := make([]string, len(r.Class))
	for i, class := range r.Class {
		lines[i] = r.Roster.Who[i] + ";" + strconv.Itoa(int(class)+1)
	}
	return lines
}

// Lines computes the lines of the result of an announced draw.
func Lines(a draw.Announcement, lines []string, seed draw.Seed) ([]string, error) {
	r, err := ReadRoster(a, lines)
	if err != nil {
		return nil, err
	}
	return Draw(r, seed).Lines(), nil
}
