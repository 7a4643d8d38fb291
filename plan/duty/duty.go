package duty

import (
	"strings"
	"time"
	"unicode/utf8"

	"jiaoheng/access"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/period"
	"jiaoheng/plan"
	"jiaoheng/plan/target"
	"jiaoheng/record"
	"jiaoheng/unit"
)

// Limits of a duty.
const (
	MaxDuties       = 2000 // confirmed at once
	MaxHelpers      = 30
	MaxDeliverables = 20
	MaxMilestones   = 30
	MaxProjects     = 30
	MaxName         = 200       // characters of a milestone or of what is handed in
	MaxReason       = 500       // characters
	MaxMoney        = 1_000_000 // 万元
)

// Milestone is a point on the way with its day.
type Milestone struct {
	Name string      `json:"name"`
	Due  period.Date `json:"due"`
}

// Duty is who leads a node of a plan, who helps, by when, with what to hand in. Of the duties of a node the one approved last
// holds.
type Duty struct {
	target.Decision
	Plan         string
	Node         target.Track
	Lead         string   // code of a unit
	Helpers      []string // codes of units
	Start, Due   period.Date
	Deliverables []string
	Milestones   []Milestone
	Money        target.Known // 万元
	Projects     []record.Ref
}

// Draft is what a person wants a duty to say.
type Draft struct {
	Node         target.Track
	Lead         string
	Helpers      []string
	Start, Due   period.Date
	Deliverables []string
	Milestones   []Milestone
	Money        target.Known
	Projects     []record.Ref
	Reason       string
}

// Draft returns what the duty says.
func (d Duty) Draft() Draft {
	return Draft{Node: d.Node, Lead: d.Lead, Helpers: d.Helpers, Start: d.Start, Due: d.Due, Deliverables: d.Deliverables,
		Milestones: d.Milestones, Money: d.Money, Projects: d.Projects, Reason: d.Reason}
}

// write puts what a draft says into a duty.
func (d *Duty) write(draft Draft) {
	d.Node, d.Lead, d.Helpers, d.Start, d.Due, d.Deliverables = draft.Node, draft.Lead, draft.Helpers, draft.Start, draft.Due, draft.Deliverables
	d.Milestones, d.Money, d.Projects, d.Reason = draft.Milestones, draft.Money, draft.Projects, draft.Reason
}

// NeedsLead tells whether nodes of the kind want somebody who leads them. Headings order the text, facts say how things were.
func NeedsLead(kind plan.Kind) bool {
	return kind == plan.Target || kind == plan.Task || kind == plan.Project || kind == plan.Mechanism
}

// thing is what every right about duties is asked for.
var thing = access.Thing{Class: access.Plan}

// MayChange tells whether somebody in post may confirm and propose duties.
func MayChange(post access.Post) bool { return access.May(post, access.Change, thing) }

// MayApprove tells whether somebody in post may be the second person.
func MayApprove(post access.Post) bool { return access.May(post, access.Approve, thing) }

// Fields of the form, as faults name them.
const (
	FieldLead         = "lead"
	FieldHelpers      = "helpers"
	FieldStart        = "start"
	FieldDue          = "due"
	FieldDeliverables = "deliverables"
	FieldMilestones   = "milestones"
	FieldMoney        = "money"
	FieldProjects     = "projects"
	FieldReason       = "reason"
)

// check tells everything that is wrong with a draft. Units are looked up as they are on the day.
func (d Draft) check(tree *unit.Tree, day period.Date) fault.List {
	var faults fault.List
	at := func(field, code string, args message.Args) {
		faults.Add(fault.At(fault.Place{Column: field}, code, args))
	}
	known := func(field, code string) {
		if u, there := tree.Find(code); !there {
			at(field, "duty.unit_unknown", message.Args{"code": code})
		} else if !u.OpenOn(day) || u.Kind == unit.Section {
			at(field, "duty.unit_closed", message.Args{"unit": u.Name})
		}
	}
	if d.Lead == "" {
		at(FieldLead, "duty.lead_missing", nil)
	} else {
		known(FieldLead, d.Lead)
	}
	seen := map[string]bool{}
	for _, helper := range d.Helpers {
		if known(FieldHelpers, helper); helper == d.Lead || seen[helper] {
			at(FieldHelpers, "duty.helper_twice", message.Args{"unit": nameOf(tree, helper)})
		}
		seen[helper] = true
	}
	if len(d.Helpers) > MaxHelpers {
		at(FieldHelpers, "duty.helpers_many", message.Args{"limit": MaxHelpers})
	}
	if !d.Start.IsZero() && !d.Due.IsZero() && d.Due.Before(d.Start) {
		at(FieldDue, "duty.due_early", message.Args{"start": d.Start})
	}
	if money := d.Money; money.Is && !(money.Number >= 0 && money.Number <= MaxMoney) {
		at(FieldMoney, "duty.money_out", message.Args{"limit": MaxMoney})
	}
	if len(d.Projects) > MaxProjects {
		at(FieldProjects, "duty.projects_many", message.Args{"limit": MaxProjects})
	}
	return append(faults, d.checkWords(at)...)
}

// checkWords looks at deliverables, milestones and the reason. It tells through at and returns nothing of its own.
func (d Draft) checkWords(at func(field, code string, args message.Args)) fault.List {
	if len(d.Deliverables) > MaxDeliverables {
		at(FieldDeliverables, "duty.deliverables_many", message.Args{"limit": MaxDeliverables})
	}
	for _, name := range d.Deliverables {
		if long(name, MaxName) {
			at(FieldDeliverables, "duty.name_long", message.Args{"name": short(name), "limit": MaxName})
		}
	}
	if len(d.Milestones) > MaxMilestones {
		at(FieldMilestones, "duty.milestones_many", message.Args{"limit": MaxMilestones})
	}
	for _, m := range d.Milestones {
		switch {
		case strings.TrimSpace(m.Name) == "" || !m.Due.Valid():
			at(FieldMilestones, "duty.milestone_lacks", message.Args{"name": short(m.Name)})
		case long(m.Name, MaxName):
			at(FieldMilestones, "duty.name_long", message.Args{"name": short(m.Name), "limit": MaxName})
		case !d.Start.IsZero() && m.Due.Before(d.Start), !d.Due.IsZero() && d.Due.Before(m.Due):
			at(FieldMilestones, "duty.milestone_outside", message.Args{"name": short(m.Name), "day": m.Due})
		}
	}
	if long(d.Reason, MaxReason) {
		at(FieldReason, "action.reason_long", message.Args{"limit": MaxReason})
	}
	return nil
}

func long(text string, limit int) bool { return utf8.RuneCountInString(text) > limit }

// short names a text in a message.
func short(text string) string {
	if runes := []rune(text); len(runes) > 30 {
		return string(runes[:30]) + "…"
	}
	return text
}

// nameOf returns what people call a unit, its code when there is none.
func nameOf(tree *unit.Tree, code string) string {
	if u, known := tree.Find(code); known {
		return u.Name
	}
	return code
}

// InForce returns of some duties, for every node, the one that held at the moment: the one approved last by then.
func InForce(duties []Duty, at time.Time) map[target.Track]Duty {
	held := map[target.Track]Duty{}
	for _, d := range duties {
		before, there := held[d.Node]
		if d.State != target.Approved || d.ApprovedAt.After(at) {
			continue
		}
		if !there || before.ApprovedAt.Before(d.ApprovedAt) || before.ApprovedAt.Equal(d.ApprovedAt) && before.Number < d.Number {
			held[d.Node] = d
		}
	}
	return held
}
