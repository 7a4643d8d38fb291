package pack

import (
	"github.com/goccy/go-yaml/ast"

	"jiaoheng/message"
)

func (r *reader) readQuota(p *Pack, name string, at, value ast.Node) {
	r.name(at, name, plainName)
	o := r.entry(value, "quota")
	if o == nil {
		return
	}
	quota := &Quota{Name: name, Pack: p.Name, Title: o.title(), Every: o.every(everyWords[:4]), Measure: o.wanted("measure"),
		Show:   QuotaShow(o.oneOf("show", []string{string(ShowNobody), string(ShowMet), string(ShowUnmet), string(ShowAll)})),
		Source: o.source(true), Place: r.place(at)}
	o.measure("measure")
	if !o.missing("people") {
		if inner := r.entry(o.get("people"), "people"); inner != nil {
			quota.People = QuotaPeople{Register: inner.wanted("register"), Person: inner.wanted("person"), Post: inner.wanted("post"), Where: inner.formula("where")}
		}
	}
	if !o.missing("of") {
		if inner := r.entry(o.get("of"), "done"); inner != nil {
			quota.Register, quota.Person, quota.Of = inner.wanted("register"), inner.wanted("person"), inner.done(name)
		}
	}
	o.missing("values")
	for _, n := range o.list("values") {
		if inner := r.entry(n, "least"); inner != nil {
			quota.Values = append(quota.Values, inner.quotaValue())
		}
	}
	if n := o.get("truth"); n != nil {
		if inner := r.entry(n, "truth"); inner != nil {
			quota.Truth = &QuotaTruth{Share: inner.formula("share"), Least: inner.formula("least"), Event: inner.wanted("event"), Place: inner.here()}
			inner.missing("share")
			inner.missing("least")
		}
	}
	p.Quotas = append(p.Quotas, quota)
}

// done reads what counts for a quota: rows, or the sum of a number of theirs, dated in the period.
func (o *object) done(name string) Aggregate {
	a := Aggregate{Name: name, Where: o.formula("where"), Dated: o.wanted("dated"), Kind: CountOf, Place: o.here()}
	o.exactlyOne("count", "sum")
	if o.has("sum") {
		a.Kind, a.Of = SumOf, o.formula("sum")
		return a
	}
	if a.Of = o.formula("count"); a.Of != nil && a.Of.Text == "all" {
		a.Of = nil
	}
	return a
}

// quotaValue reads the least numbers of the posts from a day on.
func (o *object) quotaValue() QuotaValue {
	v := QuotaValue{From: o.date("from"), Until: o.date("until"), Region: o.text("region"), Least: map[string]float64{}, Source: o.source(true), Place: o.here()}
	o.missing("from")
	o.missing("least")
	o.each("least", func(post string, _, value ast.Node) {
		if number := o.numberOf(value); number != nil {
			v.Least[post] = *number
		}
	})
	if !v.Until.IsZero() && !v.From.Before(v.Until) {
		o.fault(o.get("until"), "pack.until_order", nil)
	}
	if v.Region != "" && !regionCode(v.Region) {
		o.fault(o.get("region"), "pack.region_code", message.Args{"code": v.Region})
	}
	return v
}
