package lifecycle_test

import (
	"slices"
	"testing"

	"jiaoheng/access"
	"jiaoheng/fault"
	"jiaoheng/lifecycle"
	"jiaoheng/message"
	"jiaoheng/period"
)

func codes(faults fault.List) []string {
	var all []string
	for _, f := range faults {
		all = append(all, f.Code)
	}
	return all
}

func TestMovesAreRefusedWithEveryReason(t *testing.T) {
	closed := func(string) bool { return true }
	last := func(r lifecycle.Row, event, person string) lifecycle.Row { r.Last[event] = person; return r }
	cases := []struct {
		name string
		row  lifecycle.Row
		move lifecycle.Move
		want []string
	}{
		{"unknown event", row("found", nil), lifecycle.Move{Event: "nothing", Post: office}, []string{"lifecycle.event_unknown"}},
		{"wrong state, not by, nothing given", row("found", nil), lifecycle.Move{Event: "report", Post: office},
			[]string{"lifecycle.wrong_state", "lifecycle.not_by", "lifecycle.note_missing", "lifecycle.files_missing"}},
		{"column missing is told once", row("found", cells{"most": 30}), lifecycle.Move{Event: "notice", Post: office}, []string{"lifecycle.column_missing"}},
		{"guard does not hold", row("found", cells{"days": 31, "most": 30}), lifecycle.Move{Event: "notice", Post: office, Given: []string{"days"}}, []string{"lifecycle.guard"}},
		{"unknown counts as not holding", row("found", cells{"days": 3}), lifecycle.Move{Event: "notice", Post: office, Given: []string{"days"}}, []string{"lifecycle.guard_unknown"}},
		{"too long", row("found", cells{"days": 4000, "most": 5000}), lifecycle.Move{Event: "notice", Post: office, Given: []string{"days"}}, []string{"lifecycle.due_range"}},
		{"the maker is no second person", row("reported", nil), lifecycle.Move{Event: "accept", Post: inspector, ClosedParts: closed}, []string{"lifecycle.second"}},
		{"whoever gave notice is no second person", last(row("reported", nil), "notice", "second"), lifecycle.Move{Event: "accept", Post: second, ClosedParts: closed},
			[]string{"lifecycle.second"}},
		{"the program is no second person", row("reported", nil), lifecycle.Move{Event: "accept", Post: access.Post{Role: access.Program}, ClosedParts: closed}, []string{"lifecycle.second"}},
		{"open parts", row("reported", nil), lifecycle.Move{Event: "accept", Post: second, ClosedParts: func(string) bool { return false }}, []string{"lifecycle.parts_open"}},
		{"parts not known", row("reported", nil), lifecycle.Move{Event: "accept", Post: second}, []string{"lifecycle.parts_open"}},
		{"nobody given", row("noticed", nil), lifecycle.Move{Event: "assign", Post: head}, []string{"lifecycle.owner_missing"}},
		{"nothing to extend", row("noticed", cells{"more": 3}), lifecycle.Move{Event: "extend", Post: office, Note: true}, []string{"lifecycle.extend_nothing"}},
		{"the state before is not known", row("paused", nil), lifecycle.Move{Event: "resume", Post: office}, []string{"lifecycle.back_unknown"}},
	}
	for _, c := range cases {
		_, faults := rectification().Move(c.row, ofSchool, c.move, period.Calendar{})
		if got := codes(faults); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestFaultsAreSaidInTheWordsOfTheRow(t *testing.T) {
	r := row("found", cells{"days": 3})
	r.Title = func(name string) message.Pair {
		return map[string]message.Pair{"most": pair("最长整改天数", "Longest time"), "days": pair("整改天数", "Days")}[name]
	}
	_, faults := rectification().Move(r, ofSchool, lifecycle.Move{Event: "notice", Post: inspector, Given: nil}, period.Calendar{})
	want := "您当前的岗位不能办理“下达整改通知”，可以办理的是：局机关科室\n  如您另有岗位，请在右上角切换后再办；否则请联系上述岗位的人员。\n" +
		"“days”：办理“下达整改通知”须填写“整改天数”\n" +
		"不能办理“下达整改通知”：条件无法判定，缺少 最长整改天数\n  请先补齐上述内容，再行办理。"
	if got := faults.Text(message.Chinese); got != want {
		t.Errorf("said:\n%s\nwant:\n%s", got, want)
	}
}

// 2024-03-04 is a Monday.
func TestDeadlines(t *testing.T) {
	m, calendar := rectification(), period.Calendar{}
	began, faults := m.Begin(row("", nil), date("2024-03-01"), calendar)
	if faults != nil || began != (lifecycle.Next{State: "found", Since: date("2024-03-01"), Due: date("2024-03-08")}) {
		t.Fatalf("begins %+v %v", began, faults)
	}
	give := func(r lifecycle.Row, next lifecycle.Next) lifecycle.Row {
		r.State, r.Since, r.Due, r.Back = next.State, next.Since, next.Due, next.Back
		return r
	}
	r := give(row("", cells{"days": 10, "most": 30, "more": 5}), began)
	steps := []struct {
		event, day string
		post       access.Post
		want       lifecycle.Next
	}{
		{"notice", "2024-03-04", office, lifecycle.Next{State: "noticed", Since: date("2024-03-04"), Due: date("2024-03-18")}},
		{"extend", "2024-03-06", office, lifecycle.Next{State: "noticed", Since: date("2024-03-04"), Due: date("2024-03-25")}},
		{"pause", "2024-03-08", office, lifecycle.Next{State: "paused", Since: date("2024-03-08"), Due: date("2024-03-25"), Back: "noticed"}},
		{"resume", "2024-03-20", office, lifecycle.Next{State: "noticed", Since: date("2024-03-20"), Due: date("2024-04-04")}}, // 8 working days paused
		{"report", "2024-03-22", head, lifecycle.Next{State: "reported", Since: date("2024-03-22"), Due: date("2024-04-04")}},  // kept
		{"return", "2024-03-25", inspector, lifecycle.Next{State: "noticed", Since: date("2024-03-25"), Due: date("2024-04-08")}},
		{"report", "2024-03-26", head, lifecycle.Next{State: "reported", Since: date("2024-03-26"), Due: date("2024-04-08")}},
		{"accept", "2024-03-27", second, lifecycle.Next{State: "closed", Since: date("2024-03-27")}},
		{"reopen", "2024-05-06", second, lifecycle.Next{State: "noticed", Since: date("2024-05-06"), Due: date("2024-05-20")}},
	}
	for _, s := range steps {
		move := lifecycle.Move{Event: s.event, Post: s.post, Day: date(s.day), Given: []string{"days"}, Note: true, Files: 1, ClosedParts: func(string) bool { return true }}
		next, faults := m.Move(r, ofSchool, move, calendar)
		if faults != nil || next != s.want {
			t.Fatalf("%s on %s: %+v %v, want %+v", s.event, s.day, next, faults, s.want)
		}
		r = give(r, next)
		r.Last[s.event] = s.post.Person
	}
}

func TestMayCause(t *testing.T) {
	cases := []struct {
		name, state string
		post        access.Post
		want        []string
	}{
		{"head while noticed", "noticed", head, []string{"report", "assign"}},
		{"office while noticed", "noticed", office, []string{"extend", "pause"}},
		{"inspector while reported", "reported", inspector, []string{"return", "accept"}},
		{"head of another school", "noticed", person("x", access.SchoolHead, otherSchool), nil},
		{"closed", "closed", inspector, []string{"reopen"}},
	}
	for _, c := range cases {
		var got []string
		for _, e := range rectification().MayCause(row(c.state, nil), c.post, ofSchool) {
			got = append(got, e.Name)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}
