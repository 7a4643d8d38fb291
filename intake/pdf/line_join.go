package pdf

import (
	"math"
	"regexp"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

// layOut joins the lines of all pages to paragraphs, one a line.
func layOut(pages []*page) string {
	dropFurniture(pages)
	for _, p := range pages {
		if !p.turned {
			p.joinCells()
		}
		p.markRows()
	}
	whole := columnOf(allLines(pages))
	var out strings.Builder
	var last *line
	var lastColumn column
	for _, p := range pages {
		own := columnOf(p.lines)
		if own.lines < 5 { // a short page does not show its column
			own = whole
		}
		for i := range p.lines {
			next := &p.lines[i]
			switch {
			case last == nil:
			case last.row || next.row:
				out.WriteByte('\n')
			case !p.turned && continues(last, lastColumn, next, own, i > 0):
				out.WriteString(between(last.text, next.text))
			default:
				out.WriteByte('\n')
			}
			out.WriteString(next.text)
			last, lastColumn = next, own
		}
	}
	return out.String()
}

func allLines(pages []*page) []line {
	var all []line
	for _, p := range pages {
		if !p.turned {
			all = append(all, p.lines...)
		}
	}
	return all
}

// column is where the text of a page stands.
type column struct {
	left, right float64
	size, pitch float64 // type and distance of lines, in points
	lines       int
}

// columnOf finds the column from the lines: the usual type size, and the edges that most lines of this size reach.
func columnOf(lines []line) column {
	weight := map[float64]int{}
	for _, l := range lines {
		weight[math.Round(l.size*2)/2] += utf8.RuneCountInString(l.text)
	}
	c := column{}
	for size, n := range weight {
		if n > weight[c.size] || n == weight[c.size] && size > c.size {
			c.size = size
		}
	}
	var lefts, rights, pitches []float64
	for i, l := range lines {
		if math.Abs(l.size-c.size) > 1 {
			continue
		}
		lefts, rights = append(lefts, l.box.left), append(rights, l.box.right)
		if i > 0 {
			if down := lines[i-1].box.bottom - l.box.bottom; down > 0.5*c.size && down < 5*c.size {
				pitches = append(pitches, down)
			}
		}
	}
	c.lines = len(lefts)
	c.left, c.right, c.pitch = quantile(lefts, 0.1), quantile(rights, 0.9), quantile(pitches, 0.5)
	return c
}

// quantile returns the value below which the share q of the values lies, 0 for none.
func quantile(values []float64, q float64) float64 {
	if len(values) == 0 {
		return 0
	}
	sort.Float64s(values)
	return values[int(q*float64(len(values)-1))]
}

// startsItem knows lines that open with a number of the outline.
var startsItem = regexp.MustCompile(`^(第[一二三四五六七八九十百零〇0-9]{1,4}[章节条篇部]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十0-9]{1,3}[)）]|[0-9]{1,2}[.．、][^0-9]|[①-⑳]|专栏\s*[0-9一二三四五六七八九十]{1,3}|附件)`)

const sentenceEnd = "。！？；：!?;:”）"

// continues tells whether next goes on in the paragraph of last. samePage: no page ends between them.
func continues(last *line, lastColumn column, next *line, nextColumn column, samePage bool) bool {
	size := max(last.size, 1)
	if math.Abs(last.size-next.size) > 0.12*size {
		return false
	}
	down := last.box.bottom - next.box.bottom
	if samePage && math.Abs(down) < 0.4*size { // on one line, as the cells of a row
		return false
	}
	if samePage && lastColumn.pitch > 0 && down > 1.7*max(lastColumn.pitch, 1.2*size) {
		return false
	}
	if last.size > lastColumn.size+1.5 { // a title on several lines
		return samePage && !startsItem.MatchString(next.text)
	}
	if isCentred(last, lastColumn) && isCentred(next, nextColumn) {
		return false
	}
	if next.box.left > nextColumn.left+1.2*size { // the first line of a paragraph is indented
		return false
	}
	end, _ := utf8.DecodeLastRuneInString(last.text)
	if startsItem.MatchString(next.text) && strings.ContainsRune(sentenceEnd, end) {
		return false
	}
	// A line that goes on had no room for what comes next.
	return lastColumn.right-last.box.right < (firstWidth(next.text)+0.35)*size
}

// firstWidth returns how wide the first piece of a line is that may not be cut, in sizes of the type: a character
// with the punctuation that must follow it, or a word or number.
func firstWidth(text string) float64 {
	width := 0.0
	word := false
	for _, r := range text {
		letter := r < unicode.MaxLatin1 && !unicode.IsSpace(r)
		switch {
		case letter && (word || width == 0):
			word = true
			width += 0.55
		case width == 0 || strings.ContainsRune("，。、；：？！）》”’〉】,.;:?!)%％", r):
			width++
		default:
			return width
		}
	}
	return width
}

// markRows writes the rows of tables with " | " between the cells. Two cells may also be two words far apart: they
// make a row only beside another line with a cell at the same place.
func (p *page) markRows() {
	for i := range p.lines {
		l := &p.lines[i]
		if l.row {
			continue
		}
		n := 0
		for _, start := range l.starts {
			if start.wide {
				n++
			}
		}
		l.row = n >= 2 || n == 1 && (len(l.starts) > 1 || i > 0 && sharesStart(l, &p.lines[i-1]) || i+1 < len(p.lines) && sharesStart(l, &p.lines[i+1]))
	}
	for i := range p.lines {
		if l := &p.lines[i]; l.row && len(l.starts) > 0 {
			l.text = rowText(cellsOf(l))
		}
	}
}

// cellsOf parts a line at its gaps.
func cellsOf(l *line) []string {
	var cells []string
	from := 0
	for _, start := range l.starts {
		cells = append(cells, strings.TrimSpace(l.text[from:start.at]))
		from = start.at
	}
	return append(cells, strings.TrimSpace(l.text[from:]))
}

func rowText(cells []string) string { return strings.Join(cells, " | ") }

// sharesStart tells whether a cell of b begins below or above the second cell of a.
func sharesStart(a, b *line) bool {
	for _, start := range b.starts {
		if start.wide && math.Abs(start.left-a.starts[0].left) < 2*a.size {
			return true
		}
	}
	return false
}

// isCentred tells whether the line keeps the same distance from both edges of the column.
func isCentred(l *line, c column) bool {
	left, right := l.box.left-c.left, c.right-l.box.right
	return left > 2.5*l.size && right > 2.5*l.size && math.Abs(left-right) < 2*l.size
}

// between returns what stands between two lines of a paragraph: a space between two words, nothing in Chinese
// text and inside numbers.
func between(before, after string) string {
	last, _ := utf8.DecodeLastRuneInString(before)
	first, _ := utf8.DecodeRuneInString(after)
	if unicode.Is(unicode.Latin, last) && (unicode.Is(unicode.Latin, first) || unicode.IsDigit(first)) || (last == ',' || last == '.') && unicode.Is(unicode.Latin, first) {
		return " "
	}
	return ""
}
