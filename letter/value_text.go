package letter

import (
	"strconv"
	"strings"

	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/register"
)

// cellText writes a cell as an official document does: 2024年3月15日, the name of a choice, an amount with what it counts.
// An empty cell is "".
func cellText(column *pack.Column, cell register.Cell) string {
	if !cell.Known {
		return ""
	}
	switch column.Type {
	case pack.Date:
		day, ok := period.ParseDate(cell.Text)
		if !ok {
			return cell.Text
		}
		return day.Text(message.Chinese)
	case pack.Choice:
		for _, option := range column.Choices {
			if option.Name == cell.Text {
				return option.Title.In(message.Chinese)
			}
		}
		return cell.Text
	case pack.Flag:
		if cell.Number != 0 {
			return message.Text(message.Chinese, "letter.yes", nil)
		}
		return message.Text(message.Chinese, "letter.no", nil)
	}
	if column.Type.Numeric() {
		return numberText(column, cell.Number)
	}
	return strings.TrimSpace(cell.Text)
}

func numberText(column *pack.Column, number float64) string {
	text := strconv.FormatFloat(number, 'f', -1, 64)
	counts := column.Measure.Text(message.Chinese)
	switch {
	case column.Type == pack.Percent:
		return text + "%"
	case column.Measure.Pure():
		return text
	}
	return text + counts
}
