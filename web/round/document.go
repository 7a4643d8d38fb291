package round

import (
	"encoding/json"
	"strings"

	"jiaoheng/measure"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/round"
	"jiaoheng/standard"
	"jiaoheng/unit"
	"jiaoheng/web/shell"
)

// document is an outcome as it is written down: a frozen one is shown from it alone, so that it stays what it was.
type document struct {
	Pack     string          `json:"pack"`
	Version  string          `json:"pack_version"`
	Period   string          `json:"period"`
	Unit     string          `json:"unit"`
	Verdict  string          `json:"verdict"`
	Switches map[string]bool `json:"switches"`
	Lines    []documentLine  `json:"indicators"`
}

type documentLine struct {
	Code          string     `json:"code"`
	Name          string     `json:"name"`
	Title         string     `json:"title"`
	Unit          string     `json:"unit"`
	Section       string     `json:"section"`
	Stage         unit.Stage `json:"stage"`
	Value         *float64   `json:"value"`
	Reason        string     `json:"reason"`
	Missing       []string   `json:"missing"`
	Threshold     *float64   `json:"threshold"`
	Comparator    string     `json:"comparator"`
	Verdict       string     `json:"verdict"`
	Shortfall     *float64   `json:"shortfall"`
	ShortfallUnit string     `json:"shortfall_unit"`
	Coverage      [2]int     `json:"coverage"`
	Failing       int        `json:"failing"`
	Judged        int        `json:"judged"`
}

func readDocument(results []byte) (document, error) {
	var d document
	err := json.Unmarshal(results, &d)
	return d, err
}

// documentOf writes an outcome down.
func documentOf(a *asked, o *round.Outcome) (document, error) {
	results, err := o.JSON(a.language)
	if err != nil {
		return document{}, err
	}
	return readDocument(results)
}

// unitNames reads the names of the units from frozen inputs: units may have other names now.
func unitNames(inputs []byte) (map[string]string, error) {
	var in struct {
		Units []struct{ Code, Name string } `json:"units"`
	}
	if err := json.Unmarshal(inputs, &in); err != nil {
		return nil, err
	}
	names := make(map[string]string, len(in.Units))
	for _, u := range in.Units {
		names[u.Code] = u.Name
	}
	return names, nil
}

// key is the same for the same requirement of the same unit in two documents.
func (l documentLine) key() string {
	return strings.Join([]string{l.Name, string(l.Stage), l.Unit, l.Section}, "|")
}

// own tells whether the line is about the unit of the document itself, not about one below it.
func (d document) own(l documentLine) bool { return l.Unit == d.Unit }

func verdictOf(text string) standard.Verdict {
	for _, v := range []standard.Verdict{standard.Pass, standard.Unknown, standard.Fail} {
		if v.String() == text {
			return v
		}
	}
	return standard.Not
}

// written says how values of a line are written: decimals and what they count, as far as the rules still have the indicator.
func (a *asked) written(l documentLine) (decimals int, counts string, logical bool) {
	if i, known := a.outcome.Scope().Indicator(l.Name); known {
		return i.Decimals, unitText(i.Measure, false, a.language), l.Comparator == string(pack.Holds)
	}
	return 4, "", l.Comparator == string(pack.Holds)
}

// documentValue is the value of a written line with its verdict.
func (a *asked) documentValue(l *documentLine) gridCell {
	if l == nil {
		return gridCell{text: "—"}
	}
	decimals, counts, logical := a.written(*l)
	cell := gridCell{counts: counts}
	switch {
	case l.Value == nil && l.Reason == "" && l.Judged > 0:
		cell.text, cell.counts = a.text("round.fails_of", map[string]any{"failing": l.Failing, "count": l.Judged}), ""
	case l.Value == nil && len(l.Missing) > 0:
		cell.text, cell.counts = a.text("round.silent"), ""
	case l.Value == nil:
		cell.text, cell.counts = l.Reason, ""
	case logical:
		cell.text, cell.counts = a.text("round.no"), ""
		if *l.Value != 0 {
			cell.text = a.text("round.yes")
		}
	default:
		cell.text = shell.Number(*l.Value, decimals)
	}
	if v := verdictOf(l.Verdict); v != standard.Not {
		cell.status = shell.VerdictCondition(v)
	}
	return cell
}

func (a *asked) documentThreshold(l documentLine) string {
	switch {
	case l.Comparator == string(pack.Holds):
		return a.text("round.holds")
	case l.Comparator == "" || l.Threshold == nil:
		return ""
	}
	return shell.ComparatorSign(pack.Comparator(l.Comparator)) + " " + shell.Number(*l.Threshold, shell.ThresholdDecimals)
}

func (a *asked) documentLack(l documentLine) string {
	if l.Shortfall == nil {
		return ""
	}
	key := "round.lacks"
	if l.Comparator == string(pack.AtMost) || l.Comparator == string(pack.Below) {
		key = "round.exceeds"
	}
	decimals, _, _ := a.written(l)
	amount := shell.Number(*l.Shortfall, decimals)
	if counts, err := measure.Parse(l.ShortfallUnit); err == nil {
		if text := unitText(counts, false, a.language); text != "" {
			amount += " " + text
		}
	}
	return a.text(key, map[string]any{"amount": amount})
}

func (a *asked) documentTitle(l documentLine) string {
	title := l.Title
	if i, known := a.outcome.Scope().Indicator(l.Name); known {
		title = i.Title.In(a.language)
	} else if s, known := a.outcome.Scope().Standard(l.Name); known {
		title = s.Title.In(a.language)
	}
	if l.Stage != "" {
		title = a.text("round.titled", map[string]any{"title": title, "stage": a.stageText(l.Stage)})
	}
	return title
}

// periodText writes the period of a document.
func (a *asked) periodText(text string) string {
	p, ok := period.Parse(text)
	if !ok {
		return text
	}
	return p.Text(a.language)
}

func statusOf(verdict string) shell.Condition { return shell.VerdictCondition(verdictOf(verdict)) }
