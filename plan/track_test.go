package plan_test

import (
	"testing"

	"jiaoheng/plan"
)

func TestTracksFollowNodesThroughVersions(t *testing.T) {
	target := func(id, name, value string) plan.Node {
		return plan.Node{ID: id, Kind: plan.Target, Fields: map[string]string{"name": name, "value": value, "unit": "%"}}
	}
	read := func(text string, nodes ...plan.Node) plan.Content { return plan.Content{Text: text, Nodes: nodes} }
	tracks := plan.Tracks([]plan.Content{
		read("a", target("T1", "学前教育毛入园率", "95"), target("T2", "九年义务教育巩固率", "98"), target("T3", "义务教育学校", "90"), target("T4", "义务教育学校", "80")),
		read("a", target("T1", "学前教育毛入园率", "97"), target("T2", "九年义务教育巩固率", "98"), target("T3", "义务教育学校", "90"), target("T4", "义务教育学校", "85")),
		read("b", target("T1", "九年义务教育巩固率", "99"), target("T5", "中职毕业生就业率", "92")),
		read("c", target("T9", "九年义务教育巩固率", "99"), target("T2", "学前教育毛入园率", "97")),
	})
	want := []map[string]string{
		{"T1": "1.T1", "T2": "1.T2", "T3": "1.T3", "T4": "1.T4"},
		{"T1": "1.T1", "T2": "1.T2", "T3": "1.T3", "T4": "1.T4"}, // an amendment keeps ids, also of nodes that are called the same
		{"T1": "1.T2", "T5": "3.T5"},                             // another document: paired by name
		{"T9": "1.T2", "T2": "4.T2"},                             // what was dropped and comes back begins anew
	}
	for v := range want {
		if len(tracks[v]) != len(want[v]) {
			t.Errorf("version %d: got %v", v+1, tracks[v])
		}
		for id, track := range want[v] {
			if tracks[v][id] != track {
				t.Errorf("version %d, node %s: got %s, want %s", v+1, id, tracks[v][id], track)
			}
		}
	}
}
