package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/stats/survey"
)

// all makes every estimate that is asked for.
func (r *surveyRun) all() (surveyOut, error) {
	c := r.command
	out := surveyOut{Rows: r.design.Rows(), Strata: r.design.Strata(), Clusters: r.design.Clusters(), Freedom: r.design.Freedom(), Errors: "linearised", Estimates: []surveyEstimate{}}
	replicates, err := r.replicates()
	if err != nil && len(fault.Of(err)) == 0 {
		return out, err
	}
	r.faults.Add(fault.Of(err)...) // what the columns lack is told together with it
	if replicates != nil {
		out.Errors = c.Replicates
	}
	codes, levels := r.classes(c.By)
	r.estimates(&out, replicates, "", nil)
	for k, level := range levels {
		r.estimates(&out, replicates, level, func(row int) bool { return codes[row] == int32(k) })
	}
	if c.Regress != "" {
		r.regress(&out, replicates)
	}
	if len(c.Plausible) > 0 {
		r.plausible(&out, replicates)
	}
	if len(r.faults) == 0 && len(out.Estimates) == 0 && out.Regress == nil && out.Plausible == nil {
		r.faults.Add(fault.New("survey.nothing", nil))
	}
	return out, r.faults.Err()
}

// replicates makes the replicate weights that are asked for, nil where standard errors are linearised.
func (r *surveyRun) replicates() (*survey.Replicates, error) {
	kind, rest, _ := strings.Cut(r.command.Replicates, ":")
	wrong := fault.New("survey.replicates_kind", message.Args{"text": r.command.Replicates})
	switch kind {
	case "":
		return nil, nil
	case "jackknife":
		return r.design.Jackknife()
	case "brr":
		return r.design.Balanced(0)
	case "fay":
		factor, err := strconv.ParseFloat(rest, 64)
		if err != nil {
			return nil, wrong
		}
		return r.design.Balanced(factor)
	case "bootstrap":
		count, err := strconv.Atoi(rest)
		if err != nil {
			return nil, wrong
		}
		return r.design.Bootstrap(count, r.command.Seed)
	case "jk2", "jk2both":
		zone, unit, _ := strings.Cut(rest, ":")
		zones, _ := r.full(zone)
		halves, names := r.full(unit)
		if len(names) > 2 || zone == "" || unit == "" {
			return nil, wrong
		}
		if err := r.faults.Err(); err != nil {
			return nil, err
		}
		units := make([]int8, len(halves))
		for i, half := range halves {
			units[i] = int8(half)
		}
		return survey.JK2(r.design.Weights(), zones, units, kind == "jk2both")
	}
	return nil, wrong
}

// both is the rows that lie in two domains.
func both(a, b survey.Domain) survey.Domain {
	switch {
	case a == nil:
		return b
	case b == nil:
		return a
	}
	return func(row int) bool { return a(row) && b(row) }
}

// estimates makes the figures of columns over a domain.
func (r *surveyRun) estimates(out *surveyOut, replicates *survey.Replicates, of string, in survey.Domain) {
	c, s := r.command, r.design
	add := func(figure, column, class string, e survey.Estimate) *surveyEstimate {
		low, high := e.Interval(c.Level / 100)
		out.Estimates = append(out.Estimates, surveyEstimate{Figure: figure, Column: column, Class: class, Of: of, Value: e.Value, SE: e.SE, Low: low, High: high, Rows: e.Rows})
		return &out.Estimates[len(out.Estimates)-1]
	}
	for _, name := range c.Mean {
		y, there := r.numbers(name)
		domain := both(in, there)
		one := s.Mean(y, domain)
		if replicates != nil {
			one = replicated(replicates, one, y, domain, survey.MeanOf)
		}
		row := add("mean", name, "", one)
		if replicates == nil {
			row.Effect = s.DesignEffect(y, domain)
		}
	}
	for _, name := range c.Deviation {
		y, there := r.numbers(name)
		domain := both(in, there)
		one := s.SD(y, domain)
		if replicates != nil {
			one = replicated(replicates, one, y, domain, survey.SDOf)
		}
		add("sd", name, "", one)
	}
	if replicates != nil && len(c.Total)+len(c.Ratio)+len(c.Share)+len(c.Quantile) > 0 {
		if of == "" {
			r.faults.Add(fault.New("survey.linear_only", nil))
		}
		return
	}
	r.linear(in, add)
}

// linear makes the figures whose standard errors are linearised.
func (r *surveyRun) linear(in survey.Domain, add func(figure, column, class string, e survey.Estimate) *surveyEstimate) {
	c, s := r.command, r.design
	for _, name := range c.Total {
		y, there := r.numbers(name)
		add("total", name, "", s.Total(y, both(in, there)))
	}
	for _, text := range c.Ratio {
		upper, lower, _ := strings.Cut(text, "/")
		y, thereY := r.numbers(upper)
		x, thereX := r.numbers(lower)
		add("ratio", text, "", s.Ratio(y, x, both(in, both(thereY, thereX))))
	}
	for _, name := range c.Share {
		codes, levels := r.classes(name)
		for k, level := range levels {
			hit := func(row int) bool { return codes[row] == int32(k) }
			add("share", name, level, s.Share(hit, both(in, func(row int) bool { return codes[row] >= 0 })))
		}
	}
	for _, text := range c.Quantile {
		name, at, _ := strings.Cut(text, ":")
		p, err := strconv.ParseFloat(at, 64)
		if err != nil || !(p > 0 && p < 1) {
			r.faults.Add(fault.New("survey.quantile", message.Args{"text": text}))
			continue
		}
		y, there := r.numbers(name)
		add("quantile", text, "", s.Quantile(y, p, both(in, there)))
	}
}

