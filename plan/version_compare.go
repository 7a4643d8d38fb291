package plan

import (
	"cmp"
	"slices"
)

// Aspect is one way in which an item of a revised plan differs.
type Aspect string

// Aspects. Raised and Lowered speak of what is demanded: a lower ceiling (不超过) demands more.
const (
	New        Aspect = "new"
	Dropped    Aspect = "dropped"
	Raised     Aspect = "raised"
	Lowered    Aspect = "lowered"
	Deadline   Aspect = "deadline"
	BaselineOf Aspect = "baseline"
	Owner      Aspect = "owner"
	Rewritten  Aspect = "rewritten" // any other field
)

// Aspects returns every aspect in the order of a page.
func Aspects() []Aspect {
	return []Aspect{Raised, Lowered, New, Dropped, Deadline, BaselineOf, Owner, Rewritten}
}

// FieldChange is one field of a pair that is not the same.
type FieldChange struct{ Key, Old, New string }

// Change is one item that is not the same in two versions. Old or New is nil where the item is on one side only.
type Change struct {
	Kind    Kind
	Aspects []Aspect
	Old     *Node
	New     *Node
	Fields  []FieldChange
}

// Has tells whether the change has this aspect.
func (c Change) Has(aspect Aspect) bool { return slices.Contains(c.Aspects, aspect) }

// Comparison is what a revision changes. Same counts the items of each kind that are equal in both.
type Comparison struct {
	Changes []Change // by kind, then in the order of the new text, dropped items last
	Same    map[Kind]int
}

// Count returns how many changes of a kind have an aspect.
func (c Comparison) Count(kind Kind, aspect Aspect) int {
	n := 0
	for _, change := range c.Changes {
		if change.Kind == kind && change.Has(aspect) {
			n++
		}
	}
	return n
}

// Compare pairs the items of two versions kind by kind and tells what changed. Headings are paired too, so
// that a renamed chapter shows as such.
func Compare(old, revised Content) Comparison {
	comparison := Comparison{Same: map[Kind]int{}}
	for _, kind := range []Kind{Target, Task, Project, Mechanism, Heading, Fact} {
		before, after := nodesOf(old, kind), nodesOf(revised, kind)
		pairs := pairNodes(before, after)
		paired := map[int]bool{}
		for j := range after {
			i, ok := pairs[j]
			if !ok {
				comparison.Changes = append(comparison.Changes, Change{Kind: kind, Aspects: []Aspect{New}, New: &after[j]})
				continue
			}
			paired[i] = true
			if change := changeOf(kind, &before[i], &after[j]); len(change.Aspects) > 0 {
				comparison.Changes = append(comparison.Changes, change)
			} else {
				comparison.Same[kind]++
			}
		}
		for i := range before {
			if !paired[i] {
				comparison.Changes = append(comparison.Changes, Change{Kind: kind, Aspects: []Aspect{Dropped}, Old: &before[i]})
			}
		}
	}
	return comparison
}

func nodesOf(content Content, kind Kind) []Node {
	var nodes []Node
	for _, node := range content.Nodes {
		if node.Kind == kind {
			nodes = append(nodes, node)
		}
	}
	return nodes
}

// changeOf lists what differs between two items that are the same thing in two versions.
func changeOf(kind Kind, old, revised *Node) Change {
	change := Change{Kind: kind, Old: old, New: revised}
	for _, field := range FieldsOf(kind) {
		before, after := old.Field(field.Key), revised.Field(field.Key)
		if before == after {
			continue
		}
		change.Fields = append(change.Fields, FieldChange{Key: field.Key, Old: before, New: after})
		aspect := aspectOf(field.Key, old, revised)
		if !change.Has(aspect) {
			change.Aspects = append(change.Aspects, aspect)
		}
	}
	slices.SortFunc(change.Aspects, func(a, b Aspect) int {
		return cmp.Compare(slices.Index(Aspects(), a), slices.Index(Aspects(), b))
	})
	return change
}

func aspectOf(key string, old, revised *Node) Aspect {
	switch key {
	case "value", "value_max":
		return demand(old.Item(), revised.Item())
	case "deadline", "time", "frequency":
		return Deadline
	case "baseline", "baseline_year":
		return BaselineOf
	case "responsible":
		return Owner
	}
	return Rewritten
}

// demand tells whether the revised target asks for more or for less. Values of different units or directions
// cannot be compared and count as rewritten.
func demand(old, revised Item) Aspect {
	before, after := old.number("value"), revised.number("value")
	if before == nil || after == nil || unitOf(old) != unitOf(revised) || downward(old) != downward(revised) {
		return Rewritten
	}
	if *before == *after {
		before, after = old.number("value_max"), revised.number("value_max")
		if before == nil || after == nil || *before == *after {
			return Rewritten
		}
	}
	if (*after > *before) != downward(old) {
		return Raised
	}
	return Lowered
}

// downward tells whether less is more: a ceiling, or an amount by which something is cut down measured as
// the level to be reached.
func downward(item Item) bool { return item.Fields["comparator"] == "<=" }
