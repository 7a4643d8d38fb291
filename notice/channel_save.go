package notice

import (
	"context"
	"encoding/json"
	"net/mail"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"jiaoheng/action"
	"jiaoheng/fault"
	"jiaoheng/message"
)

// Names of the fields of forms, in faults.
const (
	FieldName     = "name"
	FieldHost     = "host"
	FieldPort     = "port"
	FieldSecurity = "security"
	FieldLogin    = "login"
	FieldPassword = "password"
	FieldFrom     = "from"
	FieldFromName = "from_name"
	FieldAddress  = "address"
	FieldUnit     = "unit"
	FieldHeader   = "header"
	FieldTemplate = "template"
	FieldSecret   = "secret"
	FieldTo       = "to"
	FieldHour     = "hour"
	FieldSite     = "site"
)

// Limits of what is typed.
const (
	maxName     = 40
	maxSecret   = 500
	maxTemplate = 4_000
)

// DefaultTemplate is the body of a webhook when the bureau gives none.
const DefaultTemplate = `{"id": "{{id}}", "title": "{{title}}", "text": "{{text}}", "time": "{{time}}"}`

// text writes what goes out: messages are Chinese.
func text(key string, args message.Args) string { return message.Text(message.Chinese, key, args) }

// SaveChannel stores a new or changed channel. Parts that are secret and left empty stay as they are.
func SaveChannel(ctx context.Context, store Store, actor action.Actor, c Channel) error {
	return action.Do(ctx, store, actor, action.Write{Name: "notice.action.channel", Thing: program, Do: func(ctx context.Context, tx action.Tx) error {
		all, err := store.Channels(ctx)
		if err != nil {
			return err
		}
		c, faults := completed(c, all)
		faults = append(faults, checkChannel(c)...)
		if len(all) >= MaxChannels && c.Version == 0 {
			faults.Add(fault.New("notice.channels_many", message.Args{"limit": MaxChannels}))
		}
		if len(faults) > 0 {
			return faults
		}
		if c.ID == "" {
			c.ID = tx.NewID()
		}
		c.Changed = tx.Now()
		return store.ChannelPut(ctx, c)
	}})
}

// completed takes over what a form does not show, and refuses a second mail server.
func completed(c Channel, all []Channel) (Channel, fault.List) {
	if c.Kind == KindMail {
		if at := slices.IndexFunc(all, func(o Channel) bool { return o.Kind == KindMail }); at >= 0 && all[at].ID != c.ID {
			return c, fault.List{fault.New("notice.mail_twice", nil)}
		}
	}
	at := slices.IndexFunc(all, func(o Channel) bool { return o.ID == c.ID && c.ID != "" })
	if at < 0 {
		return c, nil
	}
	old := all[at]
	keep := func(now *string, before string) {
		if *now == "" {
			*now = before
		}
	}
	keep(&c.Address, old.Address)
	keep(&c.Secret, old.Secret)
	keep(&c.Header, old.Header)
	if c.Login != "" {
		keep(&c.Password, old.Password)
	}
	return c, nil
}

func checkChannel(c Channel) fault.List {
	var faults fault.List
	bad := func(field, code string, args message.Args) {
		faults.Add(fault.At(fault.Place{Column: field}, code, args))
	}
	if n := utf8.RuneCountInString(c.Name); n == 0 || n > maxName {
		bad(FieldName, "notice.name", message.Args{"limit": maxName})
	}
	for field, value := range map[string]string{FieldLogin: c.Login, FieldPassword: c.Password, FieldSecret: c.Secret, FieldAddress: c.Address,
		FieldHeader: c.Header} {
		if len(value) > maxSecret || strings.ContainsAny(value, "\r\n\x00") {
			bad(field, "notice.value", message.Args{"limit": maxSecret})
		}
	}
	if c.Kind == KindMail {
		return append(faults, checkMail(c)...)
	}
	if !slices.Contains(Kinds(), c.Kind) {
		bad("kind", "notice.kind_wrong", nil)
	}
	if !isHTTP(c.Address) {
		bad(FieldAddress, "notice.address", nil)
	}
	if c.Unit == "" {
		bad(FieldUnit, "notice.unit", nil)
	}
	if c.Kind == KindWebhook {
		if name, _, found := strings.Cut(c.Header, ":"); c.Header != "" && (!found || !headerName.MatchString(name) || ownHeader(name)) {
			bad(FieldHeader, "notice.header", nil)
		}
		if len(c.Template) > maxTemplate || c.Template != "" && !json.Valid([]byte(FillTemplate(c.Template, Letter{Subject: `"`, Body: "\n"}, ""))) {
			bad(FieldTemplate, "notice.template", message.Args{"limit": maxTemplate})
		}
	}
	return faults
}

