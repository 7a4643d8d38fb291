package lists

import "jiaoheng/draw"

// pickObjects draws the objects: in every stratum, one after the other, its members in random order are laid end to end, each
// pick·weight long, and the marks u, u+W, u+2W … take the objects under them; W is the weight of the stratum and u random below W.
// No member is longer than W, so none is taken twice, and every one is taken with probability exactly pick·weight/W.
func (r *roster) pickObjects(g *draw.Generator, w *work) {
	w.picked = w.picked[:0]
	for n := range r.strata {
		s := &r.strata[n]
		if s.pick == 0 {
			continue
		}
		w.order = append(w.order[:0], s.members...)
		draw.Shuffle(g, w.order)
		mark, end := int(g.Below(uint32(s.weight))), 0
		for _, o := range w.order {
			if end += s.pick * r.objects[o].weight; mark < end {
				w.picked = append(w.picked, o)
				mark += s.weight
			}
		}
	}
}
