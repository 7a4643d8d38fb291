package store_test

import (
	"context"
	"errors"
	"reflect"
	"testing"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/fault"
	"jiaoheng/round"
	"jiaoheng/store"
	"jiaoheng/unit"
)

func keeper(person string, role access.Role) action.Actor {
	return action.Actor{Post: access.Post{ID: "post-" + person, Person: person, Role: role}}
}

var filledWhatIf = round.WhatIf{Name: " 撤并方案一 ", Remark: "两校合并", Pack: "balanced", Unit: "110000", Period: "2025-2026", Digest: "d", Changes: []round.Change{
	{Kind: round.Add, Unit: "1199000001-primary", Item: "teachers_music", Value: -1.5}, {Kind: round.Merge, Unit: "1199000001", Into: "1199000002"},
	{Kind: round.Open, Unit: "1199000001", Stage: unit.Junior}, {Kind: round.Switch, Switch: "s", On: true}}}

func fillWhatIf(t *testing.T, s *store.Store) round.WhatIf {
	t.Helper()
	one, err := round.SaveWhatIf(context.Background(), s, keeper("anna", access.BureauOffice), filledWhatIf)
	if err != nil {
		t.Fatal(err)
	}
	return one
}

func TestWhatIfsAreKeptSharedChangedAndDeleted(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s, _, _ := db.open(t)
		ctx, anna, bert := context.Background(), keeper("anna", access.BureauOffice), keeper("bert", access.SchoolHead)
		one := fillWhatIf(t, s)
		got, err := s.WhatIf(ctx, one.ID)
		if err != nil || got.Name != "撤并方案一" || got.Owner != "anna" || !reflect.DeepEqual(got.Changes, filledWhatIf.Changes) {
			t.Fatalf("%+v %v", got, err)
		}
		if all, err := s.WhatIfs(ctx, "bert"); err != nil || len(all) != 0 {
			t.Errorf("somebody else sees %v, %v", all, err)
		}
		if err := round.ShareWhatIf(ctx, s, bert, got, true); !refused(err) {
			t.Errorf("a school head shares what belongs to the bureau: %v", err)
		}
		if err := round.ShareWhatIf(ctx, s, anna, got, true); err != nil {
			t.Fatal(err)
		}
		all, err := s.WhatIfs(ctx, "bert")
		if err != nil || len(all) != 1 || !all[0].Shared {
			t.Fatalf("shared: %+v %v", all, err)
		}
		if _, err := round.SaveWhatIf(ctx, s, anna, got); !hasCode(err, "action.stale") {
			t.Errorf("an older version overwrites a newer one: %v", err)
		}
		if err := round.DeleteWhatIf(ctx, s, bert, all[0]); !refused(err) {
			t.Errorf("somebody else deletes it: %v", err)
		}
		if err := round.DeleteWhatIf(ctx, s, anna, all[0]); err != nil {
			t.Fatal(err)
		}
		if _, err := s.WhatIf(ctx, one.ID); !errors.Is(err, round.ErrNoWhatIf) {
			t.Errorf("after deleting: %v", err)
		}
	})
}

func TestWhatIfsSayEverythingThatIsWrong(t *testing.T) {
	s, _, _ := databases[0].open(t)
	_, err := round.SaveWhatIf(context.Background(), s, keeper("anna", access.BureauOffice), round.WhatIf{Remark: string(make([]rune, round.MaxWhatIfRemark+1))})
	for _, code := range []string{"whatif.name_wrong", "whatif.remark_long", "whatif.nothing_changed"} {
		if !hasCode(err, code) {
			t.Errorf("%s is not told: %v", code, err)
		}
	}
	if _, err := round.SaveWhatIf(context.Background(), s, keeper("aud", access.Auditor), filledWhatIf); !refused(err) {
		t.Errorf("the auditor saves: %v", err)
	}
}

func refused(err error) bool { return hasCode(err, "action.refused") }

func hasCode(err error, code string) bool {
	for _, one := range fault.Of(err) {
		if one.Code == code {
			return true
		}
	}
	return false
}
