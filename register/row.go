package register

import (
	"time"

	"jiaoheng/period"
)

// MaxRows is the most rows of one import.
const MaxRows = 200_000

// Cell is one value of a row. The zero value is an empty cell: 未报. Numbers, money, percentages and counts stand in Number,
// flags as 0 or 1; a choice (its name), a date (2024-03-15) and a text stand in Text.
type Cell struct {
	Known  bool
	Number float64
	Text   string
}

// Row is one row of a register. Cells has one entry for each column of the declaration.
type Row struct {
	ID      string
	Unit    string        // code of the unit whose row it is
	Period  period.Period // zero for registers without periods
	Cells   []Cell
	Version int64
	Origin  Origin
}

// Origin says where a row comes from.
type Origin struct {
	Kind   string // file, form, demo
	File   string // name of the file
	Row    int    // row in the file
	Person string // id of the person who reported it
	At     time.Time
}
