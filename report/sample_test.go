package report_test

import (
	"fmt"
	"math/rand/v2"

	"jiaoheng/period"
	"jiaoheng/plan/target"
	"jiaoheng/report"
)

// county are the sources of a report on a county with so many targets and units below, drawn from a seed.
func county(kind report.Kind, targets, units int) report.Sources {
	random := rand.New(rand.NewPCG(5, 2026))
	s := report.Sources{Ask: report.Ask{Kind: kind, Plan: "p1", Unit: "990121", Day: period.Date{Year: 2023, Month: 11, Day: 22}}, PlanName: "教育质量提升规划", From: 2021, To: 2025,
		UnitName: "澄江县", Bureau: "澄江县教育局", Organ: "澄江县教育局文件", Recipient: "各乡镇中心学校", Rules: []string{"亮灯规则：按规划路径和预计值判定。"}}
	for n := range targets {
		one := report.Standing{Track: target.Track(fmt.Sprintf("1.t%d", n+1)), Name: fmt.Sprintf("目标指标%d", n+1), Section: fmt.Sprintf("第%d部分", n/15+1), Lead: fmt.Sprintf("O%d", n%9), LeadName: fmt.Sprintf("第%d股室", n%9+1),
			Goal: target.Goal{Direction: target.AtLeast, Value: target.Sure(95), Unit: "%", Baseline: target.Sure(88), BaselineYear: 2020, Deadline: period.Date{Year: 2025, Month: 12, Day: 31}}, Decimals: 1,
			Light: target.Lights()[random.IntN(5)], Why: "按规则", Least: report.Sure(95), Path: []target.Step{{At: 2021, Value: 88}, {At: 2026, Value: 95}}}
		if one.Light != target.NoData {
			one.Value, one.Of, one.Expected = report.Sure(90+random.Float64()), "2022年", report.Sure(90.8)
			if one.Light == target.Reached {
				one.Value = report.Sure(95 + random.Float64())
			}
			one.Gap, one.Needed = report.Sure(max(0, 95-one.Value.Number)), report.Sure(max(0, 95-one.Value.Number)/3)
			one.Middle, one.Low, one.High = report.Sure(93.26), report.Sure(92), report.Sure(94.5)
			one.Points = []report.Point{{At: 2021, Name: "2020年", Value: 88}, {At: 2022, Name: "2021年", Value: 89}, {At: 2023, Name: "2022年", Value: one.Value.Number}}
		} else {
			one.Lacks = "未报"
		}
		s.Targets = append(s.Targets, one)
	}
	for n := range units {
		tally := report.Tally{Code: fmt.Sprintf("S%d", n), Name: fmt.Sprintf("第%d小学", n+1)}
		for range targets {
			tally.Counts[target.Lights()[random.IntN(5)]]++
		}
		s.Units = append(s.Units, tally)
		s.Rated = append(s.Rated, report.Rated{Name: tally.Name, Sheet: "学校发展考核", Score: report.Sure(60 + 40*random.Float64()), Rank: n + 1})
	}
	s.Offices = s.Units[:min(9, len(s.Units))]
	s.Ledgers = []report.Ledger{{Name: "plan_task", Title: "规划任务", States: []report.StateCount{{Name: "亮任务", Count: 4}, {Name: "抓督查", Count: 3}, {Name: "已办结", Count: 5, Final: true}}, Open: 7, Overdue: 2,
		Due:  []report.Item{{Name: "建成三所幼儿园", UnitName: "澄江县", LeadName: "计财股", State: "抓督查", Due: period.Date{Year: 2023, Month: 11, Day: 24}}},
		Late: []report.Item{{Name: "完成校长轮岗", UnitName: "澄江县", LeadName: "人事股", State: "亮任务", Due: period.Date{Year: 2023, Month: 10, Day: 31}, DaysLate: 22}}}}
	s.Silent = []report.Silence{{Name: "第3小学", Days: 45, Targets: 6}, {Name: "第9小学", Days: 61, Targets: 2}}
	return s
}

func composed(kind report.Kind) *report.Report {
	one, err := report.Compose(county(kind, 40, 12))
	if err != nil {
		panic(err)
	}
	return one
}
