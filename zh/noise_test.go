package zh_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"

	"github.com/mozillazg/go-pinyin"
	"golang.org/x/text/encoding/simplifiedchinese"

	"jiaoheng/third_party"
	"jiaoheng/zh"
)

// maxRate is the share of characters that may be wrong after repair.
const maxRate = 0.003

// noise puts one kind of noise on a text.
type noise struct {
	name string
	put  func(text string, random *rand.Rand) string
}

func han(r rune) bool { return unicode.Is(unicode.Han, r) }

// gloss writes readings behind one character in every.
func gloss(every int, write func(r rune, random *rand.Rand) string) func(string, *rand.Rand) string {
	return func(text string, random *rand.Rand) string {
		var out strings.Builder
		for _, r := range text {
			out.WriteRune(r)
			if han(r) && random.IntN(every) == 0 {
				out.WriteString(write(r, random))
			}
		}
		return out.String()
	}
}

func reading(r rune, toned bool) string {
	args := pinyin.NewArgs()
	if toned {
		args.Style = pinyin.Tone
	}
	if all := pinyin.SinglePinyin(r, args); len(all) > 0 {
		return all[0]
	}
	return "de"
}

// traditionalForms lists the traditional characters of each simplified one, right and wrong.
func traditionalForms() map[rune][]rune {
	forms := map[rune][]rune{'着': {'著'}, '了': {'了'}}
	for line := range strings.Lines(string(third_party.Traditional())) {
		from, to, _ := strings.Cut(strings.TrimSpace(line), "\t")
		a, b := []rune(from), []rune(to)
		if len(a) == 1 && len(b) == 1 && a[0] < 0xA000 {
			forms[b[0]] = append(forms[b[0]], a[0])
		}
	}
	return forms
}

// toTraditional takes any of the traditional forms, as a machine without a dictionary does.
func toTraditional(text string, random *rand.Rand) string {
	forms := traditionalForms()
	return strings.Map(func(r rune) rune {
		if all := forms[r]; len(all) > 0 {
			return all[random.IntN(len(all))]
		}
		return r
	}, text)
}

// usualTraditional takes the first form that GBK has.
func usualTraditional(text string) string {
	forms := traditionalForms()
	encoder := simplifiedchinese.GBK.NewEncoder()
	return strings.Map(func(r rune) rune {
		for _, form := range forms[r] {
			if _, err := encoder.String(string(form)); err == nil {
				return form
			}
		}
		return r
	}, text)
}

// tornByReadings writes readings behind some characters in the bytes of GBK, in step or not, as 001 was made.
func tornByReadings(text string, random *rand.Rand) string {
	data, err := simplifiedchinese.GBK.NewEncoder().Bytes([]byte(usualTraditional(text)))
	if err != nil {
		panic(err)
	}
	for _, r := range "區聯學務導質發當應責標經網設業歷際實驗" {
		code, err := simplifiedchinese.GBK.NewEncoder().Bytes([]byte(string(r)))
		if err != nil {
			panic(err)
		}
		mark, err := simplifiedchinese.GBK.NewEncoder().Bytes([]byte("(" + reading(r, true) + ")"))
		if err != nil {
			panic(err)
		}
		data = bytes.ReplaceAll(data, code, append(append([]byte{}, code...), mark...))
	}
	out, err := simplifiedchinese.GBK.NewDecoder().Bytes(data)
	if err != nil {
		panic(err)
	}
	return strings.ReplaceAll(strings.ReplaceAll(string(out), "\uFFFD(", "?"), "\uFFFD", "?")
}

// pages cuts a text every size characters and writes what comes between.
func pages(text string, size int, between func(page int) string) string {
	var out strings.Builder
	n, page := 0, 1
	for _, r := range text {
		if n == size {
			out.WriteString(between(page))
			n, page = 0, page+1
		}
		out.WriteRune(r)
		n++
	}
	return out.String()
}

func oneLine(text string) string { return strings.ReplaceAll(text, "\n", "") }

