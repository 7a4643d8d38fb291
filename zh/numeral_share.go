package zh

// Share reads the share of a whole at the start of text as a percentage, with its length in runes:
// 百分之九十五点五, 千分之三, 三分之二, 三成五, 一半, 半数, 过半.
func Share(text []rune) (percent float64, length int, ok bool) {
	for _, word := range []struct {
		text string
		skip int
	}{{"一半", 2}, {"半数", 2}, {"过半", 2}} {
		if startsWith(text, word.text) {
			return 50, word.skip, true
		}
	}
	whole, n, wholeOK := wholeOf(text)
	if wholeOK && startsWith(text[n:], "分之") {
		part, m, ok := part(text[n+2:])
		if !ok || whole == 0 {
			return 0, 0, false
		}
		return 100 * part / whole, n + 2 + m, true
	}
	if v, n, ok := Numeral(text); ok && v >= 1 && v <= 10 && n < len(text) && text[n] == '成' {
		return tenths(text, v, n)
	}
	return 0, 0, false
}

// wholeOf reads what a share is a share of: a numeral, or a bare 百 or 千 as in 百分之.
func wholeOf(text []rune) (float64, int, bool) {
	if startsWith(text, "百分") {
		return 100, 1, true
	}
	if startsWith(text, "千分") {
		return 1000, 1, true
	}
	return Numeral(text)
}

// part reads the number after 分之, which may be a bare 百 (百分之百) and may have decimals.
func part(text []rune) (float64, int, bool) {
	v, n, ok := Numeral(text)
	if !ok {
		if startsWith(text, "百") {
			return 100, 1, true
		}
		return 0, 0, false
	}
	if n+1 < len(text) && text[n] == '点' {
		place, m := 0.1, n+1
		for m < len(text) {
			d, digit := digits[text[m]]
			if !digit {
				break
			}
			v += d * place
			place /= 10
			m++
		}
		if m > n+1 {
			n = m
		}
	}
	return v, n, true
}

// tenths reads 三成 and 三成五; words such as 成为, 成立 and 成果 begin with the same character and are refused.
func tenths(text []rune, v float64, n int) (float64, int, bool) {
	n++
	if n < len(text) {
		if d, digit := digits[text[n]]; digit && d > 0 && text[n] != '两' {
			return v*10 + d, n + 1, true
		}
		switch text[n] {
		case '为', '立', '果', '功', '员', '长', '效', '就', '绩', '人', '熟', '才', '年', '套', '本', '品', '分', '型', '都':
			return 0, 0, false
		}
	}
	return v * 10, n, true
}

func startsWith(text []rune, word string) bool {
	i := 0
	for _, r := range word {
		if i >= len(text) || text[i] != r {
			return false
		}
		i++
	}
	return true
}
