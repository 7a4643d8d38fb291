package target

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/plan/target"
	"jiaoheng/unit"
	"jiaoheng/web/shell"
)

// Limits of the search for another source.
const (
	maxSearch  = 50 // characters
	maxChoices = 40
)

// choice is an indicator or an item that a person may choose.
type choice struct {
	source target.Source
	code   string
	about  string // the pack or the register
}

func (c choice) value() string {
	return strings.Join([]string{string(c.source.Kind), c.source.Name, c.source.Stage}, "|")
}

// Show shows one target: what measures it, what may, the versions, and the form by which it is chosen.
func (b *Bindings) Show(w http.ResponseWriter, r *http.Request) error {
	v, err := b.open(r)
	if err != nil {
		return err
	}
	return b.show(w, r, v, http.StatusOK)
}

func (b *Bindings) show(w http.ResponseWriter, r *http.Request, v *bindView, status int) error {
	ctx := r.Context()
	row, found := v.find(target.Track(r.PathValue("track")))
	if !found {
		return shell.NotFound
	}
	v.chosen = row
	v.search = strings.Join(strings.Fields(r.URL.Query().Get("q")), " ")
	if letters := []rune(v.search); len(letters) > maxSearch {
		v.search = string(letters[:maxSearch])
	}
	v.choices = v.choose(ctx)
	var more []target.Source
	for _, p := range row.proposals {
		more = append(more, sourceOf(p))
	}
	if row.held != nil {
		more = append(more, row.held.SourceOf())
	}
	if err := b.values(ctx, v, nil, more...); err != nil {
		return err
	}
	v.names = map[string]string{}
	for _, one := range v.versions() {
		for _, id := range []string{one.By, one.ApprovedBy} {
			if id != "" && v.names[id] == "" {
				v.names[id] = b.nameOf(ctx, id)
			}
		}
	}
	page := shell.Page{Title: row.info.Name(), Lead: wants(ctx, row.info.Node), Word: "plan", Styles: []string{"bind.css"}, Source: shell.Text(ctx, "target.bind.paper", message.Args{"title": v.plan.Title}),
		Trail: bindTrail(ctx, v, shell.Link{Label: shell.Text(ctx, "target.bind.title"), Address: bindAddress(v.plan.ID)})}
	return shell.Render(w, r, status, page, bindOne(v))
}

// versions are the versions of the chosen target, the newest first.
func (v *bindView) versions() []target.Binding {
	var all []target.Binding
	for _, one := range slices.Backward(v.all) {
		if one.Target == v.chosen.info.Track {
			all = append(all, one)
		}
	}
	return all
}

// choose returns what the words of the search find: indicators with each of their stages, then items of registers.
func (v *bindView) choose(ctx context.Context) []choice {
	if v.search == "" {
		return nil
	}
	var found []choice
	add := func(kind target.SourceKind, name, code string, title pack.Text, about pack.Text, stages []unit.Stage) {
		all := strings.ToLower(strings.Join([]string{code, name, title.Chinese, title.English, about.Chinese}, " "))
		for word := range strings.FieldsSeq(strings.ToLower(v.search)) {
			if !strings.Contains(all, word) {
				return
			}
		}
		if len(stages) == 0 {
			stages = []unit.Stage{""}
		}
		for _, stage := range stages {
			found = append(found, choice{source: target.Source{Kind: kind, Name: name, Stage: string(stage)}, code: code, about: about.In(shell.From(ctx).Language)})
		}
	}
	titles := map[string]pack.Text{}
	for _, p := range v.scope.Packs {
		titles[p.Name] = p.Title
	}
	for _, i := range v.scope.Indicators() {
		stages := i.Stages
		if len(stages) > 1 && i.Direction != pack.Neutral {
			stages = append([]unit.Stage{""}, stages...)
		}
		add(target.FromIndicator, i.Name, i.Code, i.Title, titles[i.Pack], stages)
	}
	for _, item := range v.scope.Items() {
		if item.Option == "" {
			add(target.FromRegister, item.Name, "", item.Title, item.Register.Title, nil)
		}
	}
	return found[:min(len(found), maxChoices)]
}

