package reading

import (
	"strings"
	"unicode/utf8"
)

// actorEndings are what those who act are called: offices, schools, people in posts.
var actorEndings = []string{"人民政府", "政府", "教育局", "教体局", "教育体育局", "教育和体育局", "教育科技局", "财政局", "人社局", "编办", "委编办", "公安局", "卫健局", "市场监管局", "住建局", "发改局", "自然资源局", "民政局", "团委", "妇联", "残联", "局", "厅",
	"教育主管部门", "教育行政部门", "教育部门", "职能部门", "主管部门", "相关部门", "有关部门", "行业部门", "部门", "县委", "市委", "区委", "党委", "党组", "党支部", "党组织", "党工委", "管委会", "委员会", "常务会议", "领导小组", "专班",
	"学校", "中小学校", "中小学", "小学", "初中", "高中", "幼儿园", "职业院校", "高等院校", "院校", "高校", "大学", "职校", "中职", "职教中心", "职业教育中心", "教育集团", "集团校", "共同体", "学区", "校区",
	"教研室", "教研中心", "教研机构", "教师发展中心", "发展中心", "进修学校", "教科院", "教科所", "督导室", "督导委员会", "督导机构", "培训机构", "机构", "中心校", "中心", "研究院", "工作站", "工作室",
	"校长", "副校长", "园长", "书记", "校(园)长", "校（园）长", "教师", "班主任", "教研员", "教导主任", "督学", "导师", "班子成员", "领导", "干部", "家长", "家庭", "学生", "企业", "社会力量", "社会各界", "社会组织", "新闻媒体", "媒体", "企事业单位", "事业单位", "单位", "集体", "乡镇", "街道", "村", "社区", "县区", "县(市、区)", "县（市、区）", "县市区", "县市", "支援方", "受援方", "各方", "股室", "科室", "各级财政"}

// dutyMarks follow an actor and make the clause its duty.
var dutyMarks = []string{"要", "应", "须", "必须", "应当", "负责", "将", "可", "不得", "需", "每", "定期", "不定期", "分别", "牵头", "共同", "按", "按照", "根据", "承担", "集中", "把", "对", "为", "也", "具体", "至少", "统一", "全面", "进一步", "积极", "切实", "充分", "原则上", "严格", "认真", "主动", "组织", "建立", "完善", "健全", "制定", "配备", "开展", "实施", "落实", "会同", "加强", "督政", "建成", "拥有", "构建", "达到", "全部", "逐步", "与", "参照", "依托", "履行", "结合", "安排", "设立", "成立", "完成", "做好", "常务", "定", "督导", "所", "在"}

// handOver are the verbs that call on somebody to act.
var handOver = []string{"鼓励引导", "引导鼓励", "支持鼓励", "鼓励支持", "鼓励和支持", "鼓励、支持", "积极鼓励", "鼓励", "支持", "动员", "督促", "要求", "责成", "引导和支持", "引导", "组织", "指导", "依托", "强化", "配合", "落实", "发挥", "推动", "允许", "倡导", "号召", "委托", "严禁", "让"}

// responsibleFor returns who has to act. The actor of the sentence before goes on where a sentence joins it (同时, 并).
func responsibleFor(text string, last *string) string {
	if note, ok := assignmentOf(text); ok {
		return note
	}
	if who := subjectOf(skipConnective(text[parseLabel(text).end:])); who != "" {
		*last = who
		return who
	}
	for _, clause := range clausesOf(text) {
		if who := subjectOf(clause); who != "" && !strings.HasSuffix(who, "学生") {
			*last = who
			return who
		}
	}
	if who := calledUpon(text); who != "" {
		return who
	}
	if hasAnyPrefix(text, []string{"同时", "并"}) {
		return *last
	}
	return ""
}

// clausesOf cuts a sentence at commas and semicolons.
func clausesOf(text string) []string {
	return strings.FieldsFunc(strings.TrimRight(text, "。"), func(r rune) bool {
		return r == ',' || r == '，' || r == ';' || r == '；' || r == ':' || r == '：'
	})
}

// subjectOf returns the actor that a clause begins with when a mark of duty follows it.
func subjectOf(clause string) string {
	clause = strings.TrimLeft(skipConnective(clause), " ")
	clause = strings.TrimPrefix(clause, "由")
	if startsWithAction(clause) && !strings.HasPrefix(clause, "督") && !strings.HasPrefix(clause, "各") {
		return ""
	}
	who, rest := actorAt(clause)
	if who == "" || !hasAnyPrefix(rest, dutyMarks) {
		return ""
	}
	return who
}

// actorLimit is how long a name of actors may be, in characters.
const actorLimit = 28

// actorAt returns the longest run of actors that the text begins with and what follows it.
func actorAt(s string) (who, rest string) {
	end, n := 0, 0
	for at, r := range s {
		if n++; n > actorLimit || isClauseMark(r) || r == '“' || r == '《' || r == '的' {
			break
		}
		stop := at + utf8.RuneLen(r)
		if n >= 2 && hasAnySuffix(s[:stop], actorEndings) {
			end = stop
			if hasAnyPrefix(s[stop:], dutyMarks) && !hasAnyPrefix(s[stop:], []string{"所", "与", "对口", "为主", "在校", "在职", "定点", "应用", "要素", "要求", "可持续", "把关", "组织领导", "领导"}) {
				return strings.TrimSpace(s[:end]), s[end:]
			}
		}
	}
	return strings.TrimSpace(s[:end]), s[end:]
}

// calledUpon returns whom a verb such as 鼓励 or 充分发挥 calls upon.
func calledUpon(text string) string {
	for _, verb := range handOver {
		at := strings.Index(text, verb)
		if at < 0 {
			continue
		}
		rest := text[at+len(verb):]
		who, _ := nearestActor(rest)
		if who != "" {
			return who
		}
	}
	return ""
}

// nearestActor returns the first actor that the text begins with, its qualifiers included.
func nearestActor(s string) (who, rest string) {
	end, n := 0, 0
	for at, r := range s {
		if n++; n > 16 || isClauseMark(r) || r == '“' || r == '《' || r == '的' {
			break
		}
		stop := at + utf8.RuneLen(r)
		if n >= 2 && hasAnySuffix(s[:stop], actorEndings) {
			end = stop
		} else if end > 0 && !strings.ContainsRune("、和与及校园长机构部门", r) && !isHan(r) {
			break
		}
	}
	return strings.TrimSpace(s[:end]), s[end:]
}
