package lifecycle

import (
	"jiaoheng/access"
	"jiaoheng/expr"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/period"
)

// Limits of one machine.
const (
	MaxStates = 30
	MaxEvents = 60
	MaxSteps  = 20
)

// Machine is the state table of one register. The first state is the one in which rows begin.
type Machine struct {
	Register string
	States   []*State
	Events   []*Event
	Create   []Who // who may make rows
	Place    fault.Place
}

// State is where a row can stand.
type State struct {
	Name   string
	Title  message.Pair
	Tone   Tone
	Final  bool   // closed: no clock, nobody is waited for
	Pause  bool   // the clock stands still; an event to Back leads to the state before
	Waits  []Who  // who has to act next: their to-do list shows the row
	Due    *Due   // until when; nil: no deadline
	Edit   []Edit // who may change which columns while the row stands here
	Silent int    // days without any change after which the row is shown as 久未更新; 0: never
	Remind []Step // before the deadline, the earliest first
	Late   []Step // after the deadline, the earliest first
	Place  fault.Place
}

// Tone says which of the six signs of a status a state is shown with.
type Tone string

// The tones. Open is the usual one of a state that waits for somebody.
const (
	Open    Tone = "open"
	Good    Tone = "good"
	Bad     Tone = "bad"
	Warning Tone = "warning"
	Neutral Tone = "neutral"
)

// Back as the target of an event is the state from which the row was paused.
const Back = "back"

// Created is the event that makes a row; guards and histories name it.
const Created = "created"

// Event moves a row. From names the states in which it may happen; To is "" when the row stays where it is.
type Event struct {
	Name   string
	Title  message.Pair
	From   []string
	To     string
	By     []Who
	Asks   []string // columns that must be given with the event
	Takes  []string // columns that may be given with the event
	Note   bool     // words must be written: a reason, an opinion
	Attach int      // least number of files handed in with the event
	Gives  Gift     // whom the row is given to with the event
	Guards []Guard
	Set    []Set
	Extend *expr.Written // the deadline moves on by so many days, counted as the state counts
	Letter string        // the letter that goes out
	Tell   []Who         // who is told in the application, and by mail or robot where they chose so
	Opens  []Opens
	Bulk   bool // may be done to many rows at once
	Grave  bool // asks again before it is done
	Place  fault.Place
}

// Gift names what an event gives away.
type Gift string

// What an event can give: the lead unit of the row, or the person who answers for it.
const (
	GivesNothing Gift = ""
	GivesLead    Gift = "lead"
	GivesOwner   Gift = "owner"
)

// Guard is one condition of an event; exactly one of Second, Holds and Closed is set.
type Guard struct {
	Second []string      // none of these events, the last time each happened, was by the person who acts now
	Holds  *expr.Written // a condition over the row as it stands after the event's columns were given
	Say    message.Pair  // what is told when it does not hold
	Closed string        // every sub-row of this register is in a final state
	Place  fault.Place
}

// Set gives a column a value computed from the row.
type Set struct {
	Column string
	To     *expr.Written // a number, a condition or, for a choice, the number of the option
	Today  bool          // a date column: the day of the event
	Option string        // a choice column: this option
	Place  fault.Place
}

// Opens makes a row of another register, or a sub-row.
type Opens struct {
	Register string
	When     *expr.Written     // only when this holds; nil: always
	Once     bool              // not when a row that this row opened there is still open
	Copy     map[string]string // column there: column here
	Fill     map[string]string // column there: value as it would be typed
	Part     bool              // the new row is a sub-row of this one, else it is linked to it
	Lead     string            // LeadSame, LeadUnit; "" none
	Unit     string            // UnitLead: of which unit the new row is; "" of the same
	Place    fault.Place
}

// Leads of rows that are opened.
const (
	LeadSame = "same" // the lead of the row that opens
	LeadUnit = "unit" // the unit of the row that opens
)

// UnitLead makes the new row one of the unit that leads the row that opens, where there is one.
const UnitLead = "lead"

// Count says how days are counted.
type Count = period.Count

// How days are counted.
const (
	Working  = period.WorkingDays
	Calendar = period.CalendarDays
)

// Due is the deadline of a state: so many days after the row entered it (or after the day in a column), the day that a
// column holds, or the deadline of the state before.
type Due struct {
	Within *expr.Written // number of days
	Count  Count
	From   string // date column; "" the day on which the state is entered
	On     string // date column
	Keep   bool
	Place  fault.Place
}

// Step is one reminder or escalation: Days before or after the deadline, counted as the deadline is.
type Step struct {
	Days   int
	To     []Who
	Letter string
	Opens  []Opens
	Say    message.Pair // "" the usual words
	Place  fault.Place
}

// Edit says who may change which columns.
type Edit struct {
	By      []Who
	Columns []string // empty: every column that may be edited
	Place   fault.Place
}

// Who names people: a role and how their post stands to the row.
type Who struct {
	Relation Relation
	Role     access.Role // "" any role
	Subject  string      // of a bureau office; "" any
	Place    fault.Place
}

// Relation is how a post stands to a row.
type Relation string

// The relations.
const (
	Own   Relation = "own"   // the post is at the unit of the row, or the row is of a section of that unit
	Above Relation = "above" // the unit of the post is above the unit of the row
	Lead  Relation = "lead"  // the post is at the unit that leads the row
	Owner Relation = "owner" // the person to whom the row was given
	Maker Relation = "maker" // the person who made the row
)

// State returns the state of the name, or nil.
func (m *Machine) State(name string) *State {
	for _, s := range m.States {
		if s.Name == name {
			return s
		}
	}
	return nil
}

// Event returns the event of the name, or nil.
func (m *Machine) Event(name string) *Event {
	for _, e := range m.Events {
		if e.Name == name {
			return e
		}
	}
	return nil
}
