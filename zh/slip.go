package zh

import (
	"strings"
	"unicode/utf8"
)

// Slips puts right characters of GBK whose bytes came apart.
//
// A program that writes readings after characters works on bytes: it may take the second byte of one character and
// the first of the next for a character, and push the reading in between. Then the next character is torn: its
// first byte meets the bracket and is lost, its second byte stands alone after the bracket (區域?qū)W位) or pairs
// with the byte after it, so that everything up to the next single byte is out of step. The lost byte is found
// again: together with the byte before it makes a character that reads as the pinyin says, together with the byte
// after the reading it makes the torn one. Where several characters would do, one that occurs in the text beside the
// same neighbour is taken; where none stands out, □ is left. Runs out of step without a reading, because a byte was
// lost, are decoded one byte further on.
func Slips(text string) []Edit {
	s := &slipFinder{text: text}
	for at := 0; at < len(text); at++ {
		if text[at] == ')' {
			s.reading(at, 1)
		} else if text[at] == 0xEF && strings.HasPrefix(text[at:], "）") {
			s.reading(at, len("）"))
		}
	}
	if s.odd() {
		s.runs()
	}
	return ordered(s.edits)
}

type slipFinder struct {
	text  string
	pairs map[[2]rune]int // how often two characters stand side by side; made when first asked for
	count map[rune]int
	leads map[string][]byte // results of leadsOf
	looks int               // how many torn characters were looked for
	// byBytes holds the pairs of the text and of usual words by the first byte of the first and the second of the second.
	byBytes map[[2]byte][][2]rune
	edits   []Edit
}

// maxTorn is the longest run, in characters, that is read out of step after one reading.
const maxTorn = 200

// reading looks at a closing bracket at byte shut for a reading pushed into a character.
func (s *slipFinder) reading(shut, size int) {
	from := shut
	for from > 0 && shut-from < 14 {
		r, n := before(s.text, from)
		if !isPinyinRune(r) {
			break
		}
		from -= n
	}
	plain, toned, ok := spell(s.text[from:shut])
	if !ok && from != shut {
		return
	}
	last, n := before(s.text, from)
	if code, known := gbk().encode[last]; known && code[0] == 0xA8 && isLetter(rune(code[1])) && size > 1 {
		s.wideReading(from-n, rune(code[1]), plain, shut+size)
		return
	}
	if !ok || !isPinyin(plain, 1) {
		return
	}
	open, lost := strings.ContainsRune("(（", last) && last != 0, false
	if open {
		from -= n
		last, n = before(s.text, from)
	}
	if isLost(last) {
		lost = true
		from -= n
		last, _ = before(s.text, from)
	}
	code, known := gbk().encode[last]
	next, _ := after(s.text, shut+size)
	if !known || !lost && (!toned || open && (reads(last, plain) || !isTrailLetter(next))) || !lost && !open && reads(last, plain) {
		return
	}
	if !s.restore(from, shut+size, s.leadsOf(code[1], plain)) && lost && !open {
		to := shut + size
		if isTrailLetter(next) {
			to++
		}
		s.edits = append(s.edits, Edit{From: from, To: to, After: "□", Rule: "slip"})
	}
}

// leadsOf returns the bytes that make, after a first byte, a character with a reading.
func (s *slipFinder) leadsOf(first byte, plain string) []byte {
	key := string(rune(first)) + plain
	leads, known := s.leads[key]
	if !known {
		for lead := 0x81; lead <= 0xFE; lead++ {
			if c := gbk().decode[first][lead]; isHan(c) && reads(c, plain) {
				leads = append(leads, byte(lead))
			}
		}
		if s.leads == nil {
			s.leads = map[string][]byte{}
		}
		s.leads[key] = leads
	}
	return leads
}

// wideReading handles a reading in full-width brackets: the first byte of the opening bracket closed the torn
// character, its second swallowed the first letter (區域專╭ū）W位). The lost byte is known then.
func (s *slipFinder) wideReading(at int, letter rune, plain string, end int) {
	swallower, n := before(s.text, at)
	code, known := gbk().encode[swallower]
	if !known || code[1] != 0xA3 || !isPinyin(string(letter|0x20)+plain, 1) {
		return
	}
	s.restore(at-n, end, []byte{code[0]})
}

