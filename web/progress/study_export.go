package progress

import (
	"bytes"
	"net/http"
	"slices"

	"jiaoheng/export/xlsx"
	"jiaoheng/message"
	registerpages "jiaoheng/web/register"
	"jiaoheng/web/shell"
)

// Export gives out the table of schools of a part as a workbook: what stands on the page, and no more.
func (p *Pages) Export(w http.ResponseWriter, r *http.Request) error {
	v, err := p.view(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	some := slices.Concat(columns, moves, means, conventional)
	if v.Result.Line != "" {
		some = append(some, atLine...)
	}
	file := xlsx.Report{Name: text(ctx, "title"), Title: v.Study.Name, About: text(ctx, "export_about", message.Args{"part": partTitle(ctx, v.part), "owner": unitName(ctx, v.Study.Owner),
		"moment": shell.Moment(ctx, v.Kept.At), "digest": v.Kept.Digest}), Note: v.speaker.Overall(v.Result, v.part)}
	for _, c := range some {
		file.Columns = append(file.Columns, xlsx.ReportColumn{Head: v.head(ctx, c), Figures: c.figures && c.key != "places"})
	}
	units := unitsOf(v.part.Main.Schools)
	if v.unit != "" {
		units = []string{v.unit}
	}
	for _, unit := range units {
		e, _ := v.part.Main.Effect(unit)
		s, _ := v.Result.School(unit)
		e.Unit = unit
		row := []string{}
		for _, c := range some {
			row = append(row, c.of(v, ctx, e, s))
		}
		file.Rows = append(file.Rows, row)
	}
	var data bytes.Buffer
	if err := xlsx.WriteReport(&data, v.speaker.Language, file); err != nil {
		return err
	}
	return registerpages.GiveOut(w, v.Study.Name+".xlsx", registerpages.WorkbookType, data.Bytes())
}
