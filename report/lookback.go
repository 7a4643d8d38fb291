package report

import (
	"strconv"

	"jiaoheng/message"
	"jiaoheng/period"
)

// Past is what was known of a plan at the end of a day in the past, and what became of it since. Names are those of people and
// units as they are called today; figures are texts, as the pages of that day showed them.
type Past struct {
	Day       period.Date
	Unit      string // code of the unit that is looked back on
	UnitName  string
	Plan      string // id
	PlanName  string
	Version   int
	AdoptedBy string
	AdoptedAt string
	Hash      string // of the version
	Entries   int64  // entries of the audit chain by then
	Targets   []PastTarget
	Duties    []PastDuty
	Decisions []PastDecision // that held on the day, and how they came about, the oldest first
	Later     []PastDecision // that were made since
}

// PastTarget is a target with its goal and value as known on the day, and as known today.
type PastTarget struct {
	Name              string
	Goal, Baseline    string
	Source            string
	Value, Period     string
	Light             string
	NowGoal, NowValue string
	NowBaseline       string
}

// Changed tells whether anything is told otherwise today.
func (t PastTarget) Changed() bool {
	return t.Goal != t.NowGoal || t.Value != t.NowValue || t.Baseline != t.NowBaseline
}

// PastDuty is who led a node.
type PastDuty struct {
	Node, Lead, Helpers, Due, By, At string
}

// PastDecision is one decision: what it was about, who wanted it and why, who approved it.
type PastDecision struct {
	Kind, About, Reason      string
	By, At, Second, SecondAt string
}

// LookBack composes the look-back (倒查) of a plan on a day: what held, who had decided it, what was known, and what has been
// decided and found since.
func LookBack(past Past) Report {
	day := past.Day.Text(message.Chinese)
	r := New(Lookback, say("report.past.title", "plan", past.PlanName, "day", day), past.Day)
	r.Unit, r.UnitName, r.Plan, r.PlanName, r.Period = past.Unit, past.UnitName, past.Plan, past.PlanName, day
	r.Heading(1, say("report.past.held"))
	r.Text(say("report.past.held_text", "day", day, "plan", past.PlanName, "number", past.Version, "name", past.AdoptedBy, "at", past.AdoptedAt))
	r.Text(say("report.past.chain", "entries", past.Entries, "hash", past.Hash))
	past.targets(r)
	past.duties(r)
	r.Heading(1, say("report.past.decided"))
	r.Text(say("report.past.decided_text", "count", len(past.Decisions)))
	r.Table(decisionTable(say("report.past.decided"), past.Decisions))
	past.since(r)
	r.Note(say("report.past.rules"))
	return *r
}

func (p Past) targets(r *Report) {
	r.Heading(1, say("report.past.known", "unit", p.UnitName))
	if len(p.Targets) == 0 {
		r.Text(say("report.past.no_targets", "unit", p.UnitName))
		return
	}
	table := Table{Caption: say("report.past.known", "unit", p.UnitName), Columns: pastColumns("target", "baseline", "goal", "source", "value", "period", "light")}
	for _, one := range p.Targets {
		table.Rows = append(table.Rows, []string{one.Name, one.Baseline, one.Goal, one.Source, one.Value, one.Period, one.Light})
	}
	r.Table(table)
}

func (p Past) duties(r *Report) {
	r.Heading(1, say("report.past.duties"))
	if len(p.Duties) == 0 {
		r.Text(say("report.past.no_duties"))
		return
	}
	table := Table{Caption: say("report.past.duties"), Columns: pastColumns("node", "lead", "helpers", "due", "by", "at")}
	for _, one := range p.Duties {
		table.Rows = append(table.Rows, []string{one.Node, one.Lead, one.Helpers, one.Due, one.By, one.At})
	}
	r.Table(table)
}

func decisionTable(caption string, decisions []PastDecision) Table {
	table := Table{Caption: caption, Columns: pastColumns("kind", "about", "reason", "by", "at", "second", "second_at")}
	for _, one := range decisions {
		table.Rows = append(table.Rows, []string{one.Kind, one.About, one.Reason, one.By, one.At, one.Second, one.SecondAt})
	}
	return table
}

// since tells what was decided after the day, and which figures are told otherwise today.
func (p Past) since(r *Report) {
	r.Heading(1, say("report.past.since"))
	var changed [][]string
	for _, one := range p.Targets {
		if one.Changed() {
			changed = append(changed, []string{one.Name, one.Goal, one.NowGoal, one.Baseline, one.NowBaseline, one.Value, one.NowValue})
		}
	}
	r.Text(say("report.past.since_text", "decisions", strconv.Itoa(len(p.Later)), "figures", strconv.Itoa(len(changed))))
	r.Table(decisionTable(say("report.past.later"), p.Later))
	r.Table(Table{Caption: say("report.past.otherwise"), Columns: pastColumns("target", "goal", "now_goal", "baseline", "now_baseline", "value", "now_value"), Rows: changed})
}

// pastColumns are columns of the tables of a look-back.
func pastColumns(words ...string) []Column {
	all := make([]Column, len(words))
	for n, word := range words {
		all[n] = Column{Title: say("report.past.column." + word)}
		if word == "light" || word == "due" || word == "kind" {
			all[n].Align = Short
		}
	}
	return all
}
