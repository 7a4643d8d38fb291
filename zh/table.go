package zh

import (
	"strings"
	"sync"
	"unicode/utf8"

	"jiaoheng/third_party"
)

// phrase is a run of characters whose conversion differs from that of its characters one by one.
type phrase struct{ from, to string }

// traditionalTable is the way from traditional to simplified characters.
type traditionalTable struct {
	character [0x10000]rune // 0 where a character stays as it is
	phrases   map[rune][]phrase
}

// table is read once. The official table covers what a careful writer of traditional characters writes; wrongly
// covers what a machine wrote that took the wrong one of several traditional forms.
var table = sync.OnceValue(func() *traditionalTable {
	t := &traditionalTable{phrases: map[rune][]phrase{}}
	add := func(from, to string) {
		first, size := utf8.DecodeRuneInString(from)
		if size == len(from) {
			if to, _ := utf8.DecodeRuneInString(to); first < 0x10000 && first != to {
				t.character[first] = to
			}
			return
		}
		t.phrases[first] = append(t.phrases[first], phrase{from, to})
	}
	for line := range strings.Lines(string(third_party.Traditional())) {
		if from, to, ok := strings.Cut(strings.TrimRight(line, "\r\n"), "\t"); ok && from != "" && to != "" {
			add(from, to)
		}
	}
	for _, pair := range wrongly {
		from, to, _ := strings.Cut(pair, " ")
		add(from, to)
	}
	return t
})

// wrongly lists characters that a machine writes for a simplified character that has several traditional forms,
// and the words in which they are right and stay.
var wrongly = []string{
	"瞭 了", "瞭望 瞭望", "瞭哨 瞭哨", "説 说", "悦 悦", "税 税",
	"批覆 批复", "答覆 答复", "反覆 反复", "回覆 回复", "恢覆 恢复", "重覆 重复", "覆雜 复杂", "覆杂 复杂", "覆習 复习", "覆习 复习",
	"修覆 修复", "康覆 康复", "覆核 复核", "覆查 复查", "覆合 复合", "憑藉 凭借", "藉助 借助", "藉鑒 借鉴", "藉鑑 借鉴", "藉鉴 借鉴",
	"藉此 借此", "藉機 借机", "藉用 借用", "藉調 借调", "藉閱 借阅", "藉智 借智", "藉力 借力",
}

// simple returns the simplified form of one character taken alone.
func simple(r rune) rune {
	if r < 0x3400 || r > 0xFFFF {
		return r
	}
	if to := table().character[r]; to != 0 {
		return to
	}
	return r
}
