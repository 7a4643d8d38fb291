package record

import (
	"context"
	"net/http"
	"slices"

	"jiaoheng/export/xlsx"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/record"
	"jiaoheng/register"
	registerpages "jiaoheng/web/register"
	"jiaoheng/web/shell"
)

// maxExport is the most rows of one file.
const maxExport = 200_000

// Export gives out exactly what the list shows: the same rows in the same order, the same columns, with what names the units
// before them. An import takes the file back; what the lifecycle keeps is passed over there.
func (p *Pages) Export(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	s, err := p.openRows(r)
	if err != nil {
		return err
	}
	q := readList(r, s.register)
	if err := q.Faults.Err(); err != nil {
		return err
	}
	file := registerpages.File{Name: s.register.Title.In(shell.From(ctx).Language) + "-" + s.Unit.Name, CSV: r.URL.Query().Get("format") == "csv"}
	var cells func(rows []register.Row) ([][]string, error)
	file.Head, cells = p.exportForm(ctx, s, q)
	want := q.wanted()
	want.limit = 1
	one, err := p.find(ctx, s, want)
	if err != nil {
		return err
	}
	most := maxExport
	if !file.CSV {
		most = min(maxExport, xlsx.MaxRegisterCells/len(file.Head))
	}
	if one.count > most {
		return fault.List{fault.New("record.list.export_large", message.Args{"rows": shell.Count(one.count), "limit": shell.Count(most)})}
	}
	return file.GiveOut(w, ctx, func(write func(line []string) error) error {
		return p.eachFound(ctx, s, q.wanted(), func(rows []register.Row) error {
			lines, err := cells(rows)
			if err != nil {
				return err
			}
			for _, line := range lines {
				if err := write(line); err != nil {
					return err
				}
			}
			return nil
		})
	})
}

// exportForm returns the head of the file and what makes its lines of rows.
func (p *Pages) exportForm(ctx context.Context, s scene, q listQuery) ([]xlsx.TableColumn, func(rows []register.Row) ([][]string, error)) {
	language, tree, post := shell.From(ctx).Language, shell.From(ctx).Tree, shell.From(ctx).Actor.Post
	columns := slices.Clone(q.Columns)
	if c, known := registerpages.ColumnOf(s.register, s.register.Heading); known && !slices.Contains(columns, c) {
		columns = slices.Insert(columns, 0, c)
	}
	var names record.Names // of the rows that are being written
	head, line := registerpages.FileForm(ctx, s.register, columns, func(row register.Row, c *pack.Column) string {
		if c.Kept {
			return record.KeptText(tree, s.register, row, c, names, language)
		}
		return register.CellText(register.CellOf(s.register, row, c.Name), c, language)
	})
	see := func(of *pack.Register, row register.Row) bool { return p.records.MaySee(post, of, row) }
	return head, func(rows []register.Row) ([][]string, error) {
		var err error
		names.Persons = p.namesOf(ctx, s.register, rows)
		if names.Rows, err = p.records.NamesOf(ctx, s.register, rows, see); err != nil {
			return nil, err
		}
		lines := make([][]string, len(rows))
		for i, row := range rows {
			lines[i] = line(row)
		}
		return lines, nil
	}
}
