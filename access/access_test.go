package access_test

import (
	"testing"

	"jiaoheng/access"
	"jiaoheng/message"
)

// The units of the cases: a county with two schools; school one has a section.
var (
	county    = access.Unit{Code: "330100", From: 0, To: 10}
	schoolOne = access.Unit{Code: "3133010001", From: 2, To: 4}
	section   = access.Unit{Code: "3133010001-primary", From: 3, To: 4}
	schoolTwo = access.Unit{Code: "3133010002", From: 4, To: 5}
	finance   = access.Unit{Code: "finance", From: 9, To: 10}
)

func post(role access.Role, unit access.Unit) access.Post {
	return access.Post{ID: "post", Person: "me", Role: role, Unit: unit}
}

func TestRights(t *testing.T) {
	fact := func(u access.Unit) access.Thing { return access.Thing{Class: access.Fact, Unit: u} }
	personal := func(u access.Unit) access.Thing { return access.Thing{Class: access.Personal, Unit: u} }
	inspecting := post(access.BureauOffice, county)
	inspecting.Subject = "督导"
	merged := post(access.SchoolHead, schoolTwo)
	merged.Before = []access.Unit{schoolOne}
	cases := []struct {
		name      string
		post      access.Post
		operation access.Operation
		thing     access.Thing
		want      bool
	}{
		{"administrator sees no facts", post(access.SystemAdministrator, county), access.See, fact(schoolOne), false},
		{"administrator sees no personal columns", post(access.SystemAdministrator, county), access.See, personal(schoolOne), false},
		{"administrator makes accounts", post(access.SystemAdministrator, access.Unit{}), access.Change, access.Thing{Class: access.People}, true},
		{"leader sees facts below", post(access.BureauLeader, county), access.See, fact(section), true},
		{"leader approves", post(access.BureauLeader, county), access.Approve, access.Thing{Class: access.Plan}, true},
		{"leader does not unmask", post(access.BureauLeader, county), access.Open, personal(schoolOne), false},
		{"office changes its subject", inspecting, access.Change, access.Thing{Class: access.Record, Unit: schoolOne, Subject: "督导"}, true},
		{"office sees other subjects", inspecting, access.See, access.Thing{Class: access.Record, Unit: schoolOne, Subject: "财务"}, true},
		{"office leaves other subjects alone", inspecting, access.Change, access.Thing{Class: access.Record, Unit: schoolOne, Subject: "财务"}, false},
		{"office writes plans", post(access.BureauOffice, county), access.Change, access.Thing{Class: access.Plan}, true},
		{"office makes no accounts", post(access.BureauOffice, county), access.Change, access.Thing{Class: access.People, Unit: schoolOne}, false},
		{"department sees what it leads", post(access.OtherDepartment, finance), access.Change, access.Thing{Class: access.Record, Unit: schoolOne, Lead: "finance"}, true},
		{"department sees nothing else", post(access.OtherDepartment, finance), access.See, access.Thing{Class: access.Record, Unit: schoolOne, Lead: "health"}, false},
		{"department without a leader named", post(access.OtherDepartment, access.Unit{}), access.See, access.Thing{Class: access.Record}, false},
		{"head changes the own section", post(access.SchoolHead, schoolOne), access.Change, fact(section), true},
		{"head sees no other school", post(access.SchoolHead, schoolOne), access.See, fact(schoolTwo), false},
		{"head sees nothing above", post(access.SchoolHead, schoolOne), access.See, fact(county), false},
		{"head unmasks the own school", post(access.SchoolHead, schoolOne), access.Open, personal(section), true},
		{"head sees the rows of a school merged into the own", merged, access.See, fact(section), true},
		{"head sees no more by a merger", merged, access.See, fact(finance), false},
		{"clerk does not approve", post(access.SchoolClerk, schoolOne), access.Approve, fact(schoolOne), false},
		{"teacher sees the own rows", post(access.Teacher, schoolOne), access.See, access.Thing{Class: access.Fact, Unit: schoolOne, Owner: "me"}, true},
		{"teacher sees no other rows", post(access.Teacher, schoolOne), access.See, access.Thing{Class: access.Fact, Unit: schoolOne, Owner: "other"}, false},
		{"teacher sees no row of nobody", access.Post{Role: access.Teacher}, access.See, access.Thing{Class: access.Fact}, false},
		{"inspector writes findings below", post(access.Inspector, county), access.Change, access.Thing{Class: access.Record, Unit: schoolTwo}, true},
		{"expert sees what was given", post(access.Expert, county), access.See, access.Thing{Class: access.Record, Unit: schoolOne, Owner: "me"}, true},
		{"expert sees no more", post(access.Expert, county), access.See, access.Thing{Class: access.Record, Unit: schoolOne}, false},
		{"auditor sees the chain", post(access.Auditor, access.Unit{}), access.See, access.Thing{Class: access.Chain}, true},
		{"public sees publications", post(access.Public, access.Unit{}), access.See, access.Thing{Class: access.Publication}, true},
		{"public sees no plan at work", post(access.Public, access.Unit{}), access.See, access.Thing{Class: access.Plan}, false},
		{"own account", post(access.Teacher, schoolOne), access.Change, access.Thing{Class: access.Self, Owner: "me"}, true},
		{"account of another", post(access.SystemAdministrator, county), access.Change, access.Thing{Class: access.Self, Owner: "other"}, false},
		{"account of nobody", access.Post{}, access.Change, access.Thing{Class: access.Self}, false},
		{"no role", access.Post{Person: "me", Unit: county}, access.See, fact(schoolOne), false},
		{"unit without interval is itself only", post(access.SchoolHead, access.Unit{Code: "a"}), access.See, fact(access.Unit{Code: "a"}), true},
		{"no unit on either side", post(access.SchoolHead, access.Unit{}), access.See, fact(access.Unit{}), false},
	}
	for _, c := range cases {
		if got := access.May(c.post, c.operation, c.thing); got != c.want {
			t.Errorf("%s: got %v", c.name, got)
		}
	}
}

