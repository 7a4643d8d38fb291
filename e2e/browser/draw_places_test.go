//go:build browser

package browser_test

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"jiaoheng/draw"
	"jiaoheng/draw/admission"
	"jiaoheng/draw/quota"
	"jiaoheng/web/shell"
)

// slowestPlaces is what the page may take for the larger of the two proofs.
const slowestPlaces = 3 * time.Second

// placesProof is a proof with the seed that it determines, as the text of the protocol takes it.
type placesProof struct {
	Proof draw.Proof `json:"proof"`
	Text  string     `json:"text"`
	Seed  string     `json:"seed"`
}

// drawPlaces announces and draws, and puts the proof together.
func drawPlaces(t *testing.T, kind string, rules []draw.Rule, lines []string, run func(draw.Announcement, []string, draw.Seed) ([]string, error)) placesProof {
	t.Helper()
	a, err := draw.Announce(kind, "places", rules, []draw.Source{{Kind: draw.Lottery, Text: "2026310"}}, lines)
	if err != nil {
		t.Fatal(err)
	}
	values := []string{draw.Value(1, "3 0 7")}
	seed, err := a.Seed(values)
	if err != nil {
		t.Fatal(err)
	}
	result, err := run(a, lines, seed)
	if err != nil {
		t.Fatal(err)
	}
	one := placesProof{Proof: draw.NewProof(a, lines, values, result), Seed: hex.EncodeToString(seed[:])}
	var text strings.Builder
	if err := one.Proof.Write(&text); err != nil {
		t.Fatal(err)
	}
	one.Text = text.String()
	return one
}

// quotaProof is a county of 2,000 pupils, 30 junior and 8 senior schools, with many equal scores.
func quotaProof(t *testing.T, method, unused string) placesProof {
	g := draw.NewGenerator("quota of the browser test "+method+unused, draw.Seed{})
	below := func(n int) int { return int(g.Below(uint32(n))) }
	in := quota.Input{Policy: quota.Policy{Method: method, Share: 5_000, RuralLeast: 1, Unused: unused, Bands: []int{2, 3}, Ties: []string{"语文"}}}
	for j := range 30 {
		in.Juniors = append(in.Juniors, quota.Junior{ID: fmt.Sprint("J", j), Graduates: 20 + 10*below(12), Rural: j%3 == 0})
	}
	for s := range 8 {
		in.Seniors = append(in.Seniors, quota.Senior{ID: fmt.Sprint("G", s), Places: 100 + below(60), Key: s < 5, QuotaFloor: 400, Floor: 300})
	}
	for i := range 2_000 {
		p := quota.Pupil{ID: fmt.Sprint(i), Junior: fmt.Sprint("J", below(30)), Full: below(10) > 0, Score: 250 + below(300), Ties: []int{60 + below(5)}}
		for k := range 8 {
			if id := fmt.Sprint("G", (i+k*3)%8); k < 3 && (i+k*3)%8 < 5 {
				p.Quota, p.Wishes = append(p.Quota, id), append(p.Wishes, id)
			} else {
				p.Wishes = append(p.Wishes, id)
			}
		}
		in.Pupils = append(in.Pupils, p)
	}
	rules, lines, err := quota.Frozen(in, draw.Secret{1})
	if err != nil {
		t.Fatal(err)
	}
	return drawPlaces(t, quota.Kind, rules, lines, quota.Lines)
}

// admitProof is a town of 2,000 children, twins among them, and 20 schools.
func admitProof(t *testing.T, bands []int) placesProof {
	g := draw.NewGenerator("admission of the browser test", draw.Seed{})
	below := func(n int) int { return int(g.Below(uint32(n))) }
	in := admission.Input{Policy: admission.Policy{Bands: bands}}
	for s := range 20 {
		in.Schools = append(in.Schools, admission.School{ID: fmt.Sprint("S", s), Places: 90, Groups: [][]string{{"户籍"}, {"房产", "租房"}, {"随迁"}},
			By: [][]string{nil, {"sibling"}, {"sibling", "distance"}, {"points"}}[s%4], Own: s%3 == 0})
	}
	for i := range 2_000 {
		a := admission.Applicant{ID: fmt.Sprint(i)}
		if i%50 < 2 {
			a.Twin = fmt.Sprint(i / 50)
		}
		home := below(20)
		for k := range 5 {
			a.Wishes = append(a.Wishes, admission.Wish{School: fmt.Sprint("S", (home+k*k)%20), Category: []string{"户籍", "房产", "租房", "随迁", "其他"}[below(5)],
				Values: map[string]int{"sibling": below(8) / 7, "distance": below(30) * 100, "points": below(40)}})
		}
		a.Wishes = a.Wishes[:3+below(2)]
		in.Applicants = append(in.Applicants, a)
	}
	in.Schools = append(in.Schools, admission.School{ID: "S20", Places: 0, Groups: [][]string{{"其他"}}})
	rules, lines, err := admission.Frozen(in, draw.Secret{1})
	if err != nil {
		t.Fatal(err)
	}
	return drawPlaces(t, admission.Kind, rules, lines, admission.Lines)
}

