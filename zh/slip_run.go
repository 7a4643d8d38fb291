package zh

import "unicode/utf8"

// minOdd is how many odd characters a text needs before it is searched for runs out of step, and how many of them
// shifting a run must remove.
const minOdd = 3

// odd tells whether the text has enough odd characters to be worth the search.
func (s *slipFinder) odd() bool {
	odd := 0
	for _, r := range s.text {
		if r >= 0x80 && isOdd(r) && !isPinyinRune(r) {
			if odd++; odd >= minOdd {
				return true
			}
		}
	}
	return false
}

// cell is one character of a run: its bytes, lost ones -1, and where it ends in the text.
type cell struct {
	lead, trail int
	from, end   int
	odd         bool
}

// runs looks at every run of two-byte characters; a sign for lost bytes within a run belongs to it.
func (s *slipFinder) runs() {
	var run []cell
	odd := 0
	flush := func() {
		if odd >= minOdd {
			s.run(run)
		}
		run, odd = run[:0], 0
	}
	for at := 0; at < len(s.text); {
		r, size := utf8.DecodeRuneInString(s.text[at:])
		code, known := gbk().encode[r]
		switch {
		case isLost(r) && r != '？':
			run = append(run, cell{lostByte, lostByte, at, at + size, false})
		case !known || isPinyinRune(r):
			flush()
		default:
			c := cell{int(code[0]), int(code[1]), at, at + size, isOdd(r)}
			if c.odd {
				odd++
			}
			run = append(run, c)
		}
		at += size
	}
	flush()
}

// run finds the stretches of a run in which reading one byte further on removes odd characters, and shifts them.
func (s *slipFinder) run(run []cell) {
	gain, best, from, to := 0, 0, 0, 0
	closeStretch := func() {
		if best >= minOdd {
			s.shift(run, from, to)
		}
		gain, best = 0, 0
	}
	for i, c := range run {
		if gain == 0 && !c.odd {
			continue
		}
		if gain == 0 {
			from, to = i, i
		}
		if c.odd {
			gain++
		}
		if i > from && c.lead >= 0 && run[i-1].trail >= 0 && isOdd(gbk().decode[run[i-1].trail][c.lead]) {
			gain--
		}
		if gain >= best {
			best, to = gain, i
		}
		if gain <= 0 || gain < best-minOdd {
			closeStretch()
		}
	}
	closeStretch()
}

// shift replaces the cells [first, last] by their bytes decoded one byte further on. The byte left over at the front
// belongs to a character whose other byte is lost, the one at the back to the letter or the lost byte behind.
func (s *slipFinder) shift(run []cell, first, last int) {
	for first > 0 && run[first-1].lead >= 0 && s.better(run, first-1) {
		first--
	}
	torn := make([]int, 0, 2*(last-first)+3)
	for _, c := range run[first : last+1] {
		torn = append(torn, c.lead, c.trail)
	}
	from, to := run[first].from, run[last].end
	if r, size := after(s.text, to); isTrailLetter(r) {
		torn, to = append(torn, int(r)), to+size
	} else if isLost(r) && r != '？' {
		to += size
	}
	if r, size := before(s.text, from); isLost(r) && r != '？' {
		from -= size
	}
	previous, _ := before(s.text, from)
	var next rune
	if len(torn) > 2 && torn[1] >= 0 && torn[2] >= 0 {
		next = gbk().decode[torn[1]][torn[2]]
	}
	head := s.torn(lostByte, torn[0], previous, next)
	if head == '□' {
		head = s.torn(torn[0], lostByte, previous, next)
	}
	s.edits = append(s.edits, Edit{From: from, To: to, After: s.mend(string(head), torn[1:], to, ""), Rule: "slip"})
}

// better tells whether the pair that begins with the second byte of cell i stands in the text elsewhere with what
// follows it, so that the stretch out of step began before.
func (s *slipFinder) better(run []cell, i int) bool {
	if i+2 >= len(run) || run[i+1].lead < 0 || run[i+2].lead < 0 || run[i+1].trail < 0 {
		return false
	}
	c, next := gbk().decode[run[i].trail][run[i+1].lead], gbk().decode[run[i+1].trail][run[i+2].lead]
	return isHan(c) && isCommon(c) && s.score(c, 0, next) >= 60
}
