package lifecycle_test

import (
	"testing"

	"jiaoheng/access"
	"jiaoheng/expr"
	"jiaoheng/fault"
	"jiaoheng/frame"
	"jiaoheng/lifecycle"
	"jiaoheng/measure"
	"jiaoheng/message"
	"jiaoheng/period"
)

// cells are the numbers of one row; what is not there is missing.
type cells map[string]float64

func (c cells) Column(r expr.Reference) *frame.Column {
	column := frame.NewColumn(1)
	if number, ok := c[r.Name]; ok {
		column.Set(0, measure.Of(number))
	}
	return column
}

// values computes formulas over the cells, as a register does over a row.
func (c cells) values(f *expr.Written) measure.Value {
	out := frame.NewColumn(1)
	f.Ready.Run(c, expr.Shape{End: []int{1}, Leaf: frame.NewBitmap(1)}, 0, 1, out)
	return out.Get(0, f.Text)
}

var items = expr.Items{"days": {Type: expr.Numeric}, "most": {Type: expr.Numeric}, "more": {Type: expr.Numeric}}

func formula(text string) *expr.Written {
	ready, faults := expr.Load(fault.Place{}, text, items, expr.Wanted{})
	if faults != nil {
		panic(faults)
	}
	return &expr.Written{Text: text, Ready: ready}
}

func pair(chinese, english string) message.Pair {
	return message.Pair{Chinese: chinese, English: english}
}

func who(relation lifecycle.Relation, role access.Role) []lifecycle.Who {
	return []lifecycle.Who{{Relation: relation, Role: role}}
}

// rectification is a finding with a deadline, a pause, an extension, a second person and a reopening.
func rectification() *lifecycle.Machine {
	school, inspector, office := who(lifecycle.Own, access.SchoolHead), who(lifecycle.Above, access.Inspector), who(lifecycle.Above, access.BureauOffice)
	within := func(text string, count lifecycle.Count) *lifecycle.Due {
		return &lifecycle.Due{Within: formula(text), Count: count}
	}
	return &lifecycle.Machine{
		Register: "finding",
		Create:   inspector,
		States: []*lifecycle.State{
			{Name: "found", Title: pair("待下达", "To be noticed"), Tone: lifecycle.Open, Waits: office, Due: within("5", lifecycle.Working)},
			{Name: "noticed", Title: pair("整改中", "In rectification"), Tone: lifecycle.Open, Waits: school, Due: within("days", lifecycle.Working),
				Remind: []lifecycle.Step{{Days: 3, To: school}, {Days: 1, To: school}},
				Late:   []lifecycle.Step{{Days: 1, To: school}, {Days: 5, To: office, Letter: "urging"}}},
			{Name: "reported", Title: pair("待核查", "Reported"), Tone: lifecycle.Open, Waits: inspector, Due: &lifecycle.Due{Keep: true, Count: lifecycle.Working}},
			{Name: "paused", Title: pair("暂缓", "Paused"), Tone: lifecycle.Neutral, Pause: true, Waits: office, Silent: 30},
			{Name: "closed", Title: pair("已销号", "Closed"), Tone: lifecycle.Good, Final: true},
		},
		Events: []*lifecycle.Event{
			{Name: "notice", Title: pair("下达整改通知", "Give notice"), From: []string{"found"}, To: "noticed", By: office, Asks: []string{"days"},
				Guards: []lifecycle.Guard{{Holds: formula("days <= most"), Say: pair("整改期限不得超过规定天数", "the time is too long")}}},
			{Name: "report", Title: pair("报告整改结果", "Report"), From: []string{"noticed"}, To: "reported", By: school, Note: true, Attach: 1},
			{Name: "return", Title: pair("退回", "Send back"), From: []string{"reported"}, To: "noticed", By: inspector, Note: true, Takes: []string{"days"}},
			{Name: "accept", Title: pair("核查通过", "Accept"), From: []string{"reported"}, To: "closed", By: append(inspector, office...),
				Guards: []lifecycle.Guard{{Second: []string{lifecycle.Created, "report", "notice"}}, {Closed: "finding_item"}}},
			{Name: "extend", Title: pair("同意延期", "Extend"), From: []string{"noticed"}, By: office, Extend: formula("more"), Note: true},
			{Name: "pause", Title: pair("暂缓办理", "Pause"), From: []string{"noticed", "reported"}, To: "paused", By: office, Note: true},
			{Name: "resume", Title: pair("恢复办理", "Resume"), From: []string{"paused"}, To: lifecycle.Back, By: office},
			{Name: "reopen", Title: pair("重新打开", "Reopen"), From: []string{"closed"}, To: "noticed", By: inspector, Note: true},
			{Name: "assign", Title: pair("交办", "Assign"), From: []string{"noticed"}, By: school, Gives: lifecycle.GivesOwner},
		},
	}
}

