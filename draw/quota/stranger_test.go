package quota_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jiaoheng/draw"
	"jiaoheng/draw/quota"
	"jiaoheng/fault"
)

// stranger computes the result lines from the text of docs/draw-protocol.md alone: it reads the lines for itself and shares no
// code with the package but the generator.
type stranger struct {
	rule             map[string]string
	seniors, juniors [][]string
	pupils           [][]string
	seed             draw.Seed
	out              []string
	got, school      []string // track and senior school of each pupil
}

func (s *stranger) number(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		panic(err)
	}
	return n
}

func (s *stranger) run(rules []draw.Rule, lines []string) []string {
	s.rule = map[string]string{}
	for _, r := range rules {
		s.rule[r.Key] = r.Value
	}
	for _, line := range lines {
		part := strings.Split(line, ";")
		switch part[0] {
		case "senior":
			s.seniors = append(s.seniors, part)
		case "junior":
			s.juniors = append(s.juniors, part)
		default:
			s.pupils = append(s.pupils, part)
		}
	}
	s.got, s.school = make([]string, len(s.pupils)), make([]string, len(s.pupils))
	share := map[string]int{} // senior>junior
	for _, senior := range s.seniors {
		s.shareOut(senior, share)
	}
	s.take("quota", named(6), s.bySchool(share))
	s.unused(share)
	s.unified()
	place := make([]int, len(s.pupils))
	for at, i := range s.lottery() {
		place[i] = at + 1
	}
	for i, p := range s.pupils {
		if s.got[i] == "" {
			s.got[i], s.school[i] = "none", "-"
		}
		s.out = append(s.out, fmt.Sprintf("place;%s;%s;%s;%d", p[1], s.got[i], s.school[i], place[i]))
	}
	return s.out
}

// shareOut is section 2 for one senior school.
func (s *stranger) shareOut(senior []string, share map[string]int) {
	if senior[3] == "0" {
		return
	}
	var weight, least, most []int
	for _, j := range s.juniors {
		grads, low := s.number(j[2]), s.number(s.rule["least"])
		if j[3] == "1" {
			low = max(low, s.number(s.rule["rural_least"]))
		}
		weight, least, most = append(weight, grads), append(least, min(low, grads)), append(most, grads)
	}
	s.divide("share", "quota ", senior[1], s.number(senior[3]), weight, least, most, share)
}

// named are the wishes that stand in a field of a pupil's line.
func named(at int) func(p []string) []string {
	return func(p []string) []string {
		return strings.FieldsFunc(p[at], func(r rune) bool { return r == '>' })
	}
}

func (s *stranger) allowed(p []string, code string) bool {
	return p[3] == "1" && s.number(p[4]) >= s.number(s.senior(code)[4])
}

// bySchool opens what is left for the pupil's own junior school.
func (s *stranger) bySchool(places map[string]int) func(p []string, code string) (map[string]int, string) {
	return func(p []string, code string) (map[string]int, string) {
		if !s.allowed(p, code) {
			return nil, ""
		}
		return places, code + ">" + p[2]
	}
}

// take lets pupils in their order take the first wish whose places, as open tells them, have one left.
func (s *stranger) take(track string, wishes func(p []string) []string, open func(p []string, code string) (map[string]int, string)) {
	for _, i := range s.order() {
		for _, code := range wishes(s.pupils[i]) {
			if places, key := open(s.pupils[i], code); s.got[i] == "" && places[key] > 0 {
				places[key]--
				s.got[i], s.school[i] = track, code
			}
		}
	}
}

// unused is section 5.
func (s *stranger) unused(share map[string]int) {
	unused, wait, again := map[string]int{}, map[string]int{}, map[string]int{}
	for key, n := range share {
		senior, _, _ := strings.Cut(key, ">")
		unused[senior] += n
	}
	if s.rule["unused"] == "pupils" {
		s.take("pool", named(6), func(p []string, code string) (map[string]int, string) {
			if !s.allowed(p, code) {
				return nil, ""
			}
			return unused, code
		})
	}
	if s.rule["unused"] != "juniors" {
		return
	}
	for i, p := range s.pupils {
		for _, code := range named(6)(p) {
			if s.got[i] == "" && s.allowed(p, code) {
				wait[code+">"+p[2]]++
			}
		}
	}
	for _, senior := range s.seniors {
		s.divideAgain(senior[1], unused[senior[1]], wait, again)
	}
	s.take("pool", named(6), s.bySchool(again))
}

