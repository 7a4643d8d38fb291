package plan

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// Limits of an amendment.
const (
	MaxAmendmentReason  = 500 // characters
	MaxAmendmentChanges = 200
)

// AmendmentState says how far an amendment has come.
type AmendmentState string

// States of an amendment. An approved one has become a version.
const (
	AmendmentProposed  AmendmentState = "proposed"
	AmendmentApproved  AmendmentState = "approved"
	AmendmentWithdrawn AmendmentState = "withdrawn"
)

// AmendmentChange is what an amendment says of one node: the fields that become something else, and what they were.
type AmendmentChange struct {
	Node   string            `json:"node"`
	Fields map[string]string `json:"fields"`
	Was    map[string]string `json:"was"`
}

// Amendment changes what an adopted plan demands without a new document: a baseline, a goal, a deadline, who is responsible. It
// becomes the next version when a second person approves it; the versions before stay as they are.
type Amendment struct {
	ID         string
	Plan       string
	Number     int // of the amendment, from 1 within its plan
	Base       int // number of the version that it was proposed for
	State      AmendmentState
	Changes    []AmendmentChange
	Reason     string
	By         string
	At         time.Time
	ApprovedBy string
	ApprovedAt time.Time
	Made       int   // number of the version that it became
	Version    int64 // of the row
}

// amendable are the fields that an amendment may change; what a plan is called and where it speaks of is changed by a document.
var amendable = map[Kind][]string{
	Target: {"comparator", "value", "value_max", "baseline", "baseline_year", "deadline"},
	Task:   {"responsible", "deadline"},
}

// Amendable returns the fields of a kind that an amendment may change, in the order of a form.
func Amendable(kind Kind) []string { return amendable[kind] }

// AmendmentStore keeps amendments. Methods that write run inside action.Do only.
type AmendmentStore interface {
	AmendmentInsert(ctx context.Context, amendment Amendment) error
	AmendmentUpdate(ctx context.Context, amendment Amendment) error
	Amendment(ctx context.Context, id string) (Amendment, error)
	Amendments(ctx context.Context, plan string) ([]Amendment, error) // by number
}

// Amend returns the content with the changes made. Everything that is wrong with them comes back at once; a place names the
// line of the change, from 1, and the field. It never changes the content given.
func Amend(content Content, changes []AmendmentChange) (Content, fault.List) {
	var faults fault.List
	if len(changes) == 0 {
		faults.Add(fault.New("plan.amend_nothing", nil))
	}
	if len(changes) > MaxAmendmentChanges {
		return content, append(faults, fault.New("plan.amend_many", message.Args{"limit": MaxAmendmentChanges, "count": len(changes)}))
	}
	content.Nodes = slices.Clone(content.Nodes)
	seen := map[string]bool{}
	for i, change := range changes {
		n := slices.IndexFunc(content.Nodes, func(node Node) bool { return node.ID == change.Node })
		if n < 0 || seen[change.Node] {
			faults.Add(fault.At(fault.Place{Row: i + 1}, "plan.amend_unknown", message.Args{"node": change.Node}))
			continue
		}
		seen[change.Node] = true
		node, wrong := amendNode(content.Nodes[n], change)
		for _, f := range wrong {
			f.Place.Row = i + 1
			faults.Add(f)
		}
		content.Nodes[n] = node
	}
	return content, faults
}

func amendNode(node Node, change AmendmentChange) (Node, fault.List) {
	var faults fault.List
	was := node.Fields
	node.Fields = maps.Clone(node.Fields)
	for _, key := range sortedKeys(change.Fields) {
		if !slices.Contains(amendable[node.Kind], key) {
			faults.Add(fault.At(fault.Place{Column: key}, "plan.amend_field", message.Args{"field": key, "kind": message.Word("plan.kind." + string(node.Kind))}))
			continue
		}
		if was[key] != change.Was[key] {
			faults.Add(fault.At(fault.Place{Column: key}, "plan.amend_moved", message.Args{"was": change.Was[key], "now": was[key]}))
		}
		if value := change.Fields[key]; value != "" {
			node.Fields[key] = value
		} else {
			delete(node.Fields, key)
		}
	}
	if node.Kind == Target && change.Was["deadline"] != node.Fields["deadline"] && !deadlineRight(node.Fields["deadline"]) {
		if _, changed := change.Fields["deadline"]; changed {
			faults.Add(fault.At(fault.Place{Column: "deadline"}, "plan.amend_deadline", message.Args{"value": node.Fields["deadline"]}))
		}
	}
	for _, f := range node.Item().Faults() {
		if _, changed := change.Fields[f.Place.Column]; changed {
			faults.Add(f)
		}
	}
	if len(change.Fields) == 0 || maps.Equal(was, node.Fields) {
		faults.Add(fault.New("plan.amend_same", nil))
	}
	return node, faults
}

// deadlineRight tells whether a deadline is written so that it names a day, or is left out.
func deadlineRight(text string) bool {
	if text == "" {
		return true
	}
	for _, layout := range []string{"2006", "2006-01", "2006-01-02"} {
		if _, err := time.Parse(layout, text); err == nil {
			return true
		}
	}
	return false
}

// check tells what is wrong with an amendment of a content, beside what Amend tells.
func (a Amendment) check() fault.List {
	var faults fault.List
	switch reason := strings.TrimSpace(a.Reason); {
	case reason == "":
		faults.Add(fault.At(fault.Place{Column: "reason"}, "plan.amend_reason_missing", nil))
	case utf8.RuneCountInString(reason) > MaxAmendmentReason:
		faults.Add(fault.At(fault.Place{Column: "reason"}, "plan.amend_reason_long", message.Args{"limit": MaxAmendmentReason}))
	}
	return faults
}
