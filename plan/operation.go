package plan

import (
	"fmt"
	"slices"
	"time"
)

// Act is what a person does at the desk.
type Act string

// Acts. Reopen takes an item back to Open without undoing what came between.
const (
	Accept  Act = "accept"
	Correct Act = "correct"
	Merge   Act = "merge"
	Divide  Act = "split"
	Add     Act = "add"
	Ignore  Act = "ignore"
	Move    Act = "move"
	Reopen  Act = "reopen"
	Undo    Act = "undo"
)

// Limits of a draft.
const (
	MaxItems      = 5000  // items of a draft, read or made
	MaxOperations = 50000 // operations on a draft
	MaxTogether   = 20    // items merged into one, or parts that one is split into
)

// Part is one item that an operation makes.
type Part struct {
	Kind     Kind              `json:"kind"`
	Fields   map[string]string `json:"fields"`
	Places   []Place           `json:"places"`
	Sentence string            `json:"sentence,omitempty"`
	Path     []string          `json:"path,omitempty"`
}

// Operation is one entry of the log of a draft. What it needs beyond the items stands in it, so that the log
// over the reading is enough to get the desk back.
type Operation struct {
	Number int               `json:"number"` // 1, 2, … within the draft
	Act    Act               `json:"act"`
	Items  []string          `json:"items,omitempty"`  // what it touches; the first one leads
	Fields map[string]string `json:"fields,omitempty"` // correct, merge, move: the values that are set
	Kind   Kind              `json:"kind,omitempty"`   // move
	Parts  []Part            `json:"parts,omitempty"`  // add, split
	Undoes int               `json:"undoes,omitempty"` // undo: the number of an operation
	Once   string            `json:"once,omitempty"`   // of the request; the same request sent again does nothing
	By     string            `json:"by"`               // id of the person
	Name   string            `json:"-"`                // of the person; the log itself holds no names
	At     time.Time         `json:"at"`
}

// MadeID returns the id of item part (from 0) that operation number makes.
func MadeID(number, part int) string { return fmt.Sprintf("N%d-%d", number, part+1) }

// touched returns the ids that the operation changes, made ones included, undoing excepted.
func (o Operation) touched() []string {
	ids := slices.Clone(o.Items)
	for i := range o.Parts {
		ids = append(ids, MadeID(o.Number, i))
	}
	return ids
}

// apply does the operation to items. It trusts the log: what does not fit was refused before it was stored.
func (o Operation) apply(items map[string]*Item) []Item {
	switch o.Act {
	case Accept:
		o.setState(items, Accepted)
	case Ignore:
		o.setState(items, Ignored)
	case Reopen:
		o.setState(items, Open)
	case Correct:
		o.setFields(items[o.Items[0]])
	case Move:
		o.move(items[o.Items[0]])
	case Merge:
		o.merge(items)
	case Divide:
		whole := items[o.Items[0]]
		whole.State = Split
		for i := range o.Parts {
			whole.Into = append(whole.Into, MadeID(o.Number, i))
		}
		return o.made(whole.Confidence)
	case Add:
		return o.made(1)
	}
	return nil
}

func (o Operation) setState(items map[string]*Item, state State) {
	for _, id := range o.Items {
		items[id].State = state
	}
}

func (o Operation) setFields(item *Item) {
	for key, value := range o.Fields {
		if value == "" {
			delete(item.Fields, key)
		} else {
			item.Fields[key] = value
		}
	}
	item.Corrected = true
}

// move turns the item into another kind; fields that the new kind does not have are left behind, and what a
// fact calls its time is what a target calls its deadline.
func (o Operation) move(item *Item) {
	if o.Kind == Fact && item.Fields["time"] == "" && item.Fields["deadline"] != "" {
		item.Fields["time"] = item.Fields["deadline"]
	}
	if o.Kind == Target && item.Fields["deadline"] == "" && item.Fields["time"] != "" {
		item.Fields["deadline"] = item.Fields["time"]
	}
	item.Kind = o.Kind
	o.setFields(item)
	for key := range item.Fields {
		if _, ok := fieldOf(o.Kind, key); !ok {
			delete(item.Fields, key)
		}
	}
}

func (o Operation) merge(items map[string]*Item) {
	lead := items[o.Items[0]]
	for _, id := range o.Items[1:] {
		other := items[id]
		other.State, other.Into = Merged, []string{lead.ID}
		lead.Places = append(lead.Places, other.Places...)
	}
	slices.SortFunc(lead.Places, func(a, b Place) int { return a.Clean.From - b.Clean.From })
	lead.Places = slices.Compact(lead.Places)
	o.setFields(lead)
}

func (o Operation) made(confidence float64) []Item {
	made := make([]Item, len(o.Parts))
	for i, part := range o.Parts {
		made[i] = Item{ID: MadeID(o.Number, i), Kind: part.Kind, State: Open, Fields: part.Fields, Places: part.Places,
			Sentence: part.Sentence, Path: part.Path, Confidence: confidence, Rule: string(o.Act), Corrected: true}.clone()
	}
	return made
}
