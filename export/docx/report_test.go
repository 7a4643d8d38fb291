package docx_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	written "jiaoheng/export/docx"
	"jiaoheng/period"
	"jiaoheng/plan/target"
	"jiaoheng/report"
)

// sampleReport is a report with every kind of block and every kind of chart.
func sampleReport() report.Report {
	values := func(numbers ...float64) []report.Value {
		all := make([]report.Value, len(numbers))
		for n, number := range numbers {
			if number >= 0 {
				all[n] = report.Sure(number)
			}
		}
		return all
	}
	r := report.New(report.Yearly, "澄江县教育质量提升规划2026年度考核报告", period.Date{Year: 2026, Month: 12, Day: 31})
	r.Organ, r.Number, r.Signed, r.To, r.UnitName = "澄江县教育局文件", "教考〔2026〕1号", "澄江县教育局", "各乡镇中心学校", "澄江县"
	r.Heading(1, "总体情况").Text("400项目标中，已达成<120>项 & 正常200项。")
	r.Chart(report.Chart{Title: "各单位目标亮灯情况", Kind: report.Stacked, Unit: "项", Across: "单位", Sentence: "城关镇滞后目标最多，为3项。", Categories: []string{"城关镇", "青岩乡", "滴水镇"}, Source: "来源：系统",
		Series: []report.Series{{Name: "已达成", Light: target.Reached, Values: values(5, 6, 7)}, {Name: "正常", Light: target.Normal, Values: values(3, 4, 5)}, {Name: "有风险", Light: target.AtRisk, Values: values(2, 0, 1)},
			{Name: "滞后", Light: target.Late, Values: values(3, 1, 0)}, {Name: "无数据", Light: target.NoData, Values: values(0, 2, 1)}}})
	r.Heading(2, "义务教育").Chart(report.Chart{Title: "巩固率的变化", Kind: report.Lines, Unit: "%", Across: "年", Decimals: 1, Sentence: "巩固率由93.4%升至94.8%。", Categories: []string{"2022", "2023", "2024", "2025"},
		Series: []report.Series{{Name: "实际值", Values: values(93.4, -1, 94.1, 94.8)}, {Name: "目标路径", Quiet: true, Values: values(93.4, 93.9, 94.5, 95)}}})
	names := []string{}
	for n := range 12 {
		names = append(names, fmt.Sprintf("第%d中心小学", n+1))
	}
	r.Chart(report.Chart{Title: "各校差距", Kind: report.Bars, Unit: "个百分点", Across: "学校", Decimals: 1, Sentence: "第12中心小学差距最大。", Categories: names,
		Series: []report.Series{{Name: "差距", Values: values(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12.5)}, {Name: "上年差距", Values: values(2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13)}}})
	r.Chart(report.Chart{Title: "各校增值", Kind: report.Ranged, Unit: "分", Across: "学校", Decimals: 1, Sentence: "两所学校与全县无显著差异。", Categories: names[:3],
		Series: []report.Series{{Name: "增值", Values: []report.Value{report.Sure(-2.5), report.Sure(0.4), {}}, Low: []report.Value{report.Sure(-4), report.Sure(-1), {}}, High: []report.Value{report.Sure(-1), report.Sure(1.8), {}}}}})
	r.Chart(report.Chart{Title: "入口与出口", Kind: report.Scatter, Unit: "出口均分", Across: "入口均分", Decimals: 0, Sentence: "学校贴近期望线。",
		Series: []report.Series{{Name: "学校", Across: values(480, 520, 560), Values: values(430, 471, 520)}, {Name: "期望线", Quiet: true, Across: values(480, 560), Values: values(431, 515)}}})
	r.Table(report.Table{Caption: "目标进展", Columns: []report.Column{{Title: "目标"}, {Title: "现值", Unit: "%", Align: report.Figures}, {Title: "亮灯", Align: report.Short}}, Rows: [][]string{{"巩固率", "94.8", "正常"}}, Note: "注：截至年末。"})
	r.Ask(report.Narrative{ID: "cause", Ask: "未达成的原因", Who: "基础教育股"}).Note("口径：系统数据。")
	return *r
}

