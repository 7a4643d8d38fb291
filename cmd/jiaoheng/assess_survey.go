package main

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/stats/survey"
	"jiaoheng/stats/table"
)

// assessSurveyCommand estimates from a designed sample: read the rows, make the design, estimate, print.
type assessSurveyCommand struct {
	Data       string   `arg:"" help:"One row a pupil or a school: .csv, .csv.gz, .xlsx or -."`
	Weight     string   `placeholder:"COLUMN" help:"Weights; without it every row stands for one."`
	Strata     string   `placeholder:"COLUMN" help:"Strata."`
	Cluster    string   `placeholder:"COLUMN" help:"Clusters, such as schools; without it rows."`
	Population string   `placeholder:"COLUMN" help:"How many clusters the stratum of the row has in the population."`
	Margin     []string `sep:"none" placeholder:"COL=a:N,b:N" help:"Known totals of the classes of a column: weights are raked to all that are given."`
	Trim       float64  `placeholder:"LIMIT" help:"Cut weights at a limit; what is cut is spread over the others."`
	Mean       []string `placeholder:"COL,…" help:"Means."`
	Total      []string `placeholder:"COL,…" help:"Totals."`
	Ratio      []string `placeholder:"Y/X,…" help:"Ratios of two totals."`
	Share      []string `placeholder:"COL,…" help:"Shares of the classes of a column."`
	Deviation  []string `name:"sd" placeholder:"COL,…" help:"Standard deviations."`
	Quantile   []string `placeholder:"COL:P,…" help:"Quantiles, P from 0 to 1."`
	Regress    string   `placeholder:"Y~A+B" help:"Linear regression with a constant."`
	By         string   `placeholder:"COLUMN" help:"Also for every class of a column."`
	Replicates string   `placeholder:"KIND" help:"Standard errors by replicate weights: jackknife, brr, fay:K, bootstrap:COUNT, or jk2:ZONE:UNIT of two columns (jk2both: two replicates a zone). Of means, deviations, regressions."`
	Plausible  []string `placeholder:"PV1,PV2,…" help:"Plausible values of one ability: mean, deviation and, with --on, regression by Rubin's rules; needs --replicates."`
	On         []string `placeholder:"COL,…" help:"Columns of the regression of the plausible values."`
	Seed       uint64   `default:"1" help:"Of the bootstrap."`
	Level      float64  `default:"95" help:"Of the intervals, in per cent."`
	JSON       bool     `name:"json" help:"Print one JSON document."`
}

// surveyOut is the document.
type surveyOut struct {
	Rows      int                         `json:"n"`
	Strata    int                         `json:"strata"`
	Clusters  int                         `json:"clusters"`
	Freedom   float64                     `json:"df"`
	Errors    string                      `json:"errors"` // linearised, or the kind of replicates
	Estimates []surveyEstimate            `json:"estimates"`
	Names     []string                    `json:"coefficients,omitempty"`
	Regress   *survey.Regression          `json:"regression,omitempty"`
	Plausible map[string]survey.Plausible `json:"plausible,omitempty"`
}

// surveyEstimate is one figure, of all rows or of one class.
type surveyEstimate struct {
	Figure string  `json:"figure"`
	Column string  `json:"column"`
	Class  string  `json:"class,omitempty"` // of the column: shares
	Of     string  `json:"of,omitempty"`    // class of --by
	Value  float64 `json:"est"`
	SE     float64 `json:"se"`
	Low    float64 `json:"low"`
	High   float64 `json:"high"`
	Rows   int     `json:"n"`
	Effect float64 `json:"deff,omitempty"` // of a mean by linearisation
}

// Run estimates. All faults of columns are told together.
func (c *assessSurveyCommand) Run(e *environment) error {
	data, err := readData(c.Data, e.in)
	if err != nil {
		return err
	}
	run := surveyRun{command: c, data: data}
	sample, err := run.sample()
	if err != nil {
		return err
	}
	run.design = sample
	out, err := run.all()
	if err != nil {
		return err
	}
	if c.JSON {
		return json.NewEncoder(e.out).Encode(out)
	}
	c.print(e, out)
	return nil
}

