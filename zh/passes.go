package zh

// Passes returns the repairs in the order in which they are made: first the signs, then the characters, then the lines.
func Passes() []Pass {
	return []Pass{
		{"form", Form},
		{"slips", Slips},
		{"entities", Entities},
		{"marks", Marks},
		{"width", Width},
		{"pinyin", Pinyin},
		{"traditional", Simplify},
		{"furniture", Furniture},
		{"repeated", Repeated},
		{"pages", Pages},
		{"contents", Contents},
		{"scan", Scan},
		{"wraps", Wraps},
		{"blanks", Blanks},
		{"tidy", Tidy},
	}
}

// Rules are the names of all kinds of noise that the passes take out.
var Rules = []string{"invisible", "entity", "tag", "paragraph_mark", "width", "slip", "pinyin", "traditional", "furniture", "repeated",
	"page_mark", "page_number", "running_header", "contents", "wrap", "blank", "scan", "year_bracket"}
