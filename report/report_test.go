package report_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"jiaoheng/export/docx"
	"jiaoheng/fault"
	"jiaoheng/plan/target"
	"jiaoheng/report"
)

// words is a report as plain text.
func words(r report.Report) string {
	var out strings.Builder
	out.WriteString(r.Title + "\n")
	for _, block := range r.Blocks {
		switch {
		case block.Heading != nil:
			fmt.Fprintf(&out, "# %s\n", block.Heading.Text)
		case block.Table != nil:
			fmt.Fprintf(&out, "[%s]\n", block.Table.Caption)
			for _, row := range block.Table.Rows {
				out.WriteString(strings.Join(row, " | ") + "\n")
			}
		case block.Chart != nil:
			fmt.Fprintf(&out, "(%s) %s\n", block.Chart.Title, block.Chart.Sentence)
		case block.Narrative != nil:
			out.WriteString(strings.Join(block.Narrative.Paragraphs(), "\n") + "\n")
		default:
			out.WriteString(block.Text + block.Note + "\n")
		}
	}
	return out.String()
}

func TestEveryKindHasItsParts(t *testing.T) {
	cases := map[report.Kind][]string{
		report.Weekly:    {"周调度（2023年11月20日至2023年11月26日）", "截至2023年11月22日，澄江县承担", "与上期相比", "首次编报", "到期1件，目前逾期2件", "建成三所幼儿园 | 规划任务 | 澄江县 | 计财股", "第9小学静默时间最长，已61天", "〔待澄江县教育局填写：需要上级"},
		report.Monthly:   {"2023年11月", "[各单位目标亮灯情况]", "第1小学 | 40 |", "各责任单位目标亮灯情况", "[目标进展（第1部分）]", "目标指标1 | 第1股室 | 88%（2020年） | 不低于95% |"},
		report.Quarterly: {"2023年第4季度", "# 规划任务", "规划任务共12件，已办结5件，占41.7%；在办7件，其中逾期2件", "完成校长轮岗", "| 22", "督查发现的主要问题"},
		report.Yearly:    {"2023年度", "2023年度，", "92.2%", "[学校发展考核]", "2024年工作安排", "滞后或有风险的原因"},
		report.Midterm:   {"中期评估报告", "（2021—2025年）", "93.3%（92—94.5）", "规划修订建议", "| 95% | 93.2% |", "对上述修订建议的意见"},
		report.Final:     {"终期评估报告", "经验和启示", "对下一轮规划的建议"},
	}
	for kind, wants := range cases {
		text := words(*composed(kind))
		for _, want := range wants {
			if !strings.Contains(text, want) {
				t.Errorf("%s: no %q in\n%s", kind, want, text)
			}
		}
		if strings.Contains(text, "{") {
			t.Errorf("%s: a place stays open in %s", kind, text[strings.Index(text, "{")-40:])
		}
	}
	if _, err := report.Compose(report.Sources{Ask: report.Ask{Kind: "daily"}}); len(fault.Of(err)) != 1 || fault.Of(err)[0].Code != "report.kind_unknown" {
		t.Errorf("an unknown kind: %v", err)
	}
}

// The same sources give the same bytes, keys stand in byte order, and what is read back is the same report.
func TestCanonicalJSON(t *testing.T) {
	for _, kind := range report.Kinds() {
		one := composed(kind)
		data := one.Canonical()
		if string(data) != string(composed(kind).Canonical()) || one.Digest() != composed(kind).Digest() {
			t.Errorf("%s: the same sources give other bytes", kind)
		}
		var back report.Report
		if err := json.Unmarshal(data, &back); err != nil {
			t.Fatal(err)
		}
		if back.Digest() != one.Digest() {
			t.Errorf("%s: read back it has another hash", kind)
		}
		var any map[string]any
		if err := json.Unmarshal(data, &any); err != nil {
			t.Fatal(err)
		}
		sorted, err := json.Marshal(any)
		if err != nil {
			t.Fatal(err)
		}
		plain := strings.NewReplacer(`\u003c`, "<", `\u003e`, ">", `\u0026`, "&").Replace(string(sorted))
		if plain != string(data) {
			t.Errorf("%s: keys do not stand in byte order", kind)
		}
	}
}

// Nothing of a report without targets panics; nothing is invented.
func TestEmptySources(t *testing.T) {
	for _, kind := range report.Kinds() {
		one, err := report.Compose(report.Sources{Ask: report.Ask{Kind: kind, Day: county(kind, 0, 0).Day}, UnitName: "澄江县"})
		if err != nil {
			t.Fatal(err)
		}
		if text := words(*one); !strings.Contains(text, "没有承担") {
			t.Errorf("%s: %s", kind, text)
		}
	}
}

