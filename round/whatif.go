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
)

// Limits of saved what-ifs: characters of name and remark, and how many one person may keep.
const (
	MaxWhatIfName   = 40
	MaxWhatIfRemark = 300
	MaxWhatIfs      = 200
)

// ErrNoWhatIf is the answer for a what-if that is not there.
var ErrNoWhatIf = errors.New("round: no such what-if")

// WhatIf is a list of changes that somebody keeps under a name. It never holds results: opened again, it runs on the facts
// of that day. Digest is that of the outcome without the changes at the time of saving, so that it can be told whether the facts changed.
type WhatIf struct {
	ID      string
	Name    string
	Remark  string
	Owner   string // the person
	Pack    string
	Unit    string
	Period  string
	Changes []Change
	Shared  bool
	Digest  string
	Made    time.Time
	Changed time.Time
	Version int64
}

// WhatIfStore keeps what-ifs. The writing methods work only inside action.Do.
type WhatIfStore interface {
	action.Store
	WhatIfInsert(ctx context.Context, one WhatIf) error
	WhatIfUpdate(ctx context.Context, one WhatIf) error
	WhatIfDelete(ctx context.Context, id string) error
	WhatIf(ctx context.Context, id string) (WhatIf, error)       // ErrNoWhatIf
	WhatIfs(ctx context.Context, owner string) ([]WhatIf, error) // those of the person and the shared ones of others, the newest first
}

// MayKeepWhatIfs tells whether somebody in the post may save what-ifs: everyone who is somebody, save the auditor, who changes nothing.
func MayKeepWhatIfs(post access.Post) bool {
	return post.Person != "" && post.Role != access.Auditor
}

// MayShareWhatIfs tells whether somebody in the post may share what-ifs, and sees those that others share.
func MayShareWhatIfs(post access.Post) bool {
	return post.Role == access.BureauOffice || post.Role == access.BureauLeader
}

// MaySeeWhatIf tells whether somebody in the post may open a what-if about the unit of the thing.
func MaySeeWhatIf(post access.Post, one WhatIf, about access.Unit) bool {
	thing := access.Thing{Class: access.Fact, Unit: about}
	own := one.Owner == post.Person && post.Person != ""
	return (own || one.Shared && MayShareWhatIfs(post)) && access.May(post, access.See, thing)
}

// check returns every fault of what a person writes.
func (w WhatIf) check() fault.List {
	var faults fault.List
	if w.Name == "" || utf8.RuneCountInString(w.Name) > MaxWhatIfName {
		faults.Add(fault.At(fault.Place{Column: "name"}, "whatif.name_wrong", message.Args{"limit": MaxWhatIfName}))
	}
	if utf8.RuneCountInString(w.Remark) > MaxWhatIfRemark {
		faults.Add(fault.At(fault.Place{Column: "remark"}, "whatif.remark_long", message.Args{"limit": MaxWhatIfRemark}))
	}
	if len(w.Changes) == 0 {
		faults.Add(fault.New("whatif.nothing_changed", nil))
	}
	return faults
}

// SaveWhatIf stores a what-if of the actor: a new one without an ID, else a newer version of the actor's own.
//
// Errors: every fault of name, remark and changes; whatif.too_many_saved; action.refused; ErrNoWhatIf.
func SaveWhatIf(ctx context.Context, store WhatIfStore, actor action.Actor, one WhatIf) (WhatIf, error) {
	one.Name, one.Remark = strings.TrimSpace(one.Name), strings.TrimSpace(one.Remark)
	if err := one.check().Err(); err != nil {
		return one, err
	}
	name, fresh := "whatif.action.change", one.ID == ""
	if fresh {
		name, one.Owner = "whatif.action.save", actor.Post.Person
	}
	err := writeWhatIf(ctx, store, actor, name, one.Owner, func(ctx context.Context, tx action.Tx) error {
		one.Changed = tx.Now()
		if !fresh {
			return store.WhatIfUpdate(ctx, one)
		}
		kept, err := store.WhatIfs(ctx, one.Owner)
		if err != nil {
			return err
		}
		own := 0
		for _, other := range kept {
			if other.Owner == one.Owner {
				own++
			}
		}
		if own >= MaxWhatIfs {
			return fault.New("whatif.too_many_saved", message.Args{"limit": MaxWhatIfs})
		}
		one.ID, one.Made, one.Version = tx.NewID(), tx.Now(), 1
		return store.WhatIfInsert(ctx, one)
	})
	return one, err
}

// ShareWhatIf shows a what-if of the actor to the bureau, or takes it back.
func ShareWhatIf(ctx context.Context, store WhatIfStore, actor action.Actor, one WhatIf, shared bool) error {
	if shared && !MayShareWhatIfs(actor.Post) {
		return fault.New("action.refused", nil)
	}
	name := "whatif.action.share"
	if !shared {
		name = "whatif.action.unshare"
	}
	return writeWhatIf(ctx, store, actor, name, one.Owner, func(ctx context.Context, _ action.Tx) error {
		one.Shared = shared
		return store.WhatIfUpdate(ctx, one)
	})
}

// DeleteWhatIf takes a what-if of the actor away.
func DeleteWhatIf(ctx context.Context, store WhatIfStore, actor action.Actor, one WhatIf) error {
	return writeWhatIf(ctx, store, actor, "whatif.action.delete", one.Owner, func(ctx context.Context, _ action.Tx) error {
		return store.WhatIfDelete(ctx, one.ID)
	})
}

// writeWhatIf runs one write to what belongs to the owner.
func writeWhatIf(ctx context.Context, store WhatIfStore, actor action.Actor, name, owner string, do func(context.Context, action.Tx) error) error {
	if !MayKeepWhatIfs(actor.Post) {
		return fault.New("action.refused", nil)
	}
	return action.Do(ctx, store, actor, action.Write{Name: name, Thing: access.Thing{Class: access.Self, Owner: owner}, Do: do})
}
