package target

import (
	"bytes"
	"context"
	"net/http"
	"net/url"

	"jiaoheng/export/xlsx"
	"jiaoheng/message"
	"jiaoheng/plan/target"
	"jiaoheng/web/shell"
)

// Export sends the list as a workbook.
func (b *Bindings) Export(w http.ResponseWriter, r *http.Request) error {
	v, err := b.open(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	if err := b.values(ctx, v, v.rows); err != nil {
		return err
	}
	table := xlsx.FigureTable{Name: shell.Text(ctx, "target.bind.title"), Title: shell.Text(ctx, "target.bind.paper", message.Args{"title": v.plan.Title}),
		About: shell.Text(ctx, "target.bind.about", message.Args{"unit": v.unit, "date": shell.Date(ctx, shell.From(ctx).Now)}), Language: shell.From(ctx).Language}
	for _, column := range []struct {
		key   string
		width float64
	}{{"target", 40}, {"wants", 28}, {"state", 16}, {"source", 40}, {"confidence", 10}, {"why", 50}, {"now", 16}, {"period", 16}, {"coverage", 14}} {
		table.Columns = append(table.Columns, xlsx.FigureColumn{Head: shell.Text(ctx, "target.bind.column."+column.key), Width: column.width})
	}
	for _, row := range v.rows {
		table.Rows = append(table.Rows, v.sheetRow(ctx, row))
	}
	var out bytes.Buffer
	if err := xlsx.WriteFigures(&out, table); err != nil {
		return err
	}
	name := url.PathEscape(shell.Text(ctx, "target.bind.file", message.Args{"title": v.plan.Title}) + ".xlsx")
	w.Header().Set("Content-Type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	w.Header().Set("Content-Disposition", `attachment; filename="bind.xlsx"; filename*=UTF-8''`+name)
	w.Header().Set("Cache-Control", "no-store")
	_, err = out.WriteTo(w)
	return err
}

func (v *bindView) sheetRow(ctx context.Context, row bindRow) []xlsx.FigureCell {
	text := func(words string) xlsx.FigureCell { return xlsx.FigureCell{Text: words} }
	cells := []xlsx.FigureCell{text(row.info.Name()), text(wants(ctx, row.info.Node)), text(shell.Text(ctx, "target.bind.state."+row.state))}
	source, has := row.source()
	switch {
	case !has && row.held != nil:
		return append(cells, text(row.held.SourceText(shell.From(ctx).Language, "")), text(""), text(row.held.Reason))
	case !has:
		return cells
	}
	cells = append(cells, text(v.title(ctx, source)))
	if row.held != nil {
		cells = append(cells, xlsx.FigureCell{Number: row.held.Confidence, Decimals: 2, Known: true}, text(row.held.Reason))
	} else {
		cells = append(cells, xlsx.FigureCell{Number: row.proposals[0].Confidence, Decimals: 2, Known: true}, text(grounds(ctx, row.proposals[0])))
	}
	now, known := v.now[source]
	if !known {
		return append(cells, text(nothingYet(ctx, source)))
	}
	cells = append(cells, text(now.Text(shell.From(ctx).Language)), text(now.Period.Text(shell.From(ctx).Language)))
	if now.Covered {
		cells = append(cells, text(coverage(ctx, now)))
	}
	return cells
}

// nothingYet says why a source shows nothing.
func nothingYet(ctx context.Context, s target.Source) string {
	if s.Kind == target.FromIndicator || s.Kind == target.FromRegister {
		return shell.Text(ctx, "target.bind.nothing_yet")
	}
	return shell.Text(ctx, "target.bind.from_rows")
}

func coverage(ctx context.Context, now target.Now) string {
	return shell.Text(ctx, "target.bind.coverage", message.Args{"reported": shell.Count(now.Coverage.Reported), "expected": shell.Count(now.Coverage.Expected)})
}
