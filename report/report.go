package report

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"jiaoheng/period"
	"jiaoheng/plan/target"
)

// Limits of one report.
const (
	MaxBlocks  = 4_000
	MaxRows    = 5_000
	MaxColumns = 20
	MaxPoints  = 400 // categories of a chart
	MaxSeries  = 10
	MaxLevel   = 4 // of headings
	MaxTitle   = 120
	MaxText    = 5_000 // characters of a paragraph or of a narrative
	MaxReason  = 500
)

// Kind names what a report is for.
type Kind string

// The kinds of reports.
const (
	Weekly    Kind = "weekly"    // 调度
	Monthly   Kind = "monthly"   // 通报
	Quarterly Kind = "quarterly" // 督查
	Yearly    Kind = "yearly"    // 考核
	Midterm   Kind = "midterm"   // 中期评估
	Final     Kind = "final"     // 终期评估
	Lookback  Kind = "lookback"  // 倒查
	Taskbook  Kind = "taskbook"  // 任务书
)

// Kinds returns the kinds that Compose writes, in the order of a year.
func Kinds() []Kind { return []Kind{Weekly, Monthly, Quarterly, Yearly, Midterm, Final} }

// Report is a document without format. Keys stand in byte order, so that its JSON is canonical.
type Report struct {
	Blocks    []Block    `json:"blocks"`
	Dated     string     `json:"dated,omitempty"` // the day on which it was signed
	Day       string     `json:"day"`             // the figures are those of this day
	Kind      Kind       `json:"kind"`
	Loose     bool       `json:"loose,omitempty"`  // no number is ever given to it, and it is no draft
	Lights    []Lit      `json:"lights,omitempty"` // how the targets stood: the next report compares with them
	Number    string     `json:"number,omitempty"` // given when it is filed
	Organ     string     `json:"organ,omitempty"`  // mark of the organ at the head
	Period    string     `json:"period"`           // 2026年11月
	Plan      string     `json:"plan,omitempty"`   // id
	PlanName  string     `json:"plan_name,omitempty"`
	Proposals []Proposal `json:"proposals,omitempty"` // of a mid-term evaluation
	Signed    string     `json:"signed"`              // who signs: the bureau
	Title     string     `json:"title"`
	To        string     `json:"to,omitempty"` // 主送
	Unit      string     `json:"unit"`         // code of the unit that it is about
	UnitName  string     `json:"unit_name"`
}

// Lit is the light of a target in a report.
type Lit struct {
	Light  target.Light `json:"light"`
	Name   string       `json:"name"`
	Target target.Track `json:"target"`
}

// Block is one part of a report: exactly one of its fields is set.
type Block struct {
	Chart     *Chart     `json:"chart,omitempty"`
	Heading   *Heading   `json:"heading,omitempty"`
	Narrative *Narrative `json:"narrative,omitempty"`
	Note      string     `json:"note,omitempty"` // small print: sources, rules, what lacks
	Table     *Table     `json:"table,omitempty"`
	Text      string     `json:"text,omitempty"`
}

// Heading is a heading of level 1 to MaxLevel; writers number it: 一、 （一） 1. （1）.
type Heading struct {
	Level int    `json:"level"`
	Text  string `json:"text"`
}

// Align is how the cells of a column stand.
type Align string

// The ways to align a column. The zero value stands for Words.
const (
	Words   Align = ""       // left
	Figures Align = "right"  // numbers
	Short   Align = "centre" // states, dates
)

// Column is a column of a table.
type Column struct {
	Align Align  `json:"align,omitempty"`
	Title string `json:"title"`
	Unit  string `json:"unit,omitempty"`
}

// Head is the title of a column with its unit.
func (c Column) Head() string {
	if c.Unit == "" {
		return c.Title
	}
	return c.Title + "（" + c.Unit + "）"
}

// Table is a table. Every row has as many cells as there are columns.
type Table struct {
	Caption string     `json:"caption"`
	Columns []Column   `json:"columns"`
	Note    string     `json:"note,omitempty"`
	Rows    [][]string `json:"rows"`
	Source  string     `json:"source,omitempty"`
}

// ChartKind is the form of a chart.
type ChartKind string

// The forms of charts. Bars shows a value for each category, Stacked parts of a whole for each category, Lines values over
// periods, Ranged a value with its interval for each category, Scatter two values of each point.
const (
	Bars    ChartKind = "bar"
	Stacked ChartKind = "stacked"
	Lines   ChartKind = "line"
	Ranged  ChartKind = "ranged"
	Scatter ChartKind = "scatter"
)

// Chart is a chart: a sentence that says what is to be seen, written from the figures, and the figures.
type Chart struct {
	Across     string    `json:"across,omitempty"` // title of the axis of categories
	Categories []string  `json:"categories"`
	Decimals   int       `json:"decimals,omitempty"` // of the labels
	Kind       ChartKind `json:"kind"`
	Sentence   string    `json:"sentence"`
	Series     []Series  `json:"series"`
	Source     string    `json:"source,omitempty"`
	Title      string    `json:"title"`
	Unit       string    `json:"unit"` // of the axis of values
}

