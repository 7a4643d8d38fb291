package project

import (
	"context"
	"errors"
	"net/http"
	"net/url"

	"jiaoheng/period"
	"jiaoheng/plan"
	"jiaoheng/plan/duty"
	"jiaoheng/plan/target"
	"jiaoheng/record"
	"jiaoheng/register"
	"jiaoheng/web/shell"
)

// Limits of these pages.
const (
	maxProjects = 2000 // rows on a page
	maxTied     = 500  // rows tied in one request
)

// Lights tells how the targets of a plan stand in the plan's own unit.
type Lights func(ctx context.Context, plan string) (func(target.Track) target.Light, error)

// Pages are the pages about the projects of a plan.
type Pages struct {
	records  *record.Desk
	outlines *duty.Outlines
	lights   Lights
}

// New returns the pages.
func New(records *record.Desk, duties duty.Store, lights Lights) *Pages {
	return &Pages{records: records, outlines: duty.NewOutlines(duties), lights: lights}
}

// Route is one address of these pages.
type Route struct {
	Pattern string
	Handler shell.Handler
}

// Routes returns every address of these pages.
func (p *Pages) Routes() []Route {
	return []Route{
		{Pattern: "GET /plan/adopted/{plan}/box", Handler: p.Show},
		{Pattern: "POST /plan/adopted/{plan}/box/tie", Handler: p.Tie},
	}
}

func address(plan string) string { return "/plan/adopted/" + url.PathEscape(plan) + "/box" }

// outline returns the plan of the address.
func (p *Pages) outline(r *http.Request) (*duty.Outline, error) {
	if !plan.MaySee(shell.From(r.Context()).Actor.Post) {
		return nil, shell.NoRight
	}
	one, err := p.outlines.Of(r.Context(), r.PathValue("plan"))
	if errors.Is(err, plan.ErrNotFound) {
		return nil, shell.NotFound
	}
	return one, err
}

// rows reads the projects that the post may see, the latest deadline last; whole is false when there are more than a page shows.
func (p *Pages) rows(ctx context.Context) (projects []duty.Project, editable map[string]bool, whole bool, err error) {
	editable = map[string]bool{}
	r, known := p.records.Register(duty.ProjectRegister)
	if !known {
		return nil, editable, true, nil
	}
	post, day := shell.From(ctx).Actor.Post, period.DayAt(shell.From(ctx).Now)
	for read := 0; ; {
		query := record.Query{Seen: &post, Query: register.Query{Sort: "ends_on", Limit: record.MaxPage, Offset: read}}
		list, err := p.records.List(ctx, r, query)
		if err != nil {
			return nil, nil, false, err
		}
		for _, row := range list.Rows {
			one := duty.ProjectOf(r, row, day)
			for _, c := range p.records.MayEdit(post, r, row) {
				if c.Name == "track" {
					editable[one.Row] = true
				}
			}
			projects = append(projects, one)
		}
		read += len(list.Rows)
		if len(list.Rows) == 0 || read >= list.Count || read >= maxProjects {
			return projects, editable, read >= list.Count, nil
		}
	}
}
