package lists

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"jiaoheng/draw"
	"jiaoheng/fault"
	"jiaoheng/message"
)

// Reasons why an inspector may not see an object. Pair is a stated one.
const (
	Own       = "own"       // works there now, or where the object comes from
	Worked    = "worked"    // worked there
	Home      = "home"      // comes from its place
	Inspected = "inspected" // saw it last time
	Pair      = "pair"      // stated in the list of conflicts, such as kin
)

// Reasons are all of them, in the order in which they are said.
func Reasons() []string { return []string{Own, Worked, Home, Inspected, Pair} }

// Object is one of the list from which objects are drawn: a school, an application, an examination room.
type Object struct {
	ID, Name string
	Stratum  []string    // values of the columns that make strata
	Weight   int         // of risk, 1 where there is none
	Place    string      // town or home, compared with the home of inspectors
	Unit     string      // where it comes from, such as the school of an application; compared with the units of inspectors
	Team     int         // seats; 0: as the draw says
	All      []string    // tags that every member must have
	Some     []string    // tags of which each is asked of one member
	At       fault.Place // in its table, for faults
}

// Inspector is one of the list of people: an inspector, examiner or reviewer.
type Inspector struct {
	ID, Name          string
	Tags              []string // subjects, stages, qualifications
	Load              int      // most objects; 0: as the draw says
	Unit, Home        string
	Worked, Inspected []string // ids or names of objects
	At                fault.Place
}

// Conflict is a stated conflict between an inspector and an object, or between two inspectors who may not sit in one team.
// Both are ids or names.
type Conflict struct {
	Inspector, Other, Reason string
	At                       fault.Place
}

// Input is a draw before it is frozen.
type Input struct {
	Objects        []Object
	Inspectors     []Inspector
	Conflicts      []Conflict
	Strata         []string // titles of the columns that make strata
	Wanted         Wanted
	Team, Load     int    // 0: no teams; load 0: no limit
	Leader         string // tag that the first seat asks for, "" for none
	Match          []string
	Avoid          []string // reasons that count
	HideObjects    bool
	ShowInspectors bool
	Secret         draw.Secret
}

// Fixed is a draw whose lines are fixed.
type Fixed struct {
	Rules []draw.Rule
	Lines []string
	// Objects and Inspectors lead from what stands in the lines to what was given.
	Objects    map[string]Object
	Inspectors map[string]Inspector
	// Reasons counts the pairs of inspector and object that may not meet, by reason; a pair may have several.
	Reasons map[string]int
	// Guarantee tells whether every possible draw of objects can be manned.
	Guarantee bool
	roster    *roster
}

// Frozen turns an input into rules and lines. It names every fault at once, and refuses what can never be manned, saying which
// objects lack people and which rule would have to give way.
func Frozen(in Input) (*Fixed, error) {
	frozen, err := freeze(in)
	if err != nil {
		return nil, err
	}
	if frozen.Guarantee = frozen.roster.guarantee(); !frozen.Guarantee {
		if faults := unmanned(in, frozen); len(faults) > 0 {
			return nil, faults
		}
	}
	return frozen, nil
}

// freeze makes rules and lines without asking whether the draw can be manned.
func freeze(in Input) (*Fixed, error) {
	in.Objects, in.Inspectors = slices.Clone(in.Objects), slices.Clone(in.Inspectors)
	f := &freezing{in: in, frozen: &Fixed{Objects: map[string]Object{}, Inspectors: map[string]Inspector{}, Reasons: map[string]int{}}}
	if f.limits(); len(in.Objects) <= MaxObjects && len(in.Inspectors) <= MaxInspectors && len(in.Objects) > 0 {
		f.names()
		f.conflicts()
		f.strata()
	}
	if len(f.faults) > 0 {
		return nil, f.faults
	}
	f.frozen.Rules, f.frozen.Lines = f.rules(), f.lines()
	var err error
	f.frozen.roster, err = readRoster(f.frozen.Lines)
	return f.frozen, err
}

