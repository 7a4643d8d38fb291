package target

import (
	"slices"
	"strings"

	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/plan"
	"jiaoheng/unit"
)

// View is the board at one moment. It never changes, so that any number of pages may read it.
type View struct {
	Tree  *unit.Tree
	Day   period.Date
	Rules Rules

	sequence int64
	scope    *pack.Scope
	rows     []int   // numbers in the tree of the units of the board
	at       []int32 // by number in the tree: the row, -1 for sections
	plans    []*PlanBoard
	sources  map[sourceKey]*source
	outside  map[string]outsideRows
	writes   map[string]*writes // by register
}

// PlanBoard is one adopted plan on the board.
type PlanBoard struct {
	Plan    plan.Plan
	Content plan.Content // of the last version
	Home    string       // code of the unit whose plan it is

	view    *View
	homeRow int32
	targets []TargetInfo
	splits  []*Split
	shares  [][]share // by target and row; nil for a target that was not split
	lights  [][]Light // by target and row
}

// share is what a split hands to a unit.
type share struct {
	split *Split
	share *Share
}

func (s share) id() string {
	if s.split == nil {
		return ""
	}
	return s.split.ID
}

// TargetInfo is a target of the last version of a plan.
type TargetInfo struct {
	Plan    string
	Track   Track
	Node    plan.Node
	Path    []string // headings above it
	Stage   plan.Stage
	Goal    Goal     // of the plan's own unit
	Binding *Binding // nil: nothing measures it yet
	Lead    string   // code of the unit that leads it; "" unknown
	Same    Named    // the target of another plan that this one is: it has its lights there and none here; zero: it is its own

	key      sourceKey
	factor   float64
	measured string // measure of the values, for goals that name none
}

// Bound tells whether something measures the target.
func (t TargetInfo) Bound() bool { return t.key != sourceKey{} }

// Name is what people call the target.
func (t TargetInfo) Name() string { return t.Node.Item().Name() }

// Plans returns the adopted plans, the oldest first.
func (v *View) Plans() []*PlanBoard { return v.plans }

// Plan returns a plan by its id.
func (v *View) Plan(id string) (*PlanBoard, bool) {
	for _, p := range v.plans {
		if p.Plan.ID == id {
			return p, true
		}
	}
	return nil, false
}

// Sequence is the entry of the audit chain up to which the view is true.
func (v *View) Sequence() int64 { return v.sequence }

// rowOf returns the row of the unit with the code, -1 when it is not on the board; a section is its school.
func (v *View) rowOf(code string) int32 {
	n, known := v.Tree.Number(code)
	if !known {
		return -1
	}
	return v.row(n)
}

// row returns the row of a unit by its number; that of a section is the row of its school.
func (v *View) row(n int) int32 {
	for n >= 0 && v.at[n] < 0 {
		n = v.Tree.Parent(n)
	}
	if n < 0 {
		return -1
	}
	return v.at[n]
}

// Targets returns the targets of the plan in the order of its text. It must not be written to.
func (p *PlanBoard) Targets() []TargetInfo { return p.targets }

// Find returns the place of a target among Targets.
func (p *PlanBoard) Find(track Track) (int, bool) {
	t := p.find(track)
	return t, t >= 0
}

func (p *PlanBoard) find(track Track) int {
	return slices.IndexFunc(p.targets, func(t TargetInfo) bool { return t.Track == track })
}

// HomeNumber is the number in the tree of the unit whose plan it is, -1 when there is none.
func (p *PlanBoard) HomeNumber() int {
	if p.homeRow < 0 {
		return -1
	}
	return p.view.rows[p.homeRow]
}

// Light tells how a target stands in the unit with a number in the tree. NoTarget: the unit has no goal of its own.
func (p *PlanBoard) Light(t, n int) Light {
	if row := p.view.row(n); row >= 0 {
		return p.lights[t][row]
	}
	return NoTarget
}

func (p *PlanBoard) shareAt(t, row int) share {
	if t < 0 || p.shares[t] == nil {
		return share{}
	}
	return p.shares[t][row]
}

// goal returns what a row is to reach: the plan's own unit what the plan says, every other one what a split hands to it.
func (p *PlanBoard) goal(t, row int) (Goal, bool) {
	goal := p.targets[t].Goal
	if int32(row) != p.homeRow {
		given := p.shareAt(t, row)
		if given.share == nil {
			return Goal{}, false
		}
		goal = given.share.Goal
		if goal.Deadline.IsZero() {
			goal.Deadline = p.targets[t].Goal.Deadline
		}
	}
	if goal.Unit == "" {
		goal.Unit = p.targets[t].measured
	}
	if p.targets[t].key.kind == FromRows && goal.Direction == ByDate && !goal.Value.Is {
		goal.Unit, goal.Value = "%", Sure(100)
	}
	return goal, true
}

