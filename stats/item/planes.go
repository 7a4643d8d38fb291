package item

import (
	"math/big"
	"math/bits"
)

// planes are the bits of an item's scores: bit b of pupil p is bit p%64 of planes[b][p/64].
type planes [][]uint64

func planesOf(column []int16, most, level int16) planes {
	if level == most && most > 0 { // two scores: one plane says it all
		return planes{plane(column, func(v int16) uint64 { return uint64(uint16(-v)) >> 15 })}
	}
	out := make(planes, bits.Len16(uint16(most)))
	for b := range out {
		out[b] = plane(column, func(v int16) uint64 { return uint64(v) >> b & 1 })
	}
	return out
}

func plane(column []int16, bit func(int16) uint64) []uint64 {
	words := make([]uint64, (len(column)+63)/64)
	for w := range words {
		block := column[w*64 : min(w*64+64, len(column))]
		var word uint64
		for k, v := range block {
			word |= bit(v) << k
		}
		words[w] = word
	}
	return words
}

func ones(words []uint64) int {
	n := 0
	for _, w := range words {
		n += bits.OnesCount64(w)
	}
	return n
}

func both(a, b []uint64) int {
	n := 0
	b = b[:len(a)]
	for k, w := range a {
		n += bits.OnesCount64(w & b[k])
	}
	return n
}

// grid is the items as planes with the weight of each plane.
type grid struct {
	items []planes
	unit  []int64 // what plane 0 is worth
}

func gridOf(c *clean) *grid {
	g := &grid{items: make([]planes, len(c.scores)), unit: make([]int64, len(c.scores))}
	for i, column := range c.scores {
		g.items[i] = planesOf(column, c.most[i], c.level[i])
		g.unit[i] = 1
		if c.level[i] > 0 {
			g.unit[i] = int64(c.level[i])
		}
	}
	return g
}

// sum is the sum of the scores of item i over the pupils of mask; all pupils where mask is nil.
func (g *grid) sum(i int, mask []uint64) int64 {
	var s int64
	for b, words := range g.items[i] {
		if mask == nil {
			s += int64(ones(words)) << b
		} else {
			s += int64(both(words, mask)) << b
		}
	}
	return s * g.unit[i]
}

// cross is the sum over pupils of the product of the scores of items i and j.
func (g *grid) cross(i, j int) int64 {
	var s int64
	for a, left := range g.items[i] {
		for b, right := range g.items[j] {
			s += int64(both(left, right)) << (a + b)
		}
	}
	return s * g.unit[i] * g.unit[j]
}

// moments are sums and centred cross products of the items, exact until the last division.
type moments struct {
	n     int
	scale float64
	sums  []int64
	cov   [][]float64 // with n-1
	total int64
}

func momentsOf(g *grid, n, scale int) *moments {
	k := len(g.items)
	m := &moments{n: n, scale: float64(scale), sums: make([]int64, k), cov: make([][]float64, k)}
	for i := range k {
		m.sums[i] = g.sum(i, nil)
		m.total += m.sums[i]
		m.cov[i] = make([]float64, k)
	}
	for i := range k {
		for j := range i + 1 {
			v := m.centred(g.cross(i, j), m.sums[i], m.sums[j])
			m.cov[i][j], m.cov[j][i] = v, v
		}
	}
	return m
}

// centred is (Σxy − ΣxΣy/n)/(n−1) in points.
func (m *moments) centred(xy, x, y int64) float64 {
	n := big.NewInt(int64(m.n))
	value := new(big.Int).Mul(n, big.NewInt(xy))
	value.Sub(value, new(big.Int).Mul(big.NewInt(x), big.NewInt(y)))
	out, _ := new(big.Rat).SetFrac(value, n.Mul(n, big.NewInt(int64(m.n-1)))).Float64()
	return out / (m.scale * m.scale)
}
