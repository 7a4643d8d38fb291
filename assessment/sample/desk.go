package sample

import (
	"context"
	"errors"
	"slices"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/assessment"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/person"
	"jiaoheng/unit"
)

// ErrNoFrame is returned by a store that has no sampling table of an exam.
var ErrNoFrame = errors.New("sample: no sampling table")

// Store keeps sampling tables. The methods that write belong inside action.Do.
type Store interface {
	assessment.Store
	SampleFrameInsert(ctx context.Context, f Frame) error
	SampleFrameUpdate(ctx context.Context, f Frame) error
	// SampleFrame returns the table of an exam, ErrNoFrame where there is none.
	SampleFrame(ctx context.Context, exam string) (Frame, error)
	// SampleFrames returns all tables.
	SampleFrames(ctx context.Context) ([]Frame, error)
}

// gapRule is the parameter that says how far the sum of weights may lie from the pupils of a stratum, in percent.
const gapRule = "assessment_weight_gap"

// maxTrend is how many exams a trend goes back.
const maxTrend = 8

// Desk checks and keeps sampling tables and makes reports.
type Desk struct {
	set   *pack.Set
	exams *assessment.Desk
	store Store
}

// NewDesk returns a desk over exams and a store.
func NewDesk(set *pack.Set, exams *assessment.Desk, store Store) *Desk {
	return &Desk{set: set, exams: exams, store: store}
}

// Save checks a table against the marks of its exam and stores it; with any disagreement nothing is stored.
// Errors: assessment.ErrNotFound, a refusal, fault.List with all that does not agree.
func (d *Desk) Save(ctx context.Context, actor action.Actor, frame Frame) error {
	sheet, sight, err := d.exams.Sheet(ctx, actor, frame.Exam)
	if err != nil {
		return err
	}
	const name = "sample.action.save"
	if !sight.Holder {
		return action.Refused(name)
	}
	faults, err := d.check(ctx, sheet, frame)
	if err != nil {
		return err
	}
	faults.Add(d.checkBeside(ctx, sheet.Exam, frame)...)
	tree, err := d.store.Tree(ctx)
	if err != nil {
		return err
	}
	thing := access.Thing{Class: access.Fact, Unit: person.At(tree, sheet.Exam.Owner), Subject: actor.Post.Subject}
	return action.Do(ctx, d.store, actor, action.Write{Name: name, Thing: thing,
		Check: func(context.Context) error { return faults.Err() },
		Do: func(ctx context.Context, _ action.Tx) error {
			now, err := d.store.SampleFrame(ctx, frame.Exam)
			if errors.Is(err, ErrNoFrame) {
				frame.Version = 1
				return d.store.SampleFrameInsert(ctx, frame)
			}
			frame.Version = now.Version
			if err != nil {
				return err
			}
			return d.store.SampleFrameUpdate(ctx, frame)
		}})
}

// check is Check with the rules of the owner.
func (d *Desk) check(ctx context.Context, sheet assessment.Sheet, frame Frame) (fault.List, error) {
	rules, tree, err := d.rules(ctx, sheet.Exam)
	if err != nil {
		return nil, err
	}
	gap, found := rules.Find(gapRule, "")
	if !found {
		return nil, fault.New("assessment.rules_no_value", message.Args{"name": gapRule, "day": rules.Day})
	}
	return Check(sheet, frame, gap.Share(), nameIn(tree)), nil
}

// checkBeside sees to it that a table beside a sample names one of the same stage, and how they compare.
func (d *Desk) checkBeside(ctx context.Context, exam assessment.Exam, frame Frame) fault.List {
	if exam.Design != assessment.Beside {
		return nil
	}
	var faults fault.List
	of, err := d.store.Exam(ctx, frame.Of)
	if err != nil || of.Design != assessment.Sample || of.Stage != exam.Stage || of.Grade != exam.Grade {
		faults.Add(fault.At(fault.Place{Column: "of"}, "sample.of", nil))
	}
	if !slices.Contains(Comparables(), frame.Comparable) {
		faults.Add(fault.At(fault.Place{Column: "comparable"}, "sample.comparable", nil))
	}
	if frame.Comparable == Linked && frame.Note == "" {
		faults.Add(fault.At(fault.Place{Column: "note"}, "sample.note", nil))
	}
	return faults
}

func (d *Desk) rules(ctx context.Context, exam assessment.Exam) (assessment.Rules, *unit.Tree, error) {
	tree, err := d.store.Tree(ctx)
	if err != nil {
		return assessment.Rules{}, nil, err
	}
	rules, err := assessment.RulesOf(d.set, exam.Held, assessment.Regions(tree, exam.Owner)...)
	return rules, tree, err
}

func nameIn(tree *unit.Tree) func(code string) string {
	return func(code string) string {
		if n, known := tree.Number(code); known {
			return tree.At(n).Name
		}
		return code
	}
}

// countyIn tells the county above a school.
func countyIn(tree *unit.Tree) func(code string) string {
	return func(code string) string {
		n, known := tree.Number(code)
		for known && n >= 0 {
			if tree.At(n).Kind == unit.County {
				return tree.At(n).Code
			}
			n = tree.Parent(n)
		}
		return ""
	}
}
