package reading

import (
	"strconv"

	"jiaoheng/zh"
)

// timeKind says what an expression of time says.
type timeKind int

const (
	timePoint  timeKind = iota // 到2025年底
	timeSpan                   // “十四五”期间, 2021—2025年, 三年内
	timeSince                  // 2016年以来
	timeBefore                 // 比2020年, 与“十二五”末相比: what a change is measured from
	timeFrom                   // 从2022年起
	timePeriod                 // 每学期
)

// moment is an expression of time in a sentence.
type moment struct {
	from, to int // runes
	kind     timeKind
	first    int    // first year
	last     int    // last year
	detail   string // "-12" for the end of a year, "-09" for a month
	period   string // 学期, 5年 for a rhythm
	said     string // a rhythm as it is written: 每两年
	years    bool   // a span written with its years: 2021—2025年
}

// text gives the moment as it stands in a target: 2025, 2025-12, 2021-2025, 每学期.
func (m moment) text() string {
	switch {
	case m.kind == timePeriod:
		if m.said != "" {
			return m.said
		}
		return "每" + m.period
	case m.kind == timeSpan && m.first != m.last:
		return strconv.Itoa(m.first) + "-" + strconv.Itoa(m.last)
	}
	return strconv.Itoa(m.last) + m.detail
}

// due gives the moment as a deadline: years that the text itself spans end with the last one.
func (m moment) due() string {
	if m.years {
		return strconv.Itoa(m.last)
	}
	return m.text()
}

// calendar is what relative expressions of time refer to.
type calendar struct {
	start, end int  // the period of the plan, 0 when unknown
	issued     int  // year of issue, 0 when unknown
	past       bool // the part looks back: 五年 are the years before the plan
}

func calendarOf(meta Meta) calendar {
	var c calendar
	if len(meta.Period) == 2 {
		c.start, c.end = meta.Period[0], meta.Period[1]
	}
	for _, date := range []string{meta.IssueDate, meta.PublishDate} {
		if len(date) >= 4 {
			if year, err := strconv.Atoi(date[:4]); err == nil && c.issued == 0 {
				c.issued = year
			}
		}
	}
	return c
}

// base is the year whose state the review of the plan describes.
func (c calendar) base() int {
	if c.start == 0 {
		return 0
	}
	return c.start - 1
}

// scanMoments finds the expressions of time in a sentence, in order. Linear in its length.
func scanMoments(text []rune, numbers []number, m marks, c calendar) []moment {
	var found []moment
	next := 0
	for i := 0; i < len(text); {
		for next < len(numbers) && numbers[next].to <= i {
			next++
		}
		var moment moment
		ok := false
		switch {
		case covers(m.titles, i):
		case next < len(numbers) && numbers[next].from == i:
			moment, ok = yearMoment(text, numbers, next)
			if !ok {
				moment, ok = durationMoment(text, numbers[next], c)
			}
			if !ok {
				moment, ok = monthMoment(text, numbers, next, lastYear(found, c))
			}
		case text[i] == '每' || text[i] == '逐' || text[i] == '年' || text[i] == '月' || text[i] == '周':
			if moment, ok = rhythmAt(text, i, numbers, next); !ok && text[i] == '年' {
				moment, ok = relativeMoment(text, i, c)
			}
		case text[i] == '十' || text[i] == '“':
			moment, ok = fiveYearMoment(text, i)
		case text[i] == '今' || text[i] == '全' || text[i] == '明' || text[i] == '本' || text[i] == '规' || text[i] == '期' || text[i] == '年':
			moment, ok = relativeMoment(text, i, c)
		}
		if !ok {
			i++
			continue
		}
		moment = widened(text, moment)
		found = append(found, moment)
		i = max(moment.to, i+1)
	}
	return found
}

