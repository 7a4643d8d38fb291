package round

import (
	"encoding/json"
	"net/http"

	"jiaoheng/access"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/round"
	"jiaoheng/standard"
	"jiaoheng/web/shell"
)

// keptView is one frozen round, shown from what was written down.
type keptView struct {
	*asked
	kept   round.Kept
	found  document
	names  map[string]string
	person string
	below  bool // lines of the units below too
}

// KeptList shows the frozen rounds that the present post may see.
func (p *Pages) KeptList(w http.ResponseWriter, r *http.Request) error {
	a, err := p.ask(r)
	if err != nil {
		return err
	}
	all, err := p.kept(a)
	if err != nil {
		return err
	}
	page := a.page(a.text("round.kept.title"))
	page.Lead, page.Trail = a.text("round.kept.lead"), a.trail()
	return shell.Render(w, r, http.StatusOK, page, keptList(a, a.keptTable(all, p)))
}

// kept returns the frozen rounds of units that the present post may see.
func (p *Pages) kept(a *asked) ([]round.Kept, error) {
	all, err := p.store.Rounds(a.ctx)
	if err != nil {
		return nil, err
	}
	var seen []round.Kept
	for _, one := range all {
		if a.maySeeKept(one) {
			seen = append(seen, one)
		}
	}
	return seen, nil
}

func (a *asked) maySeeKept(kept round.Kept) bool {
	number, known := shell.From(a.ctx).Tree.Number(kept.Unit)
	return known && shell.MaySee(a.ctx, access.Fact, number)
}

func (a *asked) keptTable(all []round.Kept, p *Pages) shell.Table {
	g := grid{caption: a.text("round.kept.title"), columns: []gridColumn{{title: a.text("round.kept.name")}, {title: a.text("round.line.unit")}, {title: a.text("round.line.period")},
		{title: a.text("round.chips.pack")}, {title: a.text("round.column.verdict")}, {title: a.text("round.kept.by")}}, count: a.text("round.kept.count", message.Args{"count": len(all)})}
	for _, one := range all {
		g.rows = append(g.rows, []gridCell{{text: one.Name, address: "/round/kept/" + one.ID, note: one.Reason}, {text: a.unitNamed(one.Unit)}, {text: one.Period.Text(a.language)},
			{text: a.packNamed(one.Pack)}, {text: a.text(verdictOf(one.Verdict).Key()), status: statusOf(one.Verdict)},
			{text: p.nameOf(a.ctx, one.Person), note: shell.Moment(a.ctx, one.At)}})
	}
	return g.table()
}

func (a *asked) unitNamed(code string) string {
	one, _ := shell.From(a.ctx).Tree.Find(code)
	return one.Name
}

func (a *asked) packNamed(name string) string {
	for _, one := range a.packs {
		if one.Name == name {
			return packTitle(a.ctx, one)
		}
	}
	return name
}

// openKept reads a frozen round that the present post may see. What stands around it is that of its own unit.
func (p *Pages) openKept(r *http.Request) (keptView, error) {
	a, err := p.ask(r)
	if err != nil {
		return keptView{}, err
	}
	kept, err := p.store.Round(a.ctx, r.PathValue("id"))
	if err != nil {
		return keptView{}, found(err)
	}
	if !a.maySeeKept(kept) {
		return keptView{}, shell.NoRight
	}
	view := keptView{asked: a, kept: kept, below: r.URL.Query().Get("of") == "units", person: p.nameOf(a.ctx, kept.Person)}
	if view.found, err = readDocument(kept.Frozen.Results); err == nil {
		view.names, err = unitNames(kept.Frozen.Inputs)
	}
	return view, err
}

