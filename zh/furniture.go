package zh

import (
	"strings"
	"unicode/utf8"
)

// maxFurniture is the longest line, in characters, that can be furniture; notices of sites run to two sentences.
const maxFurniture = 160

// Furniture finds the lines of a page that are not its text: menus, the path to the page, counters, sharing,
// notices of the site, adverts and everything after the end of the text. Each line is judged by words of the web.
func Furniture(text string) []Edit {
	all := lines(text)
	gone := make([]bool, len(all))
	for i, l := range all {
		gone[i] = isFurniture(l.text)
	}
	markHead(all, gone)
	markTail(all, gone)
	var edits []Edit
	for i, l := range all {
		if gone[i] {
			edits = append(edits, l.drop(text, "furniture"))
		} else if len(l.text) > 4*maxFurniture {
			edits = append(edits, sharedSentences(text, l)...)
		}
	}
	return edits
}

// isFurniture judges one line by itself.
func isFurniture(s string) bool {
	if s == "" || len(s) > 4*maxFurniture {
		return false
	}
	count := utf8.RuneCountInString(s)
	if count > maxFurniture || isMetadata(s) {
		return false
	}
	return isPath(s) || isViewer(s, count) || isMenu(s, count) || isCounter(s, count) || isNotice(s) || isPager(s) || isAdvert(s)
}

// sharedSentences finds the sentence of a site that trades in documents where it was run together with the text: at the
// beginning of a line, after its number, or at the end.
func sharedSentences(text string, l line) []Edit {
	var edits []Edit
	from := l.from + strings.Index(text[l.from:l.to], l.text)
	if own, ok := labelAt(text[from:l.to]); ok {
		from += own.end
	}
	if n := strings.Index(text[from:min(l.to, from+4*maxFurniture)], "。"); n >= 0 && sharing.count(text[from:from+n]) >= 2 {
		edits = append(edits, Edit{From: from, To: from + n + len("。"), Rule: "furniture"})
		from += n + len("。")
	}
	body := strings.TrimSuffix(strings.TrimRightFunc(text[from:l.to], isBlank), "。")
	last := strings.LastIndex(body, "。")
	if last >= 0 && len(body)-last < 4*maxFurniture && sharing.count(body[last:]) >= 2 {
		edits = append(edits, Edit{From: from + last + len("。"), To: l.to, Rule: "furniture"})
	}
	return edits
}

// isPath knows 首页 > 政务公开 > 正文.
func isPath(s string) bool {
	if strings.ContainsAny(s, "。；") {
		return false
	}
	marked := newPath.starts(s)
	signs := strings.Count(s, ">") + strings.Count(s, "»") + strings.Count(s, "›") + strings.Count(s, "＞")
	if strings.Contains(s, ">>") || strings.Contains(s, "»") || signs >= 2 {
		return true
	}
	if marked && (signs > 0 || strings.ContainsAny(s, "/-→|") || strings.ContainsAny(s, ":：")) {
		return true
	}
	return signs > 0 && (strings.Contains(s, "首页") || strings.HasSuffix(s, "正文"))
}

var newPath = newWords("首页 网站首页 返回首页 当前位置 您的位置 您现在的位置 您所在的位置 您当前的位置 你的位置 所在位置 现在位置 位置：  位置:")

// isViewer knows 还剩5页未读，继续阅读 and the like.
func isViewer(s string, count int) bool {
	return count <= 60 && !strings.Contains(s, "。") && !startsLabel(s) && viewerWords.in(s)
}

// isMenu knows lines that hold nothing but words of menus.
func isMenu(s string, count int) bool {
	if count < 2 || count > 80 || !menuWords.in(s) {
		return false
	}
	if last, _ := before(s, len(s)); (last == '：' || last == ':') && !tailHeads.starts(s) {
		return false // a heading of the text: 政策解读：
	}
	return menuWords.rest(s) == "" && !isNumber(s)
}

func isNumber(s string) bool { return strings.Trim(s, "0123456789") == "" }

// isCounter knows 日期:… 来源:… 浏览:… 字体:[大 中 小].
func isCounter(s string, count int) bool {
	if count > 100 || strings.ContainsAny(s, "。，、；") || !countsReaders(s) {
		return false
	}
	rest := utf8.RuneCountInString(pageWords.rest(s))
	return rest == 0 || rest <= 16 && strings.ContainsAny(s, ":：[【(（")
}

