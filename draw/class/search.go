package class

import (
	"math/bits"

	"jiaoheng/draw"
)

// The search, in whole numbers. Chances are out of 65,536.
const (
	stages      = 64    // of the cooling
	firstChance = 3_764 // of a change that makes one cell worse by one, in the first stage
	chanceLoss  = 30    // a stage takes this part of the chance away
	partners    = 8     // nearest pupils kept for each pupil and column
	window      = 3_000 // pupils looked at for partners
	anyShare    = 51    // of 256: pairs not aimed at a cell outside its bounds
	farShare    = 26    // of 256: aimed pairs with any pupil instead of a near one
	blockEvery  = 64    // of steps one moves a block
)

// partner is a pupil near another, with the columns in which they differ, one bit each.
type partner struct {
	pupil int32
	mask  uint32
}

// search is one arrangement and what is needed to change it.
type search struct {
	*table
	class, slot []int32   // of a pupil
	member      [][]int32 // of a class
	have        []int32   // class × level
	add, remove []int32   // class × level: what one pupil more or less costs
	outside     []int32   // cells outside their bounds
	outsideAt   []int32   // place of a cell in outside, or -1
	blockClass  []int32
}

// cost is the penalty of a cell with that many pupils.
func (t *table) cost(cell, level int, have int32) int32 {
	off := max(t.low[cell]-have, have-t.high[cell], 0)
	return t.weight[level] * off * off
}

// change counts by pupils more in a cell and keeps what follows from it.
func (s *search) change(cell, level int, by int32) {
	have := s.have[cell] + by
	s.have[cell] = have
	now := s.cost(cell, level, have)
	s.add[cell], s.remove[cell] = s.cost(cell, level, have+1)-now, s.cost(cell, level, have-1)-now
	at := s.outsideAt[cell]
	switch {
	case now > 0 && at < 0:
		s.outsideAt[cell] = int32(len(s.outside))
		s.outside = append(s.outside, int32(cell))
	case now == 0 && at >= 0:
		last := s.outside[len(s.outside)-1]
		s.outside[at], s.outsideAt[last] = last, at
		s.outside, s.outsideAt[cell] = s.outside[:len(s.outside)-1], -1
	}
}

// start deals the pupils: locked ones to their classes, blocks each to a class with room found from a random one on, the others
// in random order into the seats that are left.
func start(t *table, g *draw.Generator) *search {
	s := &search{table: t, class: make([]int32, t.n), slot: make([]int32, t.n), member: make([][]int32, t.k),
		have: make([]int32, t.k*t.levels), add: make([]int32, t.k*t.levels), remove: make([]int32, t.k*t.levels),
		outsideAt: make([]int32, t.k*t.levels), blockClass: make([]int32, len(t.blocks))}
	var rest []int32
	for i := range t.n {
		if t.lock[i] >= 0 {
			s.seat(int32(i), t.lock[i])
		} else if t.free[i] {
			rest = append(rest, int32(i))
		}
	}
	for b, block := range t.blocks {
		k := int(g.Below(uint32(t.k)))
		for tried := 0; tried < t.k && len(s.member[k])+len(block) > t.size[k]; tried++ {
			k = (k + 1) % t.k
		}
		s.blockClass[b] = int32(k)
		for _, i := range block {
			s.seat(int32(i), int32(k))
		}
	}
	draw.Shuffle(g, rest)
	k := 0
	for _, i := range rest {
		for len(s.member[k]) >= t.size[k] {
			k++
		}
		s.seat(i, int32(k))
	}
	for i := range t.n {
		for _, level := range t.row(i) {
			s.have[int(s.class[i])*t.levels+int(level)]++
		}
	}
	for cell := range s.have {
		s.outsideAt[cell] = -1
	}
	for cell := range s.have {
		s.change(cell, cell%t.levels, 0)
	}
	return s
}

