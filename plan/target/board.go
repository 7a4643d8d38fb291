package target

import (
	"context"
	"iter"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"jiaoheng/audit"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/plan"
	"jiaoheng/register"
	"jiaoheng/round"
)

// BoardStore is what a board reads.
type BoardStore interface {
	Head(ctx context.Context) (audit.Head, error)
	// BoardChanged names the tables that were written after an entry of the audit chain.
	BoardChanged(ctx context.Context, after int64) (BoardChanged, error)
	Plans(ctx context.Context) ([]plan.Plan, error)
	PlanVersion(ctx context.Context, plan string, number int) (plan.Version, error)
	SplitsInForce(ctx context.Context, plan string) ([]Split, error)
	Bindings(ctx context.Context, plan string) ([]Binding, error)
	RegisterEach(ctx context.Context, r *pack.Register, query register.Query) iter.Seq2[register.Row, error]
	RegisterUnits(ctx context.Context, r *pack.Register, query register.Query) (map[string]register.Reports, error)
	Today() period.Date
}

// BoardChanged are the tables that were written up to an entry of the audit chain.
type BoardChanged struct {
	Sequence int64
	Tables   []string
}

// The tables that a board reads. The name of the table of a register begins with tableRegister.
const (
	tablePlan     = "plan"
	tableVersion  = "plan_version"
	tableSplit    = "plan_split"
	tableBinding  = "plan_binding"
	tableRegister = "register_"
)

// Leads tells who leads what: the code of the unit that leads a target or a task; and which targets are targets of other plans. A
// board asks it again when one of Tables was written.
type Leads struct {
	Tables []string
	Of     func(ctx context.Context, plan string) (map[Track]string, error)
	Same   func(ctx context.Context) (map[Named]Named, error) // targets that are others, see Canonical; may be nil
}

// Board holds how every target of every adopted plan stands in every unit, in memory. It follows the audit chain: what was
// written makes it look again at what depends on it and judge only the cells whose goal or values changed. Readers get a View,
// which never changes. A city of 400 targets and 915 units takes some 250 MB with five years of values.
type Board struct {
	store  BoardStore
	rounds *round.Desk
	leads  Leads

	lock    sync.Mutex // of following
	current atomic.Pointer[View]
	whole   atomic.Bool // everything is being built
}

// NewBoard returns a board that has read nothing yet.
func NewBoard(store BoardStore, rounds *round.Desk) *Board {
	return &Board{store: store, rounds: rounds}
}

// Lead says where the board finds who leads what. It is to be called before the board is asked.
func (b *Board) Lead(leads Leads) { b.leads = leads }

// View returns the board as it stands, brought up to what is stored. While nothing was written that costs one look at the end
// of the chain. The first call builds everything; while everything is built anew, others get the view before.
//
// Errors: what reading the store returns.
func (b *Board) View(ctx context.Context) (*View, error) {
	head, err := b.store.Head(ctx)
	if err != nil {
		return nil, err
	}
	view := b.current.Load()
	if view.upTo(head.Sequence, b.store.Today()) {
		return view, nil
	}
	if view != nil && b.whole.Load() {
		return view, nil
	}
	b.lock.Lock()
	defer b.lock.Unlock()
	if view = b.current.Load(); view.upTo(head.Sequence, b.store.Today()) {
		return view, nil
	}
	next, err := b.follow(ctx, view)
	if err != nil {
		return nil, err
	}
	b.current.Store(next)
	return next, nil
}

// Fresh builds everything anew beside the board, from what is stored now. It is what tests compare the board with.
func (b *Board) Fresh(ctx context.Context) (*View, error) { return b.follow(ctx, nil) }

func (v *View) upTo(sequence int64, today period.Date) bool {
	return v != nil && v.sequence >= sequence && v.Day == today
}

// follow returns the view of what is stored now, made from the one before where that still holds.
func (b *Board) follow(ctx context.Context, before *View) (*View, error) {
	after := int64(0)
	if before != nil {
		after = before.sequence
	}
	changed, err := b.store.BoardChanged(ctx, after)
	if err != nil {
		return nil, err
	}
	made := &maker{Board: b, before: before, changed: changed}
	if before != nil && before.Day == b.store.Today() && !made.concerned() {
		same := *before
		same.sequence = changed.Sequence
		return &same, nil
	}
	facts, _, err := b.rounds.Facts(ctx)
	if err != nil {
		return nil, err
	}
	if tree := facts.Ask().Tree; before == nil || before.Tree != tree || before.Day != b.store.Today() {
		made.before = nil // units, periods or the day are others: nothing that was found before can be taken over
		b.whole.Store(true)
		defer b.whole.Store(false)
	}
	return made.make(ctx, facts.Ask().Tree)
}

// concerned tells whether anything that a board reads was written.
func (m *maker) concerned() bool {
	return m.wrote("unit", "unit_event", tablePlan, tableVersion, tableSplit, tableBinding) || m.wrote(m.leads.Tables...) ||
		slices.ContainsFunc(m.changed.Tables, func(table string) bool { return strings.HasPrefix(table, tableRegister) })
}

// wrote tells whether one of the tables was written.
func (m *maker) wrote(tables ...string) bool {
	return m.before == nil || slices.ContainsFunc(tables, func(table string) bool { return slices.Contains(m.changed.Tables, table) })
}
