package pack

import (
	"maps"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"jiaoheng/lifecycle"
	"jiaoheng/message"
)

func (r *reader) readEvent(name string, at, value ast.Node) *lifecycle.Event {
	r.lifeName(at, name)
	o := r.entry(value, "event")
	if o == nil {
		return nil
	}
	event := &lifecycle.Event{Name: name, Title: o.title(), From: o.words("from"), To: o.text("to"), By: o.manyWho("by"), Asks: o.words("asks"),
		Takes: o.words("takes"), Note: o.flag("note"), Attach: o.whole("attach", 0, 1, MaxAttach), Gives: lifecycle.Gift(o.gift()),
		Extend: o.formula("extend"), Letter: o.text("letter"), Tell: o.who("tell"), Opens: o.opens("opens"), Bulk: o.flag("bulk"), Grave: o.flag("grave"),
		Place: r.place(at)}
	o.missing("from")
	for _, n := range o.list("guards") {
		if inner := r.entry(n, "guard"); inner != nil {
			event.Guards = append(event.Guards, inner.guard())
		}
	}
	for _, n := range o.list("set") {
		if inner := r.entry(n, "set"); inner != nil {
			event.Set = append(event.Set, lifecycle.Set{Column: inner.wanted("column"), To: inner.formula("to"), Today: inner.flag("today"),
				Option: inner.text("option"), Place: inner.here()})
			inner.exactlyOne("to", "today", "option")
		}
	}
	return event
}

// gift reads what an event gives away; nothing unless it is said.
func (o *object) gift() string {
	if !o.has("gives") {
		return string(lifecycle.GivesNothing)
	}
	return o.oneOf("gives", []string{string(lifecycle.GivesLead), string(lifecycle.GivesOwner)})
}

// guard reads one condition; words for people belong to one that must hold.
func (o *object) guard() lifecycle.Guard {
	guard := lifecycle.Guard{Second: o.words("second"), Holds: o.formula("holds"), Closed: o.text("closed"), Place: o.here()}
	o.exactlyOne("second", "holds", "closed")
	if o.has("holds") {
		guard.Say = Text{Chinese: o.wanted("say"), English: o.wanted("english")}
	} else if o.has("say") {
		o.fault(o.at["say"], "pack.say_without_holds", nil)
	}
	return guard
}

// opens reads the rows that an event or a deadline makes.
func (o *object) opens(key string) []lifecycle.Opens {
	var all []lifecycle.Opens
	for _, n := range o.list(key) {
		inner := o.entry(n, "opens")
		if inner == nil {
			continue
		}
		opens := lifecycle.Opens{Register: inner.wanted("register"), When: inner.formula("when"), Once: inner.flag("once"), Copy: inner.texts("copy"),
			Fill: inner.texts("fill"), Part: inner.flag("part"), Place: inner.here()}
		if inner.has("lead") {
			opens.Lead = inner.oneOf("lead", []string{lifecycle.LeadSame, lifecycle.LeadUnit})
		}
		if inner.has("unit") {
			opens.Unit = inner.oneOf("unit", []string{lifecycle.UnitLead})
		}
		for _, column := range slices.Sorted(maps.Keys(opens.Fill)) {
			if _, both := opens.Copy[column]; both {
				inner.fault(inner.at["fill"], "pack.copy_and_fill", message.Args{"name": column})
			}
		}
		all = append(all, opens)
	}
	return all
}

// texts reads a mapping of texts by names of columns.
func (o *object) texts(key string) map[string]string {
	all := map[string]string{}
	o.each(key, func(name string, _, value ast.Node) {
		if text := o.textOf(value); text != "" {
			all[strings.TrimSpace(name)] = text
		}
	})
	return all
}
