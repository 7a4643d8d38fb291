package round

import (
	"encoding/json"
	"slices"
	"strings"

	"jiaoheng/expr"
	"jiaoheng/indicator"
	"jiaoheng/measure"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/standard"
	"jiaoheng/unit"
)

// Line is one figure or verdict of an outcome: an indicator, or a standard over others, for one unit and stage.
type Line struct {
	Code          string // as the official list numbers it; the name where it has none
	Name          string
	Title         pack.Text
	Row           int // of the space
	Unit          string
	UnitName      string
	Section       string // code of the section when Unit is its school
	Stage         unit.Stage
	Value         measure.Value // of a standard over others: invalid
	HasValue      bool          // false for a standard over others
	Logical       bool
	Measure       measure.Measure
	Decimals      int
	Variant       pack.Text
	Counted       bool // false for a unit that the population leaves out
	Threshold     measure.Value
	Comparator    pack.Comparator
	Verdict       standard.Verdict
	NotInForce    bool // no threshold is in force: 尚无标准
	Shortfall     standard.Shortfall
	Lacks         bool // Shortfall says something
	Numerator     measure.Value
	Denominator   measure.Value
	Divides       bool // Numerator and Denominator say something
	Coverage      indicator.Coverage
	Failing       int // units below that fail, of those judged; for the own unit 0 or 1 of 1
	Judged        int
	Source        pack.Source
	ThresholdFrom pack.Dated
}

// Lines returns every line: the indicators of the pack in their order, then the standards over others, each by stage and unit.
// A school whose lines would repeat those of its sections has none for indicators of sections.
func (o *Outcome) Lines() []Line { return o.LinesOf(nil) }

// LinesOf returns the lines for which wanted is true; nil wants all.
func (o *Outcome) LinesOf(wanted func(name string, stage unit.Stage, row int) bool) []Line {
	o.lock.Lock()
	defer o.lock.Unlock()
	count, listed := 0, o.listed()
	for k := range listed {
		listed[k].rows = o.rowsOf(listed[k], wanted)
		count += len(listed[k].rows)
	}
	lines := make([]Line, count)
	at := 0
	for _, one := range listed {
		for _, row := range one.rows {
			if one.indicator != nil {
				o.indicatorLine(&lines[at], one.indicator, one.stage, int(row))
			} else {
				o.standardLine(&lines[at], one.standard, one.stage, int(row))
			}
			at++
		}
	}
	return lines
}

// listing is an indicator, or a standard over others, for one stage, with the rows that have a line.
type listing struct {
	indicator *pack.Indicator
	standard  *pack.Standard
	stage     unit.Stage
	rows      []int32
}

// listed returns what has lines, in their order.
func (o *Outcome) listed() []listing {
	var all []listing
	done := map[string]bool{}
	add := func(i *pack.Indicator) {
		if done[i.Name] {
			return
		}
		done[i.Name] = true
		for _, stage := range stagesOf(i) {
			all = append(all, listing{indicator: i, stage: stage})
		}
	}
	for _, i := range o.prepared.scope.Pack.Indicators {
		add(i)
	}
	for _, cell := range o.prepared.cells {
		if i, measured := o.prepared.scope.Indicator(cell.Standard); measured {
			add(i)
		}
	}
	for _, cell := range o.prepared.cells {
		if s, _ := o.prepared.scope.Standard(cell.Standard); s.KofN != nil || s.All != nil {
			all = append(all, listing{standard: s, stage: cell.Stage})
		}
	}
	return all
}

// rowsOf returns the rows of a listing that have a line: a school has none where its sections have them, and nothing is
// shown above the unit that was asked for.
func (o *Outcome) rowsOf(one listing, wanted func(name string, stage unit.Stage, row int) bool) []int32 {
	space := o.run.Space
	var rows []int32
	add := func(name string, of []unit.Kind, row int) {
		if !(space.IsSchool(row) && leavesOutSchools(of)) && (wanted == nil || wanted(name, one.stage, row)) {
			rows = append(rows, int32(row))
		}
	}
	root, end := space.Root(), space.End(space.Root())
	if i := one.indicator; i != nil {
		speaks := o.run.Speaks(i, one.stage)
		rows = make([]int32, 0, speaks.Count(root, end))
		for row := range speaks.Each(root, end) {
			add(i.Name, i.Of, row)
		}
		return rows
	}
	for row, verdict := range o.judge.Verdicts(one.standard, one.stage)[root:end] {
		if verdict != standard.Not {
			add(one.standard.Name, one.standard.Of, root+row)
		}
	}
	return rows
}

// leavesOutSchools tells whether schools have no lines of something that is of these kinds.
func leavesOutSchools(of []unit.Kind) bool {
	return len(of) > 0 && of[0] == unit.Section && !slices.Contains(of, unit.School)
}

