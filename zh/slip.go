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
	looks int               // how many pairs of torn characters were looked for
	edits []Edit
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
	if len(torn) == 0 || torn[0] < 0 {
		return false
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
		case isLost(r) && r != '？' && len(torn) > 0:
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

// decodePairs decodes bytes two by two, leaving out those of which one is lost and the last odd one.
func decodePairs(data []int) (out []rune) {
	for ; len(data) >= 2; data = data[2:] {
		if data[0] >= 0 && data[1] >= 0 {
			out = append(out, gbk().decode[data[0]][data[1]])
		}
	}
	return out
}

// mend appends the characters of data to head. Of a character that lost a byte the text itself tells which it was,
// otherwise it becomes □. The text goes on at byte to. plain is the reading of the last character, when it is known.
func (s *slipFinder) mend(head string, data []int, to int, plain string) string {
	out := []rune(head)
	var last rune
	if plain != "" && len(data)%2 == 1 {
		last = s.read(data[len(data)-1], plain)
	}
	following := func(i int) rune {
		if i+1 < len(data) && data[i] >= 0 && data[i+1] >= 0 {
			return gbk().decode[data[i]][data[i+1]]
		}
		if i < len(data) {
			return last
		}
		next, _ := after(s.text, to)
		return next
	}
	for i := 0; i < len(data); i += 2 {
		previous := out[max(0, len(out)-1)]
		if i+3 < len(data) && data[i] >= 0 && data[i+1] < 0 && data[i+2] < 0 && data[i+3] >= 0 {
			if pair, found := s.tornPair(byte(data[i]), byte(data[i+3])); found {
				out = append(out, pair[0], pair[1])
				i += 2
				continue
			}
		}
		switch {
		case i+1 == len(data) && last != 0:
			out = append(out, last)
		case i+1 == len(data) && data[i] >= 0, i+1 < len(data) && data[i] >= 0 && data[i+1] < 0:
			out = append(out, s.torn(data[i], lostByte, previous, following(i+2)))
		case i+1 < len(data) && data[i] < 0 && data[i+1] >= 0:
			out = append(out, s.torn(lostByte, data[i+1], previous, following(i+2)))
		case i+1 < len(data) && data[i] >= 0:
			out = append(out, gbk().decode[data[i]][data[i+1]])
		}
	}
	return string(out)
}

func oddShare(rs []rune) float64 {
	odd := 0
	for _, r := range rs {
		if isOdd(r) {
			odd++
		}
	}
	return float64(odd) / float64(max(1, len(rs)))
}

// choose returns the best character of leads with trail between two neighbours, 0 when none stands out.
func (s *slipFinder) choose(leads []byte, trail byte, previous, next rune) rune {
	var best rune
	bestScore, ties := -1, 0
	for _, lead := range leads {
		c := gbk().decode[lead][trail]
		if !isHan(c) {
			continue
		}
		score := s.score(c, previous, next)
		switch {
		case c == best:
		case score > bestScore:
			best, bestScore, ties = c, score, 0
		case score == bestScore:
			ties++
		}
	}
	if ties > 0 || bestScore < 0 {
		return 0
	}
	return best
}

// score tells how well a character stands between two neighbours in this text.
func (s *slipFinder) score(c, previous, next rune) int {
	if s.pairs == nil {
		s.pairs, s.count = map[[2]rune]int{}, map[rune]int{}
		var last rune
		for _, r := range s.text {
			if isHan(r) && isHan(last) {
				s.pairs[[2]rune{last, r}]++
			}
			s.count[r]++
			last = r
		}
	}
	score := 40*min(s.pairs[[2]rune{previous, c}], 5) + 40*min(s.pairs[[2]rune{c, next}], 5) + min(s.count[c], 9)
	if isCommon(c) {
		score += 20
	}
	return score
}

// read returns the character with a first byte and a reading, 0 when none stands out.
func (s *slipFinder) read(lead int, plain string) rune {
	if lead < 0 {
		return 0
	}
	var best rune
	bestScore, ties := -1, 0
	for trail := 0x40; trail <= 0xFE; trail++ {
		c := gbk().decode[lead][trail]
		if !isHan(c) || !reads(c, plain) {
			continue
		}
		switch score := s.score(c, 0, 0); {
		case score > bestScore:
			best, bestScore, ties = c, score, 0
		case score == bestScore:
			ties++
		}
	}
	if ties > 0 {
		return 0
	}
	return best
}

// maxLooks bounds the searches for pairs in one text.
const maxLooks = 200

// tornPair returns the two characters that lost the two bytes between them, when the text holds such a pair elsewhere.
func (s *slipFinder) tornPair(lead, trail byte) (best [2]rune, found bool) {
	if s.looks++; s.looks > maxLooks {
		return best, false
	}
	s.score(0, 0, 0)
	bestCount := 0
	for pair, count := range s.pairs {
		first, second := gbk().encode[pair[0]], gbk().encode[pair[1]]
		if first[0] != lead || second[1] != trail {
			continue
		}
		if count > bestCount || count == bestCount && (pair[0] < best[0] || pair[0] == best[0] && pair[1] < best[1]) {
			best, bestCount = pair, count
		}
	}
	return best, bestCount > 0
}

// torn returns the character that has a known first or second byte (the other is lost) and stands between the same
// neighbours elsewhere in the text; □ when none does. A first byte of 0xA3 is nearly always that of the comma.
func (s *slipFinder) torn(lead, trail int, previous, next rune) rune {
	best, bestScore := '□', 60
	for lost := 0x40; lost <= 0xFE; lost++ {
		var c rune
		if lead >= 0 {
			c = gbk().decode[lead][lost]
		} else {
			c = gbk().decode[lost][trail]
		}
		if !isHan(c) {
			continue
		}
		if score := s.score(c, previous, next); score > bestScore {
			best, bestScore = c, score
		}
	}
	if best == '□' && lead == 0xA3 {
		return '，'
	}
	return best
}
