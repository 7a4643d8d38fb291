package oracle

import (
	"math/big"
	"slices"
	"strings"

	"jiaoheng/measure"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/unit"
)

// Reasons as the program writes them.
const (
	notAsked   = "standard.not_asked"
	notInForce = "standard.not_in_force"
)

// Teaches tells whether a unit, or one below it, has a stage. A stage that nobody teaches concerns nobody.
func Teaches(units []unit.Unit, code string, stage unit.Stage) bool {
	for _, u := range units {
		within := u
		for within.Code != code && within.Parent != "" {
			at := slices.IndexFunc(units, func(v unit.Unit) bool { return v.Code == within.Parent })
			if at < 0 {
				break
			}
			within = units[at]
		}
		if within.Code == code && (slices.Contains(u.Stages, stage) || u.Kind == unit.Kindergarten && stage == unit.Preschool) {
			return true
		}
	}
	return false
}

// Score returns what a sheet says of a unit under a name: points of an item, a section, a deduction or a bonus, the "total", or the
// "card". given are points of people and figures from outside. Points are computed in fractions.
func (w *World) Score(sheet *pack.Sheet, name, code string, p period.Period, given map[string]measure.Value) (measure.Value, string) {
	s := scoring{w, sheet, code, p, given}
	switch name {
	case "card":
		return measure.Value{}, s.card()
	case "total":
		total, known := s.total()
		if !known {
			return measure.InvalidBecause(notAsked), ""
		}
		return cut(total), ""
	}
	for _, part := range sheet.Parts {
		if part.Name != name {
			continue
		}
		sum := new(big.Rat)
		for _, item := range part.Items {
			switch value := s.item(item); {
			case is(value, notConcerned):
			case !value.Known():
				return measure.InvalidBecause(notAsked), ""
			default:
				sum.Add(sum, fraction(value))
			}
		}
		return cut(sum), ""
	}
	for _, item := range sheet.Items() {
		if item.Name == name {
			return s.item(item), ""
		}
	}
	for _, extra := range sheet.Extras() {
		if extra.Name == name {
			return s.extra(extra), ""
		}
	}
	return measure.InvalidBecause(notAsked), ""
}

type scoring struct {
	world  *World
	sheet  *pack.Sheet
	code   string
	period period.Period
	given  map[string]measure.Value
}

func is(value measure.Value, reason string) bool { return value.Equal(measure.InvalidBecause(reason)) }

// decimal reads a number as it is written, so that 0.1 is a tenth.
func decimal(number float64) *big.Rat {
	written, _ := new(big.Rat).SetString(measure.Of(number).Text("en"))
	exact := new(big.Rat).SetFloat64(number)
	if written == nil {
		return exact
	}
	return written
}

func fraction(value measure.Value) *big.Rat {
	number, _ := value.Number()
	return decimal(number)
}

// cut rounds to two decimals, half up, as no points are below nothing.
func cut(x *big.Rat) measure.Value {
	scaled := new(big.Rat).Mul(x, big.NewRat(100, 1))
	scaled.Add(scaled, big.NewRat(1, 2))
	whole := new(big.Int).Div(scaled.Num(), scaled.Denom())
	number, _ := new(big.Rat).SetFrac(whole, big.NewInt(100)).Float64()
	return measure.Of(number)
}

// look returns the value of an indicator; a unit of which it says nothing is not concerned.
func (s scoring) look(name string, stage unit.Stage) measure.Value {
	value := s.world.Value(name, s.code, stage, s.period)
	if is(value, notCounted) || value.Equal(measure.MissingFor(name)) {
		return measure.InvalidBecause(notConcerned)
	}
	return value
}

// item is what counts of an item: what people agreed on when they check it, else what its figures give, of several stages the least.
func (s scoring) item(item *pack.SheetItem) measure.Value {
	if item.Checked {
		if points, some := s.given[item.Name]; some {
			return points
		}
		return measure.InvalidBecause(notAsked)
	}
	var all []measure.Value
	if figure := item.Automatic.Figure; figure != "" {
		value, some := s.given[figure]
		if !some {
			value = measure.MissingFor(figure)
		}
		all = append(all, s.points(item, value))
	} else {
		i, _ := s.world.indicator(item.Automatic.Indicator)
		stages := i.Stages
		if len(item.Automatic.Stages) > 0 {
			stages = item.Automatic.Stages
		}
		for _, stage := range stages {
			if Teaches(s.world.Units, s.code, stage) {
				all = append(all, s.points(item, s.look(i.Name, stage)))
			}
		}
		if len(stages) == 0 {
			all = append(all, s.points(item, s.look(i.Name, "")))
		}
	}
	all = slices.DeleteFunc(all, func(v measure.Value) bool { return is(v, notConcerned) })
	for _, one := range all {
		if !one.Known() {
			return one
		}
	}
	if len(all) == 0 {
		return measure.InvalidBecause(notConcerned)
	}
	return slices.MinFunc(all, func(a, b measure.Value) int { return fraction(a).Cmp(fraction(b)) })
}

