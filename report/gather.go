package report

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"jiaoheng/fault"
	"jiaoheng/letter"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/plan/target"
	"jiaoheng/record"
	"jiaoheng/register"
	"jiaoheng/unit"
)

// Desk composes and files reports of what the other desks hold.
type Desk struct {
	Board   Board
	Records *record.Desk
	Store   Store
	// Head returns what a bureau says in its papers to a unit.
	Head func(ctx context.Context, unit string) (letter.Head, error)
	// Rated returns the results of the appraisals of a year at or below a unit; nil: there are none.
	Rated func(ctx context.Context, tree *unit.Tree, code string, year int) ([]Rated, error)
}

// Board is where the lights of the targets stand.
type Board interface {
	View(ctx context.Context) (*target.View, error)
}

// Compose reads the figures and writes the report that is asked for.
//
// Errors: report.plan_unknown, report.unit_unknown, report.day_wrong, report.kind_unknown, all of them at once.
func (d *Desk) Compose(ctx context.Context, ask Ask) (*Report, error) {
	sources, err := d.Gather(ctx, ask)
	if err != nil {
		return nil, err
	}
	return Compose(sources)
}

// Gather reads the figures of a report.
//
// Day: for today the lights are those of the board. For an earlier day every target is judged again as of that day by the readings
// of periods that had ended by then; what a period's value was later corrected to is used as it stands now, which the report says.
func (d *Desk) Gather(ctx context.Context, ask Ask) (Sources, error) {
	view, err := d.Board.View(ctx)
	if err != nil {
		return Sources{}, err
	}
	g := gathering{Desk: d, view: view, sources: Sources{Ask: ask}}
	if err := g.checked(); err != nil {
		return Sources{}, err
	}
	g.plan()
	g.targets()
	g.below()
	g.silent()
	if err := g.ledgers(ctx); err != nil {
		return Sources{}, err
	}
	head, err := d.Head(ctx, g.sources.Unit)
	if err != nil {
		return Sources{}, err
	}
	g.sources.Bureau, g.sources.Organ = head.Bureau, head.Organ
	if d.Rated != nil && ask.Kind == Yearly {
		if g.sources.Rated, err = d.Rated(ctx, view.Tree, g.sources.Unit, ask.Day.Year); err != nil {
			return Sources{}, err
		}
	}
	g.sources.Before, err = LastBefore(ctx, d.Store, g.sources.Ask)
	return g.sources, err
}

// gathering is one reading of figures.
type gathering struct {
	*Desk
	view    *target.View
	board   *target.PlanBoard
	home    int // number of the unit of the report
	sources Sources
}

// checked finds plan and unit and tells everything that is wrong with what is asked.
func (g *gathering) checked() error {
	var faults fault.List
	ask := &g.sources.Ask
	if !slices.Contains(Kinds(), ask.Kind) {
		faults.Add(fault.At(fault.Place{Column: FieldKind}, "report.kind_unknown", message.Args{"kind": string(ask.Kind)}))
	}
	board, known := g.view.Plan(ask.Plan)
	if !known {
		faults.Add(fault.At(fault.Place{Column: FieldPlan}, "report.plan_unknown", message.Args{"plan": ask.Plan}))
	} else if ask.Unit == "" {
		ask.Unit = board.Home
	}
	g.board = board
	n, known := g.view.Tree.Number(ask.Unit)
	if !known && ask.Unit != "" {
		faults.Add(fault.At(fault.Place{Column: FieldUnit}, "report.unit_unknown", message.Args{"unit": ask.Unit}))
	}
	g.home = n
	if !ask.Day.Valid() || g.view.Day.Before(ask.Day) || board != nil && ask.Day.Year < board.Content.From {
		faults.Add(fault.At(fault.Place{Column: FieldDay}, "report.day_wrong", message.Args{"today": g.view.Day.Text(message.Chinese)}))
	}
	return faults.Err()
}

func (g *gathering) plan() {
	s := &g.sources
	s.PlanName, s.From, s.To = g.board.Content.Title, g.board.Content.From, g.board.Content.To
	s.UnitName = g.view.Tree.At(g.home).Name
	rules := g.view.Rules
	s.Rules = append(s.Rules, say("report.rule_lights", "tolerance", Number(100*rules.Tolerance, 1), "interval", Number(100*rules.Interval, 0), "days", rules.SilentDays))
	if g.past() {
		s.Rules = append(s.Rules, say("report.rule_past", "day", dayText(s.Day)))
	}
}

