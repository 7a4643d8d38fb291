package store_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/fault"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/register"
	"jiaoheng/store"
	"jiaoheng/unit"
)

// staff is a register with every type of column, a personal key and a computed column.
func staff() *pack.Register {
	column := func(name string, kind pack.ColumnType) *pack.Column { return &pack.Column{Name: name, Type: kind} }
	number, name, points := column("number", pack.Line), column("name", pack.Line), column("points", pack.Number)
	number.Personal, name.Personal = true, true
	points.Formula = &pack.Formula{Text: "hours * 2"}
	return &pack.Register{Name: "staff.yearly", Of: []unit.Kind{unit.School}, Every: period.SchoolYear, Key: []string{"number"}, Columns: []*pack.Column{
		number, name, column("title", pack.Choice), column("hours", pack.Number), column("full_time", pack.Flag), column("hired", pack.Date), points,
	}}
}

const filledTeacher = "欧阳老师丙"

func staffRow(school, number, name string, hours float64) register.Row {
	year, _ := period.Parse("2025-2026")
	text := func(s string) register.Cell { return register.Cell{Known: s != "", Text: s} }
	return register.Row{Unit: school, Period: year, Origin: register.Origin{Kind: "file", File: "教师.xlsx", Row: 2, Person: "program", At: start},
		Cells: []register.Cell{text(number), text(name), text("senior"), {Known: true, Number: hours}, {Known: true, Number: 1}, text("2011-09-01"), {}}}
}

func upsert(t *testing.T, s *store.Store, r *pack.Register, batch register.Batch) (changes register.Changes) {
	t.Helper()
	if err := tryUpsert(s, r, batch, &changes); err != nil {
		t.Fatal(err)
	}
	return changes
}

func tryUpsert(s *store.Store, r *pack.Register, batch register.Batch, changes *register.Changes) error {
	return action.Do(context.Background(), s, action.TheProgram(), action.Write{Name: "register.action.import", Thing: access.Thing{Class: access.Fact},
		Do: func(ctx context.Context, _ action.Tx) (err error) {
			*changes, err = s.RegisterUpsert(ctx, r, batch)
			return err
		}})
}

func openRegisters(t *testing.T, s *store.Store, registers ...*pack.Register) {
	t.Helper()
	if err := s.RegistersOpen(context.Background(), registers...); err != nil {
		t.Fatal(err)
	}
}

// fillRegisters writes two rows and a second version of one.
func fillRegisters(t *testing.T, s *store.Store) {
	t.Helper()
	r := staff()
	openRegisters(t, s, r)
	upsert(t, s, r, register.Batch{Rows: []register.Row{staffRow("2133010001", filledIdentity, filledTeacher, 12), staffRow("2133010001", "B", "乙", 14)}})
	upsert(t, s, r, register.Batch{Rows: []register.Row{staffRow("2133010001", filledIdentity, filledTeacher, 13)}})
}

// Rows are inserted, changed only where they differ, and every version is kept with who wrote it and from which file.
func TestRowsOfARegisterAreKeptWithEveryVersion(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s, _, _ := db.open(t)
		ctx, r := context.Background(), staff()
		openRegisters(t, s, r)
		rows := []register.Row{staffRow("S1", "11010519491231002X", "王小明", 12), staffRow("S1", "B", "李四", 14)}
		if c := upsert(t, s, r, register.Batch{Rows: rows}); c.Inserted != 2 || c.Updated+c.Unchanged != 0 {
			t.Errorf("first: %+v", c)
		}
		rows[0].Cells[3].Number = 13.5
		if c, err := s.RegisterCompare(ctx, r, register.Batch{Rows: rows}); err != nil || c.Updated != 1 || c.Unchanged != 1 {
			t.Errorf("compare: %+v, %v", c, err)
		}
		if c := upsert(t, s, r, register.Batch{Rows: rows}); c.Inserted != 0 || c.Updated != 1 || c.Unchanged != 1 {
			t.Errorf("second: %+v", c)
		}
		shown, err := s.RegisterRows(ctx, r, register.Query{Sort: "hours"})
		if err != nil || len(shown) != 2 || shown[0].Cells[1].Text != "王**" || shown[0].Cells[0].Text != "110***********002X" {
			t.Fatalf("masked: %+v, %v", shown, err)
		}
		// What was exported masked comes back as unchanged.
		if c := upsert(t, s, r, register.Batch{Rows: []register.Row{{ID: shown[0].ID, Unit: "S1", Period: shown[0].Period, Cells: shown[0].Cells, Origin: rows[0].Origin}}}); c.Unchanged != 1 {
			t.Errorf("masked again: %+v", c)
		}
		history, err := s.RegisterHistory(ctx, r, shown[0].ID, true)
		if err != nil || len(history) != 2 || history[0].Row.Cells[3].Number != 13.5 || history[1].Row.Cells[3].Number != 12 ||
			history[1].Row.Cells[1].Text != "王小明" || history[1].Post != "program" || history[1].Row.Origin.File != "教师.xlsx" || !history[1].At.Equal(start) {
			t.Errorf("history: %+v, %v", history, err)
		}
		mustVerify(t, s)
	})
}

