package audit_test

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"

	"jiaoheng/audit"
	"jiaoheng/message"
)

// memory is a chain and its tables in memory.
type memory struct {
	head    audit.Head
	headOK  bool
	entries []audit.Entry
	rows    []audit.Row
	stored  map[string][]audit.Stored
}

func walk[T any](list []T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, item := range list {
			if !yield(item, nil) {
				return
			}
		}
	}
}

func (m *memory) Head(context.Context) (audit.Head, bool, error)        { return m.head, m.headOK, nil }
func (m *memory) Entries(context.Context) iter.Seq2[audit.Entry, error] { return walk(m.entries) }
func (m *memory) Rows(context.Context) iter.Seq2[audit.Row, error]      { return walk(m.rows) }
func (m *memory) Sealed(context.Context) ([]audit.Finding, error)       { return nil, nil }
func (m *memory) Tables(context.Context) ([]string, error)              { return []string{"person"}, nil }
func (m *memory) Stored(_ context.Context, table string) iter.Seq2[audit.Stored, error] {
	return walk(m.stored[table])
}

func (m *memory) Latest(_ context.Context, table string) iter.Seq2[audit.Row, error] {
	last := map[string]audit.Row{}
	for _, r := range m.rows {
		if r.Table == table {
			last[r.ID] = r
		}
	}
	var list []audit.Row
	for _, r := range last {
		list = append(list, r)
	}
	slices.SortFunc(list, func(a, b audit.Row) int { return strings.Compare(a.ID, b.ID) })
	return walk(list)
}

// chain has three entries: a and b inserted, b changed, a deleted.
func chain() *memory {
	m := &memory{headOK: true, stored: map[string][]audit.Stored{}}
	m.append(audit.Row{Table: "person", ID: "a", Version: 1, Operation: audit.Inserted, Hash: "ha"},
		audit.Row{Table: "person", ID: "b", Version: 1, Operation: audit.Inserted, Hash: "hb"})
	m.append(audit.Row{Table: "person", ID: "b", Version: 2, Operation: audit.Updated, Hash: "hb2"})
	m.append(audit.Row{Table: "person", ID: "a", Version: 1, Operation: audit.Deleted})
	m.stored["person"] = []audit.Stored{{ID: "b", Hash: "hb2"}}
	return m
}

func (m *memory) append(rows ...audit.Row) {
	e := audit.Entry{Sequence: m.head.Sequence + 1, Previous: m.head.Hash, Time: 1000, RowCount: int64(len(rows)),
		Header: audit.Header{Action: "person.action.create"}}
	for i, r := range rows {
		r.Sequence, r.Position = e.Sequence, int64(i+1)
		r.Link = r.Chained(e.RowsLink)
		e.RowsLink = r.Link
		m.rows = append(m.rows, r)
	}
	e.Hash = e.Sum()
	m.entries = append(m.entries, e)
	m.head = audit.Head{Sequence: e.Sequence, Hash: e.Hash}
}

func TestVerifyNamesWhatDoesNotHold(t *testing.T) {
	cases := []struct {
		name  string
		alter func(m *memory)
		want  string
	}{
		{"untouched", func(*memory) {}, ""},
		{"row altered", func(m *memory) { m.stored["person"][0].Hash = "x" }, "altered person b"},
		{"row gone", func(m *memory) { m.stored["person"] = nil }, "missing person b"},
		{"foreign row", func(m *memory) { m.stored["person"] = append(m.stored["person"], audit.Stored{ID: "c"}) }, "foreign person c"},
		{"deleted row is back", func(m *memory) {
			m.stored["person"] = append([]audit.Stored{{ID: "a", Hash: "ha"}}, m.stored["person"]...)
		}, "foreign person a"},
		{"actor altered", func(m *memory) { m.entries[1].Actor.Person = "other" }, "altered audit_entry 2"},
		{"hash made to fit", func(m *memory) { m.entries[1].Reason = "x"; m.entries[1].Hash = m.entries[1].Sum() }, "broken audit_entry 3"},
		{"chain row altered", func(m *memory) { m.rows[1].Hash = "x" }, "altered audit_row 1/2"},
		{"chain row gone", func(m *memory) { m.rows = slices.Delete(m.rows, 1, 2) }, "broken audit_entry 1"},
		{"chain row foreign", func(m *memory) {
			m.rows = append(m.rows, audit.Row{Sequence: 9, Position: 1, Table: "unit", ID: "u"})
		}, "foreign audit_row 9/1"},
		{"entry gone", func(m *memory) { m.entries, m.rows = slices.Delete(m.entries, 1, 2), slices.Delete(m.rows, 2, 3) }, "missing audit_entry 2"},
		{"tail cut off", func(m *memory) { m.entries, m.rows = m.entries[:2], m.rows[:3] }, "missing audit_entry 3"},
		{"tail added", func(m *memory) {
			head := m.head
			m.append()
			m.head = head
		}, "foreign audit_entry 4"},
		{"last entry replaced", func(m *memory) { m.entries[2].Reason = "x"; m.entries[2].Hash = m.entries[2].Sum() }, "altered audit_entry 3"},
		{"head altered", func(m *memory) { m.headOK = false }, "headlost audit_head chain"},
	}
	for _, c := range cases {
		m := chain()
		c.alter(m)
		report, err := audit.Verify(context.Background(), m)
		if err != nil {
			t.Fatal(err)
		}
		var found []string
		for _, f := range report.Findings {
			found = append(found, fmt.Sprintf("%s %s %s", f.Kind, f.Table, f.Row))
			if text := f.Text(message.Chinese); !strings.Contains(text, f.Row) {
				t.Errorf("%s: the text %q does not name the row", c.name, text)
			}
		}
		if c.want == "" && len(found) > 0 || c.want != "" && !slices.Contains(found, c.want) {
			t.Errorf("%s: found %v, want %q", c.name, found, c.want)
		}
	}
}

func TestEveryPartOfARowCountsInItsHash(t *testing.T) {
	base := []audit.Column{{Name: "id", Value: "a"}, {Name: "n", Value: int64(1)}}
	same := []audit.Column{{Name: "n", Value: int64(1)}, {Name: "id", Value: "a"}, {Name: "later", Value: nil}}
	if audit.HashRow(base) != audit.HashRow(same) {
		t.Error("the order of columns, or a column that is NULL, counts")
	}
	others := map[string][]audit.Column{
		"value":        {{Name: "id", Value: "b"}, {Name: "n", Value: int64(1)}},
		"name":         {{Name: "id", Value: "a"}, {Name: "m", Value: int64(1)}},
		"type":         {{Name: "id", Value: "a"}, {Name: "n", Value: "1"}},
		"real":         {{Name: "id", Value: "a"}, {Name: "n", Value: 1.0}},
		"NULL":         {{Name: "id", Value: "a"}},
		"shifted ends": {{Name: "id", Value: "an"}, {Name: "", Value: int64(1)}},
	}
	seen := map[string]string{audit.HashRow(base): "base"}
	for name, columns := range others {
		hash := audit.HashRow(columns)
		if before, double := seen[hash]; double {
			t.Errorf("%s and %s have the same hash", name, before)
		}
		seen[hash] = name
	}
}

// The canonical bytes are an interface: whoever verifies a chain without this program needs them as they are.
func TestCanonicalBytes(t *testing.T) {
	got := string(audit.Canonical([]audit.Column{{Name: "name", Value: "张"}, {Name: "id", Value: "a"}, {Name: "n", Value: int64(-5)}, {Name: "gone", Value: nil}}))
	if want := "2:id1:t1:a1:n1:i2:-54:name1:t3:张"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
