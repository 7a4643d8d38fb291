package draw

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/draw/ceremony"
	"jiaoheng/letter"
	"jiaoheng/message"
	"jiaoheng/store"
	"jiaoheng/unit"
	"jiaoheng/web/shell"
)

// maxUpload is the largest file that is handed over for a draw, in bytes.
const maxUpload = 8 << 20

// Heads tells what stands at the head of the official papers of a unit.
type Heads interface {
	HeadFor(ctx context.Context, unit string) (letter.Head, error)
}

// Pages are the pages of draws.
type Pages struct {
	desk   *ceremony.Desk
	store  *store.Store
	heads  Heads
	nameOf func(ctx context.Context, person string) string
	runs   *runs
	limit  *limiter
}

// New returns the pages. nameOf gives the name of a person by id; draws that are being computed end when background does.
func New(background context.Context, desk *ceremony.Desk, s *store.Store, heads Heads, nameOf func(ctx context.Context, person string) string) *Pages {
	return &Pages{desk: desk, store: s, heads: heads, nameOf: nameOf, runs: newRuns(background), limit: newLimiter()}
}

// Route is one address of these pages. Open ones need no account; Limit is the largest body in bytes, 0 for the usual one.
type Route struct {
	Pattern string
	Open    bool
	Limit   int64
	Handler shell.Handler
}

// maxWitnessBody is the largest body of a post of a witness in bytes.
const maxWitnessBody = 8 << 10

// Routes returns every address of these pages.
func (p *Pages) Routes() []Route {
	return []Route{
		{Pattern: "GET /draw", Handler: p.List},
		{Pattern: "GET /draw/new", Handler: p.New},
		{Pattern: "POST /draw", Handler: p.Create},
		{Pattern: "GET /draw/{draw}", Handler: p.Show},
		{Pattern: "GET /draw/{draw}/edit", Handler: p.Edit},
		{Pattern: "POST /draw/{draw}/edit", Handler: p.Save},
		{Pattern: "GET /draw/{draw}/rules", Handler: p.Rules},
		{Pattern: "POST /draw/{draw}/rules", Handler: p.SaveRules},
		{Pattern: "POST /draw/{draw}/upload", Limit: 3*maxUpload + 64<<10, Handler: p.Upload},
		{Pattern: "POST /draw/{draw}/turn/{step}", Handler: p.Turn},
		{Pattern: "POST /draw/{draw}/vacate", Handler: p.Vacate},
		{Pattern: "POST /draw/{draw}/pair", Handler: p.PairNew},
		{Pattern: "GET /draw/{draw}/hall", Handler: p.Hall},
		{Pattern: "GET /draw/{draw}/roster", Handler: p.Roster},
		{Pattern: "POST /draw/{draw}/roster/{number}", Handler: p.RosterOpen},
		{Pattern: "POST /draw/{draw}/result", Handler: p.Result},
		{Pattern: "GET /draw/{draw}/proof", Handler: p.Proof},
		{Pattern: "GET /draw/{draw}/minutes", Handler: p.Minutes},

		{Pattern: "GET /w", Open: true, Handler: p.WitnessFind},
		{Pattern: "GET /w/{code}", Open: true, Handler: p.Witness},
		{Pattern: "POST /w/{code}", Open: true, Limit: maxWitnessBody, Handler: p.WitnessCommit},
		{Pattern: "POST /w/{code}/tell", Open: true, Limit: maxWitnessBody, Handler: p.WitnessTell},
	}
}

func text(ctx context.Context, key string, args ...message.Args) string {
	return shell.Text(ctx, "draw.page."+key, args...)
}

// page is the frame of a page of this word.
func page(ctx context.Context, title string, trail ...shell.Link) shell.Page {
	return shell.Page{Title: title, Word: "draw", Source: text(ctx, "source"), Styles: []string{"draw.css"},
		Trail: append([]shell.Link{{Label: text(ctx, "title"), Address: "/draw"}}, trail...)}
}

// drawPage is the frame of a page of one draw.
func drawPage(ctx context.Context, d ceremony.Draw, title string) shell.Page {
	frame := page(ctx, title, shell.Link{Label: d.Title, Address: address(d.ID, "")})
	frame.Lead = d.Title + " · " + unitName(ctx, d.Unit)
	return frame
}

// address is a page of a draw.
func address(id, part string) string { return "/draw/" + url.PathEscape(id) + part }

func actorOf(ctx context.Context) action.Actor { return shell.From(ctx).Actor }

func unitName(ctx context.Context, code string) string {
	if u, known := shell.From(ctx).Tree.Find(code); known {
		return u.Name
	}
	return code
}

// MaySee tells whether the present post may see any draw: whether the place in the navigation is worth showing.
func MaySee(ctx context.Context) bool { return shell.May(ctx, access.See, access.Draw) }

// one is the draw of a request.
func (p *Pages) one(r *http.Request) (ceremony.Draw, error) {
	d, err := p.desk.Find(r.Context(), actorOf(r.Context()), r.PathValue("draw"))
	return d, found(err)
}

// run is the draw of a request for who runs it.
func (p *Pages) run(r *http.Request) (ceremony.Draw, error) {
	d, err := p.one(r)
	if err == nil && !mayRun(r.Context(), d) {
		err = shell.NoRight
	}
	return d, err
}

func mayRun(ctx context.Context, d ceremony.Draw) bool {
	view := shell.From(ctx)
	return ceremony.MayRun(view.Tree, view.Actor.Post, d.Kind, d.Unit)
}

func mayLook(ctx context.Context, d ceremony.Draw) bool {
	view := shell.From(ctx)
	return ceremony.MayLook(view.Tree, view.Actor.Post, d)
}

// found turns the absence of a draw into the page that says so.
func found(err error) error {
	if errors.Is(err, ceremony.ErrNotFound) {
		return shell.NotFound
	}
	return err
}

// places are the units at which the present post may run draws of a kind: its own, and for a bureau the schools below it.
func places(ctx context.Context, kind string) []shell.Option {
	view := shell.From(ctx)
	post := view.Actor.Post
	var options []shell.Option
	add := func(u unit.Unit) {
		if ceremony.MayRun(view.Tree, post, kind, u.Code) {
			options = append(options, shell.Option{Value: u.Code, Label: u.Name})
		}
	}
	if own, known := view.Tree.Find(post.Unit.Code); known {
		add(own)
	}
	if post.Role.AtSchool() || kind != ceremony.Classes {
		return options
	}
	for n := post.Unit.From; n < post.Unit.To; n++ {
		if u := view.Tree.At(n); u.Kind == unit.School && u.Code != post.Unit.Code {
			add(u)
		}
	}
	return options
}

func condition(state ceremony.State) shell.Condition {
	switch state {
	case ceremony.Published:
		return shell.InUse
	case ceremony.Withdrawn:
		return shell.Stopped
	case ceremony.Announced, ceremony.Drawn:
		return shell.Fixed
	case ceremony.Prepared:
		return shell.Unreported
	}
	return shell.Waiting
}

func stateText(ctx context.Context, state ceremony.State) string {
	return shell.Text(ctx, "draw.state."+string(state))
}

func kindText(ctx context.Context, kind string) string { return shell.Text(ctx, "draw.kind."+kind) }

func versionOf(r *http.Request) int64 {
	version, _ := strconv.ParseInt(r.PostFormValue("version"), 10, 64)
	return version
}
