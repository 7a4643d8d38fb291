package web

import (
	"archive/zip"
	"bytes"
	"context"
	"html"
	"strings"
	"testing"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/intake/docx"
	"jiaoheng/letter"
	"jiaoheng/period"
	"jiaoheng/register"
)

// wordFile packs a document as Word does: each text of a paragraph is a run of its own, so that marks stand split over runs.
func wordFile(t *testing.T, foot string, paragraphs ...[]string) string {
	t.Helper()
	body := func(paragraphs ...[]string) string {
		var out strings.Builder
		for _, runs := range paragraphs {
			out.WriteString("<w:p>")
			for _, text := range runs {
				out.WriteString(`<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">` + html.EscapeString(text) + `</w:t></w:r><w:proofErr w:type="spellStart"/>`)
			}
			out.WriteString("</w:p>")
		}
		return out.String()
	}
	const space = ` xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"`
	parts := [][2]string{
		{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`},
		{"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`},
		{"word/document.xml", `<w:document` + space + `><w:body>` + body(paragraphs...) + `</w:body></w:document>`},
		{"word/footer1.xml", `<w:ftr` + space + `>` + body(strings.SplitAfter(foot, "{")) + `</w:ftr>`},
	}
	var out bytes.Buffer
	writer := zip.NewWriter(&out)
	for _, part := range parts {
		w, err := writer.Create(part[0])
		if err == nil {
			_, err = w.Write([]byte(part[1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// wordText is the text of a document and of the part with its footer, tags taken out.
func (s *site) wordText(data string) (body, foot string) {
	s.Helper()
	source, err := docx.Read("公文.docx", []byte(data))
	if err != nil {
		s.Fatal(err)
	}
	reader, err := zip.NewReader(strings.NewReader(data), int64(len(data)))
	if err != nil {
		s.Fatal(err)
	}
	for _, file := range reader.File {
		if strings.HasPrefix(file.Name, "word/footer") {
			part, err := file.Open()
			if err != nil {
				s.Fatal(err)
			}
			var out bytes.Buffer
			if _, err := out.ReadFrom(part); err != nil {
				s.Fatal(err)
			}
			foot += out.String()
		}
	}
	return source.Text.Text, foot
}

// issueHazard sends the shipped notice about a hazard.
func (s *site) issueHazard() string {
	s.Helper()
	set := s.shippedSet()
	declared, _ := set.Everything().Letter("hazard_notice")
	of, _ := set.Everything().Register(declared.Register)
	thing := access.Thing{Class: access.Record, Unit: access.Unit{Code: ownSchool}, Subject: of.Subject}
	row := register.Row{ID: "r1", Unit: ownSchool, Cells: make([]register.Cell, len(of.Columns))}
	for n, c := range of.Columns {
		row.Cells[n] = register.Cell{Known: true, Text: "疏散通道堆物", Number: 3}
		if c.Type == "date" {
			row.Cells[n].Text = "2026-03-05"
		}
		if len(c.Choices) > 0 {
			row.Cells[n].Text = c.Choices[0].Name
		}
	}
	var id string
	err := action.Do(context.Background(), s.store, action.TheProgram(), action.Write{Name: "round.action.keep", Thing: thing, Do: func(ctx context.Context, tx action.Tx) (err error) {
		id, _, err = letter.NewOffice(set, s.store).Issue(ctx, tx, action.TheProgram(), declared,
			letter.Of{Register: of, Row: row, Note: "限期整改", Day: period.Date{Year: 2026, Month: 3, Day: 8}, Thing: thing})
		return err
	}})
	if err != nil {
		s.Fatal(err)
	}
	return id
}

// A bureau takes a template of its own into use, sees it with sample values, sends a letter in it and goes back; what was sent
// keeps its form.
func TestATemplateOfTheBureauIsUsedAndDropped(t *testing.T) {
	s := newSite(t)
	s.county("office", "admin", "head")
	s.signIn("head")
	s.see(403, "/admin/letter")
	s.signIn("admin")
	s.see(200, "/admin/letter/hazard_notice")
	s.send(403, "/admin/letter/hazard_notice", "模板.docx", wordFile(t, "", []string{"{{doc.heading}}"}))

	s.signIn("office")
	page := "/admin/letter/hazard_notice"
	s.has(s.see(200, "/admin/letter"), "隐患整改通知书", "通用格式")
	s.has(s.see(200, page), "正在使用通用格式", "{{doc.number}}")
	builtin := s.issueHazard()

	s.has(s.send(422, page, "", ""), "没有选择文件")
	s.has(s.send(422, page, "模板.docx", wordFile(t, "", []string{"{{doc.numbr}}"})), "doc.numbr", "doc.number", "正在使用通用格式")
	s.has(s.send(422, page, "模板.docx", "PK no document"), "共有 1 处需要修改", "正在使用通用格式")
	own := wordFile(t, "本局电话{{doc.signed}}转", []string{"本局红头：", "{{doc", ".num", "ber}}", "。"}, []string{"关于{", "{doc.heading}", "}"}, []string{"{{doc.", "body}}"}, []string{"{{doc.date}", "}"})
	s.has(s.send(200, page, "本局模板.docx", own), "本局模板.docx", "恢复通用格式")
	s.has(s.see(200, "/admin/letter"), "本局模板.docx")

	body, foot := s.wordText(s.file(page + "/sample"))
	if !strings.Contains(body, "本局红头：") || strings.Contains(body+foot, "{{") {
		t.Errorf("the sample is not in the form of the bureau: %s %s", body, foot)
	}
	sent := s.issueHazard()
	body, foot = s.wordText(s.file("/letter/" + sent + "/file"))
	for _, want := range []string{"本局红头：教安改〔2026〕2号。", "疏散通道堆物", "2026年3月8日"} {
		if !strings.Contains(body, want) {
			t.Errorf("%q is not in the letter: %s", want, body)
		}
	}
	if !strings.Contains(foot, "澄源县教育局") || strings.Contains(foot, "doc.signed") {
		t.Errorf("the footer is not filled: %s", foot)
	}
	s.has(s.see(200, "/letter/"+sent), "教安改〔2026〕2号", "本单位模板")

	s.has(s.post(200, page+"/drop"), "正在使用通用格式")
	third := s.issueHazard()
	for _, one := range []struct {
		id  string
		own bool
	}{{builtin, false}, {sent, true}, {third, false}} {
		body, _ := s.wordText(s.file("/letter/" + one.id + "/file"))
		if strings.Contains(body, "本局红头：") != one.own {
			t.Errorf("letter %s has another form than that in which it was sent: %s", one.id, body)
		}
	}
	// What a bureau begins with is taken as it is.
	s.has(s.send(200, page, "底稿.docx", s.file(page+"/form")), "底稿.docx")
}