// Choose does what a person decides about one target.
func (b *Bindings) Choose(w http.ResponseWriter, r *http.Request) error {
	v, err := b.open(r)
	if err != nil {
		return err
	}
	row, found := v.find(target.Track(r.PathValue("track")))
	if !found {
		return shell.NotFound
	}
	if !v.may {
		return shell.NoRight
	}
	if err := r.ParseForm(); err != nil {
		return err
	}
	ctx, actor := r.Context(), shell.From(r.Context()).Actor
	reason, key := strings.TrimSpace(r.PostForm.Get("reason")), "target.bind.stored"
	switch r.PostForm.Get("act") {
	case "approve":
		key = "target.bind.approved"
		_, err = b.binder.Approve(ctx, actor, v.where, v.plan.ID, r.PostForm.Get("id"))
	case "withdraw":
		key = "target.bind.withdrawn"
		_, err = b.binder.Withdraw(ctx, actor, v.where, v.plan.ID, r.PostForm.Get("id"), reason)
	case "release":
		_, err = b.binder.Release(ctx, actor, v.where, v.plan.ID, row.info.Track, reason)
	default:
		err = b.take(ctx, v, row, r, reason)
	}
	if err == nil {
		if waits, _ := b.waits(ctx, v.plan.ID, row.info.Track); waits {
			key = "target.bind.proposed"
		}
		shell.Redirect(w, r, shell.Here(ctx, bindOneAddress(v.plan.ID, row.info.Track)), key, nil)
		return nil
	}
	faults := fault.Of(err)
	if len(faults) == 0 || !plainFault(faults) {
		return err
	}
	for _, f := range faults {
		if f.Place.Column == string(row.info.Track) {
			f.Place.Column = fieldOf(f.Code)
		}
	}
	v.form = shell.Form{Values: r.PostForm, Faults: faults}
	return b.show(w, r, v, http.StatusUnprocessableEntity)
}

// plainFault tells whether faults are about what was typed, and not about a right.
func plainFault(faults fault.List) bool {
	return slices.ContainsFunc(faults, func(f *fault.Fault) bool { return strings.HasPrefix(f.Code, "target.") || f.Code == "action.stale" })
}

// fieldOf names the field of the form that a fault of a wish is about.
func fieldOf(code string) string {
	switch code {
	case "target.bind.reason_missing", "target.bind.reason_long", "target.bind.reason_text", "target.bind.change_reason":
		return "reason"
	case "target.bind.no_kind", "target.bind.same", "target.bind.indicator_unknown", "target.bind.item_unknown", "target.bind.stage_unknown", "target.bind.stage_wanted":
		return "source"
	}
	return "name"
}

// take binds the target to what the form names: a source of the lists, or a kind with a name.
func (b *Bindings) take(ctx context.Context, v *bindView, row bindRow, r *http.Request, reason string) error {
	wish := target.Wish{Target: row.info.Track, Reason: reason}
	parts := strings.SplitN(r.PostForm.Get("source"), "|", 3)
	wish.Kind = target.SourceKind(parts[0])
	if len(parts) == 3 {
		wish.Name, wish.Stage = parts[1], parts[2]
	}
	if wish.Kind == target.FromFigure || wish.Kind == target.FromRows {
		wish.Name = strings.TrimSpace(r.PostForm.Get("name"))
	}
	if len(row.proposals) > 0 && sourceOf(row.proposals[0]) == (target.Source{Kind: wish.Kind, Name: wish.Name, Stage: wish.Stage}) {
		wish.Taken, wish.Confidence = true, row.proposals[0].Confidence
	}
	if f := target.CheckSource(v.scope, wish); f != nil {
		return fault.List{f}
	}
	_, err := b.binder.Confirm(ctx, shell.From(ctx).Actor, v.where, v.plan.ID, wish)
	return err
}

func (b *Bindings) waits(ctx context.Context, plan string, track target.Track) (bool, error) {
	all, err := b.store.Bindings(ctx, plan)
	_, waits := target.Waiting(all)[track]
	return waits, err
}
