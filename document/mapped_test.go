package document_test

import (
	"testing"

	"jiaoheng/document"
	"pgregory.net/rapid"
)

func TestOriginAfterEdits(t *testing.T) {
	editor := document.Edit(document.Identity("教jiao育ab局"))
	editor.Keep(3)
	editor.Drop(7, "pinyin")
	editor.Keep(10)
	editor.Replace(12, "体", "letters")
	clean, repairs := editor.Done()
	if clean.Text != "教育体局" {
		t.Fatalf("got %q", clean.Text)
	}
	cases := []struct {
		name string
		span document.Span
		want document.Span
	}{
		{"kept", document.Span{From: 0, To: 3}, document.Span{From: 0, To: 3}},
		{"after a drop", document.Span{From: 3, To: 6}, document.Span{From: 7, To: 10}},
		{"across a drop", document.Span{From: 0, To: 6}, document.Span{From: 0, To: 10}},
		{"replaced", document.Span{From: 6, To: 9}, document.Span{From: 10, To: 12}},
		{"across all", document.Span{From: 0, To: 12}, document.Span{From: 0, To: 15}},
	}
	for _, c := range cases {
		if got := clean.Origin(c.span); got != c.want {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
		}
	}
	if len(repairs) != 2 || repairs[0].Rule != "pinyin" || repairs[0].Span != (document.Span{From: 3, To: 7}) || repairs[0].Before != "jiao" {
		t.Errorf("repairs: %+v", repairs)
	}
}

// Whatever is kept maps to bytes of the original that are equal to it, through any number of edits.
func TestKeptTextMapsToEqualBytes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		original := rapid.StringOfN(rapid.RuneFrom([]rune("教育ab1")), 1, 40, -1).Draw(t, "original")
		text := document.Identity(original)
		for range rapid.IntRange(1, 4).Draw(t, "rounds") {
			editor := document.Edit(text)
			for editor.At() < len(text.Text) {
				to := rapid.IntRange(editor.At(), len(text.Text)).Draw(t, "to")
				if rapid.Bool().Draw(t, "keep") {
					editor.Keep(to)
				} else {
					editor.Replace(to, rapid.SampledFrom([]string{"", "X", "YZ"}).Draw(t, "after"), "rule")
				}
			}
			text, _ = editor.Done()
		}
		for at := range len(text.Text) {
			origin := text.Origin(document.Span{From: at, To: at + 1})
			if origin.From < 0 || origin.To > len(original) || origin.From > origin.To {
				t.Fatalf("byte %d maps to %v of %d", at, origin, len(original))
			}
			if b := text.Text[at]; b != 'X' && b != 'Y' && b != 'Z' && original[origin.From:origin.To] != string([]byte{b}) {
				t.Fatalf("byte %d %q maps to %q", at, b, original[origin.From:origin.To])
			}
		}
	})
}
