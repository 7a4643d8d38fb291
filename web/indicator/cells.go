package indicator

import (
	"jiaoheng/pack"
	"jiaoheng/register"
	"jiaoheng/round"
	"jiaoheng/web/shell"
)

// lets are the words for the aggregates of an indicator over cells: what they count is said by the register.
func (s *sight) lets() map[string]string {
	if s.i.Cells == nil {
		return nil
	}
	words := map[string]string{}
	titles := map[string]string{}
	if declared, known := s.now.Scope().Register(s.i.Cells.Register); known {
		for _, column := range declared.Columns {
			titles[column.Name] = column.Title.In(s.language)
			for _, option := range column.Choices {
				titles[column.Name+"."+option.Name] = option.Title.In(s.language)
			}
		}
	}
	for _, let := range s.i.Cells.Let {
		if let.Of != nil {
			words[let.Name] = "(" + formulaToken.ReplaceAllStringFunc(let.Of.Text, func(token string) string {
				if title, known := titles[token]; known {
					return title
				}
				if sign, known := formulaSigns[token]; known {
					return sign
				}
				return s.nameText(token)
			}) + ")"
		}
	}
	return words
}

// cellTable shows the cells of an indicator as a matrix: the first column of By across, the others down. A combination of
// which there is no row is marked, and so is a cell that does not meet the standard.
func (s *sight) cellTable(e round.Explanation) shell.Table {
	table := shell.Table{Caption: shell.Text(s.ctx, "indicator.show.cells")}
	if e.Cells == nil || len(e.Cells.Keys) == 0 || len(e.Cells.By) == 0 {
		return table
	}
	declared, _ := s.now.Scope().Register(s.i.Cells.Register)
	down, columns := order(e.Cells.CellGroups, 1, len(e.Cells.By)), order(e.Cells.CellGroups, 0, 1)
	table.Columns = []shell.Column{{Title: s.columnTitle(declared, e.Cells.By[len(e.Cells.By)-1])}}
	for _, column := range columns {
		table.Columns = append(table.Columns, shell.Column{Title: s.choiceTitle(declared, e.Cells.By[0], column[0]), Align: shell.Figures})
	}
	for _, key := range down {
		name := ""
		for k, part := range key {
			name += s.choiceTitle(declared, e.Cells.By[k+1], part) + " "
		}
		row := []shell.Cell{{Text: name}}
		for _, column := range columns {
			row = append(row, s.cellAt(e, append(column[:1:1], key...)))
		}
		table.Rows = append(table.Rows, row)
	}
	return table
}

func (s *sight) cellAt(e round.Explanation, key []string) shell.Cell {
	for k, one := range e.Cells.Keys {
		if same(one, key) {
			line := s.line
			line.Value = e.Cells.Values.Get(k, s.i.Name)
			text := lineText(s.ctx, line, s.i.Decimals)
			if coloured(line) {
				return shell.Cell{Body: shell.StatusWord(shell.Unmet, text)}
			}
			return shell.Cell{Text: text}
		}
	}
	return shell.Cell{Text: shell.Text(s.ctx, "indicator.show.no_cell")}
}

func same(a, b []string) bool {
	for k := range a {
		if k >= len(b) || a[k] != b[k] {
			return false
		}
	}
	return len(a) == len(b)
}

// order returns the different parts from one column of By to another, in the order in which they come.
func order(groups register.CellGroups, from, to int) [][]string {
	var all [][]string
	for _, key := range groups.Keys {
		part := key[from:to]
		known := false
		for _, one := range all {
			known = known || same(one, part)
		}
		if !known {
			all = append(all, part)
		}
	}
	return all
}

func (s *sight) columnTitle(declared *pack.Register, name string) string {
	if declared != nil {
		for _, column := range declared.Columns {
			if column.Name == name {
				return column.Title.In(s.language)
			}
		}
	}
	return name
}

func (s *sight) choiceTitle(declared *pack.Register, name, choice string) string {
	if declared != nil {
		for _, column := range declared.Columns {
			for _, option := range column.Choices {
				if column.Name == name && option.Name == choice {
					return option.Title.In(s.language)
				}
			}
		}
	}
	return choice
}
