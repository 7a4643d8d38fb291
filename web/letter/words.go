package letter

import (
	"context"

	"jiaoheng/letter"
	"jiaoheng/message"
	"jiaoheng/web/shell"
)

func formArgs(ctx context.Context, v templateView) message.Args {
	return message.Args{"file": v.inUse.File, "day": shell.Date(ctx, v.inUse.At)}
}

// marksTable lists the marks that a template may hold, as they are typed.
func marksTable(ctx context.Context, marks []letter.MarkHelp) shell.Table {
	table := shell.Table{Caption: text(ctx, "arrange.marks"), Columns: []shell.Column{{Title: text(ctx, "arrange.mark")}, {Title: text(ctx, "arrange.means")}}}
	for _, one := range marks {
		table.Rows = append(table.Rows, []shell.Cell{{Body: digest("{{" + one.Name + "}}")}, {Text: one.Means.In(shell.From(ctx).Language)}})
	}
	return table
}

// trail leads back to the registers, whose rows the letters are about.
func trail(ctx context.Context, more ...shell.Link) []shell.Link {
	return append([]shell.Link{{Label: shell.Text(ctx, "register.page.title"), Address: "/register"}}, more...)
}
