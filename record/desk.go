package record

import (
	"context"
	"sync"
	"time"

	"jiaoheng/action"
	"jiaoheng/attachment"
	"jiaoheng/fault"
	"jiaoheng/letter"
	"jiaoheng/lifecycle"
	"jiaoheng/notice"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/register"
	"jiaoheng/unit"
)

// Limits of what people write about a row.
const (
	MaxNote    = 2000 // characters of the words of an event
	MaxComment = 2000 // characters of a comment
	MaxFiles   = 20   // files of one event
	MaxBulk    = 500  // rows of one bulk action
	MaxOpens   = 5    // how deep rows open rows
	MaxLinks   = 200  // links of one row
	MaxPage    = 200  // rows of one page of a list
)

// Letters writes official letters. It is asked inside the transaction of the event, so that a letter has a number exactly
// when the event happened.
type Letters interface {
	Issue(ctx context.Context, tx action.Tx, actor action.Actor, declared *pack.Letter, of letter.Of) (id, number string, err error)
}

// Notices tells people inside the transaction.
type Notices interface {
	Tell(ctx context.Context, tx action.Tx, draft notice.Draft) error
	TellMany(ctx context.Context, tx action.Tx, drafts []notice.Draft) error
}

// Desk works on the rows that live. It is safe for many at once.
type Desk struct {
	set      *pack.Set
	scope    *pack.Scope
	store    Store
	calendar func(ctx context.Context) (period.Calendar, error)
	letters  Letters
	notices  Notices

	lock      sync.Mutex
	rules     map[string]*register.Rules
	elsewhere map[string]func(ctx context.Context, row string) (string, bool, error)
	trees     trees
	images    map[string]*image
}

// New returns a desk over the living registers of the packs. calendar gives the holidays by which working days are counted;
// it may be asked often. letters and notices may be nil: then events that send a letter are refused, and nobody is told.
func New(set *pack.Set, store Store, calendar func(ctx context.Context) (period.Calendar, error), letters Letters, notices Notices) *Desk {
	return &Desk{set: set, scope: set.Everything(), store: store, calendar: calendar, letters: letters, notices: notices,
		rules: map[string]*register.Rules{}, elsewhere: map[string]func(context.Context, string) (string, bool, error){},
		images: map[string]*image{}}
}

// Set returns the packs.
func (d *Desk) Set() *pack.Set { return d.set }

// Scope returns everything that the packs declare.
func (d *Desk) Scope() *pack.Scope { return d.scope }

// Registers returns the living registers in the order of the packs.
func (d *Desk) Registers() []*pack.Register {
	var living []*pack.Register
	for _, r := range d.scope.Registers() {
		if r.Living() {
			living = append(living, r)
		}
	}
	return living
}

// Register returns a living register, false when there is none of the name.
func (d *Desk) Register(name string) (*pack.Register, bool) {
	r, known := d.scope.Register(name)
	return r, known && r.Living()
}

// Elsewhere makes things that are no rows of registers, such as the targets of plans, known as ends of links: find returns
// what the thing of an address is called. It is called before the desk is used.
func (d *Desk) Elsewhere(kind string, find func(ctx context.Context, row string) (name string, known bool, err error)) {
	d.elsewhere[kind] = find
}

// Ref names a row: of a living or plain register, or a thing of another kind (see Elsewhere) by its address.
type Ref struct {
	Register string
	Row      string
}

// String returns register/row, as the column part_of holds it.
func (r Ref) String() string {
	if r == (Ref{}) {
		return ""
	}
	return r.Register + "/" + r.Row
}

// Draft is a row that somebody wants to make. Columns that Cells does not name take their defaults.
type Draft struct {
	Register string
	Unit     string
	Cells    map[string]register.Cell
	Lead     string
	Owner    string
	Part     Ref // the row of which the new one is a sub-row
	Files    []attachment.Prepared
}

// Change changes cells of a row. Version is the one that was read; 0 changes whatever stands.
type Change struct {
	Register string
	Row      string
	Version  int64
	Cells    map[string]register.Cell
	Reason   string
}

// Move is an event that somebody wants to cause. Version is the one that was read; 0 moves whatever stands. Day is the day
// of the event, zero for today.
type Move struct {
	Register string
	Row      string
	Event    string
	Version  int64
	Cells    map[string]register.Cell // the columns that the event asks for or takes
	Note     string
	Lead     string
	Owner    string
	Files    []attachment.Prepared
	Day      period.Date
}

// Moved is what came of an event.
type Moved struct {
	Row    register.Row
	Letter string // id of the letter that went out; "" none
	Number string // its number
	Opened []Ref
}

// Target is a row of a bulk action with the version that was read.
type Target struct {
	Row     string
	Version int64
}

// Result is what came of one row of a bulk action.
type Result struct {
	Target
	Moved Moved
	Err   error // nil when it was done
}

// Option is an event that somebody may cause now. Blocked says what speaks against it whatever is given with it.
type Option struct {
	Event   *lifecycle.Event
	Asks    []*pack.Column
	Takes   []*pack.Column
	Blocked fault.List
}

// trees keeps the tree of units until something is written, or the day ends.
type trees struct {
	lock     sync.Mutex
	sequence int64
	day      period.Date
	looked   time.Time
	tree     *unit.Tree
}
