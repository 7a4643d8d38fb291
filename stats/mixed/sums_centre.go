package mixed

import (
	"slices"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// Recentre returns the sums about another centre, one number for every column of the design: what the rows would have given had they
// been summed about it. Shards of different offices are brought to one centre before they are merged.
//
// Numerics: moved in twice the precision; what is lost is the last place of a double in each moment.
func (s *Sums) Recentre(centre []float64) *Sums {
	out := NewSums(s.Design, centre)
	out.Missing = s.Missing
	for k, names := range s.Levels {
		for _, name := range names {
			out.Level(k, name)
		}
	}
	shift := make([]float64, len(centre))
	for i := range shift {
		shift[i] = centre[i] - s.Centre[i]
	}
	cell := make([]wide, s.size)
	moments, low := make([]float64, s.size), make([]float64, s.size)
	codes := make([]int32, len(s.Design.Keys))
	for n := range s.counts {
		levels, rows, high := s.Cell(n)
		for i := range cell {
			cell[i] = wide{high: high[i]}
			if s.low != nil {
				cell[i] = fastSum(high[i], s.low[n*s.size+i])
			}
		}
		moveCentre(cell, shift)
		for i, x := range cell {
			moments[i], low[i] = x.high, x.low
		}
		for k, code := range levels {
			codes[k] = out.Level(k, s.Levels[k][code])
		}
		out.addTo(out.cellOf(codes), rows, s.logs[n], moments, low, 1)
	}
	return out
}

// MergeAll adds shards that were summed by one formula, each about its own centre; the sum is about their common mean. The order of the
// shards changes nothing that a double shows.
func MergeAll(shards []*Sums) (*Sums, error) {
	if len(shards) == 1 {
		return shards[0], nil
	}
	for _, other := range shards[1:] {
		if err := shards[0].sameDesign(other); err != nil {
			return nil, err
		}
	}
	centre := commonMean(shards)
	var out *Sums
	for _, shard := range shards {
		moved := shard.Recentre(centre)
		if out == nil {
			out = moved
			continue
		}
		if err := out.Merge(moved); err != nil {
			return nil, err
		}
	}
	return out.inOrder(), nil
}

// sameDesign refuses sums of another formula or of other columns.
func (s *Sums) sameDesign(other *Sums) error {
	if s.Design.Formula.text != other.Design.Formula.text {
		return fault.New("mixed.shards_differ", message.Args{"one": s.Design.Formula.text, "other": other.Design.Formula.text})
	}
	if !slices.EqualFunc(s.Design.Columns, other.Design.Columns, func(a, b Column) bool { return a.Name == b.Name }) {
		return fault.New("table.shards_levels", message.Args{"one": columnNames(s.Design), "other": columnNames(other.Design)})
	}
	return nil
}

func columnNames(d *Design) string {
	names := make([]Variable, len(d.Columns))
	for i, c := range d.Columns {
		names[i].Name = c.Name
	}
	return knownNames(names)
}

// commonMean is the mean of every column over all shards.
func commonMean(shards []*Sums) []float64 {
	centre := make([]float64, len(shards[0].Design.Columns))
	for i := range centre {
		var total, rows wide
		for _, s := range shards {
			for n := range s.counts {
				weight := s.moment(n, 0)
				total = total.plus(wide{high: s.moment(n, (i+1)*(i+2)/2)}).plus(wide{high: s.Centre[i]}.times(weight))
				rows = rows.plus(wide{high: weight})
			}
		}
		if rows.double() > 0 {
			centre[i] = total.over(rows.double()).double()
		}
	}
	return centre
}

// inOrder returns the sums with sorted levels and cells, so that the order of shards does not show. Levels of the design keep theirs.
func (s *Sums) inOrder() *Sums {
	out := NewSums(s.Design, s.Centre)
	out.Missing = s.Missing
	for k := range s.Levels {
		names := slices.Clone(s.Levels[k][len(out.Levels[k]):])
		sortLevels(names)
		for _, name := range names {
			out.Level(k, name)
		}
	}
	order, codes := make([]record, len(s.counts)), make([]int32, len(s.keys))
	for n := range order {
		levels, _, _ := s.Cell(n)
		tuple := codes[n*len(levels) : (n+1)*len(levels)]
		for k, code := range levels {
			tuple[k] = out.Level(k, s.Levels[k][code])
		}
		order[n] = record{cell: int32(n), codes: tuple}
	}
	for _, r := range sorted(order, out.Levels) {
		n := int(r.cell)
		_, rows, moments := s.Cell(n)
		var low []float64
		if s.low != nil {
			low = s.low[n*s.size : (n+1)*s.size]
		}
		out.addTo(out.cellOf(r.codes), rows, s.logs[n], moments, low, 1)
	}
	return out
}
