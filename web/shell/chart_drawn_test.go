package shell_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"jiaoheng/web/shell"
)

func drawn(t *testing.T, component templ.Component) string {
	t.Helper()
	var out strings.Builder
	ctx := shell.With(context.Background(), &shell.View{Language: "zh"})
	if err := component.Render(ctx, &out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestCaterpillarIsDrawnWithoutScripts(t *testing.T) {
	var rows []shell.CaterpillarRow
	for n := range 60 {
		rows = append(rows, shell.CaterpillarRow{Name: fmt.Sprintf("第%d中学<b>", n), Value: float64(n) - 30, Low: float64(n) - 40, High: float64(n) - 20, Found: shell.FoundNone, Text: "增值"})
	}
	chart := shell.Caterpillar{ID: "effects", Sentence: "60 所学校", Unit: "分", Zero: "全县", Rows: rows, Table: shell.Table{Columns: []shell.Column{{Title: "学校"}}, Rows: [][]shell.Cell{{{Text: "第1中学"}}}}}
	page := drawn(t, shell.CaterpillarFigure(chart))
	for _, want := range []string{"第59中学&lt;b&gt;", `role="img"`, "<details", "60 所学校"} {
		if !strings.Contains(page, want) {
			t.Errorf("%s is not there", want)
		}
	}
	for _, never := range []string{"<script", "style=", "NaN"} {
		if strings.Contains(page, never) {
			t.Errorf("%s is there", never)
		}
	}
	if got := strings.Count(page, "chart-interval"); got != 60 {
		t.Errorf("%d intervals", got)
	}
	chart.Rows = nil
	if page := drawn(t, shell.CaterpillarFigure(chart)); strings.Contains(page, "<svg") || !strings.Contains(page, "第1中学") {
		t.Error("without rows the table alone stands")
	}
}

func TestScatterNamesWhatStandsOut(t *testing.T) {
	points := []shell.ScatterPoint{{Name: "第一中学很长的名字附属分校", Across: 400, Up: 480, Found: shell.FoundAbove, Text: "甲"}, {Name: "第二中学", Across: 500, Up: 490, Found: shell.FoundNone, Text: "乙"},
		{Name: "第三中学", Across: 501, Up: 491, Found: shell.FoundNone, Own: true, Text: "丙"}}
	chart := shell.Scatter{ID: "way", Sentence: "入口与出口", Across: "入口", Up: "出口", Points: points, From: [2]float64{400, 420}, To: [2]float64{500, 520}, Line: "预期",
		Fields: []shell.ScatterField{{Left: 350, Right: 450, Below: 450, Above: 500, Depth: 9}}}
	page := drawn(t, shell.ScatterFigure(chart))
	for _, want := range []string{"第一中学很长的名字…", "第三中学", "field-4", "chart-expected"} {
		if !strings.Contains(page, want) {
			t.Errorf("%s is not there", want)
		}
	}
	if strings.Contains(page, ">第二中学<") {
		t.Error("a school that does not stand out is named")
	}
	for _, one := range []shell.Scatter{{ID: "none"}, {ID: "one", Points: points[:1]}} {
		if page := drawn(t, shell.ScatterFigure(one)); strings.Contains(page, "NaN") || strings.Contains(page, "Inf") {
			t.Error(page)
		}
	}
}
