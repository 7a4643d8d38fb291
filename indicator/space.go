package indicator

import (
	"jiaoheng/frame"
	"jiaoheng/period"
	"jiaoheng/unit"
)

// Space is the subtree that is computed, numbered from 0 in preorder. It does not change; many runs may share it.
type Space struct {
	tree   *unit.Tree
	base   int // number in the tree of the first unit
	n      int
	parent []int32 // -1 above the first unit
	end    []int
	kind   []kindSet // one bit
	stage  []unit.Stage
	root   int // row of the unit that was asked for
}

// NewSpace returns the space below a unit. A section is computed within its school, since both share what the school
// reports. It returns false for an unknown code; "" is the whole tree, all its roots.
func NewSpace(tree *unit.Tree, code string) (*Space, bool) {
	below := unit.Interval{From: 0, To: tree.Len()}
	root := 0
	if code != "" {
		number, known := tree.Number(code)
		if !known {
			return nil, false
		}
		top := number
		if tree.At(number).Kind == unit.Section && tree.Parent(number) >= 0 {
			top = tree.Parent(number)
		}
		below, root = tree.Subtree(top), number-top
	}
	s := &Space{tree: tree, base: below.From, n: below.To - below.From, root: root}
	s.parent, s.end = make([]int32, s.n), make([]int, s.n)
	s.kind, s.stage = make([]kindSet, s.n), make([]unit.Stage, s.n)
	for row := range s.n {
		u := tree.At(s.base + row)
		s.end[row] = tree.Subtree(s.base+row).To - s.base
		s.parent[row] = int32(max(tree.Parent(s.base+row)-s.base, -1))
		s.kind[row] = kindBit(u.Kind)
		if u.Kind == unit.Section && len(u.Stages) == 1 {
			s.stage[row] = u.Stages[0]
		}
	}
	return s, true
}

// Len is the number of units.
func (s *Space) Len() int { return s.n }

// Root is the row of the unit that the space was made for.
func (s *Space) Root() int { return s.root }

// Unit returns the unit of a row.
func (s *Space) Unit(row int) unit.Unit { return s.tree.At(s.base + row) }

// Tree returns the whole tree.
func (s *Space) Tree() *unit.Tree { return s.tree }

// Number returns the number in the tree of a row.
func (s *Space) Number(row int) int { return s.base + row }

// Row returns the row of the unit with the code.
func (s *Space) Row(code string) (int, bool) {
	number, known := s.tree.Number(code)
	row := number - s.base
	return row, known && row >= 0 && row < s.n
}

// End returns the row after the last unit below a row.
func (s *Space) End(row int) int { return s.end[row] }

// Parent returns the row of the unit above, or -1.
func (s *Space) Parent(row int) int { return int(s.parent[row]) }

// Above returns the codes of the unit of a row and of all units above it, nearest first.
func (s *Space) Above(row int) []string {
	var codes []string
	for number := s.base + row; number >= 0; number = s.tree.Parent(number) {
		codes = append(codes, s.tree.At(number).Code)
	}
	return codes
}

// openOn returns a bit for each unit that exists on the day.
func (s *Space) openOn(day period.Date) frame.Bitmap {
	open := frame.NewBitmap(s.n)
	for row := range s.n {
		if s.tree.At(s.base + row).OpenOn(day) {
			open.Set(row)
		}
	}
	return open
}

// hasStage tells whether the unit of a row has the stage; regions and offices have every one.
func (s *Space) hasStage(row int, stage unit.Stage) bool {
	if stage == "" {
		return true
	}
	if s.kind[row] == kindBit(unit.Section) {
		return s.stage[row] == stage
	}
	u := s.tree.At(s.base + row)
	switch u.Kind {
	case unit.Kindergarten:
		return stage == unit.Preschool
	case unit.School:
		for _, has := range u.Stages {
			if has == stage {
				return true
			}
		}
		return false
	}
	return true
}

// kindSet is a set of kinds of units, one bit each.
type kindSet uint16

// ranks orders the kinds: a unit of a lower rank may stand above one of a higher rank.
var ranks = map[unit.Kind]int{unit.Province: 1, unit.City: 2, unit.County: 3, unit.Township: 4, unit.School: 5,
	unit.Kindergarten: 5, unit.Office: 5, unit.Training: 5, unit.Section: 6}

var bits = func() map[unit.Kind]kindSet {
	all := map[unit.Kind]kindSet{}
	for i, kind := range unit.Kinds() {
		all[kind] = 1 << i
	}
	return all
}()

func kindBit(kind unit.Kind) kindSet { return bits[kind] }

func kindsOf(kinds []unit.Kind) kindSet {
	var set kindSet
	for _, kind := range kinds {
		set |= bits[kind]
	}
	return set
}

// above returns the kinds that may stand above one of the set and are not of it.
func (k kindSet) above() kindSet {
	deepest := 0
	for kind, bit := range bits {
		if k&bit != 0 {
			deepest = max(deepest, ranks[kind])
		}
	}
	var set kindSet
	for kind, bit := range bits {
		if k&bit == 0 && ranks[kind] < deepest && (ranks[kind] < 5 || kind == unit.School) {
			set |= bit
		}
	}
	return set
}

// deepest returns the kinds of the set of the highest rank.
func (k kindSet) deepest() kindSet {
	deepest, set := 0, kindSet(0)
	for kind, bit := range bits {
		switch {
		case k&bit == 0 || ranks[kind] < deepest:
		case ranks[kind] > deepest:
			deepest, set = ranks[kind], bit
		default:
			set |= bit
		}
	}
	return set
}

// Own returns a bit for each unit of the kinds.
func (s *Space) Own(kinds []unit.Kind) frame.Bitmap {
	set, own := kindsOf(kinds), frame.NewBitmap(s.n)
	for row, kind := range s.kind {
		if kind&set != 0 {
			own.Set(row)
		}
	}
	return own
}

// Over returns a bit for each unit of a kind that may stand above the kinds.
func (s *Space) Over(kinds []unit.Kind) frame.Bitmap {
	set, over := kindsOf(kinds).above(), frame.NewBitmap(s.n)
	for row, kind := range s.kind {
		if kind&set != 0 {
			over.Set(row)
		}
	}
	return over
}

// Stage returns the stage of a section, "" for every other unit.
func (s *Space) Stage(row int) unit.Stage { return s.stage[row] }
