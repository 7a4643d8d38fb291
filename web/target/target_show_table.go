package target

import (
	"bytes"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"jiaoheng/export/xlsx"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/plan/target"
	"jiaoheng/record"
	"jiaoheng/register"
	"jiaoheng/web/shell"
)

// mostSilent is how many silent units a page names; the others are counted.
const mostSilent = 100

// below are the units under the one that is shown which have a goal of their own and that the post may see, each with what is
// known of it.
func (s *sight) below() []target.Cell {
	var cells []target.Cell
	for _, n := range s.plan.Below(s.at, s.number) {
		if shell.MayLook(s.ctx, n) {
			cells = append(cells, s.plan.Cell(s.at, n))
		}
	}
	return cells
}

// belowTable shows the units below with their own goals and lights, and why a goal differs.
func (s *sight) belowTable() shell.Table {
	cells := s.below()
	table := shell.Table{Caption: s.text("below", nil), Count: s.text("units", message.Args{"count": len(cells)})}
	for _, column := range []struct {
		key   string
		align shell.Align
	}{{"unit", shell.Words}, {"light", shell.Short}, {"value", shell.Figures}, {"goal", shell.Words}, {"gap", shell.Figures}, {"own_reason", shell.Words}, {"silence", shell.Short}} {
		table.Columns = append(table.Columns, shell.Column{Title: s.text("column_"+column.key, nil), Align: column.align})
	}
	for _, cell := range cells {
		unit, j := s.view.Tree.At(cell.Unit), cell.Judgement
		row := []shell.Cell{{Text: unit.Name, Address: s.address(cell.Unit)}, {Body: shell.Light(j.Light)}, {Text: s.ofCell(cell, j.Value)}, {Text: target.GoalText(s.language, cell.Goal)},
			{Text: s.ofCell(cell, j.Gap)}, {Text: s.why(cell), Written: cell.Reason != ""}, {}}
		if cell.Silence.Silent {
			row[6].Body = shell.Silence(cell.Silence.Days)
		}
		table.Rows = append(table.Rows, row)
	}
	return table
}

func (s *sight) ofCell(cell target.Cell, known target.Known) string {
	if !known.Is {
		return "—"
	}
	return shell.TargetFigure(known, cell.Goal.Unit)
}

// why tells why the goal of a unit is its own; where it is that of the plan nothing needs to be told.
func (s *sight) why(cell target.Cell) string {
	if cell.Reason != "" {
		return cell.Reason
	}
	if cell.Goal.Value == s.one.Goal.Value && cell.Goal.Direction == s.one.Goal.Direction {
		return s.text("same_goal", nil)
	}
	return s.text("no_reason", nil)
}

// silentTable names who was silent for the days of the rule.
func (s *sight) silentTable() shell.Table {
	var silent []target.Silence
	for _, one := range s.plan.Silent(s.at, s.number) {
		if shell.MayLook(s.ctx, one.Unit) {
			silent = append(silent, one)
		}
	}
	table := shell.Table{Caption: s.text("silent", nil), Count: s.text("units", message.Args{"count": len(silent)}),
		Columns: []shell.Column{{Title: s.text("column_unit", nil)}, {Title: s.text("column_days", nil), Align: shell.Figures}, {Title: s.text("column_last", nil)}}}
	for _, one := range silent[:min(len(silent), mostSilent)] {
		last := s.text("never", nil)
		if one.Ever {
			last = shell.Date(s.ctx, one.Last)
		}
		table.Rows = append(table.Rows, []shell.Cell{{Text: s.view.Tree.At(one.Unit).Name, Address: s.address(one.Unit)}, {Text: shell.Count(one.Days)}, {Text: last}})
	}
	return table
}

// valueAddress is the panel that says where the value comes from, "" where no indicator measures it.
func (s *sight) valueAddress() string {
	b := s.one.Binding
	if b == nil || b.Kind != target.FromIndicator || s.cell.Judgement.Latest.Period.IsZero() {
		return ""
	}
	query := url.Values{"name": {b.Name}, "unit": {s.view.Tree.At(s.number).Code}, "period": {s.cell.Judgement.Latest.Period.String()}}
	if b.Stage != "" {
		query.Set("stage", b.Stage)
	}
	return "/round/line?" + query.Encode()
}

