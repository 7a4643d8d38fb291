package table

import (
	"math"
	"strconv"
	"unsafe"
)

// exactFigures is how many figures a double holds whatever they are; powers of ten up to 22 are exact too, so that one
// division gives the nearest double (Clinger, How to Read Floating Point Numbers Accurately, 1990).
const exactFigures = 15

var powers = [exactFigures + 1]float64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15}

// Number reads a decimal number such as -12.5 or 1e3, the nearest double to it. Not numbers here: whole numbers of more than
// 15 figures (codes), what is beyond the largest double, and names of infinity.
func Number(text []byte) (value float64, ok bool) {
	at, minus := 0, false
	if len(text) > 0 && (text[0] == '-' || text[0] == '+') {
		at, minus = 1, text[0] == '-'
	}
	from, point := at, -1
	var mantissa uint64
	for ; at < len(text); at++ {
		figure := text[at] - '0'
		if figure <= 9 {
			mantissa = mantissa*10 + uint64(figure)
			continue
		}
		if text[at] != '.' || point >= 0 {
			break
		}
		point = at
	}
	figures := at - from
	if point >= 0 {
		figures--
	}
	if at < len(text) || figures == 0 || figures > exactFigures {
		return slowNumber(text, from)
	}
	value = float64(mantissa)
	if point >= 0 {
		value /= powers[at-point-1]
	}
	if minus {
		value = -value
	}
	return value, true
}

// slowNumber reads what has many figures or an exponent; the unsigned part begins at from.
func slowNumber(text []byte, from int) (float64, bool) {
	at, figures, point, exponent := from, 0, false, false
	for ; at < len(text); at++ {
		switch c := text[at]; {
		case c >= '0' && c <= '9':
			figures++
		case c == '.' && !point:
			point = true
		default:
			if c|0x20 != 'e' || figures == 0 || !isExponent(text[at+1:]) {
				return 0, false
			}
			exponent = true
		}
		if exponent {
			break
		}
	}
	if figures == 0 || figures > exactFigures && !point && !exponent {
		return 0, false
	}
	value, err := strconv.ParseFloat(unsafe.String(unsafe.SliceData(text), len(text)), 64)
	return value, err == nil && !math.IsInf(value, 0)
}

func isExponent(text []byte) bool {
	if len(text) > 0 && (text[0] == '-' || text[0] == '+') {
		text = text[1:]
	}
	for _, c := range text {
		if c < '0' || c > '9' {
			return false
		}
	}
	return len(text) > 0
}

// IsMissing tells whether a cell holds no value: nothing, NA or NaN.
func IsMissing(text []byte) bool {
	switch len(text) {
	case 0:
		return true
	case 2:
		return text[0] == 'N' && text[1] == 'A'
	case 3:
		return text[0] == 'N' && text[1] == 'a' && text[2] == 'N'
	}
	return false
}
