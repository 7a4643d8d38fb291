package unit_test

import (
	"fmt"
	"strings"
	"testing"

	"jiaoheng/fault"
	"jiaoheng/period"
	"jiaoheng/unit"
	"pgregory.net/rapid"
)

var head = []string{"单位代码", "单位名称", "单位类别", "上级代码", "学段", "办别", "城乡分类", "成立日期"}

func TestReadTableAcceptsACounty(t *testing.T) {
	report := unit.ReadTable([][]string{
		{}, head,
		{"2132000001", "云溪镇中心学校", "学校", "329999101", "小学、初中", "公办", "镇区", "1985-09-01"},
		{"1132000002", "云溪镇幼儿园", "幼儿园", "329999101", "", "公办", "121", ""},
		{"329999101", "云溪镇", "乡镇", "329999"},
		{"", "", ""},
		{"329999", "云溪县", "县", ""},
	}, nil)
	if len(report.Faults) > 0 || report.Rows != 4 || report.Accepted != 4 {
		t.Fatalf("rows %d accepted %d: %v", report.Rows, report.Accepted, report.Faults)
	}
	tree, err := unit.Build(report.Units)
	if err != nil {
		t.Fatal(err)
	}
	school, _ := tree.Number("2132000001")
	if got := len(tree.Children(school)); got != 2 || tree.Len() != 6 {
		t.Errorf("the school has %d sections, the tree %d units", got, tree.Len())
	}
	if section, ok := tree.Find("2132000001-junior"); !ok || section.Stages[0] != unit.Junior || section.Kind != unit.Section {
		t.Errorf("junior section: %+v", section)
	}
}

func TestReadTableNamesEveryFault(t *testing.T) {
	cases := []struct {
		name   string
		row    []string
		column string
		code   string
	}{
		{"code missing", []string{"", "甲小学", "学校", "329999", "小学"}, "单位代码", "unit.code_missing"},
		{"nine digits", []string{"213200000", "甲小学", "学校", "329999", "小学"}, "单位代码", "unit.code_school"},
		{"scientific notation", []string{"2.13E+09", "甲小学", "学校", "329999", "小学"}, "单位代码", "unit.code_not_digits"},
		{"kindergarten's type on a school", []string{"1132000001", "甲小学", "学校", "329999", "小学"}, "单位代码", "unit.code_type"},
		{"five digits of a division", []string{"32999", "甲镇", "乡镇", "329999"}, "单位代码", "unit.code_division"},
		{"name missing", []string{"2132000009", "", "学校", "329999", "小学"}, "单位名称", "unit.name_missing"},
		{"name too long", []string{"2132000009", strings.Repeat("学", 81), "学校", "329999", "小学"}, "单位名称", "unit.name_too_long"},
		{"kind unknown", []string{"2132000009", "甲", "书店", "329999"}, "单位类别", "unit.kind_unknown"},
		{"stage unknown", []string{"2132000009", "甲小学", "学校", "329999", "大学"}, "学段", "unit.stage_unknown"},
		{"stages missing", []string{"2132000009", "甲小学", "学校", "329999", ""}, "学段", "unit.stages_missing"},
		{"ownership unknown", []string{"2132000009", "甲小学", "学校", "329999", "小学", "合办"}, "办别", "unit.ownership_unknown"},
		{"setting unknown", []string{"2132000009", "甲小学", "学校", "329999", "小学", "公办", "郊区"}, "城乡分类", "unit.setting_unknown"},
		{"date unreadable", []string{"2132000009", "甲小学", "学校", "329999", "小学", "公办", "城区", "去年"}, "成立日期", "unit.date_unreadable"},
		{"parent unknown", []string{"2132000009", "甲小学", "学校", "329998", "小学"}, "上级代码", "unit.parent_unknown"},
		{"parent missing", []string{"2132000009", "甲小学", "学校", "", "小学"}, "上级代码", "unit.parent_missing"},
		{"parent too low", []string{"329999001", "甲镇", "乡镇", "2132000001"}, "上级代码", "unit.parent_lower"},
		{"total row", []string{"", "合 计", "", ""}, "单位名称", "unit.total_row"},
		{"twice", []string{"2132000001", "乙小学", "学校", "329999", "小学"}, "单位代码", "unit.code_twice"},
	}
	for _, c := range cases {
		report := unit.ReadTable([][]string{head, {"329999", "云溪县", "县", ""}, {"2132000001", "甲小学", "学校", "329999", "小学"}, c.row}, nil)
		if !hasFault(report.Faults, 4, c.column, c.code) || report.Refused != 1 || report.Accepted != 2 {
			t.Errorf("%s: refused %d: %v", c.name, report.Refused, report.Faults)
		}
	}
}

func hasFault(faults fault.List, row int, column, code string) bool {
	for _, f := range faults {
		if f.Place.Row == row && f.Place.Column == column && f.Code == code {
			return true
		}
	}
	return false
}

func TestReadTableWithoutHead(t *testing.T) {
	if report := unit.ReadTable(nil, nil); len(report.Faults) != 1 || report.Faults[0].Code != "unit.table_empty" {
		t.Errorf("empty: %v", report.Faults)
	}
	if report := unit.ReadTable([][]string{{"甲", "乙"}}, nil); len(report.Faults) != 4 {
		t.Errorf("no column known: %v", report.Faults)
	}
}

func TestOpenOn(t *testing.T) {
	u := unit.Unit{Opened: period.Date{Year: 2020, Month: 9, Day: 1}, Closed: period.Date{Year: 2023, Month: 9, Day: 1}}
	cases := map[string]bool{"2020-08-31": false, "2020-09-01": true, "2023-08-31": true, "2023-09-01": false}
	for day, want := range cases {
		if d, _ := period.ParseDate(day); u.OpenOn(d) != want {
			t.Errorf("%s: want %v", day, want)
		}
	}
}

func TestBuildRefusesCirclesAndUnknownParents(t *testing.T) {
	_, err := unit.Build([]unit.Unit{{Code: "1", Parent: "2"}, {Code: "2", Parent: "1"}, {Code: "3"}})
	if got := fault.Of(err); len(got) != 2 || got[0].Code != "unit.in_circle" {
		t.Errorf("circle: %v", err)
	}
	_, err = unit.Build([]unit.Unit{{Code: "1"}, {Code: "1"}, {Code: "3", Parent: "9"}})
	if got := fault.Of(err); len(got) != 2 {
		t.Errorf("twice and unknown: %v", err)
	}
}

// Every subtree is one interval: n lies below m exactly when m is met on the way from n to its root.
func TestSubtreesAreIntervals(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		units := []unit.Unit{{Code: "0"}}
		for i := range rapid.IntRange(0, 30).Draw(t, "units") {
			parent := rapid.IntRange(0, i).Draw(t, "parent")
			units = append(units, unit.Unit{Code: fmt.Sprint(i + 1), Parent: fmt.Sprint(parent)})
		}
		tree, err := unit.Build(units)
		if err != nil {
			t.Fatal(err)
		}
		for n := range tree.Len() {
			above := map[int]bool{}
			for m := n; m >= 0; m = tree.Parent(m) {
				above[m] = true
			}
			for m := range tree.Len() {
				if tree.Subtree(m).Contains(n) != above[m] {
					t.Fatalf("unit %d in subtree of %d: %v", n, m, !above[m])
				}
			}
		}
	})
}
