package figure

import (
	"slices"

	"jiaoheng/assessment"
)

// Near is pupils near a line, by group.
type Near struct {
	Unit   string `json:"unit"`
	Part   string `json:"part,omitempty"`
	Sat    int    `json:"sat"`
	Reach  int    `json:"reach"` // the line and above
	Below  int    `json:"below"` // less than the width below the line
	Above  int    `json:"above"` // on the line or at most the width above it
	Hidden bool   `json:"hidden"`
}

// NearLine counts 临界生 by group: one-sided those in Below, two-sided Below and Above. The total comes first.
func NearLine(sheet assessment.Sheet, line, width float64, ask Ask) []Near {
	totals, groups := divide(sheet, ask)
	for _, g := range slices.Concat(totals, groups) {
		g.row.Sat = len(g.marks)
	}
	hide(totals, groups, ask)
	var all []Near
	for _, g := range slices.Concat(totals, groups) {
		if !g.visible {
			continue
		}
		one := Near{Unit: g.row.Unit, Part: g.row.Part, Hidden: g.row.Hidden}
		if !one.Hidden {
			one.Sat = g.row.Sat
			for _, x := range g.marks {
				reach := atLeast(x, line)
				switch {
				case reach && x <= line+width+1e-9:
					one.Reach, one.Above = one.Reach+1, one.Above+1
				case reach:
					one.Reach++
				case atLeast(x, line-width):
					one.Below++
				}
			}
		}
		all = append(all, one)
	}
	return all
}

// Effective is the 有效分 of a subject: the mark that goes with the line on the total.
type Effective struct {
	Subject    string   `json:"subject"`
	Percentile *float64 `json:"percentile"` // as many pupils reach it as reach the line on the total
	Ratio      *float64 `json:"ratio"`      // line × mean of the subject / mean of the total
}

// EffectiveMarks returns the effective marks of every subject that counts into the total, both ways. Pupils without a total are
// left out. The mark by percentile is one that a pupil has: pupils of equal marks all reach it. A nil mark: nobody reaches the line.
func EffectiveMarks(sheet assessment.Sheet, line float64, track string) []Effective {
	var totals []float64
	var members []int
	reach, sum := 0, 0.0
	for p, pupil := range sheet.Pupils {
		if total, known := sheet.Total(p); known && (track == "" || pupil.Track == track) {
			totals, members = append(totals, total), append(members, p)
			sum += total
			if atLeast(total, line) {
				reach++
			}
		}
	}
	var all []Effective
	for n, s := range sheet.Exam.Subjects {
		if !s.Total {
			continue
		}
		one := Effective{Subject: s.Code}
		var marks []float64
		part, of := 0.0, 0
		for k, p := range members {
			if sheet.Status[n][p] == assessment.Present {
				marks = append(marks, sheet.Marks[n][p])
				part += sheet.Marks[n][p]
				if atLeast(totals[k], line) {
					of++
				}
			}
		}
		if len(marks) > 0 && reach > 0 {
			slices.Sort(marks)
			if of > 0 {
				one.Percentile = some(marks[len(marks)-of])
			}
			if sum > 0 {
				one.Ratio = some(line * (part / float64(len(marks))) / (sum / float64(len(totals))))
			}
		}
		all = append(all, one)
	}
	return all
}

// Double is how a subject goes with the total, by group: 双上线 both lines, 单上线 only one.
type Double struct {
	Unit        string   `json:"unit"`
	Sat         int      `json:"sat"`
	Total       int      `json:"total"`        // reach the line on the total
	Subject     int      `json:"subject"`      // reach the line of the subject
	Both        int      `json:"both"`         // 双上线
	OnlyTotal   int      `json:"only_total"`   // the subject holds them back
	OnlySubject int      `json:"only_subject"` // the subject alone
	Hit         *float64 `json:"hit"`          // 命中率: both / total
	Contributes *float64 `json:"contributes"`  // 贡献率: both / subject
	Hidden      bool     `json:"hidden"`
}

// DoubleLine compares the line of a subject with the line on the total, by group; the total of groups comes first. Only pupils with
// both marks count.
func DoubleLine(sheet assessment.Sheet, subject string, subjectLine, totalLine float64, ask Ask) []Double {
	at := subjectAt(sheet, subject)
	ask.Subject = subject
	totals, groups := divide(sheet, ask)
	for _, g := range slices.Concat(totals, groups) {
		g.row.Sat = len(g.marks)
	}
	hide(totals, groups, ask)
	var all []Double
	for _, g := range slices.Concat(totals, groups) {
		if !g.visible {
			continue
		}
		one := Double{Unit: g.row.Unit, Hidden: g.row.Hidden}
		if !one.Hidden && at >= 0 {
			one.count(sheet, g, subjectLine, totalLine)
		}
		all = append(all, one)
	}
	return all
}

func (d *Double) count(sheet assessment.Sheet, g *group, subjectLine, totalLine float64) {
	for k, p := range g.pupils {
		total, known := sheet.Total(p)
		if !known {
			continue
		}
		d.Sat++
		over, here := atLeast(total, totalLine), atLeast(g.marks[k], subjectLine)
		switch {
		case over && here:
			d.Both++
		case over:
			d.OnlyTotal++
		case here:
			d.OnlySubject++
		}
	}
	d.Total, d.Subject = d.Both+d.OnlyTotal, d.Both+d.OnlySubject
	d.Hit, d.Contributes = some(float64(d.Both)/float64(d.Total)), some(float64(d.Both)/float64(d.Subject))
}
