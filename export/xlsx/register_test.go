package xlsx_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"jiaoheng/export/xlsx"
	"jiaoheng/fault"
	intake "jiaoheng/intake/xlsx"
	"jiaoheng/measure"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/register"
	"jiaoheng/unit"
)

// facts is a register with a column of every type.
func facts(t *testing.T) *pack.Register {
	t.Helper()
	area, err := measure.Parse("m²")
	if err != nil {
		t.Fatal(err)
	}
	title := func(text string) pack.Text { return pack.Text{Chinese: text, English: text} }
	return &pack.Register{Name: "facts", Title: title("学段情况"), Of: []unit.Kind{unit.Section}, Every: period.SchoolYear, Columns: []*pack.Column{
		{Name: "pupils", Title: title("学生数"), Type: pack.Count, Required: true},
		{Name: "area", Title: title("面积"), Type: pack.Number, Measure: area},
		{Name: "money", Title: title("经费"), Type: pack.Money},
		{Name: "rate", Title: title("比例"), Type: pack.Percent, Help: title("按国标。")},
		{Name: "boards", Title: title("寄宿"), Type: pack.Flag},
		{Name: "road", Title: title("道路"), Type: pack.Choice, Choices: []pack.Option{{Name: "good", Title: title("硬化")}, {Name: "bad", Title: title("未硬化")}}},
		{Name: "built", Title: title("建成"), Type: pack.Date},
		{Name: "remark", Title: title("情况"), Type: pack.Line},
	}}
}

func region(t *testing.T) *unit.Tree {
	t.Helper()
	school := unit.Unit{Code: "2199000001", Name: "实验学校", Kind: unit.School, Parent: "990121", Stages: []unit.Stage{unit.Primary, unit.Junior}}
	tree, err := unit.Build(append([]unit.Unit{{Code: "990121", Name: "澄源县", Kind: unit.County}, school}, unit.Sections(school)...))
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

func written(t *testing.T, sheet xlsx.RegisterSheet) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := xlsx.WriteRegister(&out, sheet); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// Rows that were exported are read back as they were, in both languages, whatever they hold.
func TestExportedRowsComeBack(t *testing.T) {
	year, _ := period.Parse("2023-2024")
	number := func(n float64) register.Cell { return register.Cell{Known: true, Number: n} }
	text := func(s string) register.Cell { return register.Cell{Known: true, Text: s} }
	r, tree := facts(t), region(t)
	rows := []register.Row{
		{Unit: "2199000001-primary", Period: year, Cells: []register.Cell{number(1234567), number(0.1 + 0.2), number(123456789012.25), number(85.5), number(1), text("bad"), text("2011-09-01"), text("=1+1（全角）")}},
		{Unit: "2199000001-junior", Period: year, Cells: []register.Cell{number(0), number(-2.5e-7), {}, number(100), number(0), {}, {}, text("-3 行")}},
	}
	for _, language := range []message.Language{message.Chinese, message.English} {
		form := register.FormOf(r, false)
		var cells [][]string
		for _, row := range rows {
			cells = append(cells, form.Cells(tree, row, language))
		}
		table, err := intake.ReadTable("a.xlsx", written(t, xlsx.RegisterSheet{Register: r, Form: form, Language: language, Rows: cells}))
		if err != nil {
			t.Fatal(err)
		}
		report, err := register.Read(table, register.Request{Register: r, Period: year, Today: period.Date{Year: 2024, Month: 1, Day: 1}, Tree: tree})
		if err != nil || len(report.Faults) > 0 || len(report.Batch.Rows) != len(rows) {
			t.Fatalf("%s: %v, %v", language, report.Faults, err)
		}
		for i, got := range report.Batch.Rows {
			for n, cell := range got.Cells {
				if cell != rows[i].Cells[n] || got.Unit != rows[i].Unit {
					t.Errorf("%s: row %d of %s, %s: got %+v, want %+v", language, i, got.Unit, r.Columns[n].Name, cell, rows[i].Cells[n])
				}
			}
		}
	}
}

// A template checks what is typed, marks what is required, keeps its head in view and explains every column.
func TestTemplateChecksWhatIsTyped(t *testing.T) {
	r, form := facts(t), register.FormOf(facts(t), true)
	data := written(t, xlsx.RegisterSheet{Register: r, Form: form, Language: message.Chinese, Rows: [][]string{form.UnitCells(region(t), "2199000001-junior", message.Chinese)}})
	file, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if got := strings.Join(file.GetSheetList(), " "); got != "填报表 填表说明" {
		t.Fatalf("sheets %s", got)
	}
	check(t, file, "填报表", map[string]string{"A1": "*单位代码", "B1": "单位名称", "C1": "*学段", "D1": "*学生数", "E1": "面积（m²）", "F1": "经费（元）", "G1": "比例（%）",
		"A2": "2199000001", "B2": "实验学校", "C2": "初中", "D2": ""})
	check(t, file, "填表说明", map[string]string{"A3": "列名", "A7": "学生数", "B7": "是", "C7": "整数", "D7": "不小于 0", "A10": "比例（%）", "D10": "0 至 100", "E10": "按国标。", "D12": "硬化、未硬化", "D13": "2024-03-15"})
	validations, err := file.GetDataValidations("填报表")
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]string{}
	for _, v := range validations {
		kinds[v.Sqref[:1]] = v.Type + " " + v.Formula1
	}
	for column, want := range map[string]string{"C": `list "学前,小学`, "D": "whole 0", "E": "decimal", "G": "decimal 0", "H": `list "是,否"`, "I": `list "硬化,未硬化"`} {
		if !strings.HasPrefix(kinds[column], want) {
			t.Errorf("column %s checks %q, want %q", column, kinds[column], want)
		}
	}
	panes, err := file.GetPanes("填报表")
	if err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("panes %+v, %v", panes, err)
	}
}

