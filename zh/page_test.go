package zh_test

import (
	"fmt"
	"strings"
	"testing"

	"jiaoheng/zh"
)

const sentence = "进一步完善乡村学校的基础设施，统筹安排经费，加强教师培训，推动各学段协调发展，让每个孩子都能享有公平而有质量的教育。"

func TestSequenceMarksAreTakenOut(t *testing.T) {
	body := []rune(strings.Repeat(sentence, 20))
	var cut, inline strings.Builder
	for i := 0; i*250 < len(body); i++ {
		piece := string(body[i*250 : min(len(body), i*250+250)])
		fmt.Fprintf(&cut, "%d、%s\n", i+1, piece)
		fmt.Fprintf(&inline, "%d、%s", i+1, piece)
	}
	for name, text := range map[string]string{"on lines": cut.String(), "inline": inline.String()} {
		if got := strings.TrimSpace(zh.Apply(text, zh.Pages(text))); got != string(body) {
			t.Errorf("%s: got %q", name, got)
		}
	}
	list := "主要任务：\n1、" + sentence + "\n2、" + sentence + "\n3、" + sentence + "\n4、" + sentence + "\n"
	if got := zh.Apply(list, zh.Pages(list)); got != list {
		t.Errorf("a list lost its numbers: %q", got)
	}
}

func TestPages(t *testing.T) {
	const header = "某某县教育事业发展规划"
	run(t, zh.Pages, []repairCase{
		{"dashed line", "推进城乡\n- 3 -\n教育公平。", "推进城乡\n教育公平。"},
		{"long dashes", "推进城乡\n—12—\n教育公平。", "推进城乡\n教育公平。"},
		{"named line", "推进城乡\n第 3 页 共 20 页\n教育公平。", "推进城乡\n教育公平。"},
		{"inside a sentence", "推进城乡- 3 -教育公平，提高办学- 4 -质量。", "推进城乡教育公平，提高办学质量。"},
		{"named inside a sentence", "推进城乡第3页共20页教育公平。", "推进城乡教育公平。"},
		{"years", "2021—2025年，18-60岁，每年3-5名", "2021—2025年，18-60岁，每年3-5名"},
		{"figures of a table", "序号\n1\n校舍\n2\n师资\n3\n经费\n", "序号\n1\n校舍\n2\n师资\n3\n经费\n"},
		{"running header", header + "\n一、总则\n全县学校，推进城乡\n" + header + "\n- 1 -\n教育公平，提高\n" + header + "\n- 2 -\n质量。", header + "\n一、总则\n全县学校，推进城乡\n教育公平，提高\n质量。"},
	})
}

func TestContents(t *testing.T) {
	run(t, zh.Contents, []repairCase{
		{"dots", "目录\n一、总则……1\n二、目标……3\n三、任务……12\n一、总则\n到2025年。", "目录\n一、总则\n二、目标\n三、任务\n一、总则\n到2025年。"},
		{"run on", "某县教育质量提升行动计划、指导思想1二、目标任务-2三、组织实施-31 ,优化布局-52.建强队伍8-3.改善条件12某县教育质量提升行动计划为贯彻落实",
			"某县教育质量提升行动计划、指导思想\n二、目标任务\n三、组织实施\n1.优化布局\n2.建强队伍\n3.改善条件\n某县教育质量提升行动计划为贯彻落实"},
		{"figures in a text", "一、总则\n2021年投入3，新建学校12所\n二、目标\n达到95\n三、任务\n", "一、总则\n2021年投入3，新建学校12所\n二、目标\n达到95\n三、任务\n"},
	})
}

func TestScan(t *testing.T) {
	run(t, zh.Scan, []repairCase{
		{"comma after a label", "2,推进城乡一体化", "2.推进城乡一体化"},
		{"blank before the dot", "。3 .提高质量", "。3.提高质量"},
		{"a number is no label", "共有12,345人，达到3.5%", "共有12,345人，达到3.5%"},
		{"letters in numbers", "2O25年达到l00%，新建1O所", "2025年达到100%，新建10所"},
		{"letters that are letters", "实施Ⅰ类、I类和O型项目，IT产业，AI、5G，iPad", "实施Ⅰ类、I类和O型项目，IT产业，AI、5G，iPad"},
		{"a letter for the number of a heading", "l.加强领导\n2.提高质量", "1.加强领导\n2.提高质量"},
		{"stray stroke", "开展教育培训I，多渠道", "开展教育培训，多渠道"},
		{"year of a file number", "（某府办(2018)122号）", "（某府办〔2018〕122号）"},
		{"year of a title", "行动计划(2021)，方案（2018）", "行动计划(2021)，方案（2018）"},
	})
}

