package secret

import (
	"strings"

	"golang.org/x/text/width"
)

// Fold brings a value into the form that the blind index compares: half-width, lower case, no spaces.
func Fold(value string) string {
	return strings.Join(strings.Fields(strings.ToLower(width.Fold.String(value))), "")
}

// MaskName shows the first character of a name: 张三丰 becomes 张**. A name of one character is hidden whole.
func MaskName(name string) string {
	letters := []rune(name)
	if len(letters) < 2 {
		return strings.Repeat("*", len(letters))
	}
	return string(letters[:1]) + strings.Repeat("*", len(letters)-1)
}

// MaskNumber shows the first head and the last tail characters of a number: 138****1234 for (3, 4).
// A number too short to hide at least four characters is hidden whole.
func MaskNumber(number string, head, tail int) string {
	letters := []rune(number)
	if len(letters) < head+tail+4 {
		return strings.Repeat("*", len(letters))
	}
	return string(letters[:head]) + strings.Repeat("*", len(letters)-head-tail) + string(letters[len(letters)-tail:])
}
