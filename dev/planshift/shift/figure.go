package shift

import (
	"fmt"
	"math"
	"math/rand/v2"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/width"
)

// kept are the figures that are no quantities: changing them would change what the page is.
var kept = []*regexp.Regexp{
	regexp.MustCompile(`(?:19|20)\d\d[-/]\d{1,2}(?:[-/]\d{1,2})?(?:[ T]\d{1,2}:\d\d(?::\d\d)?)?`), // 2020-05-21 09:00:01
	regexp.MustCompile(`\d{9,}[0-9A-Z]*/\d{4}-\d+`),                                               // index number
	regexp.MustCompile(`〔\d{4}〕\d+号`),
	regexp.MustCompile(`第\d+[次期号届]`),
	regexp.MustCompile(`(?:专栏|附件|表)\d+`),
	regexp.MustCompile(`\d+[+＋][X\d]`),
	regexp.MustCompile(`\d+\.0\D`),
	regexp.MustCompile(`\d+[GK]\D`),
	regexp.MustCompile(`\d{1,2}月(?:\d{1,2}日)?`),
	regexp.MustCompile(`(?:^|\D)\d{1,2}年`),                 // spans of years; 10.8年 is a quantity
	regexp.MustCompile(`(?:19|20)\d\d(?:年|[-—–~至]+|\D|$)`), // years
	regexp.MustCompile(`[(（]\d{1,2}[)）]`),
	regexp.MustCompile(`(?m)^\s*\d{1,2}[.．、,，](?:\D|$)`), // labels
	regexp.MustCompile(`《[^》\n]*》`),
}

// counted are the words behind four digits that are a quantity although they look like a year.
const counted = "人名个所座元套册台亩门间"

var number = regexp.MustCompile(`[0-9０-９]+(?:[.．][0-9０-９]+)?`)

// figure is one number of a text, in bytes; text is folded to ASCII.
type figure struct {
	from, to int
	text     string
	fixed    bool
}

func (f figure) value() float64 {
	v, err := strconv.ParseFloat(f.text, 64)
	if err != nil {
		panic(err) // the expression admits only numbers
	}
	return v
}

func figures(text string) []figure {
	var all []figure
	for _, at := range number.FindAllStringIndex(text, -1) {
		all = append(all, figure{from: at[0], to: at[1], text: width.Narrow.String(text[at[0]:at[1]])})
	}
	for _, expression := range kept {
		for _, at := range expression.FindAllStringIndex(text, -1) {
			for i, f := range all {
				if f.from >= at[0] && f.to <= at[1] && !isCounted(text[f.to:]) {
					all[i].fixed = true
				}
			}
		}
	}
	for i, f := range all {
		if strings.TrimLeft(f.text, "0") == "1" {
			all[i].fixed = true
		}
	}
	return all
}

func isCounted(rest string) bool {
	for _, r := range rest {
		return strings.ContainsRune(counted, r)
	}
	return false
}

// table gives the new text of every changed figure. Values keep their order, so that ranges stay ranges and a goal
// above its baseline stays above it.
type table map[string]string

func newTable(all []figure, random *rand.Rand) table {
	byValue := map[float64]string{}
	for _, f := range all {
		if !f.fixed {
			byValue[f.value()] = f.text
		}
	}
	values := make([]float64, 0, len(byValue))
	for v := range byValue {
		values = append(values, v)
	}
	slices.Sort(values)
	// Values from 50 to 100 go down, the smallest first; all others go up, the largest first: so there is always room
	// beside the neighbour that moved before.
	moved := make([]float64, len(values))
	low := 0.0
	for i, v := range values {
		if v < 50 {
			low = v // it moves later and may stay
		}
		if v >= 50 && v <= 100 {
			moved[i] = pick(v, byValue[v], random, -1, low)
			low = moved[i]
		}
	}
	high := math.Inf(1)
	for i := len(values) - 1; i >= 0; i-- {
		if moved[i] == 0 {
			moved[i] = pick(values[i], byValue[values[i]], random, +1, high)
		}
		high = moved[i]
	}
	t := table{}
	for i, v := range values {
		t[byValue[v]] = format(moved[i], byValue[v])
	}
	return t
}

