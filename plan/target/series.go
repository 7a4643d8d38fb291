package target

import (
	"context"
	"maps"
	"math"
	"runtime"
	"slices"
	"strconv"
	"sync"

	"jiaoheng/indicator"
	"jiaoheng/measure"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/register"
	"jiaoheng/round"
	"jiaoheng/stats"
	"jiaoheng/unit"
)

// maxPeriods is how many of the last periods a series holds.
const maxPeriods = 24

// Names of the registers of pack plan that hold values, and of their columns.
const (
	figureRegister    = "target_figure"
	figureName        = "figure_target"
	figureValue       = "figure_value"
	parentRegister    = "parent_figure"
	parentName        = "parent_target"
	parentValue       = "parent_value"
	milestoneRegister = "milestone_done"
	milestoneName     = "done_target"
	milestoneDate     = "done_on"
)

// fromParent is the kind of source of averages of the unit above, for the plan's own unit.
const fromParent SourceKind = "parent"

// sourceKey names where values come from. Targets that are measured by the same thing share a source.
type sourceKey struct {
	kind  SourceKind
	name  string
	stage unit.Stage
	plan  string // of sources of one target alone
	track Track
}

// source holds the values of a thing in every unit of the board, period by period.
type source struct {
	periods   []period.Period
	at        []float64
	values    [][]round.Figure // by period and row
	registers []string         // whose rows stand behind it
}

// moved tells in which rows the values differ from those of another source; nil when the periods are others.
func (s *source) moved(before *source) []bool {
	if s == nil || before == nil || !slices.Equal(s.periods, before.periods) {
		return nil
	}
	var moved []bool
	for k := range s.values {
		if moved == nil {
			moved = make([]bool, len(s.values[k]))
		}
		for row, now := range s.values[k] {
			if was := before.values[k][row]; was.Speaks != now.Speaks || !was.Value.Equal(now.Value) {
				moved[row] = true
			}
		}
	}
	if moved == nil && len(s.values) == 0 {
		return nil
	}
	return moved
}

// outsideRows are the rows of a register that were read for their values: by name, unit and year; a day as yyyymmdd.
type outsideRows map[string]map[int32]map[int]float64

// outside reads the registers of figures from outside, of the averages of units above and of dated reforms.
func (m *maker) outside(ctx context.Context) error {
	m.view.outside = map[string]outsideRows{}
	for _, one := range []struct{ register, name, value, date string }{{figureRegister, figureName, figureValue, ""}, {parentRegister, parentName, parentValue, ""},
		{milestoneRegister, milestoneName, "", milestoneDate}} {
		r, known := m.view.scope.Register(one.register)
		if !known {
			continue
		}
		if !m.wrote(tableRegister + one.register) {
			m.view.outside[one.register] = m.before.outside[one.register]
			continue
		}
		rows, err := m.readOutside(ctx, r, one.name, one.value, one.date)
		if err != nil {
			return err
		}
		m.view.outside[one.register] = rows
	}
	return nil
}

func (m *maker) readOutside(ctx context.Context, r *pack.Register, name, value, date string) (outsideRows, error) {
	rows := outsideRows{}
	named, valued, dated := r.At(name), -1, -1
	if value != "" {
		valued = r.At(value)
	}
	if date != "" {
		dated = r.At(date)
	}
	for row, err := range m.store.RegisterEach(ctx, r, register.Query{}) {
		if err != nil {
			return nil, err
		}
		at := m.view.rowOf(row.Unit)
		if at < 0 || named < 0 {
			continue
		}
		year, number := row.Period.Start.Year, 0.0
		if valued >= 0 {
			if !row.Cells[valued].Known {
				continue
			}
			number = row.Cells[valued].Number
		}
		if dated >= 0 {
			day, ok := period.ParseDate(row.Cells[dated].Text)
			if !ok {
				continue
			}
			number = DayEnd(day)
		}
		called := row.Cells[named].Text
		if rows[called] == nil {
			rows[called] = map[int32]map[int]float64{}
		}
		if rows[called][at] == nil {
			rows[called][at] = map[int]float64{}
		}
		rows[called][at][year] = number
	}
	return rows, nil
}

