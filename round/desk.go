package round

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"jiaoheng/fault"
	"jiaoheng/indicator"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/register"
	"jiaoheng/unit"
)

// A desk keeps at most maxPrepared evaluations ready, and of a large region fewer: preparedUnits units in all, some 500 MB
// when every one of them was evaluated.
const (
	maxPrepared   = 48
	preparedUnits = 200_000
	fewPrepared   = 4
)

// Store is where a desk finds facts and units.
type Store interface {
	register.Source
	Units(ctx context.Context) ([]unit.Unit, error)
	History(ctx context.Context) (*unit.History, error)
	Changed(ctx context.Context, registers []*pack.Register, after int64) (Changed, error)
	Today() period.Date
}

// Changed says what was written since an entry of the audit chain, up to Sequence. Rows names the units whose rows changed,
// by register; Everything asks for reading all of it again.
type Changed struct {
	Sequence   int64
	Everything bool
	Rows       map[string][]string
}

// Desk evaluates over the facts as they stand: it holds them in memory, follows what is written, and keeps what it
// prepared until a fact changes. Many may ask it at once.
type Desk struct {
	set   *pack.Set
	scope *pack.Scope
	store Store

	lock     sync.Mutex
	sequence int64
	live     *register.Live
	history  *unit.History
	day      period.Date
	reported []period.Period // those of which there are rows
	prepared map[string]*ready
	order    []string // of prepared, the oldest first
}

// ready is a prepared evaluation and, once somebody asked for it without changes, its outcome: first one that computes
// what it is asked for, later judged as a whole.
type ready struct {
	*Prepared
	begun   sync.Once
	judged  sync.Once
	outcome *Outcome
}

func (r *ready) look() *Outcome {
	r.begun.Do(func() { r.outcome = r.Prepared.Look() })
	return r.outcome
}

func (r *ready) plain() (*Outcome, fault.List) {
	outcome := r.look()
	r.judged.Do(outcome.judgeAll)
	return outcome, nil
}

// sharedCells lets several runs ask one reader.
type sharedCells struct {
	lock   sync.Mutex
	reader *register.CellReader
}

// Cells gathers rows into cells, see register.CellReader.
func (c *sharedCells) Cells(i *pack.Indicator, p period.Period, within func(code string) bool) (register.CellGroups, bool) {
	c.lock.Lock()
	defer c.lock.Unlock()
	return c.reader.Cells(i, p, within)
}

// NewDesk returns a desk over all packs of the set. It reads nothing yet.
func NewDesk(set *pack.Set, store Store) *Desk {
	return &Desk{set: set, scope: set.Everything(), store: store, prepared: map[string]*ready{}}
}

// Set returns the packs.
func (d *Desk) Set() *pack.Set { return d.set }

// Scope returns everything that the packs declare.
func (d *Desk) Scope() *pack.Scope { return d.scope }

// Facts returns the facts and the history of units, brought up to what is stored.
func (d *Desk) Facts(ctx context.Context) (*register.Facts, *unit.History, error) {
	d.lock.Lock()
	defer d.lock.Unlock()
	if err := d.follow(ctx); err != nil {
		return nil, nil, err
	}
	return d.live.Facts(), d.history, nil
}

// follow brings the facts up to date. The lock is held.
func (d *Desk) follow(ctx context.Context) error {
	changed, err := d.store.Changed(ctx, d.scope.Registers(), d.sequence)
	if err != nil {
		return err
	}
	today := d.store.Today()
	switch {
	case d.live == nil || changed.Everything || today != d.day || d.newPeriod(ctx, changed):
		err = d.read(ctx, today)
	default:
		for _, name := range slices.Sorted(maps.Keys(changed.Rows)) {
			if err = d.live.Refresh(ctx, name, changed.Rows[name]...); err != nil {
				break
			}
		}
		if len(changed.Rows) > 0 {
			d.forget()
		}
	}
	if err == nil {
		d.sequence = changed.Sequence
	}
	return err
}

// newPeriod tells whether changed rows belong to a period that the facts do not hold yet.
func (d *Desk) newPeriod(ctx context.Context, changed Changed) bool {
	held := d.live.Facts().Ask().Periods
	for name := range changed.Rows {
		r, known := d.scope.Register(name)
		if !known || r.Every == 0 && !r.Living() { // rows outside periods bring none
			continue
		}
		if r.Living() {
			for p := range livingPeriods(r, d.day) {
				if !slices.Contains(held, p) {
					return true
				}
			}
			continue
		}
		reported, err := d.store.RegisterReported(ctx, r)
		if err != nil {
			return true // reading everything will tell the error
		}
		for _, one := range reported {
			if !one.Period.IsZero() && !slices.Contains(held, one.Period) {
				return true
			}
		}
	}
	return false
}

// read reads all units and facts.
func (d *Desk) read(ctx context.Context, today period.Date) error {
	units, err := d.store.Units(ctx)
	if err != nil {
		return err
	}
	tree, err := unit.Build(units)
	if err != nil {
		return err
	}
	history, err := d.store.History(ctx)
	if err != nil {
		return err
	}
	periods, err := d.periods(ctx, today)
	if err != nil {
		return err
	}
	live, err := register.NewLive(ctx, d.store, register.Ask{Scope: d.scope, Tree: tree, Periods: periods, Today: today})
	if err != nil {
		return fmt.Errorf("round: facts: %w", err)
	}
	d.live, d.history, d.day = live, history, today
	d.forget()
	return nil
}

