package target

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/plan/target"
	"jiaoheng/web/shell"
)

// List shows every target of a plan with what measures it or may measure it.
func (b *Bindings) List(w http.ResponseWriter, r *http.Request) error {
	v, err := b.open(r)
	if err != nil {
		return err
	}
	return b.list(w, r, v, http.StatusOK)
}

func (b *Bindings) list(w http.ResponseWriter, r *http.Request, v *bindView, status int) error {
	ctx := r.Context()
	if v.show = r.URL.Query().Get("show"); !slices.Contains(bindStates, v.show) {
		v.show = ""
	}
	if err := b.values(ctx, v, v.shown()); err != nil {
		return err
	}
	page := shell.Page{Title: shell.Text(ctx, "target.bind.title"), Lead: shell.Text(ctx, "target.bind.lead", message.Args{"title": v.plan.Title}), Word: "plan", Wide: true,
		Trail: bindTrail(ctx, v), Styles: []string{"bind.css"}, Source: shell.Text(ctx, "target.bind.paper", message.Args{"title": v.plan.Title}),
		Actions: shell.Press(shell.Button{Label: shell.Text(ctx, "target.bind.export"), Icon: "download", Address: bindAddress(v.plan.ID) + "/xlsx"})}
	return shell.Render(w, r, status, page, bindList(v))
}

func bindTrail(ctx context.Context, v *bindView, more ...shell.Link) []shell.Link {
	return append([]shell.Link{{Label: shell.Text(ctx, "shell.place.plan"), Address: "/plan"}, {Label: v.plan.Title, Address: "/plan/adopted/" + v.plan.ID}}, more...)
}

// Confirm takes first proposals: the one of a button, or all sure ones that the page showed; or it takes back the own confirmation.
// A proposal that is no longer what the page showed is refused with the others.
func (b *Bindings) Confirm(w http.ResponseWriter, r *http.Request) error {
	v, err := b.open(r)
	if err != nil {
		return err
	}
	if !v.may {
		return shell.NoRight
	}
	if err := r.ParseForm(); err != nil {
		return err
	}
	ctx := r.Context()
	if track := r.PostForm.Get("undo"); track != "" {
		_, err := b.binder.Release(ctx, shell.From(ctx).Actor, v.where, v.plan.ID, target.Track(track), shell.Text(ctx, "target.bind.undo_reason"))
		return b.told(w, r, v, err, "target.bind.undone", 1)
	}
	asked := r.PostForm["sure"]
	if one := r.PostForm.Get("one"); one != "" {
		asked = []string{one}
	}
	var wishes []target.Wish
	var faults fault.List
	for _, words := range asked {
		wish, f := v.wishOf(words)
		if f != nil {
			faults.Add(f)
			continue
		}
		wishes = append(wishes, wish)
	}
	if len(faults) > 0 {
		return b.told(w, r, v, faults, "", 0)
	}
	made, err := b.binder.Confirm(ctx, shell.From(ctx).Actor, v.where, v.plan.ID, wishes...)
	return b.told(w, r, v, err, "target.bind.confirmed", len(made))
}

// told answers a write: the list again with what is at fault, or with what was done.
func (b *Bindings) told(w http.ResponseWriter, r *http.Request, v *bindView, err error, key string, count int) error {
	if err == nil {
		shell.Redirect(w, r, shell.Here(r.Context(), bindAddress(v.plan.ID)+keepShow(r)), key, message.Args{"count": count})
		return nil
	}
	faults := fault.Of(err)
	if len(faults) == 0 {
		return err
	}
	v.form = shell.Form{Values: r.PostForm, Faults: v.named(faults)}
	return b.list(w, r, v, http.StatusUnprocessableEntity)
}

func keepShow(r *http.Request) string {
	if show := r.URL.Query().Get("show"); slices.Contains(bindStates, show) && show != stateSure {
		return "?show=" + show
	}
	return ""
}

// named puts the names of targets before faults whose place is a target.
func (v *bindView) named(faults fault.List) fault.List {
	var all fault.List
	for _, f := range faults {
		if row, found := v.find(target.Track(f.Place.Column)); found {
			all.Add(fault.New("target.bind.at", message.Args{"name": row.info.Name(), "reason": faultWords{f}}))
			continue
		}
		all.Add(f)
	}
	return all
}

// faultWords is a fault in words of either language.
type faultWords struct{ f *fault.Fault }

// In writes the reason with its remedy.
func (w faultWords) In(language message.Language) string {
	if remedy := w.f.Remedy(language); remedy != "" {
		return w.f.Reason(language) + " " + remedy
	}
	return w.f.Reason(language)
}

// sureWords are what a form sends of a first proposal: the target and what was shown for it.
func sureWords(row bindRow) string {
	p := row.proposals[0]
	return strings.Join([]string{string(row.info.Track), p.Indicator, p.Stage}, "|")
}

// wishOf reads what a form sent and compares it with what is proposed now.
func (v *bindView) wishOf(words string) (target.Wish, *fault.Fault) {
	parts := strings.SplitN(words, "|", 3)
	row, found := v.find(target.Track(parts[0]))
	switch {
	case !found:
		return target.Wish{}, fault.New("target.bind.target_unknown", nil)
	case row.held != nil || len(row.proposals) == 0 || sureWords(row) != words:
		return target.Wish{}, fault.At(fault.Place{Column: parts[0]}, "target.bind.moved", nil)
	}
	p := row.proposals[0]
	wish := target.Wish{Target: row.info.Track, Kind: target.FromIndicator, Name: p.Indicator, Stage: p.Stage, Confidence: p.Confidence, Taken: true}
	return wish, target.CheckSource(v.scope, wish)
}
