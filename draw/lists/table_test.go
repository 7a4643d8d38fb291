package lists_test

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"jiaoheng/draw"
	"jiaoheng/draw/lists"
	"jiaoheng/fault"
)

func sheet(text string) (rows [][]string) {
	for line := range strings.SplitSeq(text, "\n") {
		rows = append(rows, strings.Split(line, "\t"))
	}
	return rows
}

func TestTablesAreReadByTheirHeadings(t *testing.T) {
	objects, unused, err := lists.ReadObjects(sheet("\n学校代码\t学校名称\t乡镇\t学段\t权重\t人数\t全员条件\t至少一人\t备注\nS1\t一中\t东镇\t初中、高中\t3\t4\t持证\t音乐|体育\t无\n\nS2\t二小"), []string{"乡镇"}, []string{"学段"})
	if err != nil || len(objects) != 2 || !slices.Equal(unused, []string{"备注"}) {
		t.Fatal(err, objects, unused)
	}
	want := lists.Object{ID: "S1", Name: "一中", Stratum: []string{"东镇"}, Weight: 3, Place: "东镇", Team: 4, All: []string{"持证", "初中", "高中"}, Some: []string{"音乐", "体育"}, At: fault.Place{Row: 3}}
	if got := fmt.Sprint(objects[0]); got != fmt.Sprint(want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if objects[1].At.Row != 5 || objects[1].Weight != 1 || objects[1].ID != "S2" {
		t.Errorf("second %+v", objects[1])
	}
	people, kin, unused, err := lists.ReadInspectors(sheet("ID\tName\tsubject\tstage\tload\tleader\tunit\tworked\thome\tinspected\tkin\tshoe\nP1\tLi\tmusic\tprimary junior\t2\tyes\tS1\tS2,S3\tEast\tS4;S5\tP2 S9\t42"))
	if err != nil || len(people) != 1 || len(kin) != 2 || !slices.Equal(unused, []string{"shoe"}) {
		t.Fatal(err, people, kin, unused)
	}
	if got := fmt.Sprint(people[0]); got != fmt.Sprint(lists.Inspector{ID: "P1", Name: "Li", Tags: []string{"music", "primary", "junior", lists.LeaderTag}, Load: 2, Unit: "S1", Home: "East",
		Worked: []string{"S2", "S3"}, Inspected: []string{"S4", "S5"}, At: fault.Place{Row: 2}}) {
		t.Error(got)
	}
	conflicts, _, err := lists.ReadConflicts(sheet("督学\t回避对象\t事由\n张三\tS1\t亲属"))
	if err != nil || conflicts[0].Inspector != "张三" || conflicts[0].Other != "S1" || conflicts[0].Reason != "亲属" {
		t.Error(err, conflicts)
	}
}

func TestFaultsOfTablesNameRowAndColumn(t *testing.T) {
	cases := []struct {
		name string
		read func() error
		want string
	}{
		{"nothing", func() error { _, _, err := lists.ReadObjects(nil, nil, nil); return err }, "表中没有标题行以外的内容"},
		{"headings only", func() error { _, _, _, err := lists.ReadInspectors(sheet("工号\t姓名")); return err }, "表中没有标题行以外的内容"},
		{"no column", func() error {
			_, _, err := lists.ReadObjects(sheet("编号\nS1"), []string{"片区"}, []string{"学段"})
			return err
		}, "“片区”：表中没有这一列\n“学段”：表中没有这一列"},
		{"numbers", func() error {
			_, _, err := lists.ReadObjects(sheet("编号\t权重\nS1\t高\nS2\t-1"), nil, nil)
			return err
		}, "第 2 行:“权重”：“高”不是整数\n第 3 行:“权重”：“-1”不是整数"},
		{"yes or no", func() error {
			_, _, _, err := lists.ReadInspectors(sheet("工号\t组长\t最多对象数\nP1\t也许\t0"))
			return err
		}, "第 2 行:“最多对象数”：最多对象数为 0 的人员不能参加抽取"},
		{"conflicts", func() error { _, _, err := lists.ReadConflicts(sheet("谁\t什么\na\tb")); return err }, "回避名单要有“人员”和“回避对象”两列"},
	}
	for _, c := range cases {
		if err := c.read(); err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
	}
}

func TestQuantities(t *testing.T) {
	cases := []struct {
		text string
		n    int // of 201
		ok   bool
	}{{"10%", 21, true}, {"12.5％", 26, true}, {"100%", 201, true}, {"0.0001%", 1, true}, {"3", 3, true}, {"0", 0, true}, {"101%", 0, false}, {"-1", 0, false},
		{"1.%", 0, false}, {"%", 0, false}, {"1.23456%", 0, false}, {"一半", 0, false}, {"", 0, false}}
	for _, c := range cases {
		q, ok := lists.ReadQuantity(c.text)
		n := q.Count
		if q.ByShare {
			n = (201*q.Share + 999_999) / 1_000_000
		}
		if ok != c.ok || ok && n != c.n {
			t.Errorf("%q: %d, %v; want %d, %v", c.text, n, ok, c.n, c.ok)
		}
	}
}

// Applications come from schools: a reviewer of that school, or one who worked there, sees none of them.
func TestReviewersDoNotSeeApplicationsOfTheirSchool(t *testing.T) {
	objects, unused, err := lists.ReadObjects(sheet("编号\t申报单位\nA1\t一中\nA2\t一中\nA3\t二中"), nil, nil)
	if err != nil || len(unused) > 0 {
		t.Fatal(err, unused)
	}
	people, _, _, err := lists.ReadInspectors(sheet("专家编号\t工作单位\t曾任职单位\nR1\t一中\t\nR2\t三中\t二中、一中\nR3\t四中\t\nR4\t五中\t"))
	if err != nil {
		t.Fatal(err)
	}
	fixed, err := lists.Frozen(lists.Input{Objects: objects, Inspectors: people, Team: 1, Wanted: lists.Wanted{Pick: 3}, Avoid: lists.Reasons(), ShowInspectors: true})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"inspector;R1;;4000;;1,2;", "inspector;R2;;4000;;1,2,3;", "inspector;R3;;4000;;;"}
	if got := fixed.Lines[4:7]; !slices.Equal(got, want) || fixed.Reasons[lists.Own] != 2 || fixed.Reasons[lists.Worked] != 3 {
		t.Errorf("got %v, %v", got, fixed.Reasons)
	}
}

