package demo

import (
	"fmt"
	"strconv"

	"jiaoheng/assessment"
	"jiaoheng/assessment/sample"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/store"
	"jiaoheng/unit"
)

// MonitoringExam is the name of the monitoring test of a year in the demo.
func MonitoringExam(year int) string {
	return fmt.Sprintf("%d年八年级数学质量监测（抽样）", year)
}

// monitoring makes the monitoring tests of two years: some schools of each stratum are drawn, their pupils stand for all of it.
func (r *examRoom) monitoring(s *store.Store, set *pack.Set) error {
	samples := sample.NewDesk(set, r.desk, s)
	for n, year := range []int{LastYear - 1, LastYear} {
		e := assessment.Exam{Owner: CountyCode, Name: MonitoringExam(year), Kind: assessment.Monitoring, Design: assessment.Sample, Stage: "junior", Grade: "八年级",
			Held: period.Date{Year: year, Month: 5, Day: 22}, Identity: assessment.Registered,
			Subjects: []assessment.Subject{{Code: "mathematics", Name: "数学", Full: 100, Total: true}},
			Cuts: []assessment.Cut{{Name: "合格", Subject: "mathematics", Least: 60}, {Name: "良好", Subject: "mathematics", Least: 75},
				{Name: "优秀", Subject: "mathematics", Least: 85}}}
		frame, rows := r.drawn(0.015 * float64(n))
		made, err := r.desk.Create(r.ctx, r.actor, e)
		if err != nil {
			return err
		}
		if _, err := r.desk.Import(r.ctx, r.actor, made.ID, assessment.Source{File: "监测成绩.xlsx", Rows: rows}, nil); err != nil {
			return err
		}
		frame.Exam, frame.Supplier = made.ID, "某教育评价中心"
		if err := samples.Save(r.ctx, r.actor, frame); err != nil {
			return err
		}
		if err := r.desk.Close(r.ctx, r.actor, made.ID); err != nil {
			return err
		}
	}
	return nil
}

// drawn draws every second school of towns and both of the country, and makes the marks of their pupils; gain moves the share of marks earned.
func (r *examRoom) drawn(gain float64) (sample.Frame, [][]string) {
	rows := [][]string{{"学籍号", "姓名", "学校代码", "数学", "权重", "抽样层"}}
	strata := []sample.Stratum{{Name: "城镇学校"}, {Name: "乡村学校"}}
	schools, sizes := juniorSchools()
	taken := make([]int, len(strata))
	of := func(u unit.Unit) int {
		if u.Setting == unit.Rural {
			return 1
		}
		return 0
	}
	in := func(u unit.Unit) bool { return of(u) == 1 || strata[0].Schools%2 == 1 }
	for k, school := range schools {
		stratum := &strata[of(school)]
		stratum.Schools++
		stratum.Pupils += sizes[k]
		if in(school) {
			stratum.Drawn = append(stratum.Drawn, sample.School{Code: school.Code, Enrolled: sizes[k]})
			taken[of(school)] += sizes[k]
		}
	}
	for _, stratum := range strata {
		for _, drawn := range stratum.Drawn {
			level := between(-0.4, 0.3, drawn.Code, "level of monitoring")
			at := 0
			if stratum.Name == strata[1].Name {
				at = 1
			}
			weight := strconv.FormatFloat(float64(stratum.Pupils)/float64(taken[at]), 'f', 4, 64)
			for range drawn.Enrolled {
				mark := r.mark(level+r.stream.Normal(), 0.66+gain, 0.17, 100)
				if r.stream.Below(80) == 0 {
					mark = "缺考"
				}
				rows = append(rows, []string{r.number(), r.pupilName(), drawn.Code, mark, weight, stratum.Name})
			}
		}
	}
	return sample.Frame{Strata: strata}, rows
}
