package reading

import (
	"strings"
	"unicode/utf8"

	"jiaoheng/document"
)

// readProjects reads the boxes with their items and the programmes, campaigns and pilots that the measures name.
func readProjects(l *layout, meta Meta) []Project {
	r := projectReader{l: l, seen: map[string]bool{}}
	for i, h := range l.headings {
		r.heading(i, h)
	}
	for _, s := range l.sentences {
		switch {
		case s.Table > 0:
		case s.Role == RoleMeasure || s.Role == RoleSafeguard || s.Role == RoleGoal:
			r.sentence(s)
		case s.Role == RoleReview:
			r.past(s)
		}
		if meta.Kind == "interpretation" {
			r.documents(s.Text, s)
		} else if s.Role == RoleMeasure || s.Role == RoleGoal {
			for _, verb := range []string{"制定", "出台", "编制"} {
				if _, rest, ok := strings.Cut(s.Text, verb+"《"); ok {
					r.documents("《"+rest, s)
				}
			}
		}
	}
	r.describeBoxes()
	projects := make([]Project, len(r.projects))
	for i, p := range r.projects {
		projects[i] = p.Project
	}
	return projects
}

type projectReader struct {
	l        *layout
	projects []found
	seen     map[string]bool
}

// found is a project and the byte at which the sentence or heading begins that named it.
type found struct {
	Project
	start int
}

// projectEndings name programmes wherever they end a name; the weaker ones need a quoted name or a verb.
var projectEndings = []string{"工程", "计划", "行动", "项目", "试点", "活动", "专项整治", "专项治理", "行动方案", "攻坚战", "展示月", "工作坊", "工作室", "研修班", "联盟", "联校群", "进校园", "改革", "平台", "培训", "建设", "示范区", "专项", "大赛", "导师制", "服务系统", "信息系统"}

var projectSet = setOf(projectEndings)

// heading reads the names that headings give: boxes and their items, numbered programmes, entries of the contents.
func (r *projectReader) heading(i int, h Heading) {
	span := h.CleanSpan
	text := r.l.text[span.From:span.To]
	s := Sentence{Span: span, Text: text, Heading: r.l.parents[i]}
	switch {
	case h.Kind == "box":
		r.add(h.Title, s, "box", "box", 0.95)
	case h.Kind == "box-item":
		name := h.Title
		if hasAnyPrefix(name, []string{"落实", "实施", "开展"}) {
			name = stripOrder(name)
		}
		r.add(name, s, "", "item of a box", 0.9)
	case h.Kind == "toc" && h.Level > 1 && hasAnySuffix(h.Title, []string{"计划", "方案", "项目", "工程", "行动"}):
		r.add(h.Title, s, "", "entry of the contents", 0.6)
	case (h.Kind == "numbered" || h.Kind == "item") && isNamedLabel(h.Label) && hasAnySuffix(h.Title, []string{"行动", "工程", "计划", "方案", "项目"}):
		r.add(h.Title, s, "", "numbered programme", 0.85)
	}
}

func isNamedLabel(label string) bool {
	return hasAnyPrefix(label, namedLabels)
}

// sentence reads the programmes that a sentence names.
func (r *projectReader) sentence(s Sentence) {
	carried := false // a clause before this one carries a programme out: 实施甲计划，乙计划
	for _, c := range clausesAt(strings.TrimRight(s.Text, "。")) {
		if c.from == 0 {
			c.from = parseLabel(s.Text).end
		}
		clause := s.Text[min(c.from, c.to):c.to]
		if !projectSet.in(clause) && !strings.Contains(clause, "“") {
			continue
		}
		masked := maskQuotes(clause)
		for _, ending := range []string{"工程", "计划", "行动方案", "行动", "项目", "活动", "试点", "专项整治", "专项治理", "攻坚战", "职级制改革", "模式改革", "管理改革", "研修班", "专项", "大赛", "导师制"} {
			for at := 0; ; {
				n := strings.Index(masked[at:], ending)
				if n < 0 {
					break
				}
				at += n + len(ending)
				r.named(clause, at, ending, s, carried)
			}
		}
		carried = orders(clause)
		r.quoted(clause, s)
	}
}

