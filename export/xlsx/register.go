package xlsx

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/register"
	"jiaoheng/unit"
)

// MaxRegisterCells is the most cells of the rows of a register in one workbook: what an import takes back.
const MaxRegisterCells = 500_000

const (
	spareRows   = 1000 // rows below the last one that still check what is typed
	plainDigits = 11   // numbers with more digits are written as text, as programs show them rounded
	maxListed   = 250  // characters of a list of choices inside a sheet
)

// RegisterSheet is a register as a workbook: a template to be filled in, or rows as they stand.
type RegisterSheet struct {
	Register *pack.Register
	Form     register.Form
	Language message.Language
	Rows     [][]string // cells in the order of the form; short rows are filled with empty cells
}

// WriteRegister writes a workbook with two sheets: the table, whose cells check what is typed, and the explanation of its
// columns. Errors: a fault when there are too many cells; else what writing returns.
func WriteRegister(to io.Writer, sheet RegisterSheet) error {
	columns := sheet.Form.Columns(sheet.Language)
	if n := len(columns) * len(sheet.Rows); n > MaxRegisterCells {
		return fault.New("register.export_large", message.Args{"rows": len(sheet.Rows), "limit": MaxRegisterCells / len(columns)})
	}
	file := excelize.NewFile()
	defer file.Close()
	w := registerWriter{file: file, sheet: sheet, columns: columns, name: message.Text(sheet.Language, "register.form.sheet", nil),
		explain: message.Text(sheet.Language, "register.form.explain", nil)}
	_, err := file.NewSheet(w.explain)
	if err := errors.Join(file.SetSheetName("Sheet1", w.name), err, w.makeStyles()); err != nil {
		return fmt.Errorf("xlsx: register: %w", err)
	}
	if err := errors.Join(w.explanation(), w.validations(), w.table()); err != nil {
		return fmt.Errorf("xlsx: register: %w", err)
	}
	file.SetActiveSheet(0)
	if err := file.SetDocProps(&excelize.DocProperties{Title: sheet.Register.Title.In(sheet.Language), Language: "zh-CN"}); err != nil {
		return fmt.Errorf("xlsx: register: %w", err)
	}
	return file.Write(to)
}

type registerWriter struct {
	file           *excelize.File
	sheet          RegisterSheet
	columns        []register.FormColumn
	name, explain  string
	required, head int
	text, wrapped  int
}

func (w *registerWriter) makeStyles() error {
	border := []excelize.Border{}
	for _, side := range []string{"left", "right", "top", "bottom"} {
		border = append(border, excelize.Border{Type: side, Color: "808080", Style: 1})
	}
	centre := &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true}
	fill := func(colour string) excelize.Fill {
		return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}}
	}
	var all error
	for _, one := range []struct {
		id    *int
		style excelize.Style
	}{
		{&w.required, excelize.Style{Font: &excelize.Font{Family: "黑体", Size: 11, Color: "9C0006"}, Alignment: centre, Border: border, Fill: fill("FDE9D9")}},
		{&w.head, excelize.Style{Font: &excelize.Font{Family: "黑体", Size: 11}, Alignment: centre, Border: border, Fill: fill("E8EEF7")}},
		{&w.text, excelize.Style{NumFmt: 49}},
		{&w.wrapped, excelize.Style{Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}, Border: border, NumFmt: 49}},
	} {
		var err error
		*one.id, err = w.file.NewStyle(&one.style)
		all = errors.Join(all, err)
	}
	return all
}

// table writes the head and the rows as a stream, so that many rows need little memory. A stream ends the sheet: the checks
// must stand before it.
func (w *registerWriter) table() error {
	stream, err := w.file.NewStreamWriter(w.name)
	if err != nil {
		return err
	}
	head := make([]any, len(w.columns))
	for i, c := range w.columns {
		cell := excelize.Cell{StyleID: w.head, Value: c.Heading}
		if c.Required {
			cell = excelize.Cell{StyleID: w.required, Value: "*" + c.Heading}
		}
		head[i] = cell
		err = errors.Join(err, stream.SetColWidth(i+1, i+1, float64(min(40, max(12, 2*len([]rune(c.Heading))+2)))))
		if c.Column == nil || !c.Column.Type.Numeric() {
			err = errors.Join(err, stream.SetColStyle(i+1, i+1, w.text))
		}
	}
	err = errors.Join(err, stream.SetPanes(&excelize.Panes{Freeze: true, XSplit: 2, YSplit: 1, TopLeftCell: "C2", ActivePane: "bottomRight"}),
		stream.SetRow("A1", head, excelize.RowOpts{Height: 36}))
	for n, row := range w.sheet.Rows {
		cells := make([]any, len(row))
		for i, text := range row {
			cells[i] = w.cell(i, text)
		}
		if err = errors.Join(err, stream.SetRow("A"+strconv.Itoa(n+2), cells)); err != nil {
			return err
		}
	}
	return errors.Join(err, stream.Flush())
}

