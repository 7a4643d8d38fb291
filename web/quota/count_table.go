package quota

import (
	"context"
	"slices"

	"jiaoheng/export/xlsx"
	"jiaoheng/message"
	"jiaoheng/register"
	"jiaoheng/web/shell"
)

// schoolCount is one school: how many stand how, or that it has no list of people.
type schoolCount struct {
	register.QuotaCount
	name   string
	listed bool
}

// counts returns every unit below that keeps the list of people, also those of which there is no list.
func counts(ctx context.Context, s scene) []schoolCount {
	known := map[string]register.QuotaCount{}
	for _, c := range s.progress.Counts() {
		known[c.Unit] = c
	}
	reported := map[string]bool{}
	for _, row := range s.persons {
		reported[row.Unit] = true
	}
	tree := shell.From(ctx).Tree
	below := tree.Subtree(s.Number)
	var all []schoolCount
	for n := below.From; n < below.To; n++ {
		one := tree.At(n)
		if !register.Keeps(s.people, one) || !one.OpenOn(register.Day(s.Period)) && !reported[one.Code] {
			continue
		}
		c := known[one.Code]
		c.Unit = one.Code
		all = append(all, schoolCount{QuotaCount: c, name: one.Name, listed: reported[one.Code]})
	}
	return all
}

// countTable shows a school a row; the total stands apart with how many schools have a list.
func countTable(ctx context.Context, s scene) shell.Table {
	head, lines := countLines(ctx, s)
	schools := counts(ctx, s)
	t := shell.Table{Caption: s.quota.Title.In(shell.From(ctx).Language), Empty: shell.Note(shell.Text(ctx, "quota.page.no_schools"))}
	for _, c := range head {
		column := shell.Column{Title: c.Heading}
		if c.Number {
			column.Align = shell.Figures
		}
		t.Columns = append(t.Columns, column)
	}
	listed := 0
	for i, line := range lines {
		row := make([]shell.Cell, len(line))
		for n, text := range line {
			row[n] = shell.Cell{Text: text}
		}
		row[0].Address = shell.There("/quota/"+s.quota.Name, schools[i].Unit, s.Period)
		if !schools[i].listed {
			row[len(row)-1] = shell.Cell{Body: shell.Status(shell.Unreported)}
		} else {
			listed++
		}
		t.Rows = append(t.Rows, row)
	}
	if len(lines) > 0 {
		t.Count = shell.Text(ctx, "quota.page.schools", message.Args{"count": shell.Count(len(lines)), "listed": shell.Count(listed)})
		for _, text := range countLine(shell.Text(ctx, "quota.page.total"), totals(s.progress.Counts())) {
			t.Total = append(t.Total, shell.Cell{Text: text})
		}
	}
	return t
}

// countLines are the same figures for a file.
func countLines(ctx context.Context, s scene) ([]xlsx.TableColumn, [][]string) {
	var head []xlsx.TableColumn
	for i, word := range []string{"quota.page.school", "quota.page.bound", "quota.state.met", "quota.state.unmet", "quota.state.unknown", "quota.page.share"} {
		head = append(head, xlsx.TableColumn{Heading: shell.Text(ctx, word), Number: i > 0})
	}
	var lines [][]string
	for _, c := range counts(ctx, s) {
		line := countLine(c.name, c.QuotaCount)
		if !c.listed {
			line = slices.Concat([]string{c.name}, make([]string, 4), []string{shell.Text(ctx, "shell.status.unreported")})
		}
		lines = append(lines, line)
	}
	return head, lines
}

// countLine writes one school. The share is of those of whom it is known; without any it stays empty.
func countLine(name string, c register.QuotaCount) []string {
	share := ""
	if known := c.Met + c.Unmet; known > 0 {
		share = number(float64(c.Met*1000/known)/10) + "%"
	}
	return []string{name, shell.Count(c.Bound), shell.Count(c.Met), shell.Count(c.Unmet), shell.Count(c.Unknown), share}
}