// countsReaders tells whether a line holds a word of counters; 发文字号 is no size of letters.
func countsReaders(s string) bool {
	return counterWords.in(strings.ReplaceAll(s, "发文字号", ""))
}

func isNotice(s string) bool {
	if sharing.in(s) || !notices.in(s) {
		return sharing.in(s)
	}
	return !startsLabel(s)
}

// isPager knows 上一页 [1] [2] [3] 下一页, 上一篇：…
func isPager(s string) bool {
	bare := strings.TrimLeft(s, "[【<《·•-—| ")
	for _, head := range []string{"上一篇", "下一篇", "上一条", "下一条", "上一页", "下一页", "返回顶部", "返回列表", "返回上一页", "回到顶部", "【打印", "【关闭"} {
		if strings.HasPrefix(bare, head) || strings.HasPrefix(s, head) {
			return true
		}
	}
	return strings.Contains(s, "[1]") && strings.Contains(s, "[2]") && menuWords.rest(s) == ""
}

// isAdvert knows lines of addresses and of catch words strung together.
func isAdvert(s string) bool {
	lower := strings.ToLower(s)
	if strings.ContainsAny(s, "。") {
		return false
	}
	if (strings.Contains(lower, "http://") || strings.Contains(lower, "https://") || strings.Contains(lower, "www.")) && !strings.Contains(lower, ".gov.cn") {
		return hanCount(s) <= 20
	}
	if parts := strings.FieldsFunc(s, func(r rune) bool { return r == '_' || r == '|' }); len(parts) >= 3 && strings.Count(s, "_") >= 2 {
		return true
	}
	return strings.Count(lower, "下载") >= 2 && strings.Contains(lower, "app") || s == "广告"
}

func hanCount(s string) int {
	n := 0
	for _, r := range s {
		if isHan(r) {
			n++
		}
	}
	return n
}

// isBody tells whether a line surely belongs to the text: a heading with its number or a long sentence.
func isBody(s string) bool {
	return startsLabel(s) || hanCount(s) >= 30 && strings.ContainsAny(s, "。；，,;")
}

// documentWords stand in titles, senders and file numbers of official documents.
var documentWords = newWords("规划 计划 方案 意见 通知 纲要 解读 办法 附件 文件 政府办 人民政府 教育局 委员会 办公室 号 年")

// siteWords end the names of parts of a site.
var siteWords = newWords("网 网站 微信 微博 专栏 频道 平台 门户 客户端 登录 注册 首页 公开 服务 互动 新闻 动态 公告 导航 搜索 版")

// markHead takes out the menu before the text: lines that begin with a bullet, or end like the name of a part of a
// site, while no line of the text has come.
func markHead(all []line, gone []bool) {
	for i, l := range all {
		s := l.text
		if s == "" || gone[i] {
			continue
		}
		bare := strings.TrimLeft(s, "-·•*◆■●>|»› ")
		if isBody(s) || utf8.RuneCountInString(bare) > 12 || documentWords.in(bare) && bare == s || isMetadata(s) {
			return
		}
		if bare == s && !endsIn(s, siteWords) {
			return
		}
		gone[i] = true
	}
}

func endsIn(s string, w *words) bool {
	for at := range s {
		if word := w.at(s[at:]); word != "" && at+len(word) == len(s) {
			return true
		}
	}
	return false
}

// markTail takes out everything from the first line that stands after the end of a text, when nothing of the text follows.
func markTail(all []line, gone []bool) {
	last := len(all) - 1
	for last >= 0 && (gone[last] || !isBody(all[last].text) || notices.in(all[last].text) && !startsLabel(all[last].text)) {
		last--
	}
	if last < 0 {
		return
	}
	for i := last + 1; i < len(all); i++ {
		if !tailHeads.starts(strings.TrimLeft(all[i].text, "[【（(·•-—|> ")) && !isPager(all[i].text) {
			continue
		}
		for ; i < len(all); i++ {
			gone[i] = gone[i] || all[i].text != ""
		}
	}
}
