package demo

import (
	"context"
	"fmt"
	"math"
	"strconv"

	"jiaoheng/action"
	"jiaoheng/assessment"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/stats"
	"jiaoheng/store"
	"jiaoheng/unit"
)

// Names of the exams of the demo.
const (
	CountyExam   = "2025—2026学年第一学期九年级期末检测"
	EntranceExam = "2023年初中学业水平考试（中考）"
	AcademicExam = "2025年普通高中学业水平合格性考试"
	CollegeExam  = "2026年普通高校招生考试（高考）"
)

// examSeed makes the pupils of the exams; the same pupils each time.
const examSeed = 20260120

// mathsItems is the paper of the county exam whose answers are known: choices with keys, blanks, problems.
func mathsItems() []assessment.Item {
	areas := []string{"数与代数", "图形与几何", "统计与概率"}
	var items []assessment.Item
	for n := range 12 {
		items = append(items, assessment.Item{Code: strconv.Itoa(n + 1), Full: 3, Key: string("BDACCABDBACD"[n]), Area: areas[n%3], Skill: "理解"})
	}
	for n := range 4 {
		items = append(items, assessment.Item{Code: strconv.Itoa(n + 13), Full: 4, Area: areas[n%3], Skill: "应用"})
	}
	for n, full := range []float64{6, 8, 8, 8, 8, 10, 10, 10} {
		items = append(items, assessment.Item{Code: strconv.Itoa(n + 17), Full: full, Area: areas[n%3], Skill: "综合"})
	}
	return items
}

// countyExam is the test of the third grade of junior schools: nine subjects, mathematics with answers.
func countyExam() assessment.Exam {
	e := assessment.Exam{Owner: CountyCode, Name: CountyExam, Kind: assessment.Regional, Design: assessment.Census, Stage: "junior", Grade: "九年级",
		Held: period.Date{Year: LastYear + 1, Month: 1, Day: 20}, Identity: assessment.Registered}
	for _, s := range []struct {
		code, name string
		full       float64
	}{{"chinese", "语文", 120}, {"mathematics", "数学", 120}, {"english", "英语", 120}, {"physics", "物理", 100}, {"chemistry", "化学", 100},
		{"politics", "道德与法治", 100}, {"history", "历史", 100}, {"geography", "地理", 50}, {"biology", "生物学", 50}} {
		e.Subjects = append(e.Subjects, assessment.Subject{Code: s.code, Name: s.name, Full: s.full, Total: true})
	}
	e.Subjects[1].Items = mathsItems()
	e.Cuts = []assessment.Cut{{Name: "普高上线预测", Least: 540}, {Name: "优秀", Subject: "mathematics", Least: 102}, {Name: "合格", Subject: "mathematics", Least: 72}}
	return e
}

// examRoom is what the tales about exams work with.
type examRoom struct {
	ctx    context.Context
	desk   *assessment.Desk
	actor  action.Actor
	stream *stats.Stream
	serial int
	ninth  []ninth // pupils of the county exam
}

// loadExams makes the exams of the demo: one of the county, and three that follow the pupils of the senior schools.
func loadExams(ctx context.Context, s *store.Store, set *pack.Set, actors map[string]action.Actor) error {
	room := &examRoom{ctx: ctx, desk: assessment.NewDesk(set, s), actor: actors["basic"], stream: stats.NewStream(examSeed)}
	if err := room.county(); err != nil {
		return fmt.Errorf("county exam: %w", err)
	}
	if err := room.chain(); err != nil {
		return fmt.Errorf("exams of the senior schools: %w", err)
	}
	if err := room.monitoring(s, set); err != nil {
		return fmt.Errorf("monitoring: %w", err)
	}
	if err := room.studies(s, set); err != nil {
		return fmt.Errorf("value added: %w", err)
	}
	return nil
}

// put makes an exam, imports its rows and, where that is asked for, closes it.
func (r *examRoom) put(e assessment.Exam, file string, rows [][]string, closed bool) error {
	made, err := r.desk.Create(r.ctx, r.actor, e)
	if err != nil {
		return err
	}
	if _, err := r.desk.Import(r.ctx, r.actor, made.ID, assessment.Source{File: file, Rows: rows, Tail: true}, nil); err != nil || !closed {
		return err
	}
	return r.desk.Close(r.ctx, r.actor, made.ID)
}

