package register

import (
	"context"
	"iter"
	"time"

	"jiaoheng/action"
	"jiaoheng/fault"
	"jiaoheng/pack"
	"jiaoheng/period"
)

// MaxPage is the most rows of one page of a list.
const MaxPage = 1000

// ErrNotFound is the fault that a row is not there.
var ErrNotFound = fault.New("register.not_found", nil)

// Store keeps the rows of registers. The methods that write may only be called inside action.Do.
type Store interface {
	action.Store
	// RegistersOpen makes or widens the tables of the registers. Rows may be read and written after it.
	RegistersOpen(ctx context.Context, registers ...*pack.Register) error
	// RegisterRows returns the rows that the query names, at most MaxPage of them.
	RegisterRows(ctx context.Context, register *pack.Register, query Query) ([]Row, error)
	// RegisterCount returns how many rows the query names, whatever its page.
	RegisterCount(ctx context.Context, register *pack.Register, query Query) (int, error)
	// RegisterEach walks every row that the query names, whatever its page, in its order.
	RegisterEach(ctx context.Context, register *pack.Register, query Query) iter.Seq2[Row, error]
	// RegisterRow returns a row by id, ErrNotFound when it is not there.
	RegisterRow(ctx context.Context, register *pack.Register, id string, personal bool) (Row, error)
	// RegisterHistory returns every version of a row, the newest first.
	RegisterHistory(ctx context.Context, register *pack.Register, id string, personal bool) ([]Version, error)
	// RegisterReported returns every unit and period that has a row.
	RegisterReported(ctx context.Context, register *pack.Register) ([]Reported, error)
	// RegisterCompare tells what RegisterUpsert would do with the batch; nothing is stored.
	RegisterCompare(ctx context.Context, register *pack.Register, batch Batch) (Changes, error)
	// RegisterUpsert stores the rows of a batch: new ones are inserted, changed ones get a new version, equal ones stay.
	RegisterUpsert(ctx context.Context, register *pack.Register, batch Batch) (Changes, error)
	// RegisterDelete takes rows away; what they held stays in the history. The reason is that of the action.
	RegisterDelete(ctx context.Context, register *pack.Register, ids ...string) error
}

// Reported is a unit that has a row in a period; the period is zero for registers without periods.
type Reported struct {
	Unit   string
	Period period.Period
}

// Reports says how many rows a unit has, and when the last of them was reported.
type Reports struct {
	Rows int
	Last time.Time
}

// Query names rows of one register. Zero parts do not narrow.
type Query struct {
	Period     period.Period
	Periods    []period.Period
	Unit       string   // the rows of this unit alone
	Units      []string // the rows of these units
	Under      string   // the rows of this unit and of every unit below it
	Filters    []Filter
	Sort       string // name of a column, or "unit" or "period"; "" sorts by unit and period
	Descending bool
	Limit      int // of RegisterRows; 0 or more than MaxPage: MaxPage
	Offset     int
	Personal   bool // personal cells are opened; else they come masked
}

// Filter is one condition on a column that is not personal. Several filters must all hold.
type Filter struct {
	Column   string
	Is       *Cell // equal to this cell; an unknown cell asks for rows where the column is empty
	Least    *float64
	Most     *float64
	From     string   // of dates: on this day (2024-03-15) or later; ""
	Until    string   // of dates: on this day or before; ""
	In       []string // of choices: one of these names; nil: any
	Contains string   // of texts
}

// Batch is what an import or a form hands over. Rows are found again by unit, period and key, or by ID where that is given.
type Batch struct {
	Rows  []Row
	Given []bool // for each column of the register whether the rows say anything about it; nil: every column
}

// Gives tells whether the rows of the batch say something about column n.
func (b Batch) Gives(n int) bool { return b.Given == nil || b.Given[n] }

// Changes says what a batch did, or would do. Rows are the inserted and changed ones as they now stand.
type Changes struct {
	Inserted, Updated, Unchanged int
	Rows                         []Row
}

// Version is one version of a row: what stood, who wrote it, when and why. A deletion holds the row that was taken away.
type Version struct {
	Row     Row
	Deleted bool
	Person  string // id
	Post    string // id
	Action  string // key of its text
	Reason  string
	At      time.Time
}

// Stored tells whether a column is kept: computed columns are not, they are made again from the others.
func Stored(column *pack.Column) bool { return column.Formula == nil && column.Lookup == nil }

// Imported tells whether a column is taken from files and forms: what is computed, counted or kept by a lifecycle is not.
func Imported(column *pack.Column) bool {
	return Stored(column) && !column.Kept && column.Counts == nil
}
