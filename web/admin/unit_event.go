package admin

import (
	"net/http"
	"slices"
	"strings"

	"jiaoheng/access"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/period"
	"jiaoheng/store"
	"jiaoheng/unit"
	"jiaoheng/web/shell"
)

// The steps of recording an event: the form, what would happen, done.
const (
	stepConfirm = "confirm"
	stepEdit    = "edit"
)

// eventView is what the form of an event shows, and the preview of what it would do.
type eventView struct {
	unit    unit.Unit
	event   unit.Event
	form    shell.Form
	peers   []shell.Option // units that may take it over
	regions []shell.Option // units that may stand above it

	line     string
	changes  shell.Table
	posts    shell.Table
	rows     store.UnitRows
	affected []string    // names of the units above whose figures change
	sent     [][2]string // the form, carried on to the confirmation
}

// EventNew asks for an event of the unit, of the kind that the address names.
func (u Units) EventNew(w http.ResponseWriter, r *http.Request) error {
	loaded, err := u.load(r)
	if err != nil {
		return err
	}
	if !loaded.may {
		return shell.NoRight
	}
	kinds := kindsFor(loaded.unit)
	if len(kinds) == 0 {
		return shell.NotFound
	}
	kind := kinds[0]
	for _, one := range kinds {
		if string(one) == r.URL.Query().Get("kind") {
			kind = one
		}
	}
	return showEvent(w, r, http.StatusOK, loaded, eventView{event: unit.Event{Kind: kind}})
}

func showEvent(w http.ResponseWriter, r *http.Request, status int, loaded unitShowView, view eventView) error {
	ctx := r.Context()
	view.unit = loaded.unit
	view.peers, view.regions = unitChoices(ctx, loaded)
	page := unitFrame(ctx, kindLabel(ctx, view.event.Kind), shell.Link{Label: loaded.now.Name, Address: unitPage(loaded.unit.Code)})
	return shell.Render(w, r, status, page, unitEventForm(view))
}

// EventRecord shows what the event would do, and records it once that was confirmed.
func (u Units) EventRecord(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	loaded, err := u.load(r)
	if err != nil {
		return err
	}
	if !loaded.may {
		return shell.NoRight
	}
	ctx := r.Context()
	view := eventView{event: eventOf(r, loaded.unit), form: shell.Form{Values: r.PostForm}}
	if !slices.Contains(unit.EventKinds(), view.event.Kind) {
		return fault.New("unit.event_kind_unknown", message.Args{"text": string(view.event.Kind)})
	}
	step := r.PostForm.Get("step")
	if step == stepEdit {
		return showEvent(w, r, http.StatusOK, loaded, view)
	}
	faults := missingFields(view.event)
	recorded, err := u.Store.UnitEventsRecord(ctx, shell.From(ctx).Actor, []unit.Event{view.event}, step != stepConfirm || len(faults) > 0,
		func(int) fault.Place { return fault.Place{} })
	if isFormFault(err) {
		faults = append(faults, fault.Of(err)...)
	} else if err != nil {
		return err
	}
	if len(faults) > 0 {
		view.form.Faults = faults
		return showEvent(w, r, http.StatusUnprocessableEntity, loaded, view)
	}
	if step == stepConfirm {
		shell.Redirect(w, r, unitPage(loaded.unit.Code), "unit.page.recorded", message.Args{"posts": len(recorded.Posts)})
		return nil
	}
	return u.preview(w, r, loaded, view, recorded)
}

// eventOf reads the event of the form. Codes that do not exist are told by the check of the event.
func eventOf(r *http.Request, of unit.Unit) unit.Event {
	get := func(name string) string { return strings.TrimSpace(r.PostForm.Get(name)) }
	e := unit.Event{Kind: unit.EventKind(get(unit.FieldEventKind)), From: []string{of.Code}, Document: get(unit.FieldEventDocument), Reason: get(unit.FieldEventReason)}
	e.On, _ = period.ParseDate(get(unit.FieldEventOn))
	switch e.Kind {
	case unit.Merge:
		e.From, e.Into = append(e.From, splitCodes(get(unit.FieldEventFrom))...), splitCodes(get(unit.FieldEventInto))
	case unit.Split:
		e.Into = splitCodes(get(unit.FieldEventInto))
		if get("stays") != "" {
			e.Into = append([]string{of.Code}, e.Into...)
		}
	case unit.Rename:
		e.Name = get(unit.FieldEventName)
	case unit.Move:
		e.Parent = get(unit.FieldEventParent)
	case unit.Restage:
		e.Stages = stagesOf(r)
	case unit.Open:
		e.From = nil
		e.New = []unit.Unit{{Code: get(unit.FieldEventCode), Name: get(unit.FieldEventName), Kind: unit.Kind(get("new_kind")), Parent: of.Code, Stages: stagesOf(r),
			Ownership: unit.Ownership(get("ownership")), Setting: unit.Setting(get("setting"))}}
	}
	return e
}

func stagesOf(r *http.Request) []unit.Stage {
	var stages []unit.Stage
	for _, stage := range unit.Stages() {
		if r.PostForm.Has(stageFieldName(stage)) {
			stages = append(stages, stage)
		}
	}
	return stages
}

func stageFieldName(stage unit.Stage) string { return "stage_" + string(stage) }

func splitCodes(text string) []string {
	return strings.FieldsFunc(text, func(c rune) bool { return strings.ContainsRune("、,，;；/ \n\t　", c) })
}

// missingFields asks on the page for what an import may leave out: the document and the reason.
func missingFields(e unit.Event) fault.List {
	var faults fault.List
	if e.Document == "" {
		faults.Add(fault.At(fault.Place{Column: unit.FieldEventDocument}, "unit.page.document_missing", nil))
	}
	if e.Reason == "" {
		faults.Add(fault.At(fault.Place{Column: unit.FieldEventReason}, "unit.page.reason_missing", nil))
	}
	return faults
}

// preview shows what would happen to whom.
func (u Units) preview(w http.ResponseWriter, r *http.Request, loaded unitShowView, view eventView, recorded store.Recorded) error {
	ctx := r.Context()
	outcome := recorded.Outcomes[0]
	view.unit, view.event = loaded.unit, outcome.Event
	after := loaded.history.With(outcome)
	view.line = after.Line(shell.From(ctx).Language, outcome.Event)
	view.changes = changeTable(ctx, after, outcome)
	view.posts = u.moveTable(ctx, after, recorded.Posts, access.May(shell.From(ctx).Actor.Post, access.See, access.Thing{Class: access.People}))
	var ended []string
	for _, one := range outcome.Changed {
		if one.Closed == outcome.Event.On {
			ended = append(ended, one.Code)
		}
	}
	rows, err := u.Store.UnitRows(ctx, ended, outcome.Event.On)
	if err != nil {
		return err
	}
	view.rows, view.affected = rows, affectedNames(loaded.history, after, outcome)
	for name, values := range r.PostForm {
		if name != "step" {
			view.sent = append(view.sent, [2]string{name, values[0]})
		}
	}
	sortPairs(view.sent)
	page := unitFrame(ctx, shell.Text(ctx, "unit.preview.title"), shell.Link{Label: loaded.now.Name, Address: unitPage(loaded.unit.Code)})
	return shell.Render(w, r, http.StatusOK, page, unitEventPreview(view))
}
