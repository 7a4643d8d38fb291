package indicator

import (
	"jiaoheng/expr"
	"jiaoheng/frame"
	"jiaoheng/measure"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/unit"
)

// MaxShift is how many periods an indicator may look back through prev of indicators that use prev themselves.
const MaxShift = 20

// NotCounted is the reason of a unit that the population leaves out; NoValue that of a parameter before it came into force.
const (
	NotCounted = "indicator.not_counted"
	NoValue    = "indicator.no_value"
	Mixed      = "indicator.mixed"
	// NotConcerned is the reason of a unit of which there is nothing to divide by or to count, where the indicator says that
	// its standard then holds: a county without boarders.
	NotConcerned = "indicator.not_concerned"
)

// Input is what a run needs. History and Cells may be nil. Left are units that a what-if takes out, by their rows.
type Input struct {
	Rules    *Rules
	Space    *Space
	Facts    Facts
	Period   period.Period
	Switches map[string]bool
	History  History
	Cells    Cells
	Left     map[int]bool
}

// Run is the computation of indicators for one space and period. It is not for use by several goroutines at once.
type Run struct {
	Input
	columns map[columnKey]*frame.Column
	members map[memberKey]*Members
	raws    map[rawKey]*raw
	moved   map[int]*moves
	open    map[int]frame.Bitmap
	speaks  map[speaksKey]*spoken
	asked   map[columnKey]frame.Bitmap
	tally   tally
	covered map[columnKey]coverage
	divided map[columnKey]division
	stock   stock
	spare   spare
	place   []int32 // memory of lineups
}

// scene is where a name is read: for a stage, among a population, in a period before.
type scene struct {
	stage      unit.Stage
	population string
	shift      int
}

type columnKey struct {
	name string
	scene
}

type speaksKey struct {
	own, base kindSet
	scene
}

// NewRun returns a run in which nothing is computed yet.
func NewRun(in Input) *Run {
	return &Run{Input: in, columns: make(map[columnKey]*frame.Column, 64), members: map[memberKey]*Members{}, raws: map[rawKey]*raw{},
		moved: map[int]*moves{}, open: map[int]frame.Bitmap{}, speaks: map[speaksKey]*spoken{}, asked: map[columnKey]frame.Bitmap{}, covered: map[columnKey]coverage{}, divided: map[columnKey]division{}}
}

// Column returns the values of an indicator for a stage, "" for an indicator without stages, one for each row of the
// space. It must not be written to. A row that the indicator says nothing about is absent without a reason.
func (r *Run) Column(i *pack.Indicator, stage unit.Stage) *frame.Column {
	return r.column(i.Name, scene{stage: stage, population: i.Population})
}

// Value returns the value of an indicator in a row.
func (r *Run) Value(i *pack.Indicator, stage unit.Stage, row int) measure.Value {
	return r.Column(i, stage).Get(row, i.Name)
}

// Item returns the value of an item in a row, for a stage or "": what the unit reported, or the total of those below.
func (r *Run) Item(name string, stage unit.Stage, row int) measure.Value {
	column := r.column(name, scene{stage: stage})
	if column == nil {
		return measure.MissingFor(name)
	}
	return column.Get(row, name)
}

// column returns the column that a name stands for; nil when nothing is known of it.
func (r *Run) column(name string, at scene) *frame.Column {
	if at.shift > MaxShift {
		return nil
	}
	n := r.Rules.names[name]
	if n.sort == indicatorName {
		at = sceneOf(n.indicator, at)
	}
	key := columnKey{name, at}
	if column, done := r.columns[key]; done {
		return column
	}
	var column *frame.Column
	switch n.sort {
	case itemName:
		column = r.extended(name, r.raw(n.item, at.shift), at)
	case indicatorName:
		column = r.indicator(n.indicator, at)
	case parameterName:
		column = r.parameter(n.parameter, at)
	case switchName:
		column = r.Space.constant(r.Switches[n.flag])
	case unitName:
		column = r.Space.flags(n.flag)
	case schoolName:
		column = r.fromAbove(n.item, unit.School, at)
	case countyName:
		column = r.fromAbove(n.item, unit.County, at)
	}
	r.columns[key] = column
	return column
}

// sceneOf returns the scene in which an indicator is computed when it is read in another one.
func sceneOf(i *pack.Indicator, at scene) scene {
	if i.Population != "" {
		at.population = i.Population
	}
	if len(i.Stages) == 0 && kindsOf(i.Of)&kindBit(unit.Section) == 0 {
		at.stage = ""
	}
	return at
}

// reader gives a formula its columns in a scene.
type reader struct {
	run       *Run
	at        scene
	undecided map[int]measure.Reason // leaves of which nobody knows whether they count
}

