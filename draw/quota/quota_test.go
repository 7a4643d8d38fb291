package quota_test

import (
	"slices"
	"strings"
	"testing"

	"jiaoheng/draw"
	"jiaoheng/draw/quota"
	"jiaoheng/fault"
	"jiaoheng/message"
)

// county is a small county: two key schools and a plain one, three junior schools, one of them rural.
func county() quota.Input {
	p := func(id, junior string, full bool, score, chinese int, wishes string) quota.Pupil {
		quotas, unified, _ := strings.Cut(wishes, "|")
		return quota.Pupil{ID: id, Junior: junior, Full: full, Score: score, Ties: []int{chinese}, Quota: strings.Fields(quotas), Wishes: strings.Fields(unified)}
	}
	return quota.Input{
		Policy: quota.Policy{Method: quota.Hamilton, Share: 5_000, Least: 0, RuralLeast: 1, Unused: quota.UnusedUnified, Ties: []string{"语文"}},
		Seniors: []quota.Senior{{ID: "G1", Places: 7, Key: true, QuotaFloor: 500, Floor: 400}, {ID: "G2", Places: 2, Key: true, QuotaFloor: 500, Floor: 400},
			{ID: "G3", Places: 3, Floor: 300}},
		Juniors: []quota.Junior{{ID: "J1", Graduates: 60}, {ID: "J2", Graduates: 35}, {ID: "J3", Graduates: 5, Rural: true}, {ID: "J4"}},
		Pupils: []quota.Pupil{
			p("a", "J1", true, 640, 110, "G1|G1 G3"), p("b", "J1", true, 620, 100, "G1|G1 G3"), p("c", "J1", true, 620, 90, "G1|G1 G2"), p("d", "J1", false, 650, 120, "G1|G2"),
			p("e", "J2", true, 600, 90, "G1|G1"), p("f", "J2", true, 590, 90, "G1 G2|G1 G2 G3"), p("g", "J2", true, 580, 90, "G1|G1"),
			p("h", "J3", true, 510, 80, "G1|G3"), p("i", "J3", true, 490, 80, "G2|G3"), p("j", "J2", true, 290, 50, "|G3"), p("k", "J1", true, 300, 60, "|"),
		},
	}
}

func run(t *testing.T, in quota.Input) (draw.Announcement, []string, quota.Result) {
	t.Helper()
	rules, lines, err := quota.Frozen(in, draw.SecretOf([]byte("county")))
	if err != nil {
		t.Fatal(err)
	}
	a, err := draw.Announce(quota.Kind, "指标到校", rules, []draw.Source{{Kind: draw.Given}}, lines)
	if err != nil {
		t.Fatal(err)
	}
	seed, err := a.Seed([]string{draw.Value(1, "00")})
	if err != nil {
		t.Fatal(err)
	}
	r, err := quota.Draw(a, lines, seed)
	if err != nil {
		t.Fatal(err)
	}
	return a, lines, r
}

func TestPlacesAreDividedAndGiven(t *testing.T) {
	_, _, r := run(t, county())
	// G1 reserves 4 of 7 places: 60, 35 and 5 graduates claim 2.4, 1.4 and 0.2; the rural school gets its least, 1, and 60 : 35 share
	// 3: 1.89 and 1.11. G2 reserves 1 of 2 and it goes to the rural school.
	want := [][]int{{2, 1, 1, 0}, {0, 0, 1, 0}, {0, 0, 0, 0}}
	for s := range want {
		for j, n := range want[s] {
			if got := r.Shares[s][j].Seats; got != n {
				t.Errorf("%s has %d places of %s, want %d", r.Juniors[j].ID, got, r.Seniors[s].ID, n)
			}
		}
	}
	secret := draw.SecretOf([]byte("county"))
	for id, place := range map[string]string{"a": "quota G1", "b": "quota G1", "c": "unified G1", "d": "unified G2", "e": "quota G1",
		"f": "unified G1", "g": "unified G1", "h": "quota G1", "i": "unified G3", "j": "none", "k": "none"} {
		got := r.Pupils[r.Index(secret.Who(id))]
		text := got.Track
		if got.Senior >= 0 {
			text += " " + r.Seniors[got.Senior].ID
		}
		if text != place {
			t.Errorf("%s: %s, want %s", id, text, place)
		}
	}
	if r.Quota.Blocking+r.Unified.Blocking != 0 {
		t.Errorf("blocking pairs %+v, %+v", r.Quota, r.Unified)
	}
}

func TestEveryNoHasItsReason(t *testing.T) {
	_, _, r := run(t, county())
	secret := draw.SecretOf([]byte("county"))
	all := r.Reasons()
	for id, want := range map[string][]string{
		"a": nil,
		"c": {"名额 2 个，最后一名录取者同为 620 分，按同分比较项“语文”，录取者 100，您 90（总分 620）"},
		"d": {"不具有完整学籍，不能使用分配名额"},
		"f": {"名额 1 个，最后一名录取者 600 分，您 590 分", "该校没有可供录取的名额"},
		"i": {"最低控制线 500 分，您 490 分，未达到"},
		"j": {"最低控制线 300 分，您 290 分，未达到"},
		"k": {"没有填报志愿"},
	} {
		var got []string
		for _, reason := range all[r.Index(secret.Who(id))] {
			got = append(got, reason.Text(message.Chinese))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", id, got, want)
		}
	}
}

func TestLinesNameNobody(t *testing.T) {
	in := county()
	in.Pupils[0].ID = "张小明-330102200901011234"
	a, lines, r := run(t, in)
	for _, line := range slices.Concat(a.Lines(), lines, r.Lines()) {
		if strings.Contains(line, "张") || strings.Contains(line, "3301") {
			t.Errorf("%s", line)
		}
	}
}

func TestEveryFaultOfTheInputIsNamed(t *testing.T) {
	in := county()
	in.Policy.Method, in.Policy.Unused, in.Policy.Share = "coin", "burn", 20_000
	in.Seniors[0].ID = "G;1"
	in.Seniors[1].Quota = 9
	in.Juniors[1].ID = "J1"
	in.Juniors[2].Graduates = -1
	in.Pupils[0].Junior = "J9"
	in.Pupils[1].Score = -1
	in.Pupils[2].Ties = nil
	in.Pupils[3].Wishes = []string{"G3", "G3", "G8"}
	in.Pupils[4].ID = "a"
	_, _, err := quota.Frozen(in, draw.Secret{})
	var codes []string
	for _, f := range fault.Of(err) {
		codes = append(codes, f.Code)
	}
	for _, code := range []string{"method", "unused", "within", "code", "more_than_places", "twice", "unknown_school", "ties_lack", "wished_twice", "pupil_twice"} {
		if !slices.Contains(codes, "draw.quota."+code) {
			t.Errorf("%s is not among %v", code, codes)
		}
	}
}

func TestPlacesThatCannotBeDividedAreNamed(t *testing.T) {
	cases := []struct {
		name, code string
		change     func(in *quota.Input)
	}{
		{"least numbers above the places", "draw.quota.least_above", func(in *quota.Input) { in.Policy.Least = 2 }},
		{"more places than graduates", "draw.quota.most_below", func(in *quota.Input) { in.Seniors[0].Places = 300 }},
		{"below the share", "draw.quota.below_share", func(in *quota.Input) { in.Seniors[0].Quota = 3 }},
	}
	for _, c := range cases {
		in := county()
		c.change(&in)
		_, _, err := quota.Frozen(in, draw.Secret{})
		if faults := fault.Of(err); len(faults) == 0 || faults[0].Code != c.code {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}