func (s *search) seat(i, k int32) {
	s.class[i], s.slot[i] = k, int32(len(s.member[k]))
	s.member[k] = append(s.member[k], i)
}

// swap lets two pupils change places; mask are the columns in which they differ.
func (s *search) swap(i, j int32, mask uint32) {
	a, b := s.class[i], s.class[j]
	x, y := s.row(int(i)), s.row(int(j))
	from, to := int(a)*s.levels, int(b)*s.levels
	for ; mask != 0; mask &= mask - 1 {
		c := bits.TrailingZeros32(mask)
		p, q := int(x[c]), int(y[c])
		s.change(from+p, p, -1)
		s.change(to+p, p, 1)
		s.change(from+q, q, 1)
		s.change(to+q, q, -1)
	}
	s.class[i], s.class[j] = b, a
	s.member[a][s.slot[i]], s.member[b][s.slot[j]] = j, i
	s.slot[i], s.slot[j] = s.slot[j], s.slot[i]
}

// gain is what the penalty changes when i and j, which differ in column c, change places there.
func (s *search) gain(i, j int32, c int) int32 {
	from, to := int(s.class[i])*s.levels, int(s.class[j])*s.levels
	p, q := int(s.level[int(i)*s.columns+c]), int(s.level[int(j)*s.columns+c])
	return s.remove[from+p] + s.add[to+p] + s.add[from+q] + s.remove[to+q]
}

// gains is gain over all columns of a mask.
func (s *search) gains(i, j int32, mask uint32) (sum int32) {
	for ; mask != 0; mask &= mask - 1 {
		sum += s.gain(i, j, bits.TrailingZeros32(mask))
	}
	return sum
}

// differ are the columns in which two pupils differ.
func (t *table) differ(i, j int32) (mask uint32) {
	x, y := t.row(int(i)), t.row(int(j))
	for c, level := range x {
		if level != y[c] {
			mask |= 1 << c
		}
	}
	return mask
}

// nearest finds for each free pupil and column the partners with another level there that differ in the fewest columns, and, as
// the last column, the partners that differ least whatsoever. Pupils are looked at from the next one on, in a ring.
func (t *table) nearest() []partner {
	all := make([]partner, t.n*(t.columns+1)*partners)
	for i := range all {
		all[i].pupil = -1
	}
	by := make([][]partner, t.columns+1)
	filled := make([]int, t.columns+1)
	for i := range t.n {
		if !t.free[i] {
			continue
		}
		for d := range by {
			by[d] = by[d][:0]
		}
		for step := 1; step <= min(t.n-1, window); step++ {
			j := int32((i + step) % t.n)
			if !t.free[j] {
				continue
			}
			mask := t.differ(int32(i), j)
			d := bits.OnesCount32(mask)
			by[d] = append(by[d], partner{j, mask})
		}
		clear(filled)
		t.keepNearest(all[i*(t.columns+1)*partners:(i+1)*(t.columns+1)*partners], by, filled)
	}
	return all
}

func (t *table) keepNearest(out []partner, by [][]partner, filled []int) {
	open := t.columns + 1
	keep := func(c int, one partner) {
		if filled[c] < partners {
			out[c*partners+filled[c]] = one
			if filled[c]++; filled[c] == partners {
				open--
			}
		}
	}
	for d := 0; d <= t.columns && open > 0; d++ {
		for _, one := range by[d] {
			keep(t.columns, one)
			for mask := one.mask; mask != 0; mask &= mask - 1 {
				keep(bits.TrailingZeros32(mask), one)
			}
		}
	}
}

