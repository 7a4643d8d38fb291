package action

import (
	"context"
	"time"
	"unicode/utf8"

	"jiaoheng/access"
	"jiaoheng/audit"
	"jiaoheng/fault"
	"jiaoheng/message"
)

// MaxReason is the longest reason in characters.
const MaxReason = 500

// Actor is who acts: the post with its rights, the account signed in, the address the request came from.
type Actor struct {
	Post    access.Post
	Account string
	Address string
}

// TheProgram is the actor for commands of the operator, jobs and the first start.
func TheProgram() Actor {
	return Actor{Post: access.Post{ID: "program", Role: access.Program}}
}

// Tx is the running transaction, as a Write sees it.
type Tx interface {
	// Now is the time of the action; every row of one action carries the same.
	Now() time.Time
	// NewID returns a new id that sorts by time.
	NewID() string
	// Next returns the next number of a series: 1, 2, … without gaps, as the number is given back when the action fails.
	Next(ctx context.Context, series string) (int64, error)
}

// Store runs transactions.
type Store interface {
	// Transact runs do in one transaction and appends one audit entry with every row that was written. The context
	// given to do carries the transaction. An error or a panic of do leaves nothing behind.
	Transact(ctx context.Context, header audit.Header, do func(ctx context.Context, tx Tx) error) error
}

// Write is one write.
type Write struct {
	// Name is the key of the text that names the action, such as "plan.action.adopt".
	Name string
	// Operation is the right that is needed: access.Change when empty.
	Operation access.Operation
	// Thing is what the write concerns.
	Thing access.Thing
	// Reason is why, in the words of the actor; may be empty.
	Reason string
	// Check tells in one go everything that is wrong with the input, as a fault.List, before the transaction; may be nil.
	Check func(ctx context.Context) error
	// Do writes. Checks that depend on other rows belong here, where no other write can come between.
	Do func(ctx context.Context, tx Tx) error
}

// Do runs write for actor: right, check, then one transaction. A refusal is the fault action.refused. A name
// without a text panics: the audit page could not show it.
func Do(ctx context.Context, store Store, actor Actor, write Write) error {
	if !message.Has(write.Name) {
		panic("action: no text for action " + write.Name)
	}
	if write.Operation == "" {
		write.Operation = access.Change
	}
	if !access.May(actor.Post, write.Operation, write.Thing) {
		return Refused(write.Name)
	}
	if utf8.RuneCountInString(write.Reason) > MaxReason {
		return fault.New("action.reason_long", message.Args{"limit": MaxReason})
	}
	if write.Check != nil {
		if err := write.Check(ctx); err != nil {
			return err
		}
	}
	header := audit.Header{
		Actor:  audit.Actor{Person: actor.Post.Person, Post: actor.Post.ID, Account: actor.Account, Address: actor.Address},
		Action: write.Name,
		Unit:   write.Thing.Unit.Code,
		Reason: write.Reason,
	}
	return store.Transact(ctx, header, write.Do)
}

// Refused is the fault that somebody has no right to the action called name.
func Refused(name string) error {
	return fault.New("action.refused", message.Args{"action": message.Word(name)})
}
