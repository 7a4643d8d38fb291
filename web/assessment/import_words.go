package assessment

import (
	"context"

	"jiaoheng/assessment"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/web/shell"
)

// papersOf are the subjects whose items the exam knows.
func papersOf(e assessment.Exam) []shell.Option {
	var papers []shell.Option
	for _, s := range e.Subjects {
		if len(s.Items) > 0 {
			papers = append(papers, shell.Option{Value: s.Code, Label: s.Name})
		}
	}
	return papers
}

func importFigures(ctx context.Context, v importView) []shell.Figure {
	form := text(ctx, "form.wide")
	if v.found.Long {
		form = text(ctx, "form.long")
	}
	return []shell.Figure{{Label: text(ctx, "reckoned.rows"), Value: shell.Count(v.found.Rows), Unit: text(ctx, "unit_row"), Note: form},
		{Label: text(ctx, "reckoned.pupils"), Value: shell.Count(v.found.Pupils), Unit: text(ctx, "unit_pupil")},
		{Label: text(ctx, "reckoned.schools"), Value: shell.Count(len(v.found.Schools)), Unit: text(ctx, "unit_school")},
		{Label: text(ctx, "reckoned.faults"), Value: shell.Count(len(v.found.Faults)), Unit: text(ctx, "unit_place")}}
}

func faultTable(ctx context.Context, faults fault.List, caption string) shell.Table {
	language := shell.From(ctx).Language
	table := shell.Table{Caption: caption, Columns: []shell.Column{{Title: text(ctx, "column.row"), Align: shell.Short}, {Title: text(ctx, "column.where")},
		{Title: text(ctx, "column.what")}, {Title: text(ctx, "column.do")}}}
	for _, one := range faults[:min(len(faults), shownFaults)] {
		row := text(ctx, "whole_file")
		if one.Place.Row > 0 {
			row = text(ctx, "row_at", message.Args{"row": one.Place.Row})
		}
		table.Rows = append(table.Rows, []shell.Cell{{Text: row}, {Text: one.Place.Column, Written: true}, {Body: reason(one.Reason(language))}, {Body: reason(one.Remedy(language))}})
	}
	if len(faults) > shownFaults {
		table.Count = text(ctx, "faults_more", message.Args{"shown": shownFaults, "count": shell.Count(len(faults))})
	}
	return table
}

// changeTable is what an import does to each subject.
func changeTable(ctx context.Context, found assessment.Import) shell.Table {
	table := shell.Table{Caption: text(ctx, "changes"), Columns: []shell.Column{{Title: text(ctx, "column.subject")}, {Title: text(ctx, "column.effect")}}}
	for _, name := range []string{"present", "zero", "absent", "excluded", "answers", "added", "changed", "removed", "same"} {
		table.Columns = append(table.Columns, shell.Column{Title: text(ctx, "column."+name), Align: shell.Figures})
	}
	for _, c := range found.Changes {
		effect := "first"
		switch {
		case c.AnswersOnly:
			effect = "answers"
		case c.Replaces:
			effect = "replaces"
		}
		row := []shell.Cell{{Text: c.Subject, Written: true}, {Text: text(ctx, "effect."+effect)}}
		for _, count := range []int{c.Present, c.Zeros, c.Absent, c.Excluded, c.Answers, c.Added, c.Changed, c.Removed, c.Same} {
			row = append(row, shell.Cell{Text: shell.Count(count)})
		}
		table.Rows = append(table.Rows, row)
	}
	return table
}

// fileSchools is how many pupils of each school a file holds.
func fileSchools(ctx context.Context, found assessment.Import) shell.Table {
	table := shell.Table{Caption: text(ctx, "schools"), Columns: []shell.Column{{Title: text(ctx, "column.school")}, {Title: text(ctx, "column.pupils"), Align: shell.Figures}}}
	for _, one := range found.Schools {
		if one.Unit != "" {
			table.Rows = append(table.Rows, []shell.Cell{{Text: unitName(ctx, one.Unit), Written: true}, {Text: shell.Count(one.Pupils)}})
		}
	}
	return table
}

// roleText is what a column of a file was taken for.
func roleText(ctx context.Context, c assessment.Column) string {
	switch {
	case c.Role == assessment.RoleAnswer && c.Item != "":
		return text(ctx, "role_item", message.Args{"subject": c.Subject, "item": c.Item})
	case c.Role == assessment.RoleMark && c.Subject != "":
		return text(ctx, "role_mark", message.Args{"subject": c.Subject})
	}
	return shell.Text(ctx, "assessment.role."+string(c.Role))
}
