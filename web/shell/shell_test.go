package shell_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/web/shell"
)

func view(language message.Language) *shell.View {
	return &shell.View{
		Language: language, Person: "欧阳明月", Post: "青川县教育局 · 规划科", Posts: 2, Region: "青川县", Period: "2026—2027学年", Path: "/?a=1&b=2",
		Places: []shell.Place{{Word: "home", Icon: "gauge", Address: "/"}, {Word: "plan", Icon: "target-arrow", Address: "/plan"}},
		Now:    time.Date(2026, 3, 15, 2, 4, 0, 0, time.UTC), Request: "r-1", Log: slog.New(slog.DiscardHandler),
	}
}

// sample holds every part once, with awkward content.
func sample() templ.Component {
	form := shell.Form{Values: url.Values{"name": {`"><script>alert(1)</script>`}},
		Faults: fault.List{fault.At(fault.Place{Column: "name"}, "fault.count", message.Args{"count": 2})}}
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		for _, part := range []templ.Component{
			shell.FaultSummary(form),
			shell.Input(shell.Field{Name: "name", Label: "姓名", Help: "与身份证件一致", Required: true, Limit: 40}.From(ctx, form)),
			shell.Input(shell.Field{Name: "secret", Kind: "password", Label: "密码", Value: ""}.From(ctx, form)),
			shell.Input(shell.Field{Name: "unit", Kind: "select", Label: "单位", Options: []shell.Option{{Value: "1", Label: "一中"}}, Value: "1"}),
			shell.Input(shell.Field{Name: "agree", Kind: "check", Label: "同意", Checked: true}),
			shell.Input(shell.Field{Name: "kind", Kind: "radio", Label: "类别", Options: []shell.Option{{Value: "a", Label: "甲"}}, Errors: []string{"请选择"}}),
			shell.Press(shell.Button{Label: "保存", Icon: "check", Kind: "primary", Name: "do", Value: "save"}),
			shell.DataTable(shell.Table{Caption: "学校", Columns: []shell.Column{{Title: "名称"}, {Title: "学生", Unit: "人", Align: shell.Figures, Sort: "?sort=pupils", Order: "descending"}, {Title: "状态", Align: shell.Short}},
				Rows:  [][]shell.Cell{{{Text: "第一实验小学", Address: "/unit/1"}, {Text: shell.Count(1234567)}, {Body: shell.Status(shell.Met)}}},
				Total: []shell.Cell{{Text: "合计"}, {Text: "1,234,567"}, {Note: "已报 42/45"}}, Count: "共 1 行"}),
			shell.Chips("阶段", []shell.Chip{{Label: "小学", Count: "3", Address: "?stage=primary", Current: true, Remove: true}}),
			shell.Facts([]shell.Fact{{Name: "来源", Text: "规划文本", Note: "第 3 段"}}),
			shell.FigureRow([]shell.Figure{{Label: "单位", Value: "62", Unit: "个", Note: "含幼儿园", Address: "/unit"}}),
			shell.ProgressBar(shell.Progress{ID: "p", Label: "正在读取", Done: 3, Of: 9, Left: "约 2 秒"}),
			shell.Note("说明"), shell.Warn("注意"),
			shell.Tabs("视图", []shell.Tab{{Label: "目标", Count: "12", Address: "?view=targets", Current: true}}),
			shell.Pager(shell.Pages{Page: 2, Of: 3, Before: "?page=1", After: "?page=3"}),
			shell.EmptyState(shell.Empty{Icon: "inbox", Title: "还没有规划", Text: "先导入。", Ask: "请联系管理员。", Next: []shell.Button{{Label: "导入", Address: "/plan/import"}}}),
		} {
			if err := part.Render(ctx, w); err != nil {
				return err
			}
		}
		return nil
	})
}

func get(t *testing.T, language message.Language, handler shell.Handler) *http.Response {
	t.Helper()
	request := httptest.NewRequest("GET", "/", nil)
	answer := httptest.NewRecorder()
	handler.ServeHTTP(answer, request.WithContext(shell.With(request.Context(), view(language))))
	return answer.Result()
}

