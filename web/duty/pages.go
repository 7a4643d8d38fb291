package duty

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"jiaoheng/action"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/plan"
	"jiaoheng/plan/duty"
	"jiaoheng/plan/target"
	"jiaoheng/record"
	"jiaoheng/store"
	registerpages "jiaoheng/web/register"
	"jiaoheng/web/shell"
)

// maxForm is the largest form of confirmations: duty.MaxDuties nodes with their fields.
const maxForm = 4 << 20

// Pages are the pages of duties.
type Pages struct {
	store   *store.Store
	desk    *duty.Desk
	plans   *plan.Desks
	records *record.Desk
	nameOf  registerpages.NameOf
}

// New returns the pages.
func New(s *store.Store, plans *plan.Desks, records *record.Desk, nameOf registerpages.NameOf) *Pages {
	return &Pages{store: s, desk: duty.New(s, records), plans: plans, records: records, nameOf: nameOf}
}

// Routes returns every address of these pages.
func (p *Pages) Routes() []registerpages.Route {
	return []registerpages.Route{
		{Pattern: "GET /duty/{plan}", Handler: p.Table},
		{Pattern: "GET /duty/{plan}/map", Handler: p.Map},
		{Pattern: "GET /duty/{plan}/xlsx", Handler: p.Export},
		{Pattern: "GET /duty/{plan}/suggest", Handler: p.Suggest},
		{Pattern: "POST /duty/{plan}/suggest", Limit: maxForm, Handler: changing(p.Confirm)},
		{Pattern: "GET /duty/{plan}/node/{track}", Handler: p.Node},
		{Pattern: "POST /duty/{plan}/node/{track}", Handler: changing(p.NodeSave)},
		{Pattern: "POST /duty/{plan}/node/{track}/issue", Handler: changing(p.Issue)},
		{Pattern: "POST /duty/{plan}/node/{track}/approve", Handler: changing(p.Approve)},
		{Pattern: "POST /duty/{plan}/node/{track}/withdraw", Handler: changing(p.Withdraw)},
		{Pattern: "GET /duty/{plan}/coverage", Handler: p.Coverage},
		{Pattern: "POST /duty/{plan}/settle", Limit: maxForm, Handler: changing(p.Settle)},
		{Pattern: "POST /duty/{plan}/unsettle", Handler: changing(p.Unsettle)},
		{Pattern: "GET /duty/{plan}/book", Handler: p.Book},
		{Pattern: "GET /duty/{plan}/book/docx", Handler: p.BookFile},
		{Pattern: "POST /duty/{plan}/book/publish", Handler: changing(p.BookPublish)},
		{Pattern: "GET /duty/{plan}/year/{year}", Handler: p.Year},
		{Pattern: "POST /duty/{plan}/year/{year}/close", Handler: changing(p.YearClose)},
		{Pattern: "POST /duty/{plan}/year/{year}/reopen", Handler: changing(p.YearAsk)},
		{Pattern: "POST /duty/{plan}/year/{year}/approve", Handler: changing(p.YearReopen)},
		{Pattern: "GET /duty/{plan}/programme", Handler: p.Programme},
		{Pattern: "POST /duty/{plan}/programme", Handler: changing(p.ProgrammeMake)},
		{Pattern: "POST /duty/{plan}/same", Limit: maxForm, Handler: changing(p.SameMake)},
		{Pattern: "POST /duty/{plan}/untie", Handler: changing(p.Untie)},
		{Pattern: "GET /duty/list", Handler: p.List},
		{Pattern: "POST /duty/list/publish", Handler: changing(p.ListPublish)},
	}
}

func text(ctx context.Context, key string, args ...message.Args) string {
	return shell.Text(ctx, "duty.page."+key, args...)
}

func actorOf(r *http.Request) action.Actor { return shell.From(r.Context()).Actor }

// mayChange and mayApprove tell whether buttons are worth showing.
func mayChange(ctx context.Context) bool  { return duty.MayChange(shell.From(ctx).Actor.Post) }
func mayApprove(ctx context.Context) bool { return duty.MayApprove(shell.From(ctx).Actor.Post) }

// open returns the table of the plan of the address.
func (p *Pages) open(r *http.Request) (*duty.Table, error) {
	if !plan.MaySee(actorOf(r).Post) {
		return nil, shell.NoRight
	}
	table, err := p.desk.Table(r.Context(), r.PathValue("plan"))
	return table, found(err)
}

// found turns an absent thing into the page that says so.
func found(err error) error {
	if errors.Is(err, plan.ErrNotFound) {
		return shell.NotFound
	}
	for _, f := range fault.Of(err) {
		if f == duty.ErrNotFound || f.Code == duty.ErrNotFound.Code {
			return shell.NotFound
		}
	}
	return err
}

// address is a page of the duties of a plan.
func address(id string, parts ...string) string {
	made := "/duty/" + url.PathEscape(id)
	for _, part := range parts {
		made += "/" + url.PathEscape(part)
	}
	return made
}

func nodeAddress(id string, track target.Track) string { return address(id, "node", string(track)) }

// views are the views of the duties of a plan, in the order of the work.
var views = []string{"", "suggest", "map", "coverage", "book", "year", "programme"}

// tabs shows the views of the duties of a plan.
func (p *Pages) tabs(ctx context.Context, o *duty.Outline, current string) []shell.Tab {
	var tabs []shell.Tab
	for _, view := range views {
		if view == "suggest" && !mayChange(ctx) {
			continue
		}
		tab := shell.Tab{Address: address(o.Plan.ID), Current: view == current}
		if view == "" {
			tabs = append(tabs, shell.Tab{Label: text(ctx, "view.table"), Address: tab.Address, Current: tab.Current})
			continue
		}
		tab.Label = text(ctx, "view."+view)
		switch view {
		case "year":
			tab.Address = address(o.Plan.ID, "year", yearFor(ctx, o))
		default:
			tab.Address = address(o.Plan.ID, view)
		}
		tabs = append(tabs, tab)
	}
	return tabs
}

// frame is what stands around every page of the duties of a plan.
func frame(ctx context.Context, o *duty.Outline, title string) shell.Page {
	content := o.Version.Content
	return shell.Page{Title: title, Word: "plan", Wide: true, Styles: []string{"duty.css"},
		Lead:   text(ctx, "lead", message.Args{"title": content.Title, "number": o.Version.Number, "from": content.From, "to": content.To}),
		Trail:  []shell.Link{{Label: shell.Text(ctx, "plan.title"), Address: "/plan"}, {Label: content.Title, Address: "/plan/adopted/" + url.PathEscape(o.Plan.ID)}},
		Source: text(ctx, "source", message.Args{"title": content.Title, "number": o.Version.Number})}
}

// changing wraps what changes something: whoever may not is told so before anything is looked at.
func changing(handler shell.Handler) shell.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		if !duty.MayChange(actorOf(r).Post) && !duty.MayApprove(actorOf(r).Post) {
			return shell.NoRight
		}
		return handler(w, r)
	}
}

// only is the value of the address part, or of the form.
func only(r *http.Request, name string) string { return strings.TrimSpace(r.FormValue(name)) }
