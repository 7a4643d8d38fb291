package indicator

import (
	"maps"
	"slices"

	"jiaoheng/expr"
	"jiaoheng/frame"
	"jiaoheng/measure"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/unit"
)

// raw is one item in one period as it was reported, by rows of the space.
type raw struct {
	column   *frame.Column // nil: nothing is known
	expected frame.Bitmap  // nil: every unit of the kinds
	kinds    kindSet
	name     string
	how      how
	optional bool // silence does not count
}

// how says how the cells of several units make one.
type how int

const (
	added how = iota
	largest
	smallest
	agreed // flags: what all say
)

type rawKey struct {
	name  string
	shift int
}

// raw returns an item as it was reported in a period before, together with the units merged into each since then.
func (r *Run) raw(item *pack.ScopeItem, shift int) *raw {
	key := rawKey{item.Name, shift}
	if known, done := r.raws[key]; done {
		return known
	}
	p := Match(r.periodAt(shift), Every(item))
	found := &raw{kinds: kindsOf(item.Of()), name: item.Name, how: howOf(item), optional: item.Register.Optional}
	if column := r.Facts.Column(item.Name, p); column != nil {
		found.column = r.Space.cut(column)
	}
	if expected := r.Facts.Expected(item.Name, p); expected != nil {
		found.expected = r.Space.cutBits(expected)
	}
	if len(item.Stages()) > 0 {
		fitting := r.Space.withStage(stageBits(item.Stages()))
		if found.expected != nil {
			fitting = fitting.And(found.expected)
		}
		found.expected = fitting
	}
	if moved := r.movesAt(shift); len(moved.into) > 0 && found.column != nil {
		r.gather(found, moved)
	}
	r.raws[key] = found
	return found
}

func howOf(item *pack.ScopeItem) how {
	switch {
	case item.Item != nil && item.Item.Kind == pack.MostOf:
		return largest
	case item.Item != nil && item.Item.Kind == pack.LeastOf:
		return smallest
	case item.Type == expr.Logical:
		return agreed
	}
	return added
}

// cut returns the rows of the space of a column of the tree. The numbers are shared.
func (s *Space) cut(column *frame.Column) *frame.Column {
	if s.n == s.tree.Len() {
		return column
	}
	own := &frame.Column{Numbers: column.Numbers[s.base : s.base+s.n], Present: s.cutBits(column.Present), Otherwise: column.Otherwise}
	for number, why := range column.Reasons {
		if row := number - s.base; row >= 0 && row < s.n {
			if own.Reasons == nil {
				own.Reasons = map[int]measure.Reason{}
			}
			own.Reasons[row] = why
		}
	}
	return own
}

func (s *Space) cutBits(all frame.Bitmap) frame.Bitmap {
	if s.n == s.tree.Len() {
		return all
	}
	own := frame.NewBitmap(s.n)
	word, shift := s.base>>6, uint(s.base&63)
	for i := range own {
		own[i] = all[word+i] >> shift
		if shift > 0 && word+i+1 < len(all) {
			own[i] |= all[word+i+1] << (64 - shift)
		}
	}
	if rest := s.n & 63; rest > 0 {
		own[len(own)-1] &= 1<<rest - 1
	}
	return own
}

// gather adds the cells of units that were merged since then to those of the unit they went into.
func (r *Run) gather(found *raw, moved *moves) {
	before := found.column
	merged := before.Clone()
	found.expected = slices.Clone(found.expected)
	for into, from := range moved.into {
		values := []measure.Value{}
		for _, row := range append([]int{into}, from...) {
			if before.Present.Get(row) {
				values = append(values, measure.Of(before.Numbers[row]))
			} else if found.expected != nil && found.expected.Get(row) {
				values = append(values, before.Get(row, found.name))
			}
		}
		if len(values) > 0 {
			merged.Set(into, together(values, found.how))
			if found.expected != nil {
				found.expected.Set(into)
			}
		}
	}
	for row := range moved.gone {
		merged.Set(row, measure.MissingFor(found.name))
	}
	found.column = merged
}

// together makes one value of several.
func together(values []measure.Value, how how) measure.Value {
	if why, lacks := measure.Join(values...); lacks {
		return why
	}
	numbers := make([]float64, len(values))
	for i, value := range values {
		numbers[i], _ = value.Number()
	}
	total := numbers[0]
	for _, x := range numbers[1:] {
		switch how {
		case largest:
			total = max(total, x)
		case smallest:
			total = min(total, x)
		case agreed:
			if x != total {
				return measure.InvalidBecause(Mixed)
			}
		}
	}
	if how == added {
		total = frame.Sum(numbers)
	}
	return measure.Of(total)
}

// fromAbove gives every unit the cell of its school or county; the units above have totals like those of any item.
func (r *Run) fromAbove(item *pack.ScopeItem, kind unit.Kind, at scene) *frame.Column {
	s, bit, found := r.Space, kindBit(kind), r.raw(item, at.shift)
	column := r.extended(string(kind)+"."+item.Name, found, at)
	column.Reasons = maps.Clone(column.Reasons) // they may be those of the members
	name := string(kind) + "." + item.Name
	outside := r.outside(item, kind, at.shift)
	for row := range s.n {
		at := row
		for at >= 0 && s.kind[at] != bit {
			at = int(s.parent[at])
		}
		switch {
		case at < 0 && s.kind[row]&bit.above() == 0 && outside != nil:
			column.Set(row, *outside)
		case at >= 0 && found.column != nil && found.column.Present.Get(at):
			column.Numbers[row] = found.column.Numbers[at]
			column.Present.Set(row)
			delete(column.Reasons, row)
		case at >= 0 && found.column != nil && len(found.column.Reasons) > 0:
			column.Set(row, renamed(found.column.Get(at, item.Name), item.Name, name))
		case at >= 0:
			column.Present.Clear(row)
			column.Numbers[row] = 0
			delete(column.Reasons, row)
		}
	}
	return column
}

// renamed names what is missing as the formula names it.
func renamed(value measure.Value, from, to string) measure.Value {
	if value.Equal(measure.MissingFor(from)) {
		return measure.MissingFor(to)
	}
	return value
}

// outside returns the cell of the school or county above the whole space; nil when there is none.
func (r *Run) outside(item *pack.ScopeItem, kind unit.Kind, shift int) *measure.Value {
	for number := r.Space.tree.Parent(r.Space.base); number >= 0; number = r.Space.tree.Parent(number) {
		if r.Space.tree.At(number).Kind != kind {
			continue
		}
		value := measure.MissingFor(string(kind) + "." + item.Name)
		if column := r.Facts.Column(item.Name, Match(r.periodAt(shift), Every(item))); column != nil {
			value = renamed(column.Get(number, item.Name), item.Name, string(kind)+"."+item.Name)
		}
		return &value
	}
	return nil
}

// Together makes one value of what two units report of an item: the sum, the largest, the smallest or what both say.
func Together(item *pack.ScopeItem, values ...measure.Value) measure.Value {
	return together(values, howOf(item))
}

// Every returns the kind of the periods for which an item stands.
func Every(item *pack.ScopeItem) period.Kind {
	if item.Every != 0 {
		return item.Every
	}
	return item.Register.Every
}
