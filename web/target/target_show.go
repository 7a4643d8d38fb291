package target

import (
	"context"
	"net/http"
	"net/url"
	"slices"

	"jiaoheng/access"
	"jiaoheng/message"
	"jiaoheng/person"
	"jiaoheng/plan"
	"jiaoheng/plan/target"
	"jiaoheng/record"
	"jiaoheng/store"
	registerpages "jiaoheng/web/register"
	"jiaoheng/web/shell"
)

// Shows are the pages that tell how a target stands.
type Shows struct {
	store   *store.Store
	board   *target.Board
	plans   *plan.Desks
	records *record.Desk
	nameOf  func(ctx context.Context, id string) string
}

// NewShows returns the pages over a board.
func NewShows(s *store.Store, board *target.Board, plans *plan.Desks, records *record.Desk, nameOf func(ctx context.Context, id string) string) *Shows {
	return &Shows{store: s, board: board, plans: plans, records: records, nameOf: nameOf}
}

// Routes returns every address of these pages.
func (p *Shows) Routes() []registerpages.Route {
	return []registerpages.Route{{Pattern: "GET /target/{plan}/{track}", Handler: p.Show}}
}

// sight is a target as somebody looks at it in one unit.
type sight struct {
	ctx      context.Context
	language message.Language
	view     *target.View
	plan     *target.PlanBoard
	one      target.TargetInfo
	at       int // place of the target in the plan
	number   int // of the unit in the tree
	cell     target.Cell
}

