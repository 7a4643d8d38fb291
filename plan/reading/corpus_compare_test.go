package reading_test

import (
	"fmt"
	"strings"

	"jiaoheng/plan/reading"
)

// result is the comparison of one draft with its key, a tally for every kind of item.
type result map[string]*tally

// kinds in the order in which they are shown.
var kinds = []string{"targets", "facts", "outline", "tasks", "projects", "mechanisms", "meta"}

func newResult() result {
	r := result{}
	for _, kind := range kinds {
		r[kind] = &tally{}
	}
	return r
}

func compare(want key, got reading.Draft) result {
	r := newResult()
	*r["targets"] = compareQuantities("target", want.Targets, want.Facts, got.Targets, func(q reading.Quantity) *string { return q.Deadline })
	*r["facts"] = compareQuantities("fact", want.Facts, want.Targets, got.Facts, func(q reading.Quantity) *string { return q.Time })
	*r["outline"] = compareOutline(want.Outline, got.Outline)
	*r["tasks"] = compareTasks(want.Tasks, got.Tasks)
	*r["projects"] = compareNamed("project", projectNames(want.Projects), projectNames(got.Projects), false)
	*r["mechanisms"] = compareNamed("mechanism", mechanismNames(want.Mechanisms), mechanismNames(got.Mechanisms), true)
	*r["meta"] = compareMeta(want.Meta, got.Meta)
	return r
}

func compareQuantities(kind string, wants, others []keyQuantity, gots []reading.Quantity, date func(reading.Quantity) *string) tally {
	var t tally
	var required, optional []keyQuantity
	for _, w := range wants {
		if w.Optional == "" {
			required = append(required, w)
		} else {
			optional = append(optional, w)
		}
	}
	found, used := map[int]bool{}, map[int]bool{}
	for _, m := range assign(required, gots, true) {
		found[m.want], used[m.got] = true, true
		t.matched(required[m.want], gots[m.got], date)
	}
	for i, w := range required {
		if !found[i] {
			t.missed++
			t.log = append(t.log, "missed "+kind+" "+describe(w.Quantity))
		}
	}
	t.rest(kind, required, optional, others, gots, used)
	return t
}

// matched counts the details of one matched pair.
func (t *tally) matched(want keyQuantity, got reading.Quantity, date func(reading.Quantity) *string) {
	t.hit++
	if alike(want.Name, got.Name) >= 0.5 {
		t.names++
	} else {
		t.log = append(t.log, fmt.Sprintf("name   %q read as %q", want.Name, got.Name))
	}
	if d := date(want.Quantity); d != nil {
		t.dates++
		if years(d) == years(date(got)) {
			t.datesOK++
		} else {
			t.log = append(t.log, fmt.Sprintf("date   %q read as %q: %s", years(d), years(date(got)), describe(want.Quantity)))
		}
	}
	if want.Baseline != nil {
		t.bases++
		if got.Baseline != nil && equal(want.Baseline.Value, got.Baseline.Value) {
			t.basesOK++
		} else {
			t.log = append(t.log, fmt.Sprintf("base   %g not read: %s", want.Baseline.Value, describe(want.Quantity)))
		}
	}
}

// rest judges the found items that match no required one: optional and split ones pass, the others are extra.
func (t *tally) rest(kind string, required, optional, others []keyQuantity, gots []reading.Quantity, used map[int]bool) {
	var left []reading.Quantity
	for j, g := range gots {
		if !used[j] {
			left = append(left, g)
		}
	}
	passed := map[int]bool{}
	for _, m := range assign(optional, left, false) {
		passed[m.got] = true
	}
	for j, g := range left {
		if passed[j] || anyOf(wantsSplit(required, optional), g, true) {
			continue
		}
		t.extra++
		mark := "extra  "
		if anyOf(others, g, false) && !anyOf(required, g, true) {
			t.confused++
			mark = "wrong kind: extra "
		}
		t.log = append(t.log, mark+kind+" "+describe(g))
	}
}

func wantsSplit(lists ...[]keyQuantity) []keyQuantity {
	var split []keyQuantity
	for _, list := range lists {
		for _, w := range list {
			if w.SplitOK {
				split = append(split, w)
			}
		}
	}
	return split
}

func anyOf(wants []keyQuantity, got reading.Quantity, strict bool) bool {
	for _, w := range wants {
		if standsFor(w, got, strict) > 0 {
			return true
		}
	}
	return false
}

func describe(q reading.Quantity) string {
	value := q.Verbal
	if q.Value != nil {
		value = fmt.Sprint(*q.Value)
	}
	if q.ValueMax != nil {
		value += fmt.Sprint("-", *q.ValueMax)
	}
	return fmt.Sprintf("%s %s%s%s per=%s rule=%s | %s", q.Name, q.Comparator, value, q.Unit, q.Per, q.Rule, short(q.Sentence))
}

func compareOutline(wants []keyHeading, gots []reading.Heading) tally {
	var t tally
	used := map[int]bool{}
	for _, w := range wants {
		if w.Optional {
			continue
		}
		best, at := 0.0, -1
		for j, g := range gots {
			if s := sameHeading(w.Heading, g); !used[j] && s > best {
				best, at = s, j
			}
		}
		if at < 0 {
			t.missed++
			t.log = append(t.log, fmt.Sprintf("missed heading %d %s %s", w.Level, w.Label, short(w.Title)))
			continue
		}
		used[at] = true
		t.hit++
		t.dates++ // the level stands in the place of the date
		if w.Level == gots[at].Level {
			t.datesOK++
		} else {
			t.log = append(t.log, fmt.Sprintf("level  %d read as %d: %s %s", w.Level, gots[at].Level, w.Label, short(w.Title)))
		}
	}
	for j, g := range gots {
		if used[j] || strings.TrimSpace(g.Title) == "" || optionalHeading(wants, g) {
			continue
		}
		t.extra++
		t.log = append(t.log, fmt.Sprintf("extra  heading %d %s %s (%s)", g.Level, g.Label, short(g.Title), g.Kind))
	}
	return t
}

