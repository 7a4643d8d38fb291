package target

import (
	"context"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"jiaoheng/measure"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/plan"
	"jiaoheng/stats"
	"jiaoheng/unit"
)

// maker makes a view from what is stored and from the view before.
type maker struct {
	*Board
	before  *View // nil: nothing is taken over
	changed BoardChanged
	view    *View
}

// make reads what changed and judges what depends on it.
func (m *maker) make(ctx context.Context, tree *unit.Tree) (*View, error) {
	v := &View{sequence: m.changed.Sequence, Day: m.store.Today(), Tree: tree, scope: m.rounds.Scope(), sources: map[sourceKey]*source{}}
	m.view = v
	v.Rules = RulesOf(v.scope, v.Day)
	if m.before != nil {
		v.rows, v.at = m.before.rows, m.before.at
	} else {
		v.place()
	}
	for _, step := range []func(context.Context) error{m.plans, m.outside, m.measured, m.written} {
		if err := step(ctx); err != nil {
			return nil, err
		}
	}
	m.judge()
	return v, nil
}

// place numbers the units of the board: all but sections, for which their school stands.
func (v *View) place() {
	v.at = make([]int32, v.Tree.Len())
	for n := range v.Tree.Len() {
		v.at[n] = -1
		if v.Tree.At(n).Kind != unit.Section {
			v.at[n] = int32(len(v.rows))
			v.rows = append(v.rows, n)
		}
	}
}

// plans reads the plans, their splits, bindings and leads, each only where it was written.
func (m *maker) plans(ctx context.Context) error {
	if !m.wrote(tablePlan, tableVersion, tableSplit, tableBinding) && !m.wrote(m.leads.Tables...) {
		for _, p := range m.before.plans {
			same := *p
			same.view = m.view
			m.view.plans = append(m.view.plans, &same)
		}
		return nil
	}
	stored, err := m.store.Plans(ctx)
	if err != nil {
		return err
	}
	slices.SortStableFunc(stored, func(a, b plan.Plan) int { return a.Created.Compare(b.Created) })
	for _, one := range stored {
		p, err := m.planOf(ctx, one)
		if err != nil {
			return err
		}
		m.view.plans = append(m.view.plans, p)
	}
	return nil
}

func (m *maker) planOf(ctx context.Context, stored plan.Plan) (*PlanBoard, error) {
	p := &PlanBoard{Plan: stored, view: m.view}
	was, known := m.beforeOf(stored.ID)
	stays := known && was.Plan.Versions == stored.Versions && was.Plan.Region == stored.Region
	if stays {
		p.Content, p.targets, p.Home, p.homeRow = was.Content, slices.Clone(was.targets), was.Home, was.homeRow
	} else if err := m.readPlan(ctx, p); err != nil {
		return nil, err
	}
	if stays && !m.wrote(tableSplit) {
		p.splits, p.shares = was.splits, was.shares
	} else {
		splits, err := m.store.SplitsInForce(ctx, stored.ID)
		if err != nil {
			return nil, err
		}
		p.split(splits, was)
	}
	bindings, err := m.store.Bindings(ctx, stored.ID)
	if err != nil {
		return nil, err
	}
	p.bind(inForce(bindings, nil))
	if m.leads.Of == nil {
		return p, nil
	}
	leads, err := m.leads.Of(ctx, stored.ID)
	if err != nil {
		return nil, err
	}
	var same map[Named]Named
	if m.leads.Same != nil {
		if same, err = m.leads.Same(ctx); err != nil {
			return nil, err
		}
	}
	for t := range p.targets {
		one := &p.targets[t]
		one.Lead, one.Same = leads[one.Track], same[Named{Plan: one.Plan, Target: one.Track}]
	}
	return p, nil
}

func (m *maker) beforeOf(id string) (*PlanBoard, bool) {
	if m.before == nil {
		return nil, false
	}
	return m.before.Plan(id)
}

