package txt_test

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"

	"jiaoheng/document"
	"jiaoheng/fault"
	"jiaoheng/intake/txt"
)

const plan = "第一章 总则\n到2025年，学前三年毛入园率达到95%以上。\n加强教师队伍建设，落实“县管校聘”。\n"

func utf16Bytes(text string, big bool) []byte {
	var out []byte
	for _, unit := range utf16.Encode([]rune(text)) {
		pair := []byte{byte(unit), byte(unit >> 8)}
		if big {
			pair[0], pair[1] = pair[1], pair[0]
		}
		out = append(out, pair...)
	}
	return out
}

func TestReadFindsTheEncoding(t *testing.T) {
	gb, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(plan))
	if err != nil {
		t.Fatal(err)
	}
	const traditional = "第一章 總則\n到2025年，學前三年毛入園率達到95%以上。\n加強教師隊伍建設，落實「縣管校聘」。\n"
	big5, err := traditionalchinese.Big5.NewEncoder().Bytes([]byte(traditional))
	if err != nil {
		t.Fatal(err)
	}
	cases := []struct {
		name, encoding, text string
		data                 []byte
	}{
		{"UTF-8", "utf-8", plan, []byte(plan)},
		{"UTF-8 with mark", "utf-8", plan, []byte("\xEF\xBB\xBF" + plan)},
		{"GB18030", "gb18030", plan, gb},
		{"Big5", "big5", traditional, big5},
		{"UTF-16 LE", "utf-16le", plan, utf16Bytes(plan, false)},
		{"UTF-16 LE with mark", "utf-16le", plan, append([]byte{0xFF, 0xFE}, utf16Bytes(plan, false)...)},
		{"UTF-16 BE", "utf-16be", plan, utf16Bytes(plan, true)},
		{"UTF-16 BE with mark", "utf-16be", plan, append([]byte{0xFE, 0xFF}, utf16Bytes(plan, true)...)},
		{"plain letters", "utf-8", "plan 2025\n", []byte("plan 2025\n")},
		{"UTF-8 with one broken byte", "utf-8", plan + "\uFFFD" + plan, []byte(plan + "\xB5" + plan)},
	}
	for _, c := range cases {
		source, err := txt.Read("a.txt", c.data)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if source.Encoding != c.encoding || source.Text.Text != c.text {
			t.Errorf("%s: got %s %q", c.name, source.Encoding, source.Text.Text)
		}
	}
}

func TestCharactersKeepTheirBytes(t *testing.T) {
	gb, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte("ab教育𠮷95%"))
	if err != nil {
		t.Fatal(err)
	}
	text := txt.Decode(gb, 0, txt.GB18030)
	cases := []struct {
		part     string
		from, to int
	}{{"ab", 0, 2}, {"教", 2, 4}, {"育", 4, 6}, {"𠮷", 6, 10}, {"95", 10, 12}, {"b教", 1, 4}}
	for _, c := range cases {
		at := strings.Index(text.Text, c.part)
		if got := text.Origin(document.Span{From: at, To: at + len(c.part)}); got != (document.Span{From: c.from, To: c.to}) {
			t.Errorf("%s came from %v, want [%d,%d)", c.part, got, c.from, c.to)
		}
	}
}

func TestWhatIsNoTextIsRefused(t *testing.T) {
	cases := []struct {
		name, code string
		data       []byte
	}{
		{"empty", "txt.empty", nil},
		{"blanks", "txt.empty", []byte(" \n\t\n")},
		{"too large", "txt.too_large", bytes.Repeat([]byte("教育"), txt.MaxBytes/6+1)},
		{"zip", "txt.binary", []byte("PK\x03\x04\x14\x00\x06\x00abc")},
		{"picture", "txt.binary", []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")},
		{"zeros", "txt.binary", make([]byte, 400)},
		{"noise", "txt.binary", bytes.Repeat([]byte{0x91, 0x02, 0xF0, 0x00, 0xE1, 0x1B}, 60)},
	}
	for _, c := range cases {
		_, err := txt.Read("a.txt", c.data)
		list := fault.Of(err)
		if len(list) != 1 || list[0].Code != c.code || list[0].Remedy("zh") == "" {
			t.Errorf("%s: got %v, want %s", c.name, err, c.code)
		}
	}
}

func FuzzTxt(f *testing.F) {
	f.Add([]byte(plan))
	f.Add([]byte("\xFF\xFE\x00\xD8a"))
	f.Add([]byte("\xC8\xA5\x81\x30\x81\x30\xD7"))
	f.Fuzz(func(t *testing.T, data []byte) {
		source, err := txt.Read("a.txt", data)
		if err != nil {
			if fault.Of(err) == nil {
				t.Fatalf("not a fault: %v", err)
			}
			return
		}
		last := 0
		for at := range source.Text.Text {
			origin := source.Text.Origin(document.Span{From: at, To: at + 1})
			if origin.From < last || origin.To > len(data) || origin.To < origin.From {
				t.Fatalf("byte %d maps to %v of %d after %d", at, origin, len(data), last)
			}
			last = origin.From
		}
	})
}
