package letter

import (
	"strconv"

	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/register"
)

// Sample returns the content of a letter with sample values, so that a form can be looked at before it is used. Every value says
// what will stand there; none is a fact.
func (o *Office) Sample(declared *pack.Letter, of *pack.Register, head Head, day period.Date) Content {
	values := map[string]string{}
	for _, name := range pack.MarksOfEveryLetter {
		values[name] = message.Text(message.Chinese, "letter.sample", message.Args{"title": markTitle(of, name)})
	}
	row := sampleRow(of, day)
	for n, column := range of.Columns {
		if _, every := values[column.Name]; !every {
			values[column.Name] = cellText(column, row.Cells[n])
		}
	}
	values["bureau"], values["date"], values["due"] = head.Bureau, day.Text(message.Chinese), day.AddDays(30).Text(message.Chinese)
	values["year"], values["number"] = strconv.Itoa(day.Year), "1"
	parts := o.Parts(declared)
	var rows []register.Row
	if parts != nil {
		rows = []register.Row{sampleRow(parts, day), sampleRow(parts, day)}
	}
	content, _ := compose(declared, Of{Register: of, Day: day}, head, values, parts, rows, nil)
	return content
}

// sampleRow has a value in every column: the name of the column itself for texts, the first choice, a small number.
func sampleRow(of *pack.Register, day period.Date) register.Row {
	row := register.Row{Cells: make([]register.Cell, len(of.Columns))}
	for n, column := range of.Columns {
		cell := register.Cell{Known: true, Number: 1}
		switch column.Type {
		case pack.Date:
			cell.Text = day.String()
		case pack.Choice:
			if len(column.Choices) > 0 {
				cell.Text = column.Choices[0].Name
			}
		case pack.Line:
			cell.Text = message.Text(message.Chinese, "letter.sample", message.Args{"title": column.Title})
		}
		row.Cells[n] = cell
	}
	return row
}
