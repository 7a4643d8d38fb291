package pack

import (
	"slices"
	"strings"

	"jiaoheng/measure"
	"jiaoheng/message"
	"jiaoheng/period"
	"jiaoheng/unit"
)

// Description is a pack for readers, in one language.
type Description struct {
	Pack       string                 `json:"pack"`
	Version    string                 `json:"version"`
	Name       string                 `json:"name"`
	About      string                 `json:"about"`
	Uses       []string               `json:"uses"`
	Extends    string                 `json:"extends,omitempty"`
	Documents  []DocumentDescription  `json:"documents"`
	Switches   []RuleDescription      `json:"switches"`
	Parameters []RuleDescription      `json:"parameters"`
	Registers  []RegisterDescription  `json:"registers"`
	Lifecycles []LifeDescription      `json:"lifecycles"`
	Letters    []LetterDescription    `json:"letters"`
	Quotas     []RuleDescription      `json:"quotas"`
	Calendars  []RuleDescription      `json:"calendars"`
	Scales     []RuleDescription      `json:"scales"`
	Sheets     []SheetDescription     `json:"sheets"`
	Profiles   []RuleDescription      `json:"profiles"`
	Indicators []IndicatorDescription `json:"indicators"`
	Standards  []RuleDescription      `json:"standards"`
}

// DocumentDescription is a document that a pack cites.
type DocumentDescription struct {
	Key    string `json:"key"`
	Name   string `json:"name"`
	By     string `json:"by"`
	Issued string `json:"issued"`
}

// RegisterDescription is a register with its columns.
type RegisterDescription struct {
	Name    string              `json:"name"`
	Title   string              `json:"title"`
	Of      string              `json:"of"`
	Every   string              `json:"every"`
	Lives   []string            `json:"lives,omitempty"` // how its rows live: number, heading, whole, subject, who sees them by name
	Columns []ColumnDescription `json:"columns"`
	Items   []ColumnDescription `json:"items"`
}

// ColumnDescription is a column or an item of a register.
type ColumnDescription struct {
	Name    string `json:"name"`
	Title   string `json:"title"`
	Type    string `json:"type"`
	Measure string `json:"measure"`
	Formula string `json:"formula,omitempty"`
	Need    string `json:"required,omitempty"`
}

// IndicatorDescription is an indicator.
type IndicatorDescription struct {
	Name    string            `json:"name"`
	Code    string            `json:"code"`
	Title   string            `json:"title"`
	Of      string            `json:"of"`
	Every   string            `json:"every"`
	Measure string            `json:"measure"`
	Formula string            `json:"formula"`
	Variant string            `json:"variant,omitempty"`
	Source  SourceDescription `json:"source"`
}

// RuleDescription is a switch, a parameter or a standard with its dated values.
type RuleDescription struct {
	Name   string             `json:"name"`
	Code   string             `json:"code,omitempty"`
	Title  string             `json:"title"`
	Rule   string             `json:"rule,omitempty"`
	Values []ValueDescription `json:"values"`
}

// ValueDescription is one dated value.
type ValueDescription struct {
	From   string            `json:"from"`
	Until  string            `json:"until,omitempty"`
	Region string            `json:"region,omitempty"`
	Switch string            `json:"switch,omitempty"`
	Value  string            `json:"value"`
	Source SourceDescription `json:"source"`
}

// SourceDescription says where a rule stands and how far it was compared.
type SourceDescription struct {
	Document string `json:"doc"`
	Clause   string `json:"clause"`
	Checked  string `json:"checked"`
	Note     string `json:"note,omitempty"`
}

// describer writes in one language.
type describer struct{ language message.Language }

// Describe returns a pack for readers; false for an unknown one.
func Describe(set *Set, name string, language message.Language) (*Description, bool) {
	p, known := set.Pack(name)
	if !known {
		return nil, false
	}
	d := describer{language}
	description := &Description{Pack: p.Name, Version: p.Version, Name: p.Title.In(language), About: p.About.In(language),
		Uses: append([]string{}, p.Uses...), Extends: p.Extends, Documents: []DocumentDescription{}, Switches: []RuleDescription{},
		Parameters: []RuleDescription{}, Registers: []RegisterDescription{}, Lifecycles: []LifeDescription{}, Letters: []LetterDescription{}, Quotas: []RuleDescription{},
		Calendars: []RuleDescription{}, Scales: []RuleDescription{}, Sheets: []SheetDescription{}, Profiles: []RuleDescription{}, Indicators: []IndicatorDescription{}, Standards: []RuleDescription{}}
	for _, document := range p.Documents {
		description.Documents = append(description.Documents, DocumentDescription{document.Key, document.Title.In(language), document.By, document.Issued.String()})
	}
	for _, w := range p.Switches {
		state := map[bool]string{true: "pack.doc.on", false: "pack.doc.off"}[w.Default]
		description.Switches = append(description.Switches, RuleDescription{Name: w.Name, Title: w.Title.In(language),
			Rule: message.Text(language, state, nil), Values: []ValueDescription{{Source: d.source(w.Source)}}})
	}
	for _, parameter := range p.Parameters {
		description.Parameters = append(description.Parameters, RuleDescription{Name: parameter.Name, Title: parameter.Title.In(language),
			Rule: parameter.Measure, Values: d.values(parameter.Values)})
	}
	for _, r := range p.Registers {
		description.Registers = append(description.Registers, d.register(r))
	}
	d.living(description, p, set.scopes[name])
	for _, i := range p.Indicators {
		description.Indicators = append(description.Indicators, d.indicator(i))
	}
	for _, standard := range p.Standards {
		description.Standards = append(description.Standards, d.standard(standard))
	}
	return description, true
}