// restore replaces [from, end) and the torn bytes after it by the characters that one of the lead bytes gives.
func (s *slipFinder) restore(from, end int, leads []byte) bool {
	torn, to, plain := s.tornBytes(end)
	if len(torn) == 0 {
		return false
	}
	if torn[0] < 0 {
		return s.restorePair(from, to, leads, torn, plain)
	}
	if rest := decodePairs(torn[1:]); len(rest) > 1 && oddShare(rest) > 0.4 {
		return false
	}
	previous, _ := before(s.text, from)
	next, _ := after(s.text, to)
	if len(torn) > 2 && torn[1] >= 0 && torn[2] >= 0 {
		next = gbk().decode[torn[1]][torn[2]]
	}
	first := s.choose(leads, byte(torn[0]), previous, next)
	if first == 0 {
		return false
	}
	s.edits = append(s.edits, Edit{From: from, To: to, After: s.mend(string(first), torn[1:], to, plain), Rule: "slip"})
	return true
}

// restorePair is restore for a torn character whose second byte is lost too, together with the first of the next one.
func (s *slipFinder) restorePair(from, to int, leads []byte, torn []int, plain string) bool {
	if len(torn) < 3 || torn[1] >= 0 || torn[2] < 0 {
		return false
	}
	if rest := decodePairs(torn[3:]); len(rest) > 1 && oddShare(rest) > 0.4 {
		return false
	}
	previous, _ := before(s.text, from)
	var next rune
	if len(torn) > 4 && torn[3] >= 0 && torn[4] >= 0 {
		next = gbk().decode[torn[3]][torn[4]]
	}
	var best [2]rune
	bestScore := 0
	for _, lead := range leads {
		if pair, score := s.tornPair(lead, byte(torn[2]), previous, next); score > bestScore {
			best, bestScore = pair, score
		}
	}
	head := string(best[:])
	if bestScore == 0 {
		head = "□□"
	}
	s.edits = append(s.edits, Edit{From: from, To: to, After: s.mend(head, torn[3:], to, plain), Rule: "slip"})
	return true
}

// lostByte stands for a byte that a program could not decode.
const lostByte = -1

// tornBytes returns the bytes of GBK from byte at on up to the place where the text is in step again, and where that
// is. When another reading pushed in brings it in step, plain is that reading: it belongs to the last character.
func (s *slipFinder) tornBytes(at int) (torn []int, to int, plain string) {
	for to = at; to < len(s.text) && len(torn) < 2*maxTorn; {
		r, size := utf8.DecodeRuneInString(s.text[to:])
		code, known := gbk().encode[r]
		switch {
		case isTrailLetter(r):
			return append(torn, int(r)), to + size, ""
		case isLost(r) && r != '？' && (len(torn) > 0 || !s.inStep(to+size)):
			if plain, end := readingAt(s.text, to+size); end > 0 {
				return torn, end, plain
			}
			if s.inStep(to + size) {
				return torn, to + size, ""
			}
			torn = append(torn, lostByte, lostByte)
		case !known:
			return torn, to, ""
		default:
			torn = append(torn, int(code[0]), int(code[1]))
		}
		to += size
	}
	return torn, to, ""
}

// readingAt reads a toned reading and its closing bracket, the opening one or not, at byte at.
func readingAt(text string, at int) (plain string, end int) {
	if r, size := after(text, at); r == '(' || r == '（' {
		at += size
	}
	stop := min(wordEnd(text[:min(len(text), at+14)], at), len(text))
	plain, toned, ok := spell(text[at:stop])
	if shut, size := after(text, stop); ok && toned && (shut == ')' || shut == '）') {
		return plain, stop + size
	}
	return "", 0
}

// lookAhead is how many characters tell whether a text is in step.
const lookAhead = 12

// inStep tells whether the text from byte at on reads better as it is than one byte further on.
func (s *slipFinder) inStep(at int) bool {
	odd, shifted := 0, 0
	var last byte
	for n := 0; n < lookAhead && at < len(s.text); n++ {
		r, size := utf8.DecodeRuneInString(s.text[at:])
		at += size
		code, known := gbk().encode[r]
		if isLost(r) && r != '？' {
			last = 0
			continue
		} else if !known {
			break
		}
		if isOdd(r) {
			odd++
		}
		if last != 0 && isOdd(gbk().decode[last][code[0]]) {
			shifted++
		}
		last = code[1]
	}
	return odd <= shifted
}
