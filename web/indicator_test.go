package web

import (
	"bytes"
	"encoding/json"
	"io"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

func TestGoldenIndicators(t *testing.T) {
	w := newRoleWalk(t)
	w.enter("office")
	w.golden("indicator_list", w.see(200, "/indicator?text=R5&period=2024-2025"))
	before, _, _ := strings.Cut(w.see(200, "/indicator/pivot?period=2024-2025"), "<fieldset")
	w.golden("indicator_pivot_none", before)
	w.has(w.see(200, "/indicator?text=R5&state=unmet&stage=junior&period=2024-2025"), "生均体育运动场馆面积", "共 1 行", "12.09", "≥ 10.2")
	w.has(w.see(200, "/indicator?text=nothing"), "没有符合条件的指标", "显示全部指标")
	w.has(w.see(200, "/indicator?state=idle&page=99"), "不适用于本单位")
	page := w.see(200, "/indicator/area.sports_per_pupil?stage=junior&level=school&order=distance&period=2024-2025")
	w.has(page, "参评的 13 个单位中 3 个未达到", `data-chart="trend-data"`, `data-chart="comparison-data"`, `data-chart="spread-data"`, "差额合计", "教督〔2017〕6号", "共 13 行")
	if first, second := strings.Index(page, "砚池镇九年一贯制学校"), strings.Index(page, "柳湾镇初级中学"); first < 0 || first > second {
		t.Errorf("by distance to the standard the school that lacks most comes first: %d, %d", first, second)
	}
	w.has(w.see(200, "/indicator/area.sports_per_pupil?stage=junior&period=1999-2000"), "1999—2000")
	w.has(w.see(200, "/indicator/backbone.county_cells?period=2025-2026"), "语文", "普通高中")
	w.see(404, "/indicator/no.such")
	w.see(404, "/indicator/area.sports_per_pupil?unit=nowhere")
}

func TestIndicatorsOfASchoolAreItsOwn(t *testing.T) {
	w := newRoleWalk(t)
	w.enter("head")
	page := w.see(200, "/indicator/teacher.above_per_100?period=2024-2025")
	if strings.Contains(page, "所辖单位") && strings.Contains(page, "苔溪镇") {
		t.Error("a school head sees other units")
	}
	w.see(403, "/indicator/teacher.above_per_100?unit=990121")
	w.see(403, "/indicator/pivot.json?name=teacher.above_per_100&unit=990121")
}

func TestPivotDocumentAndFiles(t *testing.T) {
	w := newRoleWalk(t)
	w.enter("office")
	address := "/indicator/pivot.json?name=teacher.above_per_100&name=area.sports_per_pupil&at=2024-2025&at=2023-2024&period=2024-2025"
	var document struct {
		Periods []string
		Columns []struct{ Name, Stage string }
		Rows    []struct {
			Unit   string
			Values []*float64
		}
		Total struct{ Values []*float64 }
	}
	if err := json.Unmarshal(w.body(address), &document); err != nil {
		t.Fatal(err)
	}
	if len(document.Columns) != 4 || document.Columns[3].Stage != "junior" || strings.Join(document.Periods, " ") != "2023-2024 2024-2025" {
		t.Errorf("columns %v, periods %v", document.Columns, document.Periods)
	}
	if len(document.Rows) != 12 || len(document.Total.Values) != 8 || document.Total.Values[7] == nil || *document.Total.Values[7] < 12.08 || *document.Total.Values[7] > 12.10 {
		t.Errorf("%d rows, total %v", len(document.Rows), document.Total.Values)
	}
	file, err := excelize.OpenReader(bytes.NewReader(w.body("/indicator?text=R5&period=2024-2025&as=xlsx")))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := file.GetRows(file.GetSheetName(0))
	if err != nil || len(rows) < 5 || !strings.Contains(strings.Join(rows[3], " "), "生均体育运动场馆面积") {
		t.Errorf("rows %v, %v", rows, err)
	}
	if text := string(w.body("/indicator/area.sports_per_pupil?stage=junior&period=2024-2025&as=csv")); !strings.HasPrefix(text, "\ufeff单位,") || !strings.Contains(text, "澄源县,12.09,") {
		t.Errorf("csv: %s", text)
	}
	w.see(404, "/indicator?as=exe")
	refused := w.see(422, "/indicator/pivot?name=none&at=soon&name="+strings.Repeat("x", 300))
	w.has(refused, "没有名为“none”的指标", "无法识别期次“soon”", "xxx…")
}

// body returns what an address answers.
func (s *site) body(path string) []byte {
	s.Helper()
	answer, err := s.client.Get(s.server.URL + path)
	if err != nil {
		s.Fatal(err)
	}
	defer answer.Body.Close()
	data, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != 200 {
		s.Fatalf("%s: status %d, %v: %.500s", path, answer.StatusCode, err, data)
	}
	return data
}