func (d describer) say(key string, args message.Args) string {
	return message.Text(d.language, key, args)
}

func (d describer) source(s Source) SourceDescription {
	return SourceDescription{s.Document, s.Clause, string(s.Checked), s.Note.In(d.language)}
}

// several joins words with the sign of the language.
func (d describer) several(words []string) string {
	return strings.Join(words, d.say("pack.doc.and", nil))
}

func (d describer) kinds(kinds []unit.Kind, stages []unit.Stage) string {
	var all []string
	for _, k := range kinds {
		all = append(all, d.say("pack.unit."+string(k), nil))
	}
	text := d.several(all)
	if len(stages) == 0 {
		return text
	}
	all = nil
	for _, stage := range stages {
		all = append(all, d.say("unit.stage."+string(stage), nil))
	}
	return text + " (" + d.several(all) + ")"
}

func (d describer) every(kind period.Kind) string {
	for _, word := range everyWords {
		if everyKinds[word] == kind {
			return d.say("pack.every."+word, nil)
		}
	}
	return ""
}

func (d describer) measure(m measure.Measure) string { return m.Text(d.language) }

func (d describer) register(r *Register) RegisterDescription {
	described := RegisterDescription{Name: r.Name, Title: r.Title.In(d.language), Of: d.kinds(r.Of, r.Stages), Every: d.every(r.Every),
		Lives: d.lives(r), Columns: []ColumnDescription{}, Items: []ColumnDescription{}}
	for _, c := range r.Columns {
		if c.Kept {
			continue
		}
		column := ColumnDescription{Name: c.Name, Title: c.Title.In(d.language), Type: d.say("pack.type."+string(c.Type), nil)}
		if c.Type.Numeric() {
			column.Measure = d.measure(c.Measure)
		}
		switch {
		case c.Formula != nil:
			column.Formula = c.Formula.Text
		case c.Lookup != nil:
			column.Formula = d.say("pack.doc.lookup", message.Args{"table": c.Lookup.Table, "value": c.Lookup.Value})
		case c.Counts != nil:
			column.Formula = d.say("pack.doc.counts", message.Args{"register": c.Counts.Register, "same": d.several(c.Counts.Same), "months": c.Counts.Months.Text})
		case c.Required:
			column.Need = d.say("pack.doc.required", nil)
		}
		described.Columns = append(described.Columns, column)
	}
	for _, i := range r.Items {
		item := ColumnDescription{Name: i.Name, Title: i.Title.In(d.language), Type: d.say("pack.aggregate."+string(i.Kind), nil), Measure: d.measure(i.Measure)}
		if i.Of != nil {
			item.Formula = i.Of.Text
		}
		described.Items = append(described.Items, item)
	}
	return described
}

func (d describer) indicator(i *Indicator) IndicatorDescription {
	described := IndicatorDescription{Name: i.Name, Code: i.Code, Title: i.Title.In(d.language), Of: d.kinds(i.Of, i.Stages), Every: d.every(i.Every),
		Measure: d.measure(i.Measure), Variant: i.Variant.In(d.language), Source: d.source(i.Source)}
	switch {
	case i.Share != nil:
		described.Formula = d.say("pack.doc.share", message.Args{"item": i.Share.Item, "by": i.Share.By, "weight": i.Share.Weight})
	case i.Formula != nil:
		described.Formula = i.Formula.Text
	}
	if i.Nothing {
		described.Formula += d.say("pack.doc.nothing", nil)
	}
	if i.Cells != nil {
		described.Formula += d.say("pack.doc.cells", message.Args{"register": i.Cells.Register, "by": d.several(i.Cells.By)})
	}
	return described
}

func (d describer) standard(s *Standard) RuleDescription {
	described := RuleDescription{Name: s.Name, Code: s.Code, Title: s.Title.In(d.language), Values: d.values(s.Thresholds)}
	switch {
	case s.KofN != nil:
		described.Rule = d.say("pack.doc.k_of_n", message.Args{"names": d.several(s.KofN.Of)})
		for _, l := range s.KofN.Values {
			described.Values = append(described.Values, ValueDescription{From: l.From.String(), Until: l.Until.String(), Region: l.Region, Switch: l.Switch,
				Value: d.say("pack.doc.limits", message.Args{"count": l.AtLeast, "floor": plain(l.Floor)}), Source: d.source(l.Source)})
		}
	case s.All != nil:
		described.Rule = d.say("pack.doc.all", message.Args{"of": d.orNone(s.All.Of), "each": d.orNone(s.All.Each), "none": d.orNone(s.All.None)})
	default:
		described.Rule = d.say("pack.comparator."+string(s.Comparator), nil)
	}
	return described
}

func (d describer) orNone(names []string) string {
	if len(names) == 0 {
		return "–"
	}
	return d.several(names)
}

func (d describer) values(values []Dated) []ValueDescription {
	all := []ValueDescription{}
	for _, v := range values {
		var numbers []string
		if v.All != nil {
			numbers = append(numbers, plain(*v.All))
		}
		for _, stage := range unit.Stages() {
			if number, known := v.ByStage[stage]; known {
				numbers = append(numbers, d.say("unit.stage."+string(stage), nil)+" "+plain(number))
			}
		}
		all = append(all, ValueDescription{v.From.String(), v.Until.String(), v.Region, v.Switch, d.several(numbers), d.source(v.Source)})
	}
	return slices.Clip(all)
}
