package reading

import (
	"sort"
	"strings"
)

// openers are the words that begin a clause without belonging to the name of what is counted. The long ones first.
var openers = []string{"在此基础上", "在此期间", "力争实现", "力争达到", "努力实现", "确保实现", "基本实现", "全面实现", "力争使", "力争", "争取", "确保", "保证", "保障", "努力", "实现", "使得", "促使", "使", "让", "要求", "原则上", "同时", "从而", "并且", "其中", "另外", "此外", "以及",
	"全市范围内", "全县范围内", "全市", "全县", "全区", "全州", "全盟", "全旗", "全省", "我市", "我县", "我区", "我州", "我省", "本市", "本县", "本区", "全域", "严格执行", "执行", "严格", "先后", "共计", "累计", "共", "已", "并", "将", "把", "要", "应当", "应", "须", "使其", "达到", "达", "到", "即", "则", "对于", "对", "落实好", "落实", "推动", "促进", "帮助", "推进", "进一步", "逐步", "稳步", "基本", "全面", "大力", "积极", "不断", "加快", "努力", "切实", "支持", "鼓励", "引导", "以", "从", "由", "与", "和", "及", "、", "且", "也", "的", "在", "于", "按照", "按", "其", "各地", "平均", "组织", "给予", "有", "提出", "：", ":", "”", "首次", "以后", "而", "但", "一是", "二是", "三是", "四是", "五是", "六是", "七是", "八是", "九是", "十是", "提出", "目前", "共有", "现有", "截至"}

// closers end the words before a number without belonging to the name.
var closers = []string{"人均", "生均", "每生每年", "每人每年", "每生每月", "每人每月", "每人", "每生", "每校", "每园", "每班", "平均每年", "年均", "平均", "累计", "分别", "全部", "总体", "均", "都", "共", "约", "近", "各", "为", "是", "在", "有", "达", "到", "以", "要", "应", "须", "至少", "超", "仅", "已", "将", "按照", "按", "占到", "了", "的", "、", "（", "(", "“", "不", "要求", "力争", "确保", "总计", "合计", "已经", "仍", "仅", "尚", "基本", "整体", "逐步", "，", "就", "又", "再", "也", "则", "达到", "和"}

// makers are verbs whose object is what the number counts; alone they say nothing about it.
var makers = []string{"办好", "建好", "打造", "建成", "建设", "组建", "培育", "培养", "实现", "配备", "探索出", "形成", "达到", "拥有", "完成", "开展", "举办", "建立", "安排", "遴选", "创建", "设立", "设置", "进行", "接受", "参加", "汇聚", "给予", "具有", "打造出", "建成了", "实施", "开设", "成立", "命名", "评选", "认定", "建"}

// heads end the name of a share or a degree: what is measured is complete with them.
var heads = []string{"率", "比例", "占比", "比重", "覆盖面", "满意度", "年限", "标准", "水平", "比", "度", "幅度", "总数", "总量", "数量", "数", "人数", "规模", "面积", "时间", "时长", "学时", "课时", "经费", "资金", "支出", "总投入", "总投资", "系数", "差异", "值", "用地", "金", "债务", "名额", "成绩", "平均分", "工资", "津贴", "补助", "补贴", "班额", "距离", "半径", "带宽", "极差", "差距"}

// starters begin a clause of its own behind a number: what follows is done with what was counted.
var starters = []string{"供", "用于", "用来", "为", "以", "并", "对", "将", "把", "使", "让", "从", "向", "到", "在", "由", "给", "与", "和", "及", "至", "开展", "进行", "参加", "参与", "达到", "实现", "纳入", "同步", "实施", "覆盖", "投入", "通过", "接受", "获得", "获", "荣获", "入选", "推进", "成为", "投用", "支持", "完成", "全部", "基本", "均", "都", "被", "已", "满足", "促进", "提高", "提升", "改善", "补充", "帮助", "全面", "确保", "基础上", "政策", "要求", "目标"}

// leaders are the words that no noun begins with: right behind a number they show that it counts what stands before it.
var leaders = []string{"供", "用于", "用来", "为", "以", "并", "对", "将", "把", "使", "让", "从", "向", "到", "在", "由", "给", "与", "和", "及", "至", "达到", "实现", "纳入", "投入", "获得", "成为", "投用", "均", "都", "被", "已", "满足", "参加", "参与", "通过", "接受", "实施"}

