package indicator

import (
	"jiaoheng/frame"
	"jiaoheng/measure"
	"jiaoheng/pack"
	"jiaoheng/unit"
)

// share gives every section its part of what its school reports as a whole: by weighted pupils.
//
// The part of a section is total × own weighted pupils / weighted pupils of all sections whose stage has a weight, closed
// ones and those of other stages left out. A school with one such section gives it everything. A school whose pupils are
// not all reported has no parts, with what is missing.
func (r *Run) share(i *pack.Indicator, shift int) *raw {
	key := rawKey{i.Name, shift}
	if known, done := r.raws[key]; done {
		return known
	}
	found := &raw{kinds: kindsOf(i.Of), name: i.Name, column: r.newColumn()}
	whole, by := r.raw(r.Rules.names[i.Share.Item].item, shift), r.raw(r.Rules.names[i.Share.By].item, shift)
	weights := r.parameter(r.Rules.names[i.Share.Weight].parameter, scene{shift: shift})
	open := r.openAt(shift)
	var sections []int
	for school := range r.Space.n {
		if r.Space.kind[school] != kindBit(unit.School) {
			continue
		}
		sections = sections[:0]
		for row := school + 1; row < r.Space.end[school]; row++ {
			if r.Space.kind[row] == kindBit(unit.Section) && open.Get(row) && weights.Present.Get(row) {
				sections = append(sections, row)
			}
		}
		r.divide(found.column, school, sections, whole, by, weights)
	}
	r.raws[key] = found
	return found
}

// divide divides what one school reports among its sections.
func (r *Run) divide(out *frame.Column, school int, sections []int, whole, by *raw, weights *frame.Column) {
	if len(sections) == 0 {
		return
	}
	total, lacks := whole.at(school), []measure.Value(nil)
	if !total.Known() {
		lacks = append(lacks, total)
	}
	weighted := 0.0
	for _, row := range sections {
		if pupils := by.at(row); len(sections) > 1 && !pupils.Known() {
			lacks = append(lacks, pupils)
		} else {
			number, _ := pupils.Number()
			weighted += weights.Numbers[row] * number
		}
	}
	reported, _ := total.Number()
	why, lacking := measure.Join(lacks...)
	for _, row := range sections {
		switch {
		case lacking:
			setReason(out, row, why.Reason())
		case len(sections) == 1:
			out.Numbers[row] = reported
			out.Present.Set(row)
		case weighted == 0:
			setReason(out, row, measure.Reason{Kind: measure.Invalid, Names: []string{measure.DivisionByZero}})
		default:
			out.Numbers[row] = reported * (weights.Numbers[row] * by.column.Numbers[row]) / weighted
			out.Present.Set(row)
		}
	}
}

// at returns the cell of a row.
func (w *raw) at(row int) measure.Value {
	if w.column == nil {
		return measure.MissingFor(w.name)
	}
	return w.column.Get(row, w.name)
}