func (s scoring) points(item *pack.SheetItem, value measure.Value) measure.Value {
	var forces []force
	for _, scale := range item.Automatic.Scales {
		forces = append(forces, force{scale.From, scale.Until, scale.Region, scale.Switch})
	}
	at := s.world.inForce(forces, s.code, day(s.period))
	if at < 0 {
		return measure.InvalidBecause(notInForce)
	}
	if !value.Known() {
		return value
	}
	scale, number, full := item.Automatic.Scales[at], fraction(value), decimal(item.Points)
	share := new(big.Rat)
	switch item.Automatic.Kind {
	case pack.Steps:
		for _, step := range scale.Steps {
			by := measure.Compare(numberOf(number), step.Limit)
			if scale.Down {
				by = -by
			}
			if by >= 0 {
				return cut(decimal(step.Points))
			}
		}
		return measure.Of(0)
	case pack.OfShare:
		share.Quo(number, big.NewRat(100, 1))
	default:
		share.Quo(number.Sub(number, decimal(scale.None)), new(big.Rat).Sub(decimal(scale.Full), decimal(scale.None)))
	}
	if share.Sign() < 0 {
		share.SetInt64(0)
	}
	if share.Cmp(big.NewRat(1, 1)) > 0 {
		share.SetInt64(1)
	}
	return cut(full.Mul(full, share))
}

func numberOf(x *big.Rat) float64 {
	number, _ := x.Float64()
	return number
}

func (s scoring) extra(extra *pack.SheetExtra) measure.Value {
	if extra.Indicator == "" {
		if points, some := s.given[extra.Name]; some {
			return points
		}
		return measure.InvalidBecause(notAsked)
	}
	count := s.look(extra.Indicator, "")
	if !count.Known() {
		return count
	}
	points := new(big.Rat).Mul(fraction(count), decimal(extra.Each))
	if most := decimal(extra.Cap); points.Cmp(most) > 0 {
		points = most
	}
	return cut(points)
}

// total adds up the items, scales them up where some do not concern the unit, and takes deductions and bonus into account.
func (s scoring) total() (*big.Rat, bool) {
	sum, concerned := new(big.Rat), new(big.Rat)
	for _, item := range s.sheet.Items() {
		value := s.item(item)
		if is(value, notConcerned) {
			continue
		}
		if !value.Known() {
			return nil, false
		}
		sum.Add(sum, fraction(value))
		concerned.Add(concerned, decimal(item.Points))
	}
	if concerned.Sign() == 0 {
		return nil, false
	}
	if whole := decimal(s.sheet.Total); concerned.Cmp(whole) < 0 {
		sum.Mul(sum, whole).Quo(sum, concerned)
	}
	for sign, group := range map[int64]*pack.SheetExtras{-1: s.sheet.Deductions, 1: s.sheet.Bonus} {
		if group == nil {
			continue
		}
		own := new(big.Rat)
		for _, extra := range group.Items {
			value := s.extra(extra)
			if is(value, notConcerned) {
				continue
			}
			if !value.Known() {
				return nil, false
			}
			own.Add(own, fraction(value))
		}
		if most := decimal(group.Cap); own.Cmp(most) > 0 {
			own = most
		}
		sum.Add(sum, own.Mul(own, big.NewRat(sign, 1)))
	}
	if sum.Sign() < 0 {
		sum.SetInt64(0)
	}
	return sum, true
}

// card is the worst card of the vetoes that hold, else the one of the total; "" when either is open.
func (s scoring) card() string {
	held, open := []string{}, false
	for _, veto := range s.sheet.Vetoes {
		value, some := s.given[veto.Name]
		if veto.Indicator != "" {
			value, some = s.look(veto.Indicator, ""), true
		}
		if is(value, notConcerned) {
			continue
		}
		if number, known := value.Number(); !some || !known {
			open = true
		} else if number == 1 {
			held = append(held, veto.Card)
		}
	}
	for _, card := range slices.Backward(s.sheet.Cards) {
		if slices.Contains(held, card.Name) {
			return card.Name
		}
	}
	var forces []force
	for _, levels := range s.sheet.Levels {
		forces = append(forces, force{levels.From, levels.Until, levels.Region, levels.Switch})
	}
	at := s.world.inForce(forces, s.code, day(s.period))
	total, known := s.total()
	if open || !known || at < 0 {
		return ""
	}
	rounded := fraction(cut(total))
	names := []string{}
	for _, card := range s.sheet.Cards {
		least, given := s.sheet.Levels[at].Least[card.Name]
		if !given || rounded.Cmp(decimal(least)) >= 0 {
			names = append(names, card.Name)
		}
	}
	return strings.Join(names[:1], "")
}
