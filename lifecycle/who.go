package lifecycle

import (
	"slices"

	"jiaoheng/access"
	"jiaoheng/message"
)

// Stand is how a row stands to people: its unit with the place of that unit in the tree, the unit that leads it, the person
// to whom it was given, the person who made it, and the subject of the bureau office whose business it is.
type Stand struct {
	Unit      string
	UnitPlace access.Unit
	Lead      string
	Owner     string
	Maker     string
	Subject   string
}

// Fits tells whether somebody in the post is among those named. A bureau office without a subject fits every subject. The
// program fits everywhere; what needs a second person it still cannot do, see Machine.Move.
func (w Who) Fits(post access.Post, stand Stand) bool {
	if post.Role == access.Program {
		return true
	}
	if w.Role != "" && w.Role != post.Role {
		return false
	}
	if w.Subject != "" && post.Subject != "" && w.Subject != post.Subject {
		return false
	}
	switch w.Relation {
	case Own:
		return isOwn(post, stand)
	case Above:
		return !isOwn(post, stand) && reaches(post, stand)
	case Lead:
		return stand.Lead != "" && isAt(post, stand.Lead)
	case Owner:
		return stand.Owner != "" && stand.Owner == post.Person
	case Maker:
		return stand.Maker != "" && stand.Maker == post.Person
	}
	return false
}

// AnyFits tells whether somebody in the post is among any of those named.
func AnyFits(who []Who, post access.Post, stand Stand) bool {
	return slices.ContainsFunc(who, func(w Who) bool { return w.Fits(post, stand) })
}

func isOwn(post access.Post, stand Stand) bool {
	return stand.Unit != "" && isAt(post, stand.Unit) || post.Role.AtSchool() && reaches(post, stand)
}

// isAt tells whether the post is held at the unit, or at the one into which that unit was merged.
func isAt(post access.Post, unit string) bool {
	return post.Unit.Code == unit || slices.ContainsFunc(post.Before, func(before access.Unit) bool { return before.Code == unit })
}

func reaches(post access.Post, stand Stand) bool {
	return post.Unit.Contains(stand.UnitPlace) ||
		slices.ContainsFunc(post.Before, func(before access.Unit) bool { return before.Contains(stand.UnitPlace) })
}

// rolesOfBureaus are the roles of the people of an education bureau. Which bureau is meant is plain from the row.
var rolesOfBureaus = []access.Role{access.BureauLeader, access.BureauOffice, access.Inspector}

// Text says who is meant: 局机关科室（督导）, 本单位校（园）长.
func (w Who) Text(language message.Language) string {
	relation := message.Text(language, "lifecycle.relation."+string(w.Relation), nil)
	plain := slices.Contains(rolesOfBureaus, w.Role) && (w.Relation == Own || w.Relation == Above)
	switch {
	case w.Role == "":
		return relation
	case plain && w.Subject == "":
		return w.Role.Text(language)
	case plain:
		return message.Text(language, "lifecycle.who_bureau", message.Args{"role": w.Role.Text(language), "subject": w.Subject})
	case w.Subject == "":
		return message.Text(language, "lifecycle.who", message.Args{"relation": relation, "role": w.Role.Text(language)})
	}
	return message.Text(language, "lifecycle.who_subject",
		message.Args{"relation": relation, "role": w.Role.Text(language), "subject": w.Subject})
}

// TextOf says who are meant, one after the other.
func TextOf(who []Who, language message.Language) string {
	texts := make([]string, 0, len(who))
	for _, w := range who {
		if text := w.Text(language); !slices.Contains(texts, text) {
			texts = append(texts, text)
		}
	}
	return join(texts, language)
}
