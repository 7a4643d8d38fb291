package table_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"jiaoheng/fault"
	"jiaoheng/stats/table"
)

// show writes a table as name:values, with _ for missing.
func show(t *table.Table) string {
	var out strings.Builder
	for _, c := range t.Columns {
		fmt.Fprintf(&out, "%s:", c.Name)
		for i := range t.Rows {
			switch {
			case c.IsMissing(i):
				out.WriteString(" _")
			case c.Text:
				out.WriteString(" " + c.Levels[c.Codes[i]])
			default:
				out.WriteString(" " + table.FormatNumber(c.Numbers[i]))
			}
		}
		out.WriteString(";")
	}
	return out.String()
}

func TestRead(t *testing.T) {
	chinese, err := simplifiedchinese.GB18030.NewEncoder().String("学校,分数\n第一中学,90.5\n镕基小学,80\n")
	if err != nil {
		t.Fatal(err)
	}
	cases := []struct{ name, text, want string }{
		{"numbers and words", "school,y\nb,1.5\na,2\n", "school: b a;y: 1.5 2;"},
		{"missing", "a,b\n,NA\n1,x\nNaN,\n", "a: _ 1 _;b: _ x _;"},
		{"mark, CRLF, no last line end", "\xEF\xBB\xBFa,b\r\n1,2\r\n3,4", "a: 1 3;b: 2 4;"},
		{"returns alone", "a,b\r1,2\r3,4\r", "a: 1 3;b: 2 4;"},
		{"GB18030", chinese, "学校: 第一中学 镕基小学;分数: 90.5 80;"},
		{"quotes", "a,\"b\"\n\"x, \"\"y\"\"\",1\n\"two\nlines\",\"2\"\n", "a: x, \"y\" two\nlines;b: 1 2;"},
		{"numbers of rows", "\"\",\"a\"\n\"1\",5\n\"2\",6\n", "X: 1 2;a: 5 6;"},
		{"tabs and spaces", "a\tb\n 1 \t x y \n", "a: 1;b: x y;"},
		{"semicolons", "a;b\n1;2\n", "a: 1;b: 2;"},
		{"empty lines", "\n a,b\n\n1,2\n  \n3,4\n\n", "a: 1 3;b: 2 4;"},
		{"one number turns words late", "a\n1\n2.50\nabsent\n", "a: 1 2.50 absent;"},
		{"long codes are words", "id\n1234567890123456789\n1234567890123456788\n", "id: 1234567890123456789 1234567890123456788;"},
		{"no rows", "a,b\n", "a:;b:;"},
		{"exponents", "a\n1e3\n-2.5E-1\n+.5\n5.\n", "a: 1000 -0.25 0.5 5;"},
	}
	for _, c := range cases {
		got, err := table.Read(strings.NewReader(c.text), table.Limits{})
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if show(got) != c.want {
			t.Errorf("%s: got %q, want %q", c.name, show(got), c.want)
		}
	}
}

func TestReadNamesWhatIsWrong(t *testing.T) {
	small := table.Limits{Rows: 3, Columns: 3, Faults: 2, File: "a.csv"}
	cases := []struct{ name, text, want string }{
		{"empty", " \n", "table.empty:0"},
		{"ragged", "a,b\n1\n1,2\n1,2,3\n", "table.ragged:2 table.ragged:4"},
		{"more faults", "a,b\n1\n1\n1\n1\n", "table.ragged:2 table.ragged:3 table.more_faults:0"},
		{"titles", "a,,a\n1,2,3\n", "table.no_title:1 table.title_twice:1"},
		{"columns", "a,b,c,d\n", "table.too_many_columns:1"},
		{"rows", "a\n1\n2\n3\n4\n", "table.too_many_rows:0"},
		{"stray quote", "a,b\n5\"x,1\n\"x\"y,1\n", "table.quotes:2 table.quotes:3"},
		{"UTF-16", "\xFF\xFEa\x00,\x00b\x00\n\x00", "table.utf16:0"},
		{"binary", "PK\x03\x04\x00\x00", "table.no_text:0"},
		{"no encoding", "学,b\n1,2\n\xFF\xFF,2\n", "table.encoding:1"},
	}
	for _, c := range cases {
		_, err := table.Read(strings.NewReader(c.text), small)
		var got []string
		for _, f := range fault.Of(err) {
			got = append(got, fmt.Sprintf("%s:%d", f.Code, f.Place.Line))
			if f.Place.File != "a.csv" {
				t.Errorf("%s: the fault names the file %q", c.name, f.Place.File)
			}
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: got %v (%v), want %s", c.name, got, err, c.want)
		}
	}
}

