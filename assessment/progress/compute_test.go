package progress

import (
	"math"
	"slices"
	"strings"
	"testing"

	"jiaoheng/assessment"
	"jiaoheng/message"
)

func computed(t *testing.T, study Study, county invented) (Result, Sums) {
	t.Helper()
	rules, packs := testRules(t)
	r, sums, err := Compute(study, rules, packs, county.sheets)
	if err != nil {
		t.Fatal(err)
	}
	return r, sums
}

func TestEffectsFindWhatSchoolsAdd(t *testing.T) {
	county := inventCounty(30, 120, 1)
	r, _ := computed(t, threeWaves(), county)
	if len(r.Parts) != 3 || len(r.Schools) != 30 || len(r.Inputs) != 3 {
		t.Fatalf("%d parts, %d schools", len(r.Parts), len(r.Schools))
	}
	inside := 0
	var truth, effects []float64
	mean := 0.0
	for _, one := range county.truth {
		mean += one / 30
	}
	for _, one := range r.Parts[0].Main.Schools {
		truth, effects = append(truth, county.truth[one.Unit]), append(effects, one.Effect)
		if one.Low <= county.truth[one.Unit]-mean && county.truth[one.Unit]-mean <= one.High {
			inside++
		}
		if one.RankLow < 1 || one.RankHigh < one.RankLow || one.RankHigh > 30 {
			t.Errorf("%s has the places %d to %d", one.Unit, one.RankLow, one.RankHigh)
		}
	}
	if inside < 26 || correlation(truth, effects) < 0.9 {
		t.Errorf("%d of 30 intervals hold, correlation %.2f", inside, correlation(truth, effects))
	}
	for n, p := range r.Parts {
		if p.Main.Certificate.Boundary || slices.ContainsFunc(p.Main.Certificate.Gradient, func(g float64) bool { return math.Abs(g) > 0.01 }) {
			t.Errorf("part %d: %+v", n, p.Main.Certificate)
		}
	}
}

func TestPupilsWhoLeftAndJoinedAreCounted(t *testing.T) {
	county := inventCounty(8, 100, 2)
	r, _ := computed(t, threeWaves(), county)
	sat, linked, entered, left, joined := 0, 0, 0, 0, 0
	last := county.sheets["高考"]
	keys := map[string]map[string]bool{}
	for id, sheet := range county.sheets {
		keys[id] = map[string]bool{}
		for _, p := range sheet.Pupils {
			keys[id][p.Key] = true
		}
	}
	for _, p := range last.Pupils {
		if p.Unit != "H03" {
			continue
		}
		sat++
		linked += int(is(keys["中考"][p.Key]))
		joined += int(is(!keys["学考"][p.Key]))
	}
	for _, p := range county.sheets["学考"].Pupils {
		if p.Unit == "H03" {
			entered++
			left += int(is(!keys["高考"][p.Key]))
		}
	}
	got, _ := r.School("H03")
	if got.Sat != sat || got.Linked != linked || got.Entered != entered || got.Left != left || got.Joined != joined {
		t.Errorf("got %+v, want %d %d %d %d %d", got, sat, linked, entered, left, joined)
	}
	two := Standard("110101", "两次", "中考", "高考", true)
	r, _ = computed(t, two, county)
	if got, _ := r.School("H03"); got.Entered != -1 || got.Joined != -1 {
		t.Errorf("without an exam at the school nobody knows who entered: %+v", got)
	}
	all := threeWaves()
	all.Population = Throughout
	r, _ = computed(t, all, county)
	if got, _ := r.School("H03"); got.Linked >= linked {
		t.Errorf("throughout leaves %d of %d", got.Linked, linked)
	}
}

func TestOrderOfRowsChangesNoDigit(t *testing.T) {
	county := inventCounty(12, 60, 3)
	study := threeWaves()
	study.Tracks, study.Sex, study.Subjects = TracksApart, true, true
	first, _ := computed(t, study, county)
	for id, sheet := range county.sheets {
		slices.Reverse(sheet.Pupils)
		for s := range sheet.Marks {
			slices.Reverse(sheet.Marks[s])
			slices.Reverse(sheet.Status[s])
		}
		county.sheets[id] = sheet
	}
	second, _ := computed(t, study, county)
	a, _ := canonical(first)
	b, _ := canonical(second)
	if string(a) != string(b) {
		t.Error("the result depends on the order of the rows")
	}
	if len(first.Parts) != 7 { // whole, two phases, two tracks, two subjects
		t.Errorf("%d parts", len(first.Parts))
	}
}