// sourceFacts tell what measures the target, since when, and who said so.
func (p *Shows) sourceFacts(s *sight) []shell.Fact {
	b := s.one.Binding
	if b == nil {
		return nil
	}
	facts := []shell.Fact{{Name: s.text("source_kind", nil), Text: shell.Text(s.ctx, b.Kind.Key())}}
	switch b.Kind {
	case target.FromIndicator:
		if i, known := p.records.Scope().Indicator(b.Name); known {
			address := "/indicator/" + url.PathEscape(b.Name) + "?unit=" + url.QueryEscape(s.view.Tree.At(s.number).Code)
			if b.Stage != "" {
				address += "&stage=" + url.QueryEscape(b.Stage)
			}
			facts = append(facts, shell.Fact{Name: s.text("source_name", nil), Body: plainLink(address, i.Title.In(s.language)), Note: strings.TrimSpace(i.Source.Document + " " + i.Source.Clause), Written: true})
		}
	case target.FromRegister:
		if item, known := p.records.Scope().Item(b.Name); known {
			facts = append(facts, shell.Fact{Name: s.text("source_name", nil), Text: item.Title.In(s.language), Note: item.Register.Title.In(s.language)})
		}
	default:
		if b.Name != "" {
			facts = append(facts, shell.Fact{Name: s.text("source_name", nil), Text: b.Name})
		}
	}
	facts = append(facts, shell.Fact{Name: s.text("source_by", nil), Text: p.nameOf(s.ctx, b.By), Note: shell.Date(s.ctx, b.At)})
	if b.Reason != "" {
		facts = append(facts, shell.Fact{Name: s.text("column_own_reason", nil), Text: b.Reason, Written: true})
	}
	return facts
}

// versionTable lists how the goal of the unit came to be: the versions of the plan, for a unit below the splits that handed to it.
func (p *Shows) versionTable(ctx context.Context, s *sight) (shell.Table, error) {
	table := shell.Table{Caption: s.text("versions", nil), Columns: []shell.Column{{Title: s.text("column_version", nil)}, {Title: s.text("column_goal", nil)}, {Title: s.text("column_own_reason", nil)},
		{Title: s.text("column_decided", nil)}}}
	tracked, err := p.plans.Tracked(ctx, s.plan.Plan.ID)
	if err != nil {
		return table, err
	}
	for _, version := range tracked.Versions {
		if node, stood := tracked.NodeIn(version.Number, string(s.one.Track)); stood {
			table.Rows = append(table.Rows, []shell.Cell{{Text: s.text("plan_version", message.Args{"number": version.Number})},
				{Text: target.GoalText(s.language, target.GoalOf(node, version.Content))}, {}, {Text: shell.Date(ctx, version.At), Note: p.nameOf(ctx, version.By)}})
		}
	}
	if s.cell.Split == nil {
		return table, nil
	}
	splits, err := p.store.SplitVersions(ctx, s.plan.Plan.ID, s.one.Track, s.cell.Split.Parent)
	if err != nil {
		return table, err
	}
	code := s.view.Tree.At(s.number).Code
	for _, split := range splits {
		at := slices.IndexFunc(split.Shares, func(one target.Share) bool { return one.Unit == code })
		if at < 0 || split.State != target.Approved {
			continue
		}
		table.Rows = append(table.Rows, []shell.Cell{{Text: s.text("split_version", message.Args{"number": split.Number})}, {Text: target.GoalText(s.language, split.Shares[at].Goal)},
			{Text: split.Shares[at].Reason, Written: true}, {Text: shell.Date(ctx, split.ApprovedAt), Note: p.nameOf(ctx, split.ApprovedBy)}})
	}
	return table, nil
}

