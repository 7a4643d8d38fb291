package reading

import (
	"fmt"
	"strings"
	"testing"

	"jiaoheng/document"
)

func draftOf(text string) Draft {
	return Read(document.Document{Clean: document.Identity(text)})
}

func FuzzRead(f *testing.F) {
	for _, seed := range []string{"", "一", "一、", "(一)", "1.", "专栏1", "附件：1.甲\n2.乙", "第一章 总则\n第一节 目标\n到2030年，入园率达到90%。",
		"甲县教育发展规划\n一、任务\n(三)加强管理。建立督导机制。\n“未闭合", "一是。二是；三是", "《》”“)(）（", "|a|b|\n|c|d|", "目录\n一、甲\n二、乙\n三、丙\n一、甲\n", "\xff\xfe一、\xe4\xb8"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		draft := draftOf(text)
		text = validText(text)
		for _, h := range draft.Outline {
			checkSpan(t, text, h.Origin, "")
		}
		for _, k := range draft.Tasks {
			checkSpan(t, text, k.Origin, k.Sentence)
		}
		for _, p := range draft.Projects {
			checkSpan(t, text, p.Origin, "")
		}
		for _, m := range draft.Mechanisms {
			checkSpan(t, text, m.Origin, "")
		}
	})
}

func checkSpan(t *testing.T, text string, o Origin, sentence string) {
	t.Helper()
	if o.CleanSpan.From < 0 || o.CleanSpan.From > o.CleanSpan.To || o.CleanSpan.To > len(text) {
		t.Fatalf("span %v outside the text of %d bytes", o.CleanSpan, len(text))
	}
	if sentence != "" && text[o.CleanSpan.From:o.CleanSpan.To] != sentence {
		t.Fatalf("span %v holds %q, not %q", o.CleanSpan, text[o.CleanSpan.From:o.CleanSpan.To], sentence)
	}
	if o.Sentence != "" && !strings.Contains(text, o.Sentence) {
		t.Fatalf("%q is not in the text", o.Sentence)
	}
}

// Every character that is no white space stands in exactly one sentence.
func TestSentencesCoverTheText(t *testing.T) {
	text := planOf(20)
	l := layOut(document.Document{Clean: document.Identity(text)})
	at := 0
	for _, s := range l.sentences {
		if s.Span.From < at {
			t.Fatalf("%q begins before byte %d", s.Text, at)
		}
		if gap := strings.TrimSpace(text[at:s.Span.From]); gap != "" {
			t.Fatalf("%q stands in no sentence", gap)
		}
		if text[s.Span.From:s.Span.To] != s.Text {
			t.Fatalf("span and text of %q differ", s.Text)
		}
		at = s.Span.To
	}
	if rest := strings.TrimSpace(text[at:]); rest != "" {
		t.Fatalf("%q stands in no sentence", rest)
	}
}

// planOf writes a plan of our own with n measures.
func planOf(n int) string {
	var b strings.Builder
	b.WriteString("青梧县“十五五”教育发展规划\n为办好人民满意的教育，特制定本规划。\n一、发展基础\n2025年，全县学前三年毛入园率达到93.1%。\n二、发展目标\n到2030年，九年义务教育巩固率达到98.5%以上。\n三、主要任务\n")
	for i := range n {
		fmt.Fprintf(&b, "(%s)提升课堂教学质量。各学校要落实集体备课制度，校长每学期听课不少于%d节。实施“青蓝”结对工程，培养骨干教师%d名。建立教学质量监测机制，县教育局每年开展一次专项督导，督导结果向社会公布。\n", chineseNumeral(i%90+1), 10+i%30, 20+i)
	}
	b.WriteString("四、保障措施\n(一)加强组织领导。县教育工作领导小组统筹推进，定期研究重大问题。\n")
	return b.String()
}

// The time grows with the length of the text and no faster, whatever the text is made of.
func TestHostileTextsAreRead(t *testing.T) {
	cases := []struct{ name, text string }{
		{"empty", ""},
		{"one line", "青梧县教育发展规划"},
		{"a megabyte of one line", strings.Repeat("加强管理", 1<<18/3)},
		{"a megabyte of clauses", strings.Repeat("加强管理，", 1<<18/4)},
		{"quotes that never close", strings.Repeat("“《（", 50000)},
		{"a hundred thousand headings", strings.Repeat("1.甲\n", 100000)},
		{"headings that count up", strings.Repeat("一、甲\n(一)乙\n1.丙\n(1)丁\n①戊\n", 20000)},
		{"boxes without end", strings.Repeat("专栏1 某某工程\n甲项目。乙丙。\n", 20000)},
		{"contents only", strings.Repeat("一、甲……1\n二、乙……2\n", 20000)},
		{"annexes", strings.Repeat("附件：1.甲\n2.乙\n", 20000)},
		{"first parts without a second", strings.Repeat("甲乙丙。1.丁", 60000)},
		{"mechanisms without a stop", "青梧县教育规划\n一、任务\n" + strings.Repeat("健全督导机制", 60000)},
		{"projects without a stop", "青梧县教育规划\n一、任务\n" + strings.Repeat("实施丙丁戊己工程", 40000)},
		{"quoted projects", "青梧县教育规划\n一、任务\n" + strings.Repeat("“甲乙”工程", 60000)},
		{"points", "青梧县教育规划\n一、任务\n" + strings.Repeat("一是甲；二是乙；", 30000)},
		{"duties", "青梧县教育规划\n一、任务\n" + strings.Repeat("组织鼓励学校对教师进行考核", 30000)},
		{"fields", strings.Repeat("索引号 ", 100000)},
		{"titles", strings.Repeat("某某规划\n", 100000)},
		{"cells", strings.Repeat("|1|2|3|\n", 50000)},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) { draftOf(c.text) })
	}
}

func BenchmarkRead50k(b *testing.B) {
	text := planOf(700)
	runes := 0
	for range text {
		runes++
	}
	text = text[:len(text)*50000/runes]
	d := document.Document{Clean: document.Identity(strings.ToValidUTF8(text, ""))}
	b.ReportAllocs()
	for b.Loop() {
		Read(d)
	}
}
