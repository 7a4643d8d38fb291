package mixed

import (
	"math"
	"slices"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/stats/table"
)

// FromTable sums a table in memory. Text columns and those named in levels are factors; levels gives the order of their levels, the
// first being the reference, and stands over the byte order that text has otherwise. Rows with a missing value in any column of the
// formula are left out; levels that no remaining row has are no levels, as in R. The centre is the mean of every column.
func FromTable(f *Formula, t *table.Table, levels map[string][]string) (*Sums, error) {
	return fromTable(f, t, levels, "")
}

// FromTableWeighted is FromTable with precision weights: the residual variance of a row is sigma² / weight.
func FromTableWeighted(f *Formula, t *table.Table, levels map[string][]string, weight string) (*Sums, error) {
	return fromTable(f, t, levels, weight)
}

func fromTable(f *Formula, t *table.Table, levels map[string][]string, weight string) (*Sums, error) {
	r, err := newTableRows(f, t, levels)
	if err != nil {
		return nil, err
	}
	weights := func(int) float64 { return 1 }
	if weight != "" {
		c, known := t.Column(weight)
		if !known || c.Text {
			return nil, fault.New("mixed.weight_column", message.Args{"column": weight})
		}
		weights = func(i int) float64 {
			if c.IsMissing(i) {
				return 0
			}
			return c.Numbers[i]
		}
	}
	d, err := NewDesign(f, r.variables)
	if err != nil {
		return nil, err
	}
	complete, v := make([]bool, t.Rows), make([]float64, len(d.Columns))
	for i := range complete {
		complete[i] = weights(i) > 0 && d.Row(r.row(i), v) != Missing
	}
	r.dropUnused(complete)
	if d, err = NewDesign(f, r.variables); err != nil {
		return nil, err
	}
	s := NewSums(d, r.means(d, complete))
	for i, good := range complete {
		if !good {
			s.Missing++
			continue
		}
		w := weights(i)
		if err := s.AddWeighted(r.row(i), w, math.Log(w)); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// tableRows gives the rows of a table in the order of the variables of a design.
type tableRows struct {
	variables []Variable
	columns   []table.Column // as numbers, NaN missing
	codes     [][]int32
	now       Row
}

func newTableRows(f *Formula, t *table.Table, levels map[string][]string) (*tableRows, error) {
	r := &tableRows{}
	var faults fault.List
	for name := range levels {
		if _, known := t.Column(name); !known {
			faults.Add(fault.New("mixed.levels_unknown", message.Args{"column": name}))
		}
	}
	var names []Variable
	for _, c := range t.Columns {
		names = append(names, Variable{Name: c.Name})
	}
	for _, use := range f.Uses() {
		c, known := t.Column(use.Name)
		if !known {
			faults.Add(fault.New("mixed.column_unknown", message.Args{"column": use.Name, "known": knownNames(names)}))
			continue
		}
		v := Variable{Name: use.Name, Text: c.Text}
		column := *c
		given := levels[use.Name]
		v.Factor = !c.Text && given != nil
		var codes []int32
		if c.Text || given != nil || use.Factor || use.Group {
			factor := c.Factor()
			v.Levels, codes = factor.Levels, factor.Codes
			if given != nil {
				var err error
				if codes, err = recode(factor, given); err != nil {
					faults.Add(fault.Of(err)...)
				}
				v.Levels = given
			}
		}
		if !c.Text && c.Missing != nil {
			column.Numbers = slices.Clone(c.Numbers)
			for i, gone := range c.Missing {
				if gone {
					column.Numbers[i] = math.NaN()
				}
			}
		}
		r.variables, r.columns, r.codes = append(r.variables, v), append(r.columns, column), append(r.codes, codes)
	}
	r.now = Row{Numbers: make([]float64, len(r.variables)), Codes: make([]int32, len(r.variables))}
	return r, faults.Err()
}

// recode gives the codes of a factor in a stated order of levels; a value that is not among them is a fault.
func recode(factor table.Column, given []string) ([]int32, error) {
	at := make([]int32, len(factor.Levels))
	for i, level := range factor.Levels {
		k := slices.Index(given, level)
		if k < 0 {
			return nil, fault.New("mixed.level_not_given", message.Args{"column": factor.Name, "level": level})
		}
		at[i] = int32(k)
	}
	codes := make([]int32, len(factor.Codes))
	for i, c := range factor.Codes {
		codes[i] = -1
		if c >= 0 {
			codes[i] = at[c]
		}
	}
	return codes, nil
}

// row returns row i; it stays good until the next call.
func (r *tableRows) row(i int) Row {
	for k := range r.variables {
		if r.codes[k] != nil {
			r.now.Codes[k] = r.codes[k][i]
		}
		if r.columns[k].Numbers != nil {
			r.now.Numbers[k] = r.columns[k].Numbers[i]
		}
	}
	return r.now
}

// dropUnused takes away the levels that no complete row has.
func (r *tableRows) dropUnused(complete []bool) {
	for k := range r.variables {
		if r.codes[k] == nil {
			continue
		}
		used := make([]bool, len(r.variables[k].Levels))
		for i, good := range complete {
			if good {
				used[r.codes[k][i]] = true
			}
		}
		place := make([]int32, len(used))
		var kept []string
		for level, is := range used {
			place[level] = -1
			if is {
				place[level] = int32(len(kept))
				kept = append(kept, r.variables[k].Levels[level])
			}
		}
		codes := make([]int32, len(r.codes[k]))
		for i, c := range r.codes[k] {
			codes[i] = -1
			if c >= 0 {
				codes[i] = place[c]
			}
		}
		r.variables[k].Levels, r.codes[k] = kept, codes
	}
}

// means returns the mean of every column of the design over the complete rows, those of several responses over the values there are.
func (r *tableRows) means(d *Design, complete []bool) []float64 {
	sums, counts, v := make([]float64, len(d.Columns)), make([]float64, len(d.Columns)), make([]float64, len(d.Columns))
	for i, good := range complete {
		if !good || d.Row(r.row(i), v) != Complete {
			continue
		}
		for k, x := range v {
			if !math.IsNaN(x) {
				sums[k] += x
				counts[k]++
			}
		}
	}
	for k := range sums {
		if counts[k] > 0 {
			sums[k] = roundCentre(sums[k] / counts[k])
		}
	}
	return sums
}

// roundCentre keeps 20 bits of a mean: enough to save the digits of products, and the same in whatever order the rows come.
func roundCentre(x float64) float64 {
	fraction, exponent := math.Frexp(x)
	return math.Ldexp(math.RoundToEven(fraction*(1<<20))/(1<<20), exponent)
}
