package web

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"jiaoheng/notice"
)

// robot is a group chat that notes what is posted and answers as told.
type robot struct {
	*httptest.Server
	posted []string
	answer string
}

func newRobot(t *testing.T) *robot {
	r := &robot{answer: `{"errcode":0,"errmsg":"ok"}`}
	r.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, request *http.Request) {
		body, _ := io.ReadAll(request.Body)
		r.posted = append(r.posted, string(body))
		_, _ = io.WriteString(w, r.answer)
	}))
	t.Cleanup(r.Close)
	return r
}

var channelLink = regexp.MustCompile(`/admin/notice/channel/([0-9a-z]{26})`)

func TestAChannelIsSetUpTestedAndDeleted(t *testing.T) {
	s, group := newSite(t), newRobot(t)
	s.county("admin", "leader")
	s.signIn("admin")
	s.has(s.see(200, "/admin/notice"), "尚未设置邮件服务器", "还没有机器人或接口", "还没有发送记录")
	wrong := s.post(422, "/admin/notice/channel", "kind", "wecom", "name", "", "address", "ftp://x", "unit", "")
	s.has(wrong, "请填写名称", "以 https:// 或 http:// 开头", "请选择该群聊所属的单位")
	units := s.see(200, "/admin/notice/channel/new?kind=wecom")
	unit := regexp.MustCompile(`<option value="(\d+)"`).FindStringSubmatch(units)[1]
	listed := s.post(200, "/admin/notice/channel", "kind", "wecom", "name", "督导工作群", "address", group.URL+"/send?key=very-secret-key", "unit", unit, "on", "yes", "urgent", "yes")
	s.has(listed, "督导工作群", "在用", "即时提醒")
	if strings.Contains(listed, "very-secret-key") {
		t.Error("the list shows the key of the robot")
	}
	id := channelLink.FindStringSubmatch(listed)[1]
	shown := s.see(200, "/admin/notice/channel/"+id)
	if s.has(shown, "已保存（http://127.0.0.1"); strings.Contains(shown, "very-secret-key") {
		t.Error("the page of the robot shows its key")
	}
	s.has(s.post(200, "/admin/notice/channel/"+id+"/test"), "未能发送", "未获允许")
	s.post(200, "/admin/notice/setting", "hour", "7", "local_network", "yes", "site", "https://jy.example.gov.cn/")
	s.has(s.post(200, "/admin/notice/channel/"+id+"/test"), "已发送", "errcode 0 ok")
	if len(group.posted) != 1 || !strings.Contains(group.posted[0], "【教衡】测试消息") {
		t.Errorf("posted %v", group.posted)
	}
	group.answer = `{"errcode":93000,"errmsg":"invalid webhook url"}`
	failed := s.post(200, "/admin/notice/channel/"+id+"/test")
	s.has(failed, "未能发送", "93000 invalid webhook url", "再次发送")
	group.answer = `{"errcode":0,"errmsg":"ok"}`
	again := regexp.MustCompile(`/admin/notice/delivery/[0-9a-z]{26}/resend`).FindString(failed)
	s.has(s.post(200, again), "已发送")
	s.has(s.post(422, again), "只有未能发送、是否送达未知或不再发送的消息可以再次发送")
	s.has(s.post(200, "/admin/notice/channel/"+id+"/delete"), "已删除：督导工作群", "渠道已删除")
	s.signIn("leader")
	s.see(403, "/admin/notice")
	s.post(403, "/admin/notice/channel", "kind", "wecom")
	s.post(403, again)
}

func TestTheMailServerIsOneAndKeepsItsPassword(t *testing.T) {
	s := newSite(t)
	s.county("admin")
	s.signIn("admin")
	mail := []string{"kind", "mail", "name", "邮件", "host", "127.0.0.1", "port", "1", "security", "tls", "login", "robot", "password", "very-secret-word",
		"from", "robot@example.cn", "from_name", "教育局", "on", "yes"}
	listed := s.post(200, "/admin/notice/channel", mail...)
	s.has(listed, "127.0.0.1:1", "TLS 加密", "robot@example.cn")
	s.has(s.post(422, "/admin/notice/channel", mail...), "已设置邮件服务器")
	id := channelLink.FindStringSubmatch(listed)[1]
	if page := s.see(200, "/admin/notice/channel/"+id); strings.Contains(page, "very-secret-word") {
		t.Error("the page shows the password")
	}
	s.post(200, "/admin/notice/channel/"+id, append([]string{"version", "1", "password", ""}, without(mail, "password")...)...)
	channels, err := s.store.Channels(context.Background())
	if stored, _ := notice.Mail(channels); err != nil || stored.Password != "very-secret-word" || stored.Version != 2 {
		t.Errorf("version %d, %v", stored.Version, err)
	}
	s.has(s.post(422, "/admin/notice/channel/"+id+"/test", "to", "教育局"), "请填写正确的电子邮箱地址")
	s.has(s.post(200, "/admin/notice/channel/"+id+"/test", "to", "a@example.cn"), "未能发送", "无法连接")
	s.has(s.post(422, "/admin/notice/setting", "hour", "25", "site", "gopher://x"), "0 至 23", "不超过 200 个字符")
}

// without leaves out one pair of a form.
func without(pairs []string, name string) []string {
	var kept []string
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i] != name {
			kept = append(kept, pairs[i], pairs[i+1])
		}
	}
	return kept
}
