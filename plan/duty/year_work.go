package duty

import (
	"context"
	"slices"
	"strconv"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/period"
	"jiaoheng/plan/target"
	"jiaoheng/register"
)

// Item is a yearly item of a department with the node to which it belongs.
type Item struct {
	Row        string
	Number     string
	Words      string
	Unit       string // code
	Office     string // in words
	Done       bool
	Result     string
	Node       *Node // nil: an orphan, or set aside
	Settlement *Settlement
	Likely     *Node // of an orphan: the node whose name is most like it
}

// Orphan tells whether nobody said where the item belongs.
func (i Item) Orphan() bool {
	return i.Node == nil && (i.Settlement == nil || i.Settlement.Node != "")
}

// YearWork is the yearly work under a plan: what the departments want to do in the year and which nodes nobody works at.
type YearWork struct {
	Outline *Outline
	Year    int
	Items   []Item          // of the units of the plan
	Orphans []Item          // of them, those that belong to no node
	Idle    []Line          // nodes that run in the year, have no yearly item, and no reason
	Excused []ExcusedInYear // nodes without a yearly item, with the reason
	Closing *Year           // the last closing; nil: never closed
}

// ExcusedInYear is a node without a yearly item and why.
type ExcusedInYear struct {
	Line       Line
	Settlement Settlement
}

// Shut tells whether the year is closed.
func (w YearWork) Shut() bool {
	return w.Closing != nil && (w.Closing.State == Closed || w.Closing.State == Reopening)
}

// Open is how many orphans stand against closing the year.
func (w YearWork) Open() int { return len(w.Orphans) + len(w.Idle) }

// Years returns the years of the plan.
func (o *Outline) Years() []int {
	var years []int
	for year := o.Plan.From; year <= o.Plan.To && len(years) < 30; year++ {
		years = append(years, year)
	}
	return years
}

// Work returns the yearly work under a plan as it stands now.
//
// Errors: duty.year_outside when the plan does not run in the year.
func (d *Desk) Work(ctx context.Context, id string, year int) (YearWork, error) {
	table, err := d.Table(ctx, id)
	if err != nil {
		return YearWork{}, err
	}
	w := YearWork{Outline: table.Outline, Year: year}
	if !slices.Contains(table.Outline.Years(), year) {
		return w, fault.New("duty.year_outside", message.Args{"year": year, "from": table.Outline.Plan.From, "to": table.Outline.Plan.To})
	}
	settlements, err := d.store.Settlements(ctx, "")
	if err != nil {
		return w, err
	}
	closings, err := d.store.DutyYears(ctx, id)
	if err != nil {
		return w, err
	}
	for _, closing := range closings {
		if closing.Year == year && (w.Closing == nil || closing.Number > w.Closing.Number) {
			w.Closing = &closing
		}
	}
	if err := d.readItems(ctx, &w, table, settlements); err != nil {
		return w, err
	}
	w.findIdle(table, ofPlan(settlements, id))
	return w, nil
}

func ofPlan(settlements []Settlement, plan string) []Settlement {
	return slices.DeleteFunc(slices.Clone(settlements), func(s Settlement) bool { return s.Plan != plan })
}

// readItems reads the yearly items of the units under the plan and says to which node each belongs: what a person decided goes
// before what the row says.
func (d *Desk) readItems(ctx context.Context, w *YearWork, table *Table, settlements []Settlement) error {
	r, declared := d.plain(registerYearly)
	if !declared {
		return nil
	}
	of, valid := period.Parse(strconv.Itoa(w.Year))
	if !valid {
		return nil
	}
	mine := settled(ofPlan(settlements, w.Outline.Plan.ID), OfItem, w.Year)
	others := settled(slices.DeleteFunc(slices.Clone(settlements), func(s Settlement) bool { return s.Plan == w.Outline.Plan.ID || s.Node == "" }), OfItem, w.Year)
	work := table.Outline.Work()
	for row, err := range d.store.RegisterEach(ctx, r, register.Query{Period: of, Under: table.Home}) {
		if err != nil {
			return err
		}
		item := Item{Row: row.ID, Unit: row.Unit, Number: register.TextOf(r, row, "yearly_number"), Words: register.TextOf(r, row, "yearly_words"),
			Office: register.TextOf(r, row, "office"), Result: register.TextOf(r, row, "yearly_result"), Done: register.CellOf(r, row, "yearly_done").Number != 0}
		owner, track := register.TextOf(r, row, columnPlan), target.Track(register.TextOf(r, row, columnTrack))
		decision, decided := mine[row.ID]
		if _, elsewhere := others[row.ID]; !decided && (elsewhere || owner != "" && owner != w.Outline.Plan.ID) {
			continue // it belongs to another plan
		}
		if decided {
			item.Settlement, track = &decision, decision.Node
		}
		if node, known := table.Outline.Find(track); known {
			item.Node = &node
		}
		w.Items = append(w.Items, item)
		if item.Orphan() {
			item.Likely = likeliest(item.Words, work)
			w.Orphans = append(w.Orphans, item)
		}
	}
	return nil
}

// likeliest returns the node whose name is most like the words, nil when none is like enough.
func likeliest(words string, work []Node) *Node {
	best, likeness := -1, likeEnough
	for i, node := range work {
		if like := alike(words, node.Name()); like >= likeness {
			best, likeness = i, like
		}
	}
	if best < 0 {
		return nil
	}
	return &work[best]
}

// findIdle finds the nodes that run in the year and have no yearly item.
func (w *YearWork) findIdle(table *Table, settlements []Settlement) {
	busy := map[target.Track]bool{}
	for _, item := range w.Items {
		if item.Node != nil {
			busy[item.Node.Track] = true
		}
	}
	excuses := settled(settlements, OfNode, w.Year)
	first, last := period.Date{Year: w.Year, Month: 1, Day: 1}, period.Date{Year: w.Year, Month: 12, Day: 31}
	for _, line := range table.Lines {
		if busy[line.Node.Track] || line.Same != nil || last.Before(line.Start) || !line.Due.IsZero() && line.Due.Before(first) {
			continue
		}
		if excuse, excused := excuses[string(line.Node.Track)]; excused {
			w.Excused = append(w.Excused, ExcusedInYear{line, excuse})
		} else {
			w.Idle = append(w.Idle, line)
		}
	}
}
