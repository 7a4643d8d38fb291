package pack

import (
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/period"
	"jiaoheng/stats/scale"
)

// ScoreScale is a way to turn raw marks into scores: bands by shares of pupils (等级赋分), or normal scores. One of Scheme.Bands and
// Normal is given. A later rule of the same province is a scale of its own, and Until ends the earlier one.
type ScoreScale struct {
	Name     string
	Pack     string
	Title    Text
	Subjects Text     // for which subjects; empty: not said
	Also     []string // other words that commands take for its name
	From     period.Date
	Until    period.Date
	Region   string // code of the province; "" where several use it
	Scheme   scale.Scheme
	Normal   *NormalScale
	Source   Source
	Place    fault.Place
}

// NormalScale is Mean + Spread × Φ⁻¹(percentile rank), kept between Least and Most.
type NormalScale struct{ Mean, Spread, Least, Most float64 }

func (r *reader) readScale(p *Pack, name string, at, value ast.Node) {
	r.name(at, name, plainName)
	o := r.entry(value, "scale")
	if o == nil {
		return
	}
	s := &ScoreScale{Name: name, Pack: p.Name, Title: o.title(), Also: o.words("also"), From: o.date("from"), Until: o.date("until"), Place: r.place(at), Source: o.source(true)}
	o.missing("from")
	if o.has("subjects") || o.has("subjects_english") {
		s.Subjects = Text{Chinese: o.wanted("subjects"), English: o.wanted("subjects_english")}
	}
	s.Region = o.text("region")
	if !s.Until.IsZero() && !s.From.Before(s.Until) {
		o.fault(o.get("until"), "pack.until_order", nil)
	}
	if o.has("normal") {
		s.Normal = o.normal()
	} else if !o.missing("bands") {
		s.Scheme = o.scheme()
	}
	if o.has("normal") && o.has("bands") {
		o.fault(o.get("bands"), "pack.scale_both", nil)
	}
	p.Scales = append(p.Scales, s)
}

func (o *object) normal() *NormalScale {
	inner := o.entry(o.get("normal"), "scale_normal")
	if inner == nil {
		return nil
	}
	out := &NormalScale{}
	for key, to := range map[string]*float64{"mean": &out.Mean, "spread": &out.Spread, "least": &out.Least, "most": &out.Most} {
		if number := inner.number(key); number != nil {
			*to = *number
		}
	}
	for _, key := range []string{"mean", "spread", "least", "most"} {
		inner.missing(key)
	}
	if out.Spread <= 0 || out.Least >= out.Most {
		inner.fault(inner.node, "pack.scale_normal", message.Args{"spread": out.Spread, "least": out.Least, "most": out.Most})
	}
	return out
}

func (o *object) scheme() scale.Scheme {
	s := scale.Scheme{Zeros: o.oneOf("zeros", []string{"counted", "apart"}) == "counted", Absent: o.oneOf("absent", []string{"apart", "counted"}) == "counted",
		Ties:   scale.Ties(o.oneOf("ties", []string{string(scale.Reach), string(scale.Within), string(scale.Nearest)})),
		Single: scale.Single(o.oneOf("single", []string{string(scale.Middle), string(scale.High), string(scale.Low)})),
		Round:  scale.Rounding(o.oneOf("rounding", []string{string(scale.HalfUp), string(scale.HalfEven), string(scale.Down), string(scale.Up)}))}
	for _, n := range o.list("bands") {
		inner := o.entry(n, "scale_band")
		if inner == nil {
			continue
		}
		band := scale.Band{Name: inner.wanted("band"), High: inner.whole("high", 0, 0, 1000), Low: inner.whole("low", 0, 0, 1000)}
		for _, key := range []string{"share", "high", "low"} {
			inner.missing(key)
		}
		if share := inner.number("share"); share != nil {
			band.Share = *share
		}
		if slices.ContainsFunc(s.Bands, func(b scale.Band) bool { return b.Name == band.Name }) {
			inner.fault(inner.node, "pack.member_twice", message.Args{"value": band.Name})
		}
		s.Bands = append(s.Bands, band)
	}
	if f := s.Check(); f != nil {
		f.Place = o.of("bands")
		o.faults.Add(f)
	}
	return s
}

// scales checks that a word means one scale.
func (l *linker) scales(p *Pack, s *Scope) {
	seen := map[string]bool{}
	for _, known := range p.Scales {
		l.source(s, known.Source)
		for _, word := range append([]string{known.Name}, known.Also...) {
			if seen[word] {
				l.fault(known.Place, "pack.member_twice", message.Args{"value": word})
			}
			seen[word] = true
		}
	}
}

// Scales returns all scales in the order in which the packs declare them.
func (s *Scope) Scales() []*ScoreScale {
	return collect(s.Packs, func(p *Pack) []*ScoreScale { return p.Scales })
}

// Scale finds a scale by its name or by another word for it.
func (s *Scope) Scale(word string) (*ScoreScale, bool) {
	for _, known := range s.Scales() {
		if known.Name == word || slices.Contains(known.Also, word) {
			return known, true
		}
	}
	return nil, false
}

func (d describer) scale(s *ScoreScale) RuleDescription {
	out := RuleDescription{Name: s.Name, Title: s.Title.In(d.language)}
	if s.Normal != nil {
		out.Rule = d.say("pack.doc.scale_normal", message.Args{"mean": s.Normal.Mean, "spread": s.Normal.Spread, "least": s.Normal.Least, "most": s.Normal.Most})
	} else {
		bands := make([]string, len(s.Scheme.Bands))
		for k, b := range s.Scheme.Bands {
			bands[k] = d.say("pack.doc.scale_band", message.Args{"band": b.Name, "share": b.Share, "high": b.High, "low": b.Low})
		}
		out.Rule = d.say("pack.doc.scale_bands", message.Args{"bands": strings.Join(bands, "  "), "ties": d.say("scale.word."+string(s.Scheme.Ties), nil),
			"single": d.say("scale.word."+string(s.Scheme.Single), nil), "rounding": d.say("scale.word."+string(s.Scheme.Round), nil)})
	}
	value := ValueDescription{From: s.From.String(), Region: s.Region, Source: d.source(s.Source)}
	if !s.Until.IsZero() {
		value.Until = s.Until.String()
	}
	out.Values = []ValueDescription{value}
	return out
}
