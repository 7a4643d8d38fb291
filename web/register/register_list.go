package register

import (
	"context"
	"net/http"
	"slices"

	"github.com/a-h/templ"

	"jiaoheng/access"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/register"
	"jiaoheng/unit"
	"jiaoheng/web/shell"
)

// subjects are the kinds of units that report, in the order of the page.
var subjects = []unit.Kind{unit.County, unit.City, unit.Province, unit.Township, unit.School, unit.Section, unit.Kindergarten, unit.Training, unit.Office}

// listed is one register on the list.
type listed struct {
	register *pack.Register
	period   period.Period
	coverage coverage
	write    bool
}

// listView is what the list of registers shows.
type listView struct {
	own      bool // the unit is a school or kindergarten: what it still has to report comes first
	unit     string
	open     []listed
	groups   []listGroup
	findings bool
	living   []livingRow
}

type listGroup struct {
	kind unit.Kind
	rows []listed
}

// List shows the registers that concern the standing unit, and who has reported them.
func (p *Pages) List(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	if !shell.MayStand(ctx, access.Fact) {
		return p.livingOnly(w, r)
	}
	standing, err := p.stand(r, period.SchoolYear, access.Fact)
	if err != nil {
		return err
	}
	view, err := p.listView(ctx, standing)
	if err != nil {
		return err
	}
	page := shell.Page{Title: shell.Text(ctx, "register.page.title"), Lead: shell.Text(ctx, "register.page.lead"), Word: "register", Wide: true,
		Styles: []string{"register.css"}, Source: shell.Text(ctx, "register.page.source")}
	var actions []templ.Component
	if shell.May(ctx, access.See, access.Record) {
		actions = append(actions, shell.Press(shell.Button{Label: shell.Text(ctx, "letter.page.title"), Icon: "file-text", Address: "/letter"}))
	}
	if view.findings {
		actions = append(actions, shell.Press(shell.Button{Label: shell.Text(ctx, "register.page.findings"), Icon: "clipboard-check", Address: shell.Here(ctx, "/register/finding")}))
	}
	if len(p.desk.Scope().Quotas()) > 0 {
		actions = append(actions, shell.Press(shell.Button{Label: shell.Text(ctx, "quota.page.title"), Icon: "users", Address: shell.Here(ctx, "/quota")}))
	}
	page.Actions = templ.Join(actions...)
	return shell.Render(w, r, http.StatusOK, page, registerList(view))
}

func (p *Pages) listView(ctx context.Context, standing shell.Standing) (listView, error) {
	view := listView{own: standing.Unit.Kind.Teaches(), unit: standing.Unit.Name}
	if shell.MaySee(ctx, access.Record, standing.Number) {
		var err error
		if view.living, err = p.livingRows(ctx, standing, false); err != nil {
			return view, err
		}
	}
	for _, kind := range subjects {
		group := listGroup{kind: kind}
		for _, one := range p.desk.Scope().Registers() {
			if one.Of[0] != kind || one.Living() {
				continue
			}
			row := listed{register: one, write: p.mayWrite(ctx, one, standing.Unit.Code)}
			if one.Every != 0 {
				row.period = p.fitting(standing.Period, one.Every)
			}
			var err error
			if row.coverage, err = p.cover(ctx, one, row.period, standing.Number); err != nil {
				return view, err
			}
			if !row.coverage.concerns {
				continue
			}
			group.rows = append(group.rows, row)
			view.findings = view.findings || hasFindings(one)
			if view.own && row.write && len(row.coverage.silent) > 0 {
				view.open = append(view.open, row)
			}
		}
		if len(group.rows) > 0 {
			view.groups = append(view.groups, group)
		}
	}
	return view, nil
}

func hasFindings(r *pack.Register) bool {
	return slices.ContainsFunc(r.Columns, func(c *pack.Column) bool { return c.Attach })
}

