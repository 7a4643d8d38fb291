package main

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"jiaoheng/assessment"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/stats/scale"
	"jiaoheng/stats/table"
)

// assessScaleCommand turns the marks of a column into scores and prints the table of scores.
type assessScaleCommand struct {
	Path   string   `arg:"" name:"data" help:"Marks: .csv, .csv.gz, .xlsx or -; a row is a pupil; empty means absent."`
	Rule   string   `required:"" placeholder:"RULE" help:"z, t, 500, normal, percentile, or a scale of the packs such as five_bands; an unknown one lists them."`
	Ties   string   `placeholder:"reach|within|nearest|all" help:"Where pupils of one mark at a cut go; without it as the scale says."`
	Single string   `placeholder:"middle|high|low" help:"What a band with one mark gets; without it as the scale says."`
	Round  string   `placeholder:"half_up|half_even|down|up" help:"How scores become whole; without it as the scale says."`
	Zeros  string   `placeholder:"counted|apart" help:"Whether pupils with mark 0 count among those whose shares are taken."`
	Absent string   `placeholder:"counted|apart" help:"Whether absent pupils count among them."`
	Column string   `placeholder:"C" help:"Column of the marks; needed where there are several columns of numbers."`
	Where  []string `placeholder:"C=V" help:"Only rows whose column C is V."`
	Data   string   `placeholder:"DIR" help:"Folder of the data; its folder packs may hold local packs."`
	JSON   bool     `name:"json" help:"Print one JSON document."`
}

// scaleAnswer is the answer for standard scores; that for bands holds a table under the name of each rule of ties.
type scaleAnswer struct {
	Scheme string     `json:"scheme"`
	N      int        `json:"n"`
	Absent int        `json:"absent"`
	Mean   float64    `json:"mean"`
	SD     float64    `json:"sd_n"`
	Table  []scaleRow `json:"table"`
}

type scaleRow struct {
	Raw      float64 `json:"raw"`
	Count    int     `json:"count"`
	CumShare float64 `json:"cum_share"`
	Exact    float64 `json:"exact"`
}

// Run reads, computes and prints.
func (c *assessScaleCommand) Run(e *environment) error {
	set, err := loadMeasuring(c.Data)
	if err != nil {
		return err
	}
	if faults := c.words(); len(faults) > 0 {
		return faults
	}
	read, err := readData(c.Path, e.in)
	if err != nil {
		return err
	}
	values, faults := c.marks(read)
	if len(faults) > 0 {
		return located(c.Path, faults)
	}
	marks, absent := scale.Tally(values)
	if len(marks) == 0 {
		return located(c.Path, fault.List{fault.New("scale.nobody", nil)})
	}
	scope := set.Closure(assessment.PackName)
	if scores, known, f := standardScores(c.Rule, marks); known {
		if f != nil {
			return located(c.Path, fault.List{f})
		}
		return c.standard(e, c.Rule, marks, absent, scores)
	}
	rule, known := scope.Scale(c.Rule)
	if !known {
		return fault.New("scale.unknown", message.Args{"rule": c.Rule, "known": strings.Join(scaleNames(scope), " ")})
	}
	if rule.Normal != nil {
		n := rule.Normal
		return c.standard(e, rule.Title.In(e.language), marks, absent, scale.Normal(marks, n.Mean, n.Spread, n.Least, n.Most))
	}
	return c.assigned(e, rule, marks, absent)
}

// words checks the options that are words.
func (c *assessScaleCommand) words() (faults fault.List) {
	for _, option := range []struct{ name, value, words string }{
		{"--ties", c.Ties, "reach within nearest all"}, {"--single", c.Single, "middle high low"}, {"--round", c.Round, "half_up half_even down up"},
		{"--zeros", c.Zeros, "counted apart"}, {"--absent", c.Absent, "counted apart"}} {
		if option.value != "" && !strings.Contains(" "+option.words+" ", " "+option.value+" ") {
			faults.Add(fault.New("scale.option", message.Args{"option": option.name, "value": option.value, "words": option.words}))
		}
	}
	return faults
}

// standardScores are the scores that need no pack.
func standardScores(rule string, marks []scale.Mark) (scores []float64, known bool, f *fault.Fault) {
	ok := true
	switch strings.ToLower(rule) {
	case "z":
		scores, ok = scale.Standard(marks, 0, 1)
	case "t":
		scores, ok = scale.Standard(marks, 50, 10)
	case "500":
		scores, ok = scale.Standard(marks, 500, 100)
	case "normal":
		scores = scale.Normal(marks, 0, 1, math.Inf(-1), math.Inf(1))
	case "percentile":
		scores = scale.PercentileRanks(marks)
	default:
		return nil, false, nil
	}
	if !ok {
		f = fault.New("scale.all_equal", nil)
	}
	return scores, true, f
}

