package record

import (
	"context"
	"slices"
	"strings"

	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/register"
	"jiaoheng/unit"
)

// Names are what the ids in columns that the lifecycle keeps are called.
type Names struct {
	Persons map[string]string // by id
	Rows    map[string]string // rows that others are parts of, by register/row
}

// NamesOf returns the names of the rows of a register of which some rows are parts. see tells whether whoever reads may look
// at such a row; of another one nothing is told but its register.
func (d *Desk) NamesOf(ctx context.Context, r *pack.Register, rows []register.Row, see func(of *pack.Register, row register.Row) bool) (map[string]string, error) {
	ids := map[string][]string{}
	for _, row := range rows {
		if name, id, part := strings.Cut(register.TextOf(r, row, pack.ColumnPart), "/"); part {
			ids[name] = append(ids[name], id)
		}
	}
	names := map[string]string{}
	for name, some := range ids {
		of, known := d.scope.Register(name)
		if !known {
			continue
		}
		found, err := d.store.RegisterByID(ctx, of, some)
		if err != nil {
			return nil, err
		}
		for _, id := range some {
			text := of.Title.In(message.Chinese)
			if row, there := found[id]; there && see(of, row) {
				text += " " + calledIn(of, row)
			}
			names[name+"/"+id] = text
		}
	}
	return names, nil
}

// PersonsOf returns the ids of the persons who made or own some rows, each once.
func PersonsOf(r *pack.Register, rows []register.Row) []string {
	var ids []string
	for _, row := range rows {
		for _, name := range []string{pack.ColumnOwner, pack.ColumnMaker} {
			if id := register.TextOf(r, row, name); id != "" && !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	return ids
}

// calledIn is how people call a row in a file: its serial number, else what it is about.
func calledIn(r *pack.Register, row register.Row) string {
	if r.Serial != nil {
		if number := register.TextOf(r, row, r.Serial.Column); number != "" {
			return number
		}
	}
	return HeadingOf(r, row)
}

// KeptText is a cell of a column that the lifecycle keeps as a file holds it: names of units, persons, states and rows in place
// of their ids, days as they are. An import passes over it.
func KeptText(tree *unit.Tree, r *pack.Register, row register.Row, c *pack.Column, names Names, language message.Language) string {
	text := register.TextOf(r, row, c.Name)
	switch {
	case text == "":
		return ""
	case c.Name == pack.ColumnLead:
		if u, known := tree.Find(text); known {
			return u.Name
		}
	case c.Name == pack.ColumnOwner || c.Name == pack.ColumnMaker:
		if name := names.Persons[text]; name != "" {
			return name
		}
		return message.Text(language, "record.list.program", nil)
	case c.Name == pack.ColumnBack:
		if state := r.Life.State(text); state != nil {
			return state.Title.In(language)
		}
	case c.Name == pack.ColumnPart:
		return names.Rows[text]
	}
	n := r.At(c.Name)
	return register.CellText(row.Cells[n], c, language)
}
