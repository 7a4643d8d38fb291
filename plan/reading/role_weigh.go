package reading

import "strings"

// A part whose heading is no known word shows what it does by its sentences: those that tell what there is or what
// was done carry words of the present and the past, those that order begin with a verb or look ahead.

// presentWords tell of what there is or of what was done.
var presentWords = setOf([]string{"目前", "现有", "共有", "现已", "均已", "已经", "已全", "已建", "已有", "已达", "已实", "已完", "先后", "近年来", "近三年", "近几年", "年来", "以来", "较上年", "比上年", "较去年", "比去年", "同比",
	"达到了", "实现了", "完成了", "建成了", "取得了", "形成了", "提高了", "改善了", "提升了", "荣获", "获评", "被评为", "被授予", "累计", "截至", "截止", "位居", "仍有", "尚有", "还有", "尚未", "存在", "明显", "显著", "不断提高", "稳步提升", "持续改善", "不平衡", "不充分", "不够", "差距", "得到"})

// aheadWords look ahead: a sentence that holds one promises or orders.
var aheadWords = setOf([]string{"力争", "确保", "争取", "必须", "应当", "不少于", "不低于", "不得", "不超过", "以内", "每学期", "每学年", "到20", "至20", "底前", "年内", "将", "要求", "应"})

// changes are the verbs between an old and a new value.
var changes = setOf(risers)

// stanceOf weighs a sentence: 1 tells of the present or past, -1 orders or looks ahead, 0 says neither.
func stanceOf(text string) int {
	present := presentWords.in(text) || (strings.Contains(text, "由") || strings.Contains(text, "从")) && changes.in(text)
	switch {
	case aheadWords.in(text):
		return -1
	case present:
		return 1
	case startsWithAction(skipConnective(text[parseLabel(text).end:])):
		return -1
	}
	return 0
}

// statedMeasures are words of headings that leave no doubt that measures follow.
var statedMeasures = []string{"任务", "措施", "举措", "重点", "步骤", "安排", "行动", "工程", "项目", "要求", "内容", "保障", "组织", "计划", "清单"}

// openRole tells whether a top heading leaves open what its part does.
func openRole(title string) bool {
	return !containsAny(title, statedMeasures) && !hasAnyPrefix(title, titleVerbs)
}

// weighRoles gives the parts under top headings that say nothing the role that their sentences show, and the same
// to the paragraphs of a text without headings.
func weighRoles(l *layout) {
	for from := 0; from < len(l.sentences); {
		top, to := l.top(l.sentences[from].Heading), from+1
		for to < len(l.sentences) && l.top(l.sentences[to].Heading) == top && (top >= 0 || l.sameParagraph(to)) {
			to++
		}
		if top < 0 || l.headings[top].Level == 1 && openRole(l.headings[top].Title) && !l.headings[top].Lost {
			l.weigh(l.sentences[from:to])
		}
		from = to
	}
}

// weigh makes measures a review where more of them tell than order, and none that tells is outweighed.
func (l *layout) weigh(part []Sentence) {
	telling, ordering := 0, 0
	for _, s := range part {
		if s.Role != RoleMeasure {
			return
		}
		if s.Lead || s.Table > 0 {
			continue
		}
		switch stanceOf(s.Text) {
		case 1:
			telling++
		case -1:
			ordering++
		}
	}
	if telling == 0 || telling <= ordering {
		return
	}
	for i := range part {
		// A promise in a part that tells is a goal all the same: 到2030年, ….
		if promisesYear(part[i].Text) || hasAnyPrefix(part[i].Text, []string{"力争", "确保"}) {
			part[i].Role = RoleGoal
			continue
		}
		part[i].Role = RoleReview
	}
}

// top returns the outermost heading above a heading that is no title, -1 for none.
func (l *layout) top(heading int) int {
	for heading >= 0 && l.parents[heading] >= 0 {
		heading = l.parents[heading]
	}
	return heading
}

// sameParagraph tells whether sentence i goes on in the line of the sentence before.
func (l *layout) sameParagraph(i int) bool {
	return !strings.Contains(l.text[l.sentences[i-1].Span.To:l.sentences[i].Span.From], "\n")
}
