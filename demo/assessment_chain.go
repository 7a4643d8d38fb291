package demo

import (
	"cmp"
	"fmt"
	"slices"

	"jiaoheng/assessment"
	"jiaoheng/period"
	"jiaoheng/unit"
)

// senior is a senior school in the chain of exams: how many it admits, and what it adds to what its pupils brought.
type senior struct {
	unit.Unit
	places int
	adds   float64
}

// traveller is one pupil who is followed from the entrance exam to the end of senior school.
type traveller struct {
	number, name, junior string
	sex                  string
	ability, entry       float64
	school               int // of seniors; -1: not admitted here
	exit                 int // where the pupil sat the last exam; -1: left
	physics              bool
	elected              [2]int
}

// seniors are the senior schools of the county and the class of the vocational school that prepares for college, which is small.
func seniors() []senior {
	var all []senior
	for _, u := range Units() {
		if u.Kind != unit.School {
			continue
		}
		switch u.Name {
		case "澄源县第一中学":
			all = append(all, senior{u, 240, 0.02})
		case "澄源县城北高级中学":
			all = append(all, senior{u, 190, 0.28})
		case "澄源县第三中学":
			all = append(all, senior{u, 130, -0.24})
		case "澄源县中等职业技术学校":
			all = append(all, senior{u, 14, 0.05})
		}
	}
	return all
}

// travellers are the pupils of one year with their way: admitted by the marks of the entrance exam, a few move, leave or come.
func (r *examRoom) travellers(schools []senior) []traveller {
	juniors, sizes := juniorSchools()
	var all []traveller
	for k, school := range juniors {
		level := between(-0.3, 0.4, school.Code, "level of exams")
		for n := range sizes[k] * 2 / 5 {
			ability := level + r.stream.Normal()
			all = append(all, traveller{number: r.number(), name: r.pupilName(), junior: school.Code, sex: sexOf(n), ability: ability, entry: ability + 0.35*r.stream.Normal(), school: -1, exit: -1})
		}
	}
	slices.SortStableFunc(all, func(a, b traveller) int { return cmp.Compare(b.entry+0.3*r.part(b), a.entry+0.3*r.part(a)) })
	at := 0
	for s, school := range schools {
		for range school.places {
			if at < len(all) {
				all[at].school, all[at].exit = s, s
				at++
			}
		}
	}
	for n := range all {
		one := &all[n]
		one.physics = one.ability+0.8*r.stream.Normal() > -0.2
		one.elected[0] = r.stream.Below(4)
		one.elected[1] = (one.elected[0] + 1 + r.stream.Below(3)) % 4
		switch chance := r.stream.Below(100); {
		case one.school < 0:
		case chance < 3:
			one.exit = -1
		case chance < 5:
			one.exit = (one.school + 1) % 3
		}
	}
	return all
}

// part spreads the admission over neighbouring marks, the same for a pupil each time it is asked.
func (r *examRoom) part(one traveller) float64 { return between(-1, 1, one.number, "admission") }

func chainExam(name string, kind assessment.Kind, stage string, held period.Date) assessment.Exam {
	return assessment.Exam{Owner: CountyCode, Name: name, Kind: kind, Design: assessment.Census, Stage: stage, Held: held, Identity: assessment.Registered}
}

// chain makes the three exams.
func (r *examRoom) chain() error {
	schools := seniors()
	pupils := r.travellers(schools)
	if err := r.entrance(schools, pupils); err != nil {
		return err
	}
	// Pupils who came from elsewhere have no entry mark.
	for n := range 22 {
		pupils = append(pupils, traveller{number: r.number(), name: r.pupilName(), sex: sexOf(n), ability: 0.3 + 0.6*r.stream.Normal(), school: n % 3, exit: n % 3,
			physics: n%2 == 0, elected: [2]int{n % 4, (n + 1) % 4}})
	}
	if err := r.academic(schools, pupils); err != nil {
		return err
	}
	return r.college(schools, pupils)
}

