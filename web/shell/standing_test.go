package shell_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/message"
	"jiaoheng/period"
	"jiaoheng/unit"
	"jiaoheng/web/shell"
)

func TestStand(t *testing.T) {
	tree, err := unit.Build([]unit.Unit{
		{Code: "330301", Name: "澄源县", Kind: unit.County},
		{Code: "330301001", Name: "城关镇", Kind: unit.Township, Parent: "330301"},
		{Code: "330301002", Name: "柳溪乡", Kind: unit.Township, Parent: "330301"},
		{Code: "3133000001", Name: "城关小学", Kind: unit.School, Parent: "330301001"},
	})
	if err != nil {
		t.Fatal(err)
	}
	last, _ := period.Parse("2024-2025")
	before, _ := period.Parse("2023-2024")
	cases := []struct {
		name    string
		role    access.Role
		post    string
		address string
		unit    string
		period  string
		err     error
	}{
		{"the post and the newest period", access.BureauLeader, "330301", "/x", "330301", "2024-2025", nil},
		{"below the post", access.BureauLeader, "330301", "/x?unit=330301002&period=2023-2024", "330301002", "2023-2024", nil},
		{"beside the post", access.SchoolHead, "3133000001", "/x?unit=330301002", "", "", shell.NoRight},
		{"above the post", access.SchoolHead, "3133000001", "/x?unit=330301", "", "", shell.NoRight},
		{"an unknown unit", access.BureauLeader, "330301", "/x?unit=9", "", "", shell.NotFound},
		{"no period", access.BureauLeader, "330301", "/x?period=soon", "", "", shell.NotFound},
		{"a teacher sees only what is their own", access.Teacher, "3133000001", "/x", "", "", shell.NoRight},
		{"a department sees only what it leads", access.OtherDepartment, "330301", "/x", "", "", shell.NoRight},
		{"no sight of facts", access.SystemAdministrator, "330301", "/x", "", "", shell.NoRight},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			below := tree.SubtreeOf(c.post)
			view := &shell.View{Language: message.Chinese, Tree: tree, Path: c.address, Now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC),
				Actor: action.Actor{Post: access.Post{Person: "p", Role: c.role, Unit: access.Unit{Code: c.post, From: below.From, To: below.To}}}}
			r := httptest.NewRequest(http.MethodGet, c.address, nil)
			r = r.WithContext(shell.With(r.Context(), view))
			got, err := shell.Stand(r, access.Fact, []period.Period{before, last})
			if !errors.Is(err, c.err) {
				t.Fatalf("error %v, want %v", err, c.err)
			}
			if c.err == nil && (got.Unit.Code != c.unit || got.Period.String() != c.period) {
				t.Errorf("%s %s, want %s %s", got.Unit.Code, got.Period, c.unit, c.period)
			}
			if want := "/y?a=1&period=" + c.period + "&unit=" + c.unit; c.err == nil && shell.Here(r.Context(), "/y?unit=7&a=1") != want {
				t.Errorf("address %s, want %s", shell.Here(r.Context(), "/y?unit=7&a=1"), want)
			}
		})
	}
}
