//go:build browser

package browser_test

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"jiaoheng/draw"
	"jiaoheng/draw/admission"
	"jiaoheng/draw/class"
	"jiaoheng/draw/lists"
	"jiaoheng/draw/quota"
)

// roster invents pupils with attributes of two to five levels and scores.
func roster(pupils, classes, attributes, scores int) class.Input {
	g := draw.NewGenerator("browser roster", draw.Seed{1})
	in := class.Input{Classes: classes, Secret: draw.Secret{7}}
	head := []string{"学号"}
	for n := range attributes {
		head, in.Balance = append(head, fmt.Sprint("属性", n)), append(in.Balance, fmt.Sprint("属性", n))
	}
	for n := range scores {
		head, in.Scores = append(head, fmt.Sprint("成绩", n)), append(in.Scores, fmt.Sprint("成绩", n))
	}
	in.Rows = [][]string{head}
	for n := range pupils {
		row := []string{fmt.Sprint("2026", 1000+n)}
		for a := range attributes {
			row = append(row, strconv.Itoa(int(g.Below(uint32(2+a%4)))))
		}
		for range scores {
			row = append(row, strconv.Itoa(40+int(g.Below(30))+int(g.Below(31))))
		}
		in.Rows = append(in.Rows, row)
	}
	return in
}

// repeat computes the result of a kind from its lines.
type repeat func(a draw.Announcement, lines []string, seed draw.Seed) ([]string, error)

// proofOf draws with the numbers of a lottery and the words of two witnesses.
func proofOf(t *testing.T, kind string, rules []draw.Rule, lines []string, run repeat) draw.Proof {
	t.Helper()
	sources := []draw.Source{{Kind: draw.Lottery, Text: "大乐透 第 25100 期"}, {Kind: draw.Witness, Text: "2"}}
	a, err := draw.Announce(kind, "浏览器里核对", rules, sources, lines)
	if err != nil {
		t.Fatal(err)
	}
	words := []draw.Committed{{Hash: draw.Commit("春风"), Word: "春风"}, {Hash: draw.Commit("秋月"), Word: "秋月"}, {Hash: draw.Commit("冬雪")}}
	values := append([]string{draw.Value(1, "03 09 17 25 31")}, draw.WitnessLines(2, words)...)
	seed, err := a.Seed(values)
	if err != nil {
		t.Fatal(err)
	}
	result, err := run(a, lines, seed)
	if err != nil {
		t.Fatal(err)
	}
	return draw.NewProof(a, lines, values, result)
}

func classProof(t *testing.T, in class.Input) draw.Proof {
	t.Helper()
	fixed, err := class.Frozen(in)
	if err != nil {
		t.Fatal(err)
	}
	return proofOf(t, "classes", fixed.Rules, fixed.Lines, class.Lines)
}