// juniorSchools are the schools with a junior stage and how many pupils of the third grade each has. One is very small.
func juniorSchools() ([]unit.Unit, []int) {
	var schools []unit.Unit
	var sizes []int
	for _, u := range Units() {
		if u.Kind != unit.School {
			continue
		}
		for _, stage := range u.Stages {
			if stage != unit.Junior {
				continue
			}
			size := whole(between(70, 130, u.Code, "grade nine"))
			switch {
			case u.Setting == unit.Urban:
				size = whole(between(200, 260, u.Code, "grade nine"))
			case u.Setting == unit.Rural:
				size = whole(between(9, 17, u.Code, "grade nine"))
			}
			schools, sizes = append(schools, u), append(sizes, size)
		}
	}
	return schools, sizes
}

// pupilName is an invented name.
func (r *examRoom) pupilName() string {
	family, given := []rune("陈李张黄何林梁罗谢曾吴邓温邱钟"), []rune("子轩雨涵思远嘉怡浩然欣妍俊杰晓彤文博梓萱宇航佳慧")
	return string(family[r.stream.Below(len(family))]) + string(given[r.stream.Below(len(given))]) + string(given[r.stream.Below(len(given))])
}

// number is an invented register number, which no real pupil can have: its region is that of the demo.
func (r *examRoom) number() string {
	r.serial++
	return fmt.Sprintf("L990121%012d", 201100000000+r.serial)
}

// mark turns an ability into a mark out of full: half marks, within bounds.
func (r *examRoom) mark(ability, mean, spread, full float64) string {
	share := mean + spread*(0.82*ability+0.57*r.stream.Normal())
	return strconv.FormatFloat(math.Round(min(max(share, 0), 1)*full*2)/2, 'f', -1, 64)
}

// sexes are given in turn, so that groups can be compared.
func sexOf(n int) string { return []string{"男", "女"}[n%2] }

// county makes the rows of the county exam: schools differ in intake, a few pupils are absent.
func (r *examRoom) county() error {
	e := countyExam()
	rows := [][]string{{"学籍号", "姓名", "学校代码", "班级", "性别"}}
	for n, s := range e.Subjects {
		if n != 1 {
			rows[0] = append(rows[0], s.Name)
		}
	}
	for _, item := range e.Subjects[1].Items {
		rows[0] = append(rows[0], e.Subjects[1].Name+item.Code)
	}
	schools, sizes := juniorSchools()
	for k, school := range schools {
		level := between(-0.45, 0.35, school.Code, "level of exams")
		if school.Setting == unit.Urban {
			level += 0.3
		}
		for n := range sizes[k] {
			ability := level + r.stream.Normal()
			number := r.number()
			r.ninth = append(r.ninth, ninth{number, school.Code, sexOf(n), ability})
			row := []string{number, r.pupilName(), school.Code, fmt.Sprintf("九（%d）班", n*max(1, sizes[k]/50)/sizes[k]+1), sexOf(n)}
			away := r.stream.Below(100) == 0
			for s, subject := range e.Subjects {
				switch {
				case s == 1:
				case away || r.stream.Below(250) == 0:
					row = append(row, "缺考")
				default:
					row = append(row, r.mark(ability, 0.62-0.02*float64(s%4), 0.17, subject.Full))
				}
			}
			rows = append(rows, append(row, r.answers(e.Subjects[1].Items, ability, away)...))
		}
	}
	return r.put(e, "九年级期末检测成绩.xlsx", rows, false)
}

// answers are the answers of a pupil to a paper: a choice where there is a key, marks else; some give up before the end.
func (r *examRoom) answers(items []assessment.Item, ability float64, away bool) []string {
	answers := make([]string, len(items))
	reached := len(items)
	if r.stream.Below(12) == 0 {
		reached -= 1 + r.stream.Below(4)
	}
	for n, item := range items {
		hard := -1.3 + 2.6*float64(n)/float64(len(items))
		right := 1 / (1 + math.Exp(-1.25*(ability-hard)))
		switch {
		case away || n >= reached:
		case item.Key != "":
			answers[n] = item.Key
			if r.stream.Float64() > 0.15+0.85*right {
				answers[n] = string("ABCD"[r.stream.Below(4)])
			}
		default:
			answers[n] = strconv.Itoa(whole(item.Full * min(max(right+0.18*r.stream.Normal(), 0), 1)))
		}
	}
	return answers
}
