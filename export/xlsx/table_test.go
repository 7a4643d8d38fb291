package xlsx_test

import (
	"bytes"
	"slices"
	"testing"

	"jiaoheng/export/xlsx"
	intake "jiaoheng/intake/xlsx"
)

func TestATableComesBackAsItWasWritten(t *testing.T) {
	table := xlsx.Table{Name: "清单", Columns: []xlsx.TableColumn{{Heading: "行", Number: true}, {Heading: "问题", Wide: true}, {Heading: "A 列"}},
		Rows: [][]string{{"2", "=1+1", "2199000001"}, {"", "第一行\n第二行", "012"}, {"x", "", "3", "beyond"}}}
	var out bytes.Buffer
	if err := xlsx.WriteTable(&out, table); err != nil {
		t.Fatal(err)
	}
	rows, err := intake.ReadTable("x.xlsx", out.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{{"行", "问题", "A 列"}, {"2", "=1+1", "2199000001"}, {"", "第一行\n第二行", "012"}, {"x", "", "3"}}
	if !slices.EqualFunc(rows, want, slices.Equal) {
		t.Errorf("got %q", rows)
	}
}
