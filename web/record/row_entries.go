package record

import (
	"context"
	"strconv"
	"strings"

	"jiaoheng/lifecycle"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/record"
	"jiaoheng/register"
	registerpages "jiaoheng/web/register"
	"jiaoheng/web/shell"
)

// entryView is one thing in the life of a row, in words.
type entryView struct {
	record.Entry
	icon    string
	title   string
	who     string
	moved   string // 状态 before → after
	changes []changeView
	opened  []linkView
	undo    bool // can still be taken back by the reader
	files   int
}

// changeView is a cell before and after.
type changeView struct {
	column        string
	before, after string
}

// letterView is a letter that went out about the row.
type letterView struct {
	title, number, when, address, file string
}

// cellHistory is every value that a column of the row had.
type cellHistory struct {
	column string
	values []cellValue
}

type cellValue struct {
	value, who, when string
}

// loadEntries puts the life of the row into words: everything, and apart from it the letters and the comments.
func (p *Pages) loadEntries(ctx context.Context, view *rowView, entries []record.Entry) {
	cells := map[*pack.Column]int{}
	for _, one := range entries {
		entry := p.entryOf(ctx, *view, one)
		view.entries = append(view.entries, entry)
		if one.Kind == record.EntryComment {
			view.comments = append(view.comments, entry)
		}
		if one.Letter != "" {
			view.letters = append(view.letters, p.letterOf(ctx, *view, one))
		}
		for _, change := range one.Changes {
			at, known := cells[change.Column]
			if !known {
				at = len(view.cells)
				cells[change.Column] = at
				view.cells = append(view.cells, cellHistory{column: change.Column.Title.In(view.book.language)})
			}
			view.cells[at].values = append(view.cells[at].values, cellValue{value: p.changedText(ctx, change.Column, change.After), who: entry.who, when: shell.Moment(ctx, one.At)})
		}
	}
}

var entryIcons = map[record.EntryKind]string{record.EntryEvent: "arrow-narrow-right", record.EntryEdit: "edit", record.EntryComment: "message", record.EntryAlarm: "bell", record.EntryLink: "link"}

func (p *Pages) entryOf(ctx context.Context, view rowView, one record.Entry) entryView {
	b := view.book
	entry := entryView{Entry: one, icon: entryIcons[one.Kind], who: p.whoDid(ctx, one.Person, one.Post), files: len(one.Files)}
	switch one.Kind {
	case record.EntryEvent:
		entry.title = b.eventTitle(one.Event)
		if one.From != one.To && one.From != "" {
			entry.moved = b.text("record.row.moved", message.Args{"from": b.stateTitle(one.From), "to": b.stateTitle(one.To)})
		}
	case record.EntryEdit:
		entry.title = b.text("record.row.entry_edit")
	case record.EntryComment:
		entry.title, entry.undo = b.text("record.row.entry_comment"), mayUncomment(view, one, shell.From(ctx).Now)
	case record.EntryAlarm:
		entry.title = b.text("record.row.entry_remind")
		if one.Late {
			entry.title = b.text("record.row.entry_late")
		}
		entry.Note = b.alarmText(one)
		entry.who = p.toldTo(ctx, one.Persons)
	case record.EntryLink:
		entry.title = b.text("record.row.entry_link")
		entry.opened = append(entry.opened, p.refLink(ctx, view, one.Link))
	}
	for _, change := range one.Changes {
		if change.Column.Kept && (change.Column.Name == pack.ColumnState || change.Column.Name == pack.ColumnSince || change.Column.Name == pack.ColumnBack) {
			continue // the line above says so
		}
		entry.changes = append(entry.changes, changeView{column: change.Column.Title.In(b.language), before: p.changedText(ctx, change.Column, change.Before),
			after: p.changedText(ctx, change.Column, change.After)})
	}
	for _, ref := range one.Opened {
		entry.opened = append(entry.opened, p.refLink(ctx, view, ref))
	}
	return entry
}

