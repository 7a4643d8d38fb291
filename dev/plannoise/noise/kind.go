package noise

import (
	"math/rand/v2"
)

// Kind is one kind of noise.
type Kind struct {
	Name  string
	Says  string // what it does, for the command's help and for reports
	apply func(text string, random *rand.Rand) string
}

// Apply returns text with this noise. The same seed gives the same result.
func (k Kind) Apply(text string, seed uint64) string {
	return k.apply(text, rand.New(rand.NewPCG(seed, uint64(len(text)))))
}

// Kinds lists every kind in the order of reports.
func Kinds() []Kind {
	return []Kind{
		{"pinyin_toned", "教(jiào) after characters here and there", pinyinNoise(0.12, toned, "(", ")", 1)},
		{"pinyin_wide", "教（jiào） in full-width brackets", pinyinNoise(0.12, toned, "（", "）", 1)},
		{"pinyin_plain", "教(jiao) without tones", pinyinNoise(0.12, toneless, "(", ")", 1)},
		{"pinyin_repeated", "教(jiào)(jiào)", pinyinNoise(0.10, toned, "(", ")", 2)},
		{"traditional", "the whole text in traditional characters, of two twins the wrong one", toTraditional},
		{"wrong_twins", "製度 全麵 隻有 幹部 in simplified text", wrongTwins},
		{"traditional_pinyin", "traditional characters with toned pinyin", chain(toTraditional, pinyinNoise(0.15, toned, "(", ")", 1))},
		{"missteps", "pinyin put between the two GBK bytes of a traditional character: 域?qū)W位", chain(toTraditional, missteps)},
		{"page_marks", "the number of the next page cut into a sentence: 教育服务地⏎2、方经济", pageMarks},
		{"run_together", "the paragraphs of a page run together, headings too, with page marks", runTogether},
		{"page_feet", "lines such as 第 3 页 共 12 页 and - 4 -", pageFeet},
		{"furniture", "navigation, crumbs, counters, adverts and links around the text", furniture},
		{"metadata", "the table of index number, issuer and dates, twice", metadata},
		{"paragraph_marks", "¶ and Cyrillic letters in its place at the end of paragraphs", paragraphMarks},
		{"hard_wraps", "lines broken after some forty characters, also inside numbers", hardWraps},
		{"wide_digits", "２０２５年 and ９５％", wideDigits},
		{"spaced_numbers", "2 0 2 5 年 and 9 5 %", spacedNumbers},
		{"entities", "&nbsp; &ldquo; &mdash; &#12288;", entities},
		{"running_heads", "the title again in the middle of the text, page by page", runningHeads},
		{"indents", "ideographic spaces, tabs and empty lines", indents},
		{"everything", "pinyin, furniture, page feet and entities together", chain(entities, pinyinNoise(0.08, toned, "(", ")", 1), pageFeet, furniture)},
	}
}

func chain(steps ...func(string, *rand.Rand) string) func(string, *rand.Rand) string {
	return func(text string, random *rand.Rand) string {
		for _, step := range steps {
			text = step(text, random)
		}
		return text
	}
}
