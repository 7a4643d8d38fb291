package class

import (
	"strconv"
	"strings"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// Groups reads lists of ids: a group on each line; or two columns, of which one holds ids and the other the name of the group. A first line
// without any id of the roster is a head. Ids that the roster does not have are kept, so that freezing names them.
func Groups(rows [][]string, ids map[string]bool) (groups [][]string) {
	if len(rows) > 0 && known(rows[0], ids) == 0 {
		rows = rows[1:]
	}
	if column := idColumn(rows, ids); column >= 0 {
		return grouped(rows, column)
	}
	for _, row := range rows {
		var group []string
		for _, cell := range row {
			if cell = strings.TrimSpace(cell); cell != "" {
				group = append(group, cell)
			}
		}
		groups = append(groups, group)
	}
	return groups
}

func known(row []string, ids map[string]bool) (count int) {
	for _, cell := range row {
		if ids[strings.TrimSpace(cell)] {
			count++
		}
	}
	return count
}

// idColumn is the column of ids where every line has two cells, one of them an id and the other, in the same column, never; else -1.
func idColumn(rows [][]string, ids map[string]bool) int {
	for column := range 2 {
		all := len(rows) > 1
		for _, row := range rows {
			all = all && len(row) == 2 && ids[strings.TrimSpace(row[column])] && !ids[strings.TrimSpace(row[1-column])]
		}
		if all {
			return column
		}
	}
	return -1
}

func grouped(rows [][]string, column int) (groups [][]string) {
	at := map[string]int{}
	for _, row := range rows {
		name := strings.TrimSpace(row[1-column])
		if _, seen := at[name]; !seen {
			at[name] = len(groups)
			groups = append(groups, nil)
		}
		groups[at[name]] = append(groups[at[name]], strings.TrimSpace(row[column]))
	}
	return groups
}

// ReadLocks reads id, number of the class and reason; a first line without an id of the roster is a head.
func ReadLocks(rows [][]string, ids map[string]bool) (locks []Lock, faults fault.List) {
	from := 0
	if len(rows) > 0 && known(rows[0], ids) == 0 {
		from = 1
	}
	for i, row := range rows[from:] {
		cell := func(column int) string {
			if column < len(row) {
				return strings.TrimSpace(row[column])
			}
			return ""
		}
		class, err := strconv.Atoi(strings.TrimSuffix(cell(1), "班"))
		if err != nil {
			faults.Add(fault.At(fault.Place{Row: from + i + 1}, "draw.class_lock", message.Args{"id": cell(0)}))
			continue
		}
		locks = append(locks, Lock{ID: cell(0), Class: class, Reason: cell(2)})
	}
	return locks, faults
}
