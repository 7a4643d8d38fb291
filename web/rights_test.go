package web

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"jiaoheng/demo"
)

// roleWalk is one role on its way through every route of the demo county.
type roleWalk struct {
	*site
	draft, plan, person, exam string
}

// address fills the parts of a pattern with things that exist.
func (w roleWalk) address(pattern string) (method, path string) {
	method, path, _ = strings.Cut(pattern, " ")
	path = strings.NewReplacer("{$}", "", "{draft}", w.draft, "{plan}", w.plan, "{node}", "t1", "{item}", "t1", "{id}", w.person, "{post}", "none",
		"{account}", "none", "{run}", "none", "{token}", "none", "{name}", "teacher.above_per_100", "{code}", demo.CountyCode, "{register}", "section_year", "{quota}", "lesson_observation", "{exam}", w.exam, "{unit}", "2199000001").Replace(path)
	if strings.HasSuffix(path, "/add") {
		path += "?from=0&to=12"
	}
	return method, path
}

// try asks for a route with an empty form and returns the status.
func (w roleWalk) try(pattern string) int {
	w.Helper()
	method, path := w.address(pattern)
	r, err := http.NewRequest(method, w.server.URL+path, http.NoBody)
	if err != nil {
		w.Fatal(err)
	}
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	answer, err := w.client.Do(r)
	if err != nil {
		w.Fatal(err)
	}
	answer.Body.Close()
	return answer.StatusCode
}

func newRoleWalk(t *testing.T) roleWalk {
	t.Helper()
	s := demoSite(t)
	ctx := context.Background()
	drafts, err := s.store.PlanDrafts(ctx)
	if err != nil {
		t.Fatal(err)
	}
	plans, err := s.store.Plans(ctx)
	if err != nil {
		t.Fatal(err)
	}
	stranger, err := s.store.AccountByLogin(ctx, "kindergarten")
	if err != nil {
		t.Fatal(err)
	}
	w := roleWalk{site: s, plan: plans[0].ID, person: stranger.Person}
	exams, err := s.store.Exams(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range exams {
		if one.Name == demo.CountyExam {
			w.exam = one.ID
		}
	}
	for _, one := range drafts {
		if one.State == "reviewing" {
			w.draft = one.ID
		}
	}
	return w
}

// enter signs a member of the demo county in; redirects are then shown and not followed.
func (w roleWalk) enter(login string) {
	w.Helper()
	w.forget()
	w.post(200, "/signin", "login", login, "password", demo.Password)
	w.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
}

// TestGoldenRightsOfEveryRole asks every route as every role, with an empty form where one is sent. testdata/rights.txt holds
// the answers: 403 no right, 404 no such thing, 422 something is missing in the form, 303 done or led on.
func TestGoldenRightsOfEveryRole(t *testing.T) {
	w := newRoleWalk(t)
	var table strings.Builder
	all := routes(Options{Store: w.store, Hasher: w.hasher})
	for _, member := range demo.Members() {
		w.enter(member.Account)
		fmt.Fprintf(&table, "%s, %s\n", member.Account, member.Role)
		for _, one := range all {
			if one.open {
				continue
			}
			status := w.try(one.pattern)
			fmt.Fprintf(&table, "  %d %s\n", status, one.pattern)
			if status >= 500 {
				t.Errorf("%s asks %s: status %d", member.Account, one.pattern, status)
			}
			if own := regexp.MustCompile(`/(password|post|todo/settings|todo/notices/read)$`).MatchString(one.pattern); member.Role == "auditor" && !own &&
				strings.HasPrefix(one.pattern, "POST") && status != http.StatusForbidden && status != http.StatusNotFound && !strings.HasSuffix(one.pattern, "/verify") {
				t.Errorf("the auditor sends %s: status %d", one.pattern, status)
			}
		}
	}
	w.goldenText("rights.txt", table.String())
}

func (s *site) goldenText(name, text string) {
	s.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			s.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		s.Fatal(err)
	}
	if string(want) != text {
		s.Errorf("%s: the rights changed; if they should, run go test ./web -run Golden -update and look at the difference. Now:\n%s", path, text)
	}
}

// TestNoRequestBreaksAPage sends what no form of ours sends: every answer says what is wrong, none is an internal error.
func TestNoRequestBreaksAPage(t *testing.T) {
	w := newRoleWalk(t)
	draft, plan, operate := "/plan/draft/"+w.draft, "/plan/adopted/"+w.plan, "/plan/draft/"+w.draft+"/operation"
	cases := []struct {
		name, login, path, form string
		status                  int
	}{
		{"no byte of text in an address", "office", "/plan/adopted/%00", "", 404},
		{"no text in an address", "office", "/plan/draft/%ff", "", 404},
		{"control characters in the id of a person", "admin", "/admin/person/%00", "", 404},
		{"a search for no text", "office", "/search?text=%ff%00", "", 200},
		{"an address that cannot be parsed", "office", "/search?text=%zz", "", 422},
		{"a form that cannot be parsed", "office", operate, "%zz=1", 422},
		{"a kind that is none", "office", draft + "/add?from=0&to=12&kind=emperor", "", 200},
		{"words outside the text", "office", draft + "/add?from=-5&to=99999999", "", 422},
		{"a version beyond the last", "office", plan + "?version=99", "", 404},
		{"a version that is no number", "office", plan + "/compare?from=x&to=99999999999999999999", "", 404},
		{"an operation that nobody did was seen", "office", operate, "act=ignore&items=t4&seen=7", 422},
		{"what was seen is no number", "office", operate, "act=ignore&items=t4&seen=x", 422},
		{"an act that is none", "office", operate, "act=burn&items=t4", 422},
		{"an item of another draft", "office", operate, "act=ignore&items=t99999", 422},
		{"parts without end", "office", operate, "act=split&items=t4&parts=99999999", 422},
		{"an undoing of what was not done", "office", operate, "act=undo&undoes=-3", 422},
		{"a number beyond all numbers", "office", operate, "act=correct&items=t4&value=1e999", 422},
		{"a field too long", "office", operate, "act=correct&items=t4&name=" + strings.Repeat("x", 100000), 422},
		{"a name of control characters", "admin", "/admin/person", "name=%00%01", 422},
		{"a post of no kind", "admin", "/admin/person/" + w.person + "/post", "unit=%00&role=emperor&from=99999-01-01", 422},
		{"the post of somebody else", "office", "/post", "post=%ff", 422},
		{"an unlimited reason", "admin", "/admin/person/" + w.person + "/account/none/close", "reason=" + strings.Repeat("x", 100000), 404},
	}
	for _, c := range cases {
		w.enter(c.login)
		r, err := http.NewRequest(http.MethodGet, w.server.URL+c.path, nil)
		if c.form != "" {
			r, err = http.NewRequest(http.MethodPost, w.server.URL+c.path, strings.NewReader(c.form))
		}
		if err != nil {
			t.Fatal(err)
		}
		if c.form != "" {
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		}
		answer, err := w.client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if answer.StatusCode != c.status {
			t.Errorf("%s: status %d, want %d", c.name, answer.StatusCode, c.status)
		}
	}
}
