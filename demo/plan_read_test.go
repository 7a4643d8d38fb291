package demo_test

import (
	"bytes"
	"context"
	"testing"

	"jiaoheng/demo"
	"jiaoheng/document"
	"jiaoheng/intake"
	"jiaoheng/plan/reading"
)

// The plan is really read from the .docx: its numbered headings, its targets with their baselines, its table and its tasks.
func TestThePlanIsReadFromItsDocument(t *testing.T) {
	data := demo.PlanDocument()
	if !bytes.Equal(data, demo.PlanDocument()) {
		t.Error("the document differs from one time to the next")
	}
	source, err := intake.Read(context.Background(), demo.PlanTitle+".docx", data)
	if err != nil {
		t.Fatal(err)
	}
	draft := reading.Read(document.Clean(source))
	if draft.Meta.DocNumber != "澄政办发〔2025〕6号" || draft.Meta.IssueDate != "2025-03-18" || draft.Meta.Title != demo.PlanTitle {
		t.Errorf("meta: %+v", draft.Meta)
	}
	targets := map[string]reading.Quantity{}
	for _, target := range draft.Targets {
		targets[target.Name] = target
	}
	cases := []struct {
		name            string
		value, baseline float64
	}{{"九年义务教育巩固率", 98.5, 97.4}, {"每百名学生拥有体育、艺术专任教师数", 0.95, 0.72}}
	for _, c := range cases {
		got, ok := targets[c.name]
		if !ok || got.Value == nil || *got.Value != c.value || got.Baseline == nil || got.Baseline.Value != c.baseline {
			t.Errorf("%s: %v %+v", c.name, ok, got)
		}
	}
	if len(draft.Targets) < 30 || len(draft.Facts) < 6 || len(draft.Tasks) < 20 || len(draft.Outline) < 18 {
		t.Errorf("%d targets, %d facts, %d tasks, %d headings", len(draft.Targets), len(draft.Facts), len(draft.Tasks), len(draft.Outline))
	}
}
