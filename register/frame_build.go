package register

import (
	"context"
	"iter"
	"maps"
	"slices"

	"jiaoheng/expr"
	"jiaoheng/fault"
	"jiaoheng/frame"
	"jiaoheng/measure"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/unit"
)

// chunkRows is from how many rows on the items of the units read so far are computed.
const chunkRows = 20_000

// Source is where facts are read. Store is one.
type Source interface {
	RegisterEach(ctx context.Context, register *pack.Register, query Query) iter.Seq2[Row, error]
	RegisterReported(ctx context.Context, register *pack.Register) ([]Reported, error)
}

// Ask says which facts are wanted: all items of the scope over one snapshot of the tree, in these periods. Items of a register
// stand only in periods of its own kind.
type Ask struct {
	Scope    *pack.Scope
	Tree     *unit.Tree
	Periods  []period.Period
	Switches map[string]bool // nil: as the packs declare them
	Today    period.Date     // the clocks of rows are read as of this day in periods that still run; zero: of their last day
}

// Facts are the rows of all registers as items of a frame. Dropped tells which rows could not be taken: their unit is not in
// the tree, or does not keep the register any more.
type Facts struct {
	Frame   *frame.Frame
	Dropped fault.List

	ask      Ask
	source   Source
	rules    map[string]*Rules
	reported map[string]map[Reported]bool // by register
	items    map[string]period.Kind       // the periods of which kind each item has
}

// Build reads every row and computes every item.
//
// Errors: a fault.List when rules of packs cannot be read or a limit of the frame is passed; else what the source returns.
func Build(ctx context.Context, source Source, ask Ask) (*Facts, error) {
	if ask.Switches == nil {
		ask.Switches = ask.Scope.Defaults()
	}
	f := &Facts{ask: ask, source: source, rules: map[string]*Rules{}, reported: map[string]map[Reported]bool{}, items: map[string]period.Kind{}}
	if err := f.readRules(); err != nil {
		return nil, err
	}
	for _, r := range ask.Scope.Registers() {
		reported, err := source.RegisterReported(ctx, r)
		if err != nil {
			return nil, err
		}
		f.reported[r.Name] = map[Reported]bool{}
		for _, one := range reported {
			f.reported[r.Name][one] = true
		}
	}
	layout := frame.Layout{Tree: ask.Tree, Periods: ask.Periods, Must: f.must}
	for _, item := range ask.Scope.Items() {
		every := item.Every
		if every == 0 {
			every = item.Register.Every
		}
		f.items[item.Name] = every
		layout.Items = append(layout.Items, frame.Item{Name: item.Name, Duty: dutyName(item.Register, every)})
	}
	var err error
	if f.Frame, err = frame.New(layout); err != nil {
		return nil, err
	}
	var failed error
	dropped := f.Frame.Load(func(yield func(frame.Row) bool) { failed = f.every(ctx, yield) })
	f.Dropped.Add(dropped...)
	return f, failed
}

func (f *Facts) readRules() error {
	var faults fault.List
	for _, r := range f.ask.Scope.Registers() {
		rules, wrong := RulesOf(r, NamesOf(f.ask.Scope))
		faults.Add(wrong...)
		f.rules[r.Name] = rules
	}
	return faults.Err()
}

// Checker returns what runs the checks of a register over rows of a period, as Request.Check asks for. Only the scope, the
// tree and the switches of ask matter.
func Checker(ask Ask, r *pack.Register, p period.Period) (func(rows []Row, failed func(row, check int)) error, error) {
	if ask.Switches == nil {
		ask.Switches = ask.Scope.Defaults()
	}
	rules, faults := RulesOf(r, NamesOf(ask.Scope))
	if faults != nil {
		return nil, faults
	}
	return func(rows []Row, failed func(row, check int)) error {
		for _, failure := range rules.Compute(rows, ask.givenIn(p)).Failures() {
			failed(failure.Row, failure.Check)
		}
		return nil
	}, nil
}

// Computed returns rows of one register and period with their computed cells. Rows outside periods are computed as of today.
// Only the scope, the tree, the switches and today of ask matter.
func Computed(ask Ask, r *pack.Register, p period.Period, rows []Row) ([]Row, error) {
	if ask.Switches == nil {
		ask.Switches = ask.Scope.Defaults()
	}
	if p.IsZero() && !ask.Today.IsZero() {
		p = period.Period{Kind: period.Day, Start: ask.Today}
	}
	rules, faults := RulesOf(r, NamesOf(ask.Scope))
	if faults != nil {
		return nil, faults
	}
	return rules.Compute(rows, ask.givenIn(p)).Rows(), nil
}

// Ask returns what the facts were built for.
func (f *Facts) Ask() Ask { return f.ask }

// every walks the items of all rows.
func (f *Facts) every(ctx context.Context, yield func(frame.Row) bool) error {
	for _, r := range f.ask.Scope.Registers() {
		var periods []period.Period
		for _, p := range f.ask.Periods {
			if f.has(r, p.Kind) {
				periods = append(periods, p)
			}
		}
		step := 1
		if r.Every == 0 {
			step = max(1, len(periods)) // rows outside periods are read once for all of them
		}
		for some := range slices.Chunk(periods, step) {
			if err := f.chunks(ctx, r, some, yield); err != nil {
				return err
			}
		}
	}
	return nil
}

