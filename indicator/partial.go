package indicator

import (
	"maps"

	"jiaoheng/expr"
	"jiaoheng/frame"
	"jiaoheng/measure"
	"jiaoheng/pack"
	"jiaoheng/unit"
)

// Partial returns the values of an indicator over the units that reported: those below that lack anything the formula
// reads of them are left out on every side of it, so that a ratio is not bent. It is for showing how far a figure is known
// beside its coverage, never for a verdict.
//
// Missing: what is missing of the unit itself, such as a figure of the county, stays missing.
func (r *Run) Partial(i *pack.Indicator, stage unit.Stage) *frame.Column {
	key := columnKey{i.Name + "\x00partial", scene{stage: stage, population: i.Population}}
	if column, done := r.columns[key]; done {
		return column
	}
	column := r.Column(i, stage)
	if silent := r.silent(i, sceneOf(i, scene{stage: stage, population: i.Population})); len(silent) > 0 {
		in := r.Input
		in.Left = maps.Clone(silent)
		maps.Copy(in.Left, r.Left)
		column = NewRun(in).Column(i, stage)
	}
	r.columns[key] = column
	return column
}

// silent returns the counted units at the bottom of an indicator that lack something its formula reads of them.
func (r *Run) silent(i *pack.Indicator, at scene) map[int]bool {
	if i.Share != nil || i.Cells != nil {
		return nil
	}
	silent := map[int]bool{}
	members := r.membersOf(r.leafKinds(i), at)
	for row := range members.undecided() {
		silent[row] = true
	}
	for _, reference := range i.Formula.Ready.References() {
		if reference.Shift != expr.Now {
			continue
		}
		kinds, column := r.Rules.kindsOfName(reference.Name), r.column(reference.Name, at)
		for row := range members.Counted.Each(0, r.Space.n) {
			if r.Space.kind[row]&kinds != 0 && (column == nil || column.Get(row, reference.Name).Reason().Kind == measure.Missing) {
				silent[row] = true
			}
		}
	}
	return silent
}