// yearMoment reads a year or a range of years with what narrows it: month, 底, 秋季学期.
func yearMoment(text []rune, numbers []number, i int) (moment, bool) {
	n := numbers[i]
	if n.kind != kindYear {
		return moment{}, false
	}
	m := moment{from: n.from, to: n.to, first: int(n.value), last: int(n.value)}
	if n.ranged {
		m.last, m.kind, m.years = int(n.max), timeSpan, true
	}
	for _, word := range []string{"学年度", "学年", "年度", "年"} {
		if hasAt(text, m.to, word) {
			m.to += len([]rune(word))
			break
		}
	}
	if i+1 < len(numbers) && !n.ranged {
		if month := numbers[i+1]; month.from == m.to && month.kind == kindDate && hasAt(text, month.to, "月") && month.value >= 1 && month.value <= 12 {
			m.to = month.to + 1
			m.detail = "-" + twoPlaces(int(month.value))
			if i+2 < len(numbers) && numbers[i+2].from == m.to && hasAt(text, numbers[i+2].to, "日") {
				m.to = numbers[i+2].to + 1
				m.detail += "-" + twoPlaces(int(numbers[i+2].value))
			}
			if hasAt(text, m.to, "底") || hasAt(text, m.to, "末") || hasAt(text, m.to, "份") {
				m.to++
			}
		}
	}
	for _, season := range []struct{ word, detail string }{{"秋季学期", "-09"}, {"春季学期", "-03"}, {"秋季开学", "-09"}, {"春季开学", "-03"}, {"秋季", "-09"}, {"春季", "-03"}, {"上半年", "-06"}, {"下半年", "-12"}, {"年底", "-12"}, {"年末", "-12"}, {"底", "-12"}, {"末", "-12"}, {"暑期", "-08"}, {"暑假", "-08"}} {
		if hasAt(text, m.to, season.word) {
			m.to += len([]rune(season.word))
			if m.detail == "" && m.kind == timePoint {
				m.detail = season.detail
			}
			break
		}
	}
	if hasAt(text, m.to, "初") && !follows(text, m.to, "初中", "初级", "初步", "初始", "初高") {
		m.to++
	}
	return m, true
}

// lastYear is the year that a month without one belongs to: the year named before it, or the year of a plan for one year.
func lastYear(found []moment, c calendar) int {
	for i := len(found) - 1; i >= 0 && i >= len(found)-12; i-- {
		if found[i].kind == timePoint {
			return found[i].last
		}
	}
	return c.single()
}

// single is the year of a plan for one year, 0 for any other.
func (c calendar) single() int {
	if c.start == c.end {
		return c.end
	}
	return 0
}

// monthMoment reads a month without a year: 9月底前.
func monthMoment(text []rune, numbers []number, i, year int) (moment, bool) {
	n := numbers[i]
	if year == 0 || n.kind != kindDate || n.ranged || !hasAt(text, n.to, "月") || n.value < 1 || n.value > 12 || precedes(text, n.from, "每年", "和", "、") {
		return moment{}, false
	}
	m := moment{from: n.from, to: n.to + 1, first: year, last: year, detail: "-" + twoPlaces(int(n.value))}
	if i+1 < len(numbers) && numbers[i+1].from == m.to && hasAt(text, numbers[i+1].to, "日") {
		m.to = numbers[i+1].to + 1
		m.detail += "-" + twoPlaces(int(numbers[i+1].value))
	}
	for _, word := range []string{"底", "末", "份", "初", "中旬", "上旬", "下旬"} {
		if hasAt(text, m.to, word) {
			m.to += len([]rune(word))
			break
		}
	}
	return m, true
}

