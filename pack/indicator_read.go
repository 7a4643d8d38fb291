package pack

import (
	"github.com/goccy/go-yaml/ast"

	"jiaoheng/message"
)

func (r *reader) readIndicator(p *Pack, name string, at, value ast.Node) {
	r.name(at, name, dottedName)
	o := r.entry(value, "indicator")
	if o == nil {
		return
	}
	upward := o.oneOf("upward", []string{"total", "worst", "sum"})
	i := &Indicator{Name: name, Code: o.text("code"), Pack: p.Name, Title: o.title(), Of: o.kinds("of"), Stages: o.stages("stages"),
		Every: o.every(everyWords[:4]), Measure: o.measure("measure"), Formula: o.formula("formula"), Population: o.text("population"),
		Direction: Direction(o.oneOf("direction", []string{string(Neutral), string(Up), string(Down)})),
		Worst:     upward == "worst",
		Sum:       upward == "sum",
		Nothing:   o.oneOf("nothing", []string{"unknown", "pass"}) == "pass",
		Variant:   Text{Chinese: o.text("variant"), English: o.text("variant_english")}, Decimals: o.whole("decimals", 2, 0, 6),
		Evidence: o.flag("evidence"), Source: o.source(true), Place: r.place(at)}
	o.missing("of")
	if (i.Variant.Chinese == "") != (i.Variant.English == "") {
		o.fault(o.node, "pack.both_languages", message.Args{"key": "variant"})
	}
	if n := o.get("share"); n != nil {
		if inner := r.entry(n, "share"); inner != nil {
			i.Share = &Share{Item: inner.wanted("item"), By: inner.wanted("by"), Weight: inner.wanted("weight"), Place: inner.here()}
		}
	}
	if n := o.get("cells"); n != nil {
		if inner := r.entry(n, "cells"); inner != nil {
			i.Cells = &Cells{Register: inner.wanted("register"), By: inner.words("by"), Let: inner.let(), Place: inner.here()}
			inner.missing("by")
			inner.missing("let")
		}
	}
	if i.Worst && i.Direction == Neutral {
		o.fault(o.at["upward"], "pack.worst_direction", nil)
	}
	if i.Nothing && (i.Worst || i.Sum || o.has("share") || o.has("cells")) {
		o.fault(o.at["nothing"], "pack.nothing_unfit", nil)
	}
	switch {
	case o.has("formula") == o.has("share"):
		o.fault(o.node, "pack.one_of", message.Args{"keys": "formula / share"})
	case o.has("cells") && o.has("share"):
		o.fault(o.at["cells"], "pack.cells_and_share", nil)
	}
	p.Indicators = append(p.Indicators, i)
}
