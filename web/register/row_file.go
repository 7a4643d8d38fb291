package register

import (
	"bufio"
	"bytes"
	"context"
	"encoding/csv"
	"net/http"
	"strings"

	"jiaoheng/export/xlsx"
	"jiaoheng/register"
	"jiaoheng/web/shell"
)

// File is a table that is given out: as .csv line by line, else as .xlsx.
type File struct {
	Name string // without the kind
	Head []xlsx.TableColumn
	CSV  bool
}

// GiveOut answers with the file. lines writes each of its lines.
func (f File) GiveOut(w http.ResponseWriter, ctx context.Context, lines func(write func(line []string) error) error) error {
	if f.CSV {
		return f.giveOutCSV(w, ctx, lines)
	}
	table := xlsx.Table{Name: shell.Text(ctx, "register.form.sheet"), Columns: f.Head}
	err := lines(func(line []string) error {
		table.Rows = append(table.Rows, line)
		return nil
	})
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := xlsx.WriteTable(&out, table); err != nil {
		return err
	}
	return GiveOut(w, f.Name+".xlsx", WorkbookType, out.Bytes())
}

// giveOutCSV writes the lines as they come. Texts that a spreadsheet would run as formulas get a quote in front, which an
// import takes off again.
func (f File) giveOutCSV(w http.ResponseWriter, ctx context.Context, lines func(write func(line []string) error) error) error {
	Download(w, f.Name+".csv", "text/csv; charset=utf-8")
	out := bufio.NewWriter(w)
	out.WriteString("\ufeff")
	writer := csv.NewWriter(out)
	titles := make([]string, len(f.Head))
	for i, c := range f.Head {
		titles[i] = c.Heading
	}
	if err := writer.Write(titles); err != nil {
		return nil // the reader went away
	}
	err := lines(func(line []string) error {
		for i, text := range line {
			if !f.Head[i].Number && text != "" && strings.Contains(register.FormulaSigns, text[:1]) {
				line[i] = "'" + text
			}
		}
		return writer.Write(line)
	})
	writer.Flush()
	if err == nil {
		err = out.Flush()
	}
	if err != nil {
		shell.From(ctx).Log.Error("an export broke off", "request", shell.From(ctx).Request, "error", err)
	}
	return nil
}
