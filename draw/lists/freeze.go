package lists

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"jiaoheng/draw"
)

// Kind is the kind of this draw in announcements.
const Kind = "lists"

// rules are what the announcement says in words; the numbers that count stand in the lines.
func (f *freezing) rules() []draw.Rule {
	shown := map[bool]string{true: "clear", false: "hidden"}
	rules := []draw.Rule{
		{Key: "strata", Value: listed(f.in.Strata)}, {Key: "team", Value: strconv.Itoa(f.in.Team)}, {Key: "leader", Value: cmp.Or(f.in.Leader, "-")},
		{Key: "match", Value: listed(f.in.Match)}, {Key: "avoid", Value: listed(f.in.Avoid)},
		{Key: "objects", Value: shown[!f.in.HideObjects]}, {Key: "inspectors", Value: shown[f.in.ShowInspectors]},
	}
	return rules
}

func listed(words []string) string { return cmp.Or(strings.Join(words, " "), "-") }

// lines are the strata, the objects and the inspectors, the latter two in the order of what stands for them.
func (f *freezing) lines() []string {
	var lines []string
	for n, values := range f.order {
		lines = append(lines, "stratum;"+strconv.Itoa(n+1)+";"+stratumTitle(values)+";"+strconv.Itoa(f.picks[n]))
	}
	order := inOrder(f.objWho)
	f.objects = make([]int, len(order))
	for at, n := range order {
		o := f.in.Objects[n]
		f.objects[n] = at + 1
		lines = append(lines, strings.Join([]string{"object", f.objWho[n], shownName(o.Name, !f.in.HideObjects), strconv.Itoa(f.number[stratumTitle(o.Stratum)]),
			strconv.Itoa(o.Weight), f.seats(o)}, ";"))
	}
	people := inOrder(f.who)
	f.at = make([]int, len(people))
	for at, n := range people {
		f.at[n] = at + 1
	}
	for _, n := range people {
		i := f.in.Inspectors[n]
		lines = append(lines, strings.Join([]string{"inspector", f.who[n], shownName(i.Name, f.in.ShowInspectors), strconv.Itoa(i.Load), joinedTags(i.Tags),
			numbered(f.objects, maps.Keys(f.apart[n])), numbered(f.at, maps.Keys(f.kin[n]))}, ";"))
	}
	return lines
}

func shownName(name string, shown bool) string {
	if !shown {
		return ""
	}
	return oneField(name)
}

// oneField makes a text that may stand in a line out of any.
func oneField(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ';':
			return '；'
		case unicode.IsControl(r), r == '\u2028', r == '\u2029':
			return ' '
		}
		return r
	}, text)
}

func inOrder(ids []string) []int {
	order := make([]int, len(ids))
	for n := range order {
		order[n] = n
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(ids[a], ids[b]) })
	return order
}

func joinedTags(tags []string) string {
	return strings.Join(slices.Compact(slices.Sorted(slices.Values(tags))), "+")
}

// numbered are numbers in the lines, ascending.
func numbered(at []int, which func(func(int) bool)) string {
	var numbers []int
	for n := range which {
		numbers = append(numbers, at[n])
	}
	slices.Sort(numbers)
	words := make([]string, len(numbers))
	for k, number := range numbers {
		words[k] = strconv.Itoa(number)
	}
	return strings.Join(words, ",")
}

// seats are the requirements of each seat of an object: all ask for the tags of all, the first for the leader's tag, and the tags
// of which one member must have each go to the seats behind the leader, then to the leader's.
func (f *freezing) seats(o Object) string {
	if f.in.Team == 0 {
		return ""
	}
	seats := make([]string, o.Team)
	for n := range seats {
		tags := slices.Clone(o.All)
		if n == 0 && f.in.Leader != "" {
			tags = append(tags, f.in.Leader)
		}
		first := 0
		if f.in.Leader != "" {
			first = 1
		}
		for k, tag := range o.Some {
			if (first+k)%len(seats) == n {
				tags = append(tags, tag)
			}
		}
		seats[n] = cmp.Or(joinedTags(tags), anybody)
	}
	return strings.Join(seats, ",")
}
