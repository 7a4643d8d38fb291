package lists

import (
	"slices"

	"jiaoheng/draw"
)

// Limits of repeating, which only kin or a list that cannot be manned make necessary.
const (
	MaxRounds = 100 // draws of objects
	MaxTries  = 100 // fillings of the seats of one draw of objects
)

// nobody holds a seat that is not filled.
const nobody = -1

// work is the memory of one draw. at holds, for every seat, who would fill it in a full assignment; seats before fixed are decided.
type work struct {
	r      *roster
	fit    map[fitKey][]uint16 // who fits a seat of an object
	order  []int
	picked []int
	seats  []seat
	at     []int
	held   [][]int // for each inspector the seats that it fills
	fixed  int

	team       int   // the place among picked of the seat that is being decided
	kin        []int // for each inspector how many kin sit in that team
	seenSeat   []int
	seenPerson []int
	mark       int
	log        []change
	left       []uint16
}

type seat struct {
	place, object int // place among picked
	fit           []uint16
}

type fitKey struct {
	object int // nobody for objects without conflicts
	seat   string
}

type change struct{ seat, from int }

func newWork(r *roster) *work {
	n := len(r.inspectors)
	return &work{r: r, fit: map[fitKey][]uint16{}, held: make([][]int, n), kin: make([]int, n), seenPerson: make([]int, n)}
}

// fitting returns who may fill a seat: everybody with its tags and some load who has no conflict with the object.
func (w *work) fitting(o int, needs string) []uint16 {
	key := fitKey{o, needs}
	if len(w.r.apart[o]) == 0 {
		key.object = nobody
	}
	fit, known := w.fit[key]
	if !known {
		for n := range w.r.inspectors {
			_, conflict := slices.BinarySearch(w.r.apart[o], uint16(n))
			if i := &w.r.inspectors[n]; !conflict && i.load > 0 && i.fits(needs) {
				fit = append(fit, uint16(n))
			}
		}
		w.fit[key] = fit
	}
	return fit
}

// layOut makes the seats of the picked objects, all empty.
func (w *work) layOut() {
	w.seats = w.seats[:0]
	for place, o := range w.picked {
		for _, needs := range w.r.objects[o].seats {
			w.seats = append(w.seats, seat{place, o, w.fitting(o, needs)})
		}
	}
	w.empty()
}

func (w *work) empty() {
	w.at = slices.Grow(w.at[:0], len(w.seats))[:len(w.seats)]
	for s := range w.at {
		w.at[s] = nobody
	}
	if len(w.seenSeat) < len(w.seats) {
		w.seenSeat = append(w.seenSeat, make([]int, len(w.seats)-len(w.seenSeat))...)
	}
	for i := range w.held {
		w.held[i] = w.held[i][:0]
	}
	clear(w.kin)
	w.fixed, w.team, w.log = 0, 0, w.log[:0]
}

// fill finds any full assignment that disregards kin. It returns the first seat that cannot be filled, or nobody.
func (w *work) fill() int {
	for s := range w.seats {
		if w.mark++; !w.augment(s) {
			return s
		}
	}
	return nobody
}

// place gives a seat to a person, or to nobody, and logs who had it.
func (w *work) place(s, person int) {
	before := w.at[s]
	w.log = append(w.log, change{s, before})
	if before != nobody {
		held := w.held[before]
		held[slices.Index(held, s)] = held[len(held)-1]
		w.held[before] = held[:len(held)-1]
	}
	if w.at[s] = person; person != nobody {
		w.held[person] = append(w.held[person], s)
	}
}

// undo takes back all changes after the first so many.
func (w *work) undo(kept int) {
	for len(w.log) > kept {
		last := w.log[len(w.log)-1]
		w.place(last.seat, last.from)
		w.log = w.log[:len(w.log)-2]
	}
}

// inTeam returns the seat that a person fills at a place, or nobody.
func (w *work) inTeam(person, place int) int {
	for _, s := range w.held[person] {
		if w.seats[s].place == place {
			return s
		}
	}
	return nobody
}

func (w *work) barred(s, person int) bool { return w.seats[s].place == w.team && w.kin[person] > 0 }

