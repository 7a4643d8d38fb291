package indicator

import (
	"slices"

	"jiaoheng/frame"
	"jiaoheng/pack"
)

// reporters returns the leaves that are asked to report what an indicator reads of leaves: the counted ones that stand
// below a counted unit of the indicator's own, and keep a register of one of the items. A section of a kindergarten says
// nothing about the rooms of schools.
func (r *Run) reporters(i *pack.Indicator, at scene) frame.Bitmap {
	leaves, of := r.leafKinds(i), kindsOf(i.Of)
	counted := r.membersOf(leaves, at).Counted
	if of&leaves != 0 {
		return counted
	}
	var items []*raw
	for _, name := range r.reads(i) {
		n := r.Rules.names[name]
		if n.sort != itemName {
			items = nil
			break
		}
		items = append(items, r.raw(n.item, at.shift))
	}
	own := r.membersOf(of, at)
	asked := slices.Clone(counted)
	for row := range counted.Each(0, r.Space.n) {
		above := r.Space.nearest(row, of)
		if above < 0 || !own.Counted.Get(above) || !keeps(items, row) {
			asked.Clear(row)
		}
	}
	return asked
}

// nearest returns the nearest row above whose unit is of one of the kinds, or -1.
func (s *Space) nearest(row int, kinds kindSet) int {
	p := int(s.parent[row])
	for p >= 0 && s.kind[p]&kinds == 0 {
		p = int(s.parent[p])
	}
	return p
}

// keeps tells whether a unit must report one of the items, or did; of no items nothing is known, so it does.
func keeps(items []*raw, row int) bool {
	for _, item := range items {
		if item.expected == nil || item.expected.Get(row) || item.column != nil && item.column.Present.Get(row) {
			return true
		}
	}
	return len(items) == 0
}
