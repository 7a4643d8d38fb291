package expr

// logicFunctions choose by conditions and by what is missing.
var logicFunctions = map[string]function{
	"if":             {usage: "if(condition, then, else)", least: 3, most: 3, counts: chosen, rowwise: choose},
	"is_null":        {usage: "is_null(x)", least: 1, most: 1, result: Logical, counts: nothingAtAll, rowwise: isNull},
	"first_non_null": {usage: "first_non_null(x, y, …)", least: 1, most: -1, rowwise: firstNonNull},
}

// choose gives the branch that the condition chooses. What the other branch lacks does not matter.
func choose(args []vector, i int, _ *machine) (float64, reason) {
	switch condition, why := args[0].at(i); {
	case why != present:
		return 0, why
	case condition != 0:
		return args[1].at(i)
	}
	return args[2].at(i)
}

// isNull tells whether x has no number, for whatever reason.
func isNull(args []vector, i int, _ *machine) (float64, reason) {
	if _, why := args[0].at(i); why != present {
		return 1, present
	}
	return 0, present
}

// firstNonNull gives the first argument that has a number; when none has, the reasons of all.
func firstNonNull(args []vector, i int, m *machine) (float64, reason) {
	all := present
	for _, arg := range args {
		number, why := arg.at(i)
		if why == present {
			return number, present
		}
		all = m.reasons.join(all, why)
	}
	return 0, all
}
