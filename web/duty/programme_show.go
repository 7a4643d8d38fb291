package duty

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/plan"
	"jiaoheng/plan/duty"
	"jiaoheng/plan/target"
	"jiaoheng/web/shell"
)

// programmeView is an umbrella plan with its action programmes and the targets they share.
type programmeView struct {
	Outline *duty.Outline
	Tabs    []shell.Tab
	Family  []member   // the umbrella first
	Ties    []duty.Tie // between plans of the family
	Sames   []shared
	Likely  []shared // targets of this plan that are called like one of another plan of the family
	Others  []shell.Option
	Targets []shell.Option // of this plan
	Ones    []shell.Option // of the rest of the family
	Form    shell.Form
	nameOf  personName
}

// member is a plan of a family.
type member struct {
	Outline *duty.Outline
	Targets int
	Shared  int // of them, those that are targets of another plan
}

// shared is a target of one plan that is a target of another.
type shared struct {
	Tie        duty.Tie
	Other, One duty.Node
	OtherPlan  string // titles
	OnePlan    string
	Value      string // of the pair in a form
}

// valueOf writes a target as a form sends it: plan and track.
func valueOf(named target.Named) string { return named.Plan + " " + string(named.Target) }

// namedOf reads what valueOf wrote.
func namedOf(value string) target.Named {
	plan, track, _ := strings.Cut(value, " ")
	return target.Named{Plan: plan, Target: target.Track(track)}
}

func (p *Pages) openProgramme(r *http.Request) (programmeView, error) {
	if !plan.MaySee(actorOf(r).Post) {
		return programmeView{}, shell.NoRight
	}
	ctx := r.Context()
	outline, err := p.desk.Outline(ctx, r.PathValue("plan"))
	if err != nil {
		return programmeView{}, found(err)
	}
	ties, err := p.store.Ties(ctx)
	if err != nil {
		return programmeView{}, err
	}
	view := programmeView{Outline: outline, Tabs: p.tabs(ctx, outline, "programme"), nameOf: p.nameOf}
	family := duty.FamilyOf(outline.Plan.ID, ties)
	same := target.Canonical(duty.Sames(ties))
	for _, id := range family {
		one, err := p.desk.Outline(ctx, id)
		if err != nil {
			return view, err
		}
		view.Family = append(view.Family, memberOf(one, same))
	}
	view.gather(ctx, ties)
	plans, err := p.store.Plans(ctx)
	if err != nil {
		return view, err
	}
	view.Others = []shell.Option{{Label: text(ctx, "programme.choose")}}
	for _, one := range plans {
		if !slices.Contains(family, one.ID) {
			view.Others = append(view.Others, shell.Option{Value: one.ID, Label: one.Title})
		}
	}
	return view, nil
}

func memberOf(o *duty.Outline, same map[target.Named]target.Named) member {
	m := member{Outline: o}
	for _, node := range o.Nodes {
		if node.Kind != plan.Target {
			continue
		}
		m.Targets++
		if _, elsewhere := same[target.Named{Plan: o.Plan.ID, Target: node.Track}]; elsewhere {
			m.Shared++
		}
	}
	return m
}