// unified is section 6.
func (s *stranger) unified() {
	room := map[string]int{}
	for _, senior := range s.seniors {
		room[senior[1]] = s.number(senior[2])
	}
	for _, code := range s.school {
		room[code]--
	}
	for from, band := 0, 0; from < quota.MaxWishes; band++ {
		size := quota.MaxWishes
		if bands := strings.Split(s.rule["bands"], ","); bands[0] != "-" {
			size = s.number(bands[min(band, len(bands)-1)])
		}
		s.take("unified", func(p []string) []string {
			all := named(7)(p)
			return all[min(from, len(all)):min(from+size, len(all))]
		}, func(p []string, code string) (map[string]int, string) {
			if s.number(p[4]) < s.number(s.senior(code)[5]) {
				return nil, ""
			}
			return room, code
		})
		from += size
	}
}

func (s *stranger) senior(code string) []string {
	return s.seniors[slices.IndexFunc(s.seniors, func(part []string) bool { return part[1] == code })]
}

func (s *stranger) lottery() []int {
	list := make([]int, len(s.pupils))
	for i := range list {
		list[i] = i
	}
	draw.Shuffle(draw.NewGenerator("quota lottery", s.seed), list)
	return list
}

func (s *stranger) order() []int {
	list := s.lottery()
	slices.SortStableFunc(list, func(x, y int) int {
		a, b := s.pupils[x][4]+","+s.pupils[x][5], s.pupils[y][4]+","+s.pupils[y][5]
		as, bs := strings.Split(a, ","), strings.Split(b, ",")
		for n := range as {
			if as[n] != bs[n] {
				return s.number(bs[n]) - s.number(as[n])
			}
		}
		return 0
	})
	return list
}

func (s *stranger) divideAgain(senior string, unused int, wait map[string]int, again map[string]int) {
	var weight, least, most []int
	total := 0
	for _, j := range s.juniors {
		w, v := s.number(j[2]), wait[senior+">"+j[1]]
		if v == 0 {
			w = 0
		}
		if j[2] == "0" {
			v = 0
		}
		weight, least, most = append(weight, w), append(least, 0), append(most, v)
		total += v
	}
	if min(unused, total) > 0 {
		s.divide("again", "quota again ", senior, min(unused, total), weight, least, most, again)
	}
}

// divide is section 1: it appends the result lines and notes the places.
func (s *stranger) divide(tag, label, senior string, q int, weight, least, most []int, places map[string]int) {
	n := len(weight)
	tie := make([]int, n)
	list := make([]int, n)
	for i := range list {
		list[i] = i
	}
	draw.Shuffle(draw.NewGenerator(label+senior, s.seed), list)
	for at, i := range list {
		tie[i] = at
	}
	num, den := make([]int, n), make([]int, n)
	for i := range weight {
		if weight[i] == 0 {
			num[i], den[i] = least[i], 1
		}
	}
	for {
		p, w, below, above := q, 0, 0, 0
		for i := range weight {
			if den[i] == 0 {
				w += weight[i]
			} else {
				p -= num[i]
			}
		}
		for i := range weight {
			if den[i] == 0 {
				below += max(0, least[i]*w-p*weight[i])
				above += max(0, p*weight[i]-most[i]*w)
			}
		}
		for i := range weight {
			switch {
			case den[i] != 0:
			case below == 0 && above == 0:
				num[i], den[i] = p*weight[i], w
			case below >= above && p*weight[i] < least[i]*w:
				num[i], den[i] = least[i], 1
			case below < above && p*weight[i] > most[i]*w:
				num[i], den[i] = most[i], 1
			}
		}
		if w == 0 || below == 0 && above == 0 {
			break
		}
	}
	seats := s.round(q, weight, least, most, num, den, tie)
	for i, j := range s.juniors {
		places[senior+">"+j[1]] = seats[i]
		s.out = append(s.out, fmt.Sprintf("%s;%s;%s;%d;%d;%d", tag, senior, j[1], seats[i], num[i], den[i]))
	}
}

// round gives whole places.
func (s *stranger) round(q int, weight, least, most, num, den, tie []int) []int {
	n := len(weight)
	seats, given := slices.Clone(least), 0
	byRest := s.rule["method"] == "hamilton"
	for i := range seats {
		if byRest {
			seats[i] = num[i] / den[i]
		}
		given += seats[i]
	}
	up := make([]bool, n)
	for ; given < q; given++ {
		best := -1
		for i := range seats {
			if byRest && (up[i] || num[i]%den[i] == 0) || !byRest && (weight[i] == 0 || seats[i] >= most[i]) {
				continue
			}
			ahead := 1
			if best >= 0 && byRest {
				ahead = num[i]%den[i] - num[best]%den[best]
			} else if best >= 0 {
				ahead = weight[i]*(2*seats[best]+1) - weight[best]*(2*seats[i]+1)
			}
			if ahead > 0 || ahead == 0 && tie[i] < tie[best] {
				best = i
			}
		}
		seats[best]++
		up[best] = true
	}
	return seats
}

