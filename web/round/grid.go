package round

import (
	"bytes"
	"encoding/csv"
	"mime"
	"net/http"
	"strings"

	"github.com/a-h/templ"

	"jiaoheng/export/xlsx"
	"jiaoheng/message"
	"jiaoheng/web/shell"
)

// MaxRows is the most rows of one list and of one export.
const MaxRows = xlsx.MaxRows

// grid is a table that is shown and exported alike: what stands in a file is what stands on the page.
type grid struct {
	caption string
	columns []gridColumn
	rows    [][]gridCell
	total   []gridCell
	count   string
}

type gridColumn struct {
	title, unit string
	figures     bool
	sort, order string
}

// gridCell is one cell. A status is shown as shape and colour before the text; the file holds both as words.
type gridCell struct {
	text, note, address string
	panel               bool // the address opens in the side panel
	status              shell.Condition
	counts              string // what the text counts
	code                string // official number before the text
	mixed               bool   // text and note hold units of measure, which stand in Chinese in both languages
}

// table shows the grid on a page.
func (g grid) table() shell.Table {
	t := shell.Table{Caption: g.caption, Count: g.count}
	for _, c := range g.columns {
		column := shell.Column{Title: c.title, Unit: c.unit, Sort: c.sort, Order: c.order}
		if c.figures {
			column.Align = shell.Figures
		}
		t.Columns = append(t.Columns, column)
	}
	for _, row := range g.rows {
		t.Rows = append(t.Rows, cellsOf(row))
	}
	if len(g.total) > 0 {
		t.Total = cellsOf(g.total)
	}
	return t
}

func cellsOf(row []gridCell) []shell.Cell {
	cells := make([]shell.Cell, len(row))
	for k, c := range row {
		cells[k] = shell.Cell{Text: c.text, Note: c.note, Address: c.address}
		if c.status != "" || c.panel || c.counts != "" || c.mixed || c.code != "" {
			cells[k].Body = templ.Component(gridBody(c))
			if c.mixed {
				cells[k].Note = ""
			}
		}
	}
	return cells
}

// texts are the cells of a row as a file holds them.
func texts(a *asked, row []gridCell) []string {
	texts := make([]string, len(row))
	for k, c := range row {
		texts[k] = strings.TrimSpace(c.code + " " + c.text)
		if c.counts != "" && c.text != "" {
			texts[k] += " " + c.counts
		}
		if c.status != "" {
			if word := a.text("shell.status." + string(c.status)); !strings.Contains(c.text, word) {
				texts[k] = strings.TrimSpace(texts[k] + " " + word)
			}
		}
		if c.note != "" {
			texts[k] = strings.TrimSpace(texts[k] + a.text("round.semicolon") + c.note)
		}
	}
	return texts
}

// send answers with the grid as a file; format is csv or xlsx.
func (a *asked) send(w http.ResponseWriter, g grid, title, format string) error {
	file := xlsx.Report{Name: g.caption, Title: title, About: a.text("round.export.about", message.Args{"unit": a.standing.Unit.Name, "period": a.standing.Period.Text(a.language),
		"pack": a.pack.Title.In(a.language), "version": a.pack.Version, "moment": shell.Moment(a.ctx, shell.From(a.ctx).Now)}), Note: a.exportNote()}
	for _, c := range g.columns {
		head := c.title
		if c.unit != "" {
			head += a.text("round.export.unit", message.Args{"unit": c.unit})
		}
		file.Columns = append(file.Columns, xlsx.ReportColumn{Head: head, Figures: c.figures})
	}
	for _, row := range g.rows {
		file.Rows = append(file.Rows, texts(a, row))
	}
	if len(g.total) > 0 {
		file.Rows = append(file.Rows, texts(a, g.total))
	}
	var data bytes.Buffer
	kind := "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	if format == "csv" {
		kind = "text/csv; charset=utf-8"
		writeCSV(&data, file)
	} else if err := xlsx.WriteReport(&data, a.language, file); err != nil {
		return err
	}
	return sendFile(w, kind, title+"."+format, data.Bytes())
}

func (a *asked) exportNote() string {
	if len(a.switches) > 0 {
		return a.text("round.switches.warn", message.Args{"names": a.switchedText()})
	}
	return a.text("round.export.note")
}

func sendFile(w http.ResponseWriter, kind, name string, data []byte) error {
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	_, err := w.Write(data)
	return err
}

// writeCSV writes a table as programs for tables read it: with a mark of the encoding, and no cell that they would compute.
func writeCSV(to *bytes.Buffer, t xlsx.Report) {
	to.WriteString("\ufeff")
	w := csv.NewWriter(to)
	heads := make([]string, len(t.Columns))
	for k, c := range t.Columns {
		heads[k] = harmless(c.Head)
	}
	rows := append([][]string{heads}, t.Rows...)
	for _, row := range rows[1:] {
		for k := range row {
			row[k] = harmless(row[k])
		}
	}
	w.WriteAll(rows) // a buffer takes everything
}

// harmless puts a mark before a text that a program for tables would take for a formula.
func harmless(text string) string {
	if text != "" && strings.ContainsRune("=+@\t\r", rune(text[0])) || strings.HasPrefix(text, "-") && len(text) > 1 && !strings.ContainsRune("0123456789.", rune(text[1])) {
		return "'" + text
	}
	return text
}
