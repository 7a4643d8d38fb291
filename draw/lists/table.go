package lists

import (
	"slices"
	"strconv"
	"strings"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// Headings of the columns that a draw knows, in Chinese and English; the first is the one that documents use.
var (
	idHeadings        = []string{"编号", "代码", "学校代码", "单位代码", "对象编号", "工号", "督学编号", "专家编号", "考官编号", "id", "code"}
	nameHeadings      = []string{"名称", "学校", "学校名称", "单位名称", "对象名称", "姓名", "name"}
	weightHeadings    = []string{"权重", "风险权重", "weight"}
	placeHeadings     = []string{"所在地", "乡镇", "街道", "place", "town"}
	fromHeadings      = []string{"所属单位", "申报单位", "推荐单位", "unit"}
	teamHeadings      = []string{"人数", "每组人数", "team"}
	allHeadings       = []string{"全员条件", "all"}
	someHeadings      = []string{"至少一人", "some"}
	loadHeadings      = []string{"最多对象数", "每人最多", "load"}
	leaderHeadings    = []string{"组长", "可任组长", "leader"}
	tagHeadings       = []string{"条件", "学科", "学段", "专长", "资格", "tags", "subject", "stage", "skill"}
	unitHeadings      = []string{"工作单位", "单位", "所在单位", "unit"}
	workedHeadings    = []string{"曾任职单位", "工作经历", "worked"}
	homeHeadings      = []string{"籍贯", "家庭所在地", "home"}
	inspectedHeadings = []string{"上次对象", "上次督导", "去年督导", "inspected"}
	kinHeadings       = []string{"亲属", "不得同组", "kin", "apart"}
	inspectorHeadings = []string{"人员", "督学", "考官", "专家", "评审专家", "inspector"}
	otherHeadings     = []string{"回避对象", "回避", "对象", "学校", "other", "object", "with"}
	reasonHeadings    = []string{"理由", "事由", "关系", "reason"}
)

// LeaderTag is the tag of who may lead a team.
const LeaderTag = "组长"

// sheet is a table with the columns that were asked for.
type sheet struct {
	rows   [][]string
	above  int // empty rows above the headings
	used   map[int]bool
	faults fault.List
}

func newSheet(rows [][]string) *sheet {
	s := &sheet{used: map[int]bool{}}
	for len(rows) > s.above && strings.Join(rows[s.above], "") == "" {
		s.above++
	}
	if s.rows = rows[s.above:]; len(s.rows) < 2 {
		s.faults.Add(fault.New("lists.empty_table", nil))
	}
	return s
}

// column finds a column by its headings, or -1.
func (s *sheet) column(headings ...string) int {
	if len(s.rows) == 0 {
		return -1
	}
	for _, heading := range headings {
		for n, cell := range s.rows[0] {
			if strings.EqualFold(strings.TrimSpace(cell), heading) && !s.used[n] {
				s.used[n] = true
				return n
			}
		}
	}
	return -1
}

// columns finds every column that has one of the headings.
func (s *sheet) columns(headings ...string) (all []int) {
	for n := s.column(headings...); n >= 0; n = s.column(headings...) {
		all = append(all, n)
	}
	return all
}

// stated finds a column that the user named; it may be one that is used for something else too.
func (s *sheet) stated(heading string) int {
	if len(s.rows) > 0 {
		for n, cell := range s.rows[0] {
			if strings.EqualFold(strings.TrimSpace(cell), heading) {
				s.used[n] = true
				return n
			}
		}
	}
	s.faults.Add(fault.At(fault.Place{Column: heading}, "lists.no_column", nil))
	return -1
}

// unused are the headings of columns that nothing was read from.
func (s *sheet) unused() (headings []string) {
	for n := range s.rows[:min(len(s.rows), 1)] {
		for k, cell := range s.rows[n] {
			if !s.used[k] && cell != "" {
				headings = append(headings, cell)
			}
		}
	}
	return headings
}

// each visits the rows that hold something. The number is that of the row in the file.
func (s *sheet) each(visit func(row int, cell func(int) string)) {
	if len(s.rows) == 0 {
		return
	}
	for n, cells := range s.rows[1:] {
		if strings.Join(cells, "") == "" {
			continue
		}
		visit(n+2+s.above, func(column int) string {
			if column < 0 || column >= len(cells) {
				return ""
			}
			return strings.TrimSpace(cells[column])
		})
	}
}

// whole reads a whole number that may be missing.
func (s *sheet) whole(row, column int, text string, missing int) int {
	if text == "" {
		return missing
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 || n > 1<<30 {
		s.faults.Add(fault.At(fault.Place{Row: row, Column: s.rows[0][column]}, "lists.whole", message.Args{"text": text}))
		return missing
	}
	return n
}

// words reads a cell that holds several values.
func words(cell string) []string {
	return strings.FieldsFunc(cell, func(r rune) bool {
		return strings.ContainsRune("、,，;；|", r) || r == ' ' || r == '\n' || r == '\t'
	})
}

// ReadObjects reads the list of objects: the column of ids (else the first), names, weights, requirements; strata and match name
// columns whose values make the strata, and are asked of every member. unused are columns that nothing was read from.
func ReadObjects(rows [][]string, strata, match []string) (objects []Object, unused []string, err error) {
	s := newSheet(rows)
	var strataAt, matchAt []int
	for _, heading := range strata {
		strataAt = append(strataAt, s.stated(heading))
	}
	for _, heading := range match {
		matchAt = append(matchAt, s.stated(heading))
	}
	taken := s.used
	s.used = map[int]bool{}
	id := s.firstColumn(idHeadings)
	name, weight, place, team := s.column(nameHeadings...), s.column(weightHeadings...), s.column(placeHeadings...), s.column(teamHeadings...)
	all, some, from := s.column(allHeadings...), s.column(someHeadings...), s.column(fromHeadings...)
	for n := range taken {
		s.used[n] = true
	}
	s.each(func(row int, cell func(int) string) {
		o := Object{ID: cell(id), Name: cell(name), Place: cell(place), Unit: cell(from), All: words(cell(all)), Some: words(cell(some)), At: fault.Place{Row: row}}
		o.Weight, o.Team = s.whole(row, weight, cell(weight), 1), s.whole(row, team, cell(team), 0)
		for _, n := range strataAt {
			o.Stratum = append(o.Stratum, cell(n))
		}
		for _, n := range matchAt {
			o.All = append(o.All, words(cell(n))...)
		}
		objects = append(objects, o)
	})
	return objects, s.unused(), s.faults.Err()
}

// firstColumn is the column of ids: one of the headings, else the first.
func (s *sheet) firstColumn(headings []string) int {
	if n := s.column(headings...); n >= 0 {
		return n
	}
	s.used[0] = true
	return 0
}

// ReadInspectors reads the list of people. Kin that stand in a column of it are returned as conflicts.
func ReadInspectors(rows [][]string) (people []Inspector, kin []Conflict, unused []string, err error) {
	s := newSheet(rows)
	id := s.firstColumn(idHeadings)
	name, load, leader := s.column(nameHeadings...), s.column(loadHeadings...), s.column(leaderHeadings...)
	tags, unit, worked := s.columns(tagHeadings...), s.column(unitHeadings...), s.column(workedHeadings...)
	home, inspected, kinAt := s.column(homeHeadings...), s.column(inspectedHeadings...), s.column(kinHeadings...)
	s.each(func(row int, cell func(int) string) {
		i := Inspector{ID: cell(id), Name: cell(name), Unit: cell(unit), Home: cell(home), Worked: words(cell(worked)), Inspected: words(cell(inspected)), At: fault.Place{Row: row}}
		if i.Load = s.whole(row, load, cell(load), 0); load >= 0 && cell(load) == "0" {
			s.faults.Add(fault.At(fault.Place{Row: row, Column: s.rows[0][load]}, "lists.load_nothing", nil))
		}
		for _, n := range tags {
			i.Tags = append(i.Tags, words(cell(n))...)
		}
		switch text := strings.ToLower(cell(leader)); {
		case slices.Contains([]string{"是", "可", "√", "1", "y", "yes", "true"}, text):
			i.Tags = append(i.Tags, LeaderTag)
		case !slices.Contains([]string{"", "否", "0", "n", "no", "false"}, text):
			s.faults.Add(fault.At(fault.Place{Row: row, Column: s.rows[0][leader]}, "lists.yes_no", message.Args{"text": text}))
		}
		for _, other := range words(cell(kinAt)) {
			kin = append(kin, Conflict{Inspector: i.ID, Other: other, At: i.At})
		}
		people = append(people, i)
	})
	return people, kin, s.unused(), s.faults.Err()
}

// ReadConflicts reads a list of conflicts: who, with which object or person, why.
func ReadConflicts(rows [][]string) (conflicts []Conflict, unused []string, err error) {
	s := newSheet(rows)
	who, other, reason := s.column(inspectorHeadings...), s.column(otherHeadings...), s.column(reasonHeadings...)
	if len(s.faults) == 0 && (who < 0 || other < 0) {
		s.faults.Add(fault.New("lists.conflict_columns", message.Args{"inspector": inspectorHeadings[0], "other": otherHeadings[0]}))
	}
	s.each(func(row int, cell func(int) string) {
		conflicts = append(conflicts, Conflict{Inspector: cell(who), Other: cell(other), Reason: cell(reason), At: fault.Place{Row: row}})
	})
	return conflicts, s.unused(), s.faults.Err()
}
