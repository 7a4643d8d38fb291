package report

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"jiaoheng/plan/target"
)

// offCourse are the targets that are late or at risk, late ones first, in the order of the plan.
func (w *writer) offCourse() []Standing {
	var all []Standing
	for _, light := range []target.Light{target.Late, target.AtRisk} {
		for _, one := range w.Targets {
			if one.Light == light {
				all = append(all, one)
			}
		}
	}
	return all
}

// offCourseTable lists the targets that are late or at risk with what they lack.
func (w *writer) offCourseTable() {
	rows := w.offCourse()
	if len(rows) == 0 {
		w.text("report.none_off_course")
		return
	}
	w.text("report.off_course", "late", w.count(target.Late), "at_risk", w.count(target.AtRisk))
	table := Table{Caption: say("report.table.off_course"), Columns: columns("target", "lead", "goal", "value:r", "expected:r", "gap:r", "needed:r", "light:c")}
	for _, one := range rows {
		table.Rows = append(table.Rows, []string{one.Name, one.LeadName, goalText(one.Goal), one.valueText(), w.number(one, one.Expected), one.difference(one.Gap), one.difference(one.Needed), lightText(one.Light)})
	}
	table.Note = say("report.off_course_note")
	w.report.Table(table)
}

// columns are columns of the catalogue; ":r" sets one right, ":c" in the middle.
func columns(words ...string) []Column {
	all := make([]Column, len(words))
	for n, word := range words {
		name, how, _ := strings.Cut(word, ":")
		all[n] = Column{Title: say("report.column." + name), Align: map[string]Align{"r": Figures, "c": Short}[how]}
	}
	return all
}

func (w *writer) number(one Standing, value Value) string {
	if !value.Is {
		return "—"
	}
	return Number(value.Number, one.Decimals) + one.Goal.Unit
}

// difference is a difference of two values in a cell: that of percentages is a bare number of points.
func (s Standing) difference(value Value) string {
	if !value.Is {
		return "—"
	}
	if s.Goal.Unit == "%" {
		return Number(value.Number, s.Decimals)
	}
	return Number(value.Number, s.Decimals) + s.Goal.Unit
}

// valueText is the latest value with its period, or why there is none.
func (s Standing) valueText() string {
	if !s.Value.Is {
		if s.Lacks != "" {
			return s.Lacks
		}
		return say("report.no_value")
	}
	text := Number(s.Value.Number, s.Decimals) + s.Goal.Unit
	if s.Of != "" {
		text = say("report.value_of", "value", text, "of", s.Of)
	}
	return text
}

// changes compares the lights with those of the report before.
func (w *writer) changes() {
	if w.Before == nil {
		w.text("report.changes_first")
		return
	}
	before := map[target.Track]target.Light{}
	for _, one := range w.Before.Lights {
		before[one.Target] = one.Light
	}
	table := Table{Caption: say("report.table.changes"), Columns: columns("target", "lead", "before:c", "now:c", "value:r", "why")}
	better, worse := 0, 0
	for _, one := range w.Targets {
		was, known := before[one.Track]
		if known && was == one.Light {
			continue
		}
		text := lightText(was)
		switch {
		case !known:
			text = say("report.new_target")
		case one.Light < was:
			better++
		default:
			worse++
		}
		table.Rows = append(table.Rows, []string{one.Name, one.LeadName, text, lightText(one.Light), one.valueText(), one.Why})
	}
	pairs := []any{"before", w.Before.Number, "day", dayText(w.Before.Date()), "better", better, "worse", worse}
	if len(table.Rows) == 0 {
		w.text("report.changes_none", pairs...)
		return
	}
	w.text("report.changes", pairs...)
	w.report.Table(table)
}

// pressing lists what is due within the period and what is overdue.
func (w *writer) pressing() {
	due, late := 0, 0
	for _, ledger := range w.Ledgers {
		due, late = due+len(ledger.Due), late+ledger.Overdue
	}
	from, to := w.Span()
	if due+late == 0 {
		w.text("report.pressing_none", "from", dayText(from), "to", dayText(to))
		return
	}
	w.text("report.pressing", "due", due, "late", late, "from", dayText(from), "to", dayText(to))
	w.items("due", func(l Ledger) []Item { return l.Due })
	w.items("late", func(l Ledger) []Item { return l.Late })
}

