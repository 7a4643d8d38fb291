package assessment

import (
	"slices"
	"strings"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/unit"
	"jiaoheng/zh"
)

// nearSchools is how many names are proposed for one that no school has; nearLeast is how alike they must be.
const (
	nearSchools = 3
	nearLeast   = 0.35
)

// schools finds the schools below the owner of an exam by code and name.
type schools struct {
	tree   *unit.Tree
	byCode map[string]string
	byName map[string]string // "" where several schools have the name
	names  []nearName
}

type nearName struct {
	name  string
	pairs []uint64
}

func newSchools(tree *unit.Tree, owner string) *schools {
	s := &schools{tree: tree, byCode: map[string]string{}, byName: map[string]string{}}
	below := tree.SubtreeOf(owner)
	for n := below.From; n < below.To; n++ {
		u := tree.At(n)
		code := u.Code
		switch u.Kind {
		case unit.Section:
			code = tree.At(tree.Parent(n)).Code
		case unit.School:
			name := folded(u.Name)
			if _, twice := s.byName[name]; twice {
				s.byName[name] = ""
			} else {
				s.byName[name] = code
				s.names = append(s.names, nearName{u.Name, zh.Pairs(u.Name)})
			}
		default:
			continue
		}
		s.byCode[strings.ToLower(u.Code)] = code
		for _, before := range tree.Before(u.Code) {
			s.byCode[strings.ToLower(before)] = code
		}
	}
	return s
}

// find returns the code of a school; the fault says why there is none.
func (s *schools) find(text string) (string, string) {
	plainText := strings.TrimSuffix(cellText(text), ".0")
	if code, known := s.byCode[plainText]; known {
		return code, ""
	}
	code, known := s.byName[folded(text)]
	switch {
	case known && code == "":
		return "", "assessment.school_ambiguous"
	case known:
		return code, ""
	}
	return "", "assessment.school_unknown"
}

// near returns the names of schools that are most like text.
func (s *schools) near(text string) []string {
	pairs := zh.Pairs(text)
	type like struct {
		name  string
		share float64
	}
	var all []like
	for _, one := range s.names {
		if share := zh.Alike(pairs, one.pairs); share >= nearLeast {
			all = append(all, like{one.name, share})
		}
	}
	slices.SortStableFunc(all, func(a, b like) int {
		switch {
		case a.share > b.share:
			return -1
		case a.share < b.share:
			return 1
		}
		return strings.Compare(a.name, b.name)
	})
	var names []string
	for _, one := range all[:min(len(all), nearSchools)] {
		names = append(names, one.name)
	}
	return names
}

// unknownSchool is a name that no school has: it is told once, with the rows that hold it.
type unknownSchool struct {
	text, code string
	place      fault.Place
	rows       int
}

// school reads the school of a row; "" where it is not known.
func (r *reader) school(text string, row, at int) string {
	if text == "" {
		if !r.ofSchool {
			r.fault(r.place(row, at), "assessment.school_missing", nil)
		}
		return ""
	}
	if one, told := r.unknown[text]; told {
		one.rows++
		return ""
	}
	code, refusal := r.schools.find(text)
	if refusal != "" {
		r.unknown[text] = &unknownSchool{text: text, code: refusal, place: r.place(row, at), rows: 1}
		return ""
	}
	return code
}

// goes reads the school that admitted a pupil. One outside the region is no fault: the pupil left.
func (r *reader) goes(text string, row, at int) string {
	if text == "" {
		return ""
	}
	code, refusal := r.schools.find(text)
	if refusal != "" {
		r.warn(r.place(row, at), "assessment.goes_outside", message.Args{"text": shortened(text)})
	}
	return code
}

// tellSchools turns the names that no school has into faults, the first row of each first.
func (r *reader) tellSchools() {
	all := make([]*unknownSchool, 0, len(r.unknown))
	for _, one := range r.unknown {
		all = append(all, one)
	}
	slices.SortFunc(all, func(a, b *unknownSchool) int { return a.place.Row - b.place.Row })
	for _, one := range all {
		args := message.Args{"text": shortened(one.text), "rows": one.rows}
		code := one.code
		if near := r.schools.near(one.text); code == "assessment.school_unknown" && len(near) > 0 {
			code, args["near"] = "assessment.school_near", strings.Join(near, "、")
		}
		r.fault(one.place, code, args)
	}
}
