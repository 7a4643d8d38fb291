package pack

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"jiaoheng/expr"
	"jiaoheng/lifecycle"
	"jiaoheng/message"
)

// LifeDescription is a lifecycle: who makes rows, its diagram, who may do what, its deadlines, what is told before and after
// them, and the parameters that it names, with their values and clauses.
type LifeDescription struct {
	Register   string            `json:"register"`
	Title      string            `json:"title"`
	Create     string            `json:"create"`
	Diagram    string            `json:"diagram"`
	Rights     []string          `json:"rights"`
	Ladder     []string          `json:"ladder"`
	Parameters []RuleDescription `json:"parameters"`
}

// LetterDescription is a letter.
type LetterDescription struct {
	Name     string            `json:"name"`
	Title    string            `json:"title"`
	Register string            `json:"register"`
	Number   string            `json:"number"`
	Heading  string            `json:"heading"`
	Source   SourceDescription `json:"source"`
}

// living describes what a pack says of rows that live.
func (d describer) living(description *Description, p *Pack, scope *Scope) {
	for _, r := range p.Registers {
		if r.Living() {
			description.Lifecycles = append(description.Lifecycles, d.life(scope, r))
		}
	}
	for _, letter := range p.Letters {
		description.Letters = append(description.Letters, LetterDescription{letter.Name, letter.Title.In(d.language), letter.Register, letter.Number,
			letter.Heading, d.source(letter.Source)})
	}
	for _, q := range p.Quotas {
		description.Quotas = append(description.Quotas, d.quota(scope, q))
	}
	for _, sheet := range p.Sheets {
		description.Sheets = append(description.Sheets, d.sheet(sheet))
	}
	for _, profile := range p.Profiles {
		description.Profiles = append(description.Profiles, d.profile(profile)...)
	}
	for _, s := range p.Scales {
		description.Scales = append(description.Scales, d.scale(s))
	}
	for _, c := range p.Calendars {
		description.Calendars = append(description.Calendars, RuleDescription{Name: fmt.Sprint(c.Year),
			Rule:   d.say("pack.doc.calendar", message.Args{"holidays": len(c.Holidays), "workdays": len(c.Workdays)}),
			Values: []ValueDescription{{Source: d.source(c.Source)}}})
	}
}

// lives says how the rows of a register live.
func (d describer) lives(r *Register) []string {
	var all []string
	say := func(given bool, key string, args message.Args) {
		if given {
			all = append(all, d.say(key, args))
		}
	}
	if r.Serial != nil {
		say(true, "pack.doc.serial", message.Args{"form": r.Serial.Form})
	}
	say(r.Heading != "", "pack.doc.heading", message.Args{"column": r.Heading})
	say(r.PartOf != "", "pack.doc.part_of", message.Args{"register": r.PartOf})
	say(r.Subject != "", "pack.doc.subject", message.Args{"subject": r.Subject})
	say(len(r.Names) > 0, "pack.doc.names", message.Args{"who": lifecycle.TextOf(r.Names, d.language)})
	say(r.Example != "", "pack.doc.example", message.Args{"file": r.Example})
	return all
}

func (d describer) life(scope *Scope, r *Register) LifeDescription {
	return LifeDescription{Register: r.Name, Title: r.Title.In(d.language), Create: lifecycle.TextOf(r.Life.Create, d.language),
		Diagram: r.Life.Diagram(d.language), Rights: d.rights(r), Ladder: d.ladder(scope, r), Parameters: d.named(scope, r.Life)}
}

// rights says for everybody who is named what they may do, in the order in which they are named first.
func (d describer) rights(r *Register) []string {
	var order []string
	may := map[string][]string{}
	add := func(who []lifecycle.Who, what string) {
		for _, w := range who {
			name := w.Text(d.language)
			if _, known := may[name]; !known {
				order = append(order, name)
			}
			if !slices.Contains(may[name], what) {
				may[name] = append(may[name], what)
			}
		}
	}
	add(r.Life.Create, d.say("pack.doc.create", nil))
	for _, event := range r.Life.Events {
		add(event.By, event.Title.In(d.language))
	}
	for _, state := range r.Life.States {
		for _, edit := range state.Edit {
			columns := d.say("pack.doc.every_column", nil)
			if len(edit.Columns) > 0 {
				columns = d.titles(r, edit.Columns)
			}
			add(edit.By, d.say("pack.doc.edit", message.Args{"state": state.Title, "columns": columns}))
		}
	}
	lines := []string{}
	for _, name := range order {
		lines = append(lines, d.say("pack.doc.right", message.Args{"who": name, "what": d.several(may[name])}))
	}
	return lines
}

func (d describer) titles(r *Register, names []string) string {
	var all []string
	for _, name := range names {
		all = append(all, r.column(name).Title.In(d.language))
	}
	return d.several(all)
}

