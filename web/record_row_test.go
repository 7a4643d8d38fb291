package web

import (
	"bytes"
	"html"
	"image"
	"image/png"
	"mime/multipart"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// form sends a form with files: names that hold "files" are files, their values name and content apart by a bar.
func (s *site) form(status int, path string, pairs ...string) string {
	s.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for i := 0; i+1 < len(pairs); i += 2 {
		if !strings.HasSuffix(pairs[i], "files") {
			form.WriteField(pairs[i], pairs[i+1])
			continue
		}
		name, data, _ := strings.Cut(pairs[i+1], "|")
		part, _ := form.CreateFormFile(pairs[i], name) // without a name: as a browser sends a field in which nothing was chosen
		part.Write([]byte(data))
	}
	form.Close()
	r, err := http.NewRequest("POST", s.server.URL+path, &body)
	if err != nil {
		s.Fatal(err)
	}
	r.Header.Set("Content-Type", form.FormDataContentType())
	r.Header.Set("Accept", "text/html")
	answer, err := s.client.Do(r)
	if err != nil {
		s.Fatal(err)
	}
	return s.read(status, path, answer)
}

var (
	viewRow   = regexp.MustCompile(`href="(/record/finding/row/[^"?]+)`)
	versionOf = regexp.MustCompile(`name="version" value="([0-9]+)"`)
)

// finding makes a row as the inspector of the demo county and returns its address.
func (s *site) finding(title string) string {
	s.Helper()
	s.as("inspector")
	page := s.form(200, "/record/finding/new", "of", ownSchool, "c-title", title, "c-found_on", "2025-03-02", "c-source", "inspection", "c-category", "safety",
		"c-facts", "西侧消防通道堆放课桌椅。\r\n东侧通畅。", "files", "|") // as browsers end lines
	s.has(page, "已登记", title, "再登记一件")
	found := viewRow.FindStringSubmatch(page)
	if found == nil {
		s.Fatalf("no way to the row: %s", page)
	}
	return html.UnescapeString(found[1])
}

// dated takes out of a page what changes from day to day and from row to row.
func dated(page string) string {
	for _, one := range []struct{ from, to string }{
		{`20\d\d年\d+月\d+日( \d\d:\d\d)?`, "DAY"}, {`〔20\d\d〕`, "〔YEAR〕"}, {`20\d\d-\d\d-\d\d(T[0-9:]+Z)?`, "DAY"}, {`2199000001(%23|#)[0-9a-f]{32}`, "ROW"},
		{`/letter/[0-9a-f-]+`, "/letter/LETTER"}, {`还有 \d+ 天`, "还有 N 天"}, {`/comment/[0-9a-f-]+/`, "/comment/COMMENT/"}, {`[0-9a-f]{32}`, "ID"},
	} {
		page = regexp.MustCompile(one.from).ReplaceAllString(page, one.to)
	}
	return page
}

func TestAFindingIsEnteredGradedAndSigned(t *testing.T) {
	s := registers(t)
	s.as("inspector")
	s.golden("record_new", dated(s.see(200, "/record/finding/new")))
	s.has(s.form(422, "/record/finding/new", "of", "", "c-title", "消防通道堵塞", "c-found_on", "三月", "c-source", "", "c-category", "safety"),
		"没有选择单位", `href="#field-of"`, `href="#field-c-found_on"`, `href="#field-c-source"`, `href="#field-c-facts"`, `value="消防通道堵塞"`)
	row := s.finding("消防通道堵塞")
	s.as("supervision")
	page := s.see(200, row)
	s.has(page, "待定级", "下达整改通知", "将发出《整改通知书》", "通知本单位校", "由系统统计", "近12个月", "未填写：")
	s.golden("record_row", dated(page[strings.Index(page, `<section class="sheet record-options"`):])) // above it stand the days left
	event := row + "/event/notice"
	s.has(s.form(422, event, "version", "1", "notice-c-requirement", "每日巡查", "notice-c-rectify_days", "很多"),
		"很多", `href="#field-notice-c-rectify_days"`, "每日巡查")
	page = s.form(200, event, "version", "1", "notice-c-requirement", "每日巡查", "notice-c-rectify_days", "15", "notice-c-grade", "general", "notice-note", "请按时签收")
	s.has(page, "已办理，现状态为“待签收”", "教督改〔", "整改通知书", "待定级 → 待签收", "请按时签收")
	s.as("head")
	s.has(s.see(200, row), "签收", "由谁办理")
	s.has(s.form(200, row+"/event/sign", "version", "2"), "整改中")
	s.see(404, row+"/event/sign")
	s.form(404, row+"/event/none", "version", "2")
	s.as("supervision")
	s.has(s.form(422, row+"/event/pause", "version", "3"), "须写明") // words are asked for
}

func TestGraveEventsAskAgain(t *testing.T) {
	s := registers(t)
	row := s.finding("误登一条")
	s.as("supervision")
	s.has(s.form(422, row+"/event/void", "version", "1", "void-note", "重复登记"), "需要再次确认", "重复登记", `href="#field-void-sure"`)
	s.has(s.form(200, row+"/event/void", "version", "1", "void-note", "重复登记", "void-sure", "yes"), "不予立项", "已办结")
}

func TestWhoComesSecondIsToldWhatChanged(t *testing.T) {
	s := registers(t)
	row := s.finding("消防通道堵塞")
	s.has(s.post(200, row+"/edit", "version", "1", "edit-c-facts", "东侧通道也堆放杂物。"), "修改已保存", "西侧消防通道", "东侧通道也堆放杂物。")
	s.as("supervision")
	page := s.form(409, row+"/event/notice", "version", "1", "notice-c-requirement", "每日巡查", "notice-c-rectify_days", "15", "notice-c-grade", "general")
	s.has(page, "他人已处理过", "晏同尘", "西侧消防通道", "东侧通道也堆放杂物。", "每日巡查", "按最新内容继续：下达整改通知")
	form := regexp.MustCompile(`(?s)<form[^>]+/event/notice.*?</form>`).FindString(page)
	found := versionOf.FindStringSubmatch(form)
	if found == nil || found[1] != "2" {
		t.Fatalf("the form does not go on with the newer version: %v", found)
	}
	s.has(s.form(200, row+"/event/notice", "version", found[1], "notice-c-requirement", "每日巡查", "notice-c-rectify_days", "15", "notice-c-grade", "general"), "待签收")
	// Now the same event is no longer possible: what was typed is shown to be copied.
	page = s.form(409, row+"/event/notice", "version", "1", "notice-c-requirement", "另一条要求", "notice-c-rectify_days", "15", "notice-c-grade", "general")
	s.has(page, "这一步不能再办理", "另一条要求")
	s.has(s.post(409, row+"/edit", "version", "1", "edit-c-cause_words", "制度没有落实"), "他人已处理过", "这一步不能再办理", "制度没有落实")
}

func TestRowsAreCommentedLinkedAndFiled(t *testing.T) {
	s := registers(t)
	first, second := s.finding("消防通道堵塞"), s.finding("灭火器过期")
	s.has(s.post(422, first+"/comment", "comment-text", " "), `href="#field-comment-text"`)
	page := s.post(200, first+"/comment", "comment-text", "请<b>本周</b>复核")
	s.has(page, "请&lt;b&gt;本周&lt;/b&gt;复核", "撤回")
	undo := html.UnescapeString(regexp.MustCompile(`action="(/record/finding/row/[^"]+/delete)`).FindStringSubmatch(page)[1])
	s.as("supervision")
	s.lacks(s.see(200, first), "撤回</span>")
	s.post(403, undo)
	s.as("inspector")
	s.lacks(s.post(200, undo), "复核")

	s.has(s.post(422, first+"/link", "link-to", "没有这样的事项"), "没有找到")
	s.has(s.post(200, first+"/link", "link-to", "灭火器", "link-reason", "同一次检查"), "灭火器过期", "同一次检查")
	other := strings.TrimPrefix(second, "/record/finding/row/")
	other, _ = url.PathUnescape(other)
	s.has(s.see(200, second), "消防通道堵塞")
	s.has(s.post(200, first+"/unlink", "to", "finding/"+other), "已取消关联")

	page = s.post(422, first+"/link", "link-to", "艺术专任教师数")
	s.has(page, "有多条相符", "规划条目")
	choice := regexp.MustCompile(`value="(plan/[^"]+)"`).FindStringSubmatch(page)
	page = s.post(200, first+"/link", "link-to", "艺术专任教师数", "link-chosen", html.UnescapeString(choice[1]), "link-reason", "同一指标")
	s.has(page, "每百名学生拥有体育、艺术专任教师数", "规划条目")
	node := regexp.MustCompile(`href="(/plan/adopted/[^"]+/node/[^"]+)"`).FindStringSubmatch(page)
	if node == nil {
		t.Fatal("no way to the target of the plan")
	}
	s.has(s.see(200, html.UnescapeString(node[1])), "每百名学生拥有体育、艺术专任教师数")
	s.post(422, first+"/link", "link-chosen", "plan/none/none")

	s.has(s.form(422, first+"/file", "file-files", "x.exe|MZ\x00\x01"), "x.exe")
	var photo bytes.Buffer
	if err := png.Encode(&photo, image.NewGray(image.Rect(0, 0, 800, 400))); err != nil {
		t.Fatal(err)
	}
	page = s.form(200, first+"/file", "file-files", "现场.png|"+photo.String())
	s.has(page, "现场.png", `alt="照片：现场.png"`)
	small := html.UnescapeString(regexp.MustCompile(`src="(/record/finding/row/[^"]+/small)`).FindStringSubmatch(page)[1])
	picture, head := s.fetch(200, small)
	if size, _, err := image.DecodeConfig(strings.NewReader(picture)); err != nil || size.Width != 240 || head.Get("Content-Type") != "image/jpeg" {
		t.Errorf("the small picture is %v, %v", size, err)
	}
	s.as("kindergarten")
	s.see(403, small)
}

func TestWhoSeesAndMakesRows(t *testing.T) {
	s := registers(t)
	row := s.finding("消防通道堵塞")
	cases := []struct {
		login       string
		see, create int
	}{
		{"supervision", 200, 200}, {"leader", 200, 403}, {"office", 200, 403}, {"head", 200, 200}, {"clerk", 200, 200}, {"auditor", 200, 403},
		{"kindergarten", 403, 200}, {"admin", 403, 403}, {"finance", 403, 403}, {"teacher", 403, 403},
	}
	for _, c := range cases {
		s.as(c.login)
		s.see(c.see, row)
		s.see(c.create, "/record/finding/new")
		if c.see == 403 {
			s.post(403, row+"/comment", "comment-text", "x")
			s.form(403, row+"/event/notice", "version", "1")
			s.post(403, row+"/edit", "version", "1")
			s.see(403, row+"/file/none")
		}
	}
	s.as("leader")
	s.golden("record_refused", dated(s.see(403, "/record/finding/new")))
	s.post(403, row+"/edit", "version", "1", "edit-c-facts", "x")
	s.as("auditor")
	s.form(403, row+"/file", "file-files", "x.txt|x")
	s.post(403, row+"/comment", "comment-text", "x")
	s.post(403, row+"/link", "link-to", "x")
}

func TestTheRulesAreReadBeforeTheyAreUsed(t *testing.T) {
	s := registers(t)
	s.as("head")
	page := s.see(200, "/record/finding/rules")
	s.has(page, "流程图", "<svg", "到期前", "逾期", "待核实", "整改通知书", "须第二人办理", "现行值")
	s.golden("record_rules", dated(s.see(200, "/record/finding_item/rules")))
	for _, register := range []string{"consequence", "hazard", "task", "observed_lesson"} {
		s.as("supervision")
		s.has(s.see(200, "/record/"+register+"/rules"), "办理规则", "流程图")
	}
	s.see(404, "/record/section_year/rules")
}
