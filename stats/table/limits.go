package table

// Limits says how large a table may be and what faults call it; a zero stands for the value of DefaultLimits.
type Limits struct {
	Bytes   int64  // of the text in memory; only Read knows it
	Rows    int    // of data
	Columns int    //
	Faults  int    // that are told one by one
	File    string // the name that faults show
}

// DefaultLimits are the limits of tables that a program holds in memory.
var DefaultLimits = Limits{Bytes: 1 << 30, Rows: 20_000_000, Columns: 2_000, Faults: 20}

// MaxRow is how many bytes a row may have.
const MaxRow = 16 << 20

func (l Limits) orDefault() Limits {
	if l.Bytes == 0 {
		l.Bytes = DefaultLimits.Bytes
	}
	if l.Rows == 0 {
		l.Rows = DefaultLimits.Rows
	}
	if l.Columns == 0 {
		l.Columns = DefaultLimits.Columns
	}
	if l.Faults == 0 {
		l.Faults = DefaultLimits.Faults
	}
	return l
}