// name builds what is counted from the words around measure k.
func (st *statement) name(k int) string {
	m := &st.measures[k]
	left := st.leftWords(k)
	right := st.rightWords(m)
	if isLevelWord(right) {
		right += st.levelNoun(k)
	}
	m.lead = left
	var name string
	if m.chained && k > 0 && left == "" && right == "" && m.unit.class == st.measures[k-1].unit.class {
		m.stem = st.measures[k-1].stem
		return st.finished(m.stem, m)
	}
	if m.far != "" {
		return st.relative(left, m)
	}
	if shared, ok := st.shared(k, left, right); ok {
		return st.finished(shared, m)
	}
	left = groupFirst(left)
	if subject := st.colonSubject(m, left); subject != "" && right == "" {
		m.stem = left + subject
		return st.finished(m.stem, m)
	}
	switch {
	case m.unit.class == classMoney && strings.HasPrefix(right, "标准"):
		name = left + "标准"
	case m.unit.class == classMoney && m.comparator == compareNone && right != "" && (!endsInHead(left) || startsWithAction(right)):
		name = right + left
	case m.unit.class == classRate || m.unit.class == classMoney || m.unit.class == classDuration || m.unit.class == classAge || endsInHead(left):
		name = left
		if name == "" || m.unit.class == classRate && isOneOf(left, []string{"覆盖", "占", "惠及", "带动", "辐射"}) {
			name = left + right
		}
	case right == "":
		name = withoutMaker(left)
	case strings.HasSuffix(left, "等"):
		name = prefixOf(left, carriers) + right
	default:
		name = bareMaker(left) + describedNoun(right)
	}
	if before := st.inherited(k, name, right); before != "" {
		name = before + name
	}
	if len(name) > nameMost {
		name = left // a chain of shared words that no plan has
	}
	m.stem = name
	if name == "" || isOneOf(name, makers) {
		name = st.topic(m) + name
	}
	return st.finished(name, m)
}

// describedNoun puts the noun behind the size that describes it: 学校规模超过2000人 is 规模超过2000人的学校.
func describedNoun(right string) string {
	for _, noun := range describedNouns {
		rest, ok := strings.CutPrefix(right, noun)
		if ok && prefixOf(rest, bearers) != "" && strings.ContainsAny(rest, "0123456789") {
			return rest + "的" + noun
		}
	}
	return right
}

// isLevelWord tells a level without a noun: 50名省级、200名市级骨干教师.
func isLevelWord(right string) bool {
	n := len([]rune(right))
	return strings.HasSuffix(right, "级") && n >= 2 && n <= 3
}

// levelNoun is the noun that a chain of levels shares with its last member.
func (st *statement) levelNoun(k int) string {
	for next := k + 1; next < len(st.measures) && next <= k+4 && st.measures[next].chained; next++ {
		right := st.rightWords(&st.measures[next])
		if i := strings.Index(right, "级"); i > 0 && i <= 2*len("级") && i+len("级") < len(right) {
			return right[i+len("级"):]
		}
	}
	return ""
}

// topic is what the sentence begins with: the last resort for a number without a name of its own.
func (st *statement) topic(m *measure) string {
	from := st.afterLabel(0)
	to := from
	for to < m.left && !isClauseEnd(st.text[to]) && to < from+18 {
		to++
	}
	if to >= m.left || to == from+18 {
		return ""
	}
	return trimName(actionVerbs.cut(trimName(st.plain(from, to, m))))
}

// nameMost is the longest name in bytes that shared words may build.
const nameMost = 360

// leftWords are the words before the measure without expressions of time and without the words that only
// lead to the number.
func (st *statement) leftWords(k int) string {
	m := &st.measures[k]
	from, to := m.left, min(m.from, st.numbers[m.number].from)
	if m.base >= 0 {
		from, to = st.baseStart(m)
	}
	from = st.afterLabel(from)
	if from >= to {
		return ""
	}
	if to-from > 2*nameLongest {
		from = to - 2*nameLongest
	}
	if m.unit.class == classCount && m.base < 0 {
		from = st.lastVerb(from, to, m)
	}
	return trimName(st.plain(from, to, m))
}