var noises = []noise{
	{"toned pinyin", gloss(8, func(r rune, _ *rand.Rand) string { return "(" + reading(r, true) + ")" })},
	{"pinyin in full-width brackets", gloss(8, func(r rune, _ *rand.Rand) string { return "（" + reading(r, true) + "）" })},
	{"toneless pinyin", gloss(8, func(r rune, _ *rand.Rand) string { return "(" + reading(r, false) + ")" })},
	{"repeated pinyin", gloss(8, func(r rune, _ *rand.Rand) string { return strings.Repeat("("+reading(r, true)+")", 2) })},
	{"bare pinyin", gloss(12, func(r rune, _ *rand.Rand) string { return reading(r, true) })},
	{"traditional", toTraditional},
	{"traditional with pinyin", func(text string, random *rand.Rand) string {
		return gloss(6, func(r rune, _ *rand.Rand) string { return "(" + reading(r, true) + ")" })(toTraditional(text, random), random)
	}},
	{"readings in bytes", tornByReadings},
	{"page marks", func(text string, _ *rand.Rand) string {
		return "1、" + pages(oneLine(text), 280, func(page int) string { return fmt.Sprintf("\n%d、", page+1) })
	}},
	{"page marks without line ends", func(text string, _ *rand.Rand) string {
		return "1、" + pages(oneLine(text), 300, func(page int) string { return fmt.Sprintf("%d、", page+1) })
	}},
	{"page digits without line ends", func(text string, _ *rand.Rand) string {
		return pages(oneLine(text), 301, func(page int) string { return fmt.Sprintf("%d", page) })
	}},
	{"page numbers", func(text string, _ *rand.Rand) string {
		return pages(text, 250, func(page int) string { return fmt.Sprintf("\n- %d -\n", page) })
	}},
	{"bare page numbers", func(text string, _ *rand.Rand) string {
		return pages(text, 250, func(page int) string { return fmt.Sprintf("\n%d\n", page) })
	}},
	{"running headers", func(text string, _ *rand.Rand) string {
		return pages(text, 250, func(page int) string {
			return fmt.Sprintf("\n第 %d 页 共 9 页\n青禾县人民政府公报\n", page)
		})
	}},
	{"hard wraps", func(text string, random *rand.Rand) string {
		return pages(text, 38, func(int) string { return "\n" })
	}},
	{"full-width figures", func(text string, _ *rand.Rand) string {
		return strings.Map(func(r rune) rune {
			if r >= '0' && r <= '9' || r == '%' {
				return r + 0xFEE0
			}
			return r
		}, text)
	}},
	{"references", func(text string, _ *rand.Rand) string {
		return strings.NewReplacer("“", "&ldquo;", "”", "&rdquo;", "。", "。&nbsp;", "—", "&mdash;", "\n", "<br />\n", "教", "&#25945;").Replace(text)
	}},
	{"indents read as Cyrillic", func(text string, _ *rand.Rand) string { return strings.ReplaceAll(text, "\n", "\nЎЎЎЎ") }},
	{"invisible signs", gloss(10, func(r rune, random *rand.Rand) string {
		return string([]rune("\u200B\uFEFF\u00AD\u200E")[random.IntN(4)])
	})},
	{"blanks in numbers", func(text string, _ *rand.Rand) string {
		return strings.NewReplacer("2025", "20 25", "360", "3 60", "95%", "95 %", "3.26", "3. 26").Replace(text)
	}},
	{"letters in numbers", func(text string, _ *rand.Rand) string {
		return strings.NewReplacer("2025年", "2O25年", "100%", "l00%", "10%", "1O%").Replace(text)
	}},
	{"signs of labels", func(text string, _ *rand.Rand) string {
		return strings.NewReplacer("\n2.", "\n2,", "\n4.", "\n4 .", "\n7.", "\n7，").Replace(text)
	}},
	{"stray strokes", func(text string, _ *rand.Rand) string {
		return strings.NewReplacer("帮扶。", "帮扶I。", "质量，", "质量I，").Replace(text)
	}},
	{"site", func(text string, _ *rand.Rand) string {
		return "网站首页 | 政务公开 | 互动交流\n当前位置：首页 > 政务公开 > 规划计划\n发布时间：2022-03-04 08:00　来源：县教育局　浏览次数：321　【字体：大 中 小】\n" + text +
			"扫一扫在手机打开当前页\n上一篇：没有了\n下一篇：关于招聘的公告\n版权所有：某某网　ICP备12345678号\n最新文章\n精彩内容天天看\n"
	}},
	{"document site", func(text string, _ *rand.Rand) string {
		return "《教育行动计划.docx》由会员分享，可在线阅读，更多相关《教育行动计划.docx（32页珍藏版）》请在某某文库网上搜索。\n" + text + "本文档由用户上传，如有侵权请联系删除。\n"
	}},
}

