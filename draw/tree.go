package draw

import (
	"crypto/sha256"
	"encoding/hex"
	"math/bits"
)

// Hash is SHA-256 of what it names.
type Hash = [sha256.Size]byte

// Hex is how a hash stands in a text.
func Hex(hash Hash) string { return hex.EncodeToString(hash[:]) }

// Tree is a Merkle tree of RFC 6962 over lines of text: a leaf is SHA-256(0x00 ‖ line), a node SHA-256(0x01 ‖ left ‖ right).
// A list that is no power of two is split at the largest power of two below its length.
type Tree struct {
	levels [][]Hash // the leaves first; a last node without a partner goes up as it is
}

// Leaf is the hash of one line.
func Leaf(line string) Hash { return sha256.Sum256(append([]byte{0}, line...)) }

func node(left, right Hash) Hash {
	var joined [1 + 2*sha256.Size]byte
	joined[0] = 1
	copy(joined[1:], left[:])
	copy(joined[1+sha256.Size:], right[:])
	return sha256.Sum256(joined[:])
}

// NewTree builds the tree over the lines in their order.
func NewTree(lines []string) *Tree {
	level := make([]Hash, len(lines))
	for i, line := range lines {
		level[i] = Leaf(line)
	}
	t := &Tree{levels: [][]Hash{level}}
	for len(level) > 1 {
		next := make([]Hash, 0, (len(level)+1)/2)
		for i := 0; i+1 < len(level); i += 2 {
			next = append(next, node(level[i], level[i+1]))
		}
		if len(level)%2 == 1 {
			next = append(next, level[len(level)-1])
		}
		t.levels = append(t.levels, next)
		level = next
	}
	return t
}

// Root binds all lines and their order; the root of no lines is SHA-256 of nothing.
func (t *Tree) Root() Hash {
	if len(t.levels[0]) == 0 {
		return sha256.Sum256(nil)
	}
	return t.levels[len(t.levels)-1][0]
}

// Root is the root of the tree over lines.
func Root(lines []string) Hash { return NewTree(lines).Root() }

// Path returns the neighbours on the way from leaf index up to the root, the lowest first. Index must be that of a line.
func (t *Tree) Path(index int) []Hash {
	var path []Hash
	for _, level := range t.levels[:len(t.levels)-1] {
		if beside := index ^ 1; beside < len(level) {
			path = append(path, level[beside])
		}
		index /= 2
	}
	return path
}

// CheckPath tells whether line is number index (from 0) of the count lines under root, by the neighbours of Path.
func CheckPath(line string, index, count int, path []Hash, root Hash) bool {
	if index < 0 || index >= count || len(path) > bits.Len(uint(count)) {
		return false
	}
	at := Leaf(line)
	for last := count - 1; last > 0; last, index = last/2, index/2 {
		if index == last && index%2 == 0 {
			continue // no partner on this level
		}
		if len(path) == 0 {
			return false
		}
		if index%2 == 1 {
			at = node(path[0], at)
		} else {
			at = node(at, path[0])
		}
		path = path[1:]
	}
	return len(path) == 0 && at == root
}