func checkMail(c Channel) fault.List {
	var faults fault.List
	bad := func(field, code string) { faults.Add(fault.At(fault.Place{Column: field}, code, nil)) }
	if !hostName.MatchString(c.Host) {
		bad(FieldHost, "notice.host")
	}
	if c.Port < 1 || c.Port > 65535 {
		bad(FieldPort, "notice.port")
	}
	if !slices.Contains([]Security{TLS, StartTLS, Plain}, c.Security) {
		bad(FieldSecurity, "notice.security")
	}
	if c.Security == Plain && c.Login != "" {
		bad(FieldLogin, "notice.login_plain")
	}
	if !isMail(c.From) {
		bad(FieldFrom, "notice.mail_wrong")
	}
	if utf8.RuneCountInString(c.FromName) > maxName || strings.ContainsAny(c.FromName, "\r\n\x00") {
		faults.Add(fault.At(fault.Place{Column: FieldFromName}, "notice.value", message.Args{"limit": maxName}))
	}
	return faults
}

var (
	hostName   = regexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9.:-]{0,251}[A-Za-z0-9])?$`)
	headerName = regexp.MustCompile(`^[A-Za-z0-9-]{1,60}$`)
)

// ownHeader tells the headers that the program sets itself.
func ownHeader(name string) bool {
	name = strings.ToLower(name)
	return slices.Contains([]string{"host", "content-length", "content-type", "transfer-encoding", "connection"}, name) ||
		strings.HasPrefix(name, "x-jiaoheng-")
}

// isMail tells whether text is one bare address of e-mail, in letters that every mail server takes.
func isMail(text string) bool {
	address, err := mail.ParseAddress(text)
	if err != nil || address.Address != text || len(text) > 254 {
		return false
	}
	return !strings.ContainsFunc(text, func(r rune) bool { return r <= ' ' || r > '~' })
}

func isHTTP(text string) bool {
	address, err := url.Parse(text)
	return err == nil && (address.Scheme == "https" || address.Scheme == "http") && address.Hostname() != "" && address.User == nil
}

// FillTemplate puts a letter into the JSON of a webhook; the marks stand inside strings.
func FillTemplate(template string, l Letter, at string) string {
	if template == "" {
		template = DefaultTemplate
	}
	inside := func(text string) string {
		quoted, err := json.Marshal(text)
		if err != nil { // strings always marshal
			panic(err)
		}
		return string(quoted[1 : len(quoted)-1])
	}
	return strings.NewReplacer("{{title}}", inside(l.Subject), "{{text}}", inside(l.Body), "{{id}}", inside(l.Delivery), "{{time}}", inside(at)).Replace(template)
}

// DeleteChannel takes a channel away; what waits for it is dropped when its time comes.
func DeleteChannel(ctx context.Context, store Store, actor action.Actor, id string) error {
	return action.Do(ctx, store, actor, action.Write{Name: "notice.action.channel_delete", Thing: program, Do: func(ctx context.Context, _ action.Tx) error {
		return store.ChannelDelete(ctx, id)
	}})
}
