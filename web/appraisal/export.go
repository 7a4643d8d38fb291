package appraisal

import (
	"bytes"
	"context"
	"mime"
	"net/http"
	"strings"

	"jiaoheng/appraisal"
	"jiaoheng/export/docx"
	"jiaoheng/export/xlsx"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/web/shell"
)

// Media types of the files that are given out.
const (
	wordType  = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	excelType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
)

// give answers with a file.
func give(w http.ResponseWriter, name, kind string, data []byte) error {
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	w.Header().Set("Cache-Control", "no-store")
	_, err := w.Write(data)
	return err
}

// whole is a run with the cases whose results may be given out.
func (p *Pages) whole(r *http.Request) (appraisal.Run, *pack.Sheet, []seenCase, error) {
	run, sheet, err := p.run(r)
	if err != nil {
		return run, sheet, nil, err
	}
	cases, err := p.casesSeen(r.Context(), run, sheet)
	if err == nil && len(cases) == 0 {
		err = shell.NotFound
	}
	return run, sheet, cases, err
}

// shown is the result of a case as far as the present post may see it in a list; nil before.
func shown(ctx context.Context, one appraisal.Case) *appraisal.Result {
	post := actorOf(ctx).Post
	if appraisal.MayHold(post) || appraisal.MayDecide(post) || one.Told() {
		return one.Result
	}
	return nil
}

// Workbook gives out a run as a workbook: units in the order of the tree, sections, total, card.
func (p *Pages) Workbook(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	run, sheet, cases, err := p.whole(r)
	if err != nil {
		return err
	}
	language := shell.From(ctx).Language
	table := xlsx.FigureTable{Name: text(ctx, "title"), Title: run.Name, About: inLanguage(ctx, sheet.Title) + " · " + run.Period.Text(language), Note: text(ctx, "no_ranking"), Language: language,
		Columns: []xlsx.FigureColumn{{Head: text(ctx, "column.unit"), Width: 36}, {Head: text(ctx, "column.state"), Width: 14}}}
	for _, part := range sheet.Parts {
		table.Columns = append(table.Columns, xlsx.FigureColumn{Head: inLanguage(ctx, part.Title), Width: 14})
	}
	for _, head := range []string{"deducted", "added", "column.total", "column.card", "column.unknown"} {
		table.Columns = append(table.Columns, xlsx.FigureColumn{Head: text(ctx, head), Width: 14})
	}
	for _, one := range cases {
		row := []xlsx.FigureCell{{Text: p.who(ctx, one.Case)}, {Text: stateText(ctx, one.State)}}
		result := shown(ctx, one.Case)
		if result == nil {
			table.Rows = append(table.Rows, row)
			continue
		}
		for _, part := range result.Parts {
			row = append(row, figure(ctx, part.Points))
		}
		row = append(row, figure(ctx, result.Deducted), figure(ctx, result.Added), figure(ctx, result.Total), xlsx.FigureCell{Text: cardWord(ctx, one)},
			xlsx.FigureCell{Text: unknownWords(ctx, sheet, result)})
		table.Rows = append(table.Rows, row)
	}
	var out bytes.Buffer
	if err := xlsx.WriteFigures(&out, table); err != nil {
		return err
	}
	return give(w, run.Name+".xlsx", excelType, out.Bytes())
}

func figure(ctx context.Context, s appraisal.Score) xlsx.FigureCell {
	if s.Known {
		return xlsx.FigureCell{Number: s.Points, Decimals: 2, Known: true}
	}
	return xlsx.FigureCell{Text: scoreText(ctx, s)}
}

func cardWord(ctx context.Context, one seenCase) string {
	if one.card == nil {
		return text(ctx, "no_card")
	}
	return inLanguage(ctx, one.card.Title)
}

// unknownWords names what keeps a result from being told.
func unknownWords(ctx context.Context, sheet *pack.Sheet, result *appraisal.Result) string {
	var words []string
	for _, name := range result.Unknown {
		title := name
		if item := sheet.Item(name); item != nil {
			title = inLanguage(ctx, item.Title)
		}
		for _, extra := range sheet.Extras() {
			if extra.Name == name {
				title = inLanguage(ctx, extra.Title)
			}
		}
		for _, veto := range sheet.Vetoes {
			if veto.Name == name {
				title = inLanguage(ctx, veto.Title)
			}
		}
		words = append(words, title)
	}
	return strings.Join(words, shell.Text(ctx, "pack.doc.and"))
}

