package round

import (
	"slices"

	"jiaoheng/pack"
	"jiaoheng/round"
	"jiaoheng/standard"
	"jiaoheng/unit"
)

// requirement is one line with what it asks for.
type requirement struct {
	line  round.Line
	veto  bool
	parts []requirement // of a standard over others
}

// key names a requirement in an address.
func (r requirement) key() string { return r.line.Name + "@" + string(r.line.Stage) }

// group is what stands under one title: the parts of a standard over others, the vetoes, or what belongs to no such standard.
type group struct {
	title string
	whole *requirement // the standard over the items, nil for the others
	items []requirement
}

// stage is the stage that the title says.
func (g group) stage() unit.Stage {
	if g.whole == nil {
		return ""
	}
	return g.whole.line.Stage
}

type cellKey struct {
	name  string
	stage unit.Stage
}

// findings are the lines of one unit, arranged as the rules ask for them.
type findings struct {
	whole  *requirement // the verdict of the pack, nil when it says nothing of this unit
	groups []group
	lines  map[cellKey]round.Line
}

// findings arranges the lines of the standing unit.
func (a *asked) findings() findings {
	f := findings{lines: map[cellKey]round.Line{}}
	space := a.outcome.Space()
	school := space.Unit(a.row).Kind == unit.School
	var order []cellKey
	for _, l := range a.outcome.LinesOf(func(_ string, _ unit.Stage, row int) bool {
		return row == a.row || school && row > a.row && row < space.End(a.row)
	}) {
		key := cellKey{l.Name, l.Stage}
		if _, double := f.lines[key]; !double && l.Verdict != standard.Not {
			f.lines[key] = l
			order = append(order, key)
		}
	}
	scope := a.outcome.Scope()
	if verdict, known := scope.Verdict(); known {
		if l, judged := f.lines[cellKey{verdict.Name, ""}]; judged {
			whole := f.requirement(scope, l, false)
			f.whole, f.groups = &whole, a.groupsOf(whole.parts)
			return f
		}
	}
	f.groups = a.groupsOf(f.tops(scope, order))
	return f
}

// tops returns the requirements that no other one of the unit asks for.
func (f findings) tops(scope *pack.Scope, order []cellKey) []requirement {
	below := map[cellKey]bool{}
	for _, key := range order {
		s, _ := scope.Standard(key.name)
		for _, part := range f.partsOf(scope, s, key.stage) {
			below[part] = true
		}
	}
	var tops []requirement
	for _, key := range order {
		if !below[key] {
			tops = append(tops, f.requirement(scope, f.lines[key], false))
		}
	}
	return tops
}

// partsOf returns the lines that a standard asks for.
func (f findings) partsOf(scope *pack.Scope, s *pack.Standard, stage unit.Stage) []cellKey {
	var parts []cellKey
	for _, name := range partNames(s) {
		part, known := scope.Standard(name)
		if !known {
			continue
		}
		for _, of := range standard.PartStages(part, stage) {
			if _, judged := f.lines[cellKey{name, of}]; judged {
				parts = append(parts, cellKey{name, of})
			}
		}
	}
	return parts
}

// partNames are the standards that a standard asks for.
func partNames(s *pack.Standard) []string {
	switch {
	case s == nil:
		return nil
	case s.KofN != nil:
		return s.KofN.Of
	case s.All != nil:
		return slices.Concat(s.All.Of, s.All.Each, s.All.None)
	}
	return nil
}

func (f findings) requirement(scope *pack.Scope, l round.Line, veto bool) requirement {
	r := requirement{line: l, veto: veto}
	s, known := scope.Standard(l.Name)
	if !known {
		return r
	}
	for _, key := range f.partsOf(scope, s, l.Stage) {
		vetoes := s.All != nil && slices.Contains(s.All.None, key.name)
		r.parts = append(r.parts, f.requirement(scope, f.lines[key], vetoes))
	}
	return r
}

// groupsOf puts requirements under titles: each standard over others stands for itself, then the others, then the vetoes.
func (a *asked) groupsOf(tops []requirement) []group {
	var groups []group
	rest := group{title: a.text("round.group.rest")}
	vetoes := group{title: a.text("round.group.veto")}
	for _, one := range tops {
		switch {
		case one.veto:
			vetoes.items = append(vetoes.items, one)
		case len(one.parts) > 0:
			groups = append(groups, group{title: a.titleOf(one.line.Title, one.line.Stage), whole: &one, items: one.parts})
		default:
			rest.items = append(rest.items, one)
		}
	}
	if len(groups) == 0 {
		rest.title = a.text("round.group.all")
	}
	for _, one := range []group{rest, vetoes} {
		if len(one.items) > 0 {
			groups = append(groups, one)
		}
	}
	return groups
}

// tally counts verdicts.
type tally struct{ met, unmet, unknown int }

func (t tally) count() int { return t.met + t.unmet + t.unknown }

func tallyOf(groups []group) tally {
	var t tally
	for _, g := range groups {
		for _, one := range g.items {
			switch one.line.Verdict {
			case standard.Pass:
				t.met++
			case standard.Fail:
				t.unmet++
			default:
				t.unknown++
			}
		}
	}
	return t
}
