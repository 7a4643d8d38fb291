package profile

import (
	"time"

	"jiaoheng/measure"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/standard"
	"jiaoheng/unit"
)

// maxTrend is the most periods, or exams, of one figure.
const maxTrend = 4

// Band is where a school lies among those of its stage in the county.
type Band string

// The bands. A figure of which less is better has its better band at the low end.
const (
	NoBand Band = ""
	Better Band = "better"
	Middle Band = "middle"
	Worse  Band = "worse"
)

// View is the profile of one unit and stage.
type View struct {
	Profile *pack.Profile
	Unit    unit.Unit
	County  unit.Unit
	Stage   unit.Stage
	Stages  []unit.Stage // that the unit has
	Day     period.Date
	Least   int     // smaller groups are hidden
	Share   float64 // percent of the schools in each outer band
	Schools int     // of the stage in the county
	Sides   []Side
	Total   *Total // nil: nobody gave the sides weights
	Lines   []Line // of a county: its schools
}

// Side is one side with its figures.
type Side struct {
	*pack.ProfileSide
	Figures []Figure
	Score   float64 // of the total: mean standing of its figures, 0 to 100
	Scored  bool
	Weight  float64
}

// Missing tells whether no figure of the side has a value.
func (s Side) Missing() bool {
	for _, f := range s.Figures {
		if f.Value.Known() {
			return false
		}
	}
	return true
}

// Figure is one figure of a side: an indicator, or a figure of an exam.
type Figure struct {
	Name     string
	Title    pack.Text
	Measure  measure.Measure
	Decimals int
	Down     bool   // less is better
	Address  string // of the page behind it
	Period   period.Period
	Exam     string // name of the exam; "" of an indicator
	Held     period.Date
	Ledgers  []Ledger
	Source   pack.Source
	Value    measure.Value
	Hidden   bool // the group is too small for this viewer
	Reason   pack.Text
	Silent   []string // names of units that reported nothing
	Partial  bool     // of a county: over those that reported
	Verdict  standard.Verdict
	Spread   Spread
	Band     Band
	Standing float64 // percent of the other schools that it equals or does better than, a tie as one half
	Stands   bool
	Trend    []Point
}

// When says of which period or exam a figure is.
func (f Figure) When(language message.Language) string {
	if f.Exam != "" {
		return f.Exam + " " + f.Held.Text(language)
	}
	if f.Period.IsZero() {
		return ""
	}
	return f.Period.Text(language)
}

// Ledger is a register behind a figure with the day on which the unit last wrote into it.
type Ledger struct {
	Name  string
	Title pack.Text
	Last  time.Time // zero: never
}

// Point is a value of an earlier period or exam.
type Point struct {
	Label pack.Text
	Value measure.Value
}

// Spread is how the schools of the stage lie: the ends of the outer bands and the middle.
type Spread struct {
	Low, Mid, High float64
	Schools        int // with a value
	Known          bool
}

// Total is the weighted mean of the sides, where a bureau wants one.
type Total struct {
	Value   measure.Value
	Lacking []pack.Text // sides with a weight and no score
}

// Line is one school in the profile of a county: of each side how many figures lie in which band. It is no rank.
type Line struct {
	Unit  unit.Unit
	Sides []Tally
}

// Tally counts the figures of a side by band; Missing are those without a value.
type Tally struct{ Better, Middle, Worse, Missing int }
