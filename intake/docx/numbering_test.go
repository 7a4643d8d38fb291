package docx_test

import (
	"fmt"
	"strings"
	"testing"

	"jiaoheng/document"
)

func level(n, format, text string, more ...string) string {
	return `<w:lvl w:ilvl="` + n + `"><w:start w:val="1"/><w:numFmt w:val="` + format + `"/><w:lvlText w:val="` + text + `"/>` + strings.Join(more, "") + `</w:lvl>`
}

func abstract(id string, inside ...string) string {
	return `<w:abstractNum w:abstractNumId="` + id + `">` + strings.Join(inside, "") + `</w:abstractNum>`
}

func num(id, abstract string, overrides ...string) string {
	return `<w:num w:numId="` + id + `"><w:abstractNumId w:val="` + abstract + `"/>` + strings.Join(overrides, "") + `</w:num>`
}

func item(list string, level int, text string) string {
	return p(fmt.Sprintf(`<w:numPr><w:ilvl w:val="%d"/><w:numId w:val="%s"/></w:numPr>`, level, list), text)
}

// official is the numbering of official documents: 一、（一） 1. （1）.
var official = abstract("0", level("0", "chineseCounting", "%1、"), level("1", "chineseCounting", "（%2）"), level("2", "decimal", "%3."), level("3", "decimal", "（%4）"))

