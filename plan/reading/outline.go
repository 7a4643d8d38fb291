package reading

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"jiaoheng/document"
)

// open is a heading that still holds what follows.
type open struct {
	heading int
	style   style
	level   int
	role    Role
}

// builder walks over the lines once and writes the layout.
type builder struct {
	lines     []line
	inside    []bool
	contents  []string // titles of the contents list
	runIn     []bool
	l         *layout
	stack     []open
	current   int // innermost heading, also unnumbered ones; -1 before the first
	role      Role
	afterH    bool // the line before was a heading alone
	back      bool
	titleLine int // line that holds the title of the label that stands alone above it
}

// layOut finds the headings of a document and cuts it into sentences, each with the heading it stands under and
// what its part does. Every character of the text that is no white space and
// no edge of a frame stands in exactly one sentence.
func layOut(d document.Document) layout {
	l := &layout{text: validText(d.Clean.Text)}
	lines := splitLines(l.text, d)
	body := markFront(lines)
	markBare(lines, body)
	inside := markBoxes(lines)
	lost := findLost(lines, inside, body)
	b := &builder{lines: lines, inside: inside, runIn: findRunIns(lines, inside), l: l, current: -1, role: RolePreface}
	if len(lost) > 0 && lost[0].at == body {
		b.role = RoleMeasure
	}
	if !anyHeading(lines[body:]) {
		b.role = RoleMeasure
	}
	for i := range lines {
		for len(lost) > 0 && lost[0].at <= i {
			b.addLost(lost[0].label, lines[i].span.From)
			lost = lost[1:]
		}
		b.addLine(i)
	}
	weighRoles(l)
	return *l
}

// validText puts a question mark in place of every byte that is no UTF-8, so that spans stay what they are and
// a character is as long as it says.
func validText(text string) string {
	if utf8.ValidString(text) {
		return text
	}
	out := []byte(text)
	for at := 0; at < len(out); {
		r, size := utf8.DecodeRune(out[at:])
		if r == utf8.RuneError && size == 1 {
			out[at] = '?'
		}
		at += size
	}
	return string(out)
}

func anyNumbered(lines []line) bool {
	for _, l := range lines {
		if isNumberedLine(l) {
			return true
		}
	}
	return false
}

// anyHeading tells whether a number or the format marks a heading.
func anyHeading(lines []line) bool {
	for _, l := range lines {
		if l.block > 0 || isNumberedLine(l) {
			return true
		}
	}
	return false
}

func (b *builder) addLine(i int) {
	l := b.lines[i]
	headed := false
	switch {
	case i == b.titleLine && i > 0:
		b.whole(l, b.role, b.current, true)
		headed = true
	case l.title:
		b.addTitle(i)
	case l.toc:
		b.addContents(i)
	case l.front:
		b.sentences(l, l.span.From, RoleFront, -1)
	case l.table > 0:
		b.addCell(l)
	case l.label.style != styleNone && (l.label.end < len(l.text) || b.nextIsTitle(i)) || l.label.style == styleBox || l.label.style == styleAnnex || l.block > 0:
		headed = b.addHeading(i)
	case l.furniture:
		b.sentences(l, l.span.From, RoleBack, b.current)
	case b.isBack(i):
		b.back = true
		b.sentences(l, l.span.From, RoleBack, b.current)
	default:
		headed = b.addParagraph(i)
	}
	b.afterH = headed
}

// push writes a heading and returns its index.
func (b *builder) push(h Heading, span document.Span, parent int) int {
	h.ID = "h" + strconv.Itoa(len(b.l.headings)+1)
	h.CleanSpan = span
	b.l.headings = append(b.l.headings, h)
	b.l.parents = append(b.l.parents, parent)
	return len(b.l.headings) - 1
}

func (b *builder) addTitle(i int) {
	l := b.lines[i]
	if i > 0 && b.lines[i-1].title && len(b.l.headings) > 0 && isContinuation(b.lines[i-1].text, l.text) {
		last := &b.l.headings[len(b.l.headings)-1]
		last.Title += l.text
		last.CleanSpan.To = l.span.To
		b.whole(l, RoleFront, -1, true)
		return
	}
	title := l.text
	if l.label.style == styleAnnex {
		title = l.text[l.label.end:]
	}
	b.push(Heading{Title: title, Kind: "title", Origin: Origin{Rule: "title", Confidence: 0.95}}, l.span, -1)
	b.whole(l, RoleFront, -1, true)
}

// isContinuation tells whether a title line goes on from the one before, which names no document yet.
func isContinuation(before, line string) bool { return !isTitle(before) || isTitleTail(line) }