// items lists rows of all ledgers.
func (w *writer) items(key string, of func(Ledger) []Item) {
	words := []string{"item", "ledger:c", "of_unit", "lead", "state:c", "due:c"}
	if key == "late" {
		words = append(words, "days_late:r")
	}
	table := Table{Caption: say("report.table.items." + key), Columns: columns(words...)}
	all := 0
	for _, ledger := range w.Ledgers {
		for _, one := range of(ledger) {
			row := []string{one.Name, ledger.Title, one.UnitName, one.LeadName, one.State, dayText(one.Due)}
			if key == "late" {
				row = append(row, strconv.Itoa(one.DaysLate))
			}
			table.Rows = append(table.Rows, row)
		}
		if key == "late" {
			all += ledger.Overdue
		}
	}
	if left := all - len(table.Rows); left > 0 {
		table.Note = say("report.rows_left", "count", left)
	}
	w.report.Table(table)
}

// silent lists who has written nothing for long.
func (w *writer) silent() {
	if len(w.Silent) == 0 {
		w.text("report.silent_none")
		return
	}
	all := slices.Clone(w.Silent)
	slices.SortStableFunc(all, func(a, b Silence) int { return cmp.Compare(b.Days, a.Days) })
	w.text("report.silent", "count", len(all), "name", all[0].Name, "days", all[0].Days)
	table := Table{Caption: say("report.table.silent"), Columns: columns("of_unit", "silent_days:r", "waiting_targets:r")}
	for _, one := range all {
		table.Rows = append(table.Rows, []string{one.Name, strconv.Itoa(one.Days), strconv.Itoa(one.Targets)})
	}
	w.report.Table(table)
}

// ledgers says how many rows of each ledger are in which state, as table and chart.
func (w *writer) ledgers() {
	if !slices.ContainsFunc(w.Ledgers, func(l Ledger) bool {
		return slices.ContainsFunc(l.States, func(s StateCount) bool { return s.Count > 0 })
	}) {
		w.text("report.ledgers_none")
		return
	}
	for _, ledger := range w.Ledgers {
		all := 0
		for _, state := range ledger.States {
			all += state.Count
		}
		if all == 0 {
			continue
		}
		chart := Chart{Title: say("report.table.states", "ledger", ledger.Title), Kind: Bars, Unit: say("report.items_unit"), Across: say("report.column.state"),
			Sentence: say("report.states", "ledger", ledger.Title, "all", all, "open", ledger.Open, "done", all-ledger.Open, "overdue", ledger.Overdue, "share", share(all-ledger.Open, all))}
		series := Series{Name: say("report.column.count")}
		table := Table{Caption: chart.Title, Columns: columns("state", "count:r", "share:r")}
		for _, state := range ledger.States {
			chart.Categories = append(chart.Categories, state.Name)
			series.Values = append(series.Values, Sure(float64(state.Count)))
			table.Rows = append(table.Rows, []string{state.Name, strconv.Itoa(state.Count), share(state.Count, all)})
		}
		chart.Series = []Series{series}
		w.heading(2, "ledger", "ledger", ledger.Title)
		w.report.Chart(chart).Table(table)
	}
}

// rated lists the results of appraisals with a chart of the scores.
func (w *writer) rated() {
	if len(w.Rated) == 0 {
		w.text("report.rated_none")
		return
	}
	sheets := []string{}
	for _, one := range w.Rated {
		if !slices.Contains(sheets, one.Sheet) {
			sheets = append(sheets, one.Sheet)
		}
	}
	for _, sheet := range sheets {
		w.ratedSheet(sheet)
	}
}

func (w *writer) ratedSheet(sheet string) {
	table := Table{Caption: sheet, Columns: columns("rank:c", "of_unit", "score:r", "card:c")}
	chart := Chart{Title: say("report.table.scores", "sheet", sheet), Kind: Bars, Unit: say("report.points"), Across: say("report.column.of_unit"), Decimals: 1}
	series := Series{Name: say("report.column.score")}
	best := Rated{}
	for _, one := range w.Rated {
		if one.Sheet != sheet {
			continue
		}
		rank := "—"
		if one.Rank > 0 {
			rank = strconv.Itoa(one.Rank)
		}
		table.Rows = append(table.Rows, []string{rank, one.Name, Cell(one.Score, 2), one.Card})
		if len(chart.Categories) < 2*maxDrawn {
			chart.Categories, series.Values = append(chart.Categories, one.Name), append(series.Values, one.Score)
		}
		if one.Score.Is && (!best.Score.Is || one.Score.Number > best.Score.Number) {
			best = one
		}
	}
	chart.Series = []Series{series}
	chart.Sentence = say("report.rated", "sheet", sheet, "count", len(table.Rows), "name", best.Name, "score", Cell(best.Score, 2))
	w.report.Chart(chart).Table(table)
}
