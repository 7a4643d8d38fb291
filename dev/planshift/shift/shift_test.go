package shift_test

import (
	"encoding/json"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"jiaoheng/dev/planshift/shift"
)

var page = shift.Page{
	Raw: "返回首页 > 株洲市 > 正文\n" +
		"株(zhū)洲市“十四五”教育規劃\n日期:2024/10/10 22:03:29\n" +
		"2.到2025年(nián),入園率由88.6%提高到95%,每5名學生配1間教室,3、新建30至40所學校,投入2.04億元。\n" +
		"12\n廣東省株洲市教育局〔2021〕7號、覆蓋率100%,每學期聽課20節,一節公開課。",
	Clean: "株洲市“十四五”教育规划\n" +
		"2.到2025年,入园率由88.6%提高到95%,每5名学生配1间教室,新建30至40所学校,投入2.04亿元。\n" +
		"广东省株洲市教育局〔2021〕7号、覆盖率100%,每学期听课20节,一节公开课。",
	Key: []byte(`{"meta": {"region": "广东省株洲市", "period": [2021, 2025]}, "targets": [
	 {"id": "T1", "name_zh": "入园率", "value": 95, "unit": "%", "baseline": {"value": 88.6, "year": null}, "deadline": "2025", "sentence": "2.到2025年,入园率由88.6%提高到95%,每5名学生配1间教室,新建30至40所学校,投入2.04亿元。"},
	 {"id": "T2", "name_zh": "公开课", "value": 1, "unit": "节", "sentence": "广东省株洲市教育局〔2021〕7号、覆盖率100%,每学期听课20节,一节公开课。"},
	 {"id": "T3", "name_zh": "新建学校", "value": 30, "value_max": 40, "per": "5名学生", "sentence": "2.到2025年,入园率由88.6%提高到95%,每5名学生配1间教室,新建30至40所学校,投入2.04亿元。"}]}`),
}

type entry struct {
	Value    float64 `json:"value"`
	ValueMax float64 `json:"value_max"`
	Per      string  `json:"per"`
	Deadline string  `json:"deadline"`
	Sentence string  `json:"sentence"`
	Baseline *struct{ Value float64 }
}

func shifted(t *testing.T, seed uint64) (shift.Page, []entry) {
	t.Helper()
	got, err := shift.Shift(page, seed)
	if err != nil {
		t.Fatal(err)
	}
	var key struct{ Targets []entry }
	if err := json.Unmarshal(got.Key, &key); err != nil {
		t.Fatal(err)
	}
	return got, key.Targets
}

func TestShiftChangesAllThreePartsAlike(t *testing.T) {
	for seed := range uint64(20) {
		got, targets := shifted(t, seed)
		for _, part := range []string{got.Raw, got.Clean, string(got.Key)} {
			for _, old := range []string{"株洲", "广东", "廣東", "88.6", "2.04", "20节", "20節"} {
				if strings.Contains(part, old) {
					t.Errorf("seed %d: %q is still there:\n%s", seed, old, part)
				}
			}
		}
		for _, e := range targets {
			if !strings.Contains(got.Clean, e.Sentence) {
				t.Errorf("seed %d: sentence %q is not in the clean text", seed, e.Sentence)
			}
		}
		first, open, span := targets[0], targets[1], targets[2]
		if !strings.Contains(got.Clean, "由"+text(first.Baseline.Value)+"%提高到"+text(first.Value)+"%") || first.Baseline.Value >= first.Value || first.Value > 100 || first.Deadline != "2025" {
			t.Errorf("seed %d: %+v for %s", seed, first, first.Sentence)
		}
		if open.Value != 1 {
			t.Errorf("seed %d: a value written 一 became %g", seed, open.Value)
		}
		if !strings.Contains(got.Clean, "新建"+text(span.Value)+"至"+text(span.ValueMax)+"所") || span.Value >= span.ValueMax || !strings.Contains(got.Clean, "每"+span.Per) {
			t.Errorf("seed %d: %+v for %s", seed, span, span.Sentence)
		}
	}
}

func text(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// What is no quantity stays: labels, dates, page numbers, document numbers, years.
func TestShiftKeepsTheBuildOfThePage(t *testing.T) {
	got, _ := shifted(t, 7)
	for _, kept := range []string{"日期:2024/10/10 22:03:29", "\n2.到2025年(nián)", ",3、新建", "\n12\n", "〔2021〕7號", "1間"} {
		if !strings.Contains(got.Raw, kept) {
			t.Errorf("%q is gone from the raw page:\n%s", kept, got.Raw)
		}
	}
	if !regexp.MustCompile(`\n\p{Han}\([^z)]\p{Latin}*\)\p{Han}市`).MatchString(got.Raw) {
		t.Errorf("the new name lost its pinyin:\n%s", got.Raw)
	}
}

func TestShiftIsTheSameForTheSameSeed(t *testing.T) {
	a, _ := shifted(t, 3)
	b, _ := shifted(t, 3)
	c, _ := shifted(t, 4)
	if a.Raw != b.Raw || string(a.Key) != string(b.Key) {
		t.Error("two runs with one seed differ")
	}
	if a.Clean == c.Clean {
		t.Error("two seeds give the same page")
	}
}

func TestShiftNamesAFigureThatTheRawPageLacks(t *testing.T) {
	lost := page
	lost.Raw = strings.ReplaceAll(lost.Raw, "20節", "節")
	if _, err := shift.Shift(lost, 1); err == nil || !strings.Contains(err.Error(), `"20"`) {
		t.Errorf("got %v", err)
	}
}