func TestFrozenResultsRepeat(t *testing.T) {
	county := inventCounty(12, 60, 4)
	study := threeWaves()
	study.Structure, study.Reliability, study.Reliable = Slope, 0.9, "试卷分析"
	r, sums := computed(t, study, county)
	kept, err := Freeze(r, sums)
	if err != nil {
		t.Fatal(err)
	}
	if err := Repeat(kept); err != nil {
		t.Fatal(err)
	}
	altered := kept
	altered.Results = []byte(strings.Replace(string(kept.Results), "H03", "H04", 1))
	if Repeat(altered) == nil {
		t.Error("an altered result repeats")
	}
	altered.Digest = digest(altered.Inputs, altered.Results)
	if Repeat(altered) == nil {
		t.Error("an altered result with a new digest repeats")
	}
	if strings.Contains(string(kept.Inputs), "H03-0001") {
		t.Error("a pupil stands in the frozen inputs")
	}
}

func TestLeavingOutASchoolNeedsNoPupil(t *testing.T) {
	county := inventCounty(12, 60, 5)
	r, sums := computed(t, threeWaves(), county)
	kept, err := Freeze(r, sums)
	if err != nil {
		t.Fatal(err)
	}
	what, err := kept.Without("H02")
	if err != nil {
		t.Fatal(err)
	}
	// the same pupils, counted again without the school: the centres differ, so the last digits may
	for id, sheet := range county.sheets {
		kept := assessment.Sheet{Exam: sheet.Exam, Marks: make([][]float64, 2), Status: make([][]assessment.Status, 2)}
		for p, one := range sheet.Pupils {
			if !strings.HasPrefix(one.Key, "H02") {
				kept.Pupils = append(kept.Pupils, one)
				for s := range sheet.Marks {
					kept.Marks[s], kept.Status[s] = append(kept.Marks[s], sheet.Marks[s][p]), append(kept.Status[s], sheet.Status[s][p])
				}
			}
		}
		county.sheets[id] = kept
	}
	fresh, _ := computed(t, threeWaves(), county)
	for n, want := range fresh.Parts[0].Main.Schools {
		if got := what.Parts[0].Main.Schools[n]; got.Unit != want.Unit || math.Abs(got.Effect-want.Effect) > 1e-5 || math.Abs(got.Deviation-want.Deviation) > 1e-4 {
			t.Errorf("%+v, counted again %+v", got, want)
		}
	}
}

func TestCohortsAreAddedFromSums(t *testing.T) {
	first, second := inventCounty(15, 60, 6), inventCounty(15, 60, 7)
	a, sumsA := computed(t, threeWaves(), first)
	b, sumsB := computed(t, threeWaves(), second)
	keptA, _ := Freeze(a, sumsA)
	keptB, _ := Freeze(b, sumsB)
	both, err := keptA.With(keptB)
	if err != nil {
		t.Fatal(err)
	}
	if both.Pupils != a.Parts[0].Main.Pupils+b.Parts[0].Main.Pupils || len(both.Schools) != 15 {
		t.Errorf("%d pupils, %d schools", both.Pupils, len(both.Schools))
	}
	same, err := keptA.With(keptA)
	if err != nil {
		t.Fatal(err)
	}
	for n, one := range same.Schools { // the same pupils twice: surer, and further from zero
		if alone := a.Parts[0].Main.Schools[n]; one.Deviation >= alone.Deviation || one.N != 2*alone.N {
			t.Errorf("%s: %g of %g", one.Unit, one.Deviation, alone.Deviation)
		}
	}
}

func TestFullMarksAreTurnedIntoNormalScores(t *testing.T) {
	county := inventCounty(12, 60, 8)
	sheet := county.sheets["中考"]
	for p := range sheet.Marks[0] {
		sheet.Marks[0][p] = min(sheet.Exam.Subjects[0].Full, sheet.Marks[0][p]+220)
	}
	r, _ := computed(t, threeWaves(), county)
	if scale := r.Parts[0].Before; !scale.Normal || scale.Ceiling <= 5 || r.Parts[0].After.Normal {
		t.Errorf("%+v", scale)
	}
	study := threeWaves()
	study.Normal = NormalNever
	if r, _ = computed(t, study, county); r.Parts[0].Before.Normal {
		t.Error("normal scores though the study says never")
	}
}

