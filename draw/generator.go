package draw

import (
	"crypto/sha256"
	"encoding/binary"
)

// MaxBelow is the largest number that Below accepts, so that browsers compute its products exactly.
const MaxBelow = 1 << 20

// Generator is the sequence of numbers that a seed determines: xoshiro128** (Blackman, Vigna 2018) over words of 32 bits, which
// every machine and every browser computes alike.
type Generator struct{ a, b, c, d uint32 }

// NewGenerator begins the sequence that a seed determines for one purpose: its state is the first sixteen bytes, as four
// big-endian words, of SHA-256 over the protocol's name, the label and the seed. Sequences of different labels have nothing in common.
func NewGenerator(label string, seed Seed) *Generator {
	sum := sha256.Sum256(append([]byte(Protocol+" "+label+"\n"), seed[:]...))
	word := func(at int) uint32 { return binary.BigEndian.Uint32(sum[at:]) }
	g := &Generator{word(0), word(4), word(8), word(12)}
	if g.a|g.b|g.c|g.d == 0 {
		g.a = 1
	}
	return g
}

// Uint32 is the next word.
func (g *Generator) Uint32() uint32 {
	x := g.b * 5
	out := (x<<7 | x>>25) * 9
	t := g.b << 9
	g.c ^= g.a
	g.d ^= g.b
	g.b ^= g.c
	g.a ^= g.d
	g.c ^= t
	g.d = g.d<<11 | g.d>>21
	return out
}

// Below is the next whole number from 0 to n-1, each equally likely (Lemire 2019): the high word of a 32-bit word times n,
// and words whose low product is below 2^32 mod n are passed over. 1 ≤ n ≤ MaxBelow.
func (g *Generator) Below(n uint32) uint32 {
	if n == 0 || n > MaxBelow {
		panic("draw: Below wants 1 to 2^20")
	}
	m := uint64(g.Uint32()) * uint64(n)
	if low := uint32(m); low < n {
		for over := -n % n; low < over; low = uint32(m) {
			m = uint64(g.Uint32()) * uint64(n)
		}
	}
	return uint32(m >> 32)
}

// Shuffle puts a list into random order, each order equally likely (Fisher, Yates; from the last place to the second).
func Shuffle[T any](g *Generator, list []T) {
	for i := len(list) - 1; i > 0; i-- {
		j := g.Below(uint32(i + 1))
		list[i], list[j] = list[j], list[i]
	}
}