func (b *builder) addContents(i int) {
	l := b.lines[i]
	title := contentsTitle(l.text[l.label.end:])
	if l.label.style != styleNone && title != "" {
		if len(b.contents) < frontLimit {
			b.contents = append(b.contents, title)
		}
		for len(b.stack) > 0 && b.stack[len(b.stack)-1].style >= l.label.style {
			b.stack = b.stack[:len(b.stack)-1]
		}
		level := len(b.stack) + 1
		h := b.push(Heading{Level: level, Label: l.label.text, Title: title, Kind: "toc", Origin: Origin{Rule: "contents", Confidence: 0.9}}, l.span, -1)
		b.stack = append(b.stack, open{heading: h, style: l.label.style, level: level})
	}
	b.whole(l, RoleFront, -1, true)
	if i+1 >= len(b.lines) || !b.lines[i+1].toc {
		b.stack = b.stack[:0]
	}
}

// contentsTitle is the title of a contents line without its leader and page number.
func contentsTitle(s string) string {
	if trimmed := strings.TrimRight(s, "0123456789"); trimmed != s {
		if bare := strings.TrimRight(trimmed, " .…·．\t"); bare != trimmed {
			return bare
		}
	}
	return strings.TrimRight(s, " .…·．")
}

// addLost writes a heading that the numbering shows but the text lacks.
func (b *builder) addLost(l label, at int) {
	parent, level := b.place(l.style, "")
	role := RoleMeasure
	if level == 1 && (b.role == RoleMeasure || b.role == RoleSafeguard) && len(b.l.headings) > 0 && b.current >= 0 {
		role = RoleSafeguard
	} else if level > 1 && parent >= 0 {
		role = b.stack[len(b.stack)-1].role
	}
	h := b.push(Heading{Level: level, Label: l.text, Kind: "lost", Lost: true, Origin: Origin{Rule: "gap in the numbering", Confidence: 0.5}}, document.Span{From: at, To: at}, parent)
	b.stack = append(b.stack, open{heading: h, style: l.style, level: level, role: role})
	b.current, b.role = h, role
}

// canonical are the levels of the styles in a document that begins in the middle.
var canonical = map[style]int{stylePart: 1, styleChapter: 1, styleSection: 2, styleComma: 1, styleNamed: 2, styleParen: 2, styleDot: 3, styleDigits: 4, styleCircle: 5, styleBox: 3, styleAnnex: 1}

// place takes from the stack what a heading of the style closes and returns its parent and level.
func (b *builder) place(s style, name string) (parent, level int) {
	if s == styleBox {
		for len(b.stack) > 0 && b.stack[len(b.stack)-1].style == styleBox {
			b.stack = b.stack[:len(b.stack)-1]
		}
	} else if at := b.find(s); at >= 0 {
		b.stack = b.stack[:at]
	} else if s != styleNamed || !b.afterH {
		for len(b.stack) > 0 && b.stack[len(b.stack)-1].style >= s {
			b.stack = b.stack[:len(b.stack)-1]
		}
	}
	if s == styleAnnex {
		b.stack = b.stack[:0]
	}
	if len(b.stack) == 0 {
		return -1, b.firstLevel(s)
	}
	top := b.stack[len(b.stack)-1]
	return top.heading, top.level + 1
}

// firstLevel is the level of a heading with nothing above it: 1 where the document begins with it, its usual
// level where what stood above was lost.
func (b *builder) firstLevel(s style) int {
	if s == styleComma || s == styleChapter || s == stylePart || s == styleAnnex {
		return 1
	}
	return canonical[s]
}

func (b *builder) find(s style) int {
	for i, o := range b.stack {
		if o.style == s {
			return i
		}
	}
	return -1
}

// addHeading writes a labelled line; it returns whether the line holds nothing but the heading.
func (b *builder) addHeading(i int) bool {
	l := b.lines[i]
	s := l.label.style
	if s == styleNone {
		return b.addMarked(l)
	}
	title, stop := titleEnd(l.text, l.label.end)
	if short := gluedTitle(title, l.glued, b.contents); short != title {
		title, stop = short, l.label.end+len(short)
	}
	if title == "" && b.nextIsTitle(i) {
		title = trimTitle(b.lines[i+1].text)
		b.titleLine = i + 1
	}
	rest := strings.TrimSpace(l.text[stop:])
	noted := rest != "" && isOnlyAssignment(rest)
	alone := rest == "" || noted
	if b.inside[i] && s != styleBox {
		return b.addBoxItem(l, l.label.text, title, stop)
	}
	parent, level := b.place(s, l.label.name)
	role := b.roleUnder(title, level, parent, s)
	kind := "numbered"
	item := false
	switch {
	case s == styleBox:
		kind = "box"
	case alone && b.isItem(i):
		kind, item = "item", true
	}
	h := b.push(Heading{Level: level, Label: l.label.text, Title: title, Kind: kind, Origin: Origin{Rule: "label", Confidence: 0.95}}, document.Span{From: l.span.From, To: l.span.From + stop}, parent)
	b.stack = append(b.stack, open{heading: h, style: s, level: level, role: role})
	b.current, b.role = h, role
	lead := !item && (s == styleBox || alone || runes(title, leadLimit+1) <= leadLimit)
	b.emit(l, 0, stop, lead)
	if rest != "" {
		b.sentencesFrom(l, stop)
	}
	return alone && !item
}

