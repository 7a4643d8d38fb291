package register

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
)

// What a cell may hold when its column does not say.
const (
	mostNumber = 1e12
	mostText   = pack.DefaultLength
	maxChoices = 12 // that a fault names
)

var (
	plainNumber = regexp.MustCompile(`^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,3})?$`)
	grouped     = regexp.MustCompile(`^[+-]?[0-9]{1,3}([, ][0-9]{3})+(\.[0-9]+)?$`)
	sheetError  = regexp.MustCompile(`^#(DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!|SPILL!|CALC!|#+)$`)
	firstDigit  = regexp.MustCompile(`[0-9]`)
)

// FormulaSigns are the signs with which a text would be taken for a formula when a .csv is opened.
const FormulaSigns = "=+-@"

// folded writes full-width signs as half-width ones and takes blanks off both ends.
func folded(text string) string {
	return strings.TrimFunc(width.Fold.String(text), func(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) })
}

// readCell reads one cell of a column. ratio turns the measure of the heading into that of the column. A code names what
// is wrong.
func readCell(text string, column *pack.Column, ratio float64) (Cell, string, message.Args) {
	written := strings.TrimFunc(text, unicode.IsSpace)
	text = folded(text)
	switch {
	case text == "":
		return Cell{}, "", nil
	case sheetError.MatchString(strings.ToUpper(text)):
		return Cell{}, "register.sheet_error", nil
	case column.Personal && column.Type != pack.Line && text == mask:
		return Cell{Known: true, Text: mask}, "", nil
	case column.Type.Numeric():
		return readNumber(text, column, ratio)
	case column.Type == pack.Flag:
		return readFlag(text)
	case column.Type == pack.Choice:
		return readChoice(text, column)
	case column.Type == pack.Date:
		return readDate(text)
	}
	return readLine(written, column)
}

// ReadCell reads what somebody typed into a field of a column; "" is an empty cell. The fault names column and text, not the place.
func ReadCell(text string, column *pack.Column) (Cell, *fault.Fault) {
	cell, code, args := readCell(text, column, 1)
	if code == "" {
		return cell, nil
	}
	if args == nil {
		args = message.Args{}
	}
	args["column"], args["text"] = column.Title, shortened(text)
	return cell, fault.New(code, args)
}

func readNumber(text string, column *pack.Column, ratio float64) (Cell, string, message.Args) {
	number, code := parseNumber(strings.TrimPrefix(text, "'"), column.Type == pack.Percent)
	if code != "" {
		return Cell{}, code, nil
	}
	if ratio != 1 {
		// 12.3456 万元 are 123456 元, not 123456.00000000001.
		number, _ = strconv.ParseFloat(strconv.FormatFloat(number*ratio, 'g', 15, 64), 64)
	}
	if column.Type == pack.Count && number != math.Trunc(number) {
		return Cell{}, "register.not_whole", nil
	}
	least, most := Limits(column)
	switch {
	case number < least && least == 0:
		return Cell{}, "register.negative", nil
	case number < least:
		return Cell{}, "register.too_small", message.Args{"limit": plainNumberText(least)}
	case number > most:
		return Cell{}, "register.too_large", message.Args{"limit": plainNumberText(most)}
	}
	return Cell{Known: true, Number: number + 0}, "", nil
}

func plainNumberText(number float64) string { return strconv.FormatFloat(number, 'f', -1, 64) }

// parseNumber reads a number; the code says what is wrong with the text.
func parseNumber(text string, percent bool) (float64, string) {
	if plain, isPercent := strings.CutSuffix(text, "%"); isPercent {
		if _, code := parseNumber(strings.TrimSpace(plain), false); code != "" {
			return 0, code
		}
		if !percent {
			return 0, "register.percent_sign"
		}
		text = strings.TrimSpace(plain)
	}
	if grouped.MatchString(text) {
		text = strings.NewReplacer(",", "", " ", "").Replace(text)
	}
	number, err := strconv.ParseFloat(text, 64)
	switch {
	case plainNumber.MatchString(text) && err == nil && !math.IsInf(number, 0):
		return number, ""
	case strings.Trim(text, "0123456789,. +-") == "" && strings.ContainsAny(text, ", "):
		return 0, "register.grouping"
	case firstDigit.MatchString(text):
		return 0, "register.text_in_number"
	}
	return 0, "register.not_number"
}