// plain are the words from one place to another without expressions of time, the length of cycles and a
// comparator that stands among them.
func (st *statement) plain(from, to int, m *measure) string {
	var words strings.Builder
	next := st.momentAt(from)
	for i := from; i < to; i++ {
		for next < len(st.moments) && st.moments[next].to <= i {
			next++
		}
		if next < len(st.moments) && st.moments[next].from <= i && st.moments[next].kind != timeBefore {
			i = min(st.moments[next].to, to) - 1
			continue
		}
		if i >= m.cutFrom && i < m.cutTo {
			continue
		}
		if to, ok := st.cycleAt(i); ok {
			i = to - 1
			continue
		}
		words.WriteRune(st.text[i])
	}
	return words.String()
}

// verbStart goes back to where a compound verb begins: 扩建 in 新建、改扩建.
func (st *statement) verbStart(i, from int) int {
	for j := max(from, i-6); j < i; j++ {
		if word := prefixOf(string(st.text[j:min(j+8, len(st.text))]), carriers); word != "" && j+len([]rune(word)) > i {
			return j
		}
	}
	return i
}

// plainLeft is how long the words before a count may be before they are cut at the verb whose object is counted.
const plainLeft = 10

// lastVerb finds where the last verb begins whose object is counted: 围绕茶产业打造专业群3个.
func (st *statement) lastVerb(from, to int, m *measure) int {
	if to-from <= plainLeft || m.right > m.to && !isClauseEnd(st.text[m.to]) {
		return from
	}
	for i := to - 3; i > from; i-- {
		if follows(st.text, i, carriers...) && !follows(st.text, i, "建设类", "培训机", "培训基", "改造项") && st.text[i-1] != '、' && !covers(st.marks.quotes, i) {
			return st.verbStart(i, from)
		}
	}
	return from
}

// cycleAt steps over the length of a cycle: 5年一个周期.
func (st *statement) cycleAt(i int) (int, bool) {
	k := sort.Search(len(st.numbers), func(k int) bool { return st.numbers[k].to > i })
	if k == len(st.numbers) || st.numbers[k].from != i || st.numbers[k].kind != kindPeriod || i > 0 && st.text[i-1] == '每' {
		return 0, false
	}
	unit, ok := unitAt(st.text, st.numbers[k].to)
	if !ok || unit.class != classDuration {
		return 0, false
	}
	to := unit.to
	for _, word := range []string{"为一个周期", "为一周期", "一个周期", "一周期", "一轮的", "一轮", "一次", "为周期", "周期"} {
		if hasAt(st.text, to, word) {
			return to + len([]rune(word)), true
		}
	}
	return 0, false
}

// afterLabel steps over the label at the head of the sentence: 1., （2）, 三是.
func (st *statement) afterLabel(from int) int {
	if from > 1 || len(st.numbers) == 0 {
		return from
	}
	if n := st.numbers[0]; n.kind == kindOrdinal && n.from == from && hasAt(st.text, n.to, "是") {
		return n.to + 1
	}
	if n := st.numbers[0]; n.kind == kindLabel && n.from <= from+1 {
		from = n.to
		for from < len(st.text) && (st.text[from] == '.' || st.text[from] == '．' || st.text[from] == '、' || st.text[from] == '是' || isClose(st.text[from]) || st.text[from] == ' ') {
			from++
		}
	}
	return from
}

// momentAt is the index of the first expression of time that ends behind rune i.
func (st *statement) momentAt(i int) int {
	return sort.Search(len(st.moments), func(k int) bool { return st.moments[k].to > i })
}

// baseStart gives the words that name a pair of an old and a new value: what stands before 由 or 从.
func (st *statement) baseStart(m *measure) (int, int) {
	old := &st.measures[m.base]
	to := old.from
	for i := to; i > old.left && i > to-16; i-- {
		if r := st.text[i-1]; r == '由' || r == '从' {
			return old.left, i - 1
		}
	}
	return old.left, to
}

// trimName drops openers from the front and closers from the back.
func trimName(s string) string {
	for range 6 {
		before := s
		s = strings.TrimSpace(s)
		for _, word := range openers {
			if rest, ok := strings.CutPrefix(s, word); ok && !keepsOpener(s, word) {
				s = rest
				break
			}
		}
		for _, word := range closers {
			if rest, ok := strings.CutSuffix(s, word); ok {
				s = rest
				break
			}
		}
		if s == before {
			break
		}
	}
	return s
}