type freezing struct {
	in      Input
	frozen  *Fixed
	faults  fault.List
	object  map[string]int // by id, and by name where it is the only one
	person  map[string]int
	who     []string // ids in lines
	at      []int    // number in the lines of each inspector, from 1
	objects []int    // number in the lines of each object, from 1
	objWho  []string
	from    map[string][]int          // objects by the unit they come from
	apart   []map[int]map[string]bool // for each inspector the objects with the reasons
	kin     []map[int]bool
	number  map[string]int // of a stratum
	order   [][]string     // strata, in their order
	picks   []int
}

func (f *freezing) limits() {
	in := &f.in
	for _, limit := range []struct {
		code        string
		count, most int
	}{{"lists.objects", len(in.Objects), MaxObjects}, {"lists.inspectors", len(in.Inspectors), MaxInspectors}, {"lists.team", in.Team, MaxTeam}} {
		if limit.count > limit.most {
			f.faults.Add(fault.New(limit.code, message.Args{"count": limit.count, "limit": limit.most}))
		}
	}
	if len(in.Objects) == 0 {
		f.faults.Add(fault.New("lists.no_objects", nil))
	}
	if in.Team > 0 && len(in.Inspectors) == 0 || in.Team == 0 && len(in.Inspectors) > 0 {
		f.faults.Add(fault.New("lists.team_and_inspectors", nil))
	}
	for _, reason := range in.Avoid {
		if !slices.Contains(Reasons(), reason) {
			f.faults.Add(fault.New("lists.reason", message.Args{"reason": reason, "known": strings.Join(Reasons(), " ")}))
		}
	}
}

// names checks ids, tags and numbers and makes what stands in the lines.
func (f *freezing) names() {
	f.object, f.person = map[string]int{}, map[string]int{}
	f.objWho, f.who = make([]string, len(f.in.Objects)), make([]string, len(f.in.Inspectors))
	for n := range f.in.Objects {
		o := &f.in.Objects[n]
		f.id(f.object, n, o.ID, o.At)
		f.tags(slices.Concat(o.All, o.Some), o.At)
		if o.Weight < 1 || o.Weight >= draw.MaxBelow {
			f.wrong(o.At, "lists.weight", message.Args{"weight": o.Weight, "limit": draw.MaxBelow - 1})
		}
		if o.Team == 0 {
			o.Team = f.in.Team
		}
		if o.Team < 0 || o.Team > MaxTeam || len(o.Some) > max(o.Team, 0) && f.in.Team > 0 {
			f.wrong(o.At, "lists.object_team", message.Args{"object": o.ID, "team": o.Team, "tags": len(o.Some), "limit": MaxTeam})
		}
		if f.objWho[n] = o.ID; f.in.HideObjects {
			f.objWho[n] = f.in.Secret.Who(o.ID)
		}
		f.frozen.Objects[f.objWho[n]] = *o
	}
	for n := range f.in.Inspectors {
		i := &f.in.Inspectors[n]
		f.id(f.person, n, i.ID, i.At)
		f.tags(i.Tags, i.At)
		if i.Load == 0 {
			i.Load = cmp.Or(f.in.Load, MaxSeats)
		}
		if i.Load < 0 || i.Load > MaxSeats {
			f.wrong(i.At, "lists.load", message.Args{"load": i.Load, "limit": MaxSeats})
		}
		if f.who[n] = i.ID; !f.in.ShowInspectors {
			f.who[n] = f.in.Secret.Who(i.ID)
		}
		f.frozen.Inspectors[f.who[n]] = *i
	}
	byName(f.object, len(f.in.Objects), func(n int) string { return f.in.Objects[n].Name })
	byName(f.person, len(f.in.Inspectors), func(n int) string { return f.in.Inspectors[n].Name })
}

func (f *freezing) wrong(place fault.Place, code string, args message.Args) {
	f.faults.Add(fault.At(place, code, args))
}

