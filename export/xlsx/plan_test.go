package xlsx_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"jiaoheng/export/xlsx"
	"jiaoheng/message"
	"jiaoheng/plan"
)

func version() plan.Version {
	node := func(kind plan.Kind, sentence, path string, fields ...string) plan.Node {
		n := plan.Node{Kind: kind, Fields: map[string]string{}, Sentence: sentence, Stage: plan.Preschool}
		for i := 0; i+1 < len(fields); i += 2 {
			n.Fields[fields[i]] = fields[i+1]
		}
		if path != "" {
			n.Path = []string{"三、任务", path}
		}
		return n
	}
	return plan.Version{Number: 2, At: time.Date(2026, 8, 31, 20, 0, 0, 0, time.UTC), Content: plan.Content{Title: "青溪县规划", Region: "青溪县", From: 2025, To: 2027, Nodes: []plan.Node{
		node(plan.Task, "=1+1新建幼儿园。", "（一）学前", "name", "新建幼儿园", "responsible", "县教育局、县财政局、各乡镇", "deadline", "2026-12"),
		node(plan.Task, strings.Repeat("长", 40000), "（一）学前", "name", "长"),
		node(plan.Task, "", "", "name", "无标题的任务", "frequency", "每年"),
		node(plan.Target, "", "（一）学前", "name", "毛入园率", "comparator", ">=", "value", "96.5", "unit", "%", "baseline", "93.6", "baseline_year", "2024", "deadline", "2027"),
	}}}
}

func TestWritePlan(t *testing.T) {
	var out bytes.Buffer
	if err := xlsx.WritePlan(&out, message.Chinese, version()); err != nil {
		t.Fatal(err)
	}
	file, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if got := strings.Join(file.GetSheetList(), " "); got != "任务分解表 指标目标表" {
		t.Fatalf("sheets %s", got)
	}
	want := map[string]string{"A1": "青溪县规划任务分解表", "A2": "青溪县　2025—2027年　第2版　2026年9月1日采用", "A3": "序号", "B3": "目标任务", "C3": "具体措施", "D3": "牵头单位",
		"E3": "责任单位", "F3": "完成时限", "A4": "1", "B4": "（一）学前", "C4": "=1+1新建幼儿园。", "D4": "县教育局", "E4": "县财政局、各乡镇", "F4": "2026年12月",
		"B6": "", "C6": "无标题的任务", "F5": "规划期内", "F6": "每年"}
	check(t, file, "任务分解表", want)
	check(t, file, "指标目标表", map[string]string{"B4": "学前教育", "C4": "毛入园率", "E4": "93.6%（2024年）", "F4": "不低于 96.5%", "G4": "2027年", "H4": "三、任务 / （一）学前"})
	merged, err := file.GetMergeCells("任务分解表")
	if err != nil || len(merged) != 4 {
		t.Errorf("merged %v, %v: title, line about, note and the goal of two tasks", merged, err)
	}
	if formula, err := file.GetCellFormula("任务分解表", "C4"); err != nil || formula != "" {
		t.Errorf("a text became the formula %q, %v", formula, err)
	}
	if long, err := file.GetCellValue("任务分解表", "C5"); err != nil || len([]rune(long)) != 32001 || !strings.HasSuffix(long, "…") {
		t.Errorf("long text: %d characters, %v", len([]rune(long)), err)
	}
	layout, err := file.GetPageLayout("任务分解表")
	if err != nil || *layout.Orientation != "landscape" || *layout.Size != 9 {
		t.Errorf("layout %+v, %v", layout, err)
	}
}

func check(t *testing.T, file *excelize.File, sheet string, want map[string]string) {
	t.Helper()
	for cell, text := range want {
		if got, err := file.GetCellValue(sheet, cell); err != nil || got != text {
			t.Errorf("%s %s: got %q, want %q, %v", sheet, cell, got, text, err)
		}
	}
}
