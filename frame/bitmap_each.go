package frame

import (
	"iter"
	"math/bits"
)

// Each yields, in order, the numbers of the set bits from, from+1, …, to-1.
func (b Bitmap) Each(from, to int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for at := from; at < to; {
			word := b[at>>6] >> (at & 63)
			if word == 0 {
				at = (at>>6 + 1) << 6
				continue
			}
			at += bits.TrailingZeros64(word)
			if at >= to || !yield(at) {
				return
			}
			at++
		}
	}
}

// And returns the bits that are set in both.
func (b Bitmap) And(other Bitmap) Bitmap {
	both := make(Bitmap, len(b))
	for i := range both {
		both[i] = b[i] & other[i]
	}
	return both
}

// Without returns the bits that are set here and not in other.
func (b Bitmap) Without(other Bitmap) Bitmap {
	rest := make(Bitmap, len(b))
	for i := range rest {
		rest[i] = b[i] &^ other[i]
	}
	return rest
}
