package mixed

import (
	"slices"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// withoutError returns the sums with the variance of measurement errors taken out of the squares of columns.
//
// A column x = t + d, with d of known variance v independent of everything, has E(x²) = t² + v while products with other columns
// hold no error. Taking weight × v off the square of x in every cell gives the moments of t as far as they can be known; the
// model is then fitted as if t had been seen (moment correction; see W. A. Fuller: Measurement Error Models, 1987, section 2.2).
// Standard errors and effects take v as known. Products of x with itself in other columns (I(x^2), x:z) are not corrected: such
// formulas are refused.
func (s *Sums) withoutError(variances map[string]float64) (*Sums, error) {
	var faults fault.List
	out := s.Without("", "")
	for name, v := range variances {
		column := slices.IndexFunc(s.Design.Columns[:len(s.Design.Columns)-1], func(c Column) bool { return c.Name == name })
		if column < 0 || !(v >= 0) {
			faults.Add(fault.New("mixed.error_column", message.Args{"column": name}))
			continue
		}
		for k, c := range s.Design.Columns {
			if k != column && s.Design.uses(c, name) {
				faults.Add(fault.New("mixed.error_product", message.Args{"column": name, "product": c.Name}))
			}
		}
		at := (column+1)*(column+2)/2 + column + 1
		whole, mean, weight := 0.0, 0.0, 0.0
		for cell := range out.counts {
			whole += out.moment(cell, at)
			mean += out.moment(cell, at-column-1)
			weight += out.moment(cell, 0)
			out.moments[cell*out.size+at] -= v * out.moments[cell*out.size]
		}
		if weight > 0 && v*weight >= 0.9*(whole-mean*mean/weight) {
			faults.Add(fault.New("mixed.error_large", message.Args{"column": name}))
		}
	}
	return out, faults.Err()
}

// uses tells whether a column is made of a variable.
func (d *Design) uses(c Column, name string) bool {
	variable := d.variable(name)
	for _, a := range c.atoms {
		s := d.symbols[a.symbol]
		if s.variable == variable && variable >= 0 {
			return true
		}
		if s.value != nil && slices.Contains(s.names, name) {
			return true
		}
	}
	return false
}
