package reading

import (
	"strings"
	"unicode/utf8"
)

// Those who act are offices, schools and people in posts. An office acts with any verb of duty; the name of a
// school or a post begins too many nouns (学校建设, 教师培训), so it acts only with a clear mark (要, 应, 每学期).
var (
	officeEndings = setOf([]string{"政府", "教育局", "教体局", "教育体育局", "体育局", "教科局", "科技局", "财政局", "局", "编办", "厅", "教育部", "团委", "妇联", "残联", "科协", "工会",
		"部门", "县委", "市委", "区委", "旗委", "州委", "党委", "党组", "党支部", "党总支", "党组织", "党工委", "委会", "管委会", "委员会", "常务会议", "联席会议", "领导小组", "小组", "工作组", "专班", "办公室", "政府办", "督查室", "督导室", "指挥部",
		"教研室", "教研院", "教研中心", "教研机构", "教师发展中心", "进修学校", "教科院", "教科所", "督导机构", "督导团", "培训机构", "机构", "发展中心", "信息中心", "电教馆", "资助中心", "职教中心", "职业教育中心", "研究院", "教育集团", "各方", "支援方", "受援方", "股室", "科室", "财政", "新媒体", "媒体", "社会各界", "社会力量", "社会组织", "企事业单位", "事业单位", "成员单位", "牵头单位", "责任单位", "单位", "街道", "乡镇", "乡(镇)", "乡（镇）", "镇街", "苏木", "县区", "区县", "县(市、区)", "县（市、区）", "县(区)", "县（区）", "县市区", "县市", "旗县", "镇(街)", "镇（街）", "集体"})
	schoolEndings = setOf([]string{"学校", "中小学", "小学", "初中", "高中", "幼儿园", "公办园", "民办园", "园所", "院校", "高校", "大学", "职校", "中心校", "教学点", "村小", "备课组", "教研组", "年级组", "企业", "工作室", "工作站", "学区", "共同体"})
	personEndings = setOf([]string{"校长", "园长", "书记", "校(园)长", "校（园）长", "教师", "班主任", "教研员", "主任", "督学", "导师", "校领导", "领导", "干部", "家长", "负责人", "名师", "辅导员", "保育员", "班子成员", "党组成员", "负责同志", "牵头人", "党员"})
)

// dutyMarks follow an actor of any kind and make the clause its duty.
var dutyMarks = setOf([]string{"要", "应", "须", "必须", "应当", "负责", "将", "可", "不得", "需", "每", "定期", "不定期", "分别", "牵头", "共同", "具体", "至少", "统一", "一律", "原则上", "也将", "也要", "均", "都要", "全部", "是第一责任人", "是责任主体", "为责任主体", "承担", "拥有", "建成", "构建", "配备", "对所", "会同", "按", "同步", "严格", "自觉", "主动", "之间要"})

// officeMarks follow an office besides; nounVerbs make a noun with the office instead (部门建设).
var (
	officeMarks = []string{"统筹", "督政", "为主", "领导", "集中", "定点", "牵头", "以", "对", "把", "按", "根据", "为", "进一步", "自觉", "是", "依法", "依据", "结合", "在"}
	nounVerbs   = []string{"建设", "发展", "改革", "培训", "管理", "评估", "考核", "督导", "编制", "教育", "领导班子", "领导和", "协同", "配合", "支持的", "组织领导", "所", "在职", "在编", "是否", "之间", "监管", "监督", "检查", "治理", "负责同志", "负责制", "主要", "职责", "作用", "负责人", "为主", "为辅"}
)

// insideNames cannot stand inside the name of an actor: the words before it belong to something else.
var insideNames = setOf([]string{"的", "在", "对", "向", "从", "到", "形成", "把", "将", "让", "覆盖", "列入", "推进", "推动", "办好", "开展", "定期", "计划", "探索", "扩大", "作为", "引入", "激发", "加强", "树立", "实现", "建设", "资助", "振兴", "安置", "扶持", "好用", "提升", "提高", "完善", "评聘", "给予", "招聘", "组建", "新建", "年内", "落实", "拥有", "用于"})

// callMarks call on somebody to act; what follows the actor must be what it does.
var callMarks = []string{"鼓励引导", "引导鼓励", "引导和支持", "引导支持", "鼓励和支持", "鼓励、支持", "鼓励支持", "支持鼓励", "鼓励和引导", "鼓励", "支持", "动员", "督促", "要求", "责成", "引导", "指导", "依托", "配合", "委托", "号召", "发动", "倡导", "严禁", "允许", "组织"}

var callSet = setOf(callMarks)

// responsibleFor returns who has to act and whether the sentence names the actor outright. The actor of the
// sentence before goes on where a sentence joins it (同时, 并).
func responsibleFor(text string, last *string) (who string, sure bool) {
	if note, ok := assignmentOf(text); ok {
		return note, true
	}
	body := text[parseLabel(text).end:]
	for _, clause := range clausesOf(body) {
		if who := subjectOf(clause); who != "" {
			*last = who
			return who, true
		}
	}
	if who := calledUpon(body); who != "" {
		return who, false
	}
	if *last != "" && joinsBefore(body) {
		return *last, false
	}
	return chargedWith(body), false
}

