package reading

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// frequencies are the words that say how often; the first found counts.
var frequencies = []string{"每学期末", "每学期", "每学年", "每季度", "每半年", "每两年", "每三年", "每五年", "每年", "每月", "每周", "每日", "每天", "每期末", "每期", "年度", "不定期", "定期", "常态化", "常态", "动态", "持续", "及时", "季度", "月月"}

// frequencyIn returns how often a task has to be done, "" when the sentence does not say.
func frequencyIn(text string) string {
	if cycle := cycleIn(text); cycle != "" {
		return cycle
	}
	for _, f := range frequencies {
		at := strings.Index(text, f)
		if at < 0 {
			continue
		}
		rest := text[at+len(f):]
		switch f {
		case "每年":
			// 每生每年800元 is an amount.
			if hasAnySuffix(text[:at], []string{"每生", "每人", "每校", "每班"}) && !strings.Contains(rest, "次") {
				continue
			}
			if months := monthsAt(rest); months != "" {
				return f + months
			}
		case "年度":
			// 年度检查 is done every year; 年度计划 is the plan of a year.
			if hasAnyPrefix(rest, []string{"计划", "目标", "建设任务", "”"}) || strings.HasSuffix(text[:at], "每个") {
				if strings.HasSuffix(text[:at], "每个") {
					return "每年"
				}
				continue
			}
			return "每年"
		case "季度":
			return "每季度"
		case "月月":
			return "每月"
		case "持续", "及时":
			// 持续开展 says how often, 持续健康发展 does not.
			if !hasAnyPrefix(rest, []string{"开展", "强化", "抓好", "做好", "开", "完善", "调整", "归档", "报送", "上报", "公布", "通报"}) {
				continue
			}
		case "动态":
			if hasAnyPrefix(rest, []string{"清零", "监测", "管理", "监管"}) || !hasAnyPrefix(rest, []string{"调整"}) {
				continue
			}
		}
		return f
	}
	return ""
}

// monthsAt reads 9月 and 4月和10月 behind 每年.
func monthsAt(s string) string {
	end := 0
	for {
		number, stop := readNumeral(s, end)
		if number == 0 || number > 12 {
			return strings.TrimRight(s[:end], "和、至-")
		}
		r, size := utf8.DecodeRuneInString(s[stop:])
		if r == '月' {
			end = stop + size
		} else {
			return strings.TrimRight(s[:end], "和、至-")
		}
		r, size = utf8.DecodeRuneInString(s[end:])
		if !strings.ContainsRune("和、至-", r) || size == 0 {
			return s[:end]
		}
		end += size
	}
}

// cycleIn reads 5年一个周期 and 每5年 as 每5年.
func cycleIn(text string) string {
	at := strings.Index(text, "周期")
	if at < 0 {
		return ""
	}
	year := strings.LastIndex(text[:at], "年")
	if year < 0 || at-year > len("年为一个") {
		return ""
	}
	r, size := utf8.DecodeLastRuneInString(text[:year])
	if !isDigit(r) && chineseDigit(r) == 0 && r != '两' {
		return ""
	}
	return "每" + text[year-size:year] + "年"
}

// taskDeadline returns by when a task has to be done: the first year, or year and month, that the sentence names
// with a word of reaching (到, 前, 底), or the end of a span of years counted from the start of the plan.
func taskDeadline(text string, period []int) (*string, string) {
	for at := 0; at < len(text); {
		year, end := readDigits(text, at)
		if year == 0 {
			at++
			continue
		}
		if when := deadlineAt(text, at, end, year); when != "" {
			return &when, "sentence"
		}
		at = end
	}
	if n := spanOfYears(text); n > 0 && len(period) == 2 {
		when := strconv.Itoa(min(period[0]+n-1, period[1]))
		return &when, "sentence"
	}
	return nil, ""
}

// deadlineAt reads the date whose year stands at byte at of the text.
func deadlineAt(text string, at, end, year int) string {
	rest, ok := strings.CutPrefix(text[end:], "年")
	if end-at != 4 || year < 1990 || year > 2100 || !ok {
		return ""
	}
	before := text[:at]
	if hasAnySuffix(before, []string{"时限:", "时限：", "时间:", "时间：", "时限为"}) {
		before += "到"
	}
	month, stop := readDigits(rest, 0)
	if month > 0 && month <= 12 && strings.HasPrefix(rest[stop:], "月") {
		rest = strings.TrimPrefix(rest[stop+len("月"):], "份")
		if day, next := readDigits(rest, 0); day > 0 && day <= 31 {
			rest = strings.TrimPrefix(rest[next:], "日")
		}
		if hasAnyPrefix(rest, []string{"底", "前", "末", "以前", "之前", "完成", ","}) || hasAnySuffix(before, []string{"到", "至", "在", "于"}) {
			return strconv.Itoa(year) + "-" + twoDigits(month)
		}
		return ""
	}
	switch {
	case hasAnyPrefix(rest, []string{"底", "年底", "末"}):
		return strconv.Itoa(year) + "-12"
	case hasAnyPrefix(rest, []string{"前", "以前", "之前"}) || hasAnySuffix(before, []string{"到", "至", "力争", "确保"}):
		return strconv.Itoa(year)
	case at == 0 || hasAnySuffix(before, []string{",", "，", "、", "；", ";", "。"}):
		if hasAnyPrefix(rest, []string{"以来", "起", "开始", "以后", "度"}) {
			return ""
		}
		return strconv.Itoa(year)
	}
	return ""
}

// spanOfYears reads 三年内, 用3年时间, 利用三年时间 as a number of years.
func spanOfYears(text string) int {
	for _, mark := range []string{"年内", "年时间", "年左右时间"} {
		at := strings.Index(text, mark)
		if at < 0 {
			continue
		}
		r, size := utf8.DecodeLastRuneInString(text[:at])
		switch n := chineseDigit(r); {
		case n > 0:
			return n
		case r == '两':
			return 2
		case r >= '1' && r <= '9' && (at == size || !isDigit(lastRune(text[:at-size]))):
			return int(r - '0')
		}
	}
	return 0
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}
