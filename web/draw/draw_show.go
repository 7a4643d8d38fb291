package draw

import (
	"context"
	"net/http"
	"strconv"

	"github.com/a-h/templ"

	"jiaoheng/access"
	core "jiaoheng/draw"
	"jiaoheng/draw/ceremony"
	"jiaoheng/message"
	"jiaoheng/person"
	"jiaoheng/web/shell"
)

// stages are the five stages of a draw with the states in which each is under way.
var stages = []struct {
	name   string
	states []ceremony.State
}{
	{"prepare", []ceremony.State{ceremony.Prepared}},
	{"announce", []ceremony.State{ceremony.Announcing}},
	{"witness", []ceremony.State{ceremony.Announced, ceremony.Witnessing, ceremony.Revealing}},
	{"draw", []ceremony.State{ceremony.Ready, ceremony.Seeded, ceremony.Drawing}},
	{"publish", []ceremony.State{ceremony.Drawn, ceremony.Publishing, ceremony.Published}},
}

// stageView is one stage of the line above a draw.
type stageView struct {
	name    string
	done    bool
	current bool
}

func stagesOf(d ceremony.Draw) []stageView {
	var all []stageView
	before := d.State != ceremony.Withdrawn
	for _, stage := range stages {
		if stage.name == "witness" && d.Witnessed() == 0 {
			if d.State == ceremony.Announced {
				all = append(all, stageView{name: "draw", current: true})
				before = false
				all = append(all, stageView{name: "publish"})
				break
			}
			continue
		}
		current := false
		for _, state := range stage.states {
			current = current || state == d.State
		}
		if d.State == ceremony.Published {
			current = false
		}
		if current {
			before = false
		}
		all = append(all, stageView{name: stage.name, current: current, done: before})
	}
	return all
}

// showView is one draw with what the present post may do.
type showView struct {
	d         ceremony.Draw
	turn      string // the step that was refused
	form      shell.Form
	runs      bool
	approves  bool
	looks     bool
	me        string
	witnesses []ceremony.Witness
	facts     []shell.Fact
	rest      []shell.Fact // who did what
	part      templ.Component
	seats     []shell.Option // of a draw from lists: which of them may become vacant
	parent    *ceremony.Draw
	children  []ceremony.Draw
}

// Show shows where a draw stands and offers the next step.
func (p *Pages) Show(w http.ResponseWriter, r *http.Request) error {
	return p.show(w, r, http.StatusOK, showView{})
}

func (p *Pages) show(w http.ResponseWriter, r *http.Request, status int, v showView) error {
	ctx := r.Context()
	d, err := p.one(r)
	if err != nil {
		return err
	}
	view := shell.From(ctx)
	v.d, v.runs, v.looks, v.me = d, mayRun(ctx, d), mayLook(ctx, d), view.Actor.Post.Person
	v.approves = access.May(view.Actor.Post, access.Approve, access.Thing{Class: access.Draw, Unit: person.At(view.Tree, d.Unit)})
	if v.witnesses, err = p.desk.Witnesses(ctx, actorOf(ctx), d.ID); err != nil {
		return err
	}
	if d.State == ceremony.Drawing && status == http.StatusOK {
		if finished, err := p.runs.wait(ctx, d.ID); err != nil {
			return err
		} else if finished {
			if d, err = p.one(r); err != nil {
				return err
			}
			v.d = d
		}
		if d.State == ceremony.Drawing {
			w.Header().Set("Refresh", "2")
		}
	}
	v.facts, v.rest = factsOf(ctx, d), p.stepsOf(ctx, d)
	if v.part, err = p.kindPart(ctx, d); err != nil {
		return err
	}
	if d.Kind == ceremony.Lists && d.Finished() && d.State != ceremony.Withdrawn && v.runs {
		if v.seats, err = p.seats(ctx, d); err != nil {
			return err
		}
	}
	if err := p.family(ctx, &v); err != nil {
		return err
	}
	frame := page(ctx, d.Title)
	frame.Lead = kindText(ctx, d.Kind) + " · " + unitName(ctx, d.Unit)
	frame.Actions = showActions(v)
	return shell.Render(w, r, status, frame, show(v))
}

// family finds the draw that this one continues and those that continue it.
func (p *Pages) family(ctx context.Context, v *showView) error {
	if v.d.Parent != "" {
		if parent, err := p.desk.Find(ctx, actorOf(ctx), v.d.Parent); err == nil {
			v.parent = &parent
		}
	}
	var err error
	v.children, err = p.desk.List(ctx, actorOf(ctx), ceremony.Query{Parent: v.d.ID})
	return err
}

