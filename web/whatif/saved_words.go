package whatif

import (
	"context"
	"net/url"

	"github.com/a-h/templ"

	"jiaoheng/message"
	"jiaoheng/web/shell"
)

// isOwn tells whether the what-if that was opened belongs to the reader.
func (d *desk) isOwn(ctx context.Context) bool {
	return d.Saved.ID != "" && d.Saved.Owner == shell.From(ctx).Actor.Post.Person
}

// saveForm is what was typed to save, when it was sent.
func (d *desk) saveForm() shell.Form {
	if len(d.SaveFaults) == 0 {
		return shell.Form{}
	}
	return shell.Form{Values: d.Form.Values, Faults: d.SaveFaults}
}

// sends makes a button post the form of the desk to another address, which names region and period.
func (d *desk) sends(path string) templ.Attributes {
	values := url.Values{shell.UnitPart: {d.Standing.Unit.Code}, shell.PeriodPart: {d.Standing.Period.String()}}
	return templ.Attributes{"formmethod": "post", "formaction": path + "?" + values.Encode()}
}

// savedOptions are the what-ifs of the list; none, where it is given, comes first.
func savedOptions(all []savedOne, none string) []shell.Option {
	var options []shell.Option
	if none != "" {
		options = append(options, shell.Option{Label: none})
	}
	for _, one := range all {
		options = append(options, shell.Option{Value: one.ID, Label: one.Name})
	}
	return options
}

func compareTable(ctx context.Context, c *comparison) shell.Table {
	t := shell.Table{Caption: text(ctx, "whatif.compare_title"), Columns: []shell.Column{{Title: text(ctx, "whatif.requirement")}, {Title: text(ctx, "whatif.fact"), Align: shell.Figures}}}
	for _, name := range c.Names {
		t.Columns = append(t.Columns, shell.Column{Title: text(ctx, "whatif.named", message.Args{"name": name}), Align: shell.Figures})
	}
	for _, row := range c.Rows {
		cells := []shell.Cell{{Body: lineName(row.Difference, true)}}
		for k, line := range row.Sides {
			cell := shell.Cell{}
			if line != nil && line.HasValue {
				cell = figureCell(ctx, row.From[k], line, row.Sides[0])
			}
			cells = append(cells, shell.Cell{Body: comparedCell(cell, line)})
		}
		t.Rows = append(t.Rows, cells)
	}
	return t
}
