//go:build browser

package browser_test

import (
	"context"
	"crypto/rand"
	"path"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/demo"
	"jiaoheng/person"
)

// A name as long as the limit allows, as pages must bear it.
const longName = "阿卜杜热西提·麦麦提吐尔逊江·艾合买提江"

// everyPage are the pages of the shell, each with the account that may see all of it.
var everyPage = []struct{ login, path string }{
	{"office", "/"}, {"teacher", "/"}, {"admin", "/admin/unit"}, {"admin", "/admin/unit?kind=section"}, {"admin", "/admin/unit?text=none"}, {"admin", "/admin/boundary"}, {"admin", "/admin/calendar"}, {"office", "/quota"}, {"head", "/quota/lesson_observation"}, {"office", "/quota/lesson_observation"}, {"head", "/admin/calendar?year=2028"},
	{"admin", "/admin/person"}, {"admin", "/admin/person/new"}, {"admin", "/admin/person?name=none"}, {"admin", "PERSON"},
	{"auditor", "/admin/log"}, {"auditor", "/admin/system"}, {"admin", "/password"}, {"admin", "/post"}, {"admin", "/nowhere"}, {"teacher", "/admin/log"},
	{"office", "/search"}, {"office", "/search?text=9"}, {"office", "/search?text=none"}, {"office", "/plan"}, {"office", "PLAN"}, {"office", "PLAN/box"}, {"office", "PLAN/bind"}, {"office", "TARGET/bind"}, {"office", "DRAFT"}, {"office", "/plan/import"}, {"office", "/indicator"}, {"office", "/indicator/teacher.above_per_100"}, {"office", "/indicator/backbone.county_cells"}, {"head", "/indicator"}, {"office", "/indicator/pivot?name=teacher.above_per_100&name=area.sports_per_pupil&at=2024-2025&at=2023-2024"},
	{"office", "/register"}, {"office", "/register/section_year"}, {"office", "/register/teacher"}, {"office", "/register/section_year/silent"}, {"clerk", "/register"}, {"clerk", "/register/section_year/new"}, {"clerk", "/register/section_year/import"},
	{"clerk", "/register/section_year/row/2199000001-primary@2025-2026"}, {"clerk", "/register/fitness_test"}, {"head", "/register/finding"}, {"head", "/register/school_finding/finding/charter_adopted"},
	{"office", "/record/finding"}, {"office", "/record/finding?only=late"}, {"office", "/record/finding/board"}, {"office", "/record/finding/map"}, {"office", "/record/finding/silent"}, {"office", "/record/finding/rules"}, {"office", "/record/finding/new"},
	{"office", "/record/observed_lesson"}, {"office", "/record/hazard"}, {"office", "/record/task"}, {"office", "/record/decision"}, {"office", "/record/meeting/new"}, {"office", "/record/consequence"},
	{"office", "/todo"}, {"office", "/todo/overview"}, {"office", "/todo/settings"}, {"office", "/todo/notices"},
	{"basic", "/record/observed_lesson"}, {"leader", "/todo"}, {"leader", "/record/finding/board"}, {"head", "/record/finding"}, {"head", "/todo"}, {"inspector", "/record/finding/new"}, {"inspector", "/register/finding/import"}, {"admin", "/admin/notice"},
	// Places.
	{"basic", "/admission"}, {"basic", "/admission/order"}, {"basic", "/admission/draw/new"}, {"basic", "/admission/quota"}, {"head", "/admission"}, {"leader", "/admission"}, {"leader", "/admission/quota"}, {"junior", "/admission"}, {"auditor", "/admission/quota?method=webster"},
	{"basic", "/record/admission_application"}, {"head", "/record/admission_application/new"}, {"basic", "/register/admission_order"},
	// Draws; those that are under way: draw_hall_test.go.
	{"office", "/draw"}, {"office", "/draw/new"}, {"clerk", "/draw/new?kind=classes"}, {"leader", "/draw?text=none"}, {"office", "/w"}, {"office", "/w?code=none"},
	// The plan in motion.
	{"leader", "/"}, {"finance", "/"}, {"head", "/"}, {"office", "/?view=steps"}, {"leader", "PLAN/tree"}, {"leader", "PLAN/tree?light=off"}, {"leader", "PLAN/tree?text=none"}, {"leader", "PLAN/wall"}, {"leader", "PLAN/wall?by=office"}, {"leader", "PLAN/wall?paper=a4"},
	{"leader", "/school/2199000001"}, {"head", "/school/2199000001"}, {"leader", "/office/JYJ"}, {"leader", "/target/PLANID/1.t40"}, {"head", "/target/PLANID/1.t40?unit=2199000001"}, {"office", "/target/PLANID/1.t40/split"}, {"office", "/target/PLANID/1.t40/bind"},
	{"office", "PLAN/bind"}, {"office", "PLAN/split"}, {"office", "PLAN/amend"}, {"office", "PLAN/lookback"}, {"office", "PLAN/box"},
	{"office", "/duty/PLANID"}, {"office", "/duty/PLANID/map"}, {"office", "/duty/PLANID/suggest"}, {"office", "/duty/PLANID/node/1.k1"}, {"office", "/duty/PLANID/coverage"}, {"office", "/duty/PLANID/book"}, {"office", "/duty/PLANID/year/2026"}, {"office", "/duty/PLANID/programme"}, {"office", "/duty/list"},
	// The five sides of schools.
	{"head", "/profile/2199000001"}, {"basic", "/profile/990121"}, {"basic", "/profile/2199000013?stage=primary"}, {"leader", "/profile/3199000001"}, {"head", "/record/homework_watch"}, {"basic", "/record/homework_sample"}, {"head", "/record/fitness_followup"}, {"basic", "/record/lab_gap"}, {"clerk", "/register/eye_screening"}, {"clerk", "/register/homework_sample/import"},
	{"office", "/report"}, {"office", "/report/new"}, {"office", "/report/new?kind=midterm&plan=PLANID"}, {"office", "/appraisal"}, {"office", "/appraisal/new"},
	// Exams: EXAM is the one of the county, ENTRY, MIDDLE and EXIT are those of the chain.
	{"basic", "/assessment"}, {"basic", "/assessment?text=none"}, {"basic", "/assessment/new"}, {"basic", "EXAM"}, {"basic", "EXAM/edit"}, {"basic", "EXAM/import"}, {"basic", "/assessment/linkage"}, {"basic", "/assessment/linkage?exams=ENTRY&exams=MIDDLE&exams=EXIT"},
	{"basic", "EXAM/figures"}, {"basic", "EXAM/figures?by=class&absent=1"}, {"basic", "EXAM/items"}, {"basic", "EXAM/score?rule=five_bands&line=500"}, {"basic", "/assessment/composite"},
	{"basic", "/assessment/composite?w.ENTRY=60&w.EXIT=40"}, {"junior", "EXAM/figures"}, {"junior", "EXAM/items"}, {"junior", "EXAM/score"}, {"junior", "EXAM/paper"}, {"junior", "SAMPLED/levels"},
	{"research", "EXAM/paper"}, {"research", "EXAM/paper?about=items:mathematics"}, {"research", "SAMPLED/levels"}, {"research", "SAMPLED"}, {"research", "STUDYSENIOR/paper"}, {"junior", "STUDYJUNIOR/paper"},
	{"research", "/progress"}, {"research", "/progress/new"}, {"research", "STUDYJUNIOR"}, {"research", "STUDYJUNIOR?order=effect"}, {"research", "STUDYSENIOR"}, {"junior", "STUDYJUNIOR"}, {"kindergarten", "/progress"},
	{"junior", "EXAM"}, {"junior", "EXAM/pupils"}, {"head", "EXAM"}, {"leader", "EXAM"}, {"kindergarten", "/assessment"},
}

