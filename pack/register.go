package pack

import (
	"jiaoheng/fault"
	"jiaoheng/lifecycle"
	"jiaoheng/measure"
	"jiaoheng/period"
	"jiaoheng/unit"
)

// Register is a typed table of facts. A row belongs to a unit and to a period, save where Every is 0.
type Register struct {
	Name     string
	Pack     string
	Title    Text
	Of       []unit.Kind
	Stages   []unit.Stage // only sections of these stages, schools that have one of them; empty: all
	Every    period.Kind  // 0: rows stand outside periods, such as a staff list with dates
	Key      []string     // columns that tell rows of one unit and period apart; empty: one row
	Optional bool         // whoever reports nothing is not silent
	Columns  []*Column
	Checks   []Check
	Items    []*Item            // computed from the rows; the numeric and flag columns of a register without Key are items by themselves
	Life     *lifecycle.Machine // nil: rows are facts and have no state
	Serial   *Serial            // numbers new rows; nil: people write the key
	Heading  string             // column that says in a few words what a row is about; "" the key
	PartOf   string             // register of which these rows are sub-rows; ""
	Subject  string             // of the bureau office whose business the rows are, such as 督导
	Names    []lifecycle.Who    // posts above the school that see the rows one by one though they hold personal columns
	Example  string             // file of examples/ with rows as a bureau would import them; ""
	Source   Source
	Place    fault.Place
}

// Serial numbers the rows of a register without gaps: Column is a text of the key; Form holds {{year}} and {{number}}.
type Serial struct {
	Column string
	Form   string
	Place  fault.Place
}

// ColumnType is what a cell of a column holds.
type ColumnType string

// The types of columns. Count is a whole number from 0, Money is in 元, Percent is 85 for 85 %.
const (
	Count   ColumnType = "count"
	Number  ColumnType = "number"
	Money   ColumnType = "money"
	Percent ColumnType = "percent"
	Flag    ColumnType = "flag"
	Choice  ColumnType = "choice"
	Date    ColumnType = "date"
	Line    ColumnType = "text"
)

// Numeric tells whether cells of the type hold a number.
func (t ColumnType) Numeric() bool {
	return t == Count || t == Number || t == Money || t == Percent
}

// Column is one column of a register. A choice is named in formulas as column.choice, a flag as the column.
type Column struct {
	Name     string
	Title    Text
	Type     ColumnType
	Measure  measure.Measure
	Required bool
	Least    *float64
	Most     *float64
	Length   int // of texts, in characters
	Choices  []Option
	Personal bool // encrypted, masked
	Attach   bool // a finding of a person: wants an attachment
	Help     Text
	Was      []string // other headings that an import accepts
	Formula  *Formula // computed from other columns of the row; never imported
	Lookup   *Lookup  // looked up in a table; never imported
	Counts   *Counts  // counted when the row is made or changed, then kept; never imported
	Kept     bool     // kept by the lifecycle: state, since, due, lead, owner, maker, part_of, back; never imported or written in forms
	Default  string   // what the form of a new row begins with: a value as typed, "today", or "same" for that of the last row of the unit
	Locked   bool     // given when the row is made, or by an event; never edited by itself
	Source   Source
	Place    fault.Place
}

// Counts counts other rows for a row: those of Register with the same values in Same, dated before this row by at most
// Months, for which Where holds. It is how a repeated finding is known.
type Counts struct {
	Register string
	Same     []string // columns that both registers have, or "unit"
	Dated    string   // date column of both registers
	Months   *Formula
	Where    *Formula // over the rows that are counted
	Place    fault.Place
}

// Option is one value of a choice.
type Option struct {
	Name  string
	Title Text
	Place fault.Place
}

// Check is a condition that every row must fulfil.
type Check struct {
	That  *Formula
	Say   Text
	Warn  bool // told, but the row is accepted
	Place fault.Place
}

// AggregateKind says how rows become one number.
type AggregateKind string

// How rows become one number. CountOf counts the rows for which the condition holds.
const (
	CountOf AggregateKind = "count"
	SumOf   AggregateKind = "sum"
	LeastOf AggregateKind = "min"
	MostOf  AggregateKind = "max"
)

// Aggregate makes one number of rows. A count or a sum over no rows at all is 0 once the unit has reported any row of the
// register, and missing before; a least or most over no rows is invalid.
type Aggregate struct {
	Name  string
	Kind  AggregateKind
	Of    *Formula // condition of a count, number of the others; a count of nil counts every row
	Where *Formula // only these rows; nil: all
	Dated string   // column with the date of the row
	Years *Formula // only rows whose Dated lies in the last so many years up to the last day of the period; nil: in the period, when Dated is given
	Place fault.Place
}

// Item is one number for a unit and a period, computed from the rows of a register with a key. With Per the rows are
// first gathered by these columns, Let is computed for each group, and Aggregate runs over the groups.
type Item struct {
	Aggregate
	Title   Text
	Measure measure.Measure
	Every   period.Kind // for registers without periods
	Per     []string
	Let     []*Aggregate
	Source  Source
}

// Table gives a number for a measured value, such as points for a time run: by the sex and grade of the row.
type Table struct {
	Name      string
	Title     Text
	By        []string
	Falling   bool // the smaller the better
	Points    []float64
	Otherwise *float64 // for whoever reaches no row; nil: the lowest points
	Rows      []TableRow
	Source    Source
	Place     fault.Place
}

// TableRow holds, for one combination of the columns By, what must be reached for each of Points; a nil cell does not
// exist. Bands, where given instead, gives points for values From ≤ value < Below.
type TableRow struct {
	By    []string
	Reach []*float64
	Bands []Band
	Place fault.Place
}

// Band is a range of values with its points. A nil end is open.
type Band struct {
	From, Below *float64
	Points      float64
}

// Lookup says in which table the value of which column is looked up. The columns of Table.By are those of the row, of the
// same names.
type Lookup struct {
	Table string
	Value string
	Place fault.Place
}
