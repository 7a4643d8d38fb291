package main

import (
	"fmt"
	"strings"

	"jiaoheng/fault"
	"jiaoheng/indicator"
	"jiaoheng/measure"
	"jiaoheng/message"
	"jiaoheng/register"
	"jiaoheng/round"
	"jiaoheng/standard"
	"jiaoheng/store"
	"jiaoheng/unit"
)

// periodsBefore is how many periods before the evaluated one are read, for rules about growth and decline.
const periodsBefore = 3

// largeRegion is from how many units or rows on a command tells what it is busy with.
const largeRegion = 5000

// evaluateCommand evaluates a region: read the rules and the facts, run, print.
type evaluateCommand struct {
	storeFlags
	Pack   string   `required:"" placeholder:"NAME" help:"The pack to evaluate by; pack list names them."`
	Period string   `required:"" placeholder:"P" help:"The period: 2023-2024 for a school year, 2023 for a year."`
	Unit   string   `placeholder:"CODE" help:"The unit to evaluate; without it the whole region."`
	Switch []string `sep:"none" placeholder:"NAME=on" help:"Turn a switch of the pack on or off."`
	JSON   bool     `name:"json" help:"Print one JSON document."`
}

// Run evaluates. A verdict of 不达标 is no failure of the command.
func (c *evaluateCommand) Run(e *environment) error {
	input, err := c.rules()
	if err != nil {
		return err
	}
	s, err := c.openExisting(e)
	if err != nil {
		return err
	}
	defer s.Close()
	if err := c.facts(e, s, &input); err != nil {
		return err
	}
	outcome, faults := round.Run(input)
	if faults != nil {
		return faults
	}
	if cells, reads := input.Cells.(*register.CellReader); reads && cells.Err() != nil {
		return cells.Err()
	}
	if c.JSON {
		encoded, err := outcome.JSON(e.language)
		if err != nil {
			return err
		}
		fmt.Fprintln(e.out, string(encoded))
		return nil
	}
	evaluatePrint{e, outcome}.all()
	return nil
}

// rules reads the pack, the period and the switches.
func (c *evaluateCommand) rules() (round.Input, error) {
	set, err := loadPacks(c.Data)
	if err != nil {
		return round.Input{}, err
	}
	input := round.Input{Set: set, Pack: c.Pack, Unit: c.Unit}
	var faults fault.List
	if set.Closure(c.Pack) == nil {
		faults.Add(fault.New("round.pack_unknown", message.Args{"pack": c.Pack}))
	}
	if input.Period, err = readPeriod(c.Period); err != nil {
		faults.Add(fault.Of(err)...)
	}
	input.Switches, err = readSwitches(c.Switch)
	faults.Add(fault.Of(err)...)
	return input, faults.Err()
}

// facts reads the units and the rows of all registers that the pack names.
func (c *evaluateCommand) facts(e *environment, s *store.Store, input *round.Input) error {
	if err := s.RegistersOpen(e.context, input.Set.Closure(c.Pack).Registers()...); err != nil {
		return err
	}
	history, err := s.History(e.context)
	if err != nil {
		return err
	}
	tree, err := history.Tree(s.Today())
	if err != nil {
		return err
	}
	scope := input.Set.Closure(c.Pack)
	ask := register.Ask{Scope: scope, Tree: tree, Periods: indicator.Periods(scope, input.Period, periodsBefore), Switches: scope.Defaults(), Today: s.Today()}
	for name, on := range input.Switches {
		ask.Switches[name] = on
	}
	progress := func(key string) {
		if tree.Len() >= largeRegion {
			fmt.Fprintln(e.err, message.Text(e.language, key, message.Args{"units": tree.Len()}))
		}
	}
	progress("command.evaluate_reads")
	facts, err := register.Build(e.context, s, ask)
	if err != nil {
		return err
	}
	progress("command.evaluate_computes")
	input.History, input.Facts, input.Cells = history, indicator.FactsOf(facts.Frame.Snapshot()), facts.Cells(e.context)
	return nil
}

