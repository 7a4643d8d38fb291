package indicator

import (
	"sync"

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
	has    []uint8 // stages of each unit, one bit each
	root   int     // row of the unit that was asked for
	kept   kept
}

// kept are columns and rows that follow from the tree alone; they are made when first asked for.
type kept struct {
	lock     sync.Mutex
	open     map[period.Date]frame.Bitmap
	rows     map[kindSet]frame.Bitmap
	stage    map[uint8]frame.Bitmap
	lines    map[kindSet]*lineup
	flags    map[string]*frame.Column
	single   []int
	members  map[placeKey]*Members
	numbers  map[float64]*frame.Column
	resolved map[resolvedKey]*resolved
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
	return tree.Keep(spaceKey(code), func() any { return newSpace(tree, below, root) }).(*Space), true
}

// spaceKey is what a tree keeps its spaces under: the code of the unit that was asked for.
type spaceKey string

func newSpace(tree *unit.Tree, below unit.Interval, root int) *Space {
	s := &Space{tree: tree, base: below.From, n: below.To - below.From, root: root}
	s.parent, s.end = make([]int32, s.n), make([]int, s.n)
	s.kind, s.stage, s.has = make([]kindSet, s.n), make([]unit.Stage, s.n), make([]uint8, s.n)
	s.kept = kept{open: map[period.Date]frame.Bitmap{}, rows: map[kindSet]frame.Bitmap{}, stage: map[uint8]frame.Bitmap{}, lines: map[kindSet]*lineup{}, members: map[placeKey]*Members{}, numbers: map[float64]*frame.Column{}, resolved: map[resolvedKey]*resolved{}, flags: map[string]*frame.Column{}}
	for row := range s.n {
		u := tree.At(s.base + row)
		s.end[row] = tree.Subtree(s.base+row).To - s.base
		s.parent[row] = int32(max(tree.Parent(s.base+row)-s.base, -1))
		s.kind[row] = kindBit(u.Kind)
		if u.Kind == unit.Section && len(u.Stages) == 1 {
			s.stage[row] = u.Stages[0]
		}
		s.has[row] = stagesIn(u)
	}
	return s
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

// openOn returns a bit for each unit that exists on the day. It must not be written to.
func (s *Space) openOn(day period.Date) frame.Bitmap {
	return keptRows(s, s.kept.open, day, func(row int) bool { return s.tree.At(s.base + row).OpenOn(day) })
}

// keptRows returns a bit for each row for which holds is true, found once for each key.
func keptRows[K comparable](s *Space, kept map[K]frame.Bitmap, key K, holds func(row int) bool) frame.Bitmap {
	s.kept.lock.Lock()
	defer s.kept.lock.Unlock()
	rows, known := kept[key]
	if known {
		return rows
	}
	rows = frame.NewBitmap(s.n)
	for row := range s.n {
		if holds(row) {
			rows.Set(row)
		}
	}
	kept[key] = rows
	return rows
}

// hasStage tells whether the unit of a row has the stage; regions and offices have every one.
func (s *Space) hasStage(row int, stage uint8) bool { return s.has[row]&stage != 0 }

// withStage returns a bit for each unit that has one of the stages. It must not be written to.
func (s *Space) withStage(set uint8) frame.Bitmap {
	return keptRows(s, s.kept.stage, set, func(row int) bool { return s.has[row]&set != 0 })
}

// stageBit returns the bit of a stage; of "" those of all.
func stageBit(stage unit.Stage) uint8 {
	switch stage {
	case unit.Preschool:
		return 1
	case unit.Primary:
		return 2
	case unit.Junior:
		return 4
	case unit.Senior:
		return 8
	case unit.Vocational:
		return 16
	case unit.Special:
		return 32
	}
	return 0xff
}

// stageBits returns the bits of several stages; of none those of all.
func stageBits(stages []unit.Stage) uint8 {
	if len(stages) == 0 {
		return 0xff
	}
	var set uint8
	for _, stage := range stages {
		set |= stageBit(stage)
	}
	return set
}

// stagesIn returns the stages of a unit. The highest bit stands for a unit without stages, which any of them may ask for
// only where none is named.
func stagesIn(u unit.Unit) uint8 {
	switch u.Kind {
	case unit.Kindergarten:
		return stageBit(unit.Preschool) | 128
	case unit.School, unit.Section:
		if len(u.Stages) == 0 {
			return 128
		}
		return stageBits(u.Stages) | 128
	}
	return 0xff
}

// kindSet is a set of kinds of units, one bit each.
type kindSet uint16

// ranks orders the kinds: a unit of a lower rank may stand above one of a higher rank.
var ranks = map[unit.Kind]int{unit.Province: 1, unit.City: 2, unit.County: 3, unit.Township: 4, unit.School: 5,
	unit.Kindergarten: 5, unit.Office: 5, unit.Training: 5, unit.Section: 6}

func kindBit(kind unit.Kind) kindSet {
	switch kind {
	case unit.Province:
		return 1
	case unit.City:
		return 2
	case unit.County:
		return 4
	case unit.Township:
		return 8
	case unit.School:
		return 16
	case unit.Section:
		return 32
	case unit.Kindergarten:
		return 64
	case unit.Office:
		return 128
	case unit.Training:
		return 256
	}
	return 0
}

func kindsOf(kinds []unit.Kind) kindSet {
	var set kindSet
	for _, kind := range kinds {
		set |= kindBit(kind)
	}
	return set
}

// allKinds is the number of sets of kinds.
const allKinds = 512

// aboveOf and deepestOf hold, for every set, what above and deepest return.
var aboveOf, deepestOf = func() (above, deepest [allKinds]kindSet) {
	for set := range kindSet(allKinds) {
		rank := 0
		for _, kind := range unit.Kinds() {
			if set&kindBit(kind) != 0 {
				rank = max(rank, ranks[kind])
			}
		}
		for _, kind := range unit.Kinds() {
			bit := kindBit(kind)
			switch {
			case set&bit != 0 && ranks[kind] == rank:
				deepest[set] |= bit
			case set&bit == 0 && ranks[kind] < rank && (ranks[kind] < ranks[unit.School] || kind == unit.School):
				above[set] |= bit
			}
		}
	}
	return above, deepest
}()

// above returns the kinds that may stand above one of the set and are not of it.
func (k kindSet) above() kindSet { return aboveOf[k] }

// deepest returns the kinds of the set of the highest rank.
func (k kindSet) deepest() kindSet { return deepestOf[k] }

// Own returns a bit for each unit of the kinds. It must not be written to.
func (s *Space) Own(kinds []unit.Kind) frame.Bitmap { return s.rowsOf(kindsOf(kinds)) }

// Over returns a bit for each unit of a kind that may stand above the kinds. It must not be written to.
func (s *Space) Over(kinds []unit.Kind) frame.Bitmap { return s.rowsOf(kindsOf(kinds).above()) }

func (s *Space) rowsOf(set kindSet) frame.Bitmap {
	return keptRows(s, s.kept.rows, set, func(row int) bool { return s.kind[row]&set != 0 })
}

// Lineup are the rows along which sums and verdicts travel upward: units of some kinds and those that may stand above them,
// in order. Over has for each the place in the lineup of the nearest unit above, or -1.
type Lineup struct{ Rows, Over []int32 }

// Line returns the lineup of some kinds. It must not be written to.
func (s *Space) Line(kinds []unit.Kind) Lineup {
	line := s.line(kindsOf(kinds))
	return Lineup{line.rows, line.over}
}

// lineup is a Lineup.
type lineup struct{ rows, over []int32 }

func (s *Space) line(set kindSet) *lineup {
	set |= set.above()
	s.kept.lock.Lock()
	defer s.kept.lock.Unlock()
	line, known := s.kept.lines[set]
	if !known {
		line = &lineup{}
		place := make([]int32, s.n)
		for row := range int32(s.n) {
			line.add(row, row, s.parent[row], place, s.kind[row]&set != 0)
		}
		s.kept.lines[set] = line
	}
	return line
}

// add puts a row into the line, or with on false leaves it out. Rows are added as they are numbered somewhere, with the
// number of the one above; place has for each where it stands in the line, or else the nearest above, or -1.
func (l *lineup) add(number, row, above int32, place []int32, on bool) {
	over := int32(-1)
	if above >= 0 {
		over = place[above]
	}
	place[number] = over
	if on {
		place[number] = int32(len(l.rows))
		l.rows, l.over = append(l.rows, row), append(l.over, over)
	}
}

// placeKey names units that exist on a day.
type placeKey struct {
	kinds kindSet
	stage unit.Stage
	day   period.Date
}

// membersOn returns the units of some kinds that take part without a population, as they were found before; nil when they
// were not. Members that are given are kept.
func (s *Space) membersOn(kinds kindSet, stage unit.Stage, day period.Date, found *Members) *Members {
	s.kept.lock.Lock()
	defer s.kept.lock.Unlock()
	key := placeKey{kinds, stage, day}
	if known := s.kept.members[key]; known != nil || found == nil {
		return known
	}
	if len(s.kept.members) >= maxMembers {
		clear(s.kept.members)
	}
	s.kept.members[key] = found
	return found
}

// number returns a column that has the same number for every unit. It must not be written to.
func (s *Space) number(x float64) *frame.Column {
	s.kept.lock.Lock()
	defer s.kept.lock.Unlock()
	column := s.kept.numbers[x]
	if column == nil {
		column = frame.NewColumn(s.n)
		for row := range s.n {
			column.Numbers[row] = x
			column.Present.Set(row)
		}
		if len(s.kept.numbers) < maxNumbers {
			s.kept.numbers[x] = column
		}
	}
	return column
}

// maxMembers is how many sets of units a space keeps: each takes 16 bytes for every unit.
const maxMembers = 32

// maxNumbers is how many columns of the same number everywhere a space keeps.
const maxNumbers = 64

// single returns the ends of n rows none of which stands above another. It must not be written to.
func (s *Space) single(n int) []int {
	s.kept.lock.Lock()
	defer s.kept.lock.Unlock()
	for k := len(s.kept.single); k < n; k++ {
		s.kept.single = append(s.kept.single, k+1)
	}
	return s.kept.single[:n:n]
}

// Stage returns the stage of a section, "" for every other unit.
func (s *Space) Stage(row int) unit.Stage { return s.stage[row] }

// IsSchool tells whether the unit of a row is a school.
func (s *Space) IsSchool(row int) bool { return s.kind[row] == kindBit(unit.School) }