// stagesOf returns the stages for which an indicator is computed.
func stagesOf(i *pack.Indicator) []unit.Stage {
	if len(i.Stages) == 0 {
		return []unit.Stage{""}
	}
	return i.Stages
}

// place fills in whose line it is.
func (o *Outcome) place(line *Line, row int) {
	u := o.run.Space.Unit(row)
	line.Row, line.Unit, line.UnitName = row, u.Code, u.Name
	if u.Kind == unit.Section {
		line.Section, line.Unit = u.Code, u.Parent
		if line.Stage == "" {
			line.Stage = o.run.Space.Stage(row)
		}
	}
}

// unmet is the threshold of a line when none is in force, noValue the value of a standard over others.
var unmet, noValue = measure.InvalidBecause(standard.NotInForce), measure.InvalidBecause(measure.NothingToCount)

func (o *Outcome) indicatorLine(line *Line, i *pack.Indicator, stage unit.Stage, row int) {
	*line = Line{Code: codeOf(i.Code, i.Name), Name: i.Name, Title: i.Title, Stage: stage, HasValue: true, Measure: i.Measure,
		Decimals: i.Decimals, Variant: i.Variant, Source: i.Source, Counted: true, Coverage: o.run.Coverage(i, stage, row)}
	o.place(line, row)
	line.Logical = o.prepared.scope.Type(i.Name) == expr.Logical
	line.Value = o.run.Value(i, stage, row)
	why := line.Value.Reason()
	line.Counted = !(why.Kind == measure.Invalid && why.Names[0] == indicator.NotCounted)
	if parts, divides := o.run.Parts(i, stage, row); divides {
		line.Numerator, line.Denominator, line.Divides = parts.Numerator, parts.Denominator, true
	}
	s, known := o.prepared.scope.Standard(i.Name)
	if !known {
		return
	}
	line.Comparator = s.Comparator
	line.Verdict = o.judge.Verdicts(s, stage)[row]
	threshold, dated, inForce := o.judge.Threshold(s, stage, row)
	line.NotInForce, line.ThresholdFrom = !inForce, dated
	line.Threshold = unmet
	if inForce {
		line.Threshold = measure.Of(threshold)
	}
	line.Shortfall, line.Lacks = o.judge.Shortfall(s, stage, row)
	line.Failing, line.Judged = o.failing(s, stage, row)
}

func (o *Outcome) standardLine(line *Line, s *pack.Standard, stage unit.Stage, row int) {
	verdict := o.judge.Verdicts(s, stage)[row]
	*line = Line{Code: codeOf(s.Code, s.Name), Name: s.Name, Title: s.Title, Stage: stage, Counted: true, Verdict: verdict,
		Source: s.Source, Value: noValue}
	o.place(line, row)
	line.Failing, line.Judged = o.failing(s, stage, row)
	line.Coverage = indicator.Coverage{Reported: line.Judged - o.tallyOf(s, stage).count(standard.Unknown, row, o.run.Space.End(row)), Expected: line.Judged}
}

// tally counts, for each verdict, the own units of a standard in the rows before each row.
type tally [4][]int32

func (t *tally) count(v standard.Verdict, from, to int) int { return int(t[v][to] - t[v][from]) }

func (o *Outcome) tallyOf(s *pack.Standard, stage unit.Stage) *tally {
	key := standard.Cell{Standard: s.Name, Stage: stage}
	if done := o.tallies[key]; done != nil {
		return done
	}
	t := &tally{}
	for v := range t {
		t[v] = make([]int32, o.run.Space.Len()+1)
	}
	own := o.run.Space.Own(s.Of)
	for row, verdict := range o.judge.Verdicts(s, stage) {
		for v := range t {
			t[v][row+1] = t[v][row]
		}
		if own.Get(row) {
			t[verdict][row+1]++
		}
	}
	o.tallies[key] = t
	return t
}

// failing counts the judged units at or below a row, and those that fail.
func (o *Outcome) failing(s *pack.Standard, stage unit.Stage, row int) (failing, judged int) {
	t, end := o.tallyOf(s, stage), o.run.Space.End(row)
	failing = t.count(standard.Fail, row, end)
	return failing, failing + t.count(standard.Unknown, row, end) + t.count(standard.Pass, row, end)
}

func codeOf(code, name string) string {
	if code == "" {
		return name
	}
	return code
}

// ReasonText returns why there is no value, with the names of the items as people know them.
func (o *Outcome) ReasonText(value measure.Value, language message.Language) string {
	why := value.Reason()
	if why.Kind != measure.Missing {
		return value.Text(language)
	}
	titles := make([]string, len(why.Names))
	for k, name := range why.Names {
		titles[k] = o.TitleOf(name, language)
	}
	return message.Text(language, "measure.missing", message.Args{"names": strings.Join(titles, "、")})
}

