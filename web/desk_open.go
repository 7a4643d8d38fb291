package web

import (
	"context"
	"crypto/rand"
	"os"

	"jiaoheng"
	"jiaoheng/assessment"
	"jiaoheng/calendar"
	"jiaoheng/letter"
	"jiaoheng/notice"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/plan/duty"
	"jiaoheng/plan/target"
	"jiaoheng/record"
	"jiaoheng/report"
	"jiaoheng/round"
	"jiaoheng/store"
	"jiaoheng/unit"
	recordpages "jiaoheng/web/record"
)

// openDesk reads the packs of the program and those of the data folder, makes the tables of their registers and returns
// the desk that evaluates over them.
//
// Errors: a fault.List when a pack of the data folder has faults.
func openDesk(ctx context.Context, s *store.Store) (*round.Desk, error) {
	set, faults := pack.Load(jiaoheng.Packs, os.DirFS(s.DataDir()))
	if err := faults.Err(); err != nil {
		return nil, err
	}
	if err := s.RegistersOpen(ctx, set.Everything().Registers()...); err != nil {
		return nil, err
	}
	return round.NewDesk(set, s), nil
}

// Records returns the desk over the rows that live: letters are issued and people told in the store.
func Records(set *pack.Set, s *store.Store) *record.Desk {
	shipped := set.Everything().Calendars()
	desk := record.New(set, s, func(ctx context.Context) (period.Calendar, error) { return calendar.Present(ctx, s, shipped) }, letter.NewOffice(set, s), notice.Teller{Store: s})
	desk.Elsewhere(recordpages.PlanEnd, recordpages.PlanNode(s))
	return desk
}

// Open makes the desks that are not given, so that a program can use them beside the pages.
func (o *Options) Open(ctx context.Context) error {
	if o.Desk == nil {
		var err error
		if o.Desk, err = openDesk(ctx, o.Store); err != nil {
			return err
		}
	}
	if o.Records == nil {
		o.Records = Records(o.Desk.Set(), o.Store)
	}
	if o.Board == nil {
		o.Board = Board(o.Desk, o.Store)
	}
	if o.Exams == nil {
		o.Exams = assessment.NewDesk(o.Desk.Set(), o.Store)
	}
	if o.Random == nil {
		o.Random = rand.Reader
	}
	if o.Draws == nil {
		o.Draws = Draws(o.Store, o.Random)
	}
	return nil
}

// Reports returns the desk that composes and files reports, of what the other desks hold.
func Reports(o Options) *report.Desk {
	return &report.Desk{Board: o.Board, Records: o.Records, Store: o.Store, Head: func(ctx context.Context, unit string) (letter.Head, error) {
		return letter.NewOffice(o.Desk.Set(), o.Store).HeadFor(ctx, unit)
	}, Rated: func(ctx context.Context, tree *unit.Tree, code string, year int) ([]report.Rated, error) {
		return report.RatedOf(ctx, o.Store, tree, code, year)
	}}
}

// Board returns the board of the targets of all plans in all units. It reads nothing before it is asked.
func Board(desk *round.Desk, s *store.Store) *target.Board {
	board := target.NewBoard(s, desk)
	board.Lead(target.Leads{Tables: []string{"plan_duty", "plan_tie"}, Of: func(ctx context.Context, plan string) (map[target.Track]string, error) {
		duties, err := s.DutiesInForce(ctx, plan)
		leads := make(map[target.Track]string, len(duties))
		for node, one := range duties {
			leads[node] = one.Lead
		}
		return leads, err
	}, Same: func(ctx context.Context) (map[target.Named]target.Named, error) {
		ties, err := s.Ties(ctx)
		return target.Canonical(duty.Sames(ties)), err
	}})
	return board
}
