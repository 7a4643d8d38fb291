package expr

// Shift says which period is meant, seen from the period that is computed.
type Shift int

// The shifts. What the period before is, and whether there is one, the caller knows.
const (
	Now Shift = iota
	Previous
	SameTermLastYear
)

// timeFunctions look at the same item in another period.
var timeFunctions = map[string]function{
	"prev":                {usage: "prev(item)", least: 1, most: 1, time: true},
	"same_term_last_year": {usage: "same_term_last_year(item)", least: 1, most: 1, time: true},
	"growth":              {usage: "growth(item)", least: 1, most: 1, takes: Numeric, result: Numeric, counts: nothing, time: true},
}

// growth returns by which part of before the item grew; it means nothing from zero or from below zero.
func growth(now, before float64) (float64, reason) {
	switch {
	case before == 0:
		return 0, divisionByZero
	case before < 0:
		return 0, outsideDomain
	}
	return finite((now - before) / before)
}
