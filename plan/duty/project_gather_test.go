package duty_test

import (
	"testing"

	"jiaoheng/plan"
	"jiaoheng/plan/duty"
	"jiaoheng/plan/target"
)

func heading(id, level, label, name string) plan.Node {
	return plan.Node{ID: id, Kind: plan.Heading, Fields: map[string]string{"level": level, "label": label, "name": name}}
}

func boxedPlan() *duty.Outline {
	nodes := []plan.Node{
		heading("H1", "1", "一、", "重点任务"),
		heading("H2", "2", "（一）", "实施学前教育行动"),
		{ID: "T1", Kind: plan.Task, Fields: map[string]string{"name": "新建公办幼儿园"}, Path: []string{"一、重点任务", "（一）实施学前教育行动"}},
		heading("B1", "3", "专栏1", "学位建设工程"),
		heading("H5", "4", "", "村小食堂项目"),
		{ID: "P1", Kind: plan.Project, Fields: map[string]string{"name": "乡镇园改扩建项目"}, Path: []string{"一、重点任务", "（一）实施学前教育行动", "专栏1学位建设工程"}},
		{ID: "Q1", Kind: plan.Target, Fields: map[string]string{"name": "新增学位", "value": "900", "unit": "个"}, Path: []string{"一、重点任务", "（一）实施学前教育行动", "专栏1学位建设工程"}},
		heading("H3", "2", "（二）", "实施高中行动"),
		heading("H4", "2", "（一）", "加强领导"),
		heading("B2", "3", "专栏2", "信息化工程"),
	}
	return duty.NewOutline(plan.Plan{ID: "p"}, []plan.Version{{Number: 1, Content: plan.Content{Nodes: nodes}}})
}

func TestWordsNameNodes(t *testing.T) {
	o := boxedPlan()
	for _, c := range []struct {
		name, words string
		want        []target.Track
	}{
		{"the name of a heading", "实施学前教育行动", []target.Track{"1.H2"}},
		{"label and name", "（一）实施学前教育行动", []target.Track{"1.H2"}},
		{"other brackets and spaces", "(二) 实施高中行动", []target.Track{"1.H3"}},
		{"a label alone that only one heading has", "（二）", []target.Track{"1.H3"}},
		{"a label alone that two headings have", "（一）", []target.Track{"1.H2", "1.H4"}},
		{"a task", "新建公办幼儿园", []target.Track{"1.T1"}},
		{"a project of the text", "乡镇园改扩建项目", []target.Track{"1.P1"}},
		{"a target is no measure", "新增学位", nil},
		{"words of nothing", "乡村教师安居工程", nil},
		{"nothing", " 、 ", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := o.Named(c.words)
			if len(got) != len(c.want) {
				t.Fatalf("got %d nodes, want %v", len(got), c.want)
			}
			for i := range got {
				if got[i].Track != c.want[i] {
					t.Errorf("got %s, want %s", got[i].Track, c.want[i])
				}
			}
		})
	}
}

func TestProjectsAreGatheredByBoxMeasureAndAnnex(t *testing.T) {
	made := duty.GatherProjects(boxedPlan(), []duty.Project{
		{Row: "1", Annex: "甲表", Measure: "乡镇园改扩建项目", Planned: target.Sure(620), Spent: target.Sure(620), Finished: true},
		{Row: "2", Annex: "甲表", Box: "学位建设工程", Measure: "实施学前教育行动", Planned: target.Sure(380), Overdue: true},
		{Row: "3", Annex: "甲表", Measure: "（一）", Planned: target.Sure(100)},
		{Row: "4", Annex: "乙表", Box: "安居工程", Track: "1.H3", Measure: "（一）", Planned: target.Sure(50), Spent: target.Sure(10)},
		{Row: "5", Annex: "乙表", Track: "1.H3", Planned: target.Sure(1000), Stopped: true},
		{Row: "6", Annex: "丙表", Plan: "another", Track: "1.H3"},
		{Row: "8", Measure: "村小食堂项目", Planned: target.Sure(7)}, // a heading within the box
		{Row: "7", Track: "1.gone", Plan: "p"},
	})
	type sums struct {
		name                     string
		node                     target.Track
		count, finished, overdue int
		planned, spent           float64
		listed, targets, words   int
	}
	check := func(what string, got []duty.ProjectGroup, want []sums) {
		t.Helper()
		if len(got) != len(want) {
			t.Fatalf("%s: got %d groups, want %d", what, len(got), len(want))
		}
		for i, g := range got {
			if s := (sums{g.Name, g.Node, g.Count, g.Finished, g.Overdue, g.Planned, g.Spent, len(g.Projects), len(g.Targets), len(g.Words)}); s != want[i] {
				t.Errorf("%s: got %v, want %v", what, s, want[i])
			}
		}
	}
	check("boxes", made.Boxes, []sums{
		{"专栏1学位建设工程", "1.B1", 3, 1, 1, 1007, 620, 3, 1, 1}, // two by their place in the text, one by its words
		{"专栏2信息化工程", "1.B2", 0, 0, 0, 0, 0, 0, 0, 0},       // shown without projects
		{"安居工程", "", 1, 0, 0, 50, 10, 1, 0, 0},             // not in the plan
	})
	check("measures", made.Measures, []sums{
		{"（一）实施学前教育行动", "1.H2", 1, 0, 1, 380, 0, 1, 1, 2},
		{"村小食堂项目", "1.H5", 1, 0, 0, 7, 0, 1, 0, 0},
		{"乡镇园改扩建项目", "1.P1", 1, 1, 0, 620, 620, 1, 0, 0},
		{"（二）实施高中行动", "1.H3", 1, 0, 0, 50, 10, 2, 0, 0}, // the stopped one is listed and not counted
	})
	check("annexes", made.Annexes, []sums{{"乙表", "", 1, 0, 0, 50, 10, 2, 0, 0}, {"甲表", "", 3, 1, 1, 1100, 620, 3, 0, 0}})
	if len(made.Open) != 2 || made.Open[0].Row != "3" || len(made.Open[0].Candidates) != 2 || made.Open[1].Row != "7" {
		t.Errorf("open projects: got %v", made.Open)
	}
	if made.Total.Count != 6 || made.Total.Planned != 1157 {
		t.Errorf("total: got %d projects and %v", made.Total.Count, made.Total.Planned)
	}
}
