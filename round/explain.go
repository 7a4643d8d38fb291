package round

import (
	"jiaoheng/expr"
	"jiaoheng/indicator"
	"jiaoheng/measure"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/standard"
	"jiaoheng/unit"
)

// Explanation is everything that stands behind a figure or a verdict.
type Explanation struct {
	Line          Line
	Indicator     *pack.Indicator // nil for a standard over others
	Standard      *pack.Standard  // nil for an indicator without a standard
	Formula       string          // as the pack writes it; of a share what is divided
	Parts         []Part          // what the formula reads, in its order
	NumeratorText string          // formulas of numerator and denominator
	Denominator   string
	Addends       []string // names that add to the numerator one for one
	Factor        float64
	Silent        []Silent // counted units that did not report something that is needed
	Left          []Place  // units that the population leaves out
	History       []Dated  // every threshold that ever was, for the stage
	Contributions []Contribution
	Standings     []Standing // of a standard over others: its parts
	Breakers      []Breaker  // who makes the verdict 不达标
	Ways          []standard.Way
	Cells         *indicator.CellValues
	Population    *pack.Population
}

// Place names a unit.
type Place struct {
	Row     int
	Unit    string // code of the school for a section
	Section string
	Name    string
	Stage   unit.Stage
}

// Part is one name of the formula with its value for the unit. Item and Period tell where its facts are to be found, for
// the unit itself and for those below it: the rows of the register with who reported them.
type Part struct {
	Name     string // as the formula writes it: pupils, prev(pupils), school.teaching_point
	Value    measure.Value
	Measure  measure.Measure
	Logical  bool
	Item     string // "" for what is no item
	Register string
	Period   period.Period
}

// Silent is a unit that lacks something.
type Silent struct {
	Place
	Missing []string // names of items
}

// Dated is one threshold with the day from which it counts.
type Dated struct {
	pack.Dated
	Number  float64
	InForce bool // the one that was applied
}

// Contribution is the part of one unit in a difference coefficient.
type Contribution struct {
	Place
	indicator.Contribution
}

// Standing is the verdict of one part of a standard over others.
type Standing struct {
	Name    string
	Code    string
	Title   pack.Text
	Stage   unit.Stage
	Verdict standard.Verdict
	Veto    bool
}

// Breaker is a unit without which, or lifted, the verdict would be better.
type Breaker struct {
	Place
	Standard string // the standard that it breaks
	Code     string
	Title    pack.Text
	Of       unit.Stage // the stage for which the standard was judged
	// Of a difference coefficient: its value now, without the unit, and with the unit at the mean of the others; and
	// whether either would meet the threshold. Else only Lacks counts.
	Coefficient          bool
	Now, Without, Lifted float64
	Mends                bool
	Shortfall            standard.Shortfall
	Lacks                bool
}

// Explain returns what stands behind an indicator or a standard in the unit of a code; false for an unknown name or unit.
// A school with one section of the stage stands for that section.
func (o *Outcome) Explain(name, code string, stage unit.Stage) (Explanation, bool) {
	o.lock.Lock()
	defer o.lock.Unlock()
	row, known := o.run.Space.Row(code)
	if !known {
		return Explanation{}, false
	}
	s, judged := o.prepared.scope.Standard(name)
	if !judged {
		s = nil
	}
	i, measured := o.prepared.scope.Indicator(name)
	switch {
	case measured:
		return o.explainIndicator(i, s, stage, o.sectionFor(i.Of, stage, row)), true
	case judged:
		return o.explainStandard(s, stage, o.sectionFor(s.Of, stage, row)), true
	}
	return Explanation{}, false
}

// sectionFor returns the row of the section of a school for what is told of sections.
func (o *Outcome) sectionFor(of []unit.Kind, stage unit.Stage, row int) int {
	space := o.run.Space
	if len(of) == 0 || of[0] != unit.Section || space.Unit(row).Kind != unit.School {
		return row
	}
	for below := row + 1; below < space.End(row); below++ {
		if space.Stage(below) == stage {
			return below
		}
	}
	return row
}

func (o *Outcome) explainIndicator(i *pack.Indicator, s *pack.Standard, stage unit.Stage, row int) Explanation {
	e := Explanation{Indicator: i, Standard: s, Parts: o.parts(i, stage, row)}
	o.indicatorLine(&e.Line, i, stage, row)
	e.Formula = formulaText(i)
	if parts, divides := o.run.Parts(i, stage, row); divides {
		e.NumeratorText, e.Denominator, e.Addends, e.Factor = parts.NumeratorText, parts.DenominatorText, parts.Addends, parts.Factor
	}
	for _, silent := range o.run.Silents(i, stage, row) {
		e.Silent = append(e.Silent, Silent{o.placeOf(silent.Row), silent.Lack.Names})
	}
	e.Population, e.Left = o.left(i.Population, i.Of, stage, row)
	for _, c := range o.run.Contributions(i, stage, row) {
		e.Contributions = append(e.Contributions, Contribution{o.placeOf(c.Row), c})
	}
	if i.Cells != nil {
		cells := o.run.CellsAt(i, stage, row)
		e.Cells = &cells
	}
	if s != nil {
		e.History = o.history(s, stage, row)
		e.Breakers = o.breakers(s, stage, row)
	}
	return e
}

