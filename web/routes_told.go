package web

import (
	"context"

	"jiaoheng/assessment/progress"
	"jiaoheng/letter"
	"jiaoheng/web/admin"
	appraisalpages "jiaoheng/web/appraisal"
	assessmentpages "jiaoheng/web/assessment"
	progresspages "jiaoheng/web/progress"
	todopages "jiaoheng/web/todo"
)

// told is every address of what people have to do and are told, and of the channels by which they are told.
func told(o Options, nameOf admin.NameOf) []route {
	mine := todopages.Pages{Desk: o.Todo, Store: o.Store, NameOf: nameOf}
	notices := admin.Notices{Store: o.Store, Dispatcher: Dispatcher(o.Store, o.Log), NameOf: nameOf}
	return []route{
		{pattern: "GET /todo", handler: mine.List},
		{pattern: "GET /todo/notices", handler: mine.Notices},
		{pattern: "POST /todo/notices/read", handler: mine.NoticesRead},
		{pattern: "POST /todo/notices/{id}/open", handler: mine.NoticeOpen},
		{pattern: "GET /todo/overview", handler: mine.Overview},
		{pattern: "GET /todo/settings", handler: mine.Settings},
		{pattern: "POST /todo/settings", handler: mine.SettingsSave},

		{pattern: "GET /admin/notice", handler: notices.List},
		{pattern: "POST /admin/notice/setting", handler: notices.SettingSave},
		{pattern: "GET /admin/notice/channel/new", handler: notices.ChannelNew},
		{pattern: "POST /admin/notice/channel", handler: notices.ChannelCreate},
		{pattern: "GET /admin/notice/channel/{id}", handler: notices.ChannelShow},
		{pattern: "POST /admin/notice/channel/{id}", handler: notices.ChannelUpdate},
		{pattern: "POST /admin/notice/channel/{id}/delete", handler: notices.ChannelDelete},
		{pattern: "POST /admin/notice/channel/{id}/test", handler: notices.ChannelTest},
		{pattern: "GET /admin/notice/delivery/{id}", handler: notices.DeliveryShow},
		{pattern: "POST /admin/notice/delivery/{id}/resend", handler: notices.DeliveryResend},
	}
}

// appraised is every address of appraisals.
func appraised(o Options, nameOf admin.NameOf) []route {
	var all []route
	for _, one := range appraisalpages.New(Appraisals(o), o.Store, nameOf).Routes() {
		all = append(all, route{pattern: one.Pattern, limit: one.Limit, handler: one.Handler})
	}
	return all
}

// assessed is every address of exams and of what is computed from them.
func assessed(o Options, nameOf admin.NameOf) []route {
	var all []route
	for _, one := range assessmentpages.New(o.Background, o.Exams, o.Store, o.Desk.Set, nameOf).Routes() {
		all = append(all, route{pattern: one.Pattern, limit: one.Limit, handler: one.Handler})
	}
	for _, one := range progresspages.New(progress.NewDesk(o.Desk.Set, o.Store, o.Exams), o.Exams, o.Store, letterheads{o}, nameOf).Routes() {
		all = append(all, route{pattern: one.Pattern, handler: one.Handler})
	}
	return all
}

// letterheads tells what stands at the head of the official papers of a unit, by the packs that are in use when it is asked.
type letterheads struct{ options Options }

// HeadFor returns the head of the papers of a unit.
func (l letterheads) HeadFor(ctx context.Context, unit string) (letter.Head, error) {
	return letter.NewOffice(l.options.Desk.Set(), l.options.Store).HeadFor(ctx, unit)
}
