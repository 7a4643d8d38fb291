package main

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"jiaoheng/fault"
)

// TestReadDataKnowsEveryKind reads one table as text, compressed, as a sheet and from standard input.
func TestReadDataKnowsEveryKind(t *testing.T) {
	folder := t.TempDir()
	text := "school,y\n甲,1.5\n乙,\n"
	plain, packed, sheet := filepath.Join(folder, "a.csv"), filepath.Join(folder, "a.csv.gz"), filepath.Join(folder, "a.xlsx")
	var squeezed bytes.Buffer
	writer := gzip.NewWriter(&squeezed)
	writer.Write([]byte(text))
	writer.Close()
	book := excelize.NewFile()
	for at, value := range map[string]any{"A1": "school", "B1": "y", "A2": "甲", "B2": 1.5, "A3": "乙"} {
		if err := book.SetCellValue("Sheet1", at, value); err != nil {
			t.Fatal(err)
		}
	}
	for name, data := range map[string][]byte{plain: []byte(text), packed: squeezed.Bytes()} {
		if err := os.WriteFile(name, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := book.SaveAs(sheet); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{plain, packed, sheet, "-"} {
		got, err := readData(path, strings.NewReader(text))
		if err != nil {
			t.Errorf("%s: %v", filepath.Base(path), err)
			continue
		}
		school, y := got.Columns[0], got.Columns[1]
		if got.Rows != 2 || school.Levels[school.Codes[0]] != "甲" || y.Numbers[0] != 1.5 || !y.IsMissing(1) || school.IsMissing(1) {
			t.Errorf("%s: got %+v", filepath.Base(path), got)
		}
	}
	if _, err := readData(filepath.Join(folder, "none.csv"), nil); fault.Of(err) == nil {
		t.Errorf("a file that is not there: got %v", err)
	}
	if err := os.WriteFile(packed, squeezed.Bytes()[:20], 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := readData(packed, nil); fault.Of(err) == nil {
		t.Errorf("a file cut off: got %v", err)
	}
}
