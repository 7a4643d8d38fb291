package docx

import (
	"fmt"
	"strings"
)

const (
	head       = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	wordSpaces = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	wordTypes  = "application/vnd.openxmlformats-officedocument.wordprocessingml."
	relations  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	packages   = "http://schemas.openxmlformats.org/package/2006/"
)

// contentTypes are the kinds of the parts of a document with so many charts.
func contentTypes(charts int) string {
	var out strings.Builder
	out.WriteString(basicTypes)
	if charts > 0 {
		out.WriteString(`<Default Extension="xlsx" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"/>`)
	}
	for n := range charts {
		fmt.Fprintf(&out, `<Override PartName="/word/charts/chart%d.xml" ContentType="application/vnd.openxmlformats-officedocument.drawingml.chart+xml"/>`, n+1)
	}
	return out.String() + `</Types>`
}

const basicTypes = head + `<Types xmlns="` + packages + `content-types">` +
	`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
	`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>` +
	`<Override PartName="/word/document.xml" ContentType="` + wordTypes + `document.main+xml"/>` +
	`<Override PartName="/word/fontTable.xml" ContentType="` + wordTypes + `fontTable+xml"/>` +
	`<Override PartName="/word/footer1.xml" ContentType="` + wordTypes + `footer+xml"/>` +
	`<Override PartName="/word/footer2.xml" ContentType="` + wordTypes + `footer+xml"/>` +
	`<Override PartName="/word/numbering.xml" ContentType="` + wordTypes + `numbering+xml"/>` +
	`<Override PartName="/word/settings.xml" ContentType="` + wordTypes + `settings+xml"/>` +
	`<Override PartName="/word/styles.xml" ContentType="` + wordTypes + `styles+xml"/>`

const packageRelations = head + `<Relationships xmlns="` + packages + `relationships">` +
	`<Relationship Id="rId1" Type="` + relations + `officeDocument" Target="word/document.xml"/>` +
	`<Relationship Id="rId2" Type="` + packages + `relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`

// documentRelations ties the document to its parts; chart n has the id that chartRelation gives.
func documentRelations(charts int) string {
	var out strings.Builder
	out.WriteString(basicRelations)
	for n := range charts {
		fmt.Fprintf(&out, `<Relationship Id="%s" Type="%schart" Target="charts/chart%d.xml"/>`, chartRelation(n+1), relations, n+1)
	}
	return out.String() + `</Relationships>`
}

func chartRelation(n int) string { return fmt.Sprintf("rIdChart%d", n) }

const basicRelations = head + `<Relationships xmlns="` + packages + `relationships">` +
	`<Relationship Id="rId1" Type="` + relations + `styles" Target="styles.xml"/>` +
	`<Relationship Id="rId2" Type="` + relations + `numbering" Target="numbering.xml"/>` +
	`<Relationship Id="rId3" Type="` + relations + `settings" Target="settings.xml"/>` +
	`<Relationship Id="rId4" Type="` + relations + `fontTable" Target="fontTable.xml"/>` +
	`<Relationship Id="rId5" Type="` + relations + `footer" Target="footer1.xml"/>` +
	`<Relationship Id="rId6" Type="` + relations + `footer" Target="footer2.xml"/>`

const (
	coreBefore = head + `<cp:coreProperties xmlns:cp="` + packages + `metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>`
	coreAfter  = `</dc:title><dc:language>zh-CN</dc:language></cp:coreProperties>`
)

// Margins of GB/T 9704: 37 mm above, 35 below, 28 left, 26 right; 22 lines of 28 characters on a page.
const (
	documentBefore = head + `<w:document ` + wordSpaces + `><w:body>`
	documentAfter  = `<w:sectPr><w:footerReference w:type="default" r:id="rId5"/><w:footerReference w:type="even" r:id="rId6"/>` +
		`<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1985" w:left="1587" w:header="851" w:footer="1400" w:gutter="0"/></w:sectPr></w:body></w:document>`
)

const settings = head + `<w:settings ` + wordSpaces + `><w:evenAndOddHeaders/><w:characterSpacingControl w:val="compressPunctuation"/><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>`

const fontTable = head + `<w:fonts ` + wordSpaces + `>` +
	`<w:font w:name="方正小标宋简体"><w:altName w:val="宋体"/><w:charset w:val="86"/><w:family w:val="script"/></w:font>` +
	`<w:font w:name="仿宋_GB2312"><w:altName w:val="仿宋"/><w:charset w:val="86"/><w:family w:val="modern"/></w:font>` +
	`<w:font w:name="楷体_GB2312"><w:altName w:val="楷体"/><w:charset w:val="86"/><w:family w:val="modern"/></w:font>` +
	`<w:font w:name="黑体"><w:altName w:val="SimHei"/><w:charset w:val="86"/><w:family w:val="modern"/></w:font></w:fonts>`

