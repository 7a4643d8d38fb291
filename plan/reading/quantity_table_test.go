package reading

import (
	"strings"
	"testing"

	"jiaoheng/document"
)

func TestTables(t *testing.T) {
	cases := []struct{ name, text, targets, facts string }{
		{"an indicator table with a column of units", "指标|单位|2020年|2025年|属性\n学前三年毛入园率|%|88.6|93|预期性\n生均图书|册|25|≥30|约束性",
			"学前三年毛入园率 =93% @2025 <88.6@2020\n生均图书 >=30册 @2025 <25@2020", "学前三年毛入园率 =88.6% @2020 baseline\n生均图书 =25册 @2020 baseline"},
		{"units in brackets and two goal years", "序号|指标名称|现状值|2023年|2025年\n1|巩固率（%）|96|97|98以上",
			"巩固率 =97% @2023 <96@2020\n巩固率 >=98% @2025 <96@2020", "巩固率 =96% @2020 baseline"},
		{"a row with nothing but a total", "指标|单位|2020年|2025年|五年累计\n巩固率|%|96|98|〔2〕\n新增学位|个|—|—|〔6000〕",
			"巩固率 =98% @2025 <96@2020\n新增学位 =6000个 @2025", "巩固率 =96% @2020 baseline"},
		{"growth beside its goal and growth alone", "指标|单位|2020年|2025年|年均增长\n巩固率|%|96|98|〔2〕\n教育投入|%|—|—|6",
			"巩固率 =98% @2025 <96@2020\n教育投入年均增长 increase6% @2025", "巩固率 =96% @2020 baseline"},
		{"a table of tasks with time limits", "序号|工作任务|责任单位|完成时限\n1|新建学校6所|教育局|2024年12月\n2|每年培训教师不少于300名|教育局|长期",
			"新建学校数 =6所 @2024-12\n培训教师人数 >=300名/年 @每年", ""},
		{"a table of projects with units in its head", "项目名称|建设规模（平方米）|总投资（万元）\n城关小学迁建|12000|5600",
			"城关小学迁建建设规模 =12000平方米\n城关小学迁建总投资 =5600万元", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			l := &layout{text: c.text, headings: []Heading{{Level: 1, Title: "正文"}}, parents: []int{-1}}
			at := 0
			for row, line := range strings.Split(c.text, "\n") {
				for column, cell := range strings.Split(line, "|") {
					l.sentences = append(l.sentences, Sentence{Span: document.Span{From: at, To: at + len(cell)}, Text: cell, Role: RoleGoal, Table: 1, Row: row, Column: column})
					at += len(cell) + 1
				}
			}
			targets, facts := quantities(l, Meta{Period: []int{2021, 2025}})
			if briefs(targets) != c.targets || briefs(facts) != c.facts {
				t.Errorf("got\n%s\nfacts\n%s\nwant\n%s\nfacts\n%s", briefs(targets), briefs(facts), c.targets, c.facts)
			}
			if left := unclaimed(l, targets, facts); len(left) > 0 {
				t.Errorf("unclaimed %v", left)
			}
		})
	}
}

func TestDeadlineSources(t *testing.T) {
	cases := []struct{ name, text, source string }{
		{"in the sentence", "到2024年新建学校6所。", "sentence"},
		{"a rhythm", "每学期听课不少于20节。", "period"},
		{"nothing but the plan", "新建学校6所。", "document"},
		{"a time limit in brackets", "新建学校6所。（完成时限：2024年6月）", "sentence"},
		{"another clause's time", "建设体育场，2024年通过验收，新建学校6所。", "document"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			targets, _, _ := readPart(RoleMeasure, c.text)
			if len(targets) != 1 || targets[0].DeadlineSource != c.source {
				t.Errorf("%s: got %+v, want one target with %s", c.text, targets, c.source)
			}
		})
	}
}
