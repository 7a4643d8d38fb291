package admission

import (
	"slices"
	"strconv"
	"strings"

	"jiaoheng/draw"
	"jiaoheng/fault"
	"jiaoheng/message"
)

// Frozen makes the rules and lines of the draw out of the input. Every fault of the input is named, with the place of its row.
func Frozen(in Input, secret draw.Secret) ([]draw.Rule, []string, error) {
	if faults := in.faults(); len(faults) > 0 {
		return nil, nil, faults
	}
	var lines []string
	by := make(map[string][]string, len(in.Schools))
	for _, s := range in.Schools {
		lines = append(lines, s.line())
		by[s.ID] = s.By
	}
	applicants := make([]string, len(in.Applicants))
	for i, a := range in.Applicants {
		applicants[i] = strings.Join([]string{"applicant", secret.Who(a.ID), twinOf(secret, a.Twin), wishesText(a.Wishes, by)}, ";")
	}
	slices.Sort(applicants)
	lines = append(lines, applicants...)
	rules := in.Policy.rules()
	_, err := read(rules, lines)
	return rules, lines, err
}

func (p Policy) rules() []draw.Rule {
	bands := make([]string, len(p.Bands))
	for i, n := range p.Bands {
		bands[i] = strconv.Itoa(n)
	}
	return []draw.Rule{{Key: "basis", Value: orDash(p.Basis)}, {Key: "bands", Value: orDash(strings.Join(bands, ","))}, {Key: "decimals", Value: strconv.Itoa(p.Decimals)}}
}

func orDash(text string) string {
	if text == "" {
		return "-"
	}
	return text
}

func (s School) line() string {
	groups := make([]string, len(s.Groups))
	for g, group := range s.Groups {
		groups[g] = strings.Join(group, "+")
	}
	numbers := "shared"
	if s.Own {
		numbers = "own"
	}
	return strings.Join([]string{"school", s.ID, strconv.Itoa(s.Places), strings.Join(groups, ","), orDash(strings.Join(s.By, ",")), numbers}, ";")
}

// wishesText writes wishes as school:category:value:…, joined by ">"; values in the order of the school's criteria.
func wishesText(wishes []Wish, by map[string][]string) string {
	texts := make([]string, len(wishes))
	for k, w := range wishes {
		parts := []string{w.School, w.Category}
		for _, name := range by[w.School] {
			parts = append(parts, strconv.Itoa(w.Values[name]))
		}
		texts[k] = strings.Join(parts, ":")
	}
	return strings.Join(texts, ">")
}

// table is what the lines say.
type table struct {
	policy     Policy
	schools    []School
	applicants []applicant
	school     map[string]int
}

type applicant struct {
	who, twin string
	wishes    []wish
}

type wish struct {
	school   int
	group    int // -1: the school does not take the category
	category string
	values   []int
}

// read reads rules and lines. They are taken as they are written by Frozen and in no other form.
func read(rules []draw.Rule, lines []string) (table, error) {
	t := table{school: map[string]int{}}
	if err := t.readRules(rules); err != nil {
		return t, err
	}
	who := make(map[string]bool, len(lines))
	for i, line := range lines {
		part := strings.Split(line, ";")
		ok := false
		switch {
		case part[0] == "school" && len(part) == 6:
			ok = len(t.applicants) == 0 && t.readSchool(part) && t.schools[len(t.schools)-1].line() == line
		case part[0] == "applicant" && len(part) == 4:
			ok = !who[part[1]] && t.readApplicant(part)
			who[part[1]] = true
		}
		if !ok {
			return t, fault.At(fault.Place{Line: i + 1}, "draw.admit.line", nil)
		}
	}
	if len(t.schools) == 0 || len(t.schools) > MaxSchools || len(t.applicants) > MaxApplicants {
		return t, fault.New("draw.admit.line", nil)
	}
	return t, nil
}

func (t *table) readRules(rules []draw.Rule) error {
	a := draw.Announcement{Rules: rules}
	p := Policy{Basis: a.Rule("basis")}
	if p.Basis == "-" {
		p.Basis = ""
	}
	p.Decimals, _ = draw.Whole(a.Rule("decimals"))
	if bands := a.Rule("bands"); bands != "-" {
		for part := range strings.SplitSeq(bands, ",") {
			n, _ := draw.Whole(part)
			p.Bands = append(p.Bands, n)
		}
	}
	if len(p.faults()) > 0 || !slices.Equal(p.rules(), rules) {
		return fault.New("draw.admit.rules", message.Args{"rules": "basis, bands, decimals"})
	}
	t.policy = p
	return nil
}

func (t *table) readSchool(part []string) bool {
	places, ok := draw.Whole(part[2])
	s := School{ID: part[1], Places: places, Own: part[5] == "own"}
	for group := range strings.SplitSeq(part[3], ",") {
		s.Groups = append(s.Groups, strings.Split(group, "+"))
	}
	if part[4] != "-" {
		s.By = strings.Split(part[4], ",")
	}
	if _, double := t.school[s.ID]; !ok || double || len(s.faults(map[string]bool{})) > 0 {
		return false
	}
	t.school[s.ID] = len(t.schools)
	t.schools = append(t.schools, s)
	return true
}

func (t *table) readApplicant(part []string) bool {
	a := applicant{who: part[1], twin: part[2]}
	if len(a.who) != 32 || len(a.twin) != 16 && a.twin != "-" {
		return false
	}
	if part[3] != "" {
		for text := range strings.SplitSeq(part[3], ">") {
			w, ok := t.readWish(strings.Split(text, ":"))
			if !ok || slices.ContainsFunc(a.wishes, func(other wish) bool { return other.school == w.school }) {
				return false
			}
			a.wishes = append(a.wishes, w)
		}
	}
	t.applicants = append(t.applicants, a)
	return len(a.wishes) <= MaxWishes
}

func (t *table) readWish(part []string) (w wish, ok bool) {
	s, known := t.school[part[0]]
	if !known || len(part) != 2+len(t.schools[s].By) || !isCode(part[1]) {
		return w, false
	}
	w = wish{school: s, group: t.schools[s].group(part[1]), category: part[1]}
	for k, text := range part[2:] {
		n, ok := draw.Whole(text)
		if !ok || n > MaxValue || t.schools[s].By[k] == BySibling && n > 1 {
			return w, false
		}
		w.values = append(w.values, n)
	}
	return w, true
}

// group is the place of a category in the order of a school, or -1.
func (s School) group(category string) int {
	for g, group := range s.Groups {
		if slices.Contains(group, category) || slices.Contains(group, Everybody) {
			return g
		}
	}
	return -1
}
