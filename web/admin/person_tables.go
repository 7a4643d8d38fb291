package admin

import (
	"context"
	"time"

	"jiaoheng/message"
	"jiaoheng/period"
	"jiaoheng/web/shell"
)

func postTable(ctx context.Context, view personView) shell.Table {
	head := func(word string) string { return shell.Text(ctx, "admin.posts."+word) }
	table := shell.Table{Caption: head("title"),
		Columns: []shell.Column{{Title: head("unit")}, {Title: head("role")}, {Title: head("subject")}, {Title: head("from"), Align: shell.Short},
			{Title: head("to"), Align: shell.Short}, {Title: head("state"), Align: shell.Short}},
		Empty: shell.EmptyState(shell.Empty{Icon: "briefcase", Title: head("empty"), Text: head("empty_why")})}
	if view.may {
		table.Columns = append(table.Columns, shell.Column{Title: shell.Text(ctx, "admin.do")})
	}
	day := today(ctx)
	for _, post := range view.posts {
		to := head("open_end")
		if post.To != "" {
			to = dayText(ctx, post.To)
		}
		state := shell.StatusWord(shell.InUse, head("now"))
		if !post.On(day) {
			state = shell.StatusWord(shell.Stopped, head("past"))
			if post.From > day {
				state = shell.StatusWord(shell.Waiting, head("future"))
			}
		}
		row := []shell.Cell{{Text: unitName(ctx, post.Unit)}, {Text: post.Role.Text(shell.From(ctx).Language)}, {Text: post.Subject},
			{Text: dayText(ctx, post.From)}, {Text: to}, {Body: state}}
		if view.may {
			cell := shell.Cell{}
			if post.To == "" || post.To > day {
				cell.Body = postEnd(view.person.ID, post)
			}
			row = append(row, cell)
		}
		table.Rows = append(table.Rows, row)
	}
	return table
}

func accountTable(ctx context.Context, view personView) shell.Table {
	head := func(word string) string { return shell.Text(ctx, "admin.accounts."+word) }
	table := shell.Table{Caption: head("title"), Columns: []shell.Column{{Title: shell.Text(ctx, "admin.persons.login")}, {Title: head("state"), Align: shell.Short}},
		Empty: shell.EmptyState(shell.Empty{Icon: "key", Title: head("none"), Text: head("empty_why")})}
	if view.may {
		table.Columns = append(table.Columns, shell.Column{Title: shell.Text(ctx, "admin.do")})
	}
	for _, account := range view.accounts {
		row := []shell.Cell{{Text: account.Login}, {Body: oneAccountState(account)}}
		if view.may {
			row = append(row, shell.Cell{Body: accountActions(view.person.ID, account)})
		}
		table.Rows = append(table.Rows, row)
	}
	return table
}

// dayText writes a stored day such as 2026-09-01 for people.
func dayText(ctx context.Context, day string) string {
	at, err := time.ParseInLocation(time.DateOnly, day, period.Beijing)
	if err != nil {
		return day
	}
	return shell.Date(ctx, at)
}

func phoneHelp(ctx context.Context, masked string) string {
	if masked == "" {
		return shell.Text(ctx, "admin.person.phone_help")
	}
	return shell.Text(ctx, "admin.person.phone_now", message.Args{"phone": masked})
}

func orNone(ctx context.Context, text string) string {
	if text == "" {
		return shell.Text(ctx, "admin.not_given")
	}
	return text
}
