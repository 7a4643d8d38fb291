package pack

import (
	"maps"
	"slices"

	"jiaoheng/expr"
	"jiaoheng/fault"
	"jiaoheng/measure"
	"jiaoheng/message"
	"jiaoheng/unit"
)

// sheet checks that points add up, that figures exist and fit who is appraised, and that every total has one card.
func (l *linker) sheet(s *Scope, sheet *Sheet) {
	l.source(s, sheet.Source)
	l.sheetParameter(s, sheet, sheet.Difference, "%")
	l.sheetParameter(s, sheet, sheet.Appeal, "天")
	names := map[string]fault.Place{}
	once := func(name string, place fault.Place) {
		if other, twice := names[name]; twice {
			l.fault(place, "pack.name_twice", message.Args{"name": name, "where": other.Text(message.Chinese)})
			return
		}
		names[name] = place
	}
	sum := 0.0
	for _, part := range sheet.Parts {
		once(part.Name, part.Place)
		sum += part.Points
		for _, item := range part.Items {
			once(item.Name, item.Place)
			l.sheetItem(s, sheet, item)
		}
	}
	if len(sheet.Parts) > 0 && !same(sum, sheet.Total) {
		l.fault(sheet.Place, "pack.sheet_sum", message.Args{"sum": plain(rounded(sum)), "total": plain(sheet.Total)})
	}
	for _, extra := range sheet.Extras() {
		once(extra.Name, extra.Place)
		l.source(s, extra.Source)
		l.sheetIndicator(s, sheet, extra.Place, extra.Indicator, expr.Numeric)
	}
	for _, veto := range sheet.Vetoes {
		once(veto.Name, veto.Place)
		l.source(s, veto.Source)
		l.sheetIndicator(s, sheet, veto.Place, veto.Indicator, expr.Logical)
		if sheet.Card(veto.Card) == nil && veto.Card != "" {
			l.unknown(veto.Place, "pack.unknown_card", veto.Card, cardNames(sheet))
		}
	}
	l.sheetCards(s, sheet)
}

func cardNames(sheet *Sheet) []string {
	names := make([]string, len(sheet.Cards))
	for k, card := range sheet.Cards {
		names[k] = card.Name
	}
	return names
}

// sheetParameter checks a parameter that a sheet names: it exists and is of the measure.
func (l *linker) sheetParameter(s *Scope, sheet *Sheet, name, wanted string) {
	if name == "" {
		return
	}
	parameter, known := s.parameters[name]
	if !known {
		l.unknown(sheet.Place, "pack.unknown_parameter", name, slices.Sorted(maps.Keys(s.parameters)))
		return
	}
	if parameter.Measure != wanted {
		l.named(sheet.Place, "pack.sheet_parameter", message.Args{"name": name, "measure": wanted})
	}
}

// sheetIndicator returns an indicator that a sheet names when units that are appraised have it, with a fault else.
func (l *linker) sheetIndicator(s *Scope, sheet *Sheet, place fault.Place, name string, wanted expr.Type) *Indicator {
	if name == "" {
		return nil
	}
	i, known := s.indicators[name]
	if !known {
		l.unknown(place, "pack.unknown_indicator", name, slices.Sorted(maps.Keys(s.indicators)))
		return nil
	}
	if !someReach(sheet.Of.Kinds(), i.Of) {
		l.named(place, "pack.sheet_reach", message.Args{"name": name, "of": string(sheet.Of)})
	}
	if logical := s.types[name] == expr.Logical; wanted != expr.Either && logical != (wanted == expr.Logical) {
		l.named(place, "pack.sheet_type", message.Args{"name": name, "logical": wanted == expr.Logical})
	}
	return i
}

func (l *linker) sheetItem(s *Scope, sheet *Sheet, item *SheetItem) {
	l.source(s, item.Source)
	a := item.Automatic
	if a == nil {
		return
	}
	i := l.sheetIndicator(s, sheet, a.Place, a.Indicator, expr.Either)
	if a.Figure != "" && !slices.Contains(Figures, a.Figure) {
		l.unknown(a.Place, "pack.unknown_figure", a.Figure, Figures)
	}
	percent, _ := measure.Parse("%")
	if i != nil && a.Kind == OfShare && (!i.Measure.SameDimension(percent) || i.Measure.Scale() != percent.Scale()) {
		l.named(a.Place, "pack.sheet_share", message.Args{"name": a.Indicator})
	}
	for _, stage := range a.Stages {
		if i == nil || !slices.Contains(i.Stages, stage) {
			l.fault(a.Place, "pack.sheet_stage", message.Args{"stage": string(stage)})
		}
	}
	for k, scale := range a.Scales {
		l.source(s, scale.Source)
		l.switchOf(s, scale.Switch, scale.Place)
		for _, step := range scale.Steps {
			if step.Points > item.Points {
				l.fault(scale.Place, "pack.scale_points", message.Args{"points": plain(step.Points), "most": plain(item.Points)})
				break
			}
		}
		if k > 0 {
			l.later(scale.Place, validity{scale.From, scale.Until, scale.Region, scale.Switch}, validityOfScales(a.Scales[:k]))
		}
	}
}

func validityOfScales(scales []Scale) []validity {
	all := make([]validity, len(scales))
	for k, s := range scales {
		all[k] = validity{s.From, s.Until, s.Region, s.Switch}
	}
	return all
}

// later checks that a dated value follows those before it: what was in force is never changed, only followed.
func (l *linker) later(place fault.Place, one validity, before []validity) {
	if one.from.IsZero() {
		return
	}
	if last := before[len(before)-1]; one.from.Before(last.from) {
		l.fault(place, "pack.date_order", message.Args{"date": one.from, "before": last.from})
	}
	for _, other := range before {
		if one.from == other.from && one.region == other.region && one.option == other.option {
			l.fault(place, "pack.value_twice", message.Args{"date": one.from, "where": place.Text(message.Chinese)})
			return
		}
	}
}

// sheetCards checks that a total leads to one card: a least total for each card but the last, falling.
func (l *linker) sheetCards(s *Scope, sheet *Sheet) {
	if len(sheet.Cards) == 1 {
		l.fault(sheet.Cards[0].Place, "pack.sheet_cards", nil)
	}
	colours := map[string]bool{}
	for _, card := range sheet.Cards {
		if colours[card.Colour] {
			l.fault(card.Place, "pack.card_colour", message.Args{"colour": card.Colour})
		}
		colours[card.Colour] = true
	}
	var before []validity
	for _, levels := range sheet.Levels {
		l.source(s, levels.Source)
		l.switchOf(s, levels.Switch, levels.Place)
		now := validity{levels.From, levels.Until, levels.Region, levels.Switch}
		if len(before) > 0 {
			l.later(levels.Place, now, before)
		}
		before = append(before, now)
		last, sound := sheet.Total+1, len(levels.Least) == max(0, len(sheet.Cards)-1)
		if sheet.Bonus != nil {
			last += sheet.Bonus.Cap
		}
		for k, card := range sheet.Cards {
			least, given := levels.Least[card.Name]
			if k == len(sheet.Cards)-1 {
				break
			}
			sound = sound && given && least < last && least > 0
			last = least
		}
		if !sound {
			l.fault(levels.Place, "pack.sheet_levels", nil)
		}
	}
}

// StagesOf returns the stages in which an automatic item is looked at in a unit; none for an indicator without stages.
func (a *Automatic) StagesOf(i *Indicator) []unit.Stage {
	if len(a.Stages) > 0 {
		return a.Stages
	}
	return i.Stages
}
