package appraisal

import (
	"context"
	"math"
	"slices"

	"jiaoheng/action"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/standard"
)

// handIn fixes a mark, and brings the case on when it was the last that is waited for.
func (d *Desk) handIn(ctx context.Context, tx action.Tx, sheet *pack.Sheet, one *Case, mark Mark) error {
	faults, err := d.complete(ctx, sheet, *one, mark)
	if err != nil {
		return err
	}
	if err := faults.Err(); err != nil {
		return err
	}
	mark.Done, mark.At = true, tx.Now()
	if err := d.store.AppraisalMarkUpdate(ctx, mark); err != nil {
		return err
	}
	if mark.Kind == OfSelf {
		one.State = Checking
		if len(wanted(sheet, OfScorer)) == 0 {
			one.State = Scored
		}
		return nil
	}
	marks, err := d.store.AppraisalMarks(ctx, one.ID)
	if err != nil {
		return err
	}
	checks := handedIn(marks)
	if len(checks) < sheet.Scorers {
		return nil
	}
	limit, err := d.limit(ctx, sheet, *one)
	if err != nil {
		return err
	}
	one.State = Talking
	if len(Differences(sheet, checks, limit)) == 0 {
		one.State = Scored
	}
	return d.agree(ctx, tx, *one, sheet, checks, limit)
}

// handedIn are the marks of scorers that are in.
func handedIn(marks []Mark) []Mark {
	return slices.DeleteFunc(slices.Clone(marks), func(m Mark) bool { return m.Kind != OfScorer || !m.Done })
}

// complete tells everything that a mark lacks to be handed in: points for each item, words and files where they are asked for.
func (d *Desk) complete(ctx context.Context, sheet *pack.Sheet, one Case, mark Mark) (fault.List, error) {
	var faults fault.List
	for _, name := range orderOf(sheet, mark.Kind) {
		entry := mark.Entries[name]
		at := func(code string) {
			faults.Add(fault.At(fault.Place{Column: name}, code, message.Args{"item": titleOf(sheet, name)}))
		}
		if entry.Points == nil && entry.Holds == nil {
			at("appraisal.entry_missing")
			continue
		}
		attach, reason := asks(sheet, mark.Kind, name, entry)
		if reason && entry.Note == "" {
			at("appraisal.note_missing")
		}
		if !attach {
			continue
		}
		files, err := d.files.AttachmentsOf(ctx, FileOwner(mark.ID, name))
		if err != nil {
			return nil, err
		}
		if len(files) == 0 {
			at("appraisal.file_missing")
		}
	}
	return faults, nil
}

// asks tells what an entry needs: the unit attaches what the sheet asks for; a veto that is found needs a reason and a file, points
// taken away or added a reason.
func asks(sheet *pack.Sheet, kind MarkKind, name string, entry Entry) (attach, reason bool) {
	item := sheet.Item(name)
	switch {
	case item != nil && kind == OfSelf:
		return item.Attach, false
	case item != nil:
		return false, false
	case entry.Holds != nil:
		return *entry.Holds, *entry.Holds
	}
	return false, *entry.Points > 0
}

// orderOf are the names of the entries of a kind in the order of the sheet.
func orderOf(sheet *pack.Sheet, kind MarkKind) []string {
	most := wanted(sheet, kind)
	var names []string
	add := func(name string) {
		if _, asked := most[name]; asked {
			names = append(names, name)
		}
	}
	for _, item := range sheet.Items() {
		add(item.Name)
	}
	for _, extra := range sheet.Extras() {
		add(extra.Name)
	}
	for _, veto := range sheet.Vetoes {
		add(veto.Name)
	}
	return names
}

// limit is by how many percent of the points of an item scorers may differ, as the parameter of the sheet says for the unit.
func (d *Desk) limit(ctx context.Context, sheet *pack.Sheet, one Case) (float64, error) {
	return d.parameter(ctx, sheet.Difference, one)
}

// parameter resolves a parameter of a sheet for a unit today.
//
// Errors: the fault appraisal.parameter_unknown where none is in force.
func (d *Desk) parameter(ctx context.Context, name string, one Case) (float64, error) {
	tree, err := d.store.Tree(ctx)
	if err != nil {
		return 0, err
	}
	parameter, known := d.Set().Everything().Parameter(name)
	if !known {
		return 0, fault.New("appraisal.parameter_unknown", message.Args{"name": name})
	}
	var regions []string
	for n, known := tree.Number(one.Unit); known && n >= 0; n = tree.Parent(n) {
		regions = append(regions, tree.At(n).Code)
	}
	value, _, inForce := pack.ResolveFor("", parameter.Values, d.store.Today(), regions, d.Set().Everything().Defaults())
	if !inForce {
		return 0, fault.New("appraisal.parameter_unknown", message.Args{"name": parameter.Title})
	}
	return value, nil
}

// Difference is an item about which scorers differ by more than the limit.
type Difference struct {
	Name   string
	Title  pack.Text
	Most   float64 // points of the item
	Low    float64
	High   float64
	Veto   bool
	Marks  []Mark
	Agreed *Entry
}

// Differences returns what must be talked through: points further apart than limit percent of what the item gives, and vetoes that
// some find and others do not.
func Differences(sheet *pack.Sheet, checks []Mark, limit float64) []Difference {
	var all []Difference
	most := wanted(sheet, OfScorer)
	for _, name := range orderOf(sheet, OfScorer) {
		d := Difference{Name: name, Title: titleOf(sheet, name), Most: most[name], Veto: isVeto(sheet, name), Low: math.Inf(1), High: math.Inf(-1), Marks: checks}
		holds := 0
		for _, mark := range checks {
			entry := mark.Entries[name]
			if entry.Points != nil {
				d.Low, d.High = min(d.Low, *entry.Points), max(d.High, *entry.Points)
			}
			if entry.Holds != nil && *entry.Holds {
				holds++
			}
		}
		if d.Veto && holds > 0 && holds < len(checks) || !d.Veto && d.High-d.Low > most[name]*limit/100+1e-9 {
			all = append(all, d)
		}
	}
	return all
}

// agree stores what scorers agree on without talking: the mean of their points, and vetoes that they see alike.
func (d *Desk) agree(ctx context.Context, tx action.Tx, one Case, sheet *pack.Sheet, checks []Mark, limit float64) error {
	mark := Mark{ID: tx.NewID(), Case: one.ID, Unit: one.Unit, Kind: Agreed, Entries: map[string]Entry{}, Done: one.State == Scored, At: tx.Now(), Version: 1}
	differ := map[string]bool{}
	for _, difference := range Differences(sheet, checks, limit) {
		differ[difference.Name] = true
	}
	for _, name := range orderOf(sheet, OfScorer) {
		if differ[name] {
			continue
		}
		if isVeto(sheet, name) {
			mark.Entries[name] = Entry{Holds: checks[0].Entries[name].Holds}
			continue
		}
		sum := 0.0
		for _, check := range checks {
			sum += *check.Entries[name].Points
		}
		mean := standard.Round(sum / float64(len(checks)))
		mark.Entries[name] = Entry{Points: &mean}
	}
	return d.store.AppraisalMarkInsert(ctx, mark)
}
