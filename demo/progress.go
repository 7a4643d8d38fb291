package demo

import (
	"fmt"

	"jiaoheng/assessment"
	"jiaoheng/assessment/progress"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/stats"
	"jiaoheng/store"
)

// Names of what is told of value added.
const (
	NewcomersExam = "2023年秋季七年级新生学业水平检测"
	JuniorStudy   = "初中三年进步值（2023年秋季入学）"
	SeniorStudy   = "高中三年进步值（2026届）"
)

// ninth is one pupil of the county exam: three years before, the same pupil was a newcomer.
type ninth struct {
	number, school, sex string
	ability             float64
}

// newcomersSeed makes the marks of the newcomers.
const newcomersSeed = 20230915

// studies makes the exam of the newcomers of the junior schools and two studies: of the junior schools from that exam to the county
// exam, and of the senior schools over their three exams.
func (r *examRoom) studies(s *store.Store, set *pack.Set) error {
	if err := r.newcomers(); err != nil {
		return err
	}
	exams, err := s.Exams(r.ctx)
	if err != nil {
		return err
	}
	ids := map[string]string{}
	for _, e := range exams {
		ids[e.Name] = e.ID
	}
	desk := progress.NewDesk(func() *pack.Set { return set }, s, r.desk)
	junior := progress.Standard(CountyCode, JuniorStudy, ids[NewcomersExam], ids[CountyExam], false)
	junior.Reliability, junior.Reliable = 0.9, "新生检测试卷分析（全卷信度）"
	senior := progress.Standard(CountyCode, SeniorStudy, ids[EntranceExam], ids[CollegeExam], true)
	senior.Waves = append(senior.Waves, progress.Wave{Exam: ids[AcademicExam], Role: progress.RoleMiddle})
	senior.Reliability, senior.Reliable = 0.88, "中考试卷分析（总分信度）"
	for _, one := range []progress.Study{junior, senior} {
		if _, _, err := desk.Create(r.ctx, r.actor, one); err != nil {
			return fmt.Errorf("%s: %w", one.Name, err)
		}
	}
	return nil
}

// newcomers makes the exam that pupils of the county exam sat when they began. What a school added since is what they know now beyond
// that. Some came later and have no mark; some who sat it left.
func (r *examRoom) newcomers() error {
	stream := stats.NewStream(newcomersSeed)
	e := chainExam(NewcomersExam, assessment.Regional, "junior", period.Date{Year: LastYear - 2, Month: 9, Day: 15})
	e.Grade = "七年级"
	for _, s := range [][2]string{{"chinese", "语文"}, {"mathematics", "数学"}, {"english", "英语"}} {
		e.Subjects = append(e.Subjects, assessment.Subject{Code: s[0], Name: s[1], Full: 100, Total: true})
	}
	rows := [][]string{{"学籍号", "姓名", "学校代码", "性别", "语文", "数学", "英语"}}
	own := *r
	own.stream = stream
	for n, one := range r.ninth {
		began := one.ability - between(-0.35, 0.35, one.school, "adds in three years") + 0.3*stream.Normal()
		number := one.number
		switch stream.Below(25) {
		case 0: // came later
			continue
		case 1: // somebody else, who left since
			number = fmt.Sprintf("L990121%012d", 201200000000+n)
		}
		row := []string{number, own.pupilName(), one.school, one.sex}
		for _, s := range e.Subjects {
			row = append(row, own.mark(began, 0.62, 0.16, s.Full))
		}
		rows = append(rows, row)
	}
	return r.put(e, "七年级新生检测成绩.xlsx", rows, true)
}
