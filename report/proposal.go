package report

import (
	"math"

	"jiaoheng/plan/target"
)

// Proposal is a change of a target that a mid-term evaluation puts up for decision. Taken up, it becomes an amendment of the plan.
type Proposal struct {
	Name     string       `json:"name"`
	Proposed Value        `json:"proposed"` // the goal that is expected to be reached
	Reason   string       `json:"reason"`
	Target   target.Track `json:"target"`
	Unit     string       `json:"unit"`
	Value    Value        `json:"value"` // the goal as it stands
}

// Proposals are the targets that are late with a value of their own to reach, of which the projection says that they will not: the
// goal is set to the middle of what is expected, rounded on the careful side to the decimals of the figure, and never past the goal
// itself.
func (s Sources) Proposals() []Proposal {
	var all []Proposal
	for _, one := range s.Targets {
		if one.Light != target.Late && one.Light != target.AtRisk || !one.Middle.Is || !one.Goal.Value.Is || one.Goal.Direction != target.AtLeast && one.Goal.Direction != target.AtMost {
			continue
		}
		step := math.Pow(10, -float64(one.Decimals))
		proposed, sooner := math.Floor(one.Middle.Number/step+1e-9)*step, one.Middle.Number < one.Goal.Value.Number
		if one.Goal.Direction == target.AtMost {
			proposed, sooner = math.Ceil(one.Middle.Number/step-1e-9)*step, one.Middle.Number > one.Goal.Value.Number
		}
		if !sooner {
			continue
		}
		proposed = math.Round(proposed/step) / math.Round(1/step)
		all = append(all, Proposal{Target: one.Track, Name: one.Name, Value: Value(one.Goal.Value), Proposed: Sure(proposed), Unit: one.Goal.Unit,
			Reason: say("report.proposal_reason", "day", dayText(s.Day), "value", one.valueText(), "projection", one.projectionText(), "goal", goalText(one.Goal))})
	}
	return all
}

// proposals lists them, each with the figures behind it.
func (w *writer) proposals() {
	all := w.Proposals()
	w.report.Proposals = all
	if len(all) == 0 {
		w.text("report.proposals_none")
		return
	}
	w.text("report.proposals", "count", len(all))
	table := Table{Caption: say("report.table.proposals"), Columns: columns("target", "goal_now:r", "goal_proposed:r", "reason")}
	for _, one := range all {
		decimals := w.decimalsOf(one.Target)
		table.Rows = append(table.Rows, []string{one.Name, Number(one.Value.Number, decimals) + one.Unit, Number(one.Proposed.Number, decimals) + one.Unit, one.Reason})
	}
	table.Note = say("report.proposals_note")
	w.report.Table(table)
	w.ask("proposals", true)
}

func (w *writer) decimalsOf(track target.Track) int {
	for _, one := range w.Targets {
		if one.Track == track {
			return one.Decimals
		}
	}
	return 2
}
