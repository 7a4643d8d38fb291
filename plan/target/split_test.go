package target_test

import (
	"reflect"
	"strings"
	"testing"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/plan/target"
)

var (
	rate    = target.Goal{Direction: target.AtLeast, Value: target.Sure(95), Unit: "%", Baseline: target.Sure(90), Deadline: day("2025-12-31")}
	places  = target.Goal{Direction: target.AtLeast, Value: target.Sure(10), Unit: "所", Deadline: day("2025-12-31")}
	below   = []string{"S1", "S2", "S3"}
	sameAll = func() []target.Share {
		return target.Suggest(rate, below, nil, target.Filling{Goal: target.FillSame})
	}
)

func codesOf(list fault.List) string {
	var codes []string
	for _, f := range list {
		codes = append(codes, f.Place.Text(message.English)+" "+f.Code)
	}
	return strings.Join(codes, "; ")
}

func TestCheckNamesEveryFaultOfASheet(t *testing.T) {
	change := func(parent target.Goal, change func(*target.Split)) target.Split {
		split := target.Split{Shares: target.Suggest(parent, below, nil, target.Filling{Goal: target.FillSame})}
		change(&split)
		return split
	}
	cases := []struct {
		name   string
		parent target.Goal
		split  target.Split
		faults []string
	}{
		{"the same for all", rate, change(rate, func(*target.Split) {}), nil},
		{"nobody", rate, target.Split{}, []string{"target.split_empty"}},
		{"a stranger, and one twice", rate, change(rate, func(s *target.Split) { s.Shares[1].Unit, s.Shares[2].Unit = "X", "S1" }), []string{"target.share_not_below", "target.share_twice"}},
		{"another goal without a reason", rate, change(rate, func(s *target.Split) { s.Shares[0].Goal.Value = target.Sure(92) }), []string{"target.reason_missing"}},
		{"another goal with a reason", rate, change(rate, func(s *target.Split) { s.Shares[0].Goal.Value, s.Shares[0].Reason = target.Sure(92), "起点低" }), nil},
		{"an earlier day without a reason", rate, change(rate, func(s *target.Split) { s.Shares[0].Goal.Deadline = day("2024-12-31") }), []string{"target.reason_missing"}},
		{"a later day", rate, change(rate, func(s *target.Split) { s.Shares[0].Goal.Deadline, s.Shares[0].Reason = day("2026-12-31"), "迟" }), []string{"target.deadline_late"}},
		{"below its baseline", rate, change(rate, func(s *target.Split) { s.Shares[0].Goal.Baseline = target.Sure(97) }), []string{"target.goal_below_baseline"}},
		{"no figure", rate, change(rate, func(s *target.Split) { s.Shares[0].Goal.Value, s.Shares[0].Reason = target.Known{}, "无" }), []string{"target.goal_missing"}},
		{"another measure", rate, change(rate, func(s *target.Split) { s.Shares[0].Goal.Unit = "人" }), []string{"target.measure_other"}},
		{"no direction", rate, change(rate, func(s *target.Split) { s.Shares[0].Goal.Direction = "sideways" }), []string{"target.direction_unknown"}},
		{"huge", rate, change(rate, func(s *target.Split) { s.Shares[0].Goal.Value, s.Shares[0].Reason = target.Sure(1e13), "大" }), []string{"target.figure_wrong"}},
		{"a long reason", rate, change(rate, func(s *target.Split) { s.Reason = strings.Repeat("长", target.MaxReason+1) }), []string{"target.reason_long"}},
		{"every fault at once", rate, change(rate, func(s *target.Split) {
			s.Shares[0].Unit = "X"
			s.Shares[1].Goal.Value = target.Sure(93)
			s.Shares[2].Goal.Deadline = day("2027-01-01")
		}), []string{"target.share_not_below", "target.reason_missing", "target.deadline_late", "target.reason_missing"}},
	}
	for _, c := range cases {
		faults, warnings := target.Check(c.split, c.parent, below)
		var got []string
		for _, f := range faults {
			got = append(got, f.Code)
		}
		if !reflect.DeepEqual(got, c.faults) || len(warnings) > 0 {
			t.Errorf("%s: got %v, warnings %v", c.name, codesOf(faults), codesOf(warnings))
		}
	}
}

