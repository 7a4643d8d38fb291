package admission_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"jiaoheng/draw"
	"jiaoheng/draw/admission"
	"jiaoheng/fault"
	"jiaoheng/message"
)

var secret = draw.SecretOf([]byte("town"))

func child(id, twin string, wishes ...admission.Wish) admission.Applicant {
	return admission.Applicant{ID: id, Twin: twin, Wishes: wishes}
}

func at(school, category string, sibling, distance int) admission.Wish {
	return admission.Wish{School: school, Category: category, Values: map[string]int{"sibling": sibling, "distance": distance}}
}

// town has a public school that orders by category, sibling and distance, one that only draws within categories, and a private
// school with its own lottery.
func town() admission.Input {
	return admission.Input{
		Schools: []admission.School{
			{ID: "P1", Places: 3, Groups: [][]string{{"片区内户籍"}, {"房产", "租房"}, {"随迁子女"}}, By: []string{"sibling", "distance"}},
			{ID: "P2", Places: 2, Groups: [][]string{{"片区内户籍"}, {"随迁子女"}}},
			{ID: "M1", Places: 1, Groups: [][]string{{"*"}}, Own: true},
		},
		Applicants: []admission.Applicant{
			child("a", "", at("P1", "片区内户籍", 0, 900)), child("b", "", at("P1", "片区内户籍", 0, 400)), child("c", "", at("P1", "房产", 1, 2000)),
			child("d", "", at("P1", "租房", 0, 100), at("P2", "随迁子女", 0, 0)), child("e", "", at("P1", "随迁子女", 1, 50)),
			child("f", "", at("M1", "片区内户籍", 0, 0), at("P2", "片区内户籍", 0, 0)), child("g", "", at("M1", "随迁子女", 0, 0), at("P2", "片区内户籍", 0, 0)),
			child("h", "", at("M1", "随迁子女", 0, 0), at("P2", "片区内户籍", 0, 0)), child("i", ""), child("k", "", at("P2", "房产", 0, 0)),
		},
	}
}

func run(t *testing.T, in admission.Input, value string) (draw.Announcement, []string, admission.Result) {
	t.Helper()
	rules, lines, err := admission.Frozen(in, secret)
	if err != nil {
		t.Fatal(err)
	}
	a, err := draw.Announce(admission.Kind, "阳光招生", rules, []draw.Source{{Kind: draw.Given}}, lines)
	if err != nil {
		t.Fatal(err)
	}
	seed, err := a.Seed([]string{draw.Value(1, value)})
	if err != nil {
		t.Fatal(err)
	}
	r, err := admission.Draw(a, lines, seed)
	if err != nil {
		t.Fatal(err)
	}
	return a, lines, r
}

func school(r admission.Result, id string) string {
	p := r.Applicants[r.Index(secret.Who(id))]
	if p.School < 0 {
		return "-"
	}
	return r.Schools[p.School].ID
}

func TestPrioritiesDecideBeforeTheLottery(t *testing.T) {
	for value := range 20 {
		_, _, r := run(t, town(), fmt.Sprintf("%02x", value))
		for id, want := range map[string]string{"a": "P1", "b": "P1", "c": "P1", "e": "-", "i": "-", "k": "-", "d": "-"} {
			if got := school(r, id); got != want {
				t.Errorf("seed %d: %s is at %s, want %s", value, id, got, want)
			}
		}
		private := 0
		for _, id := range []string{"f", "g", "h"} {
			if school(r, id) == "M1" {
				private++
			} else if school(r, id) != "P2" {
				t.Errorf("seed %d: %s is at %s", value, id, school(r, id))
			}
		}
		if private != 1 || r.Within.Blocking != 0 {
			t.Errorf("seed %d: %d at the private school, %+v", value, private, r.Within)
		}
	}
}

