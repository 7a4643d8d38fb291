package reading

import (
	"sort"

	"jiaoheng/document"
)

// unclaimedMost is how many unclaimed numbers are listed: more would tell a person nothing.
const unclaimedMost = 20000

// unclaimed lists the numbers of the text that no target and no fact speaks for and that are no year, date,
// label, name, condition or other number that promises and reports nothing.
func unclaimed(l *layout, targets, facts []Quantity) []Unclaimed {
	claimed := claimedSpans(targets, facts)
	var left []Unclaimed
	if len(l.numbers) < len(l.sentences) {
		l.numbers = make([][]number, len(l.sentences))
	}
	for i := range l.sentences {
		s := &l.sentences[i]
		if s.Role == RoleFront || s.Role == RoleBack {
			continue
		}
		text := []rune(s.Text)
		numbers := l.numbers[i]
		if numbers == nil {
			numbers = scanNumbers(text)
			classify(text, numbers, scanMarks(text))
		}
		if len(numbers) == 0 || s.Table > 0 && s.Column == 0 && numbers[0].from == 0 && numbers[0].to == len(text) {
			continue // no number, or the running number of a row
		}
		offsets := byteOffsets(s.Text, len(text))
		for _, n := range numbers {
			if n.kind != kindQuantity && n.kind != kindBare {
				continue
			}
			span := document.Span{From: s.Span.From + offsets[n.from], To: s.Span.From + offsets[n.to]}
			if len(left) < unclaimedMost && !holds(claimed, span) {
				left = append(left, Unclaimed{Text: s.Text[offsets[n.from]:offsets[n.to]], CleanSpan: span})
			}
		}
	}
	return left
}

// claimedSpans are the spans of the items, joined where they touch, in order.
func claimedSpans(lists ...[]Quantity) []document.Span {
	var spans []document.Span
	for _, list := range lists {
		for i := range list {
			spans = append(spans, list[i].CleanSpan)
		}
	}
	sort.Slice(spans, func(i, j int) bool { return spans[i].From < spans[j].From })
	joined := spans[:0]
	for _, span := range spans {
		if n := len(joined); n > 0 && span.From <= joined[n-1].To {
			joined[n-1].To = max(joined[n-1].To, span.To)
			continue
		}
		joined = append(joined, span)
	}
	return joined
}

// holds tells whether one of the joined spans holds the span.
func holds(spans []document.Span, span document.Span) bool {
	i := sort.Search(len(spans), func(i int) bool { return spans[i].To >= span.To })
	return i < len(spans) && spans[i].From <= span.From
}
