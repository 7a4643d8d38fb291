package reading

import (
	"strings"
	"unicode/utf8"

	"jiaoheng/document"
)

// readMechanisms reads the standing arrangements of the measures and safeguards: what monitors, inspects,
// assesses, holds to account, supervises or coordinates by rule.
func readMechanisms(l *layout) []Mechanism {
	r := mechanismReader{l: l, seen: map[string]bool{}}
	for _, s := range l.sentences {
		if s.Table > 0 || s.Role != RoleMeasure && s.Role != RoleSafeguard {
			continue
		}
		if s.Lead && !namesArrangement(s.Text) {
			continue
		}
		for _, c := range clausesAt(strings.TrimRight(s.Text, "。")) {
			if c.from == 0 {
				c.from = min(parseLabel(s.Text).end, c.to)
			}
			r.clause(s, s.Text[c.from:c.to], s.Text[c.to:])
		}
	}
	return r.mechanisms
}

type mechanismReader struct {
	l          *layout
	mechanisms []Mechanism
	seen       map[string]bool
}

// watchWords make an arrangement one that watches over something.
var watchWords = setOf([]string{"监测", "督导", "督查", "督办", "督政", "督学", "检查", "自查", "巡查", "排查", "抽查", "考核", "考评", "评价", "评估", "问责", "责任", "监督", "监管", "监控", "审计", "公开", "公示", "约谈", "通报", "述职", "联席", "例会", "议事", "会商", "挂驻", "联系学校", "挂钩", "包联", "包保",
	"预警", "惩处", "退出", "奖惩", "激励", "约束", "追究", "倒查", "一票否决", "挂牌", "联防联控", "防控", "防范", "动态管理", "动态调整", "备案", "年检", "信用", "反馈", "调度", "听课", "领导体制", "齐抓共管", "控辍保学", "清单", "名单", "闭环", "任务分解", "审查", "验收", "举报", "诊断分析"})

// arrangements end the name of a standing arrangement.
var arrangements = []string{"工作机制", "体制机制", "机制", "制度体系", "制度", "责任体系", "评价体系", "监控体系", "防控体系", "管理体系", "责任制", "领导体制", "例会制", "管理制", "督学制", "学校制", "否决制", "目标责任制", "备案制", "清单制", "负面清单", "责任清单", "奖补办法", "评价办法", "考核办法", "问责办法", "督导评价体系", "监测体系"}

var arrangementSet = setOf(arrangements)

// arrangementNot follow what only looks like an arrangement.
var arrangementNot = []string{"改革", "创新", "化", "度", "订", "定", "不完善", "不健全", "问题", "不规范", "设计", "瓶颈", "不够", "还不", "不科学"}

func namesArrangement(text string) bool {
	return hasAnyPrefix(text, enumerators) && hasAnySuffix(strings.TrimRight(text, "。"), []string{"机制改革", "制度", "机制"})
}

// clause reads the arrangements of one clause; after is the text behind it in the sentence.
func (r *mechanismReader) clause(s Sentence, clause, after string) {
	before := len(r.mechanisms)
	r.named(s, clause)
	r.titled(s, clause)
	r.quoted(s, clause)
	if len(r.mechanisms) == before {
		r.leading(s, clause)
	}
	if len(r.mechanisms) == before {
		r.acting(s, clause)
	}
	r.standing(s, clause, before)
}

// named adds the arrangements that a noun names: 教育督导问责机制.
func (r *mechanismReader) named(s Sentence, clause string) {
	masked := maskQuotes(clause)
	taken := 0
	for at := 0; at < len(masked); {
		ending, end := nextArrangement(masked, at)
		if ending == "" {
			return
		}
		at = end
		tail := masked[end:]
		if hasAnyPrefix(tail, arrangementNot) && !s.Lead {
			continue
		}
		name := listTail(nameBefore(lastBytes(clause[taken:end], nameReach)))
		if name != "" && runes(name, 5) >= 4 && (watchWords.in(name) && (!containsAny(name, notWatching) || containsAny(name, alwaysWatching)) || sharing.in(name)) {
			r.add(s, name, "named arrangement", 0.75)
			taken = end
		} else if ending == "机制" && strings.Contains(name, "长效") && containsAny(s.Text, []string{"预算", "经费", "投入", "安全", "排查"}) {
			r.add(s, name, "named arrangement", 0.6)
			taken = end
		}
	}
}

