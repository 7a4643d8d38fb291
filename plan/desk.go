package plan

import (
	"fmt"
	"slices"
)

// Entry is an operation of the log and whether it holds or was undone.
type Entry struct {
	Operation
	Undone bool
}

// Desk is a draft as it stands: the reading with every operation that holds.
type Desk struct {
	Items []Item  // in the order of the text, those that are gone included
	Log   []Entry // in the order in which it was done
	index map[string]int
}

// Replay returns the desk that the log makes of the items of a reading. The items are not changed.
// An error means that log and reading do not belong together.
func Replay(read []Item, log []Operation) (*Desk, error) {
	desk := &Desk{Log: effective(log)}
	items := make(map[string]*Item, len(read))
	order := make([]string, 0, len(read))
	for _, item := range read {
		copied := item.clone()
		items[item.ID] = &copied
		order = append(order, item.ID)
	}
	for n, entry := range desk.Log {
		if entry.Number != n+1 {
			return nil, fmt.Errorf("plan: operation %d of the log has number %d", n+1, entry.Number)
		}
		if entry.Undone || entry.Act == Undo {
			continue
		}
		for _, id := range entry.Items {
			if items[id] == nil {
				return nil, fmt.Errorf("plan: operation %d touches %q, which is not there", entry.Number, id)
			}
		}
		for _, made := range entry.apply(items) {
			items[made.ID] = &made
			order = append(order, made.ID)
		}
	}
	touched := lastTouch(desk.Log)
	for _, id := range order {
		items[id].Touched = touched[id]
		desk.Items = append(desk.Items, *items[id])
	}
	inOrder(desk.Items)
	desk.index = make(map[string]int, len(desk.Items))
	for i, item := range desk.Items {
		desk.index[item.ID] = i
	}
	return desk, nil
}

// effective marks what was undone. An operation is undone when an undoing of it holds, and an undoing is
// itself undone by a later one, so the walk goes backwards.
func effective(log []Operation) []Entry {
	undone := map[int]bool{}
	for _, o := range slices.Backward(log) {
		if o.Act == Undo && !undone[o.Number] {
			undone[o.Undoes] = true
		}
	}
	entries := make([]Entry, len(log))
	for i, o := range log {
		entries[i] = Entry{Operation: o, Undone: undone[o.Number]}
	}
	return entries
}

// lastTouch returns for every item the number of the last entry that touched it; undoing touches what the
// undone entry touched, so the number only ever grows.
func lastTouch(log []Entry) map[string]int {
	last := map[string]int{}
	for _, entry := range log {
		for _, id := range touchedBy(log, entry.Operation) {
			last[id] = entry.Number
		}
	}
	return last
}

func touchedBy(log []Entry, o Operation) []string {
	for o.Act == Undo {
		if o.Undoes < 1 || o.Undoes >= o.Number {
			return nil
		}
		o = log[o.Undoes-1].Operation
	}
	return o.touched()
}

// Item returns the item with this id.
func (d *Desk) Item(id string) (Item, bool) {
	i, ok := d.index[id]
	if !ok {
		return Item{}, false
	}
	return d.Items[i], true
}

// Head is the number of the last operation, 0 before the first.
func (d *Desk) Head() int { return len(d.Log) }

// operations returns the log without what holds and what was undone.
func (d *Desk) operations() []Operation {
	log := make([]Operation, len(d.Log))
	for i, entry := range d.Log {
		log[i] = entry.Operation
	}
	return log
}

// Progress says how much of a draft people have looked at.
type Progress struct{ Reviewed, Total int }

// Percent is the reviewed share in whole percent; it reaches 100 only when nothing is open.
func (p Progress) Percent() int {
	if p.Total == 0 {
		return 100
	}
	return p.Reviewed * 100 / p.Total
}

// Progress counts the items that are accepted or ignored among all that are not gone.
func (d *Desk) Progress() Progress {
	var p Progress
	for _, item := range d.Items {
		switch {
		case item.Gone():
		case item.State == Open:
			p.Total++
		default:
			p.Total++
			p.Reviewed++
		}
	}
	return p
}

// Confidence from which an item may be accepted together with others, and below which it is uncertain.
const (
	ConfidentFrom  = 0.9
	UncertainBelow = 0.7
)

// Sure tells whether the item is open and may be accepted together with others: the reader was sure and nothing
// about it is at fault. The document itself is always looked at alone.
func (i Item) Sure() bool {
	return i.State == Open && i.Kind != Document && i.Kind != Number && i.Confidence >= ConfidentFrom && len(i.Faults()) == 0
}

// Confident returns the items of a kind ("" for every kind) that may be accepted together.
func (d *Desk) Confident(kind Kind) []string {
	var ids []string
	for _, item := range d.Items {
		if (kind == "" || item.Kind == kind) && item.Sure() {
			ids = append(ids, item.ID)
		}
	}
	return ids
}
