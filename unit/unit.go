package unit

import "jiaoheng/period"

// Kind is the kind of a unit.
type Kind string

// The kinds of units.
const (
	Province     Kind = "province"
	City         Kind = "city"
	County       Kind = "county"
	Township     Kind = "township"
	School       Kind = "school"
	Section      Kind = "section"
	Kindergarten Kind = "kindergarten"
	Office       Kind = "office"
	Training     Kind = "training"
)

// Kinds returns every kind, regions first.
func Kinds() []Kind {
	return []Kind{Province, City, County, Township, School, Section, Kindergarten, Office, Training}
}

// regionRank orders the kinds that hold others; 0 means a leaf for which only regions may stand above.
var regionRank = map[Kind]int{Province: 1, City: 2, County: 3, Township: 4, School: 5, Section: 6}

// Stage is a stage of education.
type Stage string

// The stages of education.
const (
	Preschool  Stage = "preschool"
	Primary    Stage = "primary"
	Junior     Stage = "junior"
	Senior     Stage = "senior"
	Vocational Stage = "vocational"
	Special    Stage = "special"
)

// Stages returns every stage in the order of schooling.
func Stages() []Stage {
	return []Stage{Preschool, Primary, Junior, Senior, Vocational, Special}
}

// Ownership says who runs a school.
type Ownership string

// The forms of ownership.
const (
	Public  Ownership = "public"
	Private Ownership = "private"
)

// Setting says where a school stands by the urban and rural classification of the statistics office.
type Setting string

// The settings.
const (
	Urban Setting = "urban"
	Town  Setting = "town"
	Rural Setting = "rural"
)

// Unit is one unit of the region.
type Unit struct {
	Code      string
	Name      string
	Kind      Kind
	Parent    string // code of the unit above, "" for the root
	Stages    []Stage
	Ownership Ownership   // schools and kindergartens
	Setting   Setting     // schools and kindergartens
	Opened    period.Date // zero: since ever
	Closed    period.Date // first day on which it is no more; zero: open
}

// OpenOn tells whether the unit exists on the day.
func (u Unit) OpenOn(day period.Date) bool {
	return (u.Opened.IsZero() || !day.Before(u.Opened)) && (u.Closed.IsZero() || day.Before(u.Closed))
}

// Teaches tells whether pupils or children belong to units of this kind.
func (k Kind) Teaches() bool { return k == School || k == Kindergarten || k == Section }

// Sections returns one section for each stage of a school, in the order of schooling.
func Sections(school Unit) []Unit {
	var sections []Unit
	for _, stage := range Stages() {
		for _, s := range school.Stages {
			if s != stage {
				continue
			}
			section := school
			section.Code, section.Parent = school.Code+"-"+string(stage), school.Code
			section.Kind, section.Stages = Section, []Stage{stage}
			sections = append(sections, section)
		}
	}
	return sections
}
