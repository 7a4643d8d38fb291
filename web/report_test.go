package web

import (
	"archive/zip"
	"encoding/json"
	"regexp"
	"strings"
	"testing"
)

var reportAddress = regexp.MustCompile(`/report/([0-9a-z]{26})`)

// kept keeps a report as a draft and returns its address.
func (s *site) kept(kind string) string {
	s.Helper()
	page := s.post(200, "/report", "kind", kind)
	found := reportAddress.FindString(page)
	if found == "" {
		s.Fatalf("no report in\n%s", page)
	}
	return found
}

func TestAReportIsComposedWrittenSignedAndFiled(t *testing.T) {
	s := demoSite(t)
	s.enters("head")
	s.see(403, "/report/new")
	s.post(403, "/report", "kind", "midterm")
	s.enters("office")
	s.has(s.see(200, "/report"), "一键编报", "中期评估", "还没有报告")
	s.has(s.see(200, "/report/new?kind=midterm"), "预览", "中期评估报告", "存为草稿", "主要目标完成情况")
	s.has(s.see(422, "/report/new?kind=daily&day=2999-01-01&unit=nowhere"), "没有“daily”", "不晚于今天")
	address := s.kept("midterm")
	draft := s.see(200, address)
	s.has(draft, "草稿", "主要做法和成效", "不能签发，请由另一人签发", "数据截至日期")
	s.post(422, address+"/sign", "version", "1")

	s.enters("leader")
	s.has(s.post(422, address+"/sign", "version", "1"), "尚未填写")
	s.enters("office")
	for n := range strings.Count(draft, address+"/write/") {
		number := string(rune('0' + n))
		s.post(200, address+"/write/"+number, "text-"+number, "第"+number+"段说明。")
	}
	s.post(404, address+"/write/99")
	s.enters("teacher")
	s.see(404, address)
	s.enters("leader")
	version := regexp.MustCompile(`name="version" value="(\d+)"`).FindStringSubmatch(s.see(200, address))[1]
	filed := s.post(200, address+"/sign", "version", version)
	s.has(filed, "教规评〔", "〕1号", "已归档", "第0段说明。")
	s.post(422, address+"/write/0", "text-0", "改写")
	s.enters("teacher")
	s.has(s.see(200, address), "教规评〔")
	s.post(403, address+"/withdraw", "version", "9", "reason", "x")

	document := s.file(address + "/docx")
	parts, err := zip.NewReader(strings.NewReader(document), int64(len(document)))
	if err != nil {
		t.Fatal(err)
	}
	charts := 0
	for _, part := range parts.File {
		if strings.HasPrefix(part.Name, "word/charts/chart") {
			charts++
		}
	}
	if charts == 0 {
		t.Error("no native chart in the document")
	}
	var content struct{ Number, Kind string }
	if err := json.Unmarshal([]byte(s.file(address+"/json")), &content); err != nil || content.Kind != "midterm" || !strings.HasPrefix(content.Number, "教规评") {
		t.Errorf("%+v %v", content, err)
	}
	if book := s.file(address + "/xlsx"); !strings.HasPrefix(book, "PK") {
		t.Error("no workbook")
	}
	s.enters("leader")
	s.has(s.post(422, address+"/withdraw", "version", "0", "reason", ""), "请写明撤回原因")
	s.enters("office")
	s.has(s.post(200, address+"/publish"), "公开稿已生成", "查看公开稿")
}