// TitleOf returns the title of an item, indicator or parameter as a formula names it; the name itself when it has none.
func (o *Outcome) TitleOf(name string, language message.Language) string {
	scope, plain := o.prepared.scope, name
	for _, prefix := range []string{"school.", "county."} {
		plain = strings.TrimPrefix(plain, prefix)
	}
	if inner, before := strings.CutPrefix(plain, "prev("); before {
		return message.Text(language, "round.before", message.Args{"name": o.TitleOf(strings.TrimSuffix(inner, ")"), language)})
	}
	if item, known := scope.Item(plain); known {
		return item.Title.In(language)
	}
	if i, known := scope.Indicator(plain); known {
		return i.Title.In(language)
	}
	if p, known := scope.Parameter(plain); known {
		return p.Title.In(language)
	}
	return name
}

// lineJSON is a line as other programs read it.
type lineJSON struct {
	Code          string     `json:"code"`
	Name          string     `json:"name"`
	Title         string     `json:"title"`
	Unit          string     `json:"unit"`
	Section       string     `json:"section,omitempty"`
	Stage         unit.Stage `json:"stage"`
	Value         *float64   `json:"value"`
	Reason        string     `json:"reason"`
	Missing       []string   `json:"missing,omitempty"`
	Threshold     *float64   `json:"threshold"`
	Comparator    string     `json:"comparator"`
	Verdict       string     `json:"verdict"`
	Shortfall     *float64   `json:"shortfall"`
	ShortfallUnit string     `json:"shortfall_unit"`
	Cost          *float64   `json:"shortfall_cost,omitempty"`
	Numerator     *float64   `json:"numerator"`
	Denominator   *float64   `json:"denominator"`
	Coverage      [2]int     `json:"coverage"`
	Failing       int        `json:"failing"`
	Judged        int        `json:"judged"`
	Variant       string     `json:"variant,omitempty"`
	Counted       bool       `json:"counted"`
	Cells         []cellJSON `json:"cells,omitempty"`
}

// cellJSON is one cell of a line, such as a stage and a subject.
type cellJSON struct {
	Cell    string   `json:"cell"`
	Value   *float64 `json:"value"`
	Verdict string   `json:"verdict"`
}

// resultJSON is the answer of the command evaluate.
type resultJSON struct {
	Pack       string          `json:"pack"`
	Version    string          `json:"pack_version"`
	Period     string          `json:"period"`
	Unit       string          `json:"unit"`
	Verdict    string          `json:"verdict"`
	Switches   map[string]bool `json:"switches"`
	Changes    []Change        `json:"changes,omitempty"`
	Indicators []lineJSON      `json:"indicators"`
}

// JSON returns the outcome as other programs read it; texts in the language.
func (o *Outcome) JSON(language message.Language) ([]byte, error) {
	result := resultJSON{Pack: o.prepared.input.Pack, Version: o.prepared.scope.Pack.Version, Period: o.run.Period.String(),
		Unit: o.run.Space.Unit(o.run.Space.Root()).Code, Verdict: o.Verdict().String(), Switches: o.run.Switches, Changes: o.changes}
	for _, line := range o.Lines() {
		result.Indicators = append(result.Indicators, o.lineJSON(line, language))
	}
	return json.MarshalIndent(result, "", " ")
}

func (o *Outcome) lineJSON(line Line, language message.Language) lineJSON {
	j := lineJSON{Code: line.Code, Name: line.Name, Title: line.Title.In(language), Unit: line.Unit, Section: line.Section, Stage: line.Stage,
		Comparator: string(line.Comparator), Verdict: line.Verdict.String(), Coverage: [2]int{line.Coverage.Reported, line.Coverage.Expected},
		Failing: line.Failing, Judged: line.Judged, Variant: line.Variant.In(language), Counted: line.Counted}
	if line.HasValue {
		j.Value = number(line.Value)
		if j.Value == nil {
			j.Reason = o.ReasonText(line.Value, language)
		}
		if why := line.Value.Reason(); why.Kind == measure.Missing {
			j.Missing = why.Names
		}
	}
	if line.Comparator != "" {
		j.Threshold = number(line.Threshold)
		if line.NotInForce && j.Reason == "" {
			j.Reason = message.Text(language, standard.NotInForce, nil)
		}
	}
	if line.Lacks {
		j.Shortfall, j.ShortfallUnit = number(line.Shortfall.Amount), line.Shortfall.Counts.Text(language)
		j.Cost = number(line.Shortfall.Cost)
	}
	if line.Divides {
		j.Numerator, j.Denominator = number(line.Numerator), number(line.Denominator)
	}
	for _, cell := range o.CellLines(line, language) {
		j.Cells = append(j.Cells, cellJSON{cell.Title, number(cell.Value), cell.Verdict.String()})
	}
	return j
}

func number(value measure.Value) *float64 {
	if n, known := value.Number(); known {
		return &n
	}
	return nil
}
