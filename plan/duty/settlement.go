package duty

import (
	"time"

	"jiaoheng/plan/target"
)

// SettlementKind says what was left open.
type SettlementKind string

// Kinds of what may be left open.
const (
	OfParagraph SettlementKind = "paragraph"   // a paragraph that promises something and belongs to no node
	OfNode      SettlementKind = "node"        // a node without a yearly item
	OfItem      SettlementKind = "yearly_item" // a yearly item without a node
)

// Settlement is what a person decided about something left open: it belongs to a node, or it is set aside with a reason. It is
// kept and shown; taking it back ends it.
type Settlement struct {
	ID        string
	Plan      string
	Kind      SettlementKind
	Subject   string       // key of the paragraph, track of the node, row of the item
	Year      int          // of yearly work, 0 else
	Node      target.Track // to which it was tied; "" set aside
	Reason    string
	By        string
	At        time.Time
	EndedBy   string
	EndedAt   time.Time // zero: it holds
	EndReason string
	Version   int64
}

// Holds tells whether the settlement was not taken back.
func (s Settlement) Holds() bool { return s.EndedAt.IsZero() }

// settled returns the settlements that hold of a kind, and of a year where that matters, by subject.
func settled(all []Settlement, kind SettlementKind, year int) map[string]Settlement {
	found := map[string]Settlement{}
	for _, s := range all {
		if s.Holds() && s.Kind == kind && s.Year == year {
			found[s.Subject] = s
		}
	}
	return found
}
