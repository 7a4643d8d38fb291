package register

import (
	"bytes"
	"context"
	"mime"
	"net/http"
	"slices"
	"strings"

	"jiaoheng/export/xlsx"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/register"
	"jiaoheng/web/shell"
)

// exportChunk is how many rows are read before they are written.
const exportChunk = 1000

// WorkbookType is the media type of an .xlsx workbook.
const WorkbookType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// Export gives out exactly what the list shows: the same rows in the same order, the same columns. Personal cells are masked.
func (p *Pages) Export(w http.ResponseWriter, r *http.Request) error {
	if p.toRecord(w, r, "export") {
		return nil
	}
	ctx := r.Context()
	s, err := p.open(r)
	if err != nil {
		return err
	}
	if !SingleUnder(ctx, p.records, s.register, s.Number) {
		return shell.NoRight
	}
	q := ReadQuery(r, s.register, address(s.register), firstColumns(s.register))
	if err := q.Faults.Err(); err != nil {
		return err
	}
	head, cells := FileForm(ctx, s.register, q.Columns, func(row register.Row, c *pack.Column) string {
		return register.CellText(register.CellOf(s.register, row, c.Name), c, shell.From(ctx).Language)
	})
	file := File{Head: head, CSV: r.URL.Query().Get("format") == "csv",
		Name: strings.Trim(s.register.Title.In(shell.From(ctx).Language)+"-"+s.Unit.Name+"-"+strings.ReplaceAll(s.period.String(), "/", "-"), "-")}
	query := q.Narrow(s.query())
	if !file.CSV {
		count, err := p.store.RegisterCount(ctx, s.register, query)
		if err != nil {
			return err
		}
		if count*len(head) > xlsx.MaxRegisterCells {
			return fault.List{fault.New("register.page.export_large", message.Args{"rows": shell.Count(count), "limit": shell.Count(xlsx.MaxRegisterCells / len(head))})}
		}
	}
	return file.GiveOut(w, ctx, func(write func(line []string) error) error {
		return p.chunks(ctx, s, query, func(row register.Row) error { return write(cells(row)) })
	})
}

// FileForm returns the head of a file of rows, with what names the units before the columns, and what makes its lines; text writes
// a cell. An import takes such a file back.
func FileForm(ctx context.Context, of *pack.Register, columns []*pack.Column, text func(row register.Row, c *pack.Column) string) ([]xlsx.TableColumn, func(row register.Row) []string) {
	language, tree := shell.From(ctx).Language, shell.From(ctx).Tree
	form := register.FormOf(of, false)
	var head []xlsx.TableColumn
	var withID bool
	for _, c := range form.Columns(language) {
		if c.Column == nil {
			head = append(head, xlsx.TableColumn{Heading: c.Heading})
			withID = withID || c.Heading == shell.Text(ctx, "register.form.row")
		}
	}
	for _, c := range columns {
		head = append(head, xlsx.TableColumn{Heading: register.Heading(c, language), Number: c.Type.Numeric() && !c.Personal})
	}
	return head, func(row register.Row) []string {
		line := form.UnitCells(tree, row.Unit, language)
		if withID {
			line = append(line, row.ID)
		}
		for _, c := range columns {
			line = append(line, text(row, c))
		}
		return line
	}
}

// chunks walks every row of a query with its computed cells, personal ones masked.
func (p *Pages) chunks(ctx context.Context, s scene, query register.Query, each func(row register.Row) error) error {
	query.Personal = true
	var chunk []register.Row
	flush := func() error {
		rows, err := p.computed(ctx, s, chunk)
		for i := 0; err == nil && i < len(rows); i++ {
			err = each(rows[i])
		}
		chunk = chunk[:0]
		return err
	}
	for row, err := range p.store.RegisterEach(ctx, s.register, query) {
		if err != nil {
			return err
		}
		if chunk = append(chunk, row); len(chunk) == exportChunk {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	return flush()
}

// Template gives out an empty form in which the units are filled in whose rows the present post may write.
func (p *Pages) Template(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	s, err := p.openFiles(r)
	if err != nil {
		return err
	}
	language, tree := shell.From(ctx).Language, shell.From(ctx).Tree
	form := register.FormOf(s.register, true)
	var rows [][]string
	codes := p.writable(ctx, s)
	if s.register.Living() && len(codes) > 1 { // who has nothing to tell makes no row
		codes = nil
	}
	for _, code := range codes {
		rows = append(rows, form.UnitCells(tree, code, language))
	}
	var out bytes.Buffer
	if err := xlsx.WriteRegister(&out, xlsx.RegisterSheet{Register: s.register, Form: form, Language: language, Rows: rows}); err != nil {
		return err
	}
	name := strings.Trim(shell.Text(ctx, "register.page.template_file", message.Args{"register": s.register.Title.In(language)})+"-"+strings.ReplaceAll(s.period.String(), "/", "-"), "-")
	return GiveOut(w, name+".xlsx", WorkbookType, out.Bytes())
}

// writable are the units below the standing one whose rows the present post may write.
func (p *Pages) writable(ctx context.Context, s scene) []string {
	codes := register.UnitsToReport(s.register, shell.From(ctx).Tree, s.Unit.Code, s.period)
	if p.mayWrite(ctx, s.register, s.Unit.Code) {
		return codes
	}
	return slices.DeleteFunc(codes, func(code string) bool { return !p.mayWrite(ctx, s.register, code) })
}

// Download says that the answer is a file of a name and a media type.
func Download(w http.ResponseWriter, name, kind string) {
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
}

// GiveOut answers with a file.
func GiveOut(w http.ResponseWriter, name, kind string, data []byte) error {
	Download(w, name, kind)
	_, _ = w.Write(data) // an error means that the reader went away
	return nil
}
