package docx

import (
	"strconv"
	"strings"
)

const (
	heavenlyStems    = "甲乙丙丁戊己庚辛壬癸"
	earthlyBranches  = "子丑寅卯辰巳午未申酉戌亥"
	chineseDigits    = "〇一二三四五六七八九"
	financialDigits  = "零壹贰叁肆伍陆柒捌玖"
	enclosedChinese  = "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"
	bracketedChinese = "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩"
)

// formatNumber writes n as the number format of Word does. A number outside the reach of a format, and a
// format that is unknown, give arabic figures, as in Word.
func formatNumber(n int, format string) string {
	if n < 0 {
		n = 0
	}
	decimal := strconv.Itoa(n)
	switch format {
	case "none":
		return ""
	case "decimalZero":
		if n < 10 {
			return "0" + decimal
		}
	case "chineseCounting", "taiwaneseCounting", "japaneseCounting", "taiwaneseCountingThousand", "chineseCountingThousand":
		return inUnits(n, "零一二三四五六七八九", []string{"", "十", "百", "千"}, true)
	case "chineseLegalSimplified":
		return inUnits(n, financialDigits, []string{"", "拾", "佰", "仟"}, false)
	case "ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital":
		return digitByDigit(decimal, chineseDigits)
	case "decimalFullWidth", "decimalFullWidth2":
		return digitByDigit(decimal, "０１２３４５６７８９")
	case "ideographTraditional":
		return nth(heavenlyStems, n, decimal)
	case "ideographZodiac":
		return nth(earthlyBranches, n, decimal)
	case "ideographEnclosedCircle":
		return nth(enclosedChinese, n, decimal)
	case "decimalEnclosedCircle", "decimalEnclosedCircleChinese":
		return circled(n, decimal)
	case "decimalEnclosedFullstop":
		return offset('⒈', n, 20, decimal)
	case "decimalEnclosedParen":
		return offset('⑴', n, 20, decimal)
	case "ideographParenthesis", "chineseParenthesis":
		return nth(bracketedChinese, n, decimal)
	case "upperLetter":
		return letters(n, 'A', decimal)
	case "lowerLetter":
		return letters(n, 'a', decimal)
	case "upperRoman":
		return roman(n, decimal)
	case "lowerRoman":
		return strings.ToLower(roman(n, decimal))
	case "numberInDash":
		return "- " + decimal + " -"
	}
	return decimal
}

// inUnits writes 1–9999 with 十, 百, 千; short leaves out the 一 of 一十 at the front.
func inUnits(n int, digits string, units []string, short bool) string {
	if n == 0 || n > 9999 {
		return digitByDigit(strconv.Itoa(n), digits)
	}
	digit := []rune(digits)
	var out strings.Builder
	figures := strconv.Itoa(n)
	zero := false
	for i, figure := range figures {
		d := int(figure - '0')
		if d == 0 {
			zero = true
			continue
		}
		if zero {
			out.WriteRune(digit[0])
			zero = false
		}
		unit := units[len(figures)-1-i]
		if !(short && i == 0 && d == 1 && len(figures) == 2) {
			out.WriteRune(digit[d])
		}
		out.WriteString(unit)
	}
	return out.String()
}

func digitByDigit(decimal, digits string) string {
	digit := []rune(digits)
	var out strings.Builder
	for _, figure := range decimal {
		out.WriteRune(digit[figure-'0'])
	}
	return out.String()
}

func nth(signs string, n int, otherwise string) string {
	all := []rune(signs)
	if n < 1 || n > len(all) {
		return otherwise
	}
	return string(all[n-1])
}

func circled(n int, otherwise string) string {
	switch {
	case n >= 1 && n <= 20:
		return string(rune('①' + n - 1))
	case n >= 21 && n <= 35:
		return string(rune('㉑' + n - 21))
	case n >= 36 && n <= 50:
		return string(rune('㊱' + n - 36))
	}
	return otherwise
}

func offset(first rune, n, last int, otherwise string) string {
	if n < 1 || n > last {
		return otherwise
	}
	return string(first + rune(n-1))
}

// letters counts a … z, aa, bb … as Word does.
func letters(n int, first rune, otherwise string) string {
	if n < 1 || n > 780 {
		return otherwise
	}
	return strings.Repeat(string(first+rune((n-1)%26)), (n-1)/26+1)
}

func roman(n int, otherwise string) string {
	if n < 1 || n > 3999 {
		return otherwise
	}
	var out strings.Builder
	for _, step := range []struct {
		value int
		sign  string
	}{{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for ; n >= step.value; n -= step.value {
			out.WriteString(step.sign)
		}
	}
	return out.String()
}
