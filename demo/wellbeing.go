package demo

import (
	"fmt"
	"time"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/period"
	"jiaoheng/register"
	"jiaoheng/unit"
)

// Schools of the story of pupils' days: one whose homework is over the limit week after week, one that reports nothing.
const (
	OverLimit  = "澄源县第二小学"
	SilentDays = Silent
)

// grades are the grades of a stage.
var grades = map[unit.Stage][]int{unit.Primary: {1, 2, 3, 4, 5, 6}, unit.Junior: {7, 8, 9}, unit.Senior: {10, 11, 12}}

// terms are those of which the demo tells how pupils fare, the latest last.
func terms() []period.Period {
	var all []period.Period
	for year := LastYear - 1; year <= LastYear; year++ {
		all = append(all, period.Period{Kind: period.Term, Start: period.Date{Year: year, Month: period.SchoolYearStart, Day: 1}},
			period.Period{Kind: period.Term, Start: period.Date{Year: year + 1, Month: 2, Day: 1}})
	}
	return all
}

// wellbeing adds what schools tell of their pupils' days: eyes, sleep, service, growth by term; fitness, academic tests and
// laboratories by school year.
func (f *facts) wellbeing(schools []school) {
	for _, s := range schools {
		if s.Kind != unit.School {
			continue
		}
		for _, stage := range s.Stages {
			if grades[stage] == nil {
				continue
			}
			for n, term := range terms() {
				year := LastYear - 1 + n/2
				if s.open(year) && !(s.Name == SilentDays && year == LastYear) {
					f.days(s, stage, s.in(stage, year), term, n)
				}
			}
			if s.Name != SilentDays && s.open(LastYear) {
				f.fitness(s, stage)
				f.laboratories(s, stage, s.in(stage, LastYear))
			}
		}
	}
}

// days adds the term of one section. n counts the terms: eyes get a little worse, sleep a little better.
func (f *facts) days(s school, stage unit.Stage, pupils int, term period.Period, n int) {
	code := s.Code + "-" + string(stage)
	base := map[unit.Stage]float64{unit.Primary: 0.33, unit.Junior: 0.56, unit.Senior: 0.74}[stage] * between(0.88, 1.12, s.Code, stage, "eyes")
	for k, grade := range grades[stage] {
		listed := pupils / len(grades[stage])
		tested := whole(float64(listed) * between(0.95, 1, s.Code, grade, n, "tested"))
		myopic := min(tested, whole(float64(tested)*base*(0.75+0.5*float64(k)/float64(len(grades[stage])))*(1-0.008*float64(n))))
		f.add("eye_screening", code, term, record{"eye_grade": fmt.Sprint("g", grade), "eyes_listed": listed, "eyes_tested": tested,
			"eyes_poor": min(tested, myopic+tested/20), "eyes_myopic": myopic, "eyes_high": myopic / 40})
	}
	asked := min(pupils, 120)
	enough := map[unit.Stage]float64{unit.Primary: 0.72, unit.Junior: 0.66, unit.Senior: 0.6}[stage] * between(0.85, 1.15, s.Code, stage, "sleep") * (1 + 0.015*float64(n))
	most := whole(float64(asked) * min(0.95, enough))
	bands := map[unit.Stage][4]int{unit.Primary: {(asked - most) / 6, (asked - most) / 3, asked - most - (asked-most)/6 - (asked-most)/3, most},
		unit.Junior: {(asked - most) / 3, asked - most - (asked-most)/3, most - most/4, most / 4},
		unit.Senior: {asked - most, most - most/5, most / 5, 0}}[stage]
	f.add("sleep_survey", code, term, record{"sleep_under_8": bands[0], "sleep_8": bands[1], "sleep_9": bands[2], "sleep_10": bands[3]})
	exams := 1
	if stage != unit.Primary || s.Name == OverLimit {
		exams = 2
	}
	f.add("growth_term", code, term, record{"growth_listed": pupils, "conduct_good": whole(float64(pupils) * between(0.93, 0.995, s.Code, stage, "conduct")),
		"practice_pupils": whole(float64(pupils) * between(0.55, 0.9, s.Code, stage, n, "practice")), "talent_pupils": whole(float64(pupils) * between(0.4, 0.85, s.Code, stage, "talent")), "exams_held": exams})
	if stage != unit.Senior {
		service := whole(float64(pupils) * between(0.86, 0.98, s.Code, stage, "service"))
		f.add("after_school_service", code, term, record{"service_listed": pupils, "service_pupils": service, "service_days": 5, "service_late_enough": true,
			"service_activities": whole(float64(service) * between(0.5, 0.85, s.Code, stage, "activities"))})
	}
}

