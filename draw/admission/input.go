package admission

import (
	"slices"
	"strings"
	"unicode"

	"jiaoheng/draw"
	"jiaoheng/fault"
	"jiaoheng/message"
)

// Kind is the kind of the draw in its announcement.
const Kind = "admit"

// Limits.
const (
	MaxSchools    = 2_000
	MaxApplicants = 400_000
	MaxPlaces     = 100_000 // of one school
	MaxWishes     = 20
	MaxGroups     = 40 // of one school
	MaxValue      = 1_000_000_000
	MaxDecimals   = 2
	maxCode       = 40 // bytes
)

// What orders children within a category.
const (
	BySibling  = "sibling"  // 1 before 0
	ByDistance = "distance" // metres, the nearer before
	ByPoints   = "points"   // the more before
	ByYears    = "years"    // of the household's registration or the like, the more before
)

// Criteria are all that a school may order by.
var Criteria = []string{BySibling, ByDistance, ByPoints, ByYears}

// Everybody as the only group means that a school takes every category alike.
const Everybody = "*"

// Policy is what the bureau rules for all schools.
type Policy struct {
	Basis    string // the document that states the rules
	Bands    []int  // wishes in each band, the last for all that follow; none: one band, that is deferred acceptance
	Decimals int    // decimals of points: 8550 with 2 decimals is 85.5
}

// School takes applicants. Groups are the categories in the order in which they are taken; those in one group are alike.
type School struct {
	ID, Name string
	Places   int
	Groups   [][]string
	By       []string // criteria within a group, the first counts first; then the lottery
	Own      bool     // its lottery numbers are its own
	Place    fault.Place
}

// Wish is one wish of a family, with what counts for it at that school. Values holds the criteria that are known.
type Wish struct {
	School, Category string
	Values           map[string]int
}

// Applicant is a child. Those with the same Twin share lottery numbers.
type Applicant struct {
	ID, Twin string
	Wishes   []Wish
	Place    fault.Place
}

// Input is all that is frozen before the draw.
type Input struct {
	Policy     Policy
	Schools    []School
	Applicants []Applicant
}

// isCode tells whether a text can stand for a school or category in a line.
func isCode(text string) bool {
	return text != "" && text != "-" && text != Everybody && len(text) <= maxCode && !strings.ContainsAny(text, ";,:>+") &&
		text == strings.TrimSpace(text) && strings.IndexFunc(text, unicode.IsControl) < 0
}

func (in Input) faults() (faults fault.List) {
	faults.Add(in.Policy.faults()...)
	if len(in.Schools) == 0 || len(in.Schools) > MaxSchools {
		faults.Add(fault.New("draw.admit.schools", message.Args{"count": len(in.Schools), "limit": MaxSchools}))
	}
	if len(in.Applicants) > MaxApplicants {
		faults.Add(fault.New("draw.admit.applicants", message.Args{"count": len(in.Applicants), "limit": MaxApplicants}))
	}
	schools, categories := make(map[string]School, len(in.Schools)), map[string]bool{}
	for _, s := range in.Schools {
		if _, double := schools[s.ID]; double {
			faults.Add(fault.At(s.Place, "draw.admit.twice", message.Args{"code": s.ID}))
		}
		schools[s.ID] = s
		faults.Add(s.faults(categories)...)
	}
	seen := make(map[string]bool, len(in.Applicants))
	for _, a := range in.Applicants {
		if strings.TrimSpace(a.ID) == "" || seen[a.ID] {
			faults.Add(fault.At(a.Place, "draw.admit.applicant_twice", nil))
		}
		seen[a.ID] = true
		faults.Add(a.faults(schools, categories)...)
	}
	return faults
}

func (p Policy) faults() (faults fault.List) {
	if p.Decimals < 0 || p.Decimals > MaxDecimals || len(p.Bands) > MaxWishes {
		faults.Add(fault.New("draw.admit.policy", message.Args{"decimals": MaxDecimals, "wishes": MaxWishes}))
	}
	for _, band := range p.Bands {
		if band < 1 || band > MaxWishes {
			faults.Add(fault.New("draw.admit.policy", message.Args{"decimals": MaxDecimals, "wishes": MaxWishes}))
		}
	}
	return faults
}

func (s School) faults(categories map[string]bool) (faults fault.List) {
	if !isCode(s.ID) {
		faults.Add(fault.At(s.Place, "draw.admit.code", message.Args{"code": s.ID, "limit": maxCode}))
	}
	if s.Places < 0 || s.Places > MaxPlaces {
		faults.Add(fault.At(s.Place, "draw.admit.places", message.Args{"value": s.Places, "most": MaxPlaces}))
	}
	named := map[string]bool{}
	for _, group := range s.Groups {
		for _, category := range group {
			if !isCode(category) && !(category == Everybody && len(s.Groups) == 1 && len(group) == 1) {
				faults.Add(fault.At(s.Place, "draw.admit.code", message.Args{"code": category, "limit": maxCode}))
			} else if named[category] {
				faults.Add(fault.At(s.Place, "draw.admit.category_twice", message.Args{"code": category}))
			}
			named[category], categories[category] = true, true
		}
	}
	if len(s.Groups) == 0 || len(s.Groups) > MaxGroups {
		faults.Add(fault.At(s.Place, "draw.admit.groups", message.Args{"limit": MaxGroups}))
	}
	for n, by := range s.By {
		if !slices.Contains(Criteria, by) || slices.Contains(s.By[:n], by) {
			faults.Add(fault.At(s.Place, "draw.admit.by", message.Args{"by": by, "known": strings.Join(Criteria, ", ")}))
		}
	}
	return faults
}

func (a Applicant) faults(schools map[string]School, categories map[string]bool) (faults fault.List) {
	if len(a.Wishes) > MaxWishes {
		faults.Add(fault.At(a.Place, "draw.admit.wishes", message.Args{"count": len(a.Wishes), "limit": MaxWishes}))
	}
	wished := map[string]bool{}
	for k, w := range a.Wishes {
		school, known := schools[w.School]
		if !known {
			faults.Add(fault.At(a.Place, "draw.admit.unknown_school", message.Args{"code": w.School, "wish": k + 1}))
		} else if wished[w.School] {
			faults.Add(fault.At(a.Place, "draw.admit.wished_twice", message.Args{"code": w.School}))
		}
		wished[w.School] = true
		if !isCode(w.Category) || !categories[w.Category] && !categories[Everybody] {
			faults.Add(fault.At(a.Place, "draw.admit.category", message.Args{"code": w.Category, "wish": k + 1}))
		}
		for _, by := range school.By {
			n, given := w.Values[by]
			if !slices.Contains(Criteria, by) {
				continue // told of the school
			}
			if !given {
				faults.Add(fault.At(a.Place, "draw.admit.value_lacks", message.Args{"by": message.Word("draw.admit.word." + by), "wish": k + 1, "code": w.School}))
			} else if n < 0 || n > MaxValue || by == BySibling && n > 1 {
				faults.Add(fault.At(a.Place, "draw.admit.value", message.Args{"by": message.Word("draw.admit.word." + by), "wish": k + 1, "value": n, "most": MaxValue}))
			}
		}
	}
	return faults
}

// twinOf is how a set of twins stands in lines.
func twinOf(secret draw.Secret, twin string) string {
	if twin == "" {
		return "-"
	}
	return secret.Who("twin\n" + twin)[:16]
}
