package pdf_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"jiaoheng/document"
	"jiaoheng/fault"
	"jiaoheng/intake/pdf"
)

func sample(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// object files made by hand: pdfium finds the objects without a directory.
func made(objects ...string) []byte {
	var out strings.Builder
	out.WriteString("%PDF-1.4\n")
	for n, object := range objects {
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", n+1, object)
	}
	out.WriteString("trailer <</Root 1 0 R>>\n%%EOF\n")
	return []byte(out.String())
}

func stream(dictionary, content string) string {
	return fmt.Sprintf("<<%s/Length %d>>\nstream\n%s\nendstream", dictionary, len(content), content)
}

// scan is a file of n pages that each hold one picture and nothing else.
func scan(n int) []byte {
	pages := strings.Repeat("3 0 R ", n)
	return made("<</Type/Catalog/Pages 2 0 R>>", fmt.Sprintf("<</Type/Pages/Count %d/Kids[%s]>>", n, pages),
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</P 4 0 R>>>>/Contents 5 0 R>>",
		stream("/Type/XObject/Subtype/Image/Width 2/Height 2/ColorSpace/DeviceGray/BitsPerComponent 8", "\x10\xf0\x80\x40"),
		stream("", "595 0 0 842 0 0 cm /P Do"))
}

// lines is a file of one page with the given lines of Latin text, 12 points on 14.
func lines(texts ...string) []byte {
	var content strings.Builder
	content.WriteString("BT /F 12 Tf 14 TL 72 700 Td\n")
	for _, text := range texts {
		fmt.Fprintf(&content, "(%s) Tj T*\n", text)
	}
	content.WriteString("ET")
	return made("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 1/Kids[3 0 R]>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>/Contents 4 0 R>>",
		stream("", content.String()))
}

// The sample was printed by an office program: hard line ends, a running head, page numbers, a table, a title on two lines.
func TestPrintedPlan(t *testing.T) {
	source, err := pdf.Read(context.Background(), "plan.pdf", sample(t, "plan.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	if want := strings.TrimSpace(string(sample(t, "plan.txt"))); source.Text.Text != want {
		t.Errorf("got\n%s\nwant\n%s", source.Text.Text, want)
	}
	if source.Format != "pdf" || source.Part != "text" || len(source.Blocks) != strings.Count(source.Text.Text, "\n")+1 {
		t.Errorf("format %q, part %q, %d blocks", source.Format, source.Part, len(source.Blocks))
	}
	if got := source.Text.Origin(document.Span{From: 3, To: 9}); got != (document.Span{From: 3, To: 9}) {
		t.Errorf("spans count in the text itself, got %v", got)
	}
}

func TestLatinWordsStayApart(t *testing.T) {
	source, err := pdf.Read(context.Background(), "a.pdf", lines("The bureau opened three new schools", "near the river in this year now", "and one more."))
	if err != nil {
		t.Fatal(err)
	}
	if want := "The bureau opened three new schools near the river in this year now and one more."; source.Text.Text != want {
		t.Errorf("got %q, want %q", source.Text.Text, want)
	}
}

// Old programs do not embed the usual Chinese fonts: their characters are known by the code alone.
func TestFontsThatAreNotEmbedded(t *testing.T) {
	data := made("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 1/Kids[3 0 R]>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 5 0 R>>>>/Contents 4 0 R>>",
		stream("", "BT /F 16 Tf 72 700 Td <BDCCD3FDB9E6BBAE32303235> Tj ET"), // 教育规划2025 in GBK
		"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/GBK-EUC-H/DescendantFonts[6 0 R]>>",
		"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/DW 1000/FontDescriptor 7 0 R>>",
		"<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>")
	source, err := pdf.Read(context.Background(), "a.pdf", data)
	if err != nil {
		t.Fatal(err)
	}
	if source.Text.Text != "教育规划2025" {
		t.Errorf("got %q", source.Text.Text)
	}
}

func TestFaults(t *testing.T) {
	plan := sample(t, "plan.pdf")
	cases := []struct {
		name, code string
		data       []byte
	}{
		{"protected by a password", "intake.encrypted", sample(t, "locked.pdf")},
		{"a scan", "intake.scan", scan(3)},
		{"blank", "intake.no_text", lines()},
		{"only the beginning", "intake.container_broken", plan[:200]},
		{"noise", "intake.container_broken", []byte("%PDF-1.7\n" + strings.Repeat("\x93\x01obj<<", 500))},
		{"nothing", "intake.container_broken", nil},
		{"too many pages", "intake.too_many_pages", scan(pdf.MaxPages + 1)},
		{"too large", "intake.too_large", make([]byte, pdf.MaxFile+1)},
	}
	for _, c := range cases {
		_, err := pdf.Read(context.Background(), "规划.pdf", c.data)
		faults := fault.Of(err)
		if len(faults) != 1 || faults[0].Code != c.code {
			t.Errorf("%s: got %v, want %s", c.name, err, c.code)
			continue
		}
		if faults[0].Remedy("zh") == "" || faults[0].Remedy("en") == "" {
			t.Errorf("%s: no remedy", c.name)
		}
	}
}

// Cut anywhere, a file gives text or a fault, never anything else.
func TestCutFiles(t *testing.T) {
	plan := sample(t, "plan.pdf")
	for part := 1; part < 8; part++ {
		_, err := pdf.Read(context.Background(), "plan.pdf", plan[:len(plan)*part/8])
		if err != nil && fault.Of(err) == nil {
			t.Errorf("%d/8: no fault: %v", part, err)
		}
	}
}

func TestEndedContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := pdf.Read(ctx, "plan.pdf", sample(t, "plan.pdf")); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func FuzzPdf(f *testing.F) {
	f.Add(lines("a"))
	f.Add(scan(1))
	f.Fuzz(func(t *testing.T, data []byte) {
		if _, err := pdf.Read(context.Background(), "a.pdf", data); err != nil && fault.Of(err) == nil {
			t.Fatalf("no fault: %v", err)
		}
	})
}

func BenchmarkRead(b *testing.B) {
	data := sample(b, "plan.pdf")
	if _, err := pdf.Read(context.Background(), "plan.pdf", data); err != nil { // the engine is compiled at first use
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := pdf.Read(context.Background(), "plan.pdf", data); err != nil {
			b.Fatal(err)
		}
	}
}
