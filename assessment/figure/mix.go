package figure

import (
	"cmp"
	"slices"

	"jiaoheng/assessment"
	"jiaoheng/unit"
)

// Part is one exam of a composite with its weight.
type Part struct {
	Sheet  assessment.Sheet
	Sight  assessment.Sight
	Weight float64
}

// Mixed is one school in a composite of several exams.
type Mixed struct {
	Unit      string     `json:"unit"`
	Scores    []*float64 `json:"scores"` // mean T of each exam; nil where the school has none that may be told
	Composite *float64   `json:"composite"`
	Lacks     []int      `json:"lacks,omitempty"` // exams that are missing; a composite needs all of them
}

// Mix is the composite of several exams by stated weights: Σ weight × mean T / Σ weight, T being 50 and 10 over all pupils of the
// exam's total. Schools stand in the order of the units. A school without one of the exams has no composite, and what it lacks
// is named: weights of others never stand in.
//
// Shapes: at least one part; weights above 0. Only schools that the viewer may see by name are told.
func Mix(parts []Part, rules assessment.Rules, tree *unit.Tree) []Mixed {
	of := map[string]*Mixed{}
	sum := 0.0
	for k, part := range parts {
		sum += part.Weight
		table := Of(part.Sheet, rules, Ask{By: BySchool, Tree: tree, Sight: part.Sight})
		for _, row := range table.Rows {
			if of[row.Unit] == nil {
				of[row.Unit] = &Mixed{Unit: row.Unit, Scores: make([]*float64, len(parts))}
			}
			of[row.Unit].Scores[k] = row.T
		}
	}
	var all []Mixed
	for _, one := range of {
		value := 0.0
		for k, score := range one.Scores {
			if score == nil {
				one.Lacks = append(one.Lacks, k)
				continue
			}
			value += parts[k].Weight * *score
		}
		if len(one.Lacks) == 0 {
			one.Composite = some(value / sum)
		}
		all = append(all, *one)
	}
	slices.SortFunc(all, func(a, b Mixed) int {
		return cmp.Or(cmp.Compare(order(tree, a.Unit), order(tree, b.Unit)), cmp.Compare(a.Unit, b.Unit))
	})
	return all
}
