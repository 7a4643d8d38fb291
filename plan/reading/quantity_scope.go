package reading

import "strings"

// scopes are the stages and topics of education with the words that show them, the narrow ones first.
var scopes = []struct {
	scope string
	words []string
}{
	{"特殊教育", []string{"特殊教育", "残疾", "随班就读", "特教"}},
	{"民族教育", []string{"民族教育", "民族学校", "民族中小学", "民族中学", "民族小学"}},
	{"职业教育", []string{"职业教育", "职业院校", "职业学校", "中职", "高职", "双师型", "实训", "顶岗", "产教", "校企", "职教", "技工", "技能培训"}},
	{"学前教育", []string{"学前", "幼儿园", "入园", "在园", "幼儿", "普惠性", "公办园", "民办园", "保育", "保教"}},
	{"普通高中教育", []string{"普通高中", "高考", "本科上线", "特色高中", "上线率"}},
	{"高中阶段教育", []string{"高中阶段", "高中"}},
	{"义务教育", []string{"义务教育", "小学", "初中", "大班额", "课后服务", "九年", "控辍", "辍学", "作业"}},
	{"高等教育", []string{"高等教育", "高校", "大学"}},
	{"继续教育", []string{"继续教育", "社区教育", "老年教育", "终身", "成人"}},
	{"校外培训", []string{"校外培训", "学科类培训"}},
	{"教师", []string{"教师", "校长", "园长", "班主任", "教研员", "学科带头人", "名师", "师德"}},
	{"教育经费", []string{"经费", "资金", "投资", "财政", "支出", "预算", "附加", "出让"}},
	{"教育信息化", []string{"信息化", "网络", "宽带", "带宽", "多媒体", "数字", "智慧", "终端"}},
	{"中小学", []string{"中小学", "学生", "学校", "体质", "体育", "美育", "劳动", "近视"}},
}

// scopeOf names the stage or topic that a quantity belongs to: by its name, else by its sentence, else by
// the headings above it from the inside out.
func scopeOf(name, sentence string, path []string) string {
	if scope := scopeIn(name); scope != "" && scope != "中小学" && scope != "教师" {
		return scope
	}
	for i := len(path) - 1; i >= 0; i-- {
		if scope := scopeIn(path[i]); scope != "" {
			return scope
		}
	}
	if scope := scopeIn(name); scope != "" {
		return scope
	}
	if len(sentence) > scopeReach {
		sentence = sentence[:scopeReach]
	}
	return scopeIn(sentence)
}

// scopeReach is how much of a sentence is searched for its topic.
const scopeReach = 600

func scopeIn(s string) string {
	for _, scope := range scopes {
		for _, word := range scope.words {
			if strings.Contains(s, word) {
				return scope.scope
			}
		}
	}
	return ""
}