// augment finds a person for an empty seat, and moves others on the way where it must (an augmenting path): a person who
// already sits at the same object gives up that seat, one whose load is used up gives up any. Decided seats stay.
func (w *work) augment(s int) bool {
	place := w.seats[s].place
	for _, n := range w.seats[s].fit {
		if person := int(n); len(w.held[person]) < w.r.inspectors[person].load && !w.barred(s, person) && w.inTeam(person, place) == nobody {
			w.place(s, person)
			return true
		}
	}
	for _, n := range w.seats[s].fit {
		person := int(n)
		if w.barred(s, person) {
			continue
		}
		if other := w.inTeam(person, place); other != nobody {
			if w.moved(other) {
				w.place(s, person)
				return true
			}
			continue
		}
		if w.seenPerson[person] == w.mark {
			continue
		}
		w.seenPerson[person] = w.mark
		for _, other := range w.held[person] {
			if w.moved(other) {
				w.place(s, person)
				return true
			}
		}
	}
	return false
}

// moved finds another person for a filled seat.
func (w *work) moved(s int) bool {
	if s < w.fixed || w.seenSeat[s] == w.mark {
		return false
	}
	w.seenSeat[s] = w.mark
	return w.augment(s)
}

// decide gives the next seat to a person if every later seat can still be filled then; if not, nothing changes.
func (w *work) decide(person int) bool {
	s, kept := w.fixed, len(w.log)
	place := w.seats[s].place
	var loose []int
	if w.at[s] != person {
		w.place(s, nobody)
		if other := w.inTeam(person, place); other != nobody {
			loose = append(loose, other)
		} else if held := w.held[person]; len(held) == w.r.inspectors[person].load {
			loose = append(loose, held[slices.IndexFunc(held, func(h int) bool { return h > s })])
		}
	}
	for _, kin := range w.r.inspectors[person].kin {
		w.kin[kin]++
		if other := w.inTeam(kin, place); other > s {
			loose = append(loose, other)
		}
	}
	for _, other := range loose {
		w.place(other, nobody)
	}
	if w.at[s] != person {
		w.place(s, person)
	}
	w.fixed++
	for _, other := range loose {
		if w.mark++; !w.augment(other) {
			w.undo(kept)
			w.fixed--
			for _, kin := range w.r.inspectors[person].kin {
				w.kin[kin]--
			}
			return false
		}
	}
	return true
}

// candidates are the persons who may take the next seat: they fit, have load left, do not sit in the team and have no kin there.
func (w *work) candidates() []uint16 {
	s := w.fixed
	if place := w.seats[s].place; place != w.team {
		w.team = place
		clear(w.kin)
	}
	w.left = w.left[:0]
	for _, n := range w.seats[s].fit {
		person, used, here := int(n), 0, false
		for _, h := range w.held[person] {
			if h < s {
				used++
				here = here || w.seats[h].place == w.team
			}
		}
		if used < w.r.inspectors[person].load && !here && w.kin[person] == 0 {
			w.left = append(w.left, n)
		}
	}
	return w.left
}

// seatAll fills the seats in their order, each by an equal chance among the candidates with whom all later seats can be filled.
// It returns false at a dead end, which only kin can cause.
func (w *work) seatAll(g *draw.Generator) bool {
	for w.fixed < len(w.seats) {
		left := w.candidates()
		for {
			if len(left) == 0 {
				return false
			}
			j := int(g.Below(uint32(len(left))))
			if w.decide(int(left[j])) {
				break
			}
			left = slices.Delete(left, j, j+1)
		}
		w.log = w.log[:0]
	}
	return true
}

// run draws objects and fills their seats. It returns how many draws of objects and fillings it took; rounds is above MaxRounds
// when none could be manned.
func (w *work) run(g *draw.Generator) (rounds, tries int) {
	for rounds = 1; rounds <= MaxRounds; rounds++ {
		w.r.pickObjects(g, w)
		w.layOut()
		if w.fill() != nobody {
			continue
		}
		for tries = 1; tries <= MaxTries; tries++ {
			if w.seatAll(g) {
				return rounds, tries
			}
			w.empty()
			w.fill()
		}
	}
	return rounds, tries
}
