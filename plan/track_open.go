package plan

import (
	"context"
	"fmt"
)

// Tracked is every version of a plan with the tracks of its nodes. It is shared: nobody may change it.
type Tracked struct {
	Plan     Plan
	Versions []Version           // by number
	Tracks   []map[string]string // for each version: id of a node → track
	nodes    []map[string]int    // for each version: track → index of the node
}

// Last returns the version that holds now.
func (t *Tracked) Last() Version { return t.Versions[len(t.Versions)-1] }

// TrackOf returns the track of a node of the last version.
func (t *Tracked) TrackOf(node string) string { return t.Tracks[len(t.Tracks)-1][node] }

// Node returns the node of a track in the last version, false where it was dropped or never was.
func (t *Tracked) Node(track string) (Node, bool) { return t.NodeIn(len(t.Versions), track) }

// NodeIn returns the node of a track in the version with this number.
func (t *Tracked) NodeIn(number int, track string) (Node, bool) {
	if number < 1 || number > len(t.Versions) {
		return Node{}, false
	}
	i, ok := t.nodes[number-1][track]
	if !ok {
		return Node{}, false
	}
	return t.Versions[number-1].Content.Nodes[i], true
}

// Tracked returns a plan with all its versions and tracks. Versions never change, so it is computed once for each new version and
// kept for the plans opened last.
func (d *Desks) Tracked(ctx context.Context, id string) (*Tracked, error) {
	row, err := d.store.Plan(ctx, id)
	if err != nil {
		return nil, err
	}
	d.mu.Lock()
	kept := d.tracked[id]
	d.mu.Unlock()
	if kept != nil && len(kept.Versions) == row.Versions {
		if kept.Plan == row {
			return kept, nil
		}
		renamed := *kept
		renamed.Plan = row
		return &renamed, nil
	}
	made := &Tracked{Plan: row}
	contents := make([]Content, row.Versions)
	for n := range row.Versions {
		version, err := d.store.PlanVersion(ctx, id, n+1)
		if err != nil {
			return nil, fmt.Errorf("plan: version %d of %s: %w", n+1, id, err)
		}
		version.Bytes = nil
		made.Versions, contents[n] = append(made.Versions, version), version.Content
	}
	made.Tracks = Tracks(contents)
	for n, content := range contents {
		nodes := make(map[string]int, len(content.Nodes))
		for i, node := range content.Nodes {
			nodes[made.Tracks[n][node.ID]] = i
		}
		made.nodes = append(made.nodes, nodes)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.tracked) >= maxOpened {
		clear(d.tracked)
	}
	d.tracked[id] = made
	return made, nil
}
