package reading

import (
	"strconv"
	"strings"

	"jiaoheng/document"
)

// table is one table of the text: its cells by row and column.
type table struct {
	role Role
	rows []tableRow
}

// tableCell is one cell and its place among the sentences.
type tableCell struct {
	*Sentence
	index int
}

type tableRow struct {
	cells []tableCell // in order of column, gaps left out
}

// columnKind says what the cells of a column are.
type columnKind int

const (
	columnOther  columnKind = iota
	columnIndex             // 序号
	columnName              // 指标, 项目, 学校
	columnUnit              // 单位
	columnBase              // 2020年, 现状
	columnGoal              // 2025年, 目标值
	columnGrowth            // 年均增长
	columnTotal             // 五年累计: the goal of a row that has no other
	columnLimit             // 完成时限
	columnParty             // 责任单位
)

// column is what the head of a table says of one column.
type column struct {
	kind   columnKind
	year   int
	unit   string // of 投资（万元）
	header string
}

// tables reads the tables of the text: rows of an indicator table become targets with their old values,
// the cells of any other table are read as sentences.
func (r *quantityReader) tables() {
	for _, t := range tablesOf(r.l) {
		if t.role == RoleFront || t.role == RoleBack {
			continue
		}
		columns, head := r.columnsOf(t)
		if head == 0 || !hasValues(columns) {
			r.cellsAsSentences(t, columns, head)
			continue
		}
		for _, row := range t.rows[head:] {
			r.indicatorRow(t, row, columns)
		}
	}
}

func tablesOf(l *layout) []table {
	var all []table
	last := 0
	for i := range l.sentences {
		s := &l.sentences[i]
		if s.Table == 0 {
			continue
		}
		if s.Table != last || len(all) == 0 || s.Column == 0 && startsTable(l, i) {
			all = append(all, table{role: s.Role})
			last = s.Table
		}
		t := &all[len(all)-1]
		if n := len(t.rows); n == 0 || t.rows[n-1].cells[0].Row != s.Row {
			t.rows = append(t.rows, tableRow{})
		}
		row := &t.rows[len(t.rows)-1]
		row.cells = append(row.cells, tableCell{s, i})
	}
	return all
}

// startsTable tells whether the row whose first cell is sentence i is the head of another table: at least two
// of its cells are words of heads and none holds a number.
func startsTable(l *layout, i int) bool {
	words := 0
	for k := i; k < len(l.sentences) && l.sentences[k].Table == l.sentences[i].Table && l.sentences[k].Row == l.sentences[i].Row; k++ {
		text := l.sentences[k].Text
		if len(text) > 60 {
			return false
		}
		if containsAny(text, []string{"指标", "单位", "序号", "名称", "时限", "任务", "类别", "内容"}) {
			words++
		}
	}
	return words >= 2
}

// headRowsMost is how many rows the head of a table may have.
const headRowsMost = 2

// columnsOf reads the head of a table and returns the number of its rows, 0 when there is none.
func (r *quantityReader) columnsOf(t table) (map[int]column, int) {
	columns := map[int]column{}
	head := 0
	for i := 0; i < len(t.rows) && i < headRowsMost; i++ {
		if !isHeadRow(t.rows[i]) {
			break
		}
		head = i + 1
		for _, cell := range t.rows[i].cells {
			c := columns[cell.Column]
			c.header += cell.Text
			columns[cell.Column] = c
		}
	}
	for i, c := range columns {
		columns[i] = r.readHeader(c)
	}
	return columns, head
}

// headWords stand in the heads of tables and not in their rows.
var headWords = []string{"指标", "单位", "目标值", "现状", "属性", "序号", "项目名称", "名称", "类别", "任务", "措施", "时限", "年度", "备注", "基期", "规划目标", "内容", "性质", "规模", "投资", "年限", "资金", "数量", "金额", "学位"}

// isHeadRow tells a row of headers: its cells hold no number but years.
func isHeadRow(row tableRow) bool {
	words := 0
	for _, cell := range row.cells {
		text := []rune(cell.Text)
		if len(text) > 24 {
			return false
		}
		for _, n := range scanNumbers(text) {
			if (n.value < 1990 || n.value > 2100) && !n.chinese {
				return false
			}
			words++
		}
		for _, word := range headWords {
			if strings.Contains(cell.Text, word) {
				words++
				break
			}
		}
	}
	return words >= 2 || words > 0 && words*2 >= len(row.cells)
}

