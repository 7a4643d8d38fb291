package txt

import (
	"bytes"
	"unicode/utf8"

	"jiaoheng/zh"
)

// Names of encodings, as document.Source writes them.
const (
	UTF8    = "utf-8"
	GB18030 = "gb18030"
	Big5    = "big5"
	UTF16LE = "utf-16le"
	UTF16BE = "utf-16be"
)

// sample is how much of a file is looked at to tell its encoding.
const sample = 64 << 10

// marks are the byte order marks.
var marks = []struct {
	bytes    string
	encoding string
}{
	{"\xEF\xBB\xBF", UTF8},
	{"\xFF\xFE", UTF16LE},
	{"\xFE\xFF", UTF16BE},
}

// Detect returns the encoding of data and the length of its byte order mark; "" when data is no text.
func Detect(data []byte) (encoding string, mark int) {
	for _, m := range marks {
		if bytes.HasPrefix(data, []byte(m.bytes)) && !bytes.HasPrefix(data, []byte("\xFF\xFE\x00\x00")) {
			return m.encoding, len(m.bytes)
		}
	}
	head := data[:min(len(data), sample)]
	if isBinary(head) {
		return "", 0
	}
	if bytes.IndexByte(head, 0) < 0 && badUTF8(data) == 0 {
		return UTF8, 0
	}
	best, bestScore := "", 0.0
	for _, encoding := range []string{UTF16LE, UTF16BE, GB18030, Big5} {
		if score := plausible(head, encoding); score > bestScore {
			best, bestScore = encoding, score
		}
	}
	// One byte in fifty broken still leaves a readable UTF-8 text; no other encoding looks like that.
	if high := len(head) - ascii(head); high > 0 && badUTF8(head)*50 <= high && bytes.IndexByte(head, 0) < 0 {
		return UTF8, 0
	}
	if bestScore < 0.6 {
		return "", 0
	}
	return best, 0
}

// isBinary knows the beginnings of the formats that people give a wrong ending.
func isBinary(head []byte) bool {
	for _, magic := range []string{"PK\x03\x04", "%PDF-", "\xD0\xCF\x11\xE0", "\x89PNG", "\xFF\xD8\xFF", "GIF8", "Rar!", "7z\xBC\xAF", "\x1F\x8B", "\x7FELF", "MZ\x90"} {
		if bytes.HasPrefix(head, []byte(magic)) {
			return true
		}
	}
	return false
}

func ascii(data []byte) int {
	n := 0
	for _, b := range data {
		if b < utf8.RuneSelf {
			n++
		}
	}
	return n
}

// badUTF8 counts the bytes that are not part of valid UTF-8; a character cut off at the end does not count.
func badUTF8(data []byte) int {
	bad := 0
	for len(data) > 0 {
		r, size := utf8.DecodeRune(data)
		if r == utf8.RuneError && size == 1 && utf8.FullRune(data) {
			bad++
		}
		data = data[size:]
	}
	return bad
}

// plausible returns how much data looks like a Chinese text in encoding: 0 for none, 1 for certain.
func plausible(data []byte, encoding string) float64 {
	if encoding == UTF16LE || encoding == UTF16BE {
		data = data[:len(data)&^1]
	}
	text := Decode(data, 0, encoding).Text
	all, bad, plain := 0, 0, 0
	for _, r := range text {
		all++
		switch {
		case r == utf8.RuneError, r < ' ' && r != '\n' && r != '\r' && r != '\t' && r != '\f', r >= 0xE000 && r <= 0xF8FF:
			bad++
		case r < utf8.RuneSelf:
			plain++
		}
	}
	if all == 0 || bad*50 > all {
		return 0
	}
	usual := zh.UsualShare(text)
	if usual == 0 && plain*100 >= all*98 {
		return 0.7
	}
	return usual - float64(bad)/float64(all)
}
