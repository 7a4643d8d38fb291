package standard

import (
	"math"
	"slices"

	"jiaoheng/indicator"
	"jiaoheng/measure"
	"jiaoheng/pack"
	"jiaoheng/period"
)

// Setting says for which day and unit dated rules of a sheet are resolved. Regions are the codes of the unit and of those above
// it, nearest first.
type Setting struct {
	On       period.Date
	Regions  []string
	Switches map[string]bool
}

// NotAsked is the reason of what nobody has scored yet: 尚未评分.
const NotAsked = "standard.not_asked"

// cents is to how much of a point scores are rounded, half up.
const cents = 100

// Round rounds points to two decimals, half away from zero. An error of binary numbers does not change a half.
func Round(points float64) float64 {
	scaled := points * cents
	if near := math.Trunc(scaled) + math.Copysign(0.5, scaled); measure.Compare(scaled, near) == 0 {
		scaled = near
	}
	return math.Round(scaled) / cents
}

// Points returns the points that the value of a figure gives for an item, and the scale that was applied; false where none is in
// force, and then the value is invalid(尚无标准). A value that is missing or invalid stays what it is: never nothing points.
func Points(item *pack.SheetItem, value measure.Value, at Setting) (measure.Value, pack.Scale, bool) {
	scale, found := pack.ResolveScale(item.Automatic.Scales, at.On, at.Regions, at.Switches)
	if !found {
		return measure.InvalidBecause(NotInForce), scale, false
	}
	number, known := value.Number()
	if !known {
		return value, scale, true
	}
	points := 0.0
	switch item.Automatic.Kind {
	case pack.Linear:
		points = item.Points * clamp((number-scale.None)/(scale.Full-scale.None))
	case pack.OfShare:
		points = item.Points * clamp(number/100)
	case pack.Steps:
		for _, step := range scale.Steps {
			if by := measure.Compare(number, step.Limit); !scale.Down && by >= 0 || scale.Down && by <= 0 {
				points = step.Points
				break
			}
		}
	}
	return measure.Of(Round(points)), scale, true
}

func clamp(share float64) float64 { return max(0, min(1, share)) }

// Extra returns the points of a deduction or bonus for a number of things counted: Each for each, at most Cap.
func Extra(extra *pack.SheetExtra, count measure.Value) measure.Value {
	number, known := count.Number()
	if !known {
		return count
	}
	return measure.Of(Round(max(0, min(extra.Cap, number*extra.Each))))
}

// Lowest returns what counts of points in several stages: the lowest, a missing one before any number. Stages that are not
// concerned are left aside; when all are, so is the item.
func Lowest(points []measure.Value) measure.Value {
	lowest, concerned := measure.InvalidBecause(indicator.NotConcerned), false
	for _, one := range points {
		if one.Equal(notConcerned) {
			continue
		}
		number, known := one.Number()
		if !known {
			return one
		}
		if least, some := lowest.Number(); !concerned || some && number < least {
			lowest = one
		}
		concerned = true
	}
	return lowest
}

// Scores are what counts of a unit, by name: points of items and of deductions and bonus, and whether a veto holds. What is not
// there is not known yet.
type Scores struct {
	Items  map[string]measure.Value
	Extras map[string]measure.Value
	Vetoes map[string]measure.Value // 1 holds, 0 does not
}

// Sheet is the result of a unit.
type Sheet struct {
	Parts     map[string]measure.Value // points of each section, before the scaling of Concerned
	Concerned float64                  // points of the items that concern the unit
	Items     measure.Value            // sum of the items, scaled up to the total when some do not concern the unit
	Deducted  measure.Value
	Added     measure.Value
	Total     measure.Value
	Vetoed    []string // names of the vetoes that hold
	Card      string   // "" when it cannot be told
	Levels    pack.SheetLevels
	Unknown   []string // names of items, extras and vetoes without which there is no result
}

