package class

import "slices"

// HardWeight is how much more a pupil too many counts where a rule forbids it (apart, special needs) than where a spread is uneven.
const HardWeight = 16

// table is the roster as the search sees it: every column, lists of apart included, with levels numbered through, and for each
// class and level the least and most pupils that an even spread allows.
type table struct {
	roster    *Roster
	n, k      int
	columns   int
	levels    int
	level     []int32 // pupil × column: number of the level
	column    []int32 // column of a level
	weight    []int32 // of a level
	count     []int32 // pupils of a level
	low, high []int32 // class × level
	lock      []int32 // class of a pupil before numbering, or -1
	free      []bool  // neither locked nor together with others
	size      []int
	code      []int32 // code of a level within its column
	blocks    [][]int // pupils that stay together and are not locked
}

// newTable numbers the levels and computes the bounds. Number[k] is the number that class k will have, from 0.
func newTable(r *Roster, number []int32) *table {
	t := &table{roster: r, n: len(r.Who), k: r.Classes, size: r.sizes()}
	apart := r.apartColumns()
	t.columns = r.Columns + len(apart)
	t.level = make([]int32, t.n*t.columns)
	for c := range t.columns {
		t.addColumn(c, func(i int) int32 {
			if c < r.Columns {
				return r.Codes[i*r.Columns+c]
			}
			return apart[c-r.Columns][i]
		})
	}
	class := make([]int32, t.k) // before numbering
	for k, n := range number {
		class[n] = int32(k)
	}
	t.lock, t.free = make([]int32, t.n), make([]bool, t.n)
	for i, lock := range r.Locked {
		t.lock[i], t.free[i] = -1, lock < 0
		if lock >= 0 {
			t.lock[i] = class[lock]
		}
	}
	for _, group := range r.Together {
		if t.lock[group[0]] < 0 {
			t.blocks = append(t.blocks, group)
			for _, i := range group {
				t.free[i] = false
			}
		}
	}
	t.bound()
	return t
}

// addColumn numbers the levels of one column in the order of their codes.
func (t *table) addColumn(c int, code func(i int) int32) {
	count := map[int32]int32{}
	most := int32(0)
	for i := range t.n {
		count[code(i)]++
		most = max(most, code(i))
	}
	at := map[int32]int32{}
	for one := int32(0); one <= most; one++ {
		if count[one] == 0 {
			continue
		}
		at[one] = int32(t.levels)
		t.column, t.code, t.count, t.weight = append(t.column, int32(c)), append(t.code, one), append(t.count, count[one]), append(t.weight, 1)
		t.levels++
	}
	for i := range t.n {
		t.level[i*t.columns+c] = at[code(i)]
	}
}

// bound computes low and high of every class and level.
func (t *table) bound() {
	t.low, t.high = make([]int32, t.k*t.levels), make([]int32, t.k*t.levels)
	held, heldOf := make([]int32, t.k), make([]int32, t.k*t.levels)
	for i, class := range t.lock {
		if class < 0 {
			continue
		}
		held[class]++
		for _, level := range t.row(i) {
			heldOf[int(class)*t.levels+int(level)]++
		}
	}
	block := t.largestBlocks()
	for level := range t.levels {
		least, room := make([]int, t.k), make([]int, t.k)
		for k := range t.k {
			of := heldOf[k*t.levels+level]
			least[k], room[k] = int(of), t.size[k]-int(held[k]-of)
		}
		t.boundLevel(level, least, room, block[level])
	}
}

func (t *table) row(i int) []int32 { return t.level[i*t.columns : (i+1)*t.columns] }

// largestBlocks is, for each level, the most pupils of it that stand in one block.
func (t *table) largestBlocks() []int32 {
	most := make([]int32, t.levels)
	for _, block := range t.blocks {
		in := map[int32]int32{}
		for _, i := range block {
			for _, level := range t.row(i) {
				in[level]++
				most[level] = max(most[level], in[level])
			}
		}
	}
	return most
}

func (t *table) boundLevel(level int, least, room []int, block int32) {
	r, column, code := t.roster, int(t.column[level]), t.code[level]
	low, high := evenShares(int(t.count[level]), t.size, least, room)
	switch {
	case column >= r.Columns: // lists of pupils to be kept apart
		for k := range t.k {
			low[k], high[k] = 0, 1
			if code == 0 {
				high[k] = t.n
			}
		}
		t.weight[level] = HardWeight
	case column == r.Special.Column && int(code) == r.Special.Code:
		for k := range t.k {
			low[k] = r.specialOf(k)
			high[k] = max(low[k], least[k])
		}
		t.weight[level] = HardWeight
	}
	for k := range t.k {
		if t.weight[level] == 1 {
			high[k] = max(high[k], int(block))
		}
		t.low[k*t.levels+level], t.high[k*t.levels+level] = int32(low[k]), int32(high[k])
	}
}

// evenShares spreads count over classes as evenly as whole numbers allow. Class k holds at least least[k] and has room for
// room[k]. Where sizes differ by at most one the share is the same for every class that can hold it, rounded down or up: low comes
// from the largest share that does not exceed count, high from the smallest that reaches it (no other sharing out has a smaller
// largest or a larger smallest class). Where sizes differ by more the share is that of the size.
func evenShares(count int, size, least, room []int) (low, high []int) {
	classes, seats := len(size), 0
	for _, s := range size {
		seats += s
	}
	low, high = make([]int, classes), make([]int, classes)
	if slices.Max(size)-slices.Min(size) > 1 {
		for k := range size {
			low[k] = min(count*size[k]/seats, room[k])
			high[k] = max((count*size[k]+seats-1)/seats, least[k])
		}
		return low, high
	}
	held := func(share int) (total int) {
		for k := range size {
			total += min(max(share, least[k]), room[k])
		}
		return total
	}
	most := slices.Max(size)
	down, up := 0, 0
	for down < most && held(down+1) <= count {
		down++
	}
	for up < most && held(up) < count {
		up++
	}
	for k := range size {
		low[k], high[k] = min(max(down, least[k]), room[k]), min(max(up, least[k]), room[k])
	}
	return low, high
}
