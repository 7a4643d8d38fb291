package mixed

import (
	"math"
	"math/bits"
	"slices"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/stats/table"
)

// MaxSubjects is how many responses a model of several subjects may have.
const MaxSubjects = 12

// SeveralSums are the sums of pupils with several responses, cbind(a, b, …) ~ …: one set for each pattern of responses that are there,
// since a pupil without one subject says nothing of it but much of the others.
type SeveralSums struct {
	Design *Design
	Centre []float64
	sums   map[uint32]*Sums // by pattern, bit k: response k is there
}

// NewSeveralSums returns empty sums about a centre, as NewSums does.
func NewSeveralSums(d *Design, centre []float64) (*SeveralSums, error) {
	if d.Responses < 2 || d.Responses > MaxSubjects {
		return nil, fault.New("mixed.several_few", message.Args{"limit": MaxSubjects})
	}
	if centre == nil {
		centre = make([]float64, len(d.Columns))
	}
	return &SeveralSums{Design: d, Centre: slices.Clone(centre), sums: map[uint32]*Sums{}}, nil
}

// SeveralFromTable sums a table in memory as FromTable does. Rows without any response, or with a missing value in another column of
// the formula, are left out.
func SeveralFromTable(f *Formula, t *table.Table, levels map[string][]string) (*SeveralSums, error) {
	r, err := newTableRows(f, t, levels)
	if err != nil {
		return nil, err
	}
	d, err := NewDesign(f, r.variables)
	if err != nil {
		return nil, err
	}
	complete, v := make([]bool, t.Rows), make([]float64, len(d.Columns))
	for i := range complete {
		complete[i] = d.Row(r.row(i), v) != Missing
	}
	r.dropUnused(complete)
	if d, err = NewDesign(f, r.variables); err != nil {
		return nil, err
	}
	s, err := NewSeveralSums(d, r.means(d, complete))
	if err != nil {
		return nil, err
	}
	for i, good := range complete {
		if good {
			if err := s.Add(r.row(i)); err != nil {
				return nil, err
			}
		}
	}
	return s, nil
}

// Add adds one pupil.
func (s *SeveralSums) Add(row Row) error {
	v := make([]float64, len(s.Design.Columns))
	switch s.Design.Row(row, v) {
	case Missing:
		return nil
	case Infinite:
		return fault.New("mixed.infinite", message.Args{"formula": s.Design.Formula.text})
	}
	pattern, first := uint32(0), len(v)-s.Design.Responses
	for k := range s.Design.Responses {
		if !math.IsNaN(v[first+k]) {
			pattern |= 1 << k
		}
	}
	into := s.pattern(pattern)
	for i, x := range v {
		into.w[i+1] = x - s.Centre[i]
		if math.IsNaN(x) {
			into.w[i+1] = 0
		}
	}
	into.addValues(into.codesOf(row), 1, 0)
	return nil
}

// Level registers a level of a key for all patterns; see Sums.Level.
func (s *SeveralSums) Level(key int, name string) int32 { return s.pattern(1).Level(key, name) }

// pattern returns the sums of a pattern; all share the levels of the groups.
func (s *SeveralSums) pattern(pattern uint32) *Sums {
	into := s.sums[pattern]
	if into == nil {
		into = NewSums(s.Design, s.Centre)
		for _, other := range s.sums {
			into.Levels, into.level = other.Levels, other.level
			break
		}
		s.sums[pattern] = into
	}
	return into
}

// Merge adds other, which was summed by the same formula about the same centre.
func (s *SeveralSums) Merge(other *SeveralSums) error {
	for _, pattern := range other.patterns() {
		if err := s.pattern(pattern).Merge(other.sums[pattern]); err != nil {
			return err
		}
	}
	return nil
}

// Without returns the sums without the rows of one level of a group.
func (s *SeveralSums) Without(group, level string) *SeveralSums {
	out := &SeveralSums{Design: s.Design, Centre: s.Centre, sums: map[uint32]*Sums{}}
	for _, pattern := range s.patterns() {
		out.sums[pattern] = s.sums[pattern].Without(group, level)
	}
	return out
}

// patterns lists the patterns that have rows, in order.
func (s *SeveralSums) patterns() []uint32 {
	var out []uint32
	for pattern, sums := range s.sums {
		if sums.Rows() > 0 {
			out = append(out, pattern)
		}
	}
	slices.Sort(out)
	return out
}

// observed returns how many values each response has.
func (s *SeveralSums) observed() []float64 {
	out := make([]float64, s.Design.Responses)
	for pattern, sums := range s.sums {
		for p := pattern; p != 0; p &= p - 1 {
			out[bits.TrailingZeros32(p)] += float64(sums.Rows())
		}
	}
	return out
}

// checkTogether finds subjects that no pupil has together.
func (s *SeveralSums) checkTogether() error {
	names := s.subjects()
	var faults fault.List
	for i := range names {
		for j := range i {
			together := false
			for _, pattern := range s.patterns() {
				together = together || pattern>>i&1 == 1 && pattern>>j&1 == 1
			}
			if !together {
				faults.Add(fault.New("mixed.several_apart", message.Args{"one": names[j], "other": names[i]}))
			}
		}
	}
	return faults.Err()
}

func (s *SeveralSums) subjects() []string {
	var names []string
	for _, c := range s.Design.Columns[len(s.Design.Columns)-s.Design.Responses:] {
		names = append(names, c.Name)
	}
	return names
}
