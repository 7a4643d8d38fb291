package figure_test

import (
	"os"
	"strings"
	"sync"
	"testing"

	"jiaoheng/assessment"
	"jiaoheng/assessment/figure"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/stats/item"
)

var packs = sync.OnceValues(func() (*pack.Set, fault.List) { return pack.Load(os.DirFS("../.."), nil) })

func rules(t *testing.T) assessment.Rules {
	t.Helper()
	set, faults := packs()
	if faults != nil {
		t.Fatal(faults)
	}
	r, err := assessment.RulesOf(set, period.Date{Year: 2026, Month: 3, Day: 1})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestAdvice(t *testing.T) {
	r := rules(t)
	alpha, higher, delta := 0.65, 0.7, -1.8
	test := item.Test{Full: 10, Mean: 4, Alpha: &alpha, Item: []item.Item{
		{Name: "apt", Difficulty: 0.6, D: 0.45, SD: 1},
		{Name: "turned", Difficulty: 0.5, D: -0.1, SD: 1, AlphaWithout: &higher},
		{Name: "flat", Difficulty: 0.9, D: 0.1, SD: 1},
		{Name: "constant", Difficulty: 1},
		{Name: "choice", Difficulty: 0.5, D: 0.3, SD: 1},
		{Name: "unfair", Difficulty: 0.5, D: 0.5, SD: 1},
	}}
	choices := []item.Picks{{Item: "choice", Key: "A", Options: []item.Picked{
		{Option: "A", Right: true, High: 5, Low: 1, All: 6}, {Option: "B", High: 8, Low: 2, All: 10}, {Option: "C", High: 3, Low: 1, All: 4}, {Option: "D"}}}}
	dif := &item.Functioning{Items: make([]item.Differs, 6)}
	dif.Items[5] = item.Differs{Class: "C", Favours: "男", Delta: &delta}
	got := map[string]string{}
	for _, a := range figure.Advise(item.Result{Test: test, Choices: choices, Functioning: dif}, r) {
		for _, s := range a.Says {
			got[a.Item] += s.Text(message.Chinese)
			if s.Text(message.English) == "" {
				t.Errorf("%s: no English", s.Key)
			}
		}
	}
	for name, want := range map[string][]string{"": {"整体偏难", "信度 0.65，低于一般要求 0.7"}, "apt": {"可以保留"}, "turned": {"核对答案", "升至 0.7"},
		"flat": {"主要因为题目偏易"}, "constant": {"得分相同"}, "choice": {"多于选答案“A”的 5 人", "没有学生选“D”", "歧义"}, "unfair": {"“男”组更容易答对（Δ＝-1.8，差异较大）"}} {
		for _, w := range want {
			if !strings.Contains(got[name], w) {
				t.Errorf("%s: %s; want %s", name, got[name], w)
			}
		}
	}
	if c := figure.ClassesOf(r); c.Small != 1 || c.Large != 1.5 || c.Level < 0.0499 || c.Level > 0.0501 {
		t.Errorf("%+v", c)
	}
}
