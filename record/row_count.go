package record

import (
	"context"
	"slices"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/register"
)

// unitColumn is what Counts.Same calls the unit of a row.
const unitColumn = "unit"

// count fills the columns that count other rows.
func (w *writing) count(ctx context.Context, s *scene) error {
	row := s.row
	row.Cells = slices.Clone(row.Cells)
	var faults fault.List
	for n, c := range s.register.Columns {
		if c.Counts == nil {
			continue
		}
		number, known, err := w.countOf(ctx, s, c.Counts)
		if err != nil {
			if wrong := fault.Of(err); wrong != nil {
				faults.Add(wrong...)
				continue
			}
			return err
		}
		row.Cells[n] = register.Cell{Known: known, Number: float64(number)}
	}
	s.set(row)
	return faults.Err()
}

// countOf counts the rows that have the same values as the row of the scene and are dated before it. It is not known when
// the row lacks one of the values, or its own date.
func (w *writing) countOf(ctx context.Context, s *scene, counts *pack.Counts) (int, bool, error) {
	other, known := w.desk.scope.Register(counts.Register)
	if !known {
		return 0, false, nil
	}
	query, known := sameRows(s, other, counts.Same)
	until := register.DateOf(s.register, s.row, counts.Dated)
	if !known || until.IsZero() {
		return 0, false, nil
	}
	dated := register.Filter{Column: counts.Dated, Until: until.String()}
	if counts.Months != nil {
		months, known := s.value(counts.Months).Number()
		if !known || months < 0 || months > 1200 {
			return 0, false, fault.New("record.months_unknown", message.Args{"formula": counts.Months.Text})
		}
		dated.From = monthsBefore(until, int(months)).String()
	}
	query.Filters, query.Personal = append(query.Filters, dated), true
	var rows []register.Row
	for row, err := range w.desk.store.RegisterEach(ctx, other, query) {
		if err != nil {
			return 0, false, err
		}
		if other == s.register && row.ID == s.row.ID {
			continue
		}
		rows = append(rows, row)
	}
	if counts.Where == nil || len(rows) == 0 {
		return len(rows), true, nil
	}
	rules, err := w.desk.rulesOf(other)
	if err != nil {
		return 0, false, err
	}
	grid, number := rules.On(s.day, s.ask, rows), 0
	for i := range rows {
		if holds, known := grid.Formula(i, counts.Where.Ready).Number(); known && holds != 0 {
			number++
		}
	}
	return number, true, nil
}

// sameRows names the rows of a register with the same values in columns.
func sameRows(s *scene, other *pack.Register, columns []string) (register.Query, bool) {
	var query register.Query
	for _, name := range columns {
		if name == unitColumn {
			query.Unit = s.row.Unit
			continue
		}
		n := s.register.At(name)
		if n < 0 || other.At(name) < 0 || !s.row.Cells[n].Known {
			return query, false
		}
		cell := s.row.Cells[n]
		query.Filters = append(query.Filters, register.Filter{Column: name, Is: &cell})
	}
	return query, true
}

// monthsBefore is the day so many months before another; the last day of the month where there is no such day.
func monthsBefore(day period.Date, months int) period.Date {
	at := day.Year*12 + day.Month - 1 - months
	found := period.Date{Year: at / 12, Month: at%12 + 1, Day: day.Day}
	for !found.Valid() && found.Day > 28 {
		found.Day--
	}
	return found
}
