package register_test

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/register"
	"jiaoheng/unit"
)

var quotaPack = fstest.MapFS{
	"packs/mini/pack.yaml": {Data: []byte(`pack: mini
version: "1"
name: 测试
english: Test
about: 测试。
about_english: Test.
documents:
  例发〔2018〕1号: {name: 例, english: Example, by: 例, issued: 2018-01-01}
parameters:
  truth_share: {name: 抽查比例, english: Share, measure: '%', values: [{from: 2018-01-01, all: 20, source: {doc: 例发〔2018〕1号, clause: 一}}]}
  truth_least: {name: 最少, english: Least, measure: 件, values: [{from: 2018-01-01, all: 2, source: {doc: 例发〔2018〕1号, clause: 一}}]}
`)},
	"packs/mini/registers/lesson.yaml": {Data: []byte(`teaching_post:
  name: 岗位
  english: Posts
  of: school
  every: none
  key: [staff_no, post]
  source: {doc: 例发〔2018〕1号, clause: 一}
  columns:
    staff_no: {name: 编号, english: Number, type: text, required: true, personal: true}
    post: {name: 职务, english: Post, type: choice, choices: {principal: {name: 校长, english: Principal}, teacher: {name: 教师, english: Teacher}, cook: {name: 厨师, english: Cook}}}
    on_post: {name: 在岗, english: In office, type: flag}
observed:
  name: 听课
  english: Lessons
  of: school
  every: none
  key: [number]
  heading: number
  source: {doc: 例发〔2018〕1号, clause: 一}
  columns:
    number: {name: 编号, english: Number, type: text, required: true}
    observer: {name: 听课人, english: Observer, type: text, required: true, personal: true}
    heard_on: {name: 日期, english: Date, type: date, required: true}
    lessons: {name: 节数, english: Lessons, type: number, measure: 节}
`)},
	"packs/mini/lifecycles/lesson.yaml": {Data: []byte(`observed:
  create: [own teacher]
  states:
    recorded: {name: 已登记, english: Recorded}
    sampled: {name: 抽中, english: Drawn, waits: [above inspector]}
    refuted: {name: 不属实, english: Refuted, final: true}
  events:
    sampled: {name: 抽中, english: Draw, from: [recorded], to: sampled, by: [above inspector]}
    refute: {name: 不属实, english: Refute, from: [sampled], to: refuted, by: [above inspector]}
`)},
	"packs/mini/quotas/lesson.yaml": {Data: []byte(`observing:
  name: 听课节数
  english: Lessons to observe
  every: term
  measure: 节
  people: {register: teaching_post, person: staff_no, post: post, where: on_post}
  of: {register: observed, person: observer, dated: heard_on, sum: lessons, where: not state.refuted}
  values:
    - {from: 2018-03-01, until: 2024-09-01, least: {principal: 15, teacher: 8}, source: {doc: 例发〔2018〕1号, clause: 二}}
    - {from: 2024-09-01, least: {principal: 20, teacher: 10}, source: {doc: 例发〔2018〕1号, clause: 三}}
  show: unmet
  truth: {share: truth_share, least: truth_least, event: sampled}
  source: {doc: 例发〔2018〕1号, clause: 二}
`)},
}

// quotaCase holds rows of the mini pack as they are written in tests.
type quotaCase struct {
	*testing.T
	ask          register.Ask
	quota        *pack.Quota
	people, done []register.Row
}

func newQuotaCase(t *testing.T) *quotaCase {
	t.Helper()
	set, faults := pack.Load(quotaPack, nil)
	if faults != nil {
		t.Fatal(faults.Text(message.Chinese))
	}
	tree, err := unit.Build([]unit.Unit{{Code: "county", Kind: unit.County}, {Code: "s1", Kind: unit.School, Parent: "county"}, {Code: "s2", Kind: unit.School, Parent: "county"}})
	if err != nil {
		t.Fatal(err)
	}
	quota, _ := set.Everything().Quota("observing")
	return &quotaCase{T: t, ask: register.Ask{Scope: set.Everything(), Tree: tree}, quota: quota}
}

func quotaText(text string) register.Cell {
	return register.Cell{Known: text != "", Text: text}
}

func (c *quotaCase) person(unitCode, number, post, onPost string) {
	on := register.Cell{Known: onPost != ""}
	if onPost == "yes" {
		on.Number = 1
	}
	c.people = append(c.people, register.Row{ID: fmt.Sprintf("p%02d", len(c.people)), Unit: unitCode, Cells: []register.Cell{quotaText(number), quotaText(post), on}})
}

