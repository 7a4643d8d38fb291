package whatif_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"flag"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"jiaoheng"
	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/demo"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/person"
	"jiaoheng/round"
	"jiaoheng/store"
	"jiaoheng/web/shell"
	"jiaoheng/web/whatif"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// now is the time of every request.
var now = time.Date(2026, 3, 2, 2, 30, 0, 0, time.UTC)

// site is the pages over the demo county, without the rest of the program around them.
type site struct {
	testing.TB
	store   *store.Store
	handler http.Handler
	role    access.Role
	unit    string
	person  string
}

// shared is the county that all tests use: to load it takes seconds. Each test keeps what-ifs of persons of its own.
var shared struct {
	store   *store.Store
	handler http.Handler
}

func TestMain(m *testing.M) {
	flag.Parse()
	folder, err := os.MkdirTemp("", "whatif")
	if err == nil {
		err = openShared(folder)
	}
	if err != nil {
		panic(err)
	}
	code := m.Run()
	shared.store.Close()
	os.RemoveAll(folder)
	os.Exit(code)
}

func openShared(folder string) error {
	ctx := context.Background()
	s, err := store.Open(ctx, store.Options{DataDir: folder, KeyFile: strings.Repeat("5a", 32), Clock: func() time.Time { return now }})
	if err != nil {
		return err
	}
	hasher, err := person.NewHasher(person.Cost{Memory: 8, Passes: 1, Threads: 1}, 1, rand.Reader)
	if err != nil {
		return err
	}
	if err := demo.Load(ctx, s, hasher); err != nil {
		return err
	}
	set, faults := pack.Load(jiaoheng.Packs, os.DirFS(folder))
	if err := faults.Err(); err != nil {
		return err
	}
	if err := s.RegistersOpen(ctx, set.Everything().Registers()...); err != nil {
		return err
	}
	names := map[string]string{"anna": "王安", "bert": "欧阳建国"}
	mux := http.NewServeMux()
	for _, one := range whatif.New(round.NewDesk(set, s), s, func(_ context.Context, id string) string { return names[id] }).Routes() {
		mux.Handle(one.Pattern, one.Handler)
	}
	shared.store, shared.handler = s, mux
	return nil
}

func newSite(t testing.TB, person string) *site {
	t.Helper()
	return &site{TB: t, store: shared.store, handler: shared.handler, role: access.BureauOffice, unit: demo.CountyCode, person: person}
}

func (s *site) serve(r *http.Request) *httptest.ResponseRecorder {
	s.Helper()
	tree, err := s.store.Tree(context.Background())
	if err != nil {
		s.Fatal(err)
	}
	at := tree.SubtreeOf(s.unit)
	post := access.Post{ID: "post-" + s.person, Person: s.person, Role: s.role, Unit: access.Unit{Code: s.unit, From: at.From, To: at.To}}
	view := &shell.View{Language: message.Chinese, Actor: action.Actor{Post: post}, Tree: tree, Person: "王安", Path: r.URL.RequestURI(), Request: "r-1",
		Now: now, Log: slog.New(slog.DiscardHandler)}
	answer := httptest.NewRecorder()
	s.handler.ServeHTTP(answer, r.WithContext(shell.With(r.Context(), view)))
	return answer
}

func (s *site) get(status int, address string) string {
	s.Helper()
	answer := s.serve(httptest.NewRequest("GET", address, nil))
	if answer.Code != status {
		s.Fatalf("GET %s: status %d, want %d\n%s", address, answer.Code, status, words(answer.Body.String()))
	}
	if status == http.StatusSeeOther {
		return answer.Header().Get("Location")
	}
	return answer.Body.String()
}

func (s *site) post(status int, address string, pairs ...string) *httptest.ResponseRecorder {
	s.Helper()
	r := httptest.NewRequest("POST", address, strings.NewReader(parts(pairs...)))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	answer := s.serve(r)
	if answer.Code != status {
		s.Fatalf("POST %s %v: status %d, want %d\n%s", address, pairs, answer.Code, status, words(answer.Body.String()))
	}
	return answer
}

