package noise

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"unicode"
)

// pageMarks breaks a sentence at the end of each page and writes the number of the next page there.
func pageMarks(text string, random *rand.Rand) string {
	runes := []rune(text)
	var out strings.Builder
	out.WriteString("1、")
	page, next := 2, 280+random.IntN(120)
	for i, r := range runes {
		if i >= next && unicode.Is(unicode.Han, r) && i > 0 && unicode.Is(unicode.Han, runes[i-1]) {
			fmt.Fprintf(&out, "\n%d、", page)
			page, next = page+1, i+280+random.IntN(120)
		}
		out.WriteRune(r)
	}
	return out.String()
}

// runTogether joins the paragraphs of each page into one line, as sites do that show a document page by page.
func runTogether(text string, random *rand.Rand) string {
	return pageMarks(strings.ReplaceAll(strings.TrimSuffix(text, "\n"), "\n", ""), random) + "\n"
}

// pageFeet puts a line with the number of the page after every dozen paragraphs or so, in one style a text.
func pageFeet(text string, random *rand.Rand) string {
	lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	pages := len(lines)/12 + 1
	styles := []func(int) string{
		func(n int) string { return fmt.Sprintf("第 %d 页 共 %d 页", n, pages) },
		func(n int) string { return fmt.Sprintf("第%d页/共%d页", n, pages) },
		func(n int) string { return fmt.Sprintf("— %d —", n) },
		func(n int) string { return fmt.Sprintf("- %d -", n) },
		func(n int) string { return fmt.Sprintf("%d / %d", n, pages) },
	}
	style := styles[random.IntN(len(styles))]
	var out strings.Builder
	page := 1
	for i, line := range lines {
		out.WriteString(line + "\n")
		if i%12 == 11 || i == len(lines)-1 {
			out.WriteString(style(page) + "\n")
			page++
		}
	}
	return out.String()
}

func title(text string) string {
	first, _, _ := strings.Cut(text, "\n")
	return first
}

// furniture puts what stands around the text of a page above and below it.
func furniture(text string, random *rand.Rand) string {
	heads := []string{
		"网站首页 | 机构概况 | 政务公开 | 政务服务 | 互动交流 | 专题专栏",
		"您当前的位置：首页 > 政务公开 > 规划计划 > 正文",
		"设为首页  加入收藏  无障碍浏览  繁体版",
		"打印本页 关闭窗口 字体：[大 中 小]",
		"来源：本站 作者：管理员 点击数：1306 更新时间：2023-06-18",
		"浏览次数：2047次 分享到：微信 微博 QQ空间",
		"当前位置：首页>>信息公开>>法定主动公开内容",
	}
	feet := []string{
		"上一篇：关于召开全县教育工作会议的通知",
		"下一篇：没有了",
		"【打印】 【关闭】 【返回顶部】",
		"版权所有 未经许可不得转载 备案号：00000000号 网站标识码：0000000000",
		"主办单位：本级人民政府办公室 技术支持：信息中心 联系电话：0000-0000000",
		"扫一扫在手机打开当前页",
		"相关附件：点击下载",
		"免责声明：本文来源于网络，如有侵权请联系删除。",
		"您访问的链接即将离开本网站，是否继续？",
	}
	random.Shuffle(len(heads), func(i, j int) { heads[i], heads[j] = heads[j], heads[i] })
	random.Shuffle(len(feet), func(i, j int) { feet[i], feet[j] = feet[j], feet[i] })
	return strings.Join(heads[:4], "\n") + "\n" + text + strings.Join(feet[:5], "\n") + "\n"
}

// metadata puts the table of a government page above the text, as such pages give it: one field a line, then again two fields a line.
func metadata(text string, random *rand.Rand) string {
	index := fmt.Sprintf("%08d%09dX/2023-%05d", random.IntN(1e8), random.IntN(1e9), random.IntN(1e5))
	fields := [][2]string{{"索 引 号", index}, {"主题分类", "科技、教育;教育"}, {"发文机关", "人民政府办公室"}, {"成文日期", "2023年06月15日"},
		{"标      题", title(text)}, {"发布日期", "2023年06月18日"}, {"公文时效", "有效"}, {"关 键 词", "教育；规划；通知"}}
	var out strings.Builder
	for _, f := range fields {
		out.WriteString(f[0] + "： | " + f[1] + " |\n")
	}
	for i := 0; i+1 < len(fields); i += 2 {
		out.WriteString(fields[i][0] + "： | " + fields[i][1] + " | " + fields[i+1][0] + "： | " + fields[i+1][1] + " |\n")
	}
	return out.String() + text
}

func paragraphMarks(text string, random *rand.Rand) string {
	marks := []string{"¶", "п", "Ґ", "\u00b6", "\u21b5", "Г"}
	mark := marks[random.IntN(len(marks))]
	var out strings.Builder
	for line := range strings.Lines(text) {
		out.WriteString(strings.TrimSuffix(line, "\n") + mark + "\n")
	}
	return out.String()
}

// hardWraps breaks every line after some forty characters.
func hardWraps(text string, random *rand.Rand) string {
	width := 36 + random.IntN(8)
	var out strings.Builder
	for line := range strings.Lines(text) {
		for i, r := range []rune(line) {
			if i > 0 && i%width == 0 && r != '\n' {
				out.WriteByte('\n')
			}
			out.WriteRune(r)
		}
	}
	return out.String()
}

// runningHeads repeats the title as the head of every page.
func runningHeads(text string, random *rand.Rand) string {
	lines := strings.SplitAfter(text, "\n")
	var out strings.Builder
	for i, line := range lines {
		if i > 0 && i%15 == 0 && line != "" {
			out.WriteString(title(text) + "\n")
		}
		out.WriteString(line)
	}
	return out.String()
}

func indents(text string, random *rand.Rand) string {
	var out strings.Builder
	for line := range strings.Lines(text) {
		out.WriteString([]string{"　　", "\t", "    ", "\u00a0\u00a0", "\u200b"}[random.IntN(5)])
		out.WriteString(strings.TrimSuffix(line, "\n"))
		out.WriteString([]string{"\n", " \r\n", "\n\n", "　\n\n\n"}[random.IntN(4)])
	}
	return out.String()
}
