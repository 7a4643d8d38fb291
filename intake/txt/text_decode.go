package txt

import (
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"

	"jiaoheng/document"
)

// replacement stands for bytes that mean nothing in the encoding.
const replacement = "\uFFFD"

// Decode turns bytes into text that maps back to them. skip is the length of the byte order mark. Bytes that mean
// nothing in encoding become U+FFFD; an encoding that is not one of this package's names is read as UTF-8.
func Decode(data []byte, skip int, encoding string) document.Mapped {
	switch encoding {
	case GB18030:
		return decodeDouble(data, skip, simplifiedchinese.GB18030, isGBTrail)
	case Big5:
		return decodeDouble(data, skip, traditionalchinese.Big5, isBig5Trail)
	case UTF16LE:
		return decodeUTF16(data, skip, func(at int) uint16 { return uint16(data[at]) | uint16(data[at+1])<<8 })
	case UTF16BE:
		return decodeUTF16(data, skip, func(at int) uint16 { return uint16(data[at])<<8 | uint16(data[at+1]) })
	default:
		return decodeUTF8(data, skip)
	}
}

func decodeUTF8(data []byte, skip int) document.Mapped {
	var out document.Builder
	text := string(data)
	for from := skip; from < len(text); {
		at := from
		for at < len(text) {
			r, size := utf8.DecodeRuneInString(text[at:])
			if r == utf8.RuneError && size == 1 {
				break
			}
			at += size
		}
		out.Exact(text[from:at], from)
		if at < len(text) {
			out.Whole(replacement, at, at+1)
			at++
		}
		from = at
	}
	return out.Done()
}

func isGBTrail(b byte) bool   { return b >= 0x40 && b != 0x7F && b != 0xFF }
func isBig5Trail(b byte) bool { return b >= 0x40 && b <= 0x7E || b >= 0xA1 && b <= 0xFE }
func isDigit(b byte) bool     { return b >= '0' && b <= '9' }

// decodeDouble decodes an encoding of one, two or (GB18030) four bytes a character, one character at a time so
// that each knows its bytes. A lead byte without a fitting follower is lost alone: the follower may be a letter.
func decodeDouble(data []byte, skip int, name encoding.Encoding, isTrail func(byte) bool) document.Mapped {
	var out document.Builder
	decoder := name.NewDecoder()
	var buffer [16]byte
	text := string(data)
	for at := skip; at < len(data); {
		if data[at] < utf8.RuneSelf {
			end := at + 1
			for end < len(data) && data[end] < utf8.RuneSelf {
				end++
			}
			out.Exact(text[at:end], at)
			at = end
			continue
		}
		size := 1
		if name == simplifiedchinese.GB18030 && at+3 < len(data) && isDigit(data[at+1]) && data[at+2] >= 0x81 && isDigit(data[at+3]) {
			size = 4
		} else if at+1 < len(data) && isTrail(data[at+1]) {
			size = 2
		}
		decoder.Reset()
		n, _, err := decoder.Transform(buffer[:], data[at:at+size], true)
		piece := string(buffer[:n])
		if err != nil || n == 0 || size == 1 && piece != "€" {
			piece = replacement
		}
		if first, _ := utf8.DecodeRuneInString(piece); first == utf8.RuneError && size == 2 && data[at+1] < utf8.RuneSelf {
			piece, size = replacement, 1
		}
		out.Whole(piece, at, at+size)
		at += size
	}
	return out.Done()
}

func decodeUTF16(data []byte, skip int, unit func(at int) uint16) document.Mapped {
	var out document.Builder
	for at := skip; at < len(data); {
		if at+1 >= len(data) {
			out.Whole(replacement, at, at+1)
			break
		}
		r, size := rune(unit(at)), 2
		if utf16.IsSurrogate(r) {
			if at+3 < len(data) {
				if pair := utf16.DecodeRune(r, rune(unit(at+2))); pair != utf8.RuneError {
					r, size = pair, 4
				}
			}
			if size == 2 {
				r = utf8.RuneError
			}
		}
		out.Whole(string(r), at, at+size)
		at += size
	}
	return out.Done()
}