// gather fills what the members share and may share.
func (v *programmeView) gather(ctx context.Context, ties []duty.Tie) {
	outlines := map[string]*duty.Outline{}
	for _, m := range v.Family {
		outlines[m.Outline.Plan.ID] = m.Outline
	}
	make := func(same target.Same) (shared, bool) {
		other, one := outlines[same.Other.Plan], outlines[same.One.Plan]
		if other == nil || one == nil {
			return shared{}, false
		}
		s := shared{OtherPlan: other.Version.Content.Title, OnePlan: one.Version.Content.Title, Value: valueOf(same.Other) + " " + valueOf(same.One)}
		s.Other, _ = other.Find(same.Other.Target)
		s.One, _ = one.Find(same.One.Target)
		return s, true
	}
	for _, t := range ties {
		switch {
		case !t.Holds():
		case t.Kind == duty.Programme && outlines[t.Plan] != nil:
			v.Ties = append(v.Ties, t)
		case t.Kind == duty.SameAs:
			if s, known := make(target.Same{Other: target.Named{Plan: t.Plan, Target: t.Node}, One: t.Of}); known {
				s.Tie = t
				v.Sames = append(v.Sames, s)
			}
		}
	}
	v.Targets, v.Ones = []shell.Option{{Label: text(ctx, "programme.choose")}}, []shell.Option{{Label: text(ctx, "programme.choose")}}
	for _, m := range v.Family {
		mine := m.Outline.Plan.ID == v.Outline.Plan.ID
		for _, node := range m.Outline.Nodes {
			if node.Kind != plan.Target {
				continue
			}
			option := shell.Option{Value: valueOf(target.Named{Plan: m.Outline.Plan.ID, Target: node.Track}), Label: node.Name() + " " + duty.GoalText(shell.From(ctx).Language, node)}
			if mine {
				v.Targets = append(v.Targets, option)
			} else {
				option.Label += " · " + m.Outline.Version.Content.Title
				v.Ones = append(v.Ones, option)
			}
		}
		if mine || m.Outline.Plan.ID == v.Outline.Plan.ID {
			continue
		}
		for _, same := range duty.SuggestSame(v.Outline, m.Outline, ties) {
			already := slices.ContainsFunc(v.Likely, func(s shared) bool { return s.Other.Track == same.Other.Target })
			if s, known := make(same); known && !already && v.Outline.Plan.ID != v.Family[0].Outline.Plan.ID {
				v.Likely = append(v.Likely, s) // the umbrella comes first
			}
		}
	}
}

// Programme shows the umbrella plan with its action programmes, what they share, and how many targets there are when each is
// counted once.
func (p *Pages) Programme(w http.ResponseWriter, r *http.Request) error {
	view, err := p.openProgramme(r)
	if err != nil {
		return err
	}
	return p.showProgramme(w, r, view, http.StatusOK)
}

func (p *Pages) showProgramme(w http.ResponseWriter, r *http.Request, view programmeView, status int) error {
	ctx := r.Context()
	page := frame(ctx, view.Outline, text(ctx, "programme.title"))
	return shell.Render(w, r, status, page, programmePage(view))
}

// ProgrammeMake makes the chosen plan an action programme of the plan of the address.
func (p *Pages) ProgrammeMake(w http.ResponseWriter, r *http.Request) error {
	_, err := p.desk.MakeProgramme(r.Context(), actorOf(r), only(r, "programme"), r.PathValue("plan"), only(r, "reason"))
	if errors.Is(err, plan.ErrNotFound) {
		err = fault.List{fault.At(fault.Place{Column: "programme"}, "duty.programme_missing", nil)}
	}
	return p.tied(w, r, err, "duty.page.programme.made")
}

// SameMake says that the chosen pairs of targets are one target each.
func (p *Pages) SameMake(w http.ResponseWriter, r *http.Request) error {
	var sames []target.Same
	for _, value := range r.PostForm["pair"] {
		if parts := strings.Fields(value); len(parts) == 4 {
			sames = append(sames, target.Same{Other: target.Named{Plan: parts[0], Target: target.Track(parts[1])}, One: target.Named{Plan: parts[2], Target: target.Track(parts[3])}})
		}
	}
	if other, one := only(r, "other"), only(r, "one"); other != "" || one != "" {
		sames = append(sames, target.Same{Other: namedOf(other), One: namedOf(one)})
	}
	if len(sames) == 0 {
		return p.tied(w, r, fault.List{fault.New("duty.confirm_nothing", nil)}, "")
	}
	for _, same := range sames {
		_, err := p.desk.MakeSame(r.Context(), actorOf(r), same, only(r, "reason"))
		if errors.Is(err, plan.ErrNotFound) {
			err = fault.List{fault.New("duty.same_no_target", nil)}
		}
		if err != nil {
			return p.tied(w, r, err, "")
		}
	}
	return p.tied(w, r, nil, "duty.page.programme.shared")
}