// nextIsTitle tells whether a label stands alone on its line and the next line is its title.
func (b *builder) nextIsTitle(i int) bool {
	if s := b.lines[i].label.style; b.lines[i].label.end < len(b.lines[i].text) || s == styleNone || s == styleDot || s == styleDigits || s == styleCircle || i+1 >= len(b.lines) {
		return false
	}
	next := b.lines[i+1]
	return next.table == 0 && next.label.style == styleNone && !next.front && runes(next.text, 41) <= 40 && !endsInStop(next.text) && !isFurniture(next.text)
}

// leadLimit is how long the first sentence of a numbered paragraph may be and still only name it.
const leadLimit = 38

// roleUnder decides the role of the part that a heading opens.
func (b *builder) roleUnder(title string, level, parent int, s style) Role {
	if s == styleAnnex {
		if containsAny(title, []string{"任务", "分工", "清单", "项目", "计划", "方案", "台账", "行动", "措施"}) {
			return RoleMeasure
		}
		return RoleBack
	}
	if s == styleBox {
		return RoleMeasure
	}
	above := Role("")
	if parent >= 0 && len(b.stack) > 0 {
		above = b.stack[len(b.stack)-1].role
	}
	return assignRole(title, level, above)
}

// addMarked writes a heading that only the format marked.
func (b *builder) addMarked(l line) bool {
	for len(b.stack) > 0 && b.stack[len(b.stack)-1].level >= l.block {
		b.stack = b.stack[:len(b.stack)-1]
	}
	parent := -1
	if len(b.stack) > 0 {
		parent = b.stack[len(b.stack)-1].heading
	}
	role := b.roleUnder(l.text, l.block, parent, styleComma)
	h := b.push(Heading{Level: l.block, Title: strings.TrimRight(l.text, "。:："), Kind: "numbered", Origin: Origin{Rule: "heading of the format", Confidence: 0.9}}, l.span, parent)
	b.stack = append(b.stack, open{heading: h, style: styleNone, level: l.block, role: role})
	b.current, b.role = h, role
	b.whole(l, role, h, true)
	return true
}

// isItem tells whether a labelled line is a whole sentence of its own and no heading of what follows.
func (b *builder) isItem(i int) bool {
	l := b.lines[i]
	if i+1 < len(b.lines) {
		next := b.lines[i+1]
		if next.table > 0 || next.label.style == styleNone && !isFurniture(next.text) || next.label.style > l.label.style {
			return false
		}
	}
	return endsInStop(l.text) || endsInBracket(l.text) || runes(l.text, 31) > 30
}

// titleEnd returns the title that begins at byte from and the byte behind the sentence or mark that ends it.
func titleEnd(s string, from int) (title string, stop int) {
	n, quotes := 0, 0
	for at, r := range s[from:] {
		n++
		at += from
		switch {
		case r == '“' || r == '《' || r == '(' || r == '（':
			quotes++
		case r == '”' || r == '》' || r == ')' || r == '）':
			quotes = max(0, quotes-1)
		case isStop(r):
			return trimTitle(s[from:at]), closingEnd(s, at+utf8.RuneLen(r))
		case (r == ':' || r == '：') && quotes == 0 && n > 3 && n <= 30 && !strings.ContainsAny(s[from:at], ",，、"):
			return trimTitle(s[from:at]), at + utf8.RuneLen(r)
		case isSpace(r) && quotes == 0 && n > 4 && n <= 30 && isGap(s, from, at):
			return trimTitle(s[from:at]), at
		}
		if n > 400 {
			return trimTitle(cutRunes(s[from:at], 120)), at
		}
	}
	return trimTitle(s[from:]), len(s)
}

// isGap tells whether white space at byte at parts a title from its text.
func isGap(s string, from, at int) bool {
	return !strings.ContainsAny(s[from:at], ",，;；、") && runes(s[at:], 21) > 20 && strings.ContainsAny(s[at:], "。，,")
}

func trimTitle(s string) string { return strings.Trim(s, " 　\t。;；:：") }

func cutRunes(s string, n int) string {
	for at := range s {
		if n--; n < 0 {
			return s[:at]
		}
	}
	return s
}

// isBack tells whether the line stands behind the end of the plan: signature, date, foot of the page.
func (b *builder) isBack(i int) bool {
	if b.back {
		return len(b.l.headings) > 0
	}
	if i < len(b.lines)/2 || len(b.lines)-i > 40 {
		return false
	}
	signed := i+1 < len(b.lines) && isSigner(b.lines[i].text) && isDateLine(b.lines[i+1].text)
	if !signed && !isFurniture(b.lines[i].text) {
		return false
	}
	for k := i + 1; k < len(b.lines); k++ {
		if isNumberedLine(b.lines[k]) {
			return false
		}
	}
	return true
}
