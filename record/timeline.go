package record

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/register"
)

// EntryKind says what an entry of a timeline tells.
type EntryKind string

// What an entry of a timeline tells.
const (
	EntryEvent   EntryKind = "event"   // an event of the lifecycle, lifecycle.Created among them
	EntryEdit    EntryKind = "edit"    // cells were changed, or rows taken in from a table
	EntryComment EntryKind = "comment" // somebody wrote something
	EntryAlarm   EntryKind = "alarm"   // the clock reminded or escalated
	EntryLink    EntryKind = "link"    // the row was tied to another one
)

// Entry is one thing in the life of a row. Personal cells are masked.
type Entry struct {
	Kind    EntryKind
	ID      string
	At      time.Time
	Day     period.Date // of an event or an alarm
	Person  string      // "" the program
	Post    string
	Action  string // key of the text of the action that wrote an edit
	Event   string // name of the event
	From    string // state before
	To      string // state after
	Due     period.Date
	Note    string // words of an event, text of a comment, reason of an edit or a link
	Changes []CellChange
	Letter  string // id of the letter that went out
	Number  string // its number
	Files   []string
	Opened  []Ref
	Alarm   string   // key of the step
	Late    bool     // an escalation, not a reminder
	Persons []string // who was told by an alarm
	Link    Ref      // the other end
	Version int64    // of the row after it; 0 where the row did not change
}

// CellChange is a cell before and after.
type CellChange struct {
	Column        *pack.Column
	Before, After register.Cell
}

// Timeline returns all that happened to a row, the newest first.
func (d *Desk) Timeline(ctx context.Context, r *pack.Register, id string) ([]Entry, error) {
	of := Ref{r.Name, id}
	entries, err := d.entriesOfRow(ctx, r, of)
	if err != nil {
		return nil, err
	}
	comments, err := d.store.RecordComments(ctx, of)
	if err != nil {
		return nil, err
	}
	for _, c := range comments {
		entries = append(entries, Entry{Kind: EntryComment, ID: c.ID, At: c.At, Person: c.Person, Post: c.Post, Note: c.Text})
	}
	alarms, err := d.store.RecordAlarms(ctx, of)
	if err != nil {
		return nil, err
	}
	for _, a := range alarms {
		entries = append(entries, Entry{Kind: EntryAlarm, ID: a.ID, At: a.At, Day: a.On, To: a.State, Due: a.Due, Letter: a.Letter, Number: a.Number,
			Opened: a.Opened, Alarm: a.Key, Late: a.Late, Persons: a.Persons})
	}
	links, err := d.store.RecordLinks(ctx, of)
	if err != nil {
		return nil, err
	}
	for _, l := range links {
		entries = append(entries, Entry{Kind: EntryLink, ID: l.ID, At: l.At, Person: l.Person, Note: l.Reason, Link: l.other(of)})
	}
	slices.SortStableFunc(entries, func(a, b Entry) int {
		if order := b.At.Compare(a.At); order != 0 {
			return order
		}
		return cmp.Compare(b.Version, a.Version)
	})
	return entries, nil
}

// entriesOfRow returns the events of a row and the changes of its cells that no event made.
func (d *Desk) entriesOfRow(ctx context.Context, r *pack.Register, of Ref) ([]Entry, error) {
	history, err := d.store.RegisterHistory(ctx, r, of.Row, false)
	if errors.Is(err, register.ErrNotFound) {
		return nil, missing(r)
	}
	if err != nil {
		return nil, err
	}
	events, err := d.store.RecordEvents(ctx, of)
	if err != nil {
		return nil, err
	}
	changes := map[int64][]CellChange{}
	for i, v := range history {
		if i+1 < len(history) {
			changes[v.Row.Version] = changesOf(r, history[i+1].Row, v.Row)
		}
	}
	var entries []Entry
	moved := map[int64]bool{}
	for _, e := range events {
		entry := Entry{Kind: EntryEvent, ID: e.ID, At: e.At, Day: e.Day, Person: e.Person, Post: e.Post, Event: e.Event, From: e.From, To: e.To, Due: e.Due,
			Note: e.Note, Letter: e.Letter, Number: e.Number, Files: e.Files, Opened: e.Opened, Version: e.Row}
		if !moved[e.Row] {
			entry.Changes = changes[e.Row]
		}
		moved[e.Row] = true
		entries = append(entries, entry)
	}
	for i, v := range history {
		if moved[v.Row.Version] {
			continue
		}
		entry := Entry{Kind: EntryEdit, At: v.At, Person: v.Person, Post: v.Post, Action: v.Action, Note: v.Reason, Version: v.Row.Version}
		if i+1 < len(history) {
			entry.Changes = changes[v.Row.Version]
		}
		entries = append(entries, entry)
	}
	return entries, nil
}

// changesOf tells which cells differ between two versions of a row.
func changesOf(r *pack.Register, before, after register.Row) []CellChange {
	var changes []CellChange
	for n, c := range r.Columns {
		if !register.Stored(c) || n >= len(before.Cells) || n >= len(after.Cells) || before.Cells[n] == after.Cells[n] {
			continue
		}
		changes = append(changes, CellChange{Column: c, Before: before.Cells[n], After: after.Cells[n]})
	}
	return changes
}

func (l LinkRow) other(of Ref) Ref {
	if l.From == of {
		return l.To
	}
	return l.From
}
