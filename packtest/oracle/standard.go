package oracle

import (
	"math/big"
	"slices"

	"jiaoheng/measure"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/unit"
)

// noStandard is the reason of a verdict before a rule came into force or where none holds.
const noStandard = "standard.not_in_force"

// State is what a verdict says.
type State string

// The states. Excluded: the rule does not look at the unit.
const (
	Pass     State = "pass"
	Fail     State = "fail"
	Unknown  State = "unknown"
	Excluded State = "excluded"
)

// Verdict is the answer of a standard for one unit. Why has no number where the state is Unknown and the reason is one of
// values. Ratio is what the value has of its threshold, as rules with a floor compare it.
type Verdict struct {
	State State
	Why   measure.Value
	value measure.Value
	limit float64
}

// Verdict returns the verdict of a standard for a unit and a stage ("" for none) in a period.
func (w *World) Verdict(name, code string, stage unit.Stage, p period.Period) Verdict {
	u, known := w.unit(code)
	s, alsoKnown := w.standard(name)
	if !known || !alsoKnown {
		return Verdict{State: Excluded}
	}
	return w.judge(s, u, stage, p)
}

func (w *World) judge(s *pack.Standard, u unit.Unit, stage unit.Stage, p period.Period) Verdict {
	kinds, stages, population := s.Of, s.Stages, s.Population
	if i, known := w.indicator(s.Name); known && s.KofN == nil && s.All == nil {
		kinds, stages, population = i.Of, i.Stages, i.Population
	}
	if stage == "" && u.Kind == unit.Section {
		stage = u.Stages[0]
	}
	if len(stages) > 0 && stage != "" && !slices.Contains(stages, stage) {
		return Verdict{State: Excluded}
	}
	if len(stages) == 0 && !slices.Contains(kinds, unit.Section) {
		stage = ""
	}
	sc := scene{period: p, stage: stage, population: population}
	if !slices.Contains(kinds, u.Kind) {
		return w.judgeBelow(s, u, kinds, sc)
	}
	stands, why := w.stand(u, kinds, sc)
	if stands == absent || stands == leftOut {
		return Verdict{State: Excluded}
	}
	v := w.judgeOwn(s, u, sc)
	if stands == undecided && v.State != Excluded && !v.Why.Equal(measure.InvalidBecause(noStandard)) {
		return Verdict{State: Unknown, Why: why}
	}
	return v
}

// judgeOwn judges a unit of the kinds of a standard.
func (w *World) judgeOwn(s *pack.Standard, u unit.Unit, sc scene) Verdict {
	switch {
	case s.KofN != nil:
		return w.judgeKofN(s, u, sc)
	case s.All != nil:
		return w.judgeAll(s, u, sc)
	}
	return w.judgeThreshold(s, u, sc)
}

// judgeBelow is the verdict of a unit above those that a standard is made for: that of every counted one below.
func (w *World) judgeBelow(s *pack.Standard, u unit.Unit, kinds []unit.Kind, sc scene) Verdict {
	if !above(u.Kind, kinds) {
		return Verdict{State: Excluded}
	}
	var verdicts []Verdict
	for _, below := range w.under(u.Code)[1:] {
		if slices.Contains(kinds, below.Kind) {
			verdicts = append(verdicts, w.judge(s, below, stageFor(below, sc.stage), sc.period))
		}
	}
	return every(verdicts)
}

// stageFor keeps a section that is not of the stage out.
func stageFor(u unit.Unit, stage unit.Stage) unit.Stage {
	if stage != "" {
		return stage
	}
	if u.Kind == unit.Section {
		return u.Stages[0]
	}
	return ""
}

// every is 不达标 when one fails, else 无法判定 when one cannot be judged, else 达标; excluded ones do not count.
func every(verdicts []Verdict) Verdict {
	result := Verdict{State: Excluded}
	var lacking []measure.Value
	for _, v := range verdicts {
		switch {
		case v.State == Fail:
			return Verdict{State: Fail}
		case v.State == Unknown:
			lacking = append(lacking, v.Why)
			result.State = Unknown
		case v.State == Pass && result.State == Excluded:
			result.State = Pass
		}
	}
	if result.State == Unknown {
		result.Why, _ = measure.Join(lacking...)
	}
	return result
}

// judgeThreshold compares a value with the threshold of the day and the stage.
func (w *World) judgeThreshold(s *pack.Standard, u unit.Unit, sc scene) Verdict {
	if i, known := w.indicator(s.Name); known && i.Formula != nil && i.Cells == nil {
		v := view{world: w, scene: sc}
		if !v.speaksOf(i, u, v.kinds(i)) {
			return Verdict{State: Excluded}
		}
	}
	value := w.Value(s.Name, u.Code, sc.stage, sc.period)
	if s.Comparator == pack.Holds {
		return w.judgeHolds(s, u, sc, value)
	}
	limit, inForce := w.dated(s.Thresholds, u.Code, sc.stage, day(sc.period))
	if !inForce {
		return Verdict{State: Unknown, Why: measure.InvalidBecause(noStandard), value: value}
	}
	number, known := value.Number()
	if i, known := w.indicator(s.Name); known && i.Nothing && value.Equal(measure.InvalidBecause(notConcerned)) {
		return Verdict{State: Pass, Why: value, value: value, limit: limit}
	}
	if !known {
		return Verdict{State: Unknown, Why: value, value: value, limit: limit}
	}
	return Verdict{State: state(meets(s.Comparator, number, limit)), value: value, limit: limit}
}

