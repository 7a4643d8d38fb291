package assessment

import (
	"slices"
	"strings"

	"golang.org/x/text/width"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// maxHeadRows is in how many rows the headings are looked for.
const maxHeadRows = 10

// headings are the words by which columns are known.
var headings = map[Role][]string{
	RoleName:    {"姓名", "学生姓名", "考生姓名", "name"},
	RoleSchool:  {"学校", "学校名称", "学校代码", "学校标识码", "单位", "单位代码", "单位名称", "就读学校", "所在学校", "毕业学校", "school"},
	RoleClass:   {"班级", "班", "班级名称", "行政班", "教学班", "class"},
	RoleTrack:   {"选科", "科类", "类别", "选考", "首选科目", "选科组合", "方向", "track"},
	RoleGroup:   {"性别", "组别", "分组", "群体", "group", "sex", "gender"},
	RoleWeight:  {"权重", "抽样权重", "学生权重", "weight"},
	RoleStratum: {"层", "抽样层", "分层", "stratum"},
	RoleGoes:    {"录取学校", "升入学校", "录取学校名称", "录取学校代码"},
	RoleSubject: {"科目", "学科", "考试科目", "subject"},
	RoleItem:    {"题号", "小题", "小题号", "试题", "item"},
	RoleMark:    {"成绩", "分数", "得分", "mark", "score"},
	RoleAnswer:  {"答案", "作答", "选项", "answer"},
	RoleIdle: {"序号", "编号", "总分", "总成绩", "合计", "名次", "排名", "位次", "年级名次", "班级名次", "校名次", "县排名", "校排名", "班排名", "备注", "考场", "座位号",
		"考场号", "准考证号", "考号", "考生号", "学籍号", "学号", "身份证号", "年级", "no", "rank", "total"},
}

// numberHeadings are the words for the number by which pupils of an exam are known.
var numberHeadings = map[Identity][]string{
	Registered: {"学籍号", "全国学籍号", "学籍编号", "学生学籍号", "个人标识码", "学号", "全国学籍辅号"},
	Candidate:  {"准考证号", "考号", "考生号", "考籍号", "准考证", "考试号"},
}

// subjectWords are other names of subjects: a file may say 外语 where the exam says 英语.
var subjectWords = [][]string{{"语文", "chinese"}, {"数学", "mathematics", "maths", "math"}, {"英语", "外语", "english"}, {"物理", "physics"}, {"化学", "chemistry"},
	{"生物", "生物学", "biology"}, {"历史", "history"}, {"地理", "geography"}, {"道德与法治", "道法", "政治", "思想政治", "思政", "politics"}, {"科学", "science"},
	{"体育", "体育与健康", "pe"}, {"音乐", "music"}, {"美术", "art"}, {"信息技术", "信息科技", "it"}}

// folded brings a heading into the form in which headings are compared: half-width, lower case, without spaces, stars and a
// measure in brackets.
func folded(text string) string {
	text = strings.ToLower(strings.Join(strings.Fields(width.Fold.String(strings.TrimPrefix(text, "\ufeff"))), ""))
	text = strings.Trim(text, "*")
	if open := strings.LastIndexByte(text, '('); open > 0 && strings.HasSuffix(text, ")") {
		text = text[:open]
	}
	return text
}

// columnAt is a column as the reader uses it: the number of the subject, and of the item where it is one.
type columnAt struct {
	Column
	subject, item int
}

// findHead finds the row with the most headings that are known and takes the columns from it.
func (r *reader) findHead() bool {
	best, at := 0, -1
	for i := 0; i < len(r.source.Rows) && i < maxHeadRows; i++ {
		known := 0
		for _, column := range r.columnsOf(r.source.Rows[i]) {
			if column.Role != RoleUnknown && column.Heading != "" {
				known++
			}
		}
		if known > best {
			best, at = known, i
		}
	}
	if at < 0 {
		r.fault(fault.Place{}, "assessment.head_missing", message.Args{"limit": maxHeadRows})
		return false
	}
	r.head, r.columns = at, r.columnsOf(r.source.Rows[at])
	return r.checkHead()
}

// columnsOf tells what each heading of a row means.
func (r *reader) columnsOf(cells []string) []columnAt {
	columns := make([]columnAt, len(cells))
	long := slices.ContainsFunc(cells, func(cell string) bool { return isOne(folded(cell), RoleSubject) || isOne(folded(cell), RoleItem) })
	for i, cell := range cells {
		columns[i] = r.columnOf(folded(cell), long)
		columns[i].Heading = strings.TrimSpace(cell)
	}
	return columns
}

func isOne(text string, role Role) bool { return slices.Contains(headings[role], text) }

func (r *reader) columnOf(text string, long bool) columnAt {
	plainColumn := func(role Role) columnAt { return columnAt{Column{Role: role}, -1, -1} }
	if text == "" {
		return plainColumn(RoleUnknown)
	}
	if slices.Contains(numberHeadings[r.exam.Identity], text) {
		return plainColumn(RoleNumber)
	}
	for _, role := range []Role{RoleName, RoleSchool, RoleGoes, RoleClass, RoleTrack, RoleGroup, RoleWeight, RoleStratum} {
		if isOne(text, role) {
			return plainColumn(role)
		}
	}
	if long {
		for _, role := range []Role{RoleSubject, RoleItem, RoleMark, RoleAnswer} {
			if isOne(text, role) {
				return plainColumn(role)
			}
		}
	}
	if n, known := r.subjectNamed(text); known {
		return columnAt{Column{Role: RoleMark, Subject: r.exam.Subjects[n].Name}, n, -1}
	}
	if n, m, known := r.itemNamed(text); known {
		s := r.exam.Subjects[n]
		return columnAt{Column{Role: RoleAnswer, Subject: s.Name, Item: s.Items[m].Code}, n, m}
	}
	if isOne(text, RoleIdle) || slices.Contains(numberHeadings[Registered], text) || slices.Contains(numberHeadings[Candidate], text) {
		return plainColumn(RoleIdle)
	}
	return plainColumn(RoleUnknown)
}

// subjectNamed finds a subject by what a heading or a cell calls it: 语文, 语文成绩, chinese.
func (r *reader) subjectNamed(text string) (int, bool) {
	for _, end := range []string{"", "成绩", "分数", "得分", "原始分", "卷面分"} {
		if n, known := r.subjects[strings.TrimSuffix(text, end)]; known {
			return n, true
		}
	}
	return 0, false
}

// subjectsByName are the words by which each subject of an exam is known. The names of the exam go before other names.
func subjectsByName(e Exam) map[string]int {
	names := map[string]int{}
	for n, s := range e.Subjects {
		names[folded(s.Name)], names[folded(s.Code)] = n, n
	}
	for n, s := range e.Subjects {
		for _, words := range subjectWords {
			if !slices.Contains(words, folded(s.Name)) && !slices.Contains(words, folded(s.Code)) {
				continue
			}
			for _, word := range words {
				if _, taken := names[word]; !taken {
					names[word] = n
				}
			}
		}
	}
	return names
}

// itemNamed finds an item by a heading: 数学第3题, 数学3, and 3, 第3题, t3 where it is clear which paper is meant.
func (r *reader) itemNamed(text string) (subject, item int, known bool) {
	for name, n := range r.subjects {
		if rest, found := strings.CutPrefix(text, name); found && rest != "" {
			if m, known := itemOf(r.exam.Subjects[n], strings.TrimLeft(rest, "_-.:")); known {
				return n, m, true
			}
		}
	}
	if r.paper >= 0 {
		if m, known := itemOf(r.exam.Subjects[r.paper], text); known {
			return r.paper, m, true
		}
	}
	return 0, 0, false
}

func itemOf(s Subject, text string) (int, bool) {
	bare := strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(text, "第"), "题"), "题")
	for m, item := range s.Items {
		code := folded(item.Code)
		if code == text || code == bare || code == strings.TrimLeft(text, "tq") {
			return m, true
		}
	}
	return 0, false
}