func TestFromRows(t *testing.T) {
	got, err := table.FromRows([][]string{nil, {"a", "b", ""}, {"1", "x"}, {"2"}, {}, {"", "y"}}, table.Limits{})
	if err != nil || show(got) != "a: 1 2 _;b: x _ y;" {
		t.Errorf("got %v, %v", got, err)
	}
	_, err = table.FromRows([][]string{{"a"}, {"1"}, {"1", "2"}}, table.Limits{File: "a.xlsx"})
	if faults := fault.Of(err); len(faults) != 1 || faults[0].Place.Row != 3 || faults[0].Place.Line != 0 {
		t.Errorf("a row that is too long: got %v", err)
	}
}

func TestFactorOfNumbersIsInTheirOrder(t *testing.T) {
	got, err := table.Read(strings.NewReader("g\n10\n9\nNA\n9.0\n"), table.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	factor := got.Columns[0].Factor()
	if fmt.Sprint(factor.Levels, factor.Codes) != "[9 10] [1 0 -1 0]" {
		t.Errorf("got %v %v", factor.Levels, factor.Codes)
	}
}

func TestNumberIsTheNearestDouble(t *testing.T) {
	for _, text := range []string{"0", "-0.1", "123.456", "0.000001", "999999999999999", "1.23456789012345", "0.1234567890123456789", "1e22", "1e-300",
		"179769313486231570000000000000000.5", "4.9e-324", "00012.50", "-7", "3.14159265358979"} {
		want, err := strconv.ParseFloat(text, 64)
		if err != nil {
			t.Fatal(err)
		}
		if got, ok := table.Number([]byte(text)); !ok || math.Float64bits(got) != math.Float64bits(want) {
			t.Errorf("%s: got %v %v, want %v", text, got, ok, want)
		}
	}
	for _, text := range []string{"", "-", ".", "1e", "e5", "1e+", "0x10", "1_000", "inf", "Infinity", "nan", "1.2.3", "1 2", "1234567890123456", "1e999", "1,5", "１"} {
		if got, ok := table.Number([]byte(text)); ok {
			t.Errorf("%q was read as %v", text, got)
		}
	}
}

func TestBlocksDoNotChangeRows(t *testing.T) {
	var text strings.Builder
	text.WriteString("id,word,x\n")
	for i := range 3000 {
		fmt.Fprintf(&text, "%d,\"w\"\"%d\n, x\",%d.5\n", i, i%7, i)
	}
	want, err := table.Read(strings.NewReader(text.String()), table.Limits{})
	if err != nil || want.Rows != 3000 {
		t.Fatal(want, err)
	}
	for _, size := range []int{16, 100, 4096} {
		reader, err := table.Open(strings.NewReader(text.String()), size, table.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		var all bytes.Buffer
		var block []byte
		splitter := reader.Splitter([]int{2})
		rows := 0
		cells := make([][]byte, 1)
		for {
			if block, err = reader.Next(block); err != nil {
				break
			}
			all.Write(block)
			splitter.Begin(block)
			for at := 0; at < len(block); {
				next, columns := splitter.Row(block, at, cells)
				if columns != 3 || string(cells[0]) != fmt.Sprintf("%d.5", rows) {
					t.Fatalf("blocks of %d: row %d has %d columns, x is %q", size, rows, columns, cells[0])
				}
				at, rows = next, rows+1
			}
		}
		if rows != 3000 || !strings.HasSuffix(text.String(), all.String()) {
			t.Errorf("blocks of %d: %d rows", size, rows)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, text := range []string{"a,b\n1,2\n", "\"a\";b\r\n\"x\"\"\";NA\r\n", "\xB1\xE0\tb\n1\t\xFF\n", "a\r1\r", "a,\"b\n", ",a\n1,2"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		got, err := table.Read(bytes.NewReader(text), table.Limits{Columns: 50})
		if err != nil {
			if fault.Of(err) == nil {
				t.Fatalf("no fault: %v", err)
			}
			return
		}
		for _, c := range got.Columns {
			if values := max(len(c.Numbers), len(c.Codes)); values != got.Rows || c.Missing != nil && len(c.Missing) != got.Rows {
				t.Fatalf("column %q has %d values in %d rows", c.Name, values, got.Rows)
			}
		}
		var packed bytes.Buffer
		writer := gzip.NewWriter(&packed)
		writer.Write(text)
		writer.Close()
		unpacked, err := gzip.NewReader(&packed)
		if err != nil {
			t.Fatal(err)
		}
		again, err := table.Read(unpacked, table.Limits{Columns: 50})
		if err != nil || show(again) != show(got) {
			t.Fatalf("another source gives another table: %v", err)
		}
	})
}