// Show shows how a target stands in a unit: value and goal, path and projection, the units below with their own goals, who is
// silent, the words of the plan, what measures it, its versions and what hangs on it.
func (p *Shows) Show(w http.ResponseWriter, r *http.Request) error {
	s, err := p.sightOf(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	if form := r.URL.Query().Get("as"); form != "" {
		return s.send(w, form)
	}
	view := showView{sight: s, facts: s.facts(), below: s.belowTable(), silent: s.silentTable(), source: p.sourceFacts(s), rules: ruleLines(ctx)}
	if view.chart, view.drawn = s.chart(); !view.drawn {
		view.chart = shell.Chart{}
	}
	if view.versions, err = p.versionTable(ctx, s); err != nil {
		return err
	}
	if view.linked, err = p.linkedTable(ctx, s); err != nil {
		return err
	}
	page := shell.Page{Title: s.one.Name(), Word: "plan", Styles: []string{"target.css"}, Trail: s.trail(), Actions: showActions(s.actions()),
		Lead:   s.text("lead", message.Args{"unit": s.unitName(), "plan": s.plan.Plan.Title, "day": s.view.Day.Text(s.language)}),
		Source: s.text("source", message.Args{"plan": s.plan.Plan.Title, "day": s.view.Day.Text(s.language)})}
	return shell.Render(w, r, http.StatusOK, shell.ChartFiles(page), showPage(view))
}

// sightOf reads what the address asks for.
//
// Errors: shell.NotFound for a plan, a target or a unit that is not there, shell.NoRight for a unit that the post may not see.
func (p *Shows) sightOf(r *http.Request) (*sight, error) {
	ctx := r.Context()
	present := shell.From(ctx)
	if !plan.MaySee(present.Actor.Post) {
		return nil, shell.NoRight
	}
	view, err := p.board.View(ctx)
	if err != nil {
		return nil, err
	}
	s := &sight{ctx: ctx, language: present.Language, view: view}
	var known bool
	if s.plan, known = view.Plan(r.PathValue("plan")); !known {
		return nil, shell.NotFound
	}
	if s.at, known = s.plan.Find(target.Track(r.PathValue("track"))); !known {
		return nil, shell.NotFound
	}
	s.one = s.plan.Targets()[s.at]
	code := r.URL.Query().Get(shell.UnitPart)
	if code == "" {
		code = s.plan.Home
	}
	if s.number, known = view.Tree.Number(code); !known {
		return nil, shell.NotFound
	}
	if !shell.MayLook(ctx, s.number) {
		return nil, shell.NoRight
	}
	s.cell = s.plan.Cell(s.at, s.number)
	s.number = s.cell.Unit
	return s, nil
}

func (s *sight) text(key string, args message.Args) string {
	return shell.Text(s.ctx, "target.show."+key, args)
}

func (s *sight) unitName() string { return s.view.Tree.At(s.number).Name }

// address is that of the page in another unit.
func (s *sight) address(n int) string {
	return shell.TargetAddress(s.plan.Plan.ID, s.one.Track, s.view.Tree.At(n).Code)
}

// trail leads back to the plan and to the units above that have the target.
func (s *sight) trail() []shell.Link {
	links := []shell.Link{{Label: shell.Text(s.ctx, "plan.title"), Address: "/plan"}, {Label: s.plan.Plan.Title, Address: shell.PlanAddress(s.plan.Plan.ID) + "/tree"}}
	var above []shell.Link
	for n := s.view.Tree.Parent(s.number); n >= 0; n = s.view.Tree.Parent(n) {
		if s.plan.Light(s.at, n) != target.NoTarget && shell.MayLook(s.ctx, n) {
			above = append(above, shell.Link{Label: s.view.Tree.At(n).Name, Address: s.address(n)})
		}
	}
	slices.Reverse(above)
	return append(links, above...)
}

// actions lead to sharing out and to what measures the target, for those who may do it.
func (s *sight) actions() []shell.Button {
	post := shell.From(s.ctx).Actor.Post
	code := s.view.Tree.At(s.number).Code
	base := "/target/" + url.PathEscape(s.plan.Plan.ID) + "/" + url.PathEscape(string(s.one.Track))
	var all []shell.Button
	if target.MaySplit(post, access.Change, person.At(s.view.Tree, code)) && len(target.Below(s.view.Tree, code)) > 0 {
		all = append(all, shell.Button{Label: s.text("split", nil), Icon: "arrows-split", Address: base + "/split?unit=" + url.QueryEscape(code)})
	}
	if target.MaySplit(post, access.Change, person.At(s.view.Tree, s.plan.Home)) {
		all = append(all, shell.Button{Label: s.text("bind", nil), Icon: "link", Address: base + "/bind"})
	}
	return all
}

// figure writes a figure with the measure of the goal.
func (s *sight) figure(known target.Known) string {
	if !known.Is {
		return s.text("unknown", nil)
	}
	return shell.TargetFigure(known, s.cell.Goal.Unit)
}

// facts are the figures of the target in the unit, each with its name.
func (s *sight) facts() []shell.Fact {
	goal, j := s.cell.Goal, s.cell.Judgement
	var all []shell.Fact
	add := func(key, text, note string) {
		all = append(all, shell.Fact{Name: s.text(key, nil), Text: text, Note: note})
	}
	if s.cell.Given {
		own := ""
		if s.cell.Reason != "" {
			own = s.text("own_reason", message.Args{"reason": s.cell.Reason})
		}
		add("goal", target.GoalText(s.language, goal), own)
		all[len(all)-1].Written = own != ""
		baseline := s.figure(goal.Baseline)
		if goal.Baseline.Is && goal.BaselineYear != 0 {
			baseline = s.text("in_year", message.Args{"value": baseline, "year": goal.BaselineYear})
		}
		add("baseline", baseline, "")
		add("deadline", goal.Deadline.Text(s.language), "")
	}
	if j.Gap.Is {
		add("gap", s.gap(j.Gap), "")
	}
	if j.Needed.Is {
		add("needed", s.gap(j.Needed), s.text("needed_note", nil))
	}
	if j.Expected.Is {
		add("expected", s.figure(j.Expected), s.text("allowed", message.Args{"value": s.gap(target.Sure(j.Allowed))}))
	}
	if j.Projection.Is {
		add("projection", s.figure(j.Projection), s.text("interval", message.Args{"level": target.FigureText(100 * s.view.Rules.Interval),
			"low": s.figure(target.Sure(j.Low)), "high": s.figure(target.Sure(j.High))}))
	}
	if goal.Direction == target.AboveParent {
		add("parent", s.valueText(j.Latest.Parent, j.Rule == target.NoValue), s.text("parent_note", nil))
	}
	silence := s.cell.Silence
	switch {
	case !silence.Known:
	case silence.Ever && silence.Days == 0:
		add("silence", s.text("silent_none", nil), "")
	case silence.Ever:
		add("silence", s.text("silent_days", message.Args{"days": silence.Days}), s.text("last_written", message.Args{"day": shell.Date(s.ctx, silence.Last)}))
	default:
		add("silence", s.text("silent_ever", message.Args{"days": silence.Days}), "")
	}
	return all
}

// gap writes a difference: of shares in percentage points.
func (s *sight) gap(known target.Known) string {
	return shell.GapFigure(s.language, known, s.cell.Goal.Unit)
}

// ruleKeys are the lines of the rule of the lights in words, as docs/lights.md has them.
var ruleKeys = []string{"target.show.rule_1", "target.show.rule_2", "target.show.rule_3", "target.show.rule_4", "target.show.rule_5", "target.show.rule_6",
	"target.show.rule_7", "target.show.rule_8", "target.show.rule_9"}

func ruleLines(ctx context.Context) []string {
	lines := make([]string, len(ruleKeys))
	for n, key := range ruleKeys {
		lines[n] = shell.Text(ctx, key)
	}
	return lines
}

// files is the way to take home what the table of the units below shows.
func (s *sight) files() []shell.Button {
	return []shell.Button{{Label: s.text("xlsx", nil), Icon: "download", Kind: "quiet", Address: s.address(s.number) + "&as=xlsx"}}
}
