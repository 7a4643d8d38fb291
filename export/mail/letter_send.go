package mail

import (
	"bufio"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/smtp"
	"net/textproto"
	"strconv"
	"strings"
	"time"

	"jiaoheng/notice"
)

// Sender sends e-mail. The zero Sender trusts the certificates of the system.
type Sender struct {
	Roots *x509.CertPool // nil: those of the system
}

var _ notice.Sender = Sender{}

// stage is how far a conversation came.
type stage int

const (
	connecting stage = iota // nothing was said yet
	talking                 // the server answered
	ended                   // the final dot went out
)

// Send sends one letter through the mail server of the channel.
func (s Sender) Send(ctx context.Context, c notice.Channel, l notice.Letter) notice.Answer {
	reached := connecting
	said, err := s.converse(ctx, c, l, &reached)
	var refusal *textproto.Error
	switch {
	case err == nil:
		return notice.AnswerOf(notice.Accepted, "notice.answer.accepted", said)
	case errors.As(err, &refusal):
		return notice.AnswerOf(notice.Refused, "notice.answer.refused", strconv.Itoa(refusal.Code)+" "+refusal.Msg)
	case reached == ended:
		return notice.AnswerOf(notice.Uncertain, "notice.answer.uncertain", err.Error())
	case reached == talking:
		return notice.AnswerOf(notice.Refused, "notice.answer.refused", err.Error())
	}
	return notice.AnswerOf(notice.Unreachable, "notice.answer.unreachable", err.Error())
}

// converse speaks with the server and returns what it said at the end.
func (s Sender) converse(ctx context.Context, c notice.Channel, l notice.Letter, reached *stage) (string, error) {
	connection, err := (&net.Dialer{}).DialContext(ctx, "tcp", net.JoinHostPort(c.Host, strconv.Itoa(c.Port)))
	if err != nil {
		return "", err
	}
	defer connection.Close()
	if until, ok := ctx.Deadline(); ok {
		if err := connection.SetDeadline(until); err != nil {
			return "", err
		}
	}
	stop := context.AfterFunc(ctx, func() { _ = connection.SetDeadline(time.Unix(1, 0)) })
	defer stop()
	protection := &tls.Config{ServerName: c.Host, RootCAs: s.Roots, MinVersion: tls.VersionTLS12}
	if c.Security == notice.TLS {
		connection = tls.Client(connection, protection)
	}
	client, err := smtp.NewClient(connection, c.Host)
	if err != nil {
		return "", err
	}
	*reached = talking
	if err := greet(client, c, protection); err != nil {
		return "", err
	}
	return deliver(client, c, l, reached)
}

// greet introduces the program, protects the connection and signs in.
func greet(client *smtp.Client, c notice.Channel, protection *tls.Config) error {
	_, domain, _ := strings.Cut(c.From, "@")
	if err := client.Hello(domain); err != nil {
		return err
	}
	if c.Security == notice.StartTLS {
		if err := client.StartTLS(protection); err != nil {
			return err
		}
	}
	if c.Login == "" {
		return nil
	}
	_, methods := client.Extension("AUTH")
	return client.Auth(login(c, methods))
}

// login picks a method that the server offers.
func login(c notice.Channel, methods string) smtp.Auth {
	offered := strings.Fields(strings.ToUpper(methods))
	for _, method := range offered {
		if method == "PLAIN" {
			return smtp.PlainAuth("", c.Login, c.Password, c.Host)
		}
	}
	for _, method := range offered {
		if method == "LOGIN" {
			return loginMethod{c.Login, c.Password}
		}
	}
	return smtp.CRAMMD5Auth(c.Login, c.Password)
}

// loginMethod is the method LOGIN, never standardised but all that some mail servers offer. It is used on protected
// connections only.
type loginMethod struct{ name, password string }

var errUnprotected = errors.New("mail: a login needs a protected connection")

// Start begins the method.
func (m loginMethod) Start(server *smtp.ServerInfo) (string, []byte, error) {
	if !server.TLS {
		return "", nil, errUnprotected
	}
	return "LOGIN", nil, nil
}

// Next answers what the server asks for: first the name, then the password.
func (m loginMethod) Next(asked []byte, more bool) ([]byte, error) {
	switch {
	case !more:
		return nil, nil
	case strings.HasPrefix(strings.ToLower(string(asked)), "user"):
		return []byte(m.name), nil
	default:
		return []byte(m.password), nil
	}
}

// deliver hands over one message. From the final dot on only the answer of the server tells what became of it.
func deliver(client *smtp.Client, c notice.Channel, l notice.Letter, reached *stage) (string, error) {
	if err := client.Mail(c.From); err != nil {
		return "", err
	}
	if err := client.Rcpt(l.To); err != nil {
		return "", err
	}
	id, err := client.Text.Cmd("DATA")
	if err != nil {
		return "", err
	}
	client.Text.StartResponse(id)
	_, _, err = client.Text.ReadResponse(354)
	client.Text.EndResponse(id)
	if err != nil {
		return "", err
	}
	body := client.Text.DotWriter()
	writer := bufio.NewWriter(body)
	if _, err := writer.Write(compose(c, l)); err != nil {
		return "", err
	}
	if err := writer.Flush(); err != nil {
		return "", err
	}
	*reached = ended
	if err := body.Close(); err != nil {
		return "", err
	}
	_, said, err := client.Text.ReadResponse(250)
	if err != nil {
		return "", err
	}
	// The message is delivered; what the server answers to the farewell changes nothing.
	_ = client.Quit()
	return "250 " + said, nil
}
