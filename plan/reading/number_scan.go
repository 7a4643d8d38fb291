package reading

import (
	"jiaoheng/zh"
)

// numberForm is how a number is written.
type numberForm int

const (
	formPlain    numberForm = iota
	formShare               // 三分之二, 一半, 三成: a share that carries its per cent in the words
	formRatio               // 1∶3
	formMultiple            // 翻一番
)

// number is one number of a run of text, in rune offsets. A range is one number with two values.
type number struct {
	from, to int
	value    float64
	max      float64
	ranged   bool
	percent  bool // the sign % or ‰ belongs to the number
	mille    bool
	chinese  bool
	form     numberForm
	kind     numberKind
}

// scanNumbers finds the numbers of a run of text from left to right: digits of any width, decimals,
// thousands, per cent, Chinese numerals and shares, ratios and ranges. Linear in the length of the text.
func scanNumbers(text []rune) []number {
	var found []number
	for i := 0; i < len(text); {
		n, ok := numberAt(text, i)
		if !ok {
			i++
			continue
		}
		if second, ok := rangeTail(text, n); ok {
			n.max, n.ranged = second.value, true
			n.percent = n.percent || second.percent
			n.mille = n.mille || second.mille
			n.to = second.to
		} else if second, ok := ratioTail(text, n); ok {
			if second.value != 0 {
				n.max = second.value
				n.form = formRatio
			}
			n.to = ratioRange(text, second.to)
		}
		found = append(found, n)
		i = n.to
	}
	return found
}

// numberAt reads the number that begins exactly at rune i.
func numberAt(text []rune, i int) (number, bool) {
	if _, ok := digit(text[i]); ok {
		return digitsAt(text, i), true
	}
	if !zh.IsNumeral(text[i]) && text[i] != '半' && text[i] != '过' {
		return number{}, false
	}
	if i > 0 && zh.IsNumeral(text[i-1]) {
		return number{}, false // the rest of a run that is no numeral
	}
	rest := text[i:]
	if len(rest) > 32 {
		rest = rest[:32]
	}
	if percent, n, ok := zh.Share(rest); ok {
		return number{from: i, to: i + n, value: percent, chinese: true, form: formShare}, true
	}
	if text[i] == '半' || text[i] == '过' {
		return number{}, false
	}
	value, n, ok := zh.Numeral(rest)
	if !ok {
		return number{}, false
	}
	return number{from: i, to: i + n, value: value, chinese: true}, true
}

// digitsAt reads digits with thousands, decimals and a sign of per cent.
func digitsAt(text []rune, i int) number {
	n := number{from: i}
	j, whole := i, 0.0
	for j < len(text) {
		d, ok := digit(text[j])
		if !ok {
			if thousands(text, i, j) {
				j++
				continue
			}
			break
		}
		whole = whole*10 + d
		j++
	}
	place, decimals := 1.0, 0.0
	if j+1 < len(text) && (text[j] == '.' || text[j] == '．') {
		if _, ok := digit(text[j+1]); ok {
			j++
			for j < len(text) {
				d, ok := digit(text[j])
				if !ok {
					break
				}
				if place < 1e9 {
					decimals = decimals*10 + d
					place *= 10
				}
				j++
			}
		}
	}
	n.value = (whole*place + decimals) / place
	n.to = j
	k := j
	if k+1 < len(text) && text[k] == ' ' {
		k++
	}
	if k < len(text) {
		switch text[k] {
		case '%', '％', '﹪':
			n.percent, n.to = true, k+1
		case '‰':
			n.mille, n.to = true, k+1
		}
	}
	return n
}

// thousands tells whether the comma at j parts thousands of the number that began at i.
func thousands(text []rune, i, j int) bool {
	if text[j] != ',' || j == i || j-i > 11 || (j-i > 3 && text[j-4] != ',') || j+3 >= len(text) {
		return false
	}
	for k := j + 1; k <= j+3; k++ {
		if _, ok := digit(text[k]); !ok {
			return false
		}
	}
	if j+4 < len(text) {
		if _, more := digit(text[j+4]); more {
			return false
		}
	}
	return text[i] != '0' && text[i] != '０'
}