// footer is the page number between dashes, 14 points, outside: right on odd pages, left on even ones.
func footer(side string) string {
	mark := func(kind string) string { return `<w:r><w:fldChar w:fldCharType="` + kind + `"/></w:r>` }
	return head + `<w:ftr ` + wordSpaces + `><w:p><w:pPr><w:pStyle w:val="Footer"/><w:jc w:val="` + side + `"/></w:pPr><w:r><w:t xml:space="preserve">— </w:t></w:r>` +
		mark("begin") + `<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>` + mark("separate") + `<w:r><w:t>1</w:t></w:r>` + mark("end") +
		`<w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p></w:ftr>`
}

// numbering is 一、 （一） 1. （1）, tied to the styles of the headings.
func numbering() string {
	var out strings.Builder
	out.WriteString(head + `<w:numbering ` + wordSpaces + `><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>`)
	for n, level := range [MaxLevel][2]string{{"chineseCounting", "%1、"}, {"chineseCounting", "（%2）"}, {"decimal", "%3."}, {"decimal", "（%4）"}} {
		fmt.Fprintf(&out, `<w:lvl w:ilvl="%d"><w:start w:val="1"/><w:numFmt w:val="%s"/><w:pStyle w:val="Heading%d"/><w:suff w:val="nothing"/><w:lvlText w:val="%s"/><w:lvlJc w:val="left"/></w:lvl>`, n, level[0], n+1, level[1])
	}
	out.WriteString(`</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`)
	return out.String()
}

// styles are those of GB/T 9704: text 16 points on lines of 28 points, title 22 points.
func styles() string {
	var out strings.Builder
	out.WriteString(head + `<w:styles ` + wordSpaces + `><w:docDefaults><w:rPrDefault><w:rPr>` + fonts("仿宋_GB2312") + `<w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault>` +
		`<w:pPrDefault><w:pPr><w:spacing w:line="560" w:lineRule="exact"/></w:pPr></w:pPrDefault></w:docDefaults>` +
		`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:pPr><w:jc w:val="both"/></w:pPr></w:style>`)
	indent := `<w:ind w:firstLineChars="200" w:firstLine="640"/>`
	style(&out, "BodyText", "Body Text", indent, "")
	style(&out, "Title", "Title", `<w:keepNext/><w:spacing w:before="560" w:after="280" w:line="640" w:lineRule="exact"/><w:jc w:val="center"/>`, fonts("方正小标宋简体")+`<w:sz w:val="44"/>`)
	style(&out, "Centred", "居中", `<w:jc w:val="center"/>`, "")
	style(&out, "Signature", "Signature", `<w:ind w:rightChars="200" w:right="640"/><w:jc w:val="right"/>`, "")
	for n, look := range [MaxLevel]string{fonts("黑体"), fonts("楷体_GB2312"), "<w:b/>", ""} {
		properties := fmt.Sprintf(`<w:keepNext/><w:numPr><w:ilvl w:val="%d"/><w:numId w:val="1"/></w:numPr>%s<w:outlineLvl w:val="%d"/>`, n, indent, n)
		style(&out, fmt.Sprintf("Heading%d", n+1), fmt.Sprintf("heading %d", n+1), properties, look)
	}
	cell := `<w:spacing w:line="360" w:lineRule="exact"/>`
	style(&out, "TableText", "表格文字", cell, `<w:sz w:val="24"/>`)
	style(&out, "TableHead", "表头文字", cell+`<w:jc w:val="center"/>`, fonts("黑体")+`<w:sz w:val="24"/>`)
	style(&out, "AfterTable", "表后", `<w:spacing w:line="240" w:lineRule="exact"/>`, "")
	style(&out, "Footer", "footer", `<w:spacing w:line="280" w:lineRule="exact"/>`, fonts("宋体")+`<w:sz w:val="28"/>`)
	out.WriteString(`<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr><w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>` +
		`<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>`)
	for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		fmt.Fprintf(&out, `<w:%s w:val="single" w:sz="4" w:space="0" w:color="auto"/>`, side)
	}
	out.WriteString(`</w:tblBorders></w:tblPr></w:style></w:styles>`)
	return out.String()
}

func style(out *strings.Builder, id, name, paragraph, run string) {
	fmt.Fprintf(out, `<w:style w:type="paragraph" w:styleId="%s"><w:name w:val="%s"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>%s</w:pPr><w:rPr>%s</w:rPr></w:style>`, id, name, paragraph, run)
}

func fonts(name string) string {
	return `<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="` + name + `" w:cs="Times New Roman"/>`
}