func optionalHeading(wants []keyHeading, got reading.Heading) bool {
	for _, w := range wants {
		if w.Optional && sameHeading(w.Heading, got) > 0 {
			return true
		}
	}
	return false
}

func sameHeading(want, got reading.Heading) float64 {
	a, b := []rune(words(want.Title)), []rune(words(got.Title))
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	if words(want.Label) != "" && words(got.Label) != "" && words(want.Label) != words(got.Label) {
		return 0
	}
	n := min(len(a), len(b), 12)
	same := n >= min(4, len(a)) && string(a[:n]) == string(b[:n])
	if !same && float64(common(pairs(want.Title), pairs(got.Title))) < 0.7*float64(max(1, max(len(a), len(b))-1)) {
		return 0
	}
	score := 1 + alike(want.Title, got.Title)
	if want.Level == got.Level {
		score++
	}
	return score
}

func compareTasks(wants, gots []reading.Task) tally {
	var t tally
	for _, w := range wants {
		best, at := 0.0, -1
		for j, g := range gots {
			if s := overlap(w.Sentence, g.Sentence); s > best {
				best, at = s, j
			}
		}
		if best < 0.5 {
			t.missed++
			t.log = append(t.log, "missed task "+short(w.Sentence))
			continue
		}
		t.hit++
		if w.Responsible == "" {
			continue
		}
		t.owners++
		x, y := strings.Split(plain(w.Responsible), ""), strings.Split(plain(gots[at].Responsible), "")
		if gots[at].Responsible != "" && 2*common(x, y) >= min(len(x), len(y)) {
			t.ownersOK++
		} else {
			t.log = append(t.log, fmt.Sprintf("owner  %q read as %q: %s", w.Responsible, gots[at].Responsible, short(w.Sentence)))
		}
	}
	for _, g := range gots {
		known := false
		for _, w := range wants {
			known = known || overlap(w.Sentence, g.Sentence) >= 0.5
		}
		if !known {
			t.extra++
			t.log = append(t.log, "extra  task "+short(g.Sentence))
		}
	}
	return t
}

type named struct{ name, sentence string }

func projectNames(items []reading.Project) []named {
	var all []named
	for _, p := range items {
		all = append(all, named{p.Name, p.Sentence})
	}
	return all
}

func mechanismNames(items []reading.Mechanism) []named {
	var all []named
	for _, m := range items {
		all = append(all, named{m.Name, m.Sentence})
	}
	return all
}

// compareNamed matches by name; bySentence lets a loosely like name stand when both come from the same words.
func compareNamed(kind string, wants, gots []named, bySentence bool) tally {
	same := func(a, b named) bool {
		x, y := words(a.name), words(b.name)
		if x == "" || y == "" {
			return false
		}
		if (strings.Contains(x, y) || strings.Contains(y, x)) && min(len([]rune(x)), len([]rune(y))) >= 3 {
			return true
		}
		return alike(x, y) >= 0.7 || bySentence && alike(x, y) >= 0.3 && overlap(a.sentence, b.sentence) >= 0.5
	}
	var t tally
	for _, w := range wants {
		hit := false
		for _, g := range gots {
			hit = hit || same(w, g)
		}
		if hit {
			t.hit++
		} else {
			t.missed++
			t.log = append(t.log, "missed "+kind+" "+w.name+" | "+short(w.sentence))
		}
	}
	for _, g := range gots {
		known := false
		for _, w := range wants {
			known = known || same(w, g)
		}
		if !known {
			t.extra++
			t.log = append(t.log, "extra  "+kind+" "+g.name+" | "+short(g.sentence))
		}
	}
	return t
}

func compareMeta(want keyMeta, got reading.Meta) tally {
	var t tally
	check := func(field, a, b string, ok bool) {
		if a == "" {
			return
		}
		if ok {
			t.hit++
			return
		}
		t.missed++
		t.log = append(t.log, fmt.Sprintf("meta   %s %q read as %q", field, a, b))
	}
	within := func(a, b string) bool {
		return b != "" && (strings.Contains(plain(a), plain(b)) || strings.Contains(plain(b), plain(a)))
	}
	check("title", want.Title, got.Title, alike(want.Title, got.Title) >= 0.9 || want.NoticeTitle != "" && plain(want.NoticeTitle) == plain(got.Title))
	if !want.IssuerInferred {
		check("issuer", want.Issuer, got.Issuer, within(want.Issuer, got.Issuer))
	}
	check("region", want.Region, got.Region, within(want.Region, got.Region))
	check("doc_number", want.DocNumber, got.DocNumber, plain(want.DocNumber) == plain(got.DocNumber))
	check("issue_date", want.IssueDate, got.IssueDate, want.IssueDate == got.IssueDate)
	check("kind", want.Kind, got.Kind, want.Kind == got.Kind)
	if len(want.Period) == 2 {
		check("period", fmt.Sprint(want.Period), fmt.Sprint(got.Period), fmt.Sprint(want.Period) == fmt.Sprint(got.Period))
	}
	return t
}