// A row taken away stays in its history with the reason, and one that comes again goes on counting versions.
func TestARowTakenAwayStaysInItsHistory(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s, _, _ := db.open(t)
		ctx, r := context.Background(), staff()
		openRegisters(t, s, r)
		row := staffRow("S1", "A", "王小明", 12)
		id := upsert(t, s, r, register.Batch{Rows: []register.Row{row}}).Rows[0].ID
		err := action.Do(ctx, s, action.TheProgram(), action.Write{Name: "register.action.delete", Reason: "重复上报", Thing: access.Thing{Class: access.Fact},
			Do: func(ctx context.Context, _ action.Tx) error { return s.RegisterDelete(ctx, r, id, "absent") }})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.RegisterRow(ctx, r, id, false); err != register.ErrNotFound {
			t.Errorf("deleted: %v", err)
		}
		if c := upsert(t, s, r, register.Batch{Rows: []register.Row{row}}); c.Inserted != 1 || c.Rows[0].Version != 2 {
			t.Errorf("again: %+v", c)
		}
		history, err := s.RegisterHistory(ctx, r, id, true)
		if err != nil || len(history) != 3 || !history[1].Deleted || history[1].Reason != "重复上报" || history[1].Row.Cells[1].Text != "王小明" {
			t.Errorf("history: %+v, %v", history, err)
		}
		mustVerify(t, s)
	})
}

// Rows are narrowed by period, by the subtree of a unit and by columns, sorted with empty cells last, and paged.
func TestRowsAreNarrowedSortedAndPaged(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s, _, _ := db.open(t)
		ctx, r := context.Background(), staff()
		openRegisters(t, s, r)
		if _, err := s.UnitsImport(ctx, action.TheProgram(), county(), false); err != nil {
			t.Fatal(err)
		}
		var rows []register.Row
		for i := range 5 {
			rows = append(rows, staffRow(county()[len(county())-1].Code, fmt.Sprint(i), "甲", float64(i)))
		}
		rows = append(rows, staffRow("elsewhere", "x", "乙", 9))
		rows[0].Cells[3] = register.Cell{}
		rows[2].Cells[5].Text, rows[3].Cells[5].Text, rows[4].Cells[2].Text = "2012-03-01", "2012-03-02", "first"
		upsert(t, s, r, register.Batch{Rows: rows})
		year := rows[0].Period
		two := 2.0
		cases := []struct {
			name  string
			query register.Query
			want  []float64
		}{
			{"under a unit, empty last", register.Query{Under: county()[0].Code, Sort: "hours"}, []float64{1, 2, 3, 4, 0}},
			{"descending, empty last", register.Query{Under: county()[0].Code, Sort: "hours", Descending: true}, []float64{4, 3, 2, 1, 0}},
			{"a page", register.Query{Sort: "hours", Limit: 2, Offset: 1}, []float64{2, 3}},
			{"a period", register.Query{Period: year, Unit: "elsewhere"}, []float64{9}},
			{"another period", register.Query{Period: year.Next()}, nil},
			{"at least", register.Query{Filters: []register.Filter{{Column: "hours", Least: &two}}, Sort: "hours"}, []float64{2, 3, 4, 9}},
			{"empty", register.Query{Filters: []register.Filter{{Column: "hours", Is: &register.Cell{}}}}, []float64{0}},
			{"from a day", register.Query{Filters: []register.Filter{{Column: "hired", From: "2012-03-01"}}, Sort: "hours"}, []float64{2, 3}},
			{"between days", register.Query{Filters: []register.Filter{{Column: "hired", From: "2011-09-02", Until: "2012-03-01"}}}, []float64{2}},
			{"one of several choices", register.Query{Filters: []register.Filter{{Column: "title", In: []string{"first", "third"}}}}, []float64{4}},
			{"none of no choices", register.Query{Filters: []register.Filter{{Column: "title", In: []string{}}}}, nil},
			{"a text", register.Query{Units: []string{"elsewhere"}, Filters: []register.Filter{{Column: "title", Contains: "en%"}}}, nil},
		}
		for _, c := range cases {
			got, err := s.RegisterRows(ctx, r, c.query)
			var hours []float64
			for _, row := range got {
				hours = append(hours, row.Cells[3].Number)
			}
			if err != nil || !slices.Equal(hours, c.want) {
				t.Errorf("%s: got %v, want %v, %v", c.name, hours, c.want, err)
			}
		}
		if _, err := s.RegisterRows(ctx, r, register.Query{Sort: "name"}); fault.Of(err) == nil {
			t.Errorf("sorted by a personal column: %v", err)
		}
		if n, err := s.RegisterCount(ctx, r, register.Query{Limit: 1}); err != nil || n != 6 {
			t.Errorf("count %d, %v", n, err)
		}
	})
}