func body(t *testing.T, answer *http.Response) string {
	t.Helper()
	data, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func showSample(w http.ResponseWriter, r *http.Request) error {
	return shell.Render(w, r, http.StatusOK, shell.Page{Title: "样页", Word: "home", Lead: "各部件。", Trail: []shell.Link{{Label: "首页", Address: "/"}}}, sample())
}

func TestPagesHoldNothingThatThePolicyForbids(t *testing.T) {
	text := body(t, get(t, message.Chinese, showSample))
	for name, forbidden := range map[string]string{
		"style attribute":   `<[^>]*\sstyle\s*=`,
		"style element":     `<style`,
		"inline script":     `<script[^>]*>[^<]`,
		"event attribute":   `<[^>]*\son[a-z]+\s*=`,
		"htmx event":        `hx-on`,
		"another host":      `(?:src|href|action)="(?:https?:)?//`,
		"unescaped content": `<script>alert`,
	} {
		if found := regexp.MustCompile(forbidden).FindString(text); found != "" {
			t.Errorf("%s: %s", name, found)
		}
	}
}

func TestPagesAreAccessible(t *testing.T) {
	text := body(t, get(t, message.Chinese, showSample))
	for name, wanted := range map[string]string{
		"language":           `<html lang="zh-CN">`,
		"skip link first":    `<body[^>]*><a class="skip" href="#main">`,
		"current place":      `<a href="/" aria-current="page">`,
		"label of a field":   `<label for="field-name">`,
		"error of a field":   `aria-describedby="error-name help-name"`,
		"link to the field":  `<a href="#field-name">`,
		"caption of a table": `<caption class="unseen">学校</caption>`,
		"sorted column":      `aria-sort="descending"`,
		"label on a phone":   `data-label="学生"`,
		"word of a status":   `</svg> 达标</span>`,
		"kept input":         `value="&#34;&gt;&lt;script&gt;`,
	} {
		if !regexp.MustCompile(wanted).MatchString(text) {
			t.Errorf("%s: %s is not there", name, wanted)
		}
	}
}

func TestFailSaysNoInWords(t *testing.T) {
	cases := []struct {
		name   string
		err    error
		status int
		wants  []string
	}{
		{"not found", shell.NotFound, 404, []string{"没有找到这个页面"}},
		{"no right, wrapped", errors.Join(shell.NoRight), 403, []string{"没有查看或办理的权限", "系统管理员"}},
		{"too large", &http.MaxBytesError{Limit: 2 << 20}, 413, []string{"2 MB"}},
		{"fault", fault.New("fault.count", message.Args{"count": 7}), 422, []string{"共 7 处问题"}},
		{"everything else", errors.New("disk of /secret/path is full"), 500, []string{"系统内部错误", "r-1"}},
	}
	for _, c := range cases {
		answer := get(t, message.Chinese, func(http.ResponseWriter, *http.Request) error { return c.err })
		text := body(t, answer)
		if answer.StatusCode != c.status {
			t.Errorf("%s: status %d, want %d", c.name, answer.StatusCode, c.status)
		}
		for _, want := range c.wants {
			if !strings.Contains(text, want) {
				t.Errorf("%s: %q is not on the page", c.name, want)
			}
		}
		if strings.Contains(text, "/secret/path") {
			t.Errorf("%s: the page shows what only the operator may read", c.name)
		}
	}
}

func TestStaticFilesAreKeptForEverAndOldOnesAreGone(t *testing.T) {
	cases := []struct {
		name, address, kind string
		status              int
	}{
		{"style sheet", shell.Asset("shell.css"), "text/css; charset=utf-8", 200},
		{"module", shell.Asset("shell.js"), "text/javascript; charset=utf-8", 200},
		{"htmx", shell.Asset("htmx.min.js"), "text/javascript; charset=utf-8", 200},
		{"mark", shell.Asset("mark.svg"), "image/svg+xml", 200},
		{"old hash", "/static/0000000000000000/shell.css", "", 404},
		{"outside", strings.TrimSuffix(shell.Asset("shell.css"), "shell.css") + "../shell.go", "", 404},
	}
	for _, c := range cases {
		answer := httptest.NewRecorder()
		shell.Static(answer, &http.Request{Method: "GET", URL: &url.URL{Path: c.address}})
		if answer.Code != c.status {
			t.Errorf("%s: status %d, want %d", c.name, answer.Code, c.status)
		}
		if c.status != 200 {
			continue
		}
		if kind := answer.Header().Get("Content-Type"); kind != c.kind {
			t.Errorf("%s: kind %q, want %q", c.name, kind, c.kind)
		}
		if !strings.Contains(answer.Header().Get("Cache-Control"), "immutable") {
			t.Errorf("%s: is not kept", c.name)
		}
	}
}

func TestNoticeIsToldOnceAndOnlyFromTheCatalogue(t *testing.T) {
	told := httptest.NewRecorder()
	shell.Redirect(told, httptest.NewRequest("POST", "/", nil), "/next", "fault.count", message.Args{"count": 4})
	if told.Code != http.StatusSeeOther || told.Header().Get("Location") != "/next" {
		t.Fatalf("got %d to %q", told.Code, told.Header().Get("Location"))
	}
	next := httptest.NewRequest("GET", "/next", nil)
	next.AddCookie(told.Result().Cookies()[0])
	answer := httptest.NewRecorder()
	if got := shell.TakeNotice(answer, next, message.Chinese); got != "共 4 处问题" {
		t.Errorf("got %q", got)
	}
	if left := answer.Result().Cookies(); len(left) != 1 || left[0].MaxAge >= 0 {
		t.Errorf("the notice stays: %v", left)
	}
	for _, bad := range []string{"", "%%%", "eyJrZXkiOiJ4LnkifQ"} {
		damaged := httptest.NewRequest("GET", "/next", nil)
		damaged.AddCookie(&http.Cookie{Name: "notice", Value: bad})
		if got := shell.TakeNotice(httptest.NewRecorder(), damaged, message.Chinese); got != "" {
			t.Errorf("%q tells %q", bad, got)
		}
	}
}

func TestDatesAndCounts(t *testing.T) {
	at := time.Date(2024, 3, 14, 17, 5, 0, 0, time.UTC)
	zh := shell.With(context.Background(), view(message.Chinese))
	en := shell.With(context.Background(), view(message.English))
	cases := []struct{ name, got, want string }{
		{"Chinese day, Beijing time", shell.Date(zh, at), "2024年3月15日"},
		{"English day", shell.Date(en, at), "15 March 2024"},
		{"minute", shell.Moment(zh, at), "2024年3月15日 01:05"},
		{"no time", shell.Date(zh, time.Time{}), ""},
		{"small", shell.Count(999), "999"},
		{"thousand", shell.Count(1000), "1,000"},
		{"million", shell.Count(-1234567), "-1,234,567"},
	}
	for _, c := range cases {
		if c.got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, c.got, c.want)
		}
	}
}
