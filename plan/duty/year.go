package duty

import (
	"time"

	"jiaoheng/plan/target"
)

// YearState says whether the work of a year can still be changed.
type YearState string

// States of a year. A year of which nothing is stored is open.
const (
	Closed    YearState = "closed"
	Reopening YearState = "reopening" // somebody wants it open again, the second person has not approved it
	Reopened  YearState = "reopened"
)

// Year is one closing of the yearly work under a plan: numbers run from 1 for a plan and a year.
type Year struct {
	ID         string
	Plan       string
	Year       int
	Number     int
	State      YearState
	By         string
	At         time.Time
	Content    YearContent
	Reason     string // why it is to be opened again
	AskedBy    string
	AskedAt    time.Time
	ApprovedBy string
	ApprovedAt time.Time
	Version    int64
}

// YearContent is how the year stood when it was closed.
type YearContent struct {
	Items []YearItem `json:"items"`
	Nodes []YearNode `json:"nodes"`
}

// YearItem is a yearly item as it was closed.
type YearItem struct {
	Row    string       `json:"row"`
	Title  string       `json:"title"`
	Unit   string       `json:"unit"`
	Node   target.Track `json:"node,omitempty"`
	Reason string       `json:"reason,omitempty"` // why it belongs to no node
}

// YearNode is a node without a yearly item as it was closed, with the reason.
type YearNode struct {
	Node   target.Track `json:"node"`
	Name   string       `json:"name"`
	Reason string       `json:"reason"`
}

// Shut tells whether the yearly work of the plan can no longer be changed.
func Shut(years []Year, year int) bool {
	last := Year{}
	for _, y := range years {
		if y.Year == year && y.Number > last.Number {
			last = y
		}
	}
	return last.State == Closed || last.State == Reopening
}
