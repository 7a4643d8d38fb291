package plan_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"jiaoheng/document"
	"jiaoheng/fault"
	"jiaoheng/plan"
	"jiaoheng/plan/reading"
	"pgregory.net/rapid"
)

var anna = plan.Who{ID: "p1", Name: "王安", At: time.Date(2024, 3, 15, 9, 0, 0, 0, time.UTC)}
var bert = plan.Who{ID: "p2", Name: "李博", At: time.Date(2024, 3, 15, 9, 5, 0, 0, time.UTC)}

func float(v float64) *float64 { return &v }
func words(s string) *string   { return &s }

// sampleText is a small plan of an invented county; sample reads it the way a reader would.
const sampleText = "青溪县教育提升计划\n一、学前教育\n到2025年学前三年毛入园率达到92%，公办园占比达到55%。\n新建幼儿园6所，由县教育局牵头。\n二、教师队伍\n每年培训教师300人次。2020年专任教师1200名。\n"

func spanOf(part string) document.Span {
	from := strings.Index(sampleText, part)
	return document.Span{From: from, To: from + len(part)}
}

func origin(part string, confidence float64, path ...string) reading.Origin {
	span := spanOf(part)
	return reading.Origin{Confidence: confidence, Rule: "test", Span: span, CleanSpan: span, Sentence: part, Path: path}
}

func sample() reading.Draft {
	year := 2020
	return reading.Draft{
		Meta: reading.Meta{Title: "青溪县教育提升计划", Region: "青溪县", Period: []int{2021, 2025}, Kind: "plan"},
		Outline: []reading.Heading{
			{ID: "H1", Level: 1, Label: "一、", Title: "学前教育", Kind: "numbered", Origin: origin("一、学前教育", 0.99)},
			{ID: "H2", Level: 1, Label: "二、", Title: "教师队伍", Kind: "numbered", Origin: origin("二、教师队伍", 0.99)},
		},
		Targets: []reading.Quantity{
			{ID: "T1", Name: "学前三年毛入园率", Scope: "学前教育", Comparator: ">=", Value: float(92), Unit: "%", Deadline: words("2025"),
				Baseline: &reading.Baseline{Value: 88.5, Year: &year}, Origin: origin("学前三年毛入园率达到92%", 0.95, "一、学前教育")},
			{ID: "T2", Name: "公办园占比", Scope: "学前教育", Comparator: ">=", Value: float(55), Unit: "%", Deadline: words("2025"), Origin: origin("公办园占比达到55%", 0.6, "一、学前教育")},
			{ID: "T3", Name: "培训教师", Scope: "教师", Comparator: "=", Value: float(300), Unit: "人次/年", Origin: origin("每年培训教师300人次", 0.95, "二、教师队伍")},
		},
		Facts:     []reading.Quantity{{ID: "F1", Name: "专任教师", Comparator: "=", Value: float(1200), Unit: "名", Time: words("2020"), Origin: origin("2020年专任教师1200名", 0.95, "二、教师队伍")}},
		Tasks:     []reading.Task{{ID: "K1", Title: "新建幼儿园6所", Responsible: "县教育局", Origin: origin("新建幼儿园6所，由县教育局牵头。", 0.92, "一、学前教育")}},
		Unclaimed: []reading.Unclaimed{{Text: "6所", Span: spanOf("6所"), CleanSpan: spanOf("6所")}},
	}
}

func replay(t testing.TB, log []plan.Operation) *plan.Desk {
	t.Helper()
	desk, err := plan.Replay(plan.Items(sample()), log)
	if err != nil {
		t.Fatal(err)
	}
	return desk
}

// steps does requests one after the other and returns the desk; every one must be allowed.
func steps(t testing.TB, requests ...plan.Request) *plan.Desk {
	t.Helper()
	var log []plan.Operation
	for _, request := range requests {
		operation, err := replay(t, log).Do(request, anna)
		if err != nil {
			t.Fatalf("%s %v: %v", request.Act, request.Items, err)
		}
		log = append(log, operation)
	}
	return replay(t, log)
}

func item(t testing.TB, desk *plan.Desk, id string) plan.Item {
	t.Helper()
	found, ok := desk.Item(id)
	if !ok {
		t.Fatalf("no item %s", id)
	}
	return found
}

