package plan_test

import (
	"slices"
	"testing"

	"jiaoheng/fault"
	"jiaoheng/plan"
)

func codes(err error) []string {
	var list []string
	for _, f := range fault.Of(err) {
		list = append(list, f.Code)
	}
	return list
}

func TestAdoptIsRefusedWithEveryReason(t *testing.T) {
	accept := plan.Request{Act: plan.Accept, Items: []string{"T1"}}
	cases := []struct {
		name     string
		before   []plan.Request
		adoption func(plan.Adoption) plan.Adoption
		want     []string
	}{
		{"nothing reviewed and not confirmed", nil, nil, []string{"plan.adopt_nothing_reviewed", "plan.adopt_unreviewed"}},
		{"open items not confirmed", []plan.Request{accept}, nil, []string{"plan.adopt_unreviewed"}},
		{"somebody went on", []plan.Request{accept}, func(a plan.Adoption) plan.Adoption { a.Head, a.Unreviewed = 0, true; return a }, []string{"plan.adopt_changed"}},
		{"no region and wrong years", []plan.Request{accept, {Act: plan.Correct, Items: []string{plan.DocumentID}, Fields: map[string]string{"region": ""}}},
			func(a plan.Adoption) plan.Adoption { a.Unreviewed, a.From, a.To = true, "2025", "2021"; return a }, []string{"plan.field_period", "plan.field_missing"}},
		{"no title", []plan.Request{accept, {Act: plan.Correct, Items: []string{plan.DocumentID}, Fields: map[string]string{"name": ""}}},
			func(a plan.Adoption) plan.Adoption { a.Unreviewed = true; return a }, []string{"plan.field_missing"}},
		{"an item at fault", []plan.Request{accept, {Act: plan.Correct, Items: []string{"T2"}, Fields: map[string]string{"comparator": "range"}}},
			func(a plan.Adoption) plan.Adoption { a.Unreviewed = true; return a }, []string{"plan.adopt_item"}},
		{"nothing left", []plan.Request{{Act: plan.Ignore, Items: []string{"T1", "T2", "T3", "K1"}}},
			func(a plan.Adoption) plan.Adoption { a.Unreviewed = true; return a }, []string{"plan.adopt_empty"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			desk := steps(t, c.before...)
			adoption := plan.Adoption{Head: desk.Head()}
			if c.adoption != nil {
				adoption = c.adoption(adoption)
			}
			_, err := desk.Adopt(adoption, "a", "b", 1, anna)
			if got := codes(err); !slices.Equal(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

func TestAdoptedVersionIsFixed(t *testing.T) {
	desk := steps(t, plan.Request{Act: plan.Accept, Items: []string{"T1"}}, plan.Request{Act: plan.Ignore, Items: []string{"F1"}})
	version, err := desk.Adopt(plan.Adoption{Head: 2, Unreviewed: true, Title: "青溪县规划"}, "a", "b", 1, anna)
	if err != nil {
		t.Fatal(err)
	}
	c := version.Content
	if c.Title != "青溪县规划" || c.Region != "青溪县" || c.From != 2021 || c.To != 2025 || version.Name != "王安" || len(c.Nodes) != 6 {
		t.Errorf("got %+v", c)
	}
	again, err := desk.Adopt(plan.Adoption{Head: 2, Unreviewed: true, Title: "青溪县规划"}, "a", "b", 2, bert)
	if err != nil || again.Hash != version.Hash {
		t.Errorf("the hash depends on who adopts: %s, %s, %v", version.Hash, again.Hash, err)
	}
	if _, err := plan.ParseVersion(version.Bytes, version.Hash); err != nil {
		t.Error(err)
	}
	version.Bytes[10] ^= 1
	if _, err := plan.ParseVersion(version.Bytes, version.Hash); err == nil {
		t.Error("an altered content was taken")
	}
	for _, n := range c.Nodes {
		if n.Unreviewed != (n.ID != "T1") {
			t.Errorf("%s: unreviewed %v", n.ID, n.Unreviewed)
		}
	}
}

func TestStageOf(t *testing.T) {
	cases := []struct {
		name string
		item plan.Item
		want plan.Stage
	}{
		{"scope first", plan.Item{Fields: map[string]string{"scope": "职业教育", "name": "教师培训"}}, plan.Vocational},
		{"special before compulsory", plan.Item{Fields: map[string]string{"scope": "特殊教育/义务教育", "name": "入学率"}}, plan.Special},
		{"name", plan.Item{Fields: map[string]string{"name": "高中阶段毛入学率"}}, plan.SeniorHigh},
		{"inner heading before outer", plan.Item{Fields: map[string]string{"name": "经费"}, Path: []string{"一、学前教育", "(二)教师队伍"}}, plan.Funding},
		{"heading", plan.Item{Fields: map[string]string{"name": "覆盖率"}, Path: []string{"一、学前教育", "(二)教师队伍"}}, plan.Teachers},
		{"sentence", plan.Item{Fields: map[string]string{"name": "覆盖率"}, Sentence: "幼儿园覆盖率100%。"}, plan.Preschool},
		{"nothing", plan.Item{Fields: map[string]string{"name": "满意度"}}, plan.General},
	}
	for _, c := range cases {
		if got := plan.StageOf(c.item); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}
