package reading

import "strings"

// firstPeriod returns the calendar years of the first title that names them.
func firstPeriod(titles []string) []int {
	for _, t := range titles {
		if p := periodIn(t); p != nil {
			return p
		}
	}
	return nil
}

// periodIn reads 2021—2025年, (2023-2025), “十四五”, 2024年.
func periodIn(title string) []int {
	single := 0
	title = foldChineseYears(title)
	for at := 0; at < len(title); {
		year, end := readDigits(title, at)
		if year == 0 {
			at++
			continue
		}
		if year < 1980 || year > 2100 || end-at != 4 && end-at != 12 {
			at = end
			continue
		}
		if to := rangeEnd(title, end); to >= year && to <= year+30 {
			return []int{year, to}
		}
		if single == 0 && strings.HasPrefix(title[end:], "年") {
			single = year
		}
		at = end
	}
	if p := fiveYears(title); p != nil {
		return p
	}
	if single > 0 {
		return []int{single, single}
	}
	return nil
}

// rangeEnd reads the year behind 2021年— or 2021至, 0 when there is none.
func rangeEnd(s string, at int) int {
	rest := strings.TrimPrefix(s[at:], "年")
	trimmed := strings.TrimLeft(rest, "-—–－~～至到─― ")
	if trimmed == rest {
		return 0
	}
	year, end := readDigits(trimmed, 0)
	switch {
	case year >= 1980 && year <= 2100:
		return year
	case end == 2 && year > 0:
		first, _ := readDigits(s, max(0, at-4))
		return first - first%100 + year
	}
	return 0
}

// fiveYears reads “十四五”: the first five-year plan began in 1953, the seventh in 1986, and since then each
// follows after five years, so the tenth is 2001 to 2005.
func fiveYears(s string) []int {
	at := strings.Index(s, "五")
	for at >= 0 {
		before := s[:at]
		for n, name := range []string{"十", "十一", "十二", "十三", "十四", "十五", "十六", "十七", "十八"} {
			if strings.HasSuffix(before, name) && !(name == "十" && len(before) > 3 && strings.HasSuffix(strings.TrimSuffix(before, name), "五")) && quotedOrYears(s, at) {
				from := 2001 + 5*n
				return []int{from, from + 4}
			}
		}
		next := strings.Index(s[at+3:], "五")
		if next < 0 {
			return nil
		}
		at += 3 + next
	}
	return nil
}

// quotedOrYears tells 十四五 as the name of a plan from 十五所学校.
func quotedOrYears(s string, at int) bool {
	rest := s[at+len("五"):]
	return hasAnyPrefix(rest, []string{"”", "\"", "’", "'", "规划", "时期", "期间", "教育", "发展", "计划", "事业"})
}

// foldChineseYears turns 二〇二一 into 2021 everywhere.
func foldChineseYears(s string) string {
	if !strings.ContainsAny(s, "〇○零") {
		return s
	}
	var out strings.Builder
	for _, r := range s {
		switch {
		case r == '〇' || r == '○' || r == '零':
			out.WriteByte('0')
		case chineseDigit(r) > 0 && chineseDigit(r) < 10:
			out.WriteByte(byte('0' + chineseDigit(r)))
		default:
			out.WriteRune(r)
		}
	}
	return out.String()
}

// periodInText reads the period where no title names one: 用三年时间 from a year, or the years of the goals.
func periodInText(l *layout) []int {
	for i, s := range l.sentences {
		if i > 400 {
			break
		}
		if s.Role != RolePreface && s.Role != RoleIdeology && s.Role != RoleGoal && s.Role != RoleFront {
			continue
		}
		for _, clause := range clausesOf(s.Text) {
			if p := periodIn(clause); p != nil && p[1] > p[0] {
				return p
			}
		}
	}
	return periodOfStages(l)
}

// periodOfStages reads the years of the stages of a plan: 动员阶段（2026年3月—6月） to 验收阶段（2028年1月—10月）.
func periodOfStages(l *layout) []int {
	from, to, stages := 0, 0, 0
	for _, h := range l.headings {
		if !containsAny(h.Title, []string{"阶段", "年度"}) {
			continue
		}
		for at := 0; at < len(h.Title); {
			year, end := readDigits(h.Title, at)
			if year == 0 {
				at++
				continue
			}
			if year >= 1990 && year <= 2100 && end-at == 4 {
				if from == 0 || year < from {
					from = year
				}
				to, stages = max(to, year), stages+1
			}
			at = end
		}
	}
	if stages < 2 || to-from > 15 {
		return nil
	}
	return []int{from, to}
}