// measured gives every target its source. Those that nothing was written for are taken over.
func (m *maker) measured(ctx context.Context) error {
	wanted := map[sourceKey]bool{}
	for _, p := range m.view.plans {
		p.view = m.view
		for t := range p.targets {
			one := &p.targets[t]
			wanted[one.key] = true
			switch one.key.kind {
			case FromRows:
				m.view.sources[one.key] = m.sameOr(one.key, p.reforms(t))
			case FromFigure:
				m.view.sources[one.key] = m.sameOr(one.key, m.figures(figureRegister, one.key.name))
			}
			if p.above(t) {
				m.view.sources[one.parentKey()] = m.sameOr(one.parentKey(), m.parents(p, one))
			}
		}
	}
	var computed []sourceKey
	for key := range wanted {
		if key.kind != FromIndicator && key.kind != FromRegister {
			continue
		}
		if m.before != nil && m.before.sources[key] != nil && !slices.ContainsFunc(m.before.sources[key].registers, m.wroteRegister) {
			m.view.sources[key] = m.before.sources[key]
			continue
		}
		computed = append(computed, key)
	}
	return m.compute(ctx, computed)
}

func (m *maker) wroteRegister(name string) bool {
	return slices.Contains(m.changed.Tables, tableRegister+name)
}

// sameOr returns the source of the view before when nothing in it changed, so that nothing is judged again.
func (m *maker) sameOr(key sourceKey, now *source) *source {
	if m.before == nil {
		return now
	}
	before := m.before.sources[key]
	if moved := now.moved(before); moved != nil && !slices.Contains(moved, true) {
		return before
	}
	return now
}

// above tells whether a target is to be above the average of the unit above, for its own unit or for one below.
func (p *PlanBoard) above(t int) bool { return p.targets[t].Goal.Direction == AboveParent }

// figures makes a source of rows that state a figure for a unit and year.
func (m *maker) figures(register, name string) *source {
	s := &source{registers: []string{register}}
	years := map[int]bool{}
	for _, values := range m.view.outside[register][name] {
		for year := range values {
			years[year] = true
		}
	}
	for _, year := range slices.Sorted(maps.Keys(years)) {
		s.add(period.Period{Kind: period.Year, Start: period.Date{Year: year, Month: 1, Day: 1}}, len(m.view.rows))
		for row, values := range m.view.outside[register][name] {
			if number, told := values[year]; told {
				s.values[len(s.values)-1][row] = round.Figure{Value: measure.Of(number), Speaks: true}
			}
		}
	}
	return s
}

func (s *source) add(p period.Period, rows int) {
	s.periods, s.at, s.values = append(s.periods, p), append(s.at, Moment(p)), append(s.values, make([]round.Figure, rows))
}

// parents makes the source of the averages of the unit above the plan's own unit: rows name the target, its track or what
// measures it.
func (m *maker) parents(p *PlanBoard, one *TargetInfo) *source {
	names := []string{string(one.Track), one.Node.Field("name")}
	if one.Binding != nil {
		names = append(names, one.Binding.Name)
		if i, known := m.view.scope.Indicator(one.Binding.Name); known {
			names = append(names, i.Title.Chinese)
		}
	}
	for _, name := range names {
		if name != "" && len(m.view.outside[parentRegister][name]) > 0 {
			return m.figures(parentRegister, name)
		}
	}
	return m.figures(parentRegister, "")
}

// parentKey names the source of the averages of the unit above for a target.
func (t *TargetInfo) parentKey() sourceKey {
	return sourceKey{kind: fromParent, plan: t.Plan, track: t.Track}
}

