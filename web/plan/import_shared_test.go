//go:build shared

package plan_test

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jiaoheng/document"
	"jiaoheng/intake"
	"jiaoheng/plan"
	"jiaoheng/plan/reading"
)

// The five real pages go through the web page as they were scraped: the draft holds what the command reads, every page of
// the draft shows, and the draft can be adopted and exported.
func TestSharedFivePagesThroughTheWebPage(t *testing.T) {
	files, err := filepath.Glob("../../../shared/plans/raw/*.txt")
	if err != nil || len(files) != 5 {
		t.Fatalf("found %v, %v", files, err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			s := newSite(t)
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			source, err := intake.Read(t.Context(), filepath.Base(file), data)
			if err != nil {
				t.Fatal(err)
			}
			want := plan.Items(reading.Read(document.Clean(source)))
			answer := s.hand(filepath.Base(file), data, "")
			if answer.Code != http.StatusSeeOther {
				t.Fatalf("status %d\n%s", answer.Code, heart(answer))
			}
			desk := strings.TrimSuffix(answer.Header().Get("Location"), "/report")
			for _, page := range []string{"", "/report", "/adopt", "/log", "/text"} {
				s.get(http.StatusOK, desk+page)
			}
			open, err := s.desks.Open(t.Context(), strings.TrimPrefix(desk, "/plan/draft/"))
			if err != nil || len(open.Desk.Items) != len(want) || len(want) < 50 {
				t.Fatalf("%d items, the command reads %d, %v", len(open.Desk.Items), len(want), err)
			}
			adopted := s.adopt(desk)
			for _, page := range []string{"", "?view=tasks", "/text", "/xlsx", "/json"} {
				s.get(http.StatusOK, adopted+page)
			}
		})
	}
}
