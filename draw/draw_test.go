package draw

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"testing"

	"jiaoheng/fault"

	"pgregory.net/rapid"
)

// The leaves and roots that the implementations of RFC 6962 test each other with.
func TestTreeGivesTheKnownRoots(t *testing.T) {
	leaves := []string{"", "\x00", "\x10", "\x20\x21", "\x30\x31", "\x40\x41\x42\x43", "\x50\x51\x52\x53\x54\x55\x56\x57", "\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f"}
	roots := map[int]string{
		0: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
		1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
		2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
		3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
		8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
	}
	for count, want := range roots {
		if root := Root(leaves[:count]); hex.EncodeToString(root[:]) != want {
			t.Errorf("%d leaves: %x, want %s", count, root, want)
		}
	}
}

func TestPathsOfEveryLineHoldAndNoOthers(t *testing.T) {
	for count := 1; count <= 40; count++ {
		var lines []string
		for i := range count {
			lines = append(lines, strings.Repeat("x", i))
		}
		tree := NewTree(lines)
		for i, line := range lines {
			path := tree.Path(i)
			if !CheckPath(line, i, count, path, tree.Root()) {
				t.Fatalf("%d of %d: the path does not hold", i, count)
			}
			if CheckPath(line+"!", i, count, path, tree.Root()) || CheckPath(line, i, count, append(path, Hash{}), tree.Root()) {
				t.Fatalf("%d of %d: a wrong line or path holds", i, count)
			}
			if count > 1 && (CheckPath(line, (i+1)%count, count, path, tree.Root()) || CheckPath(line, i, count, path[:len(path)-1], tree.Root())) {
				t.Fatalf("%d of %d: another place or a short path holds", i, count)
			}
		}
	}
}

// The first numbers of the authors' program from the state 1, 2, 3, 4.
func TestGeneratorGivesTheKnownSequence(t *testing.T) {
	g := &Generator{1, 2, 3, 4}
	for i, want := range []uint32{11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804} {
		if got := g.Uint32(); got != want {
			t.Errorf("number %d is %d, want %d", i, got, want)
		}
	}
}

func TestNumbersBelowAreEven(t *testing.T) {
	g := NewGenerator("test", Seed{7})
	counts := make([]float64, 7)
	for range 70_000 {
		counts[g.Below(7)]++
	}
	sum := 0.0
	for _, count := range counts {
		sum += (count - 10_000) * (count - 10_000) / 10_000
	}
	if sum > 16.8 { // chi squared of 6 degrees at 0.01; the seed is fixed, so this does not come and go
		t.Errorf("chi squared %.1f: %v", sum, counts)
	}
}

func sample(t *testing.T) (Announcement, Proof) {
	t.Helper()
	lines := []string{"p;aa;1", "p;bb;2", "p;cc;3"}
	a, err := Announce("classes", "阳光小学分班", []Rule{{"classes", "2"}}, []Source{{Lottery, "体彩 25100 期"}, {Witness, "2"}, {Drand, strings.Repeat("0", 64) + " 12"}}, lines)
	if err != nil {
		t.Fatal(err)
	}
	signature := "00ff"
	raw, _ := hex.DecodeString(signature)
	random := sha256.Sum256(raw)
	seed := []string{Value(1, "03 08 17")}
	seed = append(seed, WitnessLines(2, []Committed{{Commit("梅"), "梅"}, {Commit("兰"), ""}})...)
	seed = append(seed, DrandValue(3, hex.EncodeToString(random[:]), signature))
	p := NewProof(a, lines, seed, []string{"aa;1", "bb;2", "cc;1"})
	if _, _, err := p.Check(); err != nil {
		t.Fatal(err)
	}
	return a, p
}

