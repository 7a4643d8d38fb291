package draw_test

import (
	"testing"

	"jiaoheng/draw"
	"jiaoheng/message"
)

func TestResultsInWords(t *testing.T) {
	cases := []struct{ name, kind, result, want string }{
		{"class", "classes", "5a;3", "3 班"},
		{"admitted", "admit", "place;5a;3301;2;17,4", "录取到学校 3301"},
		{"not admitted", "admit", "place;5a;-;0;17", "所填志愿均未录取，由统筹安排"},
		{"quota", "quota", "place;5a;quota;K01;9", "指标到校录取：学校 K01"},
		{"unused quota", "quota", "place;5a;pool;K01;9", "剩余指标录取：学校 K01"},
		{"unified", "quota", "place;5a;unified;K01;9", "统招录取：学校 K01"},
		{"not taken", "quota", "place;5a;none;-;9", "所填志愿均未录取"},
		{"other", "lists", "S1;5a,5b", "5a,5b"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := draw.ResultWords(message.Chinese, c.kind, c.result); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// A slip of an admission or a quota holds like one of classes: its result begins with a tag.
func TestSlipsOfPlacesHold(t *testing.T) {
	secret := draw.SecretOf([]byte("roster"))
	lines := []string{"school;3301;1;*;-;shared", "applicant;" + secret.Who("a") + ";-;3301:x", "applicant;" + secret.Who("b") + ";-;3301:x"}
	result := []string{"place;" + secret.Who("a") + ";3301;1;1", "place;" + secret.Who("b") + ";-;0;2"}
	a, err := draw.Announce("admit", "t", nil, nil, lines)
	if err != nil {
		t.Fatal(err)
	}
	p := draw.NewProof(a, lines, nil, result)
	slips := draw.NewSlips(p)
	for _, id := range []string{"a", "b"} {
		slip, err := slips.Of(secret.Who(id), secret.Salt(id))
		if err != nil {
			t.Fatal(err)
		}
		if err := slip.Check(id, p.Commitment, p.Digest); err != nil {
			t.Error(err)
		}
	}
	if _, err := slips.Of("3301", draw.Salt{}); err == nil {
		t.Error("a school has no slip")
	}
	forged, _ := slips.Of(secret.Who("b"), secret.Salt("b"))
	other, _ := slips.Of(secret.Who("a"), secret.Salt("a"))
	forged.Result, forged.ResultIndex, forged.ResultPath = other.Result, other.ResultIndex, other.ResultPath
	if err := forged.Check("b", p.Commitment, p.Digest); err == nil {
		t.Error("the result of somebody else holds")
	}
}