// surveyRun is one run over one table.
type surveyRun struct {
	command *assessSurveyCommand
	data    *table.Table
	design  *survey.Sample
	faults  fault.List
}

// numbers returns a column of numbers and whether row i has one.
func (r *surveyRun) numbers(name string) ([]float64, survey.Domain) {
	column, known := r.data.Column(name)
	switch place := (fault.Place{File: dataName(r.command.Data), Column: name}); {
	case !known:
		r.faults.Add(fault.At(place, "survey.no_column", message.Args{"column": name}))
	case column.Text:
		place.Row = column.Line
		r.faults.Add(fault.At(place, "survey.words", message.Args{"column": name, "text": column.Word}))
	default:
		return column.Numbers, func(row int) bool { return !column.IsMissing(row) }
	}
	return make([]float64, r.data.Rows), nil
}

// classes returns a column as classes; a missing one is of none. An empty name gives none.
func (r *surveyRun) classes(name string) ([]int32, []string) {
	if name == "" {
		return nil, nil
	}
	column, known := r.data.Column(name)
	if !known {
		r.faults.Add(fault.At(fault.Place{File: dataName(r.command.Data), Column: name}, "survey.no_column", message.Args{"column": name}))
		return make([]int32, r.data.Rows), nil
	}
	factor := column.Factor()
	return factor.Codes, factor.Levels
}

// full is classes of a column in which nothing may be missing: the design rests on it.
func (r *surveyRun) full(name string) ([]int32, []string) {
	codes, levels := r.classes(name)
	for i, code := range codes {
		if code < 0 {
			r.faults.Add(fault.At(fault.Place{File: dataName(r.command.Data), Column: name, Row: i + 2}, "survey.design_missing", message.Args{"column": name}))
			break
		}
	}
	return codes, levels
}

// sample makes the design and the weights.
func (r *surveyRun) sample() (*survey.Sample, error) {
	c := r.command
	spec := survey.Spec{Rows: r.data.Rows}
	spec.Strata, spec.Names = r.full(c.Strata)
	spec.Clusters, _ = r.full(c.Cluster)
	for _, one := range []struct {
		name string
		into *[]float64
	}{{c.Weight, &spec.Weights}, {c.Population, &spec.Population}} {
		if one.name == "" {
			continue
		}
		var there survey.Domain
		*one.into, there = r.numbers(one.name)
		for i := range *one.into {
			if there != nil && !there(i) {
				r.faults.Add(fault.At(fault.Place{File: dataName(c.Data), Column: one.name, Row: i + 2}, "survey.design_missing", message.Args{"column": one.name}))
				break
			}
		}
	}
	margins := r.margins()
	if err := r.faults.Err(); err != nil {
		return nil, err
	}
	if c.Trim != 0 && spec.Weights != nil {
		var err error
		if spec.Weights, err = survey.Trim(spec.Weights, c.Trim); err != nil {
			return nil, err
		}
	}
	sample, err := survey.New(spec)
	if err != nil || len(margins) == 0 {
		return sample, err
	}
	return sample.Rake(margins)
}

// margins reads the known totals: every class of the column must have one.
func (r *surveyRun) margins() []survey.Margin {
	var all []survey.Margin
	for _, text := range r.command.Margin {
		name, list, _ := strings.Cut(text, "=")
		codes, levels := r.full(name)
		totals := map[string]float64{}
		for _, part := range strings.Split(list, ",") {
			class, count, _ := strings.Cut(strings.TrimSpace(part), ":")
			total, err := strconv.ParseFloat(count, 64)
			if err != nil || !(total > 0) || math.IsInf(total, 0) {
				r.faults.Add(fault.New("survey.margin", message.Args{"text": text}))
			}
			totals[class] = total
		}
		margin := survey.Margin{Cells: codes}
		for _, level := range levels {
			if _, known := totals[level]; !known {
				r.faults.Add(fault.New("survey.margin_class", message.Args{"column": name, "class": level}))
			}
			margin.Totals = append(margin.Totals, totals[level])
		}
		if len(totals) > len(levels) && len(levels) > 0 {
			r.faults.Add(fault.New("survey.margin", message.Args{"text": text}))
		}
		all = append(all, margin)
	}
	return all
}
