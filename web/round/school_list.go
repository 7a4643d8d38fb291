package round

import (
	"net/http"
	"slices"
	"strings"

	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/round"
	"jiaoheng/standard"
	"jiaoheng/unit"
	"jiaoheng/web/shell"
)

// maxHeat is the most indicators of one heat table.
const maxHeat = 12

// heat is the schools of one stage against the requirements that are made of each.
type heat struct {
	*asked
	stage   unit.Stage
	stages  []unit.Stage
	columns []*pack.Standard
	whole   *pack.Standard // the k of n over the columns, nil without
	show    string         // "", unmet, unknown
	sort    string         // name of a column, verdict, or "" for the order of the region
	down    bool
	schools []school
	counts  tally
	silent  int
}

// school is one unit with its lines.
type school struct {
	row     int
	code    string
	name    string
	lines   map[string]round.Line
	verdict standard.Verdict
	counted bool
	known   bool // something was reported
}

// Schools shows every school of a stage against the indicators.
func (p *Pages) Schools(w http.ResponseWriter, r *http.Request) error {
	a, err := p.ask(r)
	if err != nil {
		return err
	}
	h, ok := a.heatOf(r)
	if !ok {
		return shell.NotFound
	}
	title := a.text("round.schools.title")
	if format := r.URL.Query().Get("format"); format == "csv" || format == "xlsx" {
		return a.send(w, h.grid(), title, format)
	}
	page := a.page(title)
	page.Lead = a.text("round.schools.lead")
	page.Trail = a.trail()
	if len(h.schools) > 0 {
		page.Actions = a.exportButtons(h.address("/round/schools", h.pairs()...))
	}
	return shell.Render(w, r, http.StatusOK, page, schoolList(h))
}

// heatOf reads stage, filter and order of an address; false for one that cannot be read.
func (a *asked) heatOf(r *http.Request) (heat, bool) {
	query := r.URL.Query()
	h := heat{asked: a, stage: unit.Stage(query.Get("stage")), show: query.Get("show"), sort: query.Get("sort"), down: query.Get("order") == "down"}
	h.whole, h.columns, h.stages = a.heatColumns()
	switch {
	case h.stage == "" && len(h.stages) > 0:
		h.stage = h.stages[0]
		for _, stage := range h.stages {
			if slices.Contains(a.standing.Unit.Stages, stage) {
				h.stage = stage
				break
			}
		}
	case h.stage != "" && !slices.Contains(h.stages, h.stage):
		return h, false
	}
	if !slices.Contains([]string{"", "unmet", "unknown"}, h.show) {
		return h, false
	}
	h.columns = slices.DeleteFunc(slices.Clone(h.columns), func(s *pack.Standard) bool {
		return h.stage != "" && len(s.Stages) > 0 && !slices.Contains(s.Stages, h.stage)
	})
	h.read()
	h.order()
	return h, true
}

// heatColumns returns what is asked of each school: the parts of the k of n of the pack, else its standards for schools.
func (a *asked) heatColumns() (*pack.Standard, []*pack.Standard, []unit.Stage) {
	scope := a.outcome.Scope()
	for _, s := range scope.Pack.Standards {
		if s.KofN == nil {
			continue
		}
		var columns []*pack.Standard
		for _, name := range s.KofN.Of {
			if part, known := scope.Standard(name); known {
				columns = append(columns, part)
			}
		}
		return s, columns, s.Stages
	}
	var columns []*pack.Standard
	var stages []unit.Stage
	for _, s := range scope.Pack.Standards {
		i, known := scope.Indicator(s.Name)
		if !known || s.Comparator == "" || len(i.Of) == 0 || !i.Of[0].Teaches() || len(columns) == maxHeat {
			continue
		}
		columns = append(columns, s)
		for _, stage := range i.Stages {
			if !slices.Contains(stages, stage) {
				stages = append(stages, stage)
			}
		}
	}
	return nil, columns, stages
}

