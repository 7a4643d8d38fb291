package message

// Pair is a text that stands in data, in both languages.
type Pair struct{ Chinese, English string }

// In returns the text in the language.
func (p Pair) In(language Language) string {
	if language == English && p.English != "" {
		return p.English
	}
	return p.Chinese
}