// nameReach is how many bytes before its end a name is looked for.
const nameReach = 300

// notWatching are arrangements that teach, admit or pay and watch over nothing.
var notWatching = []string{"招生", "录取", "综合素质评价体系", "学业水平考试", "招聘", "职称", "评聘", "分班", "拨款制度及", "课程体系", "评定", "同步规划"}

// alwaysWatching make even an arrangement of admission one that watches: 招生工作巡查制度.
var alwaysWatching = []string{"巡查", "问责", "责任追究", "监督检查", "举报"}

// sharing are arrangements by which offices and schools carry a burden or decide together.
var sharing = setOf([]string{"对口帮扶", "结对帮扶", "协同育人", "成本分担", "经费筹措", "经费拨款", "同步调整", "同步增长", "送教上门", "联动", "协商", "会商"})

// nextArrangement returns the next ending of an arrangement in the text from byte at on, the longest where two
// end together.
func nextArrangement(s string, at int) (ending string, end int) {
	best := -1
	for k, r := range s[at:] {
		if stop := at + k + utf8.RuneLen(r); arrangementSet.last.has(r) {
			if ending = arrangementSet.longestEnd(s[at:stop]); ending != "" {
				best = stop
				break
			}
		}
	}
	if best < 0 {
		return "", len(s)
	}
	if strings.HasSuffix(ending, "制") && strings.HasPrefix(s[best:], "度") {
		best, ending = best+len("度"), "制度"
	}
	// 制度体系 and 机制改革: the ending goes on when a longer one begins inside it.
	for _, a := range arrangements {
		if rest := strings.TrimPrefix(a, ending); rest != a && rest != "" && strings.HasPrefix(s[best:], rest) {
			best += len(rest)
			ending = a
		}
	}
	return ending, best
}

// listTail keeps the last name of a list whose parts are complete: 甲机制、乙制度 → 乙制度.
func listTail(name string) string {
	masked := maskQuotes(name)
	for at := len(masked); at > 0; {
		n := strings.LastIndex(masked[:at], "、")
		if n < 0 {
			break
		}
		if arrangementSet.ends(masked[:n]) {
			return stripOrder(name[n+len("、"):])
		}
		at = n
	}
	for _, joint := range []string{"机制和", "制度和", "机制与", "制度与", "机制及", "制度及"} {
		if at := strings.LastIndex(masked, joint); at >= 0 {
			return stripOrder(name[at+len(joint):])
		}
	}
	return cutFront(name, 40)
}

// cutFront keeps at most the last n characters.
func cutFront(s string, n int) string {
	count := utf8.RuneCountInString(s)
	for at := range s {
		if count <= n {
			return s[at:]
		}
		count--
	}
	return s
}

// titled adds the rules in title marks that assess or hold to account: 《…考核办法》.
func (r *mechanismReader) titled(s Sentence, clause string) {
	for {
		open := strings.Index(clause, "《")
		if open < 0 {
			return
		}
		clause = clause[open+len("《"):]
		end := strings.Index(clause, "》")
		if end < 0 {
			return
		}
		if name := clause[:end]; hasAnySuffix(bareTitle(name), []string{"办法", "规定", "细则", "条例"}) && containsAny(name, []string{"考核", "问责", "督导", "监督", "监测", "考评", "评估"}) {
			r.add(s, name, "rules in title marks", 0.7)
		}
		clause = clause[end:]
	}
}

