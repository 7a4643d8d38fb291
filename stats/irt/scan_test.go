package irt

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"jiaoheng/fault"
)

func TestAnswersAreRead(t *testing.T) {
	gb, err := simplifiedchinese.GB18030.NewEncoder().String("第一题,第二题,第三题\n1,0,2\n")
	if err != nil {
		t.Fatal(err)
	}
	cases := []struct {
		name, text string
		columns    Columns
		want       string
	}{
		{"digits", "a,b,c\n1,0,1\n0,1,1\n", Columns{}, "[a b c] [1 0 1 0 1 1] []"},
		{"mark, returns, no last end of line", "\xEF\xBB\xBFa,b\r\n1,2\r\n3,4", Columns{}, "[a b] [1 2 3 4] []"},
		{"no answers", "a,b,c\n1,,NA\n,.,NaN\n", Columns{}, "[a b c] [1 255 255 255 255 255] []"},
		{"two digits, points, quotes, spaces", "a,\"b, c\"\n10,\"3\"\n2.0, 4 \n", Columns{}, "[a b, c] [10 3 2 4] []"},
		{"semicolons", "a;b\n1;2\n", Columns{}, "[a b] [1 2] []"},
		{"tabs", "a\tb\n1\t2\n", Columns{}, "[a b] [1 2] []"},
		{"a person without answers between tabs", "a\tb\n\t\n1\t2\n", Columns{}, "[a b] [255 255 1 2] []"},
		{"GB18030", gb, Columns{}, "[第一题 第二题 第三题] [1 0 2] []"},
		{"frequencies and columns left out", "id,a,b,n\nx,1,0,2.5\ny,0,1,3\n", Columns{Frequency: "n", Without: []string{"id"}}, "[a b] [1 0 0 1] [2.5 3]"},
		{"items named", "id,a,b,n\nx,1,0,2\n", Columns{Items: []string{"b"}}, "[b] [0] []"},
		{"blank lines", "a,b\n\n1,0\n\n", Columns{}, "[a b] [1 0] []"},
	}
	for _, c := range cases {
		d, _, err := Scan(strings.NewReader(c.text), c.columns)
		if got := fmt.Sprint(d.Items, " ", d.Scores, " ", d.Weights); err != nil || got != c.want {
			t.Errorf("%s: got %s, %v, want %s", c.name, got, err, c.want)
		}
	}
}

func TestGroupsAreRead(t *testing.T) {
	_, groups, err := Scan(strings.NewReader("school,a\n东,1\n西,0\n,1\n东,0\n"), Columns{Group: "school"})
	if got := fmt.Sprint(groups); err != nil || got != "{[东 西] [0 1 -1 0]}" {
		t.Errorf("got %s, %v", got, err)
	}
}

func TestSheetsAreRead(t *testing.T) {
	d, _, err := FromRows([][]string{{"a", "b", "c"}, {"1", "0"}, {}, {"", "2", "1"}}, Columns{})
	if got := fmt.Sprint(d.Scores); err != nil || got != "[1 0 255 255 2 1]" {
		t.Errorf("got %s, %v", got, err)
	}
}

func TestBadTablesAreRefused(t *testing.T) {
	cases := []struct {
		name, text string
		columns    Columns
		want       string
	}{
		{"nothing", "", Columns{}, "irt.empty_table 0"},
		{"a word", "a,b\n1,x\n1,y\n", Columns{}, "irt.bad_answer 2"},
		{"a fraction", "a\n0.5\n", Columns{}, "irt.bad_answer 2"},
		{"below zero", "a\n-1\n", Columns{}, "irt.bad_answer 2"},
		{"above the limit", "a\n1\n100\n", Columns{}, "irt.bad_answer 3"},
		{"a short row", "a,b\n1\n", Columns{}, "irt.ragged 2"},
		{"a long row", "a,b\n1,0\n1,0,1\n", Columns{}, "irt.ragged 3"},
		{"two columns of one name", "a,a\n1,0\n", Columns{}, "irt.double_column 1"},
		{"no name", "a,\n1,0\n", Columns{}, "irt.unnamed_column 1"},
		{"no such column", "a,b\n1,0\n", Columns{Frequency: "n"}, "irt.no_column 1"},
		{"a bad frequency", "a,n\n1,-2\n", Columns{Frequency: "n"}, "irt.bad_frequency 2"},
		{"a line without end", "a,b\n" + strings.Repeat("1", maxLine+1), Columns{}, "irt.long_line 2"},
	}
	for _, c := range cases {
		_, _, err := Scan(strings.NewReader(c.text), c.columns)
		list := fault.Of(err)
		if len(list) != 1 || fmt.Sprint(list[0].Code, " ", list[0].Place.Row) != c.want {
			t.Errorf("%s: got %v, want %s", c.name, err, c.want)
		}
	}
}

func FuzzScan(f *testing.F) {
	f.Add("a,b\n1,0\n")
	f.Add("\"a\"\"\",b\n\"1\n,")
	f.Add("a;b\n;;\n\xff")
	f.Fuzz(func(t *testing.T, text string) {
		d, _, err := Scan(strings.NewReader(text), Columns{})
		if err == nil && len(d.Items) > 0 && len(d.Scores)%len(d.Items) != 0 {
			t.Errorf("%d scores for %d items", len(d.Scores), len(d.Items))
		}
	})
}