func TestAProofIsReadBackAndEveryChangeOfAFieldIsFound(t *testing.T) {
	_, p := sample(t)
	var file bytes.Buffer
	if err := p.Write(&file); err != nil {
		t.Fatal(err)
	}
	back, err := ReadProof(bytes.NewReader(file.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := back.Check(); err != nil {
		t.Fatal(err)
	}
	for _, list := range []func(p *Proof) *[]string{
		func(p *Proof) *[]string { return &p.Announcement }, func(p *Proof) *[]string { return &p.Lines },
		func(p *Proof) *[]string { return &p.Seed }, func(p *Proof) *[]string { return &p.Result },
	} {
		for at := range *list(&p) {
			for _, change := range []func(lines []string) []string{
				func(lines []string) []string { lines[at] += "1"; return lines },
				func(lines []string) []string { return append(lines[:at], lines[at+1:]...) },
				func(lines []string) []string { return append(lines, lines[at]) },
			} {
				changed := p
				*list(&changed) = change(append([]string{}, *list(&p)...))
				if _, _, err := changed.Check(); err == nil {
					t.Errorf("a change of %q is not found", (*list(&p))[at])
				}
			}
		}
	}
	for name, change := range map[string]func(p *Proof){
		"protocol": func(p *Proof) { p.Protocol += "1" }, "commitment": func(p *Proof) { p.Commitment = strings.ToUpper(p.Commitment) },
		"digest": func(p *Proof) { p.Digest = strings.Repeat("0", 64) },
	} {
		changed := p
		change(&changed)
		if _, _, err := changed.Check(); err == nil {
			t.Errorf("a change of %s is not found", name)
		}
	}
}

func TestAProofIsReadStrictly(t *testing.T) {
	_, p := sample(t)
	var file bytes.Buffer
	if err := p.Write(&file); err != nil {
		t.Fatal(err)
	}
	good := file.String()
	for name, bad := range map[string]string{
		"unknown field": strings.Replace(good, "{", `{"more": 1,`, 1),
		"other case":    strings.Replace(good, `"digest"`, `"Digest"`, 1),
		"double field":  strings.Replace(good, "{", `{"digest": "00",`, 1),
		"trailing":      good + "{}",
		"missing":       `{"protocol": "jiaoheng-draw/1"}`,
		"no object":     `[]`,
		"cut":           good[:len(good)/2],
		"empty":         "",
	} {
		if _, err := ReadProof(strings.NewReader(bad)); err == nil {
			t.Errorf("%s: it is read", name)
		}
	}
}

// The published randomness of a beacon is the hash of its signature; a wrong one is refused.
func TestSourcesAreAnswered(t *testing.T) {
	a, p := sample(t)
	for name, change := range map[string]func(lines []string) []string{
		"value of the lottery missing": func(lines []string) []string { return lines[1:] },
		"one witness only":             func(lines []string) []string { return append(lines[:2:2], lines[3], lines[5]) },
		"another word":                 func(lines []string) []string { lines[3] = "reveal 2 1 竹"; return lines },
		"another signature":            func(lines []string) []string { lines[5] += "00"; return lines },
		"a line more":                  func(lines []string) []string { return append(lines, "value 4 x") },
	} {
		if _, err := a.Seed(change(append([]string{}, p.Seed...))); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	if a.Origin() != Announced {
		t.Error("announced sources are unproven")
	}
	given, err := Announce("classes", "x", nil, []Source{{Kind: Given}}, nil)
	if err != nil || given.Origin() != Unproven {
		t.Error("a given seed is not unproven", err)
	}
}

func TestAttacksAfterTheAnnouncementAreNamed(t *testing.T) {
	a, p := sample(t)
	leaves := Leaves(p.Lines)
	forge := func(lines []string, sources []Source) Proof {
		b, err := Announce(a.Kind, a.Title, a.Rules, sources, lines)
		if err != nil {
			t.Fatal(err)
		}
		return NewProof(b, lines, p.Seed, p.Result)
	}
	cases := map[string]struct {
		proof Proof
		code  string
	}{
		"a pupil added":                  {forge(append(append([]string{}, p.Lines...), "p;dd;1"), a.Sources), "draw.line_added"},
		"a pupil removed":                {forge(p.Lines[:2], a.Sources), "draw.line_removed"},
		"a pupil swapped":                {forge([]string{p.Lines[1], p.Lines[0], p.Lines[2]}, a.Sources), "draw.line_moved"},
		"a pupil re-scored":              {forge([]string{"p;aa;9", p.Lines[1], p.Lines[2]}, a.Sources), "draw.line_changed"},
		"a seed chosen after the roster": {forge(p.Lines, []Source{{Kind: Given}}), "draw.announced_new"},
	}
	for name, c := range cases {
		found := false
		for _, one := range Compare(a.Lines(), leaves, c.proof) {
			found = found || one.Code == c.code
		}
		if !found {
			t.Errorf("%s: %s is not among %v", name, c.code, fault.Of(Compare(a.Lines(), leaves, c.proof).Err()))
		}
	}
	if faults := Compare(a.Lines(), leaves, p); len(faults) > 0 {
		t.Error("the right proof is suspected:", faults)
	}
	other := NewProof(a, p.Lines, p.Seed, []string{"aa;2", "bb;1", "cc;2"})
	if faults := Two(p, other); len(faults) != 1 || faults[0].Code != "draw.two_results" {
		t.Error("two results of one draw:", faults)
	}
	if faults := Two(p, p); len(faults) > 0 {
		t.Error("one result twice:", faults)
	}
}

func TestASlipHoldsForItsOwnerAndForNobodyElse(t *testing.T) {
	secret := SecretOf([]byte("roster"))
	lines := []string{"p;" + secret.Who("S1") + ";1", "p;" + secret.Who("S2") + ";2", "p;" + secret.Who("S3") + ";2"}
	a, err := Announce("classes", "x", nil, []Source{{Kind: Given}}, lines)
	if err != nil {
		t.Fatal(err)
	}
	p := NewProof(a, lines, []string{Value(1, "00")}, []string{secret.Who("S1") + ";1", secret.Who("S2") + ";2", secret.Who("S3") + ";1"})
	slips := NewSlips(p)
	slip, err := slips.Of(secret.Who("S2"), secret.Salt("S2"))
	if err != nil {
		t.Fatal(err)
	}
	if err := slip.Check("S2", p.Commitment, p.Digest); err != nil {
		t.Error(err)
	}
	other, _ := slips.Of(secret.Who("S1"), secret.Salt("S1"))
	for name, forged := range map[string]func(s *Slip){
		"another line":   func(s *Slip) { s.Line = strings.Replace(s.Line, ";2", ";1", 1) },
		"another result": func(s *Slip) { s.Result = secret.Who("S2") + ";1" },
		"another's":      func(s *Slip) { *s = other },
		"another salt":   func(s *Slip) { s.Salt = other.Salt },
		"another digest": func(s *Slip) { s.Digest = strings.Repeat("1", 64) },
		"another title":  func(s *Slip) { s.Announcement = append([]string{}, s.Announcement...); s.Announcement[2] = "title y" },
		"somebody else's": func(s *Slip) {
			s.Result, s.ResultIndex, s.ResultPath = other.Result, other.ResultIndex, other.ResultPath
		},
		"a short path": func(s *Slip) { s.Path = s.Path[1:] },
		"no path":      func(s *Slip) { s.ResultPath = nil },
	} {
		changed := slip
		forged(&changed)
		if changed.Check("S2", p.Commitment, p.Digest) == nil {
			t.Errorf("%s: the forged slip holds", name)
		}
	}
	if slip.Check("S3", p.Commitment, p.Digest) == nil {
		t.Error("the slip holds for another id")
	}
}

func TestAnnouncementsAreReadBackExactly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lines := rapid.SliceOfN(rapid.StringMatching(`[a-z;0-9 ]{0,20}`), 1, 9).Draw(t, "lines")
		title := rapid.StringMatching(`[a-z一-龥]{1,9}( [a-z ]{0,9})?`).Draw(t, "title")
		rules := []Rule{{"classes", "3"}, {"text", rapid.StringMatching(`[ -~]{0,20}`).Draw(t, "rule")}}
		a, err := Announce("classes", title, rules, []Source{{Kind: Given}}, lines)
		if err != nil {
			t.Fatal(err)
		}
		back, err := ReadAnnouncement(a.Lines())
		if err != nil || back.Commitment() != a.Commitment() {
			t.Fatal(err, back)
		}
	})
}

func FuzzReadProof(f *testing.F) {
	f.Add(`{"protocol":"jiaoheng-draw/1","announcement":["protocol jiaoheng-draw/1","kind classes","title x","lines 1","root 00"],"commitment":"","lines":["a"],"seed":[],"result":[],"digest":""}`)
	f.Fuzz(func(t *testing.T, text string) {
		p, err := ReadProof(strings.NewReader(text))
		if err != nil {
			return
		}
		_, _, _ = p.Check()
	})
}
