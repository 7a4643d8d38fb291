package store_test

import (
	"context"
	"maps"
	"slices"
	"strings"
	"testing"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/fault"
	"jiaoheng/period"
	"jiaoheng/person"
	"jiaoheng/register"
	"jiaoheng/store"
	"jiaoheng/unit"
)

func onDay(text string) period.Date {
	d, _ := period.ParseDate(text)
	return d
}

func noPlace(int) fault.Place { return fault.Place{} }

// Codes of the units that the cases add to the county.
const (
	centreSchool  = "2199000001"
	villageSchool = "2199000002"
)

// withVillageSchool stores the county and a village school; somebody is its head, teaches there, and keeps books at both schools.
func withVillageSchool(t *testing.T, s *store.Store) person.Person {
	t.Helper()
	ctx, actor := context.Background(), action.TheProgram()
	village := unit.Unit{Code: villageSchool, Name: "乙村小学", Kind: unit.School, Parent: "990121", Stages: []unit.Stage{unit.Primary, unit.Special}}
	if _, err := s.UnitsImport(ctx, actor, append(county(), append(unit.Sections(village), village)...), false); err != nil {
		t.Fatal(err)
	}
	p, err := person.Create(ctx, s, actor, access.Unit{Code: villageSchool}, person.Person{Name: filledName})
	if err != nil {
		t.Fatal(err)
	}
	for _, post := range []person.Post{
		{Unit: villageSchool, Role: access.SchoolHead, From: "2020-09-01"},
		{Unit: villageSchool, Role: access.SchoolClerk, From: "2020-09-01", To: "2021-08-31"},
		{Unit: villageSchool, Role: access.Teacher, From: "2026-09-01", To: "2027-08-31"},
		{Unit: villageSchool + "-primary", Role: access.Teacher, Subject: "语文", From: "2020-09-01", To: "2027-08-31"},
	} {
		post.Person = p.ID
		if _, err := person.CreatePost(ctx, s, actor, access.Unit{Code: post.Unit}, post); err != nil {
			t.Fatal(err)
		}
	}
	return p
}

func mergeVillage() []unit.Event {
	return []unit.Event{{Kind: unit.Merge, On: onDay("2025-09-01"), From: []string{villageSchool}, Into: []string{centreSchool}, Document: "某教发〔2025〕3号", Reason: "布局调整"}}
}

// postLines tells the posts of a person on one line each.
func postLines(t *testing.T, s *store.Store, id string) string {
	t.Helper()
	posts, err := s.PostsOf(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	lines := map[string]bool{}
	for _, p := range posts {
		lines[strings.Join([]string{p.Unit, string(p.Role), p.From, p.To}, " ")] = true
	}
	return strings.Join(slices.Sorted(maps.Keys(lines)), "\n")
}

func TestMergerCarriesUnitsPostsAndRights(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s, _, _ := db.open(t)
		ctx, actor := context.Background(), action.TheProgram()
		p := withVillageSchool(t, s)
		before := postLines(t, s, p.ID)
		unitsBefore, _ := s.Units(ctx)

		preview, err := s.UnitEventsRecord(ctx, actor, mergeVillage(), true, noPlace)
		if err != nil || len(preview.Posts) != 3 || postLines(t, s, p.ID) != before {
			t.Fatalf("the preview tells of %d posts and leaves them alone: %v", len(preview.Posts), err)
		}
		if _, err := s.UnitEventsRecord(ctx, actor, mergeVillage(), false, noPlace); err != nil {
			t.Fatal(err)
		}
		want := strings.Join([]string{
			"2199000001 school_head 2025-09-01 ",
			"2199000001 teacher 2026-09-01 2027-08-31",
			"2199000001-primary teacher 2025-09-01 2027-08-31",
			"2199000002 school_clerk 2020-09-01 2021-08-31",
			"2199000002 school_head 2020-09-01 2025-08-31",
			"2199000002-primary teacher 2020-09-01 2025-08-31",
		}, "\n")
		if got := postLines(t, s, p.ID); got != want {
			t.Errorf("posts after the merger:\n%s", got)
		}
		tree, err := s.Tree(ctx)
		if err != nil {
			t.Fatal(err)
		}
		head := person.Presence{Person: p, Post: person.Post{Unit: centreSchool, Role: access.SchoolHead}}.Actor(tree, "")
		for _, code := range []string{centreSchool, villageSchool, villageSchool + "-primary"} {
			if !access.May(head.Post, access.See, access.Thing{Class: access.Fact, Unit: person.At(tree, code)}) {
				t.Errorf("the head of the successor does not see %s", code)
			}
		}
		if access.May(head.Post, access.See, access.Thing{Class: access.Fact, Unit: person.At(tree, "990121")}) {
			t.Error("the head of the successor sees the county")
		}
		mustVerify(t, s)

		events, err := s.UnitEvents(ctx)
		if err != nil || len(events) != 1 {
			t.Fatal(events, err)
		}
		if err := s.UnitEventUndo(ctx, actor, events[0].ID, "文件已撤销"); err != nil {
			t.Fatal(err)
		}
		unitsAfter, _ := s.Units(ctx)
		if got := postLines(t, s, p.ID); got != before || len(unitsAfter) != len(unitsBefore) || !unitsAfter[4].Closed.IsZero() {
			t.Errorf("after undoing: %d units, posts\n%s", len(unitsAfter), got)
		}
		if again, _ := s.UnitEvents(ctx); len(again) != 1 || !again[0].Undone {
			t.Errorf("the event stays on record as undone: %+v", again)
		}
		mustVerify(t, s)
	})
}

