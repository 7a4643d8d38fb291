package lists_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jiaoheng/draw"
	"jiaoheng/draw/lists"
	"jiaoheng/fault"
)

func firstProof(t testing.TB, in lists.Input) draw.Proof {
	t.Helper()
	fixed, err := lists.Frozen(in)
	if err != nil {
		t.Fatal(err)
	}
	return proofOf(t, lists.Kind, fixed.Rules, fixed.Lines, "01", lists.Lines)
}

func proofOf(t testing.TB, kind string, rules []draw.Rule, lines []string, value string, repeat func(draw.Announcement, []string, draw.Seed) ([]string, error)) draw.Proof {
	t.Helper()
	a, err := draw.Announce(kind, "双随机抽查", rules, []draw.Source{{Kind: draw.Given}}, lines)
	if err != nil {
		t.Fatal(err)
	}
	seedLines := []string{draw.Value(1, value)}
	seed, err := a.Seed(seedLines)
	if err != nil {
		t.Fatal(err)
	}
	result, err := repeat(a, lines, seed)
	if err != nil {
		t.Fatal(err)
	}
	return draw.NewProof(a, lines, seedLines, result)
}

func redraw(t testing.TB, c *lists.Chain, object, person string, number int) draw.Proof {
	t.Helper()
	rules, lines, err := c.Vacate(object, person, "因公外出")
	if err != nil {
		t.Fatal(err)
	}
	p := proofOf(t, lists.Vacancy, rules, lines, fmt.Sprintf("%02x", number), lists.VacancyLines)
	if err := c.Add(p); err != nil {
		t.Fatal(err)
	}
	return p
}

// result writes teams as Violations reads them.
func teamLines(teams []lists.Team) []string { return lists.Result{Teams: teams}.Lines() }

func TestARedrawTouchesOnlyTheVacantSeat(t *testing.T) {
	in := county(60, 30, 5, 15)
	in.Leader, in.Load = lists.LeaderTag, 8
	in.Conflicts = append(in.Conflicts, lists.Conflict{Inspector: "P0001", Other: "P0002"}, lists.Conflict{Inspector: "P0005", Other: "P0010"})
	first := firstProof(t, in)
	c, err := lists.NewChain(first)
	if err != nil {
		t.Fatal(err)
	}
	var gone []string
	for number := range 12 {
		before := c.Teams()
		place, seat := number%len(before), min(number%4, 1)
		leaves := before[place].Inspectors[seat]
		p := redraw(t, c, before[place].Object, leaves, number)
		after := c.Teams()
		takes := after[place].Inspectors[seat]
		gone = append(gone, leaves)
		if slices.Contains(gone, takes) || !strings.HasPrefix(p.Result[0], takes+";1") {
			t.Errorf("redraw %d: %s takes the seat of %s", number, takes, leaves)
		}
		after[place].Inspectors[seat] = leaves
		if !slices.Equal(teamLines(before), teamLines(after)) {
			t.Errorf("redraw %d changes another seat", number)
		}
		if wrong := lists.Violations(first.Lines, teamLines(c.Teams())); wrong != nil {
			t.Errorf("redraw %d: %v", number, wrong)
		}
	}
}

func TestAChainHoldsOnlyInItsOrderAndUnchanged(t *testing.T) {
	first := firstProof(t, county(20, 15, 2, 5))
	c, err := lists.NewChain(first)
	if err != nil {
		t.Fatal(err)
	}
	teams := c.Teams()
	one := redraw(t, c, teams[0].Object, teams[0].Inspectors[0], 1)
	two := redraw(t, c, teams[1].Object, teams[1].Inspectors[1], 2)
	forged := one
	forged.Lines = slices.Clone(one.Lines)
	at := slices.IndexFunc(forged.Lines, func(line string) bool {
		return strings.HasSuffix(line, ";conflict") || strings.HasSuffix(line, ";team")
	})
	forged.Lines[at] = forged.Lines[at][:strings.LastIndexByte(forged.Lines[at], ';')] + ";candidate"
	a, _, err := one.Check()
	if err != nil {
		t.Fatal(err)
	}
	forged = proofOf(t, lists.Vacancy, a.Rules, forged.Lines, "01", lists.VacancyLines)
	other := firstProof(t, county(20, 15, 1, 5))
	cases := []struct {
		name  string
		first draw.Proof
		chain []draw.Proof
		want  string
	}{
		{"whole", first, []draw.Proof{one, two}, ""},
		{"gap", first, []draw.Proof{two}, "lists.chain_before"},
		{"twice", first, []draw.Proof{one, one}, "lists.chain_before"},
		{"of another draw", other, []draw.Proof{one}, "lists.chain_first"},
		{"a candidate who may not be one", first, []draw.Proof{forged}, "lists.chain_lines"},
		{"no redraw at all", first, []draw.Proof{first}, "lists.kind"},
	}
	for _, k := range cases {
		c, err := lists.NewChain(k.first)
		for _, p := range k.chain {
			if err == nil {
				err = c.Add(p)
			}
		}
		if faults := fault.Of(err); k.want == "" && err != nil || k.want != "" && (len(faults) == 0 || faults[0].Code != k.want) {
			t.Errorf("%s: %v, want %q", k.name, err, k.want)
		}
	}
	if _, err := lists.NewChain(one); err == nil {
		t.Error("a redraw begins no chain")
	}
}