// KeptShow shows a frozen round as it was found.
func (p *Pages) KeptShow(w http.ResponseWriter, r *http.Request) error {
	view, err := p.openKept(r)
	if err != nil {
		return err
	}
	page := view.page(view.kept.Name)
	page.Lead = view.kept.Reason
	page.Trail = append(view.trail(), shell.Link{Label: view.text("round.tab.kept"), Address: "/round/kept"})
	page.Source = view.text("round.source", message.Args{"pack": view.packNamed(view.kept.Pack), "version": view.kept.Version})
	return shell.Render(w, r, http.StatusOK, page, keptShow(view))
}

// KeptExport sends a frozen round with everything that it was computed from.
func (p *Pages) KeptExport(w http.ResponseWriter, r *http.Request) error {
	view, err := p.openKept(r)
	if err != nil {
		return err
	}
	data, err := json.Marshal(struct {
		Name    string          `json:"name"`
		Reason  string          `json:"reason"`
		Digest  string          `json:"digest"`
		Inputs  json.RawMessage `json:"inputs"`
		Results json.RawMessage `json:"results"`
	}{view.kept.Name, view.kept.Reason, view.kept.Digest, view.kept.Frozen.Inputs, view.kept.Frozen.Results})
	if err != nil {
		return err
	}
	return sendFile(w, "application/json", view.kept.Name+".json", data)
}

// KeptRepeat computes a frozen round again from what was written down and tells whether every byte is the same.
func (p *Pages) KeptRepeat(w http.ResponseWriter, r *http.Request) error {
	view, err := p.openKept(r)
	if err != nil {
		return err
	}
	if faults := round.Repeat(view.kept.Frozen); len(faults) > 0 {
		return fault.List(faults)
	}
	shell.Redirect(w, r, "/round/kept/"+view.kept.ID, "round.kept.same", message.Args{"digest": view.kept.Digest[:min(12, len(view.kept.Digest))]})
	return nil
}

// facts are what a frozen round is.
func (v keptView) facts() []shell.Fact {
	return []shell.Fact{{Name: v.text("round.line.unit"), Text: v.names[v.kept.Unit]}, {Name: v.text("round.line.period"), Text: v.kept.Period.Text(v.language)},
		{Name: v.text("round.column.verdict"), Body: verdictWord(verdictOf(v.kept.Verdict))},
		{Name: v.text("round.chips.pack"), Text: v.text("round.line.version", message.Args{"pack": v.packNamed(v.kept.Pack), "version": v.kept.Version})},
		{Name: v.text("round.kept.by"), Text: v.person, Note: shell.Moment(v.ctx, v.kept.At)}, {Name: v.text("round.kept.digest"), Body: digestBody(v.kept.Digest)}}
}

// grid are the lines of the round: of its unit, or of the units below.
func (v keptView) grid() grid {
	g := grid{caption: v.kept.Name, columns: []gridColumn{{title: v.text("round.column.requirement")}, {title: v.text("round.column.value"), figures: true},
		{title: v.text("round.column.threshold"), figures: true}, {title: v.text("round.column.lack")}, {title: v.text("round.column.coverage")}}}
	if v.below {
		g.columns = append([]gridColumn{{title: v.text("round.line.unit")}}, g.columns...)
	}
	for _, l := range v.found.Lines {
		if v.found.own(l) == v.below || verdictOf(l.Verdict) == standard.Not || len(g.rows) >= maxShown {
			continue
		}
		coverage := ""
		if l.Coverage[1] > 1 {
			coverage = v.text("round.reported", message.Args{"reported": l.Coverage[0], "expected": l.Coverage[1]})
		}
		row := []gridCell{{code: codeText(l.Code, l.Name), text: v.documentTitle(l)}, v.documentValue(&l), {text: v.documentThreshold(l)}, {text: v.documentLack(l), mixed: true}, {text: coverage}}
		if v.below {
			row = append([]gridCell{{text: v.names[l.Unit]}}, row...)
		}
		g.rows = append(g.rows, row)
	}
	g.count = v.text("round.kept.lines", message.Args{"count": len(g.rows)})
	return g
}

// maxShown is the most rows of one page of written lines; files hold all of them.
const maxShown = 2000
