package reading

import (
	"strings"
	"unicode/utf8"
)

// metaKeys are the names of the fields that pages of governments print above a document.
var metaKeys = []string{"索引号", "索 引 号", "信息索引", "主题分类", "体裁分类", "服务对象", "分类", "发文机关", "发布机构", "发文单位", "发布单位",
	"公开责任部门", "责任部门", "制发机关", "信息来源", "来源", "成文日期", "生成日期", "发文日期", "印发日期", "发布日期", "发布时间", "公开日期", "有效性", "公文时效", "时效",
	"标题", "信息名称", "名称", "发文字号", "文号", "公开方式", "公开范围", "主题词", "关键词", "废止日期", "生效日期", "浏览次数", "字号", "作者", "编辑", "打印"}

// metaField reads a line "索引号：…". Fields without a colon need white space before the value.
func metaField(s string) (key, value string, ok bool) {
	for _, k := range metaKeys {
		rest, found := strings.CutPrefix(s, k)
		if !found {
			continue
		}
		r, size := utf8.DecodeRuneInString(rest)
		if rest == "" {
			return k, "", true
		}
		if r == ':' || r == '：' || isSpace(r) || r == '|' {
			return squeeze(k), strings.Trim(rest[size:], ":： 　\t|"), true
		}
	}
	return "", "", false
}

// isFurniture tells whether the line belongs to the page or to the letter of issue, not to the plan.
func isFurniture(s string) bool {
	if _, _, ok := metaField(s); ok {
		return true
	}
	switch {
	case hasAnyPrefix(s, []string{"首页", "当前位置", "您所在的位置", "您的位置", "上一篇", "下一篇", "打印本页", "关闭窗口", "扫一扫", "分享到", "责任编辑", "相关附件", "附件下载"}):
		return runes(s, 121) <= 120
	case runes(s, 40) < 40 && (isDateLine(s) || isIssuer(s) || isDocNumber(s)):
		return true
	case strings.HasPrefix(s, "(此件") || strings.HasPrefix(s, "（此件") || strings.HasPrefix(s, "抄送"):
		return true
	case containsAny(s, []string{"现印发给你们", "印发给你们", "现予印发", "请认真贯彻", "请遵照执行", "请结合实际", "请认真组织实施"}):
		return runes(s, 201) <= 200
	}
	last, _ := utf8.DecodeLastRuneInString(s)
	return (last == ':' || last == '：') && runes(s, 121) <= 120 && isAddress(s)
}

// isAddress tells whether a line that ends in a colon names those to whom a letter goes.
func isAddress(s string) bool {
	return containsAny(s, []string{"各县", "各乡", "各镇", "各区", "各市", "各州", "各旗", "各街道", "各中小学", "各学校", "各有关", "各单位", "各部门", "各办",
		"各直属", "各科室", "各局", "人民政府", "管委会", "局属", "各苏木", "各幼儿园", "各教育"})
}

// issuerEndings are the kinds of office that sign a letter.
var issuerEndings = []string{"人民政府", "办公室", "教育局", "教育体育局", "教体局", "教科局", "教育和体育局", "教育科技局", "委员会", "管委会", "管理委员会", "教育厅", "教育部", "行政公署", "行署", "县委", "市委", "区委", "州委", "盟委", "旗委", "领导小组"}

// isIssuer tells whether the line is only the name of an office.
func isIssuer(s string) bool { return isOffice(s, issuerEndings) }

// isSigner tells whether a line above a date is the name of an office.
func isSigner(s string) bool {
	return isOffice(s, []string{"局", "政府", "办公室", "委员会", "厅", "委", "办"}) && runes(s, 26) <= 25
}

func isOffice(s string, endings []string) bool {
	return runes(s, 41) <= 40 && !strings.ContainsAny(s, "。;；:：!！?？") && hasAnySuffix(squeeze(s), endings)
}

// isDateLine tells whether the line is only a date: 2024年3月15日, 二〇二四年三月十五日.
func isDateLine(s string) bool {
	s = squeeze(s)
	if runes(s, 21) > 20 || !strings.Contains(s, "年") && !strings.ContainsAny(s, "-/.") {
		return false
	}
	digits := 0
	for _, r := range s {
		switch {
		case isDigit(r) || chineseDigit(r) > 0 || r == '〇' || r == '零' || r == '○':
			digits++
		case strings.ContainsRune("年月日-/.: (（)）", r):
		default:
			return false
		}
	}
	return digits >= 4
}

// isDocNumber tells whether the line is only the number of a document: 某府办〔2024〕1号.
func isDocNumber(s string) bool {
	s = squeeze(s)
	return runes(s, 31) <= 30 && docNumberIn(s) == s && s != ""
}

// docNumberIn returns the first number of a document in the text.
func docNumberIn(s string) string {
	for at := 0; at < len(s); {
		open := strings.IndexAny(s[at:], "〔[（(【")
		if open < 0 {
			return ""
		}
		open += at
		_, size := utf8.DecodeRuneInString(s[open:])
		year, end := readDigits(s, open+size)
		closing, closingSize := utf8.DecodeRuneInString(s[end:])
		at = open + size
		if year < 1980 || year > 2100 || !strings.ContainsRune("〕])）】", closing) {
			continue
		}
		number, stop := readDigits(s, skipSpace(s, end+closingSize))
		if number == 0 || !strings.HasPrefix(s[stop:], "号") {
			continue
		}
		from := open
		for from > 0 {
			r, size := utf8.DecodeLastRuneInString(s[:from])
			if !isHan(r) || open-from > 3*12 {
				break
			}
			from -= size
		}
		if from < open {
			return s[from : stop+len("号")]
		}
	}
	return ""
}
