package store_test

import (
	"context"
	"fmt"
	"testing"
	"testing/fstest"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/measure"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/register"
	"jiaoheng/store"
	"jiaoheng/unit"
)

// smallPack is a pack with a register of each sort.
const smallPack = `pack: small
version: "1"
name: 小包
english: Small
about: 试验
about_english: Trial
documents:
  口径: {name: 统计口径惯例, english: Convention, by: 试验, issued: 2020-01-01}
parameters:
  large_class_size:
    name: 大班额
    english: Large class
    measure: 学生
    values:
      - {from: 2000-01-01, primary: 46, junior: 51, source: {doc: 口径, clause: 一}}
`

const smallRegisters = `section_year:
  name: 学段情况
  english: Sections
  of: section
  every: school_year
  source: {doc: 口径, clause: 一}
  columns:
    pupils: {name: 学生数, english: Pupils, type: count, measure: 学生}
    boarding: {name: 寄宿, english: Boarding, type: flag}
    road: {name: 道路, english: Road, type: choice, choices: {good: {name: 硬化, english: Paved}, bad: {name: 未硬化, english: Unpaved}}}
class_list:
  name: 班级
  english: Classes
  of: section
  every: school_year
  key: [class]
  source: {doc: 口径, clause: 一}
  columns:
    class: {name: 班级, english: Class, type: text, required: true, personal: true}
    class_pupils: {name: 班额, english: Size, type: count, measure: 学生, required: true}
  items:
    classes: {name: 班数, english: Classes, measure: 班, count: all}
    classes_large: {name: 大班数, english: Large classes, measure: 班, count: class_pupils >= large_class_size}
extra:
  name: 选报
  english: Extra
  of: school
  every: school_year
  optional: true
  source: {doc: 口径, clause: 一}
  columns:
    extra_rooms: {name: 专用室, english: Rooms, type: count, measure: 间}
`

func smallScope(t testing.TB) *pack.Scope {
	t.Helper()
	files := fstest.MapFS{"packs/small/pack.yaml": {Data: []byte(smallPack)}, "packs/small/registers/all.yaml": {Data: []byte(smallRegisters)}}
	set, faults := pack.Load(files, nil)
	if faults != nil {
		t.Fatal(faults)
	}
	return set.Closure("small")
}

// live is a store with the registers of the small pack and facts over one school year.
type live struct {
	t     *testing.T
	s     *store.Store
	scope *pack.Scope
	year  period.Period
	facts *register.Live
}

func newLive(t *testing.T, s *store.Store, units []unit.Unit) *live {
	t.Helper()
	l := &live{t: t, s: s, scope: smallScope(t)}
	l.year, _ = period.Parse("2025-2026")
	openRegisters(t, s, l.scope.Registers()...)
	if _, err := s.UnitsImport(context.Background(), action.TheProgram(), units, false); err != nil {
		t.Fatal(err)
	}
	return l
}

func (l *live) put(name, unit string, cells ...register.Cell) {
	l.t.Helper()
	r, _ := l.scope.Register(name)
	changes := upsert(l.t, l.s, r, register.Batch{Rows: []register.Row{{Unit: unit, Period: l.year, Cells: cells,
		Origin: register.Origin{Kind: "file", File: name + ".xlsx", Row: 2, Person: "program", At: start}}}})
	l.refresh(name, register.UnitsOf(changes.Rows)...)
}

func (l *live) take(name, unit string) {
	l.t.Helper()
	r, _ := l.scope.Register(name)
	rows, err := l.s.RegisterRows(context.Background(), r, register.Query{Unit: unit, Limit: 1})
	if err == nil {
		err = action.Do(context.Background(), l.s, action.TheProgram(), action.Write{Name: "register.action.delete", Thing: access.Thing{Class: access.Fact},
			Do: func(ctx context.Context, _ action.Tx) error { return l.s.RegisterDelete(ctx, r, rows[0].ID) }})
	}
	if err != nil {
		l.t.Fatal(err)
	}
	l.refresh(name, unit)
}

func (l *live) refresh(name string, units ...string) {
	l.t.Helper()
	if l.facts == nil {
		return
	}
	if err := l.facts.Refresh(context.Background(), name, units...); err != nil {
		l.t.Fatal(err)
	}
}