// parts writes names and values as an address holds them.
func parts(pairs ...string) string {
	values := url.Values{}
	for k := 0; k+1 < len(pairs); k += 2 {
		values.Add(pairs[k], pairs[k+1])
	}
	return values.Encode()
}

var (
	mainRegion = regexp.MustCompile(`(?s)<main[^>]*>(.*)</main>`)
	icon       = regexp.MustCompile(`(?s)<svg.*?</svg>`)
	tag        = regexp.MustCompile(`<[^>]*>`)
	list       = regexp.MustCompile(`(?s)<(datalist|select).*?</(datalist|select)>`)
)

// words is the text of the main region of a page, one piece a line.
func words(page string) string {
	if found := mainRegion.FindStringSubmatch(page); found != nil {
		page = found[1]
	}
	var lines []string
	for _, line := range strings.Split(tag.ReplaceAllString(list.ReplaceAllString(icon.ReplaceAllString(page, ""), ""), "\n"), "\n") {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n") + "\n"
}

// golden compares the words of a page with its file.
func (s *site) golden(name, page string) {
	s.Helper()
	got := words(page)
	for _, absent := range []string{"whatif.", "<nil>", "%!", "NaN"} {
		if strings.Contains(got, absent) {
			s.Errorf("%s holds %q", name, absent)
		}
	}
	file := filepath.Join("testdata", name+".txt")
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
		s.Errorf("%s differs from %s; go test ./web/whatif -update rewrites it and git diff shows how. Now:\n%s", name, file, got)
	}
}

func (s *site) has(page string, wants ...string) {
	s.Helper()
	for _, want := range wants {
		if !strings.Contains(page, want) {
			s.Errorf("%q is not in: %s", want, words(page))
		}
	}
}

// The school year 2024-2025 is complete; a school of the year after is silent.
const (
	period = "2024-2025"
	music  = "add~2199000001-primary~teachers_music"
)

func TestPagesLookAsTheyDid(t *testing.T) {
	s := newSite(t, "nobody")
	s.golden("empty", s.get(200, "/whatif?period="+period))
	s.golden("changed", s.get(200, "/whatif?"+parts("period", period, "c", music, "v", "-3", "c", "merge~2199000008~2199000007", "v", "",
		"c", "threshold~teacher.above_per_100~primary", "v", "5", "c", "switch~existing_rooms", "v", "1")))
	s.golden("form", s.get(200, "/whatif?"+parts("unit", "2199000001", "period", period, "add", "teacher", "new_unit", "2199000001-primary", "new_item", "teachers_music")))
	s.golden("saved_none", s.get(200, "/whatif/saved"))
}

func TestEveryPageSaysThatItIsNoFact(t *testing.T) {
	s := newSite(t, "clara")
	id := s.save("两校合并")
	for _, address := range []string{"/whatif", "/whatif?c=" + music + "&v=1", "/whatif/saved", "/whatif/compare?a=" + id} {
		page := s.get(200, address)
		s.has(page, "推演结果，不是实际数据", "数据来源：推演结果，不是实际数据", "<title>")
		if head := page[strings.Index(page, "<title>"):strings.Index(page, "</title>")]; !strings.Contains(head, "推演") {
			t.Errorf("%s has the title %s", address, head)
		}
	}
}

// save keeps a what-if and returns its id.
func (s *site) save(name string) string {
	s.Helper()
	answer := s.post(http.StatusSeeOther, "/whatif/saved?period="+period, "c", "merge~2199000008~2199000007", "v", "", "c", music, "v", "-3", "name", name, "remark", "试算")
	address, err := url.Parse(answer.Header().Get("Location"))
	if err != nil {
		s.Fatal(err)
	}
	return address.Query().Get("saved")
}

