package duty

import (
	"slices"
	"strings"
	"unicode/utf8"

	"jiaoheng/message"
	"jiaoheng/period"
	"jiaoheng/unit"
)

// Names finds units by what documents call them: 县教育局, 教育局, 财政, 人社. A short form is found when its characters stand in
// the name of one unit only, in the same order; where two units fit, none is taken.
type Names struct {
	units []named
}

// named is a unit as documents may call it.
type named struct {
	code   string
	name   string
	region string // what the name begins with: the name of a region above
	core   string // the rest of it
	kind   unit.Kind
	depth  int
}

// NewNames returns the names of the units that may carry a duty under the plan of home: offices, schools, kindergartens and
// regions in its tree, and the offices of the regions above it.
func NewNames(tree *unit.Tree, home string, day period.Date) *Names {
	n := &Names{}
	within := tree.SubtreeOf(home)
	for at := range tree.Len() {
		u := tree.At(at)
		inside := within.Contains(at)
		if u.Kind == unit.Section || u.Kind == unit.Training || !u.OpenOn(day) || !inside && u.Kind != unit.Office {
			continue
		}
		if !inside && !tree.Subtree(max(tree.Parent(at), 0)).Contains(within.From) {
			continue // the office of a region beside
		}
		one := named{code: u.Code, name: u.Name, core: u.Name, kind: u.Kind, depth: tree.Depth(at)}
		for above := tree.Parent(at); above >= 0; above = tree.Parent(above) {
			if core, begins := strings.CutPrefix(u.Name, tree.At(above).Name); begins && core != "" {
				one.region, one.core = tree.At(above).Name, core
				break
			}
		}
		n.units = append(n.units, one)
	}
	return n
}

// levels are the characters by which documents name the level of an office: 县财政局.
const levels = "省市县区旗州盟"

// words returns a list that stands in the catalogue: general rules of the language, not of one document.
func words(key string) []string {
	return strings.Split(message.Text(message.Chinese, key, nil), "、")
}

// Find returns the code of the unit that is called so, false when there is none or it cannot be told which.
func (n *Names) Find(called string) (string, bool) {
	called = strings.TrimSpace(called)
	if utf8.RuneCountInString(called) < 2 {
		return "", false
	}
	for _, rule := range []func(named, string) bool{isName, isCore, isGovernment, isShort} {
		found := ""
		for _, u := range n.units {
			if !rule(u, called) {
				continue
			}
			if found != "" && found != u.code {
				return "", false
			}
			found = u.code
		}
		if found != "" {
			return found, true
		}
	}
	return "", false
}

func isName(u named, called string) bool { return u.name == called }

// level takes the region or the character of its level off what an office is called, and tells whether it fits the unit.
func (u named) level(called string) (core string, fits bool) {
	if u.region != "" {
		if core, begins := strings.CutPrefix(called, u.region); begins {
			return core, true
		}
	}
	first, size := utf8.DecodeRuneInString(called)
	if !strings.ContainsRune(levels, first) || utf8.RuneCountInString(called) < 3 {
		return called, true
	}
	last, _ := utf8.DecodeLastRuneInString(u.region)
	core = called[size:]
	if party, begins := strings.CutPrefix(core, "委"); begins && utf8.RuneCountInString(party) >= 2 {
		core = party // 县委编办
	}
	return core, u.region == "" || last == first
}

func isCore(u named, called string) bool {
	core, fits := u.level(called)
	return fits && core == u.core
}

// isGovernment tells whether the region itself is meant: 县人民政府, 县政府.
func isGovernment(u named, called string) bool {
	if u.kind != unit.County && u.kind != unit.City && u.kind != unit.Township && u.kind != unit.Province {
		return false
	}
	for _, ending := range words("duty.rule.governments") {
		if region, ends := strings.CutSuffix(called, ending); ends {
			last, _ := utf8.DecodeLastRuneInString(u.name)
			return region == u.name || region == string(last)
		}
	}
	return false
}

// isShort tells whether the characters of a short form stand in the name of an office in the same order: 人社 in 人力资源和社会保障局.
func isShort(u named, called string) bool {
	if u.kind != unit.Office {
		return false
	}
	core, fits := u.level(called)
	for _, ending := range words("duty.rule.office_endings") {
		if short, ends := strings.CutSuffix(core, ending); ends && utf8.RuneCountInString(short) >= 2 {
			core = short
			break
		}
	}
	return fits && utf8.RuneCountInString(core) >= 2 && isSubsequence([]rune(core), []rune(u.core))
}

func isSubsequence(short, long []rune) bool {
	at := 0
	for _, r := range long {
		if at < len(short) && short[at] == r {
			at++
		}
	}
	return at == len(short)
}

// SplitNames cuts a list of names as documents write it: 县教育局、财政局，人社局等部门.
func SplitNames(list string) []string {
	parts := strings.FieldsFunc(list, func(r rune) bool { return strings.ContainsRune("、,，;；/ 　\n\t", r) })
	var names []string
	for _, part := range parts {
		part = strings.TrimPrefix(strings.Trim(part, "。()（）[]【】:："), "由")
		for _, ending := range words("duty.rule.list_endings") {
			part = strings.TrimSuffix(part, ending)
		}
		if part != "" && !slices.Contains(names, part) {
			names = append(names, part)
		}
	}
	return names
}
