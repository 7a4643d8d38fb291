package zh

// digits are the values of the Chinese digits and of 两. The banking forms (伍, 陆) are left out: in plans they
// stand in words such as 队伍.
var digits = map[rune]float64{
	'〇': 0, '零': 0, '○': 0, '一': 1, '二': 2, '两': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9,
}

// tens are the multipliers below 万.
var tens = map[rune]float64{'十': 10, '百': 100, '千': 1000}

// myriads are the multipliers that close a section of four places.
var myriads = map[rune]float64{'万': 1e4, '亿': 1e8}

// IsNumeral tells whether r may stand inside a Chinese numeral.
func IsNumeral(r rune) bool {
	if r < 0x3000 {
		return false
	}
	_, digit := digits[r]
	return digit || tens[r] != 0 || myriads[r] != 0
}

// Numeral reads the Chinese numeral at the start of text and returns its value and its length in runes.
//
// It reads 一百二十, 两万三千, 十五, 三百零五, 二〇二五 (digits in a row, at least three or with a 〇) and
// 三点五 before 亿, 万, 倍 or 个百分点. It refuses (ok false) what only looks like a numeral: two digits in
// a row (三四, 四五), multipliers alone (百, 千万) and sections out of order (十百).
func Numeral(text []rune) (value float64, length int, ok bool) {
	n := 0
	for n < len(text) && n < 24 && IsNumeral(text[n]) {
		n++
	}
	if n == 0 {
		return 0, 0, false
	}
	if v, ok := inRow(text[:n]); ok {
		return v, n, true
	}
	v, ok := inPlaces(text[:n])
	if !ok {
		return 0, 0, false
	}
	if v < 10 && n == 1 {
		if decimal, used := decimals(text[n:]); used > 0 {
			return v + decimal, n + used, true
		}
	}
	return v, n, true
}

// inRow reads digits in a row, as years are written: 二〇三五.
func inRow(run []rune) (float64, bool) {
	value, zero := 0.0, false
	for _, r := range run {
		d, digit := digits[r]
		if !digit || r == '两' {
			return 0, false
		}
		zero = zero || d == 0
		value = value*10 + d
	}
	return value, len(run) >= 3 || len(run) == 2 && zero
}

// inPlaces reads digits with their places: 一百二十.
func inPlaces(run []rune) (float64, bool) {
	total, section, digit := 0.0, 0.0, -1.0
	last, lastMyriad := 1e5, 1e12
	for i, r := range run {
		switch {
		case tens[r] != 0:
			place := tens[r]
			if place >= last || digit == 0 && i > 0 && run[i-1] != '零' && run[i-1] != '〇' {
				return 0, false
			}
			if digit < 0 {
				if place != 10 || section != 0 {
					return 0, false
				}
				digit = 1
			}
			section += digit * place
			last, digit = place, -1
		case myriads[r] != 0:
			if digit > 0 {
				section += digit
			}
			if section == 0 || myriads[r] >= lastMyriad {
				return 0, false
			}
			total += section * myriads[r]
			lastMyriad, last = myriads[r], 1e5
			section, digit = 0, -1
		default:
			if digit > 0 || digit == 0 && digits[r] == 0 {
				return 0, false
			}
			digit = digits[r]
		}
	}
	if digit > 0 {
		section += shortened(run, digit, last, lastMyriad)
	}
	return total + section, true
}

// shortened gives the last digit its value: the place after the last one named in 一百二 and 三万五, ones elsewhere.
func shortened(run []rune, digit, last, lastMyriad float64) float64 {
	n := len(run)
	if n < 2 {
		return digit
	}
	switch before := run[n-2]; {
	case (before == '百' || before == '千') && last > 10:
		return digit * last / 10
	case before == '万' && lastMyriad == 1e4:
		return digit * 1000
	}
	return digit
}

// decimals reads 点五 where a multiplier or a measure that takes decimals follows.
func decimals(text []rune) (float64, int) {
	if len(text) < 3 || text[0] != '点' {
		return 0, 0
	}
	value, place, n := 0.0, 0.1, 1
	for n < len(text) {
		d, digit := digits[text[n]]
		if !digit {
			break
		}
		value += d * place
		place /= 10
		n++
	}
	if n == 1 || n == len(text) {
		return 0, 0
	}
	switch text[n] {
	case '亿', '万', '倍', '个', '年', '%':
		return value, n
	}
	return 0, 0
}
