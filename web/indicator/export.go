package indicator

import (
	"bytes"
	"context"
	"encoding/csv"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"jiaoheng/export/xlsx"
	"jiaoheng/measure"
	"jiaoheng/message"
	"jiaoheng/web/shell"
)

// fileButtons are the two ways to take home what a page shows.
func fileButtons(ctx context.Context, address string) []shell.Button {
	glue := "?"
	if strings.Contains(address, "?") {
		glue = "&"
	}
	var all []shell.Button
	for _, form := range []string{"xlsx", "csv"} {
		all = append(all, shell.Button{Label: shell.Text(ctx, "indicator.export."+form), Icon: "download", Kind: "quiet", Address: address + glue + "as=" + form})
	}
	return all
}

// send answers with a table as a file. Errors: shell.NotFound for a form that is none.
func send(w http.ResponseWriter, r *http.Request, form string, table xlsx.FigureTable) error {
	var body bytes.Buffer
	kind := "text/csv; charset=utf-8"
	switch form {
	case "xlsx":
		kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
		if err := xlsx.WriteFigures(&body, table); err != nil {
			return err
		}
	case "csv":
		if err := writeCSV(&body, table); err != nil {
			return err
		}
	default:
		return shell.NotFound
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Disposition", "attachment; filename*=UTF-8''"+url.PathEscape(table.Title+"."+form))
	w.Header().Set("Cache-Control", "no-store")
	_, err := w.Write(body.Bytes())
	return err
}

// writeCSV writes head and rows. It begins with a mark of UTF-8, without which table programs read Chinese as noise.
func writeCSV(to *bytes.Buffer, table xlsx.FigureTable) error {
	to.WriteString("\ufeff")
	out := csv.NewWriter(to)
	head := make([]string, len(table.Columns))
	for k, c := range table.Columns {
		head[k] = c.Head
	}
	rows := [][]string{head}
	for _, cells := range table.Rows {
		row := make([]string, len(head))
		for k, cell := range cells {
			row[k] = plain(cell)
		}
		rows = append(rows, row)
	}
	return out.WriteAll(rows)
}

// plain writes a cell so that no table program runs it as a formula.
func plain(cell xlsx.FigureCell) string {
	if cell.Known {
		return strconv.FormatFloat(cell.Number, 'f', cell.Decimals, 64)
	}
	if cell.Text != "" && strings.ContainsAny(cell.Text[:1], "=+-@\t\r") {
		return "'" + cell.Text
	}
	return cell.Text
}

// figureCell is a value in a file: a number, or the word for its lack.
func figureCell(ctx context.Context, value measure.Value, logical bool, decimals int) xlsx.FigureCell {
	if n, known := value.Number(); known && !logical {
		return xlsx.FigureCell{Number: n, Decimals: decimals, Known: true}
	}
	return xlsx.FigureCell{Text: valueText(ctx, value, logical, decimals)}
}

func textCell(text string) xlsx.FigureCell { return xlsx.FigureCell{Text: text} }

// aboutText says of which region and period a file tells.
func aboutText(ctx context.Context, standing shell.Standing) string {
	return shell.Text(ctx, "indicator.export.about", message.Args{"unit": standing.Unit.Name, "period": standing.Period.Text(shell.From(ctx).Language),
		"moment": shell.Moment(ctx, shell.From(ctx).Now)})
}

// listSheet is the catalogue as a file.
func listSheet(ctx context.Context, standing shell.Standing, rows []entry) xlsx.FigureTable {
	head := func(word string, width float64) xlsx.FigureColumn {
		return xlsx.FigureColumn{Head: shell.Text(ctx, "indicator.column."+word), Width: width}
	}
	language := shell.From(ctx).Language
	table := xlsx.FigureTable{Name: shell.Text(ctx, "indicator.list.title"), Title: shell.Text(ctx, "indicator.list.title"), About: aboutText(ctx, standing),
		Note: shell.Text(ctx, "indicator.source"), Language: language,
		Columns: []xlsx.FigureColumn{head("code", 12), head("name", 40), head("pack", 30), head("stage", 8), head("value", 12), head("measure", 14), head("change", 10),
			head("threshold", 10), head("state", 12), head("reported", 8), head("expected", 8), head("source", 40)}}
	for _, e := range rows {
		i := e.indicator
		cells := []xlsx.FigureCell{textCell(i.Code), textCell(i.Title.In(language)), textCell(e.pack.Title.In(language)), textCell(stageText(ctx, e.stage)), {},
			textCell(shell.MeasureText(shell.From(ctx).Language, i.Measure)), {}, {}, textCell(shell.Text(ctx, "indicator.state.idle")), {}, {}, textCell(sourceText(i.Source))}
		if e.speaks {
			cells[4], cells[6] = figureCell(ctx, e.line.Value, e.line.Logical, i.Decimals), textCell(e.changeText())
			cells[7], cells[8] = textCell(thresholdText(ctx, e.line)), textCell(verdictWord(ctx, e.line))
			cells[9] = xlsx.FigureCell{Number: float64(e.line.Coverage.Reported), Known: true}
			cells[10] = xlsx.FigureCell{Number: float64(e.line.Coverage.Expected), Known: true}
			if n, known := e.line.Value.Number(); known && !e.line.Logical {
				if then, had := e.then.Number(); had {
					cells[6] = xlsx.FigureCell{Number: n - then, Decimals: i.Decimals, Known: true}
				}
			}
		}
		table.Rows = append(table.Rows, cells)
	}
	return table
}
