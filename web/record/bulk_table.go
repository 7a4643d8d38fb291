package record

import (
	"cmp"
	"context"
	"net/url"
	"slices"

	"jiaoheng/pack"
	"jiaoheng/unit"
	registerpages "jiaoheng/web/register"
	"jiaoheng/web/shell"
)

// maxListParts is the longest query of a list that is kept: in saved views, and behind work on many rows.
const maxListParts = 2000

// listParts keeps of a query what a list understands.
func listParts(query string) string {
	values, err := url.ParseQuery(query)
	if err != nil || len(query) > maxListParts {
		return ""
	}
	for name := range values {
		if !slices.Contains([]string{onlyPart, registerpages.WherePart, registerpages.ColumnsPart, registerpages.SortPart}, name) {
			values.Del(name)
		}
	}
	return values.Encode()
}

// backAddress is the list with what a query says.
func backAddress(ctx context.Context, of *pack.Register, query string) string {
	return shell.Here(ctx, address(of)+"?"+query)
}

// bulkLeads are the units to which many rows can be given.
func bulkLeads(ctx context.Context) []shell.Option {
	options := []shell.Option{{Label: shell.Text(ctx, "record.bulk.choose")}}
	tree := shell.From(ctx).Tree
	for n := range tree.Len() {
		if u := tree.At(n); u.Kind == unit.Office {
			options = append(options, shell.Option{Value: u.Code, Label: u.Name})
		}
	}
	return options
}

// bulkFigures tell how many rows were moved, and how many were refused.
func bulkFigures(ctx context.Context, view bulkShown) []shell.Figure {
	return []shell.Figure{{Label: shell.Text(ctx, "record.bulk.done"), Value: shell.Count(view.done), Unit: shell.Text(ctx, "record.bulk.rows")},
		{Label: shell.Text(ctx, "record.bulk.refused"), Value: shell.Count(view.refused), Unit: shell.Text(ctx, "record.bulk.rows")}}
}

// bulkTable holds what came of each row, the refused ones first.
func bulkTable(ctx context.Context, view bulkShown) shell.Table {
	table := shell.Table{Caption: shell.Text(ctx, "record.bulk.results"), Columns: []shell.Column{{Title: headingTitle(ctx, view.scene.register)},
		{Title: shell.Text(ctx, "register.page.unit")}, {Title: shell.Text(ctx, "record.bulk.result")}}}
	results := slices.Clone(view.results)
	slices.SortStableFunc(results, func(a, b bulkResult) int { return cmp.Compare(len(b.why), len(a.why)) })
	for _, one := range results {
		table.Rows = append(table.Rows, []shell.Cell{{Text: one.heading, Address: shell.Here(ctx, address(view.scene.register, "row", one.row))},
			{Text: registerpages.UnitName(ctx, one.unit)}, {Body: bulkOutcome(one)}})
	}
	return table
}