// addLongName stores somebody with the longest name, a post and no account, and returns the address of the page about the person.
func addLongName(t *testing.T, s site) string {
	t.Helper()
	ctx := context.Background()
	someone, err := person.Create(ctx, s.store, action.TheProgram(), access.Unit{}, person.Person{Name: longName})
	if err != nil {
		t.Fatal(err)
	}
	post := person.Post{Person: someone.ID, Role: access.Manager, From: "2020-01-01", To: "2021-01-01"}
	if _, err := person.CreatePost(ctx, s.store, action.TheProgram(), access.Unit{Code: "1199000001"}, post); err != nil {
		t.Fatal(err)
	}
	return "/admin/person/" + someone.ID
}

// planPages returns the addresses of the plan in force and of the draft under review.
func planPages(t *testing.T, s site) (planPage, draftPage string) {
	t.Helper()
	plans, err := s.store.Plans(context.Background())
	if err != nil || len(plans) == 0 {
		t.Fatalf("%d plans, %v", len(plans), err)
	}
	drafts, err := s.store.PlanDrafts(context.Background())
	if err != nil || len(drafts) == 0 {
		t.Fatalf("%d drafts, %v", len(drafts), err)
	}
	return "/plan/adopted/" + plans[0].ID, "/plan/draft/" + drafts[0].ID
}

// examsByName returns the ids of the exams of the demo.
func examsByName(t *testing.T, s site) map[string]string {
	t.Helper()
	all, err := s.store.Exams(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]string{}
	for _, e := range all {
		ids[e.Name] = e.ID
	}
	return ids
}

