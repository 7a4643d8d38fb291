package webhook_test

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"jiaoheng/export/webhook"
	"jiaoheng/notice"
)

var letter = notice.Letter{Subject: "【教衡】\"实验室隐患\"已逾期", Body: "已逾期 2 个工作日。\n<@all> 请办理。", Delivery: "01d", LocalNetwork: true,
	Made: time.Date(2026, 9, 1, 0, 0, 0, 0, time.UTC)}

var clock = func() time.Time { return time.UnixMilli(1_788_249_600_123) }

func TestWhatAnAnswerMeans(t *testing.T) {
	cases := []struct {
		name   string
		kind   notice.Kind
		status int
		body   string
		want   notice.Outcome
		says   string
	}{
		{"a robot takes it", notice.KindWecom, 200, `{"errcode":0,"errmsg":"ok"}`, notice.Accepted, "errcode 0"},
		{"a robot refuses with 200", notice.KindWecom, 200, `{"errcode":93000,"errmsg":"invalid webhook url"}`, notice.Refused, "93000 invalid webhook url"},
		{"too many in a minute", notice.KindWecom, 200, `{"errcode":45009,"errmsg":"api freq out of limit"}`, notice.Refused, "45009"},
		{"the signature is wrong", notice.KindDingtalk, 200, `{"errcode":310000,"errmsg":"sign not match"}`, notice.Refused, "310000"},
		{"a robot says something else", notice.KindDingtalk, 200, `<html>`, notice.Uncertain, "没有结果代码"},
		{"a webhook takes it", notice.KindWebhook, 204, ``, notice.Accepted, "204"},
		{"a webhook that knows no errcode", notice.KindWebhook, 200, `{"errcode":1}`, notice.Accepted, "200"},
		{"not found", notice.KindWebhook, 404, `no`, notice.Refused, "404"},
		{"it is broken", notice.KindWebhook, 500, `no`, notice.Refused, "500"},
		{"it is overloaded", notice.KindWecom, 503, ``, notice.Refused, "503"},
		{"a gateway", notice.KindWebhook, 504, ``, notice.Uncertain, "网关"},
		{"elsewhere", notice.KindWebhook, 302, ``, notice.Refused, "未予转接"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Location", "http://127.0.0.1:1/")
				w.WriteHeader(c.status)
				_, _ = io.WriteString(w, c.body)
			}))
			defer server.Close()
			got := webhook.Sender{}.Send(context.Background(), notice.Channel{Kind: c.kind, Address: server.URL + "/send?key=secret-key"}, letter)
			if got.Outcome != c.want || !strings.Contains(got.Text, c.says) || strings.Contains(got.Text, "secret-key") {
				t.Errorf("got %d %s, want %d …%s", got.Outcome, got.Text, c.want, c.says)
			}
		})
	}
}

// raw answers one connection by do, after the whole request was read.
func raw(t *testing.T, do func(net.Conn)) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	go func() {
		connection, err := listener.Accept()
		if err != nil {
			return
		}
		defer connection.Close()
		request, err := http.ReadRequest(bufio.NewReader(connection))
		if err == nil {
			_, _ = io.Copy(io.Discard, request.Body)
			do(connection)
		}
	}()
	return "http://" + listener.Addr().String() + "/?key=secret-key"
}

func TestConnectionsThatBreak(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	closed := httptest.NewServer(nil)
	closed.Close()
	cases := []struct {
		name, address string
		kind          notice.Kind
		want          notice.Outcome
	}{
		{"nobody listens", closed.URL + "/?key=secret-key", notice.KindWecom, notice.Unreachable},
		{"it hangs up after the request", raw(t, func(net.Conn) {}), notice.KindWecom, notice.Uncertain},
		{"it breaks within the answer", raw(t, func(c net.Conn) {
			_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\nContent-Length: 30\r\n\r\n{\"errcode\":0")
		}),
			notice.KindWecom, notice.Uncertain},
		{"it never answers", raw(t, func(c net.Conn) { cancel(); _, _ = io.Copy(io.Discard, c) }), notice.KindWecom, notice.Uncertain},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			with := context.Background()
			if strings.Contains(c.name, "never") {
				with = ctx
			}
			got := webhook.Sender{}.Send(with, notice.Channel{Kind: c.kind, Address: c.address}, letter)
			if got.Outcome != c.want || strings.Contains(got.Text, "secret-key") {
				t.Errorf("got %d %s, want %d", got.Outcome, got.Text, c.want)
			}
		})
	}
}

// taken is what a server got.
type taken struct {
	query, body string
	header      http.Header
}

