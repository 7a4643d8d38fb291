package unit

import (
	"sort"
	"sync"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// Tree is one snapshot of the region, numbered in preorder.
type Tree struct {
	units  []Unit
	parent []int
	end    []int
	index  map[string]int
	before map[string][]string // by code: the units whose rows it took over
	kept   sync.Map
}

// Keep returns what was made for the key when it was first asked for. What is kept must follow from the tree alone; it lives
// as long as the tree.
func (t *Tree) Keep(key any, make func() any) any {
	if kept, known := t.kept.Load(key); known {
		return kept
	}
	kept, _ := t.kept.LoadOrStore(key, make())
	return kept
}

// Interval is the half-open interval [From, To) of preorder numbers of a subtree.
type Interval struct{ From, To int }

// Contains tells whether number n lies in the interval.
func (i Interval) Contains(n int) bool { return n >= i.From && n < i.To }

// Build numbers units in preorder. Children of one unit stand in order of their codes; several roots are allowed.
//
// Errors: a fault.List with every unit whose code is taken, whose parent is unknown, or which stands in a circle.
func Build(units []Unit) (*Tree, error) {
	var faults fault.List
	at := make(map[string]int, len(units))
	for i, u := range units {
		if _, taken := at[u.Code]; taken {
			faults.Add(fault.New("unit.code_taken", message.Args{"code": u.Code, "name": u.Name}))
			continue
		}
		at[u.Code] = i
	}
	children := make(map[string][]int)
	for i, u := range units {
		if _, known := at[u.Parent]; u.Parent != "" && !known {
			faults.Add(fault.New("unit.parent_unknown", message.Args{"code": u.Parent, "name": u.Name}))
		}
		children[u.Parent] = append(children[u.Parent], i)
	}
	if len(faults) > 0 {
		return nil, faults
	}
	for _, list := range children {
		sort.Slice(list, func(a, b int) bool { return units[list[a]].Code < units[list[b]].Code })
	}
	tree := &Tree{index: make(map[string]int, len(units))}
	tree.number(units, children)
	for _, u := range units {
		if _, numbered := tree.index[u.Code]; !numbered {
			faults.Add(fault.New("unit.in_circle", message.Args{"code": u.Code, "name": u.Name}))
		}
	}
	return tree, faults.Err()
}

// number walks from the roots with a stack of its own, so that depth has no limit.
func (t *Tree) number(units []Unit, children map[string][]int) {
	type frame struct{ number, next int }
	visit := func(i, parent int) int {
		n := len(t.units)
		t.units, t.parent, t.end = append(t.units, units[i]), append(t.parent, parent), append(t.end, n+1)
		t.index[units[i].Code] = n
		return n
	}
	for _, root := range children[""] {
		stack := []frame{{visit(root, -1), 0}}
		for len(stack) > 0 {
			top := &stack[len(stack)-1]
			below := children[t.units[top.number].Code]
			if top.next < len(below) {
				child := below[top.next]
				top.next++
				stack = append(stack, frame{visit(child, top.number), 0})
				continue
			}
			t.end[top.number] = len(t.units)
			stack = stack[:len(stack)-1]
		}
	}
}

// Len is the number of units.
func (t *Tree) Len() int { return len(t.units) }

// At returns the unit with preorder number n.
func (t *Tree) At(n int) Unit { return t.units[n] }

// Number returns the preorder number of the unit with the code.
func (t *Tree) Number(code string) (int, bool) {
	n, ok := t.index[code]
	return n, ok
}

// Find returns the unit with the code.
func (t *Tree) Find(code string) (Unit, bool) {
	n, ok := t.index[code]
	if !ok {
		return Unit{}, false
	}
	return t.units[n], true
}

// Before returns the units whose rows the unit took over by mergers, known only to a tree that History.Tree built.
// Who has rights on the unit has them on these too.
func (t *Tree) Before(code string) []string { return t.before[code] }

// Parent returns the number of the unit above n, or -1 for a root.
func (t *Tree) Parent(n int) int { return t.parent[n] }

// Subtree returns the interval of n and everything below it.
func (t *Tree) Subtree(n int) Interval { return Interval{n, t.end[n]} }

// SubtreeOf returns the interval of the unit with the code; an unknown code has an empty interval.
func (t *Tree) SubtreeOf(code string) Interval {
	n, ok := t.index[code]
	if !ok {
		return Interval{}
	}
	return t.Subtree(n)
}

// Depth returns the number of units above n.
func (t *Tree) Depth(n int) int {
	depth := 0
	for n = t.parent[n]; n >= 0; n = t.parent[n] {
		depth++
	}
	return depth
}

// Children returns the numbers of the units directly below n, in order.
func (t *Tree) Children(n int) []int {
	var children []int
	for child := n + 1; child < t.end[n]; child = t.end[child] {
		children = append(children, child)
	}
	return children
}
