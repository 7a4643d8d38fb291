package admission

import (
	"net/http"

	"jiaoheng/export/xlsx"
	"jiaoheng/message"
	registerpages "jiaoheng/web/register"
	"jiaoheng/web/shell"
)

// SeasonExport gives out the table of the overview.
func (p *Pages) SeasonExport(w http.ResponseWriter, r *http.Request) error {
	view, err := p.season(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	file := registerpages.File{Name: shell.Text(ctx, "admission.page.file", message.Args{"unit": view.Unit.Name, "year": year(view.Period)})}
	for _, c := range view.table.Columns {
		file.Head = append(file.Head, xlsx.TableColumn{Heading: c.Title, Number: c.Align == shell.Figures})
	}
	return file.GiveOut(w, ctx, func(write func(line []string) error) error {
		for i, row := range view.table.Rows {
			line := make([]string, len(row))
			for k, cell := range row {
				line[k] = cell.Text
				if cell.Body != nil {
					word, _ := pressureOf(view.lines[i])
					line[k] = shell.Text(ctx, "admission.pressure."+word)
				}
			}
			if err := write(line); err != nil {
				return err
			}
		}
		return nil
	})
}
