package target

import (
	"context"
	"time"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/fault"
	"jiaoheng/message"
)

// Further kinds of sources. A target that nothing can measure for now is bound to nothing with a reason, so that it is not
// taken for one that was forgotten; a released binding is as none.
const (
	FromNothing SourceKind = "none"
	Released    SourceKind = "released"
)

// SourceKinds returns the sources that a person may choose, in the order of a form.
func SourceKinds() []SourceKind {
	return []SourceKind{FromIndicator, FromRegister, FromFigure, FromRows, FromNothing}
}

// Key is the key of the catalogue under which the source is named.
func (k SourceKind) Key() string { return "target.bind.kind." + string(k) }

// undoWithin is how long whoever confirmed a binding first may take it back alone: long enough to mend a slip on the
// next working day's morning, too short to change what reports already rest on.
const undoWithin = 24 * time.Hour

// ErrNoBinding says that there is no binding with this id.
var ErrNoBinding = fault.New("target.bind.unknown", nil)

// BindingStore keeps bindings. Methods that write run inside action.Do only. Of one target the numbers run from 1; what was
// approved never changes.
type BindingStore interface {
	action.Store
	BindingInsert(ctx context.Context, b Binding) error
	BindingUpdate(ctx context.Context, b Binding) error           // approves or withdraws what is proposed
	Binding(ctx context.Context, id string) (Binding, error)      // ErrNoBinding where there is none
	Bindings(ctx context.Context, plan string) ([]Binding, error) // every version, by target and number
}

// BindingsInForce returns what measures each target of a plan now. Released targets are left out; those bound to nothing are not.
func BindingsInForce(ctx context.Context, store BindingStore, plan string) (map[Track]Binding, error) {
	all, err := store.Bindings(ctx, plan)
	return inForce(all, nil), err
}

// BindingsOn returns what measured each target of a plan at an instant, for looking back.
func BindingsOn(ctx context.Context, store BindingStore, plan string, instant time.Time) (map[Track]Binding, error) {
	all, err := store.Bindings(ctx, plan)
	return inForce(all, &instant), err
}

// inForce picks for each target the one approved last, by the instant where one is given. The list goes by number, but a
// proposal may be approved after a later one, so the time of approval decides.
func inForce(all []Binding, instant *time.Time) map[Track]Binding {
	held := map[Track]Binding{}
	for _, b := range all {
		if b.State != Approved || instant != nil && b.ApprovedAt.After(*instant) {
			continue
		}
		if before, known := held[b.Target]; !known || !b.ApprovedAt.Before(before.ApprovedAt) {
			held[b.Target] = b
		}
	}
	for track, b := range held {
		if b.Kind == Released {
			delete(held, track)
		}
	}
	return held
}

// Waiting returns the change of each target that waits for a second person.
func Waiting(all []Binding) map[Track]Binding {
	waiting := map[Track]Binding{}
	for _, b := range all {
		if b.State == Proposed {
			waiting[b.Target] = b
		}
	}
	return waiting
}

// Same tells whether two bindings take their values from the same place.
func (b Binding) Same(other Binding) bool {
	return b.Kind == other.Kind && b.Name == other.Name && b.Stage == other.Stage
}

// Wish is what a person wants a target to be measured by.
type Wish struct {
	Target     Track
	Kind       SourceKind
	Name       string
	Stage      string
	Confidence float64 // of the proposal that is taken
	Taken      bool    // it is the first proposal of the program; anything else needs a reason
	Reason     string
}

// Binder does what people decide about bindings. It may be used by many at once.
type Binder struct{ store BindingStore }

// NewBinder returns the binder of a store.
func NewBinder(store BindingStore) *Binder { return &Binder{store: store} }

// thing is what the right is asked for: the plan of the unit at where; the zero unit is the root.
func thing(where access.Unit) access.Thing { return access.Thing{Class: access.Plan, Unit: where} }

// MayBind tells whether somebody in post may bind targets of a plan of the unit.
func MayBind(post access.Post, where access.Unit) bool {
	return access.May(post, access.Change, thing(where))
}

// MayApproveBinding tells whether somebody in post may be the second person for this change.
func MayApproveBinding(post access.Post, where access.Unit, b Binding) bool {
	return b.State == Proposed && access.May(post, access.Approve, thing(where)) && second(post, b)
}

// second tells whether the post is of another person than the one who proposed. The program is never a second person.
func second(post access.Post, b Binding) bool { return post.Person != "" && post.Person != b.By }

// MayUndo tells whether somebody in post may release a binding alone: the own first confirmation, within a day.
func (b Binding) MayUndo(post access.Post, now time.Time) bool {
	return b.State == Approved && b.ApprovedBy == "" && b.By == post.Person && now.Sub(b.ApprovedAt) <= undoWithin
}

