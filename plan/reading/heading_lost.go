package reading

import "strconv"

// A page that was cut or scraped may have lost headings. The numbering of the others shows which are missing:
// after (二) comes (八), or (一) begins again although no 四、 was seen. They are placed as well as the text allows.

// lostLimit is the widest gap in a numbering that is believed: a wider one is a slip, not a loss.
const lostLimit = 15

// loss is a heading that is missing before line at.
type loss struct {
	at    int
	label label
}

type lostFinder struct {
	lines  []line
	inside []bool
	body   int
	last   [styleAnnex + 1]int // number of the last heading per style, 0 after a heading above it
	where  [styleAnnex + 1]int // its line
	ever   [styleAnnex + 1]int // number of the last heading per style, also across the headings above it
	losses []loss
	seen   bool
}

// findLost returns the missing headings in order of their place.
func findLost(lines []line, inside []bool, body int) []loss {
	f := &lostFinder{lines: lines, inside: inside, body: body}
	for i := body; i < len(lines); i++ {
		s := lines[i].label.style
		if s == styleNone || s == styleBox || lines[i].table > 0 || inside[i] || lines[i].front || lines[i].label.number == 0 {
			continue
		}
		if s == styleAnnex {
			f.last, f.ever = [styleAnnex + 1]int{}, [styleAnnex + 1]int{}
			continue
		}
		f.step(i, s, lines[i].label.number)
	}
	sortLosses(f.losses)
	return f.losses
}

func (f *lostFinder) step(i int, s style, number int) {
	previous := f.last[s]
	switch {
	case previous == 0 && number > 1 && number != f.ever[s]+1 && f.ever[s] == 0 && i > f.body && !f.seen:
		f.lose(s, number-1, f.body)
	case previous == 0 && number > 1 && f.ever[s] == 0 && f.headless():
		f.lose(s, number-1, f.body)
	case previous > 0 && number > previous+1 && number-previous-1 <= lostLimit:
		f.loseBetween(s, previous, number, i)
	case previous > 1 && number == 1:
		f.loseAbove(s, i)
	}
	for deeper := s + 1; deeper < styleBox; deeper++ {
		f.last[deeper] = 0
	}
	f.last[s], f.where[s], f.ever[s], f.seen = number, i, number, true
}

// headless tells whether the text begins in the middle of a part: it has words before its first heading.
func (f *lostFinder) headless() bool {
	return len(f.losses) > 0 && f.losses[0].at == f.body
}

func (f *lostFinder) lose(s style, number, at int) {
	f.losses = append(f.losses, loss{at: at, label: label{style: s, number: number, text: printLabel(s, number)}})
}

// loseBetween places the headings missing between previous and number, each where a new part seems to begin.
func (f *lostFinder) loseBetween(s style, previous, number, i int) {
	places := f.places(f.where[s]+1, i)
	for k := previous + 1; k < number; k++ {
		at := i
		if n := k - previous - 1; n < len(places) {
			at = places[n]
		} else if len(places) > 0 {
			at = places[len(places)-1]
		}
		f.lose(s, k, at)
	}
}

// loseAbove handles a numbering that begins again: the heading above it is missing, and where every part
// has closed with a box so far, so are the headings of the parts that follow.
func (f *lostFinder) loseAbove(s style, i int) {
	above := styleNone
	switch {
	case s == styleParen && f.last[styleComma] > 0:
		above = styleComma
	case s == styleComma && f.last[styleChapter] > 0:
		above = styleChapter
	default:
		return
	}
	places := f.places(f.where[s]+1, i)
	for n, at := range places {
		if n < lostLimit {
			f.lose(s, f.last[s]+1+n, at)
		}
	}
	f.lose(above, f.last[above]+1, i)
	f.last[above]++
	f.where[above] = i
}

// places are the lines from which on a new part may have begun: the first behind each box.
func (f *lostFinder) places(from, to int) []int {
	var places []int
	for i := from; i < to; i++ {
		if f.inside[i-1] && !f.inside[i] && f.lines[i].label.style == styleNone && len(places) < lostLimit {
			places = append(places, i)
		}
	}
	return places
}

// sortLosses orders by place, shallower first; there are few and they are almost in order.
func sortLosses(losses []loss) {
	for i := 1; i < len(losses); i++ {
		for k := i; k > 0 && (losses[k].at < losses[k-1].at || losses[k].at == losses[k-1].at && losses[k].label.style < losses[k-1].label.style); k-- {
			losses[k], losses[k-1] = losses[k-1], losses[k]
		}
	}
}

// printLabel writes the label that a lost heading would carry.
func printLabel(s style, number int) string {
	han := chineseNumeral(number)
	switch s {
	case stylePart:
		return "第" + han + "部分"
	case styleChapter:
		return "第" + han + "章"
	case styleSection:
		return "第" + han + "节"
	case styleComma:
		return han + "、"
	case styleParen:
		return "(" + han + ")"
	case styleDot:
		return strconv.Itoa(number) + "."
	case styleBox:
		return "专栏" + strconv.Itoa(number)
	default:
		return "(" + strconv.Itoa(number) + ")"
	}
}

// numeralOf writes a number as the first column of a table does.
func numeralOf(n int) string { return strconv.Itoa(n) }

// chineseNumeral writes 1 to 199.
func chineseNumeral(n int) string {
	digits := []rune("零一二三四五六七八九")
	switch {
	case n < 10:
		return string(digits[max(0, n)])
	case n < 20:
		return "十" + ones(digits, n)
	case n < 100:
		return string(digits[n/10]) + "十" + ones(digits, n)
	default:
		return strconv.Itoa(n)
	}
}

func ones(digits []rune, n int) string {
	if n%10 == 0 {
		return ""
	}
	return string(digits[n%10])
}
