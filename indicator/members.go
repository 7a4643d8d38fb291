package indicator

import (
	"slices"
	"sync"

	"jiaoheng/expr"
	"jiaoheng/frame"
	"jiaoheng/measure"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/unit"
)

// Members are the units of some kinds that take part in a scene.
type Members struct {
	Counted  frame.Bitmap           // those that take part
	Relevant frame.Bitmap           // those and the ones that the population leaves out
	why      map[int]measure.Reason // of the ones left out, and of those for which the condition cannot be decided
	doubt    map[int]measure.Reason // of those for which the condition cannot be decided
	counted  []int32                // how many of the rows before are counted; n + 1 entries
	relevant []int32
	kinds    kindSet
	once     sync.Once
	line     *lineup
}

// lineIn returns the lineup of the counted units and of those that may stand above them where there is any below; of a
// kind that is both, all that have any.
func (m *Members) lineIn(r *Run) *lineup {
	m.once.Do(func() {
		s, over := r.Space, m.kinds|m.kinds.above()
		if len(r.place) < s.n {
			r.place = make([]int32, s.n)
		}
		all := s.line(m.kinds)
		m.line = &lineup{make([]int32, 0, len(all.rows)), make([]int32, 0, len(all.rows))}
		for k, row := range all.rows {
			on := m.Counted.Get(int(row)) || s.kind[row]&over != 0 && m.counted[s.end[row]] > m.counted[row]
			m.line.add(int32(k), row, all.over[k], r.place, on)
		}
	})
	return m.line
}

// Count returns how many units of the rows from … to-1 are counted.
func (m *Members) Count(from, to int) int { return int(m.counted[to] - m.counted[from]) }

// Why returns why a unit has no value of its own whatever it reported, such as indicator.not_counted.
func (m *Members) Why(row int) (measure.Reason, bool) {
	why, known := m.why[row]
	return why, known
}

// undecided returns the units of which nobody knows whether they count, with what is missing.
func (m *Members) undecided() map[int]measure.Reason { return m.doubt }

type memberKey struct {
	kinds kindSet
	scene
}

// Members returns the own units of an indicator that take part.
func (r *Run) Members(of []unit.Kind, stage unit.Stage, population string) *Members {
	return r.membersOf(kindsOf(of), scene{stage: stage, population: population})
}

// openAt returns the units that exist on Day of a period before; those merged since then are left out of it for good,
// since their facts count for the unit that they went into.
func (r *Run) openAt(shift int) frame.Bitmap {
	if open, known := r.open[shift]; known {
		return open
	}
	open := r.Space.openOn(Day(r.periodAt(shift)))
	if shift > 0 || len(r.Left) > 0 {
		open = slices.Clone(open)
	}
	if shift > 0 {
		moved := r.movesAt(shift)
		for row := range moved.gone {
			open.Clear(row)
		}
		for row := range moved.into {
			open.Set(row)
		}
	}
	for row := range r.Left {
		open.Clear(row)
	}
	r.open[shift] = open
	return open
}

func (r *Run) membersOf(kinds kindSet, at scene) *Members {
	key := memberKey{kinds, at}
	if found, known := r.members[key]; known {
		return found
	}
	population, known := r.Rules.Scope.Population(at.population)
	limited := known && at.population != ""
	plain := !limited && len(r.Left) == 0 && at.shift == 0
	if plain {
		if found := r.Space.membersOn(kinds, at.stage, Day(r.Period), nil); found != nil {
			r.members[key] = found
			return found
		}
	}
	s, open := r.Space, r.openAt(at.shift)
	m := &Members{kinds: kinds, Counted: s.rowsOf(kinds).And(open)}
	for w, word := range s.withStage(stageBit(at.stage)) {
		m.Counted[w] &= word
	}
	m.Relevant = m.Counted
	if limited {
		m.Relevant = slices.Clone(m.Counted)
		r.leaveOut(m, population, at)
	}
	m.counted = before(m.Counted, s.n)
	if m.relevant = m.counted; limited {
		m.relevant = before(m.Relevant, s.n)
	}
	if plain {
		m = r.Space.membersOn(kinds, at.stage, Day(r.Period), m)
	}
	r.members[key] = m
	return m
}

// before returns, for each row and the end, how many bits are set before it.
func before(rows frame.Bitmap, n int) []int32 {
	counts := make([]int32, n+1)
	count := int32(0)
	for row := range n {
		counts[row] = count
		count += int32(rows[row>>6] >> (row & 63) & 1)
	}
	counts[n] = count
	return counts
}

// leaveOut takes the units out that a population does not count. The condition is asked of the units of the population;
// a school is left out when all of its sections are, a section when its school is.
func (r *Run) leaveOut(m *Members, population *pack.Population, at scene) {
	s, of := r.Space, kindsOf(population.Of)
	asked, verdicts := r.condition(population, at.shift)
	for row := range m.Counted.Each(0, s.n) {
		decider, kind := row, s.kind[row]
		switch {
		case kind&of != 0:
		case kind&of.above() != 0:
			r.leaveOutAbove(m, row, asked, verdicts, at.stage)
			continue
		default:
			for decider >= 0 && s.kind[decider]&of == 0 {
				decider = int(s.parent[decider])
			}
		}
		if decider >= 0 {
			m.decide(row, decider, asked, verdicts)
		}
	}
}

