package mail_test

import (
	"bufio"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"io"
	"mime"
	"net"
	"net/http/httptest"
	netmail "net/mail"
	"strings"
	"testing"
	"time"

	"jiaoheng/export/mail"
	"jiaoheng/notice"
)

// server is a mail server that behaves as told, for one conversation.
type server struct {
	say     map[string]string // answer to a command, instead of the usual one; "drop" ends the connection, "hang" says nothing
	secure  bool              // TLS from the first byte
	offers  string            // AUTH methods
	hanging func()            // called when the server begins to say nothing

	certificate tls.Certificate
	roots       *x509.CertPool
	port        int
	got         chan received
}

type received struct {
	commands []string
	data     string
}

func (s *server) start(t *testing.T) {
	t.Helper()
	https := httptest.NewTLSServer(nil)
	t.Cleanup(https.Close)
	s.certificate, s.roots = https.TLS.Certificates[0], x509.NewCertPool()
	s.roots.AddCert(https.Certificate())
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	s.port = listener.Addr().(*net.TCPAddr).Port
	s.got = make(chan received, 1)
	go func() {
		connection, err := listener.Accept()
		if err != nil {
			return
		}
		defer connection.Close()
		s.got <- s.talk(connection)
	}()
}

func (s *server) config() *tls.Config {
	return &tls.Config{Certificates: []tls.Certificate{s.certificate}}
}

// talk holds the conversation and returns what the client said.
func (s *server) talk(connection net.Conn) (got received) {
	if s.secure {
		connection = tls.Server(connection, s.config())
	}
	reader := bufio.NewReader(connection)
	answer := func(command, usual string) bool {
		said := usual
		if other, ok := s.say[command]; ok {
			said = other
		}
		if said == "hang" {
			s.hanging()
			_, _ = io.Copy(io.Discard, connection)
		}
		if said == "hang" || said == "drop" {
			return false
		}
		_, err := io.WriteString(connection, said+"\r\n")
		return err == nil
	}
	if !answer("", "220 mail.example.cn") {
		return got
	}
	for {
		line, err := reader.ReadString('\n')
		if err != nil {
			return got
		}
		line = strings.TrimRight(line, "\r\n")
		got.commands = append(got.commands, line)
		command := strings.ToUpper(strings.Fields(line + " ?")[0])
		usual := map[string]string{"EHLO": "250-mail.example.cn\r\n250-STARTTLS\r\n250-8BITMIME\r\n250 AUTH " + s.offers, "STARTTLS": "220 go", "DATA": "354 go",
			"AUTH": "235 in", "QUIT": "221 bye"}[command]
		if usual == "" {
			usual = "250 ok"
		}
		if strings.HasPrefix(strings.ToUpper(line), "AUTH LOGIN") {
			for _, ask := range []string{"VXNlcm5hbWU6", "UGFzc3dvcmQ6"} {
				_, _ = io.WriteString(connection, "334 "+ask+"\r\n")
				given, _ := reader.ReadString('\n')
				text, _ := base64.StdEncoding.DecodeString(strings.TrimSpace(given))
				got.commands = append(got.commands, string(text))
			}
		}
		if !answer(command, usual) {
			return got
		}
		switch command {
		case "STARTTLS":
			connection = tls.Server(connection, s.config())
			reader = bufio.NewReader(connection)
		case "DATA":
			if strings.HasPrefix(s.say["DATA"], "5") || !s.body(reader, &got) || !answer("DOT", "250 queued as 77") {
				return got
			}
		case "QUIT":
			return got
		}
	}
}

// body reads to the final dot; a server told to drop within the body leaves after the first line.
func (s *server) body(reader *bufio.Reader, got *received) bool {
	for {
		line, err := reader.ReadString('\n')
		if err != nil || s.say["BODY"] == "drop" {
			return false
		}
		if line == ".\r\n" {
			return true
		}
		got.data += line
	}
}

var letter = notice.Letter{To: "wang@example.cn", Subject: "【教衡】《关于课后服务的整改通知》已逾期 2 个工作日，请尽快办理并上报结果", Body: "第一行。\n.第二行以点开头\n",
	MessageID: "<01@example.cn>", Made: time.Date(2026, 9, 1, 0, 0, 0, 0, time.UTC)}

func channelOf(s *server) notice.Channel {
	return notice.Channel{Kind: notice.KindMail, Host: "127.0.0.1", Port: s.port, Security: notice.Plain, From: "robot@example.cn", FromName: "某县教育局"}
}

func TestWhatBecameOfAMessage(t *testing.T) {
	cases := []struct {
		name string
		say  map[string]string
		want notice.Outcome
		says string
	}{
		{"accepted", nil, notice.Accepted, "queued as 77"},
		{"accepted although the farewell fails", map[string]string{"QUIT": "drop"}, notice.Accepted, "queued"},
		{"the server is closed", map[string]string{"": "554 no service"}, notice.Refused, "554 no service"},
		{"it hangs up at once", map[string]string{"": "drop"}, notice.Unreachable, "EOF"},
		{"the recipient is unknown", map[string]string{"RCPT": "550 no such user"}, notice.Refused, "550 no such user"},
		{"the message is not wanted", map[string]string{"DATA": "552 too much"}, notice.Refused, "552"},
		{"it hangs up before the message", map[string]string{"RCPT": "drop"}, notice.Refused, "EOF"},
		{"it refuses after the final dot", map[string]string{"DOT": "451 try later"}, notice.Refused, "451 try later"},
		{"it hangs up after the final dot", map[string]string{"DOT": "drop"}, notice.Uncertain, "无法判定"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := &server{say: c.say}
			s.start(t)
			got := mail.Sender{}.Send(context.Background(), channelOf(s), letter)
			if got.Outcome != c.want || !strings.Contains(got.Text, c.says) {
				t.Errorf("got %d %s, want %d …%s", got.Outcome, got.Text, c.want, c.says)
			}
		})
	}
}

