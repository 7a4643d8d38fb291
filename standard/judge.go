package standard

import (
	"jiaoheng/frame"
	"jiaoheng/indicator"
	"jiaoheng/measure"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/unit"
)

// Verdict is what is said of a unit. Not is said of units that are not judged; the others are ordered from good to bad.
type Verdict uint8

// The verdicts.
const (
	Not Verdict = iota
	Pass
	Unknown
	Fail
)

// NotInForce is the reason of a verdict before the first threshold came into force: 尚无标准.
const NotInForce = "standard.not_in_force"

// String returns pass, unknown or fail, and "" for a unit that is not judged.
func (v Verdict) String() string { return [...]string{"", "pass", "unknown", "fail"}[v] }

// Key returns the key of the verdict in the catalogue.
func (v Verdict) Key() string {
	return [...]string{"standard.not", "standard.pass", "standard.unknown", "standard.fail"}[v]
}

// Cell names one standard for one stage.
type Cell struct {
	Standard string
	Stage    unit.Stage
}

// Judge gives the verdicts of one run. Changed holds thresholds of a what-if; the zero stage stands for every stage.
type Judge struct {
	run     *indicator.Run
	scope   *pack.Scope
	day     period.Date
	Changed map[Cell]float64
	columns map[Cell][]Verdict
	lacks   map[Cell][]ownLack
	dated   map[string]*indicator.Dated
	worst   []Verdict // memory of upward
	amounts []float64 // memory of Shortfall
	costs   []float64
}

// NewJudge returns the judge of a run.
func NewJudge(run *indicator.Run) *Judge {
	return &Judge{run: run, scope: run.Rules.Scope, day: indicator.Day(run.Period), columns: map[Cell][]Verdict{}, lacks: map[Cell][]ownLack{},
		dated: map[string]*indicator.Dated{}}
}

// Verdicts returns the verdict of every row of the space. It must not be written to.
func (j *Judge) Verdicts(s *pack.Standard, stage unit.Stage) []Verdict {
	key := Cell{s.Name, stage}
	if done, known := j.columns[key]; known {
		return done
	}
	verdicts := make([]Verdict, j.run.Space.Len())
	j.columns[key] = verdicts
	switch {
	case s.KofN != nil:
		j.kOfN(s, stage, verdicts)
	case s.All != nil:
		j.all(s, stage, verdicts)
	default:
		j.thresholds(s, stage, verdicts)
	}
	j.upward(s, verdicts)
	return verdicts
}

// Stages returns the stages for which a standard is computed: "" alone for one without stages.
func Stages(s *pack.Standard) []unit.Stage {
	if len(s.Stages) == 0 {
		return []unit.Stage{""}
	}
	return s.Stages
}

// notConcerned is the value of a unit that an indicator does not concern: 不涉及, which counts as met.
var notConcerned = measure.InvalidBecause(indicator.NotConcerned)

// thresholds judges the own units of an indicator.
func (j *Judge) thresholds(s *pack.Standard, stage unit.Stage, verdicts []Verdict) {
	i, known := j.scope.Indicator(s.Name)
	if !known {
		return
	}
	values := j.run.Column(i, stage)
	regional := false
	for _, t := range s.Thresholds {
		regional = regional || t.Region != ""
	}
	var threshold float64
	var last unit.Stage
	inForce, asked := false, false
	for row := range j.judged(i, stage).Each(0, len(verdicts)) {
		if of := j.run.Space.Stage(row); regional || !asked || stage == "" && of != last {
			threshold, _, inForce = j.Threshold(s, stage, row)
			last, asked = of, true
		}
		switch {
		case inForce && i.Nothing && values.Get(row, i.Name).Equal(notConcerned):
			verdicts[row] = Pass
		case !inForce || !values.Present.Get(row):
			verdicts[row] = Unknown
		case Met(s.Comparator, values.Numbers[row], threshold):
			verdicts[row] = Pass
		default:
			verdicts[row] = Fail
		}
	}
}

// judged returns the own units of an indicator that are counted and of which it speaks.
func (j *Judge) judged(i *pack.Indicator, stage unit.Stage) frame.Bitmap {
	return j.run.Members(i.Of, stage, i.Population).Counted.And(j.run.Speaks(i, stage))
}