// ladder says what happens before and after each deadline.
func (d describer) ladder(scope *Scope, r *Register) []string {
	lines := []string{}
	for _, state := range r.Life.States {
		for _, step := range state.Remind {
			lines = append(lines, d.step(scope, "pack.doc.remind", state, step))
		}
		for _, step := range state.Late {
			lines = append(lines, d.step(scope, "pack.doc.late", state, step))
		}
		if state.Silent > 0 {
			lines = append(lines, d.say("pack.doc.silent", message.Args{"state": state.Title, "days": state.Silent}))
		}
	}
	return lines
}

func (d describer) step(scope *Scope, key string, state *lifecycle.State, step lifecycle.Step) string {
	var done []string
	if len(step.To) > 0 {
		done = append(done, d.say("pack.doc.tells", message.Args{"who": lifecycle.TextOf(step.To, d.language)}))
	}
	if letter, known := scope.Letter(step.Letter); known {
		done = append(done, d.say("pack.doc.sends", message.Args{"letter": letter.Title}))
	}
	for _, opens := range step.Opens {
		if other, known := scope.Register(opens.Register); known {
			done = append(done, d.say("pack.doc.opens", message.Args{"register": other.Title}))
		}
	}
	return d.say(key, message.Args{"state": state.Title, "days": step.Days, "count": d.say("lifecycle.count."+string(state.Due.Count), nil),
		"done": d.several(done)})
}

// named describes the parameters that the formulas of a lifecycle name.
func (d describer) named(scope *Scope, machine *lifecycle.Machine) []RuleDescription {
	names := map[string]bool{}
	for _, f := range formulasOf(machine) {
		if f == nil || f.Ready == nil {
			continue
		}
		for _, reference := range f.Ready.References() {
			names[reference.Name] = true
		}
	}
	all := []RuleDescription{}
	for _, name := range slices.Sorted(maps.Keys(names)) {
		if parameter, known := scope.Parameter(name); known {
			all = append(all, RuleDescription{Name: name, Title: parameter.Title.In(d.language), Rule: parameter.Measure, Values: d.values(parameter.Values)})
		}
	}
	return all
}

// formulasOf returns every formula of a lifecycle; some are nil.
func formulasOf(machine *lifecycle.Machine) []*expr.Written {
	var all []*expr.Written
	opened := func(opens []lifecycle.Opens) {
		for _, one := range opens {
			all = append(all, one.When)
		}
	}
	for _, state := range machine.States {
		if state.Due != nil {
			all = append(all, state.Due.Within)
		}
		for _, step := range slices.Concat(state.Remind, state.Late) {
			opened(step.Opens)
		}
	}
	for _, event := range machine.Events {
		all = append(all, event.Extend)
		for _, guard := range event.Guards {
			all = append(all, guard.Holds)
		}
		for _, set := range event.Set {
			all = append(all, set.To)
		}
		opened(event.Opens)
	}
	return all
}

// quota describes who has to do how much, from when.
func (d describer) quota(scope *Scope, q *Quota) RuleDescription {
	described := RuleDescription{Name: q.Name, Title: q.Title.In(d.language), Values: []ValueDescription{},
		Rule: d.say("pack.doc.quota", message.Args{"every": d.every(q.Every), "measure": q.Measure, "people": q.People.Register, "done": q.Register,
			"show": d.say("pack.show."+string(q.Show), nil)})}
	people, _ := scope.Register(q.People.Register)
	for _, v := range q.Values {
		var posts []string
		for _, option := range people.column(q.People.Post).Choices {
			if least, bound := v.Least[option.Name]; bound {
				posts = append(posts, option.Title.In(d.language)+" "+plain(least))
			}
		}
		described.Values = append(described.Values, ValueDescription{From: v.From.String(), Until: v.Until.String(), Region: v.Region, Value: d.several(posts),
			Source: d.source(v.Source)})
	}
	return described
}

// lifecycles writes the lifecycles of a pack.
func (w *writer) lifecycles(all []LifeDescription) {
	w.head("pack.doc.lifecycles", len(all))
	part := func(key string, lines []string) {
		if len(lines) > 0 {
			w.line(2, w.say(key, nil))
		}
		for _, line := range lines {
			w.line(3, line)
		}
	}
	for _, life := range all {
		w.line(1, life.Register, life.Title, w.say("pack.doc.made_by", message.Args{"who": life.Create}))
		for line := range strings.Lines(life.Diagram) {
			fmt.Fprintf(&w.out, "    %s", line)
		}
		part("pack.doc.rights", life.Rights)
		part("pack.doc.ladder", life.Ladder)
		if len(life.Parameters) > 0 {
			w.line(2, w.say("pack.doc.life_parameters", nil))
		}
		for _, parameter := range life.Parameters {
			w.rule(3, parameter)
		}
	}
}

// letters writes the letters of a pack.
func (w *writer) letters(all []LetterDescription) {
	w.head("pack.doc.letters", len(all))
	for _, letter := range all {
		w.line(1, letter.Name, letter.Title, letter.Register, letter.Number, letter.Heading)
		w.source(2, letter.Source)
	}
}