func post(t *testing.T, c notice.Channel, l notice.Letter) taken {
	t.Helper()
	var got taken
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		got = taken{query: r.URL.RawQuery, body: string(body), header: r.Header}
		_, _ = io.WriteString(w, `{"errcode":0,"errmsg":"ok"}`)
	}))
	defer server.Close()
	c.Address = server.URL + "/send?access_token=abc"
	if answer := (webhook.Sender{Clock: clock}).Send(context.Background(), c, l); answer.Outcome != notice.Accepted {
		t.Fatal(answer.Text)
	}
	return got
}

// Both computed with openssl dgst -sha256 -hmac, the first then in base64 and as part of an address:
// "1788249600123\nthis is secret" under "this is secret", "1788249600." and the body of the message under "word".
const (
	dingSign = "Axi%2BFcscHwFa8td2v7r8BGfh5E%2Fb3kqaKm7vuk%2BZkJo%3D"
	hookSign = "sha256=fbf2787a8590d4afeafe776aca542118a9d2e78371e80b0f0908ce520637197e"
)

func TestTheFormsOfTheMessages(t *testing.T) {
	wecom := post(t, notice.Channel{Kind: notice.KindWecom}, letter)
	if want := `{"markdown":{"content":"### 【教衡】\"实验室隐患\"已逾期\n\n已逾期 2 个工作日。\n\n＜@all\u003e 请办理。"},"msgtype":"markdown"}`; wecom.body != want {
		t.Errorf("企业微信: %s", wecom.body)
	}
	ding := post(t, notice.Channel{Kind: notice.KindDingtalk, Secret: "this is secret"}, letter)
	if want := "access_token=abc&sign=" + dingSign + "&timestamp=1788249600123"; ding.query != want {
		t.Errorf("钉钉: %s, want %s", ding.query, want)
	}
	var told struct {
		Type     string `json:"msgtype"`
		Markdown struct{ Title, Text string }
	}
	if err := json.Unmarshal([]byte(ding.body), &told); err != nil || told.Type != "markdown" || told.Markdown.Title != letter.Subject {
		t.Errorf("钉钉: %s, %v", ding.body, err)
	}
	hook := post(t, notice.Channel{Kind: notice.KindWebhook, Secret: "word", Header: "Authorization: Bearer x", Template: `{"a":["{{title}}"],"b":"{{text}}|{{id}}|{{time}}"}`}, letter)
	if want := `{"a":["【教衡】\"实验室隐患\"已逾期"],"b":"已逾期 2 个工作日。\n\u003c@all\u003e 请办理。|01d|2026-09-01T00:00:00Z"}`; hook.body != want {
		t.Errorf("webhook: %s", hook.body)
	}
	for name, want := range map[string]string{"Authorization": "Bearer x", "X-Jiaoheng-Delivery": "01d", "X-Jiaoheng-Time": "1788249600", "X-Jiaoheng-Signature": hookSign} {
		if got := hook.header.Get(name); got != want {
			t.Errorf("%s is %s, want %s", name, got, want)
		}
	}
}

func TestALongMessageIsCutWithAWord(t *testing.T) {
	l := letter
	l.Body = strings.Repeat("第一中学实验室隐患已逾期\n", 500)
	got := post(t, notice.Channel{Kind: notice.KindWecom}, l)
	var told struct{ Markdown struct{ Content string } }
	if err := json.Unmarshal([]byte(got.body), &told); err != nil {
		t.Fatal(err)
	}
	content := told.Markdown.Content
	if len(content) > 4096 || len(content) < 3900 || !utf8.ValidString(content) || !strings.HasSuffix(content, "其余内容请登录教衡查看。") {
		t.Errorf("%d bytes, …%s", len(content), content[len(content)-60:])
	}
}

// A message goes to public addresses only, by whatever name they are called, unless the local network is allowed; to the
// addresses of the link it never goes.
func TestOnlyPublicAddresses(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { t.Error("it was reached") }))
	defer server.Close()
	port := server.URL[strings.LastIndex(server.URL, ":"):]
	for _, c := range []struct {
		host  string
		local bool
	}{
		{"127.0.0.1", false}, {"localhost", false}, {"[::1]", false}, {"[::ffff:127.0.0.1]", false}, {"10.1.2.3", false}, {"192.168.1.1", false},
		{"100.64.0.1", false}, {"[fd00::1]", false}, {"0.0.0.0", false}, {"[64:ff9b::7f00:1]", false},
		{"169.254.169.254", true}, {"[fe80::1]", true}, {"0.0.0.0", true}, {"224.0.0.1", true},
	} {
		l := letter
		l.LocalNetwork = c.local
		got := webhook.Sender{}.Send(context.Background(), notice.Channel{Kind: notice.KindWebhook, Address: "http://" + c.host + port}, l)
		if got.Outcome != notice.Refused || !strings.Contains(got.Text, "未获允许") {
			t.Errorf("%s: got %d %s", c.host, got.Outcome, got.Text)
		}
	}
}
