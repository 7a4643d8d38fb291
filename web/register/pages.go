package register

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/attachment"
	"jiaoheng/indicator"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/person"
	"jiaoheng/record"
	"jiaoheng/register"
	"jiaoheng/round"
	"jiaoheng/store"
	"jiaoheng/web/shell"
)

// preparedAtOnce is how many attachments are looked through at the same time.
const preparedAtOnce = 2

// NameOf returns the name of a person, "" when there is none of the id.
type NameOf func(ctx context.Context, id string) string

// Pages are the pages over one store.
type Pages struct {
	store    *store.Store
	desk     *round.Desk
	records  *record.Desk
	nameOf   NameOf
	preparer *attachment.Preparer
	holds    *holds
	reports  *reportsCache
}

// New returns the pages. Imports that are running end when background does.
func New(background context.Context, s *store.Store, desk *round.Desk, records *record.Desk, nameOf NameOf) *Pages {
	return &Pages{store: s, desk: desk, records: records, nameOf: nameOf, preparer: attachment.NewPreparer(preparedAtOnce), holds: newHolds(background), reports: &reportsCache{}}
}

// Route is one address of these pages. Limit is the largest body in bytes, 0 for the usual one.
type Route struct {
	Pattern string
	Limit   int64
	Handler shell.Handler
}

// Routes returns every address of these pages.
func (p *Pages) Routes() []Route {
	return []Route{
		{Pattern: "GET /register", Handler: p.List},
		{Pattern: "GET /register/finding", Handler: p.FindingList},
		{Pattern: "GET /register/{register}", Handler: p.Rows},
		{Pattern: "GET /register/{register}/silent", Handler: p.Silent},
		{Pattern: "GET /register/{register}/template", Handler: p.Template},
		{Pattern: "GET /register/{register}/example", Handler: p.Example},
		{Pattern: "GET /register/{register}/export", Handler: p.Export},
		{Pattern: "GET /register/{register}/import", Handler: p.ImportForm},
		{Pattern: "POST /register/{register}/import", Limit: maxUpload + 512<<10, Handler: p.Import},
		{Pattern: "GET /register/{register}/import/{run}", Handler: p.ImportShow},
		{Pattern: "GET /register/{register}/import/{run}/faults", Handler: p.ImportFaults},
		{Pattern: "POST /register/{register}/import/{run}/confirm", Handler: p.ImportConfirm},
		{Pattern: "POST /register/{register}/import/{run}/cancel", Handler: p.ImportCancel},
		{Pattern: "GET /register/{register}/new", Handler: p.New},
		{Pattern: "POST /register/{register}/new", Handler: p.Create},
		{Pattern: "GET /register/{register}/row/{row}", Handler: p.RowShow},
		{Pattern: "POST /register/{register}/row/{row}", Handler: p.RowSave},
		{Pattern: "POST /register/{register}/row/{row}/open", Handler: p.RowOpen},
		{Pattern: "POST /register/{register}/row/{row}/delete", Handler: p.RowDelete},
		{Pattern: "POST /register/{register}/row/{row}/restore", Handler: p.RowRestore},
		{Pattern: "GET /register/{register}/row/{row}/file/{file}", Handler: p.File},
		{Pattern: "GET /register/{register}/finding/{column}", Handler: p.FindingShow},
		{Pattern: "POST /register/{register}/finding/{column}", Limit: maxFindingBody, Handler: p.FindingSave},
	}
}

func thing(ctx context.Context, class access.Class, code string) access.Thing {
	return access.Thing{Class: class, Unit: person.At(shell.From(ctx).Tree, code)}
}

// may tells whether the present post may do operation to the things of a unit.
func may(ctx context.Context, operation access.Operation, class access.Class, code string) bool {
	view := shell.From(ctx)
	return view.Tree != nil && access.May(view.Actor.Post, operation, thing(ctx, class, code))
}

// mayWrite tells whether the present post may write the rows of a unit in a register; of a living one, whether it may make rows.
func (p *Pages) mayWrite(ctx context.Context, r *pack.Register, code string) bool {
	if r.Living() {
		return p.records.MayCreate(shell.From(ctx).Actor.Post, r, code)
	}
	return may(ctx, access.Change, access.Fact, code) && (!hasPersonal(r) || may(ctx, access.Change, access.Personal, code))
}

func hasPersonal(r *pack.Register) bool {
	return slices.ContainsFunc(r.Columns, func(c *pack.Column) bool { return c.Personal })
}

func actorOf(r *http.Request) action.Actor { return shell.From(r.Context()).Actor }

// scene is what a page of one register shows: its rows for the standing unit and the period.
type scene struct {
	shell.Standing
	register *pack.Register
	period   period.Period // zero for registers without periods
}

