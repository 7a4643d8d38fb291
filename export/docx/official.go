package docx

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"jiaoheng/letter"
	"jiaoheng/message"
)

// Sizes of GB/T 9704-2012 in twentieths of a point.
const (
	officialLine = 579 // 5.2.3: 22 lines on 225 mm
	oneCharacter = 316 // 5.2.3: 28 characters on 156 mm
)

// WriteLetter writes a letter in the layout of GB/T 9704-2012; see doc.go for the clauses. The same content gives the same bytes.
func WriteLetter(content letter.Content) []byte {
	d := New(content.Heading)
	d.officialHead(content)
	d.officialBody(content)
	return d.bytesWith(officialSection, officialFooter("right"), officialFooter("left"), officialStyles())
}

// officialHead is 版头: mark of the organ, number, red line (7.2), and the title (7.3.1).
func (d *Document) officialHead(content letter.Content) {
	d.organHead(content.Organ, content.Number, content.Heading)
	d.paragraph("Blank", "")
}

func (d *Document) organHead(organ, number, heading string) {
	size := organSize(organ)
	fmt.Fprintf(&d.body, `<w:p><w:pPr><w:pStyle w:val="Organ"/></w:pPr><w:r><w:rPr><w:sz w:val="%d"/>%s</w:rPr><w:t>`, size, squeeze(organ, size))
	escape(&d.body, organ)
	d.body.WriteString(`</w:t></w:r></w:p>`)
	d.paragraph("Number", number)
	d.paragraph("RedLine", "")
	for _, line := range headingLines(heading) {
		d.paragraph("Heading", line)
	}
}

// organSize is the size of the mark of the organ in half points: as large as one line allows, at most 62 (about 小初 to 初号).
func organSize(organ string) int {
	n := max(1, utf8.RuneCountInString(organ))
	return min(84, max(36, textWidth/10/n))
}

// squeeze narrows the letters of an organ that is longer than a line even at the smallest size.
func squeeze(organ string, size int) string {
	n := utf8.RuneCountInString(organ)
	if wide := n * size * 10; wide > textWidth {
		return fmt.Sprintf(`<w:w w:val="%d"/>`, max(33, 100*textWidth/wide))
	}
	return ""
}

// headingWidth is how many characters of 22 points stand on a line of a title.
const headingWidth = 19

// headingLines breaks a title into lines of about the same length, where it can before 的 or after a comma, as words must not be torn.
func headingLines(heading string) []string {
	runes := []rune(heading)
	if len(runes) <= headingWidth {
		return []string{heading}
	}
	lines := (len(runes) + headingWidth - 1) / headingWidth
	at := (len(runes) + lines - 1) / lines
	for step := range min(4, headingWidth-at+1) {
		if at+step < len(runes) && strings.ContainsRune("，、：》”）的", runes[at+step-1]) {
			at += step
			break
		}
	}
	return append([]string{string(runes[:at])}, headingLines(string(runes[at:]))...)
}

// officialBody is 主体: recipient, text with its levels, table, signature and date (7.3).
func (d *Document) officialBody(content letter.Content) {
	d.paragraph("Recipient", content.To+"：")
	for _, text := range content.Body {
		d.paragraph(levelStyle(text), text)
	}
	if content.Table != nil && len(content.Table.Rows) > 0 {
		d.Table(append([][]string{content.Table.Columns}, content.Table.Rows...))
	}
	date := content.Day().Text(message.Chinese)
	if date == "" {
		date = content.Date // the mark of a form
	}
	d.paragraph("Blank", "")
	d.signature(content.Signed, date, func() { d.officialFoot(content) })
}

