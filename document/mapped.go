package document

import "sort"

// Span is a half-open interval [From, To) of byte offsets.
type Span struct{ From, To int }

// Len is the number of bytes in the span.
func (s Span) Len() int { return s.To - s.From }

// Overlaps tells whether the two spans share a byte.
func (s Span) Overlaps(t Span) bool { return s.From < t.To && t.From < s.To }

// MarshalJSON writes the span as [from,to].
func (s Span) MarshalJSON() ([]byte, error) { return marshalPair(s.From, s.To), nil }

// UnmarshalJSON reads [from,to].
func (s *Span) UnmarshalJSON(data []byte) error { return unmarshalPair(data, &s.From, &s.To) }

// run says that Text[At : next run's At] came from Original[From:To].
// An exact run has the same length on both sides and maps byte by byte; any other maps as a whole.
type run struct {
	at       int
	from, to int
	exact    bool
}

// Mapped is text with a map back to the original bytes. The zero value is the empty text.
type Mapped struct {
	Text string
	runs []run
}

// Identity maps text onto itself, for originals that are already UTF-8.
func Identity(text string) Mapped {
	return Mapped{Text: text, runs: []run{{at: 0, from: 0, to: len(text), exact: true}}}
}

// Origin returns the smallest span of the original that holds everything the bytes of span were made from.
// Text that was inserted maps to the empty span at the place of insertion.
func (m Mapped) Origin(span Span) Span {
	if len(m.runs) == 0 {
		return Span{}
	}
	first := m.runAt(span.From)
	if span.Len() <= 0 {
		at := m.originOfByte(first, span.From, false)
		return Span{at, at}
	}
	last := m.runAt(span.To - 1)
	from, to := m.originOfByte(first, span.From, false), m.originOfByte(last, span.To-1, true)
	for _, r := range m.runs[min(first+1, last):last] {
		from, to = min(from, r.from), max(to, r.to)
	}
	from, to = min(from, m.originOfByte(last, max(span.From, m.runs[last].at), false)), max(to, m.originOfByte(first, min(span.To-1, m.lastByte(first)), true))
	return Span{from, to}
}

// lastByte returns the last byte of the text that run i holds.
func (m Mapped) lastByte(i int) int {
	if i+1 < len(m.runs) {
		return m.runs[i+1].at - 1
	}
	return len(m.Text) - 1
}

// runAt returns the index of the run that holds byte at of the text.
func (m Mapped) runAt(at int) int {
	return max(0, sort.Search(len(m.runs), func(i int) bool { return m.runs[i].at > at })-1)
}

// originOfByte returns the start, or with end the end, of what byte at of run i was made from.
func (m Mapped) originOfByte(i, at int, end bool) int {
	r := m.runs[i]
	switch {
	case !r.exact && end:
		return r.to
	case !r.exact:
		return r.from
	case end:
		return min(r.to, r.from+max(0, at-r.at)+1)
	default:
		return min(r.to, r.from+max(0, at-r.at))
	}
}
