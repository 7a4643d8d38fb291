package figure

import (
	"math"
	"slices"

	"jiaoheng/assessment"
	"jiaoheng/unit"
)

// By says what the rows of a table are.
type By string

// What rows may be. Rows of classes are of one school where the question names it.
const (
	ByCounty By = "county"
	BySchool By = "school"
	ByClass  By = "class"
	ByTrack  By = "track"
	ByGroup  By = "group"
)

// Rows returns the kinds in the order of choice lists.
func Rows() []By { return []By{BySchool, ByCounty, ByClass, ByTrack, ByGroup} }

// Ask is one question about an exam.
type Ask struct {
	Subject  string // code; "" is the total
	By       By
	School   string // only pupils of this school; "" all
	Track    string // only pupils of this track; "" all
	Tree     *unit.Tree
	Sight    assessment.Sight
	Step     float64 // width of a band of marks; 0 as the rules say
	Weighted bool    // composite by weighted sums instead of ratios to the best
}

// Row is the figures of one group. A figure that does not exist, or may not be told, is nil. Hidden rows keep nothing but what
// they are about.
type Row struct {
	Unit string `json:"unit"`           // code of the school, county or owner
	Part string `json:"part,omitempty"` // class, track or group

	Due      int `json:"due"`      // 应考
	Sat      int `json:"sat"`      // 实考
	Absent   int `json:"absent"`   // 缺考
	Excluded int `json:"excluded"` // not counted
	Zero     int `json:"zero"`     // 零分

	Mean           *float64 `json:"mean"`
	SD             *float64 `json:"sd"`
	Excellent      *float64 `json:"excellent"` // shares
	Good           *float64 `json:"good"`
	Pass           *float64 `json:"pass"`
	Low            *float64 `json:"low"`
	Facility       *float64 `json:"facility"`
	Discrimination *float64 `json:"discrimination"`
	T              *float64 `json:"t"` // mean of the pupils' T scores, the whole exam being 50 and 10
	Back           *float64 `json:"back"`
	Composite      *float64 `json:"composite"`

	Bands  []*int `json:"bands,omitempty"` // nil: hidden
	Hidden bool   `json:"hidden"`
}

// Table is the figures of an exam: the total first in Totals, rows in the order of the units.
type Table struct {
	Subject  string    `json:"subject"`
	Full     float64   `json:"full"`
	Totals   []Row     `json:"totals"`
	Rows     []Row     `json:"rows"`
	Edges    []float64 `json:"edges"`    // lower ends of the bands of marks
	OfDue    bool      `json:"of_due"`   // rates are by 应考
	Weighted bool      `json:"weighted"` // marks carry weights of a sample
}

// group is the pupils of one row.
type group struct {
	row      Row
	pupils   []int
	marks    []float64
	weights  []float64
	dueShare float64 // weights of all who should have sat
	others   int     // pupils of the same unit who are left out by the track that is asked for
	visible  bool
}

// Of computes the figures. Counts are pupils; means and rates are weighted where the exam was a sample.
//
// Missing: a pupil without the subject is in no figure; an absent one counts into Due and, where the rules say so, into the
// denominator of rates, never into a mean.
func Of(sheet assessment.Sheet, rules assessment.Rules, ask Ask) Table {
	full := sheet.Exam.Full()
	if s, _, known := sheet.Exam.Subject(ask.Subject); known {
		full = s.Full
	}
	table := Table{Subject: ask.Subject, Full: full, OfDue: rules.On(assessment.AbsentCounted), Weighted: sheet.Exam.Design != assessment.Census}
	totals, groups := divide(sheet, ask)
	centre, spread := momentsOfAll(sheet, ask.Subject)
	table.Edges = edges(full, ask.Step, rules)
	for _, g := range slices.Concat(totals, groups) {
		g.compute(full, rules, centre, spread)
	}
	hide(totals, groups, ask)
	countBands(table.Edges, totals, groups, ask)
	if ask.Sight.All && (ask.By == BySchool || ask.By == ByClass) {
		compose(groups, rules, full, ask.Weighted)
	}
	for _, g := range totals {
		table.Totals = append(table.Totals, g.told())
	}
	for _, g := range groups {
		if g.visible {
			table.Rows = append(table.Rows, g.told())
		}
	}
	return table
}

