package assessment

import (
	"slices"
	"strconv"
	"strings"

	"jiaoheng/secret"
)

// Marks of missing answers as they are stored.
const (
	omittedMark    = "?"
	notReachedMark = "#"
	notGivenMark   = "~"
)

// option returns the options that a text of a choice names, in order: "b,A" is "AB"; "" when it names none.
func option(text string) string {
	var letters []rune
	for _, r := range strings.ToUpper(secret.Fold(text)) {
		switch {
		case r >= 'A' && r <= 'Z':
			letters = append(letters, r)
		case strings.ContainsRune(",、;/ ", r):
		default:
			return ""
		}
	}
	if len(letters) > 8 {
		return ""
	}
	slices.Sort(letters)
	return string(slices.Compact(letters))
}

// earned returns what an answer as it is stored earned at an item, and the option that was chosen.
func earned(item Item, stored string) (float64, string) {
	switch stored {
	case omittedMark:
		return Omitted, ""
	case notReachedMark:
		return NotReached, ""
	case notGivenMark, "":
		return NotGiven, ""
	}
	if mark, err := strconv.ParseFloat(stored, 64); err == nil {
		return mark, ""
	}
	if item.Key != "" && stored == option(item.Key) {
		return item.Full, stored
	}
	return 0, stored
}

// sum is the mark of a paper: what its answers earned, missing ones count as 0. It is known when the pupil got the paper.
func sumOf(items []Item, stored []string) (sum float64, known bool) {
	for n, item := range items {
		if mark, _ := earned(item, stored[n]); mark >= 0 {
			sum += mark
		}
		known = known || stored[n] != notGivenMark
	}
	return sum, known
}

// encode and decode write the answers of a pupil as one text.
func encode(stored []string) string { return strings.Join(stored, ",") }

func decode(text string, items int) []string {
	stored := strings.Split(text, ",")
	for len(stored) < items {
		stored = append(stored, notGivenMark)
	}
	return stored
}