// Numbers over strata are shared out by size: 60, 30 and 11 of 101 get 10 as 6, 3 and 1.
func TestANumberIsSharedOutOverStrata(t *testing.T) {
	var in lists.Input
	for n := range 101 {
		name := "丙"
		if n < 60 {
			name = "甲"
		} else if n < 90 {
			name = "乙"
		}
		in.Objects = append(in.Objects, lists.Object{ID: fmt.Sprint(n), Weight: 1, Stratum: []string{name}})
	}
	in.Wanted.Pick = 10
	fixed, err := lists.Frozen(in)
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"stratum;1;丙;1", "stratum;2;乙;3", "stratum;3;甲;6"}; !slices.Equal(fixed.Lines[:3], want) {
		t.Errorf("got %v, want %v", fixed.Lines[:3], want)
	}
}

// Proofs that were written once stay valid: what the protocol says of these kinds never changes.
func TestProofsOfEarlierVersionsStayValid(t *testing.T) {
	var proofs []draw.Proof
	for _, name := range []string{"testdata/lists.json", "testdata/redraw1.json", "testdata/redraw2.json"} {
		file, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		p, err := draw.ReadProof(file)
		file.Close()
		if err != nil {
			t.Fatal(err)
		}
		if err := verified(p); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		proofs = append(proofs, p)
	}
	chain, err := lists.NewChain(proofs[0])
	for _, p := range proofs[1:] {
		if err == nil {
			err = chain.Add(p)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	if wrong := lists.Violations(proofs[0].Lines, teamLines(chain.Teams())); wrong != nil {
		t.Error(wrong)
	}
}

// Every single letter of a proof counts: changed to another one the file is refused, or a hash, or the repeated draw.
func TestEveryLetterOfAProofCounts(t *testing.T) {
	for _, name := range []string{"testdata/lists.json", "testdata/redraw1.json"} {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for at, letter := range raw {
			if strings.IndexByte(" \n", letter) >= 0 {
				continue
			}
			other := byte('a')
			if letter == other {
				other = 'b'
			}
			changed := slices.Clone(raw)
			changed[at] = other
			if p, err := draw.ReadProof(bytes.NewReader(changed)); err == nil && verified(p) == nil {
				t.Errorf("%s: the change at %d is not found: %q", name, at, changed[max(0, at-20):at+1])
			}
		}
	}
}