func TestASeatThatNobodyMayTakeSaysWhy(t *testing.T) {
	in := county(4, 3, 0, 2)
	in.Load, in.ShowInspectors = 2, true
	in.Conflicts = []lists.Conflict{{Inspector: "P0000", Other: "P0001"}}
	in.Team = 1
	c, err := lists.NewChain(firstProof(t, in))
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err = c.Vacate("S9999", "P0000", "x"); fault.Of(err)[0].Code != "lists.vacancy_object" {
		t.Error(err)
	}
	team := c.Teams()[0]
	if _, _, err = c.Vacate(team.Object, "P9999", "x"); fault.Of(err)[0].Code != "lists.vacancy_inspector" {
		t.Error(err)
	}
	if _, _, err = c.Vacate(team.Object, team.Inspectors[0], " "); fault.Of(err)[0].Code != "lists.vacancy_reason" {
		t.Error(err)
	}
	for number := range 3 {
		team = c.Teams()[0]
		rules, lines, err := c.Vacate(team.Object, team.Inspectors[0], "因公外出")
		if number < 2 && err == nil {
			err = c.Add(proofOf(t, lists.Vacancy, rules, lines, "0a", lists.VacancyLines))
		}
		if number < 2 && err != nil || number == 2 && (err == nil || fault.Of(err)[0].Code != "lists.vacancy_nobody") {
			t.Errorf("redraw %d: %v", number, err)
		}
	}
}

// Any list that can be manned, any sequence of redraws: what stands in the end has no violation, and every redraw changed one seat.
func TestAnyChainKeepsTheRules(t *testing.T) {
	redrawn := 0
	rapid.Check(t, func(t *rapid.T) {
		lines := small(t)
		a, err := draw.Announce(lists.Kind, "试验", nil, []draw.Source{{Kind: draw.Given}}, lines)
		if err != nil {
			t.Fatal(err)
		}
		seedLines := []string{draw.Value(1, "0d")}
		seed, err := a.Seed(seedLines)
		if err != nil {
			t.Fatal(err)
		}
		result, err := lists.Lines(a, lines, seed)
		if err != nil {
			return
		}
		c, err := lists.NewChain(draw.NewProof(a, lines, seedLines, result))
		if err != nil {
			t.Fatal(err)
		}
		for range 5 {
			teams := c.Teams()
			if len(teams) == 0 {
				return
			}
			team := rapid.SampledFrom(teams).Draw(t, "team")
			leaves := rapid.SampledFrom(team.Inspectors).Draw(t, "leaves")
			rules, vacant, err := c.Vacate(team.Object, leaves, "因公外出")
			if err != nil {
				continue
			}
			a, err := draw.Announce(lists.Vacancy, "补抽", rules, []draw.Source{{Kind: draw.Given}}, vacant)
			if err != nil {
				t.Fatal(err)
			}
			seedLines := []string{draw.Value(1, "0e")}
			seed, err := a.Seed(seedLines)
			if err != nil {
				t.Fatal(err)
			}
			order, err := lists.Lines(a, vacant, seed)
			if err != nil {
				t.Fatal(err)
			}
			if err := c.Add(draw.NewProof(a, vacant, seedLines, order)); err != nil {
				t.Fatal(err)
			}
			redrawn++
			if wrong := lists.Violations(lines, teamLines(c.Teams())); wrong != nil {
				t.Fatalf("violations %v", wrong)
			}
		}
	})
	if redrawn == 0 {
		t.Error("no seat was ever redrawn")
	}
}