func (w *World) judgeHolds(s *pack.Standard, u unit.Unit, sc scene, value measure.Value) Verdict {
	var forces []force
	for _, d := range s.Thresholds {
		forces = append(forces, force{d.From, d.Until, d.Region, d.Switch})
	}
	switch {
	case w.inForce(forces, u.Code, day(sc.period)) < 0:
		return Verdict{State: Unknown, Why: measure.InvalidBecause(noStandard), value: value}
	case !value.Known():
		return Verdict{State: Unknown, Why: value, value: value}
	}
	return Verdict{State: state(!value.Equal(measure.Of(0))), value: value}
}

func state(holds bool) State {
	if holds {
		return Pass
	}
	return Fail
}

// meets compares with 1e-9 of the larger number as tolerance, in exact arithmetic.
func meets(comparator pack.Comparator, x, limit float64) bool {
	a, b := new(big.Rat).SetFloat64(x), new(big.Rat).SetFloat64(limit)
	larger := new(big.Rat).Abs(a)
	if other := new(big.Rat).Abs(b); other.Cmp(larger) > 0 {
		larger = other
	}
	difference := new(big.Rat).Sub(a, b)
	equal := new(big.Rat).Abs(difference).Cmp(larger.Mul(larger, big.NewRat(1, 1_000_000_000))) <= 0
	switch comparator {
	case pack.AtLeast:
		return equal || difference.Sign() > 0
	case pack.AtMost:
		return equal || difference.Sign() < 0
	case pack.Above:
		return !equal && difference.Sign() > 0
	case pack.Below:
		return !equal && difference.Sign() < 0
	}
	return equal
}

// judgeKofN asks that so many are met and that each of the others reaches the floor.
func (w *World) judgeKofN(s *pack.Standard, u unit.Unit, sc scene) Verdict {
	var forces []force
	for _, l := range s.KofN.Values {
		forces = append(forces, force{l.From, l.Until, l.Region, l.Switch})
	}
	at := w.inForce(forces, u.Code, day(sc.period))
	limits := pack.Limits{}
	if at >= 0 {
		limits = s.KofN.Values[at]
	}
	met, unknown, failed, below := 0, 0, 0, false
	var lacking []measure.Value
	for _, name := range s.KofN.Of {
		one, _ := w.standard(name)
		v := w.judge(one, u, sc.stage, sc.period)
		switch v.State {
		case Pass:
			met++
		case Unknown:
			unknown++
			lacking = append(lacking, v.Why)
		case Fail:
			failed++
			below = below || !reaches(one.Comparator, v, limits.Floor)
		}
	}
	switch {
	case met+unknown+failed == 0:
		return Verdict{State: Excluded}
	case at < 0:
		return Verdict{State: Unknown, Why: measure.InvalidBecause(noStandard)}
	case below || met+unknown < limits.AtLeast:
		return Verdict{State: Fail}
	case unknown > 0:
		why, _ := measure.Join(lacking...)
		return Verdict{State: Unknown, Why: why}
	}
	return Verdict{State: Pass}
}

// reaches tells whether a value that misses its threshold comes within the floor of it.
func reaches(comparator pack.Comparator, v Verdict, floor float64) bool {
	number, known := v.value.Number()
	if !known || floor == 0 {
		return known
	}
	if comparator == pack.AtMost || comparator == pack.Below {
		return meets(pack.AtMost, number*floor, v.limit)
	}
	return meets(pack.AtLeast, number, floor*v.limit)
}

// judgeAll asks that all of Of hold for the unit, those of Each for every counted unit below, and that no veto occurred.
func (w *World) judgeAll(s *pack.Standard, u unit.Unit, sc scene) Verdict {
	var verdicts []Verdict
	for _, name := range slices.Concat(s.All.Of, s.All.None, s.All.Each) {
		one, _ := w.standard(name)
		for _, stage := range w.stagesOf(one, sc.stage) {
			verdicts = append(verdicts, w.judge(one, u, stage, sc.period))
		}
	}
	return every(verdicts)
}

// stagesOf returns the stages for which a standard is asked: the one of the scene where it knows it, without one
// each of its own; one that knows no stages is asked once.
func (w *World) stagesOf(s *pack.Standard, stage unit.Stage) []unit.Stage {
	stages := s.Stages
	if i, known := w.indicator(s.Name); known && s.KofN == nil && s.All == nil {
		stages = i.Stages
	}
	switch {
	case len(stages) == 0:
		return []unit.Stage{""}
	case stage == "":
		return stages
	case slices.Contains(stages, stage):
		return []unit.Stage{stage}
	}
	return nil
}