// readHeader says what the cells under a header are.
func (r *quantityReader) readHeader(c column) column {
	h := c.header
	for _, n := range scanNumbers([]rune(h)) {
		if n.value >= 1990 && n.value <= 2100 {
			c.year = int(n.value)
			if n.ranged && n.max <= 2100 {
				c.year = int(n.max)
			}
		}
	}
	if from := strings.IndexAny(h, "(（"); from >= 0 {
		if to := strings.IndexAny(h[from:], ")）"); to > 0 {
			inside := strings.TrimLeft(h[from:from+to], "(（")
			if unit, ok := unitAt([]rune(inside), 0); ok && unit.to == len([]rune(inside)) || inside == "%" || inside == "‰" {
				c.unit = inside
			}
		}
	}
	switch {
	case strings.Contains(h, "序号"):
		c.kind = columnIndex
	case containsAny(h, []string{"责任", "牵头", "部门", "配合", "主管"}):
		c.kind = columnParty
	case containsAny(h, []string{"时限", "完成时间", "时间节点"}):
		c.kind = columnLimit
	case strings.Contains(h, "累计"):
		c.kind = columnTotal
	case containsAny(h, []string{"年均", "增长", "增速", "增幅"}):
		c.kind = columnGrowth
	case containsAny(h, []string{"现状", "基期", "实际", "完成值", "基础值", "基数"}):
		c.kind = columnBase
	case containsAny(h, []string{"目标值", "规划值", "规划目标", "预期值", "目标"}) || c.year > 0:
		c.kind = columnGoal
		if c.year > 0 && r.calendar.start > 0 && c.year < r.calendar.start {
			c.kind = columnBase
		}
	case strings.HasPrefix(h, "单位") || strings.Contains(h, "计量单位"):
		c.kind = columnUnit
	case containsAny(h, []string{"指标", "名称", "项目", "学校", "内容", "任务"}):
		c.kind = columnName
	}
	return c
}

func hasValues(columns map[int]column) bool {
	for _, c := range columns {
		if c.kind == columnGoal || c.kind == columnBase {
			return true
		}
	}
	return false
}

// indicatorRow reads one row of an indicator table.
func (r *quantityReader) indicatorRow(t table, row tableRow, columns map[int]column) {
	name, unit := rowName(row, columns)
	if name == "" {
		return
	}
	first, last := row.cells[0], row.cells[len(row.cells)-1]
	span := document.Span{From: first.Span.From, To: last.Span.To}
	var base *Baseline
	total := !hasGoal(row, columns)
	for _, cell := range row.cells {
		c := columns[cell.Column]
		if total && c.kind == columnTotal {
			c.kind, c.year = columnGoal, r.calendar.end
		}
		if c.kind != columnBase && c.kind != columnGoal && (c.kind != columnGrowth || !total) {
			continue // growth beside the goal it leads to follows from the two values
		}
		q, ok := cellQuantity(cell.Text, name, unit, c)
		if !ok {
			continue
		}
		q.Origin = r.l.originOf(*first.Sentence, "table", 0.9)
		q.CleanSpan, q.Sentence = span, rowText(row)
		q.Scope = scopeOf(name, "", q.Path)
		year := c.year
		if year == 0 && c.kind == columnBase {
			year = r.calendar.base()
		}
		if year == 0 && c.kind != columnBase {
			year = r.calendar.end
		}
		when := strconv.Itoa(year)
		if c.kind == columnBase || t.role == RoleReview {
			if q.Value == nil {
				continue
			}
			base = &Baseline{Value: *q.Value}
			q.Optional = "baseline"
			if year > 0 {
				base.Year, q.Time = &year, &when
			}
			if t.role == RoleReview {
				q.Optional = ""
			}
			r.facts = append(r.facts, q)
			continue
		}
		if c.kind == columnGoal {
			q.Baseline = base
		}
		q.DeadlineSource = "none"
		if year > 0 {
			q.Deadline, q.DeadlineSource = &when, "table"
		}
		r.targets = append(r.targets, q)
	}
}

// hasGoal tells whether a cell of the row holds the number of a goal.
func hasGoal(row tableRow, columns map[int]column) bool {
	for _, cell := range row.cells {
		if columns[cell.Column].kind == columnGoal && len(scanNumbers([]rune(cell.Text))) > 0 {
			return true
		}
	}
	return false
}

