package web

import (
	"context"
	"strings"
	"testing"

	"jiaoheng/demo"
	"jiaoheng/person"
	"jiaoheng/unit"
)

// twoSchools returns two primary schools of the demo county, and the school where the clerk has a post.
func (s *site) twoSchools() (from, into unit.Unit) {
	s.Helper()
	var found []unit.Unit
	for _, u := range demo.Units() {
		if u.Kind == unit.School && len(u.Stages) == 1 && u.Stages[0] == unit.Primary {
			found = append(found, u)
		}
	}
	if len(found) < 2 {
		s.Fatal("the demo county has no two primary schools")
	}
	return found[0], found[1]
}

func TestAMergerIsSeenConfirmedAndUndone(t *testing.T) {
	s := newSite(t)
	s.county("admin", "office", "head")
	s.signIn("office")
	from, into := s.twoSchools()
	page := "/admin/unit/" + from.Code
	s.has(s.see(200, page), from.Name, "没有登记过变更", "并入其他单位")
	s.has(s.see(200, page+"/event?kind=merge"), "生效日期", "批准文号", into.Name)

	fields := []string{"kind", "merge", "on", "2024-09-01", "into", into.Code, "document", "澄教发〔2024〕7号", "reason", "布局调整"}
	s.has(s.post(422, page+"/event", "kind", "merge", "on", "2024-09-01", "into", from.Code), "批准文号未填", "事由未填", "不能并入自己")
	s.has(s.post(200, page+"/event", fields...), "核对变更影响", from.Name+"并入"+into.Name, "2024年9月1日起撤销", "统计数据随之变化的单位："+"澄阳镇、澄源县、澜川市、"+into.Name, "确认登记")
	if events, _ := s.store.UnitEvents(context.Background()); len(events) != 0 {
		t.Fatalf("the preview stores %d events", len(events))
	}
	s.has(s.post(200, page+"/event", append(fields, "step", "edit")...), "澄教发〔2024〕7号", "布局调整")
	s.has(s.post(200, page+"/event", append(fields, "step", "confirm")...), "变更已登记", "澄教发〔2024〕7号：布局调整", "该单位已撤销", "2024年9月1日")
	s.has(s.see(200, "/admin/unit/"+into.Code), from.Name, "由以下单位并入或拆分而来")
	s.has(s.see(200, "/admin/unit?text="+from.Code), "2024年9月1日起撤销")

	events, err := s.store.UnitEvents(context.Background())
	if err != nil || len(events) != 1 {
		t.Fatal(len(events), err)
	}
	s.has(s.post(422, page+"/undo", "event", events[0].ID), "撤回的理由未填")
	s.has(s.post(200, page+"/undo", "event", events[0].ID, "reason", "文件已撤销"), "已撤回变更", "撤回理由：文件已撤销", "并入其他单位")
}

func TestEveryKindOfEventHasAForm(t *testing.T) {
	s := newSite(t)
	s.county("office")
	s.signIn("office")
	from, into := s.twoSchools()
	common := []string{"on", "2025-09-01", "document", "澄教发〔2025〕1号", "reason", "工作需要"}
	cases := []struct {
		code   string
		fields []string
		wants  []string
	}{
		{from.Code, []string{"kind", "rename", "name", "澄源县第九小学"}, []string{"更名为澄源县第九小学"}},
		{from.Code, []string{"kind", "move", "parent", demo.CountyCode}, []string{"划归澄源县"}},
		{from.Code, []string{"kind", "restage", "stage_primary", "yes", "stage_junior", "yes"}, []string{"学段调整为小学、初中", "新设"}},
		{from.Code, []string{"kind", "close"}, []string{"2025年9月1日起撤销"}},
		{demo.TownCode, []string{"kind", "open", "name", "新村小学", "code", "2199009999", "new_kind", "school", "ownership", "public", "stage_primary", "yes"}, []string{"新村小学", "新设"}},
	}
	for _, c := range cases {
		s.see(200, "/admin/unit/"+c.code+"/event?kind="+c.fields[1])
		s.has(s.post(200, "/admin/unit/"+c.code+"/event", append(c.fields, common...)...), append(c.wants, "确认登记")...)
	}
	s.has(s.post(422, "/admin/unit/"+from.Code+"/event", append([]string{"kind", "split", "into", into.Code, "stays", "yes"}, common...)...), "不是 2025-09-01 新设的单位")
	s.has(s.post(422, "/admin/unit/"+from.Code+"/event", append([]string{"kind", "sell"}, common...)...), "无法识别")
	s.see(404, "/admin/unit/none")
}

// The head of a school that was merged keeps the sight of it from the post at the successor.
func TestPeopleFollowTheMergedSchool(t *testing.T) {
	s := newSite(t)
	s.county("admin", "head")
	ctx := context.Background()
	account, err := s.store.AccountByLogin(ctx, "head")
	if err != nil {
		t.Fatal(err)
	}
	posts, err := s.store.PostsOf(ctx, account.Person)
	if err != nil || len(posts) != 1 {
		t.Fatal(posts, err)
	}
	school := posts[0].Unit
	into := ""
	for _, u := range demo.Units() {
		if u.Kind == unit.School && u.Code != school {
			into = u.Code
		}
	}
	s.signIn("admin")
	s.has(s.post(200, "/admin/unit/"+school+"/event", "kind", "merge", "on", "2025-09-01", "into", into, "document", "澄教发〔2025〕1号", "reason", "布局调整", "step", "confirm"),
		"随迁 1 人次任职")
	s.signIn("head")
	tree, err := s.store.Tree(ctx)
	if err != nil {
		t.Fatal(err)
	}
	successor, _ := tree.Find(into)
	s.has(s.see(200, "/post"), successor.Name)
	presence, err := person.PresenceOf(ctx, s.store, account.ID, account.Generation, "2025-09-01")
	if err != nil || presence.Post.Unit != into || !strings.Contains(presence.Actor(tree, "").Post.Before[0].Code, school) {
		t.Errorf("present post %+v, %v", presence.Post, err)
	}
}
