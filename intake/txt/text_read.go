package txt

import (
	"strings"
	"unicode"

	"jiaoheng/document"
	"jiaoheng/fault"
	"jiaoheng/message"
)

// MaxBytes is the largest text file that is read. The longest plans have a tenth of it.
const MaxBytes = 5 << 20

// Read decodes a plain text file. Empty, too large and binary files give a fault that names the limit and the way
// out.
func Read(name string, data []byte) (document.Source, error) {
	place := fault.Place{File: name}
	if len(data) > MaxBytes {
		return document.Source{}, fault.At(place, "txt.too_large", message.Args{"limit": MaxBytes >> 20})
	}
	if len(data) == 0 {
		return document.Source{}, fault.At(place, "txt.empty", nil)
	}
	encoding, mark := Detect(data)
	if encoding == "" {
		return document.Source{}, fault.At(place, "txt.binary", nil)
	}
	text := Decode(data, mark, encoding)
	if !strings.ContainsFunc(text.Text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
		return document.Source{}, fault.At(place, "txt.empty", nil)
	}
	return document.Source{Format: "txt", Encoding: encoding, Text: text}, nil
}
