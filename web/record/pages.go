package record

import (
	"context"
	"net/http"
	"net/url"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/attachment"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/person"
	"jiaoheng/record"
	"jiaoheng/round"
	"jiaoheng/store"
	registerpages "jiaoheng/web/register"
	"jiaoheng/web/shell"
)

// preparedAtOnce is how many attachments are looked through at the same time.
const preparedAtOnce = 2

// Pages are the pages over one store.
type Pages struct {
	store    *store.Store
	desk     *round.Desk
	records  *record.Desk
	nameOf   registerpages.NameOf
	preparer *attachment.Preparer
	runs     *bulkRuns
}

// New returns the pages. Work on many rows that is running ends when background does.
func New(background context.Context, s *store.Store, desk *round.Desk, records *record.Desk, nameOf registerpages.NameOf) *Pages {
	return &Pages{store: s, desk: desk, records: records, nameOf: nameOf, preparer: attachment.NewPreparer(preparedAtOnce), runs: &bulkRuns{background: background}}
}

// Routes returns every address of these pages. Those of one row and of the rules stand in row_routes.go.
func (p *Pages) Routes() []registerpages.Route {
	return append([]registerpages.Route{
		{Pattern: "GET /record/{register}", Handler: p.List},
		{Pattern: "GET /record/{register}/export", Handler: p.Export},
		{Pattern: "GET /record/{register}/board", Handler: p.Board},
		{Pattern: "GET /record/{register}/map", Handler: p.Map},
		{Pattern: "GET /record/{register}/map/export", Handler: p.MapExport},
		{Pattern: "GET /record/{register}/silent", Handler: p.Silent},
		{Pattern: "POST /record/{register}/view", Handler: p.ViewSave},
		{Pattern: "POST /record/{register}/view/{view}/delete", Handler: p.ViewDelete},
		{Pattern: "POST /record/{register}/bulk", Limit: maxBulkBody, Handler: p.Bulk},
		{Pattern: "GET /record/{register}/bulk/{run}", Handler: p.BulkShow},
		{Pattern: "POST /record/{register}/bulk/{run}/stop", Handler: p.BulkStop},
	}, p.rowRoutes()...)
}

// scene is what a page of one living register shows.
type scene struct {
	shell.Standing
	register *pack.Register
	own      bool // the post sees only what it leads, what it made or what was given to it
	counts   bool // the post sees how many rows there are, and not one by one
}

// open returns the living register of the address and the unit for which it is looked at.
//
// Errors: shell.NotFound for a register that is not living, shell.NoRight for whoever may see none of its rows.
func (p *Pages) open(r *http.Request) (scene, error) {
	one, known := p.desk.Scope().Register(r.PathValue("register"))
	if !known || !one.Living() {
		return scene{}, shell.NotFound
	}
	s := scene{register: one}
	ctx := r.Context()
	if shell.MayStand(ctx, access.Record) {
		periods, err := p.desk.Periods(ctx, period.SchoolYear)
		if err != nil {
			return scene{}, err
		}
		s.Standing, err = shell.Stand(r, access.Record, periods)
		s.counts = err == nil && !registerpages.SingleUnder(ctx, p.records, s.register, s.Number)
		return s, err
	}
	if s.own = shell.May(ctx, access.See, access.Record); !s.own {
		return scene{}, shell.NoRight
	}
	s.Unit = shell.From(ctx).Tree.At(0)
	return s, nil
}

// openRows returns the scene for whoever may see its rows one by one.
func (p *Pages) openRows(r *http.Request) (scene, error) {
	s, err := p.open(r)
	if err == nil && s.counts {
		err = shell.NoRight
	}
	return s, err
}

// openWide returns the scene for whoever sees every row of its unit, if only how many there are.
func (p *Pages) openWide(r *http.Request) (scene, error) {
	s, err := p.open(r)
	if err == nil && s.own {
		err = shell.NoRight
	}
	return s, err
}

// thingOf is the things of a register and a unit, as rights ask for them.
func thingOf(ctx context.Context, r *pack.Register, code string) access.Thing {
	return access.Thing{Class: access.Record, Unit: person.At(shell.From(ctx).Tree, code), Subject: r.Subject}
}

func actorOf(r *http.Request) action.Actor { return shell.From(r.Context()).Actor }

// address is where a page of a living register stands.
func address(r *pack.Register, parts ...string) string {
	path := "/record/" + r.Name
	for _, part := range parts {
		path += "/" + url.PathEscape(part)
	}
	return path
}

// trail leads from the list of registers to a page.
func trail(ctx context.Context, more ...shell.Link) []shell.Link {
	return append([]shell.Link{{Label: shell.Text(ctx, "register.page.title"), Address: shell.Here(ctx, "/register")}}, more...)
}

// toList is the link to the list of a register.
func toList(ctx context.Context, r *pack.Register) shell.Link {
	return shell.Link{Label: r.Title.In(shell.From(ctx).Language), Address: shell.Here(ctx, address(r))}
}
