package reading

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"jiaoheng/document"
)

// readMeta reads what kind of document it is from its titles, the fields of the page and the letter of issue.
func readMeta(l *layout, _ document.Document) Meta {
	var m Meta
	readTitles(l, &m)
	readFields(l, &m)
	readLetter(l, &m)
	if m.Title == "" && m.NoticeTitle != "" {
		m.Title = titleInNotice(m.NoticeTitle)
	}
	quoted := quotedTitles(l)
	if m.Issuer == "" {
		m.Issuer = issuerInTitle(m.NoticeTitle)
	}
	if office := issuerInTitle(m.Title); m.Issuer == "" && isSigner(office) {
		m.Issuer = office
	}
	m.Region = firstRegion(append([]string{m.Title, m.NoticeTitle, m.Issuer}, quoted...))
	if m.Region == "" {
		m.Region = regionInText(l)
	}
	m.Period = firstPeriod(append([]string{m.Title, m.NoticeTitle}, quoted...))
	if m.Period == nil {
		m.Period = periodInText(l)
	}
	m.Kind = kindOf(l, m)
	if m.Title == "" && m.Kind == "interpretation" && len(quoted) > 0 {
		m.Title = "《" + quoted[0] + "》解读"
	}
	m.Stages = stagesOf(l)
	return m
}

func readTitles(l *layout, m *Meta) {
	for _, h := range l.headings {
		switch {
		case h.Kind != "title":
		case isNoticeTitle(h.Title):
			m.NoticeTitle = h.Title
		default:
			m.Title = h.Title
		}
	}
}

// isNoticeTitle tells whether the title is that of a letter that carries another document.
func isNoticeTitle(title string) bool {
	return strings.HasSuffix(bareTitle(title), "通知") && containsAny(title, []string{"印发", "转发", "下发", "关于发布"})
}

// readFields reads the fields that the page prints above the document.
func readFields(l *layout, m *Meta) {
	pending := ""
	for _, s := range l.sentences {
		if s.Role != RoleFront {
			if s.Role == RoleMeasure && len(s.Text) > 200 {
				return
			}
			continue
		}
		if fields := fieldsOf(s.Text); len(fields) > 1 {
			for _, f := range fields {
				setField(m, f[0], f[1])
			}
			continue
		}
		key, value, ok := metaField(s.Text)
		switch {
		case ok && value == "":
			pending = key
			continue
		case !ok && pending != "":
			key, value = pending, s.Text
		case !ok:
			continue
		}
		pending = ""
		setField(m, key, value)
	}
}

// fieldsOf cuts a line of several fields: 来源：… 发布时间：… 字体：…, 索引号 … 主题分类 ….
func fieldsOf(s string) [][2]string {
	var fields [][2]string
	for _, part := range strings.FieldsFunc(s, isSpace) {
		key, value, ok := metaField(part)
		switch {
		case ok:
			fields = append(fields, [2]string{key, value})
		case len(fields) == 0:
			return nil
		default:
			fields[len(fields)-1][1] = strings.TrimSpace(fields[len(fields)-1][1] + " " + part)
		}
	}
	return fields
}

func setField(m *Meta, key, value string) {
	set := func(field *string, v string) {
		if *field == "" && v != "" {
			*field = v
		}
	}
	switch key {
	case "索引号", "信息索引":
		set(&m.IndexNumber, value)
	case "发文机关", "发布机构", "发文单位", "发布单位", "制发机关", "公开责任部门":
		set(&m.Issuer, value)
	case "成文日期", "生成日期", "发文日期", "印发日期":
		set(&m.IssueDate, isoDate(value))
	case "发布日期", "发布时间", "公开日期":
		set(&m.PublishDate, isoDate(value))
	case "发文字号", "文号", "字号":
		set(&m.DocNumber, docNumberIn(squeeze(value)))
	case "标题", "信息名称", "名称":
		if isNoticeTitle(value) {
			set(&m.NoticeTitle, value)
		} else if isTitle(value) {
			set(&m.Title, value)
		}
	}
}

// readLetter reads number, signature and date of the letter of issue, or of the end of the document.
func readLetter(l *layout, m *Meta) {
	signer, date := "", ""
	for _, s := range l.sentences {
		if s.Table > 0 || s.Role != RoleFront && s.Role != RoleBack || runes(s.Text, 41) > 40 {
			continue
		}
		switch text := squeeze(s.Text); {
		case m.DocNumber == "" && isDocNumber(text):
			m.DocNumber = text
		case (isIssuer(text) || s.Role == RoleBack && isSigner(text)) && signer == "":
			signer = text
		case s.Role == RoleFront && hasAnyPrefix(text, []string{"（", "("}) && isDateLine(text) && m.IssueDate == "":
			// The day in brackets below the title.
			m.IssueDate = isoDate(text)
		case isDateLine(text) && signer != "" && date == "":
			date = isoDate(text)
		}
	}
	if m.Issuer == "" {
		m.Issuer = signer
	}
	if m.IssueDate == "" {
		m.IssueDate = date
	}
}

