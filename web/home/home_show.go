package home

import (
	"context"
	"net/http"
	"net/url"
	"sync"
	"time"

	"jiaoheng/access"
	"jiaoheng/message"
	"jiaoheng/period"
	"jiaoheng/plan"
	"jiaoheng/plan/target"
	"jiaoheng/web/shell"
)

// Source gives what the page is made of beside the board and the rows.
type Source interface {
	target.LookStore
	PulseSource
	PlanDrafts(ctx context.Context) ([]plan.Draft, error)
	Plans(ctx context.Context) ([]plan.Plan, error)
	PlanVersion(ctx context.Context, plan string, number int) (plan.Version, error)
}

// Board gives the snapshot from which the lights are taken.
type Board interface {
	View(ctx context.Context) (*target.View, error)
}

// Page is the first page.
type Page struct {
	source Source
	board  Board
	pulses pulses
	visits visits
	lock   sync.Mutex
	drawn  map[string]drawn
}

// New returns the page.
func New(source Source, board Board, rows Rows) *Page {
	return &Page{source: source, board: board, pulses: pulses{rows: rows, source: source}, visits: visits{store: source}}
}

// stepsView is the address of the steps of the work for those who see the cockpit first.
const stepsView = "steps"

// Show shows the cockpit of the present post, or the steps of the work where no plan was adopted yet.
func (p *Page) Show(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	post := shell.From(ctx).Actor.Post
	if !plan.MaySee(post) || post.Role == access.SystemAdministrator {
		return showSteps(w, r, p.source, nil)
	}
	view, err := p.board.View(ctx)
	if err != nil {
		return err
	}
	if len(view.Plans()) == 0 || shell.From(ctx).Tree.Len() == 0 {
		return showSteps(w, r, p.source, nil)
	}
	steps := shell.May(ctx, access.Change, access.Plan)
	if steps && r.URL.Query().Get("view") == stepsView {
		return showSteps(w, r, p.source, toCockpit())
	}
	c, err := p.cockpit(r, view)
	if err != nil {
		return err
	}
	c.steps = steps
	page := shell.Page{Title: shell.Text(ctx, "home.title"), Lead: lead(ctx, c, view.Day), Word: "home", Styles: []string{"home.css"}, Source: shell.Text(ctx, "home.cockpit.source"),
		Actions: ways(c)}
	return shell.Render(w, r, http.StatusOK, page, cockpitPage(c))
}

// lead says of whom and of which plan the page speaks, and how long there is.
func lead(ctx context.Context, c cockpit, day period.Date) string {
	args := message.Args{"unit": c.unit, "plan": c.plan.Title}
	if c.led {
		return shell.Text(ctx, "home.cockpit.led", args)
	}
	end := period.Date{Year: c.plan.To, Month: 12, Day: 31}
	left := period.Calendar{}.Between(day, end, period.CalendarDays)
	if c.plan.To == 0 || left < 0 {
		return shell.Text(ctx, "home.cockpit.lead_over", args)
	}
	args["left"] = shell.Count(left)
	return shell.Text(ctx, "home.cockpit.lead", args)
}

// visit is how long a look lasts: who comes back later looks anew.
const visit = 30 * time.Minute

// visits tells since when something is new to each person. The look before this one counts until the visit is over, so that
// the changes do not vanish when the page is opened a second time.
type visits struct {
	store target.LookStore
	lock  sync.Mutex
	kept  map[string]*visited
}

// visited is the present visit of a person.
type visited struct {
	before target.Look // the look that counts
	first  bool        // there was none
	until  time.Time
}

// maxVisits is how many visits are kept; beyond it they begin anew.
const maxVisits = 10_000

// of returns the look since which something is new to the person, and writes down a new one when a visit begins.
func (v *visits) of(ctx context.Context, view *target.View, code string) (visited, error) {
	from := shell.From(ctx)
	key := from.Actor.Post.Person + "/" + code
	v.lock.Lock()
	kept := v.kept[key]
	v.lock.Unlock()
	if kept != nil && from.Now.Before(kept.until) {
		v.extend(key, *kept, from.Now)
		return *kept, nil
	}
	look, known, err := v.store.TargetLook(ctx, from.Actor.Post.Person)
	if err != nil {
		return visited{}, err
	}
	now := visited{before: look, first: !known || look.Unit != code, until: from.Now.Add(visit)}
	if err := target.SaveLook(ctx, v.store, from.Actor, view, code); err != nil {
		return visited{}, err
	}
	v.extend(key, now, from.Now)
	return now, nil
}

func (v *visits) extend(key string, one visited, now time.Time) {
	one.until = now.Add(visit)
	v.lock.Lock()
	defer v.lock.Unlock()
	if v.kept == nil || len(v.kept) >= maxVisits {
		v.kept = map[string]*visited{}
	}
	v.kept[key] = &one
}

func queryOf(values map[string]string) string {
	query := url.Values{}
	for name, value := range values {
		if value != "" {
			query.Set(name, value)
		}
	}
	return query.Encode()
}
