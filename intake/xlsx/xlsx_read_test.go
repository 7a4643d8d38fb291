package xlsx_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"jiaoheng/fault"
	"jiaoheng/intake/xlsx"
)

// book makes a workbook; fill works on its only sheet "任务".
func book(t testing.TB, fill func(f *excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	check(t, f.SetSheetName("Sheet1", "任务"))
	fill(f)
	var out bytes.Buffer
	check(t, f.Write(&out))
	check(t, f.Close())
	return out.Bytes()
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func tasks(t testing.TB) []byte {
	return book(t, func(f *excelize.File) {
		check(t, f.SetSheetRow("任务", "A1", &[]any{"序号", "目标任务", "牵头单位"}))
		check(t, f.SetSheetRow("任务", "A3", &[]any{1, "新建学校\n2所", "县教育局"}))
		check(t, f.SetSheetRow("任务", "B4", &[]any{"改扩建学校5所"}))
		check(t, f.MergeCell("任务", "C3", "C4"))
	})
}

func TestRowsBecomeLines(t *testing.T) {
	source, err := xlsx.Read("任务.xlsx", tasks(t))
	check(t, err)
	if want := "序号 | 目标任务 | 牵头单位\n1 | 新建学校 2所 | 县教育局\n改扩建学校5所"; source.Text.Text != want {
		t.Errorf("got %q, want %q", source.Text.Text, want)
	}
	last := source.Blocks[len(source.Blocks)-1]
	if last.Row != 3 || last.Column != 1 || last.Table != 1 || source.Text.Text[last.Span.From:last.Span.To] != "改扩建学校5所" {
		t.Errorf("last cell %+v", last)
	}
}

func TestSheetsHaveHeadings(t *testing.T) {
	data := book(t, func(f *excelize.File) {
		check(t, f.SetCellValue("任务", "A1", "甲"))
		for _, name := range []string{"指标", "草稿", "空表"} {
			_, err := f.NewSheet(name)
			check(t, err)
		}
		check(t, f.SetCellValue("指标", "B2", "乙"))
		check(t, f.SetCellValue("草稿", "A1", "丙"))
		check(t, f.SetSheetVisible("草稿", false))
	})
	source, err := xlsx.Read("任务.xlsx", data)
	check(t, err)
	if want := "任务\n甲\n指标\n乙"; source.Text.Text != want {
		t.Errorf("got %q, want %q", source.Text.Text, want)
	}
}

func TestTableForImport(t *testing.T) {
	rows, err := xlsx.ReadTable("任务.xlsx", tasks(t))
	check(t, err)
	if got, want := fmt.Sprintf("%q", rows), `[["序号" "目标任务" "牵头单位"] [] ["1" "新建学校\n2所" "县教育局"] ["" "改扩建学校5所" "县教育局"]]`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestValuesAsShown(t *testing.T) {
	data := book(t, func(f *excelize.File) {
		percent, err := f.NewStyle(&excelize.Style{NumFmt: 10})
		check(t, err)
		day, err := f.NewStyle(&excelize.Style{NumFmt: 14})
		check(t, err)
		check(t, f.SetSheetRow("任务", "A1", &[]any{329999000001, 0.985, 45292, 0.1 + 0.2, "0012", 4.6}))
		check(t, f.SetCellStyle("任务", "B1", "B1", percent))
		check(t, f.SetCellStyle("任务", "C1", "C1", day))
	})
	rows, err := xlsx.ReadTable("单位.xlsx", data)
	check(t, err)
	if got, want := fmt.Sprintf("%q", rows[0]), `["329999000001" "98.5%" "2024/1/1" "0.3" "0012" "4.6"]`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// A sheet shows numbers rounded, grouped or with a sign of money; an import takes them in full.
func TestNumbersInFull(t *testing.T) {
	cases := []struct {
		format string
		value  any
		want   string
	}{
		{"0", 1234.5678, "1234.5678"},
		{"#,##0.00", 1234.5678, "1234.5678"},
		{"¥#,##0.00", 1234.5, "1234.5"},
		{`#,##0_);(#,##0)`, -1234.4, "-1234.4"},
		{"0.0%", 0.98765, "98.765%"},
		{"0", 100.00000000000001, "100"},
		{"0", "12.50", "12.50"},
		{`0.0"万元"`, 12.34, "12.3万元"},
		{"yyyy-mm-dd", 45292, "2024-01-01"},
	}
	data := book(t, func(f *excelize.File) {
		for i, c := range cases {
			style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &c.format})
			check(t, err)
			at := fmt.Sprintf("A%d", i+1)
			check(t, f.SetCellValue("任务", at, c.value))
			check(t, f.SetCellStyle("任务", at, at, style))
		}
	})
	rows, err := xlsx.ReadTable("数.xlsx", data)
	check(t, err)
	for i, c := range cases {
		if got := rows[i][0]; got != c.want {
			t.Errorf("%v shown as %s: got %s, want %s", c.value, c.format, got, c.want)
		}
	}
}

// What an import would lose without a word is refused.
func TestTableRefused(t *testing.T) {
	cases := []struct {
		name string
		edit func(*excelize.File) error
		want string
	}{
		{"formula without result", func(f *excelize.File) error { return f.SetCellFormula("任务", "B2", "SUM(1,2)") }, "intake.formula_unsolved"},
		{"second sheet with the same head", func(f *excelize.File) error {
			if _, err := f.NewSheet("二"); err != nil {
				return err
			}
			return f.SetSheetRow("二", "A1", &[]any{"单位代码", "学段", "在校生数"})
		}, "intake.sheet_goes_on"},
		{"second sheet with help", func(f *excelize.File) error {
			if _, err := f.NewSheet("填表说明"); err != nil {
				return err
			}
			return f.SetSheetRow("填表说明", "A1", &[]any{"列名", "必填", "类型"})
		}, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := xlsx.ReadTable("表.xlsx", book(t, func(f *excelize.File) {
				check(t, f.SetSheetRow("任务", "A1", &[]any{"单位代码", "学段", "在校生数"}))
				check(t, c.edit(f))
			}))
			got := ""
			if faults := fault.Of(err); faults != nil {
				got = faults[0].Code
			}
			if got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// repack copies a workbook with one part replaced.
func repack(t *testing.T, data []byte, name string, write func(io.Writer) error) []byte {
	t.Helper()
	reader, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	check(t, err)
	var out bytes.Buffer
	writer := zip.NewWriter(&out)
	for _, part := range reader.File {
		if part.Name == name {
			w, err := writer.Create(name)
			check(t, err)
			check(t, write(w))
			continue
		}
		check(t, writer.Copy(part))
	}
	check(t, writer.Close())
	return out.Bytes()
}

func TestFaults(t *testing.T) {
	good := tasks(t)
	const part = "xl/worksheets/sheet1.xml"
	text := func(s string) func(io.Writer) error {
		return func(w io.Writer) error { _, err := io.WriteString(w, s); return err }
	}
	sheet := func(rows string) string {
		return `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>` + rows + `</sheetData></worksheet>`
	}
	huge := func(w io.Writer) error {
		for range 49 {
			if _, err := w.Write(bytes.Repeat([]byte{' '}, 1<<20)); err != nil {
				return err
			}
		}
		return nil
	}
	cases := []struct {
		name, code string
		data       []byte
	}{
		{"nothing", "intake.container_broken", nil},
		{"cut off", "intake.container_broken", good[:len(good)/2]},
		{"a sheet that expands too far", "intake.sheet_too_large", repack(t, good, part, huge)},
		{"a sheet that is no XML", "intake.container_broken", repack(t, good, part, text("<worksheet><sheetData><row"))},
		{"an empty sheet", "intake.no_text", repack(t, good, part, text(sheet("")))},
		{"a row far below", "intake.too_many_rows", repack(t, good, part, text(sheet(`<row r="1000000"><c r="A1000000" t="inlineStr"><is><t>x</t></is></c></row>`)))},
		{"a row that no sheet has", "intake.container_broken", repack(t, good, part, text(sheet(`<row r="2000000000"/>`)))},
		{"too deep", "intake.too_deep", repack(t, good, part, text(sheet(strings.Repeat("<a>", 200)+strings.Repeat("</a>", 200))))},
		{"a cell far to the right", "intake.too_many_columns", repack(t, good, part, text(sheet(`<row r="1"><c r="XFD1" t="inlineStr"><is><t>x</t></is></c></row>`)))},
		{"no workbook", "intake.container_broken", repack(t, good, "xl/workbook.xml", text("<a>"))},
	}
	for _, c := range cases {
		_, err := xlsx.Read("任务.xlsx", c.data)
		faults := fault.Of(err)
		if len(faults) != 1 || faults[0].Code != c.code {
			t.Errorf("%s: got %v, want %s", c.name, err, c.code)
			continue
		}
		if faults[0].Place.File != "任务.xlsx" || faults[0].Remedy("zh") == "" {
			t.Errorf("%s: no file or no remedy: %v", c.name, err)
		}
	}
}

func FuzzXlsx(f *testing.F) {
	f.Add(`<row r="1"><c r="A1" t="inlineStr"><is><t>甲</t></is></c></row>`, `<mergeCell ref="A1:B2"/>`)
	f.Fuzz(func(t *testing.T, rows, merged string) {
		sheet := `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>` + rows + `</sheetData><mergeCells>` + merged + `</mergeCells></worksheet>`
		data := repack(t, tasks(t), "xl/worksheets/sheet1.xml", func(w io.Writer) error { _, err := io.WriteString(w, sheet); return err })
		for _, read := range []func() error{
			func() error { _, err := xlsx.Read("a.xlsx", data); return err },
			func() error { _, err := xlsx.ReadTable("a.xlsx", data); return err },
		} {
			if err := read(); err != nil && fault.Of(err) == nil {
				t.Fatalf("no fault: %v", err)
			}
		}
	})
}

func TestBlankCellsAreNotWritten(t *testing.T) {
	source, err := xlsx.Read("a.xlsx", book(t, func(f *excelize.File) {
		check(t, f.SetSheetRow("任务", "B2", &[]any{"甲", "", "乙", " "}))
	}))
	check(t, err)
	if source.Text.Text != "甲 |  | 乙" || strings.Contains(source.Text.Text, "\n") {
		t.Errorf("got %q", source.Text.Text)
	}
}
