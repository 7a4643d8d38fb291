package html_test

import (
	"fmt"
	"strings"
	"testing"

	"jiaoheng/document"
	"jiaoheng/fault"
	"jiaoheng/intake/html"
)

func TestTextOfPages(t *testing.T) {
	long := strings.Repeat("长", 500)
	cases := []struct{ name, page, want string }{
		{"blocks and breaks", "<html><head><title>题</title></head><body><h1>规划</h1><p>　　第一段<br>第二行</p><div>三</div>", "规划\n第一段\n第二行\n三"},
		{"inline elements", "<p>达到<b>9</b><span>6%</span></p>", "达到96%"},
		{"references", "<p>A&amp;B&nbsp;&nbsp;&#25945;&lt;&unknown;&ldquo;</p>", "A&B 教<&unknown;“"},
		{"blanks", "<p>\n  two\n\twords \n</p>  <p>三</p>", "two words\n三"},
		{"left out", "<script>x='<p>坏</p>'</script><style>p{}</style><nav>首页</nav><div style='display: none'>藏<div>深</div></div><footer>版权</footer><p>文</p><!-- 注 -->", "文"},
		{"a block of links", "<div><ul><li><a>首页</a><li><a>新闻</a><li><a>公开</a></ul></div><p>正文</p>", "正文"},
		{"furniture by name", "<div class='bread-crumb'>当前位置：首页</div><p>正文</p><div id=footer><p>主办单位</p></div>", "正文"},
		{"links in a text", "<p>根据<a>《某办法》</a><a>《某意见》</a>和<a>《某规定》</a>，制定本方案。加强领导。提高质量。</p>", "根据《某办法》《某意见》和《某规定》，制定本方案。加强领导。提高质量。"},
		{"a form around the page", "<form id=form1><p>一。</p><p>二。</p><p>三。</p></form>", "一。\n二。\n三。"},
		{"only a menu", "<div class=nav>教育规划</div>", "教育规划"},
		{"a menu without end", "<p>前</p><nav>首页<p>后</p>", "前\n首页\n后"},
		{"pinyin above characters", "<p><ruby>教<rp>(</rp><rt>jiào</rt><rp>)</rp></ruby>育</p>", "教育"},
		{"table of data", "<table><tr><th>指标</th><th>目标</th></tr><tr><td><p>巩固率</p><p>（%）</p></td><td>96</td></tr><tr><td></td><td>尾</td></tr></table><p>后</p>", "指标 | 目标\n巩固率 （%） | 96\n| 尾\n后"},
		{"table without ends", "<table><tr><td>甲<td>乙<tr><td>丙<td>丁</table>", "甲 | 乙\n丙 | 丁"},
		{"table that lays out", "<table><tr><td>菜单</td><td><p>" + long + "</p><p>二</p></td></tr></table>", "菜单\n" + long + "\n二"},
		{"table in a table", "<table><tr><td>左</td><td><table><tr><td>甲</td><td>乙</td></tr></table></td></tr></table>", "左\n甲 | 乙"},
		{"box of one column", "<table><tr><td><p>专栏1</p><p>1. 新建</p></td></tr></table>", "专栏1\n1. 新建"},
		{"ordered list", "<ol start=3><li>甲<li>乙<ul><li>点</li></ul></li></ol><ol type=a><li>丙</ol>", "3. 甲\n4. 乙\n点\n丙"},
		{"preformatted", "<pre>一\n二</pre>", "一\n二"},
		{"upper case and stray ends", "</div><P>甲</P></table></ol>乙", "甲\n乙"},
		{"cut off", "<p>甲<b>乙<a href=\"x", "甲乙"},
	}
	for _, c := range cases {
		source, err := html.Read("a.html", document.Identity(c.page), "utf-8")
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if source.Text.Text != c.want {
			t.Errorf("%s: got %q, want %q", c.name, source.Text.Text, c.want)
		}
	}
}

func TestBlocksAndSpans(t *testing.T) {
	page := "<h2>目&#26631;</h2><ol><li>甲</ol><table><tr><td>乙</td><td>丙</td></tr></table>"
	source, err := html.Read("a.html", document.Identity(page), "gb18030")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, b := range source.Blocks {
		origin := source.Text.Origin(b.Span)
		got = append(got, fmt.Sprintf("%s %d %q %d,%d,%d %s", b.Kind, b.Level, b.Label, b.Table, b.Row, b.Column, page[origin.From:origin.To]))
	}
	want := "heading 2 \"\" 0,0,0 目&#26631;\nlist 1 \"1.\" 0,0,0 甲\ncell 0 \"\" 1,0,0 乙\ncell 0 \"\" 1,0,1 丙"
	if strings.Join(got, "\n") != want || source.Format != "html" || source.Encoding != "gb18030" {
		t.Errorf("%s %s, got\n%s\nwant\n%s", source.Format, source.Encoding, strings.Join(got, "\n"), want)
	}
}

func TestFaults(t *testing.T) {
	cases := []struct{ name, page, code string }{
		{"no text", "<html><body><script>var a</script><p>&nbsp;</p>", "intake.no_text"},
		{"too large", strings.Repeat(" ", html.MaxBytes+1), "intake.too_large"},
	}
	for _, c := range cases {
		_, err := html.Read("a.html", document.Identity(c.page), "utf-8")
		if faults := fault.Of(err); len(faults) != 1 || faults[0].Code != c.code {
			t.Errorf("%s: got %v, want %s", c.name, err, c.code)
		}
	}
}

func FuzzHtml(f *testing.F) {
	f.Add("<p>甲&amp;乙<table><tr><td>一<td>二</table><ol><li>三")
	f.Fuzz(func(t *testing.T, page string) {
		source, err := html.Read("a.html", document.Identity(page), "utf-8")
		if err != nil {
			if fault.Of(err) == nil {
				t.Fatalf("no fault: %v", err)
			}
			return
		}
		last := 0
		for _, b := range source.Blocks {
			if b.Span.From < last || b.Span.To < b.Span.From || b.Span.To > len(source.Text.Text) {
				t.Fatalf("block %+v", b)
			}
			last = b.Span.To
		}
	})
}
