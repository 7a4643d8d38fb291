package webhook

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"jiaoheng/message"
	"jiaoheng/notice"
)

// The longest messages of the two group chats in bytes: 企业微信 takes 4,096 for the text of a markdown message, 钉钉 20,000
// for the whole of it, of which the JSON around the text needs a part.
const (
	wecomBytes    = 4096
	dingtalkBytes = 18_000
)

// markdown writes a letter as markdown of at most so many bytes. Marks that people might have typed lose their force:
// < would mention members of the group.
func markdown(l notice.Letter, most int) string {
	quiet := strings.NewReplacer("<", "＜", "`", "ˋ", "\r", "")
	var out strings.Builder
	out.WriteString("### " + quiet.Replace(strings.ReplaceAll(l.Subject, "\n", " ")))
	more := "\n\n" + message.Text(message.Chinese, "notice.letter.more", nil)
	for _, line := range strings.Split(quiet.Replace(l.Body), "\n") {
		if out.Len()+len(line)+2 > most-len(more) {
			return cut(out.String(), most-len(more)) + more
		}
		out.WriteString("\n\n" + line)
	}
	return cut(out.String(), most)
}

// cut keeps whole characters within so many bytes.
func cut(text string, most int) string {
	if len(text) <= most {
		return text
	}
	for most > 0 && !utf8.RuneStart(text[most]) {
		most--
	}
	return text[:most]
}

// sign adds time and signature to the address of a robot of 钉钉: HMAC-SHA256 of "milliseconds\nsecret" under the secret.
func sign(address *url.URL, secret string, now time.Time) {
	at := strconv.FormatInt(now.UnixMilli(), 10)
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(at + "\n" + secret))
	parts := address.Query()
	parts.Set("timestamp", at)
	parts.Set("sign", base64.StdEncoding.EncodeToString(mac.Sum(nil)))
	address.RawQuery = parts.Encode()
}
