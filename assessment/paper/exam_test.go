package paper_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"jiaoheng/assessment"
	"jiaoheng/assessment/figure"
	"jiaoheng/assessment/paper"
	"jiaoheng/report"
	"jiaoheng/stats"
	"jiaoheng/stats/irt"
	"jiaoheng/stats/item"
	"jiaoheng/unit"
)

// sat is an exam of two subjects at the schools of names: the first far above, the second far below, the last with four pupils.
func sat(t *testing.T, sight assessment.Sight) paper.Exam {
	t.Helper()
	units := []unit.Unit{{Code: "990121", Name: "澄江县", Kind: unit.County}}
	sheet := assessment.Sheet{Exam: assessment.Exam{ID: "e", Owner: "990121", Name: "2026年九年级质量检测", Held: day("2026-06-20"), Stage: "junior", Design: assessment.Census,
		Subjects: []assessment.Subject{{Code: "chinese", Name: "语文", Full: 120, Total: true}, {Code: "maths", Name: "数学", Full: 100, Total: true}}}}
	sheet.Marks, sheet.Status = make([][]float64, 2), make([][]assessment.Status, 2)
	s := stats.NewStream(5)
	for j, name := range names {
		code := fmt.Sprintf("H%02d", j)
		units = append(units, unit.Unit{Code: code, Name: name, Kind: unit.School, Parent: "990121"})
		size, shift := 60, 0.0
		switch j {
		case 0:
			shift = 15
		case 1:
			shift = -15
		case len(names) - 1:
			size = 4
		}
		for i := range size {
			sheet.Pupils = append(sheet.Pupils, assessment.Pupil{Key: fmt.Sprint(j, "-", i), Unit: code, Weight: 1})
			for n, middle := range []float64{80, 60} {
				status := assessment.Present
				if i == 0 {
					status = assessment.Absent
				}
				sheet.Marks[n] = append(sheet.Marks[n], math.Round(min(sheet.Exam.Subjects[n].Full, max(0, middle+shift+12*s.Normal()))))
				sheet.Status[n] = append(sheet.Status[n], status)
			}
		}
	}
	tree, err := unit.Build(units)
	if err != nil {
		t.Fatal(err)
	}
	rules, err := assessment.RulesOf(shipped(), day("2026-06-20"))
	if err != nil {
		t.Fatal(err)
	}
	ask := figure.Ask{By: figure.BySchool, Tree: tree, Sight: sight}
	one := paper.Exam{Exam: sheet.Exam, Rules: rules, Total: figure.Of(sheet, rules, ask), Name: nameOf, Region: "全县"}
	for _, subject := range sheet.Exam.Subjects {
		ask.Subject = subject.Code
		one.Subjects = append(one.Subjects, figure.Of(sheet, rules, ask))
	}
	return one
}

func TestTheReportOfAnExamIsWrittenFromItsFigures(t *testing.T) {
	one := sat(t, assessment.Sight{All: true, Holder: true, Least: 10})
	r := one.Report(head)
	document(t, "exam", r)
	text := words(r)
	for _, want := range []string{"应考424人，实考416人，缺考8人，到考率98.1%", "语文得分率最高", "数学最低", "1所学校均分显著高于全县，1所显著低于全县，5所与全县无显著差异，1所人数不足", "不按分数排名"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	for _, block := range r.Blocks {
		if block.Table != nil && strings.Contains(block.Table.Caption, "各校") {
			var order []string
			for _, row := range block.Table.Rows {
				order = append(order, row[0])
			}
			if !slices.Equal(order, names) {
				t.Errorf("schools stand in the order %v", order)
			}
			if last := block.Table.Rows[len(names)-1]; last[2] != "—" {
				t.Errorf("the figures of four pupils are told: %v", last)
			}
		}
	}
}

func TestASchoolReadsItsMarksBesideAll(t *testing.T) {
	one := sat(t, assessment.Sight{Own: "H00", Units: map[string]bool{"H00": true}, Least: 10, Totals: map[string]bool{"990121": true}})
	r := one.School(head, "H00")
	document(t, "exam-school", r)
	text := words(r)
	if !strings.Contains(text, "3个科目（含总分）均与全县有显著差异") || strings.Contains(text, names[1]) {
		t.Errorf("%s", text)
	}
	if chart := chartOf(t, r, report.Bars); len(chart.Series) != 2 || !strings.Contains(chart.Sentence, "个百分点") {
		t.Errorf("the distribution is %v: %s", chart.Series, chart.Sentence)
	}
	if text := words(one.School(head, "H03")); !strings.Contains(text, "没有学生参加") {
		t.Errorf("a school that may not be seen is told:\n%s", text)
	}
}

func TestTheTeamReadsWhichItemsDoNotWork(t *testing.T) {
	s := stats.NewStream(11)
	const pupils, items = 400, 12
	data := item.Data{Scale: 1, Scores: make([][]int16, items)}
	answers := irt.Data{}
	for i := range items {
		data.Names, data.Full = append(data.Names, fmt.Sprintf("第%d题", i+1)), append(data.Full, 1)
		answers.Items = append(answers.Items, data.Names[i])
	}
	for range pupils {
		able := s.Normal()
		for i := range items {
			right := s.Float64() < 1/(1+math.Exp(-(1.4*able-float64(i-6)/3)))
			if i == 4 {
				right = s.Float64() < 0.5 // tells nothing
			}
			score := int16(0)
			if right {
				score = 1
			}
			data.Scores[i], answers.Scores = append(data.Scores[i], score), append(answers.Scores, byte(score))
		}
	}
	result, faults := item.Analyse(data, item.Options{})
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	fit, err := irt.Fit(answers, irt.Options{Model: irt.TwoPL})
	if err != nil {
		t.Fatal(err)
	}
	rules, err := assessment.RulesOf(shipped(), day("2026-06-20"))
	if err != nil {
		t.Fatal(err)
	}
	shown := fit.Map()
	r := paper.Items{Exam: assessment.Exam{Name: "2026年九年级质量检测"}, Subject: assessment.Subject{Name: "数学"}, Rules: rules, Result: result, Map: &shown, Model: "2PL"}.Report(head)
	document(t, "items", r)
	text := words(r)
	for _, want := range []string{"共12题，满分12分，400名学生参加分析", "道区分度低于0.2", "第5题", "个得分点中"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	if chart := chartOf(t, r, report.Scatter); len(chart.Series[0].Values) != items || !strings.Contains(chart.Sentence, "第5题") {
		t.Errorf("%d items are drawn: %s", len(chart.Series[0].Values), chart.Sentence)
	}
}
