package reading

import (
	"strings"
	"unicode/utf8"

	"jiaoheng/document"
)

// readTasks reads what the document orders: one task for each sentence, or part of a sentence between
// semicolons, of the measures and safeguards, and the orders among the goals.
func readTasks(l *layout, meta Meta) []Task {
	r := taskReader{l: l, meta: meta, paragraph: -1}
	for i, s := range l.sentences {
		if s.Heading != r.paragraph {
			r.paragraph, r.last, r.fromWho, r.noteFrom, r.fromWhen = s.Heading, "", len(r.tasks), len(r.tasks), len(r.tasks)
		}
		if s.Table == 0 && isOnlyAssignment(s.Text) {
			if i > 0 && !l.sameParagraph(i) {
				r.spread()
			}
			r.assign(s.Text)
			continue
		}
		if ordersSomething(l, i) {
			r.add(s)
		}
	}
	r.tableTasks()
	return r.tasks
}

// taskReader walks over the sentences; last is the actor of the paragraph so far.
type taskReader struct {
	l         *layout
	meta      Meta
	tasks     []Task
	unsure    []bool // per task: its actor is a guess, which a note may replace
	under     []int  // per task: its heading
	noted     int    // tasks that a note has reached so far
	paragraph int    // heading of the sentences being read
	fromWho   int    // first task under it that no note has named the actor of
	noteFrom  int    // first task that the last note named the actor of
	fromWhen  int    // the same for the date
	last      string
}

func (r *taskReader) add(s Sentence) {
	for _, part := range orderParts(s.Text) {
		text := s.Text[part.From:part.To]
		t := Task{Title: taskTitle(text), Origin: r.l.originOf(s, "sentence of a measure", 0.8)}
		t.CleanSpan = document.Span{From: s.Span.From + part.From, To: s.Span.From + part.To}
		t.Sentence = text
		if s.Role == RoleGoal {
			t.Rule, t.Confidence = "order among the goals", 0.6
		}
		var sure bool
		if t.Responsible, sure = responsibleFor(text, &r.last); t.Responsible != "" && !sure {
			t.Rule, t.Confidence = t.Rule+", actor inferred", t.Confidence-0.15
		}
		if !sure && s.Heading >= 0 && strings.HasPrefix(text, "负责") && officeEndings.ends(r.l.headings[s.Heading].Title) {
			// 县财政局：负责落实经费: the heading names who acts.
			t.Responsible, sure = r.l.headings[s.Heading].Title, true
		}
		t.Frequency = frequencyIn(text)
		t.Deadline, t.DeadlineSource = taskDeadline(text, r.meta.Period)
		r.tasks, r.unsure, r.under = append(r.tasks, t), append(r.unsure, !sure), append(r.under, s.Heading)
	}
}

// assign gives a note (责任单位：…；完成时限：…) to the tasks before it under the same heading.
func (r *taskReader) assign(note string) {
	if who, ok := assignmentOf(note); ok {
		if r.fromWho == len(r.tasks) && r.noteFrom < r.fromWho {
			// A second note right behind the first names the others: 牵头单位：… 责任单位：….
			for i := r.noteFrom; i < len(r.tasks); i++ {
				r.tasks[i].Responsible += "、" + who
			}
			return
		}
		for i := r.fromWho; i < len(r.tasks); i++ {
			if r.unsure[i] || r.tasks[i].Responsible == "" {
				r.tasks[i].Responsible, r.unsure[i] = who, false
			}
		}
		r.noteFrom, r.fromWho, r.noted = r.fromWho, len(r.tasks), len(r.tasks)
	}
	if when, _ := taskDeadline(note, r.meta.Period); when != nil {
		for i := r.fromWhen; i < len(r.tasks); i++ {
			if r.tasks[i].Deadline == nil {
				r.tasks[i].Deadline, r.tasks[i].DeadlineSource = when, "sentence"
			}
		}
		r.fromWhen = len(r.tasks)
	}
}

// spread lets a note on a line of its own hold for all items under the heading above, when none before it had a
// note: (一)… 1.… 2.… 责任单位：….
func (r *taskReader) spread() {
	if r.fromWho == len(r.tasks) || r.paragraph < 0 {
		return
	}
	above := r.l.parents[r.paragraph]
	if above < 0 || r.l.headings[above].Level < 2 || r.l.headings[r.paragraph].Kind != "numbered" && r.l.headings[r.paragraph].Kind != "item" {
		return
	}
	from := r.fromWho
	for from > 0 && r.l.isUnder(r.under[from-1], above) {
		from--
	}
	if from >= r.noted {
		r.fromWho = from
	}
}

// isUnder tells whether a heading is another or stands below it.
func (l *layout) isUnder(heading, above int) bool {
	for heading >= 0 && heading != above {
		heading = l.parents[heading]
	}
	return heading == above
}

// ordersSomething tells whether sentence i is one that orders an action.
func ordersSomething(l *layout, i int) bool {
	s := l.sentences[i]
	if s.Table > 0 || !hasHan(s.Text) {
		return false
	}
	if s.Lead {
		return leadOrders(l, s)
	}
	text := strings.TrimRight(s.Text, "。；;：: ")
	switch {
	case runes(text, 6) < 6 && !startsWithAction(text):
		return false
	case announces(text):
		return false
	case s.Role == RoleMeasure || s.Role == RoleSafeguard:
		return true
	case s.Role == RoleGoal:
		return goalOrders(text, underTasks(l, s.Heading))
	}
	return false
}

