//go:build browser

package browser_test

import (
	"context"
	"testing"

	"github.com/chromedp/chromedp"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/demo"
	"jiaoheng/fault"
	"jiaoheng/period"
	"jiaoheng/person"
	"jiaoheng/store"
	"jiaoheng/unit"
)

// What the events of the test say; on an English page it is data.
const (
	longUnit   = "澄源县澄阳镇第一中心小学暨澄源师范学校附属实验小学教育集团总校区"
	orderedBy  = "澄教发〔2024〕7号"
	orderedWhy = "优化中小学布局，小规模学校并入镇中心学校，学生由校车接送"
	undoneWhy  = "文件已撤销"
)

// mergers records a merger, a renaming with the longest name, and one that was taken back; somebody teaches at the second school.
// It returns two primary schools: the first is merged into the second.
func mergers(t *testing.T, s *store.Store) (from, into string) {
	t.Helper()
	ctx, actor := context.Background(), action.TheProgram()
	var schools []string
	for _, u := range demo.Units() {
		if u.Kind == unit.School && len(u.Stages) == 1 && u.Stages[0] == unit.Primary {
			schools = append(schools, u.Code)
		}
	}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	from, into = schools[0], schools[1]
	someone, err := person.Create(ctx, s, actor, access.Unit{}, person.Person{Name: longName})
	must(err)
	_, err = person.CreatePost(ctx, s, actor, access.Unit{Code: into}, person.Post{Person: someone.ID, Role: access.Teacher, From: "2020-01-01"})
	must(err)
	record := func(e unit.Event) {
		e.Document, e.Reason = orderedBy, orderedWhy
		_, err := s.UnitEventsRecord(ctx, actor, []unit.Event{e}, false, func(int) fault.Place { return fault.Place{} })
		must(err)
	}
	record(unit.Event{Kind: unit.Merge, On: period.Date{Year: 2024, Month: 9, Day: 1}, From: []string{from}, Into: []string{into}})
	record(unit.Event{Kind: unit.Rename, On: period.Date{Year: 2025, Month: 3, Day: 1}, From: []string{into}, Name: longUnit})
	record(unit.Event{Kind: unit.Move, On: period.Date{Year: 2025, Month: 9, Day: 1}, From: []string{into}, Parent: demo.CountyCode})
	history, err := s.History(ctx)
	must(err)
	must(s.UnitEventUndo(ctx, actor, history.EventsOf(into)[0].ID, undoneWhy))
	return from, into
}

func TestUnitPagesAreSound(t *testing.T) {
	s := newSite(t, true)
	from, into := mergers(t, s.store)
	for _, screen := range []size{desk, phone} {
		for _, language := range []string{"zh", "en"} {
			t.Run(screen.name+"-"+language, func(t *testing.T) {
				b := open(t, s, screen, language)
				b.signIn("office")
				page := "/admin/unit/" + into
				for _, path := range []string{page, "/admin/unit/" + from, page + "/event?kind=merge", page + "/event?kind=split", page + "/event?kind=restage",
					"/admin/unit/" + demo.TownCode + "/event?kind=open"} {
					b.visit(path)
					b.audit(path, language, longName, longUnit, orderedBy, orderedWhy, undoneWhy)
					b.quiet()
				}
				b.visit(page + "/event?kind=close")
				b.do("fill in", chromedp.SendKeys(chromedp.CSS("#field-document"), "7"), chromedp.SendKeys(chromedp.CSS("#field-reason"), "7"),
					chromedp.Click(chromedp.CSS("main .button-primary")), chromedp.WaitVisible(chromedp.CSS("button[value=confirm]")), ready)
				b.shoot(page + "/event-preview")
				b.audit("unit-preview", language, longName, longUnit)
				b.quiet()
			})
		}
	}
}
