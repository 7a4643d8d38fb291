package appraisal

import (
	"context"
	"slices"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/attachment"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/person"
	"jiaoheng/record"
	"jiaoheng/round"
	"jiaoheng/unit"
)

// Files keeps attachments.
type Files interface{ attachment.Store }

// Desk carries out appraisals. Many may use it at once.
type Desk struct {
	rounds   *round.Desk
	store    Store
	files    Files
	records  *record.Desk
	calendar func(ctx context.Context) (period.Calendar, error)
	figures  func() Figures
}

// New returns a desk. figures may be nil, or return nil: then figures from outside are missing.
func New(rounds *round.Desk, store Store, files Files, records *record.Desk, calendar func(ctx context.Context) (period.Calendar, error), figures func() Figures) *Desk {
	return &Desk{rounds: rounds, store: store, files: files, records: records, calendar: calendar, figures: figures}
}

// Set returns the packs.
func (d *Desk) Set() *pack.Set { return d.rounds.Set() }

// Sheet returns a sheet by name, or the fault appraisal.sheet_unknown.
func (d *Desk) Sheet(name string) (*pack.Sheet, error) {
	sheet, known := d.Set().Everything().Sheet(name)
	if !known {
		return nil, fault.New("appraisal.sheet_unknown", message.Args{"name": name})
	}
	return sheet, nil
}

// FileOwner is the row that files of one entry of a mark belong to.
func FileOwner(mark, entry string) attachment.Owner {
	return attachment.Owner{Table: "appraisal_mark", Row: mark + "/" + entry}
}

// AppealOwner is the row that files of an appeal belong to.
func AppealOwner(appeal string) attachment.Owner {
	return attachment.Owner{Table: "appraisal_appeal", Row: appeal}
}

// MayHold tells whether somebody in the post opens runs, computes and tells results.
func MayHold(post access.Post) bool {
	return (post.Role == access.BureauOffice || post.Role == access.Program) && access.May(post, access.Change, access.Thing{Class: access.Plan})
}

// MayDecide tells whether somebody in the post confirms, decides appeals, signs and changes cards.
func MayDecide(post access.Post) bool {
	return access.May(post, access.Approve, access.Thing{Class: access.Plan})
}

// IsOf tells whether a post belongs to those who are appraised: a post at the unit, or the head in person. The bureau does not
// answer for a school.
func IsOf(post access.Post, one Case) bool {
	if one.Person != "" {
		return post.Person == one.Person
	}
	return post.Person != "" && (post.Unit.Code == one.Unit || slices.ContainsFunc(post.Before, func(u access.Unit) bool { return u.Code == one.Unit }))
}

// IsScorer tells whether a person scores a run. Nobody scores the own unit or the own person.
func IsScorer(post access.Post, run Run, one Case) bool {
	return slices.Contains(run.Scorers, post.Person) && post.Person != "" && !IsOf(post, one)
}

// seesAll tells whether a post looks at whole runs: who holds or decides them, and the auditor.
func seesAll(post access.Post) bool {
	return MayHold(post) || MayDecide(post) || post.Role == access.Auditor
}

// MaySee tells whether somebody in the post sees a case at all: who holds or decides, its scorers, the unit itself, and those above
// it who see its records once the result was told.
func MaySee(tree *unit.Tree, post access.Post, run Run, one Case) bool {
	if seesAll(post) || IsScorer(post, run, one) || IsOf(post, one) {
		return true
	}
	return one.Person == "" && one.Told() && post.Unit.Code != one.Unit && access.May(post, access.See, thing(tree, one.Unit, ""))
}

// Told tells whether the unit was told its result.
func (c Case) Told() bool {
	return c.State == Told || c.State == Appealed || c.State == Settled || c.State == Final
}

// thing is a case as rights see it.
func thing(tree *unit.Tree, code, owner string) access.Thing {
	return access.Thing{Class: access.Record, Unit: person.At(tree, code), Lead: code, Owner: owner}
}

// change is one step of a case: read where no other write can come between, checked, changed, stored.
type change struct {
	name      string // of the action, a key
	operation access.Operation
	thing     access.Thing
	id        string
	version   int64 // that was read; 0 does not matter
	from      []State
	reason    string
	check     func(run Run, one Case) fault.List
	do        func(ctx context.Context, tx action.Tx, run Run, one *Case) error
}

// carry carries a step out. The step is noted in the case with its reason.
func (d *Desk) carry(ctx context.Context, actor action.Actor, c change) error {
	before, err := d.store.AppraisalCase(ctx, c.id)
	if err != nil {
		return err
	}
	if c.thing.Class == "" {
		c.thing = access.Thing{Class: access.Plan, Unit: access.Unit{Code: before.Unit}}
	}
	return action.Do(ctx, d.store, actor, action.Write{Name: c.name, Operation: c.operation, Thing: c.thing, Reason: c.reason,
		Do: func(ctx context.Context, tx action.Tx) error {
			one, err := d.store.AppraisalCase(ctx, c.id)
			if err != nil {
				return err
			}
			run, err := d.store.AppraisalRun(ctx, one.Run)
			if err != nil {
				return err
			}
			if err := c.allowed(run, one); err != nil {
				return err
			}
			if err := c.do(ctx, tx, run, &one); err != nil {
				return err
			}
			one.Steps = append(one.Steps, Step{What: c.name, Person: actor.Post.Person, At: tx.Now(), Reason: c.reason})
			if one.State == Final && one.Hash == "" {
				if err := d.freeze(ctx, run, &one); err != nil {
					return err
				}
			}
			return d.store.AppraisalCaseUpdate(ctx, one)
		}})
}

func (c change) allowed(run Run, one Case) error {
	switch {
	case one.State == Final:
		return fault.New("appraisal.frozen", nil)
	case c.version != 0 && c.version != one.Version:
		return fault.New("action.stale", nil)
	case !slices.Contains(c.from, one.State):
		return fault.New("appraisal.state", message.Args{"state": message.Word("appraisal.state." + string(one.State))})
	}
	if c.check == nil {
		return nil
	}
	return c.check(run, one).Err()
}
