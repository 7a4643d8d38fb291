package round_test

import (
	"context"
	"flag"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/round"
	"jiaoheng/store"
	"jiaoheng/unit"
	pages "jiaoheng/web/round"
	"jiaoheng/web/shell"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// now is the time of every request.
var now = time.Date(2026, 3, 1, 2, 30, 0, 0, time.UTC)

// site is the pages over the sample, without the rest of the program around them.
type site struct {
	*testing.T
	store    *store.Store
	tree     *unit.Tree
	handler  http.Handler
	role     access.Role
	unit     string
	language message.Language
}

func newSite(t *testing.T, facts bool) *site {
	t.Helper()
	opened, err := store.Open(context.Background(), store.Options{DataDir: t.TempDir(), KeyFile: strings.Repeat("5a", 32),
		Clock: func() time.Time { return now }, Random: rand.NewChaCha8([32]byte{1})})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { opened.Close() })
	if _, err := opened.UnitsImport(context.Background(), action.TheProgram(), sampleUnits(), false); err != nil {
		t.Fatal(err)
	}
	set, faults := pack.Load(miniPack, nil)
	if err := faults.Err(); err != nil {
		t.Fatal(err)
	}
	s := &site{T: t, store: opened, role: access.BureauOffice, unit: county, language: message.Chinese}
	if s.tree, err = opened.Tree(context.Background()); err != nil {
		t.Fatal(err)
	}
	if err := opened.RegistersOpen(context.Background(), set.Everything().Registers()...); err != nil {
		t.Fatal(err)
	}
	if facts {
		s.fillFacts(set)
	}
	mux := http.NewServeMux()
	for _, route := range pages.New(round.NewDesk(set, opened), opened, func(context.Context, string) string { return "王安" }).Routes() {
		mux.Handle(route.Pattern, route.Handler)
	}
	s.handler = mux
	return s
}

func (s *site) serve(r *http.Request) *httptest.ResponseRecorder {
	s.Helper()
	below := s.tree.SubtreeOf(s.unit)
	actor := action.Actor{Post: access.Post{ID: "post", Person: "anna", Role: s.role, Unit: access.Unit{Code: s.unit, From: below.From, To: below.To}}}
	view := &shell.View{Language: s.language, Actor: actor, Person: "王安", Tree: s.tree, Path: r.URL.RequestURI(), Request: "r-1", Now: now, Log: slog.New(slog.DiscardHandler)}
	answer := httptest.NewRecorder()
	s.handler.ServeHTTP(answer, r.WithContext(shell.With(r.Context(), view)))
	return answer
}

func (s *site) get(status int, address string) string {
	s.Helper()
	answer := s.serve(httptest.NewRequest("GET", address, nil))
	if answer.Code != status {
		s.Fatalf("GET %s: status %d, want %d\n%s", address, answer.Code, status, answer.Body)
	}
	return answer.Body.String()
}