// leave notes why a unit has no value of its own.
func (m *Members) leave(row int, why measure.Reason) {
	if m.why == nil {
		m.why = make(map[int]measure.Reason, m.Relevant.Count(0, 64*len(m.Relevant))/8) // rarely more are left out
	}
	m.why[row] = why
}

// notCounted is the reason of a unit that the population leaves out.
var notCounted = measure.Reason{Kind: measure.Invalid, Names: []string{NotCounted}}

// decide applies what the condition says of the unit decider to a row.
func (m *Members) decide(row, decider int, asked frame.Bitmap, verdicts *frame.Column) {
	switch {
	case !asked.Get(decider):
		m.Counted.Clear(row)
		m.Relevant.Clear(row)
	case verdicts == nil || verdicts.Present.Get(decider) && verdicts.Numbers[decider] != 0:
	case verdicts.Present.Get(decider):
		m.Counted.Clear(row)
		m.leave(row, notCounted)
	default:
		m.leave(row, verdicts.Get(decider, "").Reason())
		if m.doubt == nil {
			m.doubt = map[int]measure.Reason{}
		}
		m.doubt[row] = m.why[row]
	}
}

// leaveOutAbove decides on a school by its sections: it counts as long as one of them does. Regions always count.
func (r *Run) leaveOutAbove(m *Members, row int, asked frame.Bitmap, verdicts *frame.Column, stage unit.Stage) {
	s := r.Space
	if s.kind[row] != kindBit(unit.School) {
		return
	}
	below := 0
	for section := range asked.Each(row, s.end[row]) {
		if !s.hasStage(section, stageBit(stage)) {
			continue
		}
		below++
		if verdicts == nil || !verdicts.Present.Get(section) || verdicts.Numbers[section] != 0 {
			return
		}
	}
	m.Counted.Clear(row)
	if below == 0 {
		m.Relevant.Clear(row)
		return
	}
	m.leave(row, notCounted)
}

// condition returns the units that a population speaks of and what its condition says of each; nil when it has none.
func (r *Run) condition(population *pack.Population, shift int) (frame.Bitmap, *frame.Column) {
	s, of, open := r.Space, kindsOf(population.Of), r.openAt(shift)
	asked, known := r.asked[columnKey{population.Name, scene{shift: shift}}]
	if !known {
		asked = s.rowsOf(of).And(open)
		for w, word := range s.withStage(stageBits(population.Stages)) {
			asked[w] &= word
		}
		r.asked[columnKey{population.Name, scene{shift: shift}}] = asked
	}
	if population.Where == nil {
		return asked, nil
	}
	key := columnKey{populationColumn + population.Name, scene{shift: shift}}
	if column, done := r.columns[key]; done {
		return asked, column
	}
	column, formula := r.newColumn(), population.Where.Ready
	if formula.Statistics() {
		shape := expr.Shape{End: s.end, Leaf: r.membersOf(of.deepest(), scene{shift: shift}).Counted, Wanted: asked}
		formula.Run(reader{r, scene{shift: shift}, nil}, shape, 0, s.n, column)
	} else {
		rows := make([]int32, 0, asked.Count(0, s.n))
		for row := range asked.Each(0, s.n) {
			rows = append(rows, int32(row))
		}
		r.compute(formula, reader{r, scene{shift: shift}, nil}, &some{rows, expr.Shape{End: s.single(len(rows)), Leaf: frame.NewBitmap(len(rows))}}, column)
	}
	r.columns[key] = column
	return asked, column
}

// moves says which units of a period before were merged into which ones since then.
type moves struct {
	into map[int][]int // rows whose facts are added to a row
	gone map[int]bool
}

// movesAt returns the mergers between a period before and that of the run.
func (r *Run) movesAt(shift int) *moves {
	if known, done := r.moved[shift]; done {
		return known
	}
	m := &moves{into: map[int][]int{}, gone: map[int]bool{}}
	if r.History != nil && shift > 0 {
		r.findMoves(m, Day(r.periodAt(shift)), Day(r.Period))
	}
	r.moved[shift] = m
	return m
}

func (r *Run) findMoves(m *moves, then, now period.Date) {
	for row := range r.Space.n {
		if r.Space.kind[row]&kindsOf([]unit.Kind{unit.School, unit.Kindergarten, unit.Training, unit.Section}) == 0 {
			continue
		}
		for _, code := range r.History.Predecessors(r.Space.Unit(row).Code, then, now) {
			if from, known := r.Space.Row(code); known && from != row {
				m.into[row] = append(m.into[row], from)
				m.gone[from] = true
			}
		}
	}
}
