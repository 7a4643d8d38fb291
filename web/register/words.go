package register

import (
	"context"
	"math"
	"strconv"
	"strings"

	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/register"
	"jiaoheng/unit"
	"jiaoheng/web/shell"
)

// maxNamed is how many units a line names before it only counts the others.
const maxNamed = 6

// silentNames names some units and counts the others.
func silentNames(ctx context.Context, units []unit.Unit) string {
	var names []string
	for _, u := range units[:min(len(units), maxNamed)] {
		names = append(names, u.Name)
	}
	text := strings.Join(names, shell.Text(ctx, "register.page.and"))
	if len(units) > maxNamed {
		text = shell.Text(ctx, "register.page.and_more", message.Args{"names": text, "count": len(units)})
	}
	return shell.Text(ctx, "register.page.silent_names", message.Args{"names": text})
}

// UnitName is the name of a unit, its code when it is not in the tree.
func UnitName(ctx context.Context, code string) string {
	if u, known := shell.From(ctx).Tree.Find(code); known {
		return u.Name
	}
	return code
}

// UnitNote is the code of a unit; of a section that of its school, and the stage.
func UnitNote(ctx context.Context, code string) string {
	tree := shell.From(ctx).Tree
	u, known := tree.Find(code)
	if !known || u.Kind != unit.Section || len(u.Stages) != 1 {
		return code
	}
	if school, stands := tree.Find(u.Parent); stands {
		code = school.Code
	}
	return code + " · " + shell.Text(ctx, "unit.stage."+string(u.Stages[0]))
}

// CellText is a cell as a page shows it; "" for an empty one.
func CellText(ctx context.Context, cell register.Cell, column *pack.Column) string {
	language := shell.From(ctx).Language
	switch {
	case cell.Known && column.Type.Numeric() && cell.Text == "":
		return figure(cell.Number, !register.Stored(column))
	case cell.Known && column.Type == pack.Date && !column.Personal:
		if day, ok := period.ParseDate(cell.Text); ok {
			return day.Text(language)
		}
	}
	return register.CellText(cell, column, language)
}

// figure writes a number with separators between thousands. A computed one has at most two decimals.
func figure(number float64, computed bool) string {
	if computed {
		number = math.Round(number*100) / 100
	}
	text := strconv.FormatFloat(number, 'f', -1, 64)
	whole, decimals, broken := strings.Cut(strings.TrimPrefix(text, "-"), ".")
	for at := len(whole) - 3; at > 0; at -= 3 {
		whole = whole[:at] + "," + whole[at:]
	}
	if broken {
		whole += "." + decimals
	}
	if number < 0 {
		return "-" + whole
	}
	return whole
}

// MeasureOf is what a column counts, "" for a pure number.
func MeasureOf(ctx context.Context, column *pack.Column) string {
	heading := register.Heading(column, shell.From(ctx).Language)
	return strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(heading, column.Title.In(shell.From(ctx).Language)), "（"), "）")
}

// AlignOf is how the cells of a column stand.
func AlignOf(column *pack.Column) shell.Align {
	switch {
	case column.Type.Numeric():
		return shell.Figures
	case column.Type == pack.Line:
		return shell.Words
	}
	return shell.Short
}