// past tells whether the report is of an earlier day than the board.
func (g *gathering) past() bool { return g.sources.Day.Before(g.view.Day) }

// targets are those of which the unit has a goal.
func (g *gathering) targets() {
	for t := range g.board.Targets() {
		if cell := g.cell(t, g.home); cell.Given {
			g.sources.Targets = append(g.sources.Targets, g.standing(t, cell))
		}
	}
}

// cell is a target in a unit as of the day of the report.
func (g *gathering) cell(t, n int) target.Cell {
	cell := g.board.Cell(t, n)
	if !g.past() || !cell.Given {
		return cell
	}
	end := target.DayEnd(g.sources.Day)
	var known target.Series
	for _, reading := range cell.Series {
		if reading.At <= end+1e-9 {
			known = append(known, reading)
		}
	}
	cell.Series = known
	cell.Judgement = target.Judge(cell.Goal, known, g.sources.Day, g.view.Rules)
	return cell
}

func (g *gathering) light(t, n int) target.Light {
	if g.past() {
		return g.cell(t, n).Judgement.Light
	}
	return g.board.Light(t, n)
}

// standing writes a cell as plain figures.
func (g *gathering) standing(t int, cell target.Cell) Standing {
	info, j := g.board.Targets()[t], cell.Judgement
	one := Standing{Track: info.Track, Name: nameOf(info), Lead: info.Lead, LeadName: g.nameOf(info.Lead), Goal: cell.Goal, Decimals: g.decimals(info), Light: j.Light,
		Why: j.Why(message.Chinese), Value: Value(j.Value), Expected: Value(j.Expected), Gap: Value(j.Gap), Needed: Value(j.Needed), Middle: Value(j.Projection),
		Stage: message.Text(message.Chinese, "plan.stage."+string(info.Stage), nil)}
	if len(info.Path) > 0 {
		one.Section = sectionLabel.ReplaceAllString(info.Path[0], "")
	}
	if one.Middle.Is {
		one.Low, one.High = Sure(j.Low), Sure(j.High)
	}
	if !j.Latest.Period.IsZero() {
		one.Of = j.Latest.Period.Text(message.Chinese)
	}
	if !one.Value.Is && !j.Reason.Known() {
		one.Lacks = j.Reason.Text(message.Chinese)
	}
	low, high := j.Ends()
	one.Least, one.Most = Value(low), Value(high)
	one.Path = j.Path()
	for _, reading := range cell.Series {
		number, known := reading.Value.Number()
		if !known {
			continue
		}
		if cell.Goal.Direction == target.AboveParent {
			parent, told := reading.Parent.Number()
			if !told {
				continue
			}
			number -= parent
		}
		one.Points = append(one.Points, Point{At: reading.At, Name: reading.Period.Text(message.Chinese), Value: number})
		one.Reported, one.Asked = reading.Reported, reading.Expected
	}
	return one
}

// sectionLabel is the number of a heading; the report numbers its own.
var sectionLabel = regexp.MustCompile(`^(第[一二三四五六七八九十]+[章节部分编]+|[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）)\s*`)

// nameOf is the name of a target with what it speaks of.
func nameOf(info target.TargetInfo) string {
	name, scope := info.Name(), info.Node.Field("scope")
	if scope != "" && !strings.Contains(name, scope) {
		return name + "（" + scope + "）"
	}
	return name
}

func (g *gathering) nameOf(code string) string {
	if one, known := g.view.Tree.Find(code); known {
		return one.Name
	}
	if code == "" {
		return say("report.no_lead")
	}
	return code
}

// decimals are those with which the indicator behind a target is shown, two for everything else.
func (g *gathering) decimals(info target.TargetInfo) int {
	if info.Binding != nil && info.Binding.Kind == target.FromIndicator {
		if one, known := g.Records.Scope().Indicator(info.Binding.Name); known {
			return one.Decimals
		}
	}
	return 2
}

