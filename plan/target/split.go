package target

import (
	"time"
)

// Track names a target, a task or another node through all versions of its plan: the number of the version in which it first
// stood and its id there, such as "1.t17". See plan.Tracks.
type Track string

// State says how far a split, a binding or another decision about a plan has come.
type State string

// States. Only what is Approved holds, from the moment of its approval until the next one of its series is approved.
const (
	Proposed  State = "proposed"
	Approved  State = "approved"
	Withdrawn State = "withdrawn"
)

// Decision is what every decision about a plan carries: who wanted it, why, who approved it and when. Numbers run from 1
// within what the decision is about; nothing of a decision that was approved ever changes.
type Decision struct {
	ID         string
	Number     int
	State      State
	Reason     string // why, ≤ 500 characters
	By         string // id of the person
	At         time.Time
	ApprovedBy string // id of the second person
	ApprovedAt time.Time
	Version    int64 // of the stored row
}

// Share is what one unit is given of a target.
type Share struct {
	Unit   string `json:"unit"` // code
	Goal   Goal   `json:"goal"`
	Reason string `json:"reason,omitempty"` // why the goal of this unit is its own (针对性评价)
}

// Split shares out a target from a unit to the units below it (目标分解). The goal of the plan's own unit is what the plan says.
type Split struct {
	Decision
	Plan   string
	Target Track
	Parent string // code of the unit that shares out
	Shares []Share
}

// SourceKind says where the values of a target come from.
type SourceKind string

// Kinds of sources.
const (
	FromIndicator SourceKind = "indicator" // an indicator of a pack
	FromRegister  SourceKind = "register"  // an item of a register, such as projects finished
	FromFigure    SourceKind = "figure"    // a figure from outside with its source and date (register target_figure)
	FromRows      SourceKind = "rows"      // share of the units below that have done it by the day (register milestone_done)
)

// Binding ties a target to what measures it. Its values then come from there and from nowhere else.
type Binding struct {
	Decision
	Plan       string
	Target     Track
	Kind       SourceKind
	Name       string  // of the indicator, or of the item
	Stage      string  // of the indicator where it is told by stage, "" for all
	Confidence float64 // of the proposal that was taken, 1 where a person chose it alone
}