func TestAServerThatSaysNothing(t *testing.T) {
	for _, c := range []struct {
		name, at string
		want     notice.Outcome
	}{
		{"at the greeting", "", notice.Unreachable}, {"at the recipient", "RCPT", notice.Refused}, {"after the final dot", "DOT", notice.Uncertain},
	} {
		t.Run(c.name, func(t *testing.T) {
			ctx, cancel := context.WithCancel(context.Background())
			defer cancel()
			s := &server{say: map[string]string{c.at: "hang"}, hanging: cancel}
			s.start(t)
			if got := (mail.Sender{}).Send(ctx, channelOf(s), letter); got.Outcome != c.want {
				t.Errorf("got %d %s, want %d", got.Outcome, got.Text, c.want)
			}
		})
	}
}

func TestNobodyListens(t *testing.T) {
	s := &server{}
	s.start(t)
	c := channelOf(s)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	c.Port = listener.Addr().(*net.TCPAddr).Port
	listener.Close()
	if got := (mail.Sender{}).Send(context.Background(), c, letter); got.Outcome != notice.Unreachable || !strings.Contains(got.Text, "无法连接") {
		t.Errorf("got %d %s", got.Outcome, got.Text)
	}
}

func TestProtectionAndLogin(t *testing.T) {
	cases := []struct {
		name     string
		security notice.Security
		offers   string
		say      map[string]string
		trusted  bool
		want     notice.Outcome
		commands string
	}{
		{"TLS and PLAIN", notice.TLS, "PLAIN LOGIN", nil, true, notice.Accepted, "AUTH PLAIN " + base64.StdEncoding.EncodeToString([]byte("\x00robot\x00word"))},
		{"STARTTLS and LOGIN", notice.StartTLS, "LOGIN", nil, true, notice.Accepted, "AUTH LOGIN|robot|word"},
		{"the password is wrong", notice.TLS, "PLAIN", map[string]string{"AUTH": "535 wrong"}, true, notice.Refused, "AUTH PLAIN"},
		{"a server without STARTTLS gets nothing", notice.StartTLS, "PLAIN", map[string]string{"STARTTLS": "502 what"}, true, notice.Refused, "STARTTLS"},
		{"a certificate nobody trusts", notice.TLS, "PLAIN", nil, false, notice.Unreachable, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := &server{secure: c.security == notice.TLS, offers: c.offers, say: c.say}
			s.start(t)
			channel := channelOf(s)
			channel.Security, channel.Login, channel.Password = c.security, "robot", "word"
			sender := mail.Sender{}
			if c.trusted {
				sender.Roots = s.roots
			}
			answer := sender.Send(context.Background(), channel, letter)
			got := <-s.got
			commands := strings.Join(got.commands, "|")
			if answer.Outcome != c.want || !strings.Contains(commands, c.commands) {
				t.Errorf("got %d %s after %s", answer.Outcome, answer.Text, commands)
			}
			if c.want != notice.Accepted && strings.Contains(commands, "MAIL") {
				t.Errorf("it went on: %s", commands)
			}
		})
	}
}

// What arrives reads as it was written, whatever its letters, and nobody adds a header by a line break.
func TestTheMessageArrivesAsWritten(t *testing.T) {
	s := &server{}
	s.start(t)
	l := letter
	l.Subject += "\r\nBcc: other@example.cn"
	if got := (mail.Sender{}).Send(context.Background(), channelOf(s), l); got.Outcome != notice.Accepted {
		t.Fatal(got.Text)
	}
	raw := (<-s.got).data
	for line := range strings.Lines(raw) {
		if len(line) > 90 {
			t.Errorf("a line of %d bytes: %s", len(line), line)
		}
	}
	got, err := netmail.ReadMessage(strings.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	subject, err := (&mime.WordDecoder{}).DecodeHeader(got.Header.Get("Subject"))
	if want := letter.Subject + " Bcc: other@example.cn"; err != nil || subject != want {
		t.Errorf("subject %s, %v", subject, err)
	}
	from, err := netmail.ParseAddress(got.Header.Get("From"))
	if err != nil || from.Name != "某县教育局" || from.Address != "robot@example.cn" {
		t.Errorf("from %v, %v", from, err)
	}
	body, err := io.ReadAll(base64.NewDecoder(base64.StdEncoding, got.Body))
	if err != nil || strings.ReplaceAll(string(body), "\r\n", "\n") != letter.Body+"\n" {
		t.Errorf("body %q, %v", body, err)
	}
	if got.Header.Get("Bcc") != "" || got.Header.Get("Message-ID") != letter.MessageID || got.Header.Get("Date") != "Tue, 01 Sep 2026 08:00:00 +0800" {
		t.Errorf("headers %v", got.Header)
	}
}
