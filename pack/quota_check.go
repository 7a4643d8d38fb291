package pack

import (
	"maps"
	"slices"

	"jiaoheng/expr"
	"jiaoheng/fault"
	"jiaoheng/measure"
	"jiaoheng/message"
)

// quota checks who is bound, what counts, from when how much, and what is drawn for a check.
func (l *linker) quota(s *Scope, q *Quota) {
	l.source(s, q.Source)
	if people := l.registerOf(s, q.Place, q.People.Register); people != nil {
		l.columnOf(people, q.Place, q.People.Person, Line)
		if post := l.columnOf(people, q.Place, q.People.Post, Choice); post != nil {
			l.quotaPosts(q, post)
		}
		l.formula(q.People.Where, s.RowItems(people), expr.Wanted{Type: expr.Logical})
	}
	l.quotaValues(s, q)
	done := l.registerOf(s, q.Of.Place, q.Register)
	if done == nil {
		return
	}
	l.columnOf(done, q.Of.Place, q.Person, Line)
	if m, err := measure.Parse(q.Measure); err == nil {
		l.aggregate(done, &q.Of, s.RowItems(done), &m)
	}
	if q.Truth == nil {
		return
	}
	l.formula(q.Truth.Share, s.constants(), expr.Wanted{Type: expr.Numeric})
	l.formula(q.Truth.Least, s.constants(), expr.Wanted{Type: expr.Numeric})
	switch {
	case !done.Living():
		l.named(q.Truth.Place, "pack.truth_living", message.Args{"name": q.Truth.Event, "register": done.Name})
	case done.EventOf(q.Truth.Event) == nil:
		var names []string
		for _, event := range done.Life.Events {
			names = append(names, event.Name)
		}
		l.unknown(q.Truth.Place, "pack.unknown_event", q.Truth.Event, names)
	}
}

// registerOf returns the register of the name, or nil with a fault.
func (l *linker) registerOf(s *Scope, place fault.Place, name string) *Register {
	r, known := s.registers[name]
	if !known && name != "" {
		l.unknown(place, "pack.unknown_register", name, slices.Sorted(maps.Keys(s.registers)))
	}
	return r
}

// columnOf returns the column of the name when it is of the type, or nil with a fault.
func (l *linker) columnOf(r *Register, place fault.Place, name string, kind ColumnType) *Column {
	c := r.column(name)
	switch {
	case name == "":
		return nil
	case c == nil:
		l.unknown(place, "pack.unknown_column_near", name, columnNames(r))
		return nil
	case c.Type != kind || c.Kept:
		l.named(place, "pack.column_of_type", message.Args{"name": name, "type": string(kind)})
		return nil
	}
	return c
}

// quotaPosts checks that values are given for options of the post.
func (l *linker) quotaPosts(q *Quota, post *Column) {
	for _, value := range q.Values {
		for _, name := range slices.Sorted(maps.Keys(value.Least)) {
			if !post.option(name) {
				l.fault(value.Place, "pack.unknown_option", message.Args{"name": name, "near": near(name, optionNames(post))})
			}
		}
	}
}

// quotaValues checks sources and the order of dates: what a quota was is never changed, only followed.
func (l *linker) quotaValues(s *Scope, q *Quota) {
	for i, value := range q.Values {
		l.source(s, value.Source)
		if i == 0 || value.From.IsZero() {
			continue
		}
		if before := q.Values[i-1]; value.From.Before(before.From) {
			l.fault(value.Place, "pack.date_order", message.Args{"date": value.From, "before": before.From})
		}
		for _, other := range q.Values[:i] {
			if value.From == other.From && value.Region == other.Region {
				l.fault(value.Place, "pack.value_twice", message.Args{"date": value.From, "where": other.Place.Text(message.Chinese)})
				break
			}
		}
	}
}