// read gathers the lines of each school.
func (h *heat) read() {
	space, at := h.outcome.Space(), map[int]int{}
	wanted := map[string]bool{}
	for _, s := range h.columns {
		wanted[s.Name] = true
	}
	lines := h.outcome.LinesOf(func(name string, stage unit.Stage, row int) bool {
		return (wanted[name] || h.whole != nil && name == h.whole.Name) && (stage == h.stage || stage == "") && space.Unit(row).Kind.Teaches()
	})
	for _, l := range lines {
		if h.stage != "" && l.Stage != h.stage && l.Stage != "" {
			continue
		}
		number, known := at[l.Row]
		if !known {
			number = len(h.schools)
			at[l.Row] = number
			h.schools = append(h.schools, school{row: l.Row, code: l.Unit, name: h.placeName(round.Place{Unit: l.Unit, Section: l.Section, Name: l.UnitName}), lines: map[string]round.Line{}})
		}
		s := &h.schools[number]
		s.lines[l.Name] = l
		s.counted = s.counted || l.Counted && l.Verdict != standard.Not
		s.known = s.known || l.HasValue && l.Value.Known()
		if h.whole == nil || l.Name == h.whole.Name {
			s.verdict = max(s.verdict, l.Verdict)
		}
	}
	h.schools = slices.DeleteFunc(h.schools, func(s school) bool {
		return !slices.ContainsFunc(h.columns, func(c *pack.Standard) bool { _, has := s.lines[c.Name]; return has })
	})
	for _, s := range h.schools {
		switch {
		case s.verdict == standard.Pass:
			h.counts.met++
		case s.verdict == standard.Fail:
			h.counts.unmet++
		case s.verdict == standard.Unknown:
			h.counts.unknown++
		}
		if s.counted && !s.known {
			h.silent++
		}
	}
}

// order leaves the schools that the filter wants, in the order that is asked for.
func (h *heat) order() {
	h.schools = slices.DeleteFunc(h.schools, func(s school) bool {
		return h.show == "unmet" && s.verdict != standard.Fail || h.show == "unknown" && s.verdict != standard.Unknown
	})
	slices.SortStableFunc(h.schools, func(a, b school) int {
		c := 0
		switch h.sort {
		case "":
			c = a.row - b.row
		case "verdict":
			c = int(b.verdict) - int(a.verdict)
		default:
			c = compareValues(a.lines[h.sort], b.lines[h.sort])
		}
		if h.down {
			c = -c
		}
		if c == 0 {
			c = a.row - b.row
		}
		return c
	})
}

// compareValues orders lines by value; those without one come last.
func compareValues(a, b round.Line) int {
	x, hasX := a.Value.Number()
	y, hasY := b.Value.Number()
	switch {
	case hasX && hasY && x < y, hasX && !hasY:
		return -1
	case hasX && hasY && x > y, !hasX && hasY:
		return 1
	}
	return 0
}

// pairs are the parts of the address of this state.
func (h heat) pairs(changes ...string) []string {
	order := ""
	if h.down {
		order = "down"
	}
	pairs := []string{"stage", string(h.stage), "show", h.show, "sort", h.sort, "order", order}
	for k := 0; k+1 < len(changes); k += 2 {
		for j := 0; j < len(pairs); j += 2 {
			if pairs[j] == changes[k] {
				pairs[j+1] = changes[k+1]
			}
		}
	}
	return pairs
}

func (h heat) chips() []shell.Chip {
	var chips []shell.Chip
	for _, one := range []struct {
		show  string
		count int
	}{{"", h.counts.count()}, {"unmet", h.counts.unmet}, {"unknown", h.counts.unknown}} {
		key := "round.schools.all"
		if one.show != "" {
			key = "round.schools." + one.show
		}
		chips = append(chips, shell.Chip{Label: h.text(key), Count: shell.Count(one.count), Current: h.show == one.show, Address: h.address("/round/schools", h.pairs("show", one.show)...)})
	}
	return chips
}

func (h heat) stageChips() []shell.Chip {
	var chips []shell.Chip
	for _, stage := range h.stages {
		chips = append(chips, shell.Chip{Label: h.stageText(stage), Current: stage == h.stage, Address: h.address("/round/schools", h.pairs("stage", string(stage))...)})
	}
	return chips
}

// sentence says how many schools meet it, and what most of the others lack.
func (h heat) sentence() string {
	worst, most := "", 0
	for _, s := range h.columns {
		failing := 0
		for _, one := range h.schools {
			if one.lines[s.Name].Verdict == standard.Fail {
				failing++
			}
		}
		if failing > most {
			worst, most = s.Title.In(h.language), failing
		}
	}
	args := message.Args{"count": h.counts.count(), "met": h.counts.met, "unmet": h.counts.unmet, "unknown": h.counts.unknown, "stage": h.stageText(h.stage)}
	text := h.text("round.schools.sentence", args)
	if most > 0 {
		text += h.text("round.schools.worst", message.Args{"title": worst, "count": most})
	}
	if h.silent > 0 {
		text += h.text("round.schools.silent", message.Args{"count": h.silent})
	}
	return text
}