// readSwitches reads NAME=on and NAME=off.
func readSwitches(texts []string) (map[string]bool, error) {
	switches := map[string]bool{}
	var faults fault.List
	for _, text := range texts {
		name, state, _ := strings.Cut(text, "=")
		if state != "on" && state != "off" || name == "" {
			faults.Add(fault.New("command.bad_switch", message.Args{"text": text}))
			continue
		}
		switches[name] = state == "on"
	}
	return switches, faults.Err()
}

// evaluatePrint writes an outcome for people.
type evaluatePrint struct {
	*environment
	outcome *round.Outcome
}

// all prints the verdict, the lines of the unit, and what its units lack.
func (p evaluatePrint) all() {
	space := p.outcome.Space()
	root := space.Root()
	p.say("command.evaluate_head", message.Args{"pack": p.outcome.Scope().Pack.Title.In(p.language), "period": p.outcome.Period().Text(p.language),
		"unit": space.Unit(root).Name, "verdict": message.Text(p.language, p.outcome.Verdict().Key(), nil)})
	own, lacks := []round.Line{}, []round.Line{}
	for _, line := range p.outcome.Lines() {
		switch {
		case line.Row == root:
			own = append(own, line)
		case line.Verdict == standard.Fail && line.Lacks && line.Judged == 1 && space.Unit(line.Row).Kind.Teaches():
			lacks = append(lacks, line)
		}
	}
	for _, line := range own {
		p.line(line)
		for _, cell := range p.outcome.CellLines(line, p.language) {
			if cell.Verdict == standard.Fail {
				p.say("command.evaluate_cell", message.Args{"cell": cell.Title, "value": p.number(cell.Value, line.Decimals)})
			}
		}
	}
	if len(lacks) > 0 {
		p.say("command.evaluate_lacks", message.Args{"count": len(lacks)})
	}
	for _, line := range lacks {
		p.say("command.evaluate_lack", message.Args{"unit": line.UnitName, "stage": p.stage(line.Stage), "title": line.Title.In(p.language),
			"amount": p.number(line.Shortfall.Amount, 2), "measure": line.Shortfall.Counts.Text(p.language)})
	}
}

// line prints one line of the unit that is evaluated.
func (p evaluatePrint) line(line round.Line) {
	parts := []string{line.Code, p.stage(line.Stage), line.Title.In(p.language)}
	if line.HasValue {
		parts = append(parts, p.value(line))
	}
	if line.Verdict != standard.Not {
		parts = append(parts, message.Text(p.language, line.Verdict.Key(), nil))
	}
	if line.Judged > 1 {
		parts = append(parts, message.Text(p.language, "command.evaluate_failing", message.Args{"failing": line.Failing, "judged": line.Judged}))
	}
	fmt.Fprintln(p.out, strings.Join(parts, "\t"))
}

func (p evaluatePrint) value(line round.Line) string {
	if !line.Value.Known() {
		return p.outcome.ReasonText(line.Value, p.language)
	}
	text := p.number(line.Value, line.Decimals)
	if line.Logical {
		yes, _ := line.Value.Number()
		return message.Text(p.language, map[bool]string{true: "command.yes", false: "command.no"}[yes != 0], nil)
	}
	if threshold, known := line.Threshold.Number(); known && line.Comparator != "" {
		text += message.Text(p.language, "command.evaluate_threshold", message.Args{"threshold": threshold})
	}
	return text
}

func (p evaluatePrint) number(value measure.Value, decimals int) string {
	number, _ := value.Number()
	return fmt.Sprintf("%.*f", decimals, number)
}

func (p evaluatePrint) stage(stage unit.Stage) string {
	if stage == "" {
		return ""
	}
	return message.Text(p.language, "unit.stage."+string(stage), nil)
}
