package paper_test

import (
	"fmt"
	"math"
	"sync"
	"testing"

	"jiaoheng"
	"jiaoheng/assessment"
	"jiaoheng/assessment/paper"
	"jiaoheng/assessment/progress"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/stats"
)

var shipped = sync.OnceValue(func() *pack.Set {
	set, faults := pack.Load(jiaoheng.Packs, nil)
	if faults != nil {
		panic(faults)
	}
	return set
})

func day(text string) period.Date {
	d, _ := period.ParseDate(text)
	return d
}

// names of places that do not exist, some long.
var names = []string{"澄江第一中学", "青岩中学", "滴水镇九年一贯制学校", "石门河中学", "白云民族中学", "云岭县第二高级中学（东校区）", "柳溪中学", "大坪初级中学"}

func nameOf(code string) string {
	var n int
	if _, err := fmt.Sscanf(code, "H%d", &n); err == nil && n < len(names) {
		return names[n]
	}
	return code
}

var speaker = progress.Speaker{Language: message.Chinese, Name: nameOf, Region: "全县"}

var head = paper.Head{Bureau: "澄江县教育局", Unit: "990121", UnitName: "澄江县", Day: period.Date{Year: 2026, Month: 7, Day: 1}}

func exam(id, held string, full float64) assessment.Exam {
	return assessment.Exam{ID: id, Owner: "990121", Name: id, Held: day(held), Subjects: []assessment.Subject{{Code: "total", Name: "总分", Full: full, Total: true}},
		Cuts: []assessment.Cut{{Name: "本科线", Least: full * 0.6}}}
}

// invent makes three exams of eight schools: the first adds 40 points, the second takes 40, the last has few pupils.
func invent(t *testing.T) progress.Result {
	t.Helper()
	s := stats.NewStream(8)
	sheets := map[string]assessment.Sheet{"中考": {Exam: exam("中考", "2023-06-15", 750)}, "学考": {Exam: exam("学考", "2025-01-10", 600)}, "高考": {Exam: exam("高考", "2026-06-07", 750)}}
	add := func(id, key, unit string, mark float64) {
		sheet := sheets[id]
		sheet.Pupils = append(sheet.Pupils, assessment.Pupil{Key: key, Unit: unit, Track: "物理", Group: "女", Weight: 1})
		if sheet.Marks == nil {
			sheet.Marks, sheet.Status = make([][]float64, 1), make([][]assessment.Status, 1)
		}
		sheet.Marks[0] = append(sheet.Marks[0], math.Round(min(sheet.Exam.Subjects[0].Full, max(0, mark))))
		sheet.Status[0] = append(sheet.Status[0], assessment.Present)
		sheets[id] = sheet
	}
	for j := range names {
		size, effect := 150, 0.0
		switch j {
		case 0:
			effect = 40
		case 1:
			effect = -40
		case len(names) - 1:
			size = 12
		}
		for i := range size {
			key, able := fmt.Sprintf("%d-%d", j, i), float64(10*(j-3))+60*s.Normal()
			add("中考", key, fmt.Sprintf("J%02d", s.Below(5)), 480+able+15*s.Normal())
			add("学考", key, fmt.Sprintf("H%02d", j), 400+0.7*able+effect/2+15*s.Normal())
			add("高考", key, fmt.Sprintf("H%02d", j), 460+0.9*able+effect+25*s.Normal())
		}
	}
	study := progress.Standard("990121", "2026届", "中考", "高考", true)
	study.Waves = append(study.Waves, progress.Wave{Exam: "学考", Role: progress.RoleMiddle})
	rules, packs, err := progress.RulesOf(shipped(), day("2026-06-07"))
	if err != nil {
		t.Fatal(err)
	}
	result, _, err := progress.Compute(study, rules, packs, sheets)
	if err != nil {
		t.Fatal(err)
	}
	return result
}