// anyInput is a random input, with many equal scores and equal schools.
func anyInput(t *rapid.T) quota.Input {
	n := func(least, most int, what string) int { return rapid.IntRange(least, most).Draw(t, what) }
	in := quota.Input{Policy: quota.Policy{Method: []string{quota.Hamilton, quota.Webster}[n(0, 1, "method")], Share: 2_000, RuralLeast: n(0, 1, "rural least"),
		Unused: []string{quota.UnusedUnified, quota.UnusedPupils, quota.UnusedJuniors}[n(0, 2, "unused")], Ties: []string{"语文", "数学"}[:n(0, 2, "ties")],
		Bands: [][]int{nil, {1}, {2}, {1, 2}}[n(0, 3, "bands")]}}
	graduates := 0
	for j := range n(1, 5, "juniors") {
		in.Juniors = append(in.Juniors, quota.Junior{ID: fmt.Sprint("J", j), Graduates: n(0, 6, "graduates"), Rural: n(0, 2, "rural") == 0})
		graduates += in.Juniors[j].Graduates
	}
	var codes []string
	for s := range n(1, 4, "seniors") {
		school := quota.Senior{ID: fmt.Sprint("G", s), Places: n(0, 8, "places"), Key: n(0, 3, "key") > 0, QuotaFloor: n(0, 3, "line"), Floor: n(0, 2, "floor")}
		if school.Key {
			school.Quota = min(school.Places, n(quota.LeastQuota(school.Places, 2_000), 8, "quota"))
		}
		if school.Quota > graduates {
			school.Key, school.Quota = false, 0
		}
		in.Seniors = append(in.Seniors, school)
		codes = append(codes, school.ID)
	}
	for i := range n(0, 25, "pupils") {
		p := quota.Pupil{ID: fmt.Sprint(i), Junior: in.Juniors[n(0, len(in.Juniors)-1, "junior")].ID, Full: n(0, 4, "full") > 0, Score: n(0, 6, "score")}
		for range in.Policy.Ties {
			p.Ties = append(p.Ties, n(0, 2, "tie"))
		}
		p.Quota = rapid.Permutation(codes).Draw(t, "quota wishes")[:n(0, len(codes), "count")]
		p.Wishes = rapid.Permutation(codes).Draw(t, "wishes")[:n(0, len(codes), "count")]
		in.Pupils = append(in.Pupils, p)
	}
	return in
}