// checkHead tells what lacks in the headings, and whether rows can be read under them.
func (r *reader) checkHead() bool {
	count := map[Role]int{}
	seen := map[string]bool{}
	readable := true
	refuse := func(at int, code string, args message.Args) {
		r.fault(r.place(r.head+1, at), code, args)
		readable = false
	}
	for i, c := range r.columns {
		count[c.Role]++
		key := string(c.Role) + "/" + c.Subject + "/" + c.Item
		switch {
		case c.Role == RoleUnknown && c.Heading != "":
			r.warn(r.place(r.head+1, i), "assessment.heading_unknown", message.Args{"heading": shortened(c.Heading)})
		case c.Role != RoleUnknown && c.Role != RoleIdle && c.Role != RoleSchool && seen[key]:
			refuse(i, "assessment.heading_twice", message.Args{"heading": shortened(c.Heading)})
		}
		seen[key] = true
	}
	r.long = count[RoleSubject] > 0 || count[RoleItem] > 0
	if count[RoleNumber] == 0 {
		other := map[Identity]Identity{Registered: Candidate, Candidate: Registered}[r.exam.Identity]
		if at := slices.IndexFunc(r.columns, func(c columnAt) bool { return slices.Contains(numberHeadings[other], folded(c.Heading)) }); at >= 0 {
			refuse(at, "assessment.number_other", message.Args{"heading": r.columns[at].Heading, "wanted": identityWord(r.exam.Identity)})
		} else if count[RoleName] == 0 {
			refuse(-1, "assessment.number_missing", message.Args{"wanted": identityWord(r.exam.Identity)})
		}
	}
	if count[RoleSchool] == 0 && !r.ofSchool {
		refuse(-1, "assessment.school_column", nil)
	}
	switch {
	case r.long && count[RoleMark]+count[RoleAnswer] == 0, !r.long && count[RoleMark]+count[RoleAnswer] == 0:
		refuse(-1, "assessment.mark_column", message.Args{"subjects": r.subjectNames()})
	case r.long && count[RoleItem] > 0 && count[RoleSubject] == 0 && r.paper < 0:
		refuse(-1, "assessment.paper_unclear", nil)
	}
	return readable
}

func identityWord(kind Identity) message.Word {
	return message.Word("assessment.identity." + string(kind))
}

func (r *reader) subjectNames() string {
	names := make([]string, len(r.exam.Subjects))
	for n, s := range r.exam.Subjects {
		names[n] = s.Name
	}
	return strings.Join(names, "、")
}

// Headings are the headings of a template for the marks of an exam, in the wide form.
func Headings(e Exam) []string {
	all := []string{numberHeadings[e.Identity][0], headings[RoleName][0], headings[RoleSchool][0], headings[RoleClass][0], headings[RoleGroup][0]}
	for _, s := range e.Subjects {
		if len(s.Tracks) > 0 {
			all = append(all, headings[RoleTrack][0])
			break
		}
	}
	if e.Kind == Entrance {
		all = append(all, headings[RoleGoes][0])
	}
	if e.Design != Census {
		all = append(all, headings[RoleWeight][0], headings[RoleStratum][0])
	}
	for _, s := range e.Subjects {
		all = append(all, s.Name)
	}
	for _, s := range e.Subjects {
		for _, item := range s.Items {
			all = append(all, s.Name+item.Code)
		}
	}
	return all
}
