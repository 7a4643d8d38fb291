package main

import (
	"fmt"
	"slices"
	"strings"

	"jiaoheng/assessment"
	"jiaoheng/assessment/figure"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/stats/item"
	"jiaoheng/stats/table"
)

// assessItemsCommand analyses a test: read the answers, score choices by the key, compute, say what it means.
type assessItemsCommand struct {
	Path      string   `arg:"" name:"data" help:"Answers: .csv, .csv.gz, .xlsx or -; a row is a pupil, a column an item; empty means no answer."`
	Group     string   `placeholder:"COLUMN" help:"Column with two groups whose answers are compared at equal totals."`
	Key       string   `placeholder:"FILE|…" help:"Right options: a table with columns item and key (and full), or one letter for each item in their order, or A=b,C=d."`
	Items     []string `placeholder:"A,B,…" help:"The items; without it every column that holds scores or has a key, save numbers and groups of pupils."`
	Without   []string `placeholder:"A,B,…" help:"Columns that are no items."`
	Full      []string `placeholder:"A=5,…" help:"Full marks of items; without it the highest score that was earned."`
	Freq      string   `placeholder:"COLUMN" help:"Column with the frequency of each row."`
	Missing   string   `enum:"zero,complete" default:"zero" help:"zero: no answer counts 0; complete: pupils with a missing answer are left out."`
	Purify    bool     `help:"Match pupils on a total without the items that were flagged."`
	Marked    []string `placeholder:"A,B" help:"Two columns with the marks of two markers; their agreement is told."`
	Tolerance float64  `default:"1" help:"By how many marks two markers may differ."`
	Data      string   `placeholder:"DIR" help:"Folder of the data; its folder packs may hold local packs."`
	JSON      bool     `name:"json" help:"Print one JSON document."`
}

// itemsAnswer is the answer as JSON.
type itemsAnswer struct {
	item.Result
	Agreement *item.Agreement `json:"agreement,omitempty"`
	Advice    []itemsAdvice   `json:"advice"`
	Rules     []itemsRule     `json:"rules"`
	Ignored   []string        `json:"columns_ignored"`
}

type itemsAdvice struct {
	Item string   `json:"item"`
	Says []string `json:"says"`
}

// itemsRule is a threshold behind the advice.
type itemsRule struct {
	Name    string  `json:"name"`
	Title   string  `json:"title"`
	Value   float64 `json:"value"`
	From    string  `json:"from"`
	Source  string  `json:"source"`
	Checked string  `json:"checked"`
}

// Run analyses and prints.
func (c *assessItemsCommand) Run(e *environment) error {
	if n := len(c.Marked); n != 0 && n != 2 {
		return fault.New("item.two_markers", message.Args{"count": n})
	}
	set, err := loadMeasuring(c.Data)
	if err != nil {
		return err
	}
	rules, err := assessment.RulesOf(set, e.today())
	if err != nil {
		return err
	}
	read, err := readData(c.Path, e.in)
	if err != nil {
		return err
	}
	answer := itemsAnswer{Ignored: []string{}}
	data, faults := c.answers(e, read, &answer)
	if len(faults) > 0 {
		return located(c.Path, faults)
	}
	options := item.Options{Complete: c.Missing == "complete", Tail: rules.GroupShare.Share(), Classes: figure.ClassesOf(rules), Purify: c.Purify}
	if answer.Result, faults = item.Analyse(data, options); len(faults) > 0 {
		return located(c.Path, faults)
	}
	if answer.Agreement, err = c.agreement(read); err != nil {
		return err
	}
	for _, a := range figure.Advise(answer.Result, rules) {
		one := itemsAdvice{Item: a.Item}
		for _, s := range a.Says {
			one.Says = append(one.Says, s.Text(e.language))
		}
		answer.Advice = append(answer.Advice, one)
	}
	answer.Rules = rulesBehind(rules, e.language)
	if c.JSON {
		return e.sayJSON(answer)
	}
	itemsPrint{e, answer}.all()
	return nil
}

// located puts the name of the file into faults.
func located(path string, faults fault.List) error {
	for _, f := range faults {
		f.Place.File = dataName(path)
	}
	return faults.Err()
}

func rulesBehind(rules assessment.Rules, language message.Language) []itemsRule {
	var all []itemsRule
	for _, r := range rules.All() {
		if slices.Contains([]string{"assessment_group_share", "assessment_easy", "assessment_hard", "assessment_selection_low", "assessment_selection_high",
			"assessment_discrimination_good", "assessment_discrimination_fair", "assessment_alpha_least", "assessment_alpha_high",
			"assessment_dif_small", "assessment_dif_large", "assessment_confidence"}, r.Name) {
			all = append(all, itemsRule{r.Name, r.Title.In(language), r.Value, r.From.String(), r.Source.Document + " " + r.Source.Clause, string(r.Source.Checked)})
		}
	}
	return all
}

// agreement compares two markers where it is asked for.
func (c *assessItemsCommand) agreement(read *table.Table) (*item.Agreement, error) {
	if len(c.Marked) == 0 {
		return nil, nil
	}
	var marks [2][]float64
	for k, name := range c.Marked {
		column, faults := numbers(read, name)
		if len(faults) > 0 {
			return nil, located(c.Path, faults)
		}
		marks[k] = column
	}
	agreement, f := item.Agree(marks[0], marks[1], c.Tolerance)
	if f != nil {
		return nil, f
	}
	return &agreement, nil
}

// itemsPrint prints the answer for people.
type itemsPrint struct {
	*environment
	answer itemsAnswer
}

func (p itemsPrint) all() {
	t := p.answer.Test
	p.say("item.print.test", message.Args{"n": t.N, "items": t.Items, "mean": short(t.Mean), "full": short(t.Full), "sd": short(t.SD1),
		"alpha": maybe(t.Alpha), "sem": maybe(t.Error), "out": t.LeftOut})
	p.say("item.print.tails", message.Args{"high": t.High, "low": t.Low})
	for _, one := range t.Item {
		p.say("item.print.item", message.Args{"item": one.Name, "p": short(one.Difficulty), "d": short(one.D), "r": maybe(one.RestR), "without": maybe(one.AlphaWithout)})
	}
	if f := p.answer.Functioning; f != nil {
		p.say("item.print.groups", message.Args{"first": f.Groups[0], "second": f.Groups[1]})
		for _, d := range f.Items {
			p.say("item.print.differs", message.Args{"item": d.Item, "alpha": maybe(d.Alpha), "delta": maybe(d.Delta), "chi": maybe(d.Chi), "class": d.Class})
		}
	}
	if a := p.answer.Agreement; a != nil {
		p.say("item.print.agreement", message.Args{"n": a.N, "exact": short(a.Exact), "within": short(a.Within), "tolerance": a.Tolerance, "kappa": maybe(a.Kappa)})
	}
	for _, a := range p.answer.Advice {
		fmt.Fprintln(p.out, strings.TrimSpace(a.Item+"  "+strings.Join(a.Says, "")))
	}
	if len(p.answer.Ignored) > 0 {
		fmt.Fprintln(p.err, message.Text(p.language, "item.print.ignored", message.Args{"columns": strings.Join(p.answer.Ignored, ", ")}))
	}
}

func short(x float64) string { return fmt.Sprintf("%.3f", x) }

func maybe(x *float64) string {
	if x == nil {
		return "—"
	}
	return short(*x)
}
