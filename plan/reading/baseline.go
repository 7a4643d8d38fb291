package reading

import (
	"strconv"
	"strings"
)

// matchBaselines gives a target without an old value of its own the value that the review reports for the
// same indicator.
func (r *quantityReader) matchBaselines() {
	byKey := map[string][]int{}
	for i := range r.facts {
		f := &r.facts[i]
		if f.Value == nil || f.Comparator == "increase" || f.Comparator == "decrease" || f.Optional == "implicit" || !isLevel(f.Unit) && !isCount(f.Unit) {
			continue
		}
		key := indicatorKey(f.Name) + "|" + f.Unit
		byKey[key] = append(byKey[key], i)
	}
	if len(byKey) == 0 {
		return
	}
	for i := range r.targets {
		t := &r.targets[i]
		if t.Baseline != nil || t.Value == nil || t.Comparator == "increase" || t.Comparator == "decrease" || t.Comparator == "range" || !isLevel(t.Unit) && !(r.moves[i] && isCount(t.Unit)) {
			continue
		}
		key := indicatorKey(t.Name) + "|" + t.Unit
		found := byKey[key]
		if len(found) == 0 {
			found = looseMatch(byKey, key)
		}
		if len(found) == 0 {
			continue
		}
		fact := &r.facts[found[len(found)-1]]
		t.Baseline = &Baseline{Value: *fact.Value, Year: yearOf(fact.Time)}
	}
}

// isLevel tells whether numbers of the unit measure a state that a plan moves.
func isLevel(unit string) bool {
	switch unit {
	case "%", "‰", "年", "岁", "分", "小时", "平方米", "节", "M", "元", "元/年", "元/月", "元/生·年":
		return true
	}
	return false
}

// isCount tells whether the unit counts things. A count has an old value only where the plan moves it
// (增加到, 减少到): what was built in the past is no state.
func isCount(unit string) bool { return units[unit] == classCount }

func yearOf(time *string) *int {
	if time == nil || len(*time) < 4 {
		return nil
	}
	text := *time
	if i := strings.LastIndexByte(text, '-'); i == 4 && len(text) == 9 {
		text = text[5:]
	}
	year, err := strconv.Atoi(text[:4])
	if err != nil {
		return nil
	}
	return &year
}

// looseMatch finds the one fact whose name is the target's name with a word of scope more or less.
func looseMatch(byKey map[string][]int, key string) []int {
	var found []int
	for other, list := range byKey {
		long, short := key, other
		if len(long) < len(short) {
			long, short = short, long
		}
		rest, ok := strings.CutSuffix(long, short)
		if !ok || !isScopeWord(rest) && !isQualifier(rest, short) {
			continue
		}
		if found != nil {
			return nil
		}
		found = list
	}
	return found
}

// isQualifier tells whether rest only says more closely what the long shared words name: 有需求的 学生参与率.
// A group of its own (小学, 初中) is another indicator.
func isQualifier(rest, short string) bool {
	indicator, _, _ := strings.Cut(short, "|")
	return len([]rune(rest)) <= 4 && len([]rune(indicator)) >= 5 && !onlyGroups(rest) && !endsInAny(rest, heads)
}

// scopeWords may stand before an indicator in one place and be missing in another.
var scopeWords = []string{"中职学校", "中等职业学校", "职业院校", "职业学校", "职业", "中职", "中小学", "学前三年", "学前", "九年义务", "义务", "学校", "幼儿园", "城乡", "各类", "九年", "公办", "中小学校", "专任", "区域内", "县域内", "教师", "学生", "中小学生"}

func isScopeWord(s string) bool {
	for _, word := range scopeWords {
		if s == word {
			return true
		}
	}
	return false
}

// keyNoise are the words that two wordings of one indicator differ in.
var keyNoise = strings.NewReplacer("的", "", "“", "", "”", "", "\"", "", "教育", "", "阶段", "", "全市", "", "全县", "", "全区", "", "我市", "", "我县", "", "我区", "", "、", "", "（", "", "）", "", "(", "", ")", "", "达到", "", "稳定", "", "保持", "", "总体", "", "适龄", "", "及以上", "以上", "占比", "比例", "比重", "比例")

// indicatorKey folds the wordings of one indicator into one key.
func indicatorKey(name string) string { return keyNoise.Replace(name) }
