package calendar

import (
	"slices"
	"strings"
	"unicode/utf8"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/period"
)

// Limits of a table of days.
const (
	MaxRows   = 1000
	MaxName   = 40
	FirstYear = 2000
	LastYear  = 2100
)

// Heads of the columns as people write them; the first of each is what faults call it.
var (
	headOn   = []string{"日期", "date"}
	headName = []string{"名称", "节日", "name"}
	headKind = []string{"放假或上班", "类型", "kind"}
)

var (
	wordsOff    = []string{"放假", "休息", "休", "off"}
	wordsWorked = []string{"上班", "补班", "班", "work"}
)

// Table is what a table of days holds.
type Table struct {
	Read   int // rows below the head that are not empty
	Days   []Day
	Faults fault.List
}

// ReadTable reads a table with the columns 日期, 名称, 放假或上班; its first row that is not empty is the head. Other columns are
// left alone. Every fault is told.
func ReadTable(rows [][]string) Table {
	var t Table
	first := slices.IndexFunc(rows, func(row []string) bool { return !isEmpty(row) })
	if first < 0 {
		t.Faults.Add(fault.New("calendar.empty", nil))
		return t
	}
	at := map[string]int{}
	for _, heads := range [][]string{headOn, headName, headKind} {
		n := columnOf(rows[first], heads)
		if n < 0 {
			t.Faults.Add(fault.At(fault.Place{Row: first + 1, Column: heads[0]}, "calendar.column_missing", message.Args{"column": heads[0]}))
		}
		at[heads[0]] = n
	}
	if n := len(rows) - first - 1; n > MaxRows {
		t.Faults.Add(fault.New("calendar.too_many_rows", message.Args{"rows": n, "limit": MaxRows}))
	}
	if len(t.Faults) > 0 {
		return t
	}
	seen := map[period.Date]int{}
	for i := first + 1; i < len(rows); i++ {
		if isEmpty(rows[i]) {
			continue
		}
		t.Read++
		t.row(rows[i], i+1, at, seen)
	}
	if t.Read == 0 {
		t.Faults.Add(fault.New("calendar.empty", nil))
	}
	return t
}

func isEmpty(row []string) bool { return strings.TrimSpace(strings.Join(row, "")) == "" }

func columnOf(head, names []string) int {
	return slices.IndexFunc(head, func(cell string) bool { return slices.Contains(names, strings.ToLower(strings.TrimSpace(cell))) })
}

// row reads one row, or tells all that is wrong with it.
func (t *Table) row(cells []string, row int, at map[string]int, seen map[period.Date]int) {
	cell := func(head string) string {
		if n := at[head]; n < len(cells) {
			return strings.TrimSpace(cells[n])
		}
		return ""
	}
	before := len(t.Faults)
	bad := func(column, code string, args message.Args) {
		t.Faults.Add(fault.At(fault.Place{Row: row, Column: column}, code, args))
	}
	day := Day{Name: cell(headName[0])}
	text := cell(headOn[0])
	on, readable := period.ParseDate(text)
	day.On = on
	switch {
	case !readable:
		bad(headOn[0], "calendar.date", message.Args{"text": text})
	case on.Year < FirstYear || on.Year > LastYear:
		bad(headOn[0], "calendar.year", message.Args{"date": on.String(), "first": FirstYear, "last": LastYear})
	case seen[on] > 0:
		bad(headOn[0], "calendar.twice", message.Args{"date": on.String(), "row": seen[on]})
	default:
		seen[on] = row
	}
	if n := utf8.RuneCountInString(day.Name); n == 0 || n > MaxName {
		bad(headName[0], "calendar.name", message.Args{"limit": MaxName})
	}
	switch kind := strings.ToLower(cell(headKind[0])); {
	case slices.Contains(wordsOff, kind):
		day.Off = true
	case !slices.Contains(wordsWorked, kind):
		bad(headKind[0], "calendar.kind", message.Args{"text": kind})
	}
	if len(t.Faults) == before {
		t.Days = append(t.Days, day)
	}
}