func (r *examRoom) entrance(schools []senior, pupils []traveller) error {
	e := chainExam(EntranceExam, assessment.Entrance, "junior", period.Date{Year: LastYear - 2, Month: 6, Day: 18})
	e.Subjects = []assessment.Subject{{Code: "chinese", Name: "语文", Full: 120, Total: true}, {Code: "mathematics", Name: "数学", Full: 120, Total: true},
		{Code: "english", Name: "英语", Full: 120, Total: true}, {Code: "physics", Name: "物理", Full: 100, Total: true}, {Code: "chemistry", Name: "化学", Full: 100, Total: true}, {Code: "history", Name: "历史", Full: 60, Total: true}}
	e.Cuts = []assessment.Cut{{Name: "普通高中录取线", Least: 350}}
	rows := [][]string{{"学籍号", "姓名", "学校代码", "性别", "录取学校"}}
	for _, s := range e.Subjects {
		rows[0] = append(rows[0], s.Name)
	}
	for _, one := range pupils {
		row := []string{one.number, one.name, one.junior, one.sex, ""}
		if one.school >= 0 {
			row[4] = schools[one.school].Code
		}
		for _, s := range e.Subjects {
			row = append(row, r.mark(one.entry, 0.6, 0.16, s.Full))
		}
		rows = append(rows, row)
	}
	return r.put(e, "中考成绩.xlsx", rows, true)
}

// academic is the test midway: half of what a school adds is there.
func (r *examRoom) academic(schools []senior, pupils []traveller) error {
	e := chainExam(AcademicExam, assessment.Academic, "senior", period.Date{Year: LastYear, Month: 6, Day: 28})
	for _, s := range [][2]string{{"chinese", "语文"}, {"mathematics", "数学"}, {"english", "英语"}, {"physics", "物理"}, {"history", "历史"}} {
		e.Subjects = append(e.Subjects, assessment.Subject{Code: s[0], Name: s[1], Full: 100, Total: true})
	}
	e.Cuts = []assessment.Cut{{Name: "合格", Subject: "mathematics", Least: 60}}
	rows := [][]string{{"学籍号", "姓名", "学校代码", "班级", "性别"}}
	for _, s := range e.Subjects {
		rows[0] = append(rows[0], s.Name)
	}
	for n, one := range pupils {
		if one.school < 0 || r.stream.Below(60) == 0 {
			continue
		}
		row := []string{one.number, one.name, schools[one.school].Code, fmt.Sprintf("高二（%d）班", n%4+1), one.sex}
		for _, s := range e.Subjects {
			row = append(row, r.mark(one.ability+schools[one.school].adds/2, 0.64, 0.15, s.Full))
		}
		rows = append(rows, row)
	}
	return r.put(e, "学业水平考试成绩.xlsx", rows, true)
}

func (r *examRoom) college(schools []senior, pupils []traveller) error {
	e := chainExam(CollegeExam, assessment.College, "senior", period.Date{Year: LastYear + 1, Month: 6, Day: 7})
	e.Subjects = []assessment.Subject{{Code: "chinese", Name: "语文", Full: 150, Total: true}, {Code: "mathematics", Name: "数学", Full: 150, Total: true}, {Code: "english", Name: "外语", Full: 150, Total: true},
		{Code: "physics", Name: "物理", Full: 100, Total: true, Tracks: []string{"物理"}}, {Code: "history", Name: "历史", Full: 100, Total: true, Tracks: []string{"历史"}},
		{Code: "chemistry", Name: "化学", Full: 100, Total: true}, {Code: "biology", Name: "生物学", Full: 100, Total: true},
		{Code: "politics", Name: "思想政治", Full: 100, Total: true}, {Code: "geography", Name: "地理", Full: 100, Total: true}}
	e.Cuts = []assessment.Cut{{Name: "本科线", Track: "物理", Least: 420}, {Name: "本科线", Track: "历史", Least: 430}}
	rows := [][]string{{"学籍号", "姓名", "学校代码", "班级", "性别", "选科"}}
	for _, s := range e.Subjects {
		rows[0] = append(rows[0], s.Name)
	}
	for n, one := range pupils {
		if one.exit < 0 {
			continue
		}
		track, away := map[bool]string{true: "物理", false: "历史"}[one.physics], r.stream.Below(120) == 0
		row := []string{one.number, one.name, schools[one.exit].Code, fmt.Sprintf("高三（%d）班", n%4+1), one.sex, track}
		for k, s := range e.Subjects {
			takes := k < 3 || k == 3 && one.physics || k == 4 && !one.physics || k > 4 && (one.elected[0] == k-5 || one.elected[1] == k-5)
			switch {
			case !takes:
				row = append(row, "")
			case away:
				row = append(row, "缺考")
			default:
				row = append(row, r.mark(one.ability+schools[one.exit].adds, 0.58, 0.15, s.Full))
			}
		}
		rows = append(rows, row)
	}
	return r.put(e, "高考成绩.xlsx", rows, true)
}
