package round

import (
	"slices"
	"sync"

	"jiaoheng/fault"
	"jiaoheng/indicator"
	"jiaoheng/measure"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/standard"
	"jiaoheng/unit"
)

// Input says what is to be evaluated. Unit "" is the whole tree. Switches are those that differ from the defaults of the
// pack. History and Cells may be nil.
type Input struct {
	Set      *pack.Set
	Pack     string
	Period   period.Period
	Facts    indicator.Facts // indicator.FactsOf(view) for a view of a frame
	History  indicator.History
	Cells    indicator.Cells
	Unit     string
	Switches map[string]bool
	Changes  []Change // a what-if; none for a round about facts
}

// Prepared is an input with everything that does not change from run to run. Many may run it at once.
type Prepared struct {
	input    Input
	scope    *pack.Scope
	rules    *indicator.Rules
	space    *indicator.Space
	switches map[string]bool
	cells    []standard.Cell // every standard of the pack and those it asks for, with its stages
	asked    []indicator.Asked
	once     sync.Once
	base     *Outcome // without changes, of which a what-if takes over what it does not change
}

// Run evaluates once.
//
// Errors: an unknown pack, unit, switch or period, and every change that cannot be made; all at once.
func Run(input Input) (*Outcome, fault.List) {
	prepared, faults := Prepare(input)
	if faults != nil {
		return nil, faults
	}
	return prepared.Run(input.Changes...)
}

// Prepare checks an input and does what its runs have in common. Changes of the input are left aside.
func Prepare(input Input) (*Prepared, fault.List) {
	var faults fault.List
	p := &Prepared{input: input, scope: input.Set.Closure(input.Pack)}
	if p.scope == nil {
		return nil, fault.List{fault.New("round.pack_unknown", message.Args{"pack": input.Pack})}
	}
	if input.Period.IsZero() {
		faults.Add(fault.New("round.period_missing", nil))
	}
	p.switches = p.scope.Defaults()
	for name, on := range input.Switches {
		if _, known := p.scope.Switch(name); !known {
			faults.Add(fault.New("round.switch_unknown", message.Args{"switch": name}))
		}
		p.switches[name] = on
	}
	space, known := indicator.NewSpace(input.Facts.Tree(), input.Unit)
	if !known {
		faults.Add(fault.New("round.unit_unknown", message.Args{"unit": input.Unit}))
	}
	if faults != nil {
		return nil, faults
	}
	p.space, p.rules = space, rulesOf(p.scope)
	p.cells = p.standards()
	for _, cell := range p.cells {
		if i, measured := p.scope.Indicator(cell.Standard); measured {
			p.asked = append(p.asked, indicator.Asked{Indicator: i, Stage: cell.Stage})
		}
	}
	return p, nil
}

// prepared keeps the rules of scopes that were used before: a scope does not change.
var prepared sync.Map

func rulesOf(scope *pack.Scope) *indicator.Rules {
	if known, done := prepared.Load(scope); done {
		return known.(*indicator.Rules)
	}
	rules, _ := prepared.LoadOrStore(scope, indicator.Prepare(scope))
	return rules.(*indicator.Rules)
}

// standards returns the standards of the pack, and those of other packs that they ask for, each for each of its stages.
func (p *Prepared) standards() []standard.Cell {
	var cells []standard.Cell
	seen := map[string]bool{}
	var add func(s *pack.Standard)
	add = func(s *pack.Standard) {
		if seen[s.Name] {
			return
		}
		seen[s.Name] = true
		for _, name := range asked(s) {
			if part, known := p.scope.Standard(name); known {
				add(part)
			}
		}
		for _, stage := range standard.Stages(s) {
			cells = append(cells, standard.Cell{Standard: s.Name, Stage: stage})
		}
	}
	for _, s := range p.scope.Pack.Standards {
		add(s)
	}
	return cells
}

// asked returns the names of the standards that a standard asks for.
func asked(s *pack.Standard) []string {
	switch {
	case s.KofN != nil:
		return s.KofN.Of
	case s.All != nil:
		return slices.Concat(s.All.Of, s.All.Each, s.All.None)
	}
	return nil
}

