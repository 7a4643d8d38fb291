package round

import (
	"math"
	"net/http"
	"slices"

	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/round"
	"jiaoheng/standard"
	"jiaoheng/web/shell"
)

// side is one of the two outcomes that are compared.
type side struct {
	key   string // as the address names it: a period, or the id of a frozen round
	title string
	found document
	names map[string]string
}

// difference is one requirement in both.
type difference struct {
	before, after *documentLine
	unit          string // name
	turned        bool
	moved         bool
}

// line is the later of the two lines.
func (d difference) line() documentLine {
	if d.after != nil {
		return *d.after
	}
	return *d.before
}

// compareView lays two outcomes side by side.
type compareView struct {
	*asked
	a, b    side
	options []shell.Option
	all     bool // lines that did not change too
	below   bool // lines of the units below
	list    []difference
	better  int
	worse   int
	open    int // turned to 无法判定
	turned  int
	moved   int
}

// Compare lays two outcomes side by side: this year and last unless the address says otherwise.
func (p *Pages) Compare(w http.ResponseWriter, r *http.Request) error {
	a, err := p.ask(r)
	if err != nil {
		return err
	}
	query := r.URL.Query()
	v := compareView{asked: a, all: query.Get("only") == "all", below: query.Get("of") == "units"}
	kept, err := p.kept(a)
	if err != nil {
		return err
	}
	v.offer(kept)
	first, second := query.Get("a"), query.Get("b")
	if first == "" {
		first = a.standing.Period.Previous().String()
	}
	if second == "" {
		second = a.standing.Period.String()
	}
	if v.a, err = p.side(a, first); err != nil {
		return err
	}
	if v.b, err = p.side(a, second); err != nil {
		return err
	}
	v.compare()
	title := a.text("round.compare.title")
	if format := query.Get("format"); format == "csv" || format == "xlsx" {
		return a.send(w, v.grid(), title, format)
	}
	page := a.page(title)
	page.Lead, page.Trail = a.text("round.compare.lead"), a.trail()
	if len(v.list) > 0 {
		page.Actions = a.exportButtons(v.here())
	}
	return shell.Render(w, r, http.StatusOK, page, roundCompare(v))
}

// offer are the outcomes to choose from: the periods with facts and the frozen rounds of the unit by the same rules.
func (v *compareView) offer(kept []round.Kept) {
	for _, p := range v.standing.Periods {
		v.options = append(v.options, shell.Option{Value: p.String(), Label: v.text("round.compare.live", message.Args{"period": p.Text(v.language)})})
	}
	for _, one := range kept {
		if one.Unit == v.standing.Unit.Code && one.Pack == v.pack.Name {
			v.options = append(v.options, shell.Option{Value: one.ID, Label: v.text("round.compare.kept", message.Args{"name": one.Name})})
		}
	}
}

// side finds what the address names.
func (p *Pages) side(a *asked, key string) (side, error) {
	if of, ok := period.Parse(key); ok {
		on := map[string]bool{}
		for _, name := range a.switches {
			on[name] = true
		}
		o, err := p.desk.Evaluate(a.ctx, round.Question{Pack: a.pack.Name, Period: of, Unit: a.standing.Unit.Code, Switches: on})
		if err != nil {
			return side{}, err
		}
		found, err := documentOf(a, o)
		return side{key: key, title: of.Text(a.language), found: found, names: namesOf(o)}, err
	}
	kept, err := p.store.Round(a.ctx, key)
	if err != nil {
		return side{}, found(err)
	}
	if !a.maySeeKept(kept) {
		return side{}, shell.NoRight
	}
	s := side{key: key, title: kept.Name}
	if s.found, err = readDocument(kept.Frozen.Results); err == nil {
		s.names, err = unitNames(kept.Frozen.Inputs)
	}
	return s, err
}

// namesOf are the names of the units of an outcome.
func namesOf(o *round.Outcome) map[string]string {
	names := map[string]string{}
	space := o.Space()
	for row := range space.Len() {
		names[space.Unit(row).Code] = space.Unit(row).Name
	}
	return names
}

