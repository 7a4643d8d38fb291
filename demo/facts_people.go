package demo

import (
	"fmt"

	"jiaoheng/period"
	"jiaoheng/unit"
)

var (
	familyNames = []string{"赵", "钱", "孙", "李", "周", "吴", "郑", "王", "冯", "陈", "沈", "韩", "杨", "朱", "秦", "许", "何", "吕", "施", "张"}
	givenNames  = []string{"文静", "志远", "晓岚", "建平", "雅琴", "思远", "海燕", "立群", "春梅", "国栋", "若水", "明轩", "玉兰", "景行", "丽娟", "长青"}
	subjects    = map[unit.Stage][]string{
		unit.Primary:    {"chinese", "mathematics", "chinese", "mathematics", "foreign_language", "morality_law", "science", "physical_education", "music", "art", "information"},
		unit.Junior:     {"chinese", "mathematics", "foreign_language", "physics", "chemistry", "biology", "history", "geography", "morality_law", "physical_education", "music", "art", "information"},
		unit.Senior:     {"chinese", "mathematics", "foreign_language", "physics", "chemistry", "biology", "history", "geography", "morality_law", "physical_education", "information", "mental_health"},
		unit.Vocational: {"professional", "professional", "professional", "chinese", "mathematics", "foreign_language", "information", "physical_education"},
		unit.Special:    {"chinese", "mathematics", "mental_health", "art", "physical_education"},
	}
)

// staffList adds the teachers of a section in the last year and the training of some of them. Music and art have few
// backbone teachers, mental health has none: the story of the cells.
func (f *facts) staffList(s school, stage unit.Stage, pupils int) {
	perTeacher, _ := s.teaching(stage, LastYear)
	teachers := max(2, whole(float64(pupils)/perTeacher))
	if s.village {
		teachers = max(teachers, 5, whole(float64(pupils)/14))
	}
	taught := subjects[stage]
	for i := range teachers {
		number := fmt.Sprintf("%s%s%03d", s.Code, string(stage[:1]), i+1)
		subject := taught[i%len(taught)]
		if s.Name == NoMusic && (subject == "music" || subject == "art" || subject == "physical_education") {
			subject = "chinese"
		}
		name := familyNames[whole(part(number, "family")*19)] + givenNames[whole(part(number, "given")*15)]
		f.add("teacher", s.Code+"-"+string(stage), schoolYear(LastYear), record{"teacher_number": number, "teacher_name": name, "stage": string(stage), "subject": subject,
			"full_time": true, "degree": degreeOf(stage, number), "title": titleOf(subject, number), "professional_course": subject == "professional",
			"dual_qualified": subject == "professional" && part(number, "dual") < 0.58})
		f.training(s, stage, number)
	}
}

func degreeOf(stage unit.Stage, number string) string {
	x := part(number, "degree")
	switch {
	case stage == unit.Senior && x < 0.13, x < 0.02:
		return "master"
	case stage == unit.Primary && x > 0.8:
		return "college"
	}
	return "bachelor"
}

func titleOf(subject, number string) string {
	x := part(number, "title")
	switch subject {
	case "mental_health":
		return "untitled"
	case "music", "art":
		x += 0.06
	}
	switch {
	case x < 0.022:
		return "province"
	case x < 0.075:
		return "city"
	case x < 0.185:
		return "county"
	}
	return "untitled"
}

// training adds one record of general training for each of the five years, and one of information technology.
func (f *facts) training(s school, stage unit.Stage, number string) {
	for year := FirstYear; year <= LastYear; year += 2 {
		hours := whole(between(118, 150, number, year, "hours"))
		if part(number, "idle") < 0.06 {
			hours = 60
		}
		f.add("training", s.Code+"-"+string(stage), period.Period{}, record{"training_record": fmt.Sprintf("%s-%d", number, year), "training_teacher": number,
			"training_date": fmt.Sprintf("%d-07-%02d", year, 5+whole(part(number, year)*20)), "training_hours": float64(hours), "training_kind": "general", "training_practical": false})
	}
}

// kindergarten adds the facts of a kindergarten.
func (f *facts) kindergarten(s school, year int) {
	children := s.in(unit.Preschool, year)
	public, n := s.Ownership == unit.Public, float64(children)
	inclusive := !public && s.Name != PrivateNoHelp
	classes := max(3, (children+29)/30)
	teachers := max(classes*2-tern(better(year) < 0.5)*classes/3, whole(n/(16.2-2.2*better(year))))
	certified := min(teachers, whole(float64(teachers)*(0.95+0.05*better(year))))
	f.add("kindergarten_year", s.Code, schoolYear(year), record{"kindergarten_children": children, "kindergarten_inclusive": inclusive, "kindergarten_planned_year": s.Opened.Year - 1,
		"kindergarten_teachers": teachers, "kindergarten_teachers_certified": certified, "kindergarten_heads": 1 + classes/6, "kindergarten_heads_certified": 1 + classes/6,
		"kindergarten_nurses": classes, "kindergarten_area_outdoor": float64(whole(n * between(3.7, 6.4, s.Code, "out"))), "kindergarten_area_activity": float64(whole(n * between(7.6, 10.4, s.Code, "act"))),
		"kindergarten_area_building": float64(whole(n * between(10.1, 13.5, s.Code, "build"))), "kindergarten_primary_style": tern(s.Name == PrivateNoHelp && year < 2024)})
	for i := range classes {
		kind := []string{"small", "middle", "large"}[i%3]
		f.add("kindergarten_class", s.Code, schoolYear(year), record{"kindergarten_class_name": fmt.Sprintf("%s%d班", map[string]string{"small": "小", "middle": "中", "large": "大"}[kind], i/3+1),
			"kindergarten_class_kind": kind, "kindergarten_class_children": children/classes + tern(i < children%classes)})
	}
	grade := []string{"second_b", "second_a", "first_b", "first_a", "model"}[min(4, whole(part(s.Code, "grade")*2)+tern(public)+tern(year >= 2023))]
	f.add("kindergarten_grade", s.Code, calendarYear(year+1), record{"kindergarten_grade_held": grade, "kindergarten_graded_on": fmt.Sprintf("%d-11-20", min(year, 2023)),
		"kindergarten_grade_document": fmt.Sprintf("澄教〔%d〕%d号", min(year, 2023), 40+whole(part(s.Code)*20))})
}
