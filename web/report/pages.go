package report

import (
	"context"
	"errors"
	"net/http"

	"jiaoheng/access"
	"jiaoheng/message"
	"jiaoheng/person"
	"jiaoheng/plan"
	"jiaoheng/publication"
	"jiaoheng/report"
	"jiaoheng/web/shell"
)

// Store is what the pages read and write.
type Store interface {
	report.Store
	publication.Store
	Plans(ctx context.Context) ([]plan.Plan, error)
}

// Pages are the pages about reports.
type Pages struct {
	background context.Context
	store      Store
	desk       *report.Desk
	plans      *plan.Desks
	nameOf     func(ctx context.Context, person string) string
	works      works
}

// New returns the pages. nameOf gives the name of a person by id; work goes on until background ends.
func New(background context.Context, store Store, desk *report.Desk, plans *plan.Desks, nameOf func(ctx context.Context, person string) string) *Pages {
	return &Pages{background: background, store: store, desk: desk, plans: plans, nameOf: nameOf, works: works{all: map[string]*work{}}}
}

// Route is one address of these pages.
type Route struct {
	Pattern string
	Handler shell.Handler
}

// Routes returns every address of these pages.
func (p *Pages) Routes() []Route {
	return []Route{
		{"GET /report", p.List},
		{"GET /report/new", p.New},
		{"POST /report", p.Create},
		{"GET /report/{id}", p.Show},
		{"GET /report/{id}/docx", p.Document},
		{"GET /report/{id}/xlsx", p.Workbook},
		{"GET /report/{id}/json", p.JSON},
		{"POST /report/{id}/write/{number}", p.Write},
		{"POST /report/{id}/sign", p.Sign},
		{"POST /report/{id}/withdraw", p.Withdraw},
		{"POST /report/{id}/publish", p.Publish},
		{"POST /report/{id}/propose", p.Propose},
	}
}

func text(ctx context.Context, key string, args ...message.Args) string {
	return shell.Text(ctx, "report.page."+key, args...)
}

func page(ctx context.Context, title string) shell.Page {
	return shell.ChartFiles(shell.Page{Title: title, Word: "report", Source: text(ctx, "source"), Styles: []string{"report.css"},
		Trail: []shell.Link{{Label: text(ctx, "title"), Address: "/report"}}})
}

// place is a unit with its place in the tree of the request.
func place(ctx context.Context, code string) access.Unit {
	return person.At(shell.From(ctx).Tree, code)
}

func post(ctx context.Context) access.Post { return shell.From(ctx).Actor.Post }

// mayComposeSome tells whether the present post may compose reports on some unit: on its own.
func mayComposeSome(ctx context.Context) bool {
	return report.MayCompose(post(ctx), post(ctx).Unit)
}

// one reads the report that an address names. One that may not be seen is not told from one that is not there.
func (p *Pages) one(r *http.Request) (report.File, error) {
	ctx := r.Context()
	one, err := p.store.Report(ctx, r.PathValue("id"))
	if errors.Is(err, report.ErrNotFound) {
		return one, shell.NotFound
	}
	if err != nil {
		return one, err
	}
	if !report.MaySee(post(ctx), place(ctx, one.Report.Unit), one) {
		return one, shell.NotFound
	}
	return one, nil
}