// keepsOpener refuses to cut a word in two: 对口, 达标, 以上, 在校, 应届, 共同.
func keepsOpener(s, word string) bool {
	for _, whole := range []string{"对口", "达标", "到校", "在校", "在园", "在编", "在职", "在读", "应届", "应用", "共同", "共享", "有效", "由于", "并轨", "从业", "从教", "以上", "以下", "与会", "和谐", "及格", "及时", "将来", "使用", "要素", "全面发展", "有证", "按时", "推动力", "应急", "应聘", "应考", "要点", "其他", "其余", "在线", "在岗", "在册", "有需求", "有需要", "有条件", "有意愿", "有机", "有关", "并联", "共青团", "到岗", "到位", "对外", "对学", "对标", "按需", "由此", "及早", "把关", "将军", "基本公共", "基本办学", "基本功", "基本均衡", "组织管理", "平均受", "共建", "即将", "支持性", "平均"} {
		if strings.HasPrefix(whole, word) && strings.HasPrefix(s, whole) && (whole != "平均" || strings.HasPrefix(s, "平均")) {
			return true
		}
	}
	return false
}

// rightWords are the words behind the measure that say what is counted.
func (st *statement) rightWords(m *measure) string {
	from, to := m.to, m.right
	if from >= to {
		return ""
	}
	var words []rune
	depth := 0
	for i := from; i < min(to, from+2*nameLongest); i++ {
		r := st.text[i]
		if isOpen(r) {
			depth++
		}
		if depth == 0 {
			words = append(words, r)
		}
		if isClose(r) && depth > 0 {
			depth--
		}
	}
	attribute := false
	if len(words) > 0 && words[0] == '的' {
		words, attribute = words[1:], true
	}
	if !attribute && m.unit.class != classMoney && follows(words, 0, leaders...) && !strings.ContainsRune(string(words), '的') {
		return ""
	}
	if m.unit.class == classMoney || m.unit.class == classRate {
		return trimName(string(words))
	}
	return trimName(string(nounPhrase(words)))
}

// nounPhrase cuts the words behind a number where a new action begins, unless an attribute that ends in 的 is under way.
func nounPhrase(words []rune) []rune {
	last := -1
	for i, r := range words {
		if r == '的' && i+1 < len(words) {
			last = i
		}
		if r == '、' && i > 0 && last < 0 && i > 12 {
			return words[:i]
		}
	}
	for i := max(last+1, 1); i < len(words); i++ {
		for _, word := range starters {
			if len(word) < 6 && word != "对" && word != "供" && word != "到" && word != "并" && word != "被" {
				continue
			}
			if hasAt(words, i, word) && i >= 2 && !nounVerb(words, i, word) {
				return words[:i]
			}
		}
	}
	return words
}

// nounVerb keeps verbs that end a compound: 覆盖率, 对口, 教学实施.
func nounVerb(words []rune, i int, word string) bool {
	end := i + len([]rune(word))
	if end >= len(words) {
		return word != "同步"
	}
	switch words[end] {
	case '率', '面', '口', '度', '性', '型', '期', '制', '费', '金', '组', '校', '点':
		return true
	}
	return false
}

// bareMaker drops a maker verb that stands alone at the end of the left words, keeps what else they say.
func bareMaker(left string) string {
	for _, word := range makers {
		if rest, ok := strings.CutSuffix(left, word); ok {
			return trimName(rest)
		}
	}
	return left
}

// withoutMaker drops a maker verb from the front of the words before a count.
func withoutMaker(left string) string {
	if verb := prefixOf(left, makers); verb != "" && len([]rune(left)) >= len([]rune(verb))+3 {
		return trimName(strings.TrimPrefix(left, verb))
	}
	return left
}

// groupFirst puts a group that stands behind its indicator before it: 班额小学 is 小学班额.
func groupFirst(left string) string {
	group, ok := groupIn(left)
	if rest, behind := strings.CutSuffix(left, group); ok && behind && endsInHead(rest) {
		return group + rest
	}
	return left
}

func endsInHead(s string) bool {
	for _, head := range heads {
		if strings.HasSuffix(s, head) {
			return true
		}
	}
	return false
}