// pick moves v by one to three steps in direction, staying strictly on its side of limit and off the years.
func pick(v float64, text string, random *rand.Rand, direction float64, limit float64) float64 {
	step := stepOf(text)
	if v <= 100 {
		step = math.Min(step, 1)
	} else {
		step = math.Max(step, math.Pow(10, math.Floor(math.Log10(v))-1)*step/math.Max(step, 1))
	}
	for _, k := range []float64{float64(1 + random.IntN(3)), 2, 1} {
		n := v + direction*k*step
		inside := direction < 0 && n > limit || direction > 0 && n < limit
		if inside && !(n >= 1900 && n < 2100) && n > 0 {
			return n
		}
	}
	return v
}

// stepOf is the unit of the last written digit that is not a trailing zero of a round number.
func stepOf(text string) float64 {
	if _, decimals, ok := strings.Cut(text, "."); ok {
		return math.Pow(10, -float64(len(decimals)))
	}
	step := 1.0
	for n := len(text) - 1; n > 1 && text[n] == '0'; n-- {
		step *= 10
	}
	return step
}

func format(v float64, like string) string {
	_, decimals, _ := strings.Cut(like, ".")
	return strconv.FormatFloat(v, 'f', len(decimals), 64)
}

// edit is one replacement in a text.
type edit struct {
	from, to int
	after    string
}

func apply(text string, edits []edit) string {
	var out strings.Builder
	at := 0
	for _, e := range edits {
		out.WriteString(text[at:e.from])
		out.WriteString(e.after)
		at = e.to
	}
	out.WriteString(text[at:])
	return out.String()
}

// change returns the edits that table makes to the figures of a text.
func (t table) change(all []figure) []edit {
	var edits []edit
	for _, f := range all {
		if after, ok := t[f.text]; ok && !f.fixed && after != f.text {
			edits = append(edits, edit{f.from, f.to, after})
		}
	}
	return edits
}

// align pairs every figure of the clean text with its counterpart in the raw page, in order.
func align(raw, clean string, rawFigures, cleanFigures []figure) ([]int, error) {
	n, m := len(cleanFigures), len(rawFigures)
	best := make([][]int, n+1)
	for i := range best {
		best[i] = make([]int, m+1)
	}
	score := func(i, j int) int {
		c, r := cleanFigures[i], rawFigures[j]
		if c.text != r.text {
			return 0
		}
		return 20 + near(clean[:c.from], raw[:r.from], true) + near(clean[c.to:], raw[r.to:], false)
	}
	for i := n - 1; i >= 0; i-- {
		for j := m - 1; j >= 0; j-- {
			best[i][j] = max(best[i+1][j], best[i][j+1])
			if s := score(i, j); s > 0 {
				best[i][j] = max(best[i][j], s+best[i+1][j+1])
			}
		}
	}
	pairs := make([]int, n)
	for i, j := 0, 0; i < n; {
		switch s := 0; {
		case j < m:
			if s = score(i, j); s > 0 && best[i][j] == s+best[i+1][j+1] {
				pairs[i] = j
				i, j = i+1, j+1
				continue
			}
			if best[i][j] == best[i][j+1] {
				j++
				continue
			}
			fallthrough
		default:
			pairs[i] = -1
			if !cleanFigures[i].fixed {
				return nil, fmt.Errorf("figure %q of the clean text (%s) is not in the raw page", cleanFigures[i].text, around(clean, cleanFigures[i]))
			}
			i++
		}
	}
	return pairs, nil
}

// near counts equal characters on one side of two places, up to three.
func near(a, b string, before bool) int {
	x, y := edge(a, before), edge(b, before)
	n := 0
	for i := 0; i < min(len(x), len(y)); i++ {
		if x[i] == y[i] {
			n += 2
		}
	}
	return n
}

func edge(s string, before bool) []rune {
	if before {
		runes := []rune(s[max(0, len(s)-12):])
		slices.Reverse(runes)
		return runes[:min(3, len(runes))]
	}
	runes := []rune(s[:min(len(s), 12)])
	return runes[:min(3, len(runes))]
}

func around(text string, f figure) string {
	return strings.ToValidUTF8(text[max(0, f.from-12):min(len(text), f.to+12)], "")
}
