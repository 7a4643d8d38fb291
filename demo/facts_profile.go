package demo

import (
	"math"
	"strings"

	"jiaoheng/unit"
)

// school is a school or kindergarten with what its facts are made from.
type school struct {
	unit.Unit
	village  bool
	point    bool // a teaching point
	boarding bool
	pupils   map[unit.Stage]float64 // in the first year
	growth   float64                // a year
	fixed    map[unit.Stage]int     // pupils of the last year, where the story wants a number
}

// Schools of the story: what their figures show is told in README and held by a test.
const (
	TinyPoint     = "青崖乡竹篙小学"    // fewer than 50 pupils: not counted
	EdgePoint     = "松岚乡云背小学"    // exactly 50 pupils: counted
	NoMusic       = "云岫乡高岫小学"    // no teacher of music, art or PE
	TooGood       = "柳湾镇初级中学"    // so much ground that the county's coefficient breaks
	Silent        = "苔溪镇上坪小学"    // has not reported the last year
	CrowdedTown   = "澄源县实验小学"    // short of ground, its classes were too large
	OnTheLimit    = "望禾镇中心小学"    // exactly 4.2 teachers above the degree to 100 pupils
	NineYear      = "砚池镇九年一贯制学校" // its buildings are shared by two stages
	WholeSecond   = "澄源县第三中学"    // junior and senior stage in one house
	PrivateNoHelp = "澄阳镇贝贝幼儿园"   // a private kindergarten that is not inclusive
)

// startPupils are the pupils of the schools of the county town in the first year.
var startPupils = map[string]map[unit.Stage]float64{
	CrowdedTown:   {unit.Primary: 1930},
	"澄源县第一小学":     {unit.Primary: 1610},
	"澄源县第二小学":     {unit.Primary: 1370},
	"澄源县第三小学":     {unit.Primary: 1120},
	"澄阳镇中心小学":     {unit.Primary: 760},
	"澄源县滨江小学":     {unit.Primary: 410},
	"澄源县实验中学":     {unit.Junior: 1590},
	"澄源县第二中学":     {unit.Junior: 1240},
	"澄阳镇初级中学":     {unit.Junior: 640},
	WholeSecond:   {unit.Junior: 480, unit.Senior: 900},
	"澄源县第一中学":     {unit.Senior: 2240},
	"澄源县城北高级中学":   {unit.Senior: 1280},
	"澄源县中等职业技术学校": {unit.Vocational: 1460},
	"澄源县特殊教育学校":   {unit.Special: 62},
}

// profile makes the profile of a school from its place: schools of the town are large and grow, those of villages small
// and shrinking.
func profile(u unit.Unit) school {
	s := school{Unit: u, pupils: map[unit.Stage]float64{}, fixed: map[unit.Stage]int{}, growth: 1.012}
	s.village = u.Setting == unit.Rural && len(u.Stages) == 1 && !strings.Contains(u.Name, "中心") && u.Kind == unit.School
	s.boarding = u.Setting != unit.Urban && (len(u.Stages) > 1 || u.Stages[0] == unit.Junior) || u.Stages[0] == unit.Senior
	for _, stage := range u.Stages {
		s.pupils[stage] = s.start(stage)
	}
	switch {
	case s.village:
		s.growth = 0.94
	case u.Setting != unit.Urban:
		s.growth = 0.978
	}
	switch u.Name {
	case "澄源县滨江小学":
		s.growth = 1.22
	case CrowdedTown:
		s.growth = 0.995
	case TinyPoint:
		s.point, s.fixed[unit.Primary] = true, 44
	case EdgePoint:
		s.point, s.fixed[unit.Primary] = true, 50
	case NoMusic:
		s.fixed[unit.Primary] = 86
	case OnTheLimit:
		s.fixed[unit.Primary] = 500
	case MergedName:
		s.pupils[unit.Primary] = 34
	}
	return s
}

func (s *school) start(stage unit.Stage) float64 {
	if known, given := startPupils[s.Name]; given {
		return known[stage]
	}
	switch {
	case s.Kind == unit.Kindergarten && s.Setting == unit.Urban:
		return between(240, 420, s.Code)
	case s.Kind == unit.Kindergarten:
		return between(90, 210, s.Code)
	case s.village:
		return between(62, 128, s.Code)
	case stage == unit.Junior && s.Name == TooGood:
		return 236
	case stage == unit.Junior:
		return between(260, 470, s.Code, stage)
	case len(s.Stages) > 1:
		return between(220, 330, s.Code, stage)
	}
	return between(330, 640, s.Code, stage)
}

// in returns the pupils of a stage in a school year. The pupils of the merged school go to the school it went into.
func (s *school) in(stage unit.Stage, year int) int {
	n := s.pupils[stage] * math.Pow(s.growth, float64(year-FirstYear)) * between(0.985, 1.015, s.Code, stage, year)
	if last, told := s.fixed[stage]; told {
		return last + whole(float64(LastYear-year)*float64(last)*0.045)
	}
	if s.Name == MergedInto && year >= mergedOn.Year {
		n += 22
	}
	return max(1, whole(n))
}

// open tells whether the school stood in a school year.
func (s *school) open(year int) bool { return s.Name != MergedName || year < mergedOn.Year }

// better is how far the county has come in a school year, from 0 to 1.
func better(year int) float64 { return float64(year-FirstYear) / float64(LastYear-FirstYear) }