func (s *site) post(status int, address string, pairs ...string) *httptest.ResponseRecorder {
	s.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	r := httptest.NewRequest("POST", address, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	answer := s.serve(r)
	if answer.Code != status {
		s.Fatalf("POST %s %v: status %d, want %d\n%s", address, pairs, answer.Code, status, answer.Body)
	}
	return answer
}

// has asks that a page holds texts, in any place.
func (s *site) has(page string, texts ...string) {
	s.Helper()
	for _, text := range texts {
		if !strings.Contains(page, text) {
			s.Errorf("the page lacks %q", text)
		}
	}
}

func (s *site) lacks(page string, texts ...string) {
	s.Helper()
	for _, text := range texts {
		if strings.Contains(page, text) {
			s.Errorf("the page holds %q", text)
		}
	}
}

var (
	mainRegion = regexp.MustCompile(`(?s)<main[^>]*>(.*)</main>`)
	icon       = regexp.MustCompile(`(?s)<svg.*?</svg>`)
	between    = regexp.MustCompile(`>\s*<`)
	looks      = regexp.MustCompile(` (class|title|id|for|tabindex|role|aria-label|aria-describedby|aria-live|aria-invalid|maxlength|autocomplete|inputmode|rows|scope|hx-[a-z]+|data-[a-z]+)="[^"]*"`)
	stored     = regexp.MustCompile(`\b01[0-9a-z]{24}\b`)
	digest     = regexp.MustCompile(`\b[0-9a-f]{64}\b`)
	wrapper    = regexp.MustCompile(`</?(div|span)>`)
)

// golden compares what the main region of a page holds with its file; icons and looks are left out.
func (s *site) golden(name, page string) {
	s.Helper()
	found := mainRegion.FindStringSubmatch(page)
	if found == nil {
		s.Fatalf("%s: no main region\n%s", name, page)
	}
	holds := looks.ReplaceAllString(icon.ReplaceAllString(found[1], ""), "")
	holds = digest.ReplaceAllString(stored.ReplaceAllString(holds, "ID"), "DIGEST")
	got := strings.TrimSpace(between.ReplaceAllString(wrapper.ReplaceAllString(holds, ""), ">\n<")) + "\n"
	for _, absent := range []string{"style=", "onclick", "<nil>", "<b>教学点", "%!", "round.", "NaN", "Inf"} {
		if strings.Contains(strings.ReplaceAll(got, "/round.", ""), absent) {
			s.Errorf("%s holds %q", name, absent)
		}
	}
	file := filepath.Join("testdata", name+".html")
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			s.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		s.Fatal(err)
	}
	if got != string(want) {
		s.Errorf("%s differs from %s; go test ./web/round -update rewrites it and git diff shows how", name, file)
	}
}

func TestPagesLookAsTheyDid(t *testing.T) {
	s := newSite(t, true)
	last := "period=2024-2025"
	s.golden("show", s.get(200, "/round?"+last+"&open=mini.school%40primary"))
	s.golden("show_silent", s.get(200, "/round"))
	s.golden("show_school", s.get(200, "/round?unit="+schoolB+"&"+last))
	s.golden("show_switched", s.get(200, "/round?switch=relaxed&"+last))
	s.golden("schools", s.get(200, "/round/schools"))
	s.golden("schools_unmet", s.get(200, "/round/schools?show=unmet&sort=mini.area&order=down&"+last))
	s.golden("coefficient", s.get(200, "/round/coefficient?code=CV2&stage=primary&"+last))
	s.golden("coefficient_silent", s.get(200, "/round/coefficient"))
	s.golden("shortfall", s.get(200, "/round/shortfall?"+last))
	s.golden("line", s.get(200, "/round/line?name=mini.area&stage=primary&"+last))
	s.golden("line_school", s.get(200, "/round/line?name=mini.teachers&stage=primary&unit="+schoolB+"&"+last))
	s.golden("line_standard", s.get(200, "/round/line?name=mini.school&stage=primary&unit="+schoolB+"&"+last))
	s.golden("compare", s.get(200, "/round/compare"))
	s.golden("compare_units", s.get(200, "/round/compare?of=units&only=all"))
	s.golden("keep", s.get(200, "/round/keep"))
	s.golden("kept_empty", s.get(200, "/round/kept"))
	s.language = message.English
	s.golden("show_english", s.get(200, "/round?"+last))
}

func TestWithoutFactsThePagesSayWhatToDo(t *testing.T) {
	s := newSite(t, false)
	s.golden("show_empty", s.get(200, "/round"))
	for _, path := range []string{"/round/schools", "/round/coefficient", "/round/shortfall", "/round/compare", "/round/kept", "/round/line?name=mini.area"} {
		s.get(200, path)
	}
}

func TestWhatCannotBeReadIsNotFound(t *testing.T) {
	s := newSite(t, true)
	for _, path := range []string{"/round?pack=none", "/round?switch=none", "/round?unit=none", "/round?period=soon", "/round/schools?stage=senior", "/round/schools?show=some",
		"/round/coefficient?code=CV9", "/round/coefficient?stage=junior", "/round/line", "/round/line?name=none", "/round/line?name=mini.area&stage=nowhere", "/round/kept/none", "/round/compare?a=none"} {
		s.get(404, path)
	}
}