// quoted adds the watchwords in quotes: “双随机、一公开”, “一票否决”.
func (r *mechanismReader) quoted(s Sentence, clause string) {
	for {
		open := strings.Index(clause, "“")
		if open < 0 {
			return
		}
		clause = clause[open+len("“"):]
		end := strings.Index(clause, "”")
		if end < 0 {
			return
		}
		inner, tail := clause[:end], clause[end+len("”"):]
		clause = tail
		if containsAny(inner, []string{"双随机", "一票否决", "网格化监管", "一岗双责", "党政同责", "月通报", "月调度", "周调度", "季督查"}) && !hasAnyPrefix(tail, []string{"的", "、重点"}) {
			r.add(s, inner, "watchword", 0.65)
		}
	}
}

// leading adds bodies and meetings that lead and coordinate.
func (r *mechanismReader) leading(s Sentence, clause string) {
	for _, ending := range []string{"领导小组办公室", "领导小组", "联席会议", "常务会议", "工作专班"} {
		at := strings.Index(clause, ending)
		if at < 0 {
			continue
		}
		end := at + len(ending)
		who, rest := clause[:end], clause[end:]
		switch {
		case hasAnyPrefix(clause, []string{"成立", "建立", "组建", "健全", "设立"}):
			name := nameBefore(who)
			if n := strings.LastIndex(name, "的"); n >= 0 {
				name = name[n+len("的"):]
			}
			r.add(s, name, "leading body", 0.75)
		case containsAny(who, []string{"成立", "建立", "组建"}):
			_, name, _ := cutLast(who, "立")
			if _, after, ok := cutLast(who, "组建"); ok {
				name = after
			}
			if n := strings.LastIndex(name, "的"); n >= 0 {
				name = name[n+len("的"):]
			}
			r.add(s, name, "leading body", 0.7)
		case strings.HasPrefix(rest, "研究") || hasAnySuffix(who, []string{"召开联席会议"}):
			r.add(s, cutFront(stripOrder(who), 12), "leading body", 0.55)
		case hasAnyPrefix(rest, []string{"统筹", "负责", "加强统筹", "定期", "每", "将", "要"}):
			r.add(s, stripOrder(who)+cutRunes(firstDuty(rest), 14), "leading body", 0.65)
		}
		return
	}
	if containsAny(clause, []string{"第一责任人", "负总责"}) {
		r.add(s, cutRunes(stripOrder(clause), 30), "first responsible", 0.6)
	}
	if strings.Contains(clause, "领导") && strings.Contains(clause, "联系") && strings.Contains(clause, "学校") {
		r.add(s, cutRunes(stripOrder(clause), 20), "leaders in touch with schools", 0.55)
	}
	if containsAny(clause, []string{"定期研究", "专题研究", "书记述职", "专题议"}) {
		r.add(s, cutRunes(stripOrder(clause), 30), "regular meeting", 0.55)
	}
}

func firstDuty(rest string) string {
	if at := strings.IndexAny(rest, ",，"); at >= 0 {
		return rest[:at]
	}
	return rest
}

// acts are the nouns of watching that a verb carries out; the stronger stand first.
var acts = []string{"督导考核", "专项督导", "督导评估", "评估督导", "挂牌督导", "过程性督导", "集体视导", "教学视导", "视导", "督导", "监测预警", "质量监测", "过程性监测", "监测评估", "监测", "质量监控", "抽查", "巡查", "督查", "专项检查", "联合检查", "年度检查", "常规检查", "全面检查", "检查", "综合评估", "中期评估", "绩效评价", "综合考评", "考评", "实绩考核", "绩效考核", "全面考核", "年度考核", "考核", "评估", "监督管理", "全程监督", "监督", "监管", "风险管控", "公开批评", "通报", "约谈", "问责", "追责", "销号", "备案", "跟踪", "专项治理", "专项整治", "整改台账", "时间表", "职责评价", "督导评价", "考核评价", "向社会公布", "向社会公开", "追究责任", "满意度测评"}

var actSet = setOf(acts)

