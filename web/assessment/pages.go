package assessment

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"

	"jiaoheng/action"
	"jiaoheng/assessment"
	"jiaoheng/intake"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/store"
	"jiaoheng/web/shell"
)

// maxUpload is the largest file of marks in bytes.
const maxUpload = 64 << 20

// Pages are the pages of exams.
type Pages struct {
	desk   *assessment.Desk
	store  *store.Store
	set    func() *pack.Set
	nameOf func(ctx context.Context, person string) string
	holds  *holds
}

// New returns the pages. nameOf gives the name of a person by id; imports that are running end when background does.
func New(background context.Context, desk *assessment.Desk, s *store.Store, set func() *pack.Set, nameOf func(ctx context.Context, person string) string) *Pages {
	return &Pages{desk: desk, store: s, set: set, nameOf: nameOf, holds: newHolds(background)}
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
		{Pattern: "GET /assessment", Handler: p.List},
		{Pattern: "GET /assessment/export", Handler: p.Export},
		{Pattern: "GET /assessment/linkage", Handler: p.Linkage},
		{Pattern: "GET /assessment/linkage/export", Handler: p.LinkageExport},
		{Pattern: "GET /assessment/composite", Handler: p.Composite},
		{Pattern: "GET /assessment/composite/export", Handler: p.CompositeExport},
		{Pattern: "GET /assessment/new", Handler: p.New},
		{Pattern: "POST /assessment", Handler: p.Create},
		{Pattern: "GET /assessment/{exam}", Handler: p.Show},
		{Pattern: "GET /assessment/{exam}/edit", Handler: p.Edit},
		{Pattern: "POST /assessment/{exam}/edit", Handler: p.Save},
		{Pattern: "POST /assessment/{exam}/items", Limit: maxItemFile + 64<<10, Handler: p.Items},
		{Pattern: "POST /assessment/{exam}/close", Handler: p.Close},
		{Pattern: "POST /assessment/{exam}/reopen", Handler: p.Reopen},
		{Pattern: "POST /assessment/{exam}/withdraw", Handler: p.Withdraw},
		{Pattern: "GET /assessment/{exam}/template", Handler: p.Template},
		{Pattern: "GET /assessment/{exam}/import", Handler: p.ImportForm},
		{Pattern: "POST /assessment/{exam}/import", Limit: maxUpload + 512<<10, Handler: p.Import},
		{Pattern: "GET /assessment/{exam}/import/{run}", Handler: p.ImportShow},
		{Pattern: "POST /assessment/{exam}/import/{run}/confirm", Handler: p.ImportConfirm},
		{Pattern: "POST /assessment/{exam}/import/{run}/cancel", Handler: p.ImportCancel},
		{Pattern: "POST /assessment/{exam}/batch/{batch}/withdraw", Handler: p.ImportWithdraw},
		{Pattern: "GET /assessment/{exam}/levels", Handler: p.Levels},
		{Pattern: "GET /assessment/{exam}/levels/export", Handler: p.LevelsExport},
		{Pattern: "POST /assessment/{exam}/levels/frame", Limit: maxFrameFile + 64<<10, Handler: p.SaveFrame},
		{Pattern: "GET /assessment/{exam}/figures", Handler: p.Figures},
		{Pattern: "GET /assessment/{exam}/figures/export", Handler: p.FiguresExport},
		{Pattern: "GET /assessment/{exam}/items", Handler: p.Analysis},
		{Pattern: "GET /assessment/{exam}/items/export", Handler: p.AnalysisExport},
		{Pattern: "GET /assessment/{exam}/score", Handler: p.Score},
		{Pattern: "GET /assessment/{exam}/score/export", Handler: p.ScoreExport},
		{Pattern: "GET /assessment/{exam}/paper", Handler: p.Paper},
		{Pattern: "GET /assessment/{exam}/paper/document", Handler: p.PaperDocument},
		{Pattern: "GET /assessment/{exam}/pupils", Handler: p.Pupils},
		{Pattern: "POST /assessment/{exam}/pupils/{pupil}", Handler: p.PupilOpen},
	}
}

// tab is one page of an exam. Whoever adds such a page adds its line to tabs.
type tab struct {
	part  string // behind the address of the exam
	label string // key of its text
	shown func(assessment.Exam, assessment.Sight) bool
}

