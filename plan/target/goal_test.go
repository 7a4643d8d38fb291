package target_test

import (
	"testing"

	"jiaoheng/period"
	"jiaoheng/plan"
	"jiaoheng/plan/target"
	"jiaoheng/unit"
)

func TestTheGoalOfTheOwnUnitIsWhatThePlanSays(t *testing.T) {
	content := plan.Content{From: 2021, To: 2025}
	cases := []struct {
		name      string
		fields    map[string]string
		sentence  string
		direction target.Direction
		value     float64
		deadline  string
	}{
		{"at least", map[string]string{"name": "毛入园率", "comparator": ">=", "value": "95", "unit": "%"}, "", target.AtLeast, 95, "2025-12-31"},
		{"at most by a month", map[string]string{"name": "大班额比例", "comparator": "<=", "value": "2", "deadline": "2023-06"}, "", target.AtMost, 2, "2023-06-30"},
		{"within", map[string]string{"name": "职普比", "comparator": "range", "value": "40", "value_max": "60"}, "", target.Within, 40, "2025-12-31"},
		{"increase by a day", map[string]string{"name": "学位", "comparator": "increase", "value": "900", "deadline": "2024-08-31"}, "", target.Increase, 900, "2024-08-31"},
		{"decrease", map[string]string{"name": "辍学人数", "comparator": "decrease", "value": "30"}, "", target.Decrease, 30, "2025-12-31"},
		{"equal is at least", map[string]string{"name": "普及率", "comparator": "=", "value": "100"}, "", target.AtLeast, 100, "2025-12-31"},
		{"equal below the baseline is at most", map[string]string{"name": "辍学率", "comparator": "=", "value": "1", "baseline": "3"}, "", target.AtMost, 1, "2025-12-31"},
		{"years of the plan as a deadline", map[string]string{"name": "覆盖率", "comparator": ">=", "value": "90", "deadline": "2021-2025"}, "", target.AtLeast, 90, "2025-12-31"},
		{"each term is no day", map[string]string{"name": "听课", "comparator": ">=", "value": "20", "deadline": "每学期"}, "", target.AtLeast, 20, "2025-12-31"},
		{"above the parent", map[string]string{"name": "优良率"}, "优良率超过清远市平均水平。", target.AboveParent, 0, "2025-12-31"},
		{"only rise", map[string]string{"name": "生均经费"}, "确保生均经费只增不减。", target.Rise, 0, "2025-12-31"},
		{"only fall", map[string]string{"name": "近视率"}, "近视率逐年下降。", target.Fall, 0, "2025-12-31"},
		{"by a year", map[string]string{"name": "校长负责制改革", "deadline": "2023"}, "2023年底前完成校长负责制改革。", target.ByDate, 0, "2023-12-31"},
		{"a number holds against words of the sentence", map[string]string{"name": "巩固率", "comparator": ">=", "value": "93"}, "巩固率高于全省平均水平，达到93%。", target.AtLeast, 93, "2025-12-31"},
	}
	for _, c := range cases {
		goal := target.GoalOf(plan.Node{Kind: plan.Target, Fields: c.fields, Sentence: c.sentence}, content)
		if goal.Direction != c.direction || goal.Value.Number != c.value || goal.Value.Is != (c.fields["value"] != "") || goal.Deadline.String() != c.deadline {
			t.Errorf("%s: got %+v", c.name, goal)
		}
	}
}

func TestEarlierDeadlinesOfTheSameTargetAreSlices(t *testing.T) {
	node := func(id, value, deadline string) plan.Node {
		return plan.Node{ID: id, Kind: plan.Target, Fields: map[string]string{"name": "覆盖率", "comparator": ">=", "value": value, "unit": "%", "deadline": deadline, "baseline": "80", "baseline_year": "2020"}}
	}
	content := plan.Content{To: 2025, Nodes: []plan.Node{node("a", "90", "2023"), node("b", "95", "2025"), node("c", "85", "2021")}}
	goal := target.GoalOf(content.Nodes[1], content)
	if len(goal.Slices) != 2 || goal.Slices[0] != (target.Slice{Year: 2021, Value: 85}) || goal.Slices[1] != (target.Slice{Year: 2023, Value: 90}) {
		t.Errorf("got %v", goal.Slices)
	}
	if goal.Baseline != target.Sure(80) || goal.BaselineYear != 2020 {
		t.Errorf("got %+v", goal)
	}
	if first := target.GoalOf(content.Nodes[2], content); len(first.Slices) != 0 {
		t.Errorf("the first has slices %v", first.Slices)
	}
}

