package target

import (
	"context"
	"strconv"

	"jiaoheng/message"
	"jiaoheng/plan/target"
	"jiaoheng/web/shell"
)

// editedColumns are the columns of a sheet that the direction of the goal asks for.
func editedColumns(view splitView) []string {
	columns := []string{columnBaseline, columnGoal}
	switch view.Goal.Direction {
	case target.Within:
		columns = append(columns, columnMost)
	case target.ByDate:
		columns = nil
	}
	return append(columns, columnDeadline, columnReason)
}

func splitFacts(ctx context.Context, view splitView) []shell.Fact {
	language := shell.From(ctx).Language
	facts := []shell.Fact{{Name: shell.Text(ctx, "target.split.own_goal"), Text: target.GoalText(language, view.Goal)}}
	if view.Goal.Baseline.Is {
		text := target.Figure(view.Goal.Baseline.Number) + " " + view.Goal.Unit
		if view.Goal.BaselineYear > 0 {
			text = shell.Text(ctx, "target.split.baseline_of", message.Args{"value": text, "year": view.Goal.BaselineYear})
		}
		facts = append(facts, shell.Fact{Name: shell.Text(ctx, "target.split.column.baseline"), Text: text})
	}
	if !view.Goal.Deadline.IsZero() {
		facts = append(facts, shell.Fact{Name: shell.Text(ctx, "target.split.column.deadline"), Text: view.Goal.Deadline.Text(language)})
	}
	from := shell.Text(ctx, "target.split.from_plan", message.Args{"number": view.Version.Number})
	if view.Given != nil {
		above, _ := shell.From(ctx).Tree.Find(view.Given.Parent)
		from = shell.Text(ctx, "target.split.from_above", message.Args{"unit": above.Name, "number": view.Given.Number})
	}
	facts = append(facts, shell.Fact{Name: shell.Text(ctx, "target.split.from"), Text: from})
	if view.Node.Sentence != "" {
		facts = append(facts, shell.Fact{Name: shell.Text(ctx, "target.split.sentence"), Text: view.Node.Sentence})
	}
	return facts
}

func tableTitle(ctx context.Context, view splitView) string {
	switch {
	case view.shown != nil:
		return shell.Text(ctx, "target.split.sheet_of", message.Args{"number": view.shown.Number, "state": shell.Text(ctx, "target.state."+string(view.shown.State))})
	case view.editing && view.InForce == nil:
		return shell.Text(ctx, "target.split.sheet_new")
	case view.editing:
		return shell.Text(ctx, "target.split.sheet_change", message.Args{"number": view.InForce.Number})
	case view.Proposed != nil:
		return shell.Text(ctx, "target.split.sheet_of", message.Args{"number": view.Proposed.Number, "state": shell.Text(ctx, "target.state.proposed")})
	case view.InForce != nil:
		return shell.Text(ctx, "target.split.sheet_of", message.Args{"number": view.InForce.Number, "state": shell.Text(ctx, "target.state.approved")})
	}
	return shell.Text(ctx, "target.split.sheet_none")
}

// beforeText is what holds for a unit before the change that is typed.
func beforeText(ctx context.Context, one line) string {
	if one.Before == nil {
		return "—"
	}
	return target.GoalText(shell.From(ctx).Language, one.Before.Goal)
}

func sumText(ctx context.Context, view splitView) string {
	args := message.Args{"sum": target.Figure(view.sum.Total), "goal": target.Figure(view.Goal.Value.Number), "measure": view.Goal.Unit, "difference": target.Figure(max(view.sum.Diff, -view.sum.Diff))}
	switch {
	case view.sum.Diff > 0:
		return shell.Text(ctx, "target.split.sum_more", args)
	case view.sum.Diff < 0:
		return shell.Text(ctx, "target.split.sum_less", args)
	}
	return shell.Text(ctx, "target.split.sum_even", args)
}

// readTable is a sheet that cannot be typed into.
func readTable(ctx context.Context, view splitView) shell.Table {
	language := shell.From(ctx).Language
	table := shell.Table{Caption: tableTitle(ctx, view), Columns: []shell.Column{{Title: shell.Text(ctx, "target.split.column.unit")},
		{Title: shell.Text(ctx, "target.split.column.baseline"), Unit: view.Goal.Unit, Align: shell.Figures}, {Title: shell.Text(ctx, "target.split.column.goal")},
		{Title: shell.Text(ctx, "target.split.column.deadline"), Align: shell.Short}, {Title: shell.Text(ctx, "target.split.column.reason")}}}
	shares := view.shares()
	for _, one := range view.lines {
		share := shares[one.Unit.Code]
		if share == nil {
			continue
		}
		deadline := share.Goal.Deadline
		if deadline.IsZero() {
			deadline = view.Goal.Deadline
		}
		table.Rows = append(table.Rows, []shell.Cell{{Text: one.Unit.Name}, {Text: known(share.Goal.Baseline)}, {Text: target.GoalText(language, share.Goal)},
			{Text: deadline.Text(language)}, {Text: share.Reason, Written: true}})
	}
	table.Count = shell.Text(ctx, "target.split.units", message.Args{"count": shell.Count(len(table.Rows))})
	table.Empty = shell.EmptyState(shell.Empty{Icon: "inbox", Title: shell.Text(ctx, "target.split.sheet_none"), Text: shell.Text(ctx, "target.split.sheet_none_text")})
	return table
}

