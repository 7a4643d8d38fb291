package reading

import "testing"

func TestParseLabel(t *testing.T) {
	cases := []struct {
		name, line string
		style      style
		number     int
		title      string
	}{
		{"chapter", "第三章 师资建设", styleChapter, 3, "师资建设"},
		{"section", "第十二节　办学条件", styleSection, 12, "办学条件"},
		{"chinese numeral", "十一、组织领导", styleComma, 11, "组织领导"},
		{"grades are no heading", "一、二年级不留书面作业。", styleNone, 0, "一、二年级不留书面作业。"},
		{"brackets", "（十二）校园安全", styleParen, 12, "校园安全"},
		{"half-width brackets with a space", "( 三 ) 课程建设", styleParen, 3, "课程建设"},
		{"digits", "7.课后服务。", styleDot, 7, "课后服务。"},
		{"digits with a comma", "7、课后服务", styleDot, 7, "课后服务"},
		{"a number is no label", "3.75亿元用于校舍", styleNone, 0, "3.75亿元用于校舍"},
		{"digits in brackets", "(4)送教下乡", styleDigits, 4, "送教下乡"},
		{"circle", "③送教下乡", styleCircle, 3, "送教下乡"},
		{"box", "专栏 2 课堂提质工程", styleBox, 2, "课堂提质工程"},
		{"box in brackets", "【专栏三】课堂提质工程", styleBox, 3, "课堂提质工程"},
		{"annex", "附件2：任务分工表", styleAnnex, 2, "任务分工表"},
		{"named", "行动三：名师引领", styleNamed, 3, "名师引领"},
		{"a noun is no label", "行动方案明确了职责", styleNone, 0, "行动方案明确了职责"},
		{"year", "2024年完成", styleNone, 0, "2024年完成"},
	}
	for _, c := range cases {
		l := parseLabel(c.line)
		if l.style != c.style || l.number != c.number || c.line[l.end:] != c.title {
			t.Errorf("%s: got style %d number %d title %q", c.name, l.style, l.number, c.line[l.end:])
		}
	}
}