// Places of the region: the county is everything, one school with a section lies in it, and another school beside it.
var (
	county      = access.Unit{Code: "county", From: 0, To: 10}
	school      = access.Unit{Code: "school", From: 1, To: 3}
	section     = access.Unit{Code: "section", From: 2, To: 3}
	otherSchool = access.Unit{Code: "other", From: 3, To: 5}
)

func person(name string, role access.Role, unit access.Unit) access.Post {
	return access.Post{ID: name, Person: name, Role: role, Unit: unit}
}

var (
	head      = person("head", access.SchoolHead, school)
	office    = person("office", access.BureauOffice, county)
	inspector = person("inspector", access.Inspector, county)
	second    = person("second", access.Inspector, county)
)

var ofSchool = lifecycle.Stand{Unit: "school", UnitPlace: school, Maker: "inspector"}

func date(text string) period.Date {
	d, ok := period.ParseDate(text)
	if !ok {
		panic(text)
	}
	return d
}

func row(state string, c cells) lifecycle.Row {
	return lifecycle.Row{State: state, Since: date("2024-03-04"), Last: map[string]string{lifecycle.Created: "inspector"}, Values: c.values,
		Date: func(string) period.Date { return period.Date{} }}
}

func TestTheMachineOfTheTestsIsWhole(t *testing.T) {
	if faults := rectification().Check(); faults != nil {
		t.Fatal(faults.Text(message.Chinese))
	}
}

func TestWhoFits(t *testing.T) {
	ofSection := lifecycle.Stand{Unit: "section", UnitPlace: section, Lead: "finance", Owner: "owner", Maker: "maker"}
	merged := person("head", access.SchoolHead, otherSchool)
	merged.Before = []access.Unit{school}
	inspecting := office
	inspecting.Subject = "督导"
	cases := []struct {
		name  string
		who   lifecycle.Who
		post  access.Post
		stand lifecycle.Stand
		want  bool
	}{
		{"own school", lifecycle.Who{Relation: lifecycle.Own, Role: access.SchoolHead}, head, ofSchool, true},
		{"own school of a section", lifecycle.Who{Relation: lifecycle.Own, Role: access.SchoolHead}, head, ofSection, true},
		{"other school", lifecycle.Who{Relation: lifecycle.Own, Role: access.SchoolHead}, person("x", access.SchoolHead, otherSchool), ofSchool, false},
		{"school merged into the own", lifecycle.Who{Relation: lifecycle.Own}, merged, ofSchool, true},
		{"other role of the school", lifecycle.Who{Relation: lifecycle.Own, Role: access.SchoolClerk}, head, ofSchool, false},
		{"any role of the school", lifecycle.Who{Relation: lifecycle.Own}, head, ofSchool, true},
		{"the school is not above itself", lifecycle.Who{Relation: lifecycle.Above}, head, ofSchool, false},
		{"the school is not above its section", lifecycle.Who{Relation: lifecycle.Above}, head, ofSection, false},
		{"the county is above", lifecycle.Who{Relation: lifecycle.Above, Role: access.Inspector}, inspector, ofSection, true},
		{"the county is not the school", lifecycle.Who{Relation: lifecycle.Own}, inspector, ofSchool, false},
		{"the county's own rows", lifecycle.Who{Relation: lifecycle.Own}, office, lifecycle.Stand{Unit: "county", UnitPlace: county}, true},
		{"office of the subject", lifecycle.Who{Relation: lifecycle.Above, Role: access.BureauOffice, Subject: "督导"}, inspecting, ofSchool, true},
		{"office of another subject", lifecycle.Who{Relation: lifecycle.Above, Role: access.BureauOffice, Subject: "财务"}, inspecting, ofSchool, false},
		{"office of every subject", lifecycle.Who{Relation: lifecycle.Above, Role: access.BureauOffice, Subject: "财务"}, office, ofSchool, true},
		{"lead", lifecycle.Who{Relation: lifecycle.Lead}, person("x", access.OtherDepartment, access.Unit{Code: "finance"}), ofSection, true},
		{"not lead", lifecycle.Who{Relation: lifecycle.Lead}, person("x", access.OtherDepartment, access.Unit{Code: "health"}), ofSection, false},
		{"nobody leads", lifecycle.Who{Relation: lifecycle.Lead}, person("x", access.OtherDepartment, access.Unit{}), ofSchool, false},
		{"owner", lifecycle.Who{Relation: lifecycle.Owner}, person("owner", access.Teacher, school), ofSection, true},
		{"owner of nothing", lifecycle.Who{Relation: lifecycle.Owner}, person("", access.Teacher, school), ofSchool, false},
		{"maker", lifecycle.Who{Relation: lifecycle.Maker}, person("maker", access.Teacher, otherSchool), ofSection, true},
		{"not the maker", lifecycle.Who{Relation: lifecycle.Maker}, head, ofSection, false},
		{"the program", lifecycle.Who{Relation: lifecycle.Maker}, access.Post{Role: access.Program}, ofSection, true},
		{"no relation", lifecycle.Who{}, head, ofSchool, false},
	}
	for _, c := range cases {
		if got := c.who.Fits(c.post, c.stand); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}
