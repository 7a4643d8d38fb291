package whatif

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"

	"jiaoheng/access"
	"jiaoheng/fault"
	"jiaoheng/indicator"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/round"
	"jiaoheng/unit"
	"jiaoheng/web/shell"
)

// desk is everything that one request works with: where it stands, the rules, the facts and the changes.
type desk struct {
	Standing shell.Standing
	Packs    []*pack.Pack
	Pack     *pack.Pack
	Scope    *pack.Scope
	Facts    indicator.Facts
	Below    unit.Interval // the units that changes may name, in the tree of the facts
	List     []listed
	Saved    round.WhatIf // the one that was opened; without ID none
	Fallen   bool         // the facts are others than at the time of saving
	Form     shell.Form   // of the new change
	Faults   fault.List   // of the changes

	SaveFaults fault.List // of name and remark
}

// open reads the address: standing context, pack and changes. Faults of the changes stand in the desk.
func (p *Pages) open(r *http.Request, values url.Values) (desk, error) {
	ctx := r.Context()
	periods, err := p.periods(ctx)
	if err != nil {
		return desk{}, err
	}
	d := desk{Packs: p.packs()}
	if d.Standing, err = shell.Stand(r, access.Fact, periods); err != nil {
		return d, err
	}
	known := false
	if d.Pack, known = p.packNamed(values.Get(packPart)); !known {
		return d, shell.NotFound
	}
	d.Scope = p.desk.Set().Closure(d.Pack.Name)
	facts, _, err := p.desk.Facts(ctx)
	if err != nil {
		return d, err
	}
	d.Facts = indicator.FactsOf(facts.Frame.Snapshot())
	if d.Below = d.Facts.Tree().SubtreeOf(d.Standing.Unit.Code); d.Below.To <= d.Below.From {
		return d, shell.NotFound
	}
	if id := values.Get(savedPart); id != "" {
		if d.Saved, err = p.saved(ctx, id); err != nil {
			return d, err
		}
	}
	d.List, d.Faults = readChanges(values)
	d.check()
	return d, nil
}

// saved returns a what-if that the present post may open.
func (p *Pages) saved(ctx context.Context, id string) (round.WhatIf, error) {
	one, err := p.store.WhatIf(ctx, id)
	if errors.Is(err, round.ErrNoWhatIf) {
		return one, shell.NotFound
	}
	if err != nil {
		return one, err
	}
	view := shell.From(ctx)
	at := view.Tree.SubtreeOf(one.Unit)
	if !round.MaySeeWhatIf(view.Actor.Post, one, access.Unit{Code: one.Unit, From: at.From, To: at.To}) {
		return one, shell.NotFound // that it exists is nobody else's business
	}
	return one, nil
}

// check tells of each change what is wrong with it, each beside its change: units outside of what is shown, values that the
// register does not take. Whatever the engine refuses is told by the engine.
func (d *desk) check() {
	for k := range d.List {
		one := &d.List[k]
		at := fault.Place{Column: field(k)}
		for _, code := range []string{one.Unit, one.Into} {
			if code != "" && !d.holds(code) {
				one.Faults.Add(fault.At(at, "whatif.unit_outside", message.Args{"unit": code, "region": d.Standing.Unit.Name}))
			}
		}
		if one.Kind == round.Merge && len(one.Faults) == 0 {
			one.Faults.Add(d.checkMerger(one.Change, at)...)
		}
		if item, known := d.Scope.Item(one.Item); known && len(one.Faults) == 0 && (one.Kind == round.Set || one.Kind == round.Add) {
			one.Faults.Add(checkValue(item, one.Change, at)...)
		}
		d.Faults.Add(one.Faults...)
	}
}

func (d *desk) checkMerger(c round.Change, at fault.Place) fault.List {
	tree := d.Facts.Tree()
	from, _ := tree.Find(c.Unit)
	into, _ := tree.Find(c.Into)
	if from.Kind != unit.School || into.Kind != unit.School || c.Unit == c.Into {
		return fault.List{fault.At(at, "whatif.merge_unfit", message.Args{"from": from.Name, "into": into.Name})}
	}
	return nil
}

// checkValue tells what a register would not take.
func checkValue(item *pack.ScopeItem, c round.Change, at fault.Place) fault.List {
	if item.Column == nil {
		return nil
	}
	title := message.Args{"item": item.Title.Chinese}
	switch {
	case item.Column.Type == pack.Flag && c.Value != 0 && c.Value != 1:
		return fault.List{fault.At(at, "whatif.flag_wrong", title)}
	case item.Column.Type == pack.Count && c.Value != float64(int64(c.Value)):
		return fault.List{fault.At(at, "whatif.count_broken", title)}
	case c.Kind == round.Set && item.Column.Most != nil && c.Value > *item.Column.Most:
		title["limit"] = shell.Number(*item.Column.Most, 0)
		return fault.List{fault.At(at, "whatif.value_high", title)}
	}
	return nil
}

// holds tells whether a unit lies in the region that is shown; so does a section that a change opens.
func (d *desk) holds(code string) bool {
	at, known := d.Facts.Tree().Number(code)
	if known {
		return d.Below.Contains(at)
	}
	return slices.ContainsFunc(d.List, func(one listed) bool {
		return one.Kind == round.Open && one.Unit+"-"+string(one.Stage) == code
	})
}

// question asks for the evaluation of this desk with changes.
func (d *desk) question(changes ...round.Change) round.Question {
	return round.Question{Pack: d.Pack.Name, Period: d.Standing.Period, Unit: d.Standing.Unit.Code, Changes: changes}
}

// placed turns the rows that the engine names into the fields of the form.
func placed(faults fault.List) fault.List {
	for _, one := range faults {
		if one.Place.Row > 0 {
			one.Place = fault.Place{Column: field(one.Place.Row - 1)}
		}
	}
	return faults
}

// isOpen tells whether a unit exists in the period that is shown.
func (d *desk) isOpen(u unit.Unit) bool { return u.OpenOn(indicator.Day(d.Standing.Period)) }

// units returns the open units of the kinds below what is shown, no more than limit.
func (d *desk) units(limit int, kinds ...unit.Kind) []unit.Unit {
	tree := d.Facts.Tree()
	var found []unit.Unit
	for n := d.Below.From; n < d.Below.To && len(found) < limit; n++ {
		u := tree.At(n)
		parent, _ := tree.Find(u.Parent)
		if slices.Contains(kinds, u.Kind) && d.isOpen(u) && (u.Kind != unit.Section || d.isOpen(parent)) {
			found = append(found, u)
		}
	}
	return found
}
