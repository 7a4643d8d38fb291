package attachment

import (
	"archive/zip"
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// Kind is a type of file, written as the end of its name.
type Kind string

// The kinds that are taken.
const (
	JPEG Kind = "jpg"
	PNG  Kind = "png"
	WebP Kind = "webp" // kept as jpg
	PDF  Kind = "pdf"
	Docx Kind = "docx"
	Xlsx Kind = "xlsx"
	Text Kind = "txt"
)

// Kinds returns the kinds that are taken, as the form names them.
func Kinds() []Kind { return []Kind{JPEG, PNG, WebP, PDF, Docx, Xlsx, Text} }

// IsPhoto tells whether files of the kind are shrunk.
func (k Kind) IsPhoto() bool { return k == JPEG || k == PNG || k == WebP }

// MediaType returns the media type under which a file of the kind is served.
func (k Kind) MediaType() string {
	return map[Kind]string{
		JPEG: "image/jpeg", PNG: "image/png", WebP: "image/webp", PDF: "application/pdf", Text: "text/plain; charset=utf-8",
		Docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
		Xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	}[k]
}

// KindOf tells the kind from the content. Faults: attachment.empty, attachment.kind, attachment.macros, attachment.damaged, attachment.parts.
func KindOf(data []byte) (Kind, error) {
	switch {
	case len(data) == 0:
		return "", fault.New("attachment.empty", nil)
	case bytes.HasPrefix(data, []byte("\xff\xd8\xff")):
		return JPEG, nil
	case bytes.HasPrefix(data, []byte("\x89PNG\r\n\x1a\n")):
		return PNG, nil
	case len(data) > 12 && string(data[:4]) == "RIFF" && string(data[8:12]) == "WEBP":
		return WebP, nil
	case bytes.HasPrefix(data, []byte("%PDF-")):
		return PDF, nil
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		return kindOfZip(data)
	case isText(data):
		return Text, nil
	}
	return "", unknownKind()
}

func unknownKind() error {
	names := make([]string, len(Kinds()))
	for i, k := range Kinds() {
		names[i] = string(k)
	}
	return fault.New("attachment.kind", message.Args{"kinds": strings.Join(names, " ")})
}

// kindOfZip looks at the names of the parts only; nothing is unpacked.
func kindOfZip(data []byte) (Kind, error) {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return "", fault.New("attachment.damaged", nil)
	}
	if len(archive.File) > MaxParts {
		return "", fault.New("attachment.parts", message.Args{"limit": MaxParts})
	}
	kind, types := Kind(""), false
	for _, part := range archive.File {
		switch name := strings.ToLower(part.Name); {
		case strings.HasSuffix(name, "vbaproject.bin"):
			return "", fault.New("attachment.macros", nil)
		case name == "[content_types].xml":
			types = true
		case name == "word/document.xml":
			kind = Docx
		case name == "xl/workbook.xml":
			kind = Xlsx
		}
	}
	if kind == "" || !types {
		return "", unknownKind()
	}
	return kind, nil
}

// isText accepts UTF-8 and GB18030 without control characters.
func isText(data []byte) bool {
	text := data
	if !utf8.Valid(text) {
		decoded, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data)
		if err != nil || bytes.ContainsRune(decoded, utf8.RuneError) {
			return false
		}
		text = decoded
	}
	return !bytes.ContainsFunc(text, func(r rune) bool {
		return unicode.IsControl(r) && !strings.ContainsRune("\t\n\r\f\u0085", r)
	})
}
