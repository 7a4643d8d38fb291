package pack

import (
	"maps"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// Limits of a profile.
const (
	maxSides = 12
	maxShows = 12 // figures of one side
)

// Figures of exams that a side may show: mean by full marks, and the share of pupils at or above a line, or below that of low marks.
const (
	ExamMean      = "mean"
	ExamExcellent = "excellent"
	ExamPass      = "pass"
	ExamLow       = "low"
)

// ExamFigures returns the figures of exams in the order of lists.
func ExamFigures() []string { return []string{ExamMean, ExamExcellent, ExamPass, ExamLow} }

// Profile says from which sides a school is looked at. It has no total: only where a bureau gives the sides weights is there one.
type Profile struct {
	Name   string
	Pack   string
	Title  Text
	Sides  []*ProfileSide
	Source Source
	Place  fault.Place
}

// ProfileSide is one side with the indicators behind it. Cost: the less the better, such as the burden of study.
type ProfileSide struct {
	Name   string
	Title  Text
	Cost   bool
	Shows  []string // indicators
	Exams  []string // figures of the newest exam, see ExamFigures
	Weight string   // parameter with the weight in a total; 0: there is none
	Source Source
	Place  fault.Place
}

// Profiles returns all profiles in the order in which the packs declare them.
func (s *Scope) Profiles() []*Profile {
	return collect(s.Packs, func(p *Pack) []*Profile { return p.Profiles })
}

func (r *reader) readProfile(p *Pack, name string, at, value ast.Node) {
	r.name(at, name, plainName)
	o := r.entry(value, "profile")
	if o == nil {
		return
	}
	profile := &Profile{Name: name, Pack: p.Name, Title: o.title(), Source: o.source(true), Place: r.place(at)}
	o.missing("sides")
	o.each("sides", func(side string, at, value ast.Node) {
		r.name(at, side, plainName)
		inner := r.entry(value, "side")
		if inner == nil {
			return
		}
		one := &ProfileSide{Name: side, Title: inner.title(), Cost: inner.flag("cost"), Shows: inner.words("shows"), Exams: inner.words("exams"),
			Weight: inner.wanted("weight"), Source: inner.source(true), Place: r.place(at)}
		if len(one.Shows)+len(one.Exams) == 0 {
			inner.missing("shows")
		}
		if len(one.Shows) > maxShows {
			r.fault(at, "pack.profile_shows", message.Args{"limit": maxShows})
		}
		for _, figure := range one.Exams {
			if !slices.Contains(ExamFigures(), figure) {
				r.fault(inner.get("exams"), "pack.word_wanted", message.Args{"key": "exams", "words": joined(ExamFigures()), "value": shortened(figure)})
			}
		}
		profile.Sides = append(profile.Sides, one)
	})
	if len(profile.Sides) > maxSides {
		r.fault(at, "pack.profile_sides", message.Args{"limit": maxSides})
	}
	p.Profiles = append(p.Profiles, profile)
}

// profile checks that indicators and weights are there.
func (l *linker) profile(s *Scope, p *Profile) {
	l.source(s, p.Source)
	for _, side := range p.Sides {
		l.source(s, side.Source)
		for _, name := range side.Shows {
			if _, known := s.indicators[name]; !known {
				l.unknown(side.Place, "pack.profile_indicator", name, slices.Sorted(maps.Keys(s.indicators)))
			}
		}
		if _, known := s.parameters[side.Weight]; !known && side.Weight != "" {
			l.unknown(side.Place, "pack.unknown_parameter", side.Weight, slices.Sorted(maps.Keys(s.parameters)))
		}
	}
}

// profile describes each side of a profile: what it shows, and whether it is a cost.
func (d describer) profile(p *Profile) []RuleDescription {
	var all []RuleDescription
	for _, side := range p.Sides {
		rule := d.say("pack.doc.side", message.Args{"shows": strings.Join(slices.Concat(side.Shows, side.Exams), " ")})
		if side.Cost {
			rule = d.say("pack.doc.side_cost", message.Args{"rule": rule})
		}
		all = append(all, RuleDescription{Name: p.Name + "." + side.Name, Title: p.Title.In(d.language) + " · " + side.Title.In(d.language), Rule: rule,
			Values: []ValueDescription{{Source: d.source(side.Source)}}})
	}
	return all
}
