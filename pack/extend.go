package pack

import (
	"maps"
	"slices"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// extend appends the dated values of a local pack to those of the pack that it extends. Each must say for which region it
// counts, and nothing else may change: the official values stay.
func (l *linker) extend(p *Pack) {
	base := l.set.scopes[p.Extends]
	e := l.drafts[p.Name].extension
	if base == nil || e == nil {
		return
	}
	documents := newScope(nil, append(slices.Clone(base.Packs), p))
	for _, name := range slices.Sorted(maps.Keys(e.parameters)) {
		values, place := e.parameters[name], e.places["parameters."+name]
		parameter, known := base.Parameter(name)
		if !known {
			l.unknown(place, "pack.unknown_parameter", name, slices.Sorted(maps.Keys(base.parameters)))
			continue
		}
		l.regional(values)
		l.dated(documents, values)
		parameter.Values = inOrder(append(slices.Clone(parameter.Values), values...))
	}
	for _, name := range slices.Sorted(maps.Keys(e.standards)) {
		added, place := e.standards[name], e.places["standards."+name]
		standard, known := base.Standard(name)
		switch {
		case !known:
			l.unknown(place, "pack.unknown_standard", name, slices.Sorted(maps.Keys(base.standards)))
			continue
		case standard.Comparator != added.comparator:
			l.fault(place, "pack.other_comparator", message.Args{"name": name, "declared": standard.Comparator, "given": added.comparator})
			continue
		}
		l.regional(added.values)
		l.dated(documents, added.values)
		standard.Thresholds = inOrder(append(slices.Clone(standard.Thresholds), added.values...))
	}
}

// regional asks every value for its region.
func (l *linker) regional(values []Dated) {
	for _, d := range values {
		if d.Region == "" {
			l.fault(d.Place, "pack.region_missing", nil)
		}
	}
}

func inOrder(values []Dated) []Dated {
	slices.SortStableFunc(values, func(a, b Dated) int {
		switch {
		case a.From.Before(b.From):
			return -1
		case b.From.Before(a.From):
			return 1
		}
		return 0
	})
	return values
}

// dated checks the documents and switches that values name and the order of their dates.
func (l *linker) dated(s *Scope, values []Dated) {
	for i, d := range values {
		l.source(s, d.Source)
		l.switchOf(s, d.Switch, d.Place)
		if i > 0 && d.From.Before(values[i-1].From) && !d.From.IsZero() {
			l.fault(d.Place, "pack.date_order", message.Args{"date": d.From, "before": values[i-1].From})
		}
		for _, other := range values[:i] {
			if !d.From.IsZero() && d.From == other.From && d.Region == other.Region && d.Switch == other.Switch && overlap(d, other) {
				l.fault(d.Place, "pack.value_twice", message.Args{"date": d.From, "where": other.Place.Text(message.Chinese)})
				break
			}
		}
	}
}

// overlap tells whether two values say something of one stage.
func overlap(a, b Dated) bool {
	if a.All != nil || b.All != nil || len(a.ByStage) == 0 && len(b.ByStage) == 0 {
		return true
	}
	for stage := range a.ByStage {
		if _, both := b.ByStage[stage]; both {
			return true
		}
	}
	return false
}

func (l *linker) switchOf(s *Scope, name string, place fault.Place) {
	if _, known := s.switches[name]; !known && name != "" {
		l.unknown(place, "pack.unknown_switch", name, slices.Sorted(maps.Keys(s.switches)))
	}
}

// source checks that the document exists, when a source is given at all.
func (l *linker) source(s *Scope, source Source) {
	if _, known := s.documents[source.Document]; !known && source.Document != "" {
		l.unknown(source.Place, "pack.unknown_document", source.Document, slices.Sorted(maps.Keys(s.documents)))
	}
}
