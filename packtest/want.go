package packtest

import (
	"regexp"
	"strconv"
	"strings"

	"jiaoheng/measure"
	"jiaoheng/message"
)

// Words of verdicts.
const (
	Pass     = "pass"
	Fail     = "fail"
	Unknown  = "unknown"
	excluded = "excluded"
	silent   = "_"
)

var number = regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?$`)

// want reads a number, true, false, missing(a, b), invalid(reason), pass, fail, unknown, excluded; with texts also the
// name of a choice, and _ for an empty cell.
func (r *reader) want(w Word, texts bool) Want {
	want := Want{Word: w, Decimals: -1}
	name, inner, isCall := strings.Cut(strings.TrimSuffix(w.Text, ")"), "(")
	switch {
	case number.MatchString(w.Text):
		x, err := strconv.ParseFloat(w.Text, 64)
		if err != nil {
			r.fault(w.Place, "packtest.bad_want", message.Args{"word": w.Text})
		}
		want.Value = measure.Of(x)
		if _, decimals, has := strings.Cut(w.Text, "."); has {
			want.Decimals = len(decimals)
		}
	case w.Text == "true" || w.Text == "false":
		want.Value = measure.Of(map[string]float64{"true": 1, "false": 0}[w.Text])
	case isCall && name == "missing" && strings.HasSuffix(w.Text, ")"):
		want.Value = measure.MissingFor(names(inner)...)
	case isCall && name == "invalid" && strings.HasSuffix(w.Text, ")"):
		key, known := reasonKey(strings.TrimSpace(inner))
		if !known {
			r.fault(w.Place, "packtest.unknown_reason", message.Args{"reason": inner})
			break
		}
		want.Value = measure.InvalidBecause(key)
	case w.Text == excluded:
		want.Kind = WantExcluded
	case texts:
		want.Kind, want.Text = WantText, w.Text
	case w.Text == Pass || w.Text == Fail || w.Text == Unknown:
		want.Kind, want.Text = WantVerdict, w.Text
	default:
		r.fault(w.Place, "packtest.bad_want", message.Args{"word": w.Text})
	}
	return want
}

// names splits the names of missing(a, b).
func names(inner string) []string {
	return strings.FieldsFunc(inner, func(c rune) bool { return strings.ContainsRune(",，、 \t", c) })
}

// reasonKey returns the key of the catalogue whose text in either language is the reason.
func reasonKey(text string) (string, bool) {
	for _, key := range message.Keys() {
		if !strings.HasPrefix(key, "measure.") && !strings.HasPrefix(key, "indicator.") && !strings.HasPrefix(key, "standard.") && !strings.HasPrefix(key, "register.") {
			continue
		}
		if message.Text(message.Chinese, key, nil) == text || message.Text(message.English, key, nil) == text {
			return key, true
		}
	}
	return "", false
}