// linkedTable lists the rows that hang on the target and that the post may see: those tied to its node, and the tasks of the plan
// that were made for it.
func (p *Shows) linkedTable(ctx context.Context, s *sight) (shell.Table, error) {
	table := shell.Table{Caption: s.text("linked", nil), Columns: []shell.Column{{Title: s.text("column_row", nil)}, {Title: s.text("column_register", nil)}, {Title: s.text("column_unit", nil)},
		{Title: s.text("column_state", nil)}}}
	links, err := p.store.RecordLinks(ctx, record.Ref{Register: "plan", Row: s.plan.Plan.ID + "/" + s.one.Node.ID})
	if err != nil {
		return table, err
	}
	for _, link := range links {
		ref := link.From
		if ref.Register == "plan" {
			ref = link.To
		}
		r, declared := p.records.Scope().Register(ref.Register)
		if !declared || !r.Living() {
			continue
		}
		row, err := p.records.Find(ctx, r, ref.Row)
		if err != nil {
			return table, err
		}
		p.addRow(s, &table, r, row)
	}
	r, declared := p.records.Scope().Register("plan_task")
	if !declared {
		return table, nil
	}
	plan, track := register.TextCell(s.plan.Plan.ID), register.TextCell(string(s.one.Track))
	rows, err := p.store.RegisterRows(ctx, r, register.Query{Filters: []register.Filter{{Column: "plan_id", Is: &plan}, {Column: "track", Is: &track}}, Limit: mostSilent})
	for _, row := range rows {
		p.addRow(s, &table, r, row)
	}
	return table, err
}

func (p *Shows) addRow(s *sight, table *shell.Table, r *pack.Register, row register.Row) {
	if !p.records.MaySee(shell.From(s.ctx).Actor.Post, r, row) {
		return
	}
	unit, _ := s.view.Tree.Find(row.Unit)
	state := register.TextOf(r, row, pack.ColumnState)
	for _, one := range r.Life.States {
		if one.Name == state {
			state = one.Title.In(s.language)
		}
	}
	table.Rows = append(table.Rows, []shell.Cell{{Text: record.HeadingOf(r, row), Address: "/record/" + r.Name + "/row/" + row.ID, Written: true}, {Text: r.Title.In(s.language)}, {Text: unit.Name}, {Text: state}})
}

// send answers with the table of the units below as a workbook: what the page shows, with the values of each year.
func (s *sight) send(w http.ResponseWriter, form string) error {
	if form != "xlsx" {
		return shell.NotFound
	}
	cells := append([]target.Cell{s.cell}, s.below()...)
	table := xlsx.FigureTable{Name: s.text("below", nil), Title: s.one.Name(), Language: s.language, Note: s.text("chart_source", nil),
		About: s.text("lead", message.Args{"unit": s.unitName(), "plan": s.plan.Plan.Title, "day": s.view.Day.Text(s.language)})}
	for _, key := range []string{"unit", "light", "value", "period", "goal", "baseline", "gap", "needed", "own_reason", "silence", "why"} {
		table.Columns = append(table.Columns, xlsx.FigureColumn{Head: s.text("column_"+key, nil), Width: map[bool]float64{true: 40, false: 14}[key == "goal" || key == "own_reason" || key == "why"]})
	}
	known := func(figure target.Known) xlsx.FigureCell {
		return xlsx.FigureCell{Number: figure.Number, Decimals: 2, Known: figure.Is}
	}
	words := func(text string) xlsx.FigureCell { return xlsx.FigureCell{Text: text} }
	for _, cell := range cells {
		j := cell.Judgement
		days := xlsx.FigureCell{Number: float64(cell.Silence.Days), Known: cell.Silence.Known}
		table.Rows = append(table.Rows, []xlsx.FigureCell{words(s.view.Tree.At(cell.Unit).Name), words(j.Light.Text(s.language)), known(j.Value), words(j.Latest.Period.Text(s.language)),
			words(target.GoalText(s.language, cell.Goal)), known(cell.Goal.Baseline), known(j.Gap), known(j.Needed), words(cell.Reason), days, words(j.Why(s.language))})
	}
	var body bytes.Buffer
	if err := xlsx.WriteFigures(&body, table); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	w.Header().Set("Content-Disposition", "attachment; filename*=UTF-8''"+url.PathEscape(table.Title+".xlsx"))
	w.Header().Set("Cache-Control", "no-store")
	_, err := w.Write(body.Bytes())
	return err
}