// fold leaves out what no reader sees as a difference: width, quotation marks, dashes, white space, bars.
func fold(text string) []rune {
	var out []rune
	for _, r := range text {
		switch {
		case unicode.IsSpace(r) || r == '|':
			continue
		case r >= 0xFF01 && r <= 0xFF5E:
			r -= 0xFEE0
		case strings.ContainsRune("“”„「」", r):
			r = '"'
		case strings.ContainsRune("—–", r):
			r = '-'
		}
		if r == '-' && len(out) > 0 && out[len(out)-1] == '-' {
			continue
		}
		out = append(out, r)
	}
	return out
}

// distance is the number of characters to change, insert or take out.
func distance(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		last := row[0]
		row[0] = i + 1
		for j := range b {
			cost := last
			if a[i] != b[j] {
				cost++
			}
			last = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

func repairAll(text string) string {
	for _, pass := range zh.Passes() {
		text = zh.Apply(text, pass.Find(text))
	}
	return text
}

func TestRepairBringsBackWhatNoiseTook(t *testing.T) {
	want := fold(cleanPlan)
	for _, n := range noises {
		for seed := range uint64(3) {
			noisy := n.put(cleanPlan, rand.New(rand.NewPCG(seed, 7)))
			got := repairAll(noisy)
			if wrong := distance(want, fold(got)); float64(wrong) > maxRate*float64(len(want)) {
				t.Errorf("%s, seed %d: %d of %d characters wrong", n.name, seed, wrong, len(want))
				showFirst(t, want, fold(got))
				break
			}
		}
	}
}

// stacks are kinds of noise that real pages show together, put on in this order.
var stacks = [][]string{
	{"site", "traditional with pinyin"},
	{"site", "readings in bytes"},
	{"document site", "page marks", "stray strokes"},
	{"signs of labels", "hard wraps", "page numbers"},
	{"hard wraps", "full-width figures", "references"},
	{"running headers", "blanks in numbers", "toned pinyin"},
	{"letters in numbers", "indents read as Cyrillic", "invisible signs", "site"},
	{"toneless pinyin", "traditional", "full-width figures", "site"},
}

func TestRepairOfStackedNoise(t *testing.T) {
	byName := map[string]noise{}
	for _, n := range noises {
		byName[n.name] = n
	}
	want := fold(cleanPlan)
	for i, stack := range stacks {
		random := rand.New(rand.NewPCG(uint64(i), 11))
		noisy := cleanPlan
		for _, name := range stack {
			n, known := byName[name]
			if !known {
				t.Fatalf("no noise %s", name)
			}
			noisy = n.put(noisy, random)
		}
		got := fold(repairAll(noisy))
		if wrong := distance(want, got); float64(wrong) > maxRate*float64(len(want)) {
			t.Errorf("%v: %d of %d characters wrong", stack, wrong, len(want))
			showFirst(t, want, got)
		}
	}
}

// showFirst shows where two texts part for the first time.
func showFirst(t *testing.T, want, got []rune) {
	for i := range want {
		if i >= len(got) || want[i] != got[i] {
			t.Logf("at %d: want %q, got %q", i, string(want[max(0, i-5):min(len(want), i+25)]), string(got[max(0, i-5):min(len(got), i+25)]))
			return
		}
	}
}

func TestCleanTextStays(t *testing.T) {
	if got, want := fold(repairAll(cleanPlan)), fold(cleanPlan); distance(want, got) != 0 {
		showFirst(t, want, got)
		t.Error("a clean text was changed")
	}
}
