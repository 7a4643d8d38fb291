package light

import (
	"jiaoheng/plan"
	"jiaoheng/plan/target"
	"jiaoheng/unit"
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

// short is the name of a unit without the name of the region above it, for the heads of narrow columns.
func short(tree *unit.Tree, number int) string {
	name := tree.At(number).Name
	for above := tree.Parent(number); above >= 0; above = tree.Parent(above) {
		region := tree.At(above).Name
		if len(name) > len(region)+3 && name[:len(region)] == region {
			return name[len(region):]
		}
	}
	return name
}