// mayStand tells whether an id or a tag may stand in a line.
func mayStand(text string) bool {
	return text != "" && len(text) <= 100 && utf8.ValidString(text) && !strings.ContainsAny(text, ";,+*\u2028\u2029") && !strings.ContainsFunc(text, unicode.IsControl)
}

func (f *freezing) id(known map[string]int, n int, id string, place fault.Place) {
	if !mayStand(id) {
		f.wrong(place, "lists.id", message.Args{"id": id})
	} else if _, twice := known[id]; twice {
		f.wrong(place, "lists.id_twice", message.Args{"id": id})
	}
	known[id] = n
}

func (f *freezing) tags(tags []string, place fault.Place) {
	for _, tag := range tags {
		if !mayStand(tag) {
			f.wrong(place, "lists.tag", message.Args{"tag": tag})
		}
	}
}

// byName lets a name stand for an id where only one has it and no other has it as id.
func byName(known map[string]int, count int, name func(int) string) {
	times := map[string]int{}
	for n := range count {
		times[name(n)]++
	}
	for n := range count {
		if _, taken := known[name(n)]; !taken && times[name(n)] == 1 && name(n) != "" {
			known[name(n)] = n
		}
	}
}

// conflicts gathers who may not see what, and who may not sit with whom.
func (f *freezing) conflicts() {
	f.from = map[string][]int{}
	for n, o := range f.in.Objects {
		if o.Unit != "" {
			f.from[o.Unit] = append(f.from[o.Unit], n)
		}
	}
	f.apart, f.kin = make([]map[int]map[string]bool, len(f.in.Inspectors)), make([]map[int]bool, len(f.in.Inspectors))
	for n, i := range f.in.Inspectors {
		f.apart[n], f.kin[n] = map[int]map[string]bool{}, map[int]bool{}
		f.meet(n, Own, i.Unit)
		f.meet(n, Worked, i.Worked...)
		f.meet(n, Inspected, i.Inspected...)
		for o := range f.in.Objects {
			if i.Home != "" && i.Home == f.in.Objects[o].Place {
				f.avoid(n, o, Home)
			}
		}
	}
	for _, c := range f.in.Conflicts {
		n, known := f.person[c.Inspector]
		o, object := f.object[c.Other]
		other, person := f.person[c.Other]
		switch {
		case !known:
			f.wrong(c.At, "lists.conflict_inspector", message.Args{"inspector": c.Inspector})
		case object && person:
			f.wrong(c.At, "lists.conflict_both", message.Args{"other": c.Other})
		case object:
			f.avoid(n, o, Pair)
		case !person:
			f.wrong(c.At, "lists.conflict_other", message.Args{"other": c.Other})
		case other == n:
			f.wrong(c.At, "lists.conflict_self", message.Args{"inspector": c.Inspector})
		case slices.Contains(f.in.Avoid, Pair):
			f.kin[n][other], f.kin[other][n] = true, true
		}
	}
	for n, all := range f.apart {
		if len(all) > MaxConflicts {
			f.wrong(f.in.Inspectors[n].At, "lists.conflicts", message.Args{"inspector": f.in.Inspectors[n].ID, "count": len(all), "limit": MaxConflicts})
		}
	}
}

// meet avoids the objects of these ids or names, and those that come from these units; what is no object of the list is no
// conflict in this draw.
func (f *freezing) meet(n int, reason string, names ...string) {
	for _, name := range names {
		for _, o := range f.from[name] {
			f.avoid(n, o, reason)
		}
		if o, known := f.object[name]; known {
			f.avoid(n, o, reason)
		}
	}
}

func (f *freezing) avoid(n, o int, reason string) {
	if !slices.Contains(f.in.Avoid, reason) || f.apart[n][o][reason] {
		return
	}
	if f.apart[n][o] == nil {
		f.apart[n][o] = map[string]bool{}
	}
	f.apart[n][o][reason] = true
	f.frozen.Reasons[reason]++
}
