package zh

import "slices"

// Pairs returns the pairs of neighbouring characters of a text, sorted; of a single character that alone. Two lists of them
// tell how alike two texts are, see Alike.
func Pairs(text string) []uint64 {
	runes := []rune(text)
	if len(runes) == 1 {
		return []uint64{uint64(runes[0])}
	}
	var pairs []uint64
	for i := 1; i < len(runes); i++ {
		pairs = append(pairs, uint64(runes[i-1])<<32|uint64(runes[i]))
	}
	slices.Sort(pairs)
	return pairs
}

// Alike is twice what two lists of Pairs have in common over what they have together (Dice), from 0 to 1; 0 when both are
// empty.
func Alike(a, b []uint64) float64 {
	if len(a)+len(b) == 0 {
		return 0
	}
	common := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			common, i, j = common+1, i+1, j+1
		case a[i] < b[j]:
			i++
		default:
			j++
		}
	}
	return 2 * float64(common) / float64(len(a)+len(b))
}
