package paper

import (
	"strconv"

	"jiaoheng/message"
	"jiaoheng/period"
	"jiaoheng/report"
)

// Kinds of papers.
const (
	GrowthKind report.Kind = "growth"
	ExamKind   report.Kind = "exam"
	ItemKind   report.Kind = "items"
)

// Head is who issues a paper, and when.
type Head struct {
	Bureau   string // signs
	Unit     string // code of the unit it is about
	UnitName string
	Day      period.Date
}

func (h Head) start(kind report.Kind, title string) *report.Report {
	r := report.New(kind, title, h.Day)
	r.Loose, r.Unit, r.UnitName, r.Signed = true, h.Unit, h.UnitName, h.Bureau
	return r
}

// say is a text of the catalogue in Chinese, the language of the documents.
func say(key string, args message.Args) string {
	return message.Text(message.Chinese, key, args)
}

func columns(keys ...string) []report.Column {
	var all []report.Column
	for n, key := range keys {
		one := report.Column{Title: say("paper.column."+key, nil), Align: report.Figures}
		if n == 0 {
			one.Align = report.Words
		}
		all = append(all, one)
	}
	return all
}

// number writes a number as Chinese print does, with so many decimals.
func number(x float64, decimals int) string { return report.Number(x, decimals) }

// fixed writes a number with exactly so many decimals, so that a column of figures stands even.
func fixed(x float64, decimals int) string {
	text := strconv.FormatFloat(x, 'f', decimals, 64)
	if zero, err := strconv.ParseFloat(text, 64); err == nil && zero == 0 && text[0] == '-' {
		text = text[1:]
	}
	return text
}