// titleInNotice returns the document that a notice carries: …关于印发《…》的通知.
func titleInNotice(notice string) string {
	if open := strings.Index(notice, "《"); open >= 0 {
		if end := strings.LastIndex(notice, "》"); end > open {
			return notice[open+len("《") : end]
		}
	}
	for _, verb := range []string{"关于印发", "关于转发", "关于下发", "关于发布"} {
		if _, rest, ok := strings.Cut(notice, verb); ok {
			if inner, _, ok := cutLast(rest, "的通知"); ok {
				return inner
			}
		}
	}
	return ""
}

func cutLast(s, separator string) (before, after string, found bool) {
	at := strings.LastIndex(s, separator)
	if at < 0 {
		return s, "", false
	}
	return s[:at], s[at+len(separator):], true
}

// issuerInTitle returns the office before 关于 in the title of a notice.
func issuerInTitle(notice string) string {
	office, _, ok := strings.Cut(notice, "关于")
	if !ok || runes(office, 3) < 3 {
		return ""
	}
	return strings.TrimSpace(office)
}

// quotedTitles are the names of plans that the text speaks of, in order, as far as one page.
func quotedTitles(l *layout) []string {
	var titles []string
	text := l.text[:min(len(l.text), 12000)]
	for len(titles) < 12 {
		open := strings.Index(text, "《")
		if open < 0 {
			break
		}
		text = text[open+len("《"):]
		end := strings.Index(text, "》")
		if end < 0 {
			break
		}
		if inner := text[:end]; isTitle(inner) && !strings.Contains(inner, "通知") {
			titles = append(titles, inner)
		}
		text = text[end:]
	}
	return titles
}

// isoDate writes the first date of the text as 2024-03-15, "" when it names no day.
func isoDate(s string) string {
	var parts []int
	s = foldChineseYear(s)
	for at := 0; at < len(s) && len(parts) < 3; {
		number, end := readNumeral(s, at)
		if number == 0 {
			_, size := utf8.DecodeRuneInString(s[at:])
			at += size
			continue
		}
		parts, at = append(parts, number), end
	}
	if len(parts) == 2 && parts[0] >= 1900 && parts[0] <= 2100 && parts[1] <= 12 {
		return strconv.Itoa(parts[0]) + "-" + twoDigits(parts[1])
	}
	if len(parts) < 3 || parts[0] < 1900 || parts[1] > 12 || parts[2] > 31 {
		return ""
	}
	return strconv.Itoa(parts[0]) + "-" + twoDigits(parts[1]) + "-" + twoDigits(parts[2])
}

func twoDigits(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

// foldChineseYear turns 二〇二四年 into 2024年.
func foldChineseYear(s string) string {
	at := strings.Index(s, "年")
	if at < 12 {
		return s
	}
	digits := ""
	for _, r := range s[at-12 : at] {
		switch {
		case r == '〇' || r == '零' || r == '○':
			digits += "0"
		case chineseDigit(r) > 0 && chineseDigit(r) < 10:
			digits += strconv.Itoa(chineseDigit(r))
		}
	}
	if len(digits) != 4 {
		return s
	}
	return s[:at-12] + digits + s[at:]
}

// kindOf tells a plan from a bare notice and from an official reading of a plan.
func kindOf(l *layout, m Meta) string {
	if hasAnySuffix(bareTitle(m.Title), []string{"解读", "图解", "问答", "说明"}) {
		return "interpretation"
	}
	if m.NoticeTitle == "" && strings.HasSuffix(bareTitle(m.Title), "通知") {
		return "notice"
	}
	background, content, numbered := false, false, 0
	for _, h := range l.headings {
		if h.Kind == "numbered" && h.Level == 1 {
			background = background || containsAny(h.Title, []string{"起草背景", "出台背景", "制定背景", "编制背景", "起草依据", "制定依据", "编制过程", "起草过程", "背景和依据", "出台的背景"})
			content = content || containsAny(h.Title, []string{"主要内容", "内容解读", "主要特点", "重点内容", "亮点"})
		}
		if h.Kind == "numbered" || h.Kind == "item" {
			numbered++
		}
	}
	switch {
	case background && content:
		return "interpretation"
	case m.NoticeTitle != "" && numbered == 0 && len(l.text) < 6000:
		return "notice"
	default:
		return "plan"
	}
}

// stageWords are the stages of schooling and the words by which a plan speaks of them.
var stageWords = []struct {
	stage string
	words []string
}{
	{"学前教育", []string{"学前教育", "幼儿园"}},
	{"义务教育", []string{"义务教育"}},
	{"普通高中教育", []string{"普通高中", "高中阶段"}},
	{"职业教育", []string{"职业教育", "职业学校", "中职"}},
	{"高等教育", []string{"高等教育", "高等院校", "高等学校"}},
	{"特殊教育", []string{"特殊教育"}},
	{"民族教育", []string{"民族教育"}},
	{"民办教育", []string{"民办教育", "民办学校"}},
	{"继续教育", []string{"继续教育", "终身教育"}},
	{"社区教育", []string{"社区教育"}},
	{"老年教育", []string{"老年教育"}},
}

// stagesOf lists the stages that the document speaks of more than in passing.
func stagesOf(l *layout) []string {
	var stages []string
	for _, s := range stageWords {
		n := 0
		for _, w := range s.words {
			n += strings.Count(l.text, w)
		}
		if n >= 2 {
			stages = append(stages, s.stage)
		}
	}
	return stages
}
