package intake_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"runtime"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"jiaoheng/document"
	written "jiaoheng/export/docx"
	"jiaoheng/fault"
	"jiaoheng/intake"
	"jiaoheng/message"
)

// A format takes part in the suite with one good file. Every reader must pass all tests of this file.
type format struct {
	name string
	file string
	data []byte
	says string // stands in the text
	part string // what the spans count in
}

func formats(t testing.TB) []format {
	t.Helper()
	printed, err := os.ReadFile("pdf/testdata/plan.pdf")
	if err != nil {
		t.Fatal(err)
	}
	text := "云岭县教育规划\n一、主要目标\n到2025年，义务教育巩固率达到98.6%。\n"
	old, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	page, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte("<html><head><meta charset=gbk></head><body><h1>云岭县教育规划</h1><p>到2025年，义务教育巩固率达到98.6&#37;。</p></body></html>"))
	if err != nil {
		t.Fatal(err)
	}
	word := written.New("规划").Title("云岭县教育规划").Heading(1, "主要目标").Paragraph("到2025年，义务教育巩固率达到98.6%。").Table([][]string{{"指标", "目标"}, {"巩固率", "98.6"}}).Bytes()
	return []format{
		{name: "txt", file: "规划.txt", data: []byte(text), says: "到2025年，义务教育巩固率达到98.6%。"},
		{name: "txt", file: "规划.txt", data: old, says: "到2025年，义务教育巩固率达到98.6%。"},
		{name: "html", file: "规划.html", data: page, says: "到2025年，义务教育巩固率达到98.6%。"},
		{name: "docx", file: "规划.docx", data: word, says: "一、主要目标", part: "word/document.xml"},
		{name: "pdf", file: "规划.pdf", data: printed, says: "义务教育巩固率达到98.6%", part: "text"},
		{name: "xlsx", file: "任务.xlsx", data: workbook(t, "序号", "目标任务"), says: "序号 | 目标任务", part: "text"},
	}
}

