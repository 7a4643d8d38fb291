package unit_test

import (
	"slices"
	"testing"

	"jiaoheng/unit"
)

var eventHead = []string{"日期", "类型", "原单位代码", "去向单位代码", "新名称", "新上级代码", "学段", "文号"}

func TestReadEventsAcceptsEveryKind(t *testing.T) {
	table := unit.ReadEvents([][]string{
		{}, eventHead,
		{"2023-09-01", "合并", schoolA + "、" + schoolB, schoolC, "", "", "", "云教发〔2023〕5号"},
		{"2023/9/1", "更名", schoolC, "", "石桥中心学校"},
		{},
		{"2024年9月1日", "隶属调整", schoolD, "", "", townTwo},
		{"2024-09-01", "学段调整", schoolD, "", "", "", "小学、初中"},
		{"2024-09-01", "拆分", schoolC, schoolC + "，2132000007"},
		{"2025-09-01", "设立", "", "2132000008"},
		{"2025-09-01", "撤销", schoolD},
	})
	if len(table.Faults) > 0 || table.Read != 7 || !slices.Equal(table.Rows, []int{3, 4, 6, 7, 8, 9, 10}) {
		t.Fatalf("%d rows at %v: %v", table.Read, table.Rows, table.Faults)
	}
	first, last := table.Events[0], table.Events[6]
	if first.Kind != unit.Merge || !slices.Equal(first.From, []string{schoolA, schoolB}) || first.On != day("2023-09-01") || first.Document == "" || last.Kind != unit.Close {
		t.Errorf("%+v, %+v", first, last)
	}
	if e := table.Events[3]; !slices.Equal(e.Stages, []unit.Stage{unit.Primary, unit.Junior}) {
		t.Errorf("stages %v", e.Stages)
	}
}

func TestReadEventsNamesEveryFault(t *testing.T) {
	table := unit.ReadEvents([][]string{
		eventHead,
		{"去年", "搬家", schoolA},
		{"", "合并", schoolA, schoolB, "新名称"},
		{"2023-09-01", "学段调整", schoolA, "", "", "", "大学"},
	})
	want := []struct {
		row          int
		column, code string
	}{
		{2, "日期", "unit.date_unreadable"}, {2, "类型", "unit.event_kind_unknown"}, {3, "日期", "unit.event_no_date"},
		{3, "新名称", "unit.event_field_foreign"}, {4, "新学段", "unit.stage_unknown"},
	}
	for _, w := range want {
		if !hasFault(table.Faults, w.row, w.column, w.code) {
			t.Errorf("row %d column %s: no %s in %v", w.row, w.column, w.code, table.Faults)
		}
	}
	if table.Refused != 3 || len(table.Faults) != len(want) {
		t.Errorf("%d refused, %d faults", table.Refused, len(table.Faults))
	}
	if table := unit.ReadEvents(nil); len(table.Faults) != 1 || table.Faults[0].Code != "unit.events_empty" {
		t.Errorf("empty: %v", table.Faults)
	}
	if table := unit.ReadEvents([][]string{{"甲"}}); len(table.Faults) != 2 {
		t.Errorf("no column known: %v", table.Faults)
	}
}
