package round

import (
	"jiaoheng/fault"
	"jiaoheng/indicator"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/standard"
	"jiaoheng/unit"
)

// ChangeKind says what a change of a what-if does.
type ChangeKind string

// The changes. Set gives an item of a unit a value, Add adds to it, Merge lets a school go into another, Open adds a section
// to a school, Threshold changes a number of a standard, Switch turns a switch.
const (
	Set       ChangeKind = "set"
	Add       ChangeKind = "add"
	Merge     ChangeKind = "merge"
	Open      ChangeKind = "open"
	Threshold ChangeKind = "threshold"
	Switch    ChangeKind = "switch"
)

// Change is one change of a what-if. Which fields count depends on Kind:
//
//	set, add    Unit, Item, Value
//	merge       Unit (which ends) into Into
//	open        Unit (a school), Stage
//	threshold   Standard, Stage ("" every stage), Value
//	switch      Switch, On
type Change struct {
	Kind     ChangeKind `json:"kind"`
	Unit     string     `json:"unit,omitempty"`
	Item     string     `json:"item,omitempty"`
	Value    float64    `json:"value,omitempty"`
	Into     string     `json:"into,omitempty"`
	Stage    unit.Stage `json:"stage,omitempty"`
	Standard string     `json:"standard,omitempty"`
	Switch   string     `json:"switch,omitempty"`
	On       bool       `json:"on,omitempty"`
}

// MaxChanges is how many changes a what-if may have.
const MaxChanges = 500

// change applies changes in their order to the input of one run.
func (p *Prepared) change(in indicator.Input, changes []Change) (indicator.Input, map[standard.Cell]float64, fault.List) {
	if len(changes) > MaxChanges {
		return in, nil, fault.List{fault.New("round.too_many_changes", message.Args{"count": len(changes), "limit": MaxChanges})}
	}
	w := &work{prepared: p, in: in, thresholds: map[standard.Cell]float64{}}
	w.reshape(changes)
	w.facts = newOverlay(w.in.Facts)
	w.in.Facts = w.facts
	for k, c := range changes {
		before := len(w.faults)
		w.apply(c)
		w.mark(before, k)
	}
	return w.in, w.thresholds, w.faults
}

// mark tells of the faults from a number on which change they come from: its row in the list.
func (w *work) mark(from, index int) {
	for _, one := range w.faults[from:] {
		one.Place.Row = index + 1
	}
}

// work is a what-if being made.
type work struct {
	prepared   *Prepared
	in         indicator.Input
	facts      *overlay
	thresholds map[standard.Cell]float64
	turned     bool            // the switches are our own
	fresh      map[string]bool // codes of sections that were not there before
	faults     fault.List
}

func (w *work) apply(c Change) {
	switch c.Kind {
	case Set, Add:
		w.set(c)
	case Merge:
		w.merge(c)
	case Open:
		// the section is there since reshape
	case Threshold:
		s, known := w.prepared.scope.Standard(c.Standard)
		if !known || s.Comparator == "" || s.Comparator == pack.Holds {
			w.faults.Add(fault.New("round.standard_unknown", message.Args{"standard": c.Standard}))
			return
		}
		w.thresholds[standard.Cell{Standard: c.Standard, Stage: c.Stage}] = c.Value
	case Switch:
		w.turn(c)
	default:
		w.faults.Add(fault.New("round.change_unknown", message.Args{"kind": string(c.Kind)}))
	}
}

func (w *work) turn(c Change) {
	if _, known := w.prepared.scope.Switch(c.Switch); !known {
		w.faults.Add(fault.New("round.switch_unknown", message.Args{"switch": c.Switch}))
		return
	}
	if !w.turned {
		own := make(map[string]bool, len(w.in.Switches))
		for name, on := range w.in.Switches {
			own[name] = on
		}
		w.in.Switches, w.turned = own, true
	}
	w.in.Switches[c.Switch] = c.On
}

// changedItems returns the items that changes touch, and false when they change more than items and thresholds.
func changedItems(changes []Change) ([]string, bool) {
	var items []string
	for _, c := range changes {
		switch c.Kind {
		case Set, Add:
			items = append(items, c.Item)
		case Threshold:
		default:
			return nil, false
		}
	}
	return items, true
}
