package plan

import (
	"fmt"
	"slices"
	"strconv"

	"jiaoheng/document"
	"jiaoheng/plan/reading"
)

// Items turns what was read into the items of a draft, in the order of the text. Two items never share an
// id, whatever the reading says.
func Items(read reading.Draft) []Item {
	items := []Item{documentItem(read.Meta)}
	for _, h := range read.Outline {
		fields := map[string]string{"label": h.Label, "name": h.Title, "level": strconv.Itoa(min(max(h.Level, 0), 6))}
		items = append(items, readItem(Heading, h.ID, h.Origin, fields))
	}
	for _, q := range read.Targets {
		fields := quantity(q)
		fields["deadline"] = text(q.Deadline)
		items = append(items, readItem(Target, q.ID, q.Origin, fields))
	}
	for _, q := range read.Facts {
		fields := quantity(q)
		fields["time"] = text(q.Time)
		items = append(items, readItem(Fact, q.ID, q.Origin, fields))
	}
	for _, t := range read.Tasks {
		fields := map[string]string{"name": t.Title, "responsible": t.Responsible, "deadline": text(t.Deadline), "frequency": t.Frequency}
		items = append(items, readItem(Task, t.ID, t.Origin, fields))
	}
	for _, p := range read.Projects {
		items = append(items, readItem(Project, p.ID, p.Origin, map[string]string{"name": p.Name, "description": p.Description}))
	}
	for _, m := range read.Mechanisms {
		items = append(items, readItem(Mechanism, m.ID, m.Origin, map[string]string{"name": m.Name, "type": m.Type}))
	}
	for i, u := range read.Unclaimed {
		origin := reading.Origin{Rule: "unclaimed", Span: u.Span, CleanSpan: u.CleanSpan}
		items = append(items, readItem(Number, fmt.Sprintf("U%03d", i+1), origin, map[string]string{"name": u.Text}))
	}
	makeUnique(items)
	inOrder(items)
	return items
}

// inOrder sorts items by where they stand in the text, then by kind, then by id; the document comes first.
func inOrder(items []Item) {
	rank := map[Kind]int{}
	for i, kind := range Kinds() {
		rank[kind] = i
	}
	slices.SortStableFunc(items, func(a, b Item) int {
		if (a.Kind == Document) != (b.Kind == Document) {
			return rank[a.Kind] - rank[b.Kind]
		}
		if d := a.From() - b.From(); d != 0 {
			return d
		}
		return rank[a.Kind] - rank[b.Kind]
	})
}

func makeUnique(items []Item) {
	seen := map[string]bool{}
	for i := range items {
		id := items[i].ID
		for n := 2; id == "" || seen[id]; n++ {
			id = fmt.Sprintf("%s%s-%d", items[i].ID, map[bool]string{true: string(items[i].Kind)}[items[i].ID == ""], n)
		}
		items[i].ID = id
		seen[id] = true
	}
}

func readItem(kind Kind, id string, origin reading.Origin, fields map[string]string) Item {
	for key, value := range fields {
		fields[key] = CleanField(kind, key, value)
		if fields[key] == "" {
			delete(fields, key)
		}
	}
	item := Item{ID: id, Kind: kind, State: Open, Fields: fields, Sentence: origin.Sentence, Path: origin.Path,
		Confidence: min(max(origin.Confidence, 0), 1), Rule: origin.Rule}
	if origin.CleanSpan != (document.Span{}) {
		item.Places = []Place{{Origin: origin.Span, Clean: origin.CleanSpan}}
	}
	return item
}

func documentItem(meta reading.Meta) Item {
	fields := map[string]string{"name": meta.Title, "issuer": meta.Issuer, "region": meta.Region,
		"doc_number": meta.DocNumber, "issue_date": meta.IssueDate}
	if len(meta.Period) == 2 {
		fields["from"], fields["to"] = strconv.Itoa(meta.Period[0]), strconv.Itoa(meta.Period[1])
	}
	item := readItem(Document, DocumentID, reading.Origin{Rule: "meta"}, fields)
	item.Confidence = 0.5 // people always look at it: it names the plan
	return item
}

func quantity(q reading.Quantity) map[string]string {
	fields := map[string]string{"name": q.Name, "scope": q.Scope, "comparator": q.Comparator, "value": number(q.Value),
		"value_max": number(q.ValueMax), "unit": q.Unit, "per": q.Per, "verbal": q.Verbal}
	if q.Approx {
		fields["approx"] = "1"
	}
	if q.Baseline != nil {
		fields["baseline"] = FormatNumber(q.Baseline.Value)
		if q.Baseline.Year != nil {
			fields["baseline_year"] = strconv.Itoa(*q.Baseline.Year)
		}
	}
	return fields
}

func text(value *string) string {
	if value == nil {
		return ""
	}
	return *value
}

func number(value *float64) string {
	if value == nil {
		return ""
	}
	return FormatNumber(*value)
}