func (p *Pages) refLink(ctx context.Context, view rowView, ref record.Ref) linkView {
	tie := record.Tie{Other: ref, Name: ref.String(), Known: true}
	if ref.Register == PlanEnd {
		if name, known, err := PlanNode(p.store)(ctx, ref.Row); err == nil {
			tie.Name, tie.Known = name, known
		}
	}
	if of, living := p.records.Register(ref.Register); living {
		if row, err := p.records.Find(ctx, of, ref.Row); err == nil {
			tie.Name, tie.State = record.HeadingOf(of, row), register.TextOf(of, row, pack.ColumnState)
		}
	}
	return p.linkOf(ctx, view.post, tie)
}

// whoDid names a person with the post in which something was done.
func (p *Pages) whoDid(ctx context.Context, person, post string) string {
	name := p.personName(ctx, person)
	if held, err := p.store.Post(ctx, post); err == nil && post != "" {
		return shell.Text(ctx, "record.row.person_at", message.Args{"name": name, "post": p.postText(ctx, held)})
	}
	return name
}

// toldTo names who was told by a reminder.
func (p *Pages) toldTo(ctx context.Context, persons []string) string {
	var names []string
	for _, id := range persons[:min(len(persons), maxNamed)] {
		names = append(names, p.personName(ctx, id))
	}
	told := strings.Join(names, shell.Text(ctx, "record.words.and"))
	switch {
	case len(persons) == 0:
		return shell.Text(ctx, "record.row.told_nobody")
	case len(persons) > maxNamed:
		told += shell.Text(ctx, "record.row.and_more", message.Args{"count": len(persons)})
	}
	return shell.Text(ctx, "record.row.told_to", message.Args{"names": told})
}

// eventTitle is what an event is called.
func (b rulebook) eventTitle(name string) string {
	if name == lifecycle.Created {
		return b.text("record.row.entry_created")
	}
	if e := b.register.Life.Event(name); e != nil {
		return e.Title.In(b.language)
	}
	return name
}

func (b rulebook) stateTitle(name string) string {
	if s := b.register.Life.State(name); s != nil {
		return s.Title.In(b.language)
	}
	return name
}

// alarmText tells which step of the ladder it was.
func (b rulebook) alarmText(one record.Entry) string {
	kind, days, _ := strings.Cut(stepOf(one), ":")
	state := b.register.Life.State(one.To)
	counted := lifecycle.Calendar
	if state != nil && state.Due != nil {
		counted = countOr(state.Due.Count)
	}
	words := b.text("record.rules.days."+string(counted), message.Args{"days": days})
	if kind == "late" {
		return b.text("record.rules.after", message.Args{"days": words})
	}
	return b.text("record.rules.before", message.Args{"days": words})
}

// changedText is a cell of a change as people read it: codes of units and persons by their names.
func (p *Pages) changedText(ctx context.Context, c *pack.Column, cell register.Cell) string {
	switch {
	case !cell.Known:
		return shell.Text(ctx, "record.row.blank")
	case c.Kept && c.Name == pack.ColumnLead:
		return registerpages.UnitName(ctx, cell.Text)
	case c.Kept && (c.Name == pack.ColumnOwner || c.Name == pack.ColumnMaker):
		return p.personName(ctx, cell.Text)
	case c.Personal:
		return cell.Text // masked by the desk
	}
	return registerpages.CellText(ctx, cell, c)
}

func (p *Pages) letterOf(ctx context.Context, view rowView, one record.Entry) letterView {
	name := ""
	if e := view.register.Life.Event(one.Event); e != nil {
		name = e.Letter
	} else if s := view.register.Life.State(one.To); s != nil {
		for _, step := range s.Late {
			if "late:"+number(step.Days) == stepOf(one) {
				name = step.Letter
			}
		}
		for _, step := range s.Remind {
			if "remind:"+number(step.Days) == stepOf(one) {
				name = step.Letter
			}
		}
	}
	day := one.Day
	if day.IsZero() {
		day = period.DayAt(one.At)
	}
	path := "/letter/" + one.Letter
	return letterView{title: view.book.letterTitle(name), number: one.Number, when: day.Text(view.book.language), address: shell.Here(ctx, path), file: path + "/file"}
}

// stepOf is the step of an alarm, such as late:5; its key names state and deadline before.
func stepOf(one record.Entry) string { return one.Alarm[strings.LastIndexByte(one.Alarm, ' ')+1:] }

func number(n int) string { return strconv.Itoa(n) }
