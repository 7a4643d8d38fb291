package mixed

import "math/bits"

// interner numbers the distinct spellings of a column in the order in which they appear.
type interner struct {
	table  []int32 // number + 1, 0: free; its length is a power of two
	hashes []uint64
	ends   []int // of the spelling of each number in arena
	arena  []byte
	last   int32 // number of the spelling that was asked for last, -1: none
}

func newInterner() *interner { return &interner{table: make([]int32, 64), last: -1} }

// spelling returns the bytes of a number.
func (s *interner) spelling(number int32) []byte {
	from := 0
	if number > 0 {
		from = s.ends[number-1]
	}
	return s.arena[from:s.ends[number]]
}

// number returns the number of a spelling, which it adds when it is new.
func (s *interner) number(text []byte) int32 {
	if s.last >= 0 && string(s.spelling(s.last)) == string(text) {
		return s.last
	}
	hash := hashBytes(text)
	mask := uint64(len(s.table) - 1)
	for at := hash & mask; ; at = (at + 1) & mask {
		number := s.table[at] - 1
		if number < 0 {
			break
		}
		if s.hashes[number] == hash && string(s.spelling(number)) == string(text) {
			s.last = number
			return number
		}
	}
	s.last = int32(len(s.hashes))
	s.hashes, s.arena = append(s.hashes, hash), append(s.arena, text...)
	s.ends = append(s.ends, len(s.arena))
	if 2*len(s.hashes) > len(s.table) {
		s.table = make([]int32, 2*len(s.table))
		for number, hash := range s.hashes {
			place(s.table, hash, int32(number))
		}
	} else {
		place(s.table, hash, s.last)
	}
	return s.last
}

// place puts a number where its hash belongs.
func place(table []int32, hash uint64, number int32) {
	mask := uint64(len(table) - 1)
	at := hash & mask
	for table[at] != 0 {
		at = (at + 1) & mask
	}
	table[at] = number + 1
}

// Odd constants with well mixed bits, from the fractions of the golden ratio and of the square root of two.
const (
	mixOne = 0x9E3779B97F4A7C15
	mixTwo = 0x6A09E667F3BCC909
)

func hashBytes(text []byte) uint64 {
	hash := uint64(len(text)) * mixOne
	for len(text) >= 8 {
		hash = mixWord(hash ^ (uint64(text[0]) | uint64(text[1])<<8 | uint64(text[2])<<16 | uint64(text[3])<<24 |
			uint64(text[4])<<32 | uint64(text[5])<<40 | uint64(text[6])<<48 | uint64(text[7])<<56))
		text = text[8:]
	}
	var word uint64
	for i, c := range text {
		word |= uint64(c) << (8 * i)
	}
	return mixWord(hash ^ word)
}

func mixWord(word uint64) uint64 {
	high, low := bits.Mul64(word^mixTwo, mixOne)
	return high ^ low
}

// pairs numbers the distinct pairs of numbers in the order in which they appear.
type pairs struct {
	table []int32
	made  []uint64 // first<<32 | second, by number
	last  int32
}

func newPairs() *pairs { return &pairs{table: make([]int32, 64), last: -1} }

func (p *pairs) number(first, second int32) int32 {
	pair := uint64(first)<<32 | uint64(uint32(second))
	if p.last >= 0 && p.made[p.last] == pair {
		return p.last
	}
	hash := mixWord(pair)
	mask := uint64(len(p.table) - 1)
	for at := hash & mask; p.table[at] != 0; at = (at + 1) & mask {
		if number := p.table[at] - 1; p.made[number] == pair {
			p.last = number
			return number
		}
	}
	p.last = int32(len(p.made))
	p.made = append(p.made, pair)
	if 2*len(p.made) > len(p.table) {
		p.table = make([]int32, 2*len(p.table))
		for number, pair := range p.made {
			place(p.table, mixWord(pair), int32(number))
		}
	} else {
		place(p.table, hash, p.last)
	}
	return p.last
}