// balance runs the search until no cell is outside its bounds or the steps are done, and returns how many were taken.
// Stop, asked now and then, ends a search whose result is not wanted any more.
func (s *search) balance(g *draw.Generator, near []partner, steps int, stop func() bool) int {
	once := uint32(firstChance)
	part := steps/stages + 1
	next := part // counted, as a division in every step would take a tenth of the time
	for step := range steps {
		if len(s.outside) == 0 || step&0xffff == 0 && stop() {
			return step
		}
		if step == next {
			once -= once / chanceLoss
			next += part
		}
		word := g.Uint32()
		if len(s.blocks) > 0 && word>>16%blockEvery == 0 {
			s.moveBlock(g, once)
			continue
		}
		i, j, mask, c := s.pair(g, near, word&255)
		if mask == 0 {
			continue
		}
		sum := s.gain(i, j, c)
		if sum > 2 {
			continue
		}
		sum += s.gains(i, j, mask&^(1<<c))
		if sum <= 0 || sum <= 2 && s.dare(g, sum, once) {
			s.swap(i, j, mask)
		}
	}
	return steps
}

// dare decides by lot whether a change that costs one or two is made.
func (s *search) dare(g *draw.Generator, sum int32, once uint32) bool {
	if sum == 2 {
		once = once * once >> 16
	}
	return g.Uint32()>>16 < once
}

// pair chooses two free pupils of different classes, the columns in which they differ, and one of these columns to look at
// first. A mask of 0 says that none was found.
func (s *search) pair(g *draw.Generator, near []partner, word uint32) (i, j int32, mask uint32, c int) {
	width := s.columns + 1
	if word < anyShare {
		i = int32(g.Below(uint32(s.n)))
		c = int(g.Below(uint32(s.columns)))
		one := near[(int(i)*width+c)*partners+int(g.Below(partners))]
		if one.pupil < 0 || s.class[one.pupil] == s.class[i] {
			return 0, 0, 0, 0
		}
		return i, one.pupil, one.mask, c
	}
	cell := s.outside[g.Below(uint32(len(s.outside)))]
	k := uint32(cell) / uint32(s.levels)
	level := cell - int32(k)*int32(s.levels)
	c = int(s.column[level])
	member := s.member[k]
	i = member[g.Below(uint32(len(member)))]
	over := s.have[cell] > s.high[cell]
	if !s.free[i] || (s.level[int(i)*s.columns+c] == level) != over {
		return 0, 0, 0, 0
	}
	if word >= 256-farShare {
		j = int32(g.Below(uint32(s.n)))
		if !s.free[j] {
			return 0, 0, 0, 0
		}
		mask = s.differ(i, j)
	} else {
		one := near[(int(i)*width+c)*partners+int(g.Below(partners))]
		j, mask = one.pupil, one.mask
	}
	if mask == 0 || s.class[i] == s.class[j] || (s.level[int(j)*s.columns+c] == level) == over {
		return 0, 0, 0, 0
	}
	return i, j, mask, c
}

// moveBlock tries to let a block change places with as many free pupils of another class.
func (s *search) moveBlock(g *draw.Generator, once uint32) {
	b := int(g.Below(uint32(len(s.blocks))))
	to := int32(g.Below(uint32(s.k)))
	block, from := s.blocks[b], s.blockClass[b]
	if to == from {
		return
	}
	var others [MaxTogether]int32
	for q := range block {
		j := s.member[to][g.Below(uint32(len(s.member[to])))]
		if !s.free[j] {
			return
		}
		for _, before := range others[:q] {
			if before == j {
				return
			}
		}
		others[q] = j
	}
	sum := int32(0)
	for q, i := range block {
		mask := s.differ(int32(i), others[q])
		sum += s.gains(int32(i), others[q], mask)
		s.swap(int32(i), others[q], mask)
	}
	if sum <= 0 || sum <= 2 && s.dare(g, sum, once) {
		s.blockClass[b] = to
		return
	}
	for q, i := range block {
		s.swap(int32(i), others[q], s.differ(int32(i), others[q]))
	}
}

// penalty is the sum over all cells.
func (s *search) penalty() (sum int) {
	for _, cell := range s.outside {
		sum += int(s.cost(int(cell), int(cell)%s.levels, s.have[cell]))
	}
	return sum
}
