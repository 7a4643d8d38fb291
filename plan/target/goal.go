package target

import (
	"jiaoheng/measure"
	"jiaoheng/period"
)

// Direction says when a goal is reached.
type Direction string

// Directions of goals. Increase and decrease are by so much against the baseline; Rise and Fall allow no step back from year
// to year; ByDate is a thing to be done by a day; AboveParent compares with the average of the unit above at the same time.
const (
	AtLeast     Direction = "at_least"
	AtMost      Direction = "at_most"
	Within      Direction = "range"
	Increase    Direction = "increase"
	Decrease    Direction = "decrease"
	Rise        Direction = "only_rise"
	Fall        Direction = "only_fall"
	ByDate      Direction = "by_date"
	AboveParent Direction = "above_parent"
)

// Directions returns every direction in the order of a form.
func Directions() []Direction {
	return []Direction{AtLeast, AtMost, Within, Increase, Decrease, Rise, Fall, ByDate, AboveParent}
}

// Known is a number that may be unknown. The zero value is unknown.
type Known struct {
	Number float64 `json:"number"`
	Is     bool    `json:"is"`
}

// Sure returns a known number.
func Sure(number float64) Known { return Known{Number: number, Is: true} }

// Slice is what is to be reached by the end of a year on the way.
type Slice struct {
	Year  int     `json:"year"`
	Value float64 `json:"value"`
}

// Goal is what one unit is to reach. Figures are in Unit, as the indicator shows them: 95 for 95 %.
type Goal struct {
	Direction    Direction   `json:"direction"`
	Value        Known       `json:"value"`         // the goal; by how much for Increase and Decrease; the lower end for Within
	Most         Known       `json:"most"`          // the upper end for Within
	Unit         string      `json:"unit"`          // measure: %, 所, 人/百名学生
	Baseline     Known       `json:"baseline"`      // where it starts
	BaselineYear int         `json:"baseline_year"` // 0 unknown
	Deadline     period.Date `json:"deadline"`      // by the end of this day; zero: the end of the plan
	Slices       []Slice     `json:"slices,omitempty"`
	// Each tells that the figure is an amount for each of something or a mean, so that those of the units below do not add up.
	Each bool `json:"each,omitempty"`
}

// Reading is one measured value of a series.
type Reading struct {
	Period period.Period
	At     float64       // the moment it holds for, in years: the end of 2024 is 2025.0
	Value  measure.Value // a number or the reason why there is none
	Parent measure.Value // the average of the unit above, for AboveParent
	// Reported and Expected are how many units stand behind the value and how many should.
	Reported, Expected int
}

// Series is what was measured of a target in a unit, the oldest first, one reading for each period.
type Series []Reading
