package noise

import (
	"math/rand/v2"
	"strings"
	"sync"
	"unicode"

	"github.com/mozillazg/go-pinyin"
	"golang.org/x/text/encoding/simplifiedchinese"
	"jiaoheng/third_party"
)

func spell(r rune, style int) string {
	options := pinyin.NewArgs()
	options.Style = style
	all := pinyin.SinglePinyin(r, options)
	if len(all) == 0 {
		return ""
	}
	return all[0]
}

func toned(r rune) string    { return spell(r, pinyin.Tone) }
func toneless(r rune) string { return spell(r, pinyin.Normal) }

// pinyinNoise puts the reading of a character behind it, each character with the given chance.
func pinyinNoise(chance float64, reading func(rune) string, open, shut string, times int) func(string, *rand.Rand) string {
	return func(text string, random *rand.Rand) string {
		var out strings.Builder
		for _, r := range text {
			out.WriteRune(r)
			if !unicode.Is(unicode.Han, r) || random.Float64() >= chance {
				continue
			}
			if s := reading(r); s != "" {
				out.WriteString(strings.Repeat(open+s+shut, times))
			}
		}
		return out.String()
	}
}

// twins are characters for which careless converters take the wrong one of two traditional characters.
var twins = map[rune]rune{'制': '製', '面': '麵', '只': '隻', '谷': '穀', '系': '係'}

var traditional = sync.OnceValue(func() map[rune]rune {
	table := map[rune]rune{}
	for line := range strings.Lines(string(third_party.Traditional())) {
		from, to, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok {
			continue
		}
		t, s := []rune(from), []rune(to)
		if len(t) != 1 || len(s) != 1 || t[0] == s[0] {
			continue
		}
		// Only characters of the usual encodings: a converter of web pages writes no rare ones.
		if _, err := simplifiedchinese.GBK.NewEncoder().String(from); err != nil {
			continue
		}
		// A character that is usual in both writings stays, save for the twins.
		if encoded, err := traditionalEncoder().String(to); err == nil && len(encoded) == 2 && encoded[0] >= 0xA4 && encoded[0] < 0xC9 {
			continue
		}
		if old, double := table[s[0]]; !double || rank(t[0]) < rank(old) {
			table[s[0]] = t[0]
		}
	}
	for s, t := range twins {
		table[s] = t
	}
	return table
})

// rank prefers characters of Big5's first, frequent part over variants.
func rank(r rune) int {
	encoded, err := traditionalEncoder().String(string(r))
	if err != nil || len(encoded) != 2 {
		return 1 << 17
	}
	return int(encoded[0])<<8 | int(encoded[1])
}

func toTraditional(text string, _ *rand.Rand) string {
	table := traditional()
	return strings.Map(func(r rune) rune {
		if t, ok := table[r]; ok {
			return t
		}
		return r
	}, text)
}

func wrongTwins(text string, _ *rand.Rand) string {
	return strings.Map(func(r rune) rune {
		if t, ok := twins[r]; ok {
			return t
		}
		return r
	}, text)
}

// missteps does what a program does that reads GBK out of step: the second byte of one character and the first of the
// next look to it like a third character, whose reading it puts in brackets between the two bytes of the second. Read in
// step again, the broken first byte and the opening bracket become one question mark, and the second byte, where it is
// a letter, stands alone: 區域學 with 域 D3 F2, 學 8C 57, 驅 F2 8C becomes 區域?qū)W.
func missteps(text string, random *rand.Rand) string {
	var out strings.Builder
	since := 0
	var before rune
	for _, r := range text {
		since++
		if since > 250 && random.Float64() < 0.5 {
			if misread, letter := between(before, r); letter != 0 {
				out.WriteString("?" + toned(misread) + ")" + string(letter))
				since, before = 0, 0
				continue
			}
		}
		out.WriteRune(r)
		before = r
	}
	return out.String()
}

// between returns the character that the last byte of a and the first of b make, and the letter that is b's last byte.
func between(a, b rune) (misread, letter rune) {
	if !unicode.Is(unicode.Han, a) || !unicode.Is(unicode.Han, b) {
		return 0, 0
	}
	encoded, err := simplifiedchinese.GBK.NewEncoder().String(string([]rune{a, b}))
	if err != nil || len(encoded) != 4 || encoded[3] >= 0x80 || !unicode.IsLetter(rune(encoded[3])) {
		return 0, 0
	}
	middle, err := simplifiedchinese.GBK.NewDecoder().String(encoded[1:3])
	if err != nil {
		return 0, 0
	}
	c := []rune(middle)
	if len(c) != 1 || !unicode.Is(unicode.Han, c[0]) || toned(c[0]) == "" {
		return 0, 0
	}
	return c[0], rune(encoded[3])
}

func wideDigits(text string, random *rand.Rand) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r == '%' {
			return r - '!' + '！'
		}
		return r
	}, text)
}

// spacedNumbers puts spaces around and sometimes into numbers.
func spacedNumbers(text string, random *rand.Rand) string {
	runes := []rune(text)
	digit := func(i int) bool { return i >= 0 && i < len(runes) && runes[i] >= '0' && runes[i] <= '9' }
	han := func(i int) bool { return i >= 0 && i < len(runes) && unicode.Is(unicode.Han, runes[i]) }
	var out strings.Builder
	for i, r := range runes {
		switch {
		case digit(i) && digit(i-1) && random.Float64() < 0.3,
			digit(i) && han(i-1) && random.Float64() < 0.5,
			digit(i-1) && (han(i) || r == '%') && random.Float64() < 0.5:
			out.WriteByte(' ')
		}
		out.WriteRune(r)
	}
	return out.String()
}

var entityOf = map[rune]string{'“': "&ldquo;", '”': "&rdquo;", '—': "&mdash;", '·': "&middot;", '《': "&#12298;", '》': "&#12299;", '、': "&#12289;", '%': "&#37;", '&': "&amp;", '…': "&hellip;"}

func entities(text string, random *rand.Rand) string {
	var out strings.Builder
	for i, r := range text {
		if i == 0 || text[i-1] == '\n' {
			out.WriteString("&nbsp;&nbsp;&#12288;")
		}
		if e, ok := entityOf[r]; ok && random.Float64() < 0.7 {
			out.WriteString(e)
		} else {
			out.WriteRune(r)
		}
	}
	return out.String()
}