// tested is how many pupils of a section the demo tests: enough for rates, few enough for a quick start.
const tested = 12

// fitness adds the tests of some pupils of the last grade but one of each section.
func (f *facts) fitness(s school, stage unit.Stage) {
	for n := range tested {
		grade := map[unit.Stage]string{unit.Primary: "g5", unit.Junior: "g8", unit.Senior: "g11"}[stage]
		boy := n%2 == 0
		skill := func(low, high float64, what string) float64 {
			return low + (high-low)*(0.35*part(s.Code, stage, "fit")+0.65*part(s.Code, stage, n, what))
		}
		row := record{"pupil": fmt.Sprintf("TC%s%s%03d", s.Code[6:], grade, n+1), "sex": map[bool]string{true: "male", false: "female"}[boy], "grade": grade, "exempt": false}
		if stage == unit.Primary {
			row["height"], row["body_weight"], row["vital_capacity"] = 145.0, float64(whole(skill(320, 520, "weight")))/10, whole(skill(1000, 3100, "lung"))
			row["run_50m"], row["sit_and_reach"] = float64(whole(skill(112, 79, "run")))/10, float64(whole(skill(-40, 205, "reach")))/10
			row["rope_skip"], row["sit_up"], row["shuttle_run"] = whole(skill(40, 172, "rope")), whole(skill(12, 54, "sit")), whole(skill(146, 92, "shuttle"))
		} else {
			row["height"], row["body_weight"], row["vital_capacity"] = 165.0, float64(whole(skill(460, 720, "weight")))/10, whole(skill(2100, 4900, "lung"))
			row["run_50m"], row["sit_and_reach"], row["long_jump"] = float64(whole(skill(104, 69, "run")))/10, float64(whole(skill(-40, 225, "reach")))/10, whole(skill(135, 262, "jump"))
			if boy {
				row["pull_up"], row["run_1000m"] = whole(skill(1, 17, "pull")), whole(skill(345, 212, "long"))
			} else {
				row["sit_up"], row["run_800m"] = whole(skill(18, 48, "sit")), whole(skill(335, 200, "long"))
			}
		}
		f.add("fitness_test", s.Code+"-"+string(stage), schoolYear(LastYear), row)
	}
}

// laboratories adds laboratories, lab lessons and academic tests of a section above primary.
func (f *facts) laboratories(s school, stage unit.Stage, pupils int) {
	code := s.Code + "-" + string(stage)
	if stage == unit.Primary {
		f.add("lab_room", code, schoolYear(LastYear), record{"lab_kind": "science", "lab_class_count": max(1, pupils/42), "labs_present": max(1, pupils/560)})
		return
	}
	for k, kind := range []string{"physics", "chemistry", "biology"} {
		classes := max(1, pupils/46)
		f.add("lab_room", code, schoolYear(LastYear), record{"lab_kind": kind, "lab_class_count": classes, "labs_present": max(1, (classes+3)/10-k/2)})
		for _, term := range terms()[2:] {
			required := 10 + 2*k
			values := record{"lesson_kind": kind, "lesson_grade": fmt.Sprint("g", grades[stage][1]), "labs_required": required, "labs_given": required - whole(between(0, 3, s.Code, kind, term))}
			if kind == "physics" {
				sat := pupils / 3
				values["lab_exam_due"], values["lab_exam_sat"], values["lab_exam_passed"] = sat, sat, whole(float64(sat)*between(0.9, 0.99, s.Code, "exam"))
			}
			f.add("lab_lesson", code, term, values)
		}
	}
	for _, subject := range []string{"chinese", "mathematics", "physics", "biology"} {
		due := pupils / 3
		sat := due - due/90
		f.add("academic_test", code, schoolYear(LastYear), record{"test_subject": subject, "test_due": due, "test_sat": sat,
			"test_passed": whole(float64(sat) * between(0.86, 0.99, s.Code, subject))})
	}
}

