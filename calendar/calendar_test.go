package calendar_test

import (
	"slices"
	"strings"
	"testing"

	"jiaoheng"
	"jiaoheng/calendar"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
)

func shipped(t *testing.T) []*pack.Calendar {
	t.Helper()
	set, faults := pack.Load(jiaoheng.Packs, nil)
	if faults != nil {
		t.Fatal(faults)
	}
	return set.Everything().Calendars()
}

func day(t *testing.T, text string) period.Date {
	t.Helper()
	d, ok := period.ParseDate(text)
	if !ok {
		t.Fatalf("%q is no date", text)
	}
	return d
}

// The days worked in each year follow from the notices; the figures of 2024 and 2025 are those that the press printed.
func TestWorkingDaysOfTheYearsThatWereAnnounced(t *testing.T) {
	want := map[int]int{2018: 250, 2019: 250, 2020: 249, 2021: 250, 2022: 249, 2023: 249, 2024: 251, 2025: 248, 2026: 248}
	years := calendar.Years(2018, 2026, shipped(t), nil)
	for _, y := range years {
		if !y.Known || y.Shipped == nil || y.Working != want[y.Year] {
			t.Errorf("%d: known %v, %d days worked, want %d", y.Year, y.Known, y.Working, want[y.Year])
		}
		for _, d := range y.Days {
			weekend := d.On.Time().Weekday() == 0 || d.On.Time().Weekday() == 6
			if !d.Off && !weekend {
				t.Errorf("%s is worked instead, but it is no weekend", d.On)
			}
			if d.Source == nil || d.Source.Checked != pack.Verified {
				t.Errorf("%s has no source", d.On)
			}
		}
	}
}

func TestNoticesThatChangedAYear(t *testing.T) {
	present := calendar.Of(shipped(t), nil)
	cases := []struct {
		name, on string
		worked   bool
		document string
	}{
		{"the extension of the spring festival", "2020-01-31", false, "国办发明电〔2020〕1号"},
		{"the Saturday that was to be worked", "2020-02-01", false, "国办发明电〔2020〕1号"},
		{"work begins again", "2020-02-03", true, ""},
		{"the labour day that became longer", "2019-05-02", false, "国办发明电〔2019〕3号"},
		{"the Sunday worked for it", "2019-04-28", true, "国办发明电〔2019〕3号"},
		{"the new year of the next notice", "2018-12-31", false, "国办发明电〔2018〕15号"},
		{"the Saturday worked for it", "2018-12-29", true, "国办发明电〔2018〕15号"},
		{"an ordinary Monday", "2024-03-04", true, ""},
	}
	for _, c := range cases {
		on := day(t, c.on)
		if got := present.Working(on); got != c.worked {
			t.Errorf("%s: worked %v", c.name, got)
		}
		document := ""
		for _, d := range calendar.Years(on.Year, on.Year, shipped(t), nil)[0].Days {
			if d.On == on {
				document = d.Source.Document
			}
		}
		if document != c.document {
			t.Errorf("%s: from %q, want %q", c.name, document, c.document)
		}
	}
}

func TestDaysReadInWin(t *testing.T) {
	days := []calendar.Day{{On: day(t, "2026-10-01"), Name: "值班"}, {On: day(t, "2026-10-09"), Name: "地方节日", Off: true}, {On: day(t, "2027-01-01"), Name: "元旦", Off: true}}
	present := calendar.Of(shipped(t), days)
	if !present.Working(day(t, "2026-10-01")) || present.Working(day(t, "2026-10-09")) || present.Working(day(t, "2027-01-01")) || present.Working(day(t, "2026-10-02")) {
		t.Error("the days read in do not win, or others are lost")
	}
	if present.Known(2027) {
		t.Error("one day off does not make a year known")
	}
	for i := range 10 {
		days = append(days, calendar.Day{On: day(t, "2027-02-05").AddDays(i), Name: "春节", Off: true})
	}
	if !calendar.Of(shipped(t), days).Known(2027) {
		t.Error("eleven days off make a year known")
	}
	years := calendar.Years(2026, 2028, shipped(t), days)
	if years[2].Known || years[2].Working != 260 || len(years[1].Days) != 11 || years[0].Days[len(years[0].Days)-1].Source == nil {
		t.Errorf("2028 known %v, %d worked; 2027 has %d days", years[2].Known, years[2].Working, len(years[1].Days))
	}
}

func TestTables(t *testing.T) {
	cases := []struct {
		name  string
		rows  string
		days  int
		codes []string
	}{
		{"as asked for", "日期,名称,放假或上班\n2027-01-01,元旦,放假\n2027年1月3日,元旦调休,上班\n\n2027/1/2,元旦,休", 3, nil},
		{"heads in English, other columns", "note,Date,Name,Kind\nx,2027-01-01,New Year,off", 1, nil},
		{"empty", "\n", 0, []string{"calendar.empty"}},
		{"only a head", "日期,名称,放假或上班", 0, []string{"calendar.empty"}},
		{"columns missing", "日期,说明\n2027-01-01,元旦", 0, []string{"calendar.column_missing", "calendar.column_missing"}},
		{"everything wrong in one row", "日期,名称,放假或上班\n2027-02-30,,也许", 0, []string{"calendar.date", "calendar.name", "calendar.kind"}},
		{"a short row", "日期,名称,放假或上班\n2027-01-01", 0, []string{"calendar.name", "calendar.kind"}},
		{"twice", "日期,名称,放假或上班\n2027-01-01,元旦,放假\n2027-01-01,元旦,上班", 1, []string{"calendar.twice"}},
		{"far away", "日期,名称,放假或上班\n1999-01-01,元旦,放假\n2101-01-01,元旦,放假", 0, []string{"calendar.year", "calendar.year"}},
		{"too many", "日期,名称,放假或上班" + strings.Repeat("\n2027-01-01,元旦,放假", calendar.MaxRows+1), 0, []string{"calendar.too_many_rows"}},
	}
	for _, c := range cases {
		var rows [][]string
		for _, line := range strings.Split(c.rows, "\n") {
			rows = append(rows, strings.Split(line, ","))
		}
		table := calendar.ReadTable(rows)
		var codes []string
		for _, f := range table.Faults {
			codes = append(codes, f.Code)
		}
		if len(table.Days) != c.days || !slices.Equal(codes, c.codes) {
			t.Errorf("%s: %d days, %v, want %d, %v", c.name, len(table.Days), codes, c.days, c.codes)
		}
	}
}

func TestAFaultNamesTheCellAndTheRemedy(t *testing.T) {
	table := calendar.ReadTable([][]string{{"日期", "名称", "放假或上班"}, {"明天", "元旦", "放假"}})
	want := "第 2 行:“日期”：读不出日期“明天”\n  请写成 2026-10-01 或 2026年10月1日。"
	if got := fault.List(table.Faults).Text(message.Chinese); got != want {
		t.Errorf("%s", got)
	}
}
