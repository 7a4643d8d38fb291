//go:build shared

package target_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"jiaoheng/document"
	"jiaoheng/intake"
	"jiaoheng/message"
	"jiaoheng/plan"
	"jiaoheng/plan/reading"
	"jiaoheng/plan/target"
)

const plansFolder = "../../../shared/plans/"

// handLine is a line of the tables of docs/binding.md.
type handLine struct {
	plan, target, name string
	right              []string
	stage              string
}

// handLists reads the three tables: measured, in part, looks alike.
func handLists(t *testing.T) (lists [3][]handLine) {
	t.Helper()
	data, err := os.ReadFile("../../docs/binding.md")
	if err != nil {
		t.Fatal(err)
	}
	table := -1
	for _, line := range strings.Split(string(data), "\n") {
		cells := strings.Split(line, " | ")
		switch {
		case strings.HasPrefix(line, "| plan |"):
			table++
		case table >= 0 && table < 3 && strings.HasPrefix(line, "| 0"):
			h := handLine{plan: strings.TrimPrefix(cells[0], "| "), target: cells[1], name: cells[2], right: strings.Split(cells[5], " / ")}
			if stage := strings.TrimSpace(cells[6]); table == 0 && stage != "-" {
				h.stage = stage
			}
			lists[table] = append(lists[table], h)
		}
	}
	return lists
}

// answer is a target of the answer key.
type answer struct {
	ID       string   `json:"id"`
	Name     string   `json:"name_zh"`
	Value    *float64 `json:"value"`
	Unit     string   `json:"unit"`
	Sentence string   `json:"sentence"`
}

func answers(t *testing.T, name string) map[string]answer {
	t.Helper()
	data, err := os.ReadFile(plansFolder + "gold/" + name + ".json")
	if err != nil {
		t.Fatal(err)
	}
	var key struct{ Targets []answer }
	if err := json.Unmarshal(data, &key); err != nil {
		t.Fatal(err)
	}
	all := map[string]answer{}
	for _, a := range key.Targets {
		all[a.ID] = a
	}
	return all
}

// adoptedPlan reads a document with the program's own reader and adopts what it finds, unchanged.
func adoptedPlan(t *testing.T, name string) plan.Content {
	t.Helper()
	data, err := os.ReadFile(plansFolder + "raw/" + name + ".txt")
	if err != nil {
		t.Fatal(err)
	}
	source, err := intake.Read(context.Background(), name+".txt", data)
	if err != nil {
		t.Fatal(err)
	}
	items := plan.Items(reading.Read(document.Clean(source)))
	desk, err := plan.Replay(items, nil)
	if err != nil {
		t.Fatal(err)
	}
	done, err := desk.Do(plan.Request{Act: plan.Accept, Items: []string{plan.DocumentID}}, plan.Who{})
	if err != nil {
		done, err = desk.Do(plan.Request{Act: plan.Correct, Items: []string{plan.DocumentID}, Fields: map[string]string{"name": name, "from": "2021", "to": "2025"}}, plan.Who{})
	}
	if err != nil {
		t.Fatal(err)
	}
	if desk, err = plan.Replay(items, []plan.Operation{done}); err != nil {
		t.Fatal(err)
	}
	version, err := desk.Adopt(plan.Adoption{Title: name, Region: name, From: "2021", To: "2025", Head: desk.Head(), Unreviewed: true}, "", "", 1, plan.Who{})
	if err != nil {
		t.Fatal(err)
	}
	return version.Content
}

// find returns the node that is the target of the answer key: of the same value in the same sentence, named likest.
func find(content plan.Content, a answer) (plan.Node, bool) {
	best, found, score := plan.Node{}, false, -1.0
	for _, node := range content.Nodes {
		if node.Kind != plan.Target || a.Value == nil {
			continue
		}
		var value float64
		if _, err := fmt.Sscan(node.Field("value"), &value); err != nil || math.Abs(value-*a.Value) > 1e-9 {
			continue
		}
		if !strings.Contains(node.Sentence, a.Sentence) && !strings.Contains(a.Sentence, node.Sentence) {
			continue
		}
		if s := common(node.Field("name"), a.Name); s > score {
			best, found, score = node, true, s
		}
	}
	return best, found
}

func common(a, b string) float64 {
	n := 0
	for _, r := range a {
		if strings.ContainsRune(b, r) {
			n++
		}
	}
	return float64(2*n) / float64(len([]rune(a))+len([]rune(b)))
}

// What a person listed before the proposer was written, against what it proposes for the five plans as the program reads them.
func TestProposalsForFivePlansAgreeWithTheListByHand(t *testing.T) {
	proposer, lists := target.NewProposer(everything(t)), handLists(t)
	if len(lists[0]) < 20 || len(lists[1]) < 10 || len(lists[2]) < 10 {
		t.Fatalf("tables of %d, %d and %d lines", len(lists[0]), len(lists[1]), len(lists[2]))
	}
	measured, read, right, sure, wrongSure, all := 0, 0, 0, 0, 0, 0
	for _, name := range []string{"000", "001", "002", "003", "004"} {
		content, key, listed := adoptedPlan(t, name), answers(t, name), map[string]handLine{}
		for _, line := range lists[0] {
			if line.plan != name {
				continue
			}
			measured++
			node, found := find(content, key[line.target])
			if !found {
				t.Logf("%s %s %s: the reader makes no target of it", name, line.target, line.name)
				continue
			}
			read++
			listed[node.ID] = line
			proposals := proposer.Propose(node)
			if len(proposals) == 0 || !slices.Contains(line.right, proposals[0].Indicator) || line.stage != "" && proposals[0].Stage != line.stage {
				t.Logf("%s %s %q: first of %+v is not one of %v", name, line.target, node.Field("name"), proposals, line.right)
				continue
			}
			right++
			if proposals[0].Sure() {
				sure++
			} else {
				t.Logf("%s %s %q: %s only %.2f: %s", name, line.target, node.Field("name"), proposals[0].Indicator, proposals[0].Confidence, grounds(proposals[0]))
			}
		}
		for _, node := range content.Nodes {
			if node.Kind != plan.Target {
				continue
			}
			all++
			for k, proposal := range proposer.Propose(node) {
				if k == 0 && listed[node.ID].target == "" {
					t.Logf("%s %s %q: %s %.2f", name, node.ID, node.Field("name"), proposal.Indicator, proposal.Confidence)
				}
				if proposal.Sure() && !slices.Contains(listed[node.ID].right, proposal.Indicator) {
					wrongSure++
					t.Errorf("%s %q: %s with %.2f: %s", name, node.Field("name"), proposal.Indicator, proposal.Confidence, grounds(proposal))
				}
			}
		}
	}
	t.Logf("%d targets of the list, %d read; %d proposed rightly first (%.0f %% of the list, %.0f %% of those read), %d of them surely; of %d targets %d wrong surely",
		measured, read, right, 100*float64(right)/float64(measured), 100*float64(right)/float64(read), sure, all, wrongSure)
	if right*100 < measured*70 {
		t.Errorf("%d of %d targets are proposed rightly, at least 70 in 100 are wanted", right, measured)
	}
}

func grounds(p target.Proposal) string {
	var why []string
	for _, g := range p.Why {
		why = append(why, g.Text(message.Chinese))
	}
	return strings.Join(why, "；")
}