func TestUnitEventsAreRefused(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s, _, _ := db.open(t)
		ctx, actor := context.Background(), action.TheProgram()
		p := withVillageSchool(t, s)
		clerk := action.Actor{Post: access.Post{ID: "p", Person: "x", Role: access.SchoolClerk}}
		if _, err := s.UnitEventsRecord(ctx, clerk, mergeVillage(), false, noPlace); fault.Of(err) == nil {
			t.Errorf("a clerk merges schools: %v", err)
		}
		half := append(mergeVillage(), unit.Event{Kind: unit.Close, On: onDay("2025-09-01"), From: []string{"9"}})
		if _, err := s.UnitEventsRecord(ctx, actor, half, false, noPlace); fault.Of(err) == nil {
			t.Errorf("half of the events is stored: %v", err)
		}
		if events, _ := s.UnitEvents(ctx); len(events) != 0 {
			t.Errorf("%d events are stored", len(events))
		}
		if _, err := s.UnitEventsRecord(ctx, actor, mergeVillage(), false, noPlace); err != nil {
			t.Fatal(err)
		}
		_, err := s.UnitsImport(ctx, actor, []unit.Unit{{Code: villageSchool, Name: "乙村小学", Kind: unit.School, Parent: "990121"}}, true)
		if faults := fault.Of(err); len(faults) != 1 || faults[0].Code != "unit.import_against_event" {
			t.Errorf("an old table opens the school again: %v", err)
		}
		events, _ := s.UnitEvents(ctx)
		cases := map[string]func() error{
			"unit.undo_reason_missing": func() error { return s.UnitEventUndo(ctx, actor, events[0].ID, "") },
			"unit.event_unknown":       func() error { return s.UnitEventUndo(ctx, actor, "no", "误录") },
			"unit.undo_posts": func() error {
				created := access.Unit{Code: centreSchool + "-special"}
				if _, err := person.CreatePost(ctx, s, actor, created, person.Post{Person: p.ID, Role: access.Teacher, From: "2026-01-01"}); err != nil {
					return err
				}
				return s.UnitEventUndo(ctx, actor, events[0].ID, "误录")
			},
		}
		for code, try := range cases {
			if faults := fault.Of(try()); len(faults) != 1 || faults[0].Code != code {
				t.Errorf("%s: %v", code, faults)
			}
		}
	})
}

// Rows that were reported keep an opening from being undone, and the preview counts those of the units that end.
func TestRowsOfUnitsAreCountedAndKeepTheirUnit(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s, _, _ := db.open(t)
		ctx, actor := context.Background(), action.TheProgram()
		withVillageSchool(t, s)
		if _, err := s.UnitEventsRecord(ctx, actor, mergeVillage(), false, noPlace); err != nil {
			t.Fatal(err)
		}
		r := staff()
		openRegisters(t, s, r)
		opened := centreSchool + "-special"
		upsert(t, s, r, register.Batch{Rows: []register.Row{staffRow(opened, "A", "甲", 1), staffRow(villageSchool, "B", "乙", 1), staffRow(villageSchool, "C", "丙", 1)}})
		early, err := s.UnitRows(ctx, []string{villageSchool, opened}, onDay("1990-09-01"))
		late, failed := s.UnitRows(ctx, []string{villageSchool}, onDay("2099-09-01"))
		if err != nil || failed != nil || early != (store.UnitRows{All: 3, After: 3}) || late != (store.UnitRows{All: 2}) {
			t.Errorf("counted %+v and %+v: %v %v", early, late, err, failed)
		}
		events, _ := s.UnitEvents(ctx)
		if faults := fault.Of(s.UnitEventUndo(ctx, actor, events[0].ID, "误录")); len(faults) != 1 || faults[0].Code != "unit.undo_rows" {
			t.Errorf("undone over rows: %v", faults)
		}
	})
}

// fillUnitEvent records a renaming in a county of its own, so that the other rows of fill stay as they are.
func fillUnitEvent(t *testing.T, s *store.Store) {
	t.Helper()
	ctx, actor := context.Background(), action.TheProgram()
	units := []unit.Unit{{Code: "990199", Name: "另县", Kind: unit.County}, {Code: "990199100", Name: "甲镇", Kind: unit.Township, Parent: "990199"}}
	if _, err := s.UnitsImport(ctx, actor, units, false); err != nil {
		t.Fatal(err)
	}
	events := []unit.Event{{Kind: unit.Rename, On: onDay("2026-01-01"), From: []string{"990199100"}, Name: "乙镇", Document: "另政发〔2025〕1号", Reason: "更名"}}
	if _, err := s.UnitEventsRecord(ctx, actor, events, false, noPlace); err != nil {
		t.Fatal(err)
	}
}
