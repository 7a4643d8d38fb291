package record

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"jiaoheng/lifecycle"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/record"
	"jiaoheng/register"
	registerpages "jiaoheng/web/register"
	"jiaoheng/web/shell"
)

// persons are names by id.
type persons map[string]string

// namesOf reads the names of the persons that rows name.
func (p *Pages) namesOf(ctx context.Context, of *pack.Register, rows []register.Row) persons {
	all := persons{}
	for _, name := range []string{pack.ColumnOwner, pack.ColumnMaker} {
		for _, row := range rows {
			id := register.TextOf(of, row, name)
			if _, known := all[id]; id != "" && !known {
				all[id] = p.nameOf(ctx, id)
			}
		}
	}
	return all
}

// stateOf is the state in which a row stands; nil when the packs no longer know it.
func stateOf(of *pack.Register, row register.Row) *lifecycle.State {
	return of.Life.State(register.TextOf(of, row, pack.ColumnState))
}

// dueOf is the deadline of a row, zero when it has none.
func dueOf(of *pack.Register, row register.Row) period.Date {
	return register.DateOf(of, row, pack.ColumnDue)
}

// dueText is a deadline in words: how long it still is, or how long it has been over.
func dueText(ctx context.Context, due, today period.Date) string {
	days := period.Calendar{}.Between(today, due, period.CalendarDays)
	switch {
	case days < 0:
		return shell.Text(ctx, "record.list.late", message.Args{"days": shell.Count(-days)})
	case days == 0:
		return shell.Text(ctx, "record.list.due_today")
	}
	return shell.Text(ctx, "record.list.due_in", message.Args{"days": shell.Count(days)})
}

// keptText is a cell of a kept column in words, "" when it is empty.
func keptText(ctx context.Context, of *pack.Register, row register.Row, c *pack.Column, people persons) string {
	if c.Type == pack.Date {
		return registerpages.CellText(ctx, register.CellOf(of, row, c.Name), c)
	}
	names := record.Names{Persons: people, Rows: map[string]string{register.TextOf(of, row, pack.ColumnPart): shell.Text(ctx, "record.list.part")}}
	return record.KeptText(shell.From(ctx).Tree, of, row, c, names, shell.From(ctx).Language)
}

// partAddress is where the row stands of which another one is a part.
func partAddress(ctx context.Context, part string) string {
	name, row, _ := strings.Cut(part, "/")
	return shell.Here(ctx, "/record/"+url.PathEscape(name)+"/row/"+url.PathEscape(row))
}

func (view listView) cell(ctx context.Context, row register.Row, c *pack.Column) shell.Cell {
	cell := row.Cells[slices.Index(view.register.Columns, c)]
	switch {
	case c.Name == pack.ColumnState && c.Kept:
		return shell.Cell{Body: stateCell(stateOf(view.register, row), view.silent[row.ID])}
	case c.Name == pack.ColumnDue && c.Kept:
		return shell.Cell{Body: dueCell(dueOf(view.register, row), view.today, stateOf(view.register, row))}
	case c.Name == pack.ColumnPart && c.Kept && cell.Known:
		return shell.Cell{Text: keptText(ctx, view.register, row, c, view.people), Address: partAddress(ctx, cell.Text)}
	case c.Kept:
		return shell.Cell{Text: keptText(ctx, view.register, row, c, view.people)}
	case !cell.Known:
		return shell.Cell{Body: registerpages.UnknownCell(c)}
	case c.Type == pack.Line:
		return shell.Cell{Body: registerpages.WrittenCell(cell.Text)}
	}
	return shell.Cell{Text: registerpages.CellText(ctx, cell, c)}
}

func listTable(ctx context.Context, view listView) shell.Table {
	language := shell.From(ctx).Language
	table := shell.Table{Caption: view.register.Title.In(language), Count: view.countText(ctx), Empty: listEmpty(view),
		Columns: []shell.Column{{Title: headingTitle(ctx, view.register)}, {Title: shell.Text(ctx, "register.page.unit")}}}
	table.Columns[1].Sort, table.Columns[1].Order = view.query.Sorted(ctx, "unit")
	for _, c := range view.query.Columns {
		table.Columns = append(table.Columns, view.query.Head(ctx, c))
	}
	for _, row := range view.rows {
		cells := []shell.Cell{{Body: headingCell(view, row)}, {Text: registerpages.UnitName(ctx, row.Unit), Note: registerpages.UnitNote(ctx, row.Unit)}}
		for _, c := range view.query.Columns {
			cells = append(cells, view.cell(ctx, row, c))
		}
		table.Rows = append(table.Rows, cells)
	}
	return table
}

// headingTitle is the title of the column that says what a row is about.
func headingTitle(ctx context.Context, of *pack.Register) string {
	if c, known := registerpages.ColumnOf(of, of.Heading); known {
		return c.Title.In(shell.From(ctx).Language)
	}
	return shell.Text(ctx, "record.list.heading")
}
