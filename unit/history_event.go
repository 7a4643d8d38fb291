package unit

import (
	"slices"

	"jiaoheng/message"
	"jiaoheng/period"
)

// EventKind is what happened to units on a day.
type EventKind string

// The kinds of events.
const (
	Open    EventKind = "open"    // Into begins
	Close   EventKind = "close"   // From end and nobody follows them
	Merge   EventKind = "merge"   // From end, Into takes them over whole
	Split   EventKind = "split"   // From is divided; it goes on when it stands in Into too
	Rename  EventKind = "rename"  // From is called Name
	Move    EventKind = "move"    // From stand under Parent
	Restage EventKind = "restage" // From teaches Stages
)

// EventKinds returns every kind in the order in which they are offered.
func EventKinds() []EventKind {
	return []EventKind{Merge, Split, Rename, Move, Restage, Open, Close}
}

// Limits of an event.
const (
	MaxEventUnits    = 200 // in From, and in Into
	MaxDocument      = 60  // characters of the document number
	MaxEventReason   = 500 // characters
	MaxEventsOfTable = 20_000
)

// Event is one dated change of units. On is the first day on which it holds.
//
// Was and Created are filled by History.Apply: with them the states before the event can be told and the event undone.
type Event struct {
	ID       string
	Kind     EventKind
	On       period.Date
	From     []string // codes
	Into     []string // codes
	Name     string   // rename
	Parent   string   // move
	Stages   []Stage  // restage
	New      []Unit   // open: the units that were not known before
	Document string   // number of the document that ordered it
	Reason   string
	Was      []Unit   // the units that the event changed, as they were before
	Created  []string // codes of the units that the event made, sections included
	Undone   bool     // taken back: it counts for nothing

	UndoReason string // why it was taken back
}

// Touches tells whether the event names the unit or changed it.
func (e Event) Touches(code string) bool {
	return slices.Contains(e.From, code) || slices.Contains(e.Into, code) || slices.Contains(e.Created, code) || e.was(code) >= 0
}

func (e Event) was(code string) int {
	return slices.IndexFunc(e.Was, func(u Unit) bool { return u.Code == code })
}

// Text returns the word for the kind.
func (k EventKind) Text(language message.Language) string {
	return message.Text(language, "unit.event.kind."+string(k), nil)
}
