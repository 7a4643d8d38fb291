package round

import (
	"regexp"
	"strings"

	"jiaoheng/message"
)

// formulaToken is a name, a number or an operator of a formula.
var formulaToken = regexp.MustCompile(`[\p{L}_][\p{L}\p{N}_.]*|[<>!=]=|[*/]`)

// formulaSigns are operators as people write them.
var formulaSigns = map[string]string{"*": "×", "/": "÷", ">=": "≥", "<=": "≤", "==": "=", "!=": "≠"}

// formulaWords writes a formula with the titles of what it names and with the words for its functions.
func (a *asked) formulaWords(formula string) string {
	return formulaToken.ReplaceAllStringFunc(strings.TrimSpace(formula), func(token string) string {
		if sign, known := formulaSigns[token]; known {
			return sign
		}
		if key := "round.formula." + token; message.Has(key) {
			return a.text(key)
		}
		if inner, known := strings.CutPrefix(token, "switch."); known {
			if one, declared := a.outcome.Scope().Switch(inner); declared {
				return one.Title.In(a.language)
			}
		}
		return a.outcome.TitleOf(token, a.language)
	})
}