func TestOperationsChangeWhatTheySay(t *testing.T) {
	part := func(name string) plan.Part {
		return plan.Part{Kind: plan.Target, Fields: map[string]string{"name": name, "value": "１，200"}}
	}
	cases := []struct {
		name     string
		requests []plan.Request
		id       string
		want     func(plan.Item) bool
	}{
		{"accept", []plan.Request{{Act: plan.Accept, Items: []string{"T1"}}}, "T1", func(i plan.Item) bool { return i.State == plan.Accepted }},
		{"ignore", []plan.Request{{Act: plan.Ignore, Items: []string{"U001"}}}, "U001", func(i plan.Item) bool { return i.State == plan.Ignored }},
		{"reopen", []plan.Request{{Act: plan.Ignore, Items: []string{"T1"}}, {Act: plan.Reopen, Items: []string{"T1"}}}, "T1",
			func(i plan.Item) bool { return i.State == plan.Open && i.Touched == 2 }},
		{"correct folds full width", []plan.Request{{Act: plan.Correct, Items: []string{"T1"}, Fields: map[string]string{"value": " ９３.５ "}}}, "T1",
			func(i plan.Item) bool {
				return i.Fields["value"] == "93.5" && i.Corrected && i.State == plan.Open && i.Fields["unit"] == "%"
			}},
		{"correct empties", []plan.Request{{Act: plan.Correct, Items: []string{"T1"}, Fields: map[string]string{"deadline": ""}}}, "T1",
			func(i plan.Item) bool { _, there := i.Fields["deadline"]; return !there }},
		{"merge keeps the lead and both places", []plan.Request{{Act: plan.Merge, Items: []string{"T2", "T1"}, Fields: map[string]string{"name": "入园率和公办园占比"}}}, "T2",
			func(i plan.Item) bool {
				return i.Fields["name"] == "入园率和公办园占比" && len(i.Places) == 2 && i.Places[0].Clean.From < i.Places[1].Clean.From
			}},
		{"merged item points to the lead", []plan.Request{{Act: plan.Merge, Items: []string{"T2", "T1"}}}, "T1",
			func(i plan.Item) bool { return i.State == plan.Merged && slices.Equal(i.Into, []string{"T2"}) }},
		{"split points to its parts", []plan.Request{{Act: plan.Divide, Items: []string{"T1"}, Parts: []plan.Part{part("甲"), part("乙")}}}, "T1",
			func(i plan.Item) bool {
				return i.State == plan.Split && slices.Equal(i.Into, []string{"N1-1", "N1-2"})
			}},
		{"part of a split", []plan.Request{{Act: plan.Divide, Items: []string{"T1"}, Parts: []plan.Part{part("甲"), part("乙")}}}, "N1-2",
			func(i plan.Item) bool {
				return i.Fields["name"] == "乙" && i.Fields["value"] == "1200" && i.State == plan.Open
			}},
		{"add", []plan.Request{{Act: plan.Add, Parts: []plan.Part{part("新")}}}, "N1-1", func(i plan.Item) bool { return i.Kind == plan.Target && i.Confidence == 1 }},
		{"move to fact carries the deadline", []plan.Request{{Act: plan.Move, Items: []string{"T1"}, Kind: plan.Fact}}, "T1",
			func(i plan.Item) bool {
				return i.Kind == plan.Fact && i.Fields["time"] == "2025" && i.Fields["deadline"] == ""
			}},
		{"move a number to a target", []plan.Request{{Act: plan.Move, Items: []string{"U001"}, Kind: plan.Target, Fields: map[string]string{"name": "新建幼儿园", "value": "6", "unit": "所"}}}, "U001",
			func(i plan.Item) bool { return i.Kind == plan.Target && i.Fields["value"] == "6" }},
		{"undo", []plan.Request{{Act: plan.Ignore, Items: []string{"T1"}}, {Act: plan.Undo, Undoes: 1}}, "T1",
			func(i plan.Item) bool { return i.State == plan.Open && i.Touched == 2 }},
		{"undo of undo", []plan.Request{{Act: plan.Ignore, Items: []string{"T1"}}, {Act: plan.Undo, Undoes: 1}, {Act: plan.Undo, Undoes: 2}}, "T1",
			func(i plan.Item) bool { return i.State == plan.Ignored }},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := item(t, steps(t, c.requests...), c.id); !c.want(got) {
				t.Errorf("got %+v", got)
			}
		})
	}
}