// shows compares the facts with what is wanted, and with facts built anew.
func (l *live) shows(step string, want map[string]string) {
	l.t.Helper()
	tree, err := l.s.Tree(context.Background())
	if err != nil {
		l.t.Fatal(err)
	}
	ask := register.Ask{Scope: l.scope, Tree: tree, Periods: []period.Period{l.year}}
	if l.facts == nil {
		if l.facts, err = register.NewLive(context.Background(), l.s, ask); err != nil {
			l.t.Fatal(err)
		}
	}
	fresh, err := register.Build(context.Background(), l.s, ask)
	if err != nil {
		l.t.Fatal(err)
	}
	for name, facts := range map[string]*register.Facts{"live": l.facts.Facts(), "fresh": fresh} {
		view := facts.Frame.Snapshot()
		for at, text := range want {
			var code, item string
			fmt.Sscan(at, &code, &item)
			n, _ := tree.Number(code)
			i, known := view.Item(item)
			if !known {
				l.t.Fatalf("no item %s", item)
			}
			total := view.Total(n, i, 0)
			value := "missing"
			if number, known := total.Sum.Number(); known {
				value = fmt.Sprint(number)
			} else if total.Sum.Reason().Kind == measure.Invalid {
				value = "nobody"
			}
			if got := fmt.Sprintf("%s %d/%d", value, total.Reported, total.Expected); got != text {
				l.t.Errorf("%s, %s, %s: got %s, want %s", step, name, at, got, text)
			}
		}
	}
}

// The frame holds columns, options and items of every register, says who is silent, and follows the rows.
func TestFactsFollowTheRows(t *testing.T) {
	n := func(number float64) register.Cell { return register.Cell{Known: true, Number: number} }
	s := func(text string) register.Cell { return register.Cell{Known: true, Text: text} }
	eachDatabase(t, func(t *testing.T, db database) {
		store, _, _ := db.open(t)
		units := county()
		closed := units[1]
		closed.Code, closed.Name, closed.Closed = "2199000009", "乙学校", period.Date{Year: 2025, Month: 8, Day: 1}
		units = append(append(units, closed), unit.Sections(closed)...)
		l := newLive(t, store, units)
		const primary, junior, school = "2199000001-primary", "2199000001-junior", "2199000001"
		l.put("section_year", primary, n(100), n(1), s("good"))
		l.put("class_list", primary, s("一班"), n(46))
		l.put("class_list", primary, s("二班"), n(45))
		l.put("class_list", junior, s("一班"), n(50))
		l.shows("first", map[string]string{"990121 pupils": "100 1/2", "990121 boarding": "1 1/2", primary + " road.good": "1 1/1", primary + " road.bad": "0 1/1",
			"990121 classes": "3 2/2", "990121 classes_large": "1 2/2", "990121 extra_rooms": "nobody 0/0", junior + " pupils": "missing 0/1"})
		l.put("section_year", junior, n(50), register.Cell{}, register.Cell{})
		l.put("section_year", primary, n(90), n(0), s("bad"))
		l.put("class_list", junior, s("一班"), n(51))
		l.shows("changed", map[string]string{"990121 pupils": "140 2/2", "990121 boarding": "0 1/2", primary + " road.good": "0 1/1", primary + " road.bad": "1 1/1",
			"990121 classes_large": "2 2/2"})
		l.put("extra", school, n(3))
		l.shows("optional", map[string]string{"990121 extra_rooms": "3 1/1"})
		l.take("extra", school)
		l.take("class_list", junior)
		l.take("section_year", primary)
		l.shows("taken away", map[string]string{"990121 extra_rooms": "nobody 0/0", "990121 pupils": "50 1/2", "990121 classes": "2 1/2", primary + " road.bad": "missing 0/1"})
		// A school that closed before the day of the statistics is not asked for, but counted when it did report.
		l.put("section_year", "2199000009-primary", n(7), n(0), s("bad"))
		l.shows("closed", map[string]string{"990121 pupils": "57 2/3"})
		found, err := l.facts.Facts().Provenance(context.Background(), primary, "classes_large", l.year)
		if err != nil || found.Rows != 2 || found.Files[0] != "class_list.xlsx" || found.Last.Origin.Person != "program" || found.Last.Cells[0].Text != "二*" && found.Last.Cells[0].Text != "一*" {
			t.Errorf("provenance: %+v, %v", found, err)
		}
		mustVerify(t, store)
	})
}

// Rows of a unit that keeps the register no more are left out of the frame and told.
func TestRowsWithoutAPlaceAreTold(t *testing.T) {
	s, _, _ := onSQLite().open(t)
	l := newLive(t, s, county())
	l.put("section_year", "2199000001", register.Cell{Known: true, Number: 5}, register.Cell{}, register.Cell{})
	l.shows("school", map[string]string{"990121 pupils": "missing 0/2"})
	if dropped := l.facts.Facts().Dropped; len(dropped) != 1 || dropped[0].Code != "register.unit_dropped" {
		t.Errorf("dropped: %v", dropped)
	}
}