func scaleNames(scope *pack.Scope) []string {
	names := []string{"z", "t", "500", "normal", "percentile"}
	for _, s := range scope.Scales() {
		names = append(names, s.Name)
	}
	return names
}

// marks are the values of the column, of the rows that are asked for.
func (c *assessScaleCommand) marks(read *table.Table) ([]float64, fault.List) {
	name := c.Column
	if name == "" {
		var columns []string
		for _, column := range read.Columns {
			if !column.Text && !slices.Contains(aboutPupils, strings.ToLower(column.Name)) {
				columns = append(columns, column.Name)
			}
		}
		if len(columns) != 1 {
			return nil, fault.List{fault.New("scale.which_column", message.Args{"count": len(columns), "columns": strings.Join(columns, " ")})}
		}
		name = columns[0]
	}
	values, faults := numbers(read, name)
	for _, where := range c.Where {
		column, word, _ := strings.Cut(where, "=")
		words, known := read.Column(column)
		if !known {
			faults.Add(fault.New("item.no_column", message.Args{"column": column}))
			continue
		}
		factor := words.Factor()
		values = slices.Clone(values)
		for row, code := range factor.Codes {
			if code < 0 || factor.Levels[code] != word {
				values[row] = math.Inf(1) // not asked for; a missing mark is not a number
			}
		}
	}
	return slices.DeleteFunc(slices.Clone(values), func(v float64) bool { return math.IsInf(v, 0) }), faults
}

func (c *assessScaleCommand) standard(e *environment, title string, marks []scale.Mark, absent int, scores []float64) error {
	answer := scaleAnswer{Scheme: title, N: scale.Pupils(marks), Absent: absent}
	answer.Mean, answer.SD = scale.Moments(marks)
	above := 0
	for k, m := range marks {
		above += m.Count
		answer.Table = append(answer.Table, scaleRow{m.Raw, m.Count, float64(above) / float64(answer.N), scores[k]})
	}
	if c.JSON {
		return e.sayJSON(answer)
	}
	e.say("scale.print.standard", message.Args{"rule": title, "n": answer.N, "mean": short(answer.Mean), "sd": short(answer.SD)})
	for _, r := range answer.Table {
		fmt.Fprintf(e.out, "%s\t%d\t%.4f\t%.4f\n", plainNumber(r.Raw), r.Count, r.CumShare, r.Exact)
	}
	return nil
}

func plainNumber(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

func (c *assessScaleCommand) assigned(e *environment, rule *pack.ScoreScale, marks []scale.Mark, absent int) error {
	scheme := c.changed(rule.Scheme)
	ties := []scale.Ties{scheme.Ties}
	if c.Ties == "all" {
		ties = []scale.Ties{scale.Reach, scale.Within, scale.Nearest}
	}
	answer := map[string]any{"scheme": rule.Title.In(e.language), "rule": rule.Name, "n": scale.Pupils(marks), "absent": absent,
		"single": scheme.Single, "rounding": scheme.Round, "source": rule.Source.Document + " " + rule.Source.Clause, "checked": rule.Source.Checked}
	for _, t := range ties {
		scheme.Ties = t
		rows, f := scheme.Assign(marks, absent)
		if f != nil {
			return f
		}
		answer[string(t)] = rows
		if c.JSON {
			continue
		}
		e.say("scale.print.assigned", message.Args{"rule": rule.Title.In(e.language), "n": scale.Pupils(marks), "ties": message.Word("scale.word." + string(t))})
		for _, r := range rows {
			fmt.Fprintf(e.out, "%s\t%d\t%.4f\t%s\t%d\n", plainNumber(r.Raw), r.Count, r.CumShare, r.Band, r.Assigned)
		}
	}
	if c.JSON {
		return e.sayJSON(answer)
	}
	return nil
}

func (c *assessScaleCommand) changed(s scale.Scheme) scale.Scheme {
	if c.Ties != "" && c.Ties != "all" {
		s.Ties = scale.Ties(c.Ties)
	}
	if c.Single != "" {
		s.Single = scale.Single(c.Single)
	}
	if c.Round != "" {
		s.Round = scale.Rounding(c.Round)
	}
	if c.Zeros != "" {
		s.Zeros = c.Zeros == "counted"
	}
	if c.Absent != "" {
		s.Absent = c.Absent == "counted"
	}
	return s
}
