package plan_test

import (
	"archive/zip"
	"bytes"
	"context"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	"jiaoheng/plan"
	pages "jiaoheng/web/plan"
)

func itoa(n int) string { return strconv.Itoa(n) }

// bomb is a small archive that wants to become large.
func bomb(t *testing.T) []byte {
	t.Helper()
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	part, err := archive.Create("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	zeros := make([]byte, 1<<20)
	for range 300 {
		part.Write(zeros)
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestImportLeadsToTheReport(t *testing.T) {
	s := newSite(t)
	answer := s.hand("青溪县规划.txt", []byte(planText), "")
	if answer.Code != http.StatusSeeOther || !strings.HasSuffix(answer.Header().Get("Location"), "/report") {
		t.Fatalf("status %d, %v", answer.Code, answer.Header())
	}
	if page := s.get(http.StatusOK, answer.Header().Get("Location")); !strings.Contains(page, "青溪县教育质量提升行动计划") {
		t.Error("the report does not name the plan")
	}
	original := s.get(http.StatusOK, strings.TrimSuffix(answer.Header().Get("Location"), "/report")+"/original")
	if original != planText {
		t.Errorf("the original came back as %q", original)
	}
}

// What cannot be read is refused in words, and nothing is stored.
func TestImportRefuses(t *testing.T) {
	s := newSite(t)
	cases := []struct {
		name, file string
		data       []byte
		status     int
	}{
		{"nothing", "空.txt", nil, http.StatusUnprocessableEntity},
		{"blank", "空白.txt", []byte(" \n\t \n"), http.StatusUnprocessableEntity},
		{"old word format", "规划.doc", append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), make([]byte, 600)...), http.StatusUnprocessableEntity},
		{"zip bomb", "规划.docx", bomb(t), http.StatusUnprocessableEntity},
		{"broken archive", "规划.docx", []byte("PK\x03\x04broken"), http.StatusUnprocessableEntity},
		{"binary", "规划.txt", bytes.Repeat([]byte{0, 1, 2, 0xfe}, 500), http.StatusUnprocessableEntity},
		{"too large", "规划.txt", bytes.Repeat([]byte("a"), plan.MaxOriginal+1), http.StatusUnprocessableEntity},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			answer := s.hand(c.file, c.data, "")
			if answer.Code != c.status || strings.Contains(answer.Body.String(), "系统内部错误") {
				t.Errorf("status %d, want %d\n%s", answer.Code, c.status, heart(answer))
			}
		})
	}
	if drafts, err := s.desks.Drafts(t.Context()); err != nil || len(drafts) != 0 {
		t.Errorf("stored %v, %v", drafts, err)
	}
}

func TestPastedText(t *testing.T) {
	s := newSite(t)
	if answer := s.post(http.StatusUnprocessableEntity, "/plan/import", "text", " "); !strings.Contains(heart(answer), "没有选择文件，也没有粘贴文字") {
		t.Errorf("got %s", heart(answer))
	}
	s.post(http.StatusSeeOther, "/plan/import", "text", strings.ReplaceAll(planText, "\n", "\r\n"))
	drafts, err := s.desks.Drafts(t.Context())
	if err != nil || len(drafts) != 1 || drafts[0].File != "粘贴的文字.txt" || drafts[0].Size != int64(len(planText)) {
		t.Errorf("got %+v, %v", drafts, err)
	}
}

// An import that was cancelled leads back to the form and leaves nothing behind.
func TestCancelledImport(t *testing.T) {
	s := newSite(t)
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	mux := http.NewServeMux()
	for _, route := range pages.New(ended, s.desks).Routes() {
		mux.Handle(route.Pattern, route.Handler)
	}
	s.handler = mux
	run := s.post(http.StatusSeeOther, "/plan/import", "text", planText).Header().Get("Location")
	for _, answer := range []*httptest.ResponseRecorder{s.serve(httptest.NewRequest("GET", run, nil)), s.post(http.StatusSeeOther, run+"/cancel")} {
		if to := answer.Header().Get("Location"); answer.Code != http.StatusSeeOther || to != "/plan/import" && to != run {
			t.Errorf("status %d, to %s", answer.Code, to)
		}
	}
	if drafts, err := s.desks.Drafts(t.Context()); err != nil || len(drafts) != 0 {
		t.Errorf("stored %v, %v", drafts, err)
	}
	asked := httptest.NewRequest("GET", run, nil)
	asked.Header.Set("HX-Request", "true")
	if answer := s.serve(asked); answer.Header().Get("HX-Redirect") != run {
		t.Errorf("the script is led to %q", answer.Header().Get("HX-Redirect"))
	}
	s.person = "bert"
	s.get(http.StatusNotFound, run)
}