// open tells whether the unit of a row exists today.
func (p *PlanBoard) open(row int) bool {
	v := p.view
	return v.Tree.At(v.rows[row]).OpenOn(v.Day)
}

// Cell is everything that is known of a target in one unit.
type Cell struct {
	Unit      int    // number in the tree
	Given     bool   // the unit has a goal; else Goal and Judgement are empty
	Home      bool   // it is the plan's own unit, whose goal is what the plan says
	Goal      Goal   // of this unit
	Reason    string // why the goal is its own
	Split     *Split // that handed it down; nil for the plan's own unit
	Series    Series
	Judgement Judgement
	Silence   Silence
}

// Cell returns what is known of a target in the unit with a number in the tree.
func (p *PlanBoard) Cell(t, n int) Cell {
	row := p.view.row(n)
	cell := Cell{Unit: n}
	if row < 0 {
		return cell
	}
	cell.Unit, cell.Home = p.view.rows[row], row == p.homeRow
	cell.Goal, cell.Given = p.goal(t, int(row))
	cell.Given = cell.Given && p.open(int(row))
	cell.Series = p.series(nil, t, int(row), cell.Goal.Direction)
	cell.Silence = p.silence(t, int(row))
	if given := p.shareAt(t, int(row)); given.share != nil && !cell.Home {
		cell.Reason, cell.Split = given.share.Reason, given.split
	}
	if cell.Given {
		cell.Judgement = Judge(cell.Goal, cell.Series, p.view.Day, p.view.Rules)
		cell.Judgement.titled = p.view.titleOf
	}
	return cell
}

// SplitsOf returns the splits in force of a target, in the order of the units that hand it down.
func (p *PlanBoard) SplitsOf(t int) []*Split {
	var found []*Split
	for _, split := range p.splits {
		if split.Target == p.targets[t].Track {
			found = append(found, split)
		}
	}
	return found
}

// titleOf returns what people call an item, an indicator or a parameter that a value lacks, such as prev(pupils).
func (v *View) titleOf(language message.Language, name string) string {
	inner, outer := name, ""
	if open := strings.LastIndexByte(name, '('); open > 0 {
		inner, outer = strings.TrimRight(name[open+1:], ")"), name[:open]
	}
	title := inner
	if item, known := v.scope.Item(inner); known {
		title = item.Title.In(language)
	} else if i, known := v.scope.Indicator(inner); known {
		title = i.Title.In(language)
	} else if p, known := v.scope.Parameter(inner); known {
		title = p.Title.In(language)
	}
	if outer == "prev" {
		return message.Text(language, "target.rule.before", message.Args{"name": title})
	}
	return title
}

// Counts are how many targets show each light.
type Counts [NoData + 1]int

// Targets is the number of targets that a unit has.
func (c Counts) Targets() int { return c[Reached] + c[Normal] + c[AtRisk] + c[Late] + c[NoData] }

// Counts counts the lights of a unit by its number in the tree over the targets that fit; nil is all of them.
func (p *PlanBoard) Counts(n int, fits func(t TargetInfo) bool) Counts {
	var counts Counts
	row := p.view.row(n)
	if row < 0 {
		return counts
	}
	for t := range p.targets {
		if fits == nil || fits(p.targets[t]) {
			counts[p.lights[t][row]]++
		}
	}
	return counts
}

// Below returns the numbers of the units directly under a unit that have a goal of the target: those to which it hands its own,
// or those that lie under them.
func (p *PlanBoard) Below(t, n int) []int {
	var found []int
	within := p.view.Tree.Subtree(n)
	for below := within.From + 1; below < within.To; {
		if row := p.view.at[below]; row >= 0 && p.shareAt(t, int(row)).share != nil {
			found = append(found, below)
			below = p.view.Tree.Subtree(below).To
			continue
		}
		below++
	}
	return found
}

// Latest returns the newest measured value of a target in every unit that has one, by code, and the year of the newest of all.
func (p *PlanBoard) Latest(t int) (values map[string]float64, year int) {
	values = map[string]float64{}
	for row, n := range p.view.rows {
		series := p.series(nil, t, row, "")
		for k := len(series) - 1; k >= 0; k-- {
			if number, known := series[k].Value.Number(); known {
				values[p.view.Tree.At(n).Code] = number
				year = max(year, series[k].Period.Start.Year)
				break
			}
		}
	}
	return values, year
}