func TestSumsOfCountsAreWarnedOfWithTheDifference(t *testing.T) {
	weight := map[string]float64{"S1": 500, "S2": 300, "S3": 200}
	split := target.Split{Shares: target.Suggest(places, below, nil, target.Filling{Goal: target.FillShare, Weight: weight})}
	if faults, warnings := target.Check(split, places, below); len(faults)+len(warnings) > 0 {
		t.Errorf("parts that add up: %v %v", faults, warnings)
	}
	split.Shares[0].Goal.Value = target.Sure(3)
	faults, warnings := target.Check(split, places, below)
	if len(faults) > 0 || len(warnings) != 1 || !strings.Contains(warnings[0].Text(message.Chinese), "各单位合计 8所，比上级目标 10所 少 2所") {
		t.Errorf("got %v, %v", faults, warnings)
	}
	if target.Additive(rate) || !target.Additive(places) || target.Additive(target.Goal{Direction: target.AtLeast, Value: target.Sure(3), Unit: "人/百名学生"}) {
		t.Error("a rate adds up, or a number of things does not")
	}
}

func TestSuggestFillsASheet(t *testing.T) {
	latest := map[string]float64{"S1": 80, "S3": 95}
	filled := target.Suggest(rate, below, nil, target.Filling{Goal: target.FillGap, Latest: latest, LatestYear: 2024})
	if filled[0].Goal.Value != target.Sure(90) || filled[0].Goal.Baseline != target.Sure(80) || filled[0].Goal.BaselineYear != 2024 || filled[2].Goal.Value != target.Sure(97.5) {
		t.Errorf("gap: got %+v", filled)
	}
	if filled[1].Goal.Value.Is || filled[1].Goal.Baseline.Is {
		t.Errorf("gap without a value: got %+v", filled[1])
	}
	stand := sameAll()
	stand[1].Reason, stand[1].Goal.Value = "薄弱", target.Sure(91)
	kept := target.Suggest(rate, below, stand, target.Filling{Goal: target.FillKeep, Latest: latest})
	if kept[1].Reason != "薄弱" || kept[1].Goal.Value != target.Sure(91) || kept[0].Goal.Baseline != target.Sure(80) {
		t.Errorf("kept: got %+v", kept)
	}
	for whole, want := range map[float64][]float64{10: {4, 3, 3}, 2: {1, 1, 0}, 0.05: {0.02, 0.02, 0.01}} {
		parent := places
		parent.Value = target.Sure(whole)
		shares := target.Suggest(parent, below, nil, target.Filling{Goal: target.FillShare, Weight: map[string]float64{"S1": 1, "S2": 1, "S3": 1}})
		for i, share := range shares {
			if share.Goal.Value != target.Sure(want[i]) {
				t.Errorf("%v in three: got %+v", whole, share)
			}
		}
		if sum := target.SumOf(shares, parent); sum.Diff != 0 {
			t.Errorf("%v in three differs by %v", whole, sum.Diff)
		}
	}
}

func TestSharesAreReadBackAsTheyWereWritten(t *testing.T) {
	shares := sameAll()
	shares[0].Goal.Slices = []target.Slice{{Year: 2023, Value: 93}}
	shares[1] = target.Share{Unit: "S2", Reason: "分两步", Goal: target.Goal{Direction: target.Within, Value: target.Sure(0), Most: target.Sure(5), Unit: "", BaselineYear: 0}}
	shares[2].Goal.Baseline, shares[2].Goal.BaselineYear, shares[2].Goal.Deadline = target.Sure(88.5), 2020, day("2024-06-30")
	for _, want := range [][]target.Share{shares, {}, shares[1:]} {
		data, err := target.WriteShares(want)
		if err != nil {
			t.Fatal(err)
		}
		got, err := target.ReadShares(data)
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("got %+v, %v from %s", got, err, data)
		}
	}
	for _, wrong := range []string{"", "{", `{"common":{"t":"2024-13-01"},"shares":[{"u":"a"}]}`} {
		if _, err := target.ReadShares([]byte(wrong)); err == nil {
			t.Errorf("%q was read", wrong)
		}
	}
}