// joinsBefore tells whether a sentence goes on with what the one before ordered.
func joinsBefore(text string) bool {
	return hasAnyPrefix(text, []string{"同时", "并", "主要内容", "在此基础上", "组织"})
}

// clausesOf cuts a sentence at commas and semicolons.
func clausesOf(text string) []string {
	return strings.FieldsFunc(strings.TrimRight(text, "。"), func(r rune) bool {
		return r == ',' || r == '，' || r == ';' || r == '；' || r == ':' || r == '：'
	})
}

// subjectOf returns the actor that a clause begins with when a mark of duty follows it.
func subjectOf(clause string) string {
	clause = strings.TrimLeft(skipConnective(strings.TrimLeft(clause, " ")), " ")
	if who := entrustedOrParty(clause); who != "" {
		return who
	}
	clause = strings.TrimPrefix(clause, "由")
	if strings.HasPrefix(clause, "每百") || strings.HasPrefix(clause, "每千") || strings.HasPrefix(clause, "每万") {
		return ""
	}
	if strings.HasPrefix(clause, "每个") || strings.HasPrefix(clause, "每所") || strings.HasPrefix(clause, "每位") || strings.HasPrefix(clause, "每名") {
		// 每所村小配备2名教师: the school is given the teachers, somebody else acts.
		if who, rest := leadingActor(clause); who != "" && !isNounTail(rest) && (officeEndings.ends(who) || !hasAnyPrefix(rest, []string{"配备", "配有", "建成", "拥有", "达到", "设有"})) {
			return who
		}
		return ""
	}
	if startsWithAction(clause) && !hasAnyPrefix(clause, []string{"督学", "教研", "培训机构", "组织部"}) {
		return ""
	}
	who, rest := leadingActor(clause)
	switch {
	case who == "" || isBroken(who):
		return ""
	case isMarked(rest):
		return who
	case officeEndings.ends(who) && !isNounTail(rest) && (hasAnyPrefix(rest, officeMarks) || startsWithAction(rest)):
		return who
	}
	return ""
}

// entrustedOrParty returns the actor of 由市一中托管… and the first party of 县政府与各学校签订….
func entrustedOrParty(clause string) string {
	if rest, ok := strings.CutPrefix(clause, "由"); ok {
		for _, verb := range []string{"托管", "负责", "牵头", "承担", "组织", "统筹", "具体"} {
			if who, _, ok := strings.Cut(rest, verb); ok && runes(who, 3) >= 3 && runes(who, 25) <= 24 && !isBroken(who) && !strings.ContainsAny(who, "0123456789“《") {
				return who
			}
		}
	}
	if who, rest, ok := strings.Cut(clause, "与"); ok && strings.Contains(rest, "签订") && runes(who, 25) <= 24 && officeEndings.ends(who) && !isBroken(who) {
		return who
	}
	return ""
}

// isBroken tells whether the words are no name of an actor: they hold a word that parts two phrases.
func isBroken(who string) bool {
	return insideNames.in(officeWords.Replace(who))
}

// officeWords are parts of the names of offices that would else look like verbs.
var officeWords = strings.NewReplacer("城乡建设", "城建", "住房和建设", "住建", "发展和改革", "发改", "发展改革", "发改", "党的建设", "党建", "国土建设", "国土")

func isMarked(rest string) bool {
	if strings.HasPrefix(rest, "是") && containsAny(cutRunes(rest, 16), []string{"责任人", "责任主体"}) {
		return true
	}
	return dutyMarks.begins(rest) && !hasAnyPrefix(rest, []string{"要素", "要求", "可持续", "应用", "应对", "应急", "须知", "需求", "每年度", "均衡", "按劳"})
}

func isNounTail(rest string) bool { return hasAnyPrefix(rest, nounVerbs) }

// actorLimit is how long a name of actors may be, in characters.
const actorLimit = 28

// leadingActor returns the actor that the text begins with and what follows: the first end of a name behind
// which a mark of duty stands, else the last.
func leadingActor(s string) (who, rest string) {
	end, n := 0, 0
	for at, r := range s {
		if n++; n > actorLimit || isClauseMark(r) || r == '“' || r == '《' || r == '的' {
			break
		}
		stop := at + utf8.RuneLen(r)
		if n < 2 || !isActorEnd(s[:stop]) {
			continue
		}
		end = stop
		tail := s[stop:]
		if isMarked(tail) || officeEndings.ends(s[:stop]) && !isNounTail(tail) && (hasAnyPrefix(tail, officeMarks) || startsWithAction(tail)) && !isActorHead(tail) {
			break
		}
	}
	return strings.TrimSpace(s[:end]), s[end:]
}