// studiesByName are the ids of the studies of value added of the demo.
func studiesByName(t *testing.T, s site) map[string]string {
	t.Helper()
	all, err := s.store.Studies(context.Background(), 10)
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]string{}
	for _, one := range all {
		ids[one.Name] = one.ID
	}
	return ids
}

func TestEveryPageIsSound(t *testing.T) {
	s := newSite(t, true)
	longPage := addLongName(t, s)
	planPage, draftPage := planPages(t, s)
	exams := examsByName(t, s)
	studies := studiesByName(t, s)
	for _, screen := range []size{desk, phone} {
		for _, language := range []string{"zh", "en"} {
			t.Run(screen.name+"-"+language, func(t *testing.T) {
				b := open(t, s, screen, language)
				login := ""
				for _, one := range everyPage {
					if one.login != login {
						login = one.login
						b.do("forget", clearCookies(s, language))
						b.signIn(login)
					}
					address := strings.NewReplacer("STUDYJUNIOR", "/progress/"+studies[demo.JuniorStudy], "STUDYSENIOR", "/progress/"+studies[demo.SeniorStudy], "EXAM", "/assessment/"+exams[demo.CountyExam], "SAMPLED", "/assessment/"+exams[demo.MonitoringExam(2025)], "ENTRY", exams[demo.EntranceExam], "MIDDLE", exams[demo.AcademicExam], "EXIT", exams[demo.CollegeExam], "PERSON", longPage, "PLANID", path.Base(planPage), "PLAN", planPage, "TARGET", "/target/"+path.Base(planPage)+"/1.t1", "DRAFT", draftPage).Replace(one.path)
					b.visit(address)
					b.audit(address, language, longName, "none", "CSV", "csv")
					b.quiet("404", "403")
				}
			})
		}
	}
}

