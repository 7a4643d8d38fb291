//go:build office

package e2e

import (
	"fmt"
	"strings"
	"testing"

	"jiaoheng/export/docx"
	"jiaoheng/period"
	"jiaoheng/plan/target"
	"jiaoheng/report"
)

// reportSources are small sources with everything that a report can hold; no two figures are the same.
func reportSources(kind report.Kind) report.Sources {
	day := period.Date{Year: 2023, Month: 11, Day: 22}
	s := report.Sources{Ask: report.Ask{Kind: kind, Plan: "p", Unit: "990121", Day: day}, PlanName: "教育质量提升规划", From: 2021, To: 2025, UnitName: "澄江县", Bureau: "澄江县教育局", Organ: "澄江县教育局文件",
		Rules: []string{"亮灯规则见系统说明。"}}
	for n, light := range target.Lights() {
		one := report.Standing{Track: target.Track(fmt.Sprintf("1.t%d", n)), Name: []string{"巩固率", "毛入园率", "体质优良率", "普惠率", "达标率"}[n], Section: "主要目标", Lead: "O1", LeadName: "基础教育股", Decimals: 2, Light: light, Why: "按路径判定",
			Goal:  target.Goal{Direction: target.AtLeast, Value: target.Sure(95.5 + float64(n)), Unit: "%", Baseline: target.Sure(81.25 + float64(n)), BaselineYear: 2020, Deadline: period.Date{Year: 2025, Month: 12, Day: 31}},
			Least: report.Sure(95.5 + float64(n)), Path: []target.Step{{At: 2021, Value: 81.25 + float64(n)}, {At: 2026, Value: 95.5 + float64(n)}}}
		if light != target.NoData {
			one.Value, one.Of, one.Expected, one.Gap, one.Needed = report.Sure(85.37+float64(n)), "2022年", report.Sure(86.95+float64(n)), report.Sure(10.13), report.Sure(3.38)
			one.Middle, one.Low, one.High = report.Sure(91.46+float64(n)), report.Sure(89.14+float64(n)), report.Sure(93.78+float64(n))
			one.Points = []report.Point{{At: 2022, Name: "2021年", Value: 83.61 + float64(n)}, {At: 2023, Name: "2022年", Value: one.Value.Number}}
		}
		s.Targets = append(s.Targets, one)
	}
	s.Units = []report.Tally{{Name: "城关镇", Counts: [6]int{0, 11, 7, 5, 3, 2}}, {Name: "青岩乡", Counts: [6]int{0, 9, 8, 6, 4, 1}}}
	s.Offices = []report.Tally{{Name: "基础教育股", Counts: [6]int{0, 12, 13, 14, 15, 16}}}
	s.Ledgers = []report.Ledger{{Title: "规划任务", States: []report.StateCount{{Name: "亮任务", Count: 17}, {Name: "已办结", Count: 18, Final: true}}, Open: 17, Overdue: 1,
		Due: []report.Item{{Name: "建成幼儿园", UnitName: "澄江县", LeadName: "计财股", State: "亮任务", Due: day}}, Late: []report.Item{{Name: "完成轮岗", UnitName: "澄江县", LeadName: "人事股", State: "亮任务", Due: day.AddDays(-19), DaysLate: 19}}}}
	s.Silent = []report.Silence{{Name: "滴水小学", Days: 47, Targets: 6}}
	s.Rated = []report.Rated{{Name: "城关小学", Sheet: "学校考核", Score: report.Sure(88.75), Rank: 1}, {Name: "滴水小学", Sheet: "学校考核", Score: report.Sure(79.5), Rank: 2, Card: "黄牌"}}
	return s
}

// Every kind of report opens in an office program; every heading, sentence, cell and figure of a chart is in its print.
func TestEveryReportOpensInAnOffice(t *testing.T) {
	for _, kind := range report.Kinds() {
		one, err := report.Compose(reportSources(kind))
		if err != nil {
			t.Fatal(err)
		}
		one.Number = "教评〔2023〕7号"
		data, err := docx.WriteReport(*one)
		if err != nil {
			t.Fatal(err)
		}
		text, size := printed(t, string(kind)+".docx", data)
		if !strings.Contains(size, "A4") {
			t.Errorf("%s: page size %s", kind, size)
		}
		// Lines of a print tear words apart and mix the columns of a table: what is looked for has no more than a short word's length.
		wants := []string{"教评〔2023〕7号", "澄江县教育局文件", "2023年11月22日"}
		for _, block := range one.Blocks {
			switch {
			case block.Heading != nil:
				wants = append(wants, block.Heading.Text)
			case block.Table != nil:
				wants = append(wants, block.Table.Caption)
				for _, row := range block.Table.Rows {
					for n, cell := range row {
						if block.Table.Columns[n].Align == report.Figures && len([]rune(cell)) <= 6 {
							wants = append(wants, cell)
						}
					}
				}
			case block.Chart != nil:
				wants = append(wants, block.Chart.Title)
				for _, series := range block.Chart.Series {
					for _, value := range series.Values {
						if value.Is && value.Number != 0 && !series.Quiet {
							wants = append(wants, fmt.Sprintf("%.*f", block.Chart.Decimals, value.Number))
						}
					}
				}
			}
		}
		for _, want := range wants {
			if !strings.Contains(text, strings.Join(strings.Fields(want), "")) {
				t.Errorf("%s: %q is not in the print", kind, want)
			}
		}
	}
}