// signature writes who signs and the date. between is written before the date, whose page it stays on.
func (d *Document) signature(signed, date string, between func()) {
	// 7.3.5.1: the date stands four characters from the right; the signature is centred above it.
	dateWidth := halfWidths(date)*oneCharacter/2 + 5*oneCharacter/4 // figures keep a quarter of a character from the words beside them
	signedWidth := halfWidths(signed) * oneCharacter / 2
	right := max(0, 4*oneCharacter+dateWidth/2-signedWidth/2)
	fmt.Fprintf(&d.body, `<w:p><w:pPr><w:pStyle w:val="Signed"/><w:ind w:right="%d"/></w:pPr>`, right)
	run(&d.body, signed)
	d.body.WriteString(`</w:p>`)
	between()
	fmt.Fprintf(&d.body, `<w:p><w:pPr><w:pStyle w:val="Signed"/><w:keepNext w:val="0"/><w:ind w:right="%d"/></w:pPr>`, 4*oneCharacter)
	run(&d.body, date)
	d.body.WriteString(`</w:p>`)
}

// levelStyle is the style of a paragraph by its number: 一、 in 黑体, （一） in 楷体, others as the text (7.3.3). Only a short
// paragraph is a heading; a long one begins with a number but is text.
func levelStyle(text string) string {
	if utf8.RuneCountInString(text) > 40 || strings.ContainsAny(strings.TrimRight(text, "。"), "。；") {
		return "BodyText"
	}
	numerals := "一二三四五六七八九十"
	trimmed := strings.TrimLeft(text, numerals)
	switch inner := strings.TrimLeft(strings.TrimPrefix(text, "（"), numerals); {
	case len(trimmed) < len(text) && strings.HasPrefix(trimmed, "、"):
		return "FirstLevel"
	case strings.HasPrefix(text, "（") && strings.HasPrefix(inner, "）") && len(inner) < len(strings.TrimPrefix(text, "（")):
		return "SecondLevel"
	}
	return "BodyText"
}

// officialFoot is 版记 at the foot of the last page: a frame that stands on the lower edge of the text, with thick lines above and
// below and a thin one between (7.4). Frames, unlike tables that float, are placed alike by Word 2007, WPS and LibreOffice; the
// lines are paragraphs of their own, as LibreOffice makes no frame of paragraphs with borders.
func (d *Document) officialFoot(content letter.Content) {
	if content.Copies+content.Printed == "" {
		return
	}
	d.framed("ThickLine", "")
	if content.Copies != "" {
		d.framed("Copies", message.Text(message.Chinese, "letter.copies", nil)+content.Copies+"。")
	}
	if content.Copies != "" && content.Printed != "" {
		d.framed("ThinLine", "")
	}
	if content.Printed != "" {
		d.framed("Foot", content.Printed+"\t"+content.Day().Text(message.Chinese)+message.Text(message.Chinese, "letter.printed", nil))
	}
	d.framed("ThickLine", "")
}

// framed is a paragraph in the frame at the foot.
func (d *Document) framed(style, text string) {
	fmt.Fprintf(&d.body, `<w:p><w:pPr><w:pStyle w:val="%s"/><w:framePr w:w="%d" w:hSpace="0" w:wrap="around" w:vAnchor="margin" w:hAnchor="margin" w:xAlign="left" w:yAlign="bottom"/></w:pPr>`, style, textWidth)
	run(&d.body, text)
	d.body.WriteString(`</w:p>`)
}

// officialSection: A4 (5.1); 37 mm above, 28 mm left, text of 156 × 225 mm (5.2.1), 22 lines of 28 characters (5.2.3); the number of
// the page stands 7 mm below the text (7.5).
const officialSection = `<w:sectPr><w:footerReference w:type="default" r:id="rId5"/><w:footerReference w:type="even" r:id="rId6"/>` +
	`<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:header="851" w:footer="1304" w:gutter="0"/>` +
	`</w:sectPr></w:body></w:document>`

// officialFooter is footer with the number one character from the outer edge (7.5).
func officialFooter(side string) string {
	indent := `<w:ind w:right="280"/>`
	if side == "left" {
		indent = `<w:ind w:left="280"/>`
	}
	return strings.Replace(footer(side), `<w:jc w:val=`, indent+`<w:jc w:val=`, 1)
}