// protocolText are the functions that stand in the text of the protocol.
func protocolText(t *testing.T) string {
	page, err := os.ReadFile("../../docs/draw-protocol-places.md")
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	lines := 0
	for line := range strings.Lines(string(page)) {
		code, indented := strings.CutPrefix(line, "    ")
		if strings.HasPrefix(code, "function ") {
			lines = 0
		}
		if indented && (lines > 0 || strings.HasPrefix(code, "function ")) {
			text.WriteString(code)
			if lines++; lines > 60 {
				t.Errorf("the text that repeats a draw is longer than 60 lines")
			}
		} else {
			lines = 0
		}
	}
	return text.String()
}

// repeated is what the page found of a proof.
type repeated struct {
	Faults []any // of the verifier
	Took   int   // milliseconds
	Same   bool  // the text of the protocol computes the same result
	Forged int   // faults of the proof with another result
}

// The verifier of the pages and the text of the protocol both compute what the program computed, and find what was changed.
func TestBrowserRepeatsDrawsOfPlaces(t *testing.T) {
	b := open(t, newSite(t, false), desk, "zh")
	b.visit("/signin")
	both := string(shell.File("verify.js")) + "\n;" + string(shell.File("verify-kinds.js")) + "\n;" + protocolText(t)
	if _, err := chromedp.Run(b.ctx, chromedp.Evaluate[chromedp.Void](both+"\n;undefined")); err != nil {
		t.Fatal(err)
	}
	cases := []struct {
		name  string
		proof placesProof
	}{
		{"quota, Hamilton, unused places to the unified track", quotaProof(t, quota.Hamilton, quota.UnusedUnified)},
		{"quota, Webster, unused places to pupils", quotaProof(t, quota.Webster, quota.UnusedPupils)},
		{"quota, Hamilton, unused places divided anew", quotaProof(t, quota.Hamilton, quota.UnusedJuniors)},
		{"admission", admitProof(t, nil)},
		{"admission in bands", admitProof(t, []int{1, 2})},
	}
	for _, c := range cases {
		argument, err := json.Marshal(c.proof)
		if err != nil {
			t.Fatal(err)
		}
		found := ask[repeated](b, `(() => {
			const given = `+string(argument)+`;
			const seed = Uint8Array.from(given.seed.match(/../g), h => parseInt(h, 16));
			const check = text => { const work = drawVerifier.check(text); let step; do step = work.next(); while (!step.done); return step.value.faults; };
			const began = Date.now(), faults = check(given.text), took = Date.now() - began;
			const again = (given.proof.announcement[1] === "kind quota" ? quota : admit)(given.proof, label => new drawVerifier.Generator(label, seed));
			const at = given.proof.result.length - 1, forged = JSON.parse(given.text);
			forged.result[at] = forged.result[at].replace(/.$/, n => n === "1" ? "2" : "1");
			return {faults: faults, took: took, same: JSON.stringify(again) === JSON.stringify(given.proof.result), forged: check(JSON.stringify(forged)).length};
		})()`)
		if len(found.Faults) > 0 || !found.Same || found.Forged == 0 {
			t.Errorf("%s: %+v", c.name, found)
		}
		if took := time.Duration(found.Took) * time.Millisecond; took > slowestPlaces {
			t.Errorf("%s: the verifier of the page took %v", c.name, took)
		} else {
			t.Logf("%s: %v", c.name, took)
		}
	}
}
