package whatif

import (
	"context"
	"slices"

	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/round"
	"jiaoheng/web/shell"
)

// NameOf returns the name of a person by id, "" for nobody.
type NameOf func(ctx context.Context, id string) string

// Pages are the pages over one desk and one store.
type Pages struct {
	desk   *round.Desk
	store  round.WhatIfStore
	nameOf NameOf
}

// New returns the pages.
func New(desk *round.Desk, store round.WhatIfStore, nameOf NameOf) *Pages {
	return &Pages{desk: desk, store: store, nameOf: nameOf}
}

// Route is one address of these pages.
type Route struct {
	Pattern string
	Handler shell.Handler
}

// Routes returns every address of these pages.
func (p *Pages) Routes() []Route {
	return []Route{
		{"GET /whatif", p.Show},
		{"GET /whatif/result", p.Result},
		{"GET /whatif/item", p.Item},
		{"GET /whatif/xlsx", p.Export},
		{"GET /whatif/compare", p.Compare},
		{"GET /whatif/saved", p.List},
		{"POST /whatif/saved", p.Save},
		{"GET /whatif/saved/{id}", p.Open},
		{"POST /whatif/saved/{id}", p.Change},
		{"POST /whatif/saved/{id}/share", p.Share},
		{"POST /whatif/saved/{id}/copy", p.Copy},
		{"POST /whatif/saved/{id}/delete", p.Delete},
	}
}

// packs returns the packs that judge anything.
func (p *Pages) packs() []*pack.Pack {
	var found []*pack.Pack
	for _, one := range p.desk.Set().Packs {
		if len(one.Standards) > 0 && one.Extends == "" {
			found = append(found, one)
		}
	}
	return found
}

// packNamed returns the pack of the name, of "" the first that has a verdict of its own and judges most.
func (p *Pages) packNamed(name string) (*pack.Pack, bool) {
	all := p.packs()
	if name != "" {
		at := slices.IndexFunc(all, func(one *pack.Pack) bool { return one.Name == name })
		if at < 0 {
			return nil, false
		}
		return all[at], true
	}
	var best *pack.Pack
	for _, one := range all {
		if best == nil || len(one.Standards) > len(best.Standards) && hasVerdict(one) || !hasVerdict(best) && hasVerdict(one) {
			best = one
		}
	}
	return best, best != nil
}

func hasVerdict(one *pack.Pack) bool {
	return slices.ContainsFunc(one.Standards, func(s *pack.Standard) bool { return s.Verdict })
}

// periods are the school years of which there are facts.
func (p *Pages) periods(ctx context.Context) ([]period.Period, error) {
	return p.desk.Periods(ctx, period.SchoolYear)
}
