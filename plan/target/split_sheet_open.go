package target

import (
	"context"
	"errors"

	"jiaoheng/access"
	"jiaoheng/fault"
	"jiaoheng/period"
	"jiaoheng/plan"
	"jiaoheng/unit"
)

// ErrNoGoal says that a unit has been given nothing of the target, so that it has nothing to share out.
var ErrNoGoal = errors.New("target: no goal")

// Splitting shares out targets. It may be used by many at once.
type Splitting struct {
	store SplitStore
	plans *plan.Desks
}

// NewSplitting returns the splitting of a store.
func NewSplitting(store SplitStore, plans *plan.Desks) *Splitting {
	return &Splitting{store: store, plans: plans}
}

// Where is a target, and the unit that shares it out.
type Where struct {
	Plan   string
	Target Track
	Parent string
}

// Sheet is what a unit is to reach of a target and what it hands to the units below it.
type Sheet struct {
	Plan     plan.Plan
	Version  plan.Version
	Node     plan.Node
	Target   Track
	Home     string
	Parent   unit.Unit
	Goal     Goal        // of the parent
	Given    *Split      // the split that gave it, nil where the plan itself says it
	Below    []unit.Unit // to which it may share out, those open on the day
	InForce  *Split
	Proposed *Split
	Versions []Split // by number
	// Stale is what no longer fits where the goal of the parent changed after the split in force was approved.
	Stale fault.List
}

// Codes returns the codes of the units below.
func (s Sheet) Codes() []string {
	codes := make([]string, len(s.Below))
	for i, u := range s.Below {
		codes[i] = u.Code
	}
	return codes
}

// MaySplit tells whether somebody in post may do operation to what the unit hands on: who has the right on plans and whose unit is
// that unit or stands above it.
func MaySplit(post access.Post, operation access.Operation, parent access.Unit) bool {
	if !access.May(post, operation, access.Thing{Class: access.Plan, Unit: parent}) {
		return false
	}
	return post.Role == access.Program || post.Unit.Contains(parent)
}

// Sheet returns the sheet of a target and a unit as it stands on a day.
//
// Errors: plan.ErrNotFound where the last version has no such target or the tree no such unit, ErrNoGoal where the unit was given
// nothing of it.
func (s *Splitting) Sheet(ctx context.Context, tree *unit.Tree, where Where, day period.Date) (Sheet, error) {
	tracked, err := s.plans.Tracked(ctx, where.Plan)
	if err != nil {
		return Sheet{}, err
	}
	node, there := tracked.Node(string(where.Target))
	parent, known := tree.Find(where.Parent)
	if !there || !known || node.Kind != plan.Target {
		return Sheet{}, plan.ErrNotFound
	}
	sheet := Sheet{Plan: tracked.Plan, Version: tracked.Last(), Node: node, Target: where.Target, Parent: parent, Home: Home(tree, tracked.Plan)}
	if err := s.parentGoal(ctx, tree, &sheet); err != nil {
		return Sheet{}, err
	}
	for _, n := range Below(tree, where.Parent) {
		if u := tree.At(n); u.OpenOn(day) {
			sheet.Below = append(sheet.Below, u)
		}
	}
	if sheet.Versions, err = s.store.SplitVersions(ctx, where.Plan, where.Target, where.Parent); err != nil {
		return Sheet{}, err
	}
	for i := range sheet.Versions {
		switch one := &sheet.Versions[i]; {
		case one.State == Proposed:
			sheet.Proposed = one
		case one.State == Approved && (sheet.InForce == nil || !one.ApprovedAt.Before(sheet.InForce.ApprovedAt)):
			sheet.InForce = one
		}
	}
	if sheet.InForce != nil {
		faults, warnings := Check(*sheet.InForce, sheet.Goal, sheet.Codes())
		sheet.Stale = append(faults, warnings...)
	}
	return sheet, nil
}

