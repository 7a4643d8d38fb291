package duty

import (
	"strings"
	"unicode"

	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/plan"
	"jiaoheng/plan/target"
	"jiaoheng/register"
)

// ProjectRegister is the register of projects of pack plan.
const ProjectRegister = "project"

// Project is a row of the register of projects as a plan counts it.
type Project struct {
	Row                        string
	Version                    int64
	Title, Unit, Lead, State   string
	Annex, Box, Measure, Owner string
	Plan                       string       // as stored; "" not said
	Track                      target.Track // as stored; "" not said
	Planned, Spent             target.Known // 万元
	Due                        period.Date
	Finished, Stopped, Overdue bool
}

// ProjectOf reads a row of the register of projects as it stands on the day.
func ProjectOf(r *pack.Register, row register.Row, day period.Date) Project {
	text := func(name string) string { return strings.TrimSpace(register.TextOf(r, row, name)) }
	p := Project{Row: row.ID, Version: row.Version, Title: text("title"), Unit: row.Unit, Lead: text(pack.ColumnLead), State: text(pack.ColumnState),
		Annex: text("annex"), Box: text("box"), Measure: text("measure"), Owner: text("owner_office"), Plan: text("plan_id"), Track: target.Track(text("track")),
		Planned: numberOf(r, row, "money_planned"), Spent: numberOf(r, row, "money_spent"), Due: register.DateOf(r, row, "ends_on")}
	switch p.State {
	case "accepted", "closed":
		p.Finished = true
	case "stopped":
		p.Stopped = true
	}
	if state := r.Life.State(p.State); state != nil {
		p.Overdue = state.DaysLate(register.DateOf(r, row, pack.ColumnDue), day) > 0
	}
	return p
}

func numberOf(r *pack.Register, row register.Row, name string) target.Known {
	if at := r.At(name); at >= 0 && row.Cells[at].Known {
		return target.Sure(row.Cells[at].Number)
	}
	return target.Known{}
}

// Named returns the nodes of the plan that answer to words: their label, their name, or both. Headings come before tasks and
// projects, and what is written alike before what is alike but for brackets, spaces and points; the first of these in which
// something answers counts. One node is an answer, several are a question.
func (o *Outline) Named(words string) []Node {
	words = strings.TrimSpace(words)
	if plainOf(words) == "" {
		return nil
	}
	for _, headings := range []bool{true, false} {
		for _, form := range []func(string) string{strings.TrimSpace, plainOf} {
			var found []Node
			for _, node := range o.Nodes {
				if takesProjects(node.Kind, headings) && answers(node, form(words), form) {
					found = append(found, node)
				}
			}
			if len(found) > 0 {
				return found
			}
		}
	}
	return nil
}

// takesProjects tells whether nodes of the kind are asked: headings, or what is done.
func takesProjects(kind plan.Kind, headings bool) bool {
	if headings {
		return kind == plan.Heading
	}
	return kind == plan.Task || kind == plan.Project
}

func answers(node Node, words string, form func(string) string) bool {
	label, name := node.Field("label"), node.Field("name")
	for _, called := range []string{label + name, name, label} {
		if called = form(called); called != "" && called == words {
			return true
		}
	}
	return false
}

// plainOf leaves the letters and figures of words.
func plainOf(words string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, words)
}
