package round

import (
	"crypto/sha256"
	"encoding/hex"
	"iter"
	"maps"
	"strings"

	"jiaoheng/frame"
	"jiaoheng/indicator"
	"jiaoheng/measure"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/register"
	"jiaoheng/unit"
)

// recorder notes what a round reads.
type recorder struct {
	input   Input
	read    map[columnOf]bool
	mergers map[mergerKey][]string
	cells   map[string]frozenCells
}

type mergerKey struct {
	into         string
	after, until period.Date
}

type recordedFacts struct {
	indicator.Facts
	recorder *recorder
}

// Column notes that the item was read.
func (f recordedFacts) Column(item string, p period.Period) *frame.Column {
	f.recorder.read[columnOf{item, p}] = true
	return f.Facts.Column(item, p)
}

// Expected notes that the item was read.
func (f recordedFacts) Expected(item string, p period.Period) frame.Bitmap {
	f.recorder.read[columnOf{item, p}] = true
	return f.Facts.Expected(item, p)
}

type recordedHistory struct {
	indicator.History
	recorder *recorder
}

// Predecessors notes the mergers that were told.
func (h recordedHistory) Predecessors(code string, after, until period.Date) []string {
	from := h.History.Predecessors(code, after, until)
	if len(from) > 0 {
		h.recorder.mergers[mergerKey{code, after, until}] = from
	}
	return from
}

// thawedHistory tells the mergers that a frozen round was told.
type thawedHistory []frozenMerger

// Predecessors returns what was told.
func (h thawedHistory) Predecessors(code string, after, until period.Date) []string {
	for _, m := range h {
		if m.Into == code && m.After == after.String() && m.Until == until.String() {
			return m.From
		}
	}
	return nil
}

// frozenCells are the cells of one indicator in one unit. Key names indicator, period and the units whose rows are in them.
type frozenCells struct {
	Key      string                    `json:"key"`
	Known    bool                      `json:"known"`
	By       []string                  `json:"by"`
	Keys     [][]string                `json:"keys"`
	Let      map[string][]frozenNumber `json:"let"`
	Unplaced frozenNumber              `json:"unplaced"`
}

// frozenNumber is a value: a number or a reason.
type frozenNumber struct {
	Number *float64     `json:"number,omitempty"`
	Kind   measure.Kind `json:"kind,omitempty"`
	Names  []string     `json:"names,omitempty"`
}

func frozenOf(value measure.Value) frozenNumber {
	why := value.Reason()
	return frozenNumber{number(value), why.Kind, why.Names}
}

func (n frozenNumber) value() measure.Value {
	if n.Number != nil {
		return measure.Of(*n.Number)
	}
	return measure.Reason{Kind: max(n.Kind, measure.Missing), Names: n.Names}.Value()
}

// cellsKey names a reading of cells by the units that are within.
func cellsKey(tree *unit.Tree, name string, p period.Period, within func(string) bool) string {
	sum := sha256.New()
	for number := range tree.Len() {
		if code := tree.At(number).Code; within(code) {
			sum.Write([]byte(code + "\n"))
		}
	}
	return strings.Join([]string{name, p.String(), hex.EncodeToString(sum.Sum(nil))}, " ")
}

type recordedCells struct {
	told     indicator.Cells
	recorder *recorder
	tree     *unit.Tree
}

// Cells notes the cells that were told.
func (c recordedCells) Cells(i *pack.Indicator, p period.Period, within func(code string) bool) (register.CellGroups, bool) {
	groups, known := c.told.Cells(i, p, within)
	key := cellsKey(c.tree, i.Name, p, within)
	frozen := frozenCells{Key: key, Known: known, By: groups.By, Keys: groups.Keys, Let: map[string][]frozenNumber{}, Unplaced: frozenOf(groups.Unplaced)}
	for name, column := range groups.Let {
		for k := range column.Len() {
			frozen.Let[name] = append(frozen.Let[name], frozenOf(column.Get(k, name)))
		}
	}
	c.recorder.cells[key] = frozen
	return groups, known
}

// thawedCells tells the cells that a frozen round was told.
type thawedCells struct {
	all  []frozenCells
	tree *unit.Tree
}

// Cells returns what was told.
func (c thawedCells) Cells(i *pack.Indicator, p period.Period, within func(code string) bool) (register.CellGroups, bool) {
	key := cellsKey(c.tree, i.Name, p, within)
	for _, f := range c.all {
		if f.Key != key {
			continue
		}
		groups := register.CellGroups{By: f.By, Keys: f.Keys, Let: map[string]*frame.Column{}, Unplaced: f.Unplaced.value()}
		for name, values := range f.Let {
			column := frame.NewColumn(len(values))
			for k, value := range values {
				column.Set(k, value.value())
			}
			groups.Let[name] = column
		}
		return groups, f.Known
	}
	return register.CellGroups{}, false
}

func bitsOf(tree *unit.Tree, codes []string) frame.Bitmap {
	bits := frame.NewBitmap(tree.Len())
	for _, code := range codes {
		if number, known := tree.Number(code); known {
			bits.Set(number)
		}
	}
	return bits
}

func keysOf(files map[string]string) iter.Seq[string] { return maps.Keys(files) }