// replicated replaces value and error of an estimate by those of replicates; rows outside the domain weigh nothing in each.
func replicated(replicates *survey.Replicates, one survey.Estimate, y []float64, in survey.Domain, statistic func(values, weights []float64) []float64) survey.Estimate {
	figures := replicates.Estimate(func(weights []float64) []float64 { return statistic(y, inDomain(weights, in)) })
	one.Value, one.SE, one.Freedom = figures.Values[0], figures.SE[0], replicates.Freedom
	return one
}

func inDomain(weights []float64, in survey.Domain) []float64 {
	if in == nil {
		return weights
	}
	out := slices.Clone(weights)
	for row := range out {
		if !in(row) {
			out[row] = 0
		}
	}
	return out
}

// columnsOf are the columns of a regression with the constant first, and the rows that have them all.
func (r *surveyRun) columnsOf(names []string) ([][]float64, survey.Domain) {
	one := make([]float64, r.data.Rows)
	for i := range one {
		one[i] = 1
	}
	columns := [][]float64{one}
	var in survey.Domain
	for _, name := range names {
		column, there := r.numbers(strings.TrimSpace(name))
		columns, in = append(columns, column), both(in, there)
	}
	return columns, in
}

func (r *surveyRun) regress(out *surveyOut, replicates *survey.Replicates) {
	left, right, found := strings.Cut(r.command.Regress, "~")
	if !found || strings.TrimSpace(right) == "" {
		r.faults.Add(fault.New("survey.regress", message.Args{"text": r.command.Regress}))
		return
	}
	names := strings.Split(right, "+")
	columns, in := r.columnsOf(names)
	y, there := r.numbers(strings.TrimSpace(left))
	if len(r.faults) > 0 {
		return
	}
	in = both(in, there)
	fit, err := r.design.Regress(y, columns, in)
	if err != nil {
		r.faults.Add(fault.Of(err)...)
		return
	}
	if replicates != nil {
		figures := replicates.Estimate(func(weights []float64) []float64 { return survey.RegressionOf(columns)(y, inDomain(weights, in)) })
		fit.SE, fit.Covariance, fit.Freedom = figures.SE, figures.Covariance, replicates.Freedom
	}
	out.Names, out.Regress = coefficientNames(names), &fit
}

func coefficientNames(names []string) []string {
	all := []string{"(Intercept)"}
	for _, name := range names {
		all = append(all, strings.TrimSpace(name))
	}
	return all
}

// plausible combines the plausible values of rows that have all of them.
func (r *surveyRun) plausible(out *surveyOut, replicates *survey.Replicates) {
	c := r.command
	if replicates == nil || len(c.Plausible) < 2 {
		r.faults.Add(fault.New("survey.plausible", nil))
		return
	}
	columns, in := r.columnsOf(c.On)
	var values [][]float64
	for _, name := range c.Plausible {
		one, there := r.numbers(name)
		values, in = append(values, one), both(in, there)
	}
	if len(r.faults) > 0 {
		return
	}
	within := func(statistic func(values, weights []float64) []float64) func(values, weights []float64) []float64 {
		return func(values, weights []float64) []float64 { return statistic(values, inDomain(weights, in)) }
	}
	out.Plausible = map[string]survey.Plausible{"mean": replicates.Combine(values, within(survey.MeanOf)), "sd": replicates.Combine(values, within(survey.SDOf))}
	if len(c.On) > 0 {
		out.Names = coefficientNames(c.On)
		out.Plausible["regression"] = replicates.Combine(values, within(survey.RegressionOf(columns)))
	}
}

// print writes a line for each figure.
func (c *assessSurveyCommand) print(e *environment, out surveyOut) {
	say := func(key string, args message.Args) { fmt.Fprintln(e.out, message.Text(e.language, key, args)) }
	say("survey.head", message.Args{"rows": out.Rows, "strata": out.Strata, "clusters": out.Clusters, "freedom": figures(out.Freedom), "level": figures(c.Level)})
	for _, one := range out.Estimates {
		name := message.Text(e.language, "survey.figure."+one.Figure, message.Args{"column": one.Column})
		for _, class := range []string{one.Class, one.Of} {
			if class != "" {
				name += " [" + class + "]"
			}
		}
		say("survey.line", message.Args{"name": name, "value": figures(one.Value), "se": figures(one.SE), "low": figures(one.Low), "high": figures(one.High), "rows": one.Rows})
	}
	if out.Regress != nil {
		for k, name := range out.Names {
			say("survey.coefficient", message.Args{"name": name, "value": figures(out.Regress.Values[k]), "se": figures(out.Regress.SE[k])})
		}
	}
	for _, kind := range []string{"mean", "sd", "regression"} {
		p, made := out.Plausible[kind]
		if !made {
			continue
		}
		for k := range p.Values {
			name := message.Text(e.language, "survey.figure."+kind, message.Args{"column": c.Plausible[0] + "…"})
			if kind == "regression" {
				name = out.Names[k]
			}
			say("survey.coefficient", message.Args{"name": name, "value": figures(p.Values[k]), "se": figures(p.SE[k])})
		}
	}
}
