package light

import (
	"context"
	"net/http"

	"jiaoheng/plan"
	"jiaoheng/plan/duty"
	"jiaoheng/plan/target"
	"jiaoheng/record"
	"jiaoheng/web/shell"
)

// Board gives the snapshot that the pages are drawn from.
type Board interface {
	View(ctx context.Context) (*target.View, error)
}

// Pages are the pages about how targets stand.
type Pages struct {
	board    Board
	records  *record.Desk
	duties   duty.Store
	outlines *duty.Outlines
}

// New returns the pages.
func New(board Board, records *record.Desk, duties duty.Store) *Pages {
	return &Pages{board: board, records: records, duties: duties, outlines: duty.NewOutlines(duties)}
}

// Route is one address of these pages.
type Route struct {
	Pattern string
	Handler shell.Handler
}

// Routes returns every address of these pages.
func (p *Pages) Routes() []Route {
	return []Route{
		{Pattern: "GET /plan/adopted/{plan}/tree", Handler: p.Tree},
		{Pattern: "GET /plan/adopted/{plan}/tree/xlsx", Handler: p.TreeExport},
		{Pattern: "GET /plan/adopted/{plan}/wall", Handler: p.Wall},
		{Pattern: "GET /office/{unit}", Handler: p.Office},
		{Pattern: "GET /school/{unit}", Handler: p.School},
	}
}

// standing is a plan of the board and the unit whose lights are shown.
type standing struct {
	view   *target.View
	plan   *target.PlanBoard
	number int // of the unit in the tree
}

// open returns the plan of the address, as the unit of the address stands: without one the plan's own unit where the post may
// see it.
//
// Errors: shell.NotFound for a plan or a unit that is not there, shell.NoRight for a unit that the post may not see.
func (p *Pages) open(r *http.Request) (standing, error) {
	ctx := r.Context()
	if !plan.MaySee(shell.From(ctx).Actor.Post) {
		return standing{}, shell.NoRight
	}
	view, err := p.board.View(ctx)
	if err != nil {
		return standing{}, err
	}
	one, known := view.Plan(r.PathValue("plan"))
	if !known {
		return standing{}, shell.NotFound
	}
	s := standing{view: view, plan: one}
	code := one.Home
	if asked := r.URL.Query().Get("unit"); asked != "" {
		code = asked
	}
	if s.number, known = view.Tree.Number(code); !known {
		return s, shell.NotFound
	}
	if !shell.MayLook(ctx, s.number) {
		return s, shell.NoRight
	}
	return s, nil
}
