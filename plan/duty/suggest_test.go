package duty

import (
	"slices"
	"strings"
	"testing"

	"jiaoheng/document"
	"jiaoheng/period"
	"jiaoheng/plan"
	"jiaoheng/plan/target"
	"jiaoheng/unit"
)

var day = period.Date{Year: 2024, Month: 5, Day: 1}

func bureauTree(t testing.TB) *unit.Tree {
	t.Helper()
	office := func(code, name, parent string) unit.Unit {
		return unit.Unit{Code: code, Name: name, Kind: unit.Office, Parent: parent}
	}
	tree, err := unit.Build([]unit.Unit{
		{Code: "9901", Name: "临川市", Kind: unit.City}, office("SJY", "临川市教育局", "9901"),
		{Code: "990121", Name: "澄源县", Kind: unit.County, Parent: "9901"},
		office("JYJ", "澄源县教育局", "990121"), office("CZJ", "澄源县财政局", "990121"), office("RSJ", "澄源县人力资源和社会保障局", "990121"),
		office("BB", "澄源县机构编制委员会办公室", "990121"), office("ZJJ", "澄源县住房和城乡建设局", "990121"), office("WLJ", "澄源县文化和旅游局", "990121"),
		{Code: "990121001", Name: "澄阳镇", Kind: unit.Township, Parent: "990121"},
		{Code: "S1", Name: "澄源县实验小学", Kind: unit.School, Parent: "990121001"},
		{Code: "990122", Name: "邻县", Kind: unit.County, Parent: "9901"}, office("LCZ", "邻县财政局", "990122"),
	})
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

func TestUnitsAreFoundByWhatDocumentsCallThem(t *testing.T) {
	names := NewNames(bureauTree(t), "990121", day)
	cases := []struct{ called, want string }{
		{"澄源县教育局", "JYJ"}, {"县教育局", "JYJ"}, {"教育局", ""}, // of the county or of the city: nobody can tell
		{"市教育局", "SJY"}, {"财政局", "CZJ"}, {"县财政局", "CZJ"}, {"财政", "CZJ"}, {"人社局", "RSJ"}, {"县人社局", "RSJ"}, {"编办", "BB"}, {"住建", "ZJJ"}, {"文旅局", "WLJ"},
		{"县人民政府", "990121"}, {"县政府", "990121"}, {"澄阳镇", "990121001"}, {"澄源县实验小学", "S1"},
		{"省财政厅", ""}, {"各中小学", ""}, {"公安局", ""}, {"局", ""}, {"", ""},
	}
	for _, c := range cases {
		if got, _ := names.Find(c.called); got != c.want {
			t.Errorf("%s: got %q, want %q", c.called, got, c.want)
		}
	}
}

func TestWhoLeadsIsReadFromTheWords(t *testing.T) {
	names := NewNames(bureauTree(t), "990121", day)
	cases := []struct{ words, lead, helpers, unknown string }{
		{"牵头单位：县教育局；责任单位：县财政局、人社局", "JYJ", "CZJ RSJ", ""},
		{"责任单位：县财政局、县教育局", "CZJ", "JYJ", ""},
		{"责任单位：县财政局；牵头单位：县教育局", "JYJ", "CZJ", ""},
		{"县教育局牵头，财政局、住建局配合", "JYJ", "CZJ ZJJ", ""},
		{"由县教育局负责", "JYJ", "", ""},
		{"县教育局、各镇（街道）、县委编办等部门", "JYJ", "BB", "各镇 街道"},
		{"各中小学", "", "", "各中小学"},
		{"", "", "", ""},
	}
	for _, c := range cases {
		s := Suggestion{Words: c.words}
		s.read(names)
		if s.Lead != c.lead || strings.Join(s.Helpers, " ") != c.helpers || strings.Join(s.Unknown, " ") != c.unknown {
			t.Errorf("%s: got %q %v %v", c.words, s.Lead, s.Helpers, s.Unknown)
		}
	}
}

const coverText = "澄源县教育提升计划\n一、主要任务\n（一）推进学前教育普及\n到2025年毛入园率达到92%。\n新建幼儿园6所，改善办园条件。\n（牵头单位：县教育局；责任单位：县财政局）\n全面落实教师待遇保障机制。\n2021年3月印发。\n本规划由县教育局解释。\n"

// outlineOf makes an outline of coverText with nodes at the given words.
func outlineOf(kinds map[string]plan.Kind) *Outline {
	var nodes []plan.Node
	for words, kind := range kinds {
		from := strings.Index(coverText, words)
		nodes = append(nodes, plan.Node{ID: words, Kind: kind, Fields: map[string]string{"name": words}, Sentence: words,
			Places: []plan.Place{{Clean: document.Span{From: from, To: from + len(words)}}}})
	}
	slices.SortFunc(nodes, func(a, b plan.Node) int { return a.Places[0].Clean.From - b.Places[0].Clean.From })
	return NewOutline(plan.Plan{ID: "p", Region: "澄源县", From: 2021, To: 2025}, []plan.Version{{Number: 1, Content: plan.Content{Region: "澄源县", From: 2021, To: 2025, Nodes: nodes}}})
}

func TestSuggestionsComeFromTheNodeTheSectionAndLikeNodes(t *testing.T) {
	o := outlineOf(map[string]plan.Kind{"毛入园率达到92%": plan.Target, "新建幼儿园6所": plan.Task, "落实教师待遇保障机制": plan.Task, "推进学前教育普及": plan.Heading})
	o.Nodes[3].Fields["responsible"] = "县人社局"
	suggestions := Suggest(o, coverText, bureauTree(t), nil, day)
	if len(suggestions) != 3 {
		t.Fatalf("%+v", suggestions)
	}
	for i, want := range []struct {
		lead   string
		helper string
		from   Source
	}{{"JYJ", "CZJ", FromSection}, {"JYJ", "CZJ", FromSection}, {"RSJ", "", FromNode}} {
		if got := suggestions[i]; got.Lead != want.lead || strings.Join(got.Helpers, " ") != want.helper || got.From != want.from {
			t.Errorf("%s: got %+v", got.Node.Name(), got)
		}
	}
	if got := suggestions[0].Due; got != (period.Date{Year: 2025, Month: 12, Day: 31}) {
		t.Errorf("deadline %v", got)
	}
	held := map[target.Track]Duty{o.Nodes[1].Track: {Lead: "JYJ"}}
	if rest := Suggest(o, coverText, bureauTree(t), held, day); len(rest) != 2 {
		t.Errorf("what is confirmed is suggested again: %+v", rest)
	}
}

func TestCoverageListsWhatBelongsToNoNode(t *testing.T) {
	o := outlineOf(map[string]plan.Kind{"毛入园率达到92%": plan.Target, "新建幼儿园6所": plan.Task, "推进学前教育普及": plan.Heading, "澄源县教育提升计划": plan.Heading})
	texts := func(c Covering) string {
		var all []string
		for _, p := range c.Open {
			all = append(all, p.Text)
		}
		return strings.Join(all, "|")
	}
	c := Coverage(o, coverText, nil, nil, nil, nil)
	if got := texts(c); got != "全面落实教师待遇保障机制。" {
		t.Errorf("open: %s", got)
	}
	if c.Covered != 2 || c.Promising != 3 || c.Paragraphs != 9 || len(c.Unled) != 2 || len(c.Unmeasured) != 1 || c.Empty() {
		t.Errorf("%+v", c)
	}
	key := c.Open[0].Key
	held := map[target.Track]Duty{}
	for _, node := range o.Work() {
		held[node.Track] = Duty{Lead: "JYJ"}
	}
	target1 := o.Work()[0].Track
	bound := map[target.Track]target.Binding{target1: {Kind: target.FromNothing, Decision: target.Decision{Reason: "没有来源"}}}
	aside := Settlement{Kind: OfParagraph, Subject: key, Reason: "另有专项方案"}
	if c := Coverage(o, coverText, held, bound, []Settlement{aside}, nil); !c.Empty() || len(c.Settled) != 1 || len(c.Excused) != 1 {
		t.Errorf("when all is done: %+v", c)
	}
	tied := Settlement{Kind: OfParagraph, Subject: key, Node: "9.gone"}
	if c := Coverage(o, coverText, held, bound, []Settlement{tied}, nil); texts(c) == "" {
		t.Error("a paragraph tied to a node that is gone must be open again")
	}
	if c := Coverage(o, coverText, nil, nil, nil, map[target.Track]bool{target1: true}); len(c.Unled) != 1 || len(c.Unmeasured) != 0 {
		t.Errorf("a target that stands elsewhere: %+v", c)
	}
}

func TestPromises(t *testing.T) {
	cases := []struct {
		line, found string
	}{
		{"新增学位1200个。", "1200"}, {"1.明确责任分工，压紧责任。", ""}, {"（2）加强师德师风教育活动。", "加强"}, {"2021年3月5日", ""}, {"印发〔2021〕15号文件的通知", ""},
		{"95", ""}, {"95%以上的学校达标", "95%"}, {"附件", ""}, {"加强领导", ""}, {"各校要落实课后服务全覆盖。", "落实"}, {"1.5万名学生受益", "1.5"},
	}
	for _, c := range cases {
		if p, _ := promiseOf(c.line, 0, nil); p.Words != c.found {
			t.Errorf("%s: got %q, want %q", c.line, p.Words, c.found)
		}
	}
}