func TestButtonsLeadToTheAddressOfTheChangedList(t *testing.T) {
	s := newSite(t, "dora")
	two := []string{"period", period, "c", music, "v", "2", "c", "merge~2199000008~2199000007", "v", ""}
	base := "c=add~2199000001-primary~teachers_music&c=merge~2199000008~2199000007&pack=balanced&period=2024-2025&unit=" + demo.CountyCode + "&v="
	cases := []struct {
		name   string
		press  []string
		search string
	}{
		{"one more", []string{"more", "1"}, base + "3&v="},
		{"one less", []string{"less", "1"}, base + "1&v="},
		{"computed again", []string{"run", "1"}, base + "2&v="},
		{"remove", []string{"remove", "1"}, "c=merge~2199000008~2199000007&pack=balanced&period=2024-2025&unit=" + demo.CountyCode + "&v="},
		{"clear", []string{"clear", "all"}, "pack=balanced&period=2024-2025&unit=" + demo.CountyCode},
		{"add by name", []string{"add", "teacher", "do", "teacher", "new_unit", "澄源县第一小学（小学）", "new_item", "音乐专任教师数", "new_value", "＋２"},
			strings.Replace(base, "&pack", "&c=add~2199000002-primary~teachers_music&pack", 1) + "2&v=&v=2"},
	}
	for _, c := range cases {
		got := s.get(http.StatusSeeOther, "/whatif?"+parts(append(two, c.press...)...))
		if got != "/whatif?"+c.search && got != "/whatif?add=teacher&"+c.search {
			t.Errorf("%s leads to %s", c.name, got)
		}
	}
}

func TestFaultsAreToldAllAtOnceBesideTheirChange(t *testing.T) {
	s := newSite(t, "emil")
	page := s.get(422, "/whatif?"+parts("period", period, "c", music, "v", "two", "c", "add~9999999999~teachers_music", "v", "1", "c", "merge~2199000001~2199000001", "v", "",
		"c", "rubbish", "v", "", "c", music, "v", "1.5"))
	s.has(page, `href="#field-change-1"`, `href="#field-change-2"`, `href="#field-change-3"`, "第 4 项改动无法识别", "应为整数", "不在澄源县范围内", `value="two"`)
	s.has(s.get(422, "/whatif?"+parts("period", period, "c", music, "v", "-5000")), "低于允许的最小值", `href="#field-change-1"`)
	s.has(s.get(422, "/whatif?"+parts("add", "merge", "do", "merge", "new_unit", "小学", "new_into", "火星")), "对应", "没有找到“火星”", `href="#field-new_unit"`, `href="#field-new_into"`)
	s.has(s.get(422, "/whatif?"+parts("add", "teacher", "do", "teacher")), "请选择数据项", "请选择学校或单位", "请填写数字")
	s.has(s.get(422, "/whatif?"+strings.Repeat("c="+music+"&v=1&", whatif.MaxListed+1)), "最多 100 项改动")
	s.get(404, "/whatif?pack=none")
	s.get(404, "/whatif?saved=none")
}

func TestVerdictsMoveAndSuggestionsHold(t *testing.T) {
	s := newSite(t, "fred")
	page := s.get(200, "/whatif?"+parts("period", period, "c", "threshold~teacher.above_per_100~primary", "v", "6"))
	s.has(page, "现行阈值为 4.2", "判定变化的学校", "每百名学生拥有高于规定学历教师数（小学）")
	page = s.get(200, "/whatif?period="+period)
	take := regexp.MustCompile(`href="(/whatif\?c=add[^"]*)"`).FindStringSubmatch(page)
	if take == nil {
		t.Fatalf("no suggestion in %s", words(page))
	}
	s.has(s.get(200, strings.ReplaceAll(take[1], "&amp;", "&")), "学校资源配置达标（七项至少六项达标，余项不低于标准的85%）", "改动（1 项）")
}

