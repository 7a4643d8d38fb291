package verify

import (
	"strings"
	"testing"

	"jiaoheng/draw"
	"jiaoheng/draw/class"
	"jiaoheng/fault"
)

// proof draws eight pupils into two classes.
func proof(t *testing.T) draw.Proof {
	t.Helper()
	secret := draw.SecretOf([]byte("x"))
	rows := [][]string{{"学号", "性别", "语文"}, {"1", "男", "80"}, {"2", "女", "81"}, {"3", "男", "82"}, {"4", "女", "83"}, {"5", "男", "84"}, {"6", "女", "85"}, {"7", "男", "86"}, {"8", "女", "87"}}
	fixed, err := class.Frozen(class.Input{Rows: rows, Classes: 2, Balance: []string{"性别"}, Scores: []string{"语文"}, Together: [][]string{{"1", "2"}}, Secret: secret, Steps: 1000, Tries: 1})
	if err != nil {
		t.Fatal(err)
	}
	a, err := draw.Announce(class.Kind, "x", fixed.Rules, []draw.Source{{Kind: draw.Lottery, Text: "第1期"}}, fixed.Lines)
	if err != nil {
		t.Fatal(err)
	}
	values := []string{draw.Value(1, "1 2 3")}
	seed, err := a.Seed(values)
	if err != nil {
		t.Fatal(err)
	}
	result, err := class.Lines(a, fixed.Lines, seed)
	if err != nil {
		t.Fatal(err)
	}
	return draw.NewProof(a, fixed.Lines, values, result)
}

func TestAProofHoldsAndAnotherResultIsNamed(t *testing.T) {
	p := proof(t)
	if _, err := Proof(p); err != nil {
		t.Fatal(err)
	}
	a, _, _ := p.Check()
	for i, line := range p.Result {
		result := append([]string{}, p.Result...)
		who, number, _ := strings.Cut(line, ";")
		result[i] = who + ";" + map[string]string{"1": "2", "2": "1"}[number]
		_, err := Proof(draw.NewProof(a, p.Lines, p.Seed, result)) // every hash is made anew
		faults := fault.Of(err)
		if len(faults) != 1 || faults[0].Code != "draw.verify_result" || faults[0].Place.Line != i+1 {
			t.Errorf("result line %d: %v", i+1, err)
		}
	}
	if _, err := Proof(draw.NewProof(a, p.Lines, p.Seed, p.Result[1:])); err == nil {
		t.Error("a missing line of the result is not found")
	}
}

func TestAnUnknownKindAndUnreadableLinesAreNamed(t *testing.T) {
	p := proof(t)
	a, _, _ := p.Check()
	a.Kind = "guess"
	if _, err := Proof(draw.NewProof(a, p.Lines, p.Seed, p.Result)); fault.Of(err)[0].Code != "draw.verify_kind" {
		t.Error(err)
	}
	a.Kind = class.Kind
	lines := append([]string{}, p.Lines...)
	lines[0] = "p;zz;9"
	b, err := draw.Announce(a.Kind, a.Title, a.Rules, a.Sources, lines)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Proof(draw.NewProof(b, lines, p.Seed, p.Result)); err == nil {
		t.Error("lines that cannot be read are accepted")
	}
}

// A seed that was tried after the roster was fixed: other values, another source, the same result kept beside a new seed.
func TestASeedChosenLaterIsNamed(t *testing.T) {
	p := proof(t)
	a, _, _ := p.Check()
	published := append(append([]string{}, p.Announcement...), draw.Leaves(p.Lines)...)
	if faults := Announced(published, p); len(faults) > 0 {
		t.Error("the right proof is suspected:", faults)
	}
	a.Sources = []draw.Source{{Kind: draw.Lottery, Text: "第2期"}}
	seed, _ := a.Seed(p.Seed)
	result, err := class.Lines(a, p.Lines, seed)
	if err != nil {
		t.Fatal(err)
	}
	forged := draw.NewProof(a, p.Lines, p.Seed, result)
	if _, err := Proof(forged); err != nil {
		t.Fatal("the forged proof holds in itself:", err)
	}
	if faults := Announced(published, forged); len(faults) != 2 || faults[0].Code != "draw.announced_new" || faults[1].Code != "draw.announced_gone" {
		t.Error(faults)
	}
	other := p
	other.Seed = []string{draw.Value(1, "1 2 4")}
	if _, err := Proof(other); err == nil {
		t.Error("other values beside the same result are accepted")
	}
}
