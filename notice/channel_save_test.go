package notice

import (
	"slices"
	"strings"
	"testing"

	"jiaoheng/fault"
	"jiaoheng/message"
)

func codes(found fault.List) []string {
	var all []string
	for _, f := range found {
		all = append(all, f.Place.Column+" "+f.Code)
	}
	slices.Sort(all)
	return all
}

func TestChannelsThatAreRefused(t *testing.T) {
	mail := Channel{Name: "邮件", Kind: KindMail, Host: "smtp.example.cn", Port: 465, Security: TLS, From: "a@example.cn"}
	robot := Channel{Name: "督导群", Kind: KindDingtalk, Address: "https://oapi.dingtalk.com/robot/send?access_token=1", Unit: "110000"}
	hook := Channel{Name: "平台", Kind: KindWebhook, Address: "https://example.cn/in", Unit: "110000"}
	cases := []struct {
		name   string
		base   Channel
		change func(*Channel)
		want   string
	}{
		{"a mail server", mail, func(*Channel) {}, ""},
		{"a robot", robot, func(*Channel) {}, ""},
		{"a webhook", hook, func(*Channel) {}, ""},
		{"all at once", mail, func(c *Channel) { c.Name, c.Host, c.Port, c.Security, c.From = "", "a b", 0, "", "教育局" },
			"from notice.mail_wrong|host notice.host|name notice.name|port notice.port|security notice.security"},
		{"a login without protection", mail, func(c *Channel) { c.Security, c.Login = Plain, "a" }, "login notice.login_plain"},
		{"a line break in a name", mail, func(c *Channel) { c.FromName = "a\r\nBcc: b" }, "from_name notice.value"},
		{"an address with a name", mail, func(c *Channel) { c.From = "局 <a@example.cn>" }, "from notice.mail_wrong"},
		{"another kind", robot, func(c *Channel) { c.Kind = "fax" }, "kind notice.kind_wrong"},
		{"another scheme", robot, func(c *Channel) { c.Address = "file:///etc/passwd" }, "address notice.address"},
		{"a password in the address", hook, func(c *Channel) { c.Address = "https://a:b@example.cn/" }, "address notice.address"},
		{"no unit", robot, func(c *Channel) { c.Unit = "" }, "unit notice.unit"},
		{"a header of the program", hook, func(c *Channel) { c.Header = "Host: other" }, "header notice.header"},
		{"a header without a value", hook, func(c *Channel) { c.Header = "Authorization" }, "header notice.header"},
		{"a template that is no JSON", hook, func(c *Channel) { c.Template = `{"a": {{title}}}` }, "template notice.template"},
		{"a long secret", robot, func(c *Channel) { c.Secret = strings.Repeat("x", maxSecret+1) }, "secret notice.value"},
	}
	for _, c := range cases {
		channel := c.base
		c.change(&channel)
		if got := strings.Join(codes(checkChannel(channel)), "|"); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}

func TestSecretsStayAndThereIsOneMailServer(t *testing.T) {
	all := []Channel{{ID: "1", Kind: KindMail, Login: "a", Password: "p"}, {ID: "2", Kind: KindWecom, Address: "https://x", Secret: "s"}}
	kept, faults := completed(Channel{ID: "2", Kind: KindWecom}, all)
	if len(faults) > 0 || kept.Address != "https://x" || kept.Secret != "s" {
		t.Errorf("got %+v, %v", kept, faults)
	}
	if kept, _ := completed(Channel{ID: "1", Kind: KindMail, Login: "a"}, all); kept.Password != "p" {
		t.Error("the password is gone")
	}
	if kept, _ := completed(Channel{ID: "1", Kind: KindMail}, all); kept.Password != "" {
		t.Error("the password stays without a login")
	}
	if _, faults := completed(Channel{Kind: KindMail}, all); len(faults) != 1 || faults[0].Code != "notice.mail_twice" {
		t.Errorf("a second mail server: %v", faults)
	}
}

func TestWordsAreKeptInBothLanguagesOnOneLine(t *testing.T) {
	got := words(message.Args{"a": message.Word("notice.state.sent"), "b": 3, "c": "两行\n文字" + strings.Repeat("长", 300), "d": message.Pair{Chinese: "问题", English: "finding"}})
	if got["a"] != (message.Pair{Chinese: "已发送", English: "Sent"}) || got["b"] != (message.Pair{Chinese: "3"}) || got["d"].English != "finding" {
		t.Errorf("got %v", got)
	}
	if text := got["c"].Chinese; len([]rune(text)) != MaxArg || !strings.HasPrefix(text, "两行 文字") || !strings.HasSuffix(text, "…") {
		t.Errorf("got %s", text)
	}
}
