package admission

import (
	"context"
	"net/http"
	"strconv"

	"jiaoheng/access"
	"jiaoheng/draw/ceremony"
	"jiaoheng/indicator"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/person"
	"jiaoheng/record"
	"jiaoheng/round"
	"jiaoheng/store"
	registerpages "jiaoheng/web/register"
	"jiaoheng/web/shell"
)

// MaxSeason is how many applications of one season are read at once.
const MaxSeason = 200_000

// seasons is how many years back a season can be looked at from the switch of the period.
const seasons = 6

// The registers of the pack that these pages work with.
const (
	registerApplication = "admission_application"
	registerEntrant     = "admission_entrant"
	registerCatchment   = "catchment"
	registerPlan        = "admission_plan"
	registerOrder       = "admission_order"
	registerSenior      = "senior_plan"
	registerGraduates   = "junior_graduates"
	registerAllotment   = "quota_allotment"
)

// subject is the office of a bureau whose business this is.
const subject = "基础教育"

// Pages are the pages over one store.
type Pages struct {
	store   *store.Store
	desk    *round.Desk
	records *record.Desk
	draws   *ceremony.Desk
}

// New returns the pages.
func New(s *store.Store, desk *round.Desk, records *record.Desk, draws *ceremony.Desk) *Pages {
	return &Pages{store: s, desk: desk, records: records, draws: draws}
}

// Routes returns every address of these pages.
func (p *Pages) Routes() []registerpages.Route {
	return []registerpages.Route{
		{Pattern: "GET /admission", Handler: p.Season},
		{Pattern: "GET /admission/export", Handler: p.SeasonExport},
		{Pattern: "GET /admission/order", Handler: p.Order},
		{Pattern: "GET /admission/draw/new", Handler: p.DrawNew},
		{Pattern: "POST /admission/draw", Handler: p.DrawCreate},
		{Pattern: "GET /admission/draw/{draw}", Handler: p.Result},
		{Pattern: "POST /admission/draw/{draw}/write", Handler: p.Write},
		{Pattern: "GET /admission/quota", Handler: p.Quota},
		{Pattern: "GET /admission/quota/part", Handler: p.QuotaPart},
		{Pattern: "GET /admission/quota/export", Handler: p.QuotaExport},
		{Pattern: "POST /admission/quota/draw", Handler: p.QuotaDraw},
		{Pattern: "GET /admission/quota/draw/{draw}", Handler: p.QuotaResult},
		{Pattern: "POST /admission/quota/draw/{draw}/write", Handler: p.QuotaWrite},
	}
}

// stand reads the unit and the season of the address; without one it is the present year.
func (p *Pages) stand(r *http.Request) (shell.Standing, error) {
	present := indicator.Match(period.Period{Kind: period.Day, Start: p.store.Today()}, period.Year)
	query := r.URL.Query()
	if !query.Has(shell.PeriodPart) {
		query.Set(shell.PeriodPart, present.String())
	} else if asked, ok := period.Parse(query.Get(shell.PeriodPart)); ok && asked.Kind != period.Year {
		query.Set(shell.PeriodPart, indicator.Match(asked, period.Year).String())
	}
	r.URL.RawQuery = query.Encode()
	periods := []period.Period{present}
	for range seasons - 1 {
		periods = append(periods, periods[len(periods)-1].Previous())
	}
	return shell.Stand(r, access.Record, periods)
}

// register returns a register of the pack, which the program holds.
func (p *Pages) register(name string) *pack.Register {
	one, known := p.desk.Scope().Register(name)
	if !known {
		panic("admission: the pack holds no register " + name)
	}
	return one
}

// mayDecide tells whether the present post starts draws and writes back what came out for a unit: the office of the bureau.
func mayDecide(ctx context.Context, code string) bool {
	view := shell.From(ctx)
	post := view.Actor.Post
	return post.Role == access.BureauOffice && (post.Subject == "" || post.Subject == subject) &&
		access.May(post, access.Change, access.Thing{Class: access.Record, Unit: person.At(view.Tree, code), Subject: subject})
}

// mayWrite tells whether the present post writes rows of a register about a unit.
func mayWrite(ctx context.Context, class access.Class, code string) bool {
	view := shell.From(ctx)
	return access.May(view.Actor.Post, access.Change, access.Thing{Class: class, Unit: person.At(view.Tree, code), Subject: subject})
}

// trail is the way back to the season.
func trail(ctx context.Context) []shell.Link {
	return []shell.Link{{Label: shell.Text(ctx, "admission.page.title"), Address: shell.Here(ctx, "/admission")}}
}

// option is the title of a choice of a column in the language of the page.
func option(ctx context.Context, r *pack.Register, column, name string) string {
	if n := r.At(column); n >= 0 {
		for _, one := range r.Columns[n].Choices {
			if one.Name == name {
				return one.Title.In(shell.From(ctx).Language)
			}
		}
	}
	return name
}

// year is the season as it stands in sentences.
func year(p period.Period) string { return strconv.Itoa(p.Start.Year) }