// A workbook that an import would refuse for its size is not written.
func TestExportHasALimit(t *testing.T) {
	r := facts(t)
	err := xlsx.WriteRegister(&bytes.Buffer{}, xlsx.RegisterSheet{Register: r, Form: register.FormOf(r, false), Language: message.Chinese, Rows: make([][]string, xlsx.MaxRegisterCells)})
	if list := fault.Of(err); len(list) != 1 || list[0].Code != "register.export_large" {
		t.Errorf("got %v", err)
	}
}

// A sheet as people send it: a merged title, a head of two rows with merged groups, the code of a school merged over its
// sections, a row of totals below.
func TestMergedHeadsAreRead(t *testing.T) {
	file := excelize.NewFile()
	defer file.Close()
	for cell, text := range map[string]any{"A1": "澄源县学段情况统计表", "A2": "单位代码", "B2": "学段", "C2": "规模", "E2": "条件", "C3": "学生数", "D3": "面积\n（平方米）", "E3": "寄宿",
		"A4": "2199000001", "B4": "小学", "C4": 1200, "D4": 8000.5, "E4": "是", "B5": "初中", "C5": 600, "D5": "4,000", "E5": "否", "A6": "合　计", "C6": 1800} {
		if err := file.SetCellValue("Sheet1", cell, text); err != nil {
			t.Fatal(err)
		}
	}
	for _, area := range [][2]string{{"A1", "E1"}, {"A2", "A3"}, {"B2", "B3"}, {"C2", "D2"}, {"A4", "A5"}} {
		if err := file.MergeCell("Sheet1", area[0], area[1]); err != nil {
			t.Fatal(err)
		}
	}
	var out bytes.Buffer
	if err := file.Write(&out); err != nil {
		t.Fatal(err)
	}
	table, err := intake.ReadTable("a.xlsx", out.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	year, _ := period.Parse("2023-2024")
	report, err := register.Read(table, register.Request{Register: facts(t), Period: year, Today: period.Date{Year: 2024, Month: 1, Day: 1}, Tree: region(t)})
	if err != nil || len(report.Faults) != 1 || report.Faults[0].Code != "register.total_row" || report.Faults[0].Place.Row != 6 || len(report.Batch.Rows) != 2 {
		t.Fatalf("%v, %v, %+v", report.Faults, err, report.Batch)
	}
	if row := report.Batch.Rows[1]; row.Unit != "2199000001-junior" || row.Cells[0].Number != 600 || row.Cells[1].Number != 4000 || !row.Cells[4].Known {
		t.Errorf("second row: %+v", row)
	}
}
