package target

import "jiaoheng/message"

// Rollup is how several targets stand together.
type Rollup struct {
	Light  Light
	Counts Counts
	rules  Rules
}

// Together tells how targets stand together by the counts of their lights. Those without data are told beside and do not
// count; where nothing else is there the whole is without data. The whole is late when the share of late targets is LateShare
// or more, at risk when that of the late ones and those at risk together is RiskShare or more, reached when every one is, else
// on course.
func Together(counts Counts, rules Rules) Rollup {
	r := Rollup{Counts: counts, rules: rules}
	judged := counts.Targets() - counts[NoData]
	late, behind := counts[Late], counts[Late]+counts[AtRisk]
	switch {
	case counts.Targets() == 0:
		r.Light = NoTarget
	case judged == 0:
		r.Light = NoData
	case late > 0 && float64(late) >= rules.LateShare*float64(judged):
		r.Light = Late
	case behind > 0 && float64(behind) >= rules.RiskShare*float64(judged):
		r.Light = AtRisk
	case counts[Reached] == judged:
		r.Light = Reached
	default:
		r.Light = Normal
	}
	return r
}

// Rollup tells how the targets that fit stand together in a unit by its number in the tree.
func (p *PlanBoard) Rollup(n int, fits func(t TargetInfo) bool) Rollup {
	return Together(p.Counts(n, fits), p.view.Rules)
}

// Rule says in words by which rule the targets were rolled up, with the counts it was applied to.
func (r Rollup) Rule(language message.Language) string {
	return message.Text(language, "target.rollup.rule", message.Args{"late_share": FigureText(100 * r.rules.LateShare), "risk_share": FigureText(100 * r.rules.RiskShare),
		"judged": r.Counts.Targets() - r.Counts[NoData], "late": r.Counts[Late], "risk": r.Counts[AtRisk], "reached": r.Counts[Reached],
		"normal": r.Counts[Normal], "silent": r.Counts[NoData], "light": message.Word(r.Light.Key())})
}
