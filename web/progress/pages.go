package progress

import (
	"context"
	"errors"
	"net/http"

	"jiaoheng/action"
	"jiaoheng/assessment"
	"jiaoheng/assessment/progress"
	"jiaoheng/message"
	"jiaoheng/publication"
	"jiaoheng/web/shell"
)

// Exams lists the exams that an actor may know of.
type Exams interface {
	List(ctx context.Context, actor action.Actor) ([]assessment.Listed, error)
}

// Pages are the pages about value added.
type Pages struct {
	desk         *progress.Desk
	exams        Exams
	publications publication.Store
	heads        Letterheads
	nameOf       func(ctx context.Context, person string) string
}

// New returns the pages. nameOf gives the name of a person by id.
func New(desk *progress.Desk, exams Exams, publications publication.Store, heads Letterheads, nameOf func(ctx context.Context, person string) string) *Pages {
	return &Pages{desk: desk, exams: exams, publications: publications, heads: heads, nameOf: nameOf}
}

// Route is one address of these pages.
type Route struct {
	Pattern string
	Handler shell.Handler
}

// Routes returns every address of these pages.
func (p *Pages) Routes() []Route {
	return []Route{
		{"GET /progress", p.List},
		{"GET /progress/new", p.New},
		{"POST /progress", p.Create},
		{"GET /progress/{id}", p.Show},
		{"GET /progress/{id}/xlsx", p.Export},
		{"GET /progress/{id}/paper", p.Paper},
		{"GET /progress/{id}/paper/document", p.PaperDocument},
		{"POST /progress/{id}/again", p.Again},
		{"POST /progress/{id}/repeat", p.Repeat},
		{"POST /progress/{id}/publish", p.Publish},
	}
}

func text(ctx context.Context, key string, args ...message.Args) string {
	return shell.Text(ctx, "progress.page."+key, args...)
}

func page(ctx context.Context, title string) shell.Page {
	return shell.Page{Title: title, Word: "assessment", Source: text(ctx, "source"), Styles: []string{"chart.css", "progress.css"},
		Trail: []shell.Link{{Label: text(ctx, "assessment"), Address: "/assessment"}, {Label: text(ctx, "title"), Address: "/progress"}}}
}

// mayMake tells whether the present post makes studies: on its own unit.
func mayMake(ctx context.Context) bool {
	post := shell.From(ctx).Actor.Post
	return progress.MayMake(post, post.Unit)
}

// unitName is the name of a unit of the tree, else its code.
func unitName(ctx context.Context, code string) string {
	if tree := shell.From(ctx).Tree; tree != nil {
		if one, known := tree.Find(code); known {
			return one.Name
		}
	}
	return code
}

// speaker writes sentences in the language of the page about the schools of an owner.
func speaker(ctx context.Context, owner string) progress.Speaker {
	language := shell.From(ctx).Language
	return progress.Speaker{Language: language, Name: func(code string) string { return unitName(ctx, code) }, Region: progress.RegionWord(language, unitName(ctx, owner))}
}

// look reads the study that an address names. One that may not be seen is not told from one that is not there.
func (p *Pages) look(r *http.Request) (progress.Look, error) {
	ctx := r.Context()
	found, err := p.desk.Look(ctx, shell.From(ctx).Actor, r.PathValue("id"), r.URL.Query().Get("result"))
	if errors.Is(err, progress.ErrNotFound) {
		return found, shell.NotFound
	}
	return found, err
}