// cell returns numbers as numbers and everything else as text, so that no text is run as a formula.
func (w *registerWriter) cell(at int, text string) any {
	if text == "" {
		return nil
	}
	if c := w.columns[at].Column; c != nil && c.Type.Numeric() && !c.Personal && len(strings.Trim(text, "-.")) <= plainDigits {
		if number, err := strconv.ParseFloat(text, 64); err == nil {
			return number
		}
	}
	return excelize.Cell{StyleID: w.text, Value: cut(text)}
}

// validations let the program that fills the form refuse what an import would refuse.
func (w *registerWriter) validations() error {
	var all error
	last := len(w.sheet.Rows) + 1 + spareRows
	for i, c := range w.columns {
		letter, err := excelize.ColumnNumberToName(i + 1)
		all = errors.Join(all, err)
		check := excelize.NewDataValidation(true)
		check.SetSqref(fmt.Sprintf("%s2:%s%d", letter, letter, last))
		check.SetError(excelize.DataValidationErrorStyleStop, c.Heading, message.Text(w.sheet.Language, "register.form.refused", nil))
		set, err := w.validation(check, c)
		if all = errors.Join(all, err); set {
			all = errors.Join(all, w.file.AddDataValidation(w.name, check))
		}
	}
	return all
}

// validation fills in one check; false when a column takes anything. The words of stages and flags are short, those of a
// choice may be too many for a list inside the sheet: they then stand in the explanation only.
func (w *registerWriter) validation(check *excelize.DataValidation, c register.FormColumn) (bool, error) {
	language := w.sheet.Language
	list := func(words []string) (bool, error) {
		if len([]rune(strings.Join(words, ","))) > maxListed || strings.Contains(strings.Join(words, ""), ",") {
			return false, nil
		}
		return true, check.SetDropList(words)
	}
	if c.Column == nil {
		if c.Heading != message.Text(language, "register.form.stage", nil) {
			return false, nil
		}
		stages := w.sheet.Register.Stages
		if len(stages) == 0 {
			stages = unit.Stages()
		}
		var words []string
		for _, stage := range stages {
			words = append(words, message.Text(language, "unit.stage."+string(stage), nil))
		}
		return list(words)
	}
	least, most := register.Limits(c.Column)
	switch c.Column.Type {
	case pack.Choice:
		var words []string
		for _, option := range c.Column.Choices {
			words = append(words, option.Title.In(language))
		}
		return list(words)
	case pack.Flag:
		return list([]string{message.Text(language, "register.form.yes", nil), message.Text(language, "register.form.no", nil)})
	case pack.Count:
		return true, check.SetRange(least, most, excelize.DataValidationTypeWhole, excelize.DataValidationOperatorBetween)
	case pack.Number, pack.Money, pack.Percent:
		return true, check.SetRange(least, most, excelize.DataValidationTypeDecimal, excelize.DataValidationOperatorBetween)
	}
	return false, nil
}

// explanation writes the second sheet.
func (w *registerWriter) explanation() error {
	language, r := w.sheet.Language, w.sheet.Register
	var kinds []string
	for _, kind := range r.Of {
		kinds = append(kinds, message.Text(language, "register.of."+string(kind), nil))
	}
	lines := [][]string{{message.Text(language, "register.form.about", message.Args{"title": r.Title.In(language)})},
		{message.Text(language, "register.form.of", message.Args{"units": strings.Join(kinds, " / "), "every": message.Word("register.every." + register.EveryName(r.Every))})}}
	first := len(lines) + 1
	lines = append(lines, w.sheet.Form.Explain(language)...)
	var all error
	for n, line := range lines {
		for i, text := range line {
			cell, err := excelize.CoordinatesToCellName(i+1, n+1)
			all = errors.Join(all, err, w.file.SetCellStr(w.explain, cell, cut(text)))
		}
	}
	for i, width := range []float64{32, 8, 14, 40, 60} {
		letter, _ := excelize.ColumnNumberToName(i + 1)
		all = errors.Join(all, w.file.SetColWidth(w.explain, letter, letter, width))
	}
	return errors.Join(all, w.file.SetCellStyle(w.explain, fmt.Sprintf("A%d", first), fmt.Sprintf("E%d", first), w.head),
		w.file.SetCellStyle(w.explain, fmt.Sprintf("A%d", first+1), fmt.Sprintf("E%d", len(lines)), w.wrapped))
}
