package pdf

import "testing"

// Column from 80 to 530, type of 16 on a pitch of 28.
func TestLinesBecomeParagraphs(t *testing.T) {
	y := 700.0
	at := func(text string, left, right, size, down float64) line {
		y -= down
		return line{text: text, size: size, box: rectangle{left: left, right: right, bottom: y, top: y + size}}
	}
	lines := []line{
		at("关于印发某县行动计划", 120, 490, 22, 0), at("的通知", 270, 340, 22, 32),
		at("为落实要求，现将计划印发给你们，到2025年达到9", 112, 530, 16, 40), at("6%以上，请认真执行。", 80, 240, 16, 28),
		at("一、总则", 112, 176, 16, 28),
		at("甲项任务内容写满这一整行恰好结束于句号处而成。", 112, 530, 16, 28), at("1. 乙项任务", 80, 180, 16, 28),
		at("学校", 112, 144, 16, 28),
		at("另起一段的文字写满这一整行直到右边界为止还没完", 112, 530, 16, 28), at("成。", 80, 112, 16, 60),
	}
	got := layOut([]*page{{lines: lines, box: rectangle{right: 595, top: 842}}})
	want := "关于印发某县行动计划的通知\n为落实要求，现将计划印发给你们，到2025年达到96%以上，请认真执行。\n一、总则\n甲项任务内容写满这一整行恰好结束于句号处而成。\n1. 乙项任务\n学校\n另起一段的文字写满这一整行直到右边界为止还没完\n成。"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// A paragraph that is cut by the end of a page goes on.
func TestParagraphsGoOnAcrossPages(t *testing.T) {
	var first, second []line
	for n := range 6 {
		box := rectangle{left: 80, right: 530, bottom: 700 - 28*float64(n), top: 716 - 28*float64(n)}
		first = append(first, line{text: "文", size: 16, box: box})
		second = append(second, line{text: "字", size: 16, box: box})
	}
	got := layOut([]*page{{lines: first, box: rectangle{right: 595, top: 842}}, {lines: second, box: rectangle{right: 595, top: 842}}})
	if got != "文文文文文文字字字字字字" {
		t.Errorf("got %q", got)
	}
}

func TestRowsOfTables(t *testing.T) {
	row := func(text string, starts ...cellStart) line {
		return line{text: text, size: 12, starts: starts, box: rectangle{left: 80, right: 500, bottom: 300, top: 312}}
	}
	wide := func(at int, left float64) cellStart { return cellStart{at: at, left: left, wide: true} }
	cases := []struct {
		name  string
		lines []line
		want  string
	}{
		{"three cells", []line{row("甲 乙 丙", wide(4, 150), wide(8, 250))}, "甲 | 乙 | 丙"},
		{"a narrow gap beside a wide one", []line{row("甲 乙 丙", wide(4, 150), cellStart{at: 8, left: 250})}, "甲 | 乙 | 丙"},
		{"two words far apart", []line{row("目 录", wide(4, 150))}, "目 录"},
		{"two cells above two", []line{row("甲 乙", wide(4, 150)), row("丙 丁", wide(4, 152))}, "甲 | 乙\n丙 | 丁"},
	}
	for _, c := range cases {
		if got := layOut([]*page{{lines: c.lines, box: rectangle{right: 595, top: 842}}}); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

// A row whose cells run over several lines comes cell by cell; the words of a cell and the cells of a row belong together.
func TestCellsOfSeveralLines(t *testing.T) {
	at := func(text string, left, bottom float64, starts ...cellStart) line {
		return line{text: text, size: 12, starts: starts, box: rectangle{left: left, right: left + 100, bottom: bottom, top: bottom + 12}}
	}
	wide := func(l line) line { l.box.right = 530; return l }
	cases := []struct {
		name  string
		lines []line
		want  string
	}{
		{"centred beside taller cells", []line{at("1", 80, 500), at("新建幼儿园", 120, 515), at("3所", 120, 500), at("落实用地", 240, 515), at("和资金", 240, 500), at("教育局", 380, 500), at("保障措施", 80, 470)},
			"1 | 新建幼儿园3所 | 落实用地和资金 | 教育局\n保障措施"},
		{"first lines on one height", []line{at("1 新建幼儿园", 80, 515, cellStart{at: 2, left: 120, wide: true}), at("3所", 120, 500), at("落实用地", 240, 515)},
			"1 | 新建幼儿园3所 | 落实用地"},
		{"short paragraphs", []line{wide(at("上文。", 80, 540)), at("甲段", 104, 515), at("乙段", 104, 490), wide(at("下文。", 80, 465))}, "上文。\n甲段\n乙段\n下文。"},
		{"two columns of text", []line{at("左栏", 80, 300), at("右栏", 300, 700)}, "左栏\n右栏"},
	}
	for _, c := range cases {
		if got := layOut([]*page{{lines: c.lines, box: rectangle{right: 595, top: 842}}}); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

// A number in the first column of a table near the edge of a page is no page number.
func TestNumbersOfRowsStay(t *testing.T) {
	at := func(text string, bottom float64) line {
		return line{text: text, size: 12, box: rectangle{left: 80, right: 120, bottom: bottom, top: bottom + 12}}
	}
	p := &page{lines: []line{at("任务", 790), at("1", 770), at("正文", 400), at("2", 60), at("— 3 —", 30)}, box: rectangle{right: 595, top: 842}}
	dropFurniture([]*page{p})
	if len(p.lines) != 4 || p.lines[1].text != "1" || p.lines[3].text != "2" {
		t.Errorf("got %+v", p.lines)
	}
}
