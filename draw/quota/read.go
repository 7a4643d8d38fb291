package quota

import (
	"slices"
	"strings"

	"jiaoheng/draw"
	"jiaoheng/fault"
	"jiaoheng/message"
)

// table is what the lines say.
type table struct {
	policy  Policy
	seniors []Senior
	juniors []Junior
	pupils  []pupil
	senior  map[string]int
	junior  map[string]int
}

type pupil struct {
	who           string
	junior        int
	full          bool
	score         int
	ties          []int
	quota, wishes []int // numbers of senior schools
}

// read reads rules and lines. They are taken as they are written by Frozen and in no other form.
func read(rules []draw.Rule, lines []string) (table, error) {
	t := table{senior: map[string]int{}, junior: map[string]int{}}
	if err := t.readRules(rules); err != nil {
		return t, err
	}
	who := make(map[string]bool, len(lines))
	for i, line := range lines {
		part := strings.Split(line, ";")
		ok := false
		switch part[0] {
		case "senior":
			ok = len(t.juniors)+len(t.pupils) == 0 && t.readSenior(part)
		case "junior":
			ok = len(t.pupils) == 0 && t.readJunior(part)
		case "pupil":
			ok = len(part) == 8 && !who[part[1]] && t.readPupil(part)
			if ok {
				who[part[1]] = true
			}
		}
		if !ok {
			return t, fault.At(fault.Place{Line: i + 1}, "draw.quota.line", nil)
		}
	}
	if len(t.seniors) == 0 || len(t.seniors) > MaxSeniors || len(t.juniors) == 0 || len(t.juniors) > MaxJuniors || len(t.pupils) > MaxPupils {
		return t, fault.New("draw.quota.line", nil)
	}
	return t, nil
}

func (t *table) readRules(rules []draw.Rule) error {
	a := draw.Announcement{Rules: rules}
	number := func(key string, most int) int {
		n, err := a.RuleInt(key, 0, most)
		if err != nil {
			return -1
		}
		return n
	}
	p := Policy{Method: a.Rule("method"), Share: number("share", 10_000), Basis: a.Rule("basis"), Least: number("least", MaxPlaces),
		RuralLeast: number("rural_least", MaxPlaces), Unused: a.Rule("unused"), Decimals: number("decimals", MaxDecimals)}
	if p.Basis == "-" {
		p.Basis = ""
	}
	if ties := a.Rule("ties"); ties != "-" {
		p.Ties = strings.Split(ties, ",")
	}
	if bands := a.Rule("bands"); bands != "-" {
		p.Bands, _ = wholes(bands, ",", MaxWishes)
	}
	if faults := p.faults(); len(faults) > 0 {
		return faults
	}
	if !slices.Equal(p.rules(), rules) {
		return fault.New("draw.quota.rules", message.Args{"rules": "method, share, basis, least, rural_least, unused, bands, decimals, ties"})
	}
	t.policy = p
	return nil
}

// wholes reads whole numbers up to most between separators.
func wholes(text, by string, most int) ([]int, bool) {
	if text == "" {
		return nil, true
	}
	var all []int
	for part := range strings.SplitSeq(text, by) {
		n, ok := draw.Whole(part)
		if !ok || n > most {
			return nil, false
		}
		all = append(all, n)
	}
	return all, true
}

func (t *table) readSenior(part []string) bool {
	if len(part) != 6 || !isCode(part[1]) {
		return false
	}
	n, ok := wholes(strings.Join(part[2:], ";"), ";", MaxScore)
	if _, double := t.senior[part[1]]; !ok || double || n[0] > MaxPlaces || n[1] > n[0] || n[1] > 0 && n[1] < LeastQuota(n[0], t.policy.Share) {
		return false
	}
	t.senior[part[1]] = len(t.seniors)
	t.seniors = append(t.seniors, Senior{ID: part[1], Places: n[0], Key: n[1] > 0, Quota: n[1], QuotaFloor: n[2], Floor: n[3]})
	return true
}

func (t *table) readJunior(part []string) bool {
	if len(part) != 4 || !isCode(part[1]) {
		return false
	}
	n, ok := wholes(part[2]+";"+part[3], ";", MaxGrads)
	if _, double := t.junior[part[1]]; !ok || double || n[1] > 1 {
		return false
	}
	t.junior[part[1]] = len(t.juniors)
	t.juniors = append(t.juniors, Junior{ID: part[1], Graduates: n[0], Rural: n[1] == 1})
	return true
}

func (t *table) readPupil(part []string) bool {
	junior, known := t.junior[part[2]]
	full, ok := draw.Whole(part[3])
	score, scored := draw.Whole(part[4])
	ties, tied := wholes(part[5], ",", MaxScore)
	if !known || !ok || full > 1 || !scored || score > MaxScore || !tied || len(ties) != len(t.policy.Ties) || len(part[1]) != 32 {
		return false
	}
	quota, ok1 := t.readWishes(part[6])
	wishes, ok2 := t.readWishes(part[7])
	t.pupils = append(t.pupils, pupil{part[1], junior, full == 1, score, ties, quota, wishes})
	return ok1 && ok2
}

func (t *table) readWishes(text string) (wishes []int, ok bool) {
	if text == "" {
		return nil, true
	}
	for id := range strings.SplitSeq(text, ">") {
		s, known := t.senior[id]
		if !known || slices.Contains(wishes, s) || len(wishes) == MaxWishes {
			return nil, false
		}
		wishes = append(wishes, s)
	}
	return wishes, true
}
