package noise_test

import (
	"strings"
	"testing"

	"jiaoheng/dev/plannoise/noise"
)

var text = strings.Repeat("禾泽县教育发展规划\n一、总体要求\n到2025年，学前三年毛入园率达到95%以上，全面完善“县管校聘”制度，只有把系统治理做实，才能办好人民满意的教育，促进城乡义务教育优质均衡发展和区域协调，更换老旧设备。\n", 12)

func TestEveryKindChangesTheTextBySeed(t *testing.T) {
	for _, k := range noise.Kinds() {
		one, again := k.Apply(text, 1), k.Apply(text, 1)
		if one == text {
			t.Errorf("%s leaves the text as it is", k.Name)
		}
		if one != again {
			t.Errorf("%s differs between two runs with one seed", k.Name)
		}
	}
}

func TestKindsLookLikeTheirPages(t *testing.T) {
	cases := map[string][]string{
		"pinyin_toned":    {"(yù)"},
		"pinyin_plain":    {"(yu)"},
		"pinyin_repeated": {"(yù)(yù)"},
		"traditional":     {"縣", "總體", "麵", "製", "隻有", "係"},
		"wrong_twins":     {"全麵", "製度", "隻有", "係统"},
		"page_marks":      {"\n2、"},
		"wide_digits":     {"２０２５年", "９５％"},
		"spaced_numbers":  {" 年"},
		"entities":        {"&ldquo;", "&nbsp;"},
	}
	for _, k := range noise.Kinds() {
		got := k.Apply(text, 1)
		for _, part := range cases[k.Name] {
			if !strings.Contains(got, part) {
				t.Errorf("%s shows no %q: %.120s", k.Name, part, got)
			}
		}
	}
}

// The real pages show 區域學位 as 區(qū)域?qū)W位 and 更新換代 as 更新?lián)Q代.
func TestMisstepsAreThoseOfRealPages(t *testing.T) {
	long := strings.Repeat("。", 300)
	for _, c := range []struct{ text, want string }{{"區域學位", "區域?qū)W位"}, {"更新換代", "更新?lián)Q代"}} {
		seen := false
		for seed := range uint64(20) {
			for _, k := range noise.Kinds() {
				seen = seen || k.Name == "missteps" && strings.HasSuffix(k.Apply(long+c.text, seed), c.want)
			}
		}
		if !seen {
			t.Errorf("%s never becomes %s", c.text, c.want)
		}
	}
}

func TestRate(t *testing.T) {
	cases := []struct {
		name, clean, repaired string
		want                  float64
	}{
		{"equal", "教育规划", "教育规划", 0},
		{"form does not count", "“教育”（规划）95%", "\"教 育\"(规划)\n９５％", 0},
		{"one left in", "教育规划", "教育a规划", 0.25},
		{"one lost", "教育规划", "教规划", 0.25},
		{"one changed", "教育规划", "教育规化", 0.25},
		{"all lost", "教育", "", 1},
		{"two apart", "甲乙丙丁戊己庚辛", "甲丙丁戊己庚x辛", 0.25},
	}
	for _, c := range cases {
		if got := noise.Rate(c.clean, c.repaired); got != c.want {
			t.Errorf("%s: got %g, want %g", c.name, got, c.want)
		}
	}
	if got := noise.Lines("甲\n乙\n丙\n", "甲\n乙丙\n"); got < 0.33 || got > 0.34 {
		t.Errorf("lines: got %g", got)
	}
}
