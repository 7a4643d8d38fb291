package pack

import (
	"fmt"
	"strings"

	"jiaoheng/message"
)

// Text returns the description as lines for people.
func (p *Description) Text(language message.Language) string {
	w := &writer{describer: describer{language}}
	w.line(0, p.Pack, p.Version, p.Name)
	w.line(0, p.About)
	if len(p.Uses) > 0 {
		w.line(0, w.say("pack.doc.uses", message.Args{"names": w.several(p.Uses)}))
	}
	if p.Extends != "" {
		w.line(0, w.say("pack.doc.extends", message.Args{"name": p.Extends}))
	}
	w.head("pack.doc.documents", len(p.Documents))
	for _, d := range p.Documents {
		w.line(1, d.Key, d.Name, d.By, d.Issued)
	}
	w.rules("pack.doc.switches", p.Switches)
	w.rules("pack.doc.parameters", p.Parameters)
	w.head("pack.doc.registers", len(p.Registers))
	for _, r := range p.Registers {
		w.line(1, r.Name, r.Title, r.Of, r.Every)
		w.line(2, r.Lives...)
		for _, c := range append(r.Columns, r.Items...) {
			w.line(2, c.Name, c.Title, c.Type, c.Measure, c.Need, c.Formula)
		}
	}
	w.lifecycles(p.Lifecycles)
	w.letters(p.Letters)
	w.rules("pack.doc.quotas", p.Quotas)
	w.rules("pack.doc.calendars", p.Calendars)
	w.rules("pack.doc.scales", p.Scales)
	w.sheets(p.Sheets)
	w.rules("pack.doc.profiles", p.Profiles)
	w.head("pack.doc.indicators", len(p.Indicators))
	for _, i := range p.Indicators {
		w.line(1, i.Code, i.Name, i.Title, i.Measure, i.Of, i.Every)
		w.line(2, w.say("pack.doc.formula", message.Args{"formula": i.Formula}))
		w.line(2, i.Variant)
		w.source(2, i.Source)
	}
	w.rules("pack.doc.standards", p.Standards)
	return w.out.String()
}

// writer writes lines with two blanks between their parts.
type writer struct {
	describer
	out strings.Builder
}

// line writes the parts that are not empty.
func (w *writer) line(depth int, parts ...string) {
	var given []string
	for _, part := range parts {
		if part != "" {
			given = append(given, strings.ReplaceAll(part, "\n", " "))
		}
	}
	if len(given) > 0 {
		fmt.Fprintf(&w.out, "%s%s\n", strings.Repeat("  ", depth), strings.Join(given, "  "))
	}
}

func (w *writer) head(key string, count int) {
	if count > 0 {
		w.line(0, "")
		fmt.Fprintf(&w.out, "\n%s\n", w.say(key, message.Args{"count": count}))
	}
}

func (w *writer) rules(key string, rules []RuleDescription) {
	w.head(key, len(rules))
	for _, r := range rules {
		w.rule(1, r)
	}
}

// rule writes a rule with its dated values.
func (w *writer) rule(depth int, r RuleDescription) {
	w.line(depth, r.Code, r.Name, r.Title, r.Rule)
	for _, v := range r.Values {
		from, until, region, option := "", "", "", ""
		if v.From != "" {
			from = w.say("pack.doc.from", message.Args{"date": v.From})
		}
		if v.Until != "" {
			until = w.say("pack.doc.until", message.Args{"date": v.Until})
		}
		if v.Region != "" {
			region = w.say("pack.doc.region", message.Args{"code": v.Region})
		}
		if v.Switch != "" {
			option = w.say("pack.doc.switch", message.Args{"name": v.Switch})
		}
		w.line(depth+1, from, until, region, option, v.Value)
		w.source(depth+2, v.Source)
	}
}

// source writes document, clause and how far it was compared. What is uncertain is always told.
func (w *writer) source(depth int, s SourceDescription) {
	if s.Document == "" {
		return
	}
	w.line(depth, s.Document, s.Clause, w.say("pack.checked."+s.Checked, nil), s.Note)
}