// rangeTail reads the second number of a range such as 3-5, 3至5, 1%—2% or 十五至二十.
func rangeTail(text []rune, n number) (number, bool) {
	i := n.to
	if i >= len(text) || n.form != formPlain {
		return number{}, false
	}
	unit, hasUnit := unitMatch{}, false
	if !isRangeMark(text[i]) && !n.percent {
		if unit, hasUnit = unitAt(text, i); hasUnit {
			i = unit.to
		}
	}
	if i >= len(text) {
		return number{}, false
	}
	if !isRangeMark(text[i]) && !neighbours(text, n) {
		return number{}, false
	}
	i++
	for i < len(text) && (text[i] == '—' || text[i] == '-' || text[i] == '─') {
		i++
	}
	if i >= len(text) {
		return number{}, false
	}
	second, ok := numberAt(text, i)
	if !ok || second.form != formPlain || second.chinese != n.chinese || n.percent && !second.percent || second.value < n.value {
		return number{}, false
	}
	if hasUnit {
		other, ok := unitAt(text, second.to)
		if !ok || other.text != unit.text || unit.base == "日" || unit.base == "月" || unit.base == "" || text[unit.to] == '到' {
			return number{}, false
		}
	}
	return second, true
}

// neighbours tells whether two digits in a row with 、 between them give a rough count: 2、3名. Behind 分别 and 第
// they are two numbers.
func neighbours(text []rune, n number) bool {
	i := n.to
	if n.percent || n.chinese || i-n.from != 1 || i+2 >= len(text) || text[i] != '、' || n.from == 0 {
		return false
	}
	second, ok := digit(text[i+1])
	if !ok || second != n.value+1 || isDigitAt(text, i+2) {
		return false
	}
	unit, ok := unitAt(text, i+2)
	if !ok || unit.class != classCount {
		return false
	}
	for k := n.from - 1; k >= 0 && k > n.from-farReach && !isClauseEnd(text[k]); k-- {
		if text[k] == '第' || text[k] == '、' || hasAt(text, k, "分别") {
			return false
		}
	}
	return true
}

// isRangeMark tells whether r joins the two ends of a range.
func isRangeMark(r rune) bool {
	switch r {
	case '-', '—', '–', '―', '－', '~', '～', '至', '到', '─', '‐':
		return true
	}
	return false
}

// ratioTail reads the second number of a ratio such as 1∶7.
func ratioTail(text []rune, n number) (number, bool) {
	i := n.to
	if i+1 >= len(text) || n.percent || n.chinese || n.form != formPlain {
		return number{}, false
	}
	if text[i] != '∶' && text[i] != ':' && text[i] != '：' {
		return number{}, false
	}
	if _, ok := digit(text[i+1]); !ok {
		return number{}, false
	}
	second := digitsAt(text, i+1)
	if second.percent {
		return number{}, false
	}
	return second, true
}

// ratioRange steps over the second ratio of a range such as 1∶5至1∶7.
func ratioRange(text []rune, i int) int {
	if i+2 >= len(text) || text[i] != '至' && text[i] != '到' && text[i] != '-' && text[i] != '—' && text[i] != '~' && text[i] != '～' {
		return i
	}
	if !isDigitAt(text, i+1) {
		return i
	}
	first := digitsAt(text, i+1)
	if second, ok := ratioTail(text, first); ok {
		return second.to
	}
	return i
}

// digit gives the value of a digit of any width.
func digit(r rune) (float64, bool) {
	switch {
	case r >= '0' && r <= '9':
		return float64(r - '0'), true
	case r >= '０' && r <= '９':
		return float64(r - '０'), true
	}
	return 0, false
}
