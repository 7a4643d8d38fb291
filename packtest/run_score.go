package packtest

import (
	"slices"
	"strconv"
	"strings"

	"jiaoheng/fault"
	"jiaoheng/indicator"
	"jiaoheng/measure"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/packtest/oracle"
	"jiaoheng/standard"
	"jiaoheng/unit"
)

// Words of a table of scores that are no names of a sheet.
const (
	scoreTotal = "total"
	scoreCard  = "card"
)

// expectedScores compares a table of points, totals and cards of a sheet.
func (r *runner) expectedScores(e *Expected) {
	sheet, known := r.story.Scope.Sheet(e.Name)
	scores := map[string]map[string]measure.Value{}
	if known {
		scores = r.given(sheet, e)
	}
	for _, line := range e.Lines {
		result := Result{Place: line.Place, Case: r.now.Name, What: e.What, Name: e.Name, Unit: unitText(line), Wanted: wantedText(line)}
		switch {
		case !known:
			result.Fault = fault.At(e.Place, "packtest.unknown_rule", message.Args{"name": e.Name, "what": e.What})
		case r.story.unit(r.codeOf(line.Key[0].Text)).Code == "":
			result.Fault = fault.At(line.Key[0].Place, "packtest.unknown_unit", message.Args{"id": line.Key[0].Text})
		case !namesOf(sheet)[line.Key[1].Text]:
			result.Fault = fault.At(line.Key[1].Place, "packtest.unknown_score", message.Args{"name": line.Key[1].Text, "sheet": sheet.Name})
		default:
			r.score(e, sheet, line, scores[line.Key[0].Text], &result)
		}
		r.results = append(r.results, result)
	}
}

func (r *runner) codeOf(id string) string {
	if code, known := r.story.Code(id, "", []unit.Kind{unit.School}); known {
		return code
	}
	return id
}

// namesOf are the names that a line of scores may ask for.
func namesOf(sheet *pack.Sheet) map[string]bool {
	names := map[string]bool{scoreTotal: true, scoreCard: true}
	for _, part := range sheet.Parts {
		names[part.Name] = true
	}
	for _, item := range sheet.Items() {
		names[item.Name] = true
	}
	for _, extra := range sheet.Extras() {
		names[extra.Name] = true
	}
	return names
}

// given reads what people scored, by unit and name. Names are those of checked items, deductions and bonus, vetoes that people find,
// and figures from outside.
func (r *runner) given(sheet *pack.Sheet, e *Expected) map[string]map[string]measure.Value {
	all := map[string]map[string]measure.Value{}
	allowed := namesOf(sheet)
	for _, veto := range sheet.Vetoes {
		allowed[veto.Name] = true
	}
	for _, load := range r.now.Scores {
		if load.Register != sheet.Name || load.Period != e.Period {
			continue
		}
		for _, column := range load.Head[1:] {
			if !allowed[column.Text] && !slices.Contains(pack.Figures, column.Text) {
				r.results = append(r.results, Result{Place: column.Place, Case: r.now.Name, What: e.What, Name: e.Name,
					Fault: fault.At(column.Place, "packtest.unknown_score", message.Args{"name": column.Text, "sheet": sheet.Name})})
			}
		}
		for _, row := range load.Rows {
			if all[row[0].Text] == nil {
				all[row[0].Text] = map[string]measure.Value{}
			}
			for k, word := range row[1:] {
				switch number, err := strconv.ParseFloat(word.Text, 64); {
				case word.Text == "true" || word.Text == "false":
					all[row[0].Text][load.Head[k+1].Text] = measure.Of(map[bool]float64{true: 1}[word.Text == "true"])
				case err == nil:
					all[row[0].Text][load.Head[k+1].Text] = measure.Of(number)
				}
			}
		}
	}
	return all
}

