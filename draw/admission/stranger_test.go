package admission_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jiaoheng/draw"
	"jiaoheng/draw/admission"
	"jiaoheng/fault"
)

// stranger computes the result lines from the text of docs/draw-protocol.md alone: it reads the lines for itself and shares no
// code with the package but the generator.
type stranger struct {
	schools    map[string][]string
	applicants [][]string
	seed       draw.Seed
}

func (s *stranger) number(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		panic(err)
	}
	return n
}

func (s *stranger) wishes(i int) [][]string {
	var all [][]string
	for _, text := range strings.FieldsFunc(s.applicants[i][3], func(r rune) bool { return r == '>' }) {
		all = append(all, strings.Split(text, ":"))
	}
	return all
}

// key is what orders an applicant at the school of a wish; nil where it cannot go.
func (s *stranger) key(i int, wish []string, number int) []int {
	school := s.schools[wish[0]]
	for g, group := range strings.Split(school[3], ",") {
		if group != "*" && !slices.Contains(strings.Split(group, "+"), wish[1]) {
			continue
		}
		key := []int{g}
		for n, by := range strings.Split(school[4], ",") {
			switch by {
			case "-":
			case "distance":
				key = append(key, s.number(wish[2+n]))
			default:
				key = append(key, -s.number(wish[2+n]))
			}
		}
		return append(key, number, i)
	}
	return nil
}

// numbers draws for those who wish the school, or for all.
func (s *stranger) numbers(label, school string) map[int]int {
	var list []int
	first, same := map[string]int{}, map[int]int{}
	for i, a := range s.applicants {
		if school != "" && !slices.ContainsFunc(s.wishes(i), func(w []string) bool { return w[0] == school }) {
			continue
		}
		if at, known := first[a[2]]; known && a[2] != "-" {
			same[i] = at
			continue
		}
		first[a[2]] = i
		list = append(list, i)
	}
	draw.Shuffle(draw.NewGenerator(label, s.seed), list)
	number := map[int]int{}
	for at, i := range list {
		number[i] = at + 1
	}
	for i, at := range same {
		number[i] = number[at]
	}
	return number
}

func (s *stranger) run(bands string, lines []string) []string {
	s.schools = map[string][]string{}
	for _, line := range lines {
		part := strings.Split(line, ";")
		if part[0] == "school" {
			s.schools[part[1]] = part
		} else {
			s.applicants = append(s.applicants, part)
		}
	}
	common, own := s.numbers("admit lottery", ""), map[string]map[int]int{}
	for code, school := range s.schools {
		if own[code] = common; school[5] == "own" {
			own[code] = s.numbers("admit lottery "+code, code)
		}
	}
	got := make([]int, len(s.applicants)) // which wish, from 1
	room := map[string]int{}
	for code, school := range s.schools {
		room[code] = s.number(school[2])
	}
	for from, band := 0, 0; from < admission.MaxWishes; band++ {
		size := admission.MaxWishes
		if sizes := strings.Split(bands, ","); sizes[0] != "-" {
			size = s.number(sizes[min(band, len(sizes)-1)])
		}
		s.band(from, from+size, got, room, own)
		from += size
	}
	var out []string
	for i, a := range s.applicants {
		school := "-"
		var numbers []string
		for k, w := range s.wishes(i) {
			numbers = append(numbers, strconv.Itoa(own[w[0]][i]))
			if got[i] == k+1 {
				school = w[0]
			}
		}
		out = append(out, fmt.Sprintf("place;%s;%s;%d;%s", a[1], school, got[i], strings.Join(numbers, ",")))
	}
	return out
}

// band repeats: everybody without a school asks the next wish; each school keeps the best of all it has; until nobody asks.
func (s *stranger) band(from, to int, got []int, room map[string]int, own map[string]map[int]int) {
	before := slices.Clone(got)
	next := slices.Repeat([]int{from}, len(got))
	for asked := true; asked; {
		asked = false
		at := map[string][]int{}
		for i := range got {
			if before[i] > 0 {
				continue
			}
			list := s.wishes(i)
			for got[i] == 0 && next[i] < min(to, len(list)) && s.key(i, list[next[i]], 0) == nil {
				next[i]++
			}
			if got[i] == 0 && next[i] < min(to, len(list)) {
				got[i] = next[i] + 1
				next[i]++
				asked = true
			}
			if got[i] > 0 {
				code := list[got[i]-1][0]
				at[code] = append(at[code], i)
			}
		}
		for code, list := range at {
			key := func(i int) []int { return s.key(i, s.wishes(i)[got[i]-1], own[code][i]) }
			slices.SortFunc(list, func(x, y int) int { return slices.Compare(key(x), key(y)) })
			for _, i := range list[min(len(list), room[code]):] {
				got[i] = 0
			}
		}
	}
	for i := range got {
		if before[i] == 0 && got[i] > 0 {
			room[s.wishes(i)[got[i]-1][0]]--
		}
	}
}

