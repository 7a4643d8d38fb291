package expr

import (
	"maps"
	"slices"
)

// function is one function of the language. Exactly one of row, over, rowwise and time says how it is computed.
type function struct {
	usage         string // how it is called, for messages
	least, most   int    // number of arguments; most -1 is any number
	takes, result Type   // Either as result: the type of the arguments
	counts        counts

	row     func(args []float64) (float64, reason) // of the numbers of one unit
	over    statistic                              // over the values given, or over the leaves below a unit
	rowwise func(args []vector, i int, m *machine) (float64, reason)
	time    bool
}

// functions are all functions by name.
var functions = collect(logicFunctions, roundingFunctions, logarithmFunctions, statisticFunctions, spreadFunctions, timeFunctions)

func collect(groups ...map[string]function) map[string]function {
	all := map[string]function{}
	for _, group := range groups {
		maps.Copy(all, group)
	}
	return all
}

// FunctionNames returns the names of all functions in byte order.
func FunctionNames() []string { return keys(functions) }

func keys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// overLeaves tells whether a call looks below the unit: a statistic of one item does, one of several values does not.
func (f function) overLeaves(n *Node) bool {
	if f.over == nil {
		return false
	}
	return len(n.Args) == f.least || f.counts == weighted
}

// nearest returns the name that is written most like name, or "" when none is near.
func nearest(name string, names []string) string {
	best, least := "", max(1, len([]rune(name))/3)+1
	for _, other := range names {
		if d := distance([]rune(name), []rune(other), least); d < least {
			best, least = other, d
		}
	}
	return best
}

// Nearest returns the name of names that is written most like name, or "" when none is near: for messages that ask whether
// it was meant.
func Nearest(name string, names []string) string { return nearest(name, names) }

// distance counts the characters to insert, leave out, change or swap with the next one; it gives up at limit.
func distance(a, b []rune, limit int) int {
	if len(a)-len(b) >= limit || len(b)-len(a) >= limit {
		return limit
	}
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		for j := range rows[i] {
			if i == 0 || j == 0 {
				rows[i][j] = i + j
				continue
			}
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			rows[i][j] = min(rows[i-1][j-1]+cost, rows[i-1][j]+1, rows[i][j-1]+1)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(a)][len(b)]
}