// past reads the programmes in quotes that a review names: what was carried out goes on or is built on.
func (r *projectReader) past(s Sentence) {
	for at := 0; ; {
		open := strings.Index(s.Text[at:], "“")
		if open < 0 {
			return
		}
		open += at
		length := strings.Index(s.Text[open:], "”")
		if length < 0 {
			return
		}
		at = open + length + len("”")
		if tail := tailOf(s.Text[at:]); hasAnySuffix(tail, []string{"活动", "行动", "工程", "计划"}) && runes(s.Text[open:at], 27) <= 26 {
			r.add(s.Text[open:at]+tail, s, "", "quoted name", 0.5)
		}
	}
}

// named adds the name that ends at byte end of the clause when it is one.
func (r *projectReader) named(clause string, end int, ending string, s Sentence, carried bool) {
	if hasAnyPrefix(clause[end:], []string{"化", "力", "者", "中", "方案", "计划", "规划", "目标", "任务", "审批", "报建", "质量", "资金", "表", "率", "班", "校", "规程", "管理", "要求", "总体", "进度", "进展", "建设情况", "款", "验收", "占", "和资金", "治理行动", "整治行动"}) {
		return
	}
	before := lastBytes(clause[:end], nameReach)
	names := namesIn(before, ending)
	if carried {
		before = "实施" + before
	}
	for _, name := range names {
		name = undated(name)
		if isProjectName(name, ending, before, s) {
			r.add(name, s, "", "named programme", 0.75)
		}
	}
}

// undated leaves out the date and the verb before a name: 2028年底前完成某某改造工程 → 某某改造工程.
func undated(name string) string {
	year, end := readDigits(name, 0)
	if year < 1990 || year > 2100 || !strings.HasPrefix(name[end:], "年") {
		return name
	}
	rest := strings.TrimLeft(name[end+len("年"):], "0123456789")
	for _, word := range []string{"月", "日", "春季学期", "秋季学期", "起", "底", "末", "之前", "以前", "前", "全面", "基本", "完成", "启动", "建成", "实施"} {
		rest = strings.TrimPrefix(rest, word)
	}
	return stripOrder(rest)
}

// namesIn returns the name that ends the clause, or the names of a list: 实施甲、乙、丙等工程.
func namesIn(clause, ending string) []string {
	bare := strings.TrimSuffix(clause, ending)
	if list, ok := strings.CutSuffix(bare, "等"); ok && strings.Contains(list, "、") {
		var names []string
		for _, part := range splitList(nameBefore(list)) {
			names = append(names, part+ending)
		}
		return names
	}
	name := nameBefore(clause)
	parts := splitList(name)
	if len(parts) > 1 {
		last := parts[len(parts)-1]
		// 甲计划和乙计划: the last part is a name of its own only when the one before is complete too.
		if projectSet.ends(parts[len(parts)-2]) {
			return []string{stripOrder(last)}
		}
	}
	return []string{name}
}

// splitList cuts a list at 、 and 和 outside quotes.
func splitList(s string) []string {
	masked := maskQuotes(s)
	var parts []string
	from := 0
	for at, r := range masked {
		if r == '、' || (r == '和' || r == '及') && hasAnySuffix(masked[:at], []string{"计划", "工程", "行动", "项目"}) {
			parts = append(parts, s[from:at])
			from = at + utf8.RuneLen(r)
		}
	}
	return append(parts, s[from:])
}

// plainNames are kinds of programmes, not names of one.
var plainNames = []string{"年度计划", "教学计划", "招生计划", "课程计划", "工作计划", "发展计划", "培训计划", "中长期计划", "行动计划", "本计划", "系统工程", "重点工程", "民生工程", "建设工程", "建设项目", "体育项目", "具体项目", "协作项目", "重大项目", "重点项目", "康复项目", "特色项目", "合作项目", "实验项目", "科研项目", "专项行动", "统一行动", "行动", "改革试点", "先行试点", "开展试点", "综合改革", "重大工程", "品牌项目", "提升工程"}

