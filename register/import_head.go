package register

import (
	"fmt"
	"slices"
	"strings"

	"jiaoheng/fault"
	"jiaoheng/measure"
	"jiaoheng/message"
	"jiaoheng/pack"
)

// head says where the columns of a table stand.
type head struct {
	first                         int // row (from 0) of the first row below the head
	row                           int // row (from 1) of the head, for faults
	headings                      []string
	code, stage, name, id, period int
	column                        []int     // of each column of the register, or -1
	ratio                         []float64 // of each column: the measure of the heading over that of the column
	given, measured               []bool    // measured: the heading names a measure
	order                         []int     // columns of the register in the order of the table
}

// The headings that are not columns of a register.
var (
	codeHeadings   = []string{"单位代码", "学校代码", "学校标识码", "学校(机构)标识码", "机构代码", "标识码", "代码", "unitcode", "code"}
	stageHeadings  = []string{"学段", "办学学段", "stage"}
	nameHeadings   = []string{"单位名称", "学校名称", "机构名称", "学校", "名称", "unitname", "name"}
	idHeadings     = []string{"记录标识", "rowid"}
	periodHeadings = []string{"统计期", "时期", "学年", "年度", "学期", "period"}
	idleHeadings   = []string{"序号", "备注", "编号", "no.", "remarks"}
)

// findHead finds the row, or the two rows, with the most headings that the register knows and places the columns. It returns
// false when no row can be read under this head.
func (r *reader) findHead(rows [][]string) bool {
	best, bestRow, bestHeight := 0, -1, 1
	for i := 0; i < len(rows) && i < maxHeadRows; i++ {
		one := r.hits(oneHead(rows[i]))
		if one > best {
			best, bestRow, bestHeight = one, i, 1
		}
		if i+1 < len(rows) {
			if two := r.hits(twoHeads(rows[i], rows[i+1])); two > one && two > best && two > r.hits(oneHead(rows[i+1])) {
				best, bestRow, bestHeight = two, i, 2
			}
		}
	}
	if bestRow < 0 {
		r.fault(fault.Place{}, "register.head_missing", message.Args{"columns": r.someHeadings(), "limit": maxHeadRows})
		return false
	}
	candidates := oneHead(rows[bestRow])
	if bestHeight == 2 {
		candidates = twoHeads(rows[bestRow], rows[bestRow+1])
	}
	r.head = head{first: bestRow + bestHeight, row: bestRow + bestHeight, code: -1, stage: -1, name: -1, id: -1, period: -1,
		given: make([]bool, len(r.request.Register.Columns)), measured: make([]bool, len(r.request.Register.Columns))}
	for range r.request.Register.Columns {
		r.head.column, r.head.ratio = append(r.head.column, -1), append(r.head.ratio, 1)
	}
	readable := true
	for at, texts := range candidates {
		r.head.headings = append(r.head.headings, texts[len(texts)-1])
		if texts[0] != "" {
			r.head.headings[at] = texts[0]
			readable = r.placeHeading(at, texts) && readable
		}
	}
	r.captionMeasure(rows[:bestRow])
	r.headless(rows)
	return r.needed() && readable
}

// headless reports each column that has content in some row but no heading: it would be lost without a word.
func (r *reader) headless(rows [][]string) {
	told := map[int]bool{}
	for i := r.head.first; i < len(rows); i++ {
		for at, cell := range rows[i] {
			if told[at] || folded(cell) == "" || at < len(r.head.headings) && r.head.headings[at] != "" || r.isNote(rows[i]) {
				continue
			}
			told[at] = true
			r.headFault(at, "register.heading_empty", message.Args{"row": i + 1, "text": shortened(cell)})
		}
	}
}

// oneHead returns the texts that each heading may be known by, the best first.
func oneHead(cells []string) [][]string {
	texts := make([][]string, len(cells))
	for i, cell := range cells {
		texts[i] = []string{headingText(cell)}
	}
	return texts
}

// twoHeads joins the texts of two rows: a heading of the upper row that stands over several columns belongs to each.
func twoHeads(upper, lower []string) [][]string {
	texts := make([][]string, max(len(upper), len(lower)))
	group := ""
	for i := range texts {
		above, below := "", ""
		if i < len(upper) {
			above = headingText(upper[i])
		}
		if i < len(lower) {
			below = headingText(lower[i])
		}
		if above != "" {
			group = above
		}
		switch {
		case below == "" || below == above:
			texts[i] = []string{above}
		case above == "":
			texts[i] = []string{group + below, below}
		default:
			texts[i] = []string{above + below, below}
		}
	}
	return texts
}

