package store_test

import (
	"context"
	"testing"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/fault"
	"jiaoheng/period"
	"jiaoheng/store"
	"jiaoheng/unit"
)

func county() []unit.Unit {
	school := unit.Unit{Code: "2199000001", Name: "甲中心学校", Kind: unit.School, Parent: "990121", Stages: []unit.Stage{unit.Primary, unit.Junior},
		Ownership: unit.Public, Setting: unit.Rural, Opened: period.Date{Year: 1985, Month: 9, Day: 1}}
	return append([]unit.Unit{{Code: "990121", Name: "某县", Kind: unit.County}, school}, unit.Sections(school)...)
}

func TestUnitsAreInsertedChangedAndLeftAlone(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s, _, _ := db.open(t)
		ctx := context.Background()
		steps := []struct {
			name string
			dry  bool
			edit func([]unit.Unit)
			want store.Changes
		}{
			{"dry run", true, func([]unit.Unit) {}, store.Changes{Inserted: 4}},
			{"first", false, func([]unit.Unit) {}, store.Changes{Inserted: 4}},
			{"again", false, func([]unit.Unit) {}, store.Changes{Unchanged: 4}},
			{"renamed", false, func(units []unit.Unit) { units[1].Name = "乙中心学校" }, store.Changes{Updated: 1, Unchanged: 3}},
		}
		for _, step := range steps {
			units := county()
			step.edit(units)
			got, err := s.UnitsImport(ctx, action.TheProgram(), units, step.dry)
			if err != nil || got != step.want {
				t.Errorf("%s: %+v, %v", step.name, got, err)
			}
		}
		tree, err := s.Tree(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if u, _ := tree.Find("2199000001"); u.Name != "乙中心学校" || len(u.Stages) != 2 || u.Opened.Year != 1985 {
			t.Errorf("stored %+v", u)
		}
		if report, err := s.Verify(ctx); err != nil || len(report.Findings) > 0 {
			t.Errorf("verify: %v %v", report.Findings, err)
		}
	})
}

func TestUnitsAreRefusedAsAWhole(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s, _, _ := db.open(t)
		ctx := context.Background()
		_, err := s.UnitsImport(ctx, action.TheProgram(), append(county(), unit.Unit{Code: "1", Parent: "nowhere"}), false)
		if faults := fault.Of(err); len(faults) != 1 || faults[0].Code != "unit.parent_unknown" {
			t.Errorf("unknown parent: %v", err)
		}
		clerk := action.Actor{Post: access.Post{ID: "p", Person: "x", Role: access.SchoolClerk}}
		if _, err := s.UnitsImport(ctx, clerk, county(), false); fault.Of(err) == nil {
			t.Errorf("a school clerk may not import units: %v", err)
		}
		if units, err := s.Units(ctx); err != nil || len(units) != 0 {
			t.Errorf("%d units are stored, %v", len(units), err)
		}
	})
}

func fillBoundaries(t *testing.T, s *store.Store) {
	t.Helper()
	day, _ := period.ParseDate("2025-01-01")
	all := unit.Boundaries{Source: "自然资源局", Dated: day, Areas: []unit.Area{
		{Code: "110000", Rings: [][]unit.Point{{{120, 30}, {121, 30}, {121, 31}, {120, 30}}}},
		{Code: "110101", Place: &unit.Point{120.5, 30.5}},
	}}
	if err := s.BoundariesReplace(context.Background(), action.TheProgram(), all); err != nil {
		t.Fatal(err)
	}
}

func TestBoundariesAreReplaced(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s, _, _ := db.open(t)
		for range 2 {
			fillBoundaries(t, s)
		}
		got, err := s.Boundaries(context.Background())
		if err != nil || len(got.Areas) != 2 || got.Source != "自然资源局" || got.Areas[1].Place == nil || len(got.Areas[0].Rings[0]) != 4 {
			t.Fatalf("%+v %v", got, err)
		}
		if err := s.BoundariesReplace(context.Background(), action.TheProgram(), unit.Boundaries{}); err != nil {
			t.Fatal(err)
		}
		if got, err = s.Boundaries(context.Background()); err != nil || len(got.Areas) != 0 {
			t.Fatalf("%+v %v", got, err)
		}
	})
}