// readPlan reads every version of a plan: the last one says the goals, all of them the tracks.
func (m *maker) readPlan(ctx context.Context, p *PlanBoard) error {
	var contents []plan.Content
	for number := 1; number <= p.Plan.Versions; number++ {
		version, err := m.store.PlanVersion(ctx, p.Plan.ID, number)
		if err != nil {
			return err
		}
		contents = append(contents, version.Content)
	}
	if len(contents) == 0 {
		return nil
	}
	tracks := plan.Tracks(contents)
	p.Content = contents[len(contents)-1]
	for _, node := range p.Content.Nodes {
		if node.Kind != plan.Target {
			continue
		}
		p.targets = append(p.targets, TargetInfo{Plan: p.Plan.ID, Track: Track(tracks[len(tracks)-1][node.ID]), Node: node, Path: node.Path,
			Stage: node.Stage, Goal: p.complete(GoalOf(node, p.Content))})
	}
	p.Home = Home(m.view.Tree, p.Plan)
	p.homeRow = -1
	if n, known := m.view.Tree.Number(p.Home); known {
		p.homeRow = m.view.at[n]
	}
	return nil
}

// complete fills in what a plan leaves to be understood: a baseline without a year is that of the year before the plan begins.
func (p *PlanBoard) complete(goal Goal) Goal {
	if goal.Baseline.Is && goal.BaselineYear == 0 && p.Content.From != 0 {
		goal.BaselineYear = p.Content.From - 1
	}
	return goal
}

// split takes in the splits in force. A split never changes, so one that was known keeps its shares.
func (p *PlanBoard) split(splits []Split, was *PlanBoard) {
	known := map[string]*Split{}
	if was != nil {
		for _, split := range was.splits {
			known[split.ID] = split
		}
	}
	targets := make(map[Track]int, len(p.targets))
	for t, one := range p.targets {
		targets[one.Track] = t
	}
	p.splits, p.shares = nil, make([][]share, len(p.targets))
	for k := range splits {
		split := &splits[k]
		if old := known[split.ID]; old != nil {
			split = old
		} else {
			for s := range split.Shares {
				split.Shares[s].Goal = p.complete(split.Shares[s].Goal)
			}
		}
		p.splits = append(p.splits, split)
		t, stands := targets[split.Target]
		if !stands {
			continue
		}
		if p.shares[t] == nil {
			p.shares[t] = make([]share, len(p.view.rows))
		}
		for s := range split.Shares {
			if row := p.view.rowOf(split.Shares[s].Unit); row >= 0 && row != p.homeRow {
				p.shares[t][row] = share{split: split, share: &split.Shares[s]}
			}
		}
	}
}

func (p *PlanBoard) bind(bindings map[Track]Binding) {
	for t := range p.targets {
		p.targets[t].Binding = nil
		if binding, bound := bindings[p.targets[t].Track]; bound {
			p.targets[t].Binding = &binding
		}
		p.targets[t].measured = ""
		p.targets[t].key, p.targets[t].factor = p.sourceOf(&p.targets[t])
	}
}

// sourceOf says where the values of a target come from, and what they are multiplied with to be told in the measure of the goal.
func (p *PlanBoard) sourceOf(one *TargetInfo) (sourceKey, float64) {
	b := one.Binding
	if b == nil || b.Name == "" {
		return sourceKey{}, 1
	}
	key := sourceKey{kind: b.Kind, name: b.Name, stage: unit.Stage(b.Stage)}
	var has measure.Measure
	scope := p.view.scope
	switch b.Kind {
	case FromRows:
		return sourceKey{kind: b.Kind, name: b.Name, plan: p.Plan.ID, track: one.Track}, 1
	case FromIndicator:
		i, known := scope.Indicator(b.Name)
		if !known {
			return sourceKey{}, 1
		}
		has = i.Measure
	case FromRegister:
		item, known := scope.Item(b.Name)
		if !known {
			return sourceKey{}, 1
		}
		has = item.Measure
	case FromFigure:
		return key, 1
	default:
		return sourceKey{}, 1
	}
	if !has.Pure() || has.Scale() != 1 {
		one.measured = has.Text(message.Chinese)
	}
	return key, factorOf(has, one.Goal.Unit)
}

// factorOf turns values in one measure into another of the same dimension; where they cannot be compared values stay as they are.
func factorOf(has measure.Measure, wanted string) float64 {
	goal, err := measure.Parse(wanted)
	if wanted == "" || err != nil || !has.SameDimension(goal) || goal.Scale() == 0 || has.Scale() == 0 {
		return 1
	}
	return has.Scale() / goal.Scale()
}

