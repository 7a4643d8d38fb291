package zh

import "strings"

// metadataKeys are the fields of the table that government sites show above a document.
var metadataKeys = newWords("索引号 信息索引 信息索引号 分类 主题分类 信息分类 组配分类 体裁分类 主题词 关键词 发文机关 发布机关 发布机构 发布单位 制发机关 发文单位 公开主体 公开机构 责任部门 成文日期 生成日期 发文日期 印发日期 发布日期 发布时间 公开日期 公开时间 生效日期 实施日期 施行日期 废止日期 失效日期 标题 名称 信息名称 文件名称 文号 发文字号 文件编号 公文时效 有效性 时效性 效力状态 文件状态 公开方式 公开形式 公开范围 公开类别 公开时限 内容概述 内容摘要 信息来源 载体类型 语种 记录形式 所属栏目")

// field is one key of a metadata table with its value, white space and rules left out.
type field struct{ key, value string }

// isMetadata tells whether a line is a row of a metadata table.
func isMetadata(s string) bool { return len(fields(s)) > 0 && !isReadersCount(s) }

// isReadersCount tells whether a line of dates also counts readers, which makes it furniture.
func isReadersCount(s string) bool {
	return countsReaders(s) && !strings.Contains(s, "索引号")
}

// fields reads a row such as 索 引 号: | … | 分 类: | … | or 发布机构 教育局 发文字号. It is empty when the line does
// not begin with a key.
func fields(s string) []field {
	if len(s) > 1200 {
		return nil
	}
	tight := strings.Map(func(r rune) rune {
		if isBlank(r) {
			return -1
		}
		return r
	}, s)
	tight = strings.TrimLeft(tight, "|【[")
	var all []field
	for at := 0; at < len(tight); {
		key := metadataKeys.at(tight[at:])
		sign := strings.HasPrefix(tight[at+len(key):], ":") || strings.HasPrefix(tight[at+len(key):], "：") || strings.HasPrefix(tight[at+len(key):], "|") || strings.HasPrefix(tight[at+len(key):], "】")
		// Without a sign only a key with a blank or the end after it counts.
		if key != "" && (sign || spaced(s, key)) {
			all = append(all, field{key: key})
			at += len(key)
			continue
		}
		if len(all) == 0 {
			return nil
		}
		_, size := after(tight, at)
		all[len(all)-1].value += tight[at : at+size]
		at += size
	}
	for i := range all {
		all[i].value = strings.Trim(all[i].value, ":：|】]")
	}
	return all
}

// spaced tells whether key stands in s with a blank or the end of the line after it and the start or a blank before it.
func spaced(s, key string) bool {
	at := strings.Index(s, key)
	if at < 0 {
		return false
	}
	last, _ := before(s, at)
	next, _ := after(s, at+len(key))
	return (at == 0 || isBlank(last)) && (next == 0 || isBlank(next))
}

// headLines is how far down the table of a page and its repeated title are looked for.
const headLines = 60

// Repeated finds what a page gives twice before its text begins: the metadata table in a second layout and the
// title as title of the page (with the name of the site behind it or not) and of the text.
func Repeated(text string) []Edit {
	seen := map[field]bool{}
	titles := map[string]bool{}
	named := map[string]line{} // titles of the page with the name of the site behind them, by the title
	var edits []Edit
	pending, alone := "", line{} // a key that stands alone on its line
	all := lines(text)
	for i := 0; i < len(all) && i < headLines; i++ {
		s := all[i].text
		if s == "" {
			continue
		}
		if pending == "" && isBody(s) && !isMetadata(s) {
			break
		}
		found, key := fields(s), pending
		if pending != "" && len(found) == 0 {
			found = []field{{pending, strings.Map(dropBlank, s)}}
		}
		pending = ""
		if len(found) == 1 && found[0].value == "" {
			pending, alone = found[0].key, all[i]
		}
		tight := strings.Map(dropBlank, s)
		switch {
		case len(found) > 0:
			if allSeen(seen, found) {
				if key != "" {
					edits = append(edits, alone.drop(text, "repeated"))
				}
				edits = append(edits, all[i].drop(text, "repeated"))
			}
		case hanCount(s) < 8:
		case titles[tight]:
			edits = append(edits, all[i].drop(text, "repeated"))
		default:
			titles[tight] = true
			if l, ok := named[tight]; ok {
				edits = append(edits, l.drop(text, "repeated"))
			}
			if end := strings.IndexAny(tight, "_-|—–"); end > 0 && hanCount(tight[:end]) >= 8 {
				named[tight[:end]] = all[i]
			}
		}
	}
	return ordered(edits)
}

func dropBlank(r rune) rune {
	if isBlank(r) {
		return -1
	}
	return r
}

// allSeen tells whether every field was there before, and notes the others. Empty fields do not decide.
func allSeen(seen map[field]bool, found []field) bool {
	again, filled := true, false
	for _, f := range found {
		if f.value == "" {
			continue
		}
		filled = true
		again = again && seen[f]
		seen[f] = true
	}
	return again && filled
}
