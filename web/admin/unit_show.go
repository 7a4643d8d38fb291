package admin

import (
	"context"
	"net/http"
	"net/url"
	"strings"

	"jiaoheng/access"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/period"
	"jiaoheng/store"
	"jiaoheng/unit"
	"jiaoheng/web/shell"
)

// Units is what the pages about one unit work with.
type Units struct {
	Store *store.Store
}

// unitShowView is what the page of a unit shows.
type unitShowView struct {
	unit    unit.Unit
	now     unit.Unit // as it is on the present day
	history *unit.History
	events  []unit.Event // the latest first, undone ones too
	last    string       // id of the event that may be undone, "" for none
	may     bool         // to record and undo events
	form    shell.Form   // of undoing
}

func unitPage(code string) string { return "/admin/unit/" + url.PathEscape(code) }

// closedNote tells on a list that a unit is no more, or when it will be.
func closedNote(ctx context.Context, one unit.Unit) string {
	if one.Closed.IsZero() {
		return ""
	}
	return shell.Text(ctx, "unit.page.closed_note", message.Args{"date": one.Closed.Text(shell.From(ctx).Language)})
}

// Show shows one unit with its history.
func (u Units) Show(w http.ResponseWriter, r *http.Request) error {
	view, err := u.load(r)
	if err != nil {
		return err
	}
	return showUnit(w, r, http.StatusOK, view)
}

func showUnit(w http.ResponseWriter, r *http.Request, status int, view unitShowView) error {
	return shell.Render(w, r, status, unitFrame(r.Context(), view.now.Name), unitShow(view))
}

func unitFrame(ctx context.Context, title string, more ...shell.Link) shell.Page {
	return shell.Page{Title: title, Word: "admin", Source: shell.Text(ctx, "admin.source"), Styles: []string{"unit.css"},
		Trail: append([]shell.Link{{Label: shell.Text(ctx, "admin.units.title"), Address: "/admin/unit"}}, more...)}
}

// load reads the unit of the address and its events.
func (u Units) load(r *http.Request) (unitShowView, error) {
	ctx := r.Context()
	if !shell.May(ctx, access.See, access.Structure) {
		return unitShowView{}, shell.NoRight
	}
	history, err := u.Store.History(ctx)
	if err != nil {
		return unitShowView{}, err
	}
	view := unitShowView{history: history, may: shell.May(ctx, access.Change, access.Structure)}
	known := false
	if view.unit, known = history.Find(r.PathValue("code")); !known {
		return view, shell.NotFound
	}
	view.now, _ = history.On(view.unit.Code, u.Store.Today())
	all, err := u.Store.UnitEvents(ctx)
	if err != nil {
		return view, err
	}
	for i := len(all) - 1; i >= 0; i-- {
		if all[i].Touches(view.unit.Code) || all[i].Touches(view.unit.Parent) && view.unit.Kind == unit.Section {
			view.events = append(view.events, all[i])
		}
	}
	for _, e := range history.EventsOf(view.unit.Code) {
		if _, faults := history.Undo(e.ID); len(faults) == 0 {
			view.last = e.ID
		}
		break
	}
	return view, nil
}

// EventUndo takes back the latest event of the unit, with a reason.
func (u Units) EventUndo(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	view, err := u.load(r)
	if err != nil {
		return err
	}
	if !view.may {
		return shell.NoRight
	}
	ctx := r.Context()
	err = u.Store.UnitEventUndo(ctx, shell.From(ctx).Actor, r.PostForm.Get("event"), strings.TrimSpace(r.PostForm.Get(unit.FieldEventReason)))
	if isFormFault(err) {
		view.form = shell.Form{Values: r.PostForm, Faults: fault.Of(err)}
		return showUnit(w, r, http.StatusUnprocessableEntity, view)
	}
	if err != nil {
		return err
	}
	address := unitPage(view.unit.Code)
	if history, err := u.Store.History(ctx); err != nil {
		return err
	} else if _, known := history.Find(view.unit.Code); !known {
		address = "/admin/unit"
	}
	shell.Redirect(w, r, address, "unit.page.undone", nil)
	return nil
}

func dateText(ctx context.Context, d period.Date) string { return d.Text(shell.From(ctx).Language) }

// unitFacts are the lines of the sheet about the unit as it is today.
func unitFacts(ctx context.Context, view unitShowView) []shell.Fact {
	text := func(key string) string { return shell.Text(ctx, key) }
	facts := []shell.Fact{{Name: text("admin.units.code"), Text: view.unit.Code}, {Name: text("admin.units.kind"), Text: KindName(ctx, view.now.Kind)}}
	if above, known := view.history.On(view.now.Parent, shellToday(ctx)); known {
		facts = append(facts, shell.Fact{Name: text("admin.units.above"), Body: linkTo(above.Name, unitPage(above.Code))})
	}
	if len(view.now.Stages) > 0 {
		facts = append(facts, shell.Fact{Name: text("admin.units.stages"), Text: stagesText(ctx, view.now)})
	}
	if running := runningText(ctx, view.now); running != "" {
		facts = append(facts, shell.Fact{Name: text("admin.units.running"), Text: running})
	}
	opened := text("unit.page.since_ever")
	if !view.unit.Opened.IsZero() {
		opened = dateText(ctx, view.unit.Opened)
	}
	facts = append(facts, shell.Fact{Name: text("unit.page.opened"), Text: opened})
	if !view.unit.Closed.IsZero() {
		facts = append(facts, shell.Fact{Name: text("unit.page.closed"), Text: dateText(ctx, view.unit.Closed)})
	}
	return facts
}

func shellToday(ctx context.Context) period.Date {
	day, _ := period.ParseDate(today(ctx))
	return day
}

// related are the units that went into this one, or the ones into which it went.
func related(view unitShowView, day period.Date) (before, after []unit.Unit) {
	for _, code := range view.history.Origins(view.unit.Code, day) {
		one, _ := view.history.Find(code)
		before = append(before, one)
	}
	for _, code := range view.history.Successors(view.unit.Code, day) {
		if one, _ := view.history.On(code, day); code != view.unit.Code {
			after = append(after, one)
		}
	}
	return before, after
}
