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

// twins are characters that careless converters turn into the wrong one of two traditional characters.
var twins = map[rune]rune{'制': '製', '面': '麵', '只': '隻', '谷': '穀', '系': '係', '干': '幹', '后': '後', '里': '裡', '台': '臺', '准': '準', '征': '徵', '出': '齣', '表': '錶', '卷': '捲', '松': '鬆', '致': '緻'}

// sure are the twins that no simplified text has, whatever the word.
var sure = map[rune]rune{'制': '製', '面': '麵', '只': '隻', '谷': '穀', '系': '係'}

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
		if old, double := table[s[0]]; !double || rank(t[0]) < rank(old) {
			table[s[0]] = t[0]
		}
	}
	for s, t := range sure {
		table[s] = t
	}
	for _, s := range "出表卷松致台征准于" {
		delete(table, s) // mostly the same in traditional text
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
		if t, ok := sure[r]; ok {
			return t
		}
		return r
	}, text)
}

// missteps puts pinyin behind the first GBK byte of a character whose second byte is a letter: the first byte and the
// opening bracket become one question mark, the second byte shows as the letter.
func missteps(text string, random *rand.Rand) string {
	encoder := simplifiedchinese.GBK.NewEncoder()
	var out strings.Builder
	since := 0
	for _, r := range text {
		since++
		if unicode.Is(unicode.Han, r) && since > 400 && random.Float64() < 0.2 {
			bytes, err := encoder.String(string(r))
			if s := toned(r); err == nil && len(bytes) == 2 && s != "" && unicode.IsLetter(rune(bytes[1])) && bytes[1] < 0x80 {
				out.WriteString("?" + s + ")" + bytes[1:])
				since = 0
				continue
			}
		}
		out.WriteRune(r)
	}
	return out.String()
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