// officialStyles are the styles of reports and those that only letters have.
func officialStyles() string {
	var out bytes.Buffer
	var more strings.Builder
	exact := func(line int) string {
		return fmt.Sprintf(`<w:spacing w:before="0" w:after="0" w:line="%d" w:lineRule="exact"/>`, line)
	}
	indent := `<w:ind w:firstLineChars="200" w:firstLine="632"/>`
	// 7.2.4: the upper edge of the mark is 35 mm below the upper edge of the text. Its letters stand in the middle of the line.
	style(&more, "Organ", "发文机关标志", `<w:spacing w:before="1790" w:after="0" w:line="1040" w:lineRule="exact"/><w:jc w:val="center"/>`, fonts("方正小标宋简体")+`<w:color w:val="FF0000"/>`)
	// 7.2.5: the number two lines below, 7.2.7: a red line as wide as the text 4 mm below it.
	style(&more, "Number", "发文字号", `<w:spacing w:before="1158" w:after="0" w:line="579" w:lineRule="exact"/><w:jc w:val="center"/>`, "")
	style(&more, "RedLine", "红色分隔线", `<w:pBdr><w:bottom w:val="single" w:sz="12" w:space="0" w:color="FF0000"/></w:pBdr><w:spacing w:before="0" w:after="1158" w:line="180" w:lineRule="exact"/>`, `<w:sz w:val="8"/>`)
	style(&more, "Heading", "公文标题", `<w:keepNext/>`+exact(640)+`<w:jc w:val="center"/>`, fonts("方正小标宋简体")+`<w:sz w:val="44"/><w:szCs w:val="44"/>`)
	style(&more, "Blank", "空行", exact(officialLine), "")
	style(&more, "Recipient", "主送机关", exact(officialLine), "")
	style(&more, "FirstLevel", "一级标题", `<w:keepNext/>`+exact(officialLine)+indent, fonts("黑体"))
	style(&more, "SecondLevel", "二级标题", `<w:keepNext/>`+exact(officialLine)+indent, fonts("楷体_GB2312"))
	style(&more, "Signed", "署名和日期", `<w:keepNext/>`+exact(officialLine)+`<w:jc w:val="right"/>`, "")
	style(&more, "Copies", "抄送", exact(officialLine)+`<w:ind w:left="1120" w:right="280" w:hanging="840"/>`, `<w:sz w:val="28"/><w:szCs w:val="28"/>`)
	style(&more, "Foot", "印发", `<w:tabs><w:tab w:val="right" w:pos="8565"/></w:tabs>`+exact(officialLine)+`<w:ind w:left="280" w:right="280"/><w:jc w:val="left"/>`, `<w:sz w:val="28"/><w:szCs w:val="28"/>`)
	// 7.4.1: 0.35 mm outside, 0.25 mm inside: shaded lines of that height.
	for _, line := range []struct {
		id, name string
		height   int
	}{{"ThickLine", "版记粗线", 20}, {"ThinLine", "版记细线", 14}} {
		style(&more, line.id, line.name, `<w:shd w:val="clear" w:color="auto" w:fill="000000"/>`+exact(line.height), `<w:sz w:val="2"/>`)
	}
	base := strings.Replace(styles(), `<w:spacing w:line="560" w:lineRule="exact"/>`, exact(officialLine), 1)
	// 28 characters of 16 points are 2 mm wider than the text: each gives up a quarter of a point.
	base = strings.Replace(base, `<w:sz w:val="32"/>`, `<w:spacing w:val="-5"/><w:sz w:val="32"/>`, 1)
	at := strings.Index(base, `<w:style w:type="table"`)
	out.WriteString(base[:at] + more.String() + base[at:])
	return out.String()
}
