package profile

import (
	"context"
	"net/http"
	"net/url"

	"jiaoheng/access"
	"jiaoheng/assessment/profile"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/unit"
	"jiaoheng/web/shell"
)

// Pages are the pages of profiles.
type Pages struct{ desk *profile.Desk }

// New returns the pages over a desk.
func New(desk *profile.Desk) *Pages { return &Pages{desk: desk} }

// Route is one address of these pages.
type Route struct {
	Pattern string
	Handler shell.Handler
}

// Routes returns every address of these pages.
func (p *Pages) Routes() []Route {
	return []Route{
		{"GET /profile", p.Open},
		{"GET /profile/{unit}", p.Show},
		{"GET /profile/{unit}/docx", p.Document},
		{"GET /profile/{unit}/xlsx", p.Workbook},
	}
}

// Open leads to the profile of the own school or county.
func (p *Pages) Open(w http.ResponseWriter, r *http.Request) error {
	view := shell.From(r.Context())
	if !shell.May(r.Context(), access.See, access.Fact) {
		return shell.NoRight
	}
	n, known := view.Tree.Number(view.Actor.Post.Unit.Code)
	for known && n >= 0 {
		if u := view.Tree.At(n); (u.Kind == unit.School || u.Kind == unit.County) && profile.May(view.Tree, view.Actor.Post, u.Code) {
			shell.Redirect(w, r, "/profile/"+url.PathEscape(u.Code), "", nil)
			return nil
		}
		n = view.Tree.Parent(n)
	}
	for n := range view.Tree.Len() {
		if u := view.Tree.At(n); u.Kind == unit.County && profile.May(view.Tree, view.Actor.Post, u.Code) {
			shell.Redirect(w, r, "/profile/"+url.PathEscape(u.Code), "", nil)
			return nil
		}
	}
	return shell.NoRight
}

// view makes the profile that the address asks for.
func (p *Pages) view(r *http.Request) (*profile.View, error) {
	ctx := r.Context()
	view, code := shell.From(ctx), r.PathValue("unit")
	if !shell.May(ctx, access.See, access.Fact) {
		return nil, shell.NoRight
	}
	if _, known := view.Tree.Find(code); !known {
		return nil, shell.NotFound
	}
	if !profile.May(view.Tree, view.Actor.Post, code) {
		return nil, shell.NoRight
	}
	return p.desk.Of(ctx, profile.Ask{Actor: view.Actor, Tree: view.Tree, Unit: code, Stage: unit.Stage(r.URL.Query().Get("stage")), Day: period.DayAt(view.Now)})
}

// Show shows the profile of a school or of a county.
func (p *Pages) Show(w http.ResponseWriter, r *http.Request) error {
	v, err := p.view(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	page := shell.Page{Title: text(ctx, "title", message.Args{"unit": v.Unit.Name}), Word: "assessment", Wide: true, Styles: []string{"profile.css"},
		Lead: text(ctx, "lead", message.Args{"stage": stageText(ctx, v.Stage), "day": v.Day.Text(shell.From(ctx).Language)}), Trail: trail(ctx, v),
		Actions: actions(v), Source: text(ctx, "source")}
	return shell.Render(w, r, http.StatusOK, page, showPage(v))
}

func trail(ctx context.Context, v *profile.View) []shell.Link {
	view := shell.From(ctx)
	if v.Unit.Code == v.County.Code || !profile.May(view.Tree, view.Actor.Post, v.County.Code) {
		return nil
	}
	return []shell.Link{{Label: text(ctx, "title", message.Args{"unit": v.County.Name}), Address: address(v.County.Code, v.Stage)}}
}

func address(code string, stage unit.Stage) string {
	return "/profile/" + url.PathEscape(code) + "?stage=" + url.QueryEscape(string(stage))
}

func text(ctx context.Context, key string, args ...message.Args) string {
	return shell.Text(ctx, "profile.page."+key, args...)
}

func stageText(ctx context.Context, stage unit.Stage) string {
	return shell.Text(ctx, "unit.stage."+string(stage))
}

func in(ctx context.Context, pair pack.Text) string { return pair.In(shell.From(ctx).Language) }
