package mixed

import "math"

// Row holds the values of one row, in the order of Design.Variables.
type Row struct {
	Numbers []float64 // NaN: missing; read only where the formula uses the variable as a number
	Codes   []int32   // position in the levels of the variable, or the code that Sums.Level gave to a group; -1: missing
}

// Status says what a row is good for.
type Status int

// Rows enter the sums only when they are complete.
const (
	Complete Status = iota
	Missing         // a value of the formula is missing, or not a number such as the logarithm of a negative number
	Infinite        // an expression is not finite, such as log(0)
)

// Row computes the columns of V for one row into v, which has len(d.Columns) places. Rows that are not Complete are to be left
// out, as R's na.omit does; v then holds nothing of use. Of several responses one must be there; those missing are NaN in v.
func (d *Design) Row(row Row, v []float64) Status {
	for _, key := range d.Keys {
		if row.Codes[key] < 0 {
			return Missing
		}
	}
	for i := range d.symbols {
		if s := &d.symbols[i]; s.factor && row.Codes[s.variable] < 0 {
			return Missing
		}
	}
	status, seen := Complete, 0
	for i := range d.Columns {
		value := 1.0
		for _, a := range d.Columns[i].atoms {
			s := &d.symbols[a.symbol]
			switch {
			case a.level >= 0:
				if row.Codes[s.variable] != a.level {
					value = 0
				}
			case s.value != nil:
				value *= s.value(row.Numbers)
			default:
				value *= row.Numbers[s.variable]
			}
		}
		if math.IsNaN(value) {
			if d.Responses < 2 || i < len(d.Columns)-d.Responses {
				return Missing
			}
			seen++
		}
		if math.IsInf(value, 0) {
			status = Infinite
		}
		v[i] = value
	}
	if d.Responses > 1 && seen == d.Responses {
		return Missing
	}
	return status
}

// Plain returns, for every column of V that is one variable as it stands, the place of that variable, and -1 for every other column:
// those who read rows fast copy the former and call Row only when there are others.
func (d *Design) Plain() []int {
	out := make([]int, len(d.Columns))
	for i, c := range d.Columns {
		out[i] = -1
		if len(c.atoms) == 1 && c.atoms[0].level < 0 {
			if s := d.symbols[c.atoms[0].symbol]; s.value == nil && !s.factor {
				out[i] = s.variable
			}
		}
	}
	return out
}
