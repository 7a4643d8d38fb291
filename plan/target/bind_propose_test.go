package target_test

import (
	"encoding/csv"
	"os"
	"slices"
	"strings"
	"testing"

	"jiaoheng"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/plan"
	"jiaoheng/plan/target"
)

func everything(t testing.TB) *pack.Scope {
	t.Helper()
	set, faults := pack.Load(jiaoheng.Packs, nil)
	if faults != nil {
		t.Fatal(faults.Text(message.Chinese))
	}
	return set.Everything()
}

// nameCase is a line of testdata/bind_names.csv. Right is one of: names that are right, "~" before names that may be proposed but
// never surely, "-" where nothing measures it.
type nameCase struct {
	node  plan.Node
	right []string
	part  bool
	stage string
}

func (c nameCase) measurable() bool { return len(c.right) > 0 && !c.part }

func nameCases(t testing.TB, name string) []nameCase {
	t.Helper()
	file, err := os.Open("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	lines, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var cases []nameCase
	for _, l := range lines[1:] {
		c := nameCase{stage: l[6], node: plan.Node{Kind: plan.Target, Fields: map[string]string{"name": l[0], "scope": l[1], "comparator": l[2], "value": l[3], "unit": l[4]}}}
		right, part := strings.CutPrefix(l[5], "~")
		if c.part = part; right != "-" {
			c.right = strings.Split(right, "/")
		}
		cases = append(cases, c)
	}
	return cases
}

// tried is how the proposals for a list of names turn out.
type tried struct{ measurable, first, sure, wrongSure, wrongStage int }

func try(t testing.TB, p *target.Proposer, cases []nameCase) tried {
	t.Helper()
	var r tried
	for _, c := range cases {
		proposals := p.Propose(c.node)
		var first target.Proposal
		if len(proposals) > 0 {
			first = proposals[0]
		}
		right := slices.Contains(c.right, first.Indicator)
		text := func() string {
			var why []string
			for _, g := range first.Why {
				why = append(why, g.Text(message.Chinese))
			}
			return strings.Join(why, "；")
		}
		for _, proposal := range proposals {
			if proposal.Sure() && (c.part || !slices.Contains(c.right, proposal.Indicator)) {
				r.wrongSure++
				t.Errorf("%s (%s): %s with %.2f: %s", c.node.Field("name"), c.node.Field("scope"), proposal.Indicator, proposal.Confidence, text())
			}
		}
		if !c.measurable() {
			continue
		}
		r.measurable++
		switch {
		case !right:
			t.Logf("%s (%s): first is %s %.2f (%s), expected %v", c.node.Field("name"), c.node.Field("scope"), first.Indicator, first.Confidence, text(), c.right)
		case c.stage != "" && first.Stage != c.stage:
			r.wrongStage++
			t.Errorf("%s: %s of stage %q, expected %q", c.node.Field("name"), first.Indicator, first.Stage, c.stage)
		default:
			r.first++
			if first.Sure() {
				r.sure++
			} else {
				t.Logf("not sure: %s: %s %.2f: %s", c.node.Field("name"), first.Indicator, first.Confidence, text())
			}
		}
	}
	return r
}

// The names were written down before the proposer, in official wording and from general knowledge.
func TestTargetsAreProposedWhatMeasuresThem(t *testing.T) {
	r := try(t, target.NewProposer(everything(t)), nameCases(t, "bind_names.csv"))
	t.Logf("%d names measurable: %d proposed rightly first, %d of them surely; %d wrong surely", r.measurable, r.first, r.sure, r.wrongSure)
	if r.measurable < 100 || r.first*100 < r.measurable*90 {
		t.Errorf("%d of %d proposed rightly", r.first, r.measurable)
	}
}

// The second list was written when the first one was passed, to see what names do that nobody had looked at.
func TestTargetsOfTheSecondListAreProposedWhatMeasuresThem(t *testing.T) {
	r := try(t, target.NewProposer(everything(t)), nameCases(t, "bind_names_later.csv"))
	t.Logf("%d names measurable: %d proposed rightly first, %d of them surely; %d wrong surely", r.measurable, r.first, r.sure, r.wrongSure)
	if r.measurable < 40 || r.first*100 < r.measurable*85 {
		t.Errorf("%d of %d proposed rightly", r.first, r.measurable)
	}
}
