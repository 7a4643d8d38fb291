package webhook

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"jiaoheng/notice"
)

// maxAnswer is how many bytes of an answer are read.
const maxAnswer = 64 << 10

// Sender posts letters. The zero Sender trusts the certificates of the system and the clock of the machine.
type Sender struct {
	Roots *x509.CertPool   // nil: those of the system
	Clock func() time.Time // nil: time.Now; signatures carry it
}

var _ notice.Sender = Sender{}

// Send posts one letter to the robot or program of the channel.
func (s Sender) Send(ctx context.Context, c notice.Channel, l notice.Letter) notice.Answer {
	now := time.Now()
	if s.Clock != nil {
		now = s.Clock()
	}
	request, err := requestOf(ctx, c, l, now)
	if err != nil {
		return notice.AnswerOf(notice.Refused, "notice.answer.refused", withoutAddress(err))
	}
	var begun atomic.Bool
	trace := &httptrace.ClientTrace{WroteHeaderField: func(string, []string) { begun.Store(true) }}
	response, err := s.client(l.LocalNetwork).Do(request.WithContext(httptrace.WithClientTrace(request.Context(), trace)))
	if err != nil {
		switch {
		case errors.Is(err, errNotPublic):
			return notice.AnswerOf(notice.Refused, "notice.answer.not_public", "")
		case begun.Load():
			return notice.AnswerOf(notice.Uncertain, "notice.answer.uncertain", withoutAddress(err))
		}
		return notice.AnswerOf(notice.Unreachable, "notice.answer.unreachable", withoutAddress(err))
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, maxAnswer))
	return judge(c.Kind, response.StatusCode, body, err)
}

// client makes the connection of one message.
func (s Sender) client(local bool) *http.Client {
	dialer := &net.Dialer{Control: onlyTo(local)}
	return &http.Client{
		Transport: &http.Transport{DialContext: dialer.DialContext, DisableKeepAlives: true,
			TLSClientConfig: &tls.Config{RootCAs: s.Roots, MinVersion: tls.VersionTLS12}},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// requestOf writes the message in the form that the kind of channel asks for.
func requestOf(ctx context.Context, c notice.Channel, l notice.Letter, now time.Time) (*http.Request, error) {
	address, err := url.Parse(c.Address)
	if err != nil {
		return nil, err
	}
	var body []byte
	switch c.Kind {
	case notice.KindWecom:
		body, err = json.Marshal(map[string]any{"msgtype": "markdown", "markdown": map[string]string{"content": markdown(l, wecomBytes)}})
	case notice.KindDingtalk:
		body, err = json.Marshal(map[string]any{"msgtype": "markdown",
			"markdown": map[string]string{"title": l.Subject, "text": markdown(l, dingtalkBytes)}})
		if c.Secret != "" {
			sign(address, c.Secret, now)
		}
	default:
		body = []byte(notice.FillTemplate(c.Template, l, l.Made.UTC().Format(time.RFC3339)))
	}
	if err != nil {
		return nil, err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, address.String(), bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", "application/json; charset=utf-8")
	request.Header.Set("User-Agent", "jiaoheng")
	if c.Kind == notice.KindWebhook {
		ownHeaders(request, c, l, body, now)
	}
	return request, nil
}

// ownHeaders adds what lets a receiver trust a message and know a double.
func ownHeaders(request *http.Request, c notice.Channel, l notice.Letter, body []byte, now time.Time) {
	at := strconv.FormatInt(now.Unix(), 10)
	request.Header.Set("X-Jiaoheng-Delivery", l.Delivery)
	request.Header.Set("X-Jiaoheng-Time", at)
	if c.Secret != "" {
		mac := hmac.New(sha256.New, []byte(c.Secret))
		mac.Write([]byte(at + "."))
		mac.Write(body)
		request.Header.Set("X-Jiaoheng-Signature", "sha256="+hex.EncodeToString(mac.Sum(nil)))
	}
	if name, value, found := strings.Cut(c.Header, ":"); found {
		request.Header.Set(name, strings.TrimSpace(value))
	}
}

// judge tells what an answer means. broken is the error that ended the reading of its body.
func judge(kind notice.Kind, status int, body []byte, broken error) notice.Answer {
	said := fmt.Sprintf("HTTP %d %s", status, body)
	switch {
	case status >= 300 && status < 400:
		return notice.AnswerOf(notice.Refused, "notice.answer.redirect", "")
	case status == http.StatusBadGateway || status == http.StatusGatewayTimeout:
		return notice.AnswerOf(notice.Uncertain, "notice.answer.gateway", strconv.Itoa(status))
	case status < 200 || status >= 300:
		return notice.AnswerOf(notice.Refused, "notice.answer.refused", said)
	case kind == notice.KindWebhook:
		return notice.AnswerOf(notice.Accepted, "notice.answer.accepted", said)
	}
	var told struct {
		Code *int64 `json:"errcode"`
		Text string `json:"errmsg"`
	}
	if err := json.Unmarshal(body, &told); err != nil || broken != nil || told.Code == nil {
		return notice.AnswerOf(notice.Uncertain, "notice.answer.no_code", "")
	}
	said = fmt.Sprintf("errcode %d %s", *told.Code, told.Text)
	if *told.Code != 0 {
		return notice.AnswerOf(notice.Refused, "notice.answer.refused", said)
	}
	return notice.AnswerOf(notice.Accepted, "notice.answer.accepted", said)
}

// withoutAddress tells an error without the address, which holds the key of a robot.
func withoutAddress(err error) string {
	var about *url.Error
	if errors.As(err, &about) {
		return about.Err.Error()
	}
	return err.Error()
}
