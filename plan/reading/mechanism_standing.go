package reading

import (
	"strings"
	"unicode/utf8"
)

// Much of what watches over a plan carries no name that ends in 机制 or 制度: 按季度督查通报, 取消评优资格,
// 签订责任书. It is told by a verb and what it ends in, both in one clause.

// standing is one form of such an arrangement: the words that begin and end it, and whether its name begins
// behind the first word (签订责任书 is named 责任书).
type standing struct {
	first  string
	last   []string
	behind bool
}

// standingForms are ordered: of two forms that overlap in a clause the earlier counts.
var standingForms = []standing{
	{first: "取消", last: []string{"资格"}}, {first: "撤销", last: []string{"资格", "职务"}}, {first: "核减", last: []string{"计划", "指标", "经费"}}, {first: "扣减", last: []string{"经费", "绩效", "分值"}},
	{first: "清出", last: []string{"队伍"}}, {first: "追究", last: []string{"责任"}}, {first: "倒查", last: []string{"责任"}}, {first: "启动", last: []string{"问责"}}, {first: "予以", last: []string{"免职", "处分"}},
	{first: "限期", last: []string{"整改"}}, {first: "责令", last: []string{"整改"}}, {first: "诫勉", last: []string{"谈话"}}, {first: "约谈", last: []string{"约谈"}}, {first: "一票", last: []string{"否决"}}, {first: "末位", last: []string{"淘汰"}}, {first: "兑现", last: []string{"奖惩"}},
	{first: "督查", last: []string{"通报"}}, {first: "通报", last: []string{"曝光"}}, {first: "公开", last: []string{"通报结果"}}, {first: "结果", last: []string{"通报", "公示"}}, {first: "按月", last: []string{"通报", "调度"}}, {first: "按季度", last: []string{"通报", "调度"}}, {first: "印发", last: []string{"通报"}},
	{first: "整改", last: []string{"销号"}}, {first: "清单", last: []string{"销号", "管理"}}, {first: "挂牌", last: []string{"督办", "督战"}}, {first: "周报", last: []string{"月评"}}, {first: "分级", last: []string{"调度"}}, {first: "三级", last: []string{"调度"}}, {first: "红黄绿灯", last: []string{"预警"}}, {first: "红黄", last: []string{"预警"}},
	{first: "签订", last: []string{"责任书", "责任状", "承诺书"}, behind: true}, {first: "建立", last: []string{"台账"}, behind: true}, {first: "第三方", last: []string{"评估", "评价", "监测", "测评"}}, {first: "逐校", last: []string{"验收", "过堂"}}, {first: "逐项", last: []string{"验收"}},
	{first: "召开", last: []string{"调度会", "推进会", "联席会议", "联席会", "研判会", "协调会", "例会", "调度会议"}}, {first: "开展", last: []string{"自评", "年终考核"}, behind: true}, {first: "接受", last: []string{"审议", "核查"}, behind: true}, {first: "报", last: []string{"审议"}},
	{first: "年终", last: []string{"考核"}}, {first: "任期", last: []string{"审计"}}, {first: "列入", last: []string{"考核", "评价"}, behind: true}, {first: "纳入", last: []string{"考核", "审计"}, behind: true}, {first: "计入", last: []string{"考核", "考评"}, behind: true}, {first: "完成", last: []string{"质量评估", "质量监测"}, behind: true},
	{first: "举报", last: []string{"电话", "信箱", "平台"}}, {first: "年度报告", last: []string{"公开"}}, {first: "发布", last: []string{"监测数据", "监测结果", "监测报告", "质量报告"}, behind: true}, {first: "领导", last: []string{"包联", "包保", "包抓", "包校", "包片"}},
}

// standingReach is how far the end of a form may stand from its beginning, in characters.
const standingReach = 14

var standingFirst, standingLast = formWords()

func formWords() (first, last *wordSet) {
	var begin, end []string
	for _, f := range standingForms {
		begin, end = append(begin, f.first), append(end, f.last...)
	}
	return setOf(begin), setOf(end)
}

