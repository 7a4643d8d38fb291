package round

import (
	"math"
	"slices"

	"jiaoheng/fault"
	"jiaoheng/frame"
	"jiaoheng/indicator"
	"jiaoheng/measure"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/unit"
)

// overlay are facts of which some columns were changed; the others are those of the facts below.
type overlay struct {
	indicator.Facts
	changed map[columnOf]*frame.Column
}

type columnOf struct {
	item   string
	period period.Period
}

func newOverlay(facts indicator.Facts) *overlay {
	return &overlay{facts, map[columnOf]*frame.Column{}}
}

// Column returns a changed column, else that of the facts below.
func (o *overlay) Column(item string, p period.Period) *frame.Column {
	if changed, known := o.changed[columnOf{item, p}]; known {
		return changed
	}
	return o.Facts.Column(item, p)
}

// own returns a column that may be written to.
func (o *overlay) own(item string, p period.Period) *frame.Column {
	key := columnOf{item, p}
	column := o.changed[key]
	if column == nil {
		if column = o.Facts.Column(item, p); column == nil {
			column = frame.NewColumn(o.Tree().Len())
		} else {
			column = column.Clone()
		}
		o.changed[key] = column
	}
	return column
}

// set gives an item of a unit a value or adds to it.
func (w *work) set(c Change) {
	number, known := w.facts.Tree().Number(c.Unit)
	item, declared := w.prepared.scope.Item(c.Item)
	switch {
	case !known:
		w.faults.Add(fault.New("round.unit_unknown", message.Args{"unit": c.Unit}))
		return
	case !declared:
		w.faults.Add(fault.New("round.item_unknown", message.Args{"item": c.Item}))
		return
	case !slices.Contains(item.Of(), w.facts.Tree().At(number).Kind):
		w.faults.Add(fault.New("round.item_elsewhere", message.Args{"item": item.Title.Chinese, "unit": w.facts.Tree().At(number).Name}))
		return
	case math.IsNaN(c.Value) || math.IsInf(c.Value, 0):
		w.faults.Add(fault.New("round.value_wrong", message.Args{"item": item.Title.Chinese}))
		return
	}
	column := w.facts.own(c.Item, indicator.Match(w.in.Period, indicator.Every(item)))
	value := c.Value
	if c.Kind == Add {
		value += column.Numbers[number] // an absent cell holds 0
	}
	if value < leastOf(item) {
		w.faults.Add(fault.New("round.value_negative", message.Args{"item": item.Title.Chinese, "unit": w.facts.Tree().At(number).Name, "value": value}))
		return
	}
	column.Set(number, measure.Of(value))
}

// leastOf returns the smallest value that an item may have; only a plain number may be negative.
func leastOf(item *pack.ScopeItem) float64 {
	switch {
	case item.Column == nil:
		return 0
	case item.Column.Least != nil:
		return *item.Column.Least
	case item.Column.Type == pack.Number:
		return math.Inf(-1)
	}
	return 0
}

// merge adds what a school reports to that of another one, section by section, and takes it out.
func (w *work) merge(c Change) {
	tree := w.facts.Tree()
	from, into, possible := w.pair(tree, c)
	if !possible {
		return
	}
	pairs := map[int]int{from: into}
	for _, section := range tree.Children(from) {
		if to, known := tree.Number(sectionCode(tree, into, tree.At(section))); known {
			pairs[section] = to
		}
	}
	for _, item := range w.prepared.scope.Items() {
		p := indicator.Match(w.in.Period, indicator.Every(item))
		if w.facts.Column(item.Name, p) == nil {
			continue
		}
		for a, b := range pairs {
			if slices.Contains(item.Of(), tree.At(a).Kind) {
				w.together(item, p, a, b)
			}
		}
	}
	left := map[int]bool{}
	for row := range w.in.Left {
		left[row] = true
	}
	below := tree.Subtree(from)
	for number := below.From; number < below.To; number++ {
		if row, known := w.in.Space.Row(tree.At(number).Code); known {
			left[row] = true
		}
	}
	w.in.Left = left
	extra := map[string]string{}
	for a, b := range pairs {
		extra[tree.At(a).Code] = tree.At(b).Code
	}
	w.in.History = mergedHistory{w.in.History, extra}
}

// pair returns the two schools of a merger.
func (w *work) pair(tree *unit.Tree, c Change) (from, into int, possible bool) {
	from, knownFrom := tree.Number(c.Unit)
	into, knownInto := tree.Number(c.Into)
	for code, known := range map[string]bool{c.Unit: knownFrom, c.Into: knownInto} {
		if !known {
			w.faults.Add(fault.New("round.unit_unknown", message.Args{"unit": code}))
		}
	}
	if !knownFrom || !knownInto {
		return 0, 0, false
	}
	a, b := tree.At(from), tree.At(into)
	row, inside := w.in.Space.Row(c.Unit)
	switch {
	case from == into || a.Kind != b.Kind || a.Kind != unit.School && a.Kind != unit.Kindergarten:
		w.faults.Add(fault.New("round.merge_unfit", message.Args{"from": a.Name, "into": b.Name}))
		return 0, 0, false
	case inside && w.in.Left[row]:
		w.faults.Add(fault.New("round.merged_twice", message.Args{"unit": a.Name}))
		return 0, 0, false
	}
	return from, into, true
}

// together adds the cell of one unit to that of another. A flag stays that of the unit that goes on.
func (w *work) together(item *pack.ScopeItem, p period.Period, from, into int) {
	column := w.facts.Column(item.Name, p)
	if item.Column != nil && !item.Column.Type.Numeric() {
		return
	}
	value := column.Get(from, item.Name)
	expected := w.facts.Expected(item.Name, p)
	if !value.Known() && (item.Register.Optional || expected != nil && !expected.Get(from)) {
		return
	}
	own := w.facts.own(item.Name, p)
	other := own.Get(into, item.Name)
	if fresh := w.fresh[w.facts.Tree().At(into).Code]; !other.Known() && (fresh || item.Register.Optional || expected != nil && !expected.Get(into)) {
		own.Set(into, value)
		return
	}
	own.Set(into, indicator.Together(item, value, other))
}

// mergedHistory adds the mergers of a what-if to the history.
type mergedHistory struct {
	before indicator.History
	into   map[string]string // from → into
}

// Predecessors returns those of the history and those of the what-if.
func (h mergedHistory) Predecessors(code string, after, until period.Date) []string {
	var all []string
	if h.before != nil {
		all = append(all, h.before.Predecessors(code, after, until)...)
	}
	var added []string
	for from, into := range h.into {
		if into == code {
			added = append(added, from)
		}
	}
	slices.Sort(added)
	return append(all, added...)
}
