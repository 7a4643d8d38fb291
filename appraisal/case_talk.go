package appraisal

import (
	"context"
	"maps"
	"slices"
	"strings"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/fault"
	"jiaoheng/message"
)

// Talk stores what was agreed on about points that differed: for each a value between the lowest and the highest, with a note. When
// nothing is open any more, the case is scored.
func (d *Desk) Talk(ctx context.Context, actor action.Actor, id string, entries map[string]Entry) error {
	before, sheet, run, err := d.known(ctx, id)
	if err != nil {
		return err
	}
	tree, err := d.store.Tree(ctx)
	if err != nil {
		return err
	}
	if !IsScorer(actor.Post, run, before) && !MayHold(actor.Post) || IsOf(actor.Post, before) && actor.Post.Role != access.Program {
		return action.Refused("appraisal.action.talk")
	}
	return d.carry(ctx, actor, change{name: "appraisal.action.talk", thing: thing(tree, before.Unit, actor.Post.Person), id: id, from: []State{Talking},
		do: func(ctx context.Context, tx action.Tx, run Run, one *Case) error {
			marks, err := d.store.AppraisalMarks(ctx, one.ID)
			if err != nil {
				return err
			}
			limit, err := d.limit(ctx, sheet, *one)
			if err != nil {
				return err
			}
			agreed := marks[slices.IndexFunc(marks, func(m Mark) bool { return m.Kind == Agreed })]
			open := map[string]Difference{}
			for _, difference := range Differences(sheet, handedIn(marks), limit) {
				open[difference.Name] = difference
			}
			var faults fault.List
			for _, name := range slices.Sorted(maps.Keys(entries)) {
				entry := entries[name]
				entry.Note = strings.TrimSpace(entry.Note)
				if wrong := talked(open, name, entry); wrong != nil {
					faults.Add(wrong)
					continue
				}
				agreed.Entries[name] = entry
			}
			if err := faults.Err(); err != nil {
				return err
			}
			one.State = Scored
			for name := range open {
				if _, done := agreed.Entries[name]; !done {
					one.State = Talking
				}
			}
			agreed.Person, agreed.At, agreed.Done = actor.Post.Person, tx.Now(), one.State == Scored
			return d.store.AppraisalMarkUpdate(ctx, agreed)
		}})
}

// talked tells what is wrong with a value that was agreed on; nil when nothing is.
func talked(open map[string]Difference, name string, entry Entry) *fault.Fault {
	difference, known := open[name]
	at, args := fault.Place{Column: name}, message.Args{"item": difference.Title, "low": difference.Low, "high": difference.High, "limit": MaxNote}
	switch {
	case !known:
		return fault.At(at, "appraisal.entry_unknown", message.Args{"name": name})
	case entry.Note == "" || len([]rune(entry.Note)) > MaxNote:
		return fault.At(at, "appraisal.talk_note", args)
	case difference.Veto && entry.Holds == nil,
		!difference.Veto && (entry.Points == nil || *entry.Points < difference.Low || *entry.Points > difference.High):
		return fault.At(at, "appraisal.talk_between", args)
	}
	return nil
}
