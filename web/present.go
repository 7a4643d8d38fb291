package web

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"

	"github.com/alexedwards/scs/v2"

	"jiaoheng/access"
	"jiaoheng/fault"
	"jiaoheng/period"
	"jiaoheng/person"
	"jiaoheng/store"
	"jiaoheng/todo"
	"jiaoheng/unit"
	assessmentpages "jiaoheng/web/assessment"
	pages "jiaoheng/web/person"
	"jiaoheng/web/shell"
)

// presence fills the View of each request: who is signed in, in which post, over which units and period.
type presence struct {
	store    *store.Store
	sessions *scs.SessionManager
	todo     *todo.Desk
	trees    treeCache
}

// layer is a handler around the routes.
func (p *presence) layer(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/static/") {
			next.ServeHTTP(w, r)
			return
		}
		view := shell.From(r.Context())
		if isPage(r) {
			view.Notice = shell.TakeNotice(w, r, view.Language)
		}
		if err := p.fill(r, view); err != nil {
			shell.Fail(w, r, err)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// isPage tells whether the answer is a whole page, on which a notice can be told.
func isPage(r *http.Request) bool {
	return r.Method == http.MethodGet && r.Header.Get("HX-Request") == "" && strings.Contains(r.Header.Get("Accept"), "text/html")
}

func (p *presence) fill(r *http.Request, view *shell.View) error {
	ctx := r.Context()
	account := p.sessions.GetString(ctx, pages.SessionAccount)
	if account == "" {
		return nil
	}
	day := period.DayAt(view.Now)
	present, err := person.PresenceOf(ctx, p.store, account, p.sessions.GetInt64(ctx, pages.SessionGeneration), day.String())
	if len(fault.Of(err)) > 0 {
		return p.sessions.Destroy(ctx)
	}
	if err != nil {
		return err
	}
	tree, err := p.trees.get(ctx, p.store)
	if err != nil {
		return err
	}
	view.Presence, view.Tree, view.Person = present, tree, present.Person.Name
	view.Actor, view.Posts = present.Actor(tree, pages.Address(r)), len(present.Posts)
	view.Post, view.Region = postText(ctx, present, tree), regionText(present, tree)
	view.Period = period.SchoolYearOf(day).Text(view.Language)
	view.Places = placesOf(ctx)
	if !isPage(r) {
		return nil
	}
	number, err := p.todo.Count(ctx, tree, view.Actor.Post)
	view.Todo, view.Unread = number.Waiting, number.Unread
	return err
}

func postText(ctx context.Context, present person.Presence, tree *unit.Tree) string {
	if present.Post.ID == "" {
		return shell.Text(ctx, "shell.no_post")
	}
	return pages.UnitName(ctx, tree, present.Post.Unit) + " · " + present.Post.Role.Text(shell.From(ctx).Language)
}

// regionText is the unit of the present post, or the root of the tree for a post over the whole system.
func regionText(present person.Presence, tree *unit.Tree) string {
	if one, known := tree.Find(present.Post.Unit); known {
		return one.Name
	}
	if tree.Len() > 0 {
		return tree.At(0).Name
	}
	return ""
}

// placesOf returns the places of the navigation that the present post may see, in the order of the work.
func placesOf(ctx context.Context) []shell.Place {
	any := func(classes ...access.Class) bool {
		return slices.ContainsFunc(classes, func(class access.Class) bool { return shell.May(ctx, access.See, class) })
	}
	figures := shell.MayStand(ctx, access.Fact)
	places := []shell.Place{{Word: "home", Icon: "gauge", Address: "/"}}
	for _, place := range []struct {
		shell.Place
		shown bool
	}{
		{shell.Place{Word: "plan", Icon: "target-arrow", Address: "/plan"}, any(access.Plan)},
		{shell.Place{Word: "indicator", Icon: "chart-line", Address: "/indicator"}, figures},
		{shell.Place{Word: "round", Icon: "scale", Address: "/round"}, figures},
		{shell.Place{Word: "register", Icon: "table", Address: "/register"}, figures || any(access.Record)},
		{shell.Place{Word: "report", Icon: "report", Address: "/report"}, any(access.Plan)},
		{shell.Place{Word: "assessment", Icon: "chart-bar", Address: "/assessment"}, assessmentpages.MaySee(shell.From(ctx).Actor)},
		{shell.Place{Word: "draw", Icon: "arrows-split", Address: "/draw"}, any(access.Draw)},
		{shell.Place{Word: "appraisal", Icon: "clipboard-check", Address: "/appraisal"}, any(access.Record)},
		{shell.Place{Word: "publication", Icon: "world", Address: "/publication"}, shell.May(ctx, access.Change, access.Publication) || shell.May(ctx, access.Approve, access.Publication)},
		{shell.Place{Word: "admin", Icon: "settings", Address: "/admin"}, any(access.System, access.People, access.Chain)},
	} {
		if place.shown {
			places = append(places, place.Place)
		}
	}
	return places
}

// askSignIn leads a visitor to the sign-in page and from there back.
func askSignIn(w http.ResponseWriter, r *http.Request) {
	address := "/signin"
	if r.Method == http.MethodGet && r.URL.Path != "/" && r.Header.Get("HX-Request") == "" {
		address += "?back=" + url.QueryEscape(r.URL.RequestURI())
	}
	shell.Redirect(w, r, address, "", nil)
}

// treeCache keeps the tree of units until something is written, or the day ends: names and parents are those of the day.
type treeCache struct {
	lock     sync.Mutex
	sequence int64
	day      period.Date
	tree     *unit.Tree
}

func (c *treeCache) get(ctx context.Context, source *store.Store) (*unit.Tree, error) {
	head, err := source.Head(ctx)
	if err != nil {
		return nil, err
	}
	day := source.Today()
	c.lock.Lock()
	defer c.lock.Unlock()
	if c.tree != nil && c.sequence == head.Sequence && c.day == day {
		return c.tree, nil
	}
	tree, err := source.Tree(ctx)
	if err != nil {
		return nil, err
	}
	c.tree, c.sequence, c.day = tree, head.Sequence, day
	return tree, nil
}