// compare pairs the lines that are judged in either, those whose verdict turned first.
func (v *compareView) compare() {
	wanted := func(d document, l documentLine) bool {
		return d.own(l) != v.below && verdictOf(l.Verdict) != standard.Not
	}
	later := map[string]*documentLine{}
	for k, l := range v.b.found.Lines {
		if wanted(v.b.found, l) {
			later[l.key()] = &v.b.found.Lines[k]
		}
	}
	for k, l := range v.a.found.Lines {
		if wanted(v.a.found, l) {
			v.add(difference{before: &v.a.found.Lines[k], after: later[l.key()], unit: v.a.names[l.Unit]})
			delete(later, l.key())
		}
	}
	for k, l := range v.b.found.Lines {
		if later[l.key()] != nil {
			v.add(difference{after: &v.b.found.Lines[k], unit: v.b.names[l.Unit]})
		}
	}
	rank := func(d difference) int {
		switch {
		case d.turned:
			return 0
		case d.moved:
			return 1
		}
		return 2
	}
	slices.SortStableFunc(v.list, func(a, b difference) int { return rank(a) - rank(b) })
}

// add counts a difference and keeps it when the filter wants it.
func (v *compareView) add(d difference) {
	if d.before == nil || d.after == nil {
		d.turned = true
	} else {
		d.turned = d.before.Verdict != d.after.Verdict
		d.moved = !same(d.before.Value, d.after.Value) || !same(d.before.Threshold, d.after.Threshold) || d.before.Failing != d.after.Failing
	}
	switch {
	case d.turned && d.after != nil && d.after.Verdict == standard.Pass.String():
		v.better++
	case d.turned && d.after != nil && d.after.Verdict == standard.Fail.String():
		v.worse++
	case d.turned && d.after != nil && d.after.Verdict == standard.Unknown.String():
		v.open++
	}
	if d.turned {
		v.turned++
	} else if d.moved {
		v.moved++
	}
	if (v.all || d.turned || d.moved) && len(v.list) < MaxRows {
		v.list = append(v.list, d)
	}
}

func same(a, b *float64) bool {
	if a == nil || b == nil {
		return a == b
	}
	return math.Abs(*a-*b) <= 1e-9*max(math.Abs(*a), math.Abs(*b))
}

func (v compareView) sentence() string {
	return v.text("round.compare.sentence", message.Args{"a": v.a.title, "b": v.b.title, "turned": v.turned, "better": v.better, "worse": v.worse, "open": v.open, "moved": v.moved})
}

// here is the address of this comparison, with changes.
func (v compareView) here(changes ...string) string {
	pairs := map[string]string{"a": v.a.key, "b": v.b.key, "only": "", "of": ""}
	if v.all {
		pairs["only"] = "all"
	}
	if v.below {
		pairs["of"] = "units"
	}
	for k := 0; k+1 < len(changes); k += 2 {
		pairs[changes[k]] = changes[k+1]
	}
	return v.address("/round/compare", "a", pairs["a"], "b", pairs["b"], "only", pairs["only"], "of", pairs["of"])
}

// changeText says how a value changed.
func (v compareView) changeText(d difference) string {
	if d.before == nil || d.after == nil || d.before.Value == nil || d.after.Value == nil || d.line().Comparator == string(pack.Holds) {
		return ""
	}
	change := *d.after.Value - *d.before.Value
	decimals, _, _ := v.written(d.line())
	text := shell.Number(change, decimals)
	if change > 0 && text != "0" {
		text = "+" + text
	}
	return text
}

// grid is the comparison as a table.
func (v compareView) grid() grid {
	g := grid{caption: v.text("round.compare.title"), columns: []gridColumn{{title: v.text("round.column.requirement")}, {title: v.a.title, figures: true}, {title: v.b.title, figures: true},
		{title: v.text("round.compare.change"), figures: true}, {title: v.text("round.column.threshold"), figures: true}}, count: v.text("round.kept.lines", message.Args{"count": len(v.list)})}
	if v.below {
		g.columns = append([]gridColumn{{title: v.text("round.line.unit")}}, g.columns...)
	}
	for _, d := range v.list {
		threshold := gridCell{text: v.documentThreshold(d.line())}
		if d.before != nil && d.after != nil && !same(d.before.Threshold, d.after.Threshold) {
			threshold.note = v.text("round.compare.was", message.Args{"threshold": v.documentThreshold(*d.before)})
		}
		row := []gridCell{{code: codeText(d.line().Code, d.line().Name), text: v.documentTitle(d.line()), address: v.lineAddressAt(d.line().Name, d.line().Unit, d.line().Stage), panel: true}, v.documentValue(d.before), v.documentValue(d.after), {text: v.changeText(d)}, threshold}
		if v.below {
			row = append([]gridCell{{text: d.unit, address: v.addressOf("/round", d.line().Unit)}}, row...)
		}
		g.rows = append(g.rows, row)
	}
	return g
}
