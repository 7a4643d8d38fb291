package table

import (
	"strconv"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// Widen turns rows of one value each (pupil, subject, mark) into one row for each pupil with a column for each subject. Other columns
// take the value of the pupil's first row. Pupils stand in the order in which they are met; a subject that a pupil lacks is missing.
//
// Errors: a fault.List that names a column that is not there or a mark that is no number, and every pupil who has a subject twice.
func (t *Table) Widen(subject, value, pupil string) (*Table, error) {
	var faults fault.List
	place := map[string]int{}
	for _, name := range []string{subject, value, pupil} {
		for i := range t.Columns {
			if t.Columns[i].Name == name {
				place[name] = i
			}
		}
		if _, known := place[name]; !known {
			faults.Add(fault.New("table.widen_column", message.Args{"column": name}))
		}
	}
	if len(faults) > 0 {
		return nil, faults
	}
	marks := &t.Columns[place[value]]
	if marks.Text {
		return nil, fault.List{fault.New("table.widen_words", message.Args{"column": value, "word": marks.Word})}
	}
	subjects, pupils := t.Columns[place[subject]].Factor(), t.Columns[place[pupil]].Factor()
	out := &Table{}
	row := make(map[int32]int, len(pupils.Levels))
	var first []int
	for i := range t.Rows {
		if pupils.Codes[i] < 0 || subjects.Codes[i] < 0 {
			continue
		}
		if _, known := row[pupils.Codes[i]]; !known {
			row[pupils.Codes[i]] = len(first)
			first = append(first, i)
		}
	}
	out.Rows = len(first)
	for i := range t.Columns {
		if i != place[subject] && i != place[value] {
			out.Columns = append(out.Columns, t.Columns[i].pick(first))
		}
	}
	wide := len(out.Columns)
	for _, name := range subjects.Levels {
		column := Column{Name: name, Numbers: make([]float64, out.Rows), Missing: make([]bool, out.Rows)}
		for k := range column.Missing {
			column.Missing[k] = true
		}
		out.Columns = append(out.Columns, column)
	}
	for i := range t.Rows {
		if pupils.Codes[i] < 0 || subjects.Codes[i] < 0 || marks.IsMissing(i) {
			continue
		}
		column, k := &out.Columns[wide+int(subjects.Codes[i])], row[pupils.Codes[i]]
		if !column.Missing[k] && len(faults) < DefaultLimits.Faults {
			faults.Add(fault.New("table.widen_twice", message.Args{"pupil": pupils.Levels[pupils.Codes[i]], "subject": column.Name, "row": strconv.Itoa(i + 1)}))
		}
		column.Numbers[k], column.Missing[k] = marks.Numbers[i], false
	}
	return out, faults.Err()
}

// pick is the column with some of its values.
func (c *Column) pick(rows []int) Column {
	out := Column{Name: c.Name, Text: c.Text, Levels: c.Levels, Word: c.Word, Line: c.Line}
	for _, i := range rows {
		if c.Text {
			out.Codes = append(out.Codes, c.Codes[i])
		} else {
			out.Numbers = append(out.Numbers, c.Numbers[i])
		}
		if c.Missing != nil {
			out.Missing = append(out.Missing, c.Missing[i])
		}
	}
	return out
}