func (o *Outcome) explainStandard(s *pack.Standard, stage unit.Stage, row int) Explanation {
	e := Explanation{Standard: s, Ways: o.judge.Ways(s, stage, row), Breakers: o.breakers(s, stage, row)}
	o.standardLine(&e.Line, s, stage, row)
	e.Population, e.Left = o.left(s.Population, s.Of, stage, row)
	vetoes := map[string]bool{}
	if s.All != nil {
		for _, name := range s.All.None {
			vetoes[name] = true
		}
	}
	for _, name := range asked(s) {
		part, known := o.prepared.scope.Standard(name)
		if !known {
			continue
		}
		for _, of := range standard.PartStages(part, stage) {
			if verdict := o.judge.Verdicts(part, of)[row]; verdict != standard.Not {
				e.Standings = append(e.Standings, Standing{part.Name, codeOf(part.Code, part.Name), part.Title, of, verdict, vetoes[name]})
			}
		}
	}
	return e
}

func formulaText(i *pack.Indicator) string {
	if i.Share != nil {
		return i.Share.Item
	}
	return i.Formula.Text
}

func (o *Outcome) placeOf(row int) Place {
	u := o.run.Space.Unit(row)
	p := Place{Row: row, Unit: u.Code, Name: u.Name, Stage: o.run.Space.Stage(row)}
	if u.Kind == unit.Section {
		p.Section, p.Unit = u.Code, u.Parent
	}
	return p
}

// parts returns what a formula reads.
func (o *Outcome) parts(i *pack.Indicator, stage unit.Stage, row int) []Part {
	if i.Share != nil {
		return []Part{o.part(i, expr.Reference{Name: "school." + i.Share.Item}, stage, row), o.part(i, expr.Reference{Name: i.Share.By}, stage, row),
			o.part(i, expr.Reference{Name: i.Share.Weight}, stage, row)}
	}
	if i.Cells != nil {
		return nil
	}
	var parts []Part
	for _, reference := range i.Formula.Ready.References() {
		parts = append(parts, o.part(i, reference, stage, row))
	}
	return parts
}

func (o *Outcome) part(i *pack.Indicator, reference expr.Reference, stage unit.Stage, row int) Part {
	p := Part{Name: reference.Name, Value: o.run.Read(i, stage, reference, row), Period: o.run.Period}
	if reference.Shift == expr.Previous {
		p.Name, p.Period = "prev("+reference.Name+")", o.run.Period.Previous()
	}
	known := o.run.Rules.Name(reference.Name)
	p.Logical, p.Measure = known.Logical, known.Measure
	if known.Item != nil {
		p.Item, p.Register = known.Item.Name, known.Item.Register.Name
		p.Period = indicator.Match(p.Period, indicator.Every(known.Item))
	}
	return p
}

// left returns the units at or below a row that a population leaves out.
func (o *Outcome) left(name string, of []unit.Kind, stage unit.Stage, row int) (*pack.Population, []Place) {
	population, known := o.prepared.scope.Population(name)
	if name == "" || !known {
		return nil, nil
	}
	members := o.run.Members(population.Of, stage, name)
	var left []Place
	for below := range members.Relevant.Without(members.Counted).Each(row, o.run.Space.End(row)) {
		left = append(left, o.placeOf(below))
	}
	return population, left
}

// history returns every threshold for the stage, the first first.
func (o *Outcome) history(s *pack.Standard, stage unit.Stage, row int) []Dated {
	if stage == "" {
		stage = o.run.Space.Stage(row)
	}
	_, now, inForce := o.judge.Threshold(s, stage, row)
	var all []Dated
	for _, dated := range s.Thresholds {
		number, known := dated.Value(stage)
		if !known && s.Comparator != pack.Holds {
			continue
		}
		if s.Comparator == pack.Holds {
			number = 1
		}
		all = append(all, Dated{dated, number, inForce && dated.From == now.From && dated.Region == now.Region && dated.Switch == now.Switch})
	}
	return all
}

// PartText returns the name of a part as people know it.
func (o *Outcome) PartText(p Part, language message.Language) string {
	return o.TitleOf(p.Name, language)
}
