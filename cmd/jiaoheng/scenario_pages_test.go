package main

import (
	"bytes"
	"html"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

var (
	mainRegion = regexp.MustCompile(`(?s)<main.*</main>`)
	tag        = regexp.MustCompile(`(?s)<script.*?</script>|<[^>]*>`)
	blanks     = regexp.MustCompile(`\s+`)
	formTag    = regexp.MustCompile(`(?s)<form\b([^>]*)>(.*?)</form>`)
	actionOf   = regexp.MustCompile(`\baction="([^"]*)"`)
	buttonTag  = regexp.MustCompile(`(?s)<button\b([^>]*)>(.*?)</button>`)
	hiddenTag  = regexp.MustCompile(`<input\b[^>]*type="hidden"[^>]*>`)
	boxTag     = regexp.MustCompile(`<input\b[^>]*type="checkbox"[^>]*>`)
	nameOf     = regexp.MustCompile(`\bname="([^"]*)"`)
	valueOf    = regexp.MustCompile(`\bvalue="([^"]*)"`)
	anchor     = regexp.MustCompile(`(?s)<a\s[^>]*href="([^"]*)"[^>]*>(.*?)</a>`)
)

// text is what a reader sees of a page.
func text(page string) string {
	return strings.TrimSpace(blanks.ReplaceAllString(html.UnescapeString(tag.ReplaceAllString(page, " ")), " "))
}

// see: see PATH TEXT… asks that the page can be seen and holds every text; ! see PATH TEXT… that it holds none of them.
func (s *scenario) see(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) == 0 {
		ts.Fatalf("usage: [!] see PATH TEXT…")
	}
	s.get(ts, args[0])
	if s.status != http.StatusOK {
		ts.Fatalf("see %s: status %d: %s", args[0], s.status, text(s.page))
	}
	s.holds(ts, neg, args[1:])
}

// holds checks what the last page shows, blanks aside.
func (s *scenario) holds(ts *testscript.TestScript, neg bool, wants []string) {
	shown := text(s.page)
	tight := strings.ReplaceAll(shown, " ", "")
	for _, want := range wants {
		if strings.Contains(tight, strings.ReplaceAll(want, " ", "")) == neg {
			ts.Fatalf("%s: %q shown: %v\n%s", s.at, want, neg, shown)
		}
	}
}

// post: post PATH name=value… name=@FILE… sends a form and asks that it is accepted; the page that follows is the last page.
func (s *scenario) post(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 {
		ts.Fatalf("usage: post PATH name=value… (refuse post … for what must not work)")
	}
	s.open(ts)
	s.send(ts, args[0], args[1:])
	if s.status != http.StatusOK {
		ts.Fatalf("post %s: status %d: %s", args[0], s.status, text(s.page))
	}
}

// refuse: refuse PATH [TEXT…] | refuse post PATH name=value… asks that the server refuses and says why.
func (s *scenario) refuse(ts *testscript.TestScript, neg bool, args []string) {
	switch {
	case neg || len(args) == 0:
		ts.Fatalf("usage: refuse PATH [TEXT…] | refuse post PATH name=value…")
	case args[0] == "post" && len(args) > 1:
		s.open(ts)
		s.send(ts, args[1], args[2:])
	default:
		s.get(ts, args[0])
		s.holds(ts, false, args[1:])
	}
	if s.status < 400 || s.status >= 500 {
		ts.Fatalf("refuse %s: status %d: %s", strings.Join(args, " "), s.status, text(s.page))
	}
}

// follow: follow TEXT goes where the first link with the text on the last page leads.
func (s *scenario) follow(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: follow TEXT")
	}
	for _, found := range anchor.FindAllStringSubmatch(s.page, -1) {
		if strings.Contains(text(found[2]), args[0]) {
			s.get(ts, html.UnescapeString(found[1]))
			return
		}
	}
	ts.Fatalf("follow: no link %q on %s: %s", args[0], s.at, text(s.page))
}

// press: press TEXT name=value… sends the first form of the last page that has a button with exactly the text, which must be accepted.
func (s *scenario) press(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 {
		ts.Fatalf("usage: press TEXT name=value…")
	}
	for _, form := range formTag.FindAllStringSubmatch(s.page, -1) {
		for _, button := range buttonTag.FindAllStringSubmatch(form[2], -1) {
			action := actionOf.FindStringSubmatch(form[1])
			if action == nil || text(button[2]) != args[0] {
				continue
			}
			pairs := args[1:]
			if name, value := nameOf.FindStringSubmatch(button[1]), valueOf.FindStringSubmatch(button[1]); name != nil && value != nil {
				pairs = append(pairs, name[1]+"="+html.UnescapeString(value[1]))
			}
			s.send(ts, html.UnescapeString(action[1]), pairs)
			if s.status != http.StatusOK {
				ts.Fatalf("press %s: status %d: %s", args[0], s.status, text(s.page))
			}
			return
		}
	}
	ts.Fatalf("press: no button %q on %s: %s", args[0], s.at, text(s.page))
}

