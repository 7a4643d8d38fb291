package lists

import (
	"cmp"
	"slices"
	"strings"

	"jiaoheng/draw"
	"jiaoheng/fault"
	"jiaoheng/message"
)

// trials is how many draws of objects are tried before a list is said to be unmanned.
const trials = 50

// shown is how many objects a fault names.
const shown = 10

// lack says why seats cannot be filled: these objects (a Hall violator) have more seats than those who fit them can take.
type lack struct {
	objects      []int
	seats        int  // of them that were looked at
	people, most int  // who fit one of these seats, and how many of them they can fill at most
	kin          bool // there are enough people, but those who may not sit together are in the way
}

// unmanned says in words why a draw can never be manned, and which single rule would have to give way. Objects that lack
// people even if they alone were drawn are all named; else it is a draw of objects that is tried.
func unmanned(in Input, frozen *Fixed) (faults fault.List) {
	alone, lack, ok := trial(frozen.roster)
	if ok {
		return nil
	}
	ways := giveWay(in)
	for n, o := range alone {
		if n == shown {
			faults.Add(fault.New("lists.alone_more", message.Args{"count": len(alone) - shown}))
			break
		}
		given := frozen.Objects[frozen.roster.objects[o.objects[0]].id]
		code := map[bool]string{false: "lists.alone", true: "lists.alone_kin"}[o.kin]
		faults.Add(fault.At(given.At, code, message.Args{"object": named(given), "team": len(frozen.roster.objects[o.objects[0]].seats), "seats": o.seats, "people": o.people}))
	}
	if len(alone) == 0 {
		var names []string
		for _, o := range lack.objects[:min(len(lack.objects), shown)] {
			names = append(names, named(frozen.Objects[frozen.roster.objects[o].id]))
		}
		code := map[bool]string{false: "lists.unmanned", true: "lists.unmanned_kin"}[lack.kin]
		faults.Add(fault.New(code, message.Args{"trials": trials, "objects": strings.Join(names, "、"), "count": len(lack.objects), "seats": lack.seats,
			"people": lack.people, "most": lack.most}))
	}
	if len(ways) == 0 {
		faults.Add(fault.New("lists.no_way", nil))
	}
	return append(faults, ways...)
}

func named(o Object) string { return cmp.Or(o.Name, o.ID) }

// trial finds out whether a roster can be manned: every object alone, and one of some draws of objects. alone are the lacks of objects
// that cannot be manned even alone.
func trial(r *roster) (alone []lack, of lack, ok bool) {
	w, g := newWork(r), draw.NewGenerator("lists trial", draw.Seed{})
	for o := range r.objects {
		if r.strata[r.objects[o].stratum].pick == 0 {
			continue
		}
		w.picked = append(w.picked[:0], o)
		if l, ok := w.tried(g); !ok {
			alone = append(alone, l)
		}
	}
	if len(alone) > 0 {
		return alone, lack{}, false
	}
	for range trials {
		r.pickObjects(g, w)
		if of, ok = w.tried(g); ok {
			return nil, lack{}, true
		}
	}
	return nil, of, false
}

// tried tells whether the picked objects can be manned, and else what is lacking. Kin are tried a few times; without them the first
// filling is never a dead end.
func (w *work) tried(g *draw.Generator) (lack, bool) {
	w.layOut()
	if s := w.fill(); s != nobody {
		return w.lack(s), false
	}
	for range MaxTries {
		if w.seatAll(g) {
			return lack{}, true
		}
		w.empty()
		w.fill()
	}
	return lack{objects: slices.Clone(w.picked), seats: len(w.seats), kin: true}, false
}

// lack reads the violator off the search that failed at seat s: the seats that it reached and who fits them, with every other
// seat that only the same people fit.
func (w *work) lack(s int) lack {
	people := map[uint16]bool{}
	for n := range w.seats {
		if n == s || w.seenSeat[n] == w.mark {
			for _, person := range w.seats[n].fit {
				people[person] = true
			}
		}
	}
	var seats []seat
	l := lack{people: len(people)}
	for _, one := range w.seats {
		if slices.ContainsFunc(one.fit, func(person uint16) bool { return !people[person] }) {
			continue
		}
		seats = append(seats, one)
		if !slices.Contains(l.objects, one.object) {
			l.objects = append(l.objects, one.object)
		}
	}
	l.seats, w.seats = len(seats), seats
	w.empty()
	for n := range w.seats {
		if w.mark++; w.augment(n) {
			l.most++
		}
	}
	return l
}

// giveWay tries every rule alone and returns those that, given way, let the list be manned, the smallest step of each.
func giveWay(in Input) (ways fault.List) {
	try := func(code string, args message.Args, change func(in *Input) bool) bool {
		other := in
		other.Objects, other.Inspectors = slices.Clone(in.Objects), slices.Clone(in.Inspectors)
		if !change(&other) {
			return false
		}
		frozen, err := freeze(other)
		if err != nil {
			return false
		}
		_, _, ok := trial(frozen.roster)
		if ok {
			ways.Add(fault.New(code, args))
		}
		return ok
	}
	for more := 1; more <= 5; more++ {
		if try("lists.way_load", message.Args{"more": more}, func(in *Input) bool { return in.raise(more) }) {
			break
		}
	}
	for fewer := 1; fewer < in.Team; fewer++ {
		if try("lists.way_team", message.Args{"fewer": fewer}, func(in *Input) bool { return in.shrink(fewer) }) {
			break
		}
	}
	for _, reason := range in.Avoid {
		try("lists.way_reason", message.Args{"reason": message.Word("lists.reason." + reason)}, func(in *Input) bool {
			in.Avoid = slices.DeleteFunc(slices.Clone(in.Avoid), func(r string) bool { return r == reason })
			return true
		})
	}
	if in.Leader != "" {
		try("lists.way_leader", nil, func(in *Input) bool { in.Leader = ""; return true })
	}
	try("lists.way_tags", nil, func(in *Input) bool { return in.dropTags() })
	return ways
}

// raise gives everybody who has a limit some load more.
func (in *Input) raise(more int) (changed bool) {
	if in.Load > 0 {
		in.Load, changed = in.Load+more, true
	}
	for n := range in.Inspectors {
		if i := &in.Inspectors[n]; i.Load > 0 {
			i.Load, changed = i.Load+more, true
		}
	}
	return changed
}

func (in *Input) shrink(fewer int) bool {
	in.Team -= fewer
	for n := range in.Objects {
		if o := &in.Objects[n]; o.Team > fewer {
			o.Team -= fewer
		}
	}
	return true
}

func (in *Input) dropTags() (changed bool) {
	for n := range in.Objects {
		o := &in.Objects[n]
		changed = changed || len(o.All)+len(o.Some) > 0
		o.All, o.Some = nil, nil
	}
	return changed
}