// reforms makes the source of a thing that units have done or not: of a unit that has to do it 100 or 0, of every unit above
// the share of those below that have, in per cent, at the end of each year of the plan and today.
func (p *PlanBoard) reforms(t int) *source {
	v := p.view
	s := &source{registers: []string{milestoneRegister}}
	doers := p.doers(t)
	done := v.outside[milestoneRegister][p.targets[t].key.name]
	for year := max(p.Content.From-1, v.Day.Year-maxPeriods+2); year < v.Day.Year; year++ {
		s.add(period.Period{Kind: period.Year, Start: period.Date{Year: year, Month: 1, Day: 1}}, len(v.rows))
	}
	s.add(period.Period{Kind: period.Day, Start: v.Day}, len(v.rows))
	for k, moment := range s.at {
		counts, sums := make([]float64, v.Tree.Len()), make([]float64, v.Tree.Len())
		for n := v.Tree.Len() - 1; n >= 0; n-- {
			if row := v.at[n]; row >= 0 && doers[row] {
				counts[n], sums[n] = 1, 0
				if dates, told := done[row]; told {
					for _, at := range dates {
						if at <= moment {
							sums[n] = 1
						}
					}
				}
			}
			if above := v.Tree.Parent(n); above >= 0 {
				counts[above], sums[above] = counts[above]+counts[n], sums[above]+sums[n]
			}
			if row := v.at[n]; row >= 0 && counts[n] > 0 {
				s.values[k][row] = round.Figure{Value: measure.Of(100 * sums[n] / counts[n]), Speaks: true}
			}
		}
	}
	return s
}

// doers are the units that have to do a thing themselves: those that were given a share and hand none on; of a target that was
// not split those to which the plan's own unit would hand it.
func (p *PlanBoard) doers(t int) []bool {
	v := p.view
	doers := make([]bool, len(v.rows))
	if p.shares[t] == nil {
		for _, n := range Below(v.Tree, p.Home) {
			row := int(v.at[n])
			doers[row] = p.open(row) && Concerns(v.Tree.At(n), p.targets[t].Stage)
		}
		return doers
	}
	hands := map[string]bool{}
	for _, split := range p.splits {
		if split.Target == p.targets[t].Track {
			hands[split.Parent] = true
		}
	}
	for row := range doers {
		doers[row] = p.shares[t][row].share != nil && p.open(row) && !hands[v.Tree.At(v.rows[row]).Code]
	}
	return doers
}

// asked is one period of a source that is to be computed.
type asked struct {
	key sourceKey
	at  int
}

// compute asks the indicators and items for their values in all periods there are, several periods at a time.
func (m *maker) compute(ctx context.Context, keys []sourceKey) error {
	var questions []round.Question
	var parts [][]asked
	known := map[string]int{}
	for _, key := range keys {
		in, every := m.declared(key)
		periods, err := m.rounds.Periods(ctx, every)
		if err != nil {
			return err
		}
		s := &source{registers: m.registersOf(key)}
		for _, p := range periods[max(0, len(periods)-maxPeriods):] {
			question := in + "|" + p.String()
			k, begun := known[question]
			if !begun {
				k = len(questions)
				known[question] = k
				questions, parts = append(questions, round.Question{Pack: in, Period: p}), append(parts, nil)
			}
			parts[k] = append(parts[k], asked{key, len(s.periods)})
			s.add(p, 0)
		}
		m.view.sources[key] = s
	}
	outcomes, err := m.rounds.Look(ctx, questions...)
	if err != nil {
		return err
	}
	var waiting sync.WaitGroup
	slots := make(chan struct{}, max(1, runtime.GOMAXPROCS(0)))
	for k, outcome := range outcomes {
		waiting.Go(func() {
			slots <- struct{}{}
			for _, one := range parts[k] {
				m.view.sources[one.key].values[one.at] = m.valuesOf(outcome, one.key)
			}
			<-slots
		})
	}
	waiting.Wait()
	return nil
}

// declared returns the pack of an indicator or item and the kind of its periods.
func (m *maker) declared(key sourceKey) (in string, every period.Kind) {
	if key.kind == FromIndicator {
		i, _ := m.view.scope.Indicator(key.name)
		in, every = i.Pack, i.Every
	} else {
		item, _ := m.view.scope.Item(key.name)
		in, every = item.Register.Pack, item.Every
		if every == 0 {
			every = item.Register.Every
		}
	}
	if every == 0 {
		every = period.Year
	}
	return in, every
}

