package docx_test

import (
	"bytes"
	"strings"
	"testing"

	written "jiaoheng/export/docx"
	"jiaoheng/intake/docx"
	"jiaoheng/letter"
)

// notice is a letter with everything that one can hold.
func notice() letter.Content {
	return letter.Content{Kind: "整改通知书", Organ: "澄江县教育局文件", Number: "教督改〔2026〕3号", Heading: "关于消防通道堵塞的整改通知", To: "澄江县第一中学",
		Body:  []string{"检查发现<隐患> & 问题。", "一、整改要求", "（一）立即清理", "请于2026年4月2日前完成整改。"},
		Table: &letter.Table{Columns: []string{"序号", "事项"}, Rows: [][]string{{"1", "清理"}, {"2", "更换"}}}, Signed: "澄江县教育局", Date: "2026-03-08",
		Copies: "县消防救援大队", Printed: "澄江县教育局办公室", Values: map[string]string{"title": "消防通道堵塞", "due": "2026年4月2日"},
		Rows: []map[string]string{{"row.index": "1", "row.title": "清理"}, {"row.index": "2", "row.title": "更换"}}}
}

func textOf(t *testing.T, data []byte) string {
	t.Helper()
	source, err := docx.Read("公文.docx", data)
	if err != nil {
		t.Fatal(err)
	}
	return source.Text.Text
}

func TestTheOfficialFormHoldsEveryPartInOrder(t *testing.T) {
	text := textOf(t, written.WriteLetter(notice()))
	at := 0
	for _, want := range []string{"澄江县教育局文件", "教督改〔2026〕3号", "关于消防通道堵塞的整改通知", "澄江县第一中学：", "检查发现<隐患> & 问题。", "一、整改要求", "（一）立即清理",
		"序号 | 事项", "2 | 更换", "澄江县教育局"} {
		found := strings.Index(text[at:], want)
		if found < 0 {
			t.Fatalf("%q does not stand after %q in\n%s", want, text[:at], text)
		}
		at += found + len(want)
	}
	for _, want := range []string{"2026年3月8日", "抄送：县消防救援大队。", "澄江县教育局办公室"} {
		if !strings.Contains(text[at:], want) {
			t.Errorf("%q is not at the end of\n%s", want, text)
		}
	}
	for range 5 {
		if !bytes.Equal(written.WriteLetter(notice()), written.WriteLetter(notice())) {
			t.Fatal("the same content gives other bytes")
		}
	}
}

func TestALetterWithoutCopiesAndPrinterHasNoFoot(t *testing.T) {
	bare := notice()
	bare.Copies, bare.Printed, bare.Table = "", "", nil
	if text := textOf(t, written.WriteLetter(bare)); strings.Contains(text, "抄送") || strings.Contains(text, "印发") {
		t.Error(text)
	}
}