// Met tells whether a value stands to a threshold as the comparator says.
func Met(c pack.Comparator, value, threshold float64) bool {
	switch order := measure.Compare(value, threshold); c {
	case pack.AtLeast:
		return order >= 0
	case pack.AtMost:
		return order <= 0
	case pack.Above:
		return order > 0
	case pack.Below:
		return order < 0
	case pack.Exactly:
		return order == 0
	}
	return value != 0 // holds
}

// Threshold returns the threshold in force for the unit of a row, with where it says so; false when there is none. Holds
// has the threshold 1. A section is judged by the threshold of its stage where the indicator has no stages.
func (j *Judge) Threshold(s *pack.Standard, stage unit.Stage, row int) (float64, pack.Dated, bool) {
	if s.Comparator == pack.Holds {
		dated, found := pack.Resolve(s.Thresholds, j.day, j.run.Space.Above(row), j.run.Switches)
		return 1, dated, found
	}
	if stage == "" {
		stage = j.run.Space.Stage(row)
	}
	d := j.dated[s.Name]
	if d == nil {
		d = indicator.NewDated(j.run.Space, s.Thresholds, j.day, j.run.Switches)
		j.dated[s.Name] = d
	}
	number, dated, found := d.At(row, stage)
	if len(j.Changed) > 0 {
		for _, key := range []Cell{{s.Name, stage}, {s.Name, ""}} {
			if changed, known := j.Changed[key]; known {
				return changed, dated, true
			}
		}
	}
	return number, dated, found
}

// upward gives the units above the own ones the worst verdict below them.
func (j *Judge) upward(s *pack.Standard, verdicts []Verdict) {
	over, line := j.run.Space.Over(s.Of), j.run.Space.Line(s.Of)
	if len(j.worst) < len(line.Rows) {
		j.worst = make([]Verdict, len(verdicts))
	}
	worst := j.worst[:len(line.Rows)]
	clear(worst)
	for k := len(line.Rows) - 1; k >= 0; k-- {
		row := int(line.Rows[k])
		found := max(worst[k], verdicts[row])
		if over.Get(row) {
			verdicts[row] = found
		}
		if p := line.Over[k]; p >= 0 {
			worst[p] = max(worst[p], found)
		}
	}
}

// all judges each own unit by its parts.
func (j *Judge) all(s *pack.Standard, stage unit.Stage, verdicts []Verdict) {
	own := j.run.Members(s.Of, "", "").Counted
	if s.Population != "" && j.speaksOf(s) {
		own = j.run.Members(s.Of, stage, s.Population).Counted
	}
	for _, names := range [][]string{s.All.Of, s.All.Each, s.All.None} {
		for _, name := range names {
			part, known := j.scope.Standard(name)
			if !known {
				continue
			}
			for _, of := range PartStages(part, stage) {
				below := j.Verdicts(part, of)
				for row := range own.Each(0, len(verdicts)) {
					verdicts[row] = max(verdicts[row], below[row])
				}
			}
		}
	}
}

// speaksOf tells whether the population of a standard is made of the units that the standard judges; else it names those
// of its parts.
func (j *Judge) speaksOf(s *pack.Standard) bool {
	population, known := j.scope.Population(s.Population)
	if !known {
		return false
	}
	for _, kind := range population.Of {
		for _, of := range s.Of {
			if kind == of {
				return true
			}
		}
	}
	return false
}

// PartStages returns the stages of a part that are asked for: the one of the whole, or all of its own.
func PartStages(part *pack.Standard, stage unit.Stage) []unit.Stage {
	if stage == "" || len(part.Stages) == 0 {
		return Stages(part)
	}
	for _, of := range part.Stages {
		if of == stage {
			return []unit.Stage{stage}
		}
	}
	return nil
}

// Members returns the own units of a standard that are judged.
func (j *Judge) Members(s *pack.Standard, stage unit.Stage) []int {
	var rows []int
	verdicts := j.Verdicts(s, stage)
	for row := range j.run.Space.Own(s.Of).Each(0, len(verdicts)) {
		if verdicts[row] != Not {
			rows = append(rows, row)
		}
	}
	return rows
}
