package intake_test

import (
	"archive/zip"
	"bytes"
	"testing"

	"jiaoheng/intake"
)

func zipOf(t *testing.T, names ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	writer := zip.NewWriter(&out)
	for _, name := range names {
		w, err := writer.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte("<x/>")); err != nil {
			t.Fatal(err)
		}
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func compound(stream string) []byte {
	data := append([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), make([]byte, 600)...)
	for _, r := range stream {
		data = append(data, byte(r), 0)
	}
	return data
}

// The content decides; the name only where the content leaves it open.
func TestContentDecides(t *testing.T) {
	text := []byte("教育规划\n到2025年巩固率达到96%。\n")
	page := []byte("<html><body><p>教育规划</p></body></html>")
	cases := []struct {
		name, file      string
		data            []byte
		format, refusal string
	}{
		{"plain text", "规划.txt", text, "txt", ""},
		{"text without an ending", "规划", text, "txt", ""},
		{"a web page named doc", "规划.doc", page, "html", ""},
		{"a web page named txt", "规划.txt", page, "html", ""},
		{"a fragment of a web page", "规划.html", []byte("<p>教育</p>"), "html", ""},
		{"Word named pdf", "规划.pdf", zipOf(t, "word/document.xml"), "docx", ""},
		{"workbook named docx", "任务.docx", zipOf(t, "xl/workbook.xml"), "xlsx", ""},
		{"PDF named docx", "规划.docx", []byte("%PDF-1.7\n"), "pdf", ""},
		{"PDF after other bytes", "规划.pdf", []byte("\r\n%PDF-1.4\n"), "pdf", ""},
		{"text named docx", "规划.docx", text, "", "intake.contradiction"},
		{"text named pdf", "规划.pdf", text, "", "intake.contradiction"},
		{"noise named pdf", "规划.pdf", noise(3000), "", "intake.contradiction"},
		{"noise", "规划.bin", noise(3000), "", "intake.unknown"},
		{"empty", "规划.docx", nil, "", "intake.empty"},
		{"only a mark and line ends", "规划.txt", []byte("\xEF\xBB\xBF\r\n \n"), "", "intake.empty"},
		{"zero bytes", "规划.docx", make([]byte, 4096), "", "intake.empty"},
		{"old Word", "规划.doc", compound("WordDocument"), "", "intake.old_word"},
		{"old WPS named docx", "规划.docx", compound("WordDocument"), "", "intake.old_word"},
		{"old Excel", "任务.xls", compound("Workbook"), "", "intake.old_excel"},
		{"protected Word", "规划.docx", compound("EncryptedPackage"), "", "intake.encrypted"},
		{"old slides", "规划.ppt", compound("PowerPoint Document"), "", "intake.slides"},
		{"other old file", "规划.doc", compound("Thing"), "", "intake.old_office"},
		{"slides", "规划.pptx", zipOf(t, "ppt/presentation.xml"), "", "intake.slides"},
		{"OFD", "规划.ofd", zipOf(t, "OFD.xml"), "", "intake.ofd"},
		{"zip of files", "规划.zip", zipOf(t, "a.txt"), "", "intake.compressed"},
		{"rar", "规划.rar", []byte("Rar!\x1A\x07\x01\x00"), "", "intake.compressed"},
		{"rich text", "规划.doc", []byte(`{\rtf1\ansi`), "", "intake.rich_text"},
		{"web archive", "规划.mht", []byte("MIME-Version: 1.0\r\n"), "", "intake.web_archive"},
		{"photo", "规划.jpg", []byte("\xFF\xD8\xFF\xE0...."), "", "intake.picture"},
		{"photo of a telephone", "规划.heic", []byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00"), "", "intake.picture"},
		{"Excel as XML", "任务.xls", []byte(`<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook>教育</Workbook>`), "", "intake.old_excel"},
	}
	for _, c := range cases {
		if format, refusal := intake.Detect(c.file, c.data); format != c.format || refusal != c.refusal {
			t.Errorf("%s: got %q %q, want %q %q", c.name, format, refusal, c.format, c.refusal)
		}
	}
}

// noise returns n bytes that look like nothing, the same ones each time.
func noise(n int) []byte {
	data, x := make([]byte, n), uint32(1)
	for i := range data {
		x = x*1664525 + 1013904223
		data[i] = byte(x >> 24)
	}
	return data
}
