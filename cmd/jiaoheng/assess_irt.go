package main

import (
	"fmt"
	"math"
	"strings"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/stats/irt"
)

// assessIrtCommand fits an item response model: read the answers, fit, add what is asked for, print.
type assessIrtCommand struct {
	Data      string    `arg:"" help:"Answers: .csv, .csv.gz, .xlsx or -; a row is a person or a pattern, a column an item; empty means no answer."`
	Model     string    `required:"" placeholder:"NAME" help:"rasch, 1pl, 2pl, 3pl, gpcm or grm."`
	Freq      string    `placeholder:"COLUMN" help:"Column with the frequency of each row."`
	Items     []string  `placeholder:"A,B,…" help:"The items; without it all columns that are not named otherwise."`
	Without   []string  `placeholder:"A,B,…" help:"Columns that are no items, such as pupil numbers."`
	Nodes     int       `default:"161" help:"Nodes of the quadrature."`
	Reach     float64   `default:"8" help:"The nodes go from minus this to this."`
	Prior     []float64 `placeholder:"A,B" help:"Prior Beta(A, B) of guessing in 3pl; 5,17 unless given, 1,1 is none."`
	Cuts      []float64 `placeholder:"X,Y,…" help:"Cut points of levels on the scale of the ability."`
	Plausible int       `placeholder:"M" help:"Draw M plausible values for each row; needs --seed."`
	Seed      *uint64   `placeholder:"N" help:"Seed of the plausible values."`
	Group     string    `placeholder:"COLUMN" help:"Column of groups whose means the plausible values are conditioned on."`
	JSON      bool      `name:"json" help:"Print one JSON document."`
}

// Run fits. A model without a maximum is no failure of the command: the certificate says so.
func (c *assessIrtCommand) Run(e *environment) error {
	options, err := c.options()
	if err != nil {
		return err
	}
	data, groups, err := c.read(e)
	if err != nil {
		return c.located(err)
	}
	result, err := irt.Fit(data, options)
	if err != nil {
		return c.located(err)
	}
	fit := result.Measures()
	fit.Items = result.ItemFits()
	more, err := c.more(result, groups)
	if err != nil {
		return err
	}
	if c.JSON {
		return result.WriteJSON(e.out, fit, more)
	}
	assessIrtPrint{e, result, fit}.all(more)
	return nil
}

// options reads the flags, all faults at once.
func (c *assessIrtCommand) options() (irt.Options, error) {
	var faults fault.List
	model, err := irt.ParseModel(c.Model)
	faults.Add(fault.Of(err)...)
	options := irt.Options{Model: model, Nodes: c.Nodes, Reach: c.Reach}
	switch {
	case len(c.Prior) == 2:
		options.Guess = irt.Beta{A: c.Prior[0], B: c.Prior[1]}
	case len(c.Prior) != 0:
		faults.Add(fault.New("irt.prior_two", nil))
	}
	if c.Plausible != 0 && c.Seed == nil {
		faults.Add(fault.New("irt.seed_missing", nil))
	}
	if c.Group != "" && c.Plausible == 0 {
		faults.Add(fault.New("irt.group_alone", nil))
	}
	return options, faults.Err()
}

// read reads the answers without holding the text.
func (c *assessIrtCommand) read(e *environment) (irt.Data, irt.Groups, error) {
	source, err := openData(c.Data, e.in)
	if err != nil {
		return irt.Data{}, irt.Groups{}, err
	}
	defer source.Close()
	columns := irt.Columns{File: dataName(c.Data), Frequency: c.Freq, Group: c.Group, Items: c.Items, Without: c.Without}
	if source.rows != nil {
		return irt.FromRows(source.rows, columns)
	}
	data, groups, err := irt.Scan(source, columns)
	return data, groups, dataFault(c.Data, err)
}

// located puts the name of the file into faults that do not have it.
func (c *assessIrtCommand) located(err error) error {
	for _, f := range fault.Of(err) {
		if f.Place.File == "" {
			f.Place.File = dataName(c.Data)
		}
	}
	return err
}

