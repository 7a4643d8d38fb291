package unit

import (
	"slices"
	"strings"
	"unicode/utf8"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/period"
)

// The fields of an event as faults name them.
const (
	FieldEventKind     = "kind"
	FieldEventOn       = "on"
	FieldEventFrom     = "from"
	FieldEventInto     = "into"
	FieldEventName     = "name"
	FieldEventParent   = "parent"
	FieldEventStages   = "stages"
	FieldEventCode     = "code"
	FieldEventDocument = "document"
	FieldEventReason   = "reason"
)

// checker collects what is wrong with one event.
type checker struct {
	*History
	Event
	faults fault.List
}

func (c *checker) bad(field, code string, args message.Args) {
	c.faults.Add(fault.At(fault.Place{Column: field}, code, args))
}

// check returns every reason why the event cannot be, save those that depend on what it changes.
func (h *History) check(e Event) fault.List {
	c := &checker{History: h, Event: e}
	if n := utf8.RuneCountInString(e.Document); n > MaxDocument {
		c.bad(FieldEventDocument, "unit.event_document_long", message.Args{"length": n, "limit": MaxDocument})
	}
	if n := utf8.RuneCountInString(e.Reason); n > MaxEventReason {
		c.bad(FieldEventReason, "unit.event_reason_long", message.Args{"length": n, "limit": MaxEventReason})
	}
	if !slices.Contains(EventKinds(), e.Kind) {
		c.bad(FieldEventKind, "unit.event_kind_unknown", message.Args{"text": string(e.Kind)})
		return c.faults
	}
	if !e.On.Valid() {
		c.bad(FieldEventOn, "unit.event_no_date", nil)
		return c.faults
	}
	c.from()
	switch e.Kind {
	case Open:
		c.open()
	case Close:
		c.nothingBelow()
	case Merge:
		c.merge()
	case Split:
		c.split()
	case Rename:
		c.rename()
	case Move:
		c.move()
	case Restage:
		c.restage()
	}
	return c.faults
}

// from checks the units to which it happens: known, whole units, named once, open before the day.
func (c *checker) from() {
	if c.Kind == Open {
		return
	}
	limit := MaxEventUnits
	if c.Kind == Split || c.Kind == Rename || c.Kind == Restage {
		limit = 1
	}
	if len(c.From) == 0 {
		c.bad(FieldEventFrom, "unit.event_from_missing", nil)
	}
	if len(c.From) > limit {
		c.bad(FieldEventFrom, "unit.event_from_many", message.Args{"count": len(c.From), "limit": limit})
	}
	for i, code := range c.From {
		u, ok := c.whole(FieldEventFrom, code)
		if slices.Contains(c.From[:i], code) {
			c.bad(FieldEventFrom, "unit.event_twice", message.Args{"code": code, "name": u.Name})
			continue
		}
		if ok {
			c.openBefore(u)
		}
	}
}

// whole finds a unit that is no section.
func (c *checker) whole(field, code string) (Unit, bool) {
	u, known := c.History.On(code, c.Event.On)
	if !known {
		c.bad(field, "unit.event_unit_unknown", message.Args{"code": code})
		return u, false
	}
	if u.Kind == Section {
		c.bad(field, "unit.event_section", message.Args{"code": code})
		return u, false
	}
	return u, true
}

func (c *checker) openBefore(u Unit) {
	switch {
	case !u.Closed.IsZero() && !c.Event.On.Before(u.Closed):
		c.bad(FieldEventFrom, "unit.event_unit_closed", message.Args{"name": u.Name, "date": u.Closed})
	case !u.Opened.IsZero() && !u.Opened.Before(c.Event.On):
		c.bad(FieldEventOn, "unit.event_before_opening", message.Args{"name": u.Name, "date": u.Opened})
	}
}

// into finds a unit that must be open on the day.
func (c *checker) into(field, code string) (Unit, bool) {
	u, ok := c.whole(field, code)
	if ok && !u.OpenOn(c.Event.On) {
		c.bad(field, "unit.event_into_not_open", message.Args{"name": u.Name, "date": c.Event.On})
		return u, false
	}
	return u, ok
}

func (c *checker) nothingBelow() {
	for _, code := range c.From {
		if n := c.below(code); n > 0 {
			u, _ := c.History.On(code, c.Event.On)
			c.bad(FieldEventFrom, "unit.event_below", message.Args{"name": u.Name, "count": n})
		}
	}
}

