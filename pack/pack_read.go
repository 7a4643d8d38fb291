package pack

import (
	"strings"

	"github.com/goccy/go-yaml/ast"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/unit"
)

// extension holds what a local pack adds to the pack that it extends.
type extension struct {
	parameters map[string][]Dated
	standards  map[string]addition
	places     map[string]fault.Place
}

// addition holds dated values for one standard.
type addition struct {
	comparator Comparator
	values     []Dated
}

// readPack reads pack.yaml into p.
func (r *reader) readPack(o *object, p *Pack, folder string) *extension {
	o.as("pack")
	p.Place = o.here()
	p.Name = o.wanted("pack")
	if p.Name != "" && !packName.MatchString(p.Name) {
		o.fault(o.get("pack"), "pack.bad_name", message.Args{"name": p.Name, "limit": maxName})
	}
	if p.Name != "" && p.Name != folder {
		o.fault(o.get("pack"), "pack.folder_differs", message.Args{"name": p.Name, "folder": folder})
	}
	p.Version = o.wanted("version")
	p.Title = o.title()
	p.About = Text{Chinese: o.wanted("about"), English: o.wanted("about_english")}
	p.Uses = o.words("uses")
	p.Extends = o.text("extends")
	o.each("documents", func(key string, at, value ast.Node) { r.readDocument(p, key, value) })
	o.each("switches", func(name string, at, value ast.Node) { r.readSwitch(p, name, at, value) })
	o.each("populations", func(name string, at, value ast.Node) { r.readPopulation(p, name, at, value) })
	if p.Extends != "" {
		return r.readExtension(o)
	}
	o.each("parameters", func(name string, at, value ast.Node) { r.readParameter(p, name, at, value) })
	if o.has("standards") {
		o.fault(o.at["standards"], "pack.standards_without_extends", nil)
	}
	return nil
}

func (r *reader) readDocument(p *Pack, key string, value ast.Node) {
	o := r.entry(value, "document")
	if o == nil {
		return
	}
	document := Document{Key: key, Title: Text{Chinese: o.wanted("name"), English: o.text("english")}, By: o.wanted("by"), Issued: o.date("issued")}
	o.missing("issued")
	p.Documents = append(p.Documents, document)
}

func (r *reader) readSwitch(p *Pack, name string, at, value ast.Node) {
	r.name(at, name, plainName)
	o := r.entry(value, "switch")
	if o == nil {
		return
	}
	p.Switches = append(p.Switches, Switch{Name: name, Title: o.title(), Default: o.oneOf("default", []string{"off", "on"}) == "on",
		Source: o.source(true), Place: r.place(at)})
}

func (r *reader) readParameter(p *Pack, name string, at, value ast.Node) {
	r.name(at, name, dottedName)
	o := r.entry(value, "parameter")
	if o == nil {
		return
	}
	parameter := Parameter{Name: name, Title: o.title(), Measure: o.text("measure"), Place: r.place(at)}
	o.measure("measure")
	o.missing("values")
	parameter.Values = o.dated("values", true)
	p.Parameters = append(p.Parameters, parameter)
}

func (r *reader) readPopulation(p *Pack, name string, at, value ast.Node) {
	r.name(at, name, plainName)
	o := r.entry(value, "population")
	if o == nil {
		return
	}
	o.missing("of")
	p.Populations = append(p.Populations, Population{Name: name, Title: o.title(), Of: o.kinds("of"), Stages: o.stages("stages"),
		Where: o.formula("where"), Source: o.source(true), Place: r.place(at)})
}