// shares are those of the sheet that is shown.
func (v splitView) shares() map[string]*target.Share {
	switch {
	case v.shown != nil:
		return sharesByUnit(v.shown.Shares)
	case v.Proposed != nil:
		return sharesByUnit(v.Proposed.Shares)
	case v.InForce != nil:
		return sharesByUnit(v.InForce.Shares)
	}
	return nil
}

func versionTable(ctx context.Context, view splitView) shell.Table {
	table := shell.Table{Caption: shell.Text(ctx, "target.split.versions")}
	for _, key := range []string{"number", "state", "proposed", "approved", "changed", "reason"} {
		table.Columns = append(table.Columns, shell.Column{Title: shell.Text(ctx, "target.split.version."+key)})
	}
	for i := len(view.Versions) - 1; i >= 0; i-- {
		one := view.Versions[i]
		proposed := shell.Text(ctx, "target.split.who_when", message.Args{"name": view.names[one.By], "at": shell.Moment(ctx, one.At)})
		approved := "—"
		if one.State == target.Approved {
			approved = shell.Text(ctx, "target.split.who_when", message.Args{"name": view.names[one.ApprovedBy], "at": shell.Moment(ctx, one.ApprovedAt)})
		}
		state := shell.Text(ctx, "target.state."+string(one.State))
		if view.InForce != nil && one.ID == view.InForce.ID {
			state = shell.Text(ctx, "target.split.holds")
		}
		table.Rows = append(table.Rows, []shell.Cell{{Text: shell.Text(ctx, "target.split.nth", message.Args{"number": one.Number}), Address: targetAddress(view.where, "split") + "&number=" + strconv.Itoa(one.Number)},
			{Text: state}, {Text: proposed}, {Text: approved}, {Text: shell.Text(ctx, "target.split.units", message.Args{"count": len(changesOf(view.Versions, i))})}, {Text: one.Reason, Written: true}})
	}
	return table
}

// shareChange is a unit whose share is not as in the sheet that held before.
type shareChange struct {
	unit     string
	old, now *target.Share
}

// changesOf compares version i with the one approved last before it.
func changesOf(versions []target.Split, i int) []shareChange {
	var held []target.Share
	for k := range i {
		if versions[k].State == target.Approved {
			held = versions[k].Shares
		}
	}
	before, now := sharesByUnit(held), sharesByUnit(versions[i].Shares)
	var changes []shareChange
	for k := range versions[i].Shares {
		share := &versions[i].Shares[k]
		if old := before[share.Unit]; old == nil || !sameShare(*old, *share) {
			changes = append(changes, shareChange{share.Unit, old, share})
		}
	}
	for k := range held {
		if now[held[k].Unit] == nil {
			changes = append(changes, shareChange{held[k].Unit, &held[k], nil})
		}
	}
	return changes
}

func changeTable(ctx context.Context, view splitView) shell.Table {
	language := shell.From(ctx).Language
	table := shell.Table{Caption: shell.Text(ctx, "target.split.changes", message.Args{"number": view.shown.Number})}
	for _, key := range []string{"unit", "before", "goal", "reason"} {
		table.Columns = append(table.Columns, shell.Column{Title: shell.Text(ctx, "target.split.column."+key)})
	}
	words := func(share *target.Share) string {
		if share == nil {
			return shell.Text(ctx, "target.split.not_given")
		}
		text := target.GoalText(language, share.Goal)
		if share.Goal.Baseline.Is {
			text = shell.Text(ctx, "target.split.with_baseline", message.Args{"goal": text, "baseline": known(share.Goal.Baseline)})
		}
		if !share.Goal.Deadline.IsZero() {
			text = shell.Text(ctx, "target.split.with_deadline", message.Args{"goal": text, "deadline": share.Goal.Deadline.Text(language)})
		}
		return text
	}
	for i := range view.Versions {
		if view.Versions[i].ID != view.shown.ID {
			continue
		}
		for _, change := range changesOf(view.Versions, i) {
			u, _ := shell.From(ctx).Tree.Find(change.unit)
			reason := ""
			if change.now != nil {
				reason = change.now.Reason
			}
			table.Rows = append(table.Rows, []shell.Cell{{Text: u.Name}, {Text: words(change.old)}, {Text: words(change.now)}, {Text: reason, Written: true}})
		}
	}
	table.Count = shell.Text(ctx, "target.split.units", message.Args{"count": shell.Count(len(table.Rows))})
	return table
}

func decideAddress(s scene, act string) string {
	return targetAddress(s.where, "split/"+act)
}
