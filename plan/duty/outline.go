package duty

import (
	"context"
	"sync"

	"jiaoheng/plan"
	"jiaoheng/plan/target"
)

// Node is a node of the version in force with the name of its track.
type Node struct {
	plan.Node
	Track target.Track
}

// Outline is a plan as it stands now: the nodes of its version in force, in the order of the text. It does not change.
type Outline struct {
	Plan    plan.Plan
	Version plan.Version
	Nodes   []Node
	places  map[target.Track]int
}

// Find returns the node of a track, false when the version in force has it no more.
func (o *Outline) Find(track target.Track) (Node, bool) {
	at, known := o.places[track]
	if !known {
		return Node{}, false
	}
	return o.Nodes[at], true
}

// Work returns the nodes that want a lead.
func (o *Outline) Work() []Node {
	var nodes []Node
	for _, n := range o.Nodes {
		if NeedsLead(n.Kind) {
			nodes = append(nodes, n)
		}
	}
	return nodes
}

// Name returns what people call the node: its name, else the sentence it was read from.
func (n Node) Name() string {
	if name := n.Item().Name(); name != "" {
		return name
	}
	return n.Sentence
}

// NewOutline returns the outline of a plan from all its versions, given in order.
func NewOutline(p plan.Plan, versions []plan.Version) *Outline {
	o := &Outline{Plan: p, places: map[target.Track]int{}}
	contents := make([]plan.Content, len(versions))
	for i, v := range versions {
		contents[i], o.Version = v.Content, v
	}
	if len(versions) == 0 {
		return o
	}
	tracks := plan.Tracks(contents)[len(versions)-1]
	for _, node := range o.Version.Content.Nodes {
		track := target.Track(tracks[node.ID])
		o.places[track] = len(o.Nodes)
		o.Nodes = append(o.Nodes, Node{Node: node, Track: track})
	}
	return o
}

// Outlines keeps the outlines of plans in memory; a version never changes, so only a new version is read. It may be used by many
// at once.
type Outlines struct {
	store Store
	lock  sync.Mutex
	kept  map[string]*Outline
}

// NewOutlines returns the outlines of a store.
func NewOutlines(store Store) *Outlines {
	return &Outlines{store: store, kept: map[string]*Outline{}}
}

// Of returns the outline of a plan, plan.ErrNotFound when there is none.
func (o *Outlines) Of(ctx context.Context, id string) (*Outline, error) {
	p, err := o.store.Plan(ctx, id)
	if err != nil {
		return nil, err
	}
	o.lock.Lock()
	kept := o.kept[id]
	o.lock.Unlock()
	if kept != nil && kept.Plan.Versions == p.Versions {
		return kept, nil
	}
	versions := make([]plan.Version, p.Versions)
	for i := range versions {
		if versions[i], err = o.store.PlanVersion(ctx, id, i+1); err != nil {
			return nil, err
		}
	}
	made := NewOutline(p, versions)
	o.lock.Lock()
	defer o.lock.Unlock()
	o.kept[id] = made
	return made, nil
}
