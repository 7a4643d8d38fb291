package packtest

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"jiaoheng/fault"
	"jiaoheng/measure"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/unit"
)

// Result is one line of what was expected, with what came out.
type Result struct {
	Place  fault.Place
	Case   string
	What   string // eval, judge, cells, rows, fault, or the step of a life
	Name   string // of the rule
	Unit   string // as the line names it
	Wanted string
	Found  string // "" where nothing was found, see Fault
	Slow   string // what the oracle found where it differs from Found
	Passed bool
	Fault  *fault.Fault // why the line could not be computed
}

// computing answers the questions of a case; the engine and the oracle do.
type computing interface {
	value(name, code string, stage unit.Stage, p period.Period) measure.Value
	verdict(name, code string, stage unit.Stage, p period.Period) (string, measure.Value)
	shortfall(name, code string, stage unit.Stage, p period.Period) (float64, bool)
	cell(name, code string, stage unit.Stage, p period.Period, cell string) (measure.Value, bool)
	column(register *pack.Register, row int, column string, p period.Period) measure.Value
}

// Run runs every case of a file in the scope of its pack. Every line of what is expected gives one result.
func Run(file *File, scope *pack.Scope) []Result {
	var results []Result
	for _, c := range file.Cases {
		story, faults := Tell(c, scope)
		r := &runner{story: story, now: c}
		sound := r.expectFaults(c, append(faults, broken(story)...))
		if sound && len(c.Expected) > 0 && r.engines() {
			for _, e := range c.Expected {
				r.expected(e)
			}
		}
		if sound {
			r.lives()
		}
		results = append(results, r.results...)
	}
	return results
}

type runner struct {
	story   *Story
	now     *Case
	fast    computing
	slow    computing
	results []Result
}

// expectFaults compares the faults of a case with those that it expects. It returns false where the case cannot go on.
func (r *runner) expectFaults(c *Case, faults fault.List) bool {
	expected := map[string]bool{}
	for _, e := range c.Faults {
		result := Result{Place: e.Place, Case: c.Name, What: "fault", Name: e.Key, Wanted: e.Key}
		for _, f := range faults {
			if f.Code == e.Key {
				result.Passed, result.Found = true, e.Key
			}
		}
		expected[e.Key] = true
		r.results = append(r.results, result)
	}
	goesOn := true
	for _, f := range faults {
		if !expected[f.Code] {
			r.results = append(r.results, Result{Place: f.Place, Case: c.Name, What: "fault", Found: f.Code, Fault: f})
			goesOn = false
		}
	}
	return goesOn
}

// expected compares one table.
func (r *runner) expected(e *Expected) {
	if e.What == Rows {
		r.expectedRows(e)
		return
	}
	if e.What == Score {
		r.expectedScores(e)
		return
	}
	rule, known := ruleOf(r.story.Scope, e)
	for _, line := range e.Lines {
		result := Result{Place: line.Place, Case: r.now.Name, What: e.What, Name: e.Name, Unit: unitText(line)}
		if !known {
			result.Fault = fault.At(e.Place, "packtest.unknown_rule", message.Args{"name": e.Name, "what": e.What})
			r.results = append(r.results, result)
			continue
		}
		r.line(e, line, rule, &result)
		r.results = append(r.results, result)
	}
}

// rule is what the runner needs to know of an indicator, an item or a standard.
type rule struct {
	kinds   []unit.Kind
	stages  []unit.Stage
	logical bool
}

// ruleOf finds what a table speaks of.
func ruleOf(scope *pack.Scope, e *Expected) (rule, bool) {
	if e.What == Judge {
		s, known := scope.Standard(e.Name)
		if !known {
			return rule{}, false
		}
		if i, isIndicator := scope.Indicator(e.Name); isIndicator && s.KofN == nil && s.All == nil {
			return rule{kinds: i.Of, stages: i.Stages}, true
		}
		return rule{kinds: s.Of, stages: s.Stages}, true
	}
	if i, known := scope.Indicator(e.Name); known && (e.What != Cells || i.Cells != nil) {
		return rule{kinds: i.Of, stages: i.Stages}, true
	}
	if item, known := scope.Item(e.Name); known && e.What == Eval {
		return rule{kinds: item.Register.Of}, true
	}
	return rule{}, false
}

// line compares one line of eval, judge or cells.
func (r *runner) line(e *Expected, line Line, rule rule, result *Result) {
	code, stage, why := r.unitOf(line, rule)
	if why != nil {
		result.Fault = why
		return
	}
	result.Wanted = wantedText(line)
	answer := func(by computing) (string, bool) {
		switch e.What {
		case Judge:
			return r.judged(by, e, line, code, stage)
		case Cells:
			value, some := by.cell(e.Name, code, stage, e.Period, line.Key[1].Text)
			if !some {
				return excluded, line.Wants[0].Kind == WantExcluded
			}
			return told(value, line.Wants[0]), agrees(value, line.Wants[0], e.Name)
		}
		value := by.value(e.Name, code, stage, e.Period)
		return told(value, line.Wants[0]), agrees(value, line.Wants[0], e.Name)
	}
	r.ask(result, answer)
}