// readExtension reads what a local pack adds: dated values and nothing else.
func (r *reader) readExtension(o *object) *extension {
	e := &extension{parameters: map[string][]Dated{}, standards: map[string]addition{}, places: map[string]fault.Place{}}
	o.each("parameters", func(name string, at, value ast.Node) {
		inner := r.entry(value, "extension")
		if inner == nil || inner.missing("values") {
			return
		}
		e.places["parameters."+name] = r.place(at)
		e.parameters[name] = inner.dated("values", true)
	})
	o.each("standards", func(name string, at, value ast.Node) {
		inner := r.entry(value, "standard")
		if inner == nil {
			return
		}
		e.places["standards."+name] = r.place(at)
		comparator := inner.comparator()
		for _, key := range inner.keys {
			if key != string(comparator) {
				inner.fault(inner.at[key], "pack.only_dated", message.Args{"key": key})
			}
		}
		if comparator != "" {
			e.standards[name] = addition{comparator, inner.dated(string(comparator), comparator != Holds)}
		}
	})
	return e
}

// source reads the source of an entry.
func (o *object) source(wanted bool) Source {
	n := o.get("source")
	if n == nil {
		if wanted {
			o.fault(o.node, "pack.source_missing", message.Args{"kind": message.Word("pack.kind." + o.what)})
		}
		return Source{}
	}
	inner := o.entry(n, "source")
	if inner == nil {
		return Source{}
	}
	s := Source{Document: inner.wanted("doc"), Clause: inner.wanted("clause"),
		Checked: Checked(inner.oneOf("checked", []string{string(Verified), string(Memory), string(Uncertain)})),
		Note:    Text{Chinese: inner.text("note"), English: inner.text("note_english")}, Place: inner.here()}
	if (s.Note.Chinese == "") != (s.Note.English == "") {
		inner.fault(n, "pack.both_languages", message.Args{"key": "note"})
	}
	if s.Checked == Uncertain && s.Note.Chinese == "" {
		inner.fault(n, "pack.uncertain_note", nil)
	}
	return s
}

// dated reads a list of dated values. Values hold numbers, save where a standard only asks that a condition holds.
func (o *object) dated(key string, numbers bool) []Dated {
	var all []Dated
	for _, n := range o.list(key) {
		inner := o.entry(n, "dated")
		if inner == nil {
			continue
		}
		d := Dated{From: inner.date("from"), Until: inner.date("until"), Region: inner.text("region"), Switch: inner.text("switch"),
			All: inner.number("all"), Source: inner.source(true), Place: inner.here()}
		inner.missing("from")
		for _, stage := range unit.Stages() {
			if number := inner.number(string(stage)); number != nil {
				if d.ByStage == nil {
					d.ByStage = map[unit.Stage]float64{}
				}
				d.ByStage[stage] = *number
			}
		}
		inner.checkDated(d, numbers)
		all = append(all, d)
	}
	return all
}

func (o *object) checkDated(d Dated, numbers bool) {
	switch given := d.All != nil || len(d.ByStage) > 0; {
	case numbers && !given && !o.hasAny(append([]string{"all"}, words(unit.Stages())...)):
		o.fault(o.node, "pack.value_missing", nil)
	case !numbers && given:
		o.fault(o.node, "pack.value_unwanted", nil)
	case d.All != nil && len(d.ByStage) > 0:
		o.fault(o.node, "pack.all_and_stages", nil)
	}
	if !d.Until.IsZero() && !d.From.Before(d.Until) {
		o.fault(o.get("until"), "pack.until_order", nil)
	}
	if d.Region != "" && !regionCode(d.Region) {
		o.fault(o.get("region"), "pack.region_code", message.Args{"code": d.Region})
	}
}

// regionCode tells whether text may be the code of a division.
func regionCode(text string) bool {
	return (len(text) == 6 || len(text) == 9 || len(text) == 12) && strings.Trim(text, "0123456789") == ""
}

func (o *object) hasAny(keys []string) bool {
	for _, key := range keys {
		if o.has(key) {
			return true
		}
	}
	return false
}

func words[T ~string](list []T) []string {
	texts := make([]string, len(list))
	for i, word := range list {
		texts[i] = string(word)
	}
	return texts
}
