package plan_test

import (
	"context"
	"strings"

	"jiaoheng/action"
	"jiaoheng/document"
	"jiaoheng/plan"
	"jiaoheng/plan/reading"
)

// planText is a small plan of an invented county, with mark-up in it that must come out as text.
const planText = "青溪县教育质量提升行动计划（2025—2027年）\n一、主要目标\n（一）学前教育\n到2027年，学前三年毛入园率达到96%以上，公办幼儿园在园幼儿占比由48%提高到60%。\n（二）教师队伍\n教师每5年完成不少于360学时的全员培训。\n二、重点任务\n县教育局于2025年12月底前编制全县中小学布局专项规划。\n实施“<b>青苗</b>计划”，培养青年骨干教师60名。\n建立教育质量监测制度。\n"

// sample is what a reader makes of planText, so that these tests do not depend on the rules of the reader.
func sample(text string, kindergarten, hours float64, deadline string) plan.Handed {
	origin := func(part string, confidence float64, path ...string) reading.Origin {
		from := strings.Index(text, part)
		if from < 0 {
			panic("no " + part)
		}
		span := document.Span{From: from, To: from + len(part)}
		return reading.Origin{Confidence: confidence, Rule: "test", Span: span, CleanSpan: span, Sentence: part, Path: path}
	}
	share, old, year, end := 60.0, 48.0, 2024, "2027"
	preschool, teachers, tasks := []string{"一、主要目标", "（一）学前教育"}, []string{"一、主要目标", "（二）教师队伍"}, []string{"二、重点任务"}
	draft := reading.Draft{
		Meta: reading.Meta{Title: "青溪县教育质量提升行动计划（2025—2027年）", Region: "青溪县", Issuer: "青溪县人民政府", Period: []int{2025, 2027}, Kind: "plan"},
		Outline: []reading.Heading{
			{ID: "h1", Level: 0, Title: "青溪县教育质量提升行动计划（2025—2027年）", Origin: origin("青溪县教育质量提升行动计划（2025—2027年）", 0.95)},
			{ID: "h2", Level: 1, Label: "一、", Title: "主要目标", Origin: origin("一、主要目标", 0.95)},
			{ID: "h3", Level: 2, Label: "（一）", Title: "学前教育", Origin: origin("（一）学前教育", 0.95)},
			{ID: "h4", Level: 2, Label: "（二）", Lost: true, Origin: origin("（二）教师队伍", 0.5)},
			{ID: "h5", Level: 1, Label: "二、", Title: "重点任务", Origin: origin("二、重点任务", 0.95)},
		},
		Targets: []reading.Quantity{
			{ID: "t1", Name: "学前三年毛入园率", Scope: "学前教育", Comparator: ">=", Value: &kindergarten, Unit: "%", Deadline: &end, Origin: origin("学前三年毛入园率达到9", 0.95, preschool...)},
			{ID: "t2", Name: "公办幼儿园在园幼儿占比", Scope: "学前教育", Comparator: ">=", Value: &share, Unit: "%", Deadline: &end,
				Baseline: &reading.Baseline{Value: old, Year: &year}, Origin: origin("公办幼儿园在园幼儿占比由48%提高到60%", 0.8, preschool...)},
			{ID: "t3", Name: "教师全员培训学时", Scope: "教师", Comparator: ">=", Value: &hours, Unit: "学时/5年", Origin: origin("教师每5年完成不少于3", 0.95, teachers...)},
		},
		Facts:      []reading.Quantity{{ID: "f1", Name: "公办幼儿园在园幼儿占比", Comparator: "=", Value: &old, Unit: "%", Origin: origin("由48%", 0.6, preschool...)}},
		Tasks:      []reading.Task{{ID: "k1", Title: "编制全县中小学布局专项规划", Responsible: "县教育局、县自然资源局", Deadline: &deadline, Origin: origin("编制全县中小学布局专项规划", 0.92, tasks...)}},
		Projects:   []reading.Project{{ID: "p1", Name: "“<b>青苗</b>计划”", Description: "培养青年骨干教师60名", Origin: origin("实施“<b>青苗</b>计划”", 0.9, tasks...)}},
		Mechanisms: []reading.Mechanism{{ID: "m1", Name: "教育质量监测制度", Type: "监测", Origin: origin("建立教育质量监测制度", 0.55, tasks...)}},
		Unclaimed:  []reading.Unclaimed{{Text: "60名", Span: origin("60名", 0).Span, CleanSpan: origin("60名", 0).Span}},
		Repairs: []document.Repair{{Rule: "pinyin", Before: "育(yù)", After: "育"}, {Rule: "pinyin", Before: "教(jiào)", After: "教"},
			{Rule: "page_number", Before: "\n- 3 -\n"}, {Rule: "unheard_of", Before: "甲", After: "乙"}},
	}
	return plan.Handed{File: "青溪县规划.txt", Data: []byte(text), Reading: draft,
		Document: document.Document{Source: document.Source{Format: "txt", Encoding: "utf-8"}, Clean: document.Identity(text)}}
}

// draft hands the sample over and returns the address of its desk.
func (s *site) draft(handed plan.Handed) string {
	s.Helper()
	stored, err := s.desks.Import(context.Background(), s.actor(), handed)
	if err != nil {
		s.Fatal(err)
	}
	return "/plan/draft/" + stored.ID
}

func (s *site) first() string { return s.draft(sample(planText, 96, 360, "2025-12")) }

// revision hands over a revision of a plan.
func (s *site) revision(adopted string) string {
	s.Helper()
	handed := sample(strings.NewReplacer("96%", "97%", "360学时", "300学时", "2025年12月", "2026年6月").Replace(planText), 97, 300, "2026-06")
	handed.Plan = strings.TrimPrefix(adopted, "/plan/adopted/")
	return s.draft(handed)
}

func (s *site) actor() action.Actor { return actorOf(s.person, s.role) }