// standing adds the arrangements without a name of the clause. What the clause gave before and is part of a fuller
// form gives way to it: 通报 to 通报曝光.
func (r *mechanismReader) standing(s Sentence, clause string, before int) {
	masked := maskQuotes(clause)
	r.rhythm(s, masked, before)
	if !standingFirst.in(masked) || !standingLast.in(masked) {
		return
	}
	for _, f := range standingForms {
		at := strings.Index(masked, f.first)
		if at < 0 || strings.Contains(clause, "不够") || strings.Contains(clause, "减少对") {
			continue
		}
		if end := f.endIn(masked, at); end > 0 {
			from := at
			if f.behind {
				from += len(f.first)
			}
			r.replace(s, strings.TrimPrefix(strings.TrimPrefix(clause[from:end], "了"), "到"), "standing arrangement", before)
		}
	}
}

// endIn returns the byte behind the form that begins at byte at, 0 when it does not end in reach.
func (f *standing) endIn(clause string, at int) int {
	reach := cutRunes(clause[at:], standingReach+utf8.RuneCountInString(f.first))
	for _, last := range f.last {
		if last == f.first {
			return at + len(f.first)
		}
		n := strings.Index(reach[len(f.first):], last)
		if n < 0 {
			continue
		}
		end := at + len(f.first) + n + len(last)
		if hasAnyPrefix(clause[end:], []string{"制", "体系", "机制", "合格", "指标", "目标", "标准", "队伍", "结果", "试点", "方案", "率"}) {
			return 0
		}
		return end
	}
	return 0
}

// replace writes a mechanism in place of those of the same clause that its name holds, and not at all when one of
// them already says as much.
func (r *mechanismReader) replace(s Sentence, name, rule string, before int) {
	name = strings.Trim(name, " 、，,")
	kept := r.mechanisms[:before]
	for _, m := range r.mechanisms[before:] {
		if strings.Contains(m.Name, name) || len(m.Name) >= len("通报") && strings.HasSuffix(m.Name, cutFront(name, 4)) {
			return
		}
	}
	for _, m := range r.mechanisms[before:] {
		if strings.Contains(name, m.Name) {
			delete(r.seen, m.Name)
			continue
		}
		kept = append(kept, m)
	}
	r.mechanisms = kept
	r.add(s, name, rule, 0.55)
}

// rhythmSteps are what returns week by week or month by month: 月调度、季通报、年总结.
var rhythmSteps = []string{"调度", "通报", "总结", "督查", "考核", "研判", "例会", "会商", "点评", "评比", "报告", "评估", "检查", "盘点"}

// rhythm adds a run of steps that each return after a while.
func (r *mechanismReader) rhythm(s Sentence, clause string, before int) {
	from, steps := -1, 0
	for at := 0; at < len(clause); {
		size := rhythmStep(clause[at:])
		if size == 0 {
			if steps >= 2 {
				break
			}
			from, steps = -1, 0
			_, size = utf8.DecodeRuneInString(clause[at:])
			at += size
			continue
		}
		if steps == 0 {
			from = at
		}
		steps++
		at += size
		if strings.HasPrefix(clause[at:], "、") && rhythmStep(clause[at+len("、"):]) > 0 {
			at += len("、")
		} else if rhythmStep(clause[at:]) == 0 {
			if steps >= 2 {
				r.replace(s, clause[from:at], "rhythm of steps", before)
			}
			return
		}
	}
}

// rhythmStep returns the bytes of the step that the text begins with: 月调度, 0 when it begins with none.
func rhythmStep(s string) int {
	for _, span := range []string{"半年", "周", "旬", "月", "季", "年", "日"} {
		if rest, ok := strings.CutPrefix(s, span); ok {
			for _, step := range rhythmSteps {
				if strings.HasPrefix(rest, step) {
					return len(span) + len(step)
				}
			}
		}
	}
	return 0
}
