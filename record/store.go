package record

import (
	"context"
	"time"

	"jiaoheng/attachment"
	"jiaoheng/audit"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/person"
	"jiaoheng/register"
	"jiaoheng/unit"
)

// Store keeps rows and what is told about them. The methods that write may only be called inside action.Do.
type Store interface {
	register.Store
	attachment.Store

	Now() time.Time
	Today() period.Date
	// Head returns the end of the audit chain: nothing was written while it stays.
	Head(ctx context.Context) (audit.Head, error)
	Tree(ctx context.Context) (*unit.Tree, error)
	// UnitsChanged tells whether units or their history were written after an entry of the audit chain up to another one.
	UnitsChanged(ctx context.Context, after, until int64) (bool, error)
	PostsAt(ctx context.Context, unitCode string) ([]person.Post, error)
	PostsOf(ctx context.Context, personID string) ([]person.Post, error)

	// RegisterLock reads a row with open personal cells and keeps others from changing it until the action ends.
	// register.ErrNotFound when it is not there.
	RegisterLock(ctx context.Context, r *pack.Register, id string) (register.Row, error)
	// RegisterCells reads some stored columns, none of them personal, of the rows with ids, or of all rows when ids is nil.
	// yield gets the row with these cells only, in the order of columns.
	RegisterCells(ctx context.Context, r *pack.Register, columns []string, ids []string, yield func(row register.Row) error) error
	// RegisterLatest returns the row of a unit that was written last, personal cells masked; the zero Row when it has none.
	RegisterLatest(ctx context.Context, r *pack.Register, unitCode string) (register.Row, error)
	// RegisterByID returns rows by id, personal cells masked.
	RegisterByID(ctx context.Context, r *pack.Register, ids []string) (map[string]register.Row, error)
	// RegisterChanged returns the ids of rows of the register that were written after an entry of the audit chain up to
	// another one; whole is true when they are too many to name, or one of them is gone.
	RegisterChanged(ctx context.Context, r *pack.Register, after, until int64) (ids []string, whole bool, err error)

	RecordEvents(ctx context.Context, of Ref) ([]Event, error)
	RecordEventsInsert(ctx context.Context, events ...Event) error
	// RecordLast returns for every event that happened to a row the person who did it last.
	RecordLast(ctx context.Context, of Ref) (map[string]string, error)
	RecordComments(ctx context.Context, of Ref) ([]Comment, error)
	RecordCommentInsert(ctx context.Context, c Comment) error
	RecordCommentDelete(ctx context.Context, id string) error
	// RecordLinks returns the links of which the row is one end.
	RecordLinks(ctx context.Context, of Ref) ([]LinkRow, error)
	RecordLinkInsert(ctx context.Context, links ...LinkRow) error
	RecordLinkDelete(ctx context.Context, id string) error
	RecordAlarms(ctx context.Context, of Ref) ([]Alarm, error)
	// RecordAlarmsKnown returns which of the ids were raised.
	RecordAlarmsKnown(ctx context.Context, ids []string) (map[string]bool, error)
	RecordAlarmsInsert(ctx context.Context, alarms ...Alarm) error
	RecordViews(ctx context.Context, owner, register string) ([]View, error)
	RecordViewInsert(ctx context.Context, v View) error
	RecordViewDelete(ctx context.Context, id string) error
}

// Event is one thing that happened to a row: lifecycle.Created, or an event of its lifecycle.
type Event struct {
	ID      string
	Of      Ref
	Event   string
	From    string // state before; "" of Created
	To      string // state after
	Due     period.Date
	Day     period.Date
	Person  string
	Post    string
	At      time.Time
	Note    string // sealed in the store
	Row     int64  // version of the row after the event
	Letter  string // id
	Number  string // of the letter
	Files   []string
	Opened  []Ref
	Version int64
}

// Comment is what somebody wrote about a row.
type Comment struct {
	ID      string
	Of      Ref
	Text    string // sealed in the store
	Person  string
	Post    string
	At      time.Time
	Version int64
}

// LinkRow ties two rows together.
type LinkRow struct {
	ID       string
	From, To Ref
	Reason   string // sealed in the store; "" of a link that an event made
	Person   string
	At       time.Time
	Version  int64
}

// Alarm is a reminder or an escalation that was raised. Its id follows from the row and the step, so that it stands once.
type Alarm struct {
	ID      string
	Of      Ref
	Key     string
	Late    bool
	State   string
	Due     period.Date
	On      period.Date // the day from which it was due
	Persons []string
	Letter  string
	Number  string
	Opened  []Ref
	At      time.Time
	Version int64
}

// View is a list that somebody saved under a name: the query part of its address.
type View struct {
	ID       string
	Owner    string // id of a person, or whatever else names those who share it
	Register string
	Name     string
	Query    string
	First    bool // the owner's list begins with it
	Made     time.Time
	Version  int64
}
