package mail

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"mime"
	"net/mail"
	"strings"
	"time"

	"jiaoheng/notice"
	"jiaoheng/period"
)

// bodyLine is how long a line of a body in base64 is (RFC 2045, 6.8).
const bodyLine = 76

// compose writes the message as it goes over the line: headers in ASCII, the body as base64 of UTF-8 text.
func compose(c notice.Channel, l notice.Letter) []byte {
	var out bytes.Buffer
	from := mail.Address{Address: c.From}
	sender := from.String()
	if c.FromName != "" {
		sender = encoded(c.FromName) + " " + sender
	}
	for _, header := range [][2]string{
		{"From", sender},
		{"To", (&mail.Address{Address: l.To}).String()},
		{"Subject", encoded(l.Subject)},
		{"Date", l.Made.In(period.Beijing).Format(time.RFC1123Z)},
		{"Message-ID", l.MessageID},
		{"Auto-Submitted", "auto-generated"},
		{"MIME-Version", "1.0"},
		{"Content-Type", "text/plain; charset=UTF-8"},
		{"Content-Transfer-Encoding", "base64"},
	} {
		fmt.Fprintf(&out, "%s: %s\r\n", header[0], header[1])
	}
	out.WriteString("\r\n")
	lines := strings.ReplaceAll(strings.ReplaceAll(l.Body, "\r\n", "\n"), "\n", "\r\n")
	text := base64.StdEncoding.EncodeToString([]byte(lines + "\r\n"))
	for len(text) > bodyLine {
		out.WriteString(text[:bodyLine] + "\r\n")
		text = text[bodyLine:]
	}
	out.WriteString(text + "\r\n")
	return out.Bytes()
}

// encoded writes a text as encoded words (RFC 2047), one a line so that no line grows too long. Line breaks in the text
// become spaces: they would begin another header.
func encoded(text string) string {
	words := mime.BEncoding.Encode("utf-8", strings.Join(strings.Fields(text), " "))
	return strings.ReplaceAll(words, "?= =?", "?=\r\n =?")
}
