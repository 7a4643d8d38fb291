package access

import (
	"slices"

	"jiaoheng/message"
)

// Role is what a post may see and do.
type Role string

// The roles. Program stands for the program itself: commands of the operator, jobs, the first start.
const (
	SystemAdministrator Role = "system_administrator"
	BureauLeader        Role = "bureau_leader"
	BureauOffice        Role = "bureau_office"
	OtherDepartment     Role = "other_department"
	TownCentreSchool    Role = "town_centre_school"
	SchoolHead          Role = "school_head"
	SchoolClerk         Role = "school_clerk"
	Teacher             Role = "teacher"
	Manager             Role = "manager" // of a kindergarten or a training centre
	Inspector           Role = "inspector"
	Expert              Role = "expert"
	Auditor             Role = "auditor"
	Public              Role = "public"
	Program             Role = "program"
)

// Roles returns the roles that a post can have, in the order in which they are shown.
func Roles() []Role {
	return []Role{SystemAdministrator, BureauLeader, BureauOffice, OtherDepartment, TownCentreSchool, SchoolHead, SchoolClerk,
		Teacher, Manager, Inspector, Expert, Auditor}
}

// Operation is what somebody wants to do.
type Operation string

// The operations. Open is to see personal columns unmasked; each opening is an action with a reason.
const (
	See     Operation = "see"
	Change  Operation = "change"
	Approve Operation = "approve"
	Open    Operation = "open"
)

// Class is a class of data.
type Class string

// The classes of data.
const (
	System      Class = "system"      // settings, keys, jobs
	Structure   Class = "structure"   // units and periods
	People      Class = "people"      // persons, posts, accounts
	Self        Class = "self"        // one's own account
	Plan        Class = "plan"        // plans, drafts, versions
	Fact        Class = "fact"        // rows of registers
	Personal    Class = "personal"    // columns about a person
	Record      Class = "record"      // rows that live: findings, tasks, visits
	Publication Class = "publication" // what is approved and published
	Chain       Class = "chain"       // the audit chain
	Draw        Class = "draw"        // draws of lots, and the names behind their lines
)

// Unit is a unit with its place in the preorder: the subtree is [From, To).
type Unit struct {
	Code     string
	From, To int
}

// Contains tells whether other lies in the subtree of u. A unit without an interval contains only itself.
func (u Unit) Contains(other Unit) bool {
	if u.To <= u.From || other.To <= other.From {
		return u.Code != "" && u.Code == other.Code
	}
	return u.From <= other.From && other.To <= u.To
}

// Post is the post somebody acts in.
type Post struct {
	ID      string
	Person  string
	Role    Role
	Unit    Unit
	Before  []Unit // units merged into Unit: their rows belong to the post as those of Unit do
	Subject string // of a bureau office, such as 督导; "" means every subject
}

// reaches tells whether the unit stands in the subtree of the post's unit, or of one that was merged into it.
func (p Post) reaches(u Unit) bool {
	return p.Unit.Contains(u) || slices.ContainsFunc(p.Before, func(before Unit) bool { return before.Contains(u) })
}

// Thing is what somebody wants to see or do something to. Zero parts do not matter to the rule, save that a thing
// without a unit belongs to the whole region and so only to posts at the root.
type Thing struct {
	Class   Class
	Unit    Unit
	Lead    string // code of the unit that leads it
	Subject string // the subject it belongs to
	Owner   string // the person whose it is or to whom it was given
}

// AtSchool tells whether posts of the role are held inside a school, a kindergarten or a training centre. All that lies below such
// a post are sections of that one school.
func (r Role) AtSchool() bool {
	return r == SchoolHead || r == SchoolClerk || r == Teacher || r == Manager
}

// Text returns the name of the role.
func (r Role) Text(language message.Language) string {
	return message.Text(language, "person.role."+string(r), nil)
}
