package light

import (
	"strings"

	"jiaoheng/plan"
	"jiaoheng/plan/target"
	"jiaoheng/web/shell"
)

// What the filter by light can ask for beside one light.
const (
	offTrack   = "off"    // behind or at risk
	silentOnly = "silent" // nobody behind the target has written for too long
)

// lightNames are the lights as addresses name them.
var lightNames = [...]string{target.NoTarget: "", target.Reached: "reached", target.Normal: "normal", target.AtRisk: "at_risk", target.Late: "late", target.NoData: "no_data"}

func lightName(light target.Light) string { return lightNames[light] }

// treeKinds are the kinds of nodes that the tree shows.
var treeKinds = []plan.Kind{plan.Target, plan.Task, plan.Project}

func planAddress(plan string) string { return shell.PlanAddress(plan) }

// short is the name of a unit without that of the region of the plan, for the heads of narrow columns.
func short(name, region string) string {
	if rest, cut := strings.CutPrefix(name, region); cut && len(rest) > len("两") {
		return rest
	}
	return name
}