func TestFurniture(t *testing.T) {
	const body = "一、总则\n" + sentence + "\n"
	run(t, zh.Furniture, []repairCase{
		{"path", "首页 > 政务公开 > 规划计划\n" + body, body},
		{"path with a name", "当前位置：首页>>教育>>正文\n" + body, body},
		{"menu", "网站首页 | 政务公开 | 互动交流\n" + body, body},
		{"bullets", "- 政务微信\n- 手机客户端\n" + body, body},
		{"counter", "日期：2021-03-04 10:11:12　来源：某县教育局　浏览：123次　字体：[大 中 小]\n" + body, body},
		{"leaving", body + "您访问的链接即将离开“某某县人民政府”门户网站，是否继续？\n", body},
		{"after the end", body + "上一篇：通知\n下一篇：没有了\n某某网站精选内容推荐\n版权所有 某某网\n", body},
		{"sharing", "《某县规划.docx》由会员分享，可在线阅读，更多相关《某县规划.docx（46页珍藏版）》请在某某文库上搜索。\n" + body, body},
		{"nothing to take", "某某县人民政府文件\n某府发〔2021〕3号\n" + body + "某某县人民政府\n2021年3月4日\n", "某某县人民政府文件\n某府发〔2021〕3号\n" + body + "某某县人民政府\n2021年3月4日\n"},
		{"table of the site stays", "索引号：112/2021-001\n发文字号：某府发〔2021〕3号\n发布日期：2021-03-04\n" + body, "索引号：112/2021-001\n发文字号：某府发〔2021〕3号\n发布日期：2021-03-04\n" + body},
	})
}

func TestRepeated(t *testing.T) {
	const body = "一、总则\n" + sentence + "\n"
	run(t, zh.Repeated, []repairCase{
		{"table in two layouts", "索 引 号: | 11/2021 |\n发布机构: | 某县教育局 |\n索 引 号: | 11/2021 | 发布机构: | 某县教育局 |\n" + body, "索 引 号: | 11/2021 |\n发布机构: | 某县教育局 |\n" + body},
		{"table with keys on lines of their own", "索引号：\n11/2021\n发布机构：\n某县教育局\n索引号：11/2021\n发布机构：某县教育局\n" + body, "索引号：\n11/2021\n发布机构：\n某县教育局\n" + body},
		{"table again with keys on lines of their own", "索引号：11/2021\n发布机构：某县教育局\n索引号：\n11/2021\n发布机构：\n某县教育局\n" + body, "索引号：11/2021\n发布机构：某县教育局\n" + body},
		{"title with the name of the site", "某某县教育质量提升行动计划_规划计划_某某县人民政府\n某某县教育质量提升行动计划\n" + body, "某某县教育质量提升行动计划\n" + body},
		{"title of page and text", "某某县教育质量提升行动计划\n发布日期：2021-03-04\n某某县教育质量提升行动计划\n" + body, "某某县教育质量提升行动计划\n发布日期：2021-03-04\n" + body},
		{"notice and plan", "关于印发《某某县教育规划》的通知\n某某县教育事业发展规划\n" + body, "关于印发《某某县教育规划》的通知\n某某县教育事业发展规划\n" + body},
	})
}

func TestSigns(t *testing.T) {
	run(t, zh.Entities, []repairCase{
		{"named", "提高&nbsp;&ldquo;双减&rdquo;质量&hellip;", "提高 “双减”质量…"},
		{"numbered", "&#25945;&#x80B2;", "教育"},
		{"twice", "A&amp;nbsp;B&amp;lt;C", "A B<C"},
		{"an ampersand", "R&D与A&B", "R&D与A&B"},
		{"tags", "教育<br/>质量<span style=\"a\">提升</span>，x<y", "教育\n质量提升，x<y"},
	})
	run(t, zh.Width, []repairCase{{"figures", "２０２５年达９５．５％，１＋Ｘ，（一）", "2025年达95.5%，1+X，（一）"}})
	run(t, zh.Form, []repairCase{{"line ends and unseen", "\uFEFFa\r\nb\rc\u200Bd\u00ADe\u2028f", "a\nb\ncde\nf"}})
	run(t, zh.Tidy, []repairCase{
		{"blanks and empty lines", "\n　　一、总则  \n\n \n加强领导。\n", "一、总则\n加强领导。\n"},
		{"bar of a box", "专栏1 工程 |\n| 甲 | 乙 |\n", "专栏1 工程\n| 甲 | 乙 |\n"},
		{"nothing", "一、总则\n加强领导。", "一、总则\n加强领导。"},
	})
	run(t, zh.Marks, []repairCase{
		{"indent read as Cyrillic", "ЎЎЎЎ加强领导。\nЎЎЎЎ提高质量。", "加强领导。\n提高质量。"},
		{"indent read as Latin", "¡¡¡¡加强领导。\nã€€ã€€提高质量。", "加强领导。\n提高质量。"},
		{"paragraphs run together", "加强领导。ЎЎЎЎ提高质量。", "加强领导。\n提高质量。"},
		{"inside a word", "加强领Ж导。", "加强领导。"},
		{"bullets of a symbol font", "l 加强领导\nl 提高质量\n", "加强领导\n提高质量\n"},
		{"private use", "\uF06C加强领导", "加强领导"},
		{"foreign words", "与Москва结对", "与Москва结对"},
	})
}
