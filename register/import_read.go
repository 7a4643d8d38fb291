package register

import (
	"slices"
	"strings"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/unit"
)

// Limits of an import beside MaxRows. Faults beyond MaxFaults are counted, not told one by one.
const (
	MaxFaults   = 2000
	maxHeadRows = 10
)

// Request is what an import is read with.
type Request struct {
	Register *pack.Register
	Period   period.Period // zero for registers without periods
	Today    period.Date   // no period may begin after it
	Tree     *unit.Tree
	Origin   Origin // of every row, without the number of the row
	// May tells whether the rows of a unit may be written by whoever imports; nil: those of every unit.
	May func(u unit.Unit) bool
	// Check calls failed for every check of the register that a row does not fulfil, both by number; nil checks nothing.
	Check func(rows []Row, failed func(row, check int)) error
}

// Report is what an import found. Batch holds every row without a fault.
type Report struct {
	Rows, Accepted, Refused int
	Faults, Warnings        fault.List
	Batch                   Batch
}

// reader reads one table.
type reader struct {
	request  Request
	report   *Report
	head     head
	rowOf    map[string]int // row of the file by unit and key
	more     int            // faults that are not told
	warnings int
}

// Read reads the rows of a register from a table, whose head stands in one of the first rows, in one row or in two.
//
// Every fault of every row is told with its row and column; a row with a fault is refused, the others stand in the batch
// and it is for the caller to store them or not. A fault of the head that leaves no row readable refuses all rows.
// Errors: only what Request.Check returns.
func Read(rows [][]string, request Request) (Report, error) {
	var report Report
	r := &reader{request: request, report: &report, rowOf: map[string]int{}}
	report.Faults.Add(CheckPeriod(request.Register, request.Period)...)
	if p := request.Period; len(report.Faults) == 0 && !p.IsZero() && request.Today.Before(p.From()) {
		r.fault(fault.Place{}, "register.period_future", message.Args{"period": p, "begins": p.From()})
	}
	if len(rows) > MaxRows+maxHeadRows {
		r.fault(fault.Place{}, "register.too_many_rows", message.Args{"rows": len(rows), "limit": MaxRows})
	}
	if len(report.Faults) > 0 {
		return report, nil
	}
	readable := r.findHead(rows)
	var accepted []Row
	for i := r.head.first; i < len(rows); i++ {
		if blank(rows[i]) {
			continue
		}
		report.Rows++
		if !readable {
			continue
		}
		if row, ok := r.row(rows[i], i+1); ok {
			accepted = append(accepted, row)
		}
	}
	if readable && report.Rows == 0 {
		r.fault(fault.Place{}, "register.table_empty", nil)
	}
	accepted, err := r.check(accepted)
	report.Accepted, report.Refused = len(accepted), report.Rows-len(accepted)
	report.Batch = Batch{Rows: accepted, Given: r.head.given}
	slices.SortStableFunc(report.Faults, func(a, b *fault.Fault) int { return a.Place.Row - b.Place.Row })
	if r.more > 0 {
		report.Faults.Add(fault.New("register.more_faults", message.Args{"count": r.more, "limit": MaxFaults}))
	}
	if r.warnings > MaxFaults {
		report.Warnings.Add(fault.New("register.more_faults", message.Args{"count": r.warnings - MaxFaults, "limit": MaxFaults}))
	}
	return report, err
}

// CheckPeriod refuses a period that a register does not have.
func CheckPeriod(register *pack.Register, p period.Period) fault.List {
	args := message.Args{"register": register.Title, "period": p, "every": message.Word("register.every." + EveryName(register.Every))}
	switch {
	case register.Every == 0 && !p.IsZero():
		return fault.List{fault.New("register.period_needless", args)}
	case register.Every != 0 && p.IsZero():
		return fault.List{fault.New("register.period_missing", args)}
	case register.Every != p.Kind:
		return fault.List{fault.New("register.period_kind", args)}
	}
	return nil
}

// EveryName returns the word by which packs name a kind of period.
func EveryName(kind period.Kind) string {
	return map[period.Kind]string{period.Year: "year", period.SchoolYear: "school_year", period.Term: "term", period.Month: "month", period.Day: "day"}[kind] +
		map[bool]string{true: "none"}[kind == 0]
}