// Series is one value for each category; one that is not known leaves a gap. Light gives the series the look of that light;
// Quiet a thin look without marks: the path, the goal, the ends of an interval. Low and High are the ends of the intervals of
// Ranged; Across the values on the level axis of Scatter, whose series have as many points as they like and no categories: a
// quiet one is drawn as a line.
type Series struct {
	Across []Value      `json:"across,omitempty"`
	High   []Value      `json:"high,omitempty"`
	Light  target.Light `json:"light,omitempty"`
	Low    []Value      `json:"low,omitempty"`
	Name   string       `json:"name"`
	Quiet  bool         `json:"quiet,omitempty"`
	Values []Value      `json:"values"`
}

// New starts a report. The day is that of its figures.
func New(kind Kind, title string, day period.Date) *Report {
	return &Report{Kind: kind, Title: title, Day: day.String(), Blocks: []Block{}}
}

// Heading adds a heading. A level outside 1 to MaxLevel is a programmer's error and panics.
func (r *Report) Heading(level int, text string) *Report {
	if level < 1 || level > MaxLevel {
		panic(fmt.Sprintf("report: heading of level %d", level))
	}
	return r.add(Block{Heading: &Heading{Level: level, Text: text}})
}

// Text adds a paragraph; an empty one adds nothing.
func (r *Report) Text(text string) *Report {
	if text == "" {
		return r
	}
	return r.add(Block{Text: text})
}

// Note adds small print: sources, rules, what lacks.
func (r *Report) Note(text string) *Report {
	if text == "" {
		return r
	}
	return r.add(Block{Note: text})
}

// Table adds a table; one without rows adds nothing. Rows beyond MaxRows are left out, which its note says by number. A row whose
// cells are not as many as the columns is a programmer's error and panics.
func (r *Report) Table(table Table) *Report {
	if len(table.Rows) == 0 {
		return r
	}
	if len(table.Columns) > MaxColumns {
		panic(fmt.Sprintf("report: table of %d columns", len(table.Columns)))
	}
	for n, row := range table.Rows {
		if len(row) != len(table.Columns) {
			panic(fmt.Sprintf("report: row %d of %q has %d cells for %d columns", n, table.Caption, len(row), len(table.Columns)))
		}
	}
	if left := len(table.Rows) - MaxRows; left > 0 {
		table.Rows = table.Rows[:MaxRows]
		table.Note += say("report.rows_left", "count", left)
	}
	return r.add(Block{Table: &table})
}

// Chart adds a chart; one without a known value adds nothing but its sentence. Values that are not one for each category are a
// programmer's error and panic.
func (r *Report) Chart(chart Chart) *Report {
	known := false
	for _, series := range chart.Series {
		if !series.fits(chart) {
			panic(fmt.Sprintf("report: series %q of %q has %d values for %d categories", series.Name, chart.Title, len(series.Values), len(chart.Categories)))
		}
		for _, value := range series.Values {
			known = known || value.Is
		}
	}
	if !known {
		return r.Text(chart.Sentence)
	}
	if len(chart.Series) > MaxSeries || len(chart.Categories) > MaxPoints {
		panic(fmt.Sprintf("report: chart %q of %d series and %d categories", chart.Title, len(chart.Series), len(chart.Categories)))
	}
	return r.add(Block{Chart: &chart})
}

// fits tells whether a series has as many values as its chart asks for.
func (s Series) fits(chart Chart) bool {
	switch n := len(chart.Categories); chart.Kind {
	case Scatter:
		return len(s.Values) == len(s.Across) && len(s.Values) <= MaxPoints
	case Ranged:
		return len(s.Values) == n && len(s.Low) == n && len(s.High) == n
	default:
		return len(s.Values) == n
	}
}

// Ask adds a narrative: what the system cannot know, asked of who is responsible.
func (r *Report) Ask(narrative Narrative) *Report { return r.add(Block{Narrative: &narrative}) }

func (r *Report) add(block Block) *Report {
	r.Blocks = append(r.Blocks, block)
	return r
}

// Date returns the day of the report's figures.
func (r Report) Date() period.Date {
	day, _ := period.ParseDate(r.Day)
	return day
}

// SignedOn returns the day that stands below a report: that of the signature, before it that of the figures.
func (r Report) SignedOn() period.Date {
	if day, signed := period.ParseDate(r.Dated); signed {
		return day
	}
	return r.Date()
}

// Canonical returns the report as canonical JSON: keys in byte order, no blanks, characters as they are (UTF-8), numbers in
// shortest round-trip form.
func (r Report) Canonical() []byte {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(r); err != nil {
		panic(err) // texts, and numbers that write themselves
	}
	return bytes.TrimSuffix(out.Bytes(), []byte("\n"))
}

// Digest returns the SHA-256 of Canonical in hexadecimal digits.
func (r Report) Digest() string {
	sum := sha256.Sum256(r.Canonical())
	return hex.EncodeToString(sum[:])
}

// Narratives returns the narratives of a report in their order; changing one changes the report.
func (r *Report) Narratives() []*Narrative {
	var all []*Narrative
	for _, block := range r.Blocks {
		if block.Narrative != nil {
			all = append(all, block.Narrative)
		}
	}
	return all
}