func (m *maker) registersOf(key sourceKey) []string {
	if key.kind == FromIndicator {
		i, _ := m.view.scope.Indicator(key.name)
		return m.rounds.Registers(i)
	}
	item, _ := m.view.scope.Item(key.name)
	return []string{item.Register.Name}
}

// valuesOf reads the values of all rows from an outcome. A unit that has nothing to count is not spoken of.
func (m *maker) valuesOf(outcome *round.Outcome, key sourceKey) []round.Figure {
	if key.kind == FromIndicator {
		i, _ := m.view.scope.Indicator(key.name)
		return valuesOf(outcome, i, key.stage, m.view.rows)
	}
	figures := make([]round.Figure, len(m.view.rows))
	for row, value := range outcome.ItemsOf(key.name, key.stage, m.view.rows) {
		why := value.Reason()
		figures[row] = round.Figure{Value: value, Speaks: why.Kind != measure.Invalid || why.Names[0] != measure.NothingToCount && why.Names[0] != indicator.NotCounted}
	}
	return figures
}

// series appends to a buffer what was measured of a target in a row.
func (p *PlanBoard) series(buffer Series, t, row int, direction Direction) Series {
	one := &p.targets[t]
	s := p.view.sources[one.key]
	if s == nil {
		return buffer
	}
	scale := func(value measure.Value) measure.Value {
		number, known := value.Number()
		if !known || one.factor == 1 {
			return value
		}
		return measure.Of(number * one.factor)
	}
	for k, p0 := range s.periods {
		figure := s.values[k][row]
		if !figure.Speaks {
			continue
		}
		reading := Reading{Period: p0, At: s.at[k], Value: scale(figure.Value)}
		if direction == AboveParent {
			reading.Parent = scale(p.parentAt(t, row, k))
			if int32(row) == p.homeRow {
				reading.Parent = p.parentTold(t, s.at[k])
			}
		}
		buffer = append(buffer, reading)
	}
	return buffer
}

var parentSilent = measure.MissingFor(parentRegister)

// parentAt is the value of the unit above in the same period.
func (p *PlanBoard) parentAt(t, row, k int) measure.Value {
	v := p.view
	if above := v.Tree.Parent(v.rows[row]); above >= 0 && v.at[above] >= 0 {
		if figure := v.sources[p.targets[t].key].values[k][v.at[above]]; figure.Speaks {
			return figure.Value
		}
	}
	return parentSilent
}

// parentTold is the average of the unit above the plan's own unit, told from outside.
func (p *PlanBoard) parentTold(t int, at float64) measure.Value {
	if s := p.view.sources[p.targets[t].parentKey()]; s != nil && p.homeRow >= 0 {
		for k := range s.periods {
			if s.at[k] == at && s.values[k][p.homeRow].Speaks {
				return s.values[k][p.homeRow].Value
			}
		}
	}
	return parentSilent
}

// projectors keeps what series with the same moments have in common.
type projectors struct {
	lock  sync.RWMutex
	known map[string]*stats.Projector
}

func (k *projectors) project(points []stats.Point, at, level float64, limits stats.Bounds) (stats.Projection, bool) {
	key := make([]byte, 0, 128)
	values := make([]float64, len(points))
	for i, point := range points {
		key = strconv.AppendUint(key, math.Float64bits(point.At), 36)
		key = append(key, ' ')
		values[i] = point.Value
	}
	key = strconv.AppendUint(key, math.Float64bits(at), 36)
	k.lock.RLock()
	found, known := k.known[string(key)]
	k.lock.RUnlock()
	if !known {
		moments := make([]float64, len(points))
		for i, point := range points {
			moments[i] = point.At
		}
		found, _ = stats.NewProjector(moments, at, level)
		k.lock.Lock()
		k.known[string(key)] = found
		k.lock.Unlock()
	}
	if found == nil {
		return stats.Projection{}, false
	}
	return found.Project(values, limits)
}