// grid is the heat table.
func (h heat) grid() grid {
	g := grid{caption: h.text("round.schools.title"), count: h.text("round.schools.count", message.Args{"count": len(h.schools)})}
	g.columns = append(g.columns, h.column("round.schools.school", "", "", false))
	g.columns = append(g.columns, h.column("round.column.verdict", "", "verdict", false))
	for _, s := range h.columns {
		i, _ := h.outcome.Scope().Indicator(s.Name)
		c := h.column("", s.Name, s.Name, true)
		c.title, c.unit = strings.TrimSpace(codeText(s.Code, s.Name)+" "+s.Title.In(h.language)), unitText(i.Measure, false, h.language)
		if h.language == message.English {
			c.unit = "" // units of measure are Chinese words; the totals name them
		}
		g.columns = append(g.columns, c)
	}
	for _, one := range h.schools {
		g.rows = append(g.rows, h.row(one))
	}
	if len(h.schools) > 1 {
		g.total = h.totals()
	}
	return g
}

func (h heat) column(key, _, sort string, figures bool) gridColumn {
	c := gridColumn{figures: figures}
	if key != "" {
		c.title = h.text(key)
	}
	order := ""
	if h.sort == sort {
		c.order = "ascending"
		if h.down {
			c.order = "descending"
		} else {
			order = "down"
		}
	}
	c.sort = h.address("/round/schools", h.pairs("sort", sort, "order", order)...)
	return c
}

func (h heat) row(s school) []gridCell {
	row := []gridCell{{text: s.name, address: h.addressOf("/round", s.code)}}
	verdict := gridCell{text: h.text(s.verdict.Key()), status: shell.VerdictCondition(s.verdict)}
	switch {
	case s.verdict == standard.Not:
		verdict = gridCell{text: h.text("round.excluded")}
	case !s.known:
		verdict.note = h.text("shell.status.unreported")
	}
	row = append(row, verdict)
	for _, c := range h.columns {
		row = append(row, h.cell(s, c))
	}
	return row
}

func (h heat) cell(s school, c *pack.Standard) gridCell {
	l, has := s.lines[c.Name]
	switch {
	case !has:
		return gridCell{text: "—"}
	case !l.Counted:
		return gridCell{text: h.text("round.excluded")}
	}
	cell := gridCell{text: h.valueText(l), address: h.lineAddressAt(c.Name, s.code, h.stage), panel: true, status: shell.VerdictCondition(l.Verdict), note: h.lackText(l), mixed: true}
	if !l.Value.Known() && l.Coverage.Reported == 0 {
		cell.text, cell.status = h.text("shell.status.unreported"), shell.Unreported
	}
	return cell
}

// totals are the figures of the whole standing unit with their coverage.
func (h heat) totals() []gridCell {
	lines := map[string]round.Line{}
	for _, l := range h.outcome.LinesOf(func(_ string, stage unit.Stage, row int) bool {
		return row == h.row0() && (stage == h.stage || stage == "")
	}) {
		lines[l.Name] = l
	}
	row := []gridCell{{text: h.text("round.schools.total", message.Args{"unit": h.standing.Unit.Name})}, {}}
	if h.whole != nil {
		if l, has := lines[h.whole.Name]; has {
			row[1] = gridCell{text: h.valueText(l)}
		}
	}
	for _, c := range h.columns {
		l, has := lines[c.Name]
		cell := gridCell{note: h.coverageText(l)}
		if has {
			cell.text, cell.address, cell.panel = h.valueText(l), h.lineAddress(l), true
			if h.language == message.English {
				cell.counts = unitText(l.Measure, l.Logical, h.language)
			}
			if number, known := h.partial(l); known {
				cell.text, cell.note = shell.Number(number, l.Decimals), h.text("round.partial_of", message.Args{"reported": l.Coverage.Reported, "expected": l.Coverage.Expected})
			}
		}
		row = append(row, cell)
	}
	return row
}

func (h heat) row0() int { return h.asked.row }