// score compares one line. The program scores by package standard, the oracle on its own.
func (r *runner) score(e *Expected, sheet *pack.Sheet, line Line, given map[string]measure.Value, result *Result) {
	code, name := r.codeOf(line.Key[0].Text), line.Key[1].Text
	r.ask(result, func(by computing) (string, bool) {
		value, card := measure.Value{}, ""
		if _, isSlow := by.(slow); isSlow {
			value, card = r.slow.(slow).world.Score(sheet, name, code, e.Period, given)
		} else {
			value, card = r.quick(sheet, name, code, e, given)
		}
		if name == scoreCard {
			if card == "" {
				card = Unknown
			}
			return card, card == line.Wants[0].Text
		}
		return told(value, line.Wants[0]), line.Wants[0].Kind == WantValue && agrees(value, line.Wants[0], name)
	})
}

// quick scores as the program does.
func (r *runner) quick(sheet *pack.Sheet, name, code string, e *Expected, given map[string]measure.Value) (measure.Value, string) {
	setting := standard.Setting{On: indicator.Day(e.Period), Regions: r.regions(code), Switches: r.story.Switches}
	scores := standard.Scores{Items: map[string]measure.Value{}, Extras: map[string]measure.Value{}, Vetoes: map[string]measure.Value{}}
	value := func(indicatorName string, stage unit.Stage) measure.Value {
		return standard.Normal(r.fast.value(indicatorName, code, stage, e.Period), indicatorName)
	}
	for _, item := range sheet.Items() {
		if points, some := given[item.Name]; item.Checked {
			if some {
				scores.Items[item.Name] = points
			}
			continue
		}
		scores.Items[item.Name] = r.automatic(item, code, given, setting, value)
	}
	for _, extra := range sheet.Extras() {
		if points, some := given[extra.Name]; some && extra.Indicator == "" {
			scores.Extras[extra.Name] = points
		} else if extra.Indicator != "" {
			scores.Extras[extra.Name] = standard.Extra(extra, value(extra.Indicator, ""))
		}
	}
	for _, veto := range sheet.Vetoes {
		if holds, some := given[veto.Name]; some && veto.Indicator == "" {
			scores.Vetoes[veto.Name] = holds
		} else if veto.Indicator != "" {
			scores.Vetoes[veto.Name] = value(veto.Indicator, "")
		}
	}
	result := standard.Sum(sheet, scores, setting)
	switch {
	case name == scoreCard:
		return measure.Value{}, result.Card
	case name == scoreTotal:
		return result.Total, ""
	}
	for _, known := range []map[string]measure.Value{result.Parts, scores.Items, scores.Extras} {
		if points, some := known[name]; some {
			return points, ""
		}
	}
	return measure.InvalidBecause(standard.NotAsked), ""
}

// automatic scores an item by its figure.
func (r *runner) automatic(item *pack.SheetItem, code string, given map[string]measure.Value, setting standard.Setting, value func(string, unit.Stage) measure.Value) measure.Value {
	var values []measure.Value
	if figure := item.Automatic.Figure; figure != "" {
		known, some := given[figure]
		if !some {
			known = measure.MissingFor(figure)
		}
		values = append(values, known)
	} else {
		i, _ := r.story.Scope.Indicator(item.Automatic.Indicator)
		stages := item.Automatic.StagesOf(i)
		if len(stages) == 0 {
			values = append(values, value(i.Name, ""))
		}
		for _, stage := range stages {
			if oracle.Teaches(r.story.Units, code, stage) {
				values = append(values, value(i.Name, stage))
			}
		}
	}
	points := make([]measure.Value, len(values))
	for k, one := range values {
		points[k], _, _ = standard.Points(item, one, setting)
	}
	return standard.Lowest(points)
}

// regions are the codes of a unit and of those above it.
func (r *runner) regions(code string) []string {
	var all []string
	for u := r.story.unit(code); u.Code != "" && len(all) < len(r.story.Units); u = r.story.unit(u.Parent) {
		all = append(all, u.Code)
		if strings.TrimSpace(u.Parent) == "" {
			break
		}
	}
	return all
}
