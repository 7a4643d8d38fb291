package web

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"jiaoheng/demo"
)

// open asks for an address without signing in.
func (s *site) open(path string) (status int, body string, head http.Header) {
	s.Helper()
	answer, err := http.Get(s.server.URL + path)
	if err != nil {
		s.Fatal(err)
	}
	defer answer.Body.Close()
	data, err := io.ReadAll(answer.Body)
	if err != nil {
		s.Fatal(err)
	}
	return answer.StatusCode, string(data), answer.Header
}

func (s *site) enters(login string) {
	s.Helper()
	s.forget()
	s.post(200, "/signin", "login", login, "password", demo.Password)
}

func TestAPublicationIsPreparedApprovedPublishedAndWithdrawn(t *testing.T) {
	s := demoSite(t)
	s.enters("office")
	table := "学校\t已整改\t整改中\n甲校\t3\t40\n乙校\t50\t60\n"
	s.has(s.post(422, "/publication", "title", "", "kind", "figures", "day", "", "text", "", "table", "甲\t乙\n丙\tx", "counts", "1"), "第 2 行")
	s.has(s.post(422, "/publication", "title", "", "kind", "figures", "day", "", "text", ""), "请填写标题", "请填写日期", "不能都为空")
	s.post(200, "/publication", "title", "整改情况", "kind", "figures", "day", "2026-03-15", "text", "第一段。\n第二段<b>。", "table", table, "caption", "各校", "counts", "1")
	id := regexp.MustCompile(`/publication/([0-9a-z]{26})`).FindStringSubmatch(s.see(200, "/publication"))[1]
	desk := s.see(200, "/publication/"+id)
	s.has(desk, "<td>*</td>", "合计", "小于10", "由另一位有审批权限的人员")
	if strings.Contains(desk, "<td>3</td>") || strings.Contains(desk, "<td>40</td>") {
		t.Error("a small count, or one that tells it, is shown")
	}
	s.post(403, "/publication/"+id+"/approve", "version", "1")
	if status, _, _ := s.open("/public/" + id); status != 404 {
		t.Errorf("a draft is public: %d", status)
	}
	s.enters("teacher")
	s.see(403, "/publication")
	s.enters("leader")
	s.post(200, "/publication/"+id+"/approve", "version", "1")

	status, page, head := s.open("/public/" + id)
	if status != 200 || !strings.Contains(page, "第二段&lt;b&gt;。") || strings.Contains(page, "<script") || !strings.HasPrefix(head.Get("Cache-Control"), "public") {
		t.Errorf("%d %v\n%s", status, head, page)
	}
	if _, list, _ := s.open("/public?lang=en"); !strings.Contains(list, "Made public") || !strings.Contains(list, "整改情况") {
		t.Error(list)
	}
	_, content, _ := s.open("/public/" + id + "/content")
	_, document, _ := s.open("/public/" + id + "/json")
	var read struct {
		Content json.RawMessage `json:"content"`
		SHA256  string          `json:"sha256"`
	}
	if err := json.Unmarshal([]byte(document), &read); err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256([]byte(content))
	if hex.EncodeToString(sum[:]) != read.SHA256 || string(read.Content) != content {
		t.Errorf("hash %s is not that of\n%s", read.SHA256, content)
	}

	s.has(s.post(422, "/publication/"+id+"/withdraw", "version", "2", "reason", ""), "请写明撤回的理由")
	s.post(200, "/publication/"+id+"/withdraw", "version", "2", "reason", "数据有误，重新核对")
	status, page, _ = s.open("/public/" + id)
	if status != 200 || !strings.Contains(page, "此件已于") || !strings.Contains(page, "数据有误，重新核对") || strings.Contains(page, "第二段") {
		t.Errorf("%d\n%s", status, page)
	}
	if _, list, _ := s.open("/public"); strings.Contains(list, "整改情况") {
		t.Error("a withdrawn publication is listed")
	}
	if status, robots, _ := s.open("/robots.txt"); status != 200 || !strings.Contains(robots, "Allow: /public") {
		t.Error(robots)
	}
}