func TestEveryNoHasItsReason(t *testing.T) {
	_, _, r := run(t, town(), "00")
	all := r.Reasons()
	for id, want := range map[string][]string{
		"a": nil,
		"d": {"本校“房产、租房”申请 2 人，学位 3 个，有兄姐在本校就读的优先，录满时您未轮到", "本校学位 2 个，按类别顺序录取至“片区内户籍”时已满，您属于“随迁子女”，未轮到"},
		"e": {"本校学位 3 个，按类别顺序录取至“房产、租房”时已满，您属于“随迁子女”，未轮到"},
		"k": {"本校不招收“房产”类申请"},
		"i": {"没有填报志愿"},
	} {
		var got []string
		for _, reason := range all[r.Index(secret.Who(id))] {
			got = append(got, reason.Text(message.Chinese))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", id, got, want)
		}
	}
	refused := 0
	for _, id := range []string{"f", "g", "h"} {
		for _, reason := range all[r.Index(secret.Who(id))] {
			refused++
			if text := reason.Text(message.Chinese); !strings.HasPrefix(text, "本校“全体报名者”申请 3 人，学位 1 个，按随机号排序，录取至第 1 号，您为第 ") {
				t.Error(text)
			}
		}
	}
	if refused != 2 {
		t.Errorf("%d refusals of the private school", refused)
	}
}

func TestTwinsShareTheirNumbers(t *testing.T) {
	in := admission.Input{Schools: []admission.School{{ID: "S", Places: 4, Groups: [][]string{{"*"}}}, {ID: "T", Places: 4, Groups: [][]string{{"*"}}, Own: true}}}
	for i := range 12 {
		in.Applicants = append(in.Applicants, child(fmt.Sprint("c", i), []string{"", "", "", "x", "x", "y", "y", "y", "z", "", "", ""}[i], at("S", "*", 0, 0), at("T", "*", 0, 0)))
		in.Applicants[i].Wishes[0].Category, in.Applicants[i].Wishes[1].Category = "甲", "甲"
	}
	atLast := 0
	for value := range 60 {
		_, _, r := run(t, in, fmt.Sprintf("%02x", value))
		number := func(i, k int) int { return r.Applicants[r.Index(secret.Who(fmt.Sprint("c", i)))].Numbers[k] }
		for k := range 2 {
			seen := map[int]int{}
			for i := range 12 {
				seen[number(i, k)]++
			}
			if number(3, k) != number(4, k) || number(5, k) != number(6, k) || number(6, k) != number(7, k) || len(seen) != 9 || seen[number(8, k)] != 1 {
				t.Fatalf("seed %d: numbers of wish %d: %v", value, k, seen)
			}
		}
		c := r.Certificate(draw.Unproven, "", nil, message.Chinese)
		if c.Twins != 3 || c.AtLast > c.Separated {
			t.Fatalf("%+v", c)
		}
		atLast += c.AtLast
	}
	if atLast == 0 {
		t.Error("no seed separates twins at a last place")
	}
}

func TestLinesNameNobody(t *testing.T) {
	in := town()
	in.Applicants[0].ID, in.Applicants[0].Twin = "张小明-330102200901011234", "张家"
	a, lines, r := run(t, in, "00")
	for _, line := range slices.Concat(a.Lines(), lines, r.Lines()) {
		if strings.Contains(line, "张") || strings.Contains(line, "3301") {
			t.Errorf("%s", line)
		}
	}
}

func TestEveryFaultOfTheInputIsNamed(t *testing.T) {
	in := town()
	in.Policy.Decimals = 9
	in.Schools[0].ID = "P:1"
	in.Schools[1].Places = -1
	in.Schools[1].Groups = [][]string{{"甲"}, {"甲"}}
	in.Schools[2].By = []string{"looks"}
	in.Schools = append(in.Schools, admission.School{ID: "M1"})
	in.Applicants[0].ID = ""
	in.Applicants[1].Wishes = []admission.Wish{{School: "P2", Category: "甲"}, {School: "P2", Category: "乙"}, {School: "Q"}}
	_, _, err := admission.Frozen(in, draw.Secret{})
	var codes []string
	for _, f := range fault.Of(err) {
		codes = append(codes, f.Code)
	}
	for _, code := range []string{"policy", "code", "places", "category_twice", "by", "twice", "groups", "applicant_twice", "unknown_school", "wished_twice"} {
		if !slices.Contains(codes, "draw.admit."+code) {
			t.Errorf("%s is not among %v", code, codes)
		}
	}
	in = town()
	in.Applicants[0].Wishes[0].Values = nil
	in.Applicants[1].Wishes[0].Values["sibling"] = 2
	_, _, err = admission.Frozen(in, draw.Secret{})
	if faults := fault.Of(err); len(faults) != 3 || faults[0].Code != "draw.admit.value_lacks" || faults[2].Code != "draw.admit.value" {
		t.Errorf("%v", err)
	}
}