// headingText takes line ends, marks of required columns and blanks out of a heading.
func headingText(text string) string {
	text = strings.TrimPrefix(text, "\ufeff")
	return strings.Trim(strings.Join(strings.Fields(folded(text)), ""), "*")
}

// hits counts the headings that are known.
func (r *reader) hits(candidates [][]string) int {
	count := 0
	for _, texts := range candidates {
		if slices.ContainsFunc(texts, func(text string) bool {
			base, _ := cutMeasure(text)
			_, known := r.columnNamed(text, true)
			_, knownBase := r.columnNamed(base, true)
			return text != "" && (known || knownBase || isOne(text, codeHeadings, stageHeadings, nameHeadings, idHeadings))
		}) {
			count++
		}
	}
	return count
}

func isOne(text string, lists ...[]string) bool {
	return slices.ContainsFunc(lists, func(list []string) bool { return slices.Contains(list, strings.ToLower(text)) })
}

// columnNamed finds a column by a heading: one of its titles or, when that is asked for, its name.
func (r *reader) columnNamed(heading string, byName bool) (int, bool) {
	wanted := closed(heading)
	for n, c := range r.request.Register.Columns {
		names := append([]string{c.Title.Chinese, c.Title.English}, c.Was...)
		if byName {
			names = append(names, c.Name)
		}
		for _, name := range names {
			if name != "" && closed(name) == wanted {
				return n, true
			}
		}
	}
	return 0, false
}

// cutMeasure splits 校舍面积(m2) into heading and measure. A heading without brackets has no measure.
func cutMeasure(heading string) (base, inside string) {
	if !strings.HasSuffix(heading, ")") {
		return heading, ""
	}
	open := strings.LastIndexByte(heading, '(')
	if open <= 0 {
		return heading, ""
	}
	inside = heading[open+1 : len(heading)-1]
	for _, word := range []string{"计量单位:", "单位:", "计量单位", "单位"} {
		inside = strings.TrimPrefix(inside, word)
	}
	return heading[:open], inside
}

// placeHeading notes what stands in a column of the table. It returns false when rows cannot be read because of it. Titles of
// columns go first, then the headings of every register, then names of columns: a column may be named stage.
func (r *reader) placeHeading(at int, texts []string) bool {
	if readable, found := r.placeColumn(at, texts, false); found {
		return readable
	}
	if readable, found := r.placeBase(at, texts); found {
		return readable
	}
	if readable, found := r.placeColumn(at, texts, true); found {
		return readable
	}
	r.headFault(at, "register.heading_unknown", message.Args{"heading": texts[0]})
	return true
}

func (r *reader) placeColumn(at int, texts []string, byName bool) (readable, found bool) {
	for _, text := range texts {
		if n, known := r.columnNamed(text, byName); known {
			return r.take(at, n, ""), true
		}
		base, inside := cutMeasure(text)
		if n, known := r.columnNamed(base, byName); known {
			r.head.headings[at] = base
			return r.take(at, n, inside), true
		}
	}
	return false, false
}

// placeBase notes a heading that every register has.
func (r *reader) placeBase(at int, texts []string) (readable, found bool) {
	for _, text := range texts {
		for _, one := range []struct {
			list []string
			to   *int
		}{{codeHeadings, &r.head.code}, {stageHeadings, &r.head.stage}, {nameHeadings, &r.head.name}, {idHeadings, &r.head.id}, {periodHeadings, &r.head.period}} {
			if !isOne(text, one.list) {
				continue
			}
			if *one.to >= 0 {
				r.headFault(at, "register.heading_twice", message.Args{"heading": texts[0], "first": letter(*one.to)})
				return false, true
			}
			*one.to = at
			return true, true
		}
		if isOne(text, idleHeadings) {
			return true, true
		}
	}
	return false, false
}

