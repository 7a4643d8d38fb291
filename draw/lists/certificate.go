package lists

import (
	"cmp"
	"math/big"
	"strconv"

	"jiaoheng/draw"
	"jiaoheng/message"
)

// Certificate says what a draw reached, in figures and in words. Persons stand in it as in the lines.
type Certificate struct {
	Kind        string           `json:"kind"`
	Commitment  string           `json:"commitment"`
	SeedOrigin  string           `json:"seed_origin"`
	Objects     int              `json:"objects"`
	Drawn       int              `json:"drawn"`
	Inspectors  int              `json:"inspectors"`
	Seats       int              `json:"seats"`
	Conflicts   int              `json:"conflicts"` // pairs of inspector and object
	Kin         int              `json:"kin"`       // pairs of inspectors
	Reasons     map[string]int   `json:"conflict_reasons,omitempty"`
	Violations  []string         `json:"violations"` // by a check that shares no code with the draw
	EveryManned bool             `json:"every_draw_can_be_manned"`
	Rounds      int              `json:"rounds"`
	Tries       int              `json:"tries"`
	Strata      []StratumFigures `json:"strata"`
	Chances     Chances          `json:"chances"`
	Sentences   []string         `json:"sentences"`
}

// StratumFigures is one stratum.
type StratumFigures struct {
	Title   string `json:"title"`
	Objects int    `json:"objects"`
	Drawn   int    `json:"drawn"`
	Chance  string `json:"chance,omitempty"` // of each object, where all weigh the same
}

// Certificate says what was reached. Reasons are those of Fixed, or nil; chances those of ChancesOf.
//
// Errors: faults of the lines.
func (r Result) Certificate(a draw.Announcement, lines []string, chances Chances, reasons map[string]int, language message.Language) (Certificate, error) {
	read, err := readRoster(lines)
	if err != nil {
		return Certificate{}, err
	}
	c := Certificate{Kind: Kind, Commitment: draw.Hex(a.Commitment()), SeedOrigin: a.Origin(), Objects: len(read.objects), Drawn: len(r.Teams),
		Inspectors: len(read.inspectors), Reasons: reasons, Violations: append([]string{}, Violations(lines, r.Lines())...), EveryManned: read.guarantee(),
		Rounds: r.Rounds, Tries: r.Tries, Chances: chances}
	for _, team := range r.Teams {
		c.Seats += len(team.Inspectors)
	}
	for _, i := range read.inspectors {
		c.Conflicts += len(i.conflicts)
		c.Kin += len(i.kin)
	}
	c.Kin /= 2
	for _, s := range read.strata {
		figures := StratumFigures{Title: s.title, Objects: len(s.members), Drawn: s.pick}
		if len(s.members) > 0 && s.pick > 0 && read.equal(s) && c.EveryManned {
			figures.Chance = big.NewRat(int64(s.pick), int64(len(s.members))).RatString()
		}
		c.Strata = append(c.Strata, figures)
	}
	c.Sentences = c.sentences(language)
	return c, nil
}

func (r *roster) equal(s stratum) bool {
	for _, o := range s.members {
		if r.objects[o].weight != r.objects[s.members[0]].weight {
			return false
		}
	}
	return true
}

func (c Certificate) sentences(language message.Language) (all []string) {
	say := func(key string, args message.Args) { all = append(all, message.Text(language, key, args)) }
	say("lists.said.objects", message.Args{"objects": c.Objects, "drawn": c.Drawn, "strata": len(c.Strata)})
	if c.Inspectors > 0 {
		say("lists.said.people", message.Args{"inspectors": c.Inspectors, "seats": c.Seats, "conflicts": c.Conflicts, "kin": c.Kin, "violations": len(c.Violations)})
		if c.EveryManned {
			say("lists.said.every", nil)
		} else {
			say("lists.said.not_every", message.Args{"rounds": c.Rounds})
		}
		if c.Tries > 1 {
			say("lists.said.tries", message.Args{"tries": c.Tries})
		}
	}
	switch {
	case c.Inspectors > 0 && c.Chances.InspectorMethod == simulated:
		say("lists.said.simulated", message.Args{"draws": c.Chances.Draws, "error": strconv.FormatFloat(c.Chances.worst()*100, 'f', 2, 64)})
	case c.Inspectors > 0 && c.Chances.InspectorMethod == exact:
		say("lists.said.exact", nil)
	}
	if c.Chances.ObjectMethod == exact {
		say("lists.said.objects_exact", nil)
	}
	if c.SeedOrigin == draw.Unproven {
		say("lists.said.unproven", nil)
	}
	return all
}

// worst is the largest standard error of a chance.
func (c Chances) worst() (worst float64) {
	for _, one := range append(append([]Chance{}, c.Objects...), c.Inspectors...) {
		worst = max(worst, one.Error)
	}
	return worst
}

// Table is the chances as a table: what, id, name, chance, fraction, standard error, mean number of objects, its error. names gives
// names by ids in the lines.
func (c Chances) Table(names map[string]string, language message.Language) [][]string {
	title := func(key string) string { return message.Text(language, key, nil) }
	table := [][]string{{title("lists.column.kind"), title("lists.column.id"), title("lists.column.name"), title("lists.column.chance"), title("lists.column.fraction"),
		title("lists.column.error"), title("lists.column.mean"), title("lists.column.mean_error")}}
	number := func(x float64) string { return strconv.FormatFloat(x, 'f', 5, 64) }
	for _, one := range c.Objects {
		table = append(table, []string{title("lists.word.object"), one.Who, names[one.Who], number(one.Chance), one.Fraction, number(one.Error), "", ""})
	}
	for _, one := range c.Inspectors {
		table = append(table, []string{title("lists.word.inspector"), one.Who, names[one.Who], number(one.Chance), one.Fraction, number(one.Error), number(one.Mean),
			cmp.Or(number(one.MeanErr), "0")})
	}
	return table
}
