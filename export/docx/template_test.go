package docx_test

import (
	"archive/zip"
	"bytes"
	"slices"
	"strings"
	"testing"

	written "jiaoheng/export/docx"
	"jiaoheng/fault"
)

// container packs a document of a body, with a header, as a template that Word saved.
func container(t *testing.T, parts map[string]string) []byte {
	t.Helper()
	var out bytes.Buffer
	writer := zip.NewWriter(&out)
	names := []string{"[Content_Types].xml", "_rels/.rels", "word/document.xml"}
	for name := range parts {
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	basic := map[string]string{"[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
		"_rels/.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`}
	for _, name := range names {
		text, given := parts[name]
		if !given {
			text = basic[name]
		}
		w, err := writer.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func document(body string) string {
	return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>` + body + `</w:body></w:document>`
}

func runs(texts ...string) string {
	var out strings.Builder
	out.WriteString("<w:p>")
	for _, text := range texts {
		out.WriteString(`<w:r><w:rPr><w:b/></w:rPr><w:t>` + text + `</w:t></w:r><w:proofErr w:type="spellStart"/>`)
	}
	return out.String() + "</w:p>"
}

func filled(t *testing.T, body string) string {
	t.Helper()
	template, err := written.ReadTemplate("模板.docx", container(t, map[string]string{"word/document.xml": document(body)}))
	if err != nil {
		t.Fatal(err)
	}
	data, err := template.Fill(notice())
	if err != nil {
		t.Fatal(err)
	}
	return textOf(t, data)
}

func TestMarksAreFilledWhereverTheyStand(t *testing.T) {
	cell := func(text string) string { return "<w:tc>" + runs(text) + "</w:tc>" }
	cases := []struct{ name, body, want string }{
		{"in one run", runs("关于{{title}}的通知"), "关于消防通道堵塞的通知"},
		{"split over runs as Word does", runs("关于{", "{ti", "tle", "}}的", "通知"), "关于消防通道堵塞的通知"},
		{"two in one run, blanks inside", runs("{{ doc.number }}：{{title}}。"), "教督改〔2026〕3号：消防通道堵塞。"},
		{"a mark that begins where another ends", runs("{{title}", "}{{due", "}}"), "消防通道堵塞2026年4月2日"},
		{"an entity beside a mark", runs("甲&amp;乙{{title}}"), "甲&乙消防通道堵塞"},
		{"a value that no longer is one", runs("办{{note}}理"), "办理"},
		{"each paragraph of the body", runs("{{doc.", "body}}"), "检查发现<隐患> & 问题。\n一、整改要求\n（一）立即清理\n请于2026年4月2日前完成整改。"},
		{"a row of sub-rows repeats", "<w:tbl><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid><w:tr>" + cell("序号") + cell("事项") + "</w:tr><w:tr>" + cell("{{row.index}}") + "<w:tc>" + runs("{{row.", "title}}") + "</w:tc></w:tr></w:tbl>",
			"序号 | 事项\n1 | 清理\n2 | 更换"},
		{"without marks nothing changes", runs("不变 {x}"), "不变 {x}"},
	}
	for _, c := range cases {
		if got := strings.TrimSpace(filled(t, c.body)); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

// Parts that hold no mark come back byte for byte, headers and footers are filled.
func TestHeadersAreFilledAndOtherPartsStay(t *testing.T) {
	header := `<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">` + runs("{{doc.", "organ}}") + `</w:hdr>`
	data := container(t, map[string]string{"word/document.xml": document(runs("正文")), "word/header2.xml": header, "word/media/a.bin": "raw \x00 bytes"})
	template, err := written.ReadTemplate("a.docx", data)
	if err != nil {
		t.Fatal(err)
	}
	out, err := template.Fill(notice())
	if err != nil {
		t.Fatal(err)
	}
	if got := partOf(t, out, "word/header2.xml"); !strings.Contains(got, "澄江县教育局文件") || strings.Contains(got, "{{") {
		t.Error(got)
	}
	for _, name := range []string{"word/media/a.bin", "word/document.xml", "[Content_Types].xml"} {
		if partOf(t, out, name) != partOf(t, data, name) {
			t.Errorf("%s changed", name)
		}
	}
}

func partOf(t *testing.T, data []byte, name string) string {
	t.Helper()
	reader, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	file, err := reader.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if _, err := out.ReadFrom(file); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestBadTemplatesAreRefusedInWords(t *testing.T) {
	good := document(runs("{{title}}"))
	relations := func(kind string) string {
		return `<Relationships><Relationship Id="a" Type="http://x/` + kind + `" Target="http://example.org/a" TargetMode="External"/></Relationships>`
	}
	cases := []struct {
		name, code string
		data       []byte
	}{
		{"not a container", "intake.container_broken", []byte("我不是文档")},
		{"a container without a document", "letter.template_kind", emptyContainer(t)},
		{"macros", "letter.template_macros", container(t, map[string]string{"word/document.xml": good, "word/vbaProject.bin": "x"})},
		{"a template from elsewhere", "letter.template_linked", container(t, map[string]string{"word/document.xml": good, "word/_rels/settings.xml.rels": relations("attachedTemplate")})},
		{"a link to click on", "", container(t, map[string]string{"word/document.xml": good, "word/_rels/document.xml.rels": relations("hyperlink")})},
		{"braces that stay open", "letter.template_open", container(t, map[string]string{"word/document.xml": document(runs("关于{{title的"))})},
		{"a mark over two paragraphs", "letter.template_open", container(t, map[string]string{"word/document.xml": document(runs("{{ti") + runs("tle}}"))})},
		{"broken XML", "letter.template_damaged", container(t, map[string]string{"word/document.xml": "<w:document><w:body>"})},
	}
	for _, c := range cases {
		_, err := written.ReadTemplate("a.docx", c.data)
		faults := fault.Of(err)
		if c.code == "" && err == nil {
			continue
		}
		if len(faults) == 0 || faults[0].Code != c.code {
			t.Errorf("%s: got %v, want %s", c.name, err, c.code)
		}
	}
}

func FuzzTemplatesNeverPanic(f *testing.F) {
	f.Add(runs("关于{", "{ti", "tle", "}}的"))
	f.Add("<w:tbl><w:tr><w:tc>" + runs("{{row.title}}") + "</w:tc></w:tr></w:tbl>")
	f.Add("<w:p><w:t>{{a<w:p><w:t>}}</w:t></w:p></w:t></w:p></w:tr>")
	f.Fuzz(func(t *testing.T, body string) {
		template, err := written.ReadTemplate("a.docx", container(t, map[string]string{"word/document.xml": document(body)}))
		if err != nil {
			return
		}
		if _, err := template.Fill(notice()); err != nil {
			t.Fatal(err)
		}
	})
}

func emptyContainer(t *testing.T) []byte {
	t.Helper()
	var out bytes.Buffer
	writer := zip.NewWriter(&out)
	if _, err := writer.Create("xl/workbook.xml"); err != nil {
		t.Fatal(err)
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
