package pdf

import "testing"

func TestPageNumbers(t *testing.T) {
	cases := []struct {
		text string
		want bool
	}{
		{"— 3 —", true}, {"- 12 -", true}, {"3", true}, {"第 3 页 共 20 页", true}, {"第3页", true}, {"3/20", true}, {"iv", true}, {"－２－", true},
		{"3. 新建学校", false}, {"2025年", false}, {"95%", false}, {"第三章", false}, {"达到96", false}, {"12345", false},
	}
	for _, c := range cases {
		if got := pageNumber.MatchString(c.text); got != c.want {
			t.Errorf("%q: got %v", c.text, got)
		}
	}
}

func TestFurnitureGoesAndTextStays(t *testing.T) {
	at := func(text string, bottom float64) line {
		return line{text: text, size: 16, box: rectangle{left: 80, right: 500, bottom: bottom, top: bottom + 16}}
	}
	var pages []*page
	for _, text := range []string{"甲段。", "乙段。", "丙段。", "丁段。"} {
		pages = append(pages, &page{box: rectangle{left: 0, top: 842, right: 595, bottom: 0}, lines: []line{at("某县规划", 800), at(text, 500), at("3", 480), at("— 7 —", 40)}})
	}
	pages[3].lines[0] = at("仅一页有", 800)
	dropFurniture(pages)
	want := [][]string{{"甲段。", "3"}, {"乙段。", "3"}, {"丙段。", "3"}, {"仅一页有", "丁段。", "3"}}
	for n, p := range pages {
		var got []string
		for _, l := range p.lines {
			got = append(got, l.text)
		}
		if len(got) != len(want[n]) || got[0] != want[n][0] {
			t.Errorf("page %d: got %q, want %q", n+1, got, want[n])
		}
	}
}