// Run evaluates with changes, none of which touches the facts themselves.
func (p *Prepared) Run(changes ...Change) (*Outcome, fault.List) {
	in := p.facts()
	var thresholds map[standard.Cell]float64
	if len(changes) > 0 {
		var faults fault.List
		if in, thresholds, faults = p.change(in, changes); faults != nil {
			return nil, faults
		}
	}
	o := p.begin(in, thresholds, changes)
	if items, alike := changedItems(changes); alike && len(changes) > 0 {
		p.once.Do(func() { p.base, _ = p.Run() })
		p.base.lock.Lock()
		o.run.Inherit(p.base.run, items)
		p.base.lock.Unlock()
	}
	o.judgeAll()
	return o, nil
}

// Look begins a run without changes that computes each figure and verdict when it is first asked for.
func (p *Prepared) Look() *Outcome { return p.begin(p.facts(), nil, nil) }

func (p *Prepared) facts() indicator.Input {
	return indicator.Input{Rules: p.rules, Space: p.space, Facts: p.input.Facts, Period: p.input.Period, Switches: p.switches,
		History: p.input.History, Cells: p.input.Cells}
}

func (p *Prepared) begin(in indicator.Input, thresholds map[standard.Cell]float64, changes []Change) *Outcome {
	run := indicator.NewRun(in)
	judge := standard.NewJudge(run)
	judge.Changed = thresholds
	return &Outcome{prepared: p, run: run, judge: judge, changes: changes, tallies: map[standard.Cell]*tally{}}
}

// judgeAll judges every standard of the pack, so that later questions only read.
func (o *Outcome) judgeAll() {
	o.lock.Lock()
	defer o.lock.Unlock()
	if len(o.changes) == 0 {
		o.run.Prefetch(o.prepared.asked)
	}
	for _, cell := range o.prepared.cells {
		s, _ := o.prepared.scope.Standard(cell.Standard)
		o.judge.Verdicts(s, cell.Stage)
	}
}

// Outcome is what a run found. Its methods may be called by several goroutines.
type Outcome struct {
	lock     sync.Mutex
	prepared *Prepared
	run      *indicator.Run
	judge    *standard.Judge
	changes  []Change
	tallies  map[standard.Cell]*tally
}

// Scope returns the rules that were applied.
func (o *Outcome) Scope() *pack.Scope { return o.prepared.scope }

// Period returns the period that was evaluated.
func (o *Outcome) Period() period.Period { return o.run.Period }

// Space returns the units that were evaluated.
func (o *Outcome) Space() *indicator.Space { return o.run.Space }

// Switches returns every switch of the pack with its state.
func (o *Outcome) Switches() map[string]bool { return o.run.Switches }

// Changes returns the changes of a what-if; none for a round about facts.
func (o *Outcome) Changes() []Change { return o.changes }

// Verdict returns the verdict on the unit that was evaluated: that of the standard which is the verdict of the pack, else
// the worst of all its standards.
func (o *Outcome) Verdict() standard.Verdict { return o.VerdictOf(o.run.Space.Root()) }

// VerdictOf is Verdict for the unit of a row.
func (o *Outcome) VerdictOf(row int) standard.Verdict {
	o.lock.Lock()
	defer o.lock.Unlock()
	worst := standard.Not
	if s, known := o.prepared.scope.Verdict(); known {
		for _, stage := range standard.Stages(s) {
			worst = max(worst, o.judge.Verdicts(s, stage)[row])
		}
	}
	if worst != standard.Not {
		return worst
	}
	for _, cell := range o.prepared.cells {
		s, _ := o.prepared.scope.Standard(cell.Standard)
		worst = max(worst, o.judge.Verdicts(s, cell.Stage)[row])
	}
	return worst
}

// Standing returns the verdict of a standard on the unit of a row.
func (o *Outcome) Standing(name string, stage unit.Stage, row int) standard.Verdict {
	o.lock.Lock()
	defer o.lock.Unlock()
	s, known := o.prepared.scope.Standard(name)
	if !known {
		return standard.Not
	}
	return o.judge.Verdicts(s, stage)[row]
}

// Ways returns the ways in which a unit passes a k of n that it fails; see standard.Judge.Ways.
func (o *Outcome) Ways(name string, stage unit.Stage, row int) []standard.Way {
	o.lock.Lock()
	defer o.lock.Unlock()
	s, known := o.prepared.scope.Standard(name)
	if !known {
		return nil
	}
	return o.judge.Ways(s, stage, row)
}

// ValueOf returns the value of an indicator in the unit of a row.
func (o *Outcome) ValueOf(i *pack.Indicator, stage unit.Stage, row int) measure.Value {
	o.lock.Lock()
	defer o.lock.Unlock()
	return o.run.Value(i, stage, row)
}
