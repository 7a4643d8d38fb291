package xlsx

import (
	"errors"
	"fmt"

	"github.com/xuri/excelize/v2"
)

// Limits of a sheet.
const (
	MaxRows      = 20000
	maxCellRunes = 32000
)

// column is one column of an official table.
type column struct {
	head   string
	width  float64
	centre bool
}

// sheet is one official table: a title over the whole width, a line about it, the head, the rows and a note.
type sheet struct {
	name, title, about, note string
	columns                  []column
	rows                     [][]string
	// mergeColumn is the column (from 0) whose equal neighbours become one cell, -1 for none.
	mergeColumn int
}

const (
	titleRow = 1
	aboutRow = 2
	headRow  = 3
	firstRow = 4
)

type styles struct{ title, about, head, left, centre, note int }

func newStyles(file *excelize.File) (styles, error) {
	border := []excelize.Border{}
	for _, side := range []string{"left", "right", "top", "bottom"} {
		border = append(border, excelize.Border{Type: side, Color: "000000", Style: 1})
	}
	wrap := func(horizontal string) *excelize.Alignment {
		return &excelize.Alignment{Horizontal: horizontal, Vertical: "center", WrapText: true}
	}
	font := func(family string, size float64, bold bool) *excelize.Font {
		return &excelize.Font{Family: family, Size: size, Bold: bold}
	}
	var s styles
	var all error
	for _, one := range []struct {
		id    *int
		style excelize.Style
	}{
		{&s.title, excelize.Style{Font: font("方正小标宋简体", 18, false), Alignment: wrap("center")}},
		{&s.about, excelize.Style{Font: font("楷体", 11, false), Alignment: wrap("center")}},
		{&s.head, excelize.Style{Font: font("黑体", 11, false), Alignment: wrap("center"), Border: border}},
		{&s.left, excelize.Style{Font: font("仿宋", 11, false), Alignment: wrap("left"), Border: border}},
		{&s.centre, excelize.Style{Font: font("仿宋", 11, false), Alignment: wrap("center"), Border: border}},
		{&s.note, excelize.Style{Font: font("仿宋", 10, false), Alignment: wrap("left")}},
	} {
		var err error
		*one.id, err = file.NewStyle(&one.style)
		all = errors.Join(all, err)
	}
	return s, all
}

// write puts the table on a sheet of its own.
func (s sheet) write(file *excelize.File, style styles) error {
	if len(s.rows) > MaxRows {
		return fmt.Errorf("xlsx: %d rows, at most %d", len(s.rows), MaxRows)
	}
	if _, err := file.NewSheet(s.name); err != nil {
		return err
	}
	last, err := excelize.ColumnNumberToName(len(s.columns))
	if err != nil {
		return err
	}
	end := firstRow + len(s.rows) - 1
	steps := []error{
		s.line(file, titleRow, last, s.title, style.title, 36),
		s.line(file, aboutRow, last, s.about, style.about, 20),
		s.line(file, end+1, last, s.note, style.note, 20),
		s.head(file, style),
		s.body(file, style),
		s.merge(file),
		s.page(file, last, end),
	}
	return errors.Join(steps...)
}

// line merges one row over the whole width.
func (s sheet) line(file *excelize.File, row int, last, text string, style int, height float64) error {
	from, to := fmt.Sprintf("A%d", row), fmt.Sprintf("%s%d", last, row)
	return errors.Join(file.SetCellStr(s.name, from, text), file.MergeCell(s.name, from, to),
		file.SetCellStyle(s.name, from, to, style), file.SetRowHeight(s.name, row, height))
}

func (s sheet) head(file *excelize.File, style styles) error {
	var all error
	for i, c := range s.columns {
		cell, err := excelize.CoordinatesToCellName(i+1, headRow)
		letter, _ := excelize.ColumnNumberToName(i + 1)
		all = errors.Join(all, err, file.SetCellStr(s.name, cell, c.head), file.SetCellStyle(s.name, cell, cell, style.head),
			file.SetColWidth(s.name, letter, letter, c.width))
	}
	return errors.Join(all, file.SetRowHeight(s.name, headRow, 28))
}

func (s sheet) body(file *excelize.File, style styles) error {
	var all error
	for r, row := range s.rows {
		lines := 1
		for i, text := range row {
			cell, err := excelize.CoordinatesToCellName(i+1, firstRow+r)
			look := style.left
			if s.columns[i].centre {
				look = style.centre
			}
			all = errors.Join(all, err, file.SetCellStr(s.name, cell, cut(text)), file.SetCellStyle(s.name, cell, cell, look))
			if i != s.mergeColumn {
				lines = max(lines, linesOf(text, s.columns[i].width))
			}
		}
		// Without a height of its own a wrapped row opens at one line in some programs; 409 is the most there is.
		all = errors.Join(all, file.SetRowHeight(s.name, firstRow+r, min(409, float64(lines)*15+6)))
	}
	return all
}

// linesOf estimates the lines of a wrapped cell: the width counts half-width letters, a Chinese character is two.
func linesOf(text string, width float64) int {
	used := 0
	for _, r := range text {
		used++
		if r > 0x2e7f {
			used++
		}
	}
	return int(float64(used)*1.1/width) + 1
}

func cut(text string) string {
	runes := []rune(text)
	if len(runes) <= maxCellRunes {
		return text
	}
	return string(runes[:maxCellRunes]) + "…"
}

// merge joins equal neighbours of one column.
func (s sheet) merge(file *excelize.File) error {
	if s.mergeColumn < 0 {
		return nil
	}
	var all error
	for from := 0; from < len(s.rows); {
		to := from
		for to+1 < len(s.rows) && s.rows[to+1][s.mergeColumn] == s.rows[from][s.mergeColumn] {
			to++
		}
		if to > from {
			a, _ := excelize.CoordinatesToCellName(s.mergeColumn+1, firstRow+from)
			b, _ := excelize.CoordinatesToCellName(s.mergeColumn+1, firstRow+to)
			all = errors.Join(all, file.MergeCell(s.name, a, b))
		}
		from = to + 1
	}
	return all
}

// page sets A4 landscape on one page of width, the head on every page and the number of the page in the foot.
func (s sheet) page(file *excelize.File, last string, end int) error {
	paper, landscape, width, height := 9, "landscape", 1, 0
	fit, centred := true, true
	margin, narrow := 0.7, 0.4
	return errors.Join(
		file.SetPageLayout(s.name, &excelize.PageLayoutOptions{Size: &paper, Orientation: &landscape, FitToWidth: &width, FitToHeight: &height}),
		file.SetSheetProps(s.name, &excelize.SheetPropsOptions{FitToPage: &fit}),
		file.SetPageMargins(s.name, &excelize.PageLayoutMarginsOptions{Top: &margin, Bottom: &margin, Left: &narrow, Right: &narrow, Horizontally: &centred}),
		file.SetHeaderFooter(s.name, &excelize.HeaderFooterOptions{OddFooter: "&C&P / &N"}),
		file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: fmt.Sprintf("'%s'!$%d:$%d", s.name, headRow, headRow), Scope: s.name}),
		file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Area", RefersTo: fmt.Sprintf("'%s'!$A$1:$%s$%d", s.name, last, end+1), Scope: s.name}),
		file.SetPanes(s.name, &excelize.Panes{Freeze: true, YSplit: headRow, TopLeftCell: fmt.Sprintf("A%d", firstRow), ActivePane: "bottomLeft"}),
	)
}
