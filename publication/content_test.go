package publication

import "testing"

// The canonical form is what docs/publication.md says: a stranger computes the same hash from it.
func TestCanonical(t *testing.T) {
	c := cleaned(Content{Title: " 整改\u2028情况 ", Kind: KindNotice, Day: "2026-03-15", Unit: "某县", Blocks: []Block{{Text: "共 <12> 项 & \"其他\""}, {Text: " "},
		{Table: &Table{Caption: "各校", Columns: []string{"学校", "项数"}, Rows: [][]string{{"甲校", Hidden}}}}}})
	want := `{"blocks":[{"text":"共 <12> 项 & \"其他\""},{"table":{"caption":"各校","columns":["学校","项数"],"rows":[["甲校","*"]]}}],"day":"2026-03-15","kind":"notice","title":"整改情况","unit":"某县"}`
	if got := string(c.Canonical()); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if len(c.Digest()) != 64 {
		t.Error(c.Digest())
	}
}
