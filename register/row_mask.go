package register

import (
	"strings"

	"jiaoheng/pack"
	"jiaoheng/secret"
)

// mask stands for a personal cell of which nothing is shown.
const mask = "****"

// Mask hides the personal cells of a row: their numbers are gone, their texts show what secret.MaskName or
// secret.MaskNumber leaves.
func Mask(register *pack.Register, row *Row) {
	for n, column := range register.Columns {
		if column.Personal && n < len(row.Cells) && row.Cells[n].Known {
			row.Cells[n] = Cell{Known: true, Text: Masked(row.Cells[n], column)}
		}
	}
}

// Masked returns a personal cell as it is shown to whoever may not open it.
func Masked(cell Cell, column *pack.Column) string {
	switch {
	case !cell.Known:
		return ""
	case column.Type != pack.Line:
		return mask
	case strings.Trim(cell.Text, "0123456789xX") == "":
		return secret.MaskNumber(cell.Text, 3, 4)
	}
	return secret.MaskName(cell.Text)
}
