package pack

import (
	"slices"

	"github.com/goccy/go-yaml/ast"

	"jiaoheng/measure"
	"jiaoheng/message"
	"jiaoheng/period"
)

// everyWords are the periods of registers and indicators as packs write them; none is 0.
var everyWords = []string{"school_year", "year", "term", "month", "none"}

var everyKinds = map[string]period.Kind{"school_year": period.SchoolYear, "year": period.Year, "term": period.Term, "month": period.Month, "none": 0}

// every reads a period that must be given.
func (o *object) every(allowed []string) period.Kind {
	if o.missing("every") {
		return 0
	}
	return everyKinds[o.oneOf("every", allowed)]
}

func (r *reader) readRegister(p *Pack, name string, at, value ast.Node) {
	r.name(at, name, plainName)
	o := r.entry(value, "register")
	if o == nil {
		return
	}
	register := &Register{Name: name, Pack: p.Name, Title: o.title(), Of: o.kinds("of"), Stages: o.stages("stages"),
		Every: o.every(everyWords), Key: o.words("key"), Optional: o.flag("optional"), Heading: o.text("heading"), PartOf: o.text("part_of"),
		Subject: o.text("subject"), Names: o.who("names"), Example: o.text("example"), Source: o.source(true), Place: r.place(at)}
	if n := o.get("serial"); n != nil {
		if inner := r.entry(n, "serial"); inner != nil {
			register.Serial = &Serial{Column: inner.wanted("column"), Form: inner.wanted("form"), Place: inner.here()}
		}
	}
	o.missing("of")
	o.missing("columns")
	o.each("columns", func(name string, at, value ast.Node) { r.readColumn(register, name, at, value) })
	for _, n := range o.list("checks") {
		r.readCheck(register, n)
	}
	o.each("items", func(name string, at, value ast.Node) { r.readItem(register, name, at, value) })
	p.Registers = append(p.Registers, register)
}

var columnTypes = []string{string(Count), string(Number), string(Money), string(Percent), string(Flag), string(Choice), string(Date), string(Line)}

func (r *reader) readColumn(register *Register, name string, at, value ast.Node) {
	r.name(at, name, plainName)
	o := r.entry(value, "column")
	if o == nil {
		return
	}
	c := &Column{Name: name, Title: o.title(), Required: o.flag("required"), Personal: o.flag("personal"), Attach: o.flag("attach"),
		Help: Text{Chinese: o.text("help"), English: o.text("help_english")}, Was: o.words("was"), Least: o.number("least"), Most: o.number("most"),
		Formula: o.formula("formula"), Default: o.text("default"), Locked: o.flag("locked"), Source: o.source(false), Place: r.place(at)}
	if (c.Help.Chinese == "") != (c.Help.English == "") {
		o.fault(o.node, "pack.both_languages", message.Args{"key": "help"})
	}
	if !o.missing("type") {
		c.Type = ColumnType(o.oneOf("type", columnTypes))
	}
	o.readMeasure(c)
	c.Length = o.whole("length", 0, 1, MaxText)
	o.each("choices", func(name string, at, value ast.Node) {
		r.name(at, name, plainName)
		if inner := r.entry(value, "choice"); inner != nil {
			c.Choices = append(c.Choices, Option{Name: name, Title: inner.title(), Place: r.place(at)})
		}
	})
	if n := o.get("lookup"); n != nil {
		if inner := r.entry(n, "lookup"); inner != nil {
			c.Lookup = &Lookup{Table: inner.wanted("table"), Value: inner.wanted("value"), Place: inner.here()}
		}
	}
	if n := o.get("counts"); n != nil {
		if inner := r.entry(n, "counts"); inner != nil {
			c.Counts = &Counts{Register: inner.wanted("register"), Same: inner.words("same"), Dated: inner.wanted("dated"), Months: inner.formula("months"),
				Where: inner.formula("where"), Place: inner.here()}
			inner.missing("same")
			inner.missing("months")
		}
	}
	o.checkColumn(c)
	register.Columns = append(register.Columns, c)
}

// readMeasure reads the measure of a column; money is in 元 and percentages in % unless said.
func (o *object) readMeasure(c *Column) {
	c.Measure = o.measure("measure")
	switch {
	case o.has("measure"):
		if !c.Type.Numeric() {
			o.fault(o.at["measure"], "pack.key_unfit", message.Args{"key": "measure", "type": string(c.Type)})
		}
	case c.Type == Money:
		c.Measure, _ = measure.Parse("元")
	case c.Type == Percent:
		c.Measure, _ = measure.Parse("%")
	case c.Type == Count:
		o.missing("measure")
	}
}

