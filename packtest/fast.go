package packtest

import (
	"context"
	"iter"
	"slices"
	"strings"

	"jiaoheng/fault"
	"jiaoheng/frame"
	"jiaoheng/indicator"
	"jiaoheng/measure"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/register"
	"jiaoheng/standard"
	"jiaoheng/unit"
)

// fast is the engine of the program as one of the two that answer: rows become a frame by register.Build, indicators and
// standards run over it.
type fast struct {
	story   *Story
	tree    *unit.Tree
	history *unit.History
	facts   *register.Facts
	rules   *indicator.Rules
	space   *indicator.Space
	judges  map[period.Period]*judged
	grids   map[gridKey]*register.Grid
}

type judged struct {
	run   *indicator.Run
	judge *standard.Judge
}

type gridKey struct {
	register string
	period   period.Period
}

// newFast builds the frame of a story. periods are those that the case asks for.
func newFast(s *Story, periods []period.Period) (*fast, error) {
	history := unit.NewHistory(s.Units, s.Events)
	latest := period.Date{Year: 1000, Month: 1, Day: 1}
	for _, p := range periods {
		if day := indicator.Day(p); latest.Before(day) {
			latest = day
		}
	}
	tree, err := history.Tree(latest)
	if err != nil {
		return nil, err
	}
	f := &fast{story: s, tree: tree, history: history, judges: map[period.Period]*judged{}, grids: map[gridKey]*register.Grid{}}
	f.facts, err = register.Build(context.Background(), memory{s, tree}, register.Ask{Scope: s.Scope, Tree: tree, Periods: f.periods(periods), Switches: s.Switches})
	if err != nil {
		return nil, err
	}
	if err := f.given(); err != nil {
		return nil, err
	}
	f.rules = indicator.Prepare(s.Scope)
	f.space, _ = indicator.NewSpace(tree, "")
	return f, nil
}

// periods returns the periods of the rows and those that indicators of the periods asked for may read: of every kind, and
// two before each.
func (f *fast) periods(asked []period.Period) []period.Period {
	var all []period.Period
	add := func(p period.Period) {
		if !p.IsZero() && !slices.Contains(all, p) {
			all = append(all, p)
		}
	}
	for _, p := range asked {
		for range 3 {
			for kind := period.Year; kind <= period.Day; kind++ {
				add(indicator.Match(p, kind))
			}
			p = p.Previous()
		}
	}
	for _, rows := range f.story.Rows {
		for _, row := range rows {
			add(row.Period)
		}
	}
	for _, fact := range f.story.Facts {
		add(fact.Period)
	}
	return all
}

// given writes the items that the case gives instead of rows.
func (f *fast) given() error {
	var faults fault.List
	for _, fact := range f.story.Facts {
		item, _ := f.story.Scope.Item(fact.Item)
		p := indicator.Match(fact.Period, item.Every)
		if wrong := f.facts.Frame.Update(frame.Row{Unit: fact.Unit, Item: fact.Item, Period: p, Value: fact.Value}); len(wrong) > 0 {
			faults.Add(wrong...)
		}
	}
	return faults.Err()
}

// at returns run and judge of a period.
func (f *fast) at(p period.Period) *judged {
	if f.judges[p] == nil {
		run := indicator.NewRun(indicator.Input{Rules: f.rules, Space: f.space, Facts: indicator.FactsOf(f.facts.Frame.Snapshot()), Period: p,
			Switches: f.story.Switches, History: f.history, Cells: f.facts.Cells(context.Background())})
		f.judges[p] = &judged{run, standard.NewJudge(run)}
	}
	return f.judges[p]
}

func (f *fast) row(code string) int {
	row, _ := f.space.Row(code)
	return row
}

func (f *fast) value(name, code string, stage unit.Stage, p period.Period) measure.Value {
	if i, known := f.story.Scope.Indicator(name); known {
		return f.at(p).run.Value(i, stage, f.row(code))
	}
	return f.at(p).run.Item(name, stage, f.row(code))
}

func (f *fast) verdict(name, code string, stage unit.Stage, p period.Period) (string, measure.Value) {
	s, _ := f.story.Scope.Standard(name)
	judge, row := f.at(p).judge, f.row(code)
	verdict := judge.Verdicts(s, stage)[row]
	if verdict == standard.Not {
		return excluded, measure.Value{}
	}
	if verdict != standard.Unknown || s.KofN != nil || s.All != nil {
		return verdict.String(), measure.Value{}
	}
	if _, _, inForce := judge.Threshold(s, stage, row); !inForce {
		return verdict.String(), measure.InvalidBecause(standard.NotInForce)
	}
	i, _ := f.story.Scope.Indicator(name)
	return verdict.String(), f.at(p).run.Value(i, stage, row)
}

func (f *fast) shortfall(name, code string, stage unit.Stage, p period.Period) (float64, bool) {
	s, _ := f.story.Scope.Standard(name)
	lacks, some := f.at(p).judge.Shortfall(s, stage, f.row(code))
	number, known := lacks.Amount.Number()
	return number, some && known
}

func (f *fast) cell(name, code string, stage unit.Stage, p period.Period, cell string) (measure.Value, bool) {
	i, _ := f.story.Scope.Indicator(name)
	cells := f.at(p).run.CellsAt(i, stage, f.row(code))
	for at, key := range cells.Keys {
		if strings.Join(key, "/") == cell {
			return cells.Values.Get(at, name), true
		}
	}
	return measure.Value{}, false
}

func (f *fast) column(reg *pack.Register, row int, column string, p period.Period) measure.Value {
	key := gridKey{reg.Name, p}
	grid := f.grids[key]
	if grid == nil {
		grid = f.facts.Grid(reg, p, f.story.Rows[reg.Name])
		f.grids[key] = grid
	}
	return grid.Value(row, column)
}

// memory serves the rows of a story as a store does.
type memory struct {
	story *Story
	tree  *unit.Tree
}

// RegisterEach walks the rows in the order of a store: by unit and period.
func (m memory) RegisterEach(_ context.Context, reg *pack.Register, query register.Query) iter.Seq2[register.Row, error] {
	rows := slices.Clone(m.story.Rows[reg.Name])
	slices.SortStableFunc(rows, func(a, b register.Row) int { return strings.Compare(a.Unit, b.Unit) })
	return func(yield func(register.Row, error) bool) {
		for _, row := range rows {
			if !query.Period.IsZero() && row.Period != query.Period || query.Unit != "" && row.Unit != query.Unit {
				continue
			}
			if !yield(row, nil) {
				return
			}
		}
	}
}

// RegisterReported returns the units and periods that have rows.
func (m memory) RegisterReported(_ context.Context, reg *pack.Register) ([]register.Reported, error) {
	var all []register.Reported
	for _, row := range m.story.Rows[reg.Name] {
		if one := (register.Reported{Unit: row.Unit, Period: row.Period}); !slices.Contains(all, one) {
			all = append(all, one)
		}
	}
	return all, nil
}
