package web

import (
	"context"
	"html"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"jiaoheng/action"
	"jiaoheng/document"
	"jiaoheng/plan"
	"jiaoheng/plan/reading"
	"jiaoheng/plan/target"
)

const bindText = `澄源县教育发展规划（2021—2025年）
一、主要目标
到2025年，学前三年毛入园率达到95%以上。
到2025年，九年义务教育巩固率达到97%以上。
到2025年，小学、初中净入学率达到99%。
到2025年，农村网络联校群达到200个以上。
二、主要任务
县教育局每年召开一次质量分析会。
`

// bindPlan imports a plan and fixes it as it was read.
func (s *site) bindPlan(text string) string {
	s.Helper()
	ctx, actor := context.Background(), action.TheProgram()
	desks := plan.NewDesks(s.store, func(context.Context, string) string { return "程序" })
	clean := document.Clean(document.Source{Format: "txt", Encoding: "utf-8", Text: document.Identity(text)})
	draft, err := desks.Import(ctx, actor, plan.Handed{File: "规划.txt", Data: []byte(text), Document: clean, Reading: reading.Read(clean)})
	if err != nil {
		s.Fatal(err)
	}
	if _, err = desks.Review(ctx, actor, draft.ID, plan.Request{Act: plan.Accept, Items: []string{plan.DocumentID}}); err != nil {
		s.Fatal(err)
	}
	made, _, err := desks.Adopt(ctx, actor, draft.ID, plan.Adoption{Title: "澄源县教育发展规划", Region: "澄源县", From: "2021", To: "2025", Head: 1, Unreviewed: true})
	if err != nil {
		s.Fatal(err)
	}
	return made.ID
}

var (
	sureField = regexp.MustCompile(`name="sure" value="([^"]+)"`)
	oneButton = regexp.MustCompile(`name="one" value="([^"]+)"`)
	undoField = regexp.MustCompile(`name="undo" value="([^"]+)"`)
	idField   = regexp.MustCompile(`name="id" value="([^"]+)"`)
	bindLink  = regexp.MustCompile(`href="(/target/[^"]+/bind)"[^>]*>\s*小学`)
)

func firstMatch(t *testing.T, found *regexp.Regexp, page string) string {
	t.Helper()
	match := found.FindStringSubmatch(page)
	if match == nil {
		t.Fatalf("no %s in\n%s", found, page)
	}
	return html.UnescapeString(match[1])
}

func TestTargetsAreBoundOnTheirPage(t *testing.T) {
	s := newSite(t)
	s.county("office", "leader", "head")
	id := s.bindPlan(bindText)
	address := "/plan/adopted/" + id + "/bind"

	enter := func(login string) {
		s.forget()
		s.post(200, "/signin", "login", login, "password", testPassword)
	}
	enter("head")
	page := s.see(200, address)
	s.has(page, "学前三年毛入园率", "可直接确认", "把握97%")
	s.lacks(page, "全部确认", `name="one"`)
	s.post(403, address, "one", "x")

	enter("office")
	page = s.see(200, address)
	s.has(page, "全部确认（2个）", "农村网络联校群数", "没有建议", "尚无数据")
	sure := sureField.FindAllStringSubmatch(page, -1)
	if len(sure) != 2 || strings.Contains(page, "rates.pupils") {
		t.Fatalf("sure: %v", sure)
	}
	s.lacks(s.see(200, address+"?show=sure"), "农村网络联校群数")
	s.has(s.post(422, address, "one", html.UnescapeString(sure[0][1])+"x"), "已经变化")
	s.has(s.post(422, address, "one", "9.t9||"), "没有这个指标目标")
	s.has(s.post(422, address), "没有选择任何指标目标")
	answer, err := s.client.PostForm(s.server.URL+address, url.Values{"sure": {html.UnescapeString(sure[0][1]), html.UnescapeString(sure[1][1])}})
	if err != nil {
		t.Fatal(err)
	}
	page = s.read(200, address, answer)
	s.has(page, "2个已有数据来源", "指标：九年义务教育巩固率", "撤回确认")
	s.has(s.post(200, address, "undo", firstMatch(t, undoField, page)), "已撤回确认", "全部确认（1个）")

	one := firstMatch(t, bindLink, page)
	page = s.see(200, one+"?q="+url.QueryEscape("净入学率"))
	s.has(page, "小学净入学率", "确定数据来源", "暂不能计量")
	s.has(s.post(422, one, "act", "take", "source", "none"), "请写明理由")
	s.has(s.post(422, one, "act", "take", "source", "indicator|no.such|"), "没有指标")
	s.has(s.post(422, one, "act", "take", "source", "indicator|class.large_share|senior", "reason", "试"), "不区分学段")
	s.has(s.post(200, one, "act", "take", "source", "figure", "name", "净入学率", "reason", "按省厅通报的数登记"), "外部数据：净入学率", "第1次", "已生效")
	s.has(s.post(422, one, "act", "take", "source", "none"), "理由")
	page = s.post(200, one, "act", "take", "source", "indicator|enrolment.primary_net|", "reason", "初中净入学率暂缺，先按小学计量")
	s.has(page, "等待另一人复核", "须由提出人以外的另一人复核")
	change := firstMatch(t, idField, page)
	s.has(s.post(422, one, "act", "approve", "id", change), "复核人不能是提出变更的人")

	enter("leader")
	s.has(s.see(200, address+"?show=waiting"), "拟改为：指标：小学净入学率")
	s.has(s.post(200, one, "act", "approve", "id", change), "新的数据来源开始使用", "第2次")
	held, err := target.BindingsInForce(context.Background(), s.store, id)
	if err != nil || len(held) != 2 {
		t.Errorf("%+v, %v", held, err)
	}
	data, head := s.fetch(200, address+"/xlsx")
	if !strings.HasPrefix(data, "PK") || !strings.Contains(head.Get("Content-Disposition"), "xlsx") {
		t.Errorf("no workbook: %v", head)
	}
	s.see(404, "/target/"+id+"/9.t9/bind")
	s.see(404, "/plan/adopted/none/bind")
}