func TestAmountsForEachDoNotAddUp(t *testing.T) {
	for name, want := range map[string]bool{"新建公办幼儿园数": true, "每百名学生拥有县级以上骨干教师数": false, "小学生均教学及辅助用房面积": false, "招聘紧缺学科教师人数": true, "乡村教师生活补助标准": false} {
		goal := target.GoalOf(plan.Node{Kind: plan.Target, Fields: map[string]string{"name": name, "value": "10", "unit": "人", "comparator": ">="}}, plan.Content{To: 2025})
		if got := target.Additive(goal); got != want {
			t.Errorf("%s: got %v", name, got)
		}
	}
}

// region is a city with two counties; the first has a township with two schools and a kindergarten in the county town.
func region(t *testing.T) *unit.Tree {
	t.Helper()
	tree, err := unit.Build([]unit.Unit{
		{Code: "1", Name: "澜川市", Kind: unit.City},
		{Code: "11", Name: "澄源县", Kind: unit.County, Parent: "1"},
		{Code: "12", Name: "石泉县", Kind: unit.County, Parent: "1"},
		{Code: "OFF", Name: "教育局", Kind: unit.Office, Parent: "11"},
		{Code: "111", Name: "枫坞镇", Kind: unit.Township, Parent: "11"},
		{Code: "S1", Name: "中心小学", Kind: unit.School, Parent: "111", Stages: []unit.Stage{unit.Primary}},
		{Code: "S1-primary", Name: "中心小学", Kind: unit.Section, Parent: "S1", Stages: []unit.Stage{unit.Primary}},
		{Code: "S2", Name: "第一中学", Kind: unit.School, Parent: "111", Stages: []unit.Stage{unit.Senior}},
		{Code: "K1", Name: "机关幼儿园", Kind: unit.Kindergarten, Parent: "11", Stages: []unit.Stage{unit.Preschool}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

func TestHomeIsTheUnitWhosePlanItIs(t *testing.T) {
	tree := region(t)
	for name, want := range map[string]string{"澄源县": "11", "广东省澜川市澄源县": "11", "澄源": "11", "澜川市": "1", "石泉": "12", "别处市": "1", "": "1"} {
		if got := target.Home(tree, plan.Plan{Region: name}); got != want {
			t.Errorf("region %q: got %q, want %q", name, got, want)
		}
	}
	empty, _ := unit.Build(nil)
	if got := target.Home(empty, plan.Plan{Region: "澄源县"}); got != "" {
		t.Errorf("no units: got %q", got)
	}
}

func TestAUnitSharesOutToTheUnitsBelowIt(t *testing.T) {
	tree := region(t)
	codes := func(parent string) (codes string) {
		for _, n := range target.Below(tree, parent) {
			codes += tree.At(n).Code + " "
		}
		return codes
	}
	for parent, want := range map[string]string{"1": "11 12 ", "11": "S1 S2 K1 ", "12": "", "S1": "", "nobody": ""} {
		if got := codes(parent); got != want {
			t.Errorf("below %s: got %q, want %q", parent, got, want)
		}
	}
	for stage, want := range map[plan.Stage][3]bool{plan.Preschool: {false, false, true}, plan.Compulsory: {true, false, false}, plan.SeniorHigh: {false, true, false}, plan.Teachers: {true, true, true}} {
		for i, code := range []string{"S1", "S2", "K1"} {
			u, _ := tree.Find(code)
			if got := target.Concerns(u, stage); got != want[i] {
				t.Errorf("%s and %s: got %v", stage, code, got)
			}
		}
	}
}

func day(text string) period.Date {
	d, _ := period.ParseDate(text)
	return d
}