func (r *reader) fault(place fault.Place, code string, args message.Args) {
	if len(r.report.Faults) >= MaxFaults {
		r.more++
		return
	}
	r.report.Faults.Add(fault.At(place, code, args))
}

func (r *reader) warn(place fault.Place, code string, args message.Args) {
	if r.warnings++; r.warnings <= MaxFaults {
		r.report.Warnings.Add(fault.At(place, code, args))
	}
}

// row reads one row; false when it is refused.
func (r *reader) row(cells []string, number int) (Row, bool) {
	before := len(r.report.Faults) + r.more
	register := r.request.Register
	if r.isNoRow(cells, number) {
		return Row{}, false
	}
	row := Row{Period: r.request.Period, Cells: make([]Cell, len(register.Columns)), Origin: r.request.Origin}
	row.Origin.Row = number
	row.ID = r.text(cells, r.head.id)
	row.Unit = r.unitOf(cells, number)
	r.checkPeriodCell(cells, number)
	for _, n := range r.head.order {
		column, at := register.Columns[n], r.head.column[n]
		cell, code, args := readCell(r.text(cells, at), column, r.head.ratio[n])
		if code == "" && !cell.Known && needs(register, column) {
			code = unfilledCode(column)
		}
		if code != "" {
			if args == nil {
				args = message.Args{}
			}
			args["column"], args["text"] = column.Title, shortened(r.text(cells, at))
			r.fault(r.place(number, at), code, args)
		}
		row.Cells[n] = cell
	}
	r.once(row, number)
	return row, len(r.report.Faults)+r.more == before
}

// once refuses a row whose unit and key stood in an earlier row, also one that is refused for something else.
func (r *reader) once(row Row, number int) {
	register := r.request.Register
	parts := []string{row.Unit, row.ID}
	known := row.Unit != ""
	for n, column := range register.Columns {
		if slices.Contains(register.Key, column.Name) {
			parts = append(parts, plainText(row.Cells[n], column))
			known = known && row.Cells[n].Known
		}
	}
	if !known {
		return
	}
	key := strings.Join(parts, "\x1f")
	before, twice := r.rowOf[key]
	if !twice {
		r.rowOf[key] = number
		return
	}
	code := "register.row_twice"
	if len(register.Key) == 0 {
		code = "register.unit_twice"
	}
	r.fault(r.place(number, r.head.code), code, message.Args{"unit": row.Unit, "row": before, "key": r.keyTitles()})
}

func (r *reader) keyTitles() titles {
	var titles titles
	for _, column := range r.request.Register.Columns {
		if slices.Contains(r.request.Register.Key, column.Name) {
			titles = append(titles, column.Title)
		}
	}
	return titles
}

// titles are several titles in one place of a text.
type titles []pack.Text

// In returns the titles in the language.
func (t titles) In(language message.Language) string {
	texts := make([]string, len(t))
	for i, title := range t {
		texts[i] = title.In(language)
	}
	return strings.Join(texts, map[bool]string{true: ", ", false: "、"}[language == message.English])
}

// check runs the checks of the register over the rows and returns those that are not refused.
func (r *reader) check(rows []Row) ([]Row, error) {
	if r.request.Check == nil || len(rows) == 0 {
		return rows, nil
	}
	refused := map[int]bool{}
	err := r.request.Check(rows, func(row, number int) {
		check := r.request.Register.Checks[number]
		place := fault.Place{Row: rows[row].Origin.Row}
		args := message.Args{"say": check.Say}
		if check.Warn {
			r.warn(place, "register.check_warns", args)
			return
		}
		refused[row] = true
		r.fault(place, "register.check_failed", args)
	})
	kept := rows[:0:0]
	for i, row := range rows {
		if !refused[i] {
			kept = append(kept, row)
		}
	}
	return kept, err
}

func (r *reader) text(cells []string, at int) string {
	if at < 0 || at >= len(cells) {
		return ""
	}
	return cells[at]
}

func shortened(text string) string {
	if runes := []rune(text); len(runes) > 40 {
		return string(runes[:40]) + "…"
	}
	return text
}

func blank(cells []string) bool {
	for _, cell := range cells {
		if strings.TrimSpace(cell) != "" {
			return false
		}
	}
	return true
}
