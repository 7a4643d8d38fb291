package duty

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"slices"
	"strings"
	"testing"

	"jiaoheng/export/docx"
	"jiaoheng/message"
	"jiaoheng/period"
	"jiaoheng/plan"
	"jiaoheng/plan/duty"
	"jiaoheng/plan/target"
	"jiaoheng/unit"
)

// bookTable is a division of labour of four nodes over two chapters, led by two offices and a school.
func bookTable(t *testing.T) *duty.Table {
	t.Helper()
	tree, err := unit.Build([]unit.Unit{{Code: "990121", Name: "澄源县", Kind: unit.County}, {Code: "JYJ", Name: "澄源县教育局", Kind: unit.Office, Parent: "990121"},
		{Code: "CZJ", Name: "澄源县财政局", Kind: unit.Office, Parent: "990121"}, {Code: "S1", Name: "东街小学", Kind: unit.School, Parent: "990121"}})
	if err != nil {
		t.Fatal(err)
	}
	node := func(id string, kind plan.Kind, name, chapter string, fields ...string) plan.Node {
		n := plan.Node{ID: id, Kind: kind, Fields: map[string]string{"name": name}, Path: []string{chapter}}
		for i := 0; i+1 < len(fields); i += 2 {
			n.Fields[fields[i]] = fields[i+1]
		}
		return n
	}
	content := plan.Content{Title: "澄源县教育发展规划", From: 2021, To: 2025, Nodes: []plan.Node{
		node("T1", plan.Target, "毛入园率", "一、发展目标", "comparator", ">=", "value", "92", "unit", "%"),
		node("K1", plan.Task, "新建公办幼儿园6所 <含改扩建> & 配套设施", "二、主要任务"),
		node("K2", plan.Task, strings.Repeat("很长的任务名称", 20), "二、主要任务"),
		node("P1", plan.Project, "县一中扩建", "二、主要任务"),
	}}
	outline := duty.NewOutline(plan.Plan{ID: "p", From: 2021, To: 2025}, []plan.Version{{Number: 1, Content: content}})
	table := &duty.Table{Outline: outline, Tree: tree, Home: "990121", Day: period.Date{Year: 2024, Month: 5, Day: 1}}
	due := period.Date{Year: 2025, Month: 6, Day: 30}
	duties := []duty.Duty{{Lead: "JYJ"}, {Lead: "JYJ", Helpers: []string{"CZJ", "S1"}, Deliverables: []string{"竣工报告", "审计报告"}}, {Lead: "CZJ"}, {}}
	for i, n := range outline.Nodes {
		line := duty.Line{Node: n, Duty: duties[i], Due: due, Marks: []duty.Mark{{Milestone: duty.Milestone{Name: "中期", Due: due}}}}
		line.Duty.Node = target.Track(n.Track)
		table.Lines = append(table.Lines, line)
	}
	return table
}

// rowsOf reads every row of every table of a document.
func rowsOf(t *testing.T, data []byte) [][]string {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	file, err := archive.Open("word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	var rows [][]string
	cell, inside := "", false
	for decoder := xml.NewDecoder(file); ; {
		token, err := decoder.Token()
		if err == io.EOF {
			return rows
		}
		if err != nil {
			t.Fatal(err)
		}
		switch e := token.(type) {
		case xml.StartElement:
			switch e.Name.Local {
			case "tr":
				rows = append(rows, nil)
			case "tc":
				cell = ""
			}
			inside = e.Name.Local == "t"
		case xml.CharData:
			if inside {
				cell += string(e)
			}
		case xml.EndElement:
			if inside = false; e.Name.Local == "tc" {
				rows[len(rows)-1] = append(rows[len(rows)-1], cell)
			}
		}
	}
}

// The task book of every unit, as a document and as it is published, equals the tree node by node.
func TestTheTaskBookEqualsTheTree(t *testing.T) {
	table := bookTable(t)
	for code, want := range map[string][]int{"": {0, 1, 2, 3}, "JYJ": {0, 1}, "CZJ": {1, 2}, "S1": {1}, "990121": {0, 1, 2}} {
		book := table.Book(code)
		var tree [][]string
		for number, n := range want {
			tree = append(tree, table.Cells(message.Chinese, number+1, table.Lines[n]))
		}
		data, err := docx.WriteReport(Report(book, "任务书", "单位"))
		if err != nil {
			t.Fatal(err)
		}
		heads := duty.Heads(message.Chinese)
		document := slices.DeleteFunc(rowsOf(t, data), func(row []string) bool { return slices.Equal(row, heads) })
		if !slices.EqualFunc(document, tree, func(a, b []string) bool { return slices.Equal(a, b) }) {
			t.Errorf("%q: the document has %q, the tree %q", code, document, tree)
		}
		var published [][]string
		for _, block := range book.Content("任务书", "澄源县", "2024-05-01").Blocks {
			if block.Table != nil {
				published = append(published, block.Table.Rows...)
			}
		}
		if !slices.EqualFunc(published, tree, func(a, b []string) bool { return slices.Equal(a, b) }) {
			t.Errorf("%q: published %q", code, published)
		}
	}
}

func TestWhatIsPublishedIsComparedRowByRow(t *testing.T) {
	table := bookTable(t)
	before := table.Book("").Content("任务书", "澄源县", "2024-05-01")
	if differ := duty.Compare(before, table.Book("").Content("任务书", "澄源县", "2024-06-01"), bookKey); len(differ) != 0 {
		t.Errorf("equal books differ: %+v", differ)
	}
	table.Lines[1].Duty.Lead = "CZJ"
	table.Lines = table.Lines[:3]
	differ := duty.Compare(before, table.Book("").Content("任务书", "澄源县", "2024-06-01"), bookKey)
	if len(differ) != 2 || !slices.Equal(differ[0].Columns, []string{"牵头单位"}) || differ[1].Stored != nil || differ[1].Row != "县一中扩建" {
		t.Errorf("%+v", differ)
	}
}