// A pack may add columns; one that is gone stays in the table; one of another type is refused and nothing is made.
func TestTablesOfRegistersOnlyGrow(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s, _, _ := db.open(t)
		r := staff()
		openRegisters(t, s, r)
		row := staffRow("S1", "A", "王小明", 12)
		upsert(t, s, r, register.Batch{Rows: []register.Row{row}})
		wider := staff()
		wider.Columns = append(wider.Columns[:3:3], append(slices.Clone(wider.Columns[4:]), &pack.Column{Name: "text", Type: pack.Line}, &pack.Column{Name: "order", Type: pack.Count})...)
		openRegisters(t, s, wider)
		openRegisters(t, s, wider)
		row.Cells = append(slices.Delete(slices.Clone(row.Cells), 3, 4), register.Cell{Known: true, Text: "新"}, register.Cell{Known: true, Number: 3})
		if c := upsert(t, s, wider, register.Batch{Rows: []register.Row{row}}); c.Updated != 1 {
			t.Errorf("wider: %+v", c)
		}
		again, err := s.RegisterRows(context.Background(), r, register.Query{})
		if err != nil || again[0].Cells[3].Number != 12 {
			t.Errorf("the column that was gone: %+v, %v", again, err)
		}
		for name, change := range map[string]func(c *pack.Column){
			"another type":      func(c *pack.Column) { c.Type = pack.Line },
			"personal":          func(c *pack.Column) { c.Personal = true },
			"a reserved name":   func(c *pack.Column) { c.Name = "version" },
			"too long a name":   func(c *pack.Column) { c.Name = fmt.Sprintf("%070d", 1) },
			"a system's column": func(c *pack.Column) { c.Name = "xmin" },
		} {
			other := staff()
			change(other.Columns[3])
			if err := s.RegistersOpen(context.Background(), other); len(fault.Of(err)) != 1 {
				t.Errorf("%s: %v", name, err)
			}
		}
		mustVerify(t, s)
	})
}

// A row twice in one batch and a row of an older version are refused; nothing of the batch is stored.
func TestBatchesAreStoredWholeOrNotAtAll(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s, _, _ := db.open(t)
		r := staff()
		openRegisters(t, s, r)
		var changes register.Changes
		twice := []register.Row{staffRow("S1", "A", "甲", 1), staffRow("S1", "B", "乙", 1), staffRow("S1", "Ａ ", "甲", 2)}
		if err := tryUpsert(s, r, register.Batch{Rows: twice}, &changes); len(fault.Of(err)) != 1 {
			t.Errorf("twice: %v", err)
		}
		if n, err := s.RegisterCount(context.Background(), r, register.Query{}); err != nil || n != 0 {
			t.Errorf("%d rows stored, %v", n, err)
		}
		row := upsert(t, s, r, register.Batch{Rows: twice[:1]}).Rows[0]
		row.Cells[3].Number = 5
		upsert(t, s, r, register.Batch{Rows: []register.Row{row}})
		row.Cells[3].Number = 6
		if err := tryUpsert(s, r, register.Batch{Rows: []register.Row{row}}, &changes); len(fault.Of(err)) != 1 {
			t.Errorf("stale: %v", err)
		}
	})
}

// New keys seal every personal cell again; older versions stay readable and rows are found by their keys as before.
func TestPersonalCellsAreSealedAgainUnderNewKeys(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s, _, raw := db.open(t)
		fillRegisters(t, s)
		before := texts(t, raw, `select name_sealed from register_staff__yearly order by id`)
		if err := s.NewPersonKey(context.Background(), action.TheProgram()); err != nil {
			t.Fatal(err)
		}
		for i, text := range texts(t, raw, `select name_sealed from register_staff__yearly order by id`) {
			if key := strings.Split(before[i], ".")[1]; strings.Contains(text, key) {
				t.Error("a cell is still sealed under the older key")
			}
		}
		r := staff()
		changes := upsert(t, s, r, register.Batch{Rows: []register.Row{staffRow("2133010001", filledIdentity, filledTeacher, 99)}})
		if changes.Updated != 1 {
			t.Fatalf("%+v", changes)
		}
		history, err := s.RegisterHistory(context.Background(), r, changes.Rows[0].ID, true)
		if err != nil || len(history) != 4 || history[3].Row.Cells[1].Text != filledTeacher || history[0].Row.Cells[1].Text != filledTeacher {
			t.Errorf("%+v, %v", history, err)
		}
		mustVerify(t, s)
	})
}
