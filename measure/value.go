package measure

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"jiaoheng/message"
)

// Kind is the kind of reason why there is no number.
type Kind int

// The kinds of reasons. Missing names the items that were not reported; Invalid the rule that cannot be applied.
const (
	None Kind = iota
	Missing
	Invalid
)

// Reasons why a rule gives no number. Each is a key of the catalogue.
const (
	DivisionByZero = "measure.division_by_zero" // 分母为零
	OutsideDomain  = "measure.outside_domain"   // such as the logarithm of a negative number
	TooLarge       = "measure.too_large"        // beyond the range of numbers
	NothingToCount = "measure.nothing_to_count" // a mean or extreme of no values
	SmallSample    = "measure.small_sample"     // fewer than the rule asks for
)

// Reason says why there is no number. Names are the items that are missing, in byte order, or one key of the list above.
type Reason struct {
	Kind  Kind
	Names []string
}

// Value is a number or a reason. The zero value is the number 0.
type Value struct {
	number float64
	reason *Reason
}

// Of returns a number. NaN and infinity are turned into Invalid(TooLarge).
func Of(number float64) Value {
	if math.IsNaN(number) || math.IsInf(number, 0) {
		return InvalidBecause(TooLarge)
	}
	return Value{number: number}
}

// MissingFor returns a value that is missing because the named items were not reported.
func MissingFor(names ...string) Value {
	names = slices.Clone(names)
	slices.Sort(names)
	return Value{reason: &Reason{Kind: Missing, Names: slices.Compact(names)}}
}

// InvalidBecause returns a value that has no number because of a rule, named by a key of the catalogue.
func InvalidBecause(key string) Value {
	return Value{reason: &Reason{Kind: Invalid, Names: []string{key}}}
}

// Number returns the number and whether there is one.
func (v Value) Number() (float64, bool) { return v.number, v.reason == nil }

// Known tells whether there is a number.
func (v Value) Known() bool { return v.reason == nil }

// Reason returns why there is no number; its kind is None when there is one.
func (v Value) Reason() Reason {
	if v.reason == nil {
		return Reason{}
	}
	return *v.reason
}

// Join returns the reason of the first value that has none of a number, with the names of every missing one gathered:
// an invalid operand is told before missing ones, since reporting would not mend it. It returns false when every value
// has a number.
func Join(values ...Value) (Value, bool) {
	var names []string
	for _, v := range values {
		switch r := v.Reason(); r.Kind {
		case Invalid:
			return v, true
		case Missing:
			names = append(names, r.Names...)
		}
	}
	if names == nil {
		return Value{}, false
	}
	return MissingFor(names...), true
}

// Equal tells whether both are the same number or have the same reason.
func (v Value) Equal(w Value) bool {
	a, b := v.Reason(), w.Reason()
	return v.number == w.number && a.Kind == b.Kind && slices.Equal(a.Names, b.Names)
}

// Text returns the shortest decimal that gives the number back, or the reason in words.
func (v Value) Text(language message.Language) string {
	switch r := v.Reason(); r.Kind {
	case Missing:
		return message.Text(language, "measure.missing", message.Args{"names": strings.Join(r.Names, "、")})
	case Invalid:
		return message.Text(language, r.Names[0], nil)
	}
	return strconv.FormatFloat(v.number, 'f', -1, 64)
}

// Tolerance is the relative difference under which two numbers count as equal: it only takes out the error of binary
// arithmetic, and is far below any decimal that a rule speaks of.
const Tolerance = 1e-9

// Compare returns -1, 0 or 1 for a below, equal to or above b, where numbers within Tolerance are equal.
func Compare(a, b float64) int {
	if math.Abs(a-b) <= Tolerance*max(math.Abs(a), math.Abs(b)) {
		return 0
	}
	if a < b {
		return -1
	}
	return 1
}

// Value returns the value that has no number because of r; a reason of kind None panics.
func (r Reason) Value() Value {
	if r.Kind == None {
		panic("measure: no reason")
	}
	return Value{reason: &Reason{Kind: r.Kind, Names: r.Names}}
}
