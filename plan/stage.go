package plan

import "strings"

// Stage is the part of education that an item speaks of; a plan's page is ordered by it.
type Stage string

// Stages in the order in which pages show them.
const (
	Preschool  Stage = "preschool"
	Compulsory Stage = "compulsory"
	SeniorHigh Stage = "senior"
	Vocational Stage = "vocational"
	Special    Stage = "special"
	Higher     Stage = "higher"
	Lifelong   Stage = "lifelong"
	Private    Stage = "private"
	Teachers   Stage = "teachers"
	Students   Stage = "students"
	Digital    Stage = "digital"
	Funding    Stage = "funding"
	General    Stage = "general"
)

// Stages returns every stage in the order of a page.
func Stages() []Stage {
	return []Stage{Preschool, Compulsory, SeniorHigh, Vocational, Special, Higher, Lifelong, Private, Teachers, Students, Digital, Funding, General}
}

// stageWords are looked for in this order: the more special word comes first, so that 特殊教育义务教育
// counts as special education and 中等职业学校教师 as vocational.
var stageWords = []struct {
	stage Stage
	words []string
}{
	{Special, []string{"特殊教育", "特教", "残疾", "送教上门", "随班就读"}},
	{Preschool, []string{"学前", "幼儿园", "幼儿", "普惠性", "公办园", "民办园", "毛入园", "保教"}},
	{Vocational, []string{"职业教育", "职业学校", "职业院校", "中职", "高职", "双师型", "产教融合", "实训", "技工"}},
	{SeniorHigh, []string{"普通高中", "高中阶段", "高中", "高考", "本科上线"}},
	{Lifelong, []string{"终身", "继续教育", "社区教育", "老年教育", "扫盲", "成人教育"}},
	{Teachers, []string{"教师", "师资", "校长", "班主任", "教研员", "教职工", "师德", "导师", "教导主任"}},
	{Digital, []string{"信息化", "数字", "智慧校园", "互联网", "网络", "宽带", "多媒体", "计算机"}},
	{Funding, []string{"经费", "投入", "财政", "资助", "拨款", "资金", "助学"}},
	{Compulsory, []string{"义务教育", "小学", "初中", "中小学", "九年", "控辍", "辍学", "寄宿", "大班额", "集团化", "课后服务", "村小"}},
	{Higher, []string{"高等教育", "高校", "大学", "本科"}},
	{Private, []string{"民办", "校外培训"}},
	{Students, []string{"德育", "思想政治", "体育", "体质", "近视", "美育", "劳动", "心理", "学生", "艺术", "阅读"}},
}

// StageOf finds the stage of an item. The scope says it best, then the name, then the headings above from the
// innermost outwards, then the sentence; without a word of a stage it is General.
func StageOf(item Item) Stage {
	places := []string{item.Fields["scope"], item.Fields["name"]}
	for i := len(item.Path) - 1; i >= 0; i-- {
		places = append(places, item.Path[i])
	}
	places = append(places, item.Sentence)
	for _, place := range places {
		if stage, ok := stageIn(place); ok {
			return stage
		}
	}
	return General
}

func stageIn(place string) (Stage, bool) {
	if place == "" {
		return "", false
	}
	for _, s := range stageWords {
		for _, word := range s.words {
			if strings.Contains(place, word) {
				return s.stage, true
			}
		}
	}
	return "", false
}
