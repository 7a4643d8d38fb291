package web

import (
	"context"
	"crypto/rand"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/demo"
	"jiaoheng/person"
	"jiaoheng/store"
)

// cheap makes hashes that cost nothing: what they protect is tested in package person.
var cheap = person.Cost{Memory: 8, Passes: 1, Threads: 1}

const testPassword = "A long enough passphrase"

// site is a server over an empty data folder and a browser without scripts.
type site struct {
	*testing.T
	store  *store.Store
	hasher *person.Hasher
	server *httptest.Server
	client *http.Client
}

func newSite(t *testing.T) *site {
	t.Helper()
	return siteOver(t, t.TempDir())
}

// demoFolder makes a data folder with the demo county once: every test that wants it works on a copy.
var demoFolder = sync.OnceValues(func() (string, error) {
	folder := filepath.Join(scratch, "demo")
	ctx := context.Background()
	opened, err := store.Open(ctx, store.Options{DataDir: folder, KeyFile: strings.Repeat("5a", 32)})
	if err != nil {
		return "", err
	}
	hasher, err := person.NewHasher(cheap, 1, rand.Reader)
	if err != nil {
		return "", errors.Join(err, opened.Close())
	}
	return folder, errors.Join(demo.Load(ctx, opened, hasher), opened.Close())
})

// scratch is a folder that all tests share and the last one leaves behind no more.
var scratch string

func TestMain(m *testing.M) {
	var err error
	if scratch, err = os.MkdirTemp("", "jiaoheng-web"); err != nil {
		panic(err)
	}
	code := m.Run()
	os.RemoveAll(scratch)
	os.Exit(code)
}

// demoSite is a server over the demo county.
func demoSite(t *testing.T) *site {
	t.Helper()
	made, err := demoFolder()
	if err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(t.TempDir(), "data")
	if err := os.CopyFS(folder, os.DirFS(made)); err != nil {
		t.Fatal(err)
	}
	return siteOver(t, folder)
}