// periods are those of which there are rows, of every kind that registers ask for, and the present ones.
func (d *Desk) periods(ctx context.Context, today period.Date) ([]period.Period, error) {
	known := map[period.Period]bool{}
	for _, r := range d.scope.Registers() {
		if r.Every == 0 && !r.Living() {
			continue
		}
		if r.Living() {
			for _, err := range d.store.RegisterEach(ctx, r, register.Query{}) {
				if err != nil {
					return nil, err
				}
				maps.Copy(known, livingPeriods(r, today))
				break
			}
			continue
		}
		reported, err := d.store.RegisterReported(ctx, r)
		if err != nil {
			return nil, err
		}
		for _, one := range reported {
			if !one.Period.IsZero() {
				known[one.Period] = true
			}
		}
	}
	d.reported = inOrder(known)
	known[period.SchoolYearOf(today)] = true
	known[period.Period{Kind: period.Year, Start: period.Date{Year: today.Year, Month: 1, Day: 1}}] = true
	return inOrder(known), nil
}

// livingPeriods are the periods in which rows that live are counted: they are reported for none, so for each kind of period of
// their items it is the present one and two before it.
func livingPeriods(r *pack.Register, today period.Date) map[period.Period]bool {
	all := map[period.Period]bool{}
	for _, item := range r.Items {
		p := indicator.Match(period.Period{Kind: period.Day, Start: today}, item.Every)
		for range 3 {
			all[p] = true
			p = p.Previous()
		}
	}
	return all
}

func inOrder(known map[period.Period]bool) []period.Period {
	all := slices.Collect(maps.Keys(known))
	slices.SortFunc(all, func(a, b period.Period) int {
		return strings.Compare(fmt.Sprint(int(a.Kind), a), fmt.Sprint(int(b.Kind), b))
	})
	return all
}

func (d *Desk) forget() { d.prepared, d.order = map[string]*ready{}, nil }

// Periods returns the periods of a kind of which there are facts, in order.
func (d *Desk) Periods(ctx context.Context, kind period.Kind) ([]period.Period, error) {
	d.lock.Lock()
	defer d.lock.Unlock()
	if err := d.follow(ctx); err != nil {
		return nil, err
	}
	var found []period.Period
	for _, p := range d.reported {
		if p.Kind == kind {
			found = append(found, p)
		}
	}
	return found, nil
}

// Question says what a desk is asked to evaluate. Unit "" is the whole tree.
type Question struct {
	Pack     string
	Period   period.Period
	Unit     string
	Switches map[string]bool
	Changes  []Change
}

func (q Question) key() string {
	var key strings.Builder
	fmt.Fprint(&key, q.Pack, "|", q.Period, "|", q.Unit)
	for _, name := range slices.Sorted(maps.Keys(q.Switches)) {
		fmt.Fprint(&key, "|", name, q.Switches[name])
	}
	return key.String()
}

// Evaluate answers a question over the facts as they stand.
//
// Errors: a fault.List for a question that cannot be asked, else what reading the facts returns.
func (d *Desk) Evaluate(ctx context.Context, q Question) (*Outcome, error) {
	prepared, err := d.prepare(ctx, q)
	if err != nil {
		return nil, err
	}
	run := prepared.plain
	if len(q.Changes) > 0 {
		run = func() (*Outcome, fault.List) { return prepared.Run(q.Changes...) }
	}
	outcome, faults := run()
	if err := faults.Err(); err != nil {
		return nil, err
	}
	return outcome, nil
}

func (d *Desk) prepare(ctx context.Context, q Question) (*ready, error) {
	d.lock.Lock()
	defer d.lock.Unlock()
	if err := d.follow(ctx); err != nil {
		return nil, err
	}
	return d.preparedFor(ctx, q)
}

// preparedFor returns what is ready for a question. The lock is held.
func (d *Desk) preparedFor(ctx context.Context, q Question) (*ready, error) {
	key := q.key()
	if known, done := d.prepared[key]; done {
		return known, nil
	}
	facts := d.live.Facts()
	// What is prepared is used by later requests too, so its reader of cells must not end with this one.
	input := Input{Set: d.set, Pack: q.Pack, Period: q.Period, Facts: indicator.FactsOf(facts.Frame.Snapshot()), History: d.history,
		Cells: &sharedCells{reader: facts.Cells(context.WithoutCancel(ctx))}, Unit: q.Unit, Switches: q.Switches}
	prepared, faults := Prepare(input)
	if err := faults.Err(); err != nil {
		return nil, err
	}
	if units := max(1, facts.Ask().Tree.Len()); len(d.order) >= min(maxPrepared, max(fewPrepared, preparedUnits/units)) {
		delete(d.prepared, d.order[0])
		d.order = d.order[1:]
	}
	d.prepared[key], d.order = &ready{Prepared: prepared}, append(d.order, key)
	return d.prepared[key], nil
}
