package plan

import (
	"slices"
	"strconv"
)

// Tracks follows every node through the versions of one plan, given in order: for each version, from the id of a node to the
// name of its track, "<number>.<id>" of the version in which it first stood, such as "1.T17". Nothing of it is stored: equal
// contents give equal tracks.
//
// Versions read from the same text, as an amendment leaves it, keep the ids of their nodes; others are paired as Compare does.
// A node that was dropped and comes back later begins a new track.
func Tracks(contents []Content) []map[string]string {
	tracks := make([]map[string]string, len(contents))
	for v, content := range contents {
		tracks[v] = make(map[string]string, len(content.Nodes))
		var older map[string]string
		if v > 0 {
			older = sameNodes(contents[v-1], content)
		}
		for _, node := range content.Nodes {
			if old, paired := older[node.ID]; paired {
				tracks[v][node.ID] = tracks[v-1][old]
			} else {
				tracks[v][node.ID] = strconv.Itoa(v+1) + "." + node.ID
			}
		}
	}
	return tracks
}

// sameNodes returns for the id of each node of revised the id of the node of old that is the same thing.
func sameNodes(old, revised Content) map[string]string {
	same, left := map[string]string{}, map[string]Node{}
	if old.Text != "" && old.Text == revised.Text {
		for _, node := range old.Nodes {
			left[node.ID] = node
		}
	}
	taken := map[string]bool{}
	for _, node := range revised.Nodes {
		if before, ok := left[node.ID]; ok && before.Kind == node.Kind && slices.Equal(before.Places, node.Places) {
			same[node.ID], taken[node.ID] = node.ID, true
		}
	}
	for _, kind := range Kinds() {
		before := slices.DeleteFunc(nodesOf(old, kind), func(n Node) bool { return taken[n.ID] })
		after := slices.DeleteFunc(nodesOf(revised, kind), func(n Node) bool { return same[n.ID] != "" })
		for j, i := range pairNodes(before, after) {
			same[after[j].ID] = before[i].ID
		}
	}
	return same
}
