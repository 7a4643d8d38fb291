package web

import (
	"context"
	"net/http"

	"jiaoheng/assessment/profile"
	"jiaoheng/pack"
	"jiaoheng/person"
	"jiaoheng/plan"
	"jiaoheng/plan/target"
	"jiaoheng/web/admin"
	admissionpages "jiaoheng/web/admission"
	dutypages "jiaoheng/web/duty"
	"jiaoheng/web/home"
	"jiaoheng/web/indicator"
	letterpages "jiaoheng/web/letter"
	"jiaoheng/web/light"
	pages "jiaoheng/web/person"
	planpages "jiaoheng/web/plan"
	"jiaoheng/web/portal"
	profilepages "jiaoheng/web/profile"
	projectpages "jiaoheng/web/project"
	publicationpages "jiaoheng/web/publication"
	quotapages "jiaoheng/web/quota"
	recordpages "jiaoheng/web/record"
	registerpages "jiaoheng/web/register"
	reportpages "jiaoheng/web/report"
	roundpages "jiaoheng/web/round"
	"jiaoheng/web/search"
	"jiaoheng/web/shell"
	targetpages "jiaoheng/web/target"
	"jiaoheng/web/whatif"
)

// route is one address. Whoever is not signed in is led to the sign-in page, save where the route is open. The right is asked
// by the handler, because it depends on the thing asked for.
type route struct {
	pattern string // of http.ServeMux
	open    bool
	limit   int64 // of the body in bytes, maxBody when 0
	handler shell.Handler
}

// routes is every address of the pages, in the order of the work.
func routes(o Options) []route {
	account := pages.Service{Store: o.Store, Hasher: o.Hasher, Sessions: o.Sessions}
	people := admin.People{Store: o.Store, Random: o.Random}
	boundaries := admin.Boundaries{Store: o.Store}
	units := admin.Units{Store: o.Store}
	calendars := admin.Calendars{Store: o.Store, Shipped: func() []*pack.Calendar { return o.Desk.Set().Everything().Calendars() }}
	nameOf := admin.NamesOf(o.Store)
	public := portal.Portal{Store: o.Store}
	indicators := indicator.New(o.Desk, o.Store)
	all := []route{
		{pattern: "GET /static/", open: true, handler: static},
		{pattern: "GET /health", open: true, handler: health(o.Store)},
		{pattern: "POST /language", open: true, handler: languageChoose},
		{pattern: "GET /public", open: true, handler: public.List},
		{pattern: "GET /public/{id}", open: true, handler: public.Show},
		{pattern: "GET /public/{id}/{form}", open: true, handler: public.Form},
		{pattern: "GET /robots.txt", open: true, handler: public.Robots},

		{pattern: "GET /signin", open: true, handler: account.SignInShow},
		{pattern: "POST /signin", open: true, handler: account.SignIn},
		{pattern: "GET /link/{token}", open: true, handler: account.LinkShow},
		{pattern: "POST /link/{token}", open: true, handler: account.LinkUse},
		{pattern: "POST /signout", open: true, handler: account.SignOut},
		{pattern: "GET /password", handler: account.PasswordShow},
		{pattern: "POST /password", handler: account.PasswordChange},
		{pattern: "GET /post", handler: account.PostShow},
		{pattern: "POST /post", handler: account.PostChoose},

		{pattern: "GET /{$}", handler: home.New(o.Store, o.Board, o.Records).Show},
		{pattern: "GET /search", handler: search.Find(o.Store, o.Desk, o.Records, o.Board)},

		{pattern: "GET /indicator", handler: indicators.List},
		{pattern: "GET /indicator/pivot", handler: indicators.Pivot},
		{pattern: "GET /indicator/pivot.json", handler: indicators.PivotJSON},
		{pattern: "GET /indicator/{name}", handler: indicators.Show},

		{pattern: "GET /admin", handler: admin.Open},
		{pattern: "GET /admin/unit", handler: admin.UnitList},
		{pattern: "GET /admin/boundary", handler: boundaries.Show},
		{pattern: "POST /admin/boundary", limit: 12 << 20, handler: boundaries.Replace},
		{pattern: "POST /admin/boundary/clear", handler: boundaries.Clear},
		{pattern: "GET /admin/calendar", handler: calendars.Show},
		{pattern: "POST /admin/calendar", limit: 2 << 20, handler: calendars.Import},
		{pattern: "GET /admin/unit/{code}", handler: units.Show},
		{pattern: "GET /admin/unit/{code}/event", handler: units.EventNew},
		{pattern: "POST /admin/unit/{code}/event", handler: units.EventRecord},
		{pattern: "POST /admin/unit/{code}/undo", handler: units.EventUndo},
		{pattern: "GET /admin/person", handler: people.List},
		{pattern: "GET /admin/person/new", handler: people.New},
		{pattern: "POST /admin/person", handler: people.Create},
		{pattern: "GET /admin/person/{id}", handler: people.Show},
		{pattern: "POST /admin/person/{id}", handler: people.Update},
		{pattern: "POST /admin/person/{id}/post", handler: people.PostCreate},
		{pattern: "POST /admin/person/{id}/post/{post}/end", handler: people.PostEnd},
		{pattern: "POST /admin/person/{id}/account", handler: people.AccountCreate},
		{pattern: "POST /admin/person/{id}/account/{account}/link", handler: people.AccountLink},
		{pattern: "POST /admin/person/{id}/account/{account}/close", handler: people.AccountClose},
		{pattern: "POST /admin/person/{id}/account/{account}/open", handler: people.AccountOpen},
		{pattern: "GET /admin/log", handler: admin.LogList(o.Store, nameOf)},
		{pattern: "POST /admin/log/verify", handler: admin.LogVerify(o.Store, nameOf)},
		{pattern: "GET /admin/system", handler: admin.SystemShow(o.Store, o.Store.Now())},
	}
	return append(all, routesOfPages(o, nameOf)...)
}

