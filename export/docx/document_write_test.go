package docx_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"testing"

	written "jiaoheng/export/docx"
	"jiaoheng/intake/docx"
)

func sample() []byte {
	return written.New("计划").Title("计划").Plain("各校：").Heading(1, "总则").Heading(2, "目标").Paragraph("达到96% <以上> & “稳定”。").
		Table([][]string{{"指标", "2025年"}, {"巩固率", "96"}, {"短行"}}).Heading(2, "任务").Heading(3, "细目").Heading(4, "更细").Heading(1, "保障").
		Centre("居中\n两行").Right("县教育局").Bytes()
}

// What is written is read back with the numbers that Word would print.
func TestReaderSeesWhatWasWritten(t *testing.T) {
	source, err := docx.Read("计划.docx", sample())
	if err != nil {
		t.Fatal(err)
	}
	want := "计划\n各校：\n一、总则\n（一）目标\n达到96% <以上> & “稳定”。\n指标 | 2025年\n巩固率 | 96\n短行\n（二）任务\n1.细目\n（1）更细\n二、保障\n居中\n两行\n县教育局"
	if source.Text.Text != want {
		t.Errorf("got\n%s\nwant\n%s", source.Text.Text, want)
	}
	var headings []string
	for _, b := range source.Blocks {
		if b.Kind == "heading" {
			headings = append(headings, fmt.Sprint(b.Level, b.Label))
		}
	}
	if got := strings.Join(headings, " "); got != "1一、 2（一） 2（二） 31. 4（1） 1二、" {
		t.Errorf("headings %s", got)
	}
}

func TestSameCallsGiveTheSameBytes(t *testing.T) {
	if !bytes.Equal(sample(), sample()) {
		t.Error("two documents of the same content differ")
	}
}

func TestEveryPartIsProperXML(t *testing.T) {
	data := written.New("a<b\x00").Paragraph("bad \x01 character\tand tab").Table(nil).Bytes()
	reader, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range reader.File {
		content, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		decoder := xml.NewDecoder(content)
		for {
			if _, err := decoder.Token(); err == io.EOF {
				break
			} else if err != nil {
				t.Errorf("%s: %v", part.Name, err)
				break
			}
		}
	}
}