// below counts the lights of the units to which the unit hands its targets, and of those who lead.
func (g *gathering) below() {
	tree := g.view.Tree
	for _, n := range target.Below(tree, tree.At(g.home).Code) {
		tally := Tally{Code: tree.At(n).Code, Name: tree.At(n).Name}
		for t := range g.board.Targets() {
			tally.Counts[g.light(t, n)]++
		}
		tally.Counts[target.NoTarget] = 0
		if tally.All() > 0 {
			g.sources.Units = append(g.sources.Units, tally)
		}
	}
	at := map[string]int{}
	for _, one := range g.sources.Targets {
		n, known := at[one.Lead]
		if !known {
			n = len(g.sources.Offices)
			at[one.Lead] = n
			g.sources.Offices = append(g.sources.Offices, Tally{Code: one.Lead, Name: one.LeadName})
		}
		g.sources.Offices[n].Counts[one.Light]++
	}
}

// silent gathers who has written nothing for long of any target.
func (g *gathering) silent() {
	at := map[int]int{}
	for t := range g.board.Targets() {
		for _, one := range g.board.Silent(t, g.home) {
			n, known := at[one.Unit]
			if !known {
				n = len(g.sources.Silent)
				at[one.Unit] = n
				g.sources.Silent = append(g.sources.Silent, Silence{Name: g.view.Tree.At(one.Unit).Name})
			}
			g.sources.Silent[n].Days = max(g.sources.Silent[n].Days, one.Days)
			g.sources.Silent[n].Targets++
		}
	}
}

// ledgerNames are the living registers of which reports tell, in their order; those that no pack has are passed over.
var ledgerNames = []string{"plan_task", "project", "task", "decision", "finding", "hazard"}

// planColumn ties rows of a ledger to a plan.
const planColumn = "plan_id"

// maxItems is how many rows of one ledger a report lists.
const maxItems = 100

func (g *gathering) ledgers(ctx context.Context) error {
	for _, name := range ledgerNames {
		r, known := g.Records.Register(name)
		if !known || r.Life == nil {
			continue
		}
		ledger, err := g.ledger(ctx, r)
		if err != nil {
			return err
		}
		g.sources.Ledgers = append(g.sources.Ledgers, ledger)
	}
	return nil
}

func (g *gathering) ledger(ctx context.Context, r *pack.Register) (Ledger, error) {
	query := record.Query{}
	query.Under = g.sources.Unit
	if r.At(planColumn) >= 0 {
		query.Filters = []register.Filter{{Column: planColumn, Is: &register.Cell{Known: true, Text: g.sources.Plan}}}
	}
	ledger := Ledger{Name: r.Name, Title: r.Title.In(message.Chinese)}
	tally, err := g.Records.Tally(ctx, r, query)
	if err != nil {
		return ledger, err
	}
	for _, state := range r.Life.States {
		ledger.States = append(ledger.States, StateCount{Name: state.Title.In(message.Chinese), Count: tally[state.Name], Final: state.Final})
		if !state.Final {
			ledger.Open += tally[state.Name]
		}
	}
	late := query
	late.Overdue = true
	if ledger.Overdue, err = g.Records.Count(ctx, r, late); err != nil {
		return ledger, err
	}
	if ledger.Late, err = g.items(ctx, r, late); err != nil {
		return ledger, err
	}
	from, to := g.sources.Span()
	due := query
	due.Open = true
	due.Filters = append(slices.Clone(query.Filters), register.Filter{Column: pack.ColumnDue, From: from.String(), Until: to.String()})
	ledger.Due, err = g.items(ctx, r, due)
	return ledger, err
}

// items are rows as they stand in a report, the earliest deadline first.
func (g *gathering) items(ctx context.Context, r *pack.Register, query record.Query) ([]Item, error) {
	query.Sort, query.Limit = pack.ColumnDue, maxItems
	list, err := g.Records.List(ctx, r, query)
	if err != nil {
		return nil, err
	}
	var items []Item
	for _, row := range list.Rows {
		one := Item{Name: register.TextOf(r, row, r.Heading), UnitName: g.nameOf(row.Unit), LeadName: g.nameOf(register.TextOf(r, row, pack.ColumnLead))}
		one.Due, _ = period.ParseDate(register.TextOf(r, row, pack.ColumnDue))
		for _, state := range r.Life.States {
			if state.Name == register.TextOf(r, row, pack.ColumnState) {
				one.State = state.Title.In(message.Chinese)
			}
		}
		if !one.Due.IsZero() && one.Due.Before(g.sources.Day) {
			one.DaysLate = int(g.sources.Day.Time().Sub(one.Due.Time()).Hours() / 24)
		}
		items = append(items, one)
	}
	return items, nil
}
