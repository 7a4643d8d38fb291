package report

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/plan/target"
)

// Compose writes the report of a kind from its figures. What was written into the narratives of an earlier draft is not its
// affair: see Keep. The same sources give the same report.
//
// Errors: report.kind_unknown.
func Compose(s Sources) (*Report, error) {
	if !slices.Contains(Kinds(), s.Kind) {
		return nil, fault.New("report.kind_unknown", message.Args{"kind": string(s.Kind)})
	}
	w := writer{Sources: s}
	w.report = New(s.Kind, say("report.title."+string(s.Kind), "plan", w.planText(), "unit", w.titleUnit(), "span", s.spanText()), s.Day)
	w.report.Period, w.report.Plan, w.report.PlanName, w.report.Unit, w.report.UnitName = s.spanText(), s.Plan, s.PlanName, s.Unit, s.UnitName
	w.report.Signed, w.report.Organ, w.report.To = s.Bureau, s.Organ, s.Recipient
	for _, one := range s.Targets {
		w.report.Lights = append(w.report.Lights, Lit{Light: one.Light, Name: one.Name, Target: one.Track})
	}
	switch s.Kind {
	case Weekly:
		w.weekly()
	case Monthly:
		w.monthly()
	case Quarterly:
		w.quarterly()
	case Yearly:
		w.yearly()
	case Midterm:
		w.evaluation(true)
	case Final:
		w.evaluation(false)
	}
	w.rules()
	return w.report, nil
}

// writer writes one report.
type writer struct {
	Sources
	report *Report
	asked  map[string]int
}

// titleUnit is the unit as a title names it: "" where the name of the plan holds it already.
func (w *writer) titleUnit() string {
	if strings.Contains(w.planText(), w.UnitName) {
		return ""
	}
	return w.UnitName
}

func (w *writer) planText() string {
	if w.PlanName == "" {
		return w.UnitName
	}
	return w.PlanName
}

// heading adds a heading of the catalogue.
func (w *writer) heading(level int, key string, pairs ...any) {
	w.report.Heading(level, say("report.heading."+key, pairs...))
}

func (w *writer) text(key string, pairs ...any) { w.report.Text(say(key, pairs...)) }

// count is how many targets have one of the lights.
func (w *writer) count(lights ...target.Light) int {
	n := 0
	for _, one := range w.Targets {
		if slices.Contains(lights, one.Light) {
			n++
		}
	}
	return n
}

// overview says how many targets stand how.
func (w *writer) overview() {
	pairs := []any{"day", dayText(w.Day), "unit", w.UnitName, "plan", w.planText(), "all", len(w.Targets)}
	for _, light := range target.Lights() {
		pairs = append(pairs, lightWord[light], w.count(light))
	}
	if len(w.Targets) == 0 {
		w.text("report.overview_none", pairs...)
		return
	}
	judged := len(w.Targets) - w.count(target.NoData)
	pairs = append(pairs, "share", share(w.count(target.Reached, target.Normal), judged), "judged", judged)
	w.text("report.overview", pairs...)
}

// lightWord names the places of texts for lights.
var lightWord = map[target.Light]string{target.Reached: "reached", target.Normal: "normal", target.AtRisk: "at_risk", target.Late: "late", target.NoData: "no_data"}

