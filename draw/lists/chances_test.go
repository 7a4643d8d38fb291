package lists_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"

	"jiaoheng/draw"
	"jiaoheng/draw/lists"
)

// 100,000 draws under listed seeds against the published chances: a school and a seat taken at random from each draw, so that
// observations are independent. The case is tight: every seat is needed, kin and conflicts bind, and chances are exact.
func TestChancesHoldOver100000Draws(t *testing.T) {
	in := lists.Input{Wanted: lists.Wanted{Pick: 2}, Team: 2, Load: 1, Leader: lists.LeaderTag, Avoid: lists.Reasons(), ShowInspectors: true}
	for n := range 5 {
		in.Objects = append(in.Objects, lists.Object{ID: string(rune('A' + n)), Weight: 1})
	}
	for n := range 6 {
		i := lists.Inspector{ID: fmt.Sprint("p", n)}
		if n < 3 {
			i.Tags = []string{lists.LeaderTag}
		}
		in.Inspectors = append(in.Inspectors, i)
	}
	in.Conflicts = []lists.Conflict{{Inspector: "p0", Other: "A"}, {Inspector: "p3", Other: "B"}, {Inspector: "p4", Other: "B"}, {Inspector: "p1", Other: "C"}}
	a, fixed, _ := drawn(t, in, draw.Seed{})
	chances, err := lists.ChancesOf(context.Background(), a, fixed.Lines, 0)
	if err != nil || chances.InspectorMethod != "exact" {
		t.Fatal(err, chances.InspectorMethod)
	}
	pick := draw.NewGenerator("test observation", draw.Seed{9})
	object, person := map[string]float64{}, map[string]float64{}
	const draws = 100_000
	for seed := range draws {
		result, err := lists.Draw(a, fixed.Lines, draw.Seed{byte(seed), byte(seed >> 8), byte(seed >> 16)})
		if err != nil {
			t.Fatal(err)
		}
		var seats []string
		for _, line := range result.Lines() {
			_, team, _ := strings.Cut(line, ";")
			seats = append(seats, strings.Split(team, ",")...)
		}
		object[result.Teams[pick.Below(uint32(len(result.Teams)))].Object]++
		person[seats[pick.Below(uint32(len(seats)))]]++
	}
	chi := func(name string, counts map[string]float64, all []lists.Chance, share func(lists.Chance) float64) {
		sum := 0.0
		for _, one := range all {
			expected := draws * share(one)
			sum += (counts[one.Who] - expected) * (counts[one.Who] - expected) / expected
		}
		p := distuv.ChiSquared{K: float64(len(all) - 1)}.Survival(sum)
		t.Logf("%s: chi squared %.2f, p = %.3f", name, sum, p)
		if p < 0.01 {
			t.Errorf("%s: p = %.4f", name, p)
		}
	}
	chi("objects", object, chances.Objects, func(c lists.Chance) float64 { return c.Chance / 2 })
	chi("people", person, chances.Inspectors, func(c lists.Chance) float64 { return c.Mean / 4 })
	if !slices.ContainsFunc(chances.Inspectors, func(c lists.Chance) bool { return c.Chance < chances.Inspectors[0].Chance }) {
		t.Error("conflicts make no difference: the case shows nothing")
	}
}
