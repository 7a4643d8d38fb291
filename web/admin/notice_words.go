package admin

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"jiaoheng/message"
	"jiaoheng/notice"
	"jiaoheng/web/shell"
)

func mailFacts(ctx context.Context, c notice.Channel) []shell.Fact {
	fact := func(word, text string) shell.Fact {
		return shell.Fact{Name: shell.Text(ctx, "admin.channel."+word), Text: text}
	}
	return []shell.Fact{fact("host", c.Host+":"+strconv.Itoa(c.Port)), fact("security", shell.Text(ctx, "admin.channel.security."+string(c.Security))),
		fact("from", strings.TrimSpace(c.FromName+" "+c.From)), fact("state", onText(ctx, c))}
}

func onText(ctx context.Context, c notice.Channel) string {
	if c.On {
		return shell.Text(ctx, "shell.status.in_use")
	}
	return shell.Text(ctx, "shell.status.stopped")
}

func robotTable(ctx context.Context, robots []notice.Channel) shell.Table {
	head := func(word string) string { return shell.Text(ctx, "admin.channel."+word) }
	table := shell.Table{Caption: shell.Text(ctx, "admin.notices.robots"), Columns: []shell.Column{{Title: head("name")}, {Title: head("kind")}, {Title: head("unit")},
		{Title: head("gets")}, {Title: head("where")}, {Title: head("state"), Align: shell.Short}},
		Empty: shell.EmptyState(shell.Empty{Icon: "message", Title: head("none"), Text: head("none_why")})}
	for _, c := range robots {
		condition := shell.InUse
		if !c.On {
			condition = shell.Stopped
		}
		u, _ := shell.From(ctx).Tree.Find(c.Unit)
		table.Rows = append(table.Rows, []shell.Cell{{Text: c.Name, Address: "/admin/notice/channel/" + c.ID},
			{Text: shell.Text(ctx, "admin.channel.kind."+string(c.Kind))}, {Text: u.Name}, {Text: gets(ctx, c)}, {Body: code(c.Shown())}, {Body: shell.Status(condition)}})
	}
	return table
}

// gets says which messages a robot posts.
func gets(ctx context.Context, c notice.Channel) string {
	var words []string
	if c.Urgent {
		words = append(words, shell.Text(ctx, "admin.notices.kind.notice"))
	}
	if c.Digest {
		words = append(words, shell.Text(ctx, "admin.notices.kind.digest"))
	}
	if len(words) == 0 {
		return shell.Text(ctx, "admin.channel.gets_nothing")
	}
	return strings.Join(words, shell.Text(ctx, "admin.and"))
}

func settingFacts(ctx context.Context, s notice.Setting) []shell.Fact {
	fact := func(word, text string) shell.Fact {
		return shell.Fact{Name: shell.Text(ctx, "admin.notices."+word), Text: text}
	}
	yes := func(is bool) string {
		return shell.Text(ctx, "admin.notices."+map[bool]string{true: "yes", false: "no"}[is])
	}
	site := s.Site
	if site == "" {
		site = shell.Text(ctx, "admin.notices.nobody")
	}
	return []shell.Fact{fact("hour", hourText(s.Hour)), fact("site", site), fact("workdays", yes(s.Workdays)), fact("local_network", yes(s.LocalNetwork))}
}

func hourText(hour int) string { return fmt.Sprintf("%02d:00", hour) }

func hours(context.Context) []shell.Option {
	options := make([]shell.Option, 24)
	for hour := range options {
		options[hour] = shell.Option{Value: strconv.Itoa(hour), Label: hourText(hour)}
	}
	return options
}

func securities(ctx context.Context) []shell.Option {
	var options []shell.Option
	for _, s := range []notice.Security{notice.TLS, notice.StartTLS, notice.Plain} {
		options = append(options, shell.Option{Value: string(s), Label: shell.Text(ctx, "admin.channel.security."+string(s))})
	}
	return options
}

func channelAction(c notice.Channel) string {
	if c.Version == 0 {
		return "/admin/notice/channel"
	}
	return "/admin/notice/channel/" + c.ID
}

// kept says that a secret is stored and stays when nothing is typed.
func kept(ctx context.Context, secret string) string {
	if secret == "" {
		return ""
	}
	return shell.Text(ctx, "admin.channel.kept")
}

func addressHelp(ctx context.Context, c notice.Channel) string {
	if c.Version > 0 && c.Address != "" {
		return shell.Text(ctx, "admin.channel.address_kept", message.Args{"shown": c.Shown()})
	}
	return shell.Text(ctx, "admin.channel.address."+string(c.Kind))
}

func secretHelp(ctx context.Context, c notice.Channel) string {
	if c.Secret != "" && c.Version > 0 {
		return shell.Text(ctx, "admin.channel.kept")
	}
	return shell.Text(ctx, "admin.channel.secret."+string(c.Kind))
}
