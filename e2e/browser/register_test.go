//go:build browser

package browser_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestAFileChangesAFigure goes the whole way: a clerk hands over a table, sees what is wrong with it, imports what is right, and the
// indicator that rests on it shows the new figure.
func TestAFileChangesAFigure(t *testing.T) {
	s := newSite(t, true)
	file := filepath.Join(t.TempDir(), "上报.csv")
	table := "单位代码,学段,在校生数,专任教师数\n2199000001,小学,950,102\n2199000002,小学,1,1\n2199000001,初中,很多,1\n"
	if err := os.WriteFile(file, []byte(table), 0o600); err != nil {
		t.Fatal(err)
	}
	const indicator = "/indicator/teacher.above_per_100?unit=2199000001-primary&period=2025-2026"
	b := open(t, s, desk, "zh")
	b.signIn("clerk")
	b.visit(indicator)
	if text := ask[string](b, `document.querySelector("main").innerText`); !strings.Contains(text, "5.04") || strings.Contains(text, "10.00") {
		t.Fatalf("before the import: %s", text)
	}
	b.visit("/register/section_year/import")
	b.do("hand over", chromedp.SendKeys(chromedp.CSS("#field-file"), file), chromedp.Click(chromedp.CSS(".import-form button.button-primary")),
		chromedp.WaitVisible(chromedp.CSS(".import-choice")), ready)
	b.audit("report of an import", "zh", "csv")
	b.shoot("/register/report")
	report := ask[string](b, `document.querySelector("main").innerText`)
	for _, want := range []string{"数据不由您的岗位填报", "没有初中学段", "只导入无误的 1 行", "下载问题清单"} {
		if !strings.Contains(report, want) {
			t.Errorf("%s is not in the report: %s", want, report)
		}
	}
	b.do("import what is right", chromedp.Click(chromedp.CSS(`.import-choice button[value="good"]`)), chromedp.WaitVisible(chromedp.CSS(".rows-table")), ready)
	if text := ask[string](b, `document.querySelector("main").innerText`); !strings.Contains(text, "950") {
		t.Errorf("the register does not show the row: %s", text)
	}
	b.visit(indicator)
	if text := ask[string](b, `document.querySelector("main").innerText`); !strings.Contains(text, "10.00") {
		t.Errorf("after the import: %s", text)
	}
	b.quiet()
}