func siteOver(t *testing.T, folder string) *site {
	t.Helper()
	opened, err := store.Open(context.Background(), store.Options{DataDir: folder, KeyFile: strings.Repeat("5a", 32)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { opened.Close() })
	hasher, err := person.NewHasher(cheap, 1, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	handler, err := New(Options{Store: opened, Hasher: hasher, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	s := &site{T: t, store: opened, hasher: hasher, server: server}
	s.forget()
	return s
}

// forget gives the browser an empty jar of cookies.
func (s *site) forget() {
	jar, err := cookiejar.New(nil)
	if err != nil {
		s.Fatal(err)
	}
	s.client = &http.Client{Jar: jar}
}

// county stores the invented county and a person with an account for each role given.
func (s *site) county(members ...string) {
	ctx := context.Background()
	if _, err := s.store.UnitsImport(ctx, action.TheProgram(), demo.Units(), false); err != nil {
		s.Fatal(err)
	}
	tree, err := s.store.Tree(ctx)
	if err != nil {
		s.Fatal(err)
	}
	for _, member := range demo.Members() {
		if !strings.Contains(" "+strings.Join(members, " ")+" ", " "+member.Account+" ") {
			continue
		}
		where := person.At(tree, member.UnitCode)
		someone, err := person.Create(ctx, s.store, action.TheProgram(), where, person.Person{Name: member.Name, Phone: member.Phone})
		if err != nil {
			s.Fatal(err)
		}
		post := person.Post{Person: someone.ID, Role: member.Role, Subject: member.Subject, From: "2020-09-01"}
		if _, err := person.CreatePost(ctx, s.store, action.TheProgram(), where, post); err != nil {
			s.Fatal(err)
		}
		if _, err := person.CreateAccountWithPassword(ctx, s.store, s.hasher, action.TheProgram(), where, someone.ID, member.Account, testPassword); err != nil {
			s.Fatal(err)
		}
	}
}

// see fetches a page, fails unless its status is the one given, and returns its main region.
func (s *site) see(status int, path string) string {
	s.Helper()
	answer, err := s.client.Get(s.server.URL + path)
	if err != nil {
		s.Fatal(err)
	}
	return s.read(status, path, answer)
}

// post sends a form and returns the main region of the page that follows.
func (s *site) post(status int, path string, pairs ...string) string {
	s.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	r, err := http.NewRequest("POST", s.server.URL+path, strings.NewReader(form.Encode()))
	if err != nil {
		s.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Accept", "text/html")
	answer, err := s.client.Do(r)
	if err != nil {
		s.Fatal(err)
	}
	return s.read(status, path, answer)
}

var mainRegion = regexp.MustCompile(`(?s)<main.*</main>`)

func (s *site) read(status int, path string, answer *http.Response) string {
	s.Helper()
	defer answer.Body.Close()
	data, err := io.ReadAll(answer.Body)
	if err != nil {
		s.Fatal(err)
	}
	main := mainRegion.FindString(string(data))
	if answer.StatusCode != status {
		s.Fatalf("%s: status %d, want %d: %s", path, answer.StatusCode, status, main)
	}
	return main
}

func (s *site) signIn(login string) {
	s.Helper()
	s.forget()
	s.post(200, "/signin", "login", login, "password", testPassword)
}

// has fails unless text holds every one of wants.
func (s *site) has(text string, wants ...string) {
	s.Helper()
	for _, want := range wants {
		if !strings.Contains(text, want) {
			s.Errorf("%q is not on the page: %s", want, text)
		}
	}
}

func TestEveryRouteAsksForSignInUnlessItIsOpen(t *testing.T) {
	s := newSite(t)
	s.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	for _, one := range routes(Options{Store: s.store, Hasher: s.hasher}) {
		method, path, _ := strings.Cut(one.pattern, " ")
		path = regexp.MustCompile(`\{[a-z$]+\}`).ReplaceAllString(path, "x")
		if strings.HasSuffix(one.pattern, "/{$}") {
			path = "/"
		}
		r, err := http.NewRequest(method, s.server.URL+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		answer, err := s.client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		asked := answer.StatusCode == http.StatusSeeOther && strings.HasPrefix(answer.Header.Get("Location"), "/signin")
		if isSignOut := path == "/signout"; asked == one.open && !isSignOut {
			t.Errorf("%s: open %v, answer %d to %q", one.pattern, one.open, answer.StatusCode, answer.Header.Get("Location"))
		}
	}
}

func TestFirstAdministratorSetsTheSystemUp(t *testing.T) {
	s := newSite(t)
	token, err := person.MakeFirstLink(context.Background(), s.store, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	link := "/link/" + token
	s.has(s.see(200, link), "设置首位系统管理员", `name="again"`)
	s.has(s.post(422, link, "name", "沈<b>", "login", "a", "password", "short", "again", "other"),
		"需要修改", `href="#field-login"`, `href="#field-password"`, `href="#field-again"`, `value="沈&lt;b&gt;"`)
	s.has(s.post(200, link, "name", "沈长安", "login", "first", "password", testPassword, "again", testPassword), "驾驶舱")
	s.has(s.see(410, link), "链接不能使用")

	s.has(s.see(200, "/admin/person/new"), "新增人员")
	s.has(s.post(422, "/admin/person", "name", " ", "phone", "12"), "请填写姓名", "电话号码格式不正确", `value="12"`)
	s.has(s.post(200, "/admin/person", "name", "柳如是", "phone", "13800001234"), "柳如是", "138****1234", "还没有岗位", "没有账号")
}

func TestAccountsAreGivenUsedClosedAndOpened(t *testing.T) {
	s := newSite(t)
	s.county("admin")
	s.signIn("admin")
	page := s.post(200, "/admin/person", "name", "柳如是")
	id := regexp.MustCompile(`/admin/person/([^"/]+)/post"`).FindStringSubmatch(page)[1]
	at := "/admin/person/" + id
	s.has(s.post(422, at+"/post", "unit", "nowhere", "role", "bureau_office", "from", "2020-01-01"), "没有代码为", `id="field-unit"`)
	s.has(s.post(200, at+"/post", "unit", demo.CountyCode, "role", "bureau_office", "subject", "规划", "from", "2020-01-01"), "局机关科室", "规划")
	page = s.post(200, at+"/account", "login", "office")
	link := regexp.MustCompile(`/link/[\w-]+`).FindString(page)
	account := regexp.MustCompile(`/account/([^"/]+)/link`).FindStringSubmatch(page)[1]
	s.has(page, "待设密码")

	admin := s.client
	s.forget()
	s.has(s.post(200, link, "password", testPassword, "again", testPassword), "驾驶舱")
	s.has(s.see(403, "/admin/system"), "没有查看或办理的权限")
	s.see(200, "/admin/person")
	office := s.client

	s.client = admin
	s.has(s.post(200, at+"/account/"+account+"/close", "reason", "离职"), "已停用")
	s.client = office
	s.has(s.see(200, "/"), "登录名")
	s.has(s.post(422, "/signin", "login", "office", "password", testPassword), "登录名或密码不正确", `value="office"`)
	s.client = admin
	s.has(s.post(200, at+"/account/"+account+"/open"), "在用")
	s.signIn("office")
	s.has(s.see(200, "/"), "驾驶舱")
}

func TestPasswordChangeEndsOtherSessions(t *testing.T) {
	s := newSite(t)
	s.county("office")
	s.signIn("office")
	other := s.client
	s.signIn("office")
	s.has(s.post(422, "/password", "current", "wrong", "password", testPassword+"2", "again", testPassword+"2"), "当前密码不正确", `href="#field-current"`)
	s.post(200, "/password", "current", testPassword, "password", testPassword+"2", "again", testPassword+"2")
	s.has(s.see(200, "/"), "驾驶舱")
	s.client = other
	s.has(s.see(200, "/"), "登录名")
}

func TestSignInLeadsBackToThePage(t *testing.T) {
	s := newSite(t)
	s.county("admin")
	s.has(s.see(200, "/admin/unit?kind=school"), `name="back" value="/admin/unit?kind=school"`)
	s.has(s.post(200, "/signin", "login", "admin", "password", testPassword, "back", "/admin/unit?kind=school"), "单位代码", `aria-current="true"`)
	s.post(200, "/signout")
	s.has(s.see(200, "/admin/unit"), "登录名")
}

func TestPostsAreChosenAndDecideTheRights(t *testing.T) {
	s := newSite(t)
	s.county("teacher")
	ctx := context.Background()
	account, err := s.store.AccountByLogin(ctx, "teacher")
	if err != nil {
		t.Fatal(err)
	}
	post, err := person.CreatePost(ctx, s.store, action.TheProgram(), access.Unit{}, person.Post{Person: account.Person, Role: access.Auditor, From: "2021-01-01"})
	if err != nil {
		t.Fatal(err)
	}
	s.signIn("teacher")
	s.see(403, "/admin/log")
	s.has(s.see(200, "/post"), "当前岗位", "全系统", post.ID)
	s.post(200, "/post", "post", post.ID)
	s.has(s.see(200, "/admin/log"), "切换当前岗位", "登录")
	s.has(s.post(200, "/admin/log/verify"), "核验通过")
	s.post(422, "/post", "post", "of somebody else")
}

func TestPeopleOfOtherUnitsAreNotShown(t *testing.T) {
	s := newSite(t)
	s.county("admin", "head", "teacher", "kindergarten")
	s.signIn("head")
	page := s.see(200, "/admin/person")
	s.has(page, "杭立夏", "柏允文")
	for _, hidden := range []string{"贺知行", "宋怀瑾"} {
		if strings.Contains(page, hidden) {
			t.Errorf("a school head sees %s", hidden)
		}
	}
	stranger, err := s.store.AccountByLogin(context.Background(), "kindergarten")
	if err != nil {
		t.Fatal(err)
	}
	s.see(403, "/admin/person/"+stranger.Person)
	s.post(403, "/admin/person/"+stranger.Person, "name", "改名")
	s.has(s.see(200, "/admin/person?name="+url.QueryEscape("宋怀瑾")), "没有找到")
}

func TestSearchFindsUnitsByEveryWord(t *testing.T) {
	s := newSite(t)
	s.county("office")
	s.signIn("office")
	s.has(s.see(200, "/search?text="+url.QueryEscape("实验 小学")), "澄源县实验小学", "/school/2199000001")
	s.has(s.see(200, "/search?text=2199000001"), "澄源县实验小学")
	s.has(s.see(200, "/search?text="+url.QueryEscape("<b>火星</b>")), "没有找到", "&lt;b&gt;火星")
	s.has(s.see(200, "/search"), "几个词用空格隔开")
	s.has(s.see(200, "/search?text="+strings.Repeat("x", 5000)), "没有找到", strings.Repeat("x", 50)+"”")
}