func TestOperationsThatAreRefused(t *testing.T) {
	long := strings.Repeat("长", plan.MaxField+1)
	cases := []struct {
		name    string
		before  []plan.Request
		request plan.Request
		codes   []string
	}{
		{"unknown item", nil, plan.Request{Act: plan.Accept, Items: []string{"T9"}}, []string{"plan.item_unknown"}},
		{"nothing selected", nil, plan.Request{Act: plan.Accept}, []string{"plan.item_none"}},
		{"unknown act", nil, plan.Request{Act: "burn", Items: []string{"T1"}}, []string{"plan.act_unknown"}},
		{"somebody was faster", []plan.Request{{Act: plan.Ignore, Items: []string{"T1"}}}, plan.Request{Act: plan.Accept, Items: []string{"T1"}, Seen: map[string]int{"T1": 0}}, []string{"plan.item_changed"}},
		{"accept twice", []plan.Request{{Act: plan.Accept, Items: []string{"T1"}}}, plan.Request{Act: plan.Accept, Items: []string{"T1"}}, []string{"plan.item_state"}},
		{"accept a bare number", nil, plan.Request{Act: plan.Accept, Items: []string{"U001"}}, []string{"plan.number_accept"}},
		{"every wrong field at once", nil, plan.Request{Act: plan.Correct, Items: []string{"T1"}, Fields: map[string]string{"value": "过半", "baseline_year": "20", "comparator": "~", "name": long, "colour": "x"}},
			[]string{"plan.field_no_year", "plan.field_unknown", "plan.field_no_choice", "plan.field_too_long", "plan.field_no_number"}},
		{"correct nothing", nil, plan.Request{Act: plan.Correct, Items: []string{"T1"}}, []string{"plan.field_none"}},
		{"bad date", nil, plan.Request{Act: plan.Correct, Items: []string{plan.DocumentID}, Fields: map[string]string{"issue_date": "2024-02-30"}}, []string{"plan.field_no_date"}},
		{"merge of one", nil, plan.Request{Act: plan.Merge, Items: []string{"T1"}}, []string{"plan.merge_count"}},
		{"merge of two kinds", nil, plan.Request{Act: plan.Merge, Items: []string{"T1", "K1"}}, []string{"plan.merge_kinds"}},
		{"merge with itself", nil, plan.Request{Act: plan.Merge, Items: []string{"T1", "T1"}}, []string{"plan.item_twice"}},
		{"split in one", nil, plan.Request{Act: plan.Divide, Items: []string{"T1"}, Parts: []plan.Part{{Kind: plan.Target, Fields: map[string]string{"name": "甲"}}}}, []string{"plan.part_count"}},
		{"add without a name", nil, plan.Request{Act: plan.Add, Parts: []plan.Part{{Kind: plan.Task}}}, []string{"plan.field_missing"}},
		{"add a range the wrong way round", nil, plan.Request{Act: plan.Add, Parts: []plan.Part{{Kind: plan.Target, Fields: map[string]string{"name": "甲", "comparator": "range", "value": "9", "value_max": "3"}}}}, []string{"plan.field_range"}},
		{"add a document", nil, plan.Request{Act: plan.Add, Parts: []plan.Part{{Kind: plan.Document}}}, []string{"plan.part_kind"}},
		{"move a task to a target", nil, plan.Request{Act: plan.Move, Items: []string{"K1"}, Kind: plan.Target}, []string{"plan.move_refused"}},
		{"undo what is not there", nil, plan.Request{Act: plan.Undo, Undoes: 1}, []string{"plan.undo_unknown"}},
		{"undo below a later step", []plan.Request{{Act: plan.Accept, Items: []string{"T1", "T2"}}, {Act: plan.Correct, Items: []string{"T2"}, Fields: map[string]string{"value": "60"}}},
			plan.Request{Act: plan.Undo, Undoes: 1}, []string{"plan.undo_later"}},
		{"work on a merged item", []plan.Request{{Act: plan.Merge, Items: []string{"T1", "T2"}}}, plan.Request{Act: plan.Ignore, Items: []string{"T2"}}, []string{"plan.item_state"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := steps(t, c.before...).Do(c.request, bert)
			var codes []string
			for _, f := range fault.Of(err) {
				codes = append(codes, f.Code)
			}
			if !slices.Equal(codes, c.codes) {
				t.Errorf("got %v, want %v", codes, c.codes)
			}
		})
	}
}