// below counts the units that stand directly below on the day, without sections and without those that end too.
func (c *checker) below(code string) int {
	n := 0
	for _, other := range c.childrenOf(c.units[code]) {
		if c.units[other].OpenOn(c.Event.On) && !slices.Contains(c.From, other) {
			n++
		}
	}
	return n
}

// childrenOf returns the units that stand directly below a unit after every event, without sections.
func (h *History) childrenOf(u Unit) []string {
	if regionRank[u.Kind] == 0 || u.Kind == School || u.Kind == Section {
		return nil
	}
	var children []string
	for _, code := range h.codes {
		if child := h.units[code]; child.Parent == u.Code && child.Kind != Section {
			children = append(children, code)
		}
	}
	return children
}

func (c *checker) merge() {
	if len(c.Into) != 1 {
		c.bad(FieldEventInto, "unit.event_into_one", message.Args{"count": len(c.Into)})
		return
	}
	into := c.Into[0]
	if slices.Contains(c.From, into) {
		u, _ := c.History.On(into, c.Event.On)
		c.bad(FieldEventInto, "unit.event_into_itself", message.Args{"name": u.Name})
		return
	}
	u, ok := c.into(FieldEventInto, into)
	if !ok {
		return
	}
	for _, code := range c.From {
		from, known := c.History.On(code, c.Event.On)
		if known && from.Kind != u.Kind {
			c.bad(FieldEventInto, "unit.event_other_kind", message.Args{"from": from.Name, "into": u.Name})
		}
		if c.standsBelow(into, code) {
			c.bad(FieldEventInto, "unit.event_circle", message.Args{"from": from.Name, "into": u.Name})
		}
	}
}

// standsBelow tells whether the unit stands somewhere below above on the day. It ends on circles too.
func (c *checker) standsBelow(code, above string) bool {
	for range len(c.codes) {
		u, known := c.History.On(code, c.Event.On)
		if !known || u.Parent == "" {
			return false
		}
		if u.Parent == above {
			return true
		}
		code = u.Parent
	}
	return false
}

func (c *checker) split() {
	if len(c.Into) < 2 {
		c.bad(FieldEventInto, "unit.event_parts_few", message.Args{"count": len(c.Into)})
	}
	if len(c.Into) > MaxEventUnits {
		c.bad(FieldEventInto, "unit.event_from_many", message.Args{"count": len(c.Into), "limit": MaxEventUnits})
	}
	if len(c.From) != 1 {
		return
	}
	if !slices.Contains(c.Into, c.From[0]) {
		c.nothingBelow()
	}
	from, _ := c.History.On(c.From[0], c.Event.On)
	for i, code := range c.Into {
		if slices.Contains(c.Into[:i], code) {
			c.bad(FieldEventInto, "unit.event_twice", message.Args{"code": code, "name": c.units[code].Name})
			continue
		}
		if code == c.From[0] {
			continue
		}
		u, ok := c.whole(FieldEventInto, code)
		if !ok {
			continue
		}
		if !u.Opened.IsZero() && u.Opened != c.Event.On || !u.Closed.IsZero() {
			c.bad(FieldEventInto, "unit.event_part_not_new", message.Args{"name": u.Name, "date": c.Event.On})
		}
		if u.Kind != from.Kind {
			c.bad(FieldEventInto, "unit.event_other_kind", message.Args{"from": from.Name, "into": u.Name})
		}
	}
}

func (c *checker) rename() {
	name := strings.TrimSpace(c.Name)
	switch n := utf8.RuneCountInString(name); {
	case n == 0:
		c.bad(FieldEventName, "unit.name_missing", nil)
		return
	case n > MaxNameLength:
		c.bad(FieldEventName, "unit.name_too_long", message.Args{"length": n, "limit": MaxNameLength})
		return
	}
	if len(c.From) != 1 {
		return
	}
	u, known := c.History.On(c.From[0], c.Event.On)
	if !known {
		return
	}
	if u.Name == name {
		c.bad(FieldEventName, "unit.event_same_name", message.Args{"name": name})
		return
	}
	c.nameFree(u, name)
}

// nameFree finds another unit of the county that goes by the name on the day.
func (c *checker) nameFree(u Unit, name string) {
	county := ""
	for _, code := range c.codes {
		if c.units[code].Name != name && len(c.past[code]) == 0 {
			continue
		}
		other, _ := c.History.On(code, c.Event.On)
		if code == u.Code || other.Name != name || other.Kind == Section || !other.OpenOn(c.Event.On) {
			continue
		}
		if county == "" {
			county = c.county(u)
		}
		if c.county(other) == county {
			c.bad(FieldEventName, "unit.event_name_taken", message.Args{"name": name, "code": code})
			return
		}
	}
}