// Confirm binds targets: each that has no binding is bound at once, a change of one that is bound waits for a second
// person. It is one action: when one wish is at fault, nothing is stored and every fault is told with the target as its place.
func (d *Binder) Confirm(ctx context.Context, actor action.Actor, where access.Unit, plan string, wishes ...Wish) ([]Binding, error) {
	var made []Binding
	err := action.Do(ctx, d.store, actor, action.Write{Name: "target.bind.action.confirm", Thing: thing(where),
		Check: func(context.Context) error { return checkWishes(wishes) },
		Do: func(ctx context.Context, tx action.Tx) error {
			all, err := d.store.Bindings(ctx, plan)
			if err != nil {
				return err
			}
			made = nil
			var faults fault.List
			for _, wish := range wishes {
				b, f := next(all, plan, wish, actor, tx)
				if f != nil {
					faults.Add(f)
					continue
				}
				made, all = append(made, b), append(all, b)
			}
			if len(faults) > 0 {
				return faults
			}
			return d.insert(ctx, made)
		}})
	return made, err
}

func (d *Binder) insert(ctx context.Context, bindings []Binding) error {
	for _, b := range bindings {
		if err := d.store.BindingInsert(ctx, b); err != nil {
			return err
		}
	}
	return nil
}

// next makes the version that a wish asks for.
func next(all []Binding, plan string, wish Wish, actor action.Actor, tx action.Tx) (Binding, *fault.Fault) {
	place := fault.Place{Column: string(wish.Target)}
	b := Binding{Plan: plan, Target: wish.Target, Kind: wish.Kind, Name: wish.Name, Stage: wish.Stage, Confidence: 1,
		Decision: Decision{ID: tx.NewID(), Number: 1, Reason: wish.Reason, By: actor.Post.Person, At: tx.Now(), Version: 1}}
	if wish.Taken {
		b.Confidence = wish.Confidence
	}
	for _, other := range all {
		if other.Target == wish.Target {
			b.Number = max(b.Number, other.Number+1)
		}
	}
	if _, waits := Waiting(all)[wish.Target]; waits {
		return b, fault.At(place, "target.bind.waits", nil)
	}
	held, bound := inForce(all, nil)[wish.Target]
	switch {
	case bound && held.Same(b):
		return b, fault.At(place, "target.bind.same", nil)
	case !bound && wish.Kind == Released:
		return b, fault.At(place, "target.bind.unbound", nil)
	case bound && wish.Kind == Released && held.MayUndo(actor.Post, tx.Now()), !bound:
		b.State, b.ApprovedAt = Approved, b.At
		return b, nil
	case wish.Reason == "":
		return b, fault.At(place, "target.bind.change_reason", nil)
	}
	b.State = Proposed
	return b, nil
}

// Release ends the binding of a target. Whoever confirmed it first may do so alone within a day; else a second person approves it.
func (d *Binder) Release(ctx context.Context, actor action.Actor, where access.Unit, plan string, track Track, reason string) (Binding, error) {
	made, err := d.Confirm(ctx, actor, where, plan, Wish{Target: track, Kind: Released, Reason: reason})
	if err != nil {
		return Binding{}, err
	}
	return made[0], nil
}

// Approve puts a change in force; the person must be another one than who proposed it.
func (d *Binder) Approve(ctx context.Context, actor action.Actor, where access.Unit, plan, id string) (Binding, error) {
	return d.decide(ctx, actor, where, plan, id, action.Write{Name: "target.bind.action.approve", Operation: access.Approve}, func(b *Binding, now time.Time) *fault.Fault {
		if !second(actor.Post, *b) {
			return fault.New("target.bind.second_person", nil)
		}
		b.State, b.ApprovedBy, b.ApprovedAt = Approved, actor.Post.Person, now
		return nil
	})
}

// Withdraw takes back a change that was not approved yet, or refuses it.
func (d *Binder) Withdraw(ctx context.Context, actor action.Actor, where access.Unit, plan, id, reason string) (Binding, error) {
	write := action.Write{Name: "target.bind.action.withdraw", Reason: reason, Check: func(context.Context) error {
		if f := checkReason(reason, fault.Place{Column: "reason"}); f != nil {
			return fault.List{f}
		}
		return nil
	}}
	return d.decide(ctx, actor, where, plan, id, write, func(b *Binding, _ time.Time) *fault.Fault {
		b.State = Withdrawn
		return nil
	})
}

func (d *Binder) decide(ctx context.Context, actor action.Actor, where access.Unit, plan, id string, write action.Write,
	change func(b *Binding, now time.Time) *fault.Fault) (Binding, error) {
	var b Binding
	write.Thing = thing(where)
	write.Do = func(ctx context.Context, tx action.Tx) error {
		var err error
		if b, err = d.store.Binding(ctx, id); err != nil {
			return err
		}
		if b.Plan != plan {
			return fault.List{ErrNoBinding}
		}
		if b.State != Proposed {
			return fault.List{fault.New("target.bind.decided", nil)}
		}
		if f := change(&b, tx.Now()); f != nil {
			return fault.List{f}
		}
		return d.store.BindingUpdate(ctx, b)
	}
	err := action.Do(ctx, d.store, actor, write)
	return b, err
}

// SourceText says where the values come from, with the name of the indicator or item as people call it.
func (b Binding) SourceText(language message.Language, title string) string {
	return message.Text(language, "target.bind.source."+string(b.Kind), message.Args{"name": title})
}
