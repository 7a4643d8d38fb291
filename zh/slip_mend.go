package zh

import (
	"slices"
	"strings"
)

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
			if pair, score := s.tornPair(byte(data[i]), byte(data[i+3]), previous, following(i+4)); score > 0 {
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
		s.pairs, s.count, s.byBytes = map[[2]rune]int{}, map[rune]int{}, map[[2]byte][][2]rune{}
		for pair := range usualWords() {
			s.index(pair[0], pair[1])
		}
		var last rune
		for _, r := range s.text {
			if isHan(r) && (isHan(last) || isStop(last)) || isHan(last) && isStop(r) {
				s.pairs[[2]rune{simple(last), simple(r)}]++
				s.index(last, r)
			}
			s.count[simple(r)]++
			last = r
		}
	}
	usual := isCommon(c)
	previous, c, next = simple(previous), simple(c), simple(next)
	left, right := [2]rune{previous, c}, [2]rune{c, next}
	score := 40*min(s.pairs[left], 5) + 40*min(s.pairs[right], 5) + min(s.count[c], 9)
	if usual {
		score += 20
	}
	if usualWords()[left] {
		score += 100
	}
	if usualWords()[right] {
		score += 100
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

// maxLooks is how many torn characters of one text are looked for; a page has a few dozen.
const maxLooks = 3000

// maxAlike is the most pairs that are kept for the same two bytes.
const maxAlike = 50

// index notes a pair for the search by its outer bytes.
func (s *slipFinder) index(first, second rune) {
	a, known := gbk().encode[first]
	b, too := gbk().encode[second]
	key := [2]byte{a[0], b[1]}
	if known && too && len(s.byBytes[key]) < maxAlike && !slices.Contains(s.byBytes[key], [2]rune{first, second}) {
		s.byBytes[key] = append(s.byBytes[key], [2]rune{first, second})
	}
}

// tornPair returns the two characters that lost the two bytes between them: a pair that stands elsewhere in the text or
// is usual, preferably beside the same neighbours. Its score is 0 when there is none.
func (s *slipFinder) tornPair(lead, trail byte, previous, next rune) (best [2]rune, bestScore int) {
	s.score(0, 0, 0)
	previous, next = simple(previous), simple(next)
	for _, pair := range s.byBytes[[2]byte{lead, trail}] {
		first, second := simple(pair[0]), simple(pair[1])
		score := min(s.pairs[[2]rune{first, second}], 5)
		if usualWords()[[2]rune{first, second}] {
			score += 5
		}
		for _, beside := range [][2]rune{{previous, first}, {second, next}} {
			score += 2 * min(s.pairs[beside], 5)
			if usualWords()[beside] {
				score += 10
			}
		}
		if score > bestScore || score == bestScore && (pair[0] < best[0] || pair[0] == best[0] && pair[1] < best[1]) {
			best, bestScore = pair, score
		}
	}
	return best, bestScore
}

// isStop tells whether r is a sign between characters.
func isStop(r rune) bool { return strings.ContainsRune("，、。；：“”（）《》", r) }

// torn returns the character that has a known first or second byte (the other is lost) and stands between the same
// neighbours elsewhere in the text; □ when none does. A first byte of 0xA3 is
// nearly always that of the comma, one of 0xA1 that of a full stop or 、.
func (s *slipFinder) torn(lead, trail int, previous, next rune) rune {
	best, bestScore := '□', 60
	if s.looks++; s.looks > maxLooks {
		return best
	}
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
	switch {
	case best != '□':
	case lead == 0xA3:
		return '，'
	case lead == 0xA1 && (next == '\n' || next == 0):
		return '。'
	case lead == 0xA1:
		return '、'
	}
	return best
}
