package demo

import (
	"fmt"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/period"
	"jiaoheng/register"
)

// Numbers of people who observe lessons at the first primary school: the head has the lessons of the term, the vice
// principal lacks most of them.
const (
	HeadNumber = "JZ1001"
	ViceNumber = "JZ1002"
)

// tellLessons tells of the term's lessons that were observed: quotas met and not met, some records drawn for a check.
func tellLessons(t *tale) {
	t.posts([]record{
		{"staff_no": HeadNumber, "staff_name": "杭立夏", "post": "principal", "on_post": true},
		{"staff_no": ViceNumber, "staff_name": "任思源", "post": "vice_principal", "on_post": true},
		{"staff_no": "JZ1003", "staff_name": "柏允文", "post": "teacher", "on_post": true},
		{"staff_no": "JZ1004", "staff_name": "戚晚晴", "post": "teacher", "on_post": true},
	})
	begun := termOf(t.today)
	topics := []string{"圆的周长", "桂花雨", "植物的一生", "分数的意义", "小数乘法", "家乡的桥"}
	var first row
	for n := range 10 {
		one := t.lesson("head", HeadNumber, begun, n, topics[n%len(topics)], 2)
		if n == 0 {
			first = one
		}
	}
	for n := range 4 {
		t.lesson("clerk", ViceNumber, begun, n, topics[n], 1)
	}
	for n := range 5 {
		t.lesson("teacher", "JZ1003", begun, n, topics[n], 2)
	}
	t.at(0)
	for n := range 4 {
		t.make("head", "research_activity", "澄源县实验小学", record{"participant": HeadNumber, "activity_on": dayInTerm(begun, t.today, n).String(), "activity_topic": fmt.Sprintf("数学组第%d次作业设计研讨", n+1)})
	}
	t.make("clerk", "research_activity", "澄源县实验小学", record{"participant": ViceNumber, "activity_on": begun.String(), "activity_topic": "语文组整本书阅读"})
	t.do("basic", first, "sampled", nil, told{})
	t.do("basic", first, "confirm", record{"truth_words": "查看听课本和课表，属实。"}, told{})
}

// lesson notes an observed lesson of this term.
func (t *tale) lesson(who, observer string, begun period.Date, n int, topic string, lessons float64) row {
	t.at(0)
	return t.make(who, "observed_lesson", "澄源县实验小学", record{"observer": observer, "heard_on": dayInTerm(begun, t.today, n).String(), "lesson_topic": topic,
		"lesson_class": fmt.Sprintf("%d（%d）班", 1+n%6, 1+n%3), "lesson_subject": "chinese", "lessons_heard": lessons, "dropped_in": n%2 == 0,
		"lesson_comment": "目标清楚，学生参与充分。"})
}

// termOf is the first day of the term that holds the day.
func termOf(day period.Date) period.Date {
	start := period.SchoolYearOf(day).Start
	if second := (period.Date{Year: start.Year + 1, Month: 2, Day: 1}); !day.Before(second) {
		return second
	}
	return start
}

// dayInTerm spreads days over the term, none of them after today.
func dayInTerm(begun, today period.Date, n int) period.Date {
	if day := begun.AddDays(3 * n); day.Before(today) {
		return day
	}
	return today
}

// posts writes who holds which post: a register without a state, as a school reports it.
func (t *tale) posts(people []record) {
	if t.err != nil {
		return
	}
	f := &facts{scope: t.desk.Scope(), rows: map[string][]register.Row{}}
	for _, one := range people {
		f.add("teaching_post", t.code("澄源县实验小学"), period.Period{}, one)
	}
	t.fail(action.Do(t.ctx, t.store, action.TheProgram(), action.Write{Name: "demo.action.facts", Thing: access.Thing{Class: access.Fact},
		Do: f.write(t.store.Store)}), "posts")
}