// query names the rows of the scene.
func (s scene) query() register.Query {
	query := register.Query{Period: s.period}
	if s.Number > 0 {
		query.Under = s.Unit.Code
	}
	return query
}

// ask is what formulas of the register are computed with.
func (p *Pages) ask(ctx context.Context) register.Ask {
	return register.Ask{Scope: p.desk.Scope(), Tree: shell.From(ctx).Tree, Today: p.store.Today()}
}

// open returns the register of the address and what it is looked at for. Rows that live have pages of their own.
func (p *Pages) open(r *http.Request) (scene, error) {
	return p.openFor(r, false)
}

// openFiles is open for the pages that rows which live share with others: forms and imports.
func (p *Pages) openFiles(r *http.Request) (scene, error) {
	return p.openFor(r, true)
}

func (p *Pages) openFor(r *http.Request, living bool) (scene, error) {
	one, known := p.desk.Scope().Register(r.PathValue("register"))
	if !known || one.Living() && !living {
		return scene{}, shell.NotFound
	}
	kind := one.Every
	if kind == 0 {
		kind = period.SchoolYear
	}
	standing, err := p.stand(r, kind, classOf(one))
	s := scene{Standing: standing, register: one}
	if one.Every != 0 {
		s.period = standing.Period
	}
	return s, err
}

// classOf is the class of data to which the rows of a register belong.
func classOf(r *pack.Register) access.Class {
	if r.Living() {
		return access.Record
	}
	return access.Fact
}

// toRecord leads from the page of a register whose rows live to the page that stands for it.
func (p *Pages) toRecord(w http.ResponseWriter, r *http.Request, parts ...string) bool {
	one, known := p.desk.Scope().Register(r.PathValue("register"))
	if !known || !one.Living() {
		return false
	}
	path := "/record/" + one.Name
	for _, part := range parts {
		path += "/" + url.PathEscape(part)
	}
	if r.URL.RawQuery != "" {
		path += "?" + r.URL.RawQuery
	}
	http.Redirect(w, r, path, http.StatusSeeOther)
	return true
}

// stand reads the unit and the period of the address. A period of another kind becomes the one that belongs to it, none the
// newest of which there are rows.
func (p *Pages) stand(r *http.Request, kind period.Kind, class access.Class) (shell.Standing, error) {
	ctx := r.Context()
	if !shell.MayStand(ctx, class) {
		return shell.Standing{}, shell.NoRight
	}
	periods, err := p.desk.Periods(ctx, kind)
	if err != nil {
		return shell.Standing{}, err
	}
	query := r.URL.Query()
	asked, ok := period.Parse(query.Get(shell.PeriodPart))
	switch {
	case query.Has(shell.PeriodPart) && !ok:
		return shell.Standing{}, shell.NotFound
	case ok:
		asked = p.fitting(asked, kind)
	case len(periods) > 0:
		asked = periods[len(periods)-1]
	default:
		asked = p.present(kind)
	}
	query.Set(shell.PeriodPart, asked.String())
	r.URL.RawQuery = query.Encode()
	if present := p.present(kind); !slices.Contains(periods, present) {
		periods = append(slices.Clone(periods), present)
	}
	return shell.Stand(r, class, periods)
}

// present is the period of a kind in which today lies.
func (p *Pages) present(kind period.Kind) period.Period {
	return indicator.Match(period.Period{Kind: period.Day, Start: p.store.Today()}, kind)
}

// fitting is the period of a kind that belongs to another one; of one that has not begun yet, the present one.
func (p *Pages) fitting(other period.Period, kind period.Kind) period.Period {
	found := indicator.Match(other, kind)
	if other.Kind != kind && p.store.Today().Before(found.From()) {
		return p.present(kind)
	}
	return found
}

func found(err error) error {
	if errors.Is(err, register.ErrNotFound) || errors.Is(err, attachment.ErrNotFound) {
		return shell.NotFound
	}
	return err
}

func trail(ctx context.Context, more ...shell.Link) []shell.Link {
	return append([]shell.Link{{Label: shell.Text(ctx, "register.page.title"), Address: shell.Here(ctx, "/register")}}, more...)
}

// toRegister is the link to the rows of a register.
func toRegister(ctx context.Context, r *pack.Register) shell.Link {
	return shell.Link{Label: r.Title.In(shell.From(ctx).Language), Address: shell.Here(ctx, address(r))}
}

func address(r *pack.Register, parts ...string) string {
	path := "/register/" + r.Name
	if r.Living() && len(parts) == 0 {
		return "/record/" + r.Name
	}
	for _, part := range parts {
		path += "/" + url.PathEscape(part)
	}
	return path
}