// has tells whether a register gives items for periods of a kind.
func (f *Facts) has(r *pack.Register, kind period.Kind) bool {
	return r.Every == kind || r.Every == 0 && slices.ContainsFunc(r.Items, func(i *pack.Item) bool { return i.Every == kind })
}

// looksBack tells whether items need rows of earlier periods.
func looksBack(r *pack.Register) bool {
	back := func(a *pack.Aggregate) bool { return a.Years != nil }
	return slices.ContainsFunc(r.Items, func(i *pack.Item) bool { return back(&i.Aggregate) || slices.ContainsFunc(i.Let, back) })
}

// query names the rows of a register that the items of a period are computed from.
func query(r *pack.Register, p period.Period) Query {
	if r.Every == 0 || looksBack(r) {
		return Query{Personal: true}
	}
	return Query{Period: p, Personal: true}
}

// chunks computes the items of a register for periods that need the same rows, some units at a time: items never look beyond
// one unit.
func (f *Facts) chunks(ctx context.Context, r *pack.Register, periods []period.Period, yield func(frame.Row) bool) error {
	var rows []Row
	seen := map[string]bool{}
	for row, err := range f.source.RegisterEach(ctx, r, query(r, periods[0])) {
		if err != nil {
			return err
		}
		if len(rows) >= chunkRows && row.Unit != rows[len(rows)-1].Unit {
			for _, p := range periods {
				if !f.yieldItems(r, p, rows, nil, yield) {
					return nil
				}
			}
			rows = rows[:0]
		}
		if !seen[row.Unit] {
			seen[row.Unit] = true
			f.noteDropped(r, row)
		}
		rows = append(rows, row)
	}
	for _, p := range periods {
		if !f.yieldItems(r, p, rows, f.idle(r, p, seen), yield) {
			return nil
		}
	}
	return nil
}

// noteDropped tells once for each unit that its rows have no place in the frame.
func (f *Facts) noteDropped(r *pack.Register, row Row) {
	if u, known := f.ask.Tree.Find(row.Unit); known && Keeps(r, u) || len(f.Dropped) >= MaxFaults {
		return
	}
	f.Dropped.Add(fault.New("register.unit_dropped", message.Args{"unit": row.Unit, "register": r.Title}))
}

// idle returns the units that must report an optional register with items and have no row: their counts are 0.
func (f *Facts) idle(r *pack.Register, p period.Period, seen map[string]bool) []string {
	if !r.Optional || len(r.Items) == 0 {
		return nil
	}
	var units []string
	for n := range f.ask.Tree.Len() {
		if u := f.ask.Tree.At(n); !seen[u.Code] && f.must(dutyName(r, p.Kind), u, p) {
			units = append(units, u.Code)
		}
	}
	return units
}

func (f *Facts) yieldItems(r *pack.Register, p period.Period, rows []Row, units []string, yield func(frame.Row) bool) bool {
	for _, item := range f.itemsOf(r, p, rows, units) {
		if !item.Value.Equal(measure.MissingFor(item.Item)) && !yield(item) {
			return false
		}
	}
	return true
}

// itemsOf computes the items of units that have a place in the frame.
func (f *Facts) itemsOf(r *pack.Register, p period.Period, rows []Row, units []string) []frame.Row {
	given := f.ask.givenIn(p)
	given.Units = units
	grid := f.rules[r.Name].Compute(rows, given)
	items := append(grid.Items(), f.options(r, p, rows, units, grid)...)
	place := map[string]bool{}
	duty := dutyName(r, p.Kind)
	return slices.DeleteFunc(items, func(item frame.Row) bool {
		if every, known := f.items[item.Item]; !known || every != p.Kind {
			return true
		}
		placed, asked := place[item.Unit]
		if !asked {
			u, known := f.ask.Tree.Find(item.Unit)
			placed = known && f.must(duty, u, p)
			place[item.Unit] = placed
		}
		return !placed
	})
}

// options gives each option of a choice of a register without key as an item: 1 where it is chosen, 0 where another is.
func (f *Facts) options(r *pack.Register, p period.Period, rows []Row, units []string, grid *Grid) []frame.Row {
	if len(r.Key) > 0 || r.Every == 0 {
		return nil
	}
	var items []frame.Row
	for _, column := range r.Columns {
		for _, option := range column.Choices {
			name := column.Name + "." + option.Name
			chosen := grid.Column(expr.Reference{Name: name})
			missing := map[string]bool{}
			for _, code := range units {
				missing[code] = true
			}
			for i, row := range rows {
				if row.Period == p {
					delete(missing, row.Unit)
					items = append(items, frame.Row{Unit: row.Unit, Item: name, Period: p, Value: chosen.Get(i, name)})
				}
			}
			for _, code := range slices.Sorted(maps.Keys(missing)) {
				items = append(items, frame.Row{Unit: code, Item: name, Period: p, Value: measure.MissingFor(name)})
			}
		}
	}
	return items
}
