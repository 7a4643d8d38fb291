package web

import (
	"html"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

var pickedRow = regexp.MustCompile(`name="row" form="bulk" value="([^"]+)"`)

// picked are the rows that a list offers to be chosen.
func picked(page string) []string {
	var rows []string
	for _, found := range pickedRow.FindAllStringSubmatch(page, -1) {
		rows = append(rows, html.UnescapeString(found[1]))
	}
	return rows
}

func TestAListShowsWhatWaitsAndGivesItOut(t *testing.T) {
	s := registers(t)
	for _, title := range []string{"消防通道堵塞", "=食堂留样不足", "测试楼栏杆松动"} {
		s.finding(title)
	}
	s.as("supervision")
	s.has(s.see(200, "/register/hazard?only=all"), "校园安全风险隐患台账", "清单", "看板") // leads to the list
	page := s.see(200, "/record/finding")
	s.has(page, "消防通道堵塞", "测试楼栏杆松动", "待定级", "还有 ", "导出表格", `data-filter`)
	s.has(s.see(200, "/register"), "按流程办理的台账", "问题整改台账", "/record/finding/board")
	s.has(s.see(200, "/record/finding?where=title%3Ahas%3A%E6%B5%8B%E8%AF%95%E6%A5%BC"), "测试楼栏杆松动", "共 1 件")
	s.lacks(s.see(200, "/record/finding?where=title%3Ahas%3A%E6%B5%8B%E8%AF%95%E6%A5%BC"), "消防通道堵塞")
	s.has(s.see(200, "/record/finding?due_from=2020-01-01&due_until=2020-02-01"), "办理时限不早于2020年1月1日", "没有未办结的事项")
	s.has(s.see(422, "/record/finding?due_from=soon"), `href="#field-due_from"`)
	s.has(s.see(200, "/record/finding?page=77"), "消防通道堵塞", "实验器材未开箱") // no empty page behind the last one
	s.has(s.see(200, "/record/finding/board"), "待定级", "消防通道堵塞", "看板")
	s.has(s.see(200, "/record/finding/map?only=all"), "澄阳镇")
	s.has(s.see(200, "/record/finding/silent"), "久未更新的单位")
	points, _ := s.fetch(200, "/record/finding/map/export?format=csv")
	s.has(points, ownSchool, "未办结")

	s.has(s.see(200, "/search?text=%E6%B5%8B%E8%AF%95%E6%A5%BC"), "台账事项", "测试楼栏杆松动", "待定级")

	s.as("head")
	s.has(s.see(200, "/record/finding"), "消防通道堵塞")
	s.see(403, "/record/finding?unit="+otherSchool)
	s.as("teacher")
	s.lacks(s.see(200, "/record/finding"), "消防通道堵塞")
	s.lacks(s.see(200, "/search?text=%E6%B5%8B%E8%AF%95%E6%A5%BC"), "测试楼栏杆松动")
}

func TestAnExportedListIsTakenBack(t *testing.T) {
	s := registers(t)
	s.finding("消防通道堵塞")
	s.finding("=食堂留样不足")
	s.as("inspector")
	csv, header := s.fetch(200, "/record/finding/export?format=csv&only=all&columns=all")
	s.has(csv, "消防通道堵塞", "'=食堂留样不足", "待定级", ownSchool)
	s.has(header.Get("Content-Type"), "text/csv")
	if lines := strings.Count(strings.TrimSpace(csv), "\n"); lines < 2 {
		t.Errorf("%d lines: %s", lines, csv)
	}
	page := s.send(200, "/register/finding/import", "整改.csv", csv)
	s.has(page, "由办理流程记载", "由系统计算", "文件与现有数据一致")
}

func TestViewsAreSavedAndComeBack(t *testing.T) {
	s := registers(t)
	s.finding("消防通道堵塞")
	s.as("supervision")
	s.has(s.post(422, "/record/finding/view", "name", "", "query", "only=late"), "没有填写视图名称")
	s.has(s.post(200, "/record/finding/view", "name", "逾期的", "query", "only=late&where=title:has:%E6%97%A0%E6%AD%A4%E9%A1%B9&unit=x", "first", "yes"), "已保存视图“逾期的”")
	s.has(s.see(200, "/record/finding"), "没有逾期的事项", "先显示") // begins with the view
	s.has(s.post(200, "/record/finding/view", "name", "全部问题", "query", "only=all", "shared", "yes"), "本单位共用")
	page := s.see(200, "/record/finding?only=open")
	way := regexp.MustCompile(`action="(/record/finding/view/[^"]+/delete)[^"]*"`).FindStringSubmatch(page)
	if way == nil {
		t.Fatal("no way to delete a view")
	}
	s.has(s.post(200, way[1]), "已删除视图“逾期的”", "恢复")
	s.has(s.post(200, "/record/finding/view", "name", "逾期的", "query", "only=late", "first", "yes"), "已保存视图")
	s.as("inspector")
	s.lacks(s.see(200, "/record/finding"), "逾期的</a>")
}

func TestManyRowsAreMovedAndEachTellsWhy(t *testing.T) {
	s := registers(t)
	s.finding("测试楼通道堵塞")
	s.finding("测试楼栏杆松动")
	s.as("supervision")
	const tested = "where=title%3Ahas%3A%E6%B5%8B%E8%AF%95%E6%A5%BC" // 测试楼
	rows := picked(s.see(200, "/record/finding?"+tested))
	if len(rows) != 2 {
		t.Fatalf("%d rows to choose", len(rows))
	}
	s.has(s.post(422, "/record/finding/bulk", "event", "advise", "row", rows[0]), "没有选择可以批量办理的事项")
	s.has(s.post(422, "/record/finding/bulk", "event", "notice"), "没有可以办理的事项")
	ask := s.post(200, "/record/finding/bulk", "event", "notice", "whole", "1", "back", tested)
	s.has(ask, "将对 2 件事项逐件办理", "发出一份公文")
	s.has(s.post(422, "/record/finding/bulk", "event", "notice", "row", rows[0], "do", "1"), "没有填写")
	stale := "9" + rows[1][strings.IndexByte(rows[1], ':'):]
	answer, err := s.client.PostForm(s.server.URL+"/record/finding/bulk", url.Values{"event": {"notice"}, "row": {rows[0], stale}, "do": {"1"},
		"c-requirement": {"每日巡查"}, "c-rectify_days": {"15"}, "c-grade": {"general"}})
	if err != nil {
		t.Fatal(err)
	}
	page := s.read(200, "/record/finding/bulk", answer)
	s.has(page, "办理结果", "已办理", "未办理", "教督改〔")
	s.has(s.see(200, "/record/finding?"+tested), "待签收", "待定级")
	s.as("auditor")
	if rows := picked(s.see(200, "/record/finding")); len(rows) != 0 {
		t.Error("an auditor may choose rows")
	}
}
