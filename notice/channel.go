package notice

import (
	"net/url"
	"strings"
	"time"
)

// MaxChannels is how many channels a bureau may have.
const MaxChannels = 50

// Kind is a kind of channel.
type Kind string

// The kinds of channels. There is at most one mail server.
const (
	KindMail     Kind = "mail"
	KindWebhook  Kind = "webhook"
	KindWecom    Kind = "wecom"    // 企业微信群机器人
	KindDingtalk Kind = "dingtalk" // 钉钉群机器人
)

// Kinds returns the kinds of robots, in the order in which they are shown.
func Kinds() []Kind { return []Kind{KindWecom, KindDingtalk, KindWebhook} }

// Security is how the connection to a mail server is protected.
type Security string

// How a mail server is reached. Plain is for a server on the same machine or in a closed network.
const (
	TLS      Security = "tls"
	StartTLS Security = "starttls"
	Plain    Security = "plain"
)

// Channel is one way out: the mail server of the bureau, or the robot of one group chat. Address, Login, Password and
// Secret are sealed by the store.
type Channel struct {
	ID, Name string
	Kind     Kind
	On       bool
	Urgent   bool   // urgent notices go out at once
	Digest   bool   // the digest of the unit goes out each day; robots only
	Unit     string // whose group this is; robots only

	Host           string // mail
	Port           int
	Security       Security
	Login          string
	Password       string
	From, FromName string

	Address  string // robots: where messages are posted
	Secret   string // dingtalk: of the signature; webhook: of the HMAC
	Header   string // webhook: one more header, Name: value
	Template string // webhook: JSON with {{title}}, {{text}}, {{id}}, {{time}}

	Changed time.Time
	Version int64
}

// Mail returns the mail server in use.
func Mail(channels []Channel) (Channel, bool) {
	for _, c := range channels {
		if c.Kind == KindMail && c.On {
			return c, true
		}
	}
	return Channel{}, false
}

// Shown returns where messages go, without what is secret in it.
func (c Channel) Shown() string {
	if c.Kind == KindMail {
		return c.From
	}
	address, err := url.Parse(c.Address)
	if err != nil {
		return ""
	}
	return address.Scheme + "://" + address.Host + "/…"
}

// Setting is what the bureau set for everybody.
type Setting struct {
	Hour         int    // at which the digest of the day is made, by the clock of China
	Workdays     bool   // the digest is made on working days only
	Site         string // address under which people reach this program; "" when messages shall hold no links
	LocalNetwork bool   // webhooks may be posted to addresses that are not public
	Version      int64  // 0: never set
}

// DefaultSetting is what holds before somebody sets something.
func DefaultSetting() Setting { return Setting{Hour: 8, Workdays: true} }

// Link returns the address of a page of this program as it is written into a message, or "".
func (s Setting) Link(path string) string {
	if s.Site == "" || path == "" {
		return ""
	}
	return strings.TrimSuffix(s.Site, "/") + path
}

// Choice is what one person chose. Everybody sees notices in the application, whatever is chosen.
type Choice struct {
	Person  string
	Mail    bool
	Address string // sealed by the store
	Digest  bool   // the digest of the day comes by mail
	Urgent  bool   // urgent notices come by mail at once
	Version int64  // 0: never chosen
}