func TestAStrangerComputesTheSame(t *testing.T) {
	drawn := 0
	rapid.Check(t, func(t *rapid.T) {
		rules, lines, err := quota.Frozen(anyInput(t), draw.Secret{1})
		if err != nil {
			return // the leasts of rural schools are above the places
		}
		a, err := draw.Announce(quota.Kind, "t", rules, nil, lines)
		if err != nil {
			t.Fatal(err)
		}
		seed, err := a.Seed(nil)
		if err != nil {
			t.Fatal(err)
		}
		got, err := quota.Lines(a, lines, seed)
		if err != nil {
			t.Fatal(err)
		}
		want := (&stranger{seed: seed}).run(rules, lines)
		if !slices.Equal(got, want) {
			t.Fatalf("%v\n%s\nwant\n%s", rules, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
		r, err := quota.Draw(a, lines, seed)
		if err != nil {
			t.Fatal(err)
		}
		checkReasons(t, r)
		drawn++
	})
	if drawn < 50 && !t.Failed() {
		t.Errorf("only %d inputs could be drawn", drawn)
	}
}

// checkReasons: every refused wish has its reason, and no track passes anybody over.
func checkReasons(t *rapid.T, r quota.Result) {
	c := r.Certificate(draw.Unproven, "", nil, "zh")
	if c.Pupils.Negatives != c.Pupils.Reasons {
		t.Fatalf("%d refusals, %d reasons", c.Pupils.Negatives, c.Pupils.Reasons)
	}
	if c.Blocking["quota"]+c.Blocking["pool"]+c.Blocking["unified"] != 0 {
		t.Fatalf("passed over: %v", c.Blocking)
	}
	for _, reasons := range r.Reasons() {
		for _, reason := range reasons {
			if text := reason.Text("zh"); text == "" || strings.Contains(text, "{") {
				t.Fatalf("%s: %q", reason.Code, text)
			}
		}
	}
	for s, school := range c.Seniors {
		if school.Unused < 0 || school.QuotaUsed+school.PoolUsed+school.UnifiedUsed+school.Unused != r.Seniors[s].Places {
			t.Fatalf("%+v", school)
		}
	}
}

// A change of any field of a proof is found: by the hashes, or, where somebody computes them anew, by the repeated draw.
func TestAnyChangeOfAProofIsFound(t *testing.T) {
	in := county()
	in.Policy.Unused = quota.UnusedJuniors
	a, lines, r := run(t, in)
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
			for _, other := range []string{field + "1", "-", ""} {
				changed := strings.Split(line, ";")
				if changed[n] == other {
					continue
				}
				changed[n] = other
				result := slices.Clone(r.Lines())
				result[at] = strings.Join(changed, ";")
				forged := proof
				forged.Result = result
				if _, _, err := forged.Check(); err == nil {
					t.Errorf("%q for %q is not found by the hashes", result[at], line)
				}
				if again, err := quota.Lines(a, lines, seed); err == nil && slices.Equal(again, result) {
					t.Errorf("%q for %q is not found by the repeated draw", result[at], line)
				}
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
	a, lines, r := run(t, county())
	secret := draw.SecretOf([]byte("county"))
	proof := draw.NewProof(a, lines, []string{draw.Value(1, "00")}, r.Lines())
	slip, err := draw.NewSlips(proof).Of(secret.Who("a"), secret.Salt("a"))
	if err != nil {
		t.Fatal(err)
	}
	if err := slip.Check("a", proof.Commitment, proof.Digest); err != nil {
		t.Error(err)
	}
	if err := slip.Check("b", proof.Commitment, proof.Digest); err == nil {
		t.Error("the slip is taken for that of another child")
	}
	slip.Result = r.Lines()[len(r.Lines())-1]
	if err := slip.Check("a", proof.Commitment, proof.Digest); err == nil {
		t.Error("a result put into the slip is taken")
	}
}

// Lines and rules that somebody made up are refused with a fault or drawn from, and never break the program.
func TestMadeUpLinesAreRefused(t *testing.T) {
	rules, lines, err := quota.Frozen(county(), draw.Secret{})
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
		a := draw.Announcement{Kind: quota.Kind, Title: "t", Rules: ruled, Count: len(changed)}
		if _, err := quota.Lines(a, changed, draw.Seed{1}); err != nil {
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

// What somebody changes after the announcement is named, even when all hashes are computed anew.
func TestChangesAfterTheAnnouncementAreNamed(t *testing.T) {
	cases := []struct {
		name, code string
		change     func(in *quota.Input)
	}{
		{"a pupil added", "draw.line_added", func(in *quota.Input) {
			in.Pupils = append(in.Pupils, quota.Pupil{ID: "z", Junior: "J1", Full: true, Score: 700, Ties: []int{1}, Wishes: []string{"G1"}})
		}},
		{"a pupil removed", "draw.line_removed", func(in *quota.Input) { in.Pupils = in.Pupils[1:] }},
		{"a school removed whose code has a blank", "draw.line_removed", func(in *quota.Input) { in.Juniors = in.Juniors[:4] }},
		{"a pupil re-scored", "draw.line_changed", func(in *quota.Input) { in.Pupils[8].Score = 649 }},
		{"two pupils swapped", "draw.line_changed", func(in *quota.Input) {
			in.Pupils[0].Junior, in.Pupils[7].Junior = in.Pupils[7].Junior, in.Pupils[0].Junior
		}},
		{"graduates changed", "draw.line_changed", func(in *quota.Input) { in.Juniors[2].Graduates = 50 }},
		{"another rule", "draw.announced_new", func(in *quota.Input) { in.Policy.RuralLeast = 0 }},
		{"another share", "draw.announced_new", func(in *quota.Input) { in.Policy.Share = 4_000 }},
	}
	county := func() quota.Input {
		in := county()
		in.Juniors = append(in.Juniors, quota.Junior{ID: "J 5", Graduates: 1})
		return in
	}
	announced, lines, _ := run(t, county())
	for _, c := range cases {
		in := county()
		c.change(&in)
		a, changed, r := run(t, in)
		found := draw.Compare(announced.Lines(), draw.Leaves(lines), draw.NewProof(a, changed, []string{draw.Value(1, "00")}, r.Lines()))
		if !slices.ContainsFunc(found, func(f *fault.Fault) bool { return f.Code == c.code }) {
			t.Errorf("%s: %v", c.name, found)
		}
	}
}