// Sum adds up a sheet. An item that is unknown leaves the total unknown (无法评定): nothing is counted as nothing. A veto that holds
// gives its card whatever the total; the worst of several. Items that do not concern the unit (不涉及) are left out and the others
// are scaled up to the total.
func Sum(sheet *pack.Sheet, scores Scores, at Setting) Sheet {
	result := Sheet{Parts: map[string]measure.Value{}, Total: measure.Value{}}
	sum := 0.0
	for _, part := range sheet.Parts {
		own, known := 0.0, true
		for _, item := range part.Items {
			value, given := scores.Items[item.Name]
			if given && value.Equal(notConcerned) {
				continue
			}
			result.Concerned += item.Points
			number, some := value.Number()
			if !given || !some {
				known = false
				result.Unknown = append(result.Unknown, item.Name)
				continue
			}
			own += number
		}
		result.Parts[part.Name] = lacking(own, known)
		sum += own
	}
	whole := len(result.Unknown) == 0 && result.Concerned > 0
	if whole && result.Concerned < sheet.Total {
		sum = sum / result.Concerned * sheet.Total
	}
	result.Items = lacking(sum, whole)
	result.Deducted = result.extras(sheet.Deductions, scores)
	result.Added = result.extras(sheet.Bonus, scores)
	minus, someMinus := result.Deducted.Number()
	plus, somePlus := result.Added.Number()
	total := max(0, sum-minus+plus)
	result.Total = lacking(total, whole && someMinus && somePlus)
	result.card(sheet, scores, at)
	return result
}

// lacking returns points, or that they cannot be told.
func lacking(points float64, known bool) measure.Value {
	if !known {
		return measure.InvalidBecause(NotAsked)
	}
	return measure.Of(Round(points))
}

func (s *Sheet) extras(group *pack.SheetExtras, scores Scores) measure.Value {
	if group == nil {
		return measure.Of(0)
	}
	sum, whole := 0.0, true
	for _, extra := range group.Items {
		value, given := scores.Extras[extra.Name]
		if given && value.Equal(notConcerned) {
			continue
		}
		number, known := value.Number()
		if !given || !known {
			s.Unknown, whole = append(s.Unknown, extra.Name), false
		}
		sum += number
	}
	return lacking(min(group.Cap, sum), whole)
}

// card decides the card: a veto that holds before everything; else a veto that is not decided or a total that is not known leaves it
// open; else the best card whose level the total reaches.
func (s *Sheet) card(sheet *pack.Sheet, scores Scores, at Setting) {
	worst, open := -1, false
	for _, veto := range sheet.Vetoes {
		value, given := scores.Vetoes[veto.Name]
		holds, known := value.Number()
		switch {
		case given && value.Equal(notConcerned):
		case !given || !known:
			s.Unknown, open = append(s.Unknown, veto.Name), true
		case holds != 0:
			s.Vetoed = append(s.Vetoed, veto.Name)
			worst = max(worst, slices.IndexFunc(sheet.Cards, func(c *pack.SheetCard) bool { return c.Name == veto.Card }))
		}
	}
	levels, inForce := pack.ResolveLevels(sheet.Levels, at.On, at.Regions, at.Switches)
	s.Levels = levels
	total, known := s.Total.Number()
	switch {
	case worst >= 0:
		s.Card = sheet.Cards[worst].Name
	case open || !known || !inForce:
	default:
		s.Card = sheet.Cards[len(sheet.Cards)-1].Name
		for _, card := range sheet.Cards {
			if least, given := levels.Least[card.Name]; given && measure.Compare(total, least) >= 0 {
				s.Card = card.Name
				break
			}
		}
	}
}

// Normal returns the value of an indicator for a sheet: of a unit that is not counted, or of which the indicator says nothing, it is
// invalid(不涉及).
func Normal(value measure.Value, name string) measure.Value {
	if value.Equal(measure.InvalidBecause(indicator.NotCounted)) || value.Equal(measure.MissingFor(name)) {
		return notConcerned
	}
	return value
}