// take places a column of the register.
func (r *reader) take(at, n int, inside string) bool {
	column := r.request.Register.Columns[n]
	if !Imported(column) {
		code := map[bool]string{true: "register.heading_kept", false: "register.heading_computed"}[column.Kept]
		r.warn(r.place(r.head.row, at), code, message.Args{"heading": column.Title})
		return true
	}
	if r.head.column[n] >= 0 {
		r.headFault(at, "register.heading_twice", message.Args{"heading": column.Title, "first": letter(r.head.column[n])})
		return false
	}
	r.head.column[n], r.head.given[n] = at, true
	r.head.order = append(r.head.order, n)
	if inside == "" || !column.Type.Numeric() || slices.Contains([]string{"必填", "选填"}, inside) {
		return true
	}
	r.head.measured[n] = true
	ratio, fits := ratioOf(inside, column)
	if !fits {
		r.headFault(at, "register.heading_measure", message.Args{"heading": column.Title, "found": inside, "measure": measureText(column)})
		return false
	}
	r.head.ratio[n] = ratio
	return true
}

// ratioOf returns by what numbers in the measure of a heading are multiplied; false when it counts something else.
func ratioOf(text string, column *pack.Column) (float64, bool) {
	found, err := measure.Parse(text)
	if err != nil {
		return 1, false
	}
	wanted := columnMeasure(column)
	if pupils, err := measure.Parse(strings.Replace(text, "人", "学生", 1)); err == nil && pupils.SameDimension(wanted) {
		found = pupils // tables count pupils as 人
	}
	return found.Scale() / wanted.Scale(), found.SameDimension(wanted)
}

// columnMeasure returns what a column counts; percentages count hundredths whatever their declaration says.
func columnMeasure(column *pack.Column) measure.Measure {
	text := map[pack.ColumnType]string{pack.Percent: "%", pack.Money: "元"}[column.Type]
	if text == "" || column.Type == pack.Money && !column.Measure.Pure() {
		return column.Measure
	}
	standard, err := measure.Parse(text)
	if err != nil {
		panic("register: " + text + " is no measure")
	}
	return standard
}

func measureText(column *pack.Column) string {
	if m := columnMeasure(column); !m.Pure() || column.Type == pack.Percent {
		return m.Text(message.Chinese)
	}
	return ""
}

// captionMeasure applies 单位：万元, written once above the head, to every column of that dimension that says nothing itself.
func (r *reader) captionMeasure(rows [][]string) {
	for i, cells := range rows {
		for at, cell := range cells {
			_, text, found := strings.Cut(headingText(cell), "单位:")
			if !found || text == "" {
				continue
			}
			for n, column := range r.request.Register.Columns {
				place := r.head.column[n]
				if place < 0 || !column.Type.Numeric() || r.head.measured[n] || columnMeasure(column).Pure() {
					continue
				}
				if ratio, fits := ratioOf(strings.Trim(text, "()"), column); fits && ratio != 1 {
					r.head.ratio[n] = ratio
					r.warn(fault.Place{Row: i + 1, Column: letter(at)}, "register.caption_measure",
						message.Args{"measure": text, "column": column.Title})
				}
			}
		}
	}
}

// needed reports every column that is missing.
func (r *reader) needed() bool {
	complete := true
	missing := func(heading pack.Text) {
		complete = false
		r.fault(fault.Place{Row: r.head.row}, "register.column_missing", message.Args{"column": heading})
	}
	if r.head.code < 0 {
		missing(pack.Text{Chinese: "单位代码"})
	}
	for n, column := range r.request.Register.Columns {
		if r.head.column[n] < 0 && needs(r.request.Register, column) {
			missing(column.Title)
		}
	}
	return complete
}

// needs tells whether a row cannot be without a cell: what is required, and the key, save a number that the program gives.
func needs(register *pack.Register, column *pack.Column) bool {
	return register.Written(column) && (column.Required || slices.Contains(register.Key, column.Name))
}

func (r *reader) someHeadings() titles {
	headings := titles{{Chinese: "单位代码"}}
	for _, column := range r.request.Register.Columns {
		if Imported(column) && len(headings) < 6 {
			headings = append(headings, column.Title)
		}
	}
	return headings
}

func (r *reader) headFault(at int, code string, args message.Args) {
	r.fault(r.place(r.head.row, at), code, args)
}

// place names a cell by its row and by heading and letter of its column.
func (r *reader) place(row, at int) fault.Place {
	if at < 0 {
		return fault.Place{Row: row}
	}
	name := letter(at)
	if at < len(r.head.headings) && r.head.headings[at] != "" {
		name = fmt.Sprintf("%s（%s）", r.head.headings[at], name)
	}
	return fault.Place{Row: row, Column: name}
}

// letter returns A for 0, B for 1, AA for 26.
func letter(at int) string {
	name := ""
	for at++; at > 0; at = (at - 1) / 26 {
		name = string(rune('A'+(at-1)%26)) + name
	}
	return name
}
