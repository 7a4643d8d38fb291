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

// showView is what the first page shows.
type showView struct {
	*asked
	findings
	tally  tally
	causes []cause
	silent []silentUnit
	open   []string // keys of requirements whose parts are shown
}

// cause is one reason for a verdict 不达标.
type cause struct {
	code    string
	title   string
	address string
	text    string
	lack    string
}

// silentUnit is a unit that lacks something that is needed.
type silentUnit struct {
	name, address, lacks string
}

// Show shows the verdict of the standing unit with everything that it is made of.
func (p *Pages) Show(w http.ResponseWriter, r *http.Request) error {
	a, err := p.ask(r)
	if err != nil {
		return err
	}
	view := showView{asked: a, findings: a.findings(), open: r.URL.Query()["open"]}
	view.tally = tallyOf(view.groups)
	if view.reported() {
		view.causes, view.silent = view.findCauses(), a.silentUnits(view.lines)
	}
	page := a.page(a.text("round.show.title"))
	page.Lead = a.text("round.show.lead")
	if a.mayKeep() && view.reported() {
		page.Actions = shell.Press(shell.Button{Label: a.text("round.keep.title"), Icon: "lock", Address: a.address("/round/keep")})
	}
	return shell.Render(w, r, http.StatusOK, page, roundShow(view))
}

// reported tells whether anything was reported that a requirement reads.
func (v showView) reported() bool {
	for _, l := range v.lines {
		if l.Coverage.Reported > 0 {
			return true
		}
	}
	return false
}

// sentence says the verdict and how it is made.
func (v showView) sentence() string {
	verdict := v.outcome.Verdict()
	return v.text("round.show.sentence", message.Args{"unit": v.standing.Unit.Name, "period": v.standing.Period.Text(v.language), "pack": v.pack.Title.In(v.language),
		"verdict": v.text(verdict.Key()), "count": v.tally.count(), "met": v.tally.met, "unmet": v.tally.unmet, "unknown": v.tally.unknown})
}

// figures are the numbers of the first page.
func (v showView) figures() []shell.Figure {
	count := func(key string, n int, note string) shell.Figure {
		return shell.Figure{Label: v.text(key), Value: shell.Count(n), Unit: v.text("round.show.items"), Note: note}
	}
	figures := []shell.Figure{count("standard.pass", v.tally.met, ""), count("standard.fail", v.tally.unmet, ""), count("standard.unknown", v.tally.unknown, "")}
	silent := shell.Figure{Label: v.text("round.show.silent_units"), Value: shell.Count(len(v.silent)), Unit: v.text("round.show.units")}
	if len(v.silent) > 0 {
		silent.Address = "#silent"
	}
	return append(figures, silent)
}

// maxNamed is how many units a sentence names.
const maxNamed = 4

// findCauses tells for each requirement that is not met what breaks it.
func (v showView) findCauses() []cause {
	var causes []cause
	for _, g := range v.groups {
		for _, one := range g.items {
			if one.line.Verdict == standard.Fail {
				causes = append(causes, v.causeOf(one.line))
			}
		}
	}
	return causes
}

func (v showView) causeOf(l round.Line) cause {
	c := cause{code: codeText(l.Code, l.Name), title: v.titleOf(l.Title, l.Stage), address: v.lineAddress(l)}
	breakers := v.outcome.Breakers(l.Name, l.Stage, l.Row)
	switch {
	case len(breakers) > 0 && breakers[0].Coefficient:
		c.text = v.text("round.cause.coefficient", message.Args{"value": v.valueText(l), "threshold": v.thresholdText(l), "unit": breakers[0].Name,
			"without": shell.Number(breakers[0].Without, l.Decimals)})
		c.address = v.address("/round/coefficient", "name", l.Name, "stage", string(l.Stage))
	case len(breakers) > 0 && breakers[0].Row != l.Row:
		c.text = v.text("round.cause.units", message.Args{"count": len(distinct(breakers)), "units": v.namesOf(breakers)})
	case l.HasValue && l.Logical:
		c.text = v.text("round.cause.condition")
	case l.HasValue:
		c.text = v.text("round.cause.value", message.Args{"value": v.valueText(l) + unitBehind(l, v.language), "threshold": v.thresholdText(l)})
	default:
		c.text = v.text("round.cause.parts")
	}
	if l.Lacks && (len(breakers) == 0 || !breakers[0].Coefficient) {
		key := "round.cause.lack"
		if l.Shortfall.Units < 2 {
			key = "round.cause.lack_one"
		}
		c.lack = v.text(key, message.Args{"lack": v.lackText(l)})
	}
	return c
}

