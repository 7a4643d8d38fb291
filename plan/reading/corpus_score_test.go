package reading_test

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
	"jiaoheng/plan/reading"
)

// keyQuantity, keyHeading and keyMeta are the entries of an answer key: those of a Draft and what only a key says.
type keyQuantity struct {
	reading.Quantity
	SplitOK bool `json:"split_ok"` // one value of several coordinated subjects: one entry or one for each are both right
}

type keyHeading struct {
	reading.Heading
	Optional bool `json:"optional"`
}

type keyMeta struct {
	reading.Meta
	IssuerInferred bool `json:"issuer_inferred"`
}

type key struct {
	Meta       keyMeta             `json:"meta"`
	Outline    []keyHeading        `json:"outline"`
	Targets    []keyQuantity       `json:"targets"`
	Facts      []keyQuantity       `json:"facts"`
	Tasks      []reading.Task      `json:"tasks"`
	Projects   []reading.Project   `json:"projects"`
	Mechanisms []reading.Mechanism `json:"mechanisms"`
}

// tally counts the comparison of one kind of item; ok of n counts a detail of the matched ones.
type tally struct {
	hit, missed, extra int
	confused           int // facts found among targets or the reverse
	names              int // matches whose name shares at least half of its characters
	dates, datesOK     int
	bases, basesOK     int
	owners, ownersOK   int
	log                []string
}

func (t *tally) add(o tally) {
	t.hit, t.missed, t.extra, t.confused, t.names = t.hit+o.hit, t.missed+o.missed, t.extra+o.extra, t.confused+o.confused, t.names+o.names
	t.dates, t.datesOK, t.bases, t.basesOK = t.dates+o.dates, t.datesOK+o.datesOK, t.bases+o.bases, t.basesOK+o.basesOK
	t.owners, t.ownersOK = t.owners+o.owners, t.ownersOK+o.ownersOK
	t.log = append(t.log, o.log...)
}

func share(part, whole int) float64 {
	if whole == 0 {
		return 1
	}
	return float64(part) / float64(whole)
}

func (t tally) recall() float64    { return share(t.hit, t.hit+t.missed) }
func (t tally) precision() float64 { return share(t.hit, t.hit+t.extra) }
func (t tally) f1() float64        { return share(2*t.hit, 2*t.hit+t.missed+t.extra) }

// plain folds width, brackets, quotes and dashes and drops white space, so that form never decides a match.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r) || r == '|':
			return -1
		case strings.ContainsRune("“”‘’„「」『』'", r):
			return '"'
		case strings.ContainsRune("〔【[", r):
			return '('
		case strings.ContainsRune("〕】]", r):
			return ')'
		case strings.ContainsRune("—–―─‐~～", r):
			return '-'
		}
		return r
	}, width.Fold.String(s))
}

// words keeps letters and digits only.
func words(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '%' {
			return r
		}
		return -1
	}, plain(s))
}

func bag(pieces []string) map[string]int {
	counts := map[string]int{}
	for _, p := range pieces {
		counts[p]++
	}
	return counts
}

func pairs(s string) []string {
	runes := []rune(words(s))
	if len(runes) < 2 {
		return []string{string(runes)}
	}
	all := make([]string, len(runes)-1)
	for i := range all {
		all[i] = string(runes[i : i+2])
	}
	return all
}

func common(a, b []string) int {
	left, n := bag(b), 0
	for _, p := range a {
		if left[p] > 0 {
			left[p]--
			n++
		}
	}
	return n
}

// overlap is the part of the shorter sentence's character pairs that the other sentence has, 0 when one is far longer.
func overlap(a, b string) float64 {
	x, y := pairs(a), pairs(b)
	short, long := min(len(x), len(y)), max(len(x), len(y))
	if short < 3 || long > 6*short {
		if plain(a) == plain(b) && plain(a) != "" {
			return 1
		}
		return 0
	}
	return float64(common(x, y)) / float64(short)
}

// alike is the part of the longer name's characters that the two names share.
func alike(a, b string) float64 {
	x, y := strings.Split(words(a), ""), strings.Split(words(b), "")
	if words(a) == "" || words(b) == "" {
		return 0
	}
	return float64(common(x, y)) / float64(max(len(x), len(y)))
}

var factors = []struct {
	word string
	by   float64
}{{"千万", 1e7}, {"百万", 1e6}, {"亿", 1e8}, {"万", 1e4}, {"千", 1e3}, {"百", 1e2}, {"十", 10}}