// more computes what stands beside the model in the document.
func (c *assessIrtCommand) more(result *irt.Result, groups irt.Groups) (map[string]any, error) {
	var grid []float64
	for ability := -4.0; ability <= 4; ability += 0.25 {
		grid = append(grid, ability)
	}
	more := map[string]any{"information": result.Information(grid), "map": result.Map()}
	if len(c.Cuts) > 0 {
		levels, err := result.Levels(c.Cuts)
		if err != nil {
			return nil, err
		}
		more["levels"] = levels
	}
	if c.Plausible != 0 {
		values, err := result.Plausible(c.Plausible, *c.Seed, groups)
		if err != nil {
			return nil, err
		}
		more["plausible"] = values
	}
	return more, nil
}

// assessIrtPrint writes a fitted model for people.
type assessIrtPrint struct {
	*environment
	result *irt.Result
	fit    irt.Measures
}

// all prints the model, its items, what was left out, and whether the maximum was reached.
func (p assessIrtPrint) all(more map[string]any) {
	r := p.result
	p.say("irt.head", message.Args{"model": message.Word("irt.model." + strings.ToLower(string(r.Model))), "items": len(r.Items), "persons": r.Persons,
		"loglik": fixed(r.LogLik, 4), "aic": fixed(p.fit.AIC, 2), "bic": fixed(p.fit.BIC, 2)})
	if r.Model == irt.Rasch {
		p.say("irt.ability_sd", message.Args{"sd": fixed(r.AbilitySD, 4)})
	}
	if r.Empty > 0 {
		p.say("irt.empty_rows", message.Args{"count": r.Empty})
	}
	p.say("irt.items_head", nil)
	for item, name := range r.Items {
		cells := []string{name, fixed(r.Slope[item], 3), several(r.Difficulty[item])}
		if r.Guessing != nil {
			cells = append(cells, fixed(r.Guessing[item], 3))
		}
		if f := p.fit.Items[item]; f.P != nil {
			cells = append(cells, message.Text(p.language, "irt.item_fit", message.Args{"statistic": fixed(*f.SX2, 2), "freedom": f.Freedom, "p": fixed(*f.P, 3)}))
		}
		fmt.Fprintln(p.out, strings.Join(cells, "\t"))
	}
	p.notes()
	if levels, asked := more["levels"].([]irt.Level); asked {
		p.levels(levels)
	}
	p.certificate()
}

// notes prints which items were left out or renumbered.
func (p assessIrtPrint) notes() {
	for _, d := range p.result.Dropped {
		score := 0
		if d.Score != nil {
			score = *d.Score
		}
		p.say("irt.dropped."+d.Reason, message.Args{"item": d.Item, "score": score})
	}
	for _, c := range p.result.Collapsed {
		p.say("irt.collapsed", message.Args{"item": c.Item, "scores": strings.Trim(fmt.Sprint(c.Scores), "[]")})
	}
	for item, slope := range p.result.Slope {
		if slope < 0 {
			p.say("irt.negative_slope", message.Args{"item": p.result.Items[item]})
		}
	}
}

func (p assessIrtPrint) levels(levels []irt.Level) {
	for i, level := range levels {
		from, to := "−∞", "+∞"
		if level.From != nil {
			from = fixed(*level.From, 2)
		}
		if level.To != nil {
			to = fixed(*level.To, 2)
		}
		p.say("irt.level", message.Args{"number": i + 1, "from": from, "to": to, "share": fixed(100*level.Share, 1)})
	}
}

func (p assessIrtPrint) certificate() {
	cert := p.result.Certificate
	key := "irt.converged"
	if !cert.Converged {
		key = "irt.not_converged"
	}
	p.say(key, message.Args{"gradient": fmt.Sprintf("%.1e", cert.Gradient), "iterations": cert.Iterations, "starts": cert.Starts, "nodes": cert.Nodes})
	for _, name := range cert.Boundary {
		p.say("irt.boundary", message.Args{"name": name})
	}
}

func fixed(value float64, decimals int) string {
	if math.IsNaN(value) {
		return "—"
	}
	return fmt.Sprintf("%.*f", decimals, value)
}

func several(values []float64) string {
	texts := make([]string, len(values))
	for i, value := range values {
		texts[i] = fixed(value, 3)
	}
	return strings.Join(texts, " ")
}
