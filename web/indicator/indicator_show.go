package indicator

import (
	"context"
	"net/http"
	"slices"

	"jiaoheng/indicator"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/round"
	"jiaoheng/unit"
	"jiaoheng/web/shell"
)

// maxTrend is the most periods of a trend, the newest ones.
const maxTrend = 36

// sight is one indicator as it is looked at: for a unit, a period and a stage, with the periods around it.
type sight struct {
	ctx      context.Context
	language message.Language
	standing shell.Standing
	i        *pack.Indicator
	pack     *pack.Pack
	periods  []period.Period
	outcomes []*round.Outcome // one for each period
	now      *round.Outcome
	then     *round.Outcome // the year before
	row      int            // of the standing unit in the space of now
	stages   []unit.Stage   // of which the indicator says something here
	stage    unit.Stage
	line     round.Line
	level    string
	order    string
	lines    []round.Line // of the units below
}

// Show shows one indicator: value, trend, comparison of the units below, distribution, map and table.
func (p *Pages) Show(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	i, known := p.desk.Scope().Indicator(r.PathValue("name"))
	kind := period.SchoolYear
	if known {
		kind = i.Every
	}
	standing, err := p.stand(r, kind)
	if err != nil {
		return err
	}
	if !known {
		return shell.NotFound
	}
	s, err := p.sightOf(r, standing, i)
	if err != nil {
		return err
	}
	if form := r.URL.Query().Get("as"); form != "" {
		return send(w, r, form, s.sheet())
	}
	view := showView{sight: s}
	if len(s.stages) == 0 {
		view.empty = s.nothing()
	} else if err := p.fill(&view); err != nil {
		return err
	}
	page := shell.Page{Title: i.Title.In(s.language), Word: "indicator", Wide: true, Styles: []string{"indicator.css"},
		Lead:  shell.Text(ctx, "indicator.show.lead", message.Args{"pack": s.pack.Title.In(s.language), "unit": standing.Unit.Name, "period": s.now.Period().Text(s.language)}),
		Trail: s.trail(), Source: shell.Text(ctx, "indicator.source")}
	return shell.Render(w, r, http.StatusOK, shell.ChartFiles(page), showPage(view))
}

// sightOf reads what the address asks for.
func (p *Pages) sightOf(r *http.Request, standing shell.Standing, i *pack.Indicator) (*sight, error) {
	ctx, query := r.Context(), r.URL.Query()
	s := &sight{ctx: ctx, language: shell.From(ctx).Language, standing: standing, i: i, pack: p.packOf(i), level: query.Get("level"), order: query.Get("order")}
	var err error
	if s.periods, err = p.periodsOf(ctx, standing.Period); err != nil {
		return nil, err
	}
	if at := slices.Index(s.periods, standing.Period); at >= maxTrend {
		s.periods = s.periods[at-maxTrend+1:]
	}
	s.periods = s.periods[:min(len(s.periods), maxTrend)]
	all, err := p.look(ctx, i.Pack, append(slices.Clone(s.periods), before(standing.Period))...)
	if err != nil {
		return nil, err
	}
	s.outcomes, s.then = all[:len(s.periods)], all[len(s.periods)]
	s.now = s.outcomes[slices.Index(s.periods, standing.Period)]
	row, known := s.now.Space().Row(standing.Unit.Code)
	if !known {
		return nil, shell.NotFound
	}
	s.row = row
	for _, stage := range stagesOf(i) {
		if line, speaks := s.now.LineOf(i, stage, standing.Unit.Code); speaks {
			if len(s.stages) == 0 || string(stage) == query.Get("stage") {
				s.stage, s.line = stage, line
			}
			s.stages = append(s.stages, stage)
		}
	}
	s.compare()
	return s, nil
}

// address is that of the page with another part changed; "" takes it off.
func (s *sight) address(code string, parts ...string) string {
	address := "/indicator/" + s.i.Name
	query := map[string]string{"stage": string(s.stage), "level": s.level, "order": s.order}
	for k := 0; k+1 < len(parts); k += 2 {
		query[parts[k]] = parts[k+1]
	}
	glue := "?"
	for _, name := range []string{"stage", "level", "order"} {
		if query[name] != "" {
			address += glue + name + "=" + query[name]
			glue = "&"
		}
	}
	return shell.There(address, code, s.standing.Period)
}

// trail leads back: to the catalogue, and to the units above that the person may see.
func (s *sight) trail() []shell.Link {
	links := []shell.Link{{Label: shell.Text(s.ctx, "indicator.list.title"), Address: shell.Here(s.ctx, "/indicator?pack="+s.pack.Name)}}
	tree := shell.From(s.ctx).Tree
	var above []shell.Link
	for n := tree.Parent(s.standing.Number); n >= s.standing.Root && s.standing.Number > s.standing.Root; n = tree.Parent(n) {
		above = append(above, shell.Link{Label: tree.At(n).Name, Address: s.address(tree.At(n).Code, "level", "")})
	}
	slices.Reverse(above)
	return append(links, above...)
}

// nothing says why the indicator has no figure here: it is computed for units above, or the stage is not taught.
func (s *sight) nothing() *shell.Empty {
	text := shell.Text(s.ctx, "indicator.show.nothing_why", message.Args{"unit": s.standing.Unit.Name, "kinds": s.kindsText()})
	next := []shell.Button{{Label: shell.Text(s.ctx, "indicator.list.again"), Address: shell.Here(s.ctx, "/indicator")}}
	tree := shell.From(s.ctx).Tree
	if root := tree.At(s.standing.Root); s.standing.Number > s.standing.Root {
		next = append([]shell.Button{{Label: shell.Text(s.ctx, "indicator.show.nothing_next", message.Args{"unit": root.Name}), Kind: "primary",
			Address: shell.There("/indicator/"+s.i.Name, root.Code, s.standing.Period)}}, next...)
	}
	return &shell.Empty{Icon: "chart-line", Title: shell.Text(s.ctx, "indicator.show.nothing"), Text: text, Next: next}
}

// kindsText names the units for which the formula runs.
func (s *sight) kindsText() string {
	text := ""
	for k, kind := range s.i.Of {
		if k > 0 {
			text += shell.Text(s.ctx, "indicator.comma")
		}
		text += shell.Text(s.ctx, "admin.kind."+string(kind))
	}
	return text
}

// levels are the kinds of units below by which figures can be compared.
func levels(space *indicator.Space, row int) []unit.Kind {
	var found []unit.Kind
	for _, kind := range []unit.Kind{unit.City, unit.County, unit.Township, unit.School} {
		for below := row + 1; below < space.End(row); below++ {
			if ofLevel(space.Unit(below).Kind, kind) {
				found = append(found, kind)
				break
			}
		}
	}
	return found
}

// ofLevel tells whether units of a kind are compared at a level; kindergartens stand beside schools.
func ofLevel(kind, level unit.Kind) bool {
	return kind == level || level == unit.School && kind == unit.Kindergarten
}

// below returns the rows of the units at a level below a row; level "" is one step down.
func below(space *indicator.Space, row int, level string) []int {
	var rows []int
	for below := row + 1; below < space.End(row); {
		switch {
		case level == "":
			rows = append(rows, below)
			below = space.End(below)
		case ofLevel(space.Unit(below).Kind, unit.Kind(level)):
			rows = append(rows, below)
			below++
		default:
			below++
		}
	}
	return rows
}