// tabs are the pages of an exam in the order in which they are read.
var tabs = []tab{
	{"", "assessment.page.tab.overview", nil},
	{"/levels", "sample.page.tab", hasLevels},
	{"/figures", "figure.page.tab.figures", nil},
	{"/items", "figure.page.tab.items", func(e assessment.Exam, _ assessment.Sight) bool { return hasItems(e) }},
	{"/score", "figure.page.tab.score", nil},
	{"/paper", "assessment.page.tab.paper", nil},
	{"/import", "assessment.page.tab.import", func(e assessment.Exam, s assessment.Sight) bool { return s.Holder && e.State == assessment.Open }},
	{"/pupils", "assessment.page.tab.pupils", func(_ assessment.Exam, s assessment.Sight) bool { return s.Own != "" }},
}

// tabsOf are the tabs of an exam for a viewer; part is the page that is shown.
func tabsOf(ctx context.Context, e assessment.Exam, sight assessment.Sight, part string) []shell.Tab {
	var all []shell.Tab
	for _, one := range tabs {
		if one.shown == nil || one.shown(e, sight) {
			all = append(all, shell.Tab{Label: shell.Text(ctx, one.label), Address: address(e.ID, one.part), Current: one.part == part})
		}
	}
	return all
}

func text(ctx context.Context, key string, args ...message.Args) string {
	return shell.Text(ctx, "assessment.page."+key, args...)
}

// page is the frame of a page of this word.
func page(ctx context.Context, title string, trail ...shell.Link) shell.Page {
	return shell.Page{Title: title, Word: "assessment", Source: text(ctx, "source"), Styles: []string{"assessment.css"},
		Trail: append([]shell.Link{{Label: text(ctx, "title"), Address: "/assessment"}}, trail...)}
}

// examPage is the frame of a page of one exam.
func examPage(ctx context.Context, e assessment.Exam, title string) shell.Page {
	frame := page(ctx, title, shell.Link{Label: e.Name, Address: address(e.ID, "")})
	frame.Lead = e.Name + " · " + e.Held.Text(shell.From(ctx).Language)
	return frame
}

// address is a page of an exam.
func address(exam, part string) string { return "/assessment/" + url.PathEscape(exam) + part }

func actorOf(ctx context.Context) action.Actor { return shell.From(ctx).Actor }

// sight is the exam of a request and what the present post may see of it.
func (p *Pages) sight(r *http.Request) (assessment.Exam, assessment.Sight, error) {
	e, sight, err := p.desk.Sight(r.Context(), actorOf(r.Context()), r.PathValue("exam"))
	return e, sight, found(err)
}

// held is the exam of a request for whoever holds it.
func (p *Pages) held(r *http.Request) (assessment.Exam, error) {
	e, sight, err := p.sight(r)
	if err == nil && !sight.Holder {
		err = shell.NoRight
	}
	return e, err
}

// found turns the absence of an exam into the page that says so.
func found(err error) error {
	if errors.Is(err, assessment.ErrNotFound) {
		return shell.NotFound
	}
	return err
}

// mayOpen tells whether the present post has anything to do with exams.
func mayOpen(ctx context.Context) bool {
	return MaySee(actorOf(ctx))
}

// MaySee tells whether a post may see any exam: whether the place in the navigation is worth showing.
func MaySee(actor action.Actor) bool { return assessment.MaySee(actor.Post) }

// ownerOf is the unit whose exams the present post holds; "" for whoever holds none.
func ownerOf(ctx context.Context) string {
	post := actorOf(ctx).Post
	if post.Unit.Code != "" && assessment.MayHold(post, post.Unit.Code) {
		return post.Unit.Code
	}
	return ""
}

func unitName(ctx context.Context, code string) string {
	if u, known := shell.From(ctx).Tree.Find(code); known {
		return u.Name
	}
	return code
}

func plain(mark float64) string { return strconv.FormatFloat(mark, 'f', -1, 64) }

// condition is how a state of an exam is shown.
func condition(state assessment.State) shell.Condition {
	switch state {
	case assessment.Closed:
		return shell.Fixed
	case assessment.Withdrawn:
		return shell.Stopped
	}
	return shell.InUse
}

func stateText(ctx context.Context, state assessment.State) string {
	return shell.Text(ctx, "assessment.state."+string(state))
}

func kindText(ctx context.Context, kind assessment.Kind) string {
	return shell.Text(ctx, "assessment.kind."+string(kind))
}

// readTable reads a file that was handed over.
func readTable(name string, data []byte) ([][]string, error) { return intake.ReadTable(name, data) }