func textOf(t *testing.T, p draw.Proof) string {
	t.Helper()
	var out bytes.Buffer
	if err := p.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// found asks the verifier in the page what does not hold: fields with what is wrong with them.
func (b *tab) found(text string) []string {
	b.Helper()
	quoted, err := json.Marshal(text)
	if err != nil {
		b.Fatal(err)
	}
	return ask[[]string](b, `(() => { const work = drawVerifier.check(`+string(quoted)+`); let step; do step = work.next(); while (!step.done);
		return step.value.faults.map((fault) => fault.field + "." + fault.code); })()`)
}

// The bar: a draw of 1,000 pupils into 20 classes by 8 attributes, checked from a saved file without a network.
func TestTheSavedVerifierRepeatsALargeDraw(t *testing.T) {
	s := newSite(t, false)
	answer, err := http.Get(s.url + "/public/draw/verify.html?lang=zh")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	page, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	saved, good, bad := filepath.Join(folder, "verify.html"), filepath.Join(folder, "proof.json"), filepath.Join(folder, "changed.json")
	proof := classProof(t, roster(1000, 20, 8, 3))
	changed := proof
	changed.Result = slices.Clone(proof.Result)
	changed.Result[499] = changed.Result[499][:33] + "21"
	for name, content := range map[string]string{saved: string(page), good: textOf(t, proof), bad: textOf(t, changed)} {
		if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	b := open(t, s, phone, "zh")
	b.do("open the file", chromedp.Navigate("file://"+saved), ready)
	b.do("choose the proof", chromedp.SetUploadFiles(chromedp.CSS("#draw-file"), []string{good}))
	if found, words := b.verdict(); found != "valid" || !strings.Contains(words, "有效") || !strings.Contains(words, proof.Digest) {
		t.Errorf("%s: %s", found, words)
	}
	t.Logf("1,000 pupils, 20 classes, 8 attributes: %s ms in the browser", ask[string](b, `document.querySelector("#draw-result").getAttribute("data-milliseconds")`))
	b.shoot("saved")
	b.do("choose the changed proof", chromedp.SetUploadFiles(chromedp.CSS("#draw-file"), []string{bad}), chromedp.WaitReady(chromedp.CSS("#draw-result[data-done=invalid]")))
	if _, words := b.verdict(); !strings.Contains(words, "结果（result）第 500 行") {
		t.Errorf("changed: %s", words)
	}
	b.shoot("saved-changed")
	b.do("in English", chromedp.Click(chromedp.CSS("#draw-language")), chromedp.WaitReady(chromedp.CSS("html[lang=en]")))
	b.quiet("file://")
}

func TestTheVerifierRepeatsEveryKind(t *testing.T) {
	s := newSite(t, false)
	b := open(t, s, desk, "zh")
	b.visit("/public/draw/check")
	if got := ask[string](b, `drawVerifier.hexOf(drawVerifier.H("abc"))`); got != "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" {
		t.Errorf("SHA-256 of abc: %s", got)
	}
	for name, proof := range proofsOfEveryKind(t) {
		if found := b.found(textOf(t, proof)); len(found) > 0 {
			t.Errorf("%s: %v", name, found)
		}
		changed := proof
		changed.Result = slices.Clone(proof.Result)
		changed.Result[len(changed.Result)-1] += "0"
		if found := b.found(textOf(t, changed)); !slices.Equal(found, []string{"result.changed"}) {
			t.Errorf("%s with another result: %v", name, found)
		}
	}
	b.quiet()
}

// proofsOfEveryKind are small proofs, by kind.
func proofsOfEveryKind(t *testing.T) map[string]draw.Proof {
	t.Helper()
	in := roster(90, 4, 5, 2)
	in.Together, in.Apart = [][]string{{"20261001", "20261002"}}, [][]string{{"20261003", "20261004"}}
	in.Locks = []class.Lock{{ID: "20261005", Class: 2, Reason: "随班就读"}}
	all := map[string]draw.Proof{"classes": classProof(t, in)}
	rules, lines, err := class.FrozenPair(all["classes"].Digest, []string{"甲组", "乙组", "丙组", "丁组"})
	if err != nil {
		t.Fatal(err)
	}
	all["pair"] = proofOf(t, "pair", rules, lines, class.PairLines)
	drawn := lists.Input{Wanted: lists.Wanted{Pick: 5}, Team: 2, Load: 3, Avoid: lists.Reasons()}
	for n := range 12 {
		drawn.Objects = append(drawn.Objects, lists.Object{ID: fmt.Sprint("S", n), Name: fmt.Sprintf("第%d学校", n), Weight: 1})
		drawn.Inspectors = append(drawn.Inspectors, lists.Inspector{ID: fmt.Sprint("P", n), Name: fmt.Sprintf("督学%d", n)})
		drawn.Conflicts = append(drawn.Conflicts, lists.Conflict{Inspector: fmt.Sprint("P", n), Other: fmt.Sprint("S", (n*5)%12)})
	}
	fixed, err := lists.Frozen(drawn)
	if err != nil {
		t.Fatal(err)
	}
	all["lists"] = proofOf(t, lists.Kind, fixed.Rules, fixed.Lines, lists.Lines)
	chain, err := lists.NewChain(all["lists"])
	if err != nil {
		t.Fatal(err)
	}
	team := chain.Teams()[0]
	if rules, lines, err = chain.Vacate(team.Object, team.Inspectors[0], "因公外出"); err != nil {
		t.Fatal(err)
	}
	all["vacancy"] = proofOf(t, lists.Vacancy, rules, lines, lists.VacancyLines)
	all["quota"], all["admit"] = smallQuota(t), smallAdmit(t)
	return all
}

func smallQuota(t *testing.T) draw.Proof {
	t.Helper()
	in := quota.Input{Policy: quota.Policy{Method: quota.Hamilton, Share: 5_000, RuralLeast: 1, Unused: quota.UnusedUnified},
		Seniors: []quota.Senior{{ID: "G1", Places: 7, Key: true, QuotaFloor: 500, Floor: 400}, {ID: "G2", Places: 3, Floor: 300}},
		Juniors: []quota.Junior{{ID: "J1", Graduates: 60}, {ID: "J2", Graduates: 35}, {ID: "J3", Graduates: 5, Rural: true}}}
	for n := range 20 {
		in.Pupils = append(in.Pupils, quota.Pupil{ID: fmt.Sprint("K", n), Junior: fmt.Sprint("J", n%3+1), Full: n%7 > 0, Score: 480 + n%6*20,
			Quota: []string{"G1"}, Wishes: []string{"G1", "G2"}})
	}
	rules, lines, err := quota.Frozen(in, draw.Secret{3})
	if err != nil {
		t.Fatal(err)
	}
	return proofOf(t, quota.Kind, rules, lines, quota.Lines)
}

func smallAdmit(t *testing.T) draw.Proof {
	t.Helper()
	in := admission.Input{Schools: []admission.School{{ID: "P1", Places: 3, Groups: [][]string{{"户籍"}, {"随迁"}}, By: []string{"distance"}},
		{ID: "P2", Places: 4, Groups: [][]string{{"*"}}, Own: true}}}
	for n := range 12 {
		category := []string{"户籍", "随迁"}[n%2]
		wish := func(school string) admission.Wish {
			return admission.Wish{School: school, Category: category, Values: map[string]int{"distance": n % 4 * 100}}
		}
		in.Applicants = append(in.Applicants, admission.Applicant{ID: fmt.Sprint("A", n), Wishes: []admission.Wish{wish("P1"), wish("P2")}})
	}
	rules, lines, err := admission.Frozen(in, draw.Secret{4})
	if err != nil {
		t.Fatal(err)
	}
	return proofOf(t, admission.Kind, rules, lines, admission.Lines)
}

// Every field, and some lines of each list, are changed in turn; the verifier names the field.
func TestTheVerifierNamesWhatWasChanged(t *testing.T) {
	s := newSite(t, false)
	proof := classProof(t, roster(48, 3, 3, 1))
	b := open(t, s, desk, "zh")
	b.visit("/public/draw/check")
	last := func(lines []string, n int, by string) []string {
		lines = slices.Clone(lines)
		lines[n] = lines[n][:len(lines[n])-1] + by
		return lines
	}
	cases := []struct {
		name   string
		change func(p *draw.Proof)
		want   string
	}{
		{"protocol", func(p *draw.Proof) { p.Protocol = "jiaoheng-draw/2" }, "protocol.text"},
		{"title", func(p *draw.Proof) { p.Announcement = last(p.Announcement, 2, "x") }, "commitment.differs"},
		{"rule", func(p *draw.Proof) { p.Announcement = last(p.Announcement, 3, "2") }, "commitment.differs"},
		{"root", func(p *draw.Proof) { p.Announcement = last(p.Announcement, len(p.Announcement)-1, "g") }, "announcement.order"},
		{"commitment", func(p *draw.Proof) { p.Commitment = strings.Repeat("0", 64) }, "commitment.differs"},
		{"pupil re-scored", func(p *draw.Proof) { p.Lines = last(p.Lines, 5, "x") }, "lines.root"},
		{"pupil added", func(p *draw.Proof) { p.Lines = append(slices.Clone(p.Lines), p.Lines[0]) }, "lines.count lines.root"},
		{"pupil removed", func(p *draw.Proof) { p.Lines = p.Lines[1:] }, "lines.count lines.root"},
		{"pupils swapped", func(p *draw.Proof) { p.Lines = slices.Clone(p.Lines); p.Lines[0], p.Lines[1] = p.Lines[1], p.Lines[0] }, "lines.root"},
		{"lottery", func(p *draw.Proof) { p.Seed = last(p.Seed, 0, "2") }, "seed.changed"},
		{"word of a witness", func(p *draw.Proof) { p.Seed = last(p.Seed, 4, "x") }, "seed.reveal"},
		{"witness left out", func(p *draw.Proof) { p.Seed = p.Seed[:len(p.Seed)-1] }, "seed.form"},
		{"value too many", func(p *draw.Proof) { p.Seed = append(slices.Clone(p.Seed), draw.Value(3, "1")) }, "seed.extra"},
		{"first result", func(p *draw.Proof) { p.Result = last(p.Result, 0, "9") }, "result.changed"},
		{"result left out", func(p *draw.Proof) { p.Result = p.Result[:len(p.Result)-1] }, "result.changed"},
		{"digest", func(p *draw.Proof) { p.Digest = strings.Repeat("a", 64) }, "digest.differs"},
		{"other result, new digest", func(p *draw.Proof) {
			a, err := draw.ReadAnnouncement(p.Announcement)
			if err != nil {
				t.Fatal(err)
			}
			*p = draw.NewProof(a, p.Lines, p.Seed, last(p.Result, 7, "9"))
		}, "result.other"},
	}
	for _, c := range cases {
		changed := proof
		c.change(&changed)
		if got := strings.Join(b.found(textOf(t, changed)), " "); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
	text := textOf(t, proof)
	for name, change := range map[string][2]string{"file.double": {`"commitment"`, `"digest": "", "commitment"`}, "note.unknown": {`"commitment"`, `"note": "", "commitment"`},
		"file.json": {`"digest"`, `digest`}, "seed.absent seeds.unknown": {`"seed"`, `"seeds"`}} {
		got := b.found(strings.Replace(text, change[0], change[1], 1))
		slices.Sort(got)
		if strings.Join(got, " ") != name {
			t.Errorf("got %v, want %s", got, name)
		}
	}
	b.quiet()
}

func TestTheVerifierFindsAForgedSlip(t *testing.T) {
	s := newSite(t, false)
	in := roster(30, 3, 2, 1)
	proof := classProof(t, in)
	slips := draw.NewSlips(proof)
	slipOf := func(id string) draw.Slip {
		slip, err := slips.Of(in.Secret.Who(id), in.Secret.Salt(id))
		if err != nil {
			t.Fatal(err)
		}
		return slip
	}
	b := open(t, s, phone, "zh")
	b.visit("/public/draw/check")
	check := func(slip draw.Slip, id, commitment, digest string) string {
		data, err := json.Marshal(slip)
		if err != nil {
			t.Fatal(err)
		}
		return strings.Join(ask[[]string](b, fmt.Sprintf(`drawVerifier.checkSlip(%s, %q, %q, %q).map((fault) => fault.field + "." + fault.code)`, data, id, commitment, digest)), " ")
	}
	mine, other := slipOf("20261003"), slipOf("20261004")
	if got := check(mine, "20261003", proof.Commitment, proof.Digest); got != "" {
		t.Errorf("a true slip: %s", got)
	}
	forged := mine
	forged.Result = mine.Result[:33] + "9"
	moved := mine
	moved.Result, moved.ResultIndex, moved.ResultPath = other.Result, other.ResultIndex, other.ResultPath
	salted := mine
	salted.Salt = hex.EncodeToString(make([]byte, 16))
	for want, got := range map[string]string{
		"result.path":          check(forged, "20261003", proof.Commitment, proof.Digest),
		"result.who":           check(moved, "20261003", proof.Commitment, proof.Digest),
		"line.who":             check(salted, "20261003", proof.Commitment, proof.Digest),
		"digest.published":     check(mine, "20261003", proof.Commitment, strings.Repeat("0", 64)),
		"announcement.differs": check(mine, "20261003", strings.Repeat("0", 64), proof.Digest),
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	b.quiet()
}