func TestFewSchoolsAreComparedAsTheyStand(t *testing.T) {
	inside, all := 0, 0
	for seed := range uint64(40) {
		county := inventCounty(3, 80, 100+seed)
		r, _ := computed(t, threeWaves(), county)
		e := r.Parts[0].Main
		if !e.FixedSchools || e.Company {
			t.Fatalf("%+v", e)
		}
		n, mean := 0.0, 0.0
		for _, one := range e.Schools {
			n, mean = n+float64(one.N), mean+float64(one.N)*county.truth[one.Unit]
		}
		for _, one := range e.Schools {
			all++
			if truth := county.truth[one.Unit] - mean/n; one.Low <= truth && truth <= one.High {
				inside++
			}
		}
	}
	if inside < all*90/100 {
		t.Errorf("%d of %d intervals hold", inside, all)
	}
}

func TestSmallSchoolsAreNotJudged(t *testing.T) {
	county := inventCounty(12, 24, 9)
	r, _ := computed(t, threeWaves(), county)
	small := 0
	for _, one := range r.Parts[0].Main.Schools {
		if one.N < 20 {
			small++
			if one.Standing != Small || one.RankLow != 0 || one.Firm {
				t.Errorf("%+v is judged", one)
			}
		}
	}
	if small == 0 || r.Parts[0].Main.Count().Small != small {
		t.Fatalf("%d small schools", small)
	}
	public := Public(r, "宁河县", func(code string) string { return code })
	for _, block := range public.Blocks {
		if block.Table == nil {
			continue
		}
		if len(block.Table.Rows) != len(r.Parts[0].Main.Schools)-small || block.Table.Note == "" {
			t.Errorf("%d rows are public, %q", len(block.Table.Rows), block.Table.Note)
		}
	}
}

func TestWhatCannotBeComputedIsToldInWords(t *testing.T) {
	rules, packs := testRules(t)
	none := inventCounty(8, 40, 10)
	sheet := none.sheets["高考"]
	for p := range sheet.Pupils {
		sheet.Pupils[p].Key = "X" + sheet.Pupils[p].Key
	}
	flat := inventCounty(8, 40, 11)
	for _, sheet := range flat.sheets {
		for p := range sheet.Marks[0] {
			sheet.Marks[0][p] = 300
		}
	}
	cases := []struct {
		name   string
		county invented
		change func(s *Study)
		want   string
	}{
		{"nobody is found again", none, func(*Study) {}, "没有一名学生"},
		{"one school", inventCounty(1, 40, 12), func(*Study) {}, "至少需要 2 所学校"},
		{"marks do not vary", flat, func(*Study) {}, "没有差别"},
		{"nothing but error within schools", inventCounty(8, 40, 13), func(s *Study) { s.Reliability, s.Reliable = 0.31, "估计" }, "太低"},
		{"an exam that is not there", none, func(s *Study) { s.Waves[0].Exam = "无" }, "没有编号为"},
	}
	for _, c := range cases {
		study := threeWaves()
		c.change(&study)
		if _, _, err := Compute(study, rules, packs, c.county.sheets); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestSentencesAreWrittenFromTheFigures(t *testing.T) {
	county := inventCounty(12, 60, 14)
	r, _ := computed(t, threeWaves(), county)
	for _, language := range []message.Language{message.Chinese, message.English} {
		s := Speaker{Language: language, Name: func(code string) string { return code }, Region: RegionWord(language, "宁河旗")}
		all := append(s.County(r, r.Parts[0]), s.Regression(r)...)
		for _, one := range r.Schools {
			all = append(all, s.School(r, r.Parts[0], one.Unit)...)
		}
		for _, sentence := range all {
			if strings.ContainsAny(sentence, "{}") || strings.Contains(sentence, "NaN") {
				t.Error(sentence)
			}
		}
		if language == message.Chinese && !strings.Contains(all[0], "与全旗无显著差异的") {
			t.Error(all[0])
		}
		t.Log(strings.Join(all[:9], "\n"))
	}
}

func TestNamesOfRegions(t *testing.T) {
	for name, want := range map[string]string{"宁河县": "全县", "达拉特旗": "全旗", "兴安盟": "全盟", "杭州市": "全市", "海淀区": "全区", "内蒙古自治区": "全区", "某自治县": "全县", "浙江省": "全省", "": "全县"} {
		if got := RegionWord(message.Chinese, name); got != want {
			t.Errorf("%s: %s", name, got)
		}
	}
}
