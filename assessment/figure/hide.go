package figure

import (
	"jiaoheng/assessment"
	"jiaoheng/publication"
)

// hide marks the rows that must not be told: groups that are too small, groups whose unit without the track asked for would leave
// too few, and as many further rows, the smallest first, as keep what is hidden from being found by subtraction from a total.
// The viewer's own school is open: its pupils are known there by name. The office that holds the exam has small groups hidden
// only: what it prints goes on to others.
func hide(totals, groups []*group, ask Ask) {
	small := func(n int) bool { return n > 0 && ask.Sight.Hides(n) }
	open := func(g *group) bool { return ask.Sight.Own != "" && g.row.Unit == ask.Sight.Own }
	for _, g := range append(append([]*group{}, totals...), groups...) {
		g.row.Hidden = !open(g) && (small(g.row.Due) || small(g.row.Sat) || small(g.others) && g.row.Due > 0)
	}
	if ask.Sight.Holder { // who holds the rows finds nothing by subtraction that is not known there
		return
	}
	for _, total := range totals {
		if total.row.Hidden {
			continue
		}
		members := groups
		if len(totals) > 1 || ask.By == BySchool || ask.By == ByClass {
			members = below(groups, total, ask)
		}
		for small(unknown(total, members)) {
			next := smallest(members, open)
			if next == nil { // nothing else is left to hide: the total itself would tell
				total.row.Hidden = true
				break
			}
			next.row.Hidden = true
		}
	}
}

// unknown is how many pupils of a total stand in rows that are not told.
func unknown(total *group, members []*group) int {
	n := total.row.Sat
	for _, g := range members {
		if g.visible && !g.row.Hidden {
			n -= g.row.Sat
		}
	}
	return n
}

func below(groups []*group, total *group, ask Ask) []*group {
	if ask.School != "" || len(ask.Sight.Totals) == 0 || ask.Sight.Total(total.row.Unit) && ask.Sight.All {
		return groups
	}
	var members []*group
	for _, g := range groups {
		if inside(ask.Tree, g.row.Unit, total.row.Unit) {
			members = append(members, g)
		}
	}
	return members
}

func smallest(members []*group, open func(*group) bool) *group {
	var next *group
	for _, g := range members {
		if g.visible && !g.row.Hidden && !open(g) && g.row.Sat > 0 && (next == nil || g.row.Sat < next.row.Sat) {
			next = g
		}
	}
	return next
}

// maxBands bounds how many bands of marks a table has; maxCells is from how many cells on only totals are cut into bands.
const (
	maxBands = 50
	maxCells = 6000
)

// edges are the lower ends of the bands of marks; the last band holds the full mark.
func edges(full, step float64, rules assessment.Rules) []float64 {
	if width, known := rules.Find("assessment_band_width", ""); step <= 0 && known {
		step = width.Value
	}
	if step <= 0 || full <= 0 {
		return nil
	}
	for full/step > maxBands {
		step *= 2
	}
	var all []float64
	for k := 0; float64(k)*step < full; k++ {
		all = append(all, float64(k)*step)
	}
	return all
}

// countBands counts pupils by bands of marks and hides the small cells, and those that would tell them, as publications do.
func countBands(edges []float64, totals, groups []*group, ask Ask) {
	if len(edges) < 2 || len(totals) != 1 || totals[0].row.Hidden {
		return
	}
	var shown []*group
	for _, g := range groups {
		if g.visible && !g.row.Hidden {
			shown = append(shown, g)
		}
	}
	if len(shown)*len(edges) > maxCells {
		shown = nil
	}
	rest := cut(edges, totals[0].marks)
	var counts [][]int
	for _, g := range shown {
		row := cut(edges, g.marks)
		for k, n := range row {
			rest[k] -= n
		}
		counts = append(counts, row)
	}
	counts = append(counts, rest)
	full := publication.Totals(counts)
	hidden := publication.Hide(full, max(ask.Sight.Least, 1))
	if ask.Sight.Own != "" && len(shown) > 0 { // the own school knows its pupils; the total less its own are the others
		for k, g := range shown {
			if g.row.Unit == ask.Sight.Own {
				clear(hidden[k])
			}
		}
	}
	for k, g := range shown {
		if hidden[k][len(edges)] { // its sum stands beside it, so none of its cells may be told
			continue
		}
		g.row.Bands = toldBands(full[k], hidden[k], len(edges))
	}
	totals[0].row.Bands = toldBands(full[len(full)-1], hidden[len(full)-1], len(edges))
}

func cut(edges, marks []float64) []int {
	counts := make([]int, len(edges))
	for _, x := range marks {
		k := int((x + 1e-9) / edges[1])
		counts[min(max(k, 0), len(edges)-1)]++
	}
	return counts
}

func toldBands(counts []int, hidden []bool, n int) []*int {
	out := make([]*int, n)
	for k := range out {
		if !hidden[k] {
			count := counts[k]
			out[k] = &count
		}
	}
	return out
}