// checkColumn reports keys that do not go with the type of the column.
func (o *object) checkColumn(c *Column) {
	unfit := func(key string, fits bool) {
		if o.has(key) && !fits {
			o.fault(o.at[key], "pack.key_unfit", message.Args{"key": key, "type": string(c.Type)})
		}
	}
	computed := c.Formula != nil || c.Lookup != nil || c.Counts != nil
	unfit("least", c.Type.Numeric())
	unfit("most", c.Type.Numeric())
	unfit("length", c.Type == Line)
	unfit("choices", c.Type == Choice)
	unfit("lookup", c.Type.Numeric() || c.Type == Choice)
	unfit("formula", c.Type.Numeric() || c.Type == Flag || c.Type == Choice)
	unfit("attach", c.Type == Flag)
	unfit("counts", c.Type == Count)
	if c.Type == Choice {
		o.missing("choices")
	}
	if c.Formula != nil && c.Lookup != nil {
		o.fault(o.at["lookup"], "pack.formula_and_lookup", nil)
	}
	if c.Counts != nil && (c.Formula != nil || c.Lookup != nil) {
		o.fault(o.at["counts"], "pack.one_of", message.Args{"keys": "formula / lookup / counts"})
	}
	if computed {
		for _, key := range []string{"required", "least", "most", "was", "attach", "default", "locked"} {
			if o.has(key) {
				o.fault(o.at[key], "pack.computed_key", message.Args{"key": key})
			}
		}
	}
	if c.Least != nil && c.Most != nil && *c.Least > *c.Most {
		o.fault(o.at["most"], "pack.least_most", message.Args{"least": plain(*c.Least), "most": plain(*c.Most)})
	}
}

func (r *reader) readCheck(register *Register, n ast.Node) {
	o := r.entry(n, "check")
	if o == nil {
		return
	}
	o.missing("that")
	register.Checks = append(register.Checks, Check{That: o.formula("that"), Say: Text{Chinese: o.wanted("say"), English: o.wanted("english")},
		Warn: o.flag("warn"), Place: o.here()})
}

func (r *reader) readItem(register *Register, name string, at, value ast.Node) {
	r.name(at, name, dottedName)
	o := r.entry(value, "item")
	if o == nil {
		return
	}
	item := &Item{Aggregate: *o.aggregate(name, at), Title: o.title(), Measure: o.measure("measure"), Per: o.words("per"), Source: o.source(false)}
	switch {
	case register.Every == 0:
		item.Every = o.every(everyWords[:4])
	case o.has("every"):
		o.fault(o.at["every"], "pack.item_every", nil)
	default:
		item.Every = register.Every
	}
	item.Let = o.let()
	if len(item.Let) > 0 && len(item.Per) == 0 && !o.has("per") {
		o.fault(o.at["let"], "pack.let_without_per", nil)
	}
	register.Items = append(register.Items, item)
}

// let reads named aggregates.
func (o *object) let() []*Aggregate {
	var all []*Aggregate
	o.each("let", func(name string, at, value ast.Node) {
		o.name(at, name, plainName)
		if inner := o.entry(value, "aggregate"); inner != nil {
			all = append(all, inner.aggregate(name, at))
		}
	})
	return all
}

var aggregateKinds = []AggregateKind{CountOf, SumOf, LeastOf, MostOf}

// aggregate reads exactly one of count, sum, min and max with what goes with it.
func (o *object) aggregate(name string, at ast.Node) *Aggregate {
	a := &Aggregate{Name: name, Where: o.formula("where"), Dated: o.text("dated"), Years: o.formula("years"), Place: o.place(at)}
	for _, kind := range aggregateKinds {
		if !o.has(string(kind)) {
			continue
		}
		if a.Kind != "" {
			o.fault(o.at[string(kind)], "pack.one_of", message.Args{"keys": joined(aggregateKinds)})
			continue
		}
		a.Kind, a.Of = kind, o.formula(string(kind))
		if kind == CountOf && a.Of != nil && a.Of.Text == "all" {
			a.Of = nil
		}
	}
	if a.Kind == "" {
		o.fault(o.node, "pack.one_of", message.Args{"keys": joined(aggregateKinds)})
	}
	if a.Years != nil && !o.has("dated") {
		o.fault(o.at["years"], "pack.years_without_dated", nil)
	}
	return a
}

// column returns the column of the name, or nil.
func (register *Register) column(name string) *Column {
	if i := slices.IndexFunc(register.Columns, func(c *Column) bool { return c.Name == name }); i >= 0 {
		return register.Columns[i]
	}
	return nil
}
