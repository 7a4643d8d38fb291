package progress

import (
	"fmt"
	"math"
	"sync"
	"testing"

	"jiaoheng"
	"jiaoheng/assessment"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/stats"
)

// invented is a county whose true effects are known: three exams of the pupils of so many schools.
type invented struct {
	sheets map[string]assessment.Sheet
	truth  map[string]float64
}

func exam(id string, kind assessment.Kind, day string, full float64) assessment.Exam {
	held, _ := period.ParseDate(day)
	return assessment.Exam{ID: id, Owner: "110101", Name: id, Kind: kind, Held: held, Subjects: []assessment.Subject{
		{Code: "total", Name: "总分", Full: full, Total: true}, {Code: "maths", Name: "数学", Full: 150}}, Cuts: []assessment.Cut{{Name: "本科线", Least: full * 0.6}}}
}

// inventCounty makes schools of about size pupils. Entry is sat at junior schools. Some pupils move, some have no entry score.
func inventCounty(schools, size int, seed uint64) invented {
	s := stats.NewStream(seed)
	out := invented{sheets: map[string]assessment.Sheet{}, truth: map[string]float64{}}
	exams := map[string]assessment.Exam{"中考": exam("中考", assessment.Entrance, "2023-06-15", 750), "学考": exam("学考", assessment.Academic, "2025-01-10", 600),
		"高考": exam("高考", assessment.College, "2026-06-07", 750)}
	add := func(id, key, unit, track, group string, total, maths float64) {
		sheet := out.sheets[id]
		if sheet.Exam.ID == "" {
			sheet.Exam, sheet.Marks, sheet.Status = exams[id], make([][]float64, 2), make([][]assessment.Status, 2)
		}
		sheet.Pupils = append(sheet.Pupils, assessment.Pupil{Key: key, Unit: unit, Track: track, Group: group, Weight: 1})
		for n, mark := range []float64{total, maths} {
			full := sheet.Exam.Subjects[n].Full
			sheet.Marks[n] = append(sheet.Marks[n], math.Round(min(full, max(0, mark))))
			sheet.Status[n] = append(sheet.Status[n], assessment.Present)
		}
		out.sheets[id] = sheet
	}
	for j := range schools {
		code := fmt.Sprintf("H%02d", j)
		effect, mean := 20*s.Normal(), 30*s.Normal()
		out.truth[code] = effect
		for i := range size/2 + s.Below(size) {
			key := fmt.Sprintf("%s-%04d", code, i)
			able := mean + 60*s.Normal()
			track, group := []string{"历史", "物理"}[s.Below(2)], []string{"女", "男"}[s.Below(2)]
			if i%20 != 0 { // one in twenty came from outside and has no entry score
				add("中考", key, fmt.Sprintf("J%02d", s.Below(12)), "", group, 480+able+20*s.Normal(), 90+able/5+8*s.Normal())
			}
			if i%25 != 1 { // joined after the middle
				add("学考", key, code, track, group, 400+0.7*able+effect/2+20*s.Normal(), 90+able/5+8*s.Normal())
			}
			if i%30 != 2 { // left before the end
				add("高考", key, code, track, group, 460+0.9*able+effect+30*s.Normal(), 85+able/5+effect/5+8*s.Normal())
			}
		}
	}
	return out
}

// shipped are the packs, read once.
var shipped = sync.OnceValue(func() *pack.Set {
	set, faults := pack.Load(jiaoheng.Packs, nil)
	if faults != nil {
		panic(faults)
	}
	return set
})

func testRules(t *testing.T) (Rules, []string) {
	t.Helper()
	day, _ := period.ParseDate("2026-06-07")
	rules, packs, err := RulesOf(shipped(), day)
	if err != nil {
		t.Fatal(err)
	}
	return rules, packs
}

func threeWaves() Study {
	study := Standard("110101", "2026届进步值", "中考", "高考", true)
	study.Waves = append(study.Waves, Wave{Exam: "学考", Role: RoleMiddle})
	return study
}
