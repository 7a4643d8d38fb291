//go:build office

package e2e

import (
	"strings"
	"testing"

	"jiaoheng/export/docx"
	"jiaoheng/letter"
)

// A letter and a template of the bureau filled with it open in an office program and print what they hold.
func TestALetterOpensInAnOffice(t *testing.T) {
	content := letter.Content{Kind: "整改通知书", Organ: "澄江县教育局文件", Number: "教督改〔2026〕3号", Heading: "关于消防通道堵塞的整改通知", To: "澄江县第一中学",
		Body: []string{"检查发现问题。", "一、整改要求", "请于2026年4月2日前完成整改。"}, Signed: "澄江县教育局", Date: "2026-03-08", Copies: "县消防救援大队", Printed: "澄江县教育局办公室",
		Values: map[string]string{"title": "消防通道堵塞"}}
	text, size := printed(t, "letter.docx", docx.WriteLetter(content))
	if !strings.Contains(size, "A4") {
		t.Errorf("page size %s", size)
	}
	for _, want := range []string{"澄江县教育局文件", "教督改〔2026〕3号", "关于消防通道堵塞的整改通知", "澄江县第一中学：", "一、整改要求", "2026年3月8日", "抄送：县消防救援大队。", "2026年3月8日印发", "—1—"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in the print:\n%s", want, text)
		}
	}
	form := docx.New("模板").Title("{{doc.heading}}").Plain("{{doc.to}}：").Paragraph("{{doc.body}}").Right("{{doc.signed}}").Bytes()
	template, err := docx.ReadTemplate("模板.docx", form)
	if err != nil {
		t.Fatal(err)
	}
	data, err := template.Fill(content)
	if err != nil {
		t.Fatal(err)
	}
	text, _ = printed(t, "filled.docx", data)
	for _, want := range []string{"关于消防通道堵塞的整改通知", "澄江县第一中学：", "检查发现问题。", "请于2026年4月2日前完成整改。", "澄江县教育局"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in the print of the template:\n%s", want, text)
		}
	}
}