func unitBehind(l round.Line, language message.Language) string {
	if text := unitText(l.Measure, l.Logical, language); text != "" && (language == message.Chinese || text == "%") {
		return " " + text
	}
	return ""
}

// distinct returns the breakers without those of a unit that was named before.
func distinct(breakers []round.Breaker) []round.Breaker {
	var once []round.Breaker
	for _, b := range breakers {
		if !slices.ContainsFunc(once, func(o round.Breaker) bool { return o.Unit == b.Unit }) {
			once = append(once, b)
		}
	}
	return once
}

// namesOf names the units of breakers, the first few of many.
func (a *asked) namesOf(breakers []round.Breaker) string {
	var names []string
	for _, b := range distinct(breakers) {
		names = append(names, a.placeName(b.Place))
	}
	return a.someNames(names)
}

func (a *asked) someNames(names []string) string {
	joined := strings.Join(names[:min(len(names), maxNamed)], a.text("round.comma"))
	if len(names) > maxNamed {
		joined = a.text("round.and_more", message.Args{"names": joined, "count": len(names)})
	}
	return joined
}

// placeName is the name of a unit; of a section that of its school.
func (a *asked) placeName(place round.Place) string {
	if place.Section != "" {
		if row, known := a.outcome.Space().Row(place.Unit); known {
			return a.outcome.Space().Unit(row).Name
		}
	}
	return place.Name
}

// silentUnits gathers the units that lack something that a line reads, with what it is.
func (a *asked) silentUnits(lines map[cellKey]round.Line) []silentUnit {
	lacks := map[string][]string{}
	places := map[string]round.Place{}
	var rows []int
	for key, l := range lines {
		if !l.HasValue || l.Coverage.Reported >= l.Coverage.Expected {
			continue
		}
		e, _ := a.outcome.Explain(l.Name, l.Unit, key.stage)
		for _, silent := range e.Silent {
			if a.strange(e.Indicator, silent.Place) {
				continue
			}
			if _, known := places[silent.Unit]; !known {
				places[silent.Unit] = silent.Place
				rows = append(rows, silent.Row)
			}
			lacks[silent.Unit] = append(lacks[silent.Unit], silent.Missing...)
		}
	}
	slices.Sort(rows)
	var all []silentUnit
	for _, row := range rows {
		for code, place := range places {
			if place.Row == row {
				names := lacks[code]
				slices.Sort(names)
				all = append(all, silentUnit{name: a.placeName(place), address: a.addressOf("/round", code), lacks: a.lackedText(slices.Compact(names))})
			}
		}
	}
	return all
}

// strange tells whether a unit is a kindergarten of which the indicator does not speak.
func (a *asked) strange(i *pack.Indicator, place round.Place) bool {
	return i != nil && a.outcome.Space().Unit(place.Row).Kind == unit.Kindergarten && !slices.Contains(i.Of, unit.Kindergarten)
}

// lackedText names items; of many the first few.
func (a *asked) lackedText(names []string) string {
	titles := make([]string, len(names))
	for k, name := range names {
		titles[k] = a.outcome.TitleOf(name, a.language)
	}
	return a.someNames(titles)
}

// lineAddress is the address of the panel and page of a line.
func (a *asked) lineAddress(l round.Line) string {
	return a.lineAddressAt(l.Name, l.Unit, l.Stage)
}

func (a *asked) lineAddressAt(name, code string, stage unit.Stage) string {
	return a.addressOf("/round/line", code, "name", name, "stage", string(stage))
}

// switchRow is one relaxation with the address that turns it.
type switchRow struct {
	title, note, address, checked string
	on                            bool
}

// switchRows are the switches of the pack.
func (a *asked) switchRows(path string) []switchRow {
	var rows []switchRow
	state := a.outcome.Switches()
	for _, one := range a.outcome.Scope().Switches() {
		row := switchRow{title: one.Title.In(a.language), note: one.Source.Note.In(a.language), on: state[one.Name]}
		if one.Source.Checked != pack.Verified {
			row.checked = a.doubtText(one.Source)
		}
		var next []string
		for _, name := range a.switches {
			if name != one.Name {
				next = append(next, name)
			}
		}
		if !row.on {
			next = append(next, one.Name)
		}
		if !one.Default {
			row.address = a.addressWith(path, a.pack.Name, a.standing.Unit.Code, next)
		}
		rows = append(rows, row)
	}
	return rows
}

// switchedText names the switches that the address turned on.
func (a *asked) switchedText() string {
	var titles []string
	for _, name := range a.switches {
		one, _ := a.outcome.Scope().Switch(name)
		titles = append(titles, one.Title.In(a.language))
	}
	return strings.Join(titles, a.text("round.semicolon"))
}