func TestAHeadSeesTheOwnSchoolAndNobodyElse(t *testing.T) {
	s := newSite(t, true)
	kept := s.post(303, "/round/kept?period=2024-2025", "name", "年度评估", "reason", "上报").Header().Get("Location")
	s.role, s.unit = access.SchoolHead, schoolB
	for _, path := range []string{"/round", "/round/schools", "/round/coefficient", "/round/shortfall", "/round/compare", "/round/kept", "/round/line?name=mini.school", "/round/schools?format=csv"} {
		page := s.get(200, path)
		s.lacks(page, "甲小学", "丁小学", "年度评估")
	}
	s.get(403, "/round?unit="+county)
	s.get(403, "/round/line?name=mini.area&unit="+schoolA)
	s.get(403, kept)
	s.get(403, "/round/compare?a="+strings.TrimPrefix(kept, "/round/kept/"))
	for _, role := range []access.Role{access.Teacher, access.OtherDepartment, access.Expert, access.SystemAdministrator, access.Public} {
		s.role = role
		s.get(403, "/round")
	}
	s.role = access.SchoolClerk
	s.get(403, "/round/keep")
	s.post(403, "/round/kept", "name", "我的", "reason", "试")
}

func TestARoundIsFrozenRepeatedAndCompared(t *testing.T) {
	s := newSite(t, true)
	s.has(s.post(422, "/round/kept?period=2024-2025", "name", "", "reason", " ").Body.String(), "名称未填", "理由未填")
	kept := s.post(303, "/round/kept?period=2024-2025", "name", "年度评估", "reason", "上报").Header().Get("Location")
	s.golden("kept", s.get(200, kept))
	s.golden("kept_units", s.get(200, kept+"?of=units"))
	s.golden("kept_list", s.get(200, "/round/kept"))
	s.post(303, kept+"/repeat")
	s.has(s.get(200, kept+"/json"), `"digest"`, `"rule_files"`, `"results"`)
	id := strings.TrimPrefix(kept, "/round/kept/")
	s.has(s.get(200, "/round/compare?a="+id+"&b=2024-2025"), "两轮评估没有差别")
	s.has(s.get(200, "/round/compare?a="+id+"&b=2025-2026"), "年度评估", "未报齐")
}

func TestExportsHoldWhatIsShown(t *testing.T) {
	s := newSite(t, true)
	for _, path := range []string{"/round/schools?", "/round/coefficient?period=2024-2025&", "/round/shortfall?period=2024-2025&", "/round/compare?"} {
		if file := s.get(200, path+"format=xlsx"); !strings.HasPrefix(file, "PK") {
			s.Errorf("%s is no workbook", path)
		}
		if file := s.get(200, path+"format=csv"); !strings.HasPrefix(file, "\ufeff") {
			s.Errorf("%s is no table", path)
		}
	}
	s.has(s.get(200, "/round/schools?format=csv"), "甲小学", "丁小学", "未报", "不计入", "达标")
	s.lacks(s.get(200, "/round/schools?format=csv&show=unmet"), "甲小学")
}

func TestThePanelAndThePageHoldTheSame(t *testing.T) {
	s := newSite(t, true)
	r := httptest.NewRequest("GET", "/round/line?name=mini.area&stage=primary&unit="+schoolA+"&period=2024-2025", nil)
	page := s.serve(r).Body.String()
	r.Header.Set("HX-Request", "true")
	panel := s.serve(r).Body.String()
	for _, text := range []string{"生均运动场面积", "4,000", "500", "王安于", "年报.xlsx", "运动场面积 ÷ 在校生数", "试行评估办法"} {
		s.has(page, text)
		s.has(panel, text)
	}
	s.lacks(panel, "<main")
}