func reportBytes(t *testing.T, content report.Report) []byte {
	t.Helper()
	data, err := written.WriteReport(content)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestAReportHoldsEveryBlockInOrder(t *testing.T) {
	text := textOf(t, reportBytes(t, sampleReport()))
	at := 0
	for _, want := range []string{"澄江县教育局文件", "教考〔2026〕1号", "澄江县教育质量提升规划", "各乡镇中心学校：", "一、总体情况", "已达成<120>项 & 正常200项", "城关镇滞后目标最多", "各单位目标亮灯情况", "来源：系统",
		"（一）义务教育", "由93.4%升至94.8%", "各校差距", "目标进展", "目标 | 现值（%） | 亮灯", "巩固率 | 94.8 | 正常", "注：截至年末。", "〔待基础教育股填写：未达成的原因〕", "口径：系统数据。", "澄江县教育局", "2026年12月31日"} {
		found := strings.Index(text[at:], want)
		if found < 0 {
			t.Fatalf("%q does not stand after %q in\n%s", want, text[:at], text)
		}
		at += found + len(want)
	}
	for range 3 {
		if !bytes.Equal(reportBytes(t, sampleReport()), reportBytes(t, sampleReport())) {
			t.Fatal("the same report gives other bytes")
		}
	}
}

func TestADraftSaysThatItIsOne(t *testing.T) {
	draft := sampleReport()
	draft.Number = ""
	if text := textOf(t, reportBytes(t, draft)); !strings.Contains(text, "（草稿）") || strings.Contains(text, "澄江县教育局文件") {
		t.Error(text)
	}
}

// orders are the sequences of ISO/IEC 29500-1 for the elements that charts use. Word refuses a file whose elements stand otherwise.
var orders = map[string]string{
	"chartSpace":   "date1904 lang roundedCorners style clrMapOvr pivotSource protection chart spPr txPr externalData printSettings userShapes",
	"chart":        "title autoTitleDeleted pivotFmts view3D floor sideWall backWall plotArea legend plotVisOnly dispBlanksAs",
	"plotArea":     "layout barChart lineChart scatterChart catAx valAx dTable spPr",
	"barChart":     "barDir grouping varyColors ser dLbls gapWidth overlap serLines axId",
	"lineChart":    "grouping varyColors ser dLbls dropLines hiLowLines upDownBars marker smooth axId",
	"scatterChart": "scatterStyle varyColors ser dLbls axId",
	"errBars":      "errDir errBarType errValType noEndCap plus minus val spPr",
	"plus":         "numLit", "minus": "numLit", "numLit": "formatCode ptCount pt",
	"ser":     "idx order tx spPr invertIfNegative marker pictureOptions dPt dLbls trendline errBars cat val xVal yVal smooth shape",
	"dLbls":   "dLbl delete numFmt spPr txPr dLblPos showLegendKey showVal showCatName showSerName showPercent showBubbleSize separator showLeaderLines",
	"dLbl":    "idx delete layout tx numFmt spPr",
	"marker":  "symbol size spPr",
	"catAx":   "axId scaling delete axPos majorGridlines minorGridlines title numFmt majorTickMark minorTickMark tickLblPos spPr txPr crossAx crosses auto lblAlgn lblOffset noMultiLvlLbl",
	"valAx":   "axId scaling delete axPos majorGridlines minorGridlines title numFmt majorTickMark minorTickMark tickLblPos spPr txPr crossAx crosses crossBetween majorUnit",
	"scaling": "logBase orientation max min",
	"title":   "tx layout overlay spPr txPr",
	"legend":  "legendPos legendEntry layout overlay spPr txPr",
	"strRef":  "f strCache", "numRef": "f numCache", "strCache": "ptCount pt", "numCache": "formatCode ptCount pt",
	"ln":  "noFill solidFill prstDash round",
	"pPr": "pStyle keepNext keepLines framePr numPr pBdr shd tabs spacing ind jc outlineLvl rPr defRPr",
}

// checkOrder tells every element that stands where the schema does not have it.
func checkOrder(t *testing.T, name string, data []byte) {
	t.Helper()
	type level struct {
		name string
		at   int
	}
	stack := []level{{}}
	decoder := xml.NewDecoder(bytes.NewReader(data))
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		switch one := token.(type) {
		case xml.StartElement:
			above := &stack[len(stack)-1]
			if order, known := orders[above.name]; known {
				at := slices.Index(strings.Fields(order), one.Name.Local)
				if at < 0 || at < above.at {
					t.Errorf("%s: <%s> within <%s> stands out of order", name, one.Name.Local, above.name)
				}
				above.at = at
			}
			stack = append(stack, level{name: one.Name.Local})
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		}
	}
}

