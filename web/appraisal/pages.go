package appraisal

import (
	"context"
	"errors"
	"net/http"
	"strconv"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/appraisal"
	"jiaoheng/attachment"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/store"
	"jiaoheng/unit"
	"jiaoheng/web/shell"
)

// maxBody is the largest form of scores with files in bytes.
const maxBody = 6 * attachment.MaxBytes

// Pages are the pages of appraisals.
type Pages struct {
	desk     *appraisal.Desk
	store    *store.Store
	preparer *attachment.Preparer
	nameOf   func(ctx context.Context, person string) string
}

// New returns the pages. nameOf gives the name of a person by id.
func New(desk *appraisal.Desk, s *store.Store, nameOf func(ctx context.Context, person string) string) *Pages {
	return &Pages{desk: desk, store: s, preparer: attachment.NewPreparer(2), nameOf: nameOf}
}

// Route is one address of these pages.
type Route struct {
	Pattern string
	Limit   int64
	Handler shell.Handler
}

// Routes returns every address of these pages.
func (p *Pages) Routes() []Route {
	routes := []Route{
		{Pattern: "GET /appraisal", Handler: p.List},
		{Pattern: "GET /appraisal/new", Handler: p.New},
		{Pattern: "POST /appraisal", Handler: p.Create},
		{Pattern: "GET /appraisal/run/{run}", Handler: p.ShowRun},
		{Pattern: "POST /appraisal/run/{run}/{step}", Handler: p.StepAll},
		{Pattern: "GET /appraisal/run/{run}/table.xlsx", Handler: p.Workbook},
		{Pattern: "GET /appraisal/run/{run}/table.docx", Handler: p.Document},
		{Pattern: "GET /appraisal/case/{case}", Handler: p.ShowCase},
		{Pattern: "GET /appraisal/case/{case}/table.docx", Handler: p.CaseDocument},
		{Pattern: "GET /appraisal/case/{case}/frozen.json", Handler: p.Frozen},
		{Pattern: "GET /appraisal/case/{case}/file/{file}", Handler: p.File},
		{Pattern: "GET /appraisal/case/{case}/self", Handler: p.SelfShow},
		{Pattern: "POST /appraisal/case/{case}/self", Limit: maxBody, Handler: p.SelfSave},
		{Pattern: "GET /appraisal/case/{case}/check", Handler: p.CheckShow},
		{Pattern: "POST /appraisal/case/{case}/check", Limit: maxBody, Handler: p.CheckSave},
		{Pattern: "GET /appraisal/case/{case}/talk", Handler: p.TalkShow},
		{Pattern: "POST /appraisal/case/{case}/talk", Handler: p.TalkSave},
		{Pattern: "POST /appraisal/case/{case}/appeal", Limit: maxBody, Handler: p.Appeal},
	}
	for _, step := range []string{"skip", "compute", "confirm", "tell", "accept", "decide", "sign", "card", "card_decide"} {
		routes = append(routes, Route{Pattern: "POST /appraisal/case/{case}/" + step, Handler: p.Step(step)})
	}
	return routes
}

func text(ctx context.Context, key string, args ...message.Args) string {
	return shell.Text(ctx, "appraisal.page."+key, args...)
}

func page(ctx context.Context, title string, trail ...shell.Link) shell.Page {
	return shell.Page{Title: title, Word: "appraisal", Source: text(ctx, "source"), Styles: []string{"appraisal.css"},
		Trail: append([]shell.Link{{Label: text(ctx, "title"), Address: "/appraisal"}}, trail...)}
}

// inLanguage is a text in the language of the page.
func inLanguage(ctx context.Context, t pack.Text) string { return t.In(shell.From(ctx).Language) }

// mayWork tells whether the present post has anything to do with appraisals.
func mayWork(ctx context.Context) bool {
	post := shell.From(ctx).Actor.Post
	return post.Role != access.SystemAdministrator && (shell.May(ctx, access.See, access.Record) || appraisal.MayHold(post) || appraisal.MayDecide(post))
}

// view is the case of a request as the present post sees it.
func (p *Pages) view(r *http.Request) (appraisal.View, error) {
	ctx := r.Context()
	if !mayWork(ctx) {
		return appraisal.View{}, shell.NoRight
	}
	v, err := p.desk.View(ctx, shell.From(ctx).Tree, shell.From(ctx).Actor.Post, r.PathValue("case"))
	if errors.Is(err, appraisal.ErrNotFound) {
		return v, shell.NotFound
	}
	return v, err
}

// run is the run of a request, for those who look at whole runs and its scorers.
func (p *Pages) run(r *http.Request) (appraisal.Run, *pack.Sheet, error) {
	ctx := r.Context()
	if !mayWork(ctx) {
		return appraisal.Run{}, nil, shell.NoRight
	}
	run, err := p.store.AppraisalRun(ctx, r.PathValue("run"))
	if errors.Is(err, appraisal.ErrNotFound) {
		return run, nil, shell.NotFound
	}
	if err != nil {
		return run, nil, err
	}
	sheet, err := p.desk.Sheet(run.Sheet)
	return run, sheet, err
}

// who is the name under which a case is listed: the unit, and the head who is appraised.
func (p *Pages) who(ctx context.Context, one appraisal.Case) string {
	name := unitName(shell.From(ctx).Tree, one.Unit)
	if one.Person != "" {
		name = p.nameOf(ctx, one.Person) + "（" + name + "）"
	}
	return name
}

func unitName(tree *unit.Tree, code string) string {
	if u, known := tree.Find(code); known {
		return u.Name
	}
	return code
}

func caseLink(id string) string { return "/appraisal/case/" + id }

func versionOf(r *http.Request) int64 {
	version, _ := strconv.ParseInt(r.PostFormValue("version"), 10, 64)
	return version
}

// pointsText writes points without zeros that say nothing.
func pointsText(points float64) string { return strconv.FormatFloat(points, 'f', -1, 64) }

// scoreText writes points, or why there are none.
func scoreText(ctx context.Context, s appraisal.Score) string {
	if s.Known {
		return pointsText(s.Points)
	}
	if why := inLanguage(ctx, s.Why); why != "" {
		return why
	}
	return text(ctx, "unknown")
}

// condition is how a state is shown.
func condition(state appraisal.State) shell.Condition {
	switch state {
	case appraisal.Final:
		return shell.Fixed
	case appraisal.Appealed, appraisal.Talking:
		return shell.AtRisk
	}
	return shell.Waiting
}

func stateText(ctx context.Context, state appraisal.State) string {
	return shell.Text(ctx, "appraisal.state."+string(state))
}

// faultsOf are the faults of an error that was caused by what a person typed; nil for others.
func faultsOf(err error) fault.List { return fault.Of(err) }

func today(ctx context.Context) string { return period.DayAt(shell.From(ctx).Now).String() }

func actorOf(ctx context.Context) action.Actor { return shell.From(ctx).Actor }
