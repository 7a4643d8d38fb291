package progress

import (
	"math"
	"strconv"
	"strings"

	"jiaoheng/message"
)

// Speaker writes the sentences of a result in one language. Name gives the name of a unit; Region is what all its schools together are
// called (全县, 全旗, 全市).
type Speaker struct {
	Language message.Language
	Name     func(code string) string
	Region   string
}

// RegionWord is what all schools of a unit are called together, from its name.
func RegionWord(language message.Language, name string) string {
	word := "county"
	for suffix, key := range map[string]string{"旗": "banner", "盟": "league", "市": "city", "区": "district", "州": "prefecture", "省": "province", "自治区": "region"} {
		if strings.HasSuffix(name, suffix) && (word != "region" || key == "region") {
			word = key
		}
	}
	if strings.HasSuffix(name, "自治区") {
		word = "region"
	}
	if strings.HasSuffix(name, "自治县") || strings.HasSuffix(name, "县") {
		word = "county"
	}
	return message.Text(language, "progress.region."+word, nil)
}

func (s Speaker) say(key string, args message.Args) string {
	if args == nil {
		args = message.Args{}
	}
	args["region"] = s.Region
	return message.Text(s.Language, "progress.sentence."+key, args)
}

// number writes a number with so many decimals; the minus is that of print.
func number(x float64, decimals int) string {
	text := strconv.FormatFloat(x, 'f', decimals, 64)
	if strings.Trim(text, "-0.") == "" {
		text = strings.TrimPrefix(text, "-")
	}
	return strings.Replace(text, "-", "−", 1)
}

// Counts of standings.
type Counts struct{ Above, Below, None, Small, Firm int }

// Judged is how many schools were judged.
func (c Counts) Judged() int { return c.Above + c.Below + c.None }

// Count counts the standings of an estimate.
func (e Estimate) Count() Counts {
	var c Counts
	for _, one := range e.Schools {
		switch one.Standing {
		case Above:
			c.Above++
		case Below:
			c.Below++
		case None:
			c.None++
		case Small:
			c.Small++
		}
		if one.Firm {
			c.Firm++
		}
	}
	return c
}

// Overall says how the schools of a part stand, in one sentence.
func (s Speaker) Overall(r Result, p Part) string {
	c := p.Main.Count()
	if len(p.Untold) > 0 {
		return s.say("untold", message.Args{"why": strings.Join(p.Untold, "；")})
	}
	args := message.Args{"schools": len(p.Main.Schools), "pupils": p.Main.Pupils, "above": c.Above, "below": c.Below, "none": c.None, "small": c.Small,
		"least": number(r.Rules.Least.Value, 0), "level": number(r.Rules.Level.Value, 0)}
	switch {
	case c.Judged() == 0:
		return s.say("all_small", args)
	case c.Above+c.Below == 0 && c.Small == 0:
		return s.say("all_alike", args)
	case c.Above+c.Below == 0:
		return s.say("alike_small", args)
	case c.Small == 0:
		return s.say("overall", args)
	}
	return s.say("overall_small", args)
}

// County are the sentences on all schools together: how they stand, how large the differences are, how many may be called different
// by chance, who is counted, and what to beware of.
func (s Speaker) County(r Result, p Part) []string {
	all := []string{s.Overall(r, p)}
	if len(p.Untold) > 0 {
		return all
	}
	all = append(all, s.size(r, p), s.chance(r, p))
	if p.Track == "" && p.Subject == "" && p.Phase == Whole {
		all = append(all, s.Base(r.County))
		all = append(all, s.Cautions(r)...)
	}
	return append(all, s.scales(r, p)...)
}

// size says how much of the differences lies between schools, and what a point of entry is worth.
func (s Speaker) size(r Result, p Part) string {
	slope := 0.0
	for n, name := range p.Main.Columns {
		if name == Entry {
			slope = p.Main.Fixed[n]
		}
	}
	key := "size"
	if p.Main.FixedSchools {
		return s.say("size_fixed", message.Args{"slope": number(slope, 2), "schools": len(p.Main.Schools)})
	}
	if p.Main.Certificate.Boundary {
		key = "size_none"
	}
	return s.say(key, message.Args{"level": number(r.Rules.Level.Value, 0), "share": number(100*p.Main.Share, 1), "low": number(100*p.Main.ShareLow, 1), "high": number(100*p.Main.ShareHigh, 1),
		"slope": number(slope, 2), "deviation": number(math.Sqrt(p.Main.SchoolVariance[0]), 1)})
}

// Line is what a school is told of all schools: the line that it is compared with, not how others stand.
func (s Speaker) Line(r Result, p Part) []string {
	if len(p.Untold) > 0 || len(p.Main.Fixed) == 0 {
		return []string{s.Overall(r, p)}
	}
	return append([]string{s.say("line", message.Args{"pupils": p.Main.Pupils}), s.size(r, p)}, s.scales(r, p)...)
}