// isProjectName tells a name from a common noun.
func isProjectName(name, ending, before string, s Sentence) bool {
	n := runes(name, 33)
	if n > 32 || n < 4 || strings.Count(name, "(")+strings.Count(name, "（") != strings.Count(name, ")")+strings.Count(name, "）") {
		return false
	}
	bare := strings.TrimSuffix(name, ending)
	quoted := strings.Contains(name, "“")
	if containsAny(name, []string{"重大工程", "重点工程", "重大项目", "重点项目"}) || strings.ContainsAny(maskQuotes(name), "的,，;；《》") || containsAny(name, []string{"有关", "相关", "各项", "各类", "各种", "一系列", "多种", "丰富多彩", "这些"}) {
		return false
	}
	if n <= 6 && hasAnyPrefix(name, []string{"重点", "主要", "重大", "各", "以上"}) {
		return false
	}
	for _, plain := range plainNames {
		if name == plain || strings.TrimPrefix(name, "各级") == plain {
			return false
		}
	}
	if quoted {
		return true
	}
	switch ending {
	case "工程":
		return n >= 5
	case "计划", "行动":
		return n >= 6 && (orders(before) || s.Lead)
	case "行动方案":
		return containsAny(before, []string{"制定", "出台", "实施", "编制"}) && n >= 8
	case "项目":
		return runes(bare, 4) >= 4 && containsAny(before, []string{"实施", "启动", "设置", "设立", "推进"}) && !strings.HasSuffix(bare, "建设")
	case "活动":
		return s.Lead || strings.Contains(before, "举办")
	case "试点":
		return runes(bare, 4) >= 4 && strings.Contains(before, "国家")
	case "专项整治", "专项治理":
		return runes(bare, 4) >= 4
	case "导师制":
		return containsAny(before, []string{"建立", "推行", "推广", "实行", "实施", "落实"})
	case "职级制改革", "管理改革", "模式改革":
		return ending == "职级制改革" || strings.Contains(before, "实施")
	case "研修班", "大赛":
		return strings.Contains(before, "举办") && n >= 6
	case "专项":
		return containsAny(before, []string{"设立", "实施"}) && n >= 6
	}
	return true
}

// orders tells whether the words before the end of a name hold a verb that carries a programme out.
func orders(before string) bool {
	return containsAny(before, []string{"实施", "落实", "推进", "启动", "开展", "做好", "用好", "执行", "完成", "推动", "制定", "继续", "组织"})
}

// quoted adds names that quotes mark: “某某工程”, “某某”平台.
func (r *projectReader) quoted(clause string, s Sentence) {
	for at := 0; ; {
		open := strings.Index(clause[at:], "“")
		if open < 0 {
			return
		}
		open += at
		close := strings.Index(clause[open:], "”")
		if close < 0 {
			return
		}
		end := open + close + len("”")
		inner := clause[open+len("“") : end-len("”")]
		at = end
		// “十四五” names a period and no programme.
		if n := runes(inner, 25); n < 2 || n > 24 || n <= 3 && strings.HasSuffix(inner, "五") {
			continue
		}
		tail := tailOf(clause[end:])
		switch {
		case hasAnySuffix(inner, []string{"工程", "计划", "行动", "项目", "工作室", "工作坊", "系统", "示范区", "平台", "试点"}):
			r.add(inner, s, "", "quoted name", 0.8)
		case tail != "":
			r.add("“"+inner+"”"+tail, s, "", "quoted name", 0.65)
		case inner == "县管校聘" || hasAnySuffix(inner, []string{"课堂", "学堂", "讲堂", "导师制"}) && hasAnySuffix(clause[:open], []string{"建设", "打造", "开设", "建立", "推行", "建好", "开通"}):
			r.add(inner, s, "", "quoted name", 0.55)
		case isCounted(inner) || hasAnySuffix(clause[:open], []string{"创建", "争创"}):
			r.add(inner, s, "", "quoted name", 0.55)
		}
	}
}

