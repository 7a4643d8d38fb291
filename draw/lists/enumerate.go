package lists

import (
	"math/big"
	"slices"
)

// maxOutcomes is up to how many outcomes are enumerated for exact chances.
const maxOutcomes = 20_000

// listing enumerates every outcome of a draw with its probability.
type listing struct {
	w              *work
	left           int // outcomes that may still be looked at
	object         []*big.Rat
	person, mean   []*big.Rat
	manned, barren *big.Rat // probability of draws of objects that can and cannot be manned
}

// enumerate finds exact chances by going through all outcomes. small is false where there are too many, or where kin can make a
// dead end.
func (r *roster) enumerate() (c Chances, small bool) {
	zeros := func(n int) []*big.Rat {
		all := make([]*big.Rat, n)
		for k := range all {
			all[k] = new(big.Rat)
		}
		return all
	}
	l := &listing{w: newWork(r), left: maxOutcomes, object: zeros(len(r.objects)), person: zeros(len(r.inspectors)), mean: zeros(len(r.inspectors)),
		manned: new(big.Rat), barren: new(big.Rat)}
	if len(r.inspectors) == 0 || r.orders() > maxOutcomes || !l.stratum(0, nil, big.NewRat(1, 1)) || l.manned.Sign() == 0 {
		return Chances{}, false
	}
	c = Chances{ObjectMethod: exact, InspectorMethod: exact}
	c.Redrawn, _ = l.barren.Float64()
	part := func(p *big.Rat) *big.Rat { return new(big.Rat).Quo(p, l.manned) }
	for o := range r.objects {
		c.Objects = append(c.Objects, exactChance(r.objects[o].id, part(l.object[o]), nil))
	}
	for i := range r.inspectors {
		c.Inspectors = append(c.Inspectors, exactChance(r.inspectors[i].id, part(l.person[i]), part(l.mean[i])))
	}
	return c, true
}

// orders is in how many ways the objects can be drawn, or more than maxOutcomes.
func (r *roster) orders() int {
	ways := 1
	for _, s := range r.strata {
		for k := range r.places(s) {
			if ways *= len(s.members) - k; ways > maxOutcomes {
				return ways
			}
		}
	}
	return ways
}

// places is how many places of the random order of a stratum matter: where all weigh the same, any so many are as good as those
// under the marks.
func (r *roster) places(s stratum) int {
	if s.pick == 0 || r.equal(s) {
		return s.pick
	}
	return len(s.members)
}

// stratum goes through every outcome of the strata from number on, after these picks of probability p.
func (l *listing) stratum(number int, picked []int, p *big.Rat) bool {
	r := l.w.r
	if number == len(r.strata) {
		return l.teams(picked, p)
	}
	s := &r.strata[number]
	if s.pick == 0 {
		return l.stratum(number+1, picked, p)
	}
	places := r.places(*s)
	share := new(big.Rat).Set(p)
	for k := range places {
		share.Mul(share, big.NewRat(1, int64(len(s.members)-k)))
	}
	return l.order(s, nil, places, func(order []int) bool {
		if places < len(s.members) || r.equal(*s) {
			return l.stratum(number+1, append(slices.Clone(picked), order...), share)
		}
		for from := 0; from < s.weight; { // marks that take the same objects are taken together
			taken, to := r.marked(s, order, from)
			some := new(big.Rat).Mul(share, big.NewRat(int64(to-from), int64(s.weight)))
			if !l.stratum(number+1, append(slices.Clone(picked), taken...), some) {
				return false
			}
			from = to
		}
		return true
	})
}

// order visits every order of so many members of a stratum.
func (l *listing) order(s *stratum, begun []int, places int, visit func([]int) bool) bool {
	if len(begun) == places {
		return visit(begun)
	}
	for _, o := range s.members {
		if slices.Contains(begun, o) {
			continue
		}
		if l.left--; l.left < 0 || !l.order(s, append(slices.Clone(begun), o), places, visit) {
			return false
		}
	}
	return true
}

// marked returns what the marks that begin at from take of an order, and the next mark that takes something else.
func (r *roster) marked(s *stratum, order []int, from int) (taken []int, to int) {
	mark, end := from, 0
	to = s.weight
	for _, o := range order {
		if end += s.pick * r.objects[o].weight; mark < end {
			to = min(to, from+end-mark)
			taken = append(taken, o)
			mark += s.weight
		}
	}
	return taken, to
}

// teams goes through every filling of the seats of these objects.
func (l *listing) teams(picked []int, p *big.Rat) bool {
	l.w.picked = picked
	l.w.layOut()
	if l.w.fill() != nobody {
		l.barren.Add(l.barren, p)
		return true
	}
	if !l.seats(nil, p) {
		return false
	}
	l.manned.Add(l.manned, p)
	for _, o := range picked {
		l.object[o].Add(l.object[o], p)
	}
	return true
}

// seats goes on after these choices, which it repeats from the beginning each time: slow and plain.
func (l *listing) seats(chosen []int, p *big.Rat) bool {
	if l.left--; l.left < 0 {
		return false
	}
	w := l.w
	w.repeat(chosen)
	if len(chosen) == len(w.seats) {
		for person, held := range w.held {
			if n := int64(len(held)); n > 0 {
				l.person[person].Add(l.person[person], p)
				l.mean[person].Add(l.mean[person], new(big.Rat).Mul(p, big.NewRat(n, 1)))
			}
		}
		return true
	}
	var good []int
	for _, n := range w.seats[len(chosen)].fit {
		w.repeat(chosen)
		if w.decide(int(n)) {
			good = append(good, int(n))
		}
	}
	if len(good) == 0 {
		return false
	}
	share := new(big.Rat).Mul(p, big.NewRat(1, int64(len(good))))
	for _, person := range good {
		if !l.seats(append(slices.Clone(chosen), person), share) {
			return false
		}
	}
	return true
}

// repeat fills the first seats as they were chosen.
func (w *work) repeat(chosen []int) {
	w.empty()
	w.fill()
	for _, person := range chosen {
		w.decide(person)
	}
}
