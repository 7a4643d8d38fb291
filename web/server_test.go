package web

import (
	"bytes"
	"compress/gzip"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"jiaoheng/web/shell"
)

func serve(t *testing.T, log io.Writer, handler http.Handler) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(layered(slog.New(slog.NewTextHandler(log, nil)), time.Now, handler))
	t.Cleanup(server.Close)
	server.Client().CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return server
}

func fetch(t *testing.T, server *httptest.Server, request *http.Request) (*http.Response, string) {
	t.Helper()
	answer, err := server.Client().Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	data, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer, string(data)
}

func request(t *testing.T, method, address string, form url.Values) *http.Request {
	t.Helper()
	r, err := http.NewRequest(method, address, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	return r
}

func TestPanicIsAnInternalErrorWithTheIdOfTheLog(t *testing.T) {
	var log bytes.Buffer
	server := serve(t, &log, http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("pipe burst") }))
	answer, text := fetch(t, server, request(t, "GET", server.URL+"/x", nil))
	id := answer.Header.Get("X-Request-Id")
	if answer.StatusCode != 500 || !strings.Contains(text, "系统内部错误") || id == "" || !strings.Contains(text, id) {
		t.Errorf("status %d, id %q, page %s", answer.StatusCode, id, text)
	}
	if strings.Contains(text, "pipe burst") || !strings.Contains(log.String(), "pipe burst") || !strings.Contains(log.String(), id) {
		t.Errorf("the reason belongs to the log alone: %s", log.String())
	}
}

func TestEveryAnswerIsSecured(t *testing.T) {
	server := serve(t, io.Discard, http.HandlerFunc(shell.Static))
	for _, address := range []string{shell.Asset("shell.css"), "/static/none"} {
		answer, _ := fetch(t, server, request(t, "GET", server.URL+address, nil))
		if got := answer.Header.Get("Content-Security-Policy"); !strings.HasPrefix(got, "default-src 'none'; script-src 'self';") || strings.Contains(got, "unsafe") {
			t.Errorf("%s: policy %q", address, got)
		}
		if answer.Header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s may be taken for something else", address)
		}
	}
}

func TestFormsOfOtherSitesAreRefused(t *testing.T) {
	done := 0
	server := serve(t, io.Discard, http.HandlerFunc(func(http.ResponseWriter, *http.Request) { done++ }))
	cases := []struct {
		name, method, site string
		status             int
	}{
		{"own form", "POST", "same-origin", 200},
		{"other site", "POST", "cross-site", 403},
		{"other site on this host", "POST", "same-site", 403},
		{"link from elsewhere", "GET", "cross-site", 200},
	}
	for _, c := range cases {
		r := request(t, c.method, server.URL, nil)
		r.Header.Set("Sec-Fetch-Site", c.site)
		if answer, _ := fetch(t, server, r); answer.StatusCode != c.status {
			t.Errorf("%s: status %d, want %d", c.name, answer.StatusCode, c.status)
		}
	}
	if done != 2 {
		t.Errorf("%d requests were carried out, want 2", done)
	}
}

func TestBodiesHaveALimit(t *testing.T) {
	read := shell.Handler(func(w http.ResponseWriter, r *http.Request) error {
		_, err := io.ReadAll(r.Body)
		return err
	})
	server := serve(t, io.Discard, limited(10, read))
	cases := []struct {
		name   string
		body   io.Reader
		status int
	}{
		{"at the limit", strings.NewReader("0123456789"), 200},
		{"announced too large", strings.NewReader("0123456789a"), 413},
		{"too large without a length", io.MultiReader(strings.NewReader("0123456789"), strings.NewReader("a")), 413},
	}
	for _, c := range cases {
		r, err := http.NewRequest("POST", server.URL, c.body)
		if err != nil {
			t.Fatal(err)
		}
		if answer, _ := fetch(t, server, r); answer.StatusCode != c.status {
			t.Errorf("%s: status %d, want %d", c.name, answer.StatusCode, c.status)
		}
	}
}

func TestTextIsCompressedAndStreamsAreNot(t *testing.T) {
	server := serve(t, io.Discard, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", r.URL.Query().Get("kind"))
		io.WriteString(w, strings.Repeat("规划", 500))
	}))
	for kind, want := range map[string]string{"text/html; charset=utf-8": "gzip", "application/json": "gzip", "text/event-stream": "", "image/png": ""} {
		r := request(t, "GET", server.URL+"/?kind="+url.QueryEscape(kind), nil)
		r.Header.Set("Accept-Encoding", "gzip")
		answer, text := fetch(t, server, r)
		if got := answer.Header.Get("Content-Encoding"); got != want {
			t.Errorf("%s: encoding %q, want %q", kind, got, want)
			continue
		}
		if want == "gzip" {
			reader, err := gzip.NewReader(strings.NewReader(text))
			if err != nil {
				t.Fatal(err)
			}
			data, err := io.ReadAll(reader)
			if err != nil {
				t.Fatal(err)
			}
			text = string(data)
		}
		if text != strings.Repeat("规划", 500) {
			t.Errorf("%s: the content changed", kind)
		}
	}
}

func TestLanguageIsRemembered(t *testing.T) {
	server := serve(t, io.Discard, shell.Handler(languageChoose))
	cases := []struct{ name, language, back, cookie, to string }{
		{"to English and back to the page", "en", "/plan?view=targets", "en", "/plan?view=targets"},
		{"unknown language", "xx", "/plan", "zh", "/plan"},
		{"no address of others", "en", "//evil.example/", "en", "/"},
		{"no address of others, backslash", "en", "/\\evil.example/", "en", "/"},
		{"no scheme", "en", "https://evil.example/", "en", "/"},
	}
	for _, c := range cases {
		answer, _ := fetch(t, server, request(t, "POST", server.URL, url.Values{"language": {c.language}, "back": {c.back}}))
		if to := answer.Header.Get("Location"); answer.StatusCode != 303 || to != c.to {
			t.Errorf("%s: %d to %q, want %q", c.name, answer.StatusCode, to, c.to)
		}
		if cookies := answer.Cookies(); len(cookies) != 1 || cookies[0].Value != c.cookie {
			t.Errorf("%s: cookies %v, want %s", c.name, cookies, c.cookie)
		}
	}
}