// anyInput is a random input with many who are equal in all but the lottery, twins among them.
func anyInput(t *rapid.T) admission.Input {
	n := func(least, most int, what string) int { return rapid.IntRange(least, most).Draw(t, what) }
	categories := []string{"户籍", "房产", "随迁"}
	in := admission.Input{Policy: admission.Policy{Bands: [][]int{nil, {1}, {2}, {1, 2}}[n(0, 3, "bands")]}}
	for s := range n(1, 5, "schools") {
		school := admission.School{ID: fmt.Sprint("S", s), Places: n(0, 6, "places"), Own: n(0, 1, "own") == 1, By: rapid.Permutation(admission.Criteria).Draw(t, "by")[:n(0, 2, "criteria")]}
		school.Groups = [][][]string{{{"*"}}, {{"户籍"}, {"房产"}, {"随迁"}}, {{"户籍", "房产"}, {"随迁"}}, {{"房产"}, {"户籍", "随迁"}}}[n(0, 3, "groups")]
		in.Schools = append(in.Schools, school)
	}
	in.Schools = append(in.Schools, admission.School{ID: "S9", Places: 1, Groups: [][]string{categories}}) // so that every category is known
	for i := range n(0, 25, "applicants") {
		a := admission.Applicant{ID: fmt.Sprint(i), Twin: []string{"", "", "", "x", "y"}[n(0, 4, "twin")]}
		for _, s := range rapid.Permutation([]int{0, 1, 2, 3, 4, 5}).Draw(t, "wishes")[:n(0, 5, "count")] {
			if s >= len(in.Schools)-1 {
				continue
			}
			a.Wishes = append(a.Wishes, admission.Wish{School: in.Schools[s].ID, Category: categories[n(0, 2, "category")],
				Values: map[string]int{"sibling": n(0, 1, "sibling"), "distance": n(0, 2, "distance"), "points": n(0, 2, "points"), "years": n(0, 2, "years")}})
		}
		in.Applicants = append(in.Applicants, a)
	}
	return in
}

func TestAStrangerComputesTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rules, lines, err := admission.Frozen(anyInput(t), draw.Secret{1})
		if err != nil {
			t.Fatal(err)
		}
		a, err := draw.Announce(admission.Kind, "t", rules, nil, lines)
		if err != nil {
			t.Fatal(err)
		}
		seed, err := a.Seed(nil)
		if err != nil {
			t.Fatal(err)
		}
		got, err := admission.Lines(a, lines, seed)
		if err != nil {
			t.Fatal(err)
		}
		want := (&stranger{seed: seed}).run(a.Rule("bands"), lines)
		if !slices.Equal(got, want) {
			t.Fatalf("%v\n%s\n\n%s\nwant\n%s", rules, strings.Join(lines, "\n"), strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
		r, err := admission.Draw(a, lines, seed)
		if err != nil {
			t.Fatal(err)
		}
		checkReasons(t, r)
	})
}

// checkReasons: every refused wish has its reason, nobody is passed over, nobody and no place is counted twice.
func checkReasons(t *rapid.T, r admission.Result) {
	c := r.Certificate(draw.Unproven, "", nil, "zh")
	if c.Negatives != c.Reasons || c.Blocking != 0 || c.Placed+c.Arrange != c.Applicants {
		t.Fatalf("%+v", c)
	}
	for _, school := range c.Schools {
		admitted := 0
		for _, group := range school.Groups {
			admitted += group.Admitted
		}
		if school.Free < 0 || school.Admitted != admitted || school.Admitted+school.Free != school.Places {
			t.Fatalf("%+v", school)
		}
	}
	for _, reasons := range r.Reasons() {
		for _, reason := range reasons {
			if text := reason.Text("zh"); text == "" || strings.Contains(text, "{") {
				t.Fatalf("%s: %q", reason.Code, text)
			}
		}
	}
}

