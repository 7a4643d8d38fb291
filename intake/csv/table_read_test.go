package csv_test

import (
	"fmt"
	"strings"
	"testing"

	"jiaoheng/fault"
	"jiaoheng/intake/csv"
)

func TestTables(t *testing.T) {
	cases := []struct{ name, text, want string }{
		{"commas", "代码,名称\n1, 甲小学 \n", `[["代码" "名称"] ["1" "甲小学"]]`},
		{"tabs", "代码\t名称\r\n1\t甲,乙\r\n", `[["代码" "名称"] ["1" "甲,乙"]]`},
		{"semicolons", "代码;名称\r1;甲", `[["代码" "名称"] ["1" "甲"]]`},
		{"quotes", "a,\"甲,\"\"乙\"\"\"\n", `[["a" "甲,\"乙\""]]`},
		{"rows of different length", "a\nb,c\n", `[["a"] ["b" "c"]]`},
		{"empty lines keep the numbers", "a\n\n\nb\n", `[["a"] [] [] ["b"]]`},
		{"line ends inside a cell", "\"甲\n乙\",1\n丙,2\n", `[["甲\n乙" "1"] ["丙" "2"]]`},
	}
	for _, c := range cases {
		rows, err := csv.ReadTable("a.csv", c.text)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		if got := fmt.Sprintf("%q", rows); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}

func TestFaults(t *testing.T) {
	cases := []struct{ name, text, code string }{
		{"empty", " \n", "intake.empty"},
		{"open quote", "a,\"b\nc", "intake.quotes"},
		{"quote inside", "a,5\"屏\n", "intake.quotes"},
		{"too many rows", strings.Repeat("a\n", csv.MaxRows+1), "intake.too_many_rows"},
		{"too many columns", strings.Repeat(",", csv.MaxColumns), "intake.too_many_columns"},
	}
	for _, c := range cases {
		_, err := csv.ReadTable("a.csv", c.text)
		if faults := fault.Of(err); len(faults) != 1 || faults[0].Code != c.code || faults[0].Place.File != "a.csv" {
			t.Errorf("%s: got %v, want %s", c.name, err, c.code)
		}
	}
}
