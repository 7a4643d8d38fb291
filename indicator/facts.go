package indicator

import (
	"jiaoheng/frame"
	"jiaoheng/measure"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/register"
	"jiaoheng/unit"
)

// Facts are what was reported, over one snapshot of the tree.
type Facts interface {
	Tree() *unit.Tree
	// Column returns the cells of an item in a period, one for each unit of the tree; nil when nothing is known.
	Column(item string, p period.Period) *frame.Column
	// Expected returns a bit for each unit that must report the item; nil when nobody says, and then every unit must that
	// the declaration of the register names.
	Expected(item string, p period.Period) frame.Bitmap
}

// History tells which units were merged into a unit after a day, until another day. unit.History is one.
type History interface {
	Predecessors(code string, after, until period.Date) []string
}

// Cells gathers the rows of the register of an indicator with Cells, of all units for which within is true, into cells. It
// returns false when nothing is known of the register.
type Cells interface {
	Cells(i *pack.Indicator, p period.Period, within func(code string) bool) (register.CellGroups, bool)
}

// FactsOf returns the facts of a view of a frame.
func FactsOf(view *frame.View) Facts { return viewFacts{view} }

type viewFacts struct{ view *frame.View }

// Tree returns the snapshot of the view.
func (f viewFacts) Tree() *unit.Tree { return f.view.Tree() }

func (f viewFacts) find(item string, p period.Period) (int, int, bool) {
	i, known := f.view.Item(item)
	if !known {
		return 0, 0, false
	}
	at, held := f.view.Period(p)
	return i, at, held
}

// Column returns the column of the view.
func (f viewFacts) Column(item string, p period.Period) *frame.Column {
	i, at, known := f.find(item, p)
	if !known {
		return nil
	}
	return f.view.Column(i, at)
}

// Expected returns the duty that the layout of the frame states.
func (f viewFacts) Expected(item string, p period.Period) frame.Bitmap {
	i, at, known := f.find(item, p)
	if !known {
		return nil
	}
	return f.view.Expected(i, at)
}

// Table is facts that are held as values, for rounds that are repeated from their frozen inputs, for what-if and for tests.
type Table struct {
	tree     *unit.Tree
	columns  map[tableKey]*frame.Column
	expected map[tableKey]frame.Bitmap
}

type tableKey struct {
	item   string
	period period.Period
}

// NewTable returns facts of which nothing is known.
func NewTable(tree *unit.Tree) *Table {
	return &Table{tree: tree, columns: map[tableKey]*frame.Column{}, expected: map[tableKey]frame.Bitmap{}}
}

// Tree returns the snapshot.
func (t *Table) Tree() *unit.Tree { return t.tree }

// Column returns the cells of an item in a period.
func (t *Table) Column(item string, p period.Period) *frame.Column {
	return t.columns[tableKey{item, p}]
}

// Expected returns the duty as it was set with Expect.
func (t *Table) Expected(item string, p period.Period) frame.Bitmap {
	return t.expected[tableKey{item, p}]
}

// Set writes the value of a unit, by its number.
func (t *Table) Set(item string, p period.Period, unit int, value measure.Value) {
	key := tableKey{item, p}
	column := t.columns[key]
	if column == nil {
		column = frame.NewColumn(t.tree.Len())
		t.columns[key] = column
	}
	column.Set(unit, value)
}

// Expect says which units must report the item.
func (t *Table) Expect(item string, p period.Period, units frame.Bitmap) {
	t.expected[tableKey{item, p}] = units
}

// Know says that the item is known in the period, even where no unit reported it.
func (t *Table) Know(item string, p period.Period) {
	if key := (tableKey{item, p}); t.columns[key] == nil {
		t.columns[key] = frame.NewColumn(t.tree.Len())
	}
}
