package shell

import (
	"context"
	"strconv"
	"time"

	"jiaoheng/message"
	"jiaoheng/period"
)

// htmxConfig keeps htmx within the Content-Security-Policy and within this server.
const htmxConfig = `{"includeIndicatorStyles":false,"allowEval":false,"selfRequestsOnly":true,"historyCacheSize":0,"scrollIntoViewOnBoost":false}`

// Date writes the day of t as 2024年3月15日 or 15 March 2024. The zero time is "".
func Date(ctx context.Context, t time.Time) string {
	if t.IsZero() {
		return ""
	}
	t = t.In(period.Beijing)
	if From(ctx).Language == message.English {
		return t.Format("2 January 2006")
	}
	return t.Format("2006年1月2日")
}

// Moment writes day and minute of t, as on the clocks of China. The zero time is "".
func Moment(ctx context.Context, t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return Date(ctx, t) + t.In(period.Beijing).Format(" 15:04")
}

// Count writes n with separators between thousands.
func Count(n int) string {
	digits := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, digits = "-", digits[1:]
	}
	for at := len(digits) - 3; at > 0; at -= 3 {
		digits = digits[:at] + "," + digits[at:]
	}
	return sign + digits
}

// most is the largest number that a badge shows.
const most = 99

func badge(n int) string {
	if n > most {
		return strconv.Itoa(most) + "+"
	}
	return strconv.Itoa(n)
}

func todoCount(ctx context.Context) string   { return badge(From(ctx).Todo) }
func unreadCount(ctx context.Context) string { return badge(From(ctx).Unread) }

// todoName is what the link to the to-do list is called for those who do not see its number.
func todoName(ctx context.Context) string {
	if From(ctx).Todo == 0 {
		return Text(ctx, "shell.place.todo")
	}
	return Text(ctx, "shell.todo.count", args("count", todoCount(ctx)))
}

func languageTag(ctx context.Context) string {
	if From(ctx).Language == message.English {
		return "en"
	}
	return "zh-CN"
}

func otherLanguage(ctx context.Context) string {
	if From(ctx).Language == message.English {
		return string(message.Chinese)
	}
	return string(message.English)
}

func otherLanguageTag(ctx context.Context) string {
	if From(ctx).Language == message.English {
		return "zh-CN"
	}
	return "en"
}

// otherLanguageName is the text of key in the language one may change to: whoever needs it reads that language.
func otherLanguageName(ctx context.Context, key string) string {
	return message.Text(message.Language(otherLanguage(ctx)), key, nil)
}

func refusalAsk(ctx context.Context, refusal Refusal) string {
	if refusal.Request != "" {
		return Text(ctx, "shell.refusal.request", args("id", refusal.Request))
	}
	if refusal.Word == "refused" {
		return Text(ctx, "shell.refusal.refused_ask")
	}
	return ""
}