func TestChangesAreTakenFromTheReportBefore(t *testing.T) {
	s := county(report.Weekly, 3, 0)
	s.Targets[0].Light, s.Targets[1].Light, s.Targets[2].Light = target.Late, target.Normal, target.Normal
	before, err := report.Compose(s)
	if err != nil {
		t.Fatal(err)
	}
	before.Number = "教调〔2023〕1号"
	s.Before = before
	s.Targets[0].Light, s.Targets[1].Light = target.Normal, target.AtRisk
	after, err := report.Compose(s)
	if err != nil {
		t.Fatal(err)
	}
	text := words(*after)
	for _, want := range []string{"教调〔2023〕1号", "好转1项，变差1项", "目标指标1 | 第1股室 | 滞后 | 正常", "目标指标2 | 第2股室 | 正常 | 有风险"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	if strings.Contains(text, "目标指标3 | 第3股室 | 正常") {
		t.Error("an unchanged light is told")
	}
}

func TestWhatTheYearAsksFor(t *testing.T) {
	s := county(report.Yearly, 4, 0)
	for k, value := range []float64{92.2, 92.1, 96, 0} {
		s.Targets[k].Light, s.Targets[k].Value = target.Normal, report.Sure(value)
	}
	s.Targets[2].Light, s.Targets[3].Light, s.Targets[3].Value = target.Reached, target.NoData, report.Value{}
	one, err := report.Compose(s)
	if err != nil {
		t.Fatal(err)
	}
	// The path from 88 at the end of 2020 to 95 at the end of 2025 stands at 92.2 at the end of 2023.
	if text := words(*one); !strings.Contains(text, "3项目标可以判定，完成2项，完成率66.7%；另有1项暂无法判定") {
		t.Error(text)
	}
}

func TestProposals(t *testing.T) {
	s := county(report.Midterm, 5, 0)
	for k := range s.Targets {
		s.Targets[k].Light, s.Targets[k].Middle = target.Late, report.Sure(93.26)
	}
	s.Targets[1].Light = target.Normal
	s.Targets[2].Middle = report.Value{}
	s.Targets[3].Middle = report.Sure(97)
	s.Targets[4].Goal.Direction, s.Targets[4].Goal.Value, s.Targets[4].Middle = target.AtMost, target.Sure(5), report.Sure(6.31)
	var got []string
	for _, one := range s.Proposals() {
		got = append(got, fmt.Sprint(one.Target, " ", one.Value.Number, " ", one.Proposed.Number))
	}
	if want := []string{"1.t1 95 93.2", "1.t5 5 6.4"}; !slices.Equal(got, want) {
		t.Errorf("proposals %q, want %q", got, want)
	}
}

func TestAFigureStatedOtherwiseNeedsAReason(t *testing.T) {
	figure := report.Figure{Name: "巩固率", Value: report.Sure(94.23), Unit: "%", Decimals: 1}
	with := func(change func(f *report.Figure)) report.Figure { f := figure; change(&f); return f }
	cases := []struct {
		name, text string
		figure     report.Figure
		refused    bool
	}{
		{"nothing stated", "继续努力。", figure, false},
		{"the stored figure, as it is shown", "巩固率达到94.2%。", figure, false},
		{"another figure in the text", "我县巩固率已达96%，成效明显。", figure, true},
		{"another figure with a reason", "我县巩固率已达96%。", with(func(f *report.Figure) { f.Why = "含转入学生" }), false},
		{"a figure of something else", "巩固率稳定，入学率达96%。", figure, false},
		{"another measure", "巩固率核查3所学校。", figure, false},
		{"stated in its field", "", with(func(f *report.Figure) { f.Stated = report.Sure(95) }), true},
		{"stated the same", "", with(func(f *report.Figure) { f.Stated = report.Sure(94.2) }), false},
		{"stated with a reason", "", with(func(f *report.Figure) { f.Stated, f.Why = report.Sure(95), "年底核实数" }), false},
		{"stated where nothing is stored", "", with(func(f *report.Figure) { f.Value, f.Stated = report.Value{}, report.Sure(95) }), true},
		{"full-width per cent", "巩固率为９６％。", figure, true},
	}
	for _, c := range cases {
		faults := report.Narrative{Text: c.text, Figures: []report.Figure{c.figure}}.Check()
		if got := len(faults) > 0; got != c.refused {
			t.Errorf("%s: refused %v: %v", c.name, got, faults.Err())
		}
	}
	told := report.Narrative{Text: "x", Figures: []report.Figure{with(func(f *report.Figure) { f.Stated, f.Why = report.Sure(95), "年底核实数" })}}.Paragraphs()
	if want := "（巩固率：填报95%，系统存数94.2%。说明：年底核实数）"; told[len(told)-1] != want {
		t.Errorf("printed %q, want %q", told, want)
	}
}

func TestWhatWasWrittenIsKept(t *testing.T) {
	before, again := composed(report.Yearly), composed(report.Yearly)
	for _, one := range before.Narratives() {
		one.Text = "写给" + one.ID
		for k := range one.Figures {
			one.Figures[k].Stated, one.Figures[k].Why = report.Sure(99), "核实数"
		}
	}
	again.Keep(*before)
	for k, one := range again.Narratives() {
		if one.Text != before.Narratives()[k].Text {
			t.Errorf("%s: %q", one.ID, one.Text)
		}
		for _, figure := range one.Figures {
			if figure.Why != "核实数" || !figure.Stated.Is {
				t.Errorf("%s: figure %+v", one.ID, figure)
			}
		}
	}
	ids := map[string]bool{}
	for _, one := range again.Narratives() {
		if ids[one.ID] {
			t.Errorf("two narratives have the id %s", one.ID)
		}
		ids[one.ID] = true
	}
}

// The yearly report of a county of 60 schools and 400 targets, from its figures to the document.
func BenchmarkReportYearly(b *testing.B) {
	s := county(report.Yearly, 400, 60)
	for b.Loop() {
		one, err := report.Compose(s)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := docx.WriteReport(*one); err != nil {
			b.Fatal(err)
		}
	}
}