// Limits returns the least and the most that a column takes.
func Limits(column *pack.Column) (least, most float64) {
	least, most = -mostNumber, mostNumber
	if column.Type != pack.Number {
		least = 0
	}
	if column.Type == pack.Percent {
		most = 100
	}
	if column.Least != nil {
		least = *column.Least
	}
	if column.Most != nil {
		most = *column.Most
	}
	return least, most
}

// flags are the words for yes and no that a cell may hold.
var flags = map[string]float64{
	"是": 1, "有": 1, "对": 1, "达到": 1, "达标": 1, "合格": 1, "√": 1, "✓": 1, "1": 1, "1.0": 1, "y": 1, "yes": 1, "true": 1,
	"否": 0, "无": 0, "没有": 0, "错": 0, "未达到": 0, "不达标": 0, "未达标": 0, "不合格": 0, "×": 0, "✗": 0, "0": 0, "0.0": 0, "n": 0, "no": 0, "false": 0,
}

func readFlag(text string) (Cell, string, message.Args) {
	value, known := flags[strings.ToLower(text)]
	if !known {
		return Cell{}, "register.not_flag", nil
	}
	return Cell{Known: true, Number: value}, "", nil
}

func readChoice(text string, column *pack.Column) (Cell, string, message.Args) {
	wanted := closed(text)
	var choices titles
	for _, option := range column.Choices {
		if wanted == closed(option.Title.Chinese) || wanted == closed(option.Title.English) || wanted == closed(option.Name) {
			return Cell{Known: true, Text: option.Name}, "", nil
		}
		choices = append(choices, option.Title)
	}
	if len(choices) > maxChoices {
		choices = append(choices[:maxChoices], pack.Text{Chinese: "……"})
	}
	return Cell{}, "register.not_choice", message.Args{"choices": choices}
}

// closed brings a word into the form in which headings and choices are compared.
func closed(text string) string {
	return strings.Join(strings.Fields(strings.ToLower(folded(text))), "")
}

// Days of Excel count from 1899-12-30; those between these two are taken for dates.
const (
	firstSerial = 3654  // 1910-01-01
	lastSerial  = 73050 // 2099-12-31
)

func readDate(text string) (Cell, string, message.Args) {
	text = strings.TrimSuffix(strings.TrimSuffix(text, " 00:00:00"), " 0:00")
	day, ok := period.ParseDate(strings.Join(strings.Fields(text), ""))
	if serial, err := strconv.Atoi(text); !ok && err == nil {
		switch {
		case len(text) == 8:
			day, ok = period.ParseDate(text[:4] + "-" + text[4:6] + "-" + text[6:])
		case serial >= firstSerial && serial <= lastSerial:
			day, ok = period.Date{Year: 1899, Month: 12, Day: 30}.AddDays(serial), true
		}
	}
	if !ok {
		return Cell{}, "register.not_date", nil
	}
	if day.Year < 1900 || day.Year > 2100 {
		return Cell{}, "register.date_range", nil
	}
	return Cell{Known: true, Text: day.String()}, "", nil
}

// textLimit returns how many characters a text may have.
func textLimit(column *pack.Column) int {
	if column.Length == 0 {
		return mostText
	}
	return column.Length
}

// readLine keeps a text as it was written, save for blanks at its ends and the quote by which an exported text is kept
// from being taken for a formula.
func readLine(text string, column *pack.Column) (Cell, string, message.Args) {
	if rest, quoted := strings.CutPrefix(text, "'"); quoted && strings.ContainsAny(rest[:min(1, len(rest))], FormulaSigns) {
		text = rest
	}
	limit := textLimit(column)
	if n := utf8.RuneCountInString(text); n > limit {
		return Cell{}, "register.text_long", message.Args{"length": n, "limit": limit}
	}
	if !utf8.ValidString(text) || strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' }) {
		return Cell{}, "register.text_control", nil
	}
	return Cell{Known: true, Text: text}, "", nil
}

// plainText returns a cell as keys compare it.
func plainText(cell Cell, column *pack.Column) string {
	if column.Type.Numeric() || column.Type == pack.Flag {
		return strconv.FormatFloat(cell.Number, 'g', -1, 64)
	}
	return closed(cell.Text)
}

// Unfilled is the fault that a required cell is empty. Only of numbers it makes sense to say that none is written as 0.
func Unfilled(c *pack.Column) *fault.Fault {
	return fault.New(unfilledCode(c), message.Args{"column": c.Title, "text": ""})
}

func unfilledCode(c *pack.Column) string {
	if c.Type.Numeric() {
		return "register.cell_empty"
	}
	return "register.cell_blank"
}
