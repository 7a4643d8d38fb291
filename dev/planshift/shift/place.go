package shift

import (
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"

	"github.com/mozillazg/go-pinyin"
)

// place is a name in simplified and in traditional characters, of the same length.
type place struct{ simplified, traditional string }

// places are the names of the five pages and of the regions around them. A name of one character is used in
// compounds and takes the first character of the name it shortens.
var places = []place{
	{"内蒙古", "內蒙古"}, {"锡林郭勒", "錫林郭勒"}, {"乌拉盖", "烏拉蓋"},
	{"广东", "廣東"}, {"清远", "清遠"}, {"连州", "連州"}, {"广州", "廣州"}, {"深圳", "深圳"}, {"汕尾", "汕尾"}, {"陆河", "陸河"},
	{"湖南", "湖南"}, {"株洲", "株洲"}, {"吉林", "吉林"}, {"通化", "通化"}, {"集安", "集安"}, {"鸭绿江", "鴨綠江"}, {"芙蓉", "芙蓉"},
}

// shorts are names shortened to one character inside a longer word: the word, the place in it, the full name.
var shorts = []struct {
	word, traditional string
	at                int
	of                string
}{
	{"连府", "連府", 0, "连州"}, {"广清", "廣清", 0, "广州"}, {"广清", "廣清", 1, "清远"}, {"锡盟", "錫盟", 0, "锡林郭勒"},
	{"锡党", "錫黨", 0, "锡林郭勒"}, {"株教", "株教", 0, "株洲"}, {"来株", "來株", 0, "株洲"}, {"潭一", "潭一", 0, "湖南"}, {"长株", "長株", 1, "株洲"}, {"集政", "集政", 0, "集安"},
}

// Characters of new names, the same in simplified and traditional writing.
var (
	first  = []rune("禾松柏竹青沙古玉永丹")
	second = []rune("坪汀泉林塘川山溪石谷")
)

// renaming replaces names by new ones of the same length.
type renaming struct {
	names map[string]string // simplified
	rules []rule
}

type rule struct {
	find  *regexp.Regexp
	after []rune
	only  int // index of the one character that changes, -1 for all
}

// noise is what may stand behind a character of a raw page: its pinyin in brackets.
const noise = `((?:[(（][\p{Latin}]+[)）])*)`

func newRenaming(random *rand.Rand) renaming {
	r := renaming{names: map[string]string{}}
	used := map[string]bool{}
	for _, p := range places {
		name := ""
		for name == "" || used[name] {
			runes := []rune{first[random.IntN(len(first))]}
			for len(runes) < len([]rune(p.simplified)) {
				runes = append(runes, second[random.IntN(len(second))])
			}
			name = string(runes)
		}
		used[name] = true
		r.names[p.simplified] = name
		r.rules = append(r.rules, newRule(p.simplified, p.traditional, []rune(name), -1))
	}
	for _, s := range shorts {
		after := []rune(r.names[s.of])[:1]
		r.rules = append(r.rules, newRule(s.word, s.traditional, after, s.at))
	}
	return r
}

func newRule(simplified, traditional string, after []rune, only int) rule {
	var expression strings.Builder
	other := []rune(traditional)
	for i, c := range []rune(simplified) {
		expression.WriteString("([" + string([]rune{c, other[i]}) + "])" + noise)
	}
	return rule{regexp.MustCompile(expression.String()), after, only}
}

// rename replaces every name in text; pinyin behind a replaced character becomes that of the new one.
func (r renaming) rename(text string) string {
	for _, rule := range r.rules {
		text = rule.find.ReplaceAllStringFunc(text, func(found string) string {
			parts := rule.find.FindStringSubmatch(found)[1:]
			var out strings.Builder
			for i := 0; i < len(parts); i += 2 {
				character, pinyins := parts[i], parts[i+1]
				if rule.only < 0 || rule.only == i/2 {
					c := rule.after[min(i/2, len(rule.after)-1)]
					character, pinyins = string(c), spell(c, pinyins)
				}
				out.WriteString(character + pinyins)
			}
			return out.String()
		})
	}
	return text
}

var bracketed = regexp.MustCompile(`\p{Latin}+`)

func spell(c rune, pinyins string) string {
	if pinyins == "" {
		return ""
	}
	options := pinyin.NewArgs()
	options.Style = pinyin.Tone
	if !slices.ContainsFunc([]rune(pinyins), func(r rune) bool { return r > 0x7f && r < 0x2000 }) {
		options.Style = pinyin.Normal
	}
	return bracketed.ReplaceAllString(pinyins, pinyin.SinglePinyin(c, options)[0])
}
