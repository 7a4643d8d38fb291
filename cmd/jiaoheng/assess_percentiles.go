package main

import (
	"encoding/json"
	"fmt"
	"math"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/stats/percentile"
	"jiaoheng/stats/table"
)

// assessPercentilesCommand computes growth percentiles: read the scores, fit, gather groups, print.
type assessPercentilesCommand struct {
	Data    string   `arg:"" help:"Scores: .csv, .csv.gz, .xlsx or -; a row is a pupil."`
	Prior   []string `required:"" placeholder:"COLUMN,…" help:"Columns of the earlier scores."`
	Outcome string   `required:"" placeholder:"COLUMN" help:"Column of the later score."`
	ID      string   `name:"id" placeholder:"COLUMN" help:"Column that is printed with each percentile."`
	Group   string   `placeholder:"COLUMN" help:"Column of schools: their medians are printed."`
	Least   int      `default:"20" help:"Groups with fewer pupils show no median."`
	JSON    bool     `name:"json" help:"Print one JSON document."`
}

// percentilesOut is the document; its first keys are those of the published sets.
type percentilesOut struct {
	N           int                    `json:"n"`
	Knots       []percentile.Knots     `json:"knots"`
	Losses      [3]float64             `json:"check_loss_tau_0.095_0.495_0.895"`
	Mean        float64                `json:"mean_sgp"`
	Median      float64                `json:"median_sgp"`
	Missing     int                    `json:"missing"`
	Percentiles []*int                 `json:"sgp"`
	IDs         []string               `json:"id,omitempty"`
	Groups      []percentileGroup      `json:"groups,omitempty"`
	Certificate percentilesCertificate `json:"certificate"`
}

type percentilesCertificate struct {
	Regressions int     `json:"regressions"`
	Pivots      int     `json:"pivots"`
	Gap         float64 `json:"duality_gap"`
	Crossed     int     `json:"crossed_groups"`
	Dropped     int     `json:"dropped_columns"`
}

// percentileGroup is one school; a hidden one shows its name alone.
type percentileGroup struct {
	Group  string   `json:"group"`
	N      *int     `json:"n,omitempty"`
	Median *float64 `json:"median_sgp,omitempty"`
	Hidden bool     `json:"hidden,omitempty"`
}

// Run computes. A pupil without all scores has no percentile and is counted.
func (c *assessPercentilesCommand) Run(e *environment) error {
	data, err := readData(c.Data, e.in)
	if err != nil {
		return err
	}
	var faults fault.List
	outcome := numbersOf(data, c.Data, c.Outcome, &faults)
	var priors [][]float64
	for _, name := range c.Prior {
		priors = append(priors, numbersOf(data, c.Data, name, &faults))
	}
	groups, ids := factorOf(data, c.Data, c.Group, &faults), factorOf(data, c.Data, c.ID, &faults)
	if c.Least < 1 {
		faults.Add(fault.New("percentile.least", message.Args{"least": c.Least}))
	}
	if faults != nil {
		return faults
	}
	result, err := percentile.Fit(outcome, priors)
	if err != nil {
		return err
	}
	out := percentilesOut{N: result.Complete, Knots: result.Knots, Mean: result.Mean, Median: result.Median, Missing: result.Rows - result.Complete,
		Losses:      [3]float64{result.Losses[9], result.Losses[49], result.Losses[89]},
		Certificate: percentilesCertificate{percentile.Quantiles, result.Pivots, result.Gap, result.Crossed, result.Dropped}}
	for i, p := range result.Percentile {
		out.Percentiles = append(out.Percentiles, nil)
		if p > 0 {
			out.Percentiles[i] = &p
		}
		if ids != nil {
			out.IDs = append(out.IDs, wordOf(ids, i))
		}
	}
	if groups != nil {
		out.Groups = groupMedians(groups, result.Percentile, c.Least)
	}
	if c.JSON {
		return json.NewEncoder(e.out).Encode(out)
	}
	c.print(e, out, ids)
	return nil
}

// groupMedians are the medians of groups in the order of their names. A group below the least size is hidden, its size too.
func groupMedians(groups *table.Column, percentiles []int, least int) []percentileGroup {
	values := make([][]float64, len(groups.Levels))
	for i, p := range percentiles {
		if p > 0 && groups.Codes[i] >= 0 {
			values[groups.Codes[i]] = append(values[groups.Codes[i]], float64(p))
		}
	}
	var out []percentileGroup
	for k, name := range groups.Levels {
		group := percentileGroup{Group: name, Hidden: true}
		if count := len(values[k]); count >= least {
			median := percentile.MedianOf(values[k])
			group = percentileGroup{Group: name, N: &count, Median: &median}
		}
		out = append(out, group)
	}
	return out
}

func (c *assessPercentilesCommand) print(e *environment, out percentilesOut, ids *table.Column) {
	say := func(key string, args message.Args) { fmt.Fprintln(e.out, message.Text(e.language, key, args)) }
	say("percentile.head", message.Args{"count": out.N, "missing": out.Missing, "mean": fmt.Sprintf("%.2f", out.Mean), "median": out.Median})
	say("percentile.certificate", message.Args{"pivots": out.Certificate.Pivots, "gap": fmt.Sprintf("%.1g", out.Certificate.Gap), "dropped": out.Certificate.Dropped})
	for _, group := range out.Groups {
		if group.Hidden {
			say("percentile.hidden", message.Args{"group": group.Group, "least": c.Least})
			continue
		}
		say("percentile.group", message.Args{"group": group.Group, "count": *group.N, "median": *group.Median})
	}
	if ids != nil {
		for i, p := range out.Percentiles {
			text := ""
			if p != nil {
				text = fmt.Sprint(*p)
			}
			fmt.Fprintf(e.out, "%s\t%s\n", wordOf(ids, i), text)
		}
	}
}

// numbersOf returns a column as numbers with NaN for missing; a column that is not there, or holds words, is a fault.
func numbersOf(data *table.Table, file, name string, faults *fault.List) []float64 {
	column, found := data.Column(name)
	if !found {
		faults.Add(fault.At(fault.Place{File: dataName(file)}, "percentile.no_column", message.Args{"column": name}))
		return make([]float64, data.Rows)
	}
	if column.Text {
		faults.Add(fault.At(fault.Place{File: dataName(file), Row: column.Line, Column: name}, "percentile.words", message.Args{"text": column.Word}))
		return make([]float64, data.Rows)
	}
	out := make([]float64, data.Rows)
	copy(out, column.Numbers)
	for i := range out {
		if column.IsMissing(i) {
			out[i] = math.NaN()
		}
	}
	return out
}

// factorOf returns a column as words, nil where none is named.
func factorOf(data *table.Table, file, name string, faults *fault.List) *table.Column {
	if name == "" {
		return nil
	}
	column, found := data.Column(name)
	if !found {
		faults.Add(fault.At(fault.Place{File: dataName(file)}, "percentile.no_column", message.Args{"column": name}))
		return nil
	}
	factor := column.Factor()
	return &factor
}

func wordOf(column *table.Column, i int) string {
	if column.Codes[i] < 0 {
		return ""
	}
	return column.Levels[column.Codes[i]]
}
