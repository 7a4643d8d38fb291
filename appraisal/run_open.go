package appraisal

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/unit"
)

// Fields of the forms, as faults name them.
const (
	FieldName    = "name"
	FieldSheet   = "sheet"
	FieldPeriod  = "period"
	FieldUnits   = "units"
	FieldScorers = "scorers"
	FieldSelf    = "self_until"
	FieldReason  = "reason"
	FieldCard    = "card"
)

// Opening is what a new run is made of. Unit is the unit below which those who are appraised stand.
type Opening struct {
	Name      string
	Sheet     string
	Period    period.Period
	Unit      string
	Units     []string
	Scorers   []string
	SelfUntil period.Date
}

// OpenRun opens a run: a case for each unit, or for the head of each school. Cases wait for the self score, or for the scorers when
// the sheet has no self score.
func (d *Desk) OpenRun(ctx context.Context, actor action.Actor, o Opening) (Run, error) {
	o.Name = strings.TrimSpace(o.Name)
	if !MayHold(actor.Post) {
		return Run{}, action.Refused("appraisal.action.open")
	}
	tree, err := d.store.Tree(ctx)
	if err != nil {
		return Run{}, err
	}
	sheet, faults := d.checkOpening(tree, o)
	var cases []Case
	if len(faults) == 0 {
		if cases, faults, err = d.casesOf(ctx, sheet, o); err != nil {
			return Run{}, err
		}
	}
	if err := faults.Err(); err != nil {
		return Run{}, err
	}
	run := Run{Name: o.Name, Sheet: o.Sheet, Period: o.Period, Unit: o.Unit, Scorers: o.Scorers, SelfUntil: o.SelfUntil, Opener: actor.Post.Person,
		Rules: d.Set().Digest(sheet.Pack), Version: 1}
	err = action.Do(ctx, d.store, actor, action.Write{Name: "appraisal.action.open", Thing: access.Thing{Class: access.Plan, Unit: access.Unit{Code: o.Unit}},
		Do: func(ctx context.Context, tx action.Tx) error {
			run.ID, run.OpenedAt = tx.NewID(), tx.Now()
			for k := range cases {
				cases[k].ID, cases[k].Run, cases[k].Version = tx.NewID(), run.ID, 1
			}
			if err := d.store.AppraisalRunInsert(ctx, run); err != nil {
				return err
			}
			return d.store.AppraisalCasesInsert(ctx, cases)
		}})
	return run, err
}

// checkOpening tells everything that is wrong with a new run.
func (d *Desk) checkOpening(tree *unit.Tree, o Opening) (*pack.Sheet, fault.List) {
	var faults fault.List
	at := func(field, code string, args message.Args) {
		faults.Add(fault.At(fault.Place{Column: field}, code, args))
	}
	if n := utf8.RuneCountInString(o.Name); n == 0 || n > MaxName {
		at(FieldName, "appraisal.name_wanted", message.Args{"limit": MaxName})
	}
	sheet, err := d.Sheet(o.Sheet)
	if err != nil {
		at(FieldSheet, "appraisal.sheet_unknown", message.Args{"name": o.Sheet})
		return nil, faults
	}
	if o.Period.IsZero() || o.Period.Kind != sheet.Every {
		at(FieldPeriod, "appraisal.period_wanted", message.Args{"sheet": sheet.Title})
	}
	if len(o.Units) == 0 || len(o.Units) > MaxCases {
		at(FieldUnits, "appraisal.units_wanted", message.Args{"limit": MaxCases})
	}
	below := tree.SubtreeOf(o.Unit)
	for _, code := range o.Units {
		n, known := tree.Number(code)
		if !known || !slices.Contains(sheet.Of.Kinds(), tree.At(n).Kind) || !below.Contains(n) {
			at(FieldUnits, "appraisal.unit_unfit", message.Args{"code": code, "of": message.Word("pack.sheet.of." + string(sheet.Of))})
		}
	}
	distinct := slices.Compact(slices.Sorted(slices.Values(o.Scorers)))
	if len(distinct) < sheet.Scorers || len(o.Scorers) > MaxScorers || len(distinct) != len(o.Scorers) {
		at(FieldScorers, "appraisal.scorers_wanted", message.Args{"least": sheet.Scorers, "limit": MaxScorers})
	}
	if hasSelf(sheet) && o.SelfUntil.IsZero() {
		at(FieldSelf, "appraisal.self_until_wanted", nil)
	}
	return sheet, faults
}

func hasSelf(sheet *pack.Sheet) bool {
	return slices.ContainsFunc(sheet.Items(), func(i *pack.SheetItem) bool { return i.Self })
}

// casesOf makes the cases in the order of the tree. Of a sheet for heads a school without a head today is told as a fault.
func (d *Desk) casesOf(ctx context.Context, sheet *pack.Sheet, o Opening) ([]Case, fault.List, error) {
	tree, err := d.store.Tree(ctx)
	if err != nil {
		return nil, nil, err
	}
	var faults fault.List
	var cases []Case
	begin := Checking
	if hasSelf(sheet) {
		begin = Self
	}
	units := slices.Clone(o.Units)
	slices.SortFunc(units, func(a, b string) int {
		m, _ := tree.Number(a)
		n, _ := tree.Number(b)
		return m - n
	})
	for _, code := range slices.Compact(units) {
		one := Case{Unit: code, State: begin}
		if sheet.Of == pack.SheetHead {
			if one.Person, err = d.headOf(ctx, code); err != nil {
				return nil, nil, err
			}
			if u, _ := tree.Find(code); one.Person == "" {
				faults.Add(fault.At(fault.Place{Column: FieldUnits}, "appraisal.no_head", message.Args{"unit": u.Name}))
			}
		}
		cases = append(cases, one)
	}
	return cases, faults, nil
}

// headOf returns the person who leads a school or kindergarten today, "" when nobody does.
func (d *Desk) headOf(ctx context.Context, code string) (string, error) {
	posts, err := d.store.PostsAt(ctx, code)
	if err != nil {
		return "", err
	}
	for _, post := range posts {
		if (post.Role == access.SchoolHead || post.Role == access.Manager) && post.On(d.store.Today().String()) {
			return post.Person, nil
		}
	}
	return "", nil
}
