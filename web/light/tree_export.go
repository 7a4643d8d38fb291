package light

import (
	"bytes"
	"net/http"
	"net/url"
	"strings"

	"jiaoheng/export/xlsx"
	"jiaoheng/plan"
	"jiaoheng/plan/target"
	"jiaoheng/web/shell"
)

// TreeExport sends the lines of the tree that the filter leaves as a workbook.
func (p *Pages) TreeExport(w http.ResponseWriter, r *http.Request) error {
	t, lines, err := p.readTree(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	language := shell.From(ctx).Language
	table := xlsx.FigureTable{Title: t.plan.Title + "·" + shell.Text(ctx, "light.tree.title"), Name: shell.Text(ctx, "light.tree.title"),
		About: t.unit + " · " + shell.Date(ctx, shell.From(ctx).Now), Note: t.plan.Title, Language: language}
	for _, column := range []struct {
		word  string
		width float64
	}{{"chapter", 30}, {"kind", 8}, {"name", 40}, {"stage", 12}, {"light", 10}, {"baseline", 14}, {"value", 14}, {"at", 16}, {"goal", 18}, {"gap", 14}, {"needed", 14}, {"lead", 20}, {"due", 14}, {"silent", 10}, {"why", 50}} {
		table.Columns = append(table.Columns, xlsx.FigureColumn{Head: shell.Text(ctx, "light.sheet."+column.word), Width: column.width})
	}
	for _, l := range lines {
		state := l.state
		if l.light != target.NoTarget {
			state = l.light.Text(language)
		}
		silent := ""
		if l.silent > 0 {
			silent = shell.Count(l.silent)
		}
		var row []xlsx.FigureCell
		for _, text := range []string{strings.Join(l.path, " › "), plan.KindName(language, l.kind), l.name, plan.StageName(language, l.stage), state, l.baseline, l.value, l.at, l.goal, l.gap, l.needed, l.lead, l.due, silent, l.why} {
			row = append(row, xlsx.FigureCell{Text: text})
		}
		table.Rows = append(table.Rows, row)
	}
	var body bytes.Buffer
	if err := xlsx.WriteFigures(&body, table); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	w.Header().Set("Content-Disposition", "attachment; filename*=UTF-8''"+url.PathEscape(table.Title+".xlsx"))
	w.Header().Set("Cache-Control", "no-store")
	_, err = w.Write(body.Bytes())
	return err
}