// county returns the code of the county above a unit on the day, or of the highest unit where there is none.
func (c *checker) county(u Unit) string {
	for range len(c.codes) + 1 {
		if u.Kind == County || u.Parent == "" {
			return u.Code
		}
		above, known := c.History.On(u.Parent, c.Event.On)
		if !known {
			return u.Parent
		}
		u = above
	}
	return u.Code
}

func (c *checker) move() {
	above, ok := c.into(FieldEventParent, c.Parent)
	if !ok {
		return
	}
	for _, code := range c.From {
		u, known := c.History.On(code, c.Event.On)
		switch {
		case !known:
		case u.Parent == c.Parent:
			c.bad(FieldEventParent, "unit.event_same_parent", message.Args{"name": u.Name, "parent": above.Name})
		case code == c.Parent || c.standsBelow(c.Parent, code):
			c.bad(FieldEventParent, "unit.event_circle", message.Args{"from": u.Name, "into": above.Name})
		case !mayHold(above.Kind, u.Kind):
			c.bad(FieldEventParent, "unit.parent_lower", message.Args{"code": c.Parent})
		}
	}
}

// mayHold tells whether units of the kind below may stand under one of the kind above.
func mayHold(above, below Kind) bool {
	rank := regionRank[above]
	return rank != 0 && above != School && above != Section && (regionRank[below] == 0 || rank < regionRank[below])
}

func (c *checker) restage() {
	if len(c.Stages) == 0 {
		c.bad(FieldEventStages, "unit.stages_missing", nil)
	}
	for _, stage := range c.Stages {
		if !slices.Contains(Stages(), stage) {
			c.bad(FieldEventStages, "unit.stage_unknown", message.Args{"text": string(stage)})
		}
	}
	if len(c.From) != 1 {
		return
	}
	if u, known := c.History.On(c.From[0], c.Event.On); known && u.Kind != School {
		c.bad(FieldEventFrom, "unit.event_no_school", message.Args{"name": u.Name})
	} else if known && slices.Equal(u.Stages, union(c.Stages, nil)) {
		c.bad(FieldEventStages, "unit.event_same_stages", message.Args{"name": u.Name})
	}
}

// open checks new units like rows of an import, and known ones for a day of opening of their own.
func (c *checker) open() {
	if len(c.New)+len(c.Into) == 0 {
		c.bad(FieldEventInto, "unit.event_into_missing", nil)
	}
	for i, u := range c.New {
		checkName(u.Name, c.bad)
		checkCode(u, c.bad)
		if _, taken := c.units[u.Code]; taken || slices.ContainsFunc(c.New[:i], func(o Unit) bool { return o.Code == u.Code }) {
			c.bad(FieldEventCode, "unit.code_taken", message.Args{"code": u.Code, "name": u.Name})
		}
		if !slices.Contains(Kinds(), u.Kind) || u.Kind == Section {
			c.bad(FieldEventKind, "unit.kind_unknown", message.Args{"text": string(u.Kind)})
		}
		if u.Kind == School && len(u.Stages) == 0 {
			c.bad(FieldEventStages, "unit.stages_missing", nil)
		}
		if above, ok := c.into(FieldEventParent, u.Parent); ok {
			if !mayHold(above.Kind, u.Kind) {
				c.bad(FieldEventParent, "unit.parent_lower", message.Args{"code": u.Parent})
			}
			c.nameFree(u, u.Name)
		}
	}
	for _, code := range c.Into {
		if u, ok := c.whole(FieldEventInto, code); ok && !u.Opened.IsZero() && u.Opened != c.Event.On {
			c.bad(FieldEventInto, "unit.event_opened_other", message.Args{"name": u.Name, "date": u.Opened})
		}
	}
}

// checkOrder finds units among those that the event changes for which a later event stands already: its states before would be
// untrue. The order of one day is that of recording.
func (h *History) checkOrder(e Event, touched []string) fault.List {
	var faults fault.List
	told := map[period.Date]bool{}
	for _, code := range touched {
		latest := h.born[code]
		if past := h.past[code]; len(past) > 0 {
			latest = past[len(past)-1].until
		}
		if !latest.IsZero() && e.On.Before(latest) && !told[latest] {
			told[latest] = true
			faults.Add(fault.At(fault.Place{Column: FieldEventOn}, "unit.event_later_stands", message.Args{"name": h.units[code].Name, "date": latest}))
		}
	}
	return faults
}