func isActorEnd(s string) bool {
	return officeEndings.ends(s) || schoolEndings.ends(s) || personEndings.ends(s)
}

// isActorHead tells whether another name goes on: 政府教育督导委员会.
func isActorHead(s string) bool {
	return hasAnyPrefix(s, []string{"教育督导", "督导", "对口", "以上", "办公室", "办"}) || strings.HasPrefix(s, "、")
}

// calledUpon returns whom a verb such as 鼓励 calls upon to do something.
func calledUpon(text string) string {
	if !callSet.in(text) {
		return ""
	}
	for _, mark := range callMarks {
		for at := 0; ; {
			n := strings.Index(text[at:], mark)
			if n < 0 {
				break
			}
			at += n + len(mark)
			rest := text[at:]
			who, tail := nameAt(rest)
			if who == "" || isBroken(who) {
				continue
			}
			if mark == "组织" && !isMarked(tail) && !startsWithAction(tail) && !hasAnyPrefix(tail, []string{"赴", "到", "参加", "听", "等", "和有关", "和"}) {
				continue
			}
			if personEndings.ends(who) && (mark == "引导" || mark == "指导") && !isMarked(tail) && !startsWithAction(tail) {
				continue
			}
			return who
		}
	}
	return ""
}

// nameAt returns the name of actors at the start of the text: 中小学特级教师、高级教师.
func nameAt(s string) (who, rest string) {
	end, n := 0, 0
	for at, r := range s {
		if n++; n > 20 || isClauseMark(r) || r == '“' || r == '《' || r == '的' {
			break
		}
		stop := at + utf8.RuneLen(r)
		if n >= 2 && isActorEnd(s[:stop]) {
			end = stop
			if next, _ := utf8.DecodeRuneInString(s[stop:]); startsWithAction(s[stop:]) || isClauseMark(next) || isMarked(s[stop:]) {
				break
			}
		}
	}
	return strings.TrimSpace(s[:end]), s[end:]
}

// charges are the ways to name those who carry a duty without making them the subject.
var charges = []struct{ before, after string }{
	{"发挥", "作用"}, {"发挥", "职能"}, {"发挥", "职责"}, {"落实", "职责"}, {"落实", "责任"}, {"强化", "责任"}, {"强化", "职责"}, {"强化", "协同"}, {"强化", "监管"}, {"压实", "责任"}, {"纳入", "考核"}, {"纳入", "评价"}, {"纳入", "履行"}, {"采取", "补贴"},
	{"由", "负责"}, {"由", "牵头"}, {"建立", "制度"}, {"明确", "责任"}, {"推行", "责任制"}, {"实行", "责任制"},
}

// institutions are those whose own work a sentence can order without naming them as the subject: 规范幼儿园管理.
var institutions = []string{"学校", "院校", "幼儿园", "中小学", "普通高中", "综合高中", "职教中心", "职业教育中心", "教研机构", "督导机构", "培训机构", "教研员", "教师发展中心"}

// chargedWith returns who carries the duty of a sentence without a subject, from the noun that its verb is about:
// those whose part is played (发挥…作用), or the kind of school whose work the first clause orders.
func chargedWith(text string) string {
	for _, c := range charges {
		at := strings.Index(text, c.before)
		if at < 0 {
			continue
		}
		rest := stripOrder(text[at+len(c.before):])
		who, tail := nameAt(rest)
		if who != "" && !isBroken(who) && strings.Contains(cutRunes(tail, 14), c.after) {
			return who
		}
	}
	for n, clause := range clausesOf(text) {
		if n > 1 {
			break
		}
		for _, noun := range institutions {
			if who := institutionIn(clause, noun); who != "" {
				return who
			}
		}
	}
	return ""
}

// institutionIn returns the institution of a clause with its qualifiers: 农村义务教育学校.
func institutionIn(clause, noun string) string {
	at := strings.Index(clause, noun)
	if at < 0 || strings.HasSuffix(clause[:at], "《") {
		return ""
	}
	from, n := at, 0
	for from > 0 && n < 8 {
		r, size := utf8.DecodeLastRuneInString(clause[:from])
		if !isHan(r) || r == '的' || r == '对' || r == '在' || r == '为' || r == '把' || r == '将' || r == '和' || r == '与' {
			break
		}
		from, n = from-size, n+1
	}
	who := stripOrder(clause[from : at+len(noun)])
	// 优化学校布局 and 健全高中招生办法: the work is somebody else's.
	if hasAnyPrefix(clause[at+len(noun):], []string{"布局", "建设", "招生", "学位", "校舍", "占地", "用地", "规模", "选址", "专项规划", "编制", "预算", "经费", "生均"}) {
		return ""
	}
	if isBroken(who) || containsAny(who, []string{"新建", "扩建", "纳入", "建成", "扩大", "新增", "撤并", "科目", "改造"}) || hasAnyPrefix(clause[at+len(noun):], []string{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"}) {
		return ""
	}
	return who
}
