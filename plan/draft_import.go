package plan

import (
	"context"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"jiaoheng/action"
	"jiaoheng/document"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/plan/reading"
)

// MaxOriginal is the number of bytes of a document that is handed over.
const MaxOriginal = 20 << 20

// Handed is a document handed over, already repaired and read.
type Handed struct {
	File     string // name of the file, or of what was pasted
	Data     []byte
	Document document.Document
	Reading  reading.Draft
	Plan     string // id of the plan that it revises, "" for a new plan
}

// Import stores a document with what was read from it as a draft.
func (d *Desks) Import(ctx context.Context, actor action.Actor, handed Handed) (Draft, error) {
	items := Items(handed.Reading)
	desk, err := Replay(items, nil)
	if err != nil {
		return Draft{}, err
	}
	source := Source{Format: handed.Document.Source.Format, Encoding: handed.Document.Source.Encoding, Part: handed.Document.Source.Part,
		Clean: handed.Document.Clean, Reading: handed.Reading}
	draft := Draft{Plan: handed.Plan, Title: handed.Reading.Meta.Title, File: FileName(handed.File), Format: source.Format, Size: int64(len(handed.Data)),
		Original: HashBytes(handed.Data), State: Reviewing, Progress: desk.Progress(), By: actor.Post.Person}
	if draft.Title == "" {
		draft.Title = draft.File
	}
	err = action.Do(ctx, d.store, actor, action.Write{Name: "plan.action.import", Thing: thing,
		Check: func(context.Context) error { return checkHanded(handed, items).Err() },
		Do: func(ctx context.Context, tx action.Tx) error {
			if handed.Plan != "" {
				if _, err := d.store.Plan(ctx, handed.Plan); err != nil {
					return err
				}
			}
			draft.ID, draft.Created, draft.Changed = tx.NewID(), tx.Now(), tx.Now()
			return d.store.PlanDraftInsert(ctx, draft, source, handed.Data)
		}})
	return draft, err
}

func checkHanded(handed Handed, items []Item) fault.List {
	var faults fault.List
	switch {
	case len(handed.Data) == 0 || strings.TrimSpace(handed.Document.Clean.Text) == "":
		faults.Add(fault.New("plan.import_empty", nil))
	case len(handed.Data) > MaxOriginal:
		faults.Add(fault.New("plan.import_large", message.Args{"max": MaxOriginal >> 20}))
	case len(items) > MaxItems:
		faults.Add(fault.New("plan.too_many_items", message.Args{"max": MaxItems}))
	}
	return faults
}

// FileName keeps the last part of a name that a browser sent, without what cannot be shown.
func FileName(name string) string {
	name = path.Base(strings.ReplaceAll(strings.ToValidUTF8(name, ""), `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) { // Cf turns the direction of writing
			return -1
		}
		return r
	}, name)
	if utf8.RuneCountInString(name) > 120 {
		name = string([]rune(name)[:120])
	}
	return name
}

// Discard sets a draft aside. What was done at it stays stored; nothing can be done at it any more.
func (d *Desks) Discard(ctx context.Context, actor action.Actor, draft, reason string) error {
	return action.Do(ctx, d.store, actor, action.Write{Name: "plan.action.discard", Thing: thing, Reason: reason,
		Check: func(context.Context) error {
			if strings.TrimSpace(reason) == "" {
				return fault.List{fault.At(fault.Place{Column: "reason"}, "plan.discard_reason", nil)}
			}
			return nil
		},
		Do: func(ctx context.Context, tx action.Tx) error {
			row, err := d.store.PlanDraft(ctx, draft)
			if err != nil {
				return err
			}
			if row.State != Reviewing {
				return fault.List{fault.New("plan.draft_closed", nil)}
			}
			row.State, row.Changed = Discarded, tx.Now()
			return d.store.PlanDraftUpdate(ctx, row)
		}})
}
