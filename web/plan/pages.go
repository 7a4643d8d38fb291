package plan

import (
	"context"
	"errors"
	"net/http"

	"jiaoheng/action"
	"jiaoheng/plan"
	"jiaoheng/web/shell"
)

// Pages are the pages of one store.
type Pages struct {
	desks *plan.Desks
	runs  *runs
}

// New returns the pages. Running imports end when background does.
func New(background context.Context, desks *plan.Desks) *Pages {
	return &Pages{desks: desks, runs: newRuns(background)}
}

// Route is one address of these pages. Limit is the largest body in bytes, 0 for the usual one.
type Route struct {
	Pattern string
	Limit   int64
	Handler shell.Handler
}

// maxUpload leaves room for the frame of the form around the largest document.
const maxUpload = plan.MaxOriginal + 512<<10

// Routes returns every address of these pages.
func (p *Pages) Routes() []Route {
	return []Route{
		{Pattern: "GET /plan", Handler: p.List},
		{Pattern: "GET /plan/import", Handler: p.ImportForm},
		{Pattern: "POST /plan/import", Limit: maxUpload, Handler: p.Import},
		{Pattern: "GET /plan/import/{run}", Handler: p.ImportProgress},
		{Pattern: "POST /plan/import/{run}/cancel", Handler: p.ImportCancel},
		{Pattern: "GET /plan/draft/{draft}", Handler: p.Desk},
		{Pattern: "GET /plan/draft/{draft}/text", Handler: p.DeskText},
		{Pattern: "GET /plan/draft/{draft}/report", Handler: p.Report},
		{Pattern: "GET /plan/draft/{draft}/original", Handler: p.Original},
		{Pattern: "GET /plan/draft/{draft}/item/{item}", Handler: p.ItemEdit},
		{Pattern: "GET /plan/draft/{draft}/add", Handler: p.ItemAdd},
		{Pattern: "GET /plan/draft/{draft}/changes", Handler: p.Changes},
		{Pattern: "GET /plan/draft/{draft}/log", Handler: p.Log},
		{Pattern: "POST /plan/draft/{draft}/operation", Handler: p.Operate},
		{Pattern: "GET /plan/draft/{draft}/adopt", Handler: p.AdoptForm},
		{Pattern: "POST /plan/draft/{draft}/adopt", Handler: p.Adopt},
		{Pattern: "GET /plan/draft/{draft}/discard", Handler: p.DiscardForm},
		{Pattern: "POST /plan/draft/{draft}/discard", Handler: p.Discard},
		{Pattern: "GET /plan/adopted/{plan}", Handler: p.Show},
		{Pattern: "GET /plan/adopted/{plan}/text", Handler: p.Text},
		{Pattern: "GET /plan/adopted/{plan}/node/{node}", Handler: p.Node},
		{Pattern: "GET /plan/adopted/{plan}/compare", Handler: p.Compare},
		{Pattern: "GET /plan/adopted/{plan}/xlsx", Handler: p.ExportXlsx},
		{Pattern: "GET /plan/adopted/{plan}/json", Handler: p.ExportJSON},
	}
}

func actorOf(r *http.Request) action.Actor { return shell.From(r.Context()).Actor }

// found turns an absent thing into the page that says so.
func found(err error) error {
	if errors.Is(err, plan.ErrNotFound) {
		return shell.NotFound
	}
	return err
}

// openDraft returns the draft of the address for somebody who may see drafts.
func (p *Pages) openDraft(r *http.Request) (plan.Opened, error) {
	if !plan.MaySeeDrafts(actorOf(r).Post) {
		return plan.Opened{}, shell.NoRight
	}
	open, err := p.desks.Open(r.Context(), r.PathValue("draft"))
	return open, found(err)
}

func trail(ctx context.Context, more ...shell.Link) []shell.Link {
	return append([]shell.Link{{Label: shell.Text(ctx, "plan.title"), Address: "/plan"}}, more...)
}

func draftAddress(id string) string { return "/plan/draft/" + id }
func planAddress(id string) string  { return "/plan/adopted/" + id }