// A change of any field of a proof is found: by the hashes, or, where somebody computes them anew, by the repeated draw.
func TestAnyChangeOfAProofIsFound(t *testing.T) {
	a, lines, r := run(t, town(), "00")
	seedLines := []string{draw.Value(1, "00")}
	proof := draw.NewProof(a, lines, seedLines, r.Lines())
	if _, _, err := proof.Check(); err != nil {
		t.Fatal(err)
	}
	seed, err := a.Seed(seedLines)
	if err != nil {
		t.Fatal(err)
	}
	for at, line := range r.Lines() {
		for n, field := range strings.Split(line, ";") {
			changed := strings.Split(line, ";")
			changed[n] = field + "1"
			forged := proof
			forged.Result = slices.Clone(r.Lines())
			forged.Result[at] = strings.Join(changed, ";")
			if _, _, err := forged.Check(); err == nil {
				t.Errorf("%q for %q is not found by the hashes", forged.Result[at], line)
			}
			if again, err := admission.Lines(a, lines, seed); err == nil && slices.Equal(again, forged.Result) {
				t.Errorf("%q for %q is not found by the repeated draw", forged.Result[at], line)
			}
		}
	}
	for at, line := range lines {
		for n, field := range strings.Split(line, ";") {
			changed := strings.Split(line, ";")
			changed[n] = field + "1"
			forged := proof
			forged.Lines = slices.Clone(lines)
			forged.Lines[at] = strings.Join(changed, ";")
			if _, _, err := forged.Check(); err == nil {
				t.Errorf("%q for %q is not found", forged.Lines[at], line)
			}
		}
	}
}

// A family checks its own line and result with its slip; the slip of another child is refused.
func TestAFamilyChecksItsOwnLine(t *testing.T) {
	a, lines, r := run(t, town(), "00")
	proof := draw.NewProof(a, lines, []string{draw.Value(1, "00")}, r.Lines())
	slip, err := draw.NewSlips(proof).Of(secret.Who("f"), secret.Salt("f"))
	if err != nil {
		t.Fatal(err)
	}
	if err := slip.Check("f", proof.Commitment, proof.Digest); err != nil {
		t.Error(err)
	}
	if err := slip.Check("b", proof.Commitment, proof.Digest); err == nil {
		t.Error("the slip is taken for that of another child")
	}
	slip.Result = r.Lines()[len(r.Lines())-1]
	if err := slip.Check("f", proof.Commitment, proof.Digest); err == nil {
		t.Error("a result put into the slip is taken")
	}
}

// Lines and rules that somebody made up are refused with a fault or drawn from, and never break the program.
func TestMadeUpLinesAreRefused(t *testing.T) {
	rules, lines, err := admission.Frozen(town(), draw.Secret{})
	if err != nil {
		t.Fatal(err)
	}
	refused := 0
	rapid.Check(t, func(t *rapid.T) {
		changed, ruled := slices.Clone(lines), slices.Clone(rules)
		odd := rapid.SampledFrom([]string{"", "-", "*", "0", "1", "7", "00", "-1", "1e3", "999999999999999999999", "1000000000", "20000", "own", "G1", "P1", "J1", "G1>G1", ",", ":", "+", "a:b", "distance", "none"})
		for range rapid.IntRange(1, 3).Draw(t, "changes") {
			if rapid.IntRange(0, 3).Draw(t, "of rule") == 0 {
				ruled[rapid.IntRange(0, len(ruled)-1).Draw(t, "rule")].Value = odd.Draw(t, "value")
				continue
			}
			at := rapid.IntRange(0, len(changed)-1).Draw(t, "line")
			part := strings.Split(changed[at], ";")
			part[rapid.IntRange(0, len(part)-1).Draw(t, "field")] = odd.Draw(t, "text")
			changed[at] = strings.Join(part, ";")
		}
		a := draw.Announcement{Kind: admission.Kind, Title: "t", Rules: ruled, Count: len(changed)}
		if _, err := admission.Lines(a, changed, draw.Seed{1}); err != nil {
			if fault.Of(err) == nil {
				t.Fatalf("no fault: %v", err)
			}
			refused++
		}
	})
	if refused < 30 && !t.Failed() {
		t.Errorf("only %d refused", refused)
	}
}