// factsOf are the facts of a draw for every reader.
func factsOf(ctx context.Context, d ceremony.Draw) []shell.Fact {
	facts := []shell.Fact{
		{Name: text(ctx, "column.state"), Body: shell.StatusWord(condition(d.State), stateText(ctx, d.State))},
		{Name: text(ctx, "column.held"), Text: shell.Moment(ctx, d.Held)},
		{Name: text(ctx, "place"), Body: written(d.Place)},
	}
	if d.Frozen {
		facts = append(facts, shell.Fact{Name: text(ctx, "lines"), Text: text(ctx, "lines_count", message.Args{"count": shell.Count(d.Lines)})})
	}
	for n, source := range d.Sources {
		fact := shell.Fact{Name: text(ctx, "source_n", message.Args{"source": n + 1}), Text: ceremony.SourceText(shell.From(ctx).Language, source)}
		if !source.Known.IsZero() {
			fact.Note = text(ctx, "known_at", message.Args{"at": shell.Moment(ctx, source.Known)})
		}
		facts = append(facts, fact)
	}
	if d.Closing != "" {
		facts = append(facts, shell.Fact{Name: text(ctx, "closing"), Body: hash(d.Closing)})
	}
	if d.SeedHash != "" {
		facts = append(facts, shell.Fact{Name: text(ctx, "seed"), Body: hash(d.SeedHash)})
	}
	if d.Digest != "" {
		facts = append(facts, shell.Fact{Name: text(ctx, "digest"), Body: hash(d.Digest)})
	}
	if d.State == ceremony.Withdrawn {
		facts = append(facts, shell.Fact{Name: text(ctx, "reason"), Body: written(d.Reason)})
	}
	return facts
}

// stepsOf says who did what, and when.
func (p *Pages) stepsOf(ctx context.Context, d ceremony.Draw) []shell.Fact {
	var facts []shell.Fact
	for _, step := range []ceremony.Step{ceremony.StepPrepare, ceremony.StepReplace, ceremony.StepFix, ceremony.StepAnnounce, ceremony.StepOpen, ceremony.StepClose,
		ceremony.StepReveal, ceremony.StepSeed, ceremony.StepReject, ceremony.StepConfirm, ceremony.StepRun, ceremony.StepPropose, ceremony.StepPublish, ceremony.StepWithdraw} {
		if done, known := d.Steps[step]; known {
			facts = append(facts, shell.Fact{Name: shell.Text(ctx, "draw.step."+string(step)), Body: written(p.nameOf(ctx, done.Person)), Note: shell.Moment(ctx, done.At)})
		}
	}
	return facts
}

// told counts the witnesses who told their words.
func told(all []ceremony.Witness) int {
	count := 0
	for _, w := range all {
		if w.Word != "" {
			count++
		}
	}
	return count
}

// least is how many witnesses the announcement asks for.
func least(d ceremony.Draw) int {
	if d.Witnessed() == 0 {
		return 0
	}
	n, _ := core.Whole(d.Sources[d.Witnessed()-1].Text)
	return n
}

// valueFields are the fields of the values of the sources.
func valueFields(ctx context.Context, v showView) []shell.Field {
	var fields []shell.Field
	for n, source := range v.d.Sources {
		if source.Kind == core.Witness {
			continue
		}
		field := shell.Field{Name: ceremony.ValueField(n), Label: ceremony.SourceText(shell.From(ctx).Language, source), Help: text(ctx, "value_help."+source.Kind),
			Required: true, Limit: ceremony.MaxValue, Autocomplete: "off"}
		if v.turn == "seed" {
			field = field.From(ctx, v.form)
		}
		fields = append(fields, field)
	}
	return fields
}

// reasonField is the field for the reason of a step.
func reasonField(ctx context.Context, v showView, name string) shell.Field {
	field := shell.Field{Name: ceremony.FieldReason, Key: "reason-" + name, Label: text(ctx, "reason"), Required: true, Limit: ceremony.MaxReason, Autocomplete: "off"}
	if v.turn == name {
		return field.From(ctx, v.form)
	}
	return field
}

// vacateReason is the field for the reason of a vacancy, which becomes public.
func vacateReason(ctx context.Context, v showView) shell.Field {
	field := reasonField(ctx, v, "vacate")
	field.Label, field.Help = text(ctx, "vacate_reason"), text(ctx, "vacate_reason_help")
	return field
}

// hasTables tells whether tables are handed over for a draw on these pages.
func hasTables(d ceremony.Draw) bool {
	one, known := kinds[d.Kind]
	return known && len(one.asks()) > 0
}

// second tells whether the present person did not do a step.
func (v showView) second(steps ...ceremony.Step) bool {
	for _, step := range steps {
		if done, known := v.d.Steps[step]; known && done.Person == v.me {
			return false
		}
	}
	return true
}

func versionText(d ceremony.Draw) string { return strconv.FormatInt(d.Version, 10) }