// actVerbs say that the watching is done, and by rule.
var actVerbs = setOf([]string{"进行", "开展", "加强", "强化", "实行", "实施", "推行", "组织", "每", "定期", "纳入", "予以", "抓", "狠抓", "深入", "执行", "接受", "形成", "采取", "创新", "落实", "用好", "严格", "及时", "建立", "制定", "健全", "完善", "针对", "占", "向社会", "逐项", "逐校", "不少于", "依规", "依纪", "依法", "发布"})

// acting adds what a clause orders to be watched: 对…进行…检查, 每半年开展一次专项督导, 将…纳入…考核.
func (r *mechanismReader) acting(s Sentence, clause string) {
	masked := maskQuotes(clause)
	if !actSet.in(masked) {
		return
	}
	for _, act := range acts {
		at := strings.Index(masked, act)
		if at < 0 {
			continue
		}
		end := at + len(act)
		if !acceptsAct(masked, at, end) {
			continue
		}
		if name := actName(clause, at, end); name != "" {
			r.add(s, name, "watching by rule", 0.6)
			return
		}
	}
}

// acceptsAct tells whether the watching at bytes at to end is ordered here and not only spoken of.
func acceptsAct(clause string, at, end int) bool {
	penalty := hasAnyPrefix(clause[at:], penalties)
	if !actVerbs.in(clause) && !(penalty && at == 0) {
		return false
	}
	if hasAnyPrefix(clause[end:], []string{"队伍", "机构", "部门", "认定", "验收", "标准", "委员会", "办公室", "室", "职责", "体系", "信息化", "水平", "合格", "依据", "员", "的信息化", "方式", "研判会", "会", "试题", "试卷", "指标", "目标", "范围", "的主体责任", "机制", "制度"}) {
		return false
	}
	if hasAnyPrefix(clause[end:], []string{"报告", "预警报告"}) && !strings.Contains(clause, "发布") {
		return false
	}
	return !containsAny(clause, []string{"自我监督", "督导学校", "评估鉴定", "认定评估", "学生综合素质评价", "通过国家", "民主监督", "作业", "监测水平", "社会监督", "减少对", "参与和监督", "国家监测"}) ||
		strings.Contains(clause, "参与和监督") && strings.Contains(clause, "加强")
}

// penalties need no object to be the name of an arrangement: 通报、约谈.
var penalties = []string{"通报批评", "通报", "约谈", "问责", "公示", "曝光", "追责", "抽查", "追究责任"}

// actName is what is watched and how: 对乡村学校进行集体视导 → 乡村学校集体视导.
func actName(clause string, at, end int) string {
	if hasAnyPrefix(clause, []string{"依据", "根据", "按照", "破解"}) {
		return ""
	}
	if hasAnyPrefix(clause[at:], penalties) {
		return penaltyName(clause, at)
	}
	name := lastBytes(clause[:end], nameReach)
	if rest := withoutSubject(clause); len(rest) > len(clause)-at {
		name = lastBytes(clause[len(clause)-len(rest):end], nameReach)
	}
	if n := strings.LastIndex(name, "对"); n >= 0 && !strings.HasSuffix(name[:n], "针") {
		name = name[n+len("对"):]
	}
	if _, after, ok := cutLast(name, "纳入"); ok && after != "" {
		name = after
	}
	for _, verb := range []string{"进行一次", "开展一次", "进行", "开展", "予以", "发布"} {
		if before, after, ok := cutLast(name, verb); ok && after != "" {
			name = stripOrder(before) + trimCount(after)
			if runes(before, 15) > 14 || strings.HasPrefix(before, "委托") {
				name = trimCount(after)
			}
			break
		}
	}
	name = strings.Trim(cutFront(stripOrder(name), 24), " 、的和")
	if runes(name, 3) < 3 {
		name = cutRunes(strings.TrimLeft(clause[max(0, strings.Index(clause, "定期")):], " "), 16)
		if !strings.HasPrefix(name, "定期") {
			return ""
		}
	}
	return name
}

