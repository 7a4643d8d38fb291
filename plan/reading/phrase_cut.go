package reading

import "strings"

// orderVerbs govern the names of projects and mechanisms: what follows them is the name.
var orderVerbs = setOf([]string{"组织实施", "探索实施", "制定出台", "编制出台", "建立健全", "健全完善", "巩固完善", "建立完善", "优化完善", "贯彻落实", "申请认定",
	"实施", "开展", "推行", "实行", "执行", "制定", "制订", "出台", "编制", "启动", "举办", "落实", "建立", "健全", "完善", "构建", "做好", "抓好", "用好", "办好", "搞好", "参与", "申报", "设立", "设置", "深化", "推进", "推动", "加强", "强化", "创新", "细化", "优化", "规范", "打造", "创建", "争创", "探索", "成立", "组建", "加大", "组织", "坚持", "形成", "发挥", "依托", "通过", "利用", "按照", "根据", "结合", "围绕", "完成", "促进", "建成", "改革", "配齐", "推广", "统筹", "纳入", "改进", "实现", "明确", "丰富", "增设", "保障", "依法保障", "巩固", "保证", "确保"})

// orderAdverbs stand before the verbs.
var orderAdverbs = setOf([]string{"进一步", "继续", "持续", "深入", "全面", "大力", "积极", "认真", "严格", "重点", "努力", "切实", "稳步", "逐步", "不断", "充分", "扎实", "有序", "统筹", "加快", "着力", "突出", "尝试", "同时", "并", "要", "好", "以", "将", "把", "对", "各级", "适时", "定期", "广泛", "落实好", "常态化", "高质量", "也", "依法", "及时", "组织开展", "深入开展"})

// stripOrder leaves out the verbs and adverbs before a name.
func stripOrder(s string) string {
	for {
		s = strings.TrimLeft(s, " 、和与")
		if strings.HasPrefix(s, "及") && !strings.HasPrefix(s, "及时") {
			s = s[len("及"):]
		}
		before := s
		if rest := orderAdverbs.cut(s); rest != s {
			s = rest
		}
		if rest := orderVerbs.cut(s); rest != s && !hasAnyPrefix(rest, []string{"者", "力", "权", "员"}) {
			s = rest
		}
		if s == before {
			return s
		}
	}
}

// governing are the verbs that cut a name wherever they stand before it in the clause.
var governing = setOf([]string{"组织实施", "实施", "开展", "推行", "实行", "执行", "制定", "出台", "启动", "举办", "落实", "建立", "健全", "完善", "构建", "做好", "参与", "申报", "设立", "设置", "形成", "通过", "纳入", "成立"})

// nameBefore returns the name that ends at the end of a clause: what follows the last verb that governs it.
// Verbs inside quotes belong to the name.
func nameBefore(clause string) string {
	masked := maskQuotes(clause)
	from := 0
	for at := range masked {
		if rest := governing.cut(masked[at:]); len(rest) < len(masked)-at && rest != "" {
			from = len(masked) - len(rest)
		}
	}
	return stripOrder(clause[from:])
}

// maskQuotes blanks what stands in quotes or titles, byte for byte.
func maskQuotes(s string) string {
	if !strings.ContainsAny(s, "“《") {
		return s
	}
	out := []byte(s)
	depth := 0
	for at, r := range s {
		switch r {
		case '“', '《', '‘':
			depth++
		case '”', '》', '’':
			depth = max(0, depth-1)
		default:
			if depth > 0 {
				for k := at; k < at+len(string(r)); k++ {
					out[k] = ' '
				}
			}
		}
	}
	return string(out)
}

// clauseSpan is a clause of a sentence: bytes from to to.
type clauseSpan struct{ from, to int }

// clausesAt cuts a sentence at its clause marks outside quotes.
func clausesAt(s string) []clauseSpan {
	var spans []clauseSpan
	from, depth := 0, 0
	for at, r := range s {
		switch {
		case r == '“' || r == '《':
			depth++
		case r == '”' || r == '》':
			depth = max(0, depth-1)
		case depth == 0 && (isClauseMark(r) || r == ':' || r == '：'):
			if at > from {
				spans = append(spans, clauseSpan{from, at})
			}
			from = at + len(string(r))
		}
	}
	if from < len(s) {
		spans = append(spans, clauseSpan{from, len(s)})
	}
	return spans
}
