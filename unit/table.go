package unit

import (
	"slices"
	"strings"
	"unicode/utf8"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/period"
)

// Limits of an import of units.
const (
	MaxRows       = 200_000
	MaxNameLength = 80
	headRows      = 10 // in which the head is looked for
)

// column is one column that an import understands, with the heads it goes by.
type column struct {
	name     string
	heads    []string
	required bool
}

var columns = []column{
	{"code", []string{"单位代码", "代码", "学校代码", "学校标识码", "机构代码", "标识码", "code"}, true},
	{"name", []string{"单位名称", "名称", "学校名称", "机构名称", "name"}, true},
	{"kind", []string{"单位类别", "类别", "单位类型", "类型", "kind"}, true},
	{"parent", []string{"上级代码", "上级单位代码", "所属单位代码", "parent"}, true},
	{"stages", []string{"学段", "办学学段", "stages"}, false},
	{"ownership", []string{"办别", "举办者", "办学性质", "ownership"}, false},
	{"setting", []string{"城乡分类", "城乡", "城乡类型", "setting"}, false},
	{"opened", []string{"成立日期", "建校日期", "设立日期", "启用日期", "opened"}, false},
	{"closed", []string{"撤销日期", "停办日期", "closed"}, false},
}

// Report is what an import found. Units holds the units of every row without a fault, sections included.
type Report struct {
	Rows, Accepted, Refused int
	Faults                  fault.List
	Units                   []Unit
}

// ReadTable reads the units of a table whose head stands in one of its first rows, below a title or not. Every fault of every row is
// reported with its row and column. known holds the codes that exist already: rows may name them as parents, and
// a row with such a code changes that unit.
func ReadTable(rows [][]string, known map[string]Kind) Report {
	var report Report
	head, first := headOf(columns, rows)
	if first < 0 {
		report.Faults.Add(fault.New("unit.table_empty", nil))
		return report
	}
	at := placeColumns(columns, head, first, &report.Faults)
	if len(rows)-first > MaxRows {
		report.Faults.Add(fault.New("unit.too_many_rows", message.Args{"rows": len(rows) - first, "limit": MaxRows}))
	}
	if len(report.Faults) > 0 {
		return report
	}
	reader := tableReader{at: at, kinds: map[string]Kind{}, rowOf: map[string]int{}}
	for code, kind := range known {
		reader.kinds[code] = kind
	}
	var read []rowUnit
	for i := first + 1; i < len(rows); i++ {
		if strings.TrimSpace(strings.Join(rows[i], "")) == "" {
			continue
		}
		report.Rows++
		read = append(read, reader.row(rows[i], i+1))
	}
	for i := range read {
		reader.checkParent(&read[i])
	}
	for _, r := range read {
		if len(r.faults) > 0 {
			report.Refused++
			report.Faults.Add(r.faults...)
			continue
		}
		report.Accepted++
		report.Units = append(append(report.Units, r.unit), Sections(r.unit)...)
	}
	return report
}

// headOf returns the row with the most heads among the first, or the first that is not empty.
func headOf(columns []column, rows [][]string) ([]string, int) {
	best, most := -1, 0
	for i, row := range rows[:min(len(rows), headRows)] {
		hits := 0
		for _, cell := range row {
			if columnOf(columns, cell) >= 0 {
				hits++
			}
		}
		if hits > most {
			best, most = i, hits
		}
	}
	for i := 0; best < 0 && i < len(rows); i++ {
		if strings.TrimSpace(strings.Join(rows[i], "")) != "" {
			best = i
		}
	}
	if best < 0 {
		return nil, -1
	}
	return rows[best], best
}

// columnOf returns the number of the column that a head means, or -1.
func columnOf(columns []column, head string) int {
	head = strings.ToLower(strings.Trim(strings.Join(strings.Fields(strings.TrimPrefix(head, "\ufeff")), ""), "*"))
	return slices.IndexFunc(columns, func(c column) bool { return slices.Contains(c.heads, head) })
}

