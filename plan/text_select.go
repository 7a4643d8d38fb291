package plan

import (
	"strings"
	"unicode/utf8"

	"jiaoheng/document"
	"jiaoheng/fault"
	"jiaoheng/message"
)

// MaxSelection is the number of bytes of the clean text that a person may make one item of.
const MaxSelection = 6000

// Select returns the part of an item that a person makes of the words in span of the clean text: its place in
// the original, the sentence around it and the headings above it.
func (d *Desk) Select(clean document.Mapped, span document.Span, kind Kind, fields map[string]string) (Part, error) {
	text := clean.Text
	if span.From < 0 || span.To > len(text) || span.Len() <= 0 || !onRunes(text, span) || strings.TrimSpace(text[span.From:span.To]) == "" {
		return Part{}, fault.List{fault.New("plan.select_nothing", nil)}
	}
	if span.Len() > MaxSelection {
		return Part{}, fault.List{fault.New("plan.select_long", message.Args{"max": MaxSelection / 3})}
	}
	sentence := SentenceAround(text, span)
	return Part{Kind: kind, Fields: fields, Places: []Place{{Origin: clean.Origin(span), Clean: span}},
		Sentence: strings.TrimSpace(text[sentence.From:sentence.To]), Path: d.pathAt(span.From)}, nil
}

func onRunes(text string, span document.Span) bool {
	start := span.From == len(text) || utf8.RuneStart(text[span.From])
	return start && (span.To == len(text) || utf8.RuneStart(text[span.To]))
}

// SentenceAround widens span to whole sentences: runs ended by 。！？ or a line end.
func SentenceAround(text string, span document.Span) document.Span {
	from := 0
	for _, mark := range []string{"。", "！", "？", "\n"} {
		if at := strings.LastIndex(text[:span.From], mark); at >= 0 {
			from = max(from, at+len(mark))
		}
	}
	to := len(text)
	last := span.To
	if strings.HasSuffix(text[:span.To], "。") {
		last -= len("。")
	}
	for _, mark := range []string{"。", "！", "？", "\n"} {
		if at := strings.Index(text[last:], mark); at >= 0 {
			end := last + at
			if mark != "\n" {
				end += len(mark)
			}
			to = min(to, end)
		}
	}
	return document.Span{From: from, To: max(to, span.To)}
}

// pathAt returns the headings above a byte of the clean text, outermost first.
func (d *Desk) pathAt(at int) []string {
	var open []Item
	for _, item := range d.Items {
		if item.Kind != Heading || !item.Live() || item.From() > at || len(item.Places) == 0 {
			continue
		}
		for len(open) > 0 && open[len(open)-1].Fields["level"] >= item.Fields["level"] {
			open = open[:len(open)-1]
		}
		open = append(open, item)
	}
	var path []string
	for _, item := range open {
		if item.Fields["level"] != "0" {
			path = append(path, item.Name())
		}
	}
	return path
}
