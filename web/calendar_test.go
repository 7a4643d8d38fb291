package web

import (
	"net/http"
	"testing"
)

func TestTheOfficeReadsInHolidays(t *testing.T) {
	s := newSite(t)
	s.county("office", "head", "auditor")
	s.signIn("head")
	s.has(s.see(200, "/admin/calendar?year=2025"), "248", "国办发明电〔2024〕12号", "2025年10月6日（周一）", "2025年1月26日（周日）", "上班")
	s.send(http.StatusForbidden, "/admin/calendar", "days.csv", "日期,名称,放假或上班\n2027-01-01,元旦,放假\n")
	s.signIn("office")
	s.has(s.see(200, "/admin/calendar?year=2020"), "国办发明电〔2020〕1号第一项", "2020年2月1日（周六）")
	bad := s.send(422, "/admin/calendar", "days.csv", "日期,名称,放假或上班\n2025-10-09,,也许\n")
	s.has(bad, "须写明名称", "既不是放假也不是上班")
	s.has(s.send(422, "/admin/calendar", "days.csv", ""), "空")
	table := "日期,名称,放假或上班\n2025-10-09,运动会,放假\n2025-10-06,值班,上班\n"
	s.has(s.send(200, "/admin/calendar", "days.csv", table, "dry", "yes"), "没有存入数据")
	s.lacks(s.see(200, "/admin/calendar?year=2025"), "运动会")
	s.has(s.send(200, "/admin/calendar", "days.csv", table), "新增 2 天")
	s.has(s.see(200, "/admin/calendar?year=2025"), "运动会", "本地上传", "另有本地上传 2 天", "值班")
	s.has(s.see(200, "/admin/calendar?year=oops"), "工作日历")
}
