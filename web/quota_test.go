package web

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/pack"
	"jiaoheng/record"
	"jiaoheng/register"
)

// lessons stores a list of three people at the own school, and 12 lessons of one of them, 4 of another, on the day of the store.
func (s *site) lessons() {
	s.Helper()
	ctx := context.Background()
	desk, err := openDesk(ctx, s.store)
	if err != nil {
		s.Fatal(err)
	}
	posts, _ := desk.Scope().Register("teaching_post")
	var rows []register.Row
	for i, one := range [][3]string{{"T2019001", "欧阳青山", "teacher"}, {"T2019002", "司马晓月", "teacher"}, {"T2019003", "诸葛长风", "principal"}} {
		cells := make([]register.Cell, len(posts.Columns))
		for n, c := range posts.Columns {
			switch c.Name {
			case "staff_no":
				cells[n] = register.Cell{Known: true, Text: one[0]}
			case "staff_name":
				cells[n] = register.Cell{Known: true, Text: one[1]}
			case "post":
				cells[n] = register.Cell{Known: true, Text: one[2]}
			case "on_post":
				cells[n] = register.Cell{Known: true, Number: 1}
			}
		}
		rows = append(rows, register.Row{Unit: ownSchool, Cells: cells, Origin: register.Origin{Kind: "file", File: "posts.csv", Row: i + 2}})
	}
	err = action.Do(ctx, s.store, action.TheProgram(), action.Write{Name: "register.action.import", Thing: access.Thing{Class: access.Fact},
		Do: func(ctx context.Context, _ action.Tx) error {
			_, err := s.store.RegisterUpsert(ctx, posts, register.Batch{Rows: rows})
			return err
		}})
	if err != nil {
		s.Fatal(err)
	}
	records := Records(desk.Set(), s.store)
	observed, _ := desk.Scope().Register("observed_lesson")
	for i := range 16 {
		observer := "T2019001"
		if i >= 12 {
			observer = "T2019002"
		}
		text := func(t string) register.Cell { return register.Cell{Known: true, Text: t} }
		given := map[string]register.Cell{"observer": text(observer), "heard_on": text(s.store.Today().String()), "lesson_topic": text(fmt.Sprint("第", i+1, "课")),
			"lesson_class": text("三年级1班"), "lesson_subject": text("chinese"), "lessons_heard": {Known: true, Number: 1}, "dropped_in": {Known: true, Number: 1}}
		if _, err := records.Create(ctx, action.TheProgram(), record.Draft{Register: observed.Name, Unit: ownSchool, Cells: given}); err != nil {
			s.Fatal(err)
		}
	}
}

var drawnRow = regexp.MustCompile(`/record/observed_lesson/row/([^"]+)"`)

func TestQuotasAreSeenShownAndChecked(t *testing.T) {
	s := newSite(t)
	s.county("office", "basic", "head", "clerk", "inspector", "admin")
	s.lessons()
	s.signIn("head")
	s.has(s.see(200, "/quota"), "听评课节数", "校长不少于 20 节")
	page := "/quota/lesson_observation"
	main := s.see(200, page)
	s.has(main, "应完成 3 人：已完成 1 人，未完成 2 人，无法判定 0 人", "还差", "校长", "按规定公示未完成的人员")
	s.lacks(main, "欧阳青山", "T2019001")
	s.has(s.see(200, page+"?state=met"), "共 1 人")
	s.has(s.post(422, page+"/list", "reason", ""), "请写明查看名单的事由")
	list := s.post(200, page+"/list", "reason", "校内公示")
	s.has(list, "司马晓月", "诸葛长风", "T2019002")
	s.lacks(list, "欧阳青山")
	s.post(403, page+"/draw")
	body, _ := s.fetch(200, page+"/export?format=csv")
	if !strings.HasPrefix(body, "PK") {
		t.Error("the export is no workbook")
	}

	s.signIn("admin")
	s.see(403, page)
	s.signIn("basic")
	main = s.see(200, page)
	s.has(main, "这里只显示各校人数", "33.3%", "未报", "应完成 3 人")
	s.lacks(main, "欧阳", "T2019")
	s.post(403, page+"/list", "reason", "看看")
	// 5 % of 16 rows would be one; the rule asks for two.
	s.has(s.post(200, page+"/draw"), "2 条记录转入核实，还有 0 条待转", "每校抽 5%，至少 2 条", "种子")
	s.has(s.post(422, page+"/draw"), "不能重抽")
	s.signIn("head")
	main = s.see(200, page)
	drawn := drawnRow.FindAllStringSubmatch(main, -1)
	if len(drawn) != 2 {
		t.Fatalf("the school sees %d drawn rows", len(drawn))
	}
	ctx := context.Background()
	desk, err := openDesk(ctx, s.store)
	if err != nil {
		t.Fatal(err)
	}
	observed, _ := desk.Scope().Register("observed_lesson")
	for _, one := range drawn {
		row, err := s.store.RegisterRow(ctx, observed, one[1], false)
		if err != nil {
			t.Fatal(err)
		}
		for n, c := range observed.Columns {
			if c.Name == pack.ColumnState && row.Cells[n].Text != "sampled" {
				t.Errorf("a drawn row is %s", row.Cells[n].Text)
			}
		}
	}
	if report, err := s.store.Verify(ctx); err != nil || len(report.Findings) > 0 {
		t.Errorf("the chain: %v %v", report.Findings, err)
	}
}
