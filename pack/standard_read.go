package pack

import (
	"github.com/goccy/go-yaml/ast"

	"jiaoheng/message"
)

var comparators = []Comparator{AtLeast, AtMost, Above, Below, Exactly, Holds}

// comparator returns the first comparator of a standard, or "".
func (o *object) comparator() Comparator {
	for _, c := range comparators {
		if o.has(string(c)) {
			return c
		}
	}
	return ""
}

func (r *reader) readStandard(p *Pack, name string, at, value ast.Node) {
	r.name(at, name, dottedName)
	o := r.entry(value, "standard")
	if o == nil {
		return
	}
	s := &Standard{Name: name, Code: o.text("code"), Pack: p.Name, Title: Text{Chinese: o.text("name"), English: o.text("english")}, Of: o.kinds("of"),
		Stages: o.stages("stages"), Population: o.text("population"), Verdict: o.flag("verdict"), Source: o.source(false), Place: r.place(at)}
	if (s.Title.Chinese == "") != (s.Title.English == "") {
		o.fault(o.node, "pack.both_languages", message.Args{"key": "name"})
	}
	s.Comparator = o.comparator()
	forms := 0
	for _, key := range append(words(comparators), "k_of_n", "all") {
		if o.has(key) {
			forms++
		}
	}
	if forms != 1 {
		o.fault(o.node, "pack.one_of", message.Args{"keys": joined(comparators) + " / k_of_n / all"})
	}
	if s.Comparator != "" {
		s.Thresholds = o.dated(string(s.Comparator), s.Comparator != Holds)
		o.onlyIndicator()
	} else if forms == 1 {
		o.title()
		o.missing("of")
	}
	s.KofN, s.All = o.kOfN(), o.all()
	s.Shortfall = o.shortfall(s)
	p.Standards = append(p.Standards, s)
}

// onlyIndicator reports keys of a threshold standard that are those of its indicator.
func (o *object) onlyIndicator() {
	for _, key := range []string{"of", "stages", "population"} {
		if o.has(key) {
			o.fault(o.at[key], "pack.key_of_indicator", message.Args{"key": key})
		}
	}
}

func (o *object) shortfall(s *Standard) Shortfall {
	n := o.get("shortfall")
	if n == nil {
		return Shortfall{}
	}
	inner := o.entry(n, "shortfall")
	if inner == nil {
		return Shortfall{}
	}
	if s.Comparator == "" || s.Comparator == Holds {
		o.fault(o.at["shortfall"], "pack.shortfall_unfit", nil)
	}
	inner.missing("lack")
	return Shortfall{Lack: Lack(inner.oneOf("lack", []string{string(LackValue), string(LackNumerator), string(LackDenominator)})),
		Measure: inner.measure("measure"), Whole: inner.flag("whole"), Cost: inner.text("cost")}
}

func (o *object) kOfN() *KofN {
	n := o.get("k_of_n")
	if n == nil {
		return nil
	}
	inner := o.entry(n, "k_of_n")
	if inner == nil {
		return nil
	}
	k := &KofN{Of: inner.words("of"), Place: inner.here()}
	inner.missing("of")
	inner.missing("values")
	for _, n := range inner.list("values") {
		if l := inner.entry(n, "limits"); l != nil {
			k.Values = append(k.Values, l.limits(len(k.Of)))
		}
	}
	return k
}

func (o *object) limits(members int) Limits {
	l := Limits{From: o.date("from"), Until: o.date("until"), Region: o.text("region"), Switch: o.text("switch"),
		Source: o.source(true), Place: o.here()}
	o.missing("from")
	o.checkDated(Dated{From: l.From, Until: l.Until, Region: l.Region}, false)
	if !o.missing("at_least") {
		l.AtLeast = o.whole("at_least", 1, 1, max(members, 1))
	}
	if floor := o.number("floor"); floor != nil {
		l.Floor = *floor
		if l.Floor < 0 || l.Floor > 1 {
			o.fault(o.get("floor"), "pack.floor", message.Args{"value": plain(l.Floor)})
		}
	}
	return l
}

func (o *object) all() *All {
	n := o.get("all")
	if n == nil {
		return nil
	}
	inner := o.entry(n, "all")
	if inner == nil {
		return nil
	}
	all := &All{Of: inner.words("of"), Each: inner.words("each"), None: inner.words("none"), Place: inner.here()}
	if len(inner.keys) == 0 {
		o.fault(n, "pack.one_of", message.Args{"keys": "of / each / none"})
	}
	return all
}