// lights draws and lists the counts of lights of units, offices or sections; the drawing shows those that hold most that is late
// where there are more than fit.
func (w *writer) lights(key string, tallies []Tally) {
	tallies = slices.DeleteFunc(slices.Clone(tallies), func(t Tally) bool { return t.All() == 0 })
	switch {
	case len(tallies) == 0:
		w.text("report.lights_none", "across", say("report.across."+key))
		return
	case len(tallies) == 1: // what there is to say was said of the whole
		w.text("report.lights_one", "name", tallies[0].Name, "across", say("report.across."+key))
		return
	}
	caption := say("report.lights." + key)
	chart := Chart{Title: caption, Kind: Stacked, Unit: say("report.targets_unit"), Across: say("report.across." + key)}
	shown := worst(tallies)
	chart.Sentence = w.lightsSentence(key, shown, len(tallies))
	for _, tally := range shown {
		chart.Categories = append(chart.Categories, tally.Name)
	}
	for _, light := range target.Lights() {
		series := Series{Light: light, Name: lightText(light)}
		for _, tally := range shown {
			series.Values = append(series.Values, Sure(float64(tally.Counts[light])))
		}
		chart.Series = append(chart.Series, series)
	}
	w.report.Chart(chart)
	table := Table{Caption: caption, Columns: []Column{{Title: say("report.across." + key)}, {Title: say("report.column.targets"), Align: Figures}}}
	for _, light := range target.Lights() {
		table.Columns = append(table.Columns, Column{Title: lightText(light), Align: Figures})
	}
	table.Columns = append(table.Columns, Column{Title: say("report.column.on_course"), Unit: "%", Align: Figures})
	for _, tally := range tallies {
		row := []string{tally.Name, strconv.Itoa(tally.All())}
		for _, light := range target.Lights() {
			row = append(row, strconv.Itoa(tally.Counts[light]))
		}
		good := tally.Counts[target.Reached] + tally.Counts[target.Normal]
		table.Rows = append(table.Rows, append(row, share(good, tally.All()-tally.Counts[target.NoData])))
	}
	table.Note = say("report.on_course_note")
	w.report.Table(table)
}

// maxDrawn is how many bars a chart of a report has at most.
const maxDrawn = 20

// worst returns the tallies that a chart has room for: all in their order, or those with most that is late or at risk.
func worst(tallies []Tally) []Tally {
	if len(tallies) <= maxDrawn {
		return tallies
	}
	sorted := slices.Clone(tallies)
	slices.SortStableFunc(sorted, func(a, b Tally) int {
		if d := b.Counts[target.Late] - a.Counts[target.Late]; d != 0 {
			return d
		}
		return b.Counts[target.AtRisk] - a.Counts[target.AtRisk]
	})
	return sorted[:maxDrawn]
}

func (w *writer) lightsSentence(key string, shown []Tally, all int) string {
	top := shown[0]
	for _, one := range shown {
		if one.Counts[target.Late] > top.Counts[target.Late] {
			top = one
		}
	}
	most := top.Counts[target.Late]
	if most == 0 {
		return say("report.lights_none_late", "count", all, "across", say("report.across."+key))
	}
	same := 0
	for _, one := range shown {
		if one.Counts[target.Late] == most {
			same++
		}
	}
	pairs := []any{"name", top.Name, "late", most, "all", top.All(), "same", same, "across", say("report.across." + key)}
	text := say("report.lights_most_late", pairs...)
	if same > 1 {
		text = say("report.lights_many_late", pairs...)
	}
	if all > len(shown) {
		text += say("report.lights_shown", "shown", len(shown), "count", all)
	}
	return text
}

// bySection counts the lights of the targets of each section of the plan, in the order of the plan.
func (w *writer) bySection() []Tally {
	var all []Tally
	at := map[string]int{}
	for _, one := range w.Targets {
		n, known := at[one.Section]
		if !known {
			n = len(all)
			at[one.Section] = n
			name := one.Section
			if name == "" {
				name = say("report.no_section")
			}
			all = append(all, Tally{Code: one.Section, Name: name})
		}
		all[n].Counts[one.Light]++
	}
	return all
}

// ask adds a narrative. Its id is that of what is asked for and of whom it is asked.
func (w *writer) ask(key string, wanted bool, pairs ...any) *Narrative {
	if w.asked == nil {
		w.asked = map[string]int{}
	}
	id := key
	if w.asked[key]++; w.asked[key] > 1 {
		id = fmt.Sprintf("%s.%d", key, w.asked[key])
	}
	one := Narrative{ID: id, Ask: say("report.ask."+key, pairs...), Wanted: wanted, Who: w.Bureau}
	w.report.Ask(one)
	return w.report.Blocks[len(w.report.Blocks)-1].Narrative
}

// rules says by which rules the figures came about.
func (w *writer) rules() {
	w.report.Note(say("report.frozen_note", "day", dayText(w.Day)))
	for _, rule := range w.Rules {
		w.report.Note(rule)
	}
}