// Document gives out a run as an official table.
func (p *Pages) Document(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	run, sheet, cases, err := p.whole(r)
	if err != nil {
		return err
	}
	d := docx.New(run.Name).Title(run.Name)
	d.Paragraph(text(ctx, "document_about", message.Args{"sheet": sheet.Title, "period": run.Period.Text(shell.From(ctx).Language), "basis": sheet.Source.Document, "count": len(cases)}))
	rows := [][]string{{text(ctx, "column.unit"), text(ctx, "column.state"), text(ctx, "column.total"), text(ctx, "column.card")}}
	for _, one := range cases {
		total := ""
		if result := shown(ctx, one.Case); result != nil {
			total = scoreText(ctx, result.Total)
		}
		rows = append(rows, []string{p.who(ctx, one.Case), stateText(ctx, one.State), total, cardWord(ctx, one)})
	}
	d.Table(rows).Plain(text(ctx, "no_ranking")).Right(period.DayAt(shell.From(ctx).Now).Text(shell.From(ctx).Language))
	return give(w, run.Name+".docx", wordType, d.Bytes())
}

// CaseDocument gives out the result of one unit as an official table.
func (p *Pages) CaseDocument(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	v, err := p.view(r)
	if err != nil {
		return err
	}
	result := v.Case.Result
	if result == nil {
		return shell.NotFound
	}
	name := p.who(ctx, v.Case)
	d := docx.New(v.Run.Name).Title(v.Run.Name).Centre(name)
	word := text(ctx, "no_card")
	if card := v.Sheet.Card(appraisal.Present(v.Cards).Card); card != nil {
		word = inLanguage(ctx, card.Title)
	} else if result.Card != "" {
		word = inLanguage(ctx, result.CardTitle)
	}
	d.Paragraph(text(ctx, "case_about", message.Args{"state": stateText(ctx, v.Case.State), "total": scoreText(ctx, result.Total), "card": word}))
	rows := [][]string{{text(ctx, "item"), text(ctx, "full"), text(ctx, "automatic"), text(ctx, "self"), text(ctx, "checked"), text(ctx, "counts"), text(ctx, "why")}}
	for _, part := range result.Parts {
		rows = append(rows, []string{inLanguage(ctx, part.Title), pointsText(part.Full), "", "", "", scoreText(ctx, part.Points), ""})
		for _, item := range part.Items {
			rows = append(rows, itemRow(ctx, item))
		}
	}
	for _, extra := range result.Extras {
		rows = append(rows, []string{inLanguage(ctx, extra.Title), pointsText(extra.Cap), "", "", "", scoreText(ctx, extra.Points), extra.Source.Document})
	}
	for _, veto := range result.Vetoes {
		holds := scoreText(ctx, veto.Holds)
		if veto.Holds.Known {
			holds = holdsText(ctx, veto.Holds.Points != 0)
		}
		rows = append(rows, []string{inLanguage(ctx, veto.Title), text(ctx, "vetoes"), "", "", "", holds, veto.Source.Document})
	}
	d.Table(rows)
	for _, line := range v.Cards {
		if card := v.Sheet.Card(line.Card); card != nil {
			d.Plain(shell.Date(ctx, line.At) + " " + inLanguage(ctx, card.Title) + "：" + line.Reason)
		}
	}
	if v.Case.Hash != "" {
		d.Plain("SHA-256 " + v.Case.Hash)
	}
	if step, signed := v.Case.Did("appraisal.action.sign"); signed {
		d.Right(p.nameOf(ctx, step.Person)).Right(shell.Date(ctx, step.At))
	}
	return give(w, v.Run.Name+"-"+name+".docx", wordType, d.Bytes())
}

func itemRow(ctx context.Context, item appraisal.ItemResult) []string {
	row := []string{inLanguage(ctx, item.Title), pointsText(item.Full), "", "", "", scoreText(ctx, item.Counts), item.Source.Document}
	if item.Automatic != nil {
		row[2], row[6] = scoreText(ctx, item.Automatic.Score), traceText(ctx, item.Automatic)
	}
	if item.Self != nil {
		row[3] = pointsText(item.Self.Points)
	}
	if item.Agreed != nil {
		row[4] = pointsText(item.Agreed.Points)
	}
	return row
}
