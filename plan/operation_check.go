package plan

import (
	"slices"
	"time"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// Request is what a person asks for at the desk. Seen holds, for the items it touches, the number of the last
// operation the person has seen on each; an item without an entry is not compared.
type Request struct {
	Act    Act
	Items  []string
	Fields map[string]string
	Kind   Kind
	Parts  []Part
	Undoes int
	Seen   map[string]int
	Once   string // chosen by whoever sends it, so that it may be sent again when the answer was lost
}

// MaxOnce is the longest Once.
const MaxOnce = 64

// Who is the person who does something and when.
type Who struct {
	ID   string
	Name string
	At   time.Time
}

// Do returns the operation that the request makes, ready to be stored behind the log of the desk. The desk
// itself is not changed. Every reason against it comes back at once, as a fault.List.
func (d *Desk) Do(request Request, who Who) (Operation, error) {
	operation := Operation{Number: d.Head() + 1, Act: request.Act, Items: slices.Clone(request.Items), Kind: request.Kind,
		Parts: slices.Clone(request.Parts), Undoes: request.Undoes, Once: request.Once, By: who.ID, Name: who.Name, At: who.At.UTC().Truncate(time.Second)}
	faults := d.seen(request)
	switch {
	case d.Head() >= MaxOperations:
		faults.Add(fault.New("plan.too_many_operations", message.Args{"max": MaxOperations}))
	case len(request.Once) > MaxOnce:
		faults.Add(fault.New("plan.act_unknown", message.Args{"act": string(request.Act)}))
	case len(d.Items)+len(request.Parts) > MaxItems:
		faults.Add(fault.New("plan.too_many_items", message.Args{"max": MaxItems}))
	}
	if len(faults) > 0 {
		return Operation{}, faults
	}
	kind := d.leadKind(request)
	operation.Fields = cleanFields(kind, request.Fields)
	for i, part := range operation.Parts {
		operation.Parts[i].Fields = cleanFields(part.Kind, part.Fields)
	}
	faults.Add(d.check(operation, kind)...)
	if err := faults.Err(); err != nil {
		return Operation{}, err
	}
	if request.Act == Undo && !d.replays(operation) {
		return Operation{}, fault.List{fault.New("plan.undo_lost", nil)}
	}
	return operation, nil
}

// Did returns the operation that a request with this Once made before.
func (d *Desk) Did(once string) (Operation, bool) {
	for _, entry := range d.Log {
		if once != "" && entry.Once == once {
			return entry.Operation, true
		}
	}
	return Operation{}, false
}

// leadKind is the kind whose fields the request sets.
func (d *Desk) leadKind(request Request) Kind {
	if request.Act == Move {
		return request.Kind
	}
	if len(request.Items) == 0 {
		return ""
	}
	item, _ := d.Item(request.Items[0])
	return item.Kind
}

func cleanFields(kind Kind, fields map[string]string) map[string]string {
	if len(fields) == 0 {
		return nil
	}
	cleaned := make(map[string]string, len(fields))
	for key, value := range fields {
		cleaned[key] = CleanField(kind, key, value)
	}
	return cleaned
}

// seen lists the items that somebody touched after the person saw them.
func (d *Desk) seen(request Request) fault.List {
	var faults fault.List
	for _, id := range request.Items {
		item, ok := d.Item(id)
		if !ok {
			faults.Add(fault.New("plan.item_unknown", message.Args{"id": id}))
			continue
		}
		number, given := request.Seen[id]
		if given && number != item.Touched && item.Touched == 0 {
			faults.Add(fault.New("plan.item_unknown", message.Args{"id": id})) // nobody touched it: what was seen is of another draft
		} else if given && number != item.Touched {
			other := d.Log[item.Touched-1]
			faults.Add(fault.New("plan.item_changed", message.Args{"item": item.Name(), "name": other.Name,
				"act": message.Word("plan.act." + string(other.Act))}))
		}
	}
	return faults
}

// ActName returns what people call an act.
func ActName(language message.Language, act Act) string {
	return message.Text(language, "plan.act."+string(act), nil)
}

func (d *Desk) check(o Operation, kind Kind) fault.List {
	switch o.Act {
	case Accept:
		return d.checkAccept(o)
	case Ignore:
		return d.checkStates(o, Open, Accepted)
	case Reopen:
		return d.checkStates(o, Accepted, Ignored)
	case Correct:
		faults := append(d.checkStates(o, Open, Accepted, Ignored), checkOne(o)...)
		return append(faults, checkFields(kind, o.Fields, true)...)
	case Move:
		return d.checkMove(o)
	case Merge:
		return d.checkMerge(o, kind)
	case Divide:
		faults := append(d.checkStates(o, Open, Accepted), checkOne(o)...)
		return append(faults, d.checkParts(o, 2)...)
	case Add:
		return d.checkParts(o, 1)
	case Undo:
		return d.checkUndo(o)
	}
	return fault.List{fault.New("plan.act_unknown", message.Args{"act": string(o.Act)})}
}

// checkStates refuses items in any other state, an item named twice, and an operation on nothing.
func (d *Desk) checkStates(o Operation, allowed ...State) fault.List {
	var faults fault.List
	if len(o.Items) == 0 {
		faults.Add(fault.New("plan.item_none", nil))
	}
	named := map[string]bool{}
	for _, id := range o.Items {
		item, _ := d.Item(id)
		if named[id] {
			faults.Add(fault.New("plan.item_twice", message.Args{"item": item.Name()}))
		}
		named[id] = true
		if !slices.Contains(allowed, item.State) {
			faults.Add(fault.New("plan.item_state", message.Args{"item": item.Name(), "act": message.Word("plan.act." + string(o.Act)),
				"state": message.Word("plan.state." + string(item.State))}))
		}
	}
	return faults
}

// StateName returns what people call a state.
func StateName(language message.Language, state State) string {
	return message.Text(language, "plan.state."+string(state), nil)
}

func checkOne(o Operation) fault.List {
	if len(o.Items) > 1 {
		return fault.List{fault.New("plan.item_one", nil)}
	}
	return nil
}

func (d *Desk) checkAccept(o Operation) fault.List {
	faults := d.checkStates(o, Open, Ignored)
	for _, id := range o.Items {
		item, _ := d.Item(id)
		if item.Kind == Number {
			faults.Add(fault.New("plan.number_accept", message.Args{"item": item.Name()}))
		}
		faults.Add(item.Faults()...)
	}
	return faults
}

func checkFields(kind Kind, fields map[string]string, some bool) fault.List {
	var faults fault.List
	if some && len(fields) == 0 {
		faults.Add(fault.New("plan.field_none", nil))
	}
	for _, key := range sortedKeys(fields) {
		if f := checkField(kind, key, fields[key]); f != nil {
			faults.Add(f)
		}
	}
	return faults
}

// families are the kinds that an item may move between: numbers among themselves, deeds among themselves.
var families = [][]Kind{{Target, Fact, Number}, {Task, Project, Mechanism}}

// MovesTo returns the kinds that an item of this kind may become.
func MovesTo(kind Kind) []Kind {
	for _, family := range families {
		if slices.Contains(family, kind) {
			return slices.DeleteFunc(slices.Clone(family), func(k Kind) bool { return k == kind || k == Number })
		}
	}
	return nil
}

func (d *Desk) checkMove(o Operation) fault.List {
	faults := append(d.checkStates(o, Open, Accepted, Ignored), checkOne(o)...)
	if len(faults) > 0 {
		return faults
	}
	item, _ := d.Item(o.Items[0])
	if !slices.Contains(MovesTo(item.Kind), o.Kind) {
		return fault.List{fault.New("plan.move_refused", message.Args{"from": message.Word("plan.kind." + string(item.Kind)), "item": item.Name()})}
	}
	return checkFields(o.Kind, o.Fields, false)
}

func (d *Desk) checkMerge(o Operation, kind Kind) fault.List {
	faults := append(d.checkStates(o, Open, Accepted), checkFields(kind, o.Fields, false)...)
	if len(o.Items) < 2 || len(o.Items) > MaxTogether {
		faults.Add(fault.New("plan.merge_count", message.Args{"max": MaxTogether}))
	}
	for _, id := range o.Items {
		if item, _ := d.Item(id); item.Kind != kind || kind == Document {
			faults.Add(fault.New("plan.merge_kinds", message.Args{"item": item.Name()}))
		}
	}
	return faults
}

func (d *Desk) checkParts(o Operation, least int) fault.List {
	var faults fault.List
	if len(o.Parts) < least || len(o.Parts) > MaxTogether {
		faults.Add(fault.New("plan.part_count", message.Args{"min": least, "max": MaxTogether}))
	}
	for _, part := range o.Parts {
		if part.Kind == Document || part.Kind == Number || FieldsOf(part.Kind) == nil {
			faults.Add(fault.New("plan.part_kind", nil))
			continue
		}
		faults.Add(Item{Kind: part.Kind, Fields: part.Fields}.Faults()...)
		faults.Add(checkFields(part.Kind, unknownFields(part), false)...)
	}
	return faults
}

// unknownFields keeps the fields that Faults does not look at.
func unknownFields(part Part) map[string]string {
	unknown := map[string]string{}
	for key, value := range part.Fields {
		if _, ok := fieldOf(part.Kind, key); !ok {
			unknown[key] = value
		}
	}
	return unknown
}

// checkUndo refuses to undo what later operations that hold stand on; it names them.
func (d *Desk) checkUndo(o Operation) fault.List {
	if o.Undoes < 1 || o.Undoes > d.Head() || d.Log[o.Undoes-1].Undone {
		return fault.List{fault.New("plan.undo_unknown", nil)}
	}
	root := d.Log[o.Undoes-1].Operation
	for root.Act == Undo {
		root = d.Log[root.Undoes-1].Operation
	}
	ids := root.touched()
	var faults fault.List
	for _, later := range d.Log[root.Number:] {
		if later.Undone || later.Act == Undo {
			continue
		}
		if slices.ContainsFunc(later.touched(), func(id string) bool { return slices.Contains(ids, id) }) {
			faults.Add(fault.New("plan.undo_later", message.Args{"name": later.Name, "act": message.Word("plan.act." + string(later.Act))}))
		}
	}
	return faults
}

// replays tells whether the log with one more operation still fits the items: an operation on an item whose
// making was undone does not.
func (d *Desk) replays(o Operation) bool {
	var read []Item
	for _, item := range d.Items {
		if !d.isMade(item.ID) {
			read = append(read, item)
		}
	}
	_, err := Replay(read, append(d.operations(), o))
	return err == nil
}

func (d *Desk) isMade(id string) bool {
	for _, entry := range d.Log {
		for i := range entry.Parts {
			if MadeID(entry.Number, i) == id {
				return true
			}
		}
	}
	return false
}

// LastUndoable returns the last operation of this person that may be undone, or false.
func (d *Desk) LastUndoable(by string) (Operation, bool) {
	for _, entry := range slices.Backward(d.Log) {
		if entry.By != by || entry.Undone || entry.Act == Undo {
			continue
		}
		if len(d.checkUndo(Operation{Number: d.Head() + 1, Act: Undo, Undoes: entry.Number})) == 0 {
			return entry.Operation, true
		}
	}
	return Operation{}, false
}
