package progress

import (
	"context"
	"net/http"

	"jiaoheng/access"
	"jiaoheng/assessment/progress"
	"jiaoheng/web/shell"
)

// listing is the studies that may be seen.
type listing struct {
	studies []progress.Study
	make    bool
}

// List shows the studies that may be seen, the newest first.
func (p *Pages) List(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	if !shell.May(ctx, access.See, access.Fact) {
		return shell.NoRight
	}
	found := listing{make: mayMake(ctx)}
	var err error
	if found.studies, err = p.desk.Studies(ctx, shell.From(ctx).Actor); err != nil {
		return err
	}
	frame := page(ctx, text(ctx, "title"))
	frame.Trail, frame.Lead = []shell.Link{{Label: text(ctx, "assessment"), Address: "/assessment"}}, text(ctx, "lead")
	if found.make {
		frame.Actions = shell.Press(shell.Button{Label: text(ctx, "new"), Icon: "plus", Kind: "primary", Address: "/progress/new"})
	}
	return shell.Render(w, r, http.StatusOK, frame, studyList(found))
}

func (l listing) table(ctx context.Context) shell.Table {
	table := shell.Table{Caption: text(ctx, "title"), Columns: []shell.Column{{Title: text(ctx, "column.study")}, {Title: text(ctx, "column.owner")},
		{Title: text(ctx, "column.way"), Align: shell.Short}, {Title: text(ctx, "column.made"), Align: shell.Short}}, Count: text(ctx, "count", args("count", len(l.studies)))}
	for _, one := range l.studies {
		waves := "two"
		if _, middle := one.Wave(one.Cohorts()[0], progress.RoleMiddle); middle {
			waves = "three"
		}
		table.Rows = append(table.Rows, []shell.Cell{{Text: one.Name, Address: "/progress/" + one.ID, Written: true}, {Text: unitName(ctx, one.Owner), Written: true},
			{Text: text(ctx, "waves_"+waves)}, {Text: shell.Date(ctx, one.At)}})
	}
	next := []shell.Button{}
	if l.make {
		next = append(next, shell.Button{Label: text(ctx, "new"), Address: "/progress/new"})
	}
	table.Empty = shell.EmptyState(shell.Empty{Icon: "trending-up", Title: text(ctx, "none"), Text: text(ctx, "none_why"), Next: next})
	return table
}
