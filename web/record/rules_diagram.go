package record

import (
	"cmp"
	"slices"
	"strconv"
	"unicode/utf8"

	"jiaoheng/lifecycle"
	"jiaoheng/message"
)

// Measures of the drawing of a lifecycle, in pixels.
const (
	drawnBox    = 196 // width of a state
	drawnPort   = 30  // height that one arrow takes at the side of a state
	drawnLane   = 16  // between two arrows that run side by side
	drawnLine   = 18  // height of a line of text
	drawnMargin = 12
	drawnLabel  = 190 // widest label beside a state; longer ones are cut, the table below says them in full
)

// drawing is a lifecycle as a picture: the states stand below one another in the order of the pack, what leads on to the next
// runs straight down, what leads further down runs at the right, what leads back at the left. Arrows to one state share a lane.
type drawing struct {
	Width, Height int
	Start         int // x of the arrow into the first state
	Boxes         []drawnState
	Arrows        []string // paths
	Labels        []drawnText
}

type drawnState struct {
	State   *lifecycle.State
	X, Y    int
	Height  int
	Lines   []string
	Note    string
	left    []*drawnArrow
	right   []*drawnArrow
	down    []string // labels of the arrow to the next state
	into    [2]bool  // an arrow comes in at the left, at the right
	leading bool     // an arrow leads to the next state
}

type drawnText struct {
	X, Y int
	Text string
	Full string
	End  bool // the text ends at X
}

// drawnArrow is one or more events from one state to another one that is not the next.
type drawnArrow struct {
	from, to int
	labels   []string
	lane     int
}

// drawMachine lays out a lifecycle. note is what stands in small words in a state, such as its deadline.
func drawMachine(m *lifecycle.Machine, language message.Language, note func(*lifecycle.State) string) drawing {
	boxes := make([]drawnState, len(m.States))
	for i, s := range m.States {
		boxes[i] = drawnState{State: s, Lines: foldText(s.Title.In(language), drawnBox-28), Note: note(s)}
	}
	arrows := connect(m, language, boxes)
	left, right := lanes(arrows, true), lanes(arrows, false)
	for _, a := range arrows {
		side := &boxes[a.from].right
		if a.to <= a.from {
			side = &boxes[a.from].left
		}
		*side = append(*side, a)
	}
	return place(boxes, left, right)
}

// connect finds the arrows. Events that leave the row where it is, and the way back from a pause, have none.
func connect(m *lifecycle.Machine, language message.Language, boxes []drawnState) []*drawnArrow {
	number := map[string]int{}
	for i, s := range m.States {
		number[s.Name] = i
	}
	found := map[[2]int]*drawnArrow{}
	var all []*drawnArrow
	for _, e := range m.Events {
		to, known := number[e.To]
		if !known {
			continue
		}
		for _, name := range e.From {
			from, label := number[name], e.Title.In(language)
			if to == from {
				continue
			}
			if to == from+1 {
				boxes[from].down, boxes[from].leading = append(boxes[from].down, label), true
				continue
			}
			key := [2]int{from, to}
			if found[key] == nil {
				found[key] = &drawnArrow{from: from, to: to}
				all = append(all, found[key])
			}
			found[key].labels = append(found[key].labels, label)
			boxes[to].into[sideOf(from, to)] = true
		}
	}
	return all
}

// sideOf is 0 for arrows that lead back, 1 for those that lead on.
func sideOf(from, to int) int {
	if to <= from {
		return 0
	}
	return 1
}

// lanes gives each target a lane, the nearest that is free over its whole length, and returns how many there are.
func lanes(arrows []*drawnArrow, back bool) int {
	type run struct{ to, from, until int }
	runs := map[int]*run{}
	for _, a := range arrows {
		if (a.to <= a.from) != back {
			continue
		}
		if runs[a.to] == nil {
			runs[a.to] = &run{to: a.to, from: min(a.from, a.to), until: max(a.from, a.to)}
		}
		runs[a.to].from, runs[a.to].until = min(runs[a.to].from, a.from), max(runs[a.to].until, a.from)
	}
	var order []*run
	for _, r := range runs {
		order = append(order, r)
	}
	slices.SortFunc(order, func(a, b *run) int {
		return cmp.Or(cmp.Compare(a.until-a.from, b.until-b.from), cmp.Compare(a.to, b.to))
	})
	var taken [][]*run
	lane := map[int]int{}
	for _, r := range order {
		at := slices.IndexFunc(taken, func(others []*run) bool {
			return !slices.ContainsFunc(others, func(o *run) bool { return o.from <= r.until && r.from <= o.until })
		})
		if at < 0 {
			taken, at = append(taken, nil), len(taken)
		}
		taken[at] = append(taken[at], r)
		lane[r.to] = at
	}
	for _, a := range arrows {
		if (a.to <= a.from) == back {
			a.lane = lane[a.to]
		}
	}
	return len(taken)
}

// labelWidth is the width of the widest label at one side.
func labelWidth(boxes []drawnState, side func(drawnState) []*drawnArrow) int {
	widest := 0
	for _, b := range boxes {
		for _, a := range side(b) {
			widest = max(widest, textWidth(cutText(joined(a.labels), drawnLabel)))
		}
	}
	return widest
}

func leftOf(b drawnState) []*drawnArrow  { return b.left }
func rightOf(b drawnState) []*drawnArrow { return b.right }

