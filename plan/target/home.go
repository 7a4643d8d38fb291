package target

import (
	"strings"

	"jiaoheng/plan"
	"jiaoheng/unit"
)

// regionEndings are what names of regions end with; people leave them out.
var regionEndings = []string{"自治县", "自治州", "自治旗", "管理区", "新区", "地区", "省", "市", "县", "区", "旗", "州", "盟", "镇", "乡"}

// Home returns the code of the unit whose plan it is: the region whose name the plan's region is or ends with, the longest name
// first, then the one that is called so without its ending; else the first root. An empty tree has none.
func Home(tree *unit.Tree, p plan.Plan) string {
	best, length := "", 0
	for n := range tree.Len() {
		u := tree.At(n)
		if !isRegion(u.Kind) || u.Name == "" {
			continue
		}
		switch {
		case strings.HasSuffix(p.Region, u.Name) && 2*len(u.Name) > length:
			best, length = u.Code, 2*len(u.Name)
		case withoutEnding(u.Name) == withoutEnding(p.Region) && p.Region != "" && len(u.Name) > length:
			best, length = u.Code, len(u.Name)
		}
	}
	if best == "" && tree.Len() > 0 {
		best = tree.At(0).Code
	}
	return best
}

func isRegion(kind unit.Kind) bool {
	return kind == unit.Province || kind == unit.City || kind == unit.County || kind == unit.Township
}

func withoutEnding(name string) string {
	for _, ending := range regionEndings {
		if short, found := strings.CutSuffix(name, ending); found && len(short) >= len("两字") {
			return short
		}
	}
	return name
}

// Below returns the numbers of the units to which a unit shares out, in order: the regions directly below it that are more than
// townships; where there are none, the schools and kindergartens below it however deep. Townships stand between and are given
// nothing of their own.
func Below(tree *unit.Tree, code string) []int {
	n, ok := tree.Number(code)
	if !ok {
		return nil
	}
	var regions, schools []int
	for _, child := range tree.Children(n) {
		if kind := tree.At(child).Kind; kind == unit.City || kind == unit.County {
			regions = append(regions, child)
		}
	}
	if len(regions) > 0 {
		return regions
	}
	within := tree.Subtree(n)
	for i := within.From + 1; i < within.To; i++ {
		if kind := tree.At(i).Kind; kind == unit.School || kind == unit.Kindergarten {
			schools = append(schools, i)
		}
	}
	return schools
}

// stagesOf are the stages of schooling that a part of a plan speaks of; parts that speak of everybody are left out.
var stagesOf = map[plan.Stage][]unit.Stage{
	plan.Preschool:  {unit.Preschool},
	plan.Compulsory: {unit.Primary, unit.Junior},
	plan.SeniorHigh: {unit.Senior},
	plan.Vocational: {unit.Vocational},
	plan.Special:    {unit.Special},
}

// Concerns tells whether a target of the stage can be shared out to the unit: regions are concerned by everything, a school by
// what is said of one of its stages or of none in particular.
func Concerns(u unit.Unit, stage plan.Stage) bool {
	stages, particular := stagesOf[stage]
	if !particular || isRegion(u.Kind) {
		return true
	}
	for _, own := range u.Stages {
		for _, spoken := range stages {
			if own == spoken {
				return true
			}
		}
	}
	return false
}