func placeColumns(columns []column, head []string, row int, faults *fault.List) map[string]int {
	at := map[string]int{}
	for i, cell := range head {
		n := columnOf(columns, cell)
		if n < 0 {
			continue
		}
		if _, taken := at[columns[n].name]; taken {
			faults.Add(fault.At(fault.Place{Row: row + 1, Column: columns[n].heads[0]}, "unit.column_twice", message.Args{"column": columns[n].heads[0]}))
			continue
		}
		at[columns[n].name] = i
	}
	for _, c := range columns {
		if _, found := at[c.name]; c.required && !found {
			faults.Add(fault.At(fault.Place{Row: row + 1, Column: c.heads[0]}, "unit.column_missing", message.Args{"column": c.heads[0]}))
		}
	}
	return at
}

type rowUnit struct {
	unit   Unit
	row    int
	faults fault.List
}

type tableReader struct {
	at    map[string]int
	kinds map[string]Kind
	rowOf map[string]int
}

func (r *tableReader) cell(cells []string, name string) string {
	at, ok := r.at[name]
	if !ok || at >= len(cells) {
		return ""
	}
	return strings.TrimSpace(cells[at])
}

func (r *tableReader) row(cells []string, number int) rowUnit {
	out := rowUnit{row: number}
	bad := func(column, code string, args message.Args) {
		out.faults.Add(fault.At(fault.Place{Row: number, Column: headName(column)}, code, args))
	}
	u := Unit{Code: r.cell(cells, "code"), Name: r.cell(cells, "name"), Parent: r.cell(cells, "parent")}
	if isTotal(u.Code) || isTotal(u.Name) {
		bad("name", "unit.total_row", nil)
		return out
	}
	if kind, ok := kindNames[strings.ToLower(r.cell(cells, "kind"))]; ok {
		u.Kind = kind
	} else {
		bad("kind", "unit.kind_unknown", message.Args{"text": r.cell(cells, "kind")})
	}
	checkName(u.Name, bad)
	checkCode(u, bad)
	if before, taken := r.rowOf[u.Code]; taken && u.Code != "" {
		bad("code", "unit.code_twice", message.Args{"code": u.Code, "row": before})
	} else if u.Code != "" {
		r.rowOf[u.Code], r.kinds[u.Code] = number, u.Kind
	}
	r.details(&u, cells, bad)
	out.unit = u
	return out
}

func (r *tableReader) details(u *Unit, cells []string, bad func(column, code string, args message.Args)) {
	for _, text := range strings.FieldsFunc(r.cell(cells, "stages"), func(c rune) bool { return strings.ContainsRune("、,，;；/ +", c) }) {
		if stage, ok := stageNames[strings.ToLower(text)]; ok {
			u.Stages = append(u.Stages, stage)
		} else {
			bad("stages", "unit.stage_unknown", message.Args{"text": text})
		}
	}
	if u.Kind == School && len(u.Stages) == 0 {
		bad("stages", "unit.stages_missing", nil)
	}
	if text := r.cell(cells, "ownership"); text != "" {
		ok := false
		if u.Ownership, ok = ownershipNames[strings.ToLower(text)]; !ok {
			bad("ownership", "unit.ownership_unknown", message.Args{"text": text})
		}
	}
	if text := r.cell(cells, "setting"); text != "" {
		ok := false
		if u.Setting, ok = settingNames[strings.ToLower(text)]; !ok {
			bad("setting", "unit.setting_unknown", message.Args{"text": text})
		}
	}
	u.Opened, u.Closed = r.date(cells, "opened", bad), r.date(cells, "closed", bad)
	if !u.Opened.IsZero() && !u.Closed.IsZero() && !u.Opened.Before(u.Closed) {
		bad("closed", "unit.closed_before_opened", message.Args{"opened": u.Opened, "closed": u.Closed})
	}
}

func (r *tableReader) date(cells []string, name string, bad func(column, code string, args message.Args)) period.Date {
	text := r.cell(cells, name)
	date, ok := period.ParseDate(text)
	if text != "" && !ok {
		bad(name, "unit.date_unreadable", message.Args{"text": text})
	}
	return date
}

func headName(name string) string {
	for _, c := range columns {
		if c.name == name {
			return c.heads[0]
		}
	}
	return name
}

// isTotal tells whether a cell says that its row adds up others: 合计, 全县合计.
func isTotal(text string) bool {
	text = strings.ReplaceAll(strings.ReplaceAll(text, " ", ""), "　", "")
	return utf8.RuneCountInString(text) <= 8 && (strings.HasSuffix(text, "合计") || strings.HasSuffix(text, "总计") || strings.HasSuffix(text, "小计"))
}
