package document_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"jiaoheng/document"
	"jiaoheng/message"
	"jiaoheng/zh"
)

func TestCleanKeepsTheWayBack(t *testing.T) {
	const original = "首页 > 规划\n到2025年，义務(wù)教(jiāo)育巩固率達到９６％&ldquo;&rdquo;以上，縣城學校辦學條件達標。\n上一篇：没有了\n"
	doc := document.Clean(document.Source{Format: "txt", Encoding: "utf-8", Text: document.Identity(original)})
	const want = "到2025年，义务教育巩固率达到96%“”以上，县城学校办学条件达标。"
	if got := strings.TrimSpace(doc.Clean.Text); got != want {
		t.Fatalf("got %q", got)
	}
	at := strings.Index(doc.Clean.Text, "96%")
	origin := doc.Clean.Origin(document.Span{From: at, To: at + len("96%")})
	if got := original[origin.From:origin.To]; got != "９６％" {
		t.Errorf("96%% came from %q", got)
	}
	last := 0
	rules := map[string]bool{}
	for _, r := range doc.Repairs {
		if r.Span.From < last || r.Span.To > len(original) {
			t.Errorf("repair out of order or range: %+v", r)
		}
		last, rules[r.Rule] = r.Span.From, true
	}
	for _, rule := range []string{"furniture", "pinyin", "traditional", "width", "entity"} {
		if !rules[rule] {
			t.Errorf("no repair of rule %s among %v", rule, doc.Repairs)
		}
	}
}

func TestEveryRuleHasWords(t *testing.T) {
	for _, rule := range zh.Rules {
		if !message.Has("repair.rule." + rule) {
			t.Errorf("no words for rule %s", rule)
		}
	}
}

func FuzzClean(f *testing.F) {
	f.Add("义務(wù)教(jiāo)育巩固率達到９６％&ensp;")
	f.Add("1、加强教师队\n2、伍建设\n3、质量\n- 3 -\n目录\n一、总则....1\n")
	f.Add("區域?qū)W位供給，更新?lián)Q代\xff\xfe教")
	f.Add("索引号: | 1 |\n序号\n任务\n单位\n1\n甲\n乙\n2\n丙\n丁\n")
	f.Fuzz(func(t *testing.T, original string) {
		doc := document.Clean(document.Source{Text: document.Identity(original)})
		if utf8.ValidString(original) && !utf8.ValidString(doc.Clean.Text) {
			t.Fatalf("clean text is not valid: %q", doc.Clean.Text)
		}
		last := 0
		for at := range len(doc.Clean.Text) {
			origin := doc.Clean.Origin(document.Span{From: at, To: at + 1})
			if origin.From < last || origin.To < origin.From || origin.To > len(original) {
				t.Fatalf("byte %d maps to %v of %d after %d", at, origin, len(original), last)
			}
			last = origin.From
		}
		for _, r := range doc.Repairs {
			if r.Span.From < 0 || r.Span.To > len(original) || r.Span.From > r.Span.To || !message.Has("repair.rule."+r.Rule) {
				t.Fatalf("repair %+v of %d bytes", r, len(original))
			}
		}
	})
}