// original returns what the spans of a source count in.
func original(t *testing.T, f format, source document.Source) []byte {
	t.Helper()
	switch f.part {
	case "":
		return f.data
	case "text":
		return []byte(source.Text.Text)
	}
	reader, err := zip.NewReader(bytes.NewReader(f.data), int64(len(f.data)))
	if err != nil {
		t.Fatal(err)
	}
	part, err := reader.Open(f.part)
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(part)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestGoodFilesAreRead(t *testing.T) {
	for _, f := range formats(t) {
		source, err := intake.Read(context.Background(), f.file, f.data)
		if err != nil {
			t.Errorf("%s: %v", f.name, err)
			continue
		}
		if source.Format != f.name || source.Part != f.part || !strings.Contains(source.Text.Text, f.says) {
			t.Errorf("%s: format %q, part %q, text %q", f.name, source.Format, source.Part, source.Text.Text)
		}
		checkSpans(t, f.name, source, len(original(t, f, source)))
	}
}

// checkSpans holds the promises of document.Source: proper text, blocks in order and inside it, every span inside the original.
func checkSpans(t *testing.T, name string, source document.Source, size int) {
	t.Helper()
	text := source.Text.Text
	if !utf8.ValidString(text) || strings.TrimSpace(text) == "" {
		t.Errorf("%s: the text is empty or no UTF-8", name)
	}
	last := 0
	for _, b := range source.Blocks {
		if b.Span.From < last || b.Span.To < b.Span.From || b.Span.To > len(text) {
			t.Errorf("%s: block %+v overlaps the one before or leaves the text", name, b)
			return
		}
		if !strings.HasPrefix(text[b.Span.From:], b.Label) {
			t.Errorf("%s: label %q does not stand in the text", name, b.Label)
		}
		last = b.Span.To
	}
	for at := range text {
		origin := source.Text.Origin(document.Span{From: at, To: at + 1})
		if origin.From < 0 || origin.From > origin.To || origin.To > size {
			t.Errorf("%s: byte %d leads to %v, the original has %d", name, at, origin, size)
			return
		}
	}
}

// Under any other name a good file is still what it is.
func TestNamesDoNotMatter(t *testing.T) {
	for _, f := range formats(t) {
		for _, name := range []string{"无扩展名", "规划.bin", "规划.DOC", "规划.txt"} {
			source, err := intake.Read(context.Background(), name, f.data)
			if err != nil || source.Format != f.name {
				t.Errorf("%s named %s: read as %q, %v", f.name, name, source.Format, err)
			}
		}
	}
}

// bad files for every format: each gives faults with reason and remedy in both languages, and nothing else.
func TestBadFilesGiveFaults(t *testing.T) {
	zeros := make([]byte, 100_000)
	for _, f := range formats(t) {
		cases := []struct {
			name string
			data []byte
		}{{"empty", nil}, {"zero bytes", zeros}, {"noise", noise(50_000)}, {"one byte", []byte{0x50}}}
		if f.part != "" { // half a text is a text
			for part := range 8 {
				cases = append(cases, struct {
					name string
					data []byte
				}{"cut off", f.data[:len(f.data)*part/8]})
			}
		}
		for _, c := range cases {
			_, err := intake.Read(context.Background(), f.file, c.data)
			if err == nil && (c.name == "cut off" && f.name == "pdf" || c.name == "one byte" && f.part == "") {
				continue // a cut PDF may still hold whole pages
			}
			checkFault(t, f.name+", "+c.name, err)
		}
	}
}

func checkFault(t *testing.T, name string, err error) {
	t.Helper()
	faults := fault.Of(err)
	if len(faults) == 0 {
		t.Errorf("%s: got %v, want a fault", name, err)
		return
	}
	for _, one := range faults {
		if one.Place.File == "" || one.Remedy(message.Chinese) == "" || one.Remedy(message.English) == "" {
			t.Errorf("%s: %s names no file or no remedy", name, one.Code)
		}
		if strings.Contains(one.Text(message.Chinese), "{") {
			t.Errorf("%s: a place of the text is not filled: %s", name, one.Text(message.Chinese))
		}
	}
}

// hostile files: small ones that want to become large, and deep ones. Reading one may take memory within the stated
// limits only.
func TestHostileFilesAreRefused(t *testing.T) {
	const memory = 400 << 20
	blanks := bytes.Repeat([]byte{' '}, 1<<20)
	bomb := func(part string) []byte {
		return container(t, part, func(w io.Writer) {
			for range 80 {
				if _, err := w.Write(blanks); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
	deep := func(part, root, tag string) []byte {
		return container(t, part, func(w io.Writer) {
			if _, err := io.WriteString(w, root+strings.Repeat("<"+tag+">", 100_000)); err != nil {
				t.Fatal(err)
			}
		})
	}
	cases := []struct {
		name, file, code string
		data             []byte
	}{
		{"docx that expands", "规划.docx", "intake.part_too_large", bomb("word/document.xml")},
		{"xlsx that expands", "任务.xlsx", "intake.part_too_large", bomb("xl/workbook.xml")},
		{"deep docx", "规划.docx", "intake.too_deep", deep("word/document.xml", "<w>", "a")},
		{"references that multiply", "规划.docx", "intake.container_broken", container(t, "word/document.xml", func(w io.Writer) {
			if _, err := io.WriteString(w, `<!DOCTYPE a [<!ENTITY b "cccccccc"><!ENTITY d "&b;&b;&b;">]><a>&d;</a>`); err != nil {
				t.Fatal(err)
			}
		})},
		{"deep pdf", "规划.pdf", "", []byte("%PDF-1.4\n1 0 obj\n" + strings.Repeat("[", 200_000) + "\nendobj\ntrailer<</Root 1 0 R>>")},
		{"upload beyond the limit", "规划.docx", "intake.too_large", make([]byte, intake.MaxUpload+1)},
	}
	for _, c := range cases {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := intake.Read(context.Background(), c.file, c.data)
		runtime.ReadMemStats(&after)
		checkFault(t, c.name, err)
		if faults := fault.Of(err); c.code != "" && (len(faults) != 1 || faults[0].Code != c.code) {
			t.Errorf("%s: got %v, want %s", c.name, err, c.code)
		}
		if taken := after.TotalAlloc - before.TotalAlloc; taken > memory {
			t.Errorf("%s: took %d MB", c.name, taken>>20)
		}
	}
}

// container packs one part.
func container(t *testing.T, part string, write func(io.Writer)) []byte {
	t.Helper()
	var out bytes.Buffer
	writer := zip.NewWriter(&out)
	w, err := writer.Create(part)
	if err != nil {
		t.Fatal(err)
	}
	write(w)
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestEndedContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for _, f := range formats(t) {
		if _, err := intake.Read(ctx, f.file, f.data); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: got %v", f.name, err)
		}
	}
}
