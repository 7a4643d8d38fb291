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
	known  map[fitKey][]uint16 // who fits a seat of an object
	fits   [][][]uint16        // for each object and seat the same, once it was looked up
	order  []int
	picked []int
	seats  []seat
	at     []int
	held   [][]int // for each inspector the seats that it fills
	fixed  int
	used   []int // for each inspector how many decided seats it has

	team       int   // the place among picked of the seat that is being decided
	members    []int // who has a decided seat there
	kin        []int // for each inspector how many kin have one
	seenSeat   []int
	seenPerson []int
	mark       int
	log        []change
	left       []uint16
	loose      []int
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
	return &work{r: r, known: map[fitKey][]uint16{}, fits: make([][][]uint16, len(r.objects)), held: make([][]int, n), used: make([]int, n), kin: make([]int, n),
		seenPerson: make([]int, n)}
}

// fitting returns who may fill each seat of an object: everybody with its tags and some load who has no conflict with the object.
func (w *work) fitting(o int) [][]uint16 {
	if w.fits[o] != nil || len(w.r.objects[o].seats) == 0 {
		return w.fits[o]
	}
	for _, needs := range w.r.objects[o].seats {
		key := fitKey{o, needs}
		if len(w.r.apart[o]) == 0 {
			key.object = nobody
		}
		fit, known := w.known[key]
		if !known {
			for n := range w.r.inspectors {
				_, conflict := slices.BinarySearch(w.r.apart[o], uint16(n))
				if i := &w.r.inspectors[n]; !conflict && i.load > 0 && i.fits(needs) {
					fit = append(fit, uint16(n))
				}
			}
			w.known[key] = fit
		}
		w.fits[o] = append(w.fits[o], fit)
	}
	return w.fits[o]
}

// layOut makes the seats of the picked objects, all empty.
func (w *work) layOut() {
	w.seats = w.seats[:0]
	for place, o := range w.picked {
		for _, fit := range w.fitting(o) {
			w.seats = append(w.seats, seat{place, o, fit})
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
	clear(w.used)
	clear(w.kin)
	w.fixed, w.team, w.members, w.log = 0, 0, w.members[:0], w.log[:0]
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
	place, fit := w.seats[s].place, w.seats[s].fit
	for k := range fit {
		// every seat begins to look at another place of the list, where somebody free is found sooner
		person := int(fit[(k+s*7)%len(fit)])
		if len(w.held[person]) < w.r.inspectors[person].load && !w.barred(s, person) && w.inTeam(person, place) == nobody {
			w.place(s, person)
			return true
		}
	}
	for _, n := range fit {
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

// decide gives the next seat to a person if the person may take it (load left, not in the team, no kin there) and every later seat
// can still be filled then; if not, nothing changes.
func (w *work) decide(person int) bool {
	s, kept := w.fixed, len(w.log)
	place := w.seats[s].place
	if place != w.team {
		w.nextTeam(place)
	}
	if w.used[person] >= w.r.inspectors[person].load || w.kin[person] > 0 || slices.Contains(w.members, person) {
		return false
	}
	w.loose = w.loose[:0]
	if w.at[s] != person {
		w.place(s, nobody)
		if other := w.inTeam(person, place); other != nobody {
			w.loose = append(w.loose, other)
		} else if held := w.held[person]; len(held) == w.r.inspectors[person].load {
			w.loose = append(w.loose, held[slices.IndexFunc(held, func(h int) bool { return h > s })])
		}
	}
	for _, kin := range w.r.inspectors[person].kin {
		w.kin[kin]++
		if other := w.inTeam(kin, place); other > s {
			w.loose = append(w.loose, other)
		}
	}
	for _, other := range w.loose {
		w.place(other, nobody)
	}
	if w.at[s] != person {
		w.place(s, person)
	}
	w.fixed++
	for _, other := range w.loose {
		if w.mark++; !w.augment(other) {
			w.undo(kept)
			w.fixed--
			w.forget(person)
			return false
		}
	}
	w.used[person]++
	w.members = append(w.members, person)
	return true
}

func (w *work) nextTeam(place int) {
	for _, member := range w.members {
		w.forget(member)
	}
	w.team, w.members = place, w.members[:0]
}

func (w *work) forget(person int) {
	for _, kin := range w.r.inspectors[person].kin {
		w.kin[kin]--
	}
}

// seatAll fills the seats in their order. For each, persons who fit it are drawn one after the other, each with equal chance, until one
// may take it; so everybody who may has the same chance. It returns false at a dead end, which only kin can cause.
func (w *work) seatAll(g *draw.Generator) bool {
	for w.fixed < len(w.seats) {
		left := append(w.left[:0], w.seats[w.fixed].fit...)
		w.left = left
		for {
			if len(left) == 0 {
				return false
			}
			j := int(g.Below(uint32(len(left))))
			if w.decide(int(left[j])) {
				break
			}
			left[j] = left[len(left)-1]
			left = left[:len(left)-1]
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
