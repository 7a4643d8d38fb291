package irt

// maxCodes is the most combinations of answers that one group of items may have: a code is a byte.
const maxCodes = 256

// group is a run of items whose answers are coded together as one byte.
type group struct {
	from, to int   // items [from, to)
	stride   []int // of each item
	codes    int   // how many codes there are
}

// rowSet is a set of patterns with frequencies, coded by groups of items.
type rowSet struct {
	items  int
	groups []group
	codes  []byte // patterns × groups
	scores []byte // patterns × items, categories
	weight []float64
	shared int // so many leading groups are worth keeping the product of, because patterns in a row share them
}

func (s *rowSet) len() int { return len(s.weight) }

// groupsOf packs items into groups in order. radix is the number of answers of each item, the missing one included.
func groupsOf(radix []int, most int) []group {
	var groups []group
	for item := 0; item < len(radix); {
		g := group{from: item, codes: 1}
		for item < len(radix) && (g.codes == 1 || g.codes*radix[item] <= most) {
			g.stride = append(g.stride, g.codes)
			g.codes *= radix[item]
			item++
		}
		g.to = item
		groups = append(groups, g)
	}
	return groups
}

// gather codes the rows, sorts them and counts equal patterns once; the order is that of the codes, whatever that of the rows.
func (p *prepared) gather(d Data, recode [][256]byte) {
	items, columns, rows := len(p.items), len(d.Items), d.Rows()
	radix := make([]int, items)
	for item := range radix {
		radix[item] = p.top[item] + 1
		if p.hasGap[item] {
			radix[item]++
		}
	}
	groups := groupsOf(radix, maxCodes)
	width := len(groups)
	codes := make([]byte, rows*width)
	p.pattern = make([]int32, rows)
	kept := make([]int32, 0, rows)
	for row := range rows {
		scores := d.Scores[row*columns : (row+1)*columns]
		any := false
		for g := range groups {
			code := 0
			for i := groups[g].from; i < groups[g].to; i++ {
				category := recode[i][scores[p.columns[i]]]
				if category == Missing {
					category = byte(p.top[i] + 1)
				} else {
					any = true
				}
				code += int(category) * groups[g].stride[i-groups[g].from]
			}
			codes[row*width+g] = byte(code)
		}
		switch {
		case !any:
			p.empty++
			p.pattern[row] = -1
		case p.weightOf(row) == 0:
			p.pattern[row] = -1
		default:
			p.answered++
			kept = append(kept, int32(row))
		}
	}
	sortByCodes(kept, codes, width)
	p.rows = &rowSet{items: items, groups: groups}
	p.unite(kept, codes)
	p.rows.decode(p.top)
	p.rows.shared = sharedGroups(p.rows.codes, width)
}

// unite makes the patterns of sorted rows.
func (p *prepared) unite(kept []int32, codes []byte) {
	width := len(p.rows.groups)
	var last []byte
	for _, row := range kept {
		code := codes[int(row)*width : (int(row)+1)*width]
		weight := p.weightOf(int(row))
		p.persons += weight
		if last == nil || string(code) != string(last) {
			p.rows.codes = append(p.rows.codes, code...)
			p.rows.weight = append(p.rows.weight, 0)
			last = code
		}
		p.rows.weight[len(p.rows.weight)-1] += weight
		p.pattern[row] = int32(len(p.rows.weight) - 1)
	}
}

// sortByCodes sorts rows by their codes, the first group counting most: one counting sort for each group from the last on.
func sortByCodes(rows []int32, codes []byte, width int) {
	other := make([]int32, len(rows))
	from, to := rows, other
	for g := width - 1; g >= 0; g-- {
		var start [maxCodes + 1]int
		for _, row := range from {
			start[int(codes[int(row)*width+g])+1]++
		}
		for c := range maxCodes {
			start[c+1] += start[c]
		}
		for _, row := range from {
			c := codes[int(row)*width+g]
			to[start[c]] = row
			start[c]++
		}
		from, to = to, from
	}
	if width%2 == 1 {
		copy(rows, from)
	}
}

// decode fills the categories from the codes.
func (s *rowSet) decode(top []int) {
	width := len(s.groups)
	s.scores = make([]byte, s.len()*s.items)
	for row := range s.len() {
		for g, group := range s.groups {
			code := int(s.codes[row*width+g])
			for i := group.to - 1; i >= group.from; i-- {
				stride := group.stride[i-group.from]
				category := code / stride
				code -= category * stride
				if category > top[i] {
					category = Missing
				}
				s.scores[row*s.items+i] = byte(category)
			}
		}
	}
}

// worthSharing is how many patterns in a row must share leading groups for the product of those to be kept.
const worthSharing = 4

// sharedGroups tells how many leading groups are shared by worthSharing patterns on average.
func sharedGroups(codes []byte, width int) int {
	if len(codes) == 0 {
		return 0
	}
	first := make([]int, width) // how many patterns differ from the one before first in group g
	for at := width; at < len(codes); at += width {
		for g := range width {
			if codes[at+g] != codes[at-width+g] {
				first[g]++
				break
			}
		}
	}
	rows, distinct := len(codes)/width, 1
	for g := range width - 1 {
		distinct += first[g]
		if distinct*worthSharing > rows {
			return g
		}
	}
	return width - 1
}

// sample returns so many patterns at equal steps through the weights, each standing for as many persons as the step is long.
// The order of the codes makes it a systematic sample over the answers to the first items.
func (s *rowSet) sample(count int) *rowSet {
	if s.len() <= count {
		return s
	}
	total := 0.0
	for _, weight := range s.weight {
		total += weight
	}
	step := total / float64(count)
	width := len(s.groups)
	out := &rowSet{items: s.items, groups: s.groups}
	passed, next := 0.0, step/2
	for row, weight := range s.weight {
		passed += weight
		drawn := 0.0
		for next < passed {
			drawn++
			next += step
		}
		if drawn > 0 {
			out.codes = append(out.codes, s.codes[row*width:(row+1)*width]...)
			out.scores = append(out.scores, s.scores[row*s.items:(row+1)*s.items]...)
			out.weight = append(out.weight, drawn*step)
		}
	}
	out.shared = sharedGroups(out.codes, width)
	return out
}
