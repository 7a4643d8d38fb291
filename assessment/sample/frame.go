package sample

import (
	"strconv"
	"strings"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// Limits of a sampling table.
const (
	MaxSchools = 20_000
	MaxStrata  = 500
	MaxText    = 200 // characters of a note
	maxFaults  = 50  // that are told one by one
)

// Comparable says whether the figures of units beside a sample may be set against it.
type Comparable string

// How they compare.
const (
	SamePaper Comparable = "same"   // the same paper on the same days
	Linked    Comparable = "linked" // another paper put on the same scale
	NotSo     Comparable = "none"   // not to be compared
)

// Comparables returns them in the order of choice lists.
func Comparables() []Comparable { return []Comparable{SamePaper, Linked, NotSo} }

// Frame is the sampling table of an exam.
type Frame struct {
	Exam       string     `json:"exam"`
	Of         string     `json:"of,omitempty"` // exam of the sample that this one was held beside
	Comparable Comparable `json:"comparable,omitempty"`
	Supplier   string     `json:"supplier,omitempty"`
	Note       string     `json:"note,omitempty"`
	Strata     []Stratum  `json:"strata"`
	Version    int64      `json:"version"`
}

// Stratum is one layer of the design: so many schools and pupils in all, and the schools drawn.
type Stratum struct {
	Name    string   `json:"name"`
	Schools int      `json:"schools"`
	Pupils  int      `json:"pupils"`
	Drawn   []School `json:"drawn"`
}

// School is a drawn school. Enrolled are the pupils of the grade; 0: not told, its own figures are then not shown.
type School struct {
	Code     string `json:"code"`
	Enrolled int    `json:"enrolled,omitempty"`
}

// columns of the table, by the names that suppliers use.
var columns = []struct {
	name   string
	others []string
	wanted bool
}{
	{"抽样层", []string{"层", "分层", "stratum"}, true},
	{"学校代码", []string{"学校标识码", "学校", "school"}, true},
	{"层内学校数", []string{"总体学校数", "schools"}, true},
	{"层内学生数", []string{"总体学生数", "pupils"}, true},
	{"应测人数", []string{"年级人数", "enrolled"}, false},
}

// Headings are the titles of an empty table.
func Headings() []string {
	var all []string
	for _, c := range columns {
		all = append(all, c.name)
	}
	return all
}

// Read reads a sampling table: one row for each drawn school. All faults at once, each with its row.
func Read(file string, rows [][]string) ([]Stratum, error) {
	if len(rows) < 2 || len(rows) > MaxSchools+1 {
		return nil, fault.At(fault.Place{File: file}, "sample.rows", message.Args{"count": max(len(rows)-1, 0), "limit": MaxSchools})
	}
	at, faults := findColumns(file, rows[0])
	if faults != nil {
		return nil, faults
	}
	r := frameReader{file: file, at: at, strata: map[string]int{}, seen: map[string]int{}}
	for i, row := range rows[1:] {
		if strings.TrimSpace(strings.Join(row, "")) != "" {
			r.read(i+2, row)
		}
	}
	if len(r.out) > MaxStrata {
		r.faults.Add(fault.At(fault.Place{File: file}, "sample.strata", message.Args{"count": len(r.out), "limit": MaxStrata}))
	}
	if len(r.faults) > maxFaults {
		more := len(r.faults) - maxFaults
		r.faults = append(r.faults[:maxFaults], fault.At(fault.Place{File: file}, "sample.more_faults", message.Args{"count": more}))
	}
	return r.out, r.faults.Err()
}

func findColumns(file string, head []string) ([]int, fault.List) {
	var faults fault.List
	at := make([]int, len(columns))
	for k, column := range columns {
		at[k] = -1
		for i, title := range head {
			title = strings.ToLower(strings.TrimSpace(title))
			for _, name := range append([]string{column.name}, column.others...) {
				if title == name && at[k] < 0 {
					at[k] = i
				}
			}
		}
		if at[k] < 0 && column.wanted {
			faults.Add(fault.At(fault.Place{File: file, Row: 1}, "sample.no_column", message.Args{"column": column.name}))
		}
	}
	return at, faults
}

type frameReader struct {
	file   string
	at     []int
	strata map[string]int
	seen   map[string]int // row of each school
	out    []Stratum
	faults fault.List
}

func (r *frameReader) read(number int, row []string) {
	cell := func(k int) string {
		if r.at[k] < 0 || r.at[k] >= len(row) {
			return ""
		}
		return strings.TrimSpace(row[r.at[k]])
	}
	count := func(k, least int) int {
		text := strings.ReplaceAll(cell(k), ",", "")
		if text == "" && !columns[k].wanted {
			return 0
		}
		value, err := strconv.Atoi(text)
		if err != nil || value < least || value > 10_000_000 {
			r.faults.Add(fault.At(fault.Place{File: r.file, Row: number, Column: columns[k].name}, "sample.count", message.Args{"text": cell(k), "least": least}))
			return least
		}
		return value
	}
	name, code := cell(0), cell(1)
	schools, pupils, enrolled := count(2, 1), count(3, 1), count(4, 0)
	for k, text := range []string{name, code} {
		if text == "" || len(text) > MaxText {
			r.faults.Add(fault.At(fault.Place{File: r.file, Row: number, Column: columns[k].name}, "sample.empty", message.Args{"limit": MaxText}))
		}
	}
	if first, twice := r.seen[code]; twice && code != "" {
		r.faults.Add(fault.At(fault.Place{File: r.file, Row: number, Column: columns[1].name}, "sample.twice", message.Args{"school": code, "row": first}))
		return
	}
	r.seen[code] = number
	k, known := r.strata[name]
	if !known {
		k = len(r.out)
		r.strata[name] = k
		r.out = append(r.out, Stratum{Name: name, Schools: schools, Pupils: pupils})
	}
	if r.out[k].Schools != schools || r.out[k].Pupils != pupils {
		r.faults.Add(fault.At(fault.Place{File: r.file, Row: number}, "sample.differs", message.Args{"stratum": name}))
	}
	r.out[k].Drawn = append(r.out[k].Drawn, School{Code: code, Enrolled: enrolled})
}
