package target

import (
	"context"
	"errors"
	"net/http"
	"net/url"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/period"
	"jiaoheng/person"
	"jiaoheng/plan"
	"jiaoheng/plan/target"
	"jiaoheng/round"
	"jiaoheng/store"
	"jiaoheng/unit"
	registerpages "jiaoheng/web/register"
	"jiaoheng/web/shell"
)

// maxSheetBody is the largest form of a sheet: target.MaxShares units with their fields.
const maxSheetBody = 12 << 20

// Splits are the pages of sharing out, amending and looking back.
type Splits struct {
	store     *store.Store
	plans     *plan.Desks
	splitting *target.Splitting
	desk      *round.Desk
	board     *target.Board
	nameOf    registerpages.NameOf
}

// NewSplits returns the pages. The board tells what was measured, the desk has the packs by which it was.
func NewSplits(s *store.Store, plans *plan.Desks, desk *round.Desk, board *target.Board, nameOf registerpages.NameOf) *Splits {
	return &Splits{store: s, plans: plans, splitting: target.NewSplitting(s, plans), desk: desk, board: board, nameOf: nameOf}
}

// decision approves or withdraws a split.
type decision func(ctx context.Context, actor action.Actor, tree *unit.Tree, id string) (target.Split, error)

// Routes returns every address of these pages.
func (p *Splits) Routes() []registerpages.Route {
	return []registerpages.Route{
		{Pattern: "GET /plan/adopted/{plan}/split", Handler: p.List},
		{Pattern: "POST /plan/adopted/{plan}/split", Limit: 1 << 20, Handler: p.ListDo},
		{Pattern: "GET /target/{plan}/{track}/split", Handler: p.Show},
		{Pattern: "POST /target/{plan}/{track}/split", Limit: maxSheetBody, Handler: p.Propose},
		{Pattern: "GET /target/{plan}/{track}/split/xlsx", Handler: p.Export},
		{Pattern: "POST /target/{plan}/{track}/split/import", Limit: maxSheetBody, Handler: p.Import},
		{Pattern: "POST /target/{plan}/{track}/split/approve", Handler: p.Approve},
		{Pattern: "POST /target/{plan}/{track}/split/withdraw", Handler: p.Withdraw},
		{Pattern: "GET /plan/adopted/{plan}/amend", Handler: p.AmendShow},
		{Pattern: "POST /plan/adopted/{plan}/amend", Handler: p.AmendPropose},
		{Pattern: "POST /plan/adopted/{plan}/amend/approve", Handler: p.AmendApprove},
		{Pattern: "POST /plan/adopted/{plan}/amend/withdraw", Handler: p.AmendWithdraw},
		{Pattern: "GET /plan/adopted/{plan}/lookback", Handler: p.LookBack},
	}
}

// scene is a sheet as a person looks at it.
type scene struct {
	target.Sheet
	where   target.Where
	may     bool // propose
	mayAlso bool // approve, as the second person
	mayDraw bool // withdraw
}

// open returns the sheet of the address. Without a unit it is that of the post, or of the plan's own unit.
func (p *Splits) open(r *http.Request) (scene, error) {
	ctx := r.Context()
	view := shell.From(ctx)
	if !plan.MaySee(view.Actor.Post) || view.Tree == nil {
		return scene{}, shell.NoRight
	}
	tracked, err := p.plans.Tracked(ctx, r.PathValue("plan"))
	if err != nil {
		return scene{}, found(err)
	}
	where := target.Where{Plan: tracked.Plan.ID, Target: target.Track(r.PathValue("track")), Parent: p.unitOf(r, tracked.Plan)}
	sheet, err := p.splitting.Sheet(ctx, view.Tree, where, period.DayAt(view.Now))
	if err != nil {
		return scene{where: where}, found(err)
	}
	s := scene{Sheet: sheet, where: where}
	parent := person.At(view.Tree, where.Parent)
	s.may = target.MaySplit(view.Actor.Post, access.Change, parent) && len(sheet.Below) > 0
	if sheet.Proposed != nil {
		s.mayAlso = target.MaySplit(view.Actor.Post, access.Approve, parent) && sheet.Proposed.By != view.Actor.Post.Person
		s.mayDraw = target.MaySplit(view.Actor.Post, access.Change, parent)
	}
	return s, nil
}

// unitOf is the unit that shares out: that of the address; else the post's, where it lies below the plan's own unit and has units
// below it; else the plan's own.
func (p *Splits) unitOf(r *http.Request, of plan.Plan) string {
	if code := r.FormValue(shell.UnitPart); code != "" {
		return code
	}
	view := shell.From(r.Context())
	home := target.Home(view.Tree, of)
	if number, known := view.Tree.Number(view.Actor.Post.Unit.Code); known && view.Tree.SubtreeOf(home).Contains(number) && len(target.Below(view.Tree, view.Tree.At(number).Code)) > 0 {
		return view.Tree.At(number).Code
	}
	return home
}

// found turns what is not there into the page that says so.
func found(err error) error {
	if errors.Is(err, plan.ErrNotFound) || errors.Is(err, target.ErrNotFound) {
		return shell.NotFound
	}
	return err
}

func planAddress(id string, parts ...string) string {
	address := "/plan/adopted/" + url.PathEscape(id)
	for _, part := range parts {
		address += "/" + part
	}
	return address
}

// targetAddress is where a page of a target stands, for a unit.
func targetAddress(where target.Where, part string) string {
	address := "/target/" + url.PathEscape(where.Plan) + "/" + url.PathEscape(string(where.Target))
	if part != "" {
		address += "/" + part
	}
	return address + "?unit=" + url.QueryEscape(where.Parent)
}

// trail leads from the plans to a page of an adopted one.
func planTrail(ctx context.Context, of plan.Plan, more ...shell.Link) []shell.Link {
	links := []shell.Link{{Label: shell.Text(ctx, "plan.title"), Address: "/plan"}, {Label: of.Title, Address: planAddress(of.ID)}}
	return append(links, more...)
}
