package register_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"jiaoheng/measure"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/register"
	"jiaoheng/unit"
)

func mustMeasure(t *testing.T, text string) measure.Measure {
	t.Helper()
	m, err := measure.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// sections is a register with every type of column.
func sections(t *testing.T) *pack.Register {
	t.Helper()
	most := 20000.0
	title := func(zh, en string) pack.Text { return pack.Text{Chinese: zh, English: en} }
	computed := &pack.Column{Name: "area_each", Title: title("生均面积", "Area per pupil"), Type: pack.Number, Formula: &pack.Formula{Text: "area / pupils"}}
	return &pack.Register{Name: "section_year", Title: title("学段部年度基本情况", "Yearly facts"), Of: []unit.Kind{unit.Section}, Every: period.SchoolYear,
		Stages: []unit.Stage{unit.Primary, unit.Junior}, Columns: []*pack.Column{
			{Name: "pupils", Title: title("在校生数", "Pupils"), Type: pack.Count, Measure: mustMeasure(t, "学生"), Required: true, Most: &most},
			{Name: "area", Title: title("校舍面积", "Area"), Type: pack.Number, Measure: mustMeasure(t, "m²"), Was: []string{"建筑面积"}},
			{Name: "money", Title: title("设备值", "Equipment"), Type: pack.Money, Measure: mustMeasure(t, "元")},
			{Name: "rate", Title: title("达标率", "Rate"), Type: pack.Percent},
			{Name: "boards", Title: title("寄宿制", "Boarding"), Type: pack.Flag},
			{Name: "road", Title: title("道路", "Road"), Type: pack.Choice, Choices: []pack.Option{{Name: "good", Title: title("硬化", "Paved")}, {Name: "bad", Title: title("未硬化", "Unpaved")}}},
			{Name: "built", Title: title("建成日期", "Built"), Type: pack.Date},
			{Name: "remark", Title: title("情况说明", "Remark"), Type: pack.Line, Length: 5},
			computed,
		}}
}

func classes(t *testing.T) *pack.Register {
	t.Helper()
	r := sections(t)
	r.Name, r.Key = "class_list", []string{"class"}
	r.Columns = append([]*pack.Column{{Name: "class", Title: pack.Text{Chinese: "班级", English: "Class"}, Type: pack.Line, Required: true}}, r.Columns...)
	return r
}

func tree(t *testing.T) *unit.Tree {
	t.Helper()
	units := []unit.Unit{{Code: "990121", Name: "澄源县", Kind: unit.County}}
	for i, name := range []string{"实验学校", "第一小学", "撤并小学", "高级中学"} {
		school := unit.Unit{Code: fmt.Sprint(2199000001 + i), Name: name, Kind: unit.School, Parent: "990121", Stages: []unit.Stage{unit.Primary}}
		switch i {
		case 0:
			school.Stages = append(school.Stages, unit.Junior)
		case 2:
			school.Closed = period.Date{Year: 2023, Month: 8, Day: 1}
		case 3:
			school.Stages = []unit.Stage{unit.Senior}
		}
		units = append(append(units, school), unit.Sections(school)...)
	}
	built, err := unit.Build(units)
	if err != nil {
		t.Fatal(err)
	}
	return built
}

func request(t *testing.T, r *pack.Register, p string) register.Request {
	t.Helper()
	when, ok := period.Parse(p)
	if !ok {
		when = period.Period{}
	}
	return register.Request{Register: r, Period: when, Today: period.Date{Year: 2024, Month: 6, Day: 1}, Tree: tree(t), Origin: register.Origin{Kind: "file", File: "a.xlsx"}}
}

// table reads lines of cells separated by "|".
func table(text string) [][]string {
	var rows [][]string
	for line := range strings.SplitSeq(strings.Trim(text, "\n"), "\n") {
		cells := strings.Split(line, "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		rows = append(rows, cells)
	}
	return rows
}

func found(report register.Report) []string {
	var list []string
	for _, f := range report.Faults {
		list = append(list, fmt.Sprintf("%d %s %s", f.Place.Row, f.Place.Column, strings.TrimPrefix(f.Code, "register.")))
		if text := f.Text(message.English); strings.Contains(text, "{") {
			list = append(list, "a place is open: "+text)
		}
	}
	return list
}

// Each bad input is told with its row and column, and nothing else is.
func TestImportTellsEveryFault(t *testing.T) {
	const head = "单位代码|学段|在校生数\n"
	cases := []struct {
		name, period, table string
		want                []string
	}{
		{"text in a number", "2023-2024", head + "2199000001|小学|85人", []string{"2 在校生数（C） text_in_number"}},
		{"a dash", "2023-2024", head + "2199000001|小学|—", []string{"2 在校生数（C） not_number"}},
		{"percent sign", "2023-2024", head + "2199000001|小学|85%", []string{"2 在校生数（C） percent_sign"}},
		{"irregular separators", "2023-2024", head + "2199000001|小学|1,23", []string{"2 在校生数（C） grouping"}},
		{"decimals of a count", "2023-2024", head + "2199000001|小学|12.5", []string{"2 在校生数（C） not_whole"}},
		{"negative", "2023-2024", head + "2199000001|小学|-3", []string{"2 在校生数（C） negative"}},
		{"above the most", "2023-2024", head + "2199000001|小学|20001", []string{"2 在校生数（C） too_large"}},
		{"empty", "2023-2024", head + "2199000001|小学|", []string{"2 在校生数（C） cell_empty"}},
		{"formula error", "2023-2024", head + "2199000001|小学|#DIV/0!", []string{"2 在校生数（C） sheet_error"}},
		{"beyond numbers", "2023-2024", head + "2199000001|小学|1e999", []string{"2 在校生数（C） text_in_number"}},
		{"total row", "2023-2024", head + "2199000001|小学|5\n合  计||5\n全县平均||5", []string{"3 单位代码（A） total_row", "4 单位代码（A） total_row"}},
		{"total in the name", "2023-2024", "单位代码|单位名称|学段|在校生数\n|小 计||9", []string{"2 单位名称（B） total_row"}},
		{"note row", "2023-2024", head + "2199000001|小学|5\n注：数据截至9月1日", []string{"3 单位代码（A） note_row"}},
		{"unit missing", "2023-2024", head + "|小学|5", []string{"2 单位代码（A） unit_missing"}},
		{"unit unknown", "2023-2024", head + "2199999999|小学|5", []string{"2 单位代码（A） unit_unknown"}},
		{"kind of unit", "2023-2024", head + "990121||5", []string{"2 单位代码（A） unit_kind"}},
		{"stage unknown", "2023-2024", head + "2199000001|大学|5", []string{"2 学段（B） stage_unknown"}},
		{"stage absent", "2023-2024", head + "2199000002|初中|5", []string{"2 学段（B） stage_absent"}},
		{"stage needed", "2023-2024", head + "2199000001||5", []string{"2 学段（B） stage_needed"}},
		{"stage against code", "2023-2024", head + "2199000001-primary|初中|5", []string{"2 学段（B） stage_differs"}},
		{"no stage of the register", "2023-2024", head + "2199000004||5\n2199000004|高中|5", []string{"2 学段（B） no_section", "3 单位代码（A） unit_stage"}},
		{"closed before", "2023-2024", head + "2199000003|小学|5", []string{"2 单位代码（A） unit_not_open"}},
		{"unit twice", "2023-2024", head + "2199000002||5\n2199000002|小学|5", []string{"3 单位代码（A） unit_twice"}},
		{"unit twice, the first at fault", "2023-2024", head + "2199000002||x\n2199000002|小学|5", []string{"2 在校生数（C） not_number", "3 单位代码（A） unit_twice"}},
		{"other name", "2023-2024", "单位代码|学校名称|在校生数\n2199000002|实验学校|5", []string{"2 学校名称（B） unit_name"}},
		{"future", "2024-2025", head + "2199000001|小学|5", []string{"0  period_future"}},
		{"kind of period", "2024", head + "2199000001|小学|5", []string{"0  period_kind"}},
		{"no period", "", head + "2199000001|小学|5", []string{"0  period_missing"}},
		{"period of the row", "2023-2024", "单位代码|学段|学年|在校生数\n2199000001|小学|2023—2024学年|5\n2199000001|初中|2022-2023|5", []string{"3 学年（C） period_differs"}},
		{"no head", "2023-2024", "a|b\nc|d", []string{"0  head_missing"}},
		{"only a head", "2023-2024", head, []string{"0  table_empty"}},
		{"columns missing", "2023-2024", "学段|校舍面积\n小学|5", []string{"1  column_missing", "1  column_missing"}},
		{"heading unknown", "2023-2024", "单位代码|学段|在校生数|食堂\n2199000001|小学|5|1", []string{"1 食堂（D） heading_unknown"}},
		{"heading twice", "2023-2024", "单位代码|学段|在校生数|Pupils\n2199000001|小学|5|5", []string{"1 Pupils（D） heading_twice"}},
		{"measure of another kind", "2023-2024", "单位代码|学段|在校生数（班）\n2199000001|小学|5", []string{"1 在校生数（C） heading_measure"}},
		{"flag, choice, date, text, percent", "2023-2024", "单位代码|学段|在校生数|寄宿制|道路|建成日期|情况说明|达标率\n2199000001|小学|5|也许|泥路|2023-02-30|太长的说明文字|101%",
			[]string{"2 寄宿制（D） not_flag", "2 道路（E） not_choice", "2 建成日期（F） not_date", "2 情况说明（G） text_long", "2 达标率（H） too_large"}},
		{"several rows at once", "2023-2024", head + "x|小学|a\n2199000001|小学|-1\n2199000002|小学|7", []string{"2 单位代码（A） unit_unknown", "2 在校生数（C） not_number", "3 在校生数（C） negative"}},
	}
	for _, c := range cases {
		report, err := register.Read(table(c.table), request(t, sections(t), c.period))
		if got := found(report); err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%s:\n got %q\nwant %q, %v", c.name, got, c.want, err)
		}
		if report.Accepted+report.Refused != report.Rows || report.Accepted != len(report.Batch.Rows) {
			t.Errorf("%s: %d rows, %d accepted, %d refused, %d in the batch", c.name, report.Rows, report.Accepted, report.Refused, len(report.Batch.Rows))
		}
	}
}

// What people write in many ways is read as one.
func TestImportReadsWhatPeopleWrite(t *testing.T) {
	n := func(number float64) register.Cell { return register.Cell{Known: true, Number: number} }
	s := func(text string) register.Cell { return register.Cell{Known: true, Text: text} }
	cases := []struct {
		name, table string
		column      int
		want        register.Cell
	}{
		{"full-width digits", "单位代码|在校生数\n２１９９０００００２|１２３", 0, n(123)},
		{"thousands", "单位代码|在校生数\n2199000002|1,234", 0, n(1234)},
		{"thousands by blanks", "单位代码|在校生数\n2199000002|1 234", 0, n(1234)},
		{"a whole number with a point", "单位代码|在校生数\n2199000002.0|12.0", 0, n(12)},
		{"measure in brackets", "单位代码|在校生数（人）|校舍面积（平方米）\n2199000002|1|12.5", 1, n(12.5)},
		{"former heading", "单位代码|在校生数|建筑面积(㎡)\n2199000002|1|12.5", 1, n(12.5)},
		{"hectares", "单位代码|在校生数|校舍面积（公顷）\n2199000002|1|0.25", 1, n(2500)},
		{"ten thousand yuan", "单位代码|在校生数|设备值（万元）\n2199000002|1|12.3456", 2, n(123456)},
		{"measure above the table", "学段情况表||（单位：万元）\n单位代码|在校生数|设备值\n2199000002|1|2.5", 2, n(25000)},
		{"percent", "单位代码|在校生数|达标率（%）\n2199000002|1|85.5%", 3, n(85.5)},
		{"yes", "单位代码|在校生数|寄宿制\n2199000002|1|√", 4, n(1)},
		{"choice", "单位代码|在校生数|道路\n2199000002|1| 未硬 化", 5, s("bad")},
		{"choice by name", "单位代码|在校生数|road\n2199000002|1|good", 5, s("good")},
		{"date", "单位代码|在校生数|建成日期\n2199000002|1|2011年9月1日", 6, s("2011-09-01")},
		{"date as a serial", "单位代码|在校生数|建成日期\n2199000002|1|45352", 6, s("2024-03-01")},
		{"date in eight digits", "单位代码|在校生数|建成日期\n2199000002|1|20240301", 6, s("2024-03-01")},
		{"required mark and line end", "单位代码|*在校 生数\n2199000002|7", 0, n(7)},
		{"two heads", "单位代码|规模||设备值\n|在校生数|校舍面积|\n2199000002|7|8|9", 2, n(9)},
		{"two heads, merged", "单位代码|在校生数|设施|\n单位代码|在校生数|校舍面积|道路\n2199000002|7|8|硬化", 1, n(8)},
		{"title above", "某县教育基本情况统计表\n\n序号|单位代码|Pupils|备注\n1|2199000002|7|好", 0, n(7)},
		{"computed column", "单位代码|在校生数|生均面积\n2199000002|7|好", 8, register.Cell{}},
	}
	for _, c := range cases {
		r := sections(t)
		report, err := register.Read(table(c.table), request(t, r, "2023-2024"))
		if err != nil || len(report.Faults) > 0 || len(report.Batch.Rows) != 1 {
			t.Errorf("%s: %v, %v", c.name, found(report), err)
			continue
		}
		row := report.Batch.Rows[0]
		if row.Cells[c.column] != c.want || row.Unit != "2199000002-primary" || row.Origin.Row == 0 {
			t.Errorf("%s: got %+v of %s, want %+v", c.name, row.Cells[c.column], row.Unit, c.want)
		}
	}
}

// Rows of a register with a key are told apart by it, and a batch knows which columns the file has.
func TestImportTellsRowsApartByTheirKey(t *testing.T) {
	report, err := register.Read(table("单位代码|班级|在校生数\n2199000002|一班|40\n2199000002|二班|41\n2199000002|一 班|42"), request(t, classes(t), "2023-2024"))
	if got := found(report); err != nil || !slices.Equal(got, []string{"4 单位代码（A） row_twice"}) || report.Accepted != 2 {
		t.Errorf("%v, %v", got, err)
	}
	if b := report.Batch; !b.Gives(0) || !b.Gives(1) || b.Gives(2) {
		t.Errorf("given: %v", b.Given)
	}
}

// A check of the pack refuses its row; one that only warns does not.
func TestChecksRefuseOrWarn(t *testing.T) {
	r := sections(t)
	r.Checks = []pack.Check{{Say: pack.Text{Chinese: "不得过多"}}, {Say: pack.Text{Chinese: "请再看看"}, Warn: true}}
	ask := request(t, r, "2023-2024")
	ask.Check = func(rows []register.Row, failed func(row, check int)) error {
		for i, row := range rows {
			if row.Cells[0].Number > 100 {
				failed(i, 0)
			}
			failed(i, 1)
		}
		return nil
	}
	report, err := register.Read(table("单位代码|学段|在校生数\n2199000001|小学|500\n2199000001|初中|50\n2199000002||-1"), ask)
	if got := found(report); err != nil || !slices.Equal(got, []string{"2  check_failed", "4 在校生数（C） negative"}) || report.Accepted != 1 || len(report.Warnings) != 2 {
		t.Errorf("%v, %d accepted, %d warnings, %v", got, report.Accepted, len(report.Warnings), err)
	}
}

// Too many rows are one fault; so many faults are counted that the list stays short.
func TestImportHasLimits(t *testing.T) {
	rows := slices.Repeat([][]string{{"x", "小学", "-"}}, register.MaxFaults)
	report, err := register.Read(append(table("单位代码|学段|在校生数"), rows...), request(t, sections(t), "2023-2024"))
	if err != nil || len(report.Faults) != register.MaxFaults+1 || report.Refused != register.MaxFaults {
		t.Errorf("%d faults, %d refused, %v", len(report.Faults), report.Refused, err)
	}
	report, err = register.Read(slices.Repeat(rows[:1], register.MaxRows+11), request(t, sections(t), "2023-2024"))
	if got := found(report); err != nil || !slices.Equal(got, []string{"0  too_many_rows"}) {
		t.Errorf("%v, %v", got, err)
	}
}

// Whatever a cell holds, reading it ends without a panic, and what is accepted is read again as the same from its own text.
func FuzzReadCell(f *testing.F) {
	for _, text := range []string{"1,234", "８５％", "#DIV/0!", "-0", "1e999", ".5", "2024-02-30", "45352", "是", "未硬化", "'=1", "1 234", "\x00", "−3", "٣", "1.", "+7"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		r := sections(t)
		head := []string{"单位代码", "学段", "在校生数", "校舍面积", "设备值", "达标率", "寄宿制", "道路", "建成日期", "情况说明"}
		row := []string{"2199000001", "小学", text, text, text, text, text, text, text, text}
		report, err := register.Read([][]string{head, row}, request(t, r, "2023-2024"))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range report.Faults {
			if f.Text(message.Chinese) == "" || f.Place.Row == 0 {
				t.Fatalf("%q: a fault without words or place: %+v", text, f)
			}
		}
		for n, column := range r.Columns[:8] {
			single := [][]string{{"单位代码", "学段", "在校生数", column.Title.Chinese}, {"2199000001", "小学", "1", text}}
			if n == 0 {
				single = [][]string{{"单位代码", "学段", column.Title.Chinese}, {"2199000001", "小学", text}}
			}
			report, _ := register.Read(single, request(t, r, "2023-2024"))
			if len(report.Batch.Rows) == 0 {
				continue
			}
			cell := report.Batch.Rows[0].Cells[n]
			single[1][len(single[1])-1] = register.CellText(cell, column, message.Chinese)
			again, _ := register.Read(single, request(t, r, "2023-2024"))
			if len(again.Batch.Rows) != 1 || again.Batch.Rows[0].Cells[n] != cell {
				t.Fatalf("%q in %s: %+v is written %q and not read back: %v", text, column.Name, cell, single[1], found(again))
			}
		}
	})
}
