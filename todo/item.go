package todo

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"jiaoheng/access"
	"jiaoheng/lifecycle"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/person"
	"jiaoheng/record"
	"jiaoheng/register"
	"jiaoheng/unit"
)

// Limits of one list.
const (
	MaxRows  = 500 // rows of one register and one reason
	MaxCount = 100 // the count in the top bar stops here
	soonDays = 3   // a deadline within so many counted days is near
)

// Group is how pressing an item is.
type Group string

// The groups, the most pressing first. Others are rows that wait for somebody else.
const (
	Late   Group = "late"
	Today  Group = "today"
	Soon   Group = "soon"
	Silent Group = "silent" // not changed for longer than its state allows
	Open   Group = "open"
	Others Group = "others"
)

// Groups returns the groups in the order in which they are shown.
func Groups() []Group { return []Group{Late, Today, Soon, Silent, Open, Others} }

// Text returns the name of the group.
func (g Group) Text(language message.Language) string {
	return message.Text(language, "todo.group."+string(g), nil)
}

// Item is one row that waits: for this person, or (Group Others) for somebody else.
type Item struct {
	Register   *pack.Register
	Row, Unit  string
	Heading    string
	State      *lifecycle.State
	Since, Due period.Date
	Changed    time.Time
	Lead       string
	Owner      string
	Group      Group
	Left       int             // counted days until the deadline, negative when it has passed
	Count      lifecycle.Count // how they are counted
	Next       *lifecycle.Event
}

// Address returns the page of the row.
func (i Item) Address() string { return "/record/" + i.Register.Name + "/row/" + i.Row }

// DueText says how long there is: 还有 3 个工作日, 今天到期, 已逾期 2 天; "" without a deadline.
func (i Item) DueText(language message.Language) string {
	if i.Due.IsZero() {
		return ""
	}
	key, days := "todo.due.left", i.Left
	switch {
	case i.Group == Today || i.Left == 0:
		return message.Text(language, "todo.due.today", nil)
	case days < 0:
		key, days = "todo.due.late", -days
	}
	return message.Text(language, key, message.Args{"days": message.Text(language, "todo.days."+string(i.Count), message.Args{"count": days})})
}

// look is what items are judged by.
type look struct {
	post     access.Post
	tree     *unit.Tree
	today    period.Date
	calendar period.Calendar
	maySee   func(r *pack.Register, row register.Row) bool
}

// standOf is how a row stands to people.
func (l look) standOf(r *pack.Register, row register.Row) lifecycle.Stand {
	return lifecycle.Stand{Unit: row.Unit, UnitPlace: person.At(l.tree, row.Unit), Lead: register.TextOf(r, row, pack.ColumnLead), Owner: register.TextOf(r, row, pack.ColumnOwner),
		Maker: register.TextOf(r, row, pack.ColumnMaker), Subject: r.Subject}
}

// item judges one row; false when it is none of the person's business or waits for nobody.
func (l look) item(r *pack.Register, row register.Row) (Item, bool) {
	state := r.Life.State(register.TextOf(r, row, pack.ColumnState))
	if state == nil || state.Final {
		return Item{}, false
	}
	stand := l.standOf(r, row)
	if record.HasPersonal(r) && !l.maySee(r, row) {
		return Item{}, false
	}
	i := Item{Register: r, Row: row.ID, Unit: row.Unit, Heading: record.HeadingOf(r, row), State: state, Changed: row.Origin.At, Lead: stand.Lead, Owner: stand.Owner,
		Since: register.DateOf(r, row, pack.ColumnSince), Due: register.DateOf(r, row, pack.ColumnDue), Group: Others}
	if !state.Running() { // while a row is paused its clock stands still, whatever day stands there
		i.Due = period.Date{}
	}
	i.Left, i.Count = l.left(state, i.Due)
	if lifecycle.AnyFits(state.Waits, l.post, stand) {
		i.Group = l.group(i)
		i.Next = next(r, state, l.post, stand)
		return i, true
	}
	mine := stand.Owner != "" && stand.Owner == l.post.Person || stand.Maker != "" && stand.Maker == l.post.Person ||
		slices.Contains(codesOf(l.post), stand.Lead) && stand.Lead != ""
	return i, mine && len(state.Waits) > 0
}

// left counts the days until the deadline. When no working day is left but a day is, it counts calendar days.
func (l look) left(state *lifecycle.State, due period.Date) (int, lifecycle.Count) {
	if due.IsZero() {
		return 0, lifecycle.Calendar
	}
	if state.Due == nil || state.Due.Count != lifecycle.Calendar {
		if days := l.calendar.Between(l.today, due, period.WorkingDays); days != 0 {
			return days, lifecycle.Working
		}
	}
	return l.calendar.Between(l.today, due, period.CalendarDays), lifecycle.Calendar
}

func (l look) group(i Item) Group {
	switch {
	case !i.Due.IsZero() && i.Due.Before(l.today):
		return Late
	case i.Due == l.today:
		return Today
	case !i.Due.IsZero() && i.Left <= soonDays:
		return Soon
	case i.State.Silent > 0 && l.idle(i) >= i.State.Silent:
		return Silent
	}
	return Open
}

// idle is for how many days nothing changed.
func (l look) idle(i Item) int {
	return l.calendar.Between(period.DayAt(i.Changed), l.today, period.CalendarDays)
}

// next is the first event of the state that the post may cause.
func next(r *pack.Register, state *lifecycle.State, post access.Post, stand lifecycle.Stand) *lifecycle.Event {
	for _, e := range r.Life.Events {
		if slices.Contains(e.From, state.Name) && lifecycle.AnyFits(e.By, post, stand) {
			return e
		}
	}
	return nil
}

// codesOf are the unit of the post and those that were merged into it.
func codesOf(post access.Post) []string {
	codes := []string{post.Unit.Code}
	for _, before := range post.Before {
		codes = append(codes, before.Code)
	}
	return codes
}

// sorted puts the most pressing first: by group, deadline, and how long nothing moved.
func sorted(items []Item) []Item {
	rank := func(g Group) int { return slices.Index(Groups(), g) }
	slices.SortFunc(items, func(a, b Item) int {
		due := func(i Item) string {
			if i.Due.IsZero() {
				return "9999"
			}
			return i.Due.String()
		}
		return cmp.Or(cmp.Compare(rank(a.Group), rank(b.Group)), strings.Compare(due(a), due(b)), a.Changed.Compare(b.Changed), strings.Compare(a.Row, b.Row))
	})
	return items
}