var sameUnit = map[string]string{"名": "人", "位": "人", "百分点": "个百分点", "所": "个", "家": "个", "座": "个", "间": "个", "处": "个",
	"课时": "节", "节课": "节", "栋": "幢", "遍": "次", "m": "mbps", "兆": "mbps", "门": "门次"}

// unitParts splits 万元/每年 into 元, 10000 and 年.
func unitParts(unit string) (base string, factor float64, period string) {
	base, period, _ = strings.Cut(strings.ToLower(strings.TrimPrefix(plain(unit), "每")), "/")
	factor = 1
	for _, f := range factors {
		if rest, ok := strings.CutPrefix(base, f.word); ok && (rest != "" || f.by >= 1e4) {
			base, factor = rest, f.by
			break
		}
	}
	if same, ok := sameUnit[base]; ok {
		base = same
	}
	for _, one := range []string{"每", "1", "一"} {
		period = strings.TrimPrefix(period, one)
	}
	return base, factor, period
}

func equal(a, b float64) bool {
	return math.Abs(a-b) <= 1e-6*max(1, math.Abs(a), math.Abs(b))
}

func sameValue(want keyQuantity, got reading.Quantity) bool {
	if want.Verbal != "" && (plain(got.Verbal) == plain(want.Verbal)) {
		return true
	}
	if want.Value == nil || got.Value == nil {
		return want.Value == nil && got.Value == nil
	}
	base, factor, period := unitParts(want.Unit)
	gotBase, gotFactor, gotPeriod := unitParts(got.Unit)
	if period == "" {
		_, _, period = unitParts("x/" + want.Per)
	}
	if gotPeriod == "" {
		_, _, gotPeriod = unitParts("x/" + got.Per)
	}
	if base != gotBase || !equal(*want.Value*factor, *got.Value*gotFactor) {
		return false
	}
	if period != "" && gotPeriod != "" && !strings.Contains(period, gotPeriod) && !strings.Contains(gotPeriod, period) {
		return false
	}
	if want.Comparator == "range" {
		return want.ValueMax != nil && got.ValueMax != nil && equal(*want.ValueMax*factor, *got.ValueMax*gotFactor)
	}
	return true
}

func sameComparator(want keyQuantity, got reading.Quantity) bool {
	if want.Comparator == got.Comparator {
		return true
	}
	open := func(c string) bool { return c == ">=" || c == "=" }
	return !want.ComparatorExplicit && open(want.Comparator) && open(got.Comparator)
}

// standsFor is above 0 when got may be the reading of want; the higher, the surer.
func standsFor(want keyQuantity, got reading.Quantity, strict bool) float64 {
	if !sameValue(want, got) || strict && !sameComparator(want, got) {
		return 0
	}
	place, name := overlap(want.Sentence, got.Sentence), alike(want.Name, got.Name)
	if place < 0.5 && name < 0.5 {
		return 0
	}
	score := 2*name + place
	if want.Comparator == got.Comparator {
		score += 0.2
	}
	return score
}

type match struct {
	want, got int
	score     float64
}

// assign pairs wanted and found items one to one, the surest pairs first.
func assign(wants []keyQuantity, gots []reading.Quantity, strict bool) []match {
	var all []match
	for i, w := range wants {
		for j, g := range gots {
			if s := standsFor(w, g, strict); s > 0 {
				all = append(all, match{i, j, s})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b match) int {
		switch {
		case a.score > b.score:
			return -1
		case a.score < b.score:
			return 1
		}
		return 0
	})
	usedWant, usedGot := map[int]bool{}, map[int]bool{}
	return slices.DeleteFunc(all, func(m match) bool {
		if usedWant[m.want] || usedGot[m.got] {
			return true
		}
		usedWant[m.want], usedGot[m.got] = true, true
		return false
	})
}

// years reduces a date to its years, or a rhythm to its word, so that 2025-12 and 2025 agree.
func years(s *string) string {
	if s == nil {
		return ""
	}
	var found []string
	text := plain(*s)
	for i := 0; i+4 <= len(text); i++ {
		if y, err := strconv.Atoi(text[i : i+4]); err == nil && y >= 1900 && y < 2100 {
			found = append(found, text[i:i+4])
			i += 3
		}
	}
	if len(found) > 0 {
		return strings.Join(found, "-")
	}
	return strings.TrimPrefix(text, "每")
}

func short(s string) string {
	if utf8.RuneCountInString(s) <= 46 {
		return s
	}
	return string([]rune(s)[:46]) + "…"
}