// routesOfPages are the addresses of the packages that list their own.
func routesOfPages(o Options, nameOf func(ctx context.Context, id string) string) []route {
	var all []route
	all = append(all, told(o, nameOf)...)
	all = append(all, appraised(o, nameOf)...)
	all = append(all, assessed(o, nameOf)...)
	all = append(all, drawn(o, nameOf)...)
	for _, one := range planpages.New(o.Background, plan.NewDesks(o.Store, nameOf)).Routes() {
		all = append(all, route{pattern: one.Pattern, limit: one.Limit, handler: one.Handler})
	}
	for _, one := range light.New(o.Board, o.Records, o.Store).Routes() {
		all = append(all, route{pattern: one.Pattern, handler: one.Handler})
	}
	for _, one := range targetpages.NewSplits(o.Store, plan.NewDesks(o.Store, nameOf), o.Desk, o.Board, nameOf).Routes() {
		all = append(all, route{pattern: one.Pattern, limit: one.Limit, handler: one.Handler})
	}
	for _, one := range dutypages.New(o.Store, plan.NewDesks(o.Store, nameOf), o.Records, registerpages.NameOf(nameOf)).Routes() {
		all = append(all, route{pattern: one.Pattern, limit: one.Limit, handler: one.Handler})
	}
	for _, one := range registerpages.New(o.Background, o.Store, o.Desk, o.Records, registerpages.NameOf(nameOf)).Routes() {
		all = append(all, route{pattern: one.Pattern, limit: one.Limit, handler: one.Handler})
	}
	for _, one := range recordpages.New(o.Background, o.Store, o.Desk, o.Records, registerpages.NameOf(nameOf)).Routes() {
		all = append(all, route{pattern: one.Pattern, limit: one.Limit, handler: one.Handler})
	}
	quotas := quotapages.New(o.Store, o.Desk, o.Records, o.Random)
	for _, one := range quotas.Routes() {
		all = append(all, route{pattern: one.Pattern, limit: one.Limit, handler: one.Handler})
	}
	for _, one := range admissionpages.New(o.Store, o.Desk, o.Records, o.Draws).Routes() {
		all = append(all, route{pattern: one.Pattern, limit: one.Limit, handler: one.Handler})
	}
	for _, one := range letterpages.New(o.Desk.Set, o.Store, o.Records, nameOf).Routes() {
		all = append(all, route{pattern: one.Pattern, limit: one.Limit, handler: one.Handler})
	}
	for _, one := range publicationpages.New(o.Desk.Set, o.Store, o.Records, quotas.Published, nameOf).Routes() {
		all = append(all, route{pattern: one.Pattern, handler: one.Handler})
	}
	for _, one := range projectpages.New(o.Records, o.Store, lightsOf(o.Board)).Routes() {
		all = append(all, route{pattern: one.Pattern, handler: one.Handler})
	}
	for _, one := range targetpages.NewShows(o.Store, o.Board, plan.NewDesks(o.Store, nameOf), o.Records, nameOf).Routes() {
		all = append(all, route{pattern: one.Pattern, limit: one.Limit, handler: one.Handler})
	}
	for _, one := range reportpages.New(o.Background, o.Store, Reports(o), plan.NewDesks(o.Store, nameOf), nameOf).Routes() {
		all = append(all, route{pattern: one.Pattern, handler: one.Handler})
	}
	for _, one := range targetpages.NewBindings(o.Store, o.Desk, o.Board, nameOf).Routes() {
		all = append(all, route{pattern: one.Pattern, handler: one.Handler})
	}
	for _, one := range profilepages.New(profile.New(o.Desk, o.Exams, o.Store)).Routes() {
		all = append(all, route{pattern: one.Pattern, handler: one.Handler})
	}
	for _, one := range roundpages.New(o.Desk, o.Store, nameOf).Routes() {
		all = append(all, route{pattern: one.Pattern, handler: one.Handler})
	}
	for _, one := range whatif.New(o.Desk, o.Store, whatif.NameOf(nameOf)).Routes() {
		all = append(all, route{pattern: one.Pattern, handler: one.Handler})
	}
	return all
}

// lightsOf tells how the targets of a plan stand in the unit whose plan it is.
func lightsOf(board *target.Board) projectpages.Lights {
	return func(ctx context.Context, plan string) (func(target.Track) target.Light, error) {
		view, err := board.View(ctx)
		if err != nil {
			return nil, err
		}
		one, known := view.Plan(plan)
		return func(track target.Track) target.Light {
			if !known {
				return target.NoTarget
			}
			t, known := one.Find(track)
			if !known {
				return target.NoTarget
			}
			return one.Light(t, one.HomeNumber())
		}, nil
	}
}

func static(w http.ResponseWriter, r *http.Request) error {
	shell.Static(w, r)
	return nil
}

// health answers whether the database can be read, for programs that watch the server.
func health(store person.Store) shell.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		if _, err := store.HasAccounts(r.Context()); err != nil {
			return err
		}
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.Header().Set("Cache-Control", "no-store")
		_, err := w.Write([]byte("ok\n"))
		return err
	}
}
