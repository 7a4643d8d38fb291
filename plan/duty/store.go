package duty

import (
	"context"
	"iter"
	"time"

	"jiaoheng/fault"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/plan"
	"jiaoheng/plan/target"
	"jiaoheng/register"
	"jiaoheng/unit"
)

// ErrNotFound is the fault that a duty, a tie or a settlement is not there.
var ErrNotFound = fault.New("duty.not_found", nil)

// Store keeps duties and what belongs to them. The methods that write may only be called inside action.Do.
type Store interface {
	target.BindingStore
	Now() time.Time
	Today() period.Date
	Tree(ctx context.Context) (*unit.Tree, error)
	Plan(ctx context.Context, id string) (plan.Plan, error)
	Plans(ctx context.Context) ([]plan.Plan, error)
	PlanVersion(ctx context.Context, plan string, number int) (plan.Version, error)

	RegisterRows(ctx context.Context, register *pack.Register, query register.Query) ([]register.Row, error)
	RegisterEach(ctx context.Context, register *pack.Register, query register.Query) iter.Seq2[register.Row, error]

	DutyInsert(ctx context.Context, duties ...Duty) error
	DutyUpdate(ctx context.Context, one Duty) error
	// Duty returns a duty by id, ErrNotFound when it is not there.
	Duty(ctx context.Context, id string) (Duty, error)
	// Duties returns every duty of a plan, whatever its state, by node and number.
	Duties(ctx context.Context, plan string) ([]Duty, error)
	// DutyVersions returns every duty of a node by number.
	DutyVersions(ctx context.Context, plan string, node target.Track) ([]Duty, error)
	// DutiesInForce returns by node what holds now, DutiesOn what held at the moment.
	DutiesInForce(ctx context.Context, plan string) (map[target.Track]Duty, error)
	DutiesOn(ctx context.Context, plan string, at time.Time) (map[target.Track]Duty, error)

	TieInsert(ctx context.Context, ties ...Tie) error
	TieUpdate(ctx context.Context, one Tie) error
	// Ties returns every tie there ever was, the oldest first.
	Ties(ctx context.Context) ([]Tie, error)
	SettlementInsert(ctx context.Context, settlements ...Settlement) error
	SettlementUpdate(ctx context.Context, one Settlement) error
	// Settlements returns every settlement under a plan, or under all plans for "", the oldest first.
	Settlements(ctx context.Context, plan string) ([]Settlement, error)
	DutyYearInsert(ctx context.Context, one Year) error
	DutyYearUpdate(ctx context.Context, one Year) error
	// DutyYears returns every closing under a plan by year and number.
	DutyYears(ctx context.Context, plan string) ([]Year, error)
	ReleaseInsert(ctx context.Context, one Release) error
	// Releases returns what was handed to publication of a kind, the newest first.
	Releases(ctx context.Context, kind ReleaseKind, plan string) ([]Release, error)
}