func twoPlaces(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

// durationMoment reads 三年内 and 用3年时间, which end when the period of the plan ends.
func durationMoment(text []rune, n number, c calendar) (moment, bool) {
	if n.kind != kindDuration || !hasAt(text, n.to, "年") || n.ranged {
		return moment{}, false
	}
	if c.past && c.base() > 0 && isWhole(n.value) && n.value >= 2 && n.value <= 10 && !precedes(text, n.from, "连续", "历时") {
		return pastYears(text, n, c), true
	}
	if precedes(text, n.from, "近", "过去", "最近", "上", "每隔", "前") || follows(text, n.to+1, "来", "以来", "前") {
		return moment{}, false
	}
	last := c.end
	if last == 0 && c.issued == 0 {
		return moment{from: n.from, to: n.to + 1, kind: timeFrom}, follows(text, n.to+1, "内")
	}
	if last == 0 {
		last = c.issued + int(n.value)
	} else if years := int(n.value); years > 0 && years < c.end-c.start+1 {
		last = c.start + years - 1
	}
	if isDigitAt(text, n.to+1) {
		return moment{}, false // 5年360学时 is a cycle
	}
	m := moment{from: n.from, to: n.to + 1, first: last, last: last}
	for _, word := range []string{"左右的时间", "左右时间", "的时间", "时间", "左右", "之内", "以内", "内", "期间", "间", "后"} {
		if hasAt(text, m.to, word) {
			m.to += len([]rune(word))
			break
		}
	}
	return m, true
}

// pastYears reads 五年来 and 三年累计 in a review: the years up to the base year of the plan.
func pastYears(text []rune, n number, c calendar) moment {
	m := moment{from: n.from, to: n.to + 1, kind: timeSpan, first: c.base() - int(n.value) + 1, last: c.base()}
	for _, word := range []string{"过去", "最近", "近", "这"} {
		if from, ok := endsAt(text, m.from, word); ok {
			m.from = from
			break
		}
	}
	for _, word := range []string{"以来", "来", "间", "期间"} {
		if hasAt(text, m.to, word) {
			m.to += len([]rune(word))
			break
		}
	}
	return m
}

// fiveYearMoment reads “十四五” with 期间, 时期 or 末, quoted or not.
func fiveYearMoment(text []rune, i int) (moment, bool) {
	at := i
	if text[at] == '“' || text[at] == '"' {
		at++
	}
	if at+2 >= len(text) || text[at] != '十' {
		return moment{}, false
	}
	units, _, ok := zh.Numeral(text[at+1 : at+2])
	if !ok || text[at+2] != '五' {
		return moment{}, false
	}
	m := moment{from: i, to: at + 3, kind: timeSpan, first: 2016 + 5*(int(units)-3)}
	m.last = m.first + 4
	if m.to < len(text) && (text[m.to] == '”' || text[m.to] == '"') {
		m.to++
	}
	for _, word := range []string{"时期末", "期间末", "规划期末", "期末", "末期", "时期", "期间", "末", "以来", "规划期"} {
		if !hasAt(text, m.to, word) {
			continue
		}
		m.to += len([]rune(word))
		switch word {
		case "时期末", "期间末", "规划期末", "期末", "末期", "末":
			m.kind, m.first = timePoint, m.last
		case "以来":
			m.kind = timeSince
		}
		return m, true
	}
	return moment{}, false // part of the name of a plan
}

// relativeMoment reads 今年底, 明年, 本学年, 规划期末.
func relativeMoment(text []rune, i int, c calendar) (moment, bool) {
	for _, word := range []struct {
		text   string
		year   int
		detail string
	}{{"规划期末", c.end, ""}, {"规划期内", c.end, ""}, {"期末", c.end, ""}, {"今年年底", c.issued, "-12"}, {"今年底", c.issued, "-12"}, {"今年", c.issued, ""}, {"本年度", c.issued, ""},
		{"全年", c.single(), ""}, {"年内", c.single(), "-12"}, {"年底前", c.single(), "-12"}, {"明年年底", c.issued + 1, "-12"}, {"明年", c.issued + 1, ""}, {"年底前", c.issued, "-12"}, {"年内", c.issued, ""}} {
		if !hasAt(text, i, word.text) || word.year < 1900 {
			continue
		}
		if word.text == "期末" && (i == 0 || text[i-1] != '到' && text[i-1] != '划') || word.text == "年内" && i > 0 && zh.IsNumeral(text[i-1]) {
			continue
		}
		return moment{from: i, to: i + len([]rune(word.text)), first: word.year, last: word.year, detail: word.detail}, true
	}
	return moment{}, false
}

// rhythmAt reads 每学期, 每两年, 每5年, 年均 and 每年, but not 每年9月, which is a date.
func rhythmAt(text []rune, i int, numbers []number, next int) (moment, bool) {
	if hasAt(text, i, "逐年") {
		return moment{from: i, to: i + 2, kind: timePeriod, period: "年", said: "每年"}, true
	}
	if text[i] != '每' {
		for _, word := range periods {
			if hasAt(text, i, word) && hasAt(text, i+len([]rune(word)), "均") && !follows(text, i+len([]rune(word))+1, "收入", "工资", "水平", "人均", "衡") {
				return moment{from: i, to: i + len([]rune(word)) + 1, kind: timePeriod, period: word}, true
			}
		}
		return moment{}, false
	}
	at, count := i+1, ""
	for at < len(text) && (text[at] == '个' || text[at] == '隔' || text[at] == ' ' || text[at] == '满') {
		at++
	}
	if next < len(numbers) && numbers[next].from == at && numbers[next].form == formPlain && !numbers[next].percent {
		at, count = numbers[next].to, string(text[at:numbers[next].to])
		if value := numbers[next].value; !numbers[next].ranged {
			if count = strconv.FormatFloat(value, 'f', -1, 64); value == 1 {
				count = ""
			}
		}
	}
	for _, word := range periods {
		if !hasAt(text, at, word) {
			continue
		}
		to := at + len([]rune(word))
		if word == "年" && isDigitAt(text, to) && datedMonth(text, to) || word == "年" && hasAt(text, to, "级") || word == "日" && hasAt(text, to, "制") {
			return moment{}, false
		}
		said := string(text[i:to])
		switch word {
		case "个学期", "个学年":
			word = string([]rune(word)[1:])
		case "个月":
			if count == "" {
				word = "月"
			}
		case "日":
			word = "天"
		case "月份":
			word = "月"
		case "年度":
			word = "年"
		}
		return moment{from: i, to: to, kind: timePeriod, period: count + word, said: said}, true
	}
	return moment{}, false
}

// datedMonth tells whether digits and 月 stand at rune i.
func datedMonth(text []rune, i int) bool {
	for i < len(text) && isDigitAt(text, i) {
		i++
	}
	return hasAt(text, i, "月")
}

// widened takes in the words that belong to the expression: 到 … 前, 比 …, … 以来.
func widened(text []rune, m moment) moment {
	if m.kind == timePeriod {
		return m
	}
	for _, word := range []string{"以来", "以后", "起", "之前", "以前", "前", "之间", "期间", "内"} {
		if hasAt(text, m.to, word) && !hasAt(text, m.to, "起步") && !hasAt(text, m.to, "起草") && !hasAt(text, m.to, "内容") && !hasAt(text, m.to, "内部") {
			if word == "以来" {
				m.kind = timeSince
			}
			m.to += len([]rune(word))
			break
		}
	}
	for _, word := range []string{"力争到", "争取到", "截至", "截止", "比", "较", "与", "同", "自", "从", "到", "至", "在", "于", "于"} {
		from, ok := endsAt(text, m.from, word)
		if !ok {
			continue
		}
		if (word == "自" || word == "从") && m.kind != timeSince && startsSpan(text, m.to) {
			m.kind = timeFrom
		}
		if word == "比" || word == "较" || (word == "与" || word == "同") && comparedAfter(text, m.to) {
			m.kind = timeBefore
		} else if word == "与" || word == "同" {
			break
		}
		m.from = from
		break
	}
	return m
}

// startsSpan tells whether the expression that ends at rune i is where something begins: 从2022年起.
func startsSpan(text []rune, i int) bool {
	return precedes(text, i, "起", "以后") || follows(text, i, "开始", "起", "始")
}

func comparedAfter(text []rune, i int) bool {
	return follows(text, i, "相比", "比较", "比")
}