// place gives everything its coordinates.
func place(boxes []drawnState, left, right int) drawing {
	d := drawing{Boxes: boxes}
	leftLabel, rightLabel, straight := labelWidth(boxes, leftOf), labelWidth(boxes, rightOf), 0
	for _, b := range boxes {
		for _, label := range b.down {
			straight = max(straight, textWidth(label))
		}
	}
	rightLabel = max(rightLabel, straight+8-drawnBox/2)
	x := drawnMargin
	if left > 0 {
		x += left*drawnLane + leftLabel + 12
	}
	d.Width, d.Start = x+drawnBox+rightLabel+12+right*drawnLane+drawnMargin, x+drawnBox/2
	y := 44
	for i := range boxes {
		b := &boxes[i]
		order(b)
		text := len(b.Lines)*drawnLine + 20
		if b.Note != "" {
			text += drawnLine
		}
		ports := max(len(b.left)+count(b.into[0]), len(b.right)+count(b.into[1]))
		b.X, b.Y, b.Height = x, y, max(text, ports*drawnPort+6)
		y += b.Height + max(22, len(b.down)*drawnLine+16)
	}
	d.Height = y - 22 + drawnMargin
	lane := func(a *drawnArrow) int {
		if a.to <= a.from {
			return x - leftLabel - 12 - a.lane*drawnLane
		}
		return x + drawnBox + rightLabel + 12 + a.lane*drawnLane
	}
	for i := range boxes {
		d.straight(boxes, i)
		d.side(boxes, boxes[i].left, lane)
		d.side(boxes, boxes[i].right, lane)
	}
	return d
}

func count(is bool) int {
	if is {
		return 1
	}
	return 0
}

// order puts the arrows of a state so that they do not cross: those of the outer lanes leave at the outer side.
func order(b *drawnState) {
	slices.SortStableFunc(b.left, func(a, c *drawnArrow) int { return cmp.Compare(a.lane, c.lane) })
	slices.SortStableFunc(b.right, func(a, c *drawnArrow) int { return cmp.Compare(c.lane, a.lane) })
}

// straight draws the arrow to the next state.
func (d *drawing) straight(boxes []drawnState, i int) {
	b := boxes[i]
	if !b.leading {
		return
	}
	x, from := b.X+drawnBox/2, b.Y+b.Height
	d.Arrows = append(d.Arrows, path("M", x, from, "V", boxes[i+1].Y))
	for n, label := range b.down {
		d.Labels = append(d.Labels, drawnText{X: x + 8, Y: from + 19 + n*drawnLine, Text: label, Full: label})
	}
}

// side draws the arrows at one side of a state.
func (d *drawing) side(boxes []drawnState, arrows []*drawnArrow, lane func(*drawnArrow) int) {
	for n, a := range arrows {
		from, to := boxes[a.from], boxes[a.to]
		back := a.to <= a.from
		edge, port := from.X, n
		if !back {
			edge, port = from.X+drawnBox, n+count(from.into[1])
		}
		y := from.Y + port*drawnPort + drawnPort/2 + 6
		end := to.Y + drawnPort/2 + 6
		if back {
			end = to.Y + len(to.left)*drawnPort + drawnPort/2 + 6
		}
		target := to.X
		if !back {
			target += drawnBox
		}
		d.Arrows = append(d.Arrows, path("M", edge, y, "H", lane(a), "V", end, "H", target))
		full := joined(a.labels)
		label := drawnText{X: edge + 6, Y: y - 5, Text: cutText(full, drawnLabel), Full: full}
		if back {
			label.X, label.End = edge-6, true
		}
		d.Labels = append(d.Labels, label)
	}
}

func path(parts ...any) string {
	var text []byte
	for _, part := range parts {
		switch part := part.(type) {
		case string:
			text = append(text, part...)
		case int:
			text = strconv.AppendInt(text, int64(part), 10)
			text = append(text, ' ')
		}
	}
	return string(text[:len(text)-1])
}

func joined(labels []string) string {
	text := ""
	for i, label := range labels {
		if i > 0 {
			text += " / "
		}
		text += label
	}
	return text
}

// textWidth estimates the width of a text of 13 px: Chinese signs are square, others about half of it.
func textWidth(text string) int {
	width := 0
	for _, r := range text {
		width += runeWidth(r)
	}
	return width
}

func runeWidth(r rune) int {
	if r < 0x2E80 {
		return 7
	}
	return 13
}

// cutText shortens a text to a width.
func cutText(text string, width int) string {
	if textWidth(text) <= width {
		return text
	}
	at, sum := 0, 13
	for i, r := range text {
		if sum += runeWidth(r); sum > width {
			break
		}
		at = i + utf8.RuneLen(r)
	}
	return text[:at] + "…"
}

// foldText breaks a text into at most two lines of a width; English breaks at blanks.
func foldText(text string, width int) []string {
	if textWidth(text) <= width {
		return []string{text}
	}
	at, sum, blank := 0, 0, 0
	for i, r := range text {
		if sum += runeWidth(r); sum > width {
			break
		}
		if r == ' ' {
			blank = i + 1
		}
		at = i + utf8.RuneLen(r)
	}
	if blank > 0 {
		at = blank
	}
	return []string{text[:at], cutText(text[at:], width)}
}
