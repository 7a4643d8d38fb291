package pack

import (
	"maps"
	"slices"

	"jiaoheng/expr"
	"jiaoheng/fault"
	"jiaoheng/message"
)

func (l *linker) standard(s *Scope, d *Standard) {
	l.source(s, d.Source)
	if _, known := s.populations[d.Population]; !known && d.Population != "" {
		l.unknown(d.Place, "pack.unknown_population", d.Population, slices.Sorted(maps.Keys(s.populations)))
	}
	indicator, known := s.indicators[d.Name]
	switch {
	case d.Comparator != "" && !known:
		l.unknown(d.Place, "pack.unknown_indicator", d.Name, slices.Sorted(maps.Keys(s.indicators)))
	case d.Comparator != "":
		l.threshold(s, d, indicator)
	case known:
		l.fault(d.Place, "pack.name_of_indicator", message.Args{"name": d.Name})
	}
	if d.KofN != nil {
		l.kOfN(s, d)
	}
	if d.All != nil {
		for _, names := range [][]string{d.All.Of, d.All.Each, d.All.None} {
			l.knownStandards(s, d.All.Place, names)
		}
	}
}

// standardCircles reports standards of a pack that ask for each other.
func (l *linker) standardCircles(p *Pack, s *Scope) {
	var names []string
	for _, d := range p.Standards {
		names = append(names, d.Name)
	}
	for _, circle := range circles(names, s.asked) {
		l.fault(s.standards[circle[0]].Place, "pack.standard_circle", message.Args{"names": arrows(circle)})
	}
}

// asked returns the standards that a standard asks for.
func (s *Scope) asked(name string) []string {
	d := s.standards[name]
	if d == nil || d.All == nil {
		return nil
	}
	return slices.Concat(d.All.Of, d.All.Each, d.All.None)
}

// threshold checks that the thresholds fit what the indicator gives and cover its stages, and fills in how a shortfall is told.
func (l *linker) threshold(s *Scope, d *Standard, i *Indicator) {
	d.Of, d.Stages, d.Population = i.Of, i.Stages, i.Population
	if d.Title.Chinese == "" {
		d.Title = i.Title
	}
	if d.Code == "" {
		d.Code = i.Code
	}
	l.dated(s, d.Thresholds)
	gives := s.types[i.Name]
	switch {
	case d.Comparator == Holds && gives == expr.Numeric:
		l.fault(d.Place, "pack.holds_number", message.Args{"name": d.Name})
	case d.Comparator != Holds && gives == expr.Logical:
		l.fault(d.Place, "pack.threshold_condition", message.Args{"name": d.Name})
	case d.Comparator != Holds:
		l.covers(d.Thresholds, i.Stages, d.Place, d.Name)
		for _, t := range d.Thresholds {
			for stage := range t.ByStage {
				if len(i.Stages) > 0 && !slices.Contains(i.Stages, stage) {
					l.fault(t.Place, "pack.stage_unknown", message.Args{"stage": string(stage), "name": d.Name})
				}
			}
			if len(i.Stages) == 0 && t.All == nil && len(t.ByStage) > 0 {
				l.fault(t.Place, "pack.all_wanted", message.Args{"name": d.Name})
			}
		}
	}
	if _, known := s.parameters[d.Shortfall.Cost]; !known && d.Shortfall.Cost != "" {
		l.unknown(d.Place, "pack.unknown_parameter", d.Shortfall.Cost, slices.Sorted(maps.Keys(s.parameters)))
	}
}

func (l *linker) kOfN(s *Scope, d *Standard) {
	l.knownStandards(s, d.KofN.Place, d.KofN.Of)
	for _, name := range d.KofN.Of {
		if member := s.standards[name]; member != nil && (member.Comparator == "" || member.Comparator == Holds) {
			l.named(d.KofN.Place, "pack.k_of_n_member", message.Args{"name": name})
		}
		if i := s.indicators[name]; i != nil && len(i.Stages) > 0 && len(d.Stages) == 0 {
			l.named(d.KofN.Place, "pack.k_of_n_stages", message.Args{"name": name, "stages": joined(i.Stages)})
		}
	}
	for i, limits := range d.KofN.Values {
		l.source(s, limits.Source)
		l.switchOf(s, limits.Switch, limits.Place)
		if i > 0 && limits.From.Before(d.KofN.Values[i-1].From) {
			l.fault(limits.Place, "pack.date_order", message.Args{"date": limits.From, "before": d.KofN.Values[i-1].From})
		}
	}
}

func (l *linker) knownStandards(s *Scope, place fault.Place, names []string) {
	for _, name := range names {
		if _, known := s.standards[name]; !known {
			l.unknown(place, "pack.unknown_standard", name, slices.Sorted(maps.Keys(s.standards)))
		}
	}
}
