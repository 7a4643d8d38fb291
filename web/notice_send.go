package web

import (
	"log/slog"

	"jiaoheng/export/mail"
	"jiaoheng/export/webhook"
	"jiaoheng/notice"
	"jiaoheng/store"
)

// Dispatcher sends what waits in a store, by e-mail and to robots.
func Dispatcher(s *store.Store, log *slog.Logger) notice.Dispatcher {
	robots := webhook.Sender{}
	return notice.Dispatcher{Store: s, Clock: s.Now, Log: log, Senders: map[notice.Kind]notice.Sender{notice.KindMail: mail.Sender{},
		notice.KindWecom: robots, notice.KindDingtalk: robots, notice.KindWebhook: robots}}
}