// weeks is for how many weeks the demo holds samples of homework.
const weeks = 6

// tellHomework tells of the weekly samples: most schools keep within the limit, one does not and has to answer, one is silent.
func tellHomework(t *tale) {
	var samples, watches, silent []register.Row
	for _, s := range schoolsOf(Units()) {
		for _, stage := range s.Stages {
			if s.Kind != unit.School || stage != unit.Primary && stage != unit.Junior || !s.open(LastYear+1) {
				continue
			}
			code := s.Code + "-" + string(stage)
			watch := t.rowOf("homework_watch", code, record{"watch_title": "作业每周抽查", "watch_from": t.daysAgo(7 * weeks)})
			if s.Name == SilentDays {
				silent = append(silent, watch)
				continue
			}
			watches = append(watches, watch)
			for week := range weeks {
				samples = append(samples, t.rowOf("homework_sample", code, t.homework(s, stage, week)))
			}
		}
	}
	t.importRows(7*weeks, "homework_watch", silent) // nothing was entered since
	t.importRows(5, "homework_watch", watches)
	t.importRows(1, "homework_sample", samples)
	const section = OverLimit + "（小学）"
	t.units[section] = t.code(OverLimit) + "-" + string(unit.Primary)
	for week, answer := range []string{"", "压减数学练习册，作业由年级组统筹。"} {
		over := t.at(week*7+2).make("second", "homework_sample", section, record{"homework_class": fmt.Sprintf("六（%d）班", week+1), "homework_grade": "g6",
			"homework_on": t.daysAgo(week*7 + 2), "homework_minutes": 88 + 4*week, "homework_posted": false})
		t.at(week*7+1).do("basic", over, "ask", nil, told{})
		if answer != "" {
			t.at(week*7).do("second", over, "answer", record{"homework_answer": answer}, told{})
		}
	}
}

// homework is the sample of a week.
func (t *tale) homework(s school, stage unit.Stage, week int) record {
	grade := grades[stage][(week+2)%len(grades[stage])]
	low, high := 28.0, 59.0
	switch {
	case grade <= 2:
		low, high = 0, 0
	case s.Name == OverLimit:
		low, high = 66, 92
	case stage == unit.Junior:
		low, high = 55, 93
	}
	return record{"homework_class": fmt.Sprintf("%d班", 1+week%2), "homework_grade": fmt.Sprint("g", grade), "homework_on": t.daysAgo(3 + 7*week),
		"homework_minutes": whole(between(low, high, s.Code, stage, week)), "homework_posted": s.Name != OverLimit}
}

// rowOf is a row as an import brings it.
func (t *tale) rowOf(name, code string, values record) register.Row {
	r, known := t.desk.Register(name)
	if !known {
		panic("demo: no register " + name)
	}
	day := t.store.day
	row := register.Row{Unit: code, Cells: make([]register.Cell, len(r.Columns)),
		Origin: register.Origin{Kind: "demo", At: time.Date(day.Year, time.Month(day.Month), day.Day, 2, 30, 0, 0, time.UTC)}}
	for i, column := range r.Columns {
		if value, given := values[column.Name]; given {
			row.Cells[i] = cellOf(value)
		}
	}
	return row
}

// importRows imports rows of a living register in one go on a day.
func (t *tale) importRows(daysAgo int, name string, rows []register.Row) {
	if t.err != nil {
		return
	}
	t.at(daysAgo)
	r, _ := t.desk.Register(name)
	given := make([]bool, len(r.Columns))
	for _, row := range rows {
		for i, cell := range row.Cells {
			given[i] = given[i] || cell.Known
		}
	}
	_, err := t.desk.Import(t.ctx, action.TheProgram(), access.Thing{Class: access.Record}, r, register.Batch{Rows: rows, Given: given}, "")
	t.fail(err, "import", name)
}