// chance says how many of the judged schools would be called different if none were, and how many stand when judged together.
func (s Speaker) chance(r Result, p Part) string {
	c := p.Main.Count()
	return s.say("chance", message.Args{"judged": c.Judged(), "level": number(r.Rules.Level.Value, 0),
		"expected": number(float64(c.Judged())*(1-r.Rules.Level.Value/100), 1), "firm": c.Firm})
}

// Base says who is counted: base, linked, left and joined.
func (s Speaker) Base(one School) string {
	args := message.Args{"sat": one.Sat, "linked": one.Linked, "share": number(one.Share(), 1), "entered": one.Entered, "left": one.Left, "joined": one.Joined}
	switch {
	case one.Sat == 0:
		return s.say("base_none", args)
	case one.Entered < 0:
		return s.say("base_unknown", args)
	}
	return s.say("base", args)
}

// Cautions are what to beware of in the whole result.
func (s Speaker) Cautions(r Result) []string {
	var all []string
	few := 0
	for _, one := range r.Schools {
		if r.Warn(one) {
			few++
		}
	}
	if few > 0 {
		all = append(all, s.say("few_linked", message.Args{"schools": few, "line": number(r.Rules.Linked.Value, 0)}))
	}
	if r.Study.Composition && len(r.Parts) > 0 && !r.Parts[0].Main.Company {
		all = append(all, s.say("no_company", message.Args{"least": number(r.Rules.Company.Value, 0)}))
	}
	if r.County.Loose > 0 {
		all = append(all, s.say("loose", message.Args{"pupils": r.County.Loose}))
	}
	if r.Twice > 0 {
		all = append(all, s.say("twice", message.Args{"pupils": r.Twice}))
	}
	if r.Study.Reliability > 0 {
		all = append(all, s.say("corrected", message.Args{"reliability": number(r.Study.Reliability, 2), "source": r.Study.Reliable, "within": number(r.Parts[0].Main.Within, 2)}))
	}
	return all
}

// scales says which scores were replaced by the normal scores of their ranks.
func (s Speaker) scales(r Result, p Part) []string {
	var all []string
	for n, scale := range []*Scale{p.Before, p.After} {
		if scale != nil && scale.Normal {
			all = append(all, s.say("normal_"+[]string{"before", "after"}[n], message.Args{"share": number(scale.Ceiling, 1), "line": number(r.Rules.Ceiling.Value, 0)}))
		}
	}
	return all
}

// Regression warns of figures that go with the intake: what they show is partly that low scores rise by themselves.
func (s Speaker) Regression(r Result) []string {
	var all []string
	for _, one := range r.Ties {
		args := message.Args{"figure": message.Text(s.Language, "progress.figure."+one.Figure, nil), "effect": number(one.Effect, 2), "intake": number(one.Intake, 2)}
		switch {
		case one.Intake <= -0.3:
			all = append(all, s.say("regression", args))
		case one.Intake >= 0.3:
			all = append(all, s.say("intake_up", args))
		default:
			all = append(all, s.say("tie", args))
		}
	}
	return all
}

// Standing is what is said of one school in a table.
func (s Speaker) Standing(one Standing) string {
	return message.Text(s.Language, "progress.standing."+string(one), message.Args{"region": s.Region})
}

// School are the sentences on one school in a part.
func (s Speaker) School(r Result, p Part, unit string) []string {
	e, known := p.Main.Effect(unit)
	counted, sat := r.School(unit)
	if !known {
		if sat {
			return []string{s.say("school_unlinked", message.Args{"school": s.Name(unit)}), s.Base(counted)}
		}
		return []string{s.say("school_absent", message.Args{"school": s.Name(unit)})}
	}
	args := message.Args{"school": s.Name(unit), "pupils": e.N, "effect": number(e.Effect, 1), "sd": number(e.Effect/p.Main.ExitDeviation, 2), "low": number(e.Low, 1),
		"high": number(e.High, 1), "level": number(r.Rules.Level.Value, 0), "standing": s.Standing(e.Standing), "least": number(r.Rules.Least.Value, 0),
		"first": e.RankLow, "last": e.RankHigh, "judged": p.Main.Judged}
	if e.Standing == Small {
		return append([]string{s.say("school_small", args)}, s.Base(counted))
	}
	all := []string{s.say("school", args)}
	if e.RankLow > 0 {
		all = append(all, s.say("school_rank", args))
	}
	return append(all, s.Base(counted))
}

// WithoutSchool says what becomes of the others when a school is left out.
func (s Speaker) WithoutSchool(before, after Part, unit string) string {
	changed := []string{}
	for _, one := range after.Main.Schools {
		if old, known := before.Main.Effect(one.Unit); known && old.Standing != one.Standing {
			changed = append(changed, s.say("changed", message.Args{"school": s.Name(one.Unit), "before": s.Standing(old.Standing), "after": s.Standing(one.Standing)}))
		}
	}
	if len(changed) == 0 {
		return s.say("without_same", message.Args{"school": s.Name(unit)})
	}
	comma := map[message.Language]string{message.Chinese: "；", message.English: "; "}[s.Language]
	return s.say("without", message.Args{"school": s.Name(unit), "count": len(changed), "changed": strings.Join(changed, comma)})
}
