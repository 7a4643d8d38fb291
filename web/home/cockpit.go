package home

import (
	"time"

	"jiaoheng/plan"
	"jiaoheng/plan/target"
	"jiaoheng/web/shell"
)

// How many lines the parts of the cockpit hold: together they fit on a screen of 1366×768.
const (
	offRows       = 6
	silentRows    = 5
	turnRows      = 4
	decisionRows  = 2
	lateRegisters = 4 // that are named with what is overdue
)

// cockpit is a leader's one screen.
type cockpit struct {
	steps                     bool         // the person works on plans and is led to the steps of that
	plans                     []shell.Chip // where several plans are in force
	plan                      plan.Plan
	unit                      string // name of the unit whose targets are shown
	led                       bool   // only what the unit of the post leads
	targets                   int    // how many targets the unit has
	lights                    []lightCount
	silence                   int // targets of which nobody has written for too long
	late                      int // living rows whose deadline is over
	off                       []offLine
	offAll                    int
	silent                    []silentLine
	silentAll                 int
	pulse                     pulse
	turned                    []turnedLine
	turnedAll                 int
	decided                   []decisionLine // about the plan since then
	decidedAll                int
	since                     time.Time // the last look; zero for the first one
	stages                    []stageLine
	more                      string // address of the tree with what is off track
	silentAddress, dueAddress string
}

// lightCount is how many targets have a light.
type lightCount struct {
	light   target.Light
	count   int
	address string
}

// offLine is a target that is off its track.
type offLine struct {
	light               target.Light
	name, address       string
	value, goal         string
	gap, needed         string
	at                  string // period of the value
	lead, leadAddress   string
	below, belowAddress string // how many units below are behind
	words               string // address of the paragraph
	silent              int    // days of silence, 0 below the limit
}

// silentLine is a unit that has written nothing for a long time.
type silentLine struct {
	unit, address string
	days, targets int
}

// turnedLine is a light that turned since the last look.
type turnedLine struct {
	name, address, unit string
	before, after       target.Light
}

// decisionLine is a decision about the plan: a split, a binding, a version.
type decisionLine struct {
	name, what, address string
	at                  time.Time
}

// stageLine is how the targets of a stage stand.
type stageLine struct {
	name, address string
	counts        [target.NoData + 1]int
}

// worse tells whether a light turned to the worse.
func (l turnedLine) worse() bool {
	return l.before != target.NoTarget && l.after > l.before && l.after != target.NoData
}