// Every chart follows the schema, is tied to the document, and has a workbook whose cells are the values that it shows.
func TestChartsAreNativeWithTheirWorkbooks(t *testing.T) {
	data := reportBytes(t, sampleReport())
	types, relations := partOf(t, data, "[Content_Types].xml"), partOf(t, data, "word/_rels/document.xml.rels")
	document := partOf(t, data, "word/document.xml")
	for n := 1; n <= 3; n++ {
		part := fmt.Sprintf("word/charts/chart%d.xml", n)
		chart := partOf(t, data, part)
		checkOrder(t, part, []byte(chart))
		for _, pair := range [][2]string{{types, `PartName="/` + part + `"`}, {relations, fmt.Sprintf(`Id="rIdChart%d"`, n)}, {document, fmt.Sprintf(`r:id="rIdChart%d"`, n)},
			{partOf(t, data, fmt.Sprintf("word/charts/_rels/chart%d.xml.rels", n)), fmt.Sprintf("../embeddings/chart%d.xlsx", n)}} {
			if !strings.Contains(pair[0], pair[1]) {
				t.Errorf("chart %d: no %s", n, pair[1])
			}
		}
	}
	if !strings.Contains(types, `Extension="xlsx"`) {
		t.Error("the workbook has no content type")
	}
	book, err := excelize.OpenReader(strings.NewReader(partOf(t, data, "word/embeddings/chart2.xlsx")))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	rows, err := book.GetRows("Sheet1")
	if err != nil {
		t.Fatal(err)
	}
	if got, want := fmt.Sprint(rows), "[[年 实际值 目标路径] [2022 93.4 93.4] [2023  93.9] [2024 94.1 94.5] [2025 94.8 95]]"; got != want {
		t.Errorf("workbook %s, want %s", got, want)
	}
	chart := partOf(t, data, "word/charts/chart2.xml")
	for _, want := range []string{"Sheet1!$B$2:$B$5", `<c:pt idx="3"><c:v>94.8</c:v></c:pt>`, "<c:ptCount val=\"4\"/><c:pt idx=\"0\"><c:v>93.4</c:v></c:pt><c:pt idx=\"2\">"} {
		if !strings.Contains(chart, want) {
			t.Errorf("no %s in the chart of lines", want)
		}
	}
	for n, want := range map[int]bool{1: true, 2: false, 3: true} {
		if got := strings.Contains(partOf(t, data, fmt.Sprintf("word/charts/chart%d.xml", n)), `<c:min val="0"/>`); got != want {
			t.Errorf("chart %d begins at zero: %v", n, got)
		}
	}
}

// Names that XML and formulas could trip over, no values, one category: everything stays proper.
func TestHostileChartsStayProper(t *testing.T) {
	r := report.New(report.Weekly, "a<b", period.Date{Year: 2026, Month: 1, Day: 1})
	r.Chart(report.Chart{Title: `"&<>`, Kind: report.Bars, Unit: "<%>", Categories: []string{"=1+1\x00"}, Series: []report.Series{{Name: "'&", Values: []report.Value{report.Sure(-3)}}}})
	r.Chart(report.Chart{Title: "空", Kind: report.Lines, Sentence: "尚无数据。", Categories: []string{"2024"}, Series: []report.Series{{Values: make([]report.Value, 1)}}})
	data := reportBytes(t, *r)
	reader, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	charts := 0
	for _, part := range reader.File {
		if strings.HasSuffix(part.Name, ".xml") || strings.HasSuffix(part.Name, ".rels") {
			checkOrder(t, part.Name, []byte(partOf(t, data, part.Name)))
		}
		if strings.HasPrefix(part.Name, "word/charts/chart") {
			charts++
		}
	}
	if charts != 1 {
		t.Errorf("%d charts, want one: the other has nothing to draw", charts)
	}
	if text := textOf(t, data); !strings.Contains(text, "尚无数据。") {
		t.Error(text)
	}
}