func TestLabels(t *testing.T) {
	cases := []struct{ name, body, styles, numbering, want string }{
		{"official levels restart",
			item("1", 0, "总则") + item("1", 1, "目标") + item("1", 1, "任务") + item("1", 2, "细目") + item("1", 0, "保障") + item("1", 1, "组织"), "",
			official + num("1", "0"),
			"一、总则\n（一）目标\n（二）任务\n1. 细目\n二、保障\n（一）组织"},
		{"two lists of one abstract list count on", item("1", 0, "甲") + item("2", 0, "乙"), "", official + num("1", "0") + num("2", "0"), "一、甲\n二、乙"},
		{"an overriding start begins anew once", item("1", 0, "甲") + item("1", 0, "乙") + item("2", 0, "丙") + item("2", 0, "丁"), "",
			official + num("1", "0") + num("2", "0", `<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>`), "一、甲\n二、乙\n一、丙\n二、丁"},
		{"an overriding level", item("1", 0, "甲"), "", official + num("1", "0", `<w:lvlOverride w:ilvl="0">`+level("0", "upperLetter", "%1.")+`</w:lvlOverride>`), "A. 甲"},
		{"chapter and section", item("1", 0, "总则") + item("1", 1, "背景"), "", abstract("0", level("0", "chineseCountingThousand", "第%1章"), level("1", "decimal", "%1.%2", "<w:isLgl/>")) + num("1", "0"), "第一章 总则\n1.1 背景"},
		{"no gap", item("1", 0, "总则"), "", abstract("0", level("0", "chineseCounting", "第%1章", `<w:suff w:val="nothing"/>`)) + num("1", "0"), "第一章总则"},
		{"a level that never restarts", item("1", 0, "甲") + item("1", 1, "子") + item("1", 0, "乙") + item("1", 1, "丑"), "",
			abstract("0", level("0", "chineseCounting", "%1、"), level("1", "decimal", "%2、", `<w:lvlRestart w:val="0"/>`)) + num("1", "0"), "一、甲\n1、子\n二、乙\n2、丑"},
		{"a deeper level first", item("1", 1, "子"), "", abstract("0", level("0", "decimal", "%1"), level("1", "decimal", "%1.%2")) + num("1", "0"), "1.1 子"},
		{"bullets", item("1", 0, "甲"), "", abstract("0", level("0", "bullet", "\uf06c")) + num("1", "0"), "甲"},
		{"a list taken away", p(`<w:pStyle w:val="h1"/><w:numPr><w:numId w:val="0"/></w:numPr>`, "甲"), heading("h1", "1"), official + num("1", "0"), "甲"},
		{"unknown list", item("7", 0, "甲"), "", official + num("1", "0"), "甲"},
		{"by style", p(`<w:pStyle w:val="h1"/>`, "总则") + p(`<w:pStyle w:val="h2"/>`, "目标") + p(`<w:pStyle w:val="h3"/>`, "另"), heading("h1", "1") + heading("h2", "1") + `<w:style w:type="paragraph" w:styleId="h3"><w:basedOn w:val="h1"/></w:style>`,
			abstract("0", level("0", "chineseCounting", "%1、", `<w:pStyle w:val="h1"/>`), level("1", "chineseCounting", "（%2）", `<w:pStyle w:val="h2"/>`)) + num("1", "0"), "一、总则\n（一）目标\n二、另"},
		{"by linked list style", item("1", 0, "甲"), "", abstract("0", `<w:numStyleLink w:val="S"/>`) + abstract("5", `<w:styleLink w:val="S"/>`, level("0", "decimal", "%1）")) + num("1", "0"), "1）甲"},
		{"empty paragraphs count too", item("1", 0, "甲") + item("1", 0, "") + item("1", 0, "丙"), "", official + num("1", "0"), "一、甲\n三、丙"},
		{"deleted paragraphs do not", item("1", 0, "甲") + `<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del/></w:rPr></w:pPr><w:del><w:r><w:delText>删</w:delText></w:r></w:del></w:p>` + item("1", 0, "丙"), "", official + num("1", "0"), "一、甲\n二、丙"},
		{"in a cell", table(row(item("1", 0, "甲"), item("1", 0, "乙"))), "", official + num("1", "0"), "一、甲 | 二、乙"},
	}
	for _, c := range cases {
		if got := read(t, c.body, c.styles, c.numbering).Text.Text; got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func heading(id, list string) string {
	return `<w:style w:type="paragraph" w:styleId="` + id + `"><w:name w:val="heading ` + id[1:] + `"/><w:pPr><w:numPr><w:numId w:val="` + list + `"/></w:numPr></w:pPr></w:style>`
}

func TestNumberFormats(t *testing.T) {
	cases := []struct {
		format string
		count  int
		want   string // of the last one
	}{
		{"chineseCounting", 10, "十"}, {"chineseCounting", 12, "十二"}, {"chineseCounting", 20, "二十"}, {"chineseCountingThousand", 21, "二十一"},
		{"chineseCountingThousand", 101, "一百零一"}, {"chineseCountingThousand", 110, "一百一十"},
		{"ideographDigital", 12, "一二"}, {"ideographTraditional", 3, "丙"}, {"ideographZodiac", 2, "丑"}, {"upperLetter", 28, "BB"}, {"lowerLetter", 2, "b"},
		{"decimalEnclosedCircle", 3, "③"}, {"decimalEnclosedCircle", 21, "㉑"}, {"decimalEnclosedCircleChinese", 11, "⑪"}, {"decimalFullWidth", 12, "１２"},
		{"decimalZero", 3, "03"}, {"upperRoman", 14, "XIV"}, {"lowerRoman", 4, "iv"}, {"chineseLegalSimplified", 11, "壹拾壹"}, {"decimalEnclosedParen", 2, "⑵"},
		{"decimalEnclosedFullstop", 2, "⒉"}, {"ideographEnclosedCircle", 2, "㊁"}, {"somethingNew", 2, "2"}, {"ideographTraditional", 11, "11"},
	}
	for _, c := range cases {
		body := strings.Repeat(item("1", 0, "文"), c.count)
		source := read(t, body, "", abstract("0", level("0", c.format, "%1、"))+num("1", "0"))
		if got, want := source.Blocks[len(source.Blocks)-1].Label, c.want+"、"; got != want {
			t.Errorf("%s of %d: got %q, want %q", c.format, c.count, got, want)
		}
	}
}

func TestBlocksKnowTheOutline(t *testing.T) {
	styles := heading("h1", "1") + `<w:style w:type="paragraph" w:styleId="b"><w:name w:val="正文标题"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style><w:style w:type="paragraph" w:default="1" w:styleId="n"><w:name w:val="Normal"/></w:style>`
	body := p(`<w:pStyle w:val="h1"/>`, "甲") + p(`<w:pStyle w:val="b"/>`, "乙") + p(`<w:outlineLvl w:val="2"/>`, "丙") + p("", "丁") + item("1", 1, "戊") + p(`<w:outlineLvl w:val="9"/>`, "己")
	source := read(t, body, styles, official+num("1", "0"))
	want := []document.Block{
		{Kind: document.Heading, Level: 1, Label: "一、"}, {Kind: document.Heading, Level: 2}, {Kind: document.Heading, Level: 3},
		{Kind: document.Paragraph}, {Kind: document.ListItem, Level: 2, Label: "（一）"}, {Kind: document.Paragraph},
	}
	if len(source.Blocks) != len(want) {
		t.Fatalf("got %d blocks, want %d", len(source.Blocks), len(want))
	}
	for i, got := range source.Blocks {
		if got.Kind != want[i].Kind || got.Level != want[i].Level || got.Label != want[i].Label {
			t.Errorf("block %d: got %s %d %q, want %s %d %q", i, got.Kind, got.Level, got.Label, want[i].Kind, want[i].Level, want[i].Label)
		}
	}
}
