package figure

import (
	"cmp"
	"math"
	"slices"

	"jiaoheng/assessment"
	"jiaoheng/unit"
)

// markOf is the mark and the status of a pupil in a subject, or in the total where the subject is empty. A total is present when
// every mark of the pupil is; it is absent when one is.
func markOf(sheet assessment.Sheet, subject, p int) (float64, assessment.Status) {
	if subject >= 0 {
		return sheet.Marks[subject][p], sheet.Status[subject][p]
	}
	if sum, known := sheet.Total(p); known {
		return sum, assessment.Present
	}
	status := assessment.NotTaken
	for n, s := range sheet.Exam.Subjects {
		if s.Total && sheet.Status[n][p] != assessment.NotTaken && sheet.Status[n][p] != assessment.Present {
			status = max(status, sheet.Status[n][p])
		}
	}
	return 0, status
}

func subjectAt(sheet assessment.Sheet, code string) int {
	_, at, known := sheet.Exam.Subject(code)
	if !known {
		return -1
	}
	return at
}

func weightOf(sheet assessment.Sheet, p int) float64 {
	if w := sheet.Pupils[p].Weight; sheet.Exam.Design != assessment.Census && w > 0 {
		return w
	}
	return 1
}

// momentsOfAll are mean and standard deviation of the whole exam, which standard scores are made with.
func momentsOfAll(sheet assessment.Sheet, subject string) (mean, sd float64) {
	at := subjectAt(sheet, subject)
	var all, sum, squares float64
	for p := range sheet.Pupils {
		if x, status := markOf(sheet, at, p); status == assessment.Present {
			w := weightOf(sheet, p)
			all, sum = all+w, sum+w*x
		}
	}
	if all == 0 {
		return 0, 0
	}
	mean = sum / all
	for p := range sheet.Pupils {
		if x, status := markOf(sheet, at, p); status == assessment.Present {
			squares += weightOf(sheet, p) * (x - mean) * (x - mean)
		}
	}
	return mean, math.Sqrt(squares / all)
}

// divide puts pupils into the totals that the viewer may see and into the groups that are asked for. Groups that the viewer may
// not see by name are made too, for what they would reveal.
func divide(sheet assessment.Sheet, ask Ask) (totals, groups []*group) {
	codes := totalCodes(sheet, ask)
	of := map[string]*group{}
	for _, code := range codes {
		g := &group{row: Row{Unit: code}, visible: true}
		of["\x00"+code] = g
		totals = append(totals, g)
	}
	at := subjectAt(sheet, ask.Subject)
	for p, pupil := range sheet.Pupils {
		x, status := markOf(sheet, at, p)
		if status == assessment.NotTaken || ask.School != "" && pupil.Unit != ask.School {
			continue
		}
		members := make([]*group, 0, 2)
		for _, code := range codes {
			if ask.School != "" || code == sheet.Exam.Owner || inside(ask.Tree, pupil.Unit, code) {
				members = append(members, of["\x00"+code])
			}
		}
		unitCode, part, visible := place(sheet, pupil, ask)
		key := unitCode + "\x00" + part
		if of[key] == nil {
			of[key] = &group{row: Row{Unit: unitCode, Part: part}, visible: visible}
			groups = append(groups, of[key])
		}
		for _, g := range append(members, of[key]) {
			g.add(p, x, weightOf(sheet, p), status, ask.Track == "" || pupil.Track == ask.Track)
		}
	}
	groups = slices.DeleteFunc(groups, func(g *group) bool { return g.row.Due == 0 })
	slices.SortStableFunc(groups, func(a, b *group) int {
		if by := cmp.Compare(order(ask.Tree, a.row.Unit), order(ask.Tree, b.row.Unit)); by != 0 {
			return by
		}
		if by := cmp.Compare(a.row.Unit, b.row.Unit); by != 0 {
			return by
		}
		return comparePart(a.row.Part, b.row.Part)
	})
	return totals, groups
}

func (g *group) add(p int, x, weight float64, status assessment.Status, asked bool) {
	if !asked {
		g.others++
		return
	}
	g.row.Due++
	switch status {
	case assessment.Present:
		g.pupils, g.marks, g.weights = append(g.pupils, p), append(g.marks, x), append(g.weights, weight)
		g.dueShare += weight
	case assessment.Absent:
		g.row.Absent++
		g.dueShare += weight
	case assessment.Excluded:
		g.row.Excluded++
	}
}

// totalCodes are the units whose totals are shown: the school that is asked for, the owner, or the counties that the viewer may see.
func totalCodes(sheet assessment.Sheet, ask Ask) []string {
	if ask.School != "" {
		if ask.Sight.May(ask.School) {
			return []string{ask.School}
		}
		return nil
	}
	if ask.Sight.Total(sheet.Exam.Owner) {
		return []string{sheet.Exam.Owner}
	}
	var codes []string
	for code := range ask.Sight.Totals {
		codes = append(codes, code)
	}
	slices.SortFunc(codes, func(a, b string) int { return cmp.Compare(order(ask.Tree, a), order(ask.Tree, b)) })
	return codes
}

// place says to which row a pupil belongs, and whether the viewer may see that row.
func place(sheet assessment.Sheet, pupil assessment.Pupil, ask Ask) (code, part string, visible bool) {
	total := ask.School
	if total == "" {
		total = sheet.Exam.Owner
	}
	whole := ask.Sight.Total(sheet.Exam.Owner) || ask.School != "" && ask.Sight.May(ask.School)
	switch ask.By {
	case ByCounty:
		county := countyOf(ask.Tree, pupil.Unit)
		return county, "", ask.Sight.Total(county)
	case ByClass:
		return pupil.Unit, pupil.Class, ask.Sight.May(pupil.Unit)
	case ByTrack:
		return total, pupil.Track, whole
	case ByGroup:
		return total, pupil.Group, whole
	}
	return pupil.Unit, "", ask.Sight.May(pupil.Unit)
}

func countyOf(tree *unit.Tree, code string) string {
	for n, known := tree.Number(code); known && n >= 0; n = tree.Parent(n) {
		if u := tree.At(n); u.Kind == unit.County {
			return u.Code
		}
	}
	return code
}

func inside(tree *unit.Tree, code, above string) bool {
	n, known := tree.Number(code)
	interval := tree.SubtreeOf(above)
	return known && n >= interval.From && n < interval.To
}

func order(tree *unit.Tree, code string) int {
	if n, known := tree.Number(code); known {
		return n
	}
	return math.MaxInt
}

// comparePart puts classes in the order of their numbers: 2班 before 10班.
func comparePart(a, b string) int {
	if len(a) != len(b) && digits(a) && digits(b) {
		return cmp.Compare(len(a), len(b))
	}
	return cmp.Compare(a, b)
}

func digits(text string) bool {
	return text != "" && text[0] >= '0' && text[0] <= '9'
}
