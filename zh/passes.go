package zh

// Passes returns the repairs in the order in which they are made: first the signs, then the characters.
func Passes() []Pass {
	return []Pass{
		{"pinyin", Pinyin},
		{"traditional", Simplify},
	}
}