// Column returns the column of a reference; the term last year is two terms back, and one period back for anything else.
func (s reader) Column(reference expr.Reference) *frame.Column {
	at := s.at
	switch reference.Shift {
	case expr.Previous:
		at.shift++
	case expr.SameTermLastYear:
		at.shift++
		if s.run.Period.Kind == period.Term {
			at.shift++
		}
	}
	column := s.run.column(reference.Name, at)
	if reference.Shift != expr.Now && column != nil && len(column.Reasons) > 0 {
		column = earlier(column, reference.Shift)
	}
	if len(s.undecided) == 0 {
		return column
	}
	overlaid := frame.NewColumn(s.run.Space.n)
	if column != nil {
		overlaid = column.Clone()
	}
	for row, why := range s.undecided {
		setReason(overlaid, row, why)
	}
	return overlaid
}

// earlier tells of what is missing in an earlier period that it is missing there: prev(pupils).
func earlier(column *frame.Column, shift expr.Shift) *frame.Column {
	call := map[expr.Shift]string{expr.Previous: "prev(", expr.SameTermLastYear: "same_term_last_year("}[shift]
	told := column.Clone()
	for row, why := range told.Reasons {
		if why.Kind != measure.Missing {
			continue
		}
		names := make([]string, len(why.Names))
		for k, name := range why.Names {
			names[k] = call + name + ")"
		}
		told.Reasons[row] = measure.MissingFor(names...).Reason()
	}
	return told
}

// periodAt returns the period so many before that of the run.
func (r *Run) periodAt(shift int) period.Period {
	p := r.Period
	for range shift {
		p = p.Previous()
	}
	return p
}

// indicator computes an indicator in a scene.
func (r *Run) indicator(i *pack.Indicator, at scene) *frame.Column {
	switch {
	case i.Share != nil:
		return r.extended(i.Name, r.share(i, at.shift), at)
	case i.Cells != nil:
		return r.cells(i, at)
	}
	column := r.formula(i, i.Formula.Ready, at)
	if i.Nothing {
		notConcerned(column)
	}
	r.leaveReasons(i, column, at)
	if i.Formula.Ready.Type() == expr.Logical || r.Rules.Scope.Type(i.Name) == expr.Logical {
		r.everyBelow(i, column, at)
	}
	if i.Worst || i.Sum {
		column = r.extended(i.Name, &raw{column: column, kinds: kindsOf(i.Of), name: i.Name, how: upwardOf(i)}, at)
	}
	return column
}

// notConcerned says of the rows where there is nothing to divide by or to count that the indicator does not concern them.
func notConcerned(column *frame.Column) {
	for row, why := range column.Reasons {
		if why.Kind == measure.Invalid && (why.Names[0] == measure.DivisionByZero || why.Names[0] == measure.NothingToCount) {
			column.Reasons[row] = measure.Reason{Kind: measure.Invalid, Names: []string{NotConcerned}}
		}
	}
}

// upwardOf says how the values of units make that of the unit above: their sum, or the one that stands worst.
func upwardOf(i *pack.Indicator) how {
	if i.Sum {
		return added
	}
	if i.Direction == pack.Down {
		return largest
	}
	return smallest
}

// leafKinds returns the kinds of units that statistics of an indicator run over: the deepest that its formula reads.
func (r *Run) leafKinds(i *pack.Indicator) kindSet { return r.Rules.base[i.Name].deepest() }

// everyBelow replaces the values of the units above the own ones by: it holds for every counted unit below.
func (r *Run) everyBelow(i *pack.Indicator, column *frame.Column, at scene) {
	own := r.membersOf(kindsOf(i.Of), at)
	above := kindsOf(i.Of).above()
	line := own.lineIn(r)
	t := r.tally.ready(len(line.rows))
	for k := len(line.rows) - 1; k >= 0; k-- {
		row := int(line.rows[k])
		if own.Counted.Get(row) {
			switch {
			case !column.Present.Get(row):
				t[k].lacks++
			case column.Numbers[row] == 0:
				t[k].counts++
			}
		}
		if r.Space.kind[row]&above != 0 {
			delete(column.Reasons, row)
			column.Present.Set(row)
			column.Numbers[row] = 1
			switch {
			case t[k].counts > 0:
				column.Numbers[row] = 0
			case t[k].lacks > 0:
				setReason(column, row, r.lacking(column, own, row, i.Name))
			}
		}
		if p := line.over[k]; p >= 0 {
			t[p].counts += t[k].counts
			t[p].lacks += t[k].lacks
		}
	}
}

// lacking returns why a unit has no total: the reasons of the counted units below that have no value, joined.
func (r *Run) lacking(column *frame.Column, members *Members, row int, name string) measure.Reason {
	var seen []measure.Value
	for below := range members.Counted.Each(row, r.Space.end[row]) {
		if column.Present.Get(below) {
			continue
		}
		why := column.Get(below, name)
		known := false
		for _, other := range seen {
			known = known || other.Equal(why)
		}
		if !known {
			seen = append(seen, why)
		}
	}
	joined, _ := measure.Join(seen...)
	return joined.Reason()
}

func setReason(column *frame.Column, row int, why measure.Reason) {
	column.Numbers[row] = 0
	column.Present.Clear(row)
	if column.Reasons == nil {
		column.Reasons = map[int]measure.Reason{}
	}
	column.Reasons[row] = why
}
