package intake

import (
	"bytes"
	"regexp"
	"strings"
	"unicode/utf16"

	"jiaoheng/intake/txt"
)

// head is how much of a file is looked at to tell text from web pages.
const head = 64 << 10

// Detect returns the format of a file (docx, xlsx, pdf, html, txt) or the message key of the reason why it cannot be read.
func Detect(name string, data []byte) (format, refusal string) {
	switch {
	case len(bytes.Trim(data, " \t\r\n\x00\xEF\xBB\xBF")) == 0:
		return "", "intake.empty"
	case bytes.HasPrefix(data, []byte("PK\x03\x04")), bytes.HasPrefix(data, []byte("PK\x05\x06")):
		return inContainer(data)
	case bytes.HasPrefix(data, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")):
		return "", inCompound(data)
	case bytes.Contains(data[:min(len(data), 1024)], []byte("%PDF-")):
		return "pdf", ""
	}
	if refusal := foreign(data); refusal != "" {
		return "", refusal
	}
	encoding, mark := txt.Detect(data)
	if encoding == "" {
		return "", unreadable(name)
	}
	return inText(name, data, encoding, mark)
}

// unreadable names the reason for bytes that are neither text nor any known format.
func unreadable(name string) string {
	switch extension(name) {
	case ".docx", ".xlsx", ".pdf", ".doc", ".xls", ".wps", ".et":
		return "intake.contradiction"
	}
	return "intake.unknown"
}

// inContainer tells the zip containers apart by the names of their parts, which stand in the file uncompressed.
func inContainer(data []byte) (format, refusal string) {
	has := func(part string) bool { return bytes.Contains(data, []byte(part)) }
	word, book := bytes.Index(data, []byte("word/document")), bytes.Index(data, []byte("xl/workbook"))
	switch {
	case bytes.Contains(data[:min(len(data), 200)], []byte("mimetypeapplication/vnd.oasis")):
		return "", "intake.open_document"
	case word >= 0 && (book < 0 || word < book): // one may hold the other as an embedded file, further back
		return "docx", ""
	case book >= 0:
		return "xlsx", ""
	case has("ppt/presentation"):
		return "", "intake.slides"
	case has("OFD.xml"):
		return "", "intake.ofd"
	case has("[Content_Types].xml"):
		return "docx", "" // a main part of another name, or a damaged file: the reader says which
	}
	return "", "intake.compressed"
}

// inCompound names the old format whose stream stands in the compound file.
func inCompound(data []byte) string {
	has := func(stream string) bool { return bytes.Contains(data, wide(stream)) }
	switch {
	case has("EncryptedPackage"):
		return "intake.encrypted"
	case has("WordDocument"):
		return "intake.old_word"
	case has("Workbook"), has("Book"):
		return "intake.old_excel"
	case has("PowerPoint Document"):
		return "intake.slides"
	}
	return "intake.old_office"
}

// wide writes a name as compound files hold it: UTF-16, little endian.
func wide(name string) []byte {
	var out []byte
	for _, unit := range utf16.Encode([]rune(name)) {
		out = append(out, byte(unit), byte(unit>>8))
	}
	return out
}

// foreign knows formats by their first bytes.
func foreign(data []byte) string {
	for _, f := range []struct{ magic, refusal string }{
		{`{\rtf`, "intake.rich_text"},
		{"Rar!\x1A\x07", "intake.compressed"}, {"7z\xBC\xAF\x27\x1C", "intake.compressed"}, {"\x1F\x8B", "intake.compressed"}, {"BZh", "intake.compressed"}, {"\xFD7zXZ\x00", "intake.compressed"},
		{"\x89PNG\r\n", "intake.picture"}, {"\xFF\xD8\xFF", "intake.picture"}, {"GIF87a", "intake.picture"}, {"GIF89a", "intake.picture"},
		{"II*\x00", "intake.picture"}, {"MM\x00*", "intake.picture"},
	} {
		if bytes.HasPrefix(data, []byte(f.magic)) {
			return f.refusal
		}
	}
	switch {
	case len(data) > 12 && string(data[:4]) == "RIFF" && string(data[8:12]) == "WEBP":
		return "intake.picture"
	case len(data) > 12 && string(data[4:8]) == "ftyp": // pictures of telephones
		return "intake.picture"
	case len(data) > 54 && string(data[:2]) == "BM" && bytes.Equal(data[6:10], make([]byte, 4)): // a bitmap, not a text that begins with BM
		return "intake.picture"
	case regexp.MustCompile(`(?i)^\s*(MIME-Version|From: <Saved by)`).Match(data[:min(len(data), 200)]):
		return "intake.web_archive"
	}
	return ""
}

var (
	webPage = regexp.MustCompile(`(?i)<(!doctype\s+html|html[\s>]|head[\s>]|body[\s>])`)
	webTags = regexp.MustCompile(`(?i)</?(p|div|span|br|table|td|tr|a|h[1-6]|li|ul|font|strong)(\s[^<>]{0,400})?/?>`)
)

// inText tells a web page from plain text.
func inText(name string, data []byte, encoding string, mark int) (format, refusal string) {
	text := txt.Decode(data[:min(len(data), head)], mark, encoding).Text
	page := webPage.MatchString(text) || len(webTags.FindAllStringIndex(text, 8)) >= 8
	switch ending := extension(name); {
	case page:
		return "html", ""
	case ending == ".html", ending == ".htm":
		return "html", ""
	case ending == ".docx", ending == ".xlsx", ending == ".pdf":
		return "", "intake.contradiction"
	case strings.Contains(text[:min(len(text), 400)], "<Workbook") || strings.Contains(text[:min(len(text), 400)], "<?mso-application"):
		return "", "intake.old_excel"
	}
	return "txt", ""
}
