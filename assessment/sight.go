package assessment

import (
	"context"
	"slices"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/fault"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/person"
	"jiaoheng/unit"
)

// offices are the subjects of the offices of a bureau that run tests.
var offices = []string{"教研", "基础教育"}

// subjectOf is the subject under which a post holds exams.
func subjectOf(post access.Post) string {
	if slices.Contains(offices, post.Subject) {
		return post.Subject
	}
	return offices[0]
}

// MayHold tells whether a post holds the exams of a unit: the office for 教研 or 基础教育 of that unit, or the head and the clerk
// of the school whose exam it is.
func MayHold(post access.Post, owner string) bool {
	switch post.Role {
	case access.Program:
		return true
	case access.BureauOffice:
		return post.Unit.Code == owner && (post.Subject == "" || slices.Contains(offices, post.Subject))
	case access.SchoolHead, access.SchoolClerk:
		return post.Unit.Code == owner
	}
	return false
}

// SightOf returns what a post may see of an exam; false when it may know nothing of it.
//
// The office that holds it, the leader and other offices of the owner, and auditors see every school by name. A school sees
// itself and the total of its county; a town centre school sees the schools below it. A county sees its own schools in an exam
// of the city; the city sees in an exam of a county the totals. Everyone else sees nothing.
func SightOf(tree *unit.Tree, post access.Post, e Exam) (Sight, bool) {
	holder := MayHold(post, e.Owner)
	if e.State == Withdrawn && !holder && post.Role != access.Auditor {
		return Sight{}, false
	}
	owner := person.At(tree, e.Owner)
	switch post.Role {
	case access.Program, access.Auditor:
		return Sight{All: true, Holder: holder}, true
	case access.BureauLeader, access.BureauOffice:
		switch {
		case post.Unit.Code == e.Owner:
			return Sight{All: true, Holder: holder}, true
		case owner.Contains(post.Unit):
			return Sight{Units: unitsBelow(tree, post), Totals: map[string]bool{post.Unit.Code: true, e.Owner: true}}, true
		case post.Unit.Contains(owner):
			return Sight{Totals: map[string]bool{e.Owner: true}}, true
		}
	case access.TownCentreSchool:
		if owner.Contains(post.Unit) {
			return Sight{Units: unitsBelow(tree, post), Totals: totalsOf(tree, post.Unit.Code)}, true
		}
	case access.SchoolHead, access.SchoolClerk, access.Teacher:
		if !owner.Contains(post.Unit) && !before(post, e.Owner) {
			return Sight{}, false
		}
		sight := Sight{Units: unitsBelow(tree, post), Totals: totalsOf(tree, post.Unit.Code), Holder: holder}
		if post.Role != access.Teacher {
			sight.Own = post.Unit.Code
		}
		return sight, true
	}
	return Sight{}, false
}

func before(post access.Post, owner string) bool {
	return slices.ContainsFunc(post.Before, func(u access.Unit) bool { return u.Code == owner })
}

// unitsBelow are the unit of a post, those merged into it, and every unit below one of them.
func unitsBelow(tree *unit.Tree, post access.Post) map[string]bool {
	units := map[string]bool{}
	for _, u := range append([]access.Unit{post.Unit}, post.Before...) {
		units[u.Code] = true
		for n := u.From; n < u.To; n++ {
			units[tree.At(n).Code] = true
		}
	}
	return units
}

// totalsOf is the county in which a unit lies: its total is what a school is compared with.
func totalsOf(tree *unit.Tree, code string) map[string]bool {
	n, known := tree.Number(code)
	for known && n >= 0 {
		if u := tree.At(n); u.Kind == unit.County {
			return map[string]bool{u.Code: true}
		}
		n = tree.Parent(n)
	}
	return nil
}

// leastOf is the least size of a group that may be shown today at an owner.
//
// Errors: a fault when no pack says it, as nothing may be shown then.
func (d *Desk) leastOf(tree *unit.Tree, owner string) (int, error) {
	today := period.DayAt(d.store.Now())
	if parameter, known := d.set.Everything().Parameter(smallCount); known {
		if least, _, found := pack.ResolveFor("", parameter.Values, today, Regions(tree, owner), nil); found {
			return int(least), nil
		}
	}
	return 0, fault.New("assessment.least_unknown", nil)
}

// Regions are the code of a unit and those of all above it, nearest first.
func Regions(tree *unit.Tree, code string) []string {
	all := []string{code}
	n, known := tree.Number(code)
	for known {
		if n = tree.Parent(n); n < 0 {
			break
		}
		all = append(all, tree.At(n).Code)
	}
	return all
}

// Sight returns what the actor may see of an exam.
//
// Errors: ErrNotFound for an exam that is not there and for whoever may know nothing of it.
func (d *Desk) Sight(ctx context.Context, actor action.Actor, id string) (Exam, Sight, error) {
	e, err := d.store.Exam(ctx, id)
	if err != nil {
		return e, Sight{}, err
	}
	tree, err := d.store.Tree(ctx)
	if err != nil {
		return e, Sight{}, err
	}
	sight, may := SightOf(tree, actor.Post, e)
	if !may {
		return Exam{}, Sight{}, ErrNotFound
	}
	sight.Least, err = d.leastOf(tree, e.Owner)
	return e, sight, err
}

// MaySee tells whether a post may see exams at all.
func MaySee(post access.Post) bool {
	switch post.Role {
	case access.Program, access.Auditor, access.BureauLeader, access.BureauOffice, access.TownCentreSchool, access.SchoolHead, access.SchoolClerk, access.Teacher:
		return true
	}
	return false
}
