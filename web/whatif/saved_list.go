package whatif

import (
	"context"
	"net/http"
	"net/url"

	"jiaoheng/access"
	"jiaoheng/fault"
	"jiaoheng/period"
	"jiaoheng/round"
	"jiaoheng/web/shell"
)

// savedOne is a what-if as the list shows it.
type savedOne struct {
	round.WhatIf
	Who, About, Rules string
	Own               bool
}

// List answers GET /whatif/saved: what one keeps, and what others of the bureau share.
func (p *Pages) List(w http.ResponseWriter, r *http.Request) error {
	d, err := p.open(r, url.Values{})
	if err != nil {
		return err
	}
	all, err := p.keptFor(r.Context())
	if err != nil {
		return err
	}
	page := p.page(r, &d)
	page.Title, page.Lead, page.Wide = text(r.Context(), "whatif.saved_title"), text(r.Context(), "whatif.saved_lead"), false
	return shell.Render(w, r, http.StatusOK, page, savedPage(&d, all))
}

// keptFor returns what the present post may open, the newest first.
func (p *Pages) keptFor(ctx context.Context) ([]savedOne, error) {
	view := shell.From(ctx)
	kept, err := p.store.WhatIfs(ctx, view.Actor.Post.Person)
	if err != nil {
		return nil, err
	}
	var all []savedOne
	for _, one := range kept {
		at := view.Tree.SubtreeOf(one.Unit)
		if !round.MaySeeWhatIf(view.Actor.Post, one, access.Unit{Code: one.Unit, From: at.From, To: at.To}) {
			continue
		}
		shown := savedOne{WhatIf: one, Who: p.nameOf(ctx, one.Owner), Own: one.Owner == view.Actor.Post.Person, Rules: one.Pack}
		if when, ok := period.Parse(one.Period); ok {
			u, _ := view.Tree.Find(one.Unit)
			shown.About = u.Name + " · " + when.Text(view.Language)
		}
		if rules, known := p.desk.Set().Pack(one.Pack); known {
			shown.Rules = rules.Title.In(view.Language)
		}
		all = append(all, shown)
	}
	return all, nil
}

// deskOf is the desk of a what-if that is kept.
func (p *Pages) deskOf(r *http.Request, one round.WhatIf) (desk, error) {
	values := url.Values{shell.UnitPart: {one.Unit}, shell.PeriodPart: {one.Period}, packPart: {one.Pack}, savedPart: {one.ID}}
	for _, c := range one.Changes {
		values.Add(changePart, head(c))
		values.Add(valuePart, valueText(c))
	}
	there := r.Clone(r.Context())
	there.URL.RawQuery = values.Encode()
	return p.open(there, values)
}

// comparison is the facts with one or two what-ifs beside them.
type comparison struct {
	Names []string // of the what-ifs
	Rows  []comparedRow
	Heads []*result
}

// comparedRow is one line of the unit: facts first.
type comparedRow struct {
	round.Difference
	Sides []*round.Line
	From  []*round.Outcome
}

// Compare answers GET /whatif/compare: facts, what-if a and, when it is named, what-if b side by side.
func (p *Pages) Compare(w http.ResponseWriter, r *http.Request) error {
	ctx, query := r.Context(), r.URL.Query()
	one, err := p.saved(ctx, query.Get("a"))
	if err != nil {
		return err
	}
	d, err := p.deskOf(r, one)
	if err != nil {
		return err
	}
	compared := &comparison{}
	kept := []round.WhatIf{one}
	if id := query.Get("b"); id != "" && id != one.ID {
		second, err := p.saved(ctx, id)
		if err != nil {
			return err
		}
		if second.Pack != one.Pack || second.Unit != one.Unit || second.Period != one.Period {
			return fault.New("whatif.compare_unlike", map[string]any{"a": one.Name, "b": second.Name})
		}
		kept = append(kept, second)
	}
	for _, each := range kept {
		other, err := p.deskOf(r, each)
		if err != nil {
			return err
		}
		answer, err := p.evaluate(ctx, &other)
		if err != nil {
			return err
		}
		if err := other.Faults.Err(); err != nil {
			return err
		}
		compared.add(each.Name, answer, one.Unit)
	}
	compared.keepWhatDiffers()
	page := p.page(r, &d)
	page.Title, page.Lead = text(ctx, "whatif.compare_title"), text(ctx, "whatif.compare_lead")
	return shell.Render(w, r, http.StatusOK, page, comparePage(&d, compared))
}

// add lays one more what-if beside.
func (c *comparison) add(name string, answer *result, code string) {
	c.Names, c.Heads = append(c.Names, name), append(c.Heads, answer)
	at := map[[2]string]int{}
	for k, row := range c.Rows {
		at[[2]string{row.Name, string(row.Stage)}] = k
	}
	side := len(c.Heads)
	for _, d := range round.Compare(answer.Before, answer.After) {
		if d.Unit != code {
			continue
		}
		k, known := at[[2]string{d.Name, string(d.Stage)}]
		if !known {
			k = len(c.Rows)
			c.Rows = append(c.Rows, comparedRow{Difference: d, Sides: []*round.Line{d.Before}, From: []*round.Outcome{answer.Before}})
		}
		row := &c.Rows[k]
		for len(row.Sides) < side {
			row.Sides, row.From = append(row.Sides, nil), append(row.From, answer.Before)
		}
		row.Sides, row.From = append(row.Sides, d.After), append(row.From, answer.After)
	}
}

// keepWhatDiffers drops the lines that are alike on every side.
func (c *comparison) keepWhatDiffers() {
	var kept []comparedRow
	for _, row := range c.Rows {
		for len(row.Sides) <= len(c.Heads) {
			row.Sides, row.From = append(row.Sides, nil), append(row.From, row.From[0])
		}
		for _, line := range row.Sides[1:] {
			if (round.Difference{Before: row.Sides[0], After: line}).Differs() {
				kept = append(kept, row)
				break
			}
		}
	}
	c.Rows = kept
}