func TestOnlyWhoSeesFactsOfTheUnitMayPlay(t *testing.T) {
	s := newSite(t, "gina")
	s.role, s.unit = access.SchoolHead, "2199000001"
	s.has(s.get(200, "/whatif"), "澄源县实验小学")
	s.get(403, "/whatif?unit="+demo.CountyCode)
	s.has(s.get(422, "/whatif?c=add~2199000002-primary~teachers_music&v=1"), "不在澄源县实验小学范围内")
	s.role = access.Teacher
	s.get(403, "/whatif")
	s.role, s.unit = access.Auditor, demo.CountyCode
	s.get(200, "/whatif")
	s.post(403, "/whatif/saved", "c", music, "v", "1", "name", "x")
	s.role = access.SystemAdministrator
	s.get(403, "/whatif")
}

func TestWhatIfsAreSavedSharedComparedAndDeleted(t *testing.T) {
	s := newSite(t, "anna")
	s.has(s.post(422, "/whatif/saved?period="+period, "c", music, "v", "2", "name", "", "remark", strings.Repeat("长", 301)).Body.String(),
		"请填写方案名称", "说明不得超过 300 个字", `href="#field-name"`, `value="2"`)
	id := s.save("两校合并")
	at := "/whatif/saved/" + id
	opened := s.get(http.StatusSeeOther, at)
	s.has(opened, "saved="+id, "merge~2199000008~2199000007")
	page := s.get(200, opened)
	s.has(page, "推演：两校合并", "保存修改", "另存为新方案")
	if strings.Contains(page, "以来，实际数据或规则有变化") {
		t.Error("facts that did not change are said to have changed")
	}
	s.person, s.role = "bert", access.BureauLeader
	s.get(404, at)
	s.person, s.role = "anna", access.BureauOffice
	s.post(http.StatusSeeOther, at+"/share", "on", "yes")
	s.person, s.role = "bert", access.BureauLeader
	s.has(s.get(200, "/whatif/saved"), "两校合并", "王安保存于", "已共享")
	s.get(http.StatusSeeOther, at)
	s.post(403, at+"/delete")
	s.post(http.StatusSeeOther, at+"/copy")
	s.has(s.get(200, "/whatif/saved"), "两校合并（副本）", "欧阳建国保存于")
	s.golden("compare", s.get(200, "/whatif/compare?a="+id))
	s.person, s.role = "anna", access.BureauOffice
	s.post(http.StatusSeeOther, at+"?period="+period, "c", music, "v", "-3", "name", "只减教师")
	other := s.save("两校合并")
	s.has(s.get(200, "/whatif/compare?a="+id+"&b="+other), "推演：只减教师", "推演：两校合并")
	s.post(http.StatusSeeOther, at+"/share")
	s.post(http.StatusSeeOther, at+"/delete")
	s.get(404, at)
}

func TestTheExportIsMarkedOnEverySheet(t *testing.T) {
	s := newSite(t, "hugo")
	answer := s.serve(httptest.NewRequest("GET", "/whatif/xlsx?"+parts("period", period, "c", "threshold~teacher.above_per_100~primary", "v", "6"), nil))
	if answer.Code != 200 {
		t.Fatal(answer.Code, answer.Body.String())
	}
	file, err := excelize.OpenReader(bytes.NewReader(answer.Body.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for _, name := range file.GetSheetList() {
		rows, err := file.GetRows(name)
		if err != nil || len(rows) < 4 || !strings.HasPrefix(name, "推演") || !strings.Contains(rows[0][0], "推演结果，不是实际数据") ||
			rows[len(rows)-1][0] != "推演结果，不是实际数据" {
			t.Errorf("sheet %s: %v %v", name, rows, err)
		}
	}
}

// BenchmarkTyping is one answer while somebody types, over the demo county.
func BenchmarkTyping(b *testing.B) {
	s := newSite(b, "ida")
	address := "/whatif/result?" + parts("period", period, "c", music, "v", "2", "c", "merge~2199000008~2199000007", "v", "")
	s.get(200, address)
	for b.Loop() {
		s.get(200, address)
	}
}
