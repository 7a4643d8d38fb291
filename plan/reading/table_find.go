package reading

import "strings"

// Pages lose the frames of tables: each cell stands on a line of its own. Such a table shows by its head, a run
// of short lines that are all names of columns, and by rows of as many lines as the head has.

// columnNames are the heads of the columns of plans, columnParts words that make a short line one.
var (
	columnNames = setOf([]string{"序号", "编号", "指标", "指标名称", "指标内容", "单位", "属性", "类别", "类型", "备注", "现状", "目标", "基期", "任务", "项目", "内容", "措施", "责任人", "时限", "说明", "学段", "阶段", "年份", "数量", "合计", "投资", "地点"})
	columnParts = setOf([]string{"任务", "措施", "单位", "部门", "时限", "时间", "指标", "目标值", "现状值", "基期值", "属性", "名称", "内容", "事项", "清单", "要求", "责任人", "科室", "成果", "规模", "投资"})
)

// isColumnName tells whether the line could head a column.
func isColumnName(s string) bool {
	s = squeeze(s)
	n := runes(s, 13)
	if n < 2 || n > 12 || strings.ContainsAny(s, "。，,；;：:、") {
		return false
	}
	bare := columnNames.longestEnd(s)
	return bare == s || n <= 9 && columnParts.ends(s) || isYearColumn(s)
}

// isYearColumn tells whether the line heads the values of a year: 2025年, 2030年目标.
func isYearColumn(s string) bool {
	year, end := readDigits(s, 0)
	return year >= 1990 && year <= 2100 && end == 4 && (s[end:] == "年" || s[end:] == "" || hasAnyPrefix(s[end:], []string{"年目标", "年现状", "年实际", "年计划", "年预期", "年值", "年基"}))
}

// markLooseTables gives the lines of tables without frames their rows and columns.
func markLooseTables(lines []line) {
	table := 0
	for i := range lines {
		table = max(table, lines[i].table)
	}
	for i := 0; i < len(lines); {
		width := headWidth(lines, i)
		if width < 3 {
			i++
			continue
		}
		table++
		i = markRows(lines, i, width, table)
	}
}

// headWidth returns how many lines from line i on are names of columns; 0 unless the first two say that this is
// the head of a table.
func headWidth(lines []line, i int) int {
	width, opens := 0, false
	for k := i; k < len(lines) && k < i+10 && lines[k].table == 0 && isColumnName(lines[k].text); k++ {
		if k < i+2 {
			name := squeeze(lines[k].text)
			opens = opens || name == "序号" || name == "编号" || strings.Contains(name, "指标") || strings.Contains(name, "任务") || strings.Contains(name, "项目") || strings.Contains(name, "类别")
		}
		width++
	}
	if !opens {
		return 0
	}
	return width
}

// markRows marks the head and the rows that follow and returns the first line behind the table.
func markRows(lines []line, at, width, table int) int {
	numbered := squeeze(lines[at].text) == "序号" || squeeze(lines[at].text) == "编号"
	end := at + width
	row := 1
	for {
		n := rowLength(lines, end, width, row, numbered)
		if n == 0 {
			break
		}
		for k := range n {
			lines[end+k].table, lines[end+k].row, lines[end+k].column = table, row, min(k, width-1)
		}
		end, row = end+n, row+1
	}
	if row == 1 {
		return at + width
	}
	for k := range width {
		lines[at+k].table, lines[at+k].row, lines[at+k].column = table, 0, k
	}
	return end
}

// rowLength returns how many lines make the next row, 0 where the table ends.
func rowLength(lines []line, at, width, row int, numbered bool) int {
	if at >= len(lines) || lines[at].table > 0 {
		return 0
	}
	if !numbered {
		if at+width > len(lines) {
			return 0
		}
		for k := range width {
			if runes(lines[at+k].text, 61) > 60 || endsInStop(lines[at+k].text) || lines[at+k].table > 0 || isHeadingLabel(lines[at+k].text) {
				return 0
			}
		}
		return width
	}
	if squeeze(lines[at].text) != numeralOf(row) {
		return 0
	}
	n := 1
	for at+n < len(lines) && n < width && lines[at+n].table == 0 && squeeze(lines[at+n].text) != numeralOf(row+1) && !isHeadingLabel(lines[at+n].text) {
		n++
	}
	if n < 2 {
		return 0
	}
	return n
}

// isHeadingLabel tells whether a line opens a part of the plan and so cannot be a cell.
func isHeadingLabel(s string) bool {
	switch parseLabel(s).style {
	case styleComma, styleParen, styleChapter, styleSection, stylePart, styleBox, styleAnnex:
		return true
	}
	return false
}
