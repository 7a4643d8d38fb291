package pack

import (
	"jiaoheng/fault"
	"jiaoheng/measure"
	"jiaoheng/period"
	"jiaoheng/unit"
)

// Direction says which way an indicator should move.
type Direction string

// The directions.
const (
	Up      Direction = "up"
	Down    Direction = "down"
	Neutral Direction = "none"
)

// Indicator is a formula with measure, direction and source. Exactly one of Formula and Share is given; Cells goes with
// Formula.
//
// Of is the kind of unit for which the formula runs on the facts of the unit itself. For the units above it the same
// formula runs on totals (total over total, never a mean of ratios), save with Worst: then their value is that of the counted
// unit below that stands worst, as of a cap that holds for each school. Functions over units below (sum, cv, …) look at the
// leaves of Population and of the stage. An indicator with Stages is computed for each stage apart.
type Indicator struct {
	Name       string
	Code       string // as the official list numbers it: R1, CV1; "" has none
	Pack       string
	Title      Text
	Of         []unit.Kind
	Stages     []unit.Stage
	Every      period.Kind
	Measure    measure.Measure
	Direction  Direction
	Worst      bool // above the own units: the smallest of those below (the largest when Direction is down)
	Sum        bool // above the own units: the sum of those below, as of rooms that each school needs
	Nothing    bool // a unit of which the formula finds nothing to divide by or to count is not concerned (不涉及): its standard is met
	Formula    *Formula
	Share      *Share
	Cells      *Cells
	Population string
	Variant    Text // which form of a statistic this is; stands beside the number
	Decimals   int
	Evidence   bool // found by a person; the formula names the flag
	Source     Source
	Place      fault.Place
}

// Share gives a section its part of what its school reports as a whole: by the number of By times Weight of the stage.
// Both By and Weight are of the section; a section that the standards do not look at, such as the senior one, takes its
// part too.
type Share struct {
	Item   string // of the school
	By     string // item of the section
	Weight string // parameter with a value for each stage
	Place  fault.Place
}

// Cells computes the indicator for each combination of columns of a register, such as stage and subject, over all rows of
// a unit. Formula names the aggregates of Let. The value of the unit is the smallest of its cells (the largest when
// Direction is down); the cells stand beside it.
type Cells struct {
	Register string
	By       []string
	Let      []*Aggregate
	Place    fault.Place
}

// Comparator says how a value must stand to its threshold.
type Comparator string

// The comparators. Holds asks for a condition that is true.
const (
	AtLeast Comparator = "at_least"
	AtMost  Comparator = "at_most"
	Above   Comparator = "above"
	Below   Comparator = "below"
	Exactly Comparator = "exactly"
	Holds   Comparator = "holds"
)

// Standard is a rule over indicators. Exactly one of Thresholds, KofN and All is given.
//
// A threshold standard has the name of its indicator and judges each unit of the indicator's Of. For the units above, the
// verdict is that of every unit below which is counted: 不达标 when one fails, else 无法判定 when one cannot be judged.
type Standard struct {
	Name       string
	Code       string
	Pack       string
	Title      Text
	Of         []unit.Kind // KofN and All: which units are judged
	Stages     []unit.Stage
	Population string // KofN and All; a threshold standard has that of its indicator
	Comparator Comparator
	Thresholds []Dated
	KofN       *KofN
	All        *All
	Shortfall  Shortfall
	Verdict    bool // the verdict of its pack
	Source     Source
	Place      fault.Place
}

// KofN asks that at least so many of the standards Of are met and that each of the others reaches Floor times its threshold.
type KofN struct {
	Of     []string
	Values []Limits
	Place  fault.Place
}

// Limits are the dated numbers of a KofN.
type Limits struct {
	From    period.Date
	Until   period.Date
	Region  string
	Switch  string
	AtLeast int
	Floor   float64
	Source  Source
	Place   fault.Place
}

// All asks that every standard Of holds for the unit itself, that every standard Each holds for every counted unit below,
// and that no veto of None occurred (a standard whose failure is a veto). With Stages a standard of Each is asked for that stage.
type All struct {
	Of   []string
	Each []string
	None []string

	Place fault.Place
}

// Lack says in which natural unit a shortfall is told.
type Lack string

// What may be lacking: of a ratio the numerator (more teachers) or the denominator (more teachers for pupils per teacher),
// else the difference of the values.
const (
	LackNumerator   Lack = "numerator"
	LackDenominator Lack = "denominator"
	LackValue       Lack = "value"
)

// Shortfall says how the way to the threshold is told. Whole rounds up: people, rooms.
type Shortfall struct {
	Lack    Lack
	Measure measure.Measure
	Whole   bool
	Cost    string // parameter with the money for one; "" has none
}