// quotedTails follow a quoted name and make it that of a programme.
var quotedTails = []string{"平台", "进校园", "培训", "建设", "管理改革", "改革", "展示月", "工作坊", "工作室", "试点", "专项整治", "专项治理", "工程", "行动", "计划", "项目", "活动", "联盟", "联校群", "送教下乡", "推广计划", "创建活动"}

var quotedSet = setOf(quotedTails)

// tailOf returns what of the text behind a quoted name belongs to it.
func tailOf(after string) string {
	end, n := 0, 0
	for at, r := range after {
		if n++; n > 12 || r == '的' || r == '、' || r == '“' || r == '《' {
			break
		}
		if stop := at + utf8.RuneLen(r); quotedSet.ends(after[:stop]) {
			if n <= 4 || hasAnySuffix(after[:stop], []string{"工程", "行动", "计划", "项目", "活动", "试点", "联盟", "联校群", "平台"}) {
				end = stop
			}
		}
	}
	return after[:end]
}

// isCounted tells whether a quoted name counts programmes: “三项改革”, “六大行动”, “四支队伍”.
func isCounted(inner string) bool {
	first, size := utf8.DecodeRuneInString(inner)
	second, _ := utf8.DecodeRuneInString(inner[size:])
	return chineseDigit(first) > 0 && !watchWords.in(inner) && strings.ContainsRune("项大支", second) && runes(inner, 6) >= 4 && runes(inner, 6) <= 5
}

// documents adds the plans that an official reading speaks of.
func (r *projectReader) documents(text string, s Sentence) {
	for {
		open := strings.Index(text, "《")
		if open < 0 {
			return
		}
		text = text[open+len("《"):]
		close := strings.Index(text, "》")
		if close < 0 {
			return
		}
		name := strings.TrimSuffix(text[:close], "表")
		text = text[close:]
		if hasAnySuffix(bareTitle(name), []string{"方案", "计划"}) && runes(name, 9) >= 9 {
			r.add(name, s, "", "named document", 0.6)
		}
	}
}

var nameKey = strings.NewReplacer("“", "", "”", "", " ", "")

// add writes a project once.
func (r *projectReader) add(name string, s Sentence, kind, rule string, confidence float64) {
	name = strings.Trim(name, " 、，。")
	if strings.Count(name, "“") == 1 && strings.HasPrefix(name, "“") && strings.HasSuffix(name, "”") {
		name = strings.Trim(name, "“”")
	}
	key := nameKey.Replace(name)
	if name == "" || r.seen[key] {
		return
	}
	r.seen[key] = true
	o := r.l.originOf(s, rule, confidence)
	if at := strings.Index(s.Text, name); at >= 0 {
		o.CleanSpan = document.Span{From: s.Span.From + at, To: s.Span.From + at + len(name)}
	}
	r.projects = append(r.projects, found{Project{Name: name, Kind: kind, Origin: o}, s.Span.From})
}

// describeBoxes gives the items of boxes the text under them, and the other programmes the sentence that names them.
func (r *projectReader) describeBoxes() {
	under := map[int]int{} // byte at which a heading begins → its first sentence of text
	for i, s := range r.l.sentences {
		if s.Heading >= 0 && s.Box && !s.Lead {
			at := r.l.headings[s.Heading].CleanSpan.From
			if _, seen := under[at]; !seen {
				under[at] = i
			}
		}
	}
	for i := range r.projects {
		p := &r.projects[i]
		if p.Rule != "item of a box" && p.Rule != "box" {
			p.Description = strings.TrimSpace(p.Sentence)
			continue
		}
		first, ok := under[p.start]
		if !ok {
			continue
		}
		end := first
		for end+1 < len(r.l.sentences) && r.l.sentences[end+1].Heading == r.l.sentences[first].Heading && !r.l.sentences[end+1].Lead {
			end++
		}
		p.Description = r.l.text[r.l.sentences[first].Span.From:r.l.sentences[end].Span.To]
	}
}
