package round

import (
	"context"
	"errors"
	"strings"
	"time"
	"unicode/utf8"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/period"
)

// MaxName is the longest name of a kept round, in characters.
const MaxName = 60

// ErrNotFound says that there is no kept round with this id.
var ErrNotFound = errors.New("round: not found")

// Kept is a frozen round with its name and why it was frozen. Lists leave Frozen empty.
type Kept struct {
	ID      string
	Name    string
	Reason  string
	Pack    string
	Version string // of the pack
	Period  period.Period
	Unit    string // code
	Verdict string // pass, unknown, fail
	Digest  string
	Person  string // id of who froze it
	At      time.Time
	Frozen  Frozen
}

// Keeper stores kept rounds. They do not change and are not taken away.
type Keeper interface {
	action.Store
	InsertRound(ctx context.Context, kept Kept) error
	// Rounds returns the kept rounds without Frozen, the newest first.
	Rounds(ctx context.Context) ([]Kept, error)
	// Round returns one kept round with everything; ErrNotFound when there is none.
	Round(ctx context.Context, id string) (Kept, error)
}

// Field names of a form that keeps a round, as faults name them.
const (
	FieldName   = "name"
	FieldReason = "reason"
)

// Keep freezes the round of an outcome about the facts and stores it under a name. where is the unit that was evaluated.
//
// Errors: a fault.List when name or reason are missing or too long, or when the actor may not approve facts of the unit.
func Keep(ctx context.Context, store Keeper, actor action.Actor, where access.Unit, o *Outcome, name, reason string) (Kept, error) {
	kept := Kept{Name: strings.TrimSpace(name), Reason: strings.TrimSpace(reason), Pack: o.prepared.input.Pack, Version: o.prepared.scope.Pack.Version,
		Period: o.run.Period, Unit: where.Code, Verdict: o.Verdict().String(), Person: actor.Post.Person}
	err := action.Do(ctx, store, actor, action.Write{Name: "round.action.keep", Operation: access.Approve, Thing: access.Thing{Class: access.Fact, Unit: where},
		Reason: kept.Reason,
		Check:  func(context.Context) error { return kept.check().Err() },
		Do: func(ctx context.Context, tx action.Tx) error {
			frozen, faults := Freeze(o)
			if err := faults.Err(); err != nil {
				return err
			}
			kept.ID, kept.At, kept.Frozen, kept.Digest = tx.NewID(), tx.Now(), frozen, frozen.Digest
			return store.InsertRound(ctx, kept)
		}})
	return kept, err
}

func (k Kept) check() fault.List {
	var faults fault.List
	if length := utf8.RuneCountInString(k.Name); length == 0 || length > MaxName {
		faults.Add(fault.At(fault.Place{Column: FieldName}, "round.name_wrong", message.Args{"limit": MaxName}))
	}
	if length := utf8.RuneCountInString(k.Reason); length == 0 || length > action.MaxReason {
		faults.Add(fault.At(fault.Place{Column: FieldReason}, "round.reason_wrong", message.Args{"limit": action.MaxReason}))
	}
	return faults
}