var classes = []access.Class{access.System, access.Structure, access.People, access.Plan, access.Fact, access.Personal, access.Record,
	access.Publication, access.Chain}

func TestTheAuditorSeesAllAndChangesNothing(t *testing.T) {
	for _, class := range classes {
		thing := access.Thing{Class: class, Unit: schoolOne}
		if !access.May(post(access.Auditor, access.Unit{}), access.See, thing) {
			t.Errorf("the auditor does not see %s", class)
		}
		for _, operation := range []access.Operation{access.Change, access.Approve, access.Open} {
			if access.May(post(access.Auditor, county), operation, thing) {
				t.Errorf("the auditor may %s %s", operation, class)
			}
		}
	}
}

func TestEveryRoleHasANameAndAnUnknownRoleHasNoRight(t *testing.T) {
	for _, role := range access.Roles() {
		if role.Text(message.Chinese) == "" || role.Text(message.English) == "" {
			t.Errorf("%s has no name", role)
		}
	}
	for _, class := range classes {
		if access.May(post("emperor", county), access.See, access.Thing{Class: class, Unit: schoolOne}) {
			t.Errorf("an unknown role sees %s", class)
		}
	}
}

func TestWhoGivesRoles(t *testing.T) {
	cases := []struct {
		name string
		post access.Post
		role access.Role
		unit access.Unit
		want bool
	}{
		{"administrator makes a leader", post(access.SystemAdministrator, access.Unit{}), access.BureauLeader, county, true},
		{"nobody becomes the program", post(access.SystemAdministrator, access.Unit{}), access.Program, county, false},
		{"head makes a clerk", post(access.SchoolHead, schoolOne), access.SchoolClerk, section, true},
		{"head makes no head", post(access.SchoolHead, schoolOne), access.SchoolHead, schoolOne, false},
		{"head makes no clerk elsewhere", post(access.SchoolHead, schoolOne), access.SchoolClerk, schoolTwo, false},
		{"leader makes nobody", post(access.BureauLeader, county), access.Teacher, schoolOne, false},
	}
	for _, c := range cases {
		if got := access.MayGrant(c.post, c.role, c.unit); got != c.want {
			t.Errorf("%s: got %v", c.name, got)
		}
	}
}

func BenchmarkMay(b *testing.B) {
	p, thing := post(access.SchoolHead, schoolOne), access.Thing{Class: access.Fact, Unit: section}
	for b.Loop() {
		access.May(p, access.Change, thing)
	}
}
