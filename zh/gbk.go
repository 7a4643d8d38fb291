package zh

import (
	"sync"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// gbkTable is the two-byte part of GBK in both directions.
type gbkTable struct {
	decode [0x100][0x100]rune // by lead and trail byte, 0 where there is none
	encode map[rune][2]byte
}

var gbk = sync.OnceValue(func() *gbkTable {
	t := &gbkTable{encode: make(map[rune][2]byte, 24000)}
	decoder := simplifiedchinese.GBK.NewDecoder()
	var out [8]byte
	for lead := 0x81; lead <= 0xFE; lead++ {
		for trail := 0x40; trail <= 0xFE; trail++ {
			decoder.Reset()
			n, _, err := decoder.Transform(out[:], []byte{byte(lead), byte(trail)}, true)
			if err != nil || n == 0 {
				continue
			}
			if r, size := utf8.DecodeRune(out[:n]); r != utf8.RuneError && size == n && r >= 0x80 {
				t.decode[lead][trail] = r
				t.encode[r] = [2]byte{byte(lead), byte(trail)}
			}
		}
	}
	t.addUserAreas()
	return t
})

// addUserAreas adds the three areas for characters of the user's own, which programs read as private characters.
func (t *gbkTable) addUserAreas() {
	next := rune(0xE000)
	area := func(leadFrom, leadTo, trailFrom, trailTo int) {
		for lead := leadFrom; lead <= leadTo; lead++ {
			for trail := trailFrom; trail <= trailTo; trail++ {
				if trail == 0x7F {
					continue
				}
				if t.decode[lead][trail] == 0 {
					t.decode[lead][trail] = next
					t.encode[next] = [2]byte{byte(lead), byte(trail)}
				}
				next++
			}
		}
	}
	area(0xAA, 0xAF, 0xA1, 0xFE)
	area(0xF8, 0xFE, 0xA1, 0xFE)
	area(0xA1, 0xA7, 0x40, 0xA0)
}

// isTrailLetter tells whether r is a letter or sign that may be the second byte of a character.
func isTrailLetter(r rune) bool { return r >= 0x40 && r <= 0x7E }

// isLost tells whether r stands for bytes that a program could not decode.
func isLost(r rune) bool {
	return r == '?' || r == '？' || r == utf8.RuneError || r == '□' || r == '■'
}

// isOdd tells whether r hardly occurs in an official text. Text read out of step is full of such.
func isOdd(r rune) bool {
	switch {
	case r == 0:
		return true
	case isHan(r):
		return !isCommon(r)
	case r < 0x80, r >= 0x2010 && r <= 0x2026, r >= 0x3000 && r <= 0x3017, r >= 0xFF01 && r <= 0xFF5E, r == '·', r >= 0x2460 && r <= 0x249B, r == '×', r == '℃', r >= 0x25A0 && r <= 0x25CF, r >= 0x2160 && r <= 0x2169:
		return false
	}
	return true
}
