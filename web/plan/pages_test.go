package plan_test

import (
	"bytes"
	"context"
	"flag"
	"log/slog"
	"math/rand/v2"
	"mime/multipart"
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
	"jiaoheng/plan"
	"jiaoheng/store"
	pages "jiaoheng/web/plan"
	"jiaoheng/web/shell"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// now is the time of every request.
var now = time.Date(2026, 9, 1, 2, 30, 0, 0, time.UTC)

// site is the pages over an empty store, without the rest of the program around them.
type site struct {
	*testing.T
	store   *store.Store
	desks   *plan.Desks
	handler http.Handler
	role    access.Role
	person  string
}

func newSite(t *testing.T) *site {
	t.Helper()
	opened, err := store.Open(context.Background(), store.Options{DataDir: t.TempDir(), KeyFile: strings.Repeat("5a", 32),
		Clock: func() time.Time { return now }, Random: rand.NewChaCha8([32]byte{1})})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { opened.Close() })
	names := map[string]string{"anna": "王安", "bert": "欧阳建国"}
	desks := plan.NewDesks(opened, func(_ context.Context, person string) string { return names[person] })
	mux := http.NewServeMux()
	for _, route := range pages.New(t.Context(), desks).Routes() {
		mux.Handle(route.Pattern, route.Handler)
	}
	return &site{T: t, store: opened, desks: desks, handler: mux, role: access.BureauOffice, person: "anna"}
}

func actorOf(person string, role access.Role) action.Actor {
	return action.Actor{Post: access.Post{ID: "post-" + person, Person: person, Role: role}}
}

func (s *site) serve(r *http.Request) *httptest.ResponseRecorder {
	s.Helper()
	view := &shell.View{Language: message.Chinese, Actor: s.actor(), Person: "王安",
		Path: r.URL.RequestURI(), Request: "r-1", Now: now, Log: slog.New(slog.DiscardHandler)}
	answer := httptest.NewRecorder()
	s.handler.ServeHTTP(answer, r.WithContext(shell.With(r.Context(), view)))
	return answer
}

func (s *site) get(status int, address string) string {
	s.Helper()
	answer := s.serve(httptest.NewRequest("GET", address, nil))
	if answer.Code != status {
		s.Fatalf("GET %s: status %d, want %d\n%s", address, answer.Code, status, heart(answer))
	}
	return answer.Body.String()
}

// post sends a form and returns the answer.
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
		s.Fatalf("POST %s %v: status %d, want %d\n%s", address, pairs, answer.Code, status, heart(answer))
	}
	return answer
}

// hand uploads a document and returns the answer of the page that the upload leads to.
func (s *site) hand(file string, data []byte, of string) *httptest.ResponseRecorder {
	s.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", file)
	if err != nil {
		s.Fatal(err)
	}
	part.Write(data)
	form.WriteField("plan", of)
	form.Close()
	r := httptest.NewRequest("POST", "/plan/import", &body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	answer := s.serve(r)
	for answer.Code == http.StatusSeeOther && strings.HasPrefix(answer.Header().Get("Location"), "/plan/import/") {
		answer = s.serve(httptest.NewRequest("GET", answer.Header().Get("Location"), nil))
	}
	return answer
}

// adopt accepts what is sure and adopts the draft; it returns the address of the plan.
func (s *site) adopt(desk string) string {
	s.Helper()
	s.post(http.StatusSeeOther, desk+"/operation", "act", "accept_confident")
	answer := s.post(http.StatusSeeOther, desk+"/adopt", "name", "青溪县教育质量提升行动计划", "region", "青溪县", "from", "2025", "to", "2027", "head", "1", "unreviewed", "yes")
	return answer.Header().Get("Location")
}

var (
	mainRegion = regexp.MustCompile(`(?s)<main[^>]*>(.*)</main>`)
	icon       = regexp.MustCompile(`(?s)<svg.*?</svg>`)
	between    = regexp.MustCompile(`>\s*<`)
	// looks are the attributes and wrappers that say how a page looks and not what it holds; package shell may change them.
	looks   = regexp.MustCompile(` (class|title|id|for|tabindex|role|aria-label|aria-describedby|aria-live|aria-invalid|maxlength|autocomplete|inputmode|rows|scope)="[^"]*"`)
	stored  = regexp.MustCompile(`\b01[0-9a-z]{24}\b`) // ids of rows
	wrapper = regexp.MustCompile(`</?(div|span)>`)
)

// heart is the text of the main region of an answer.
func heart(answer *httptest.ResponseRecorder) string {
	page := answer.Body.String()
	if found := mainRegion.FindStringSubmatch(page); found != nil {
		page = found[1]
	}
	return strings.Join(strings.Fields(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(icon.ReplaceAllString(page, ""), " ")), " ")
}

// golden compares what the main region of a page holds with its file; icons and looks are left out.
func (s *site) golden(name, page string) {
	s.Helper()
	found := mainRegion.FindStringSubmatch(page)
	if found == nil {
		s.Fatalf("%s: no main region\n%s", name, page)
	}
	holds := looks.ReplaceAllString(icon.ReplaceAllString(found[1], ""), "")
	holds = stored.ReplaceAllString(holds, "ID")
	got := strings.TrimSpace(between.ReplaceAllString(wrapper.ReplaceAllString(holds, ""), ">\n<")) + "\n"
	for _, absent := range []string{"style=", "onclick", "<nil>", "<b>青苗", "%!", "plan.field.", "plan.desk."} {
		if strings.Contains(got, absent) {
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
		s.Errorf("%s differs from %s; go test ./web/plan -update rewrites it and git diff shows how", name, file)
	}
}

func TestPagesLookAsTheyDid(t *testing.T) {
	s := newSite(t)
	s.golden("list_empty", s.get(http.StatusOK, "/plan"))
	s.golden("import", s.get(http.StatusOK, "/plan/import"))
	desk := s.first()
	s.golden("report", s.get(http.StatusOK, desk+"/report"))
	s.golden("desk", s.get(http.StatusOK, desk))
	s.golden("adopt", s.get(http.StatusOK, desk+"/adopt"))
	s.golden("edit", s.get(http.StatusOK, desk+"/item/t1"))
	s.golden("split", s.get(http.StatusOK, desk+"/item/t1?do=split"))
	adopted := s.adopt(desk)
	s.golden("log", s.get(http.StatusOK, desk+"/log"))
	s.golden("list", s.get(http.StatusOK, "/plan"))
	for _, view := range []string{"targets", "tasks", "projects", "mechanisms", "facts", "outline"} {
		s.golden("plan_"+view, s.get(http.StatusOK, adopted+"?view="+view))
	}
	s.golden("node", s.get(http.StatusOK, adopted+"/node/t1?version=1"))
	s.golden("text", s.get(http.StatusOK, adopted+"/text"))
	revised := s.revision(adopted)
	s.golden("adopt_revision", s.get(http.StatusOK, revised+"/adopt"))
	s.adopt(revised)
	s.golden("compare", s.get(http.StatusOK, adopted+"/compare"))
	s.golden("discard", s.get(http.StatusOK, s.first()+"/discard"))
}
