package admission

import (
	"slices"
	"strconv"
	"strings"

	"jiaoheng/message"
)

// Reason says why a wish that was better than the result was not met. Code names what decided; Args are its figures.
type Reason struct {
	School int // the school of the wish; -1: there was no wish
	Wish   int // which wish, from 1
	Code   string
	Args   message.Args
}

// What decided.
const (
	NotTaken = "not_taken" // the school does not take the category
	NoPlaces = "no_places" // the school had no places
	OfGroup  = "group"     // full with categories that come before
	OfBand   = "band"      // full with wishes of earlier bands
	OfNumber = "number"    // the lottery decided
	OfTwin   = "twin"      // a twin with the same number got the last place
	NoWish   = "no_wish"   // nothing was wished
	// beside these the criteria: sibling, distance, points, years
)

// Text is the reason as a sentence to the family.
func (r Reason) Text(language message.Language) string {
	return message.Text(language, "draw.admit.reason."+r.Code, r.Args)
}

// Reasons returns, for every applicant, the reason of every wish that was better than the result.
func (r Result) Reasons() [][]Reason {
	last, applied := r.lasts(), r.applied()
	all := make([][]Reason, len(r.Applicants))
	for i, p := range r.Applicants {
		wishes := r.table.applicants[i].wishes
		if len(wishes) == 0 {
			all[i] = []Reason{{School: -1, Code: NoWish}}
		}
		for k, w := range wishes {
			if p.School == w.school {
				break
			}
			all[i] = append(all[i], r.reason(i, k, last, applied))
		}
	}
	return all
}

// lasts is the last one placed at each school, -1: nobody.
func (r Result) lasts() []int {
	last := slices.Repeat([]int{-1}, len(r.Schools))
	for i, p := range r.Applicants {
		if s := p.School; s >= 0 && (last[s] < 0 || r.place[last[s]][r.Applicants[last[s]].Wish-1] < r.place[i][p.Wish-1]) {
			last[s] = i
		}
	}
	return last
}

// applied counts who named each school, by its groups.
func (r Result) applied() [][]int {
	count := make([][]int, len(r.Schools))
	for s, school := range r.Schools {
		count[s] = make([]int, len(school.Groups))
	}
	for _, a := range r.table.applicants {
		for _, w := range a.wishes {
			if w.group >= 0 {
				count[w.school][w.group]++
			}
		}
	}
	return count
}

func (r Result) reason(i, k int, last []int, applied [][]int) Reason {
	w := r.table.applicants[i].wishes[k]
	s, school := w.school, r.Schools[w.school]
	reason := Reason{School: s, Wish: k + 1, Args: message.Args{"category": w.category, "places": school.Places, "wish": k + 1}}
	switch {
	case w.group < 0:
		reason.Code = NotTaken
		return reason
	case school.Places == 0:
		reason.Code = NoPlaces
		return reason
	}
	at := last[s]
	reason.Args["applied"], reason.Args["group"] = applied[s][w.group], groupText(school.Groups[w.group])
	theirs := r.Applicants[at].Wish - 1
	if r.place[at][theirs] > r.place[i][k] {
		reason.Code = OfBand
		return reason
	}
	decided, before := r.compare(s, asking{at, theirs}, asking{i, k})
	reason.Code = decided
	if before == 0 {
		reason.Code = OfTwin
	}
	other := r.table.applicants[at].wishes[theirs]
	reason.Args["last_group"] = groupText(school.Groups[other.group])
	reason.Args["last_number"], reason.Args["number"] = r.Applicants[at].Numbers[theirs], r.Applicants[i].Numbers[k]
	if n := slices.Index(school.By, decided); n >= 0 {
		reason.Args["last"], reason.Args["value"] = r.value(decided, other.values[n]), r.value(decided, w.values[n])
	}
	return reason
}

// groupText names the categories of a group; everybody is a word.
func groupText(group []string) any {
	if group[0] == Everybody {
		return message.Word("draw.admit.word.everybody")
	}
	return strings.Join(group, "、")
}

// value writes the value of a criterion.
func (r Result) value(by string, n int) string {
	text := strconv.Itoa(n)
	if by != ByPoints || r.Policy.Decimals == 0 {
		return text
	}
	for len(text) <= r.Policy.Decimals {
		text = "0" + text
	}
	at := len(text) - r.Policy.Decimals
	return strings.TrimRight(strings.TrimRight(text[:at]+"."+text[at:], "0"), ".")
}

// Index returns the place of an applicant in Applicants and Reasons by how it stands in the lines, or -1.
func (r Result) Index(who string) int {
	return slices.IndexFunc(r.Applicants, func(p Placed) bool { return p.Who == who })
}
