package duty

import (
	"context"
	"strings"

	"jiaoheng/plan/duty"
	"jiaoheng/web/shell"
)

// personName gives the name of a person by id.
type personName = func(ctx context.Context, id string) string

// before is how many lines the chapters before chapter n have.
func before(book duty.Book, n int) int {
	count := 0
	for _, chapter := range book.Chapters[:n] {
		count += len(chapter.Lines)
	}
	return count
}

// differTable lists in which rows what is public differs from what is stored.
func differTable(ctx context.Context, differ []duty.Difference) shell.Table {
	table := shell.Table{Caption: text(ctx, "release.differences"), Columns: []shell.Column{{Title: text(ctx, "column.row")}, {Title: text(ctx, "column.difference")}}}
	for _, one := range differ[:min(len(differ), pageRows)] {
		said := strings.Join(one.Columns, "、")
		switch {
		case one.Published == nil:
			said = text(ctx, "release.added")
		case one.Stored == nil:
			said = text(ctx, "release.removed")
		}
		table.Rows = append(table.Rows, []shell.Cell{{Text: strings.TrimSpace(one.Row), Written: true}, {Text: said}})
	}
	return table
}
