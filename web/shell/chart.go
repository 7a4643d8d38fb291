package shell

import (
	"context"
	"encoding/json"

	"jiaoheng/measure"
)

// ChartKind is the form of a chart.
type ChartKind string

// The forms of charts. Lines shows values over periods, Bars a value for each name, Stack parts of a whole for each name,
// Spread how many units lie in each range, Points two values of each unit.
const (
	ChartLines  ChartKind = "lines"
	ChartBars   ChartKind = "bars"
	ChartStack  ChartKind = "stack"
	ChartSpread ChartKind = "spread"
	ChartPoints ChartKind = "points"
)

// MaxMarks is the most marks of one chart that is drawn; a page shows the table beyond it.
const MaxMarks = 5_000

// Chart is one chart: a sentence that says what is to be seen, written from the figures, the drawing, and its table.
// The drawing needs scripts; sentence and table do not.
type Chart struct {
	ID       string // unique on the page
	Kind     ChartKind
	Sentence string
	Unit     string   // on the axis
	Decimals int      // of the labels
	Names    []string // one for each value; periods or units
	Links    []string // addresses of the names, may be nil
	Series   []Series
	Lines    []Mark // thresholds and means, labelled
	Height   int    // in pixels, 280 when 0
	Table    Table  // the same figures
	Source   string // below the chart
}

// Series is one row of values. A value that is missing leaves a gap; Low and High, where given, are the ends of an interval.
type Series struct {
	Name      string
	Values    []measure.Value
	Low, High []measure.Value
	Across    []measure.Value // ChartPoints: the values on the level axis
	Quiet     bool            // drawn in grey: the year before, the others
	Dashed    bool            // ChartLines: a path or a projection, not measured; Low and High are drawn as a band
	Alert     []bool          // values that do not meet the standard, may be nil
	Tone      string          // of a light: reached, normal, risk, late or none; "" takes the next colour
}

// Mark is a line across the chart with its label.
type Mark struct {
	Label string
	Value float64
}

type chartSeries struct {
	Name   string     `json:"name"`
	Values []*float64 `json:"values"`
	Low    []*float64 `json:"low,omitempty"`
	High   []*float64 `json:"high,omitempty"`
	Across []*float64 `json:"across,omitempty"`
	Quiet  bool       `json:"quiet,omitempty"`
	Dashed bool       `json:"dashed,omitempty"`
	Alert  []bool     `json:"alert,omitempty"`
	Tone   string     `json:"tone,omitempty"`
}

type chartMark struct {
	Label string  `json:"label"`
	Value float64 `json:"value"`
}

type chartData struct {
	Kind     ChartKind     `json:"kind"`
	Unit     string        `json:"unit"`
	Decimals int           `json:"decimals"`
	Names    []string      `json:"names"`
	Links    []string      `json:"links,omitempty"`
	Series   []chartSeries `json:"series"`
	Lines    []chartMark   `json:"lines,omitempty"`
	Missing  string        `json:"missing"`
}

// data is the chart as the script reads it. json.Marshal writes <, > and & as escapes, so that no text ends the element.
func (c Chart) data(ctx context.Context) string {
	out := chartData{Kind: c.Kind, Unit: c.Unit, Decimals: c.Decimals, Names: c.Names, Links: c.Links, Missing: Text(ctx, "shell.chart.missing")}
	for _, s := range c.Series {
		out.Series = append(out.Series, chartSeries{Name: s.Name, Values: numbers(s.Values), Low: numbers(s.Low), High: numbers(s.High),
			Across: numbers(s.Across), Quiet: s.Quiet, Dashed: s.Dashed, Alert: s.Alert, Tone: s.Tone})
	}
	for _, line := range c.Lines {
		out.Lines = append(out.Lines, chartMark(line))
	}
	text, err := json.Marshal(out)
	if err != nil {
		panic(err)
	}
	return string(text)
}

func numbers(values []measure.Value) []*float64 {
	var out []*float64
	for _, value := range values {
		if number, known := value.Number(); known {
			out = append(out, &number)
		} else {
			out = append(out, nil)
		}
	}
	return out
}

// drawn tells whether there is anything to draw, and not too much.
func (c Chart) drawn() bool {
	marks, known := 0, false
	for _, s := range c.Series {
		marks += len(s.Values)
		for _, value := range s.Values {
			known = known || value.Known()
		}
	}
	return known && marks <= MaxMarks
}

// ChartFiles adds what charts need to a page.
func ChartFiles(page Page) Page {
	page.Styles = append(page.Styles, "chart.css")
	page.Scripts = append(page.Scripts, "chart.js")
	return page
}
