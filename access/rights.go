package access

import "slices"

// reach is where a right holds.
type reach int

const (
	everywhere reach = iota + 1
	subtree          // things of units in the subtree of the post
	led              // things that the unit of the post leads
	owned            // things of the person
	subject          // things in the subtree that belong to the subject of the post, or to none
)

type right struct {
	reach      reach
	operations []Operation
}

var (
	see              = []Operation{See}
	seeChange        = []Operation{See, Change}
	seeApprove       = []Operation{See, Approve}
	seeChangeApprove = []Operation{See, Change, Approve}
	seeChangeOpen    = []Operation{See, Change, Open}
	all              = []Operation{See, Change, Approve, Open}
)

// rights is the whole of the rules: role, class, where, what. What does not stand here is refused.
var rights = map[Role]map[Class][]right{
	SystemAdministrator: {
		System: {{everywhere, seeChange}}, Structure: {{everywhere, seeChange}}, People: {{everywhere, seeChange}},
		Plan: {{everywhere, see}}, Publication: {{everywhere, see}},
	},
	BureauLeader: {
		Structure: {{everywhere, see}}, People: {{subtree, see}}, Plan: {{everywhere, seeChangeApprove}}, Fact: {{subtree, seeApprove}},
		Personal: {{subtree, see}}, Record: {{subtree, seeApprove}}, Publication: {{everywhere, seeApprove}}, Chain: {{everywhere, see}}, Draw: {{subtree, seeApprove}},
	},
	BureauOffice: {
		Structure: {{everywhere, seeChange}}, People: {{subtree, see}}, Plan: {{everywhere, seeChangeApprove}},
		Fact: {{subtree, see}, {subject, []Operation{See, Change, Approve}}}, Personal: {{subtree, see}, {subject, []Operation{See, Open}}},
		Record: {{subtree, see}, {subject, seeChange}}, Publication: {{everywhere, seeChange}}, Draw: {{subtree, seeChangeOpen}},
	},
	OtherDepartment: {
		Structure: {{everywhere, see}}, Plan: {{everywhere, see}}, Fact: {{led, seeChange}}, Record: {{led, seeChange}},
		Publication: {{everywhere, see}},
	},
	TownCentreSchool: {
		Structure: {{everywhere, see}}, People: {{subtree, see}}, Plan: {{everywhere, see}}, Fact: {{subtree, []Operation{See, Change, Approve}}},
		Personal: {{subtree, see}}, Record: {{subtree, seeChange}}, Publication: {{everywhere, see}}, Draw: {{subtree, see}},
	},
	SchoolHead: {
		Structure: {{everywhere, see}}, People: {{subtree, seeChange}}, Plan: {{everywhere, see}}, Fact: {{subtree, all}},
		Personal: {{subtree, seeChangeOpen}}, Record: {{subtree, seeChange}}, Publication: {{everywhere, see}}, Draw: {{subtree, all}},
	},
	SchoolClerk: {
		Structure: {{everywhere, see}}, People: {{subtree, see}}, Plan: {{everywhere, see}}, Fact: {{subtree, seeChange}},
		Personal: {{subtree, seeChangeOpen}}, Record: {{subtree, seeChange}}, Publication: {{everywhere, see}}, Draw: {{subtree, seeChangeOpen}},
	},
	Teacher: {
		Structure: {{everywhere, see}}, Plan: {{everywhere, see}}, Fact: {{owned, seeChange}}, Personal: {{owned, []Operation{See, Open}}},
		Record: {{owned, seeChange}}, Publication: {{everywhere, see}},
	},
	Manager: {
		Structure: {{everywhere, see}}, People: {{subtree, see}}, Plan: {{everywhere, see}}, Fact: {{subtree, all}},
		Personal: {{subtree, seeChangeOpen}}, Record: {{subtree, seeChange}}, Publication: {{everywhere, see}},
	},
	Inspector: {
		Structure: {{everywhere, see}}, Plan: {{everywhere, see}}, Fact: {{subtree, see}}, Record: {{subtree, seeChange}, {owned, seeChange}},
		Publication: {{everywhere, see}}, Draw: {{subtree, see}},
	},
	Expert: {
		Structure: {{everywhere, see}}, Plan: {{everywhere, see}}, Record: {{owned, seeChange}}, Publication: {{everywhere, see}},
	},
	Auditor: {
		System: {{everywhere, see}}, Structure: {{everywhere, see}}, People: {{everywhere, see}}, Plan: {{everywhere, see}},
		Fact: {{everywhere, see}}, Personal: {{everywhere, see}}, Record: {{everywhere, see}}, Publication: {{everywhere, see}}, Chain: {{everywhere, see}}, Draw: {{everywhere, see}},
	},
	Public: {Publication: {{everywhere, see}}},
}

// May tells whether somebody in post may do operation to thing. Everyone signed in may see and change their own
// account; the program may do everything.
func May(post Post, operation Operation, thing Thing) bool {
	if post.Role == Program {
		return true
	}
	if thing.Class == Self {
		return post.Person != "" && thing.Owner == post.Person
	}
	for _, r := range rights[post.Role][thing.Class] {
		if slices.Contains(r.operations, operation) && r.holds(post, thing) {
			return true
		}
	}
	return false
}

func (r right) holds(post Post, thing Thing) bool {
	switch r.reach {
	case everywhere:
		return true
	case subtree:
		return post.reaches(thing.Unit)
	case subject:
		return post.reaches(thing.Unit) && (post.Subject == "" || thing.Subject == "" || post.Subject == thing.Subject)
	case led:
		return thing.Lead != "" && thing.Lead == post.Unit.Code
	case owned:
		return thing.Owner != "" && thing.Owner == post.Person
	}
	return false
}

// MayGrant tells whether somebody in post may give somebody the role at unit, or take it away. A system administrator
// may give every role; a school head may make clerks and teachers of the school.
func MayGrant(post Post, role Role, unit Unit) bool {
	switch post.Role {
	case Program, SystemAdministrator:
		return slices.Contains(Roles(), role)
	case SchoolHead:
		return (role == SchoolClerk || role == Teacher) && post.Unit.Contains(unit)
	}
	return false
}
