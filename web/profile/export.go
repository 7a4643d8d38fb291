package profile

import (
	"bytes"
	"net/http"

	"jiaoheng/assessment/profile"
	"jiaoheng/attachment"
	"jiaoheng/export/docx"
	"jiaoheng/export/xlsx"
	"jiaoheng/message"
	registerpages "jiaoheng/web/register"
	"jiaoheng/web/shell"
)

// heads are the titles of the columns of files.
var heads = []string{"figure", "own", "spread", "band", "when", "trend"}

// Document gives out a profile as a document: a table for each side.
func (p *Pages) Document(w http.ResponseWriter, r *http.Request) error {
	v, err := p.view(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	title := text(ctx, "title", message.Args{"unit": v.Unit.Name})
	d := docx.New(title).Title(title).Centre(text(ctx, "lead", message.Args{"stage": stageText(ctx, v.Stage), "day": v.Day.Text(shell.From(ctx).Language)}))
	for _, side := range v.Sides {
		d.Paragraph(in(ctx, side.Title) + text(ctx, "colon") + sentence(ctx, v, side))
		rows := [][]string{nil}
		for _, head := range heads {
			rows[0] = append(rows[0], text(ctx, "column."+head))
		}
		for _, f := range side.Figures {
			value := valueText(ctx, f, f.Value)
			if value == "" {
				value = text(ctx, "none") + text(ctx, "stop") + whyText(ctx, f)
			}
			mid, half := spreadText(ctx, f)
			rows = append(rows, []string{in(ctx, f.Title), value, mid + text(ctx, "stop") + half, bandText(ctx, f), whenText(ctx, f) + text(ctx, "stop") + sourceText(ctx, f), trendText(ctx, f)})
		}
		if len(side.Figures) > 0 {
			d.Table(rows)
		}
	}
	if v.Total == nil {
		d.Plain(text(ctx, "no_total", message.Args{"share": shell.Number(v.Share, 0), "schools": v.Schools, "county": v.County.Name}))
	} else {
		for _, fact := range totalFacts(ctx, v) {
			d.Plain(fact.Name + text(ctx, "colon") + fact.Text + " " + fact.Note)
		}
	}
	return registerpages.GiveOut(w, title+".docx", attachment.Docx.MediaType(), d.Bytes())
}

// Workbook gives out a profile as a workbook: one row a figure.
func (p *Pages) Workbook(w http.ResponseWriter, r *http.Request) error {
	v, err := p.view(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	title := text(ctx, "title", message.Args{"unit": v.Unit.Name})
	table := xlsx.FigureTable{Name: stageText(ctx, v.Stage), Title: title, Language: shell.From(ctx).Language, About: stageText(ctx, v.Stage) + " · " + v.Day.Text(shell.From(ctx).Language),
		Note: text(ctx, "no_total", message.Args{"share": shell.Number(v.Share, 0), "schools": v.Schools, "county": v.County.Name}), Columns: []xlsx.FigureColumn{{Head: text(ctx, "column.side"), Width: 14}}}
	for _, head := range heads {
		table.Columns = append(table.Columns, xlsx.FigureColumn{Head: text(ctx, "column."+head), Width: 26})
	}
	for _, side := range v.Sides {
		for _, f := range side.Figures {
			mid, half := spreadText(ctx, f)
			table.Rows = append(table.Rows, []xlsx.FigureCell{{Text: in(ctx, side.Title)}, {Text: in(ctx, f.Title)}, figureCell(f, whyText(ctx, f)), {Text: mid + " " + half},
				{Text: bandText(ctx, f)}, {Text: whenText(ctx, f)}, {Text: trendText(ctx, f)}})
		}
	}
	var out bytes.Buffer
	if err := xlsx.WriteFigures(&out, table); err != nil {
		return err
	}
	return registerpages.GiveOut(w, title+".xlsx", registerpages.WorkbookType, out.Bytes())
}

func figureCell(f profile.Figure, why string) xlsx.FigureCell {
	if n, known := f.Value.Number(); known {
		return xlsx.FigureCell{Number: n, Decimals: f.Decimals, Known: true}
	}
	return xlsx.FigureCell{Text: why}
}
