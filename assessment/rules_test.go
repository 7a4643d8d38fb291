package assessment_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"jiaoheng"
	"jiaoheng/assessment"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
)

func packs(t *testing.T, local fstest.MapFS) *pack.Set {
	t.Helper()
	set, faults := pack.Load(jiaoheng.Packs, local)
	if faults != nil {
		t.Fatal(faults.Text(message.Chinese))
	}
	return set
}

func day(t *testing.T, text string) period.Date {
	t.Helper()
	d, valid := period.ParseDate(text)
	if !valid {
		t.Fatalf("no date: %s", text)
	}
	return d
}

func TestRulesAreThoseOfTheDayWithTheirSource(t *testing.T) {
	rules, err := assessment.RulesOf(packs(t, nil), day(t, "2024-07-01"))
	if err != nil {
		t.Fatal(err)
	}
	for name, pair := range map[string][2]float64{"excellent": {rules.Excellent.Share(), 0.85}, "low": {rules.Low.Share(), 0.4}, "group": {rules.GroupShare.Value, 27},
		"effect": {rules.EffectPupils.Value, 20}, "small": {rules.SmallCount.Value, 10}, "weight": {rules.WeightExcellent.Value, 70}} {
		if pair[0] != pair[1] {
			t.Errorf("%s is %v, want %v", name, pair[0], pair[1])
		}
	}
	if rules.Excellent.Source.Document == "" || rules.Excellent.Source.Checked != pack.Uncertain {
		t.Errorf("source of excellent: %+v", rules.Excellent.Source)
	}
	if rules.On(assessment.AbsentCounted) {
		t.Error("absent pupils count by default")
	}
	final, err := rules.With(map[string]bool{assessment.FinalGrade: true})
	if err != nil || final.WeightExcellent.Value != 80 || final.WeightMean.Value != 50 {
		t.Errorf("last grade: %v %v %v", final.WeightMean.Value, final.WeightExcellent.Value, err)
	}
	if len(rules.All()) < 20 {
		t.Errorf("%d rules", len(rules.All()))
	}
}

func TestABureauSetsItsOwnLine(t *testing.T) {
	local := fstest.MapFS{"packs/lines/pack.yaml": {Data: []byte(`pack: lines
version: "1"
name: 本县口径
english: Lines of the county
about: 本县规定。
about_english: Rules of the county.
extends: assessment
documents:
  县教研〔2023〕1号: {name: 考试统计口径, english: Lines, by: 县教育局, issued: 2023-01-01}
parameters:
  assessment_excellent_line:
    values:
      - {from: 2023-01-01, region: "510104", all: 90, source: {doc: 县教研〔2023〕1号, clause: 一}}
`)}}
	set := packs(t, local)
	for _, c := range []struct {
		name, day string
		regions   []string
		want      float64
	}{
		{"before its own rule", "2022-12-31", []string{"S1", "510104"}, 85},
		{"from the day of its own rule", "2023-01-01", []string{"S1", "510104"}, 90},
		{"another county", "2023-01-01", []string{"320102"}, 85},
	} {
		rules, err := assessment.RulesOf(set, day(t, c.day), c.regions...)
		if err != nil || rules.Excellent.Value != c.want {
			t.Errorf("%s: %v %v, want %v", c.name, rules.Excellent.Value, err, c.want)
		}
	}
}

func TestRulesBeforeTheFirstDayAreFaultsAllAtOnce(t *testing.T) {
	_, err := assessment.RulesOf(packs(t, nil), day(t, "2010-01-01"))
	if faults := fault.Of(err); len(faults) < 20 || !strings.Contains(faults.Text(message.Chinese), "assessment_excellent_line") {
		t.Errorf("faults: %v", err)
	}
}
