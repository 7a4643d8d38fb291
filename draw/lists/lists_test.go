package lists_test

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"jiaoheng/draw"
	"jiaoheng/draw/lists"
	"jiaoheng/fault"
	"jiaoheng/message"
)

// county invents schools and inspectors: conflicts conflicts each on average, a fifth may lead.
func county(schools, people, conflicts, pick int) lists.Input {
	g := draw.NewGenerator("test county", draw.Seed{1})
	in := lists.Input{Wanted: lists.Wanted{Pick: pick}, Team: 2, Load: 3, Avoid: lists.Reasons()}
	stages := []string{"小学", "初中"}
	for n := range schools {
		stage := stages[n%2]
		in.Objects = append(in.Objects, lists.Object{ID: fmt.Sprintf("S%04d", n), Name: fmt.Sprintf("第%d学校", n), Weight: 1, All: []string{stage}, At: fault.Place{Row: n + 2}})
	}
	for n := range people {
		i := lists.Inspector{ID: fmt.Sprintf("P%04d", n), Name: fmt.Sprintf("督学%d", n), Tags: stages, At: fault.Place{Row: n + 2}}
		if n%5 == 0 {
			i.Tags = append(slices.Clone(stages), lists.LeaderTag)
		}
		in.Inspectors = append(in.Inspectors, i)
		for range conflicts {
			in.Conflicts = append(in.Conflicts, lists.Conflict{Inspector: i.ID, Other: fmt.Sprintf("S%04d", g.Below(uint32(schools)))})
		}
	}
	return in
}

func drawn(t testing.TB, in lists.Input, seed draw.Seed) (draw.Announcement, *lists.Fixed, lists.Result) {
	t.Helper()
	fixed, err := lists.Frozen(in)
	if err != nil {
		t.Fatal(err)
	}
	a, err := draw.Announce(lists.Kind, "双随机抽查", fixed.Rules, []draw.Source{{Kind: draw.Given}}, fixed.Lines)
	if err != nil {
		t.Fatal(err)
	}
	result, err := lists.Draw(a, fixed.Lines, seed)
	if err != nil {
		t.Fatal(err)
	}
	return a, fixed, result
}

func TestACountyIsDrawnWithoutViolations(t *testing.T) {
	in := county(300, 120, 12, 50)
	in.Leader = lists.LeaderTag
	for seed := range 20 {
		a, fixed, result := drawn(t, in, draw.Seed{byte(seed)})
		if wrong := lists.Violations(fixed.Lines, result.Lines()); wrong != nil {
			t.Fatalf("seed %d: %v", seed, wrong)
		}
		if !fixed.Guarantee || len(result.Teams) != 50 || result.Rounds != 1 {
			t.Errorf("seed %d: guarantee %v, %d objects, %d rounds", seed, fixed.Guarantee, len(result.Teams), result.Rounds)
		}
		again, err := lists.Lines(a, fixed.Lines, draw.Seed{byte(seed)})
		if err != nil || !slices.Equal(again, result.Lines()) {
			t.Errorf("seed %d: the draw does not repeat: %v", seed, err)
		}
	}
}

