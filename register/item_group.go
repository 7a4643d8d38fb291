package register

import (
	"slices"
	"strconv"
	"strings"

	"jiaoheng/expr"
	"jiaoheng/frame"
	"jiaoheng/measure"
	"jiaoheng/pack"
)

// groups are rows gathered by columns, within each unit or over many. Formulas over groups read the aggregates of each
// by their names.
type groups struct {
	grid    *Grid
	per     []int
	rows    over  // the rows with the group of each
	first   []int // first row of each group
	unitOf  []int
	count   int
	columns map[string]*frame.Column
}

// gather makes a group for each combination of the columns within a group of rows, of the rows that are included.
//
// why gets, for groups of rows, the columns that a row lacks to be placed.
func (g *Grid) gather(per []int, rows over, include []bool) (*groups, *joined) {
	why := newJoined(rows.groups)
	type next struct {
		group int
		text  string
	}
	groupOf := make([]int, len(g.rows))
	for i := range groupOf {
		groupOf[i] = -1
		if include[i] {
			groupOf[i] = rows.groupOf[i]
		}
	}
	for _, at := range per {
		number := map[next]int{}
		for i, group := range groupOf {
			if group < 0 {
				continue
			}
			text, known := g.text(i, at)
			if !known {
				why.add(rows.groupOf[i], measure.MissingFor(g.rules.register.Columns[at].Name).Reason())
				groupOf[i] = -1
				continue
			}
			n, seen := number[next{group, text}]
			if !seen {
				n = len(number)
				number[next{group, text}] = n
			}
			groupOf[i] = n
		}
	}
	made := &groups{grid: g, per: per, columns: map[string]*frame.Column{}}
	made.number(groupOf, rows)
	return made, why
}

// number numbers the groups that are left in the order of their first rows.
func (s *groups) number(groupOf []int, rows over) {
	number := map[int]int{}
	for i, group := range groupOf {
		if group < 0 {
			continue
		}
		n, seen := number[group]
		if !seen {
			n = s.count
			s.count++
			number[group] = n
			s.first = append(s.first, i)
			s.unitOf = append(s.unitOf, rows.groupOf[i])
		}
		groupOf[i] = n
	}
	s.rows = over{source: s.grid, shape: s.grid.shape, groupOf: groupOf, groups: s.count}
}

// text returns what a cell holds as a key of groups.
func (g *Grid) text(row, column int) (string, bool) {
	declared := g.rules.register.Columns[column]
	values := g.columns[column]
	switch {
	case values == nil:
		cell := &g.rows[row].Cells[column]
		return cell.Text, cell.Known
	case !values.Present.Get(row):
		return "", false
	case declared.Type == pack.Choice:
		return declared.Choices[int(values.Numbers[row])-1].Name, true
	}
	return strconv.FormatFloat(values.Numbers[row], 'g', -1, 64), true
}

// run computes one aggregate for each group.
func (s *groups) run(let *aggregate) {
	include, why := s.grid.window(let, s.rows)
	result := let.run(s.rows, include, why)
	out := frame.NewColumn(s.count)
	for group := range s.count {
		out.Set(group, result.value(group))
	}
	s.columns[let.declared.Name] = out
}

// Column gives formulas over groups the column of a name: an aggregate, an option of a column that makes the groups, or a
// given value of the unit.
func (s *groups) Column(reference expr.Reference) *frame.Column {
	if column := s.columns[reference.Name]; column != nil {
		return column
	}
	var column *frame.Column
	if at, known := s.grid.rules.columnOf(reference.Name); known && slices.Contains(s.per, at) {
		option := reference.Name[strings.LastIndexByte(reference.Name, '.')+1:]
		column = frame.NewColumn(s.count)
		for group, row := range s.first {
			chosen, _ := s.grid.text(row, at)
			value := 0.0
			if chosen == option {
				value = 1
			}
			column.Set(group, measure.Of(value))
		}
	} else {
		column = spread(s.count, s.unitsOfRows(), s.grid.givenValues(reference.Name))
	}
	s.columns[reference.Name] = column
	return column
}

// unitsOfRows returns for each group the unit of its first row.
func (s *groups) unitsOfRows() []int {
	units := make([]int, s.count)
	for group, row := range s.first {
		units[group] = s.grid.unitOf[row]
	}
	return units
}