func TestEmptySystemIsSound(t *testing.T) {
	s := newSite(t, false)
	token, err := person.MakeFirstLink(context.Background(), s.store, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	b := open(t, s, phone, "zh")
	for _, path := range []string{"/signin", "/link/" + token, "/link/none"} {
		b.visit(path)
		b.audit(path, "zh")
		b.quiet("410")
	}
	b.visit("/link/" + token)
	b.do("fill in", chromedp.SendKeys(chromedp.CSS("#field-name"), longName), chromedp.SendKeys(chromedp.CSS("#field-login"), "first"),
		chromedp.SendKeys(chromedp.CSS("#field-password"), demo.Password), chromedp.SendKeys(chromedp.CSS("#field-again"), "other\r"),
		chromedp.WaitVisible(chromedp.CSS(".faults")), ready)
	b.audit("faults", "zh", "first")
	if focused := ask[bool](b, `document.activeElement.matches(".faults")`); !focused {
		t.Error("what is wrong does not have the focus")
	}
	if kept := ask[string](b, `document.querySelector("#field-name").value`); kept != longName {
		t.Errorf("the name that was typed is lost: %q", kept)
	}
	b.do("correct", chromedp.SendKeys(chromedp.CSS("#field-password"), demo.Password), chromedp.SendKeys(chromedp.CSS("#field-again"), demo.Password+"\r"),
		chromedp.WaitVisible(chromedp.CSS(".top")), ready)
	b.quiet("422")
	for _, path := range []string{"/", "/admin/unit", "/admin/person", "/admin/system"} {
		b.visit(path)
		b.audit(path, "zh", longName, "first")
		b.quiet()
	}
}

func TestKeyboardReachesEverything(t *testing.T) {
	s := newSite(t, true)
	longPage := addLongName(t, s)
	b := open(t, s, desk, "zh")
	b.visit("/signin")
	b.tabThrough("/signin")
	b.signIn("admin")
	for _, path := range []string{"/", "/admin/unit?kind=township", longPage, "/password"} {
		b.visit(path)
		b.tabThrough(path)
	}
	b.visit("/")
	b.do("the first key leads to the content", chromedp.KeyEvent(kb.Tab), chromedp.KeyEvent(kb.Enter),
		chromedp.Poll[chromedp.Void](`document.activeElement.id === "main"`))
	b.do("open the menu", chromedp.Focus(chromedp.CSS(".menu summary")), chromedp.KeyEvent(kb.Enter), chromedp.WaitVisible(chromedp.CSS(".menu-body")))
	b.do("shut it", chromedp.KeyEvent(kb.Escape), chromedp.Poll[chromedp.Void](`!document.querySelector(".menu").open`))
	if !ask[bool](b, `document.activeElement.matches(".menu summary")`) {
		t.Error("the focus does not come back to the menu")
	}
	b.quiet()
}

func TestArrowsMoveThroughATable(t *testing.T) {
	b := open(t, newSite(t, true), desk, "zh")
	b.signIn("admin")
	b.visit("/admin/person")
	b.do("move down", chromedp.Focus(chromedp.CSS("tbody tr:nth-child(1) a")), chromedp.KeyEvent(kb.ArrowDown), chromedp.KeyEvent(kb.ArrowDown))
	if row := ask[int](b, `[...document.querySelectorAll("tbody tr")].indexOf(document.activeElement.closest("tr"))`); row != 2 {
		t.Errorf("the focus is in row %d, want 2", row)
	}
	b.do("open", chromedp.KeyEvent(kb.Enter), chromedp.WaitVisible(chromedp.CSS(".trail")), ready)
	b.quiet()
}

func TestSearchFromTheKeyboard(t *testing.T) {
	b := open(t, newSite(t, true), desk, "zh")
	b.signIn("office")
	b.do("Ctrl+K", chromedp.KeyEvent("k", chromedp.KeyModifiers(chromedp.ModifierCtrl)), chromedp.Poll[chromedp.Void](`document.activeElement.matches("[data-find]")`))
	b.do("type and open the first target", chromedp.KeyEvent("学前教育 毛入园率\r"), chromedp.WaitVisible(chromedp.CSS(".hits a")), ready)
	b.do("open it", chromedp.Click(chromedp.CSS(".hits a[href^='/plan/adopted/']")), chromedp.WaitVisible(chromedp.CSS(".trail")), ready)
	if title := ask[string](b, `document.querySelector("h1").textContent`); !strings.Contains(title, "毛入园率") {
		t.Errorf("the page is about %q", title)
	}
	b.quiet()
}

func TestPagesAreReadWithoutScripts(t *testing.T) {
	s := newSite(t, true)
	b := open(t, s, desk, "zh")
	b.withoutScripts()
	b.do("sign in", chromedp.Navigate(s.url+"/signin"), chromedp.SendKeys(chromedp.CSS("#field-login"), "office"),
		chromedp.SendKeys(chromedp.CSS("#field-password"), demo.Password+"\r"), chromedp.WaitVisible(chromedp.CSS(".cockpit")))
	b.do("open the menu", chromedp.Click(chromedp.CSS(".menu summary")), chromedp.WaitVisible(chromedp.CSS(".menu-body a")))
	b.do("change the language", chromedp.Click(chromedp.CSS(".language button")), chromedp.WaitVisible(chromedp.CSS("html[lang=en] .cockpit")))
	b.do("sign out", chromedp.Click(chromedp.CSS(".menu summary")), chromedp.Click(chromedp.CSS(".menu-body button")), chromedp.WaitVisible(chromedp.CSS("#field-login")))
	b.quiet()
}

func TestPaperShowsTheFootAndNoNavigation(t *testing.T) {
	b := open(t, newSite(t, true), desk, "zh")
	b.signIn("office")
	b.visit("/")
	b.onPaper()
	foot := ask[string](b, `document.querySelector(".print-foot").innerText`)
	for _, want := range []string{"澄源县", "学年", "数据来源", "打印时间"} {
		if !strings.Contains(foot, want) {
			t.Errorf("%s is not in the foot: %q", want, foot)
		}
	}
	if hidden := ask[bool](b, `[".side", ".top", ".bottom"].every((s) => getComputedStyle(document.querySelector(s)).display === "none")`); !hidden {
		t.Error("the navigation is printed")
	}
}

func TestFirstPageIsSmall(t *testing.T) {
	b := open(t, newSite(t, true), desk, "zh")
	b.signIn("office")
	b.do("settle", chromedp.Poll[chromedp.Void](`document.readyState === "complete"`))
	b.lock.Lock()
	defer b.lock.Unlock()
	if b.bytes == 0 || b.bytes > 300_000 {
		t.Errorf("sign-in and first page take %.0f bytes, want at most 300,000", b.bytes)
	}
	t.Logf("sign-in and first page: %.0f bytes", b.bytes)
}

func TestPagesBearTwiceTheSize(t *testing.T) {
	// At 200 % a screen of 1366 × 768 shows what fits 683 × 384.
	b := open(t, newSite(t, true), size{"double", 683, 384}, "zh")
	b.signIn("admin")
	for _, path := range []string{"/", "/admin/unit", "/admin/person", "/password"} {
		b.visit(path)
		if over := ask[int](b, `document.documentElement.scrollWidth - innerWidth`); over > 0 {
			t.Errorf("%s: %d px too wide", path, over)
		}
	}
	b.quiet()
}
