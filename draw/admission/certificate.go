package admission

import (
	"jiaoheng/draw"
	"jiaoheng/message"
)

// Certificate says what the draw reached, in figures and in words. It names schools, never children.
type Certificate struct {
	Kind       string          `json:"kind"`
	Commitment string          `json:"commitment"`
	SeedOrigin string          `json:"seed_origin"`
	Basis      string          `json:"basis"`
	Bands      []int           `json:"bands"`
	Schools    []SchoolFigures `json:"schools"`
	Applicants int             `json:"applicants"`
	Placed     int             `json:"placed"`
	First      int             `json:"placed_at_first_wish"`
	Arrange    int             `json:"to_be_arranged"` // without a place: 统筹安排
	Places     int             `json:"places"`
	Blocking   int             `json:"blocking_pairs"` // counted by code apart from the method
	Across     int             `json:"blocking_pairs_across_bands"`
	Negatives  int             `json:"wishes_refused"`
	Reasons    int             `json:"reasons_given"`
	NotTaken   int             `json:"wishes_of_other_categories"` // of categories that the school does not take
	Twins      int             `json:"twin_sets"`
	Separated  int             `json:"twin_sets_separated"`
	AtLast     int             `json:"twin_sets_separated_at_a_last_place"`
	Sentences  []string        `json:"sentences"`
}

// SchoolFigures is one school.
type SchoolFigures struct {
	ID       string         `json:"id"`
	Name     string         `json:"name,omitempty"`
	Places   int            `json:"places"`
	Applied  int            `json:"applied"` // named it, at any wish
	Admitted int            `json:"admitted"`
	Free     int            `json:"free"`
	Groups   []GroupFigures `json:"groups"`
	CutOff   string         `json:"cut_off"` // how far it went, in words; empty: everybody who came was taken
}

// GroupFigures is one group of categories at a school.
type GroupFigures struct {
	Categories []string `json:"categories"`
	Applied    int      `json:"applied"`
	Admitted   int      `json:"admitted"`
}

// Certificate says what was reached. names gives the names of schools by their ids.
func (r Result) Certificate(origin, commitment string, names map[string]string, language message.Language) Certificate {
	c := Certificate{Kind: Kind, Commitment: commitment, SeedOrigin: origin, Basis: r.Policy.Basis, Bands: append([]int{}, r.Policy.Bands...),
		Applicants: len(r.Applicants), Blocking: r.Within.Blocking, Across: r.Across.Blocking, Sentences: []string{}}
	applied := r.applied()
	for s, school := range r.Schools {
		f := SchoolFigures{ID: school.ID, Name: names[school.ID], Places: school.Places}
		for g, group := range school.Groups {
			f.Groups = append(f.Groups, GroupFigures{Categories: group, Applied: applied[s][g]})
			f.Applied += applied[s][g]
		}
		c.Schools = append(c.Schools, f)
		c.Places += school.Places
	}
	for i, p := range r.Applicants {
		if p.School < 0 {
			c.Arrange++
			c.Negatives += len(r.table.applicants[i].wishes)
			continue
		}
		c.Placed++
		c.Negatives += p.Wish - 1
		if p.Wish == 1 {
			c.First++
		}
		c.Schools[p.School].Admitted++
		c.Schools[p.School].Groups[r.table.applicants[i].wishes[p.Wish-1].group].Admitted++
	}
	reasons := r.Reasons()
	c.cutOffs(r, reasons, language)
	c.twins(r, reasons)
	c.say(language)
	return c
}

// cutOffs counts the reasons and tells of every school that had to refuse somebody how far it went.
func (c *Certificate) cutOffs(r Result, all [][]Reason, language message.Language) {
	refused := make([]bool, len(r.Schools))
	for _, reasons := range all {
		for _, reason := range reasons {
			if reason.Code == NoWish {
				continue
			}
			c.Reasons++
			if reason.Code == NotTaken {
				c.NotTaken++
			}
			refused[reason.School] = refused[reason.School] || reason.Code != NotTaken
		}
	}
	for s, at := range r.lasts() {
		f := &c.Schools[s]
		f.Free = f.Places - f.Admitted
		if !refused[s] || at < 0 {
			continue
		}
		k := r.Applicants[at].Wish - 1
		w := r.table.applicants[at].wishes[k]
		f.CutOff = message.Text(language, "draw.admit.says.group", message.Args{"group": groupText(r.Schools[s].Groups[w.group])})
		for n, by := range r.Schools[s].By {
			f.CutOff += message.Text(language, "draw.admit.says.criterion", message.Args{"by": message.Word("draw.admit.word." + by), "value": r.value(by, w.values[n])})
		}
		f.CutOff += message.Text(language, "draw.admit.says.number", message.Args{"number": r.Applicants[at].Numbers[k]})
	}
}

// twins counts sets of twins, those who did not come to the same school, and those separated only because one got a last place.
func (c *Certificate) twins(r Result, reasons [][]Reason) {
	sets := map[string][]int{}
	for i, a := range r.table.applicants {
		if a.twin != "-" {
			sets[a.twin] = append(sets[a.twin], i)
		}
	}
	for _, set := range sets {
		c.Twins++
		apart, last := false, false
		for _, i := range set {
			apart = apart || r.Applicants[i].School != r.Applicants[set[0]].School
			for _, reason := range reasons[i] {
				last = last || reason.Code == OfTwin
			}
		}
		if apart {
			c.Separated++
			if last {
				c.AtLast++
			}
		}
	}
}

// say puts what matters into words.
func (c *Certificate) say(language message.Language) {
	say := func(key string, args message.Args) {
		c.Sentences = append(c.Sentences, message.Text(language, key, args))
	}
	say("draw.admit.says.placed", message.Args{"count": c.Applicants, "placed": c.Placed, "first": c.First, "places": c.Places, "arrange": c.Arrange})
	say("draw.admit.says.reasons", message.Args{"count": c.Negatives, "reasons": c.Reasons})
	if c.NotTaken > 0 {
		say("draw.admit.says.not_taken", message.Args{"count": c.NotTaken})
	}
	say("draw.admit.says.blocking", message.Args{"count": c.Blocking})
	if c.Across > 0 {
		say("draw.admit.says.across", message.Args{"count": c.Across})
	}
	if c.Twins > 0 {
		say("draw.admit.says.twins", message.Args{"count": c.Twins, "apart": c.Separated, "last": c.AtLast})
	}
	if c.SeedOrigin != draw.Announced {
		say("draw.admit.says.unproven", nil)
	}
}
