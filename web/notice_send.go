package web

import (
	"context"
	"log/slog"

	"jiaoheng/calendar"
	"jiaoheng/export/mail"
	"jiaoheng/export/webhook"
	"jiaoheng/notice"
	"jiaoheng/period"
	"jiaoheng/record"
	"jiaoheng/store"
	"jiaoheng/todo"
)

// Dispatcher sends what waits in a store, by e-mail and to robots.
func Dispatcher(s *store.Store, log *slog.Logger) notice.Dispatcher {
	robots := webhook.Sender{}
	return notice.Dispatcher{Store: s, Clock: s.Now, Log: log, Senders: map[notice.Kind]notice.Sender{notice.KindMail: mail.Sender{},
		notice.KindWecom: robots, notice.KindDingtalk: robots, notice.KindWebhook: robots}}
}

// Todo returns the desk of what each person has to do, over the rows that live.
func Todo(records *record.Desk, s *store.Store) *todo.Desk {
	shipped := records.Scope().Calendars()
	return todo.New(records, s, func(ctx context.Context) (period.Calendar, error) { return calendar.Present(ctx, s, shipped) })
}

// OpenTodo returns the desk of what each person has to do for a command: with the packs of the program and of the data folder.
func OpenTodo(ctx context.Context, s *store.Store) (*todo.Desk, error) {
	desk, err := openDesk(ctx, s)
	if err != nil {
		return nil, err
	}
	return Todo(Records(desk.Set(), s), s), nil
}
