package round

import (
	"net/http"

	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/round"
	"jiaoheng/standard"
	"jiaoheng/unit"
	"jiaoheng/web/shell"
)

// maxWays is how many ways are shown for one school.
const maxWays = 3

// shortfall is everything that is lacking in the standing unit.
type shortfall struct {
	*asked
	own   []round.Line // of each unit that lacks something
	sums  []round.Line // of the standing unit, over those
	ways  []schoolWays
	money float64
	whole bool // every gap has a price
}

// schoolWays are the ways in which one school would pass a k of n.
type schoolWays struct {
	name, address, title string
	ways                 []standard.Way
}

// Shortfall lists what is lacking, per unit and summed, with the ways to pass and the money as far as there are prices.
func (p *Pages) Shortfall(w http.ResponseWriter, r *http.Request) error {
	a, err := p.ask(r)
	if err != nil {
		return err
	}
	s := a.shortfall()
	title := a.text("round.shortfall.title")
	if format := r.URL.Query().Get("format"); format == "csv" || format == "xlsx" {
		return a.send(w, s.grid(), title, format)
	}
	page := a.page(title)
	page.Lead, page.Trail = a.text("round.shortfall.lead"), a.trail()
	if len(s.own) > 0 {
		page.Actions = a.exportButtons(a.address("/round/shortfall"))
	}
	return shell.Render(w, r, http.StatusOK, page, shortfallList(s))
}

// shortfall gathers what each unit lacks for its own verdicts.
func (a *asked) shortfall() shortfall {
	s := shortfall{asked: a, whole: true}
	space, scope := a.outcome.Space(), a.outcome.Scope()
	ownOf := func(name string, row int) bool {
		i, known := scope.Indicator(name)
		return known && space.Own(i.Of).Get(row)
	}
	for _, l := range a.outcome.LinesOf(nil) {
		if l.Verdict != standard.Fail {
			continue
		}
		if l.Row == a.row && l.Lacks {
			s.sums = append(s.sums, l)
		}
		if ownOf(l.Name, l.Row) && l.Lacks && len(s.own) < MaxRows {
			s.own = append(s.own, l)
			cost, known := l.Shortfall.Cost.Number()
			s.money += cost
			s.whole = s.whole && known
		}
		if rule, known := scope.Standard(l.Name); known && rule.KofN != nil {
			s.addWays(rule, l, space.Own(rule.Of).Get(l.Row))
		}
	}
	if space.Unit(a.row).Kind == unit.School {
		s.sums = nil
	}
	return s
}

func (s *shortfall) addWays(rule *pack.Standard, l round.Line, own bool) {
	if ways := s.outcome.Ways(l.Name, l.Stage, l.Row); own && len(ways) > 0 {
		s.ways = append(s.ways, schoolWays{name: s.unitName(l), address: s.addressOf("/round", l.Unit), title: s.titleOf(rule.Title, l.Stage), ways: ways[:min(len(ways), maxWays)]})
	}
}

// unitName is the name of the unit of a line; of a section that of its school.
func (a *asked) unitName(l round.Line) string {
	return a.placeName(round.Place{Unit: l.Unit, Section: l.Section, Name: l.UnitName})
}

func (s shortfall) sentence() string {
	units := map[string]bool{}
	for _, l := range s.own {
		units[l.Unit] = true
	}
	text := s.text("round.shortfall.sentence", message.Args{"count": len(s.own), "units": len(units)})
	if s.money > 0 {
		key := "round.shortfall.money_part"
		if s.whole {
			key = "round.shortfall.money"
		}
		text += s.text(key, message.Args{"money": moneyText(s.asked, s.money)})
	}
	return text
}

func (s shortfall) cost(l round.Line) string {
	cost, known := l.Shortfall.Cost.Number()
	if !known {
		return ""
	}
	return moneyText(s.asked, cost)
}

// grid is the list of each unit's gaps.
func (s shortfall) grid() grid {
	g := grid{caption: s.text("round.shortfall.title"), columns: []gridColumn{{title: s.text("round.line.unit")}, {title: s.text("round.column.requirement")}, {title: s.text("round.column.value"), figures: true},
		{title: s.text("round.column.threshold"), figures: true}, {title: s.text("round.column.lack")}, {title: s.text("round.shortfall.cost"), figures: true}},
		count: s.text("round.shortfall.count", message.Args{"count": len(s.own)})}
	for _, l := range s.own {
		title := s.titleOf(l.Title, l.Stage)
		g.rows = append(g.rows, []gridCell{{text: s.unitName(l), address: s.addressOf("/round", l.Unit)}, {code: codeText(l.Code, l.Name), text: title, address: s.lineAddress(l), panel: true},
			{text: s.valueText(l), counts: unitText(l.Measure, l.Logical, s.language)}, {text: s.thresholdText(l)}, {text: s.lackText(l), mixed: true}, {text: s.cost(l)}})
	}
	if s.money > 0 && len(s.own) > 1 {
		g.total = []gridCell{{text: s.text("round.shortfall.total")}, {}, {}, {}, {}, {text: moneyText(s.asked, s.money), note: s.incomplete()}}
	}
	return g
}

func (s shortfall) incomplete() string {
	if s.whole {
		return ""
	}
	return s.text("round.shortfall.incomplete")
}

// summary is what is lacking in all, by requirement.
func (s shortfall) summary() grid {
	g := grid{caption: s.text("round.shortfall.sums"), columns: []gridColumn{{title: s.text("round.column.requirement")}, {title: s.text("round.shortfall.units"), figures: true},
		{title: s.text("round.shortfall.amount")}, {title: s.text("round.shortfall.cost"), figures: true}, {title: s.text("round.column.coverage")}}}
	for _, l := range s.sums {
		title := s.titleOf(l.Title, l.Stage)
		g.rows = append(g.rows, []gridCell{{code: codeText(l.Code, l.Name), text: title, address: s.lineAddress(l), panel: true}, {text: shell.Count(l.Shortfall.Units)}, {text: s.lackText(l), mixed: true}, {text: s.cost(l)}, {text: s.coverageText(l)}})
	}
	return g
}