// parentGoal finds what the parent is to reach: what the plan says of its own unit, or what the nearest unit above handed to it.
func (s *Splitting) parentGoal(ctx context.Context, tree *unit.Tree, sheet *Sheet) error {
	if sheet.Parent.Code == sheet.Home {
		sheet.Goal = GoalOf(sheet.Node, sheet.Version.Content)
		return nil
	}
	n, _ := tree.Number(sheet.Parent.Code)
	for above := tree.Parent(n); above >= 0; above = tree.Parent(above) {
		splits, err := s.store.SplitVersions(ctx, sheet.Plan.ID, sheet.Target, tree.At(above).Code)
		if err != nil {
			return err
		}
		given := heldSplit(splits)
		if given == nil {
			continue
		}
		for _, share := range given.Shares {
			if share.Unit == sheet.Parent.Code {
				sheet.Goal, sheet.Given = share.Goal, given
				sheet.Goal.Each = each(sheet.Node)
				if sheet.Goal.Deadline.IsZero() { // by the day that the plan names
					sheet.Goal.Deadline = GoalOf(sheet.Node, sheet.Version.Content).Deadline
				}
				return nil
			}
		}
	}
	return ErrNoGoal
}

func heldSplit(splits []Split) *Split {
	var held *Split
	for i := range splits {
		if splits[i].State == Approved && (held == nil || !splits[i].ApprovedAt.Before(held.ApprovedAt)) {
			held = &splits[i]
		}
	}
	return held
}

// Sheets returns the sheets of all targets of a plan and one unit, in the order of the plan. Targets of which the unit was given
// nothing have a goal without direction. Versions hold the split in force and the one that waits only, the latter without shares.
func (s *Splitting) Sheets(ctx context.Context, tree *unit.Tree, planID, parent string, day period.Date) ([]Sheet, error) {
	tracked, err := s.plans.Tracked(ctx, planID)
	if err != nil {
		return nil, err
	}
	u, known := tree.Find(parent)
	if !known {
		return nil, plan.ErrNotFound
	}
	held, err := s.store.SplitsInForce(ctx, planID)
	if err != nil {
		return nil, err
	}
	waiting, err := s.store.SplitsProposed(ctx, planID)
	if err != nil {
		return nil, err
	}
	var below []unit.Unit
	for _, n := range Below(tree, parent) {
		if one := tree.At(n); one.OpenOn(day) {
			below = append(below, one)
		}
	}
	given, own, proposed := map[Track]*Split{}, map[Track]*Split{}, map[Track]*Split{}
	for i := range held {
		one := &held[i]
		if one.Parent == parent {
			own[one.Target] = one
		} else if _, within := tree.Number(one.Parent); within && one.shareOf(parent) != nil {
			given[one.Target] = one
		}
	}
	for i := range waiting {
		if waiting[i].Parent == parent {
			proposed[waiting[i].Target] = &waiting[i]
		}
	}
	home := Home(tree, tracked.Plan)
	content := tracked.Last().Content
	var sheets []Sheet
	for _, node := range content.Nodes {
		if node.Kind != plan.Target {
			continue
		}
		track := Track(tracked.TrackOf(node.ID))
		sheet := Sheet{Plan: tracked.Plan, Version: tracked.Last(), Node: node, Target: track, Home: home, Parent: u, Below: below, InForce: own[track], Proposed: proposed[track]}
		if parent == home {
			sheet.Goal = GoalOf(node, content)
		} else if above := given[track]; above != nil {
			sheet.Goal, sheet.Given = above.shareOf(parent).Goal, above
			sheet.Goal.Each = each(node)
		}
		if sheet.InForce != nil && sheet.Goal.Direction != "" {
			faults, warnings := Check(*sheet.InForce, sheet.Goal, sheet.Codes())
			sheet.Stale = append(faults, warnings...)
		}
		sheets = append(sheets, sheet)
	}
	return sheets, nil
}

// shareOf returns what a unit is given, nil where it is given nothing.
func (s *Split) shareOf(code string) *Share {
	for i := range s.Shares {
		if s.Shares[i].Unit == code {
			return &s.Shares[i]
		}
	}
	return nil
}
