package measure

import (
	"strconv"
	"strings"
	"unicode"
)

// maxBase is the longest name of a base measure in characters.
const maxBase = 8

// alias is what a written word stands for: a base measure to a power, times a scale. An empty base is a pure number.
type alias struct {
	base  string
	power int
	scale float64
}

// aliases are the words that are written in several ways, or that hide a scale.
var aliases = map[string]alias{
	"%": {"", 0, 0.01}, "‰": {"", 0, 0.001}, "百分点": {"", 0, 0.01}, "倍": {"", 0, 1}, "比": {"", 0, 1},
	"人": {"人", 1, 1}, "名": {"人", 1, 1}, "人次": {"人次", 1, 1}, "师": {"人", 1, 1}, "教师": {"人", 1, 1},
	"专任教师": {"人", 1, 1}, "教职工": {"人", 1, 1},
	"生": {"学生", 1, 1}, "学生": {"学生", 1, 1}, "在校生": {"学生", 1, 1},
	"班": {"班", 1, 1}, "班级": {"班", 1, 1}, "校": {"所", 1, 1}, "学校": {"所", 1, 1}, "所": {"所", 1, 1},
	"m": {"m", 1, 1}, "米": {"m", 1, 1}, "km": {"m", 1, 1e3}, "千米": {"m", 1, 1e3}, "公里": {"m", 1, 1e3},
	"m2": {"m", 2, 1}, "平方米": {"m", 2, 1}, "平米": {"m", 2, 1}, "公顷": {"m", 2, 1e4}, "亩": {"m", 2, 10000.0 / 15},
	"km2": {"m", 2, 1e6}, "平方公里": {"m", 2, 1e6}, "平方千米": {"m", 2, 1e6},
	"年": {"年", 1, 1}, "学年": {"年", 1, 1}, "年度": {"年", 1, 1}, "日": {"天", 1, 1}, "天": {"天", 1, 1},
	"小时": {"小时", 1, 1}, "时": {"小时", 1, 1}, "h": {"小时", 1, 1}, "kW": {"kW", 1, 1}, "kg": {"kg", 1, 1}, "cm": {"m", 1, 0.01},
}

// scales are the numerals before a word.
var scales = map[rune]float64{'十': 10, '百': 100, '千': 1e3, '万': 1e4, '亿': 1e8}

// readFactor reads one factor: numerals, a counter such as 名, a word.
func readFactor(text string) (Measure, bool) {
	if found, ok := aliases[text]; ok {
		return found.measure(1), true
	}
	if text == "" {
		return Measure{}, false
	}
	rest := strings.TrimLeft(text, "0123456789.")
	scale := 1.0
	if digits := text[:len(text)-len(rest)]; digits != "" {
		number, err := strconv.ParseFloat(digits, 64)
		if err != nil || number <= 0 || number > 1e12 {
			return Measure{}, false
		}
		scale = number
	}
	for _, r := range rest {
		if _, whole := aliases[rest]; whole || scales[r] == 0 {
			break
		}
		scale *= scales[r]
		rest = rest[len(string(r)):]
	}
	if rest == "" {
		return Measure{scale: scale}, true
	}
	if word := withoutCounter(rest); word != "" {
		rest = word
	}
	if found, ok := aliases[rest]; ok {
		return found.measure(scale), true
	}
	if !isBase(rest) {
		return Measure{}, false
	}
	return alias{rest, 1, 1}.measure(scale), true
}

// withoutCounter takes the counter off 名学生 or 个班; a counter alone stays.
func withoutCounter(text string) string {
	for _, counter := range []string{"名", "位", "个"} {
		if word, counted := strings.CutPrefix(text, counter); counted {
			return word
		}
	}
	return text
}

func (a alias) measure(scale float64) Measure {
	if a.base == "" {
		return Measure{scale: scale * a.scale}
	}
	return Measure{exponents: map[string]int{a.base: a.power}, scale: scale * a.scale}
}

// isBase tells whether text may be a base measure: a short Chinese word.
func isBase(text string) bool {
	for _, r := range text {
		if !unicode.Is(unicode.Han, r) {
			return false
		}
	}
	return text != "" && len([]rune(text)) <= maxBase
}
