package target

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/width"

	"jiaoheng/unit"
)

// fold brings words into the form in which they are compared: half width, lower case, no space, no marks.
func fold(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsPunct(r) && r != '%' || r == '|' || r == '+' || r == '~' {
			return -1
		}
		return unicode.ToLower(r)
	}, width.Fold.String(text))
}

// plainWords stand in names of targets without saying what is measured. A word that limits whom a figure is about
// (脱贫, 残疾, 随迁, 乡村, 省级) is none of them, nor is one that turns it round (不, 未, 非).
var plainWords = longestFirst("全县", "全市", "全区", "全旗", "全州", "全盟", "全省", "全域", "全面", "本县", "本市", "本区", "我县", "我市", "我区", "县域内", "区域内", "县域", "辖区内", "辖区",
	"当地", "达到", "不低于", "不少于", "不超过", "控制在", "保持在", "稳定在", "提高到", "提高至", "力争", "努力", "实现", "基本", "总体", "稳步", "逐步", "逐年", "保持", "平均", "比例", "占比", "比率", "比重", "所占", "占", "率",
	"数量", "总数", "人数", "数", "的", "者", "和", "与", "及", "或者", "或", "以及", "学校", "阶段", "教育", "水平", "规模", "具有", "拥有", "配备", "各", "各类", "各级", "每学年", "学年", "每年", "年度", "年均", "到", "在", "中", "内", "国家",
	"规定", "要求", "标准", "测试", "学生", "中小学生", "中小学", "儿童", "少年", "青少年", "适龄", "学龄", "学龄前", "幼儿", "专任", "资源", "性", "制", "区域", "主要", "符合条件", "从", "其中", "总", "稳定", "人口", "超过", "只增不减", "逐年增长", "持续增长")

// boundWords say from where on something counts. They explain nothing about a name that is compared as a whole.
var boundWords = []string{"以上", "及以上", "以内", "左右"}

// turning are characters that turn a figure round or speak of its change.
const turning = "非未无不减降差退"

// stageWords are what names call a stage of schooling, the longer first. Words for several stages name all of them.
var stageWords = []struct {
	word   string
	stages []unit.Stage
}{
	{"中小学", []unit.Stage{unit.Primary, unit.Junior, unit.Senior}},
	{"普通高中", []unit.Stage{unit.Senior}},
	{"中等职业", []unit.Stage{unit.Vocational}},
	{"高中阶段", []unit.Stage{unit.Senior, unit.Vocational}},
	{"职业院校", []unit.Stage{unit.Vocational}},
	{"职业高中", []unit.Stage{unit.Vocational}},
	{"义务教育", []unit.Stage{unit.Primary, unit.Junior}},
	{"特殊教育", []unit.Stage{unit.Special}},
	{"学前教育", []unit.Stage{unit.Preschool}},
	{"职业教育", []unit.Stage{unit.Vocational}},
	{"职业学校", []unit.Stage{unit.Vocational}},
	{"双师型", []unit.Stage{unit.Vocational}},
	{"随班就读", []unit.Stage{unit.Special}},
	{"残疾", []unit.Stage{unit.Special}},
	{"幼儿园", []unit.Stage{unit.Preschool}},
	{"学前", []unit.Stage{unit.Preschool}},
	{"入园", []unit.Stage{unit.Preschool}},
	{"普惠", []unit.Stage{unit.Preschool}},
	{"小学", []unit.Stage{unit.Primary}},
	{"初中", []unit.Stage{unit.Junior}},
	{"高中", []unit.Stage{unit.Senior}},
	{"中职", []unit.Stage{unit.Vocational}},
	{"特教", []unit.Stage{unit.Special}},
	{"九年", []unit.Stage{unit.Primary, unit.Junior}},
	{"高等教育", higher},
	{"高职", higher},
	{"高校", higher},
	{"大学", higher},
	{"大专院校", higher},
}

// higher is what no register of the packs holds; a name that speaks of it is about nobody else.
var higher = []unit.Stage{"higher"}

// notStages are words that hold the name of a stage by accident.
var notStages = strings.NewReplacer("大学区", "　　　", "大学习", "　　　", "高等职业", "高职　　", "大学生村官", "　　　　　")

// stagesIn returns the stages that a text names, each once, in the order of unit.Stages.
func stagesIn(text string) []unit.Stage {
	text = notStages.Replace(text)
	var found []unit.Stage
	for _, s := range stageWords {
		if strings.Contains(text, s.word) {
			found = append(found, s.stages...)
			text = strings.ReplaceAll(text, s.word, strings.Repeat("　", len([]rune(s.word))))
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

func longestFirst(words ...string) []string {
	slices.SortStableFunc(words, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
	return words
}

// cover marks every place at which the word stands.
func cover(marks []bool, text []rune, word string) {
	runes := []rune(word)
	for i := 0; i+len(runes) <= len(text); i++ {
		if slices.Equal(text[i:i+len(runes)], runes) {
			for k := range runes {
				marks[i+k] = true
			}
		}
	}
}

// coverShared marks every run of at least two characters that stands in the other text too.
func coverShared(marks []bool, text []rune, other string) {
	for i := range len(text) - 1 {
		if strings.Contains(other, string(text[i:i+2])) {
			marks[i], marks[i+1] = true, true
		}
	}
}

// uncovered returns what no mark stands on.
func uncovered(marks []bool, text []rune) string {
	var rest []rune
	for i, r := range text {
		if !marks[i] {
			rest = append(rest, r)
		}
	}
	return string(rest)
}

// withoutPlain takes the plain words out of a text.
func withoutPlain(text string) string {
	runes := []rune(text)
	marks := make([]bool, len(runes))
	for _, word := range plainWords {
		cover(marks, runes, word)
	}
	return uncovered(marks, runes)
}