// goalOrders tells whether a sentence of the goals orders something besides naming what is to be reached.
func goalOrders(text string, underTasks bool) bool {
	first, _ := utf8.DecodeRuneInString(text)
	if isDigit(first) || promisesYear(text) {
		return false
	}
	if underTasks {
		return true
	}
	return startsWithAction(text) && !hasAnyPrefix(text, []string{"到", "以", "通过", "在", "全面实现", "对", "按照", "根据", "为", "新建", "改扩建", "新增", "力争", "每"})
}

// leadOrders tells whether the name of an item of a box is an order of its own: 持续开展…,抓好….
func leadOrders(l *layout, s Sentence) bool {
	if s.Heading < 0 || l.headings[s.Heading].Kind != "box-item" || s.Role != RoleMeasure {
		return false
	}
	text := strings.TrimRight(s.Text, "。")
	return startsWithAction(text) && (strings.ContainsAny(text, ",，") || strings.HasSuffix(text, "工作"))
}

// announces tells whether the sentence only says that a list follows or what the document is made of.
func announces(text string) bool {
	if hasAnySuffix(text, []string{"如下", "以下几点", "以下内容", "主要内容", "以下方面"}) {
		return true
	}
	text = answerOf(text)
	if hasAnyPrefix(text, []string{"注：", "注:", "备注：", "说明：", "政策咨询", "咨询电话", "联系电话", "解读人", "解读单位"}) || strings.HasPrefix(text, "重点实施") && containsAny(text, []string{"项具体任务", "项任务", "项举措"}) {
		return true
	}
	return strings.HasPrefix(text, "主要") && strings.HasSuffix(text, "个方面") || strings.HasPrefix(text, "《") && containsAny(text, []string{"个方面", "条措施", "个部分", "项措施", "个方案", "项任务", "主要任务", "项重点"}) ||
		strings.HasPrefix(text, "主要") && containsAny(text, []string{"如下", "包括"}) && runes(text, 21) <= 20 ||
		containsAny(text, []string{"后另附", "制定如下", "提出如下", "特制定本"})
}

// answerOf leaves out the mark of an answer: 答：.
func answerOf(s string) string {
	return strings.TrimPrefix(strings.TrimPrefix(s, "答："), "答:")
}

// underTasks tells whether a heading above speaks of tasks besides goals: 目标任务.
func underTasks(l *layout, heading int) bool {
	for ; heading >= 0; heading = l.parents[heading] {
		if l.headings[heading].Level == 1 {
			return strings.Contains(l.headings[heading].Title, "任务")
		}
	}
	return false
}

func hasHan(s string) bool {
	for _, r := range s {
		if isHan(r) {
			return true
		}
	}
	return false
}

// orderParts cuts a sentence at its semicolons when every part is an order by itself.
func orderParts(s string) []document.Span {
	var parts []document.Span
	from, quotes := 0, 0
	for at, r := range s {
		switch r {
		case '“', '(', '（':
			quotes++
		case '”', ')', '）':
			quotes = max(0, quotes-1)
		case ';', '；':
			if quotes == 0 {
				parts = append(parts, document.Span{From: from, To: at})
				from = at + utf8.RuneLen(r)
			}
		}
	}
	parts = append(parts, document.Span{From: from, To: len(s)})
	var kept []document.Span
	for _, p := range parts {
		text := s[p.From:p.To]
		left := skipSpace(text, 0)
		p.From += left
		if runes(strings.TrimRight(s[p.From:p.To], "。 "), 6) < 6 {
			continue
		}
		if len(kept) > 0 && !opensOrder(s[p.From:p.To]) {
			kept[len(kept)-1].To = p.To
			continue
		}
		kept = append(kept, p)
	}
	if len(kept) == 0 {
		return []document.Span{{From: 0, To: len(s)}}
	}
	return kept
}

// opensOrder tells whether a part between semicolons begins like an order.
func opensOrder(s string) bool {
	s = skipConnective(s[parseLabel(s).end:])
	if startsWithAction(s) || hasAnyPrefix(s, enumerators) || strings.HasPrefix(s, "让") {
		return true
	}
	return subjectOf(s) != ""
}

// connectives link a sentence to the one before and are no part of the order.
var connectives = []string{"同时", "此外", "另外", "其次", "首先", "最后", "并且", "特别是", "尤其是", "即", "从而", "进而", "因此", "为此"}

func skipConnective(s string) string {
	for _, e := range enumerators {
		s = strings.TrimPrefix(s, e)
	}
	for _, c := range connectives {
		if rest, ok := strings.CutPrefix(s, c); ok {
			return strings.TrimLeft(rest, ",， ")
		}
	}
	return s
}

// taskTitle is the first clause that says what to do, without the clauses that say why or by which rule.
func taskTitle(s string) string {
	s = strings.Trim(skipConnective(answerOf(s[parseLabel(s).end:])), "。；; ")
	clauses := strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == '，' || r == '；' || r == ';' })
	for _, c := range clauses {
		c = strings.TrimSpace(c)
		if runes(c, 5) >= 5 && !hasAnyPrefix(c, []string{"按照", "根据", "依据", "围绕", "结合", "针对", "以", "为", "通过", "在", "对照", "依托", "紧扣", "充分利用", "坚持", "到", "利用", "除", "凡", "近年来", "目前", "当前"}) {
			return cutRunes(strings.TrimPrefix(strings.TrimPrefix(c, "并"), "要"), 40)
		}
	}
	return cutRunes(s, 40)
}
