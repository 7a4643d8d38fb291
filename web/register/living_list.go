package register

import (
	"context"
	"net/http"
	"path"

	"jiaoheng/access"
	"jiaoheng/pack"
	"jiaoheng/record"
	"jiaoheng/register"
	"jiaoheng/unit"
	"jiaoheng/web/shell"
)

// livingRow is one register whose rows live, with what waits in it.
type livingRow struct {
	register *pack.Register
	count    record.Summary
	create   bool
}

// livingRows counts the rows of every living register that concerns the standing unit. Whoever sees only what is their own, or
// what their unit leads, finds these counted.
func (p *Pages) livingRows(ctx context.Context, standing shell.Standing, own bool) ([]livingRow, error) {
	var rows []livingRow
	for _, one := range p.records.Registers() {
		row := livingRow{register: one}
		var err error
		if own {
			row.count, err = p.ownCount(ctx, one)
		} else {
			row.count, err = p.countBelow(ctx, one, standing)
		}
		if err != nil {
			return nil, err
		}
		concerns := own || p.concerns(ctx, one, standing, &row)
		if concerns || row.count.All > 0 {
			rows = append(rows, row)
		}
	}
	return rows, nil
}

// concerns tells whether some unit below the standing one keeps the register, and notes whether the post may make rows there.
func (p *Pages) concerns(ctx context.Context, of *pack.Register, standing shell.Standing, row *livingRow) bool {
	view := shell.From(ctx)
	below, keeps := view.Tree.Subtree(standing.Number), false
	for n := below.From; n < below.To && !row.create; n++ {
		if u := view.Tree.At(n); register.Keeps(of, u) {
			keeps = true
			row.create = p.records.MayCreate(view.Actor.Post, of, u.Code)
			if !row.create && !shell.May(ctx, access.Change, access.Record) {
				break
			}
		}
	}
	return keeps
}

func (p *Pages) countBelow(ctx context.Context, of *pack.Register, standing shell.Standing) (record.Summary, error) {
	var all record.Summary
	view := shell.From(ctx)
	units, err := p.records.Summaries(ctx, of, view.Actor.Post)
	below := view.Tree.Subtree(standing.Number)
	for code, one := range units {
		if n, known := view.Tree.Number(code); standing.Number == 0 || known && below.Contains(n) {
			all.All, all.Open, all.Overdue, all.Silent, all.Waiting = all.All+one.All, all.Open+one.Open, all.Overdue+one.Overdue, all.Silent+one.Silent, all.Waiting+one.Waiting
		}
	}
	return all, err
}

func (p *Pages) ownCount(ctx context.Context, of *pack.Register) (record.Summary, error) {
	var all record.Summary
	post := shell.From(ctx).Actor.Post
	for _, one := range []struct {
		query record.Query
		to    *int
	}{{record.Query{}, &all.All}, {record.Query{Open: true}, &all.Open}, {record.Query{Overdue: true}, &all.Overdue}, {record.Query{Silent: true}, &all.Silent}, {record.Query{Waits: &post}, &all.Waiting}} {
		one.query.Seen = &post
		var err error
		if *one.to, err = p.records.Count(ctx, of, one.query); err != nil {
			return all, err
		}
	}
	return all, nil
}

// livingOnly shows the living registers to whoever may see no facts of a unit: other departments what they lead, teachers and
// experts what was given to them.
func (p *Pages) livingOnly(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	if !shell.May(ctx, access.See, access.Record) {
		return shell.NoRight
	}
	standing, wide := shell.Standing{Unit: unit.Unit{}}, shell.MayStand(ctx, access.Record)
	if wide {
		var err error
		if standing, err = shell.Stand(r, access.Record, nil); err != nil {
			return err
		}
	}
	var view listView
	var err error
	if view.living, err = p.livingRows(ctx, standing, !wide); err != nil {
		return err
	}
	page := shell.Page{Title: shell.Text(ctx, "register.page.title"), Lead: shell.Text(ctx, "register.page.living_lead"), Word: "register", Wide: true,
		Styles: []string{"register.css"}, Source: shell.Text(ctx, "register.page.source")}
	return shell.Render(w, r, http.StatusOK, page, registerList(view))
}

func livingTable(ctx context.Context, rows []livingRow) shell.Table {
	table := shell.Table{Caption: shell.Text(ctx, "register.page.living"), Columns: []shell.Column{{Title: shell.Text(ctx, "register.page.name")},
		{Title: shell.Text(ctx, "register.page.living_open"), Align: shell.Figures}, {Title: shell.Text(ctx, "register.page.living_late"), Align: shell.Figures},
		{Title: shell.Text(ctx, "register.page.living_silent"), Align: shell.Figures}, {Title: shell.Text(ctx, "register.page.living_mine"), Align: shell.Figures},
		{Title: shell.Text(ctx, "register.page.actions")}}}
	for _, row := range rows {
		cells := []shell.Cell{{Body: livingName(row)}}
		for _, one := range []struct {
			only  string
			count int
		}{{"open", row.count.Open}, {"late", row.count.Overdue}, {"silent", row.count.Silent}, {"mine", row.count.Waiting}} {
			cell := shell.Cell{Text: shell.Count(one.count)}
			if one.count > 0 {
				cell.Address = shell.Here(ctx, address(row.register)+"?only="+one.only)
			}
			if one.only == "late" && one.count > 0 {
				cell = shell.Cell{Body: livingLate(cell.Address, cell.Text)}
			}
			cells = append(cells, cell)
		}
		table.Rows = append(table.Rows, append(cells, shell.Cell{Body: livingActions(row)}))
	}
	return table
}

// Example gives out the sheet that shows how a register is filled.
func (p *Pages) Example(w http.ResponseWriter, r *http.Request) error {
	s, err := p.openFiles(r)
	if err != nil {
		return err
	}
	for _, one := range p.desk.Scope().Packs {
		for _, file := range one.Files {
			if one.Name == s.register.Pack && s.register.Example != "" && file.Name == path.Join("examples", s.register.Example) {
				return GiveOut(w, s.register.Title.In(shell.From(r.Context()).Language)+"-"+shell.Text(r.Context(), "register.page.example")+path.Ext(file.Name), "text/csv; charset=utf-8", file.Bytes)
			}
		}
	}
	return shell.NotFound
}
