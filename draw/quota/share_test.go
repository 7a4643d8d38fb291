package quota_test

import (
	"slices"
	"strings"
	"testing"

	"jiaoheng/draw"
	"jiaoheng/draw/quota"
	"jiaoheng/message"
)

func TestEveryShareSaysWhy(t *testing.T) {
	places := func(method string, quotaPlaces, ruralLeast int, graduates ...int) quota.Certificate {
		in := quota.Input{Policy: quota.Policy{Method: method, Share: 5_000, RuralLeast: ruralLeast, Unused: quota.UnusedUnified, Basis: "教督〔2017〕6号"},
			Seniors: []quota.Senior{{ID: "G", Places: quotaPlaces * 2, Key: true}}}
		for n, g := range graduates {
			in.Juniors = append(in.Juniors, quota.Junior{ID: string(rune('A' + n)), Graduates: g, Rural: n == len(graduates)-1})
		}
		_, _, r := run(t, in)
		return r.Certificate(draw.Unproven, "", map[string]string{"G": "一中"}, message.Chinese)
	}
	cases := []struct {
		name string
		of   quota.Certificate
		want string
	}{
		{"up", places(quota.Hamilton, 10, 0, 137, 80, 30), "A毕业生 137 人（全部 247 人），一中分配名额 10 个，应得 5.5465 个，先得整数 5 个，余数较大再得 1 个，共得 6 个"},
		{"down", places(quota.Hamilton, 10, 0, 80, 137, 30), "A毕业生 80 人（全部 247 人），一中分配名额 10 个，应得 3.2388 个，先得整数 3 个，余数排位靠后，共得 3 个"},
		{"whole", places(quota.Hamilton, 10, 0, 50, 30, 20), "A毕业生 50 人（全部 100 人），一中分配名额 10 个，应得 5.0000 个，恰为整数，得 5 个"},
		{"webster", places(quota.Webster, 10, 0, 50, 30, 20), "A毕业生 50 人（全部 100 人），一中分配名额 10 个，应得 5.0000 个，按圣拉古法逐个分配，共得 5 个"},
		{"webster by lot", places(quota.Webster, 1, 0, 5, 5), "A毕业生 5 人（全部 10 人），一中分配名额 1 个，应得 0.5000 个，按圣拉古法逐个分配，最后一个名额与他校相等，由抽签决定，共得 "},
		{"nobody", places(quota.Hamilton, 2, 0, 0, 5), "A没有具有完整学籍的毕业生，不分配一中的名额"},
	}
	for _, c := range cases {
		if got := c.of.Shares[0].Sentence; !strings.HasPrefix(got, c.want) {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
	if got := places(quota.Webster, 10, 2, 137, 80, 5).Shares[2]; got.Places != 2 || !strings.Contains(got.Sentence, "按农村最低名额得 2 个") {
		t.Errorf("%+v", got)
	}
	rural := places(quota.Hamilton, 10, 2, 137, 80, 5)
	if got := rural.Shares[2]; got.Places != 2 || !strings.Contains(got.Sentence, "按农村最低名额得 2 个") {
		t.Errorf("%+v", got)
	}
	if rural.Rural.Places != 2 || rural.Rural.PlaceShare != "20.00" || rural.Rural.GraduateShare != "2.25" || !slices.Contains(rural.Sentences, "农村初中 1 所，毕业生占 2.25%，得分配名额 2 个，占 20.00%。") {
		t.Errorf("%+v, %q", rural.Rural, rural.Sentences)
	}
}

// Three equal schools and one place: the lottery of the seed decides, each of them wins under some seed, and this is told.
func TestEqualClaimsAreDecidedByTheSeed(t *testing.T) {
	in := quota.Input{Policy: quota.Policy{Method: quota.Hamilton, Share: 5_000, Unused: quota.UnusedUnified}, Seniors: []quota.Senior{{ID: "G", Places: 2, Key: true}},
		Juniors: []quota.Junior{{ID: "A", Graduates: 5}, {ID: "B", Graduates: 5}, {ID: "C", Graduates: 5}}}
	rules, lines, err := quota.Frozen(in, draw.Secret{})
	if err != nil {
		t.Fatal(err)
	}
	won := map[string]int{}
	for n := range 60 {
		a, err := draw.Announce(quota.Kind, "t", rules, nil, lines)
		if err != nil {
			t.Fatal(err)
		}
		r, err := quota.Draw(a, lines, draw.Seed{byte(n)})
		if err != nil {
			t.Fatal(err)
		}
		c := r.Certificate(a.Origin(), "", nil, message.Chinese)
		for _, share := range c.Shares {
			if !share.Lot || !strings.Contains(share.Sentence, "抽签") {
				t.Fatalf("%+v", share)
			}
			won[share.Junior] += share.Places
		}
		if c.LotTies != 3 {
			t.Fatalf("%d ties", c.LotTies)
		}
	}
	if won["A"] < 8 || won["B"] < 8 || won["C"] < 8 || won["A"]+won["B"]+won["C"] != 60 {
		t.Errorf("%v", won)
	}
}