// judge judges every cell whose goal or values are others than before; all others keep their light.
func (m *maker) judge() {
	type work struct{ plan, target int }
	var all []work
	for k, p := range m.view.plans {
		p.view, p.lights = m.view, make([][]Light, len(p.targets))
		for t := range p.targets {
			all = append(all, work{k, t})
		}
	}
	var next atomic.Int64
	var waiting sync.WaitGroup
	kept := &projectors{known: map[string]*stats.Projector{}}
	for range max(1, runtime.GOMAXPROCS(0)) {
		waiting.Go(func() {
			for {
				k := int(next.Add(1)) - 1
				if k >= len(all) {
					return
				}
				m.judgeTarget(m.view.plans[all[k].plan], all[k].target, kept.project)
			}
		})
	}
	waiting.Wait()
}

func (m *maker) judgeTarget(p *PlanBoard, t int, project projector) {
	lights := make([]Light, len(m.view.rows))
	if p.targets[t].Same != (Named{}) { // it is counted where it stands
		p.lights[t] = lights
		return
	}
	again := m.again(p, t, lights)
	var buffer Series
	for row := range lights {
		if again != nil && !again[row] {
			continue
		}
		goal, given := p.goal(t, row)
		if !given || !p.open(row) {
			lights[row] = NoTarget
			continue
		}
		buffer = p.series(buffer[:0], t, row, goal.Direction)
		lights[row] = judge(goal, buffer, m.view.Day, m.view.Rules, project).Light
	}
	p.lights[t] = lights
}

// again tells which cells of a target are to be judged again, and writes the lights that stay; nil is all of them.
func (m *maker) again(p *PlanBoard, t int, lights []Light) []bool {
	was, known := m.beforeOf(p.Plan.ID)
	if !known || m.view.Rules != m.before.Rules {
		return nil
	}
	one := &p.targets[t]
	old := was.find(one.Track)
	if old < 0 || !sameGoal(was.targets[old].Goal, one.Goal) || was.targets[old].key != one.key || was.targets[old].factor != one.factor || was.targets[old].Same != one.Same {
		return nil
	}
	copy(lights, was.lights[old])
	again := make([]bool, len(lights))
	for row := range again {
		again[row] = was.shareAt(old, row).id() != p.shareAt(t, row).id()
	}
	above := func(row int) bool { // whose value is a unit's that is compared with the one above
		goal, _ := p.goal(t, row)
		n := m.view.Tree.Parent(m.view.rows[row])
		return goal.Direction == AboveParent && n >= 0 && m.view.at[n] >= 0
	}
	for _, key := range []sourceKey{one.key, one.parentKey()} {
		now, before := m.view.sources[key], m.before.sources[key]
		if now == before {
			continue
		}
		moved := now.moved(before)
		if moved == nil {
			return nil
		}
		for row := range again {
			again[row] = again[row] || moved[row] || above(row) && moved[m.view.at[m.view.Tree.Parent(m.view.rows[row])]]
		}
	}
	return again
}

func sameGoal(a, b Goal) bool {
	slicesA, slicesB := a.Slices, b.Slices
	return slices.Equal(slicesA, slicesB) && a.Direction == b.Direction && a.Value == b.Value && a.Most == b.Most && a.Unit == b.Unit &&
		a.Baseline == b.Baseline && a.BaselineYear == b.BaselineYear && a.Deadline == b.Deadline
}

// RulesOf reads the conventions of the lights from the parameters of the packs, as they are in force on a day. What no pack
// states is never assumed: without the parameter the tolerance is none, nothing is projected and nobody is called silent.
func RulesOf(scope *pack.Scope, day period.Date) Rules {
	read := func(name string) float64 {
		p, known := scope.Parameter(name)
		if !known {
			return 0
		}
		number := 0.0
		var from period.Date
		for _, dated := range p.Values {
			if value, all := dated.Value(""); all && dated.Region == "" && dated.Switch == "" && !day.Before(dated.From) &&
				(dated.Until.IsZero() || day.Before(dated.Until)) && !dated.From.Before(from) {
				number, from = value, dated.From
			}
		}
		return number
	}
	return Rules{Tolerance: read("light_tolerance"), Interval: read("light_interval"), SilentDays: int(read("light_silent_days")),
		RiskShare: read("rollup_risk_share"), LateShare: read("rollup_late_share")}
}
