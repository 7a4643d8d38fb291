package intake_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"jiaoheng/fault"
	"jiaoheng/intake"
)

func zipped(t *testing.T, data []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	writer := gzip.NewWriter(&out)
	if _, err := writer.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func workbook(t testing.TB, cells ...any) []byte {
	t.Helper()
	f := excelize.NewFile()
	if err := f.SetSheetRow("Sheet1", "A1", &cells); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestTablesInEveryForm(t *testing.T) {
	text := "单位代码,单位名称,类型\n329999,云溪县,县\n"
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	want := `[["单位代码" "单位名称" "类型"] ["329999" "云溪县" "县"]]`
	cases := []struct {
		name, file string
		data       []byte
		want       string
	}{
		{"UTF-8", "单位.csv", []byte(text), want},
		{"UTF-8 with a mark", "单位.csv", []byte("\xEF\xBB\xBF" + text), want},
		{"GB18030", "单位.csv", []byte(gb), want},
		{"compressed", "单位.csv.gz", zipped(t, []byte(gb)), want},
		{"a workbook named csv", "单位.csv", workbook(t, "代码", 1), `[["代码" "1"]]`},
	}
	for _, c := range cases {
		rows, err := intake.ReadTable(c.file, c.data)
		if got := fmt.Sprintf("%q", rows); err != nil || got != c.want {
			t.Errorf("%s: got %s, %v", c.name, got, err)
		}
	}
}

func TestTablesThatCannotBeRead(t *testing.T) {
	cases := []struct {
		name, file, code string
		data             []byte
	}{
		{"empty", "单位.csv", "intake.empty", nil},
		{"noise", "单位.csv", "intake.no_table", noise(3000)},
		{"a Word file", "单位.csv", "intake.no_table", zipOf(t, "word/document.xml")},
		{"old Excel", "单位.xls", "intake.old_excel", compound("Workbook")},
		{"broken gzip", "单位.csv.gz", "intake.container_broken", []byte("\x1F\x8B\x08nothing")},
		{"gzip that expands too far", "单位.csv.gz", "intake.expands_too_far", zipped(t, make([]byte, intake.MaxTable+1))},
		{"broken workbook", "单位.xlsx", "intake.container_broken", workbook(t, "甲")[:3000]},
	}
	for _, c := range cases {
		_, err := intake.ReadTable(c.file, c.data)
		if faults := fault.Of(err); len(faults) != 1 || faults[0].Code != c.code {
			t.Errorf("%s: got %v, want %s", c.name, err, c.code)
		}
	}
}
