package register_test

import (
	"os"
	"slices"
	"testing"
	"testing/fstest"

	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/register"
)

// finding is the living register of the example of package pack: its rows are numbered by the program, count repetitions and
// have a state.
func finding(t *testing.T) *pack.Register {
	t.Helper()
	set, faults := pack.LoadWith(fstest.MapFS{}, nil, "example", os.DirFS("../pack/testdata/good"))
	if faults != nil {
		t.Fatal(faults.Text(message.Chinese))
	}
	r, _ := set.Everything().Register("finding")
	return r
}

func names(form register.Form) []string {
	var all []string
	for _, c := range form.Columns(message.Chinese) {
		if c.Column != nil {
			all = append(all, c.Column.Name)
		}
	}
	return all
}

func TestATemplateAsksOnlyForWhatPeopleWriteAndAnExportTellsTheRest(t *testing.T) {
	r := finding(t)
	written := []string{"title", "found_on", "grade", "requirement", "rectify_days", "closed_on"}
	if got := names(register.FormOf(r, true)); !slices.Equal(got, written) {
		t.Errorf("template: %v", got)
	}
	all := append(append([]string{"number"}, written...), "repeats", "state", "since", "due", "lead", "owner", "maker", "part_of", "back")
	if got := names(register.FormOf(r, false)); !slices.Equal(got, all) {
		t.Errorf("export: %v", got)
	}
	for _, c := range register.FormOf(r, false).Columns(message.Chinese) {
		if c.Column != nil && c.Required != (c.Column.Name == "title" || c.Column.Name == "found_on") {
			t.Errorf("%s: required %v", c.Column.Name, c.Required)
		}
	}
}

func TestAnImportOfALivingRegisterLeavesItsNumbersAndStatesAlone(t *testing.T) {
	r := finding(t)
	cases := []struct {
		name  string
		rows  [][]string
		given string // columns that the batch brings
		warns int
	}{
		{"new rows have no number", [][]string{{"单位代码", "问题概述", "发现日期"}, {"2199000001", "消防通道堆放杂物", "2025-03-03"}, {"2199000001", "消防通道堆放杂物", "2025-03-03"}}, "title found_on", 0},
		{"rows that are there have one", [][]string{{"单位代码", "编号", "问题概述", "发现日期"}, {"2199000001", "问题〔2025〕1号", "消防通道堆放杂物", "2025-03-03"}, {"2199000001", "", "围墙开裂", "2025-03-04"}}, "number title found_on", 0},
		{"what an export tells is not taken back", [][]string{{"单位代码", "问题概述", "发现日期", "重复次数", "状态", "办理时限"}, {"2199000001", "围墙开裂", "2025-03-03", "2", "已销号", "2025-03-09"}}, "title found_on", 3},
	}
	for _, c := range cases {
		report, err := register.Read(c.rows, register.Request{Register: r, Tree: tree(t), Today: period.Date{Year: 2025, Month: 4, Day: 1}})
		if err != nil || len(report.Faults) > 0 || report.Accepted != len(c.rows)-1 || len(report.Warnings) != c.warns {
			t.Errorf("%s: %v, %d accepted, %s, %d warnings", c.name, err, report.Accepted, report.Faults.Text(message.Chinese), len(report.Warnings))
			continue
		}
		given := ""
		for n, column := range r.Columns {
			if report.Batch.Given[n] {
				given += " " + column.Name
			}
		}
		if given != " "+c.given {
			t.Errorf("%s: given%s", c.name, given)
		}
	}
}

func TestTheDayOfAClock(t *testing.T) {
	year, _ := period.Parse("2025")
	day := func(text string) period.Date { d, _ := period.ParseDate(text); return d }
	cases := []struct {
		name        string
		today, want period.Date
	}{
		{"a period that runs", day("2025-03-20"), day("2025-03-20")},
		{"its last day", day("2025-12-31"), day("2025-12-31")},
		{"a past period", day("2026-03-20"), day("2025-12-31")},
		{"no day is given", period.Date{}, day("2025-12-31")},
	}
	for _, c := range cases {
		if got := register.DayOf(year, c.today); got != c.want {
			t.Errorf("%s: %s", c.name, got)
		}
	}
}

// A row grows late day by day, and a closed or paused one does not.
func TestItemsReadTheClockAsOfTheDay(t *testing.T) {
	set, faults := pack.LoadWith(fstest.MapFS{}, nil, "example", os.DirFS("../pack/testdata/good"))
	if faults != nil {
		t.Fatal(faults.Text(message.Chinese))
	}
	scope := set.Everything()
	r, _ := scope.Register("finding")
	rules, faults := register.RulesOf(r, register.NamesOf(scope))
	if faults != nil {
		t.Fatal(faults.Text(message.Chinese))
	}
	row := func(state, found, since, due string) register.Row {
		made := register.Row{Unit: "A", Cells: make([]register.Cell, len(r.Columns))}
		for n, c := range r.Columns {
			if text := map[string]string{"state": state, "found_on": found, "since": since, "due": due}[c.Name]; text != "" {
				made.Cells[n] = register.Cell{Known: true, Text: text}
			}
		}
		return made
	}
	rows := []register.Row{row("noticed", "2025-03-01", "2025-03-02", "2025-03-10"), row("paused", "2025-03-01", "2025-03-02", "2025-03-10"),
		row("closed", "2025-03-01", "2025-03-12", ""), row("found", "2025-03-05", "2025-03-05", "")}
	year, _ := period.Parse("2025")
	cases := []struct {
		day                          string
		open, overdue, late, longest float64
	}{
		{"2025-03-10", 3, 0, 0, 9},
		{"2025-03-11", 3, 1, 1, 10},
		{"2025-03-31", 3, 1, 21, 30},
	}
	for _, c := range cases {
		day, _ := period.ParseDate(c.day)
		got := map[string]float64{}
		for _, item := range rules.Compute(rows, register.Given{Period: year, Day: day}).Items() {
			got[item.Item], _ = item.Value.Number()
		}
		if got["findings_open"] != c.open || got["findings_overdue"] != c.overdue || got["findings_days_late"] != c.late || got["finding_open_longest"] != c.longest {
			t.Errorf("%s: %v", c.day, got)
		}
	}
}