// withoutSubject leaves out who acts and how often: 县教育局每年开展… → 开展….
func withoutSubject(clause string) string {
	rest := clause
	if who := subjectOf(clause); who != "" {
		_, rest, _ = strings.Cut(clause, who)
	}
	for {
		before := rest
		for _, w := range []string{"要", "应", "须", "将", "必须", "负责", "在", "至少", "每学期", "每学年", "每年", "每半年", "每季度", "每月", "定期", "不定期", "组织"} {
			rest = strings.TrimPrefix(rest, w)
		}
		if rest == before {
			return rest
		}
	}
}

// penaltyName joins the penalties that a clause lists: 通报、约谈.
func penaltyName(clause string, at int) string {
	end := at
	for {
		found := false
		for _, p := range penalties {
			if strings.HasPrefix(clause[end:], p) {
				end, found = end+len(p), true
				break
			}
		}
		if !found || !strings.HasPrefix(clause[end:], "、") {
			if runes(clause[end:], 9) <= 8 && hasAnySuffix(clause, []string{"结果", "情况"}) {
				end = len(clause)
			}
			return strings.TrimSuffix(clause[at:end], "、")
		}
		end += len("、")
	}
}

// trimCount leaves out 不少于1次 and the like before a name.
func trimCount(s string) string {
	for _, count := range []string{"一次", "1次", "两次", "2次", "不少于1轮", "不少于1次", "一轮", "1轮"} {
		s = strings.TrimPrefix(s, count)
	}
	return s
}

// add writes a mechanism once.
func (r *mechanismReader) add(s Sentence, name, rule string, confidence float64) {
	name = strings.Trim(name, " 、，,")
	if runes(name, 2) < 2 || r.seen[name] {
		return
	}
	r.seen[name] = true
	o := r.l.originOf(s, rule, confidence)
	if at := strings.Index(s.Text, name); at >= 0 {
		o.CleanSpan = document.Span{From: s.Span.From + at, To: s.Span.From + at + len(name)}
	}
	r.mechanisms = append(r.mechanisms, Mechanism{Name: name, Type: mechanismType(name), Origin: o})
}

// mechanismTypes are the kinds of watching by the words of the name; the first that matches counts.
var mechanismTypes = []struct {
	name  string
	words []string
}{
	{"监管", []string{"双随机"}},
	{"问责", []string{"问责", "取消", "撤销", "核减", "免职", "诫勉", "倒查责任", "追究", "惩处", "约谈", "一票否决", "奖惩", "追责", "倒查"}},
	{"领导协调", []string{"领导小组", "联席会议", "例会", "常务会议", "领导体制", "定期研究", "专题研究", "挂驻", "党政领导联系", "专班", "统筹协调", "齐抓共管", "专题会议"}},
	{"督导", []string{"督导", "督学", "督政", "视导"}},
	{"监测", []string{"监测", "监控", "跟踪", "预警", "控辍保学"}},
	{"审计", []string{"审计"}},
	{"考核", []string{"考核", "考评"}},
	{"责任", []string{"责任", "一岗双责", "党政同责", "清单制"}},
	{"督查", []string{"督查", "督办", "通报", "抽查", "销号", "台账", "调度"}},
	{"检查", []string{"检查", "自查", "巡查", "听课"}},
	{"公开", []string{"公开", "公示"}},
	{"安全", []string{"安全", "防控", "防范", "隐患"}},
	{"监管", []string{"监管", "备案", "年检", "排查", "风险", "名单", "治理", "整治", "双随机", "管控", "信用"}},
	{"约束", []string{"约束", "退出", "准入", "负面清单", "动态管理", "动态调整"}},
	{"激励", []string{"激励", "奖励"}},
	{"联系指导", []string{"联系学校", "帮扶", "包联", "包保", "包校", "包抓", "定点联系", "指导"}},
	{"投入保障", []string{"投入", "拨款", "经费", "预算", "奖补", "补助", "长效"}},
	{"评估", []string{"评估"}},
	{"评价", []string{"评价"}},
	{"监督", []string{"监督"}},
}

func mechanismType(name string) string {
	for _, t := range mechanismTypes {
		if containsAny(name, t.words) {
			return t.name
		}
	}
	return "监督"
}
