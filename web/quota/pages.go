package quota

import (
	"context"
	"io"
	"net/http"
	"slices"

	"jiaoheng/access"
	"jiaoheng/fault"
	"jiaoheng/indicator"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/record"
	"jiaoheng/register"
	"jiaoheng/round"
	"jiaoheng/store"
	registerpages "jiaoheng/web/register"
	"jiaoheng/web/shell"
)

// maxRows is how many rows of one register a page computes over.
const maxRows = 400_000

// Pages are the pages over one store.
type Pages struct {
	store   *store.Store
	desk    *round.Desk
	records *record.Desk
	random  io.Reader
}

// New returns the pages; random gives the seeds of draws.
func New(s *store.Store, desk *round.Desk, records *record.Desk, random io.Reader) *Pages {
	return &Pages{store: s, desk: desk, records: records, random: random}
}

// Routes returns every address of these pages.
func (p *Pages) Routes() []registerpages.Route {
	return []registerpages.Route{
		{Pattern: "GET /quota", Handler: p.List},
		{Pattern: "GET /quota/{quota}", Handler: p.Show},
		{Pattern: "GET /quota/{quota}/export", Handler: p.Export},
		{Pattern: "POST /quota/{quota}/list", Handler: p.Publicity},
		{Pattern: "POST /quota/{quota}/draw", Handler: p.Draw},
		{Pattern: "POST /quota/{quota}/mark", Handler: p.Mark},
	}
}

// scene is one quota as it is looked at for a unit and a period.
type scene struct {
	shell.Standing
	quota    *pack.Quota
	people   *pack.Register
	done     *pack.Register
	ask      register.Ask
	single   bool // the present post may look at the persons of the unit one by one
	persons  []register.Row
	rows     []register.Row
	progress register.QuotaProgress
}

// open returns the quota of the address with how everybody below the unit stands to it.
func (p *Pages) open(r *http.Request) (scene, error) {
	return p.openNamed(r, r.PathValue("quota"))
}

// openNamed returns the quota of the name, for the unit and the period of the request.
func (p *Pages) openNamed(r *http.Request, name string) (scene, error) {
	one, known := p.desk.Scope().Quota(name)
	if !known {
		return scene{}, shell.NotFound
	}
	standing, err := p.stand(r, one.Every)
	if err != nil {
		return scene{}, err
	}
	ctx := r.Context()
	s := scene{Standing: standing, quota: one, ask: register.Ask{Scope: p.desk.Scope(), Tree: shell.From(ctx).Tree}}
	s.people, _ = p.desk.Scope().Register(one.People.Register)
	s.done, _ = p.desk.Scope().Register(one.Register)
	s.single = slices.Contains(s.people.Of, s.Unit.Kind) && p.records.Single(shell.From(ctx).Actor.Post, s.people, s.Unit.Code)
	query := register.Query{Personal: true}
	if s.Number > 0 {
		query.Under = s.Unit.Code
	}
	ofPeople := query
	if s.people.Every != 0 {
		ofPeople.Period = s.Period
	}
	if s.persons, err = p.read(ctx, s.people, ofPeople); err != nil {
		return s, err
	}
	query.Filters = []register.Filter{{Column: one.Of.Dated, From: s.Period.From().String(), Until: s.Period.To().String()}}
	if s.rows, err = p.read(ctx, s.done, query); err != nil {
		return s, err
	}
	s.progress = register.Progress(s.ask, one, s.Period, s.persons, s.rows)
	return s, nil
}

func (p *Pages) read(ctx context.Context, declared *pack.Register, query register.Query) ([]register.Row, error) {
	var rows []register.Row
	for row, err := range p.store.RegisterEach(ctx, declared, query) {
		if err != nil {
			return nil, err
		}
		if rows = append(rows, row); len(rows) > maxRows {
			return nil, fault.List{fault.New("quota.page.too_many", message.Args{"limit": shell.Count(maxRows)})}
		}
	}
	return rows, nil
}

// stand reads the unit and the period of the address; without a period it is the present one.
func (p *Pages) stand(r *http.Request, kind period.Kind) (shell.Standing, error) {
	present := indicator.Match(period.Period{Kind: period.Day, Start: p.store.Today()}, kind)
	query := r.URL.Query()
	if !query.Has(shell.PeriodPart) {
		query.Set(shell.PeriodPart, present.String())
	} else if asked, ok := period.Parse(query.Get(shell.PeriodPart)); ok && asked.Kind != kind {
		query.Set(shell.PeriodPart, indicator.Match(asked, kind).String())
	}
	r.URL.RawQuery = query.Encode()
	periods := []period.Period{present}
	for range 5 {
		periods = append(periods, periods[len(periods)-1].Previous())
	}
	return shell.Stand(r, access.Fact, periods)
}

// address is that of a quota with the unit and the period that are shown.
func (s scene) address(ctx context.Context, parts string) string {
	return shell.Here(ctx, "/quota/"+s.quota.Name+parts)
}
