package draw

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/web/shell"
)

// shownFaults is how many faults of rows a page lists.
const shownFaults = 200

// chosen tells whether a box is ticked.
func chosen(v rulesView, name, value string) bool { return slices.Contains(v.values[name], value) }

// rowFaults lists the faults that have a row.
func rowFaults(ctx context.Context, faults fault.List) shell.Table {
	language := shell.From(ctx).Language
	table := shell.Table{Caption: text(ctx, "faults"), Columns: []shell.Column{{Title: text(ctx, "column.row"), Align: shell.Short}, {Title: text(ctx, "column.column")}, {Title: text(ctx, "column.what")}, {Title: text(ctx, "column.do")}}}
	count := 0
	for _, one := range faults {
		if one.Place.Row == 0 {
			continue
		}
		if count++; count <= shownFaults {
			table.Rows = append(table.Rows, []shell.Cell{{Text: strconv.Itoa(one.Place.Row)}, {Text: one.Place.Column, Written: true},
				{Text: one.Reason(language), Written: true}, {Text: one.Remedy(language), Written: true}})
		}
	}
	if count > shownFaults {
		table.Count = text(ctx, "faults_more", message.Args{"shown": shownFaults, "count": shell.Count(count)})
	}
	return table
}

// cut divides a line at its first semicolon.
func cut(line string) (first, rest string) {
	first, rest, _ = strings.Cut(line, ";")
	return first, rest
}

// number reads a whole number that may be missing.
func number(text string, missing int) int {
	n, err := strconv.Atoi(strings.TrimSpace(text))
	if err != nil {
		return missing
	}
	return n
}

// messageCount are the arguments of a text with a count.
func messageCount(n int) message.Args { return message.Args{"count": shell.Count(n)} }
