package progress

import (
	"slices"

	"jiaoheng/access"
	"jiaoheng/assessment"
)

// Sight is what a post may see of a study.
type Sight struct {
	All  bool // every school by name: the office that owns the study, and the auditor
	Some bool // the schools in the subtree of the post, and the county's line
	Line bool // the county's line only: offices above the owner
	unit func(code string) access.Unit
	post access.Post
}

// thing is a study as rights see it.
func thing(owner access.Unit) access.Thing { return access.Thing{Class: access.Fact, Unit: owner} }

// MayMake tells whether a post may make studies at a unit: whoever holds the exams of the unit.
func MayMake(post access.Post, owner access.Unit) bool {
	return access.May(post, access.Change, thing(owner)) && assessment.MayHold(post, owner.Code)
}

// SightOf is what a post may see of a study of an owner. unit gives a unit with its place in the tree.
func SightOf(post access.Post, owner string, unit func(code string) access.Unit) Sight {
	at, own := unit(owner), thing(post.Unit)
	out := Sight{unit: unit, post: post}
	switch {
	case post.Role == access.Program || post.Role == access.Auditor:
		out.All = true
	case post.Unit.Code == owner:
		out.All = access.May(post, access.See, thing(at))
	case at.Contains(post.Unit):
		out.Some = access.May(post, access.See, own)
	case post.Unit.Contains(at):
		out.Line = access.May(post, access.See, thing(at))
	}
	return out
}

// Any tells whether anything may be seen.
func (s Sight) Any() bool { return s.All || s.Some || s.Line }

// School tells whether a school may be seen by name.
func (s Sight) School(code string) bool {
	if s.All || !s.Some {
		return s.All
	}
	one := s.unit(code)
	return s.post.Unit.Contains(one) || slices.ContainsFunc(s.post.Before, func(u access.Unit) bool { return u.Contains(one) })
}

// Seen leaves of a result what may be seen. The county's line, its counts and fields of many pupils stay.
func (r Result) Seen(s Sight) Result {
	if s.All {
		return r
	}
	r.Schools = slices.DeleteFunc(slices.Clone(r.Schools), func(one School) bool { return !s.School(one.Unit) })
	r.Parts = slices.Clone(r.Parts)
	for n := range r.Parts {
		part := &r.Parts[n]
		hide := func(one Effect) bool { return !s.School(one.Unit) }
		part.Main.Schools = slices.DeleteFunc(slices.Clone(part.Main.Schools), hide)
		part.Other.Schools = slices.DeleteFunc(slices.Clone(part.Other.Schools), hide)
		part.Points = slices.DeleteFunc(slices.Clone(part.Points), func(one Point) bool { return !s.School(one.Unit) })
	}
	return r
}