var choiceTag = regexp.MustCompile(`(?s)<label\b[^>]*>\s*<input\b([^>]*)/?>(.*?)</label>`)

var optionTag = regexp.MustCompile(`(?s)<option\b([^>]*)>(.*?)</option>`)

// choice: choice NAME TEXT keeps the value of the first box or option on the last page whose label holds the text in a variable.
func (s *scenario) choice(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: choice NAME TEXT")
	}
	for _, found := range append(choiceTag.FindAllStringSubmatch(s.page, -1), optionTag.FindAllStringSubmatch(s.page, -1)...) {
		if value := valueOf.FindStringSubmatch(found[1]); value != nil && strings.Contains(text(found[2]), args[1]) {
			ts.Setenv(args[0], html.UnescapeString(value[1]))
			return
		}
	}
	ts.Fatalf("choice: no box %q on %s: %s", args[1], s.at, text(s.page))
}

func (s *scenario) get(ts *testscript.TestScript, path string) {
	s.open(ts)
	s.fetch(ts, path, func(address string) (*http.Request, error) { return http.NewRequest(http.MethodGet, address, nil) })
}

// hidden returns the hidden fields of the form on the last page that posts to a path, as a browser would send them.
func (s *scenario) hidden(path string) url.Values {
	values := url.Values{}
	for _, form := range formTag.FindAllStringSubmatch(s.page, -1) {
		if action := actionOf.FindStringSubmatch(form[1]); action == nil || html.UnescapeString(action[1]) != path {
			continue
		}
		for _, input := range hiddenTag.FindAllString(form[2], -1) {
			name, value := nameOf.FindStringSubmatch(input), valueOf.FindStringSubmatch(input)
			if name != nil && value != nil {
				values.Set(html.UnescapeString(name[1]), html.UnescapeString(value[1]))
			}
		}
	}
	return values
}

// boxes returns the values of every box of a name in the form on the last page that posts to a path: name=* ticks them all.
func (s *scenario) boxes(path, name string) []string {
	var values []string
	for _, form := range formTag.FindAllStringSubmatch(s.page, -1) {
		if action := actionOf.FindStringSubmatch(form[1]); action == nil || html.UnescapeString(action[1]) != path {
			continue
		}
		for _, input := range boxTag.FindAllString(form[2], -1) {
			named, value := nameOf.FindStringSubmatch(input), valueOf.FindStringSubmatch(input)
			if named != nil && value != nil && html.UnescapeString(named[1]) == name {
				values = append(values, html.UnescapeString(value[1]))
			}
		}
	}
	return values
}

// send posts a form, with files as parts where there are any.
func (s *scenario) send(ts *testscript.TestScript, path string, pairs []string) {
	form, files := s.hidden(path), map[string]string{}
	for _, pair := range pairs {
		name, value, _ := strings.Cut(pair, "=")
		if value == "*" {
			form[name] = s.boxes(path, name)
		} else if file, is := strings.CutPrefix(value, "@"); is {
			files[name] = file
		} else {
			form.Add(name, value)
		}
	}
	s.fetch(ts, path, func(address string) (*http.Request, error) {
		body, kind := strings.NewReader(form.Encode()), "application/x-www-form-urlencoded"
		if len(files) > 0 {
			body, kind = parts(ts, form, files)
		}
		r, err := http.NewRequest(http.MethodPost, address, body)
		if err == nil {
			r.Header.Set("Content-Type", kind)
			r.Header.Set("Accept", "text/html")
		}
		return r, err
	})
}

func parts(ts *testscript.TestScript, form url.Values, files map[string]string) (*strings.Reader, string) {
	var out bytes.Buffer
	writer := multipart.NewWriter(&out)
	for name, values := range form {
		for _, value := range values {
			ts.Check(writer.WriteField(name, value))
		}
	}
	for name, file := range files {
		part, err := writer.CreateFormFile(name, filepath.Base(file))
		ts.Check(err)
		_, err = io.WriteString(part, ts.ReadFile(file))
		ts.Check(err)
	}
	ts.Check(writer.Close())
	return strings.NewReader(out.String()), writer.FormDataContentType()
}

// fetch asks the server and keeps the page; its text goes to stdout, its address into LAST.
func (s *scenario) fetch(ts *testscript.TestScript, path string, request func(address string) (*http.Request, error)) {
	r, err := request(s.server.URL + path)
	ts.Check(err)
	answer, err := s.client.Do(r)
	ts.Check(err)
	defer answer.Body.Close()
	data, err := io.ReadAll(answer.Body)
	ts.Check(err)
	s.page, s.status, s.at = string(data), answer.StatusCode, answer.Request.URL.RequestURI()
	if region := mainRegion.FindString(s.page); region != "" {
		s.page = region
	}
	ts.Setenv("LAST", s.at)
	page, _, _ := strings.Cut(s.at, "?")
	ts.Setenv("PAGE", page)
	io.WriteString(ts.Stdout(), text(s.page)+"\n")
}
