package reading

import (
	"fmt"
	"strings"
	"testing"
)

func TestScanNumbers(t *testing.T) {
	cases := []struct{ name, text, want string }{
		{"digits", "新建学校12所", "12"},
		{"decimals and per cent", "入园率93.5%", "93.5%"},
		{"full-width digits", "覆盖率９５％", "95%"},
		{"thousands", "投入1,200万元", "1200"},
		{"a comma between two numbers", "分别为1,20人", "1 20"},
		{"a range", "掌握1至2项技能", "1~2"},
		{"a range with a dash", "安排3-5名教师", "3~5"},
		{"a range with units on both sides", "补助5万元至10万元", "5~10"},
		{"a range of shares", "占3%—5%", "3~5%"},
		{"a falling pair is no range", "编号5-3", "5 3"},
		{"a ratio", "师生比1∶13.5", "1∶13.5"},
		{"a range of ratios", "按1:5至1:7配备", "1∶5"},
		{"Chinese", "建成两所高中和一百二十个班", "2 120"},
		{"words that hold numerals", "统一部署，进一步加强一批重点", "1 1 1"},
		{"tens of thousands", "学位三万个", "30000"},
		{"shares", "三分之二以上，百分之九十五，三成", "66.66666666666667 95 30"},
		{"a year in Chinese", "二〇三五年", "2035"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, n := range scanNumbers([]rune(c.text)) {
				s := formatNumber(n.value)
				if n.ranged {
					s += "~" + formatNumber(n.max)
				}
				if n.form == formRatio {
					s += "∶" + formatNumber(n.max)
				}
				if n.percent {
					s += "%"
				}
				got = append(got, s)
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("%s: %s, want %s", c.text, strings.Join(got, " "), c.want)
			}
		})
	}
}

func TestClassifyNumbers(t *testing.T) {
	cases := []struct{ name, text, want string }{
		{"a year and a quantity", "到2025年新建12所", "2025 year, 12 quantity"},
		{"a span of years", "2021—2025年", "2021 year"},
		{"a date", "2023年9月10日", "2023 year, 9 date, 10 date"},
		{"a document number", "政办发〔2022〕15号", "2022 document, 15 document"},
		{"a title", "落实《教育现代化2035》要求", "2035 name"},
		{"a slogan", "推行“1+N”模式和“双随机、3公开”", "1 slogan, 3 slogan"},
		{"an unquoted formula", "试点3+2学制", "3 slogan, 2 slogan"},
		{"an ordinal", "第3次会议", "3 ordinal"},
		{"a label", "1.新建学校", "1 label"},
		{"a label in brackets", "（2）扩建学校", "2 label"},
		{"a box", "专栏3 重点项目", "3 label"},
		{"a code", "建设5G基站", "5 code"},
		{"a hot line", "开通12345热线", "12345 code"},
		{"an age that describes", "45岁以下教师", "45 condition"},
		{"an age that is promised", "平均年龄不超过40岁", "40 quantity"},
		{"a population that describes", "20万人口以上的县建成1所", "20 condition, 1 quantity"},
		{"a size that describes", "不足50人的教学点", "50 condition"},
		{"a class size that describes", "消除56人以上大班额", "56 condition"},
		{"a count with 以上 before its noun", "培育10所以上特色学校", "10 quantity"},
		{"a term", "三年内完成", "3 duration"},
		{"time used", "用3年时间完成", "3 duration"},
		{"how long something lasts", "任期3年", "3 quantity"},
		{"years of schooling", "平均受教育年限达到11.5年", "11.5 quantity"},
		{"years in a name", "学前三年毛入园率", "3 name"},
		{"a plan of years", "三年行动计划", "3 name"},
		{"a cycle", "每5年一个周期", "5 period, 1 period"},
		{"a rate per hundred", "每百名学生", ""},
		{"parts of the argument", "围绕5个方面落实26条措施", "5 part, 26 part"},
		{"a team of speech", "抓好四支队伍", "4 part"},
		{"一 as an article", "建成一所新学校", "1 article"},
		{"一 under a rhythm", "每学期举行一次", "1 quantity"},
		{"two levels", "市县两级联动", "2 ordinal"},
		{"a bare number", "编号88完成", "88 bare"},
		{"a bare number behind a comparator", "得分达到90以上", "90 quantity"},
		{"an attribute of an indicator", "360学时培训完成率达到100%", "360 name, 100 quantity"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			text := []rune(c.text)
			numbers := scanNumbers(text)
			classify(text, numbers, scanMarks(text))
			var got []string
			for _, n := range numbers {
				got = append(got, fmt.Sprint(formatNumber(n.value), " ", n.kind))
			}
			if strings.Join(got, ", ") != c.want {
				t.Errorf("%s: %s, want %s", c.text, strings.Join(got, ", "), c.want)
			}
		})
	}
}
