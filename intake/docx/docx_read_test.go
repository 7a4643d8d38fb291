package docx_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"testing"

	"jiaoheng/document"
	"jiaoheng/fault"
	"jiaoheng/intake/docx"
)

const namespaces = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml"`

// pack makes a .docx of the given parts; every part is the inside of its root element.
func pack(t testing.TB, body, styles, numbering string) []byte {
	t.Helper()
	parts := [][2]string{{"word/document.xml", `<?xml version="1.0" encoding="UTF-8"?><w:document ` + namespaces + `><w:body>` + body + `</w:body></w:document>`}}
	if styles != "" {
		parts = append(parts, [2]string{"word/styles.xml", `<w:styles ` + namespaces + `>` + styles + `</w:styles>`})
	}
	if numbering != "" {
		parts = append(parts, [2]string{"word/numbering.xml", `<w:numbering ` + namespaces + `>` + numbering + `</w:numbering>`})
	}
	var out bytes.Buffer
	writer := zip.NewWriter(&out)
	for _, part := range parts {
		w, err := writer.Create(part[0])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(part[1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func p(properties, text string) string {
	if properties != "" {
		properties = "<w:pPr>" + properties + "</w:pPr>"
	}
	return "<w:p>" + properties + `<w:r><w:t xml:space="preserve">` + text + "</w:t></w:r></w:p>"
}

func read(t *testing.T, body, styles, numbering string) document.Source {
	t.Helper()
	source, err := docx.Read("规划.docx", pack(t, body, styles, numbering))
	if err != nil {
		t.Fatal(err)
	}
	return source
}

func TestTextOfABody(t *testing.T) {
	cases := []struct{ name, body, want string }{
		{"paragraphs", p("", "　　第一段。") + p("", "") + p("", "第二段。"), "第一段。\n第二段。"},
		{"runs join", `<w:p><w:r><w:t>达到9</w:t></w:r><w:proofErr w:type="x"/><w:r><w:rPr><w:b/></w:rPr><w:t>6%</w:t></w:r></w:p>`, "达到96%"},
		{"references", p("", "A&amp;B &#x6559;&lt;&quot;"), `A&B 教<"`},
		{"deleted and inserted", `<w:p><w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:ins><w:r><w:t>新</w:t></w:r></w:ins><w:r><w:t>文</w:t></w:r></w:p>`, "新文"},
		{"moved", `<w:p><w:moveFrom><w:r><w:t>前</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>后</w:t></w:r></w:moveTo></w:p>`, "后"},
		{"deleted paragraph mark", p(`<w:rPr><w:del/></w:rPr>`, "上半") + p("", "下半") + p("", "另段"), "上半下半\n另段"},
		{"hidden", `<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>显</w:t></w:r></w:p>`, "显"},
		{"tab, soft break, hyphen", `<w:p><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t><w:noBreakHyphen/><w:t>丁</w:t></w:r></w:p>`, "甲\t乙\n丙-丁"},
		{"hyperlink and content control", `<w:p><w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink><w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>控件</w:t></w:r></w:sdtContent></w:sdt></w:p>`, "链接控件"},
		{"pinyin above characters", `<w:p><w:r><w:ruby><w:rt><w:r><w:t>jiào</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>教</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>`, "教"},
		{"field", `<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "x"</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>结果</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>`, "结果"},
		{"field without end", `<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>` + p("", "后文"), "后文"},
		{"fields nested too deeply", `<w:p>` + strings.Repeat(`<w:r><w:fldChar w:fldCharType="begin"/></w:r>`, 200_000) + `<w:r><w:t>码</w:t></w:r></w:p>` + p("", "后文"), "后文"},
		{"contents by field", `<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \o</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>一、总则 1</w:t></w:r></w:p>` + p("", "二、目标 2") + `<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>` + p("", "一、总则"), "一、总则"},
		{"contents by control", `<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent>` + p("", "总则 1") + `</w:sdtContent></w:sdt>` + p("", "总则"), "总则"},
		{"text box once", `<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><wps:txbx><w:txbxContent>` + p("", "框内") + `</w:txbxContent></wps:txbx></mc:Choice><mc:Fallback><v:textbox><w:txbxContent>` + p("", "框内") + `</w:txbxContent></v:textbox></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>正文</w:t></w:r></w:p>`, "框内\n正文"},
		{"old text box", `<w:p><w:r><w:t>正文</w:t></w:r><w:r><w:pict><v:textbox><w:txbxContent>` + p("", "框内") + `</w:txbxContent></v:textbox></w:pict></w:r></w:p>`, "正文\n框内"},
		{"symbols", `<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:sym w:font="宋体" w:char="2460"/><w:t>项</w:t></w:r></w:p>`, "①项"},
		{"cdata", `<w:p><w:r><w:t><![CDATA[甲<乙]]></w:t></w:r></w:p>`, "甲<乙"},
		{"row on one line", table(row(p("", "指标"), p("", "2025年")) + row(p("", "巩固率")+p("", "（%）"), p("", "96"))), "指标 | 2025年\n巩固率 （%） | 96"},
		{"empty cells", p("", "前") + table(row(p("", ""), p("", "甲"), p("", ""))+row(p("", ""), p("", ""), p("", ""))) + p("", "后"), "前\n| 甲\n后"},
		{"box of one column", table(row(p("", "专栏1　重点工程") + p("", "1. 新建学校。"))), "专栏1　重点工程\n1. 新建学校。"},
		{"table in a cell", table(row(p("", "甲")+table(row(p("", "乙"), p("", "丙"))), p("", "丁"))), "甲 乙 丙 | 丁"},
		{"deleted row", table(`<w:tr><w:trPr><w:del/></w:trPr><w:tc>` + p("", "删") + `</w:tc></w:tr>` + row(p("", "甲"), p("", "乙"))), "甲 | 乙"},
	}
	for _, c := range cases {
		if got := read(t, c.body, "", "").Text.Text; got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func table(rows string) string { return "<w:tbl><w:tblPr/><w:tblGrid/>" + rows + "</w:tbl>" }

func row(cells ...string) string {
	return "<w:tr><w:tc><w:tcPr/>" + strings.Join(cells, "</w:tc><w:tc><w:tcPr/>") + "</w:tc></w:tr>"
}

func TestCellsKnowTheirPlace(t *testing.T) {
	body := table(`<w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>` + p("", "合并") + `</w:tc><w:tc>` + p("", "后") + `</w:tc></w:tr>` + row(p("", "甲"), p("", "乙"), p("", "丙")))
	source := read(t, body, "", "")
	var got []string
	for _, b := range source.Blocks {
		got = append(got, fmt.Sprintf("%s %s t%d r%d c%d", b.Kind, source.Text.Text[b.Span.From:b.Span.To], b.Table, b.Row, b.Column))
	}
	want := "cell 合并 t1 r0 c0\ncell 后 t1 r0 c2\ncell 甲 t1 r1 c0\ncell 乙 t1 r1 c1\ncell 丙 t1 r1 c2"
	if strings.Join(got, "\n") != want {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), want)
	}
}

// Every kept character leads back to the same bytes of the main part.
func TestSpansLeadBackToThePart(t *testing.T) {
	body := p("", "甲&amp;乙") + table(row(p("", "丙"), p("", "丁"))) + p("", "戊")
	part := `<?xml version="1.0" encoding="UTF-8"?><w:document ` + namespaces + `><w:body>` + body + `</w:body></w:document>`
	source := read(t, body, "", "")
	if source.Part != "word/document.xml" || source.Format != "docx" {
		t.Errorf("part %q, format %q", source.Part, source.Format)
	}
	for _, c := range []struct{ text, origin string }{{"甲", "甲"}, {"甲&乙", "甲&amp;乙"}, {"丁", "丁"}, {"戊", "戊"}} {
		at := strings.Index(source.Text.Text, c.text)
		span := source.Text.Origin(document.Span{From: at, To: at + len(c.text)})
		if got := part[span.From:span.To]; got != c.origin {
			t.Errorf("%s leads back to %q, want %q", c.text, got, c.origin)
		}
	}
}

func TestFaults(t *testing.T) {
	deep := strings.Repeat("<w:sdt><w:sdtContent>", 200) + p("", "深") + strings.Repeat("</w:sdtContent></w:sdt>", 200)
	good := pack(t, p("", "好"), "", "")
	cases := []struct {
		name, code string
		data       []byte
	}{
		{"not a container", "intake.container_broken", []byte("PK\x03\x04 and nothing else")},
		{"cut off", "intake.container_broken", good[:len(good)/2]},
		{"no main part", "intake.container_broken", emptyZip(t)},
		{"broken markup", "intake.container_broken", pack(t, "<w:p><w:r>", "", "")},
		{"no text", "intake.no_text", pack(t, p("", "　 "), "", "")},
		{"too deep", "intake.too_deep", pack(t, deep, "", "")},
		{"broken styles", "intake.container_broken", pack(t, p("", "好"), "<w:style>", "")},
	}
	for _, c := range cases {
		_, err := docx.Read("规划.docx", c.data)
		faults := fault.Of(err)
		if len(faults) != 1 || faults[0].Code != c.code {
			t.Errorf("%s: got %v, want %s", c.name, err, c.code)
			continue
		}
		if faults[0].Place.File != "规划.docx" || faults[0].Remedy("zh") == "" {
			t.Errorf("%s: the fault names no file or no remedy: %v", c.name, err)
		}
	}
}

// Some programs number the parts; then only the relations say which is which.
func TestPartsAreFoundByRelations(t *testing.T) {
	const kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	var out bytes.Buffer
	writer := zip.NewWriter(&out)
	for name, content := range map[string]string{
		"_rels/.rels":                   `<Relationships><Relationship Type="` + kinds + `officeDocument" Target="/word/document2.xml"/></Relationships>`,
		"word/_rels/document2.xml.rels": `<Relationships><Relationship Type="` + kinds + `numbering" Target="list7.xml"/></Relationships>`,
		"word/document2.xml":            `<w:document ` + namespaces + `><w:body>` + item("1", 0, "总则") + `</w:body></w:document>`,
		"word/list7.xml":                `<w:numbering ` + namespaces + `>` + official + num("1", "0") + `</w:numbering>`,
	} {
		w, err := writer.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	source, err := docx.Read("a.docx", out.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if source.Text.Text != "一、总则" || source.Part != "word/document2.xml" {
		t.Errorf("got %q in %s", source.Text.Text, source.Part)
	}
}

func BenchmarkRead(b *testing.B) {
	text := strings.Repeat("到二〇二五年义务教育巩固率达到百分之九十八以上。", 4)
	data := pack(b, strings.Repeat(item("1", 0, text), 500), "", official+num("1", "0")) // 50,000 characters
	b.ReportAllocs()
	for b.Loop() {
		if _, err := docx.Read("a.docx", data); err != nil {
			b.Fatal(err)
		}
	}
}

func emptyZip(t *testing.T) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := zip.NewWriter(&out).Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func FuzzDocx(f *testing.F) {
	f.Add(p("", "甲"), `<w:style w:type="paragraph" w:styleId="1"><w:basedOn w:val="1"/></w:style>`, level("0", "decimal", "%1."))
	f.Add(table(row(p("", "甲"), p("", "乙"))), "", "")
	f.Fuzz(func(t *testing.T, body, styles, numbering string) {
		source, err := docx.Read("a.docx", pack(t, body, styles, numbering))
		if err != nil {
			if fault.Of(err) == nil {
				t.Fatalf("no fault: %v", err)
			}
			return
		}
		for _, b := range source.Blocks {
			if b.Span.From < 0 || b.Span.From > b.Span.To || b.Span.To > len(source.Text.Text) {
				t.Fatalf("block outside the text: %+v", b)
			}
		}
	})
}