// ask lets both answer. A line passes when both answers are what is wanted and the same.
func (r *runner) ask(result *Result, answer func(computing) (string, bool)) {
	slow, passed := answer(r.slow)
	result.Found, result.Passed = slow, passed
	fast, alsoPassed := answer(r.fast)
	result.Found, result.Passed = fast, passed && alsoPassed
	if fast != slow {
		result.Slow = slow
		x, err := strconv.ParseFloat(fast, 64)
		y, failed := strconv.ParseFloat(slow, 64)
		near := err == nil && failed == nil && (measure.Compare(x, y) == 0 || math.Abs(x-y) < 1e-12)
		result.Passed = result.Passed && near
	}
}

// judged compares a verdict with its shortfall or reason.
func (r *runner) judged(by computing, e *Expected, line Line, code string, stage unit.Stage) (string, bool) {
	state, why := by.verdict(e.Name, code, stage, e.Period)
	wanted := line.Wants[0].Text
	if line.Wants[0].Kind == WantExcluded {
		wanted = excluded
	}
	passed := state == wanted
	text := state
	if len(line.Wants) == 2 {
		second := line.Wants[1]
		switch lacks, some := by.shortfall(e.Name, code, stage, e.Period); {
		case state == Unknown:
			text += " " + told(why, second)
			passed = passed && agrees(why, second, e.Name)
		case some:
			text += " " + told(measure.Of(lacks), second)
			passed = passed && agrees(measure.Of(lacks), second, e.Name)
		default:
			passed = false
		}
	}
	return text, passed
}

// unitOf finds the unit and the stage that a line speaks of.
func (r *runner) unitOf(line Line, rule rule) (string, unit.Stage, *fault.Fault) {
	stage := unit.Stage(line.Stage)
	code, known := r.story.Code(line.Key[0].Text, stage, rule.kinds)
	u := r.story.unit(code)
	if !known || u.Code == "" {
		return "", "", fault.At(line.Key[0].Place, "packtest.unknown_unit", message.Args{"id": line.Key[0].Text})
	}
	if stage == "" && len(rule.stages) > 0 {
		switch {
		case u.Kind == unit.Section:
			stage = u.Stages[0]
		case len(rule.stages) == 1:
			stage = rule.stages[0]
		default:
			return "", "", fault.At(line.Key[0].Place, "packtest.stage_of_rule", message.Args{"id": line.Key[0].Text, "stage": rule.stages[0]})
		}
	}
	if u.Kind == unit.Section && len(rule.stages) == 0 {
		stage = ""
	}
	return code, stage, nil
}

// agrees tells whether a value is what is wanted.
func agrees(value measure.Value, want Want, name string) bool {
	if want.Kind == WantExcluded {
		return value.Equal(measure.InvalidBecause("indicator.not_counted")) || value.Equal(measure.MissingFor(name))
	}
	x, known := value.Number()
	y, wanted := want.Value.Number()
	if !known || !wanted {
		return value.Equal(want.Value)
	}
	if want.Decimals < 0 {
		return measure.Compare(x, y) == 0
	}
	return math.Abs(x-y) <= 0.5*math.Pow(10, -float64(want.Decimals))*(1+measure.Tolerance)
}

// told writes a value as a test would.
func told(value measure.Value, like Want) string {
	switch why := value.Reason(); why.Kind {
	case measure.Missing:
		return "missing(" + strings.Join(why.Names, ", ") + ")"
	case measure.Invalid:
		return "invalid(" + message.Text(message.Chinese, why.Names[0], nil) + ")"
	}
	number, _ := value.Number()
	if like.Word.Text == "true" || like.Word.Text == "false" {
		if number == 1 || number == 0 {
			return strconv.FormatBool(number == 1)
		}
	}
	return strconv.FormatFloat(number, 'f', -1, 64)
}

func wantedText(line Line) string {
	var words []string
	for _, want := range line.Wants {
		words = append(words, want.Word.Text)
	}
	return strings.Join(words, " ")
}

func unitText(line Line) string {
	text := line.Key[0].Text
	if line.Stage != "" {
		text += "/" + line.Stage
	}
	for _, word := range line.Key[1:] {
		text += " " + word.Text
	}
	return text
}

// Failed returns how many results did not pass.
func Failed(results []Result) int {
	failed := 0
	for _, r := range results {
		if !r.Passed {
			failed++
		}
	}
	return failed
}

// stored returns the columns of a head that tell rows apart, and those that are computed.
func stored(register *pack.Register, head []Word) (keys, computed []int, unknown []Word) {
	for i, word := range head {
		at := slices.IndexFunc(register.Columns, func(c *pack.Column) bool { return c.Name == word.Text })
		switch {
		case i == 0:
		case at < 0:
			unknown = append(unknown, word)
		case register.Columns[at].Formula == nil && register.Columns[at].Lookup == nil:
			keys = append(keys, i)
		default:
			computed = append(computed, i)
		}
	}
	return keys, computed, unknown
}