// Untie takes a tie back.
func (p *Pages) Untie(w http.ResponseWriter, r *http.Request) error {
	return p.tied(w, r, p.desk.Untie(r.Context(), actorOf(r), only(r, "id"), only(r, "reason")), "duty.page.programme.untied")
}

// tied leads back to the family, or shows it with what stands against the step.
func (p *Pages) tied(w http.ResponseWriter, r *http.Request, err error, done string) error {
	if list := fault.Of(err); list != nil {
		view, opened := p.openProgramme(r)
		if opened != nil {
			return opened
		}
		view.Form = shell.Form{Values: r.PostForm, Faults: list}
		return p.showProgramme(w, r, view, http.StatusUnprocessableEntity)
	}
	return p.answer(w, r, err, address(r.PathValue("plan"), "programme"), done)
}

func (v programmeView) figures(ctx context.Context) []shell.Figure {
	stored, tied := 0, 0
	for _, m := range v.Family {
		stored += m.Targets
		tied += m.Shared
	}
	return []shell.Figure{{Label: text(ctx, "programme.plans"), Value: shell.Count(len(v.Family))}, {Label: text(ctx, "programme.named"), Value: shell.Count(stored)},
		{Label: text(ctx, "programme.same"), Value: shell.Count(tied)}, {Label: text(ctx, "programme.counted"), Value: shell.Count(stored - tied), Note: text(ctx, "programme.once")}}
}

// members is the list of the family.
func (v programmeView) members(ctx context.Context) shell.Table {
	table := shell.Table{Caption: text(ctx, "programme.family"), Columns: []shell.Column{{Title: text(ctx, "column.plan")}, {Title: text(ctx, "column.role")},
		{Title: text(ctx, "column.targets"), Align: shell.Figures}, {Title: text(ctx, "column.shared"), Align: shell.Figures}, {Title: text(ctx, "column.counted"), Align: shell.Figures}, {Title: text(ctx, "column.act")}}}
	for n, m := range v.Family {
		role := text(ctx, "programme.role")
		if n == 0 {
			role = text(ctx, "programme.umbrella")
		}
		act := shell.Cell{}
		for _, t := range v.Ties {
			if t.Plan == m.Outline.Plan.ID && mayChange(ctx) {
				act = shell.Cell{Body: untieForm(v.Outline.Plan.ID, t.ID)}
			}
		}
		table.Rows = append(table.Rows, []shell.Cell{{Text: m.Outline.Version.Content.Title, Address: address(m.Outline.Plan.ID, "programme"), Written: true}, {Text: role},
			{Text: shell.Count(m.Targets)}, {Text: shell.Count(m.Shared)}, {Text: shell.Count(m.Targets - m.Shared)}, act})
	}
	return table
}

// pairs is a list of shared targets; with boxes where they are only likely to be.
func (v programmeView) pairs(ctx context.Context, caption string, pairs []shared, likely bool) shell.Table {
	language := shell.From(ctx).Language
	table := shell.Table{Caption: caption, Columns: []shell.Column{{Title: text(ctx, "column.other")}, {Title: text(ctx, "column.one")}, {Title: text(ctx, "column.reason")}, {Title: text(ctx, "column.act")}}}
	for _, s := range pairs {
		act := shell.Cell{}
		switch {
		case likely:
			act = shell.Cell{Body: pick("pair", s.Value, true, s.Other.Name())}
		case mayChange(ctx):
			act = shell.Cell{Body: untieForm(v.Outline.Plan.ID, s.Tie.ID)}
		}
		note := ""
		if own, kept := duty.GoalText(language, s.Other), duty.GoalText(language, s.One); own != kept {
			note = text(ctx, "programme.differs", message.Args{"own": own, "kept": kept})
		}
		table.Rows = append(table.Rows, []shell.Cell{{Text: s.Other.Name(), Note: s.OtherPlan, Written: true}, {Text: s.One.Name(), Note: s.OnePlan, Written: true},
			{Text: s.Tie.Reason, Note: note, Written: true}, act})
	}
	return table
}