// Whatever is done and undone in whatever order: when every step is undone, the reading stands as it was.
func TestUndoingEverythingGivesTheReading(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var log []plan.Operation
		for range rapid.IntRange(1, 12).Draw(t, "steps") {
			desk, err := plan.Replay(plan.Items(sample()), log)
			if err != nil {
				t.Fatal(err)
			}
			if operation, err := desk.Do(drawRequest(t, desk), anna); err == nil {
				log = append(log, operation)
			} else if fault.Of(err) == nil {
				t.Fatal(err)
			}
		}
		for range len(log) + 1 {
			desk, err := plan.Replay(plan.Items(sample()), log)
			if err != nil {
				t.Fatal(err)
			}
			last, ok := desk.LastUndoable(anna.ID)
			if !ok {
				break
			}
			operation, err := desk.Do(plan.Request{Act: plan.Undo, Undoes: last.Number}, anna)
			if err != nil {
				t.Fatal(err)
			}
			log = append(log, operation)
		}
		desk, err := plan.Replay(plan.Items(sample()), log)
		if err != nil {
			t.Fatal(err)
		}
		got := slices.Clone(desk.Items)
		for i := range got {
			got[i].Touched = 0
		}
		if want := plan.Items(sample()); !reflect.DeepEqual(got, want) {
			t.Fatalf("after undoing %d steps:\n%+v\nwant\n%+v", len(log), got, want)
		}
	})
}

func drawRequest(t *rapid.T, desk *plan.Desk) plan.Request {
	var ids []string
	for _, i := range desk.Items {
		ids = append(ids, i.ID)
	}
	some := rapid.SliceOfN(rapid.SampledFrom(ids), 1, 3).Draw(t, "items")
	parts := []plan.Part{{Kind: plan.Target, Fields: map[string]string{"name": "甲"}}, {Kind: plan.Task, Fields: map[string]string{"name": "乙"}}}
	act := rapid.SampledFrom([]plan.Act{plan.Accept, plan.Correct, plan.Merge, plan.Divide, plan.Add, plan.Ignore, plan.Move, plan.Reopen, plan.Undo}).Draw(t, "act")
	request := plan.Request{Act: act, Items: some}
	switch act {
	case plan.Correct:
		request.Items, request.Fields = some[:1], map[string]string{"name": rapid.SampledFrom([]string{"改", "", "名"}).Draw(t, "name")}
	case plan.Divide:
		request.Items, request.Parts = some[:1], parts
	case plan.Add:
		request.Items, request.Parts = nil, parts[:1]
	case plan.Move:
		request.Items, request.Kind = some[:1], rapid.SampledFrom(plan.Kinds()).Draw(t, "kind")
	case plan.Undo:
		request.Items, request.Undoes = nil, rapid.IntRange(1, desk.Head()+1).Draw(t, "undoes")
	}
	return request
}

func TestProgressAndConfident(t *testing.T) {
	desk := steps(t, plan.Request{Act: plan.Merge, Items: []string{"T1", "T2"}}, plan.Request{Act: plan.Accept, Items: []string{"T1"}}, plan.Request{Act: plan.Ignore, Items: []string{"U001"}})
	if got := desk.Progress(); got != (plan.Progress{Reviewed: 2, Total: 8}) || got.Percent() != 25 {
		t.Errorf("progress %+v", got)
	}
	if got := desk.Confident(""); !slices.Equal(got, []string{"H1", "K1", "H2", "T3", "F1"}) {
		t.Errorf("confident %v", got)
	}
	if got := desk.Confident(plan.Target); !slices.Equal(got, []string{"T3"}) {
		t.Errorf("confident targets %v", got)
	}
}

func TestSelect(t *testing.T) {
	clean := document.Identity(sampleText)
	desk := steps(t)
	part, err := desk.Select(clean, spanOf("公办园占比达到55%"), plan.Target, map[string]string{"name": "公办园占比"})
	if err != nil || part.Sentence != "到2025年学前三年毛入园率达到92%，公办园占比达到55%。" || !slices.Equal(part.Path, []string{"一、学前教育"}) {
		t.Errorf("got %+v, %v", part, err)
	}
	if part.Places[0].Origin != spanOf("公办园占比达到55%") {
		t.Errorf("origin %v", part.Places[0])
	}
	for name, span := range map[string]document.Span{"empty": {From: 3, To: 3}, "outside": {From: 0, To: 1 << 20}, "half a character": {From: 1, To: 6}, "negative": {From: -1, To: 6}, "blank": spanOf("\n")} {
		if _, err := desk.Select(clean, span, plan.Task, nil); len(fault.Of(err)) != 1 {
			t.Errorf("%s: got %v", name, err)
		}
	}
}