func TestTheCheckFindsEveryKindOfViolation(t *testing.T) {
	lines := []string{"stratum;1;;2", "object;A;;1;1;a,*", "object;B;;1;1;*", "object;C;;1;1;*", "inspector;P;;1;a;2;", "inspector;Q;;2;;;3", "inspector;R;;2;a;;2"}
	cases := []struct {
		name   string
		result []string
		want   string
	}{
		{"nothing", []string{"A;R,P", "C;Q"}, ""},
		{"tag", []string{"A;Q,P", "C;R"}, "tag;A;Q"},
		{"conflict", []string{"A;R,Q", "B;P"}, "conflict;B;P together;A;Q"},
		{"kin", []string{"A;R,Q", "C;P"}, "together;A;Q"},
		{"twice", []string{"A;R,R", "C;P"}, "together;A;R"},
		{"load", []string{"A;P,Q", "C;P"}, "load;P"},
		{"too few", []string{"A;R,P"}, "stratum;1"},
		{"a seat empty", []string{"A;R", "C;P"}, "seats;A"},
		{"unknown", []string{"A;R,X", "C;P"}, "unknown;X"},
		{"an object twice", []string{"A;R,P", "A;R,P"}, "A;R,P stratum;1"},
	}
	for _, c := range cases {
		if got := strings.Join(lists.Violations(lines, c.result), " "); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestStrataAndWeightsGiveTheStatedChances(t *testing.T) {
	var in lists.Input
	for n := range 30 {
		risk, weight := "低", 1
		if n < 6 {
			risk, weight = "高", 1
		} else if n < 14 {
			weight = 3
		}
		in.Objects = append(in.Objects, lists.Object{ID: fmt.Sprintf("S%02d", n), Stratum: []string{risk}, Weight: weight})
	}
	half, _ := lists.ReadQuantity("50%")
	five, _ := lists.ReadQuantity("5")
	in.Wanted = lists.Wanted{Rate: &five, Special: []lists.Special{{Key: "高", Quantity: half}}}
	a, fixed, _ := drawn(t, in, draw.Seed{})
	chances, err := lists.ChancesOf(context.Background(), a, fixed.Lines, 0)
	if err != nil {
		t.Fatal(err)
	}
	want := map[bool]string{true: "1/2"}
	counts := map[string]float64{}
	const draws = 4000
	for seed := range draws {
		result, err := lists.Draw(a, fixed.Lines, draw.Seed{byte(seed), byte(seed >> 8)})
		if err != nil || len(result.Teams) != 8 {
			t.Fatalf("%v, %d drawn", err, len(result.Teams))
		}
		for _, team := range result.Teams {
			counts[team.Object]++
		}
	}
	for n, one := range chances.Objects {
		expected := map[bool]string{true: "1/8", false: "3/8"}[n >= 14]
		if n < 6 {
			expected = want[true]
		}
		if one.Fraction != expected || one.Who != in.Objects[n].ID {
			t.Errorf("%s: chance %s, want %s", one.Who, one.Fraction, expected)
		}
		if z := (counts[one.Who] - draws*one.Chance) / math.Sqrt(draws*one.Chance*(1-one.Chance)); math.Abs(z) > 4 { // 30 fixed seeds: not by chance
			t.Errorf("%s: drawn %v of %d, %.1f standard errors off", one.Who, counts[one.Who], draws, z)
		}
	}
}

func TestSimulatedChancesAgreeWithTheExactOnes(t *testing.T) {
	in := lists.Input{Wanted: lists.Wanted{Pick: 2}, Team: 2, Load: 1, Leader: lists.LeaderTag, Avoid: lists.Reasons()}
	for n := range 4 {
		in.Objects = append(in.Objects, lists.Object{ID: string(rune('A' + n)), Weight: 1})
	}
	for n := range 5 {
		i := lists.Inspector{ID: fmt.Sprint("p", n)}
		if n < 3 {
			i.Tags = []string{lists.LeaderTag}
		}
		in.Inspectors = append(in.Inspectors, i)
	}
	in.Conflicts = []lists.Conflict{{Inspector: "p0", Other: "A"}, {Inspector: "p3", Other: "B"}, {Inspector: "p4", Other: "B"}, {Inspector: "p1", Other: "C"}}
	in.ShowInspectors = true
	a, fixed, _ := drawn(t, in, draw.Seed{})
	chances, err := lists.ChancesOf(context.Background(), a, fixed.Lines, 0)
	if err != nil || chances.InspectorMethod != "exact" || chances.ObjectMethod != "exact" {
		t.Fatalf("%v, %+v", err, chances)
	}
	const draws = 20_000
	counts, seats := map[string]float64{}, map[string]float64{}
	oracle := readPlain(fixed.Lines)
	for seed := range draws {
		for _, line := range oracle.draw(draw.Seed{byte(seed), byte(seed >> 8)}) {
			id, team, _ := strings.Cut(line, ";")
			counts[id]++
			for _, who := range strings.Split(team, ",") {
				seats[who]++
			}
		}
	}
	total := 0.0
	for _, one := range chances.Inspectors {
		total += one.Mean
		if z := (seats[one.Who] - draws*one.Chance) / math.Sqrt(draws*one.Chance*(1-one.Chance)+1e-9); math.Abs(z) > 4 {
			t.Errorf("%s: %v of %d, exact %s", one.Who, seats[one.Who], draws, one.Fraction)
		}
	}
	for _, one := range chances.Objects {
		if z := (counts[one.Who] - draws*one.Chance) / math.Sqrt(draws*one.Chance*(1-one.Chance)+1e-9); math.Abs(z) > 4 {
			t.Errorf("%s: %v of %d, exact %s", one.Who, counts[one.Who], draws, one.Fraction)
		}
	}
	if math.Abs(total-4) > 1e-12 {
		t.Errorf("seats add up to %v", total)
	}
}

func TestWhatCannotBeMannedIsSaidWithTheRuleToRelax(t *testing.T) {
	cases := []struct {
		name   string
		change func(in *lists.Input)
		want   []string
	}{
		{"too few people", func(in *lists.Input) { in.Inspectors = in.Inspectors[:20]; in.Load = 1; in.Conflicts = nil },
			[]string{"没有一次能配齐", "只有 20 人合适，最多能担任 20 个席位", "每人最多对象数增加 3 个"}},
		{"one school that nobody may see", func(in *lists.Input) {
			for _, i := range in.Inspectors {
				in.Conflicts = append(in.Conflicts, lists.Conflict{Inspector: i.ID, Other: "S0007"})
			}
		}, []string{"第 9 行：对象“第7学校”需要 2 人，其中 2 个席位除去回避和条件不合的，只有 0 人合适", "不适用“名单写明的回避（亲属等）”"}},
		{"all are kin", func(in *lists.Input) {
			for n, i := range in.Inspectors {
				for _, other := range in.Inspectors[:n] {
					in.Conflicts = append(in.Conflicts, lists.Conflict{Inspector: i.ID, Other: other.ID})
				}
			}
		}, []string{"对象“第0学校”需要 2 人，合适的人员互相不得同组", "每个对象少派 1 人", "不适用“名单写明的回避（亲属等）”"}},
		{"kin of all", func(in *lists.Input) {
			in.Load = 2
			in.Inspectors = in.Inspectors[:6]
			in.Wanted.Pick, in.Conflicts = 6, []lists.Conflict{{Inspector: "P0000", Other: "P0001"}, {Inspector: "P0000", Other: "P0002"}, {Inspector: "P0000", Other: "P0003"},
				{Inspector: "P0000", Other: "P0004"}, {Inspector: "P0000", Other: "P0005"}}
		}, []string{"试抽 50 次，人员够数，但互相不得同组的关系使", "每人最多对象数增加 1 个"}},
		{"a stage nobody has", func(in *lists.Input) { in.Objects[3].All = []string{"高中"} }, []string{"“第3学校”", "不要求学科、学段等条件"}},
		{"no leader", func(in *lists.Input) { in.Leader = "首席" }, []string{"另有 50 个对象也配不齐", "不要求每组有组长"}},
	}
	for _, c := range cases {
		in := county(60, 40, 2, 40)
		c.change(&in)
		_, err := lists.Frozen(in)
		text := fault.Of(err).Text(message.Chinese)
		for _, want := range c.want {
			if !strings.Contains(text, want) {
				t.Errorf("%s: no %q in\n%s", c.name, want, text)
			}
		}
		_ = fault.Of(err).Text(message.English)
	}
}

func TestBadInputIsNamedAllAtOnce(t *testing.T) {
	in := lists.Input{Team: 2, Wanted: lists.Wanted{Pick: 1}, Avoid: []string{"habit"},
		Objects:    []lists.Object{{ID: "A", Weight: 1}, {ID: "A", Weight: 0}, {ID: "b;c", Weight: 1, All: []string{"x+y"}}},
		Inspectors: []lists.Inspector{{ID: "P", Load: -1}, {ID: ""}}}
	_, err := lists.Frozen(in)
	if got := len(fault.Of(err)); got != 7 {
		t.Errorf("%d faults, want 7:\n%v", got, err)
	}
	for _, wanted := range []lists.Wanted{{}, {Pick: 4}, {Pick: 1, Rate: &lists.Quantity{Count: 1}}, {Rate: &lists.Quantity{}}, {Special: []lists.Special{{Key: "无"}}}} {
		if _, err := lists.Frozen(lists.Input{Wanted: wanted, Objects: []lists.Object{{ID: "A", Weight: 1}, {ID: "B", Weight: 1}, {ID: "C", Weight: 1}}}); fault.Of(err) == nil {
			t.Errorf("%+v is taken: %v", wanted, err)
		}
	}
}

// Every line of a proof that is changed is found: by the hashes, or, where somebody makes them anew, by the repeated draw or by
// an announcement that is no longer that which was published.
func TestEveryChangeOfAProofIsFound(t *testing.T) {
	in := county(20, 15, 2, 5)
	in.Leader = lists.LeaderTag
	fixed, err := lists.Frozen(in)
	if err != nil {
		t.Fatal(err)
	}
	a, err := draw.Announce(lists.Kind, "抽查", fixed.Rules, []draw.Source{{Kind: draw.Lottery, Text: "第 25100 期"}}, fixed.Lines)
	if err != nil {
		t.Fatal(err)
	}
	seedLines := []string{draw.Value(1, "03 08 17")}
	seed, err := a.Seed(seedLines)
	if err != nil {
		t.Fatal(err)
	}
	result, err := lists.Lines(a, fixed.Lines, seed)
	if err != nil {
		t.Fatal(err)
	}
	proof := draw.NewProof(a, fixed.Lines, seedLines, result)
	var wire bytes.Buffer
	if err := proof.Write(&wire); err != nil {
		t.Fatal(err)
	}
	for which := range 4 {
		for n := range [][]string{proof.Announcement, proof.Lines, proof.Seed, proof.Result}[which] {
			p, err := draw.ReadProof(bytes.NewReader(wire.Bytes()))
			if err != nil {
				t.Fatal(err)
			}
			changed := [][]string{p.Announcement, p.Lines, p.Seed, p.Result}[which]
			changed[n] += "1"
			if verified(p) == nil {
				t.Errorf("part %d, line %d: the change is not found", which, n)
			}
			changed[n] = strings.TrimSuffix(changed[n], "1")
			if which != 3 {
				continue
			}
			changed[n] = strings.Replace(changed[n], "S00", "S01", 1)
			if forged := draw.NewProof(a, p.Lines, p.Seed, p.Result); verified(forged) == nil {
				t.Errorf("result %d: a forged result with new hashes is not found", n)
			}
		}
	}
	if err := verified(proof); err != nil {
		t.Error(err)
	}
}

// verified does what draw/verify does with a proof of this kind.
func verified(p draw.Proof) error {
	a, seed, err := p.Check()
	if err != nil {
		return err
	}
	result, err := lists.Lines(a, p.Lines, seed)
	if err != nil {
		return err
	}
	if !slices.Equal(result, p.Result) {
		return fmt.Errorf("the result is another")
	}
	return nil
}

func TestNamesOfPeopleStandInNoProof(t *testing.T) {
	in := county(20, 15, 2, 5)
	in.Secret = draw.SecretOf([]byte("名单"))
	_, fixed, result := drawn(t, in, draw.Seed{})
	for _, line := range append(fixed.Lines, result.Lines()...) {
		if strings.Contains(line, "督学") || strings.Contains(line, "P00") {
			t.Errorf("%q shows a person", line)
		}
	}
	for _, team := range result.Teams {
		for _, who := range team.Inspectors {
			if fixed.Inspectors[who].Name == "" {
				t.Errorf("nobody stands behind %s", who)
			}
		}
	}
}

// Cells of workbooks hold line feeds and semicolons: names are made to stand in a line, ids that cannot are refused.
func TestStrangeCellsNeverBreakALine(t *testing.T) {
	in := lists.Input{Wanted: lists.Wanted{Pick: 1}, Objects: []lists.Object{{ID: "A", Name: "一中\n东区;北", Weight: 1, Stratum: []string{"镇;1\r"}}, {ID: "B", Weight: 1, Stratum: []string{"镇;1\r"}}}}
	fixed, err := lists.Frozen(in)
	if err != nil {
		t.Fatal(err)
	}
	if fixed.Lines[0] != "stratum;1;镇；1 ;1" || fixed.Lines[1] != "object;A;一中 东区；北;1;1;" {
		t.Errorf("got %q", fixed.Lines)
	}
	for _, id := range []string{"a\nb", "a;b", "a,b", "a\u2028", "\xff", strings.Repeat("长", 40)} {
		in.Objects[0].ID = id
		if _, err := lists.Frozen(in); len(fault.Of(err)) != 1 {
			t.Errorf("id %q: %v", id, err)
		}
	}
}