// rowName finds the indicator of a row and its unit, which may stand in brackets behind the name.
func rowName(row tableRow, columns map[int]column) (name, unit string) {
	for _, cell := range row.cells {
		switch c := columns[cell.Column]; {
		case c.kind == columnName:
			name = cell.Text
		case c.kind == columnUnit:
			unit = cell.Text
		case name == "" && c.kind == columnOther && len(scanNumbers([]rune(cell.Text))) == 0:
			name = cell.Text
		}
	}
	name = strings.ReplaceAll(name, "\n", "")
	for _, open := range []string{"（", "("} {
		from := strings.LastIndex(name, open)
		if from <= 0 {
			continue
		}
		inside := []rune(strings.TrimRight(name[from+len(open):], "）)"))
		if found, ok := unitAt(inside, 0); ok && found.to == len(inside) || string(inside) == "%" || string(inside) == "‰" {
			name = name[:from]
			if unit == "" {
				unit = string(inside)
			}
		}
	}
	text := []rune(name)
	if numbers := scanNumbers(text); len(numbers) > 0 && numbers[0].from == 0 && !numbers[0].chinese {
		if rest := strings.TrimLeft(string(text[numbers[0].to:]), ".．、 "); rest != string(text[numbers[0].to:]) {
			name = rest
		}
	}
	return name, unit
}

func rowText(row tableRow) string {
	texts := make([]string, len(row.cells))
	for i, cell := range row.cells {
		texts[i] = strings.ReplaceAll(cell.Text, "\n", "")
	}
	return strings.Join(texts, " | ")
}

// cellQuantity reads the value of a cell: 93, ≥95, 95%以上, 93-95, 1∶12.
func cellQuantity(cell, name, unit string, c column) (Quantity, bool) {
	text := []rune(cell)
	numbers := scanNumbers(text)
	if len(numbers) == 0 || len(text) > 20 {
		return Quantity{}, false
	}
	st := &statement{text: text, numbers: numbers}
	m := st.measureOf(0)
	st.measures = []measure{m}
	st.measures[0].name = name
	q := st.quantityOf(0)
	if q.Unit == "" {
		q.Unit = unit
	}
	if q.Unit == "" {
		q.Unit = c.unit
	}
	if c.kind == columnGrowth {
		q.Comparator, q.ComparatorExplicit = "increase", true
		q.Name += c.header
	}
	return q, q.Value != nil || c.kind == columnGoal
}

// cellsAsSentences reads the cells of a table of tasks as running text; the row's time limit is their deadline.
func (r *quantityReader) cellsAsSentences(t table, columns map[int]column, head int) {
	for _, row := range t.rows[head:] {
		from := len(r.targets)
		for _, cell := range row.cells {
			c := columns[cell.Column]
			if c.kind == columnParty || c.kind == columnIndex || c.kind == columnLimit {
				continue
			}
			if c.unit != "" && r.cellWithUnit(t, row, cell, columns) {
				continue
			}
			r.sentence(cell.index)
		}
		for _, cell := range row.cells {
			if columns[cell.Column].kind == columnLimit {
				r.limitRow(cell.Sentence, from)
			}
		}
	}
}

// cellWithUnit reads a bare number under a header that names its unit: 投资（万元）.
func (r *quantityReader) cellWithUnit(t table, row tableRow, cell tableCell, columns map[int]column) bool {
	c := columns[cell.Column]
	name, _ := rowName(row, columns)
	header := c.header
	if i := strings.IndexAny(header, "(（"); i > 0 {
		header = header[:i]
	}
	q, ok := cellQuantity(cell.Text, name+header, "", c)
	if !ok || q.Value == nil {
		return false
	}
	q.Origin = r.l.originOf(*cell.Sentence, "table", 0.7)
	q.Sentence = rowText(row)
	q.Scope = scopeOf(q.Name, "", q.Path)
	if t.role == RoleReview || t.role == RoleSituation {
		r.facts = append(r.facts, q)
		return true
	}
	q.DeadlineSource = "none"
	if r.calendar.end > 0 {
		q.DeadlineSource = "document"
	}
	r.targets = append(r.targets, q)
	return true
}

func (r *quantityReader) limitRow(cell *Sentence, from int) {
	st := readStatement(cell, "", r.calendar)
	for _, moment := range st.moments {
		if moment.kind == timePeriod || moment.kind == timeBefore {
			continue
		}
		text := moment.text()
		for i := from; i < len(r.targets); i++ {
			if q := &r.targets[i]; q.DeadlineSource != "sentence" && q.DeadlineSource != "period" {
				q.Deadline, q.DeadlineSource = &text, "table"
			}
		}
		return
	}
}