// lesson adds a row; lessons below 0 are not reported.
func (c *quotaCase) lesson(unitCode, observer, on string, lessons float64, state string) {
	declared, _ := c.ask.Scope.Register("observed")
	cells := make([]register.Cell, len(declared.Columns))
	for i, column := range declared.Columns {
		switch column.Name {
		case "number":
			cells[i] = quotaText(fmt.Sprint(len(c.done)))
		case "observer":
			cells[i] = quotaText(observer)
		case "heard_on":
			cells[i] = quotaText(on)
		case "lessons":
			cells[i] = register.Cell{Known: lessons >= 0, Number: max(lessons, 0)}
		case pack.ColumnState:
			cells[i] = quotaText(state)
		}
	}
	c.done = append(c.done, register.Row{ID: fmt.Sprintf("r%03d", len(c.done)), Unit: unitCode, Cells: cells})
}

func (c *quotaCase) progress(term string) register.QuotaProgress {
	p, ok := period.Parse(term)
	if !ok {
		c.Fatal(term)
	}
	return register.Progress(c.ask, c.quota, p, c.people, c.done)
}

// The figures were worked out by hand, line by line of the rows.
func TestProgressOfPeople(t *testing.T) {
	c := newQuotaCase(t)
	c.person("s1", "A", "principal", "yes") // 20
	c.person("s1", "B", "teacher", "yes")   // 10
	c.person("s1", "C", "teacher", "yes")   // nobody wrote a row: 0
	c.person("s1", "D", "teacher", "no")    // not in office
	c.person("s1", "E", "cook", "yes")      // the rule says nothing of cooks
	c.person("s1", "F", "teacher", "yes")   // two posts: the higher number
	c.person("s1", "F", "principal", "yes")
	c.person("s1", "G", "teacher", "") // nobody said whether in office
	c.person("s1", "H", "", "yes")     // nobody said which post
	c.person("s1", "K", "teacher", "yes")
	c.person("s2", "A", "teacher", "yes") // the same person at another school owes there too
	c.lesson("s1", "A", "2024-09-02", 12, "recorded")
	c.lesson("s1", " A ", "2025-01-31", 8, "sampled") // the last day of the term
	c.lesson("s1", "A", "2025-02-01", 5, "recorded")  // the next term
	c.lesson("s1", "B", "2024-10-01", 9.5, "recorded")
	c.lesson("s1", "B", "2024-10-02", 4, "refuted") // does not count
	c.lesson("s1", "F", "2024-10-03", 12, "recorded")
	c.lesson("s1", "K", "2024-10-03", -1, "recorded") // the number of lessons is missing
	c.lesson("s1", "Z", "2024-10-03", 2, "recorded")  // not on the list
	c.lesson("s1", "D", "2024-10-03", 2, "recorded")  // on the list, not bound
	c.lesson("s2", "A", "2024-10-03", 10, "recorded")
	var got []string
	progress := c.progress("2024-2025/1")
	for _, d := range progress.Duties {
		got = append(got, fmt.Sprintf("%s %s %s %v/%v %s %v", d.Unit, d.Person, strings.Join(d.Posts, "+"), d.Done.Text(message.English), d.Least, d.State(), d.Lacks()))
	}
	want := []string{
		"s1 A principal 20/20 met 0",
		"s1 B teacher 9.5/10 unmet 0.5",
		"s1 C teacher 0/10 unmet 10",
		"s1 F teacher+principal 12/20 unmet 8",
		"s1 G teacher not reported (on_post)/10 unknown 0",
		"s1 H  not reported (post)/0 unknown 0",
		"s1 K teacher not reported (lessons)/10 unknown 0",
		"s2 A teacher 10/10 met 0",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if progress.Strangers != 2 {
		t.Errorf("%d rows of persons who are not bound, want 2", progress.Strangers)
	}
	counts := []register.QuotaCount{{Unit: "s1", Bound: 7, Met: 1, Unmet: 3, Unknown: 3}, {Unit: "s2", Bound: 1, Met: 1}}
	if !slices.Equal(progress.Counts(), counts) {
		t.Errorf("counts %+v", progress.Counts())
	}
	for show, n := range map[pack.QuotaShow]int{pack.ShowAll: 8, pack.ShowMet: 2, pack.ShowUnmet: 3, pack.ShowNobody: 0} {
		if got := len(progress.Shown(show)); got != n {
			t.Errorf("%s shows %d people, want %d", show, got, n)
		}
	}
}

func TestTheNumberIsThatOfTheTerm(t *testing.T) {
	c := newQuotaCase(t)
	c.person("s1", "A", "principal", "yes")
	cases := []struct {
		term  string
		least float64
		bound int
	}{{"2017-2018/1", 0, 0}, {"2018-2019/1", 15, 1}, {"2023-2024/2", 15, 1}, {"2024-2025/1", 20, 1}}
	for _, one := range cases {
		duties := c.progress(one.term).Duties
		if len(duties) != one.bound || one.bound == 1 && duties[0].Least != one.least {
			t.Errorf("%s: %+v", one.term, duties)
		}
	}
}

func TestDrawCount(t *testing.T) {
	cases := []struct {
		name         string
		n            int
		share, least float64
		want         int
	}{
		{"nothing to draw from", 0, 20, 2, 0}, {"at least so many", 5, 20, 2, 2}, {"never more than there are", 1, 20, 2, 1},
		{"the share", 20, 20, 2, 4}, {"rounded up", 21, 20, 2, 5}, {"everything", 7, 100, 2, 7}, {"more than everything", 7, 300, 0, 7},
		{"no binary error: 7 % of 100", 100, 7, 0, 7}, {"no share", 9, 0, 0, 0}, {"part of a row", 9, 0, 1.5, 2},
	}
	for _, c := range cases {
		if got := register.DrawCount(c.n, c.share, c.least); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
	}
}

// The draw is repeated here from what is published alone: seed, ids, and the words of DrawOrder.
func TestADrawCanBeRepeatedByAnybody(t *testing.T) {
	c := newQuotaCase(t)
	for i := range 12 {
		c.lesson("s1", "A", "2024-10-01", 1, []string{"recorded", "recorded", "refuted"}[i%3]) // 8 of 12 take part
	}
	c.lesson("s1", "A", "2025-03-01", 1, "recorded") // another term
	c.lesson("s2", "B", "2024-10-01", 1, "recorded")
	term, _ := period.Parse("2024-2025/1")
	seed := bytes.Repeat([]byte{7}, register.SeedBytes)
	draw, faults := register.Draw(c.ask, c.quota, term, "county", seed, c.done)
	if faults != nil {
		t.Fatal(faults)
	}
	if len(draw.Units) != 2 || draw.Units[0].Of != 8 || len(draw.Units[0].Rows) != 2 || len(draw.Units[1].Rows) != 1 {
		t.Fatalf("%+v", draw.Units)
	}
	first, smallest, others := "", "", []string{}
	for i := range 12 {
		if i%3 == 2 {
			continue
		}
		id := fmt.Sprintf("r%03d", i)
		others = append(others, id)
		mac := hmac.New(sha256.New, seed)
		mac.Write([]byte("observing\n2024-2025/1\ns1\n" + id))
		if sum := hex.EncodeToString(mac.Sum(nil)); smallest == "" || sum < smallest {
			first, smallest = id, sum
		}
	}
	digest := sha256.Sum256([]byte(strings.Join(others, "\n") + "\n"))
	if draw.Units[0].Rows[0] != first || draw.Units[0].Digest != hex.EncodeToString(digest[:]) || draw.Seed != strings.Repeat("07", 32) {
		t.Errorf("%+v, the first should be %s", draw.Units[0], first)
	}
	slices.Reverse(c.done)
	again, _ := register.Draw(c.ask, c.quota, term, "county", seed, c.done)
	if !slices.Equal(again.Units[0].Rows, draw.Units[0].Rows) {
		t.Error("the order of the rows changes the draw")
	}
}

func TestDrawsThatCannotBe(t *testing.T) {
	c := newQuotaCase(t)
	term, _ := period.Parse("2024-2025/1")
	before, _ := period.Parse("2016-2017/1")
	without := *c.quota
	without.Truth = nil
	cases := []struct {
		name  string
		quota *pack.Quota
		p     period.Period
		want  string
	}{
		{"nothing to draw from", c.quota, term, "quota.nothing_to_draw"},
		{"no check", &without, term, "quota.no_truth"},
		{"the share is not in force", c.quota, before, "quota.number_unknown"},
	}
	for _, one := range cases {
		_, faults := register.Draw(c.ask, one.quota, one.p, "county", []byte("seed"), c.done)
		if len(faults) == 0 || fault.List(faults)[0].Code != one.want {
			t.Errorf("%s: %v", one.name, faults)
		}
	}
}
