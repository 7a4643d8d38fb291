package shell_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"jiaoheng/measure"
	"jiaoheng/message"
	"jiaoheng/web/shell"
)

func TestChartFigure(t *testing.T) {
	table := shell.Table{Columns: []shell.Column{{Title: "学校"}, {Title: "生均面积", Align: shell.Figures}}, Rows: [][]shell.Cell{{{Text: "青石沟小学"}, {Text: "3.2"}}}}
	known, missing := []measure.Value{measure.Of(3.2), measure.MissingFor("area")}, []measure.Value{measure.MissingFor("area")}
	many := make([]measure.Value, shell.MaxMarks+1)
	cases := []struct {
		name   string
		values []measure.Value
		drawn  bool
	}{
		{"a gap is drawn around", known, true},
		{"nothing known leaves the table", missing, false},
		{"too many marks leave the table", many, false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			chart := shell.Chart{ID: "area", Kind: shell.ChartBars, Sentence: `1 所学校低于标准</script>`, Unit: "m²/生", Names: []string{"</script><b>", "乙"},
				Series: []shell.Series{{Values: c.values}}, Table: table}
			page := text(t, chart)
			if got := strings.Contains(page, "data-chart="); got != c.drawn {
				t.Errorf("drawn: %v, want %v", got, c.drawn)
			}
			if !strings.Contains(page, "青石沟小学") || !strings.Contains(page, "1 所学校低于标准&lt;/script&gt;") {
				t.Errorf("sentence and table belong to every chart:\n%s", page)
			}
			if c.drawn {
				checkChartData(t, page)
			}
		})
	}
}

// checkChartData reads the figures as the script does: the element ends where it should, a missing value is null.
func checkChartData(t *testing.T, page string) {
	t.Helper()
	_, rest, _ := strings.Cut(page, `id="area-data">`)
	inside, _, _ := strings.Cut(rest, "</script>")
	var data struct {
		Names  []string
		Series []struct{ Values []*float64 }
	}
	if err := json.Unmarshal([]byte(inside), &data); err != nil {
		t.Fatalf("%v in %s", err, inside)
	}
	if data.Names[0] != "</script><b>" || *data.Series[0].Values[0] != 3.2 || data.Series[0].Values[1] != nil {
		t.Errorf("figures: %+v", data)
	}
}

func text(t *testing.T, chart shell.Chart) string {
	t.Helper()
	var out strings.Builder
	if err := shell.ChartFigure(chart).Render(shell.With(context.Background(), &shell.View{Language: message.Chinese}), &out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}