// there is an address of a register for the standing unit and the period of the line.
func (l listed) there(ctx context.Context, parts ...string) string {
	return shell.There(address(l.register, parts...), shell.From(ctx).Standing.Unit.Code, l.shown(ctx))
}

// exportAll gives out every column, as an import takes them back.
func (l listed) exportAll(ctx context.Context) string {
	return shell.There(address(l.register, "export")+"?"+ColumnsPart+"="+allColumns, shell.From(ctx).Standing.Unit.Code, l.shown(ctx))
}

func (l listed) shown(ctx context.Context) period.Period {
	if l.period.IsZero() {
		return shell.From(ctx).Standing.Period
	}
	return l.period
}

// periodText is the period of the line in words.
func (l listed) periodText(ctx context.Context) string {
	if l.period.IsZero() {
		return shell.Text(ctx, "register.every.none")
	}
	return l.period.Text(shell.From(ctx).Language)
}

func listTable(ctx context.Context, group listGroup) shell.Table {
	table := shell.Table{Caption: shell.Text(ctx, "register.of."+string(group.kind)), Columns: []shell.Column{
		{Title: shell.Text(ctx, "register.page.name")},
		{Title: shell.Text(ctx, "register.page.period"), Align: shell.Short},
		{Title: shell.Text(ctx, "register.page.coverage"), Align: shell.Short},
		{Title: shell.Text(ctx, "register.page.rows"), Align: shell.Figures},
		{Title: shell.Text(ctx, "register.page.last"), Align: shell.Short},
		{Title: shell.Text(ctx, "register.page.actions")},
	}}
	for _, one := range group.rows {
		last := shell.Date(ctx, one.coverage.last)
		if last == "" {
			last = shell.Text(ctx, "register.page.none_yet")
		}
		table.Rows = append(table.Rows, []shell.Cell{
			{Body: listName(one)},
			{Text: one.periodText(ctx)},
			{Body: coverageCell(one)},
			{Text: shell.Count(one.coverage.rows)},
			{Text: last},
			{Body: listActions(one)},
		})
	}
	return table
}

// sourceText names the document that a register rests on.
func sourceText(ctx context.Context, source pack.Source) string {
	if source.Document == "" {
		return ""
	}
	if source.Clause == "" || shell.From(ctx).Language == message.English {
		return source.Document
	}
	return source.Document + " · " + source.Clause
}

// Silent names the units that have not reported a register.
func (p *Pages) Silent(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	s, err := p.open(r)
	if err != nil {
		return err
	}
	c, err := p.cover(ctx, s.register, s.period, s.Number)
	if err != nil {
		return err
	}
	one := listed{register: s.register, period: s.period, coverage: c, write: p.mayWrite(ctx, s.register, s.Unit.Code)}
	title := shell.Text(ctx, "register.page.silent_title", message.Args{"register": s.register.Title.In(shell.From(ctx).Language)})
	if r.Header.Get("HX-Request") == "true" {
		return shell.RenderPart(w, r, http.StatusOK, silentPanel(title, one))
	}
	page := shell.Page{Title: title, Word: "register", Trail: trail(ctx, toRegister(ctx, s.register)), Styles: []string{"register.css"}}
	return shell.Render(w, r, http.StatusOK, page, silentPage(one))
}

// coverageText is 已报 42/45, or how many reported where nobody must.
func coverageText(ctx context.Context, r *pack.Register, c coverage) string {
	if r.Optional {
		return shell.Text(ctx, "register.page.covered_free", message.Args{"done": c.done})
	}
	return shell.Text(ctx, "register.page.covered", message.Args{"done": c.done, "due": c.due})
}

// reporters are the kinds of units that keep a register.
func reporters(ctx context.Context, r *pack.Register) string {
	text := ""
	for i, kind := range r.Of {
		if i > 0 {
			text += shell.Text(ctx, "register.page.and")
		}
		text += shell.Text(ctx, "register.of."+string(kind))
	}
	return text + " · " + shell.Text(ctx, "register.page.every", message.Args{"every": message.Word("register.every." + register.EveryName(r.Every))})
}
