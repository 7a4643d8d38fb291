package frame

import "math/bits"

// Bitmap holds one bit for each cell.
type Bitmap []uint64

// NewBitmap returns a bitmap of n cleared bits.
func NewBitmap(n int) Bitmap { return make(Bitmap, (n+63)/64) }

// Get tells whether bit i is set.
func (b Bitmap) Get(i int) bool { return b[i>>6]>>(i&63)&1 == 1 }

// Set sets bit i.
func (b Bitmap) Set(i int) { b[i>>6] |= 1 << (i & 63) }

// Clear clears bit i.
func (b Bitmap) Clear(i int) { b[i>>6] &^= 1 << (i & 63) }

// Count returns how many of the bits from, from+1, …, to-1 are set.
func (b Bitmap) Count(from, to int) int {
	if from >= to {
		return 0
	}
	first, last := from>>6, (to-1)>>6
	low, high := ^uint64(0)<<(from&63), ^uint64(0)>>(63-(to-1)&63)
	if first == last {
		return bits.OnesCount64(b[first] & low & high)
	}
	n := bits.OnesCount64(b[first]&low) + bits.OnesCount64(b[last]&high)
	for _, word := range b[first+1 : last] {
		n += bits.OnesCount64(word)
	}
	return n
}