func (g *group) told() Row {
	if g.row.Hidden {
		return Row{Unit: g.row.Unit, Part: g.row.Part, Hidden: true}
	}
	return g.row
}

func (g *group) compute(full float64, rules assessment.Rules, centre, spread float64) {
	r := &g.row
	r.Sat = len(g.marks)
	if r.Sat == 0 {
		return
	}
	sum, all := 0.0, 0.0
	for p, x := range g.marks {
		sum, all = sum+g.weights[p]*x, all+g.weights[p]
		if x == 0 {
			r.Zero++
		}
	}
	mean := sum / all
	squares := 0.0
	for p, x := range g.marks {
		squares += g.weights[p] * (x - mean) * (x - mean)
	}
	r.Mean, r.SD, r.Facility = some(mean), some(math.Sqrt(squares/all)), some(mean/full)
	of := all
	if rules.On(assessment.AbsentCounted) {
		of = g.dueShare
	}
	reach := func(line assessment.Rule) float64 {
		share := 0.0
		for p, x := range g.marks {
			if atLeast(x, line.Share()*full) {
				share += g.weights[p]
			}
		}
		return share
	}
	r.Excellent, r.Good, r.Pass = some(reach(rules.Excellent)/of), some(reach(rules.Good)/of), some(reach(rules.Pass)/of)
	r.Low = some((all - reach(rules.Low)) / of)
	if spread > 0 {
		r.T = some(50 + 10*(mean-centre)/spread)
	}
	sorted := slices.Clone(g.marks)
	slices.Sort(sorted)
	r.Discrimination = some(discrimination(sorted, rules.GroupShare.Share()) / full)
	r.Back = backMean(sorted, rules)
}

// atLeast compares marks with a line that may be no binary fraction; marks have at most two decimals.
func atLeast(x, line float64) bool { return x >= line-1e-9 }

// discrimination is the mean of the high group less that of the low group. Whole groups of equal marks are in.
func discrimination(sorted []float64, share float64) float64 {
	n := len(sorted)
	g := max(int(math.RoundToEven(share*float64(n))), 1)
	low, high := sorted[g-1], sorted[n-g]
	to, _ := slices.BinarySearchFunc(sorted, low, func(x, line float64) int {
		if x <= line {
			return -1
		}
		return 1
	})
	from, _ := slices.BinarySearch(sorted, high)
	return meanOf(sorted[from:]) - meanOf(sorted[:to])
}

func meanOf(x []float64) float64 {
	sum := 0.0
	for _, v := range x {
		sum += v
	}
	return sum / float64(len(x))
}

// backMean is the mean of the last part of the pupils once the very last ones are dropped; nil where no pack says how many.
func backMean(sorted []float64, rules assessment.Rules) *float64 {
	parts, hasParts := rules.Find("assessment_back_parts", "")
	drop, hasDrop := rules.Find("assessment_back_drop", "")
	if !hasParts || !hasDrop || parts.Value < 1 {
		return nil
	}
	kept := sorted[int(drop.Share()*float64(len(sorted))):]
	last := int(math.Ceil(float64(len(kept)) / parts.Value))
	if last == 0 {
		return nil
	}
	return some(meanOf(kept[:last]))
}

func some(x float64) *float64 {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	return &x
}

// compose fills in the composite of mean and rates: each as a ratio to the best group that is shown, or as it is, times its weight;
// the low rate is taken off.
func compose(groups []*group, rules assessment.Rules, full float64, weighted bool) {
	best := [4]float64{1, 1, 1, 1}
	if !weighted {
		best = [4]float64{}
		for _, g := range groups {
			if g.visible && !g.row.Hidden && g.row.Mean != nil {
				for k, v := range g.row.parts(full) {
					best[k] = max(best[k], v)
				}
			}
		}
	}
	best[3] = 1
	weights := [4]float64{rules.WeightMean.Value, rules.WeightExcellent.Value, rules.WeightPass.Value, -rules.WeightLow.Value}
	for _, g := range groups {
		if g.row.Mean == nil || g.row.Hidden {
			continue
		}
		sum := 0.0
		for k, v := range g.row.parts(full) {
			if best[k] > 0 {
				sum += weights[k] * v / best[k]
			}
		}
		g.row.Composite = some(sum)
	}
}

func (r Row) parts(full float64) [4]float64 {
	return [4]float64{*r.Mean / full, *r.Excellent, *r.Pass, *r.Low}
}
