package indicator

import (
	"context"
	"net/http"
	"slices"

	"jiaoheng/access"
	"jiaoheng/indicator"
	"jiaoheng/pack"
	"jiaoheng/period"
	"jiaoheng/round"
	"jiaoheng/unit"
	"jiaoheng/web/shell"
)

// Boundaries gives the shapes of units.
type Boundaries interface {
	Boundaries(ctx context.Context) (unit.Boundaries, error)
}

// Pages are the pages of indicators.
type Pages struct {
	desk   *round.Desk
	shapes Boundaries
}

// New returns the pages over a desk; shapes are those of the maps.
func New(desk *round.Desk, shapes Boundaries) *Pages { return &Pages{desk: desk, shapes: shapes} }

// stand reads region and period of the address. kind is that of the periods that are offered; school years when it is 0.
func (p *Pages) stand(r *http.Request, kind period.Kind) (shell.Standing, error) {
	if !shell.May(r.Context(), access.See, access.Fact) {
		return shell.Standing{}, shell.NoRight
	}
	if kind == 0 {
		kind = period.SchoolYear
	}
	periods, err := p.desk.Periods(r.Context(), kind)
	if err != nil {
		return shell.Standing{}, err
	}
	return shell.Stand(r, access.Fact, periods)
}

// periodsOf returns the periods of the kind of one, in order, with the one itself.
func (p *Pages) periodsOf(ctx context.Context, one period.Period) ([]period.Period, error) {
	all, err := p.desk.Periods(ctx, one.Kind)
	if err == nil && !slices.Contains(all, one) {
		all = append(slices.Clone(all), one)
		slices.SortFunc(all, func(a, b period.Period) int {
			if a.Start.Before(b.Start) {
				return -1
			}
			return 1
		})
	}
	return all, err
}

// look returns the outcomes of a pack in some periods.
func (p *Pages) look(ctx context.Context, pack string, periods ...period.Period) ([]*round.Outcome, error) {
	questions := make([]round.Question, len(periods))
	for k, one := range periods {
		questions[k] = round.Question{Pack: pack, Period: one}
	}
	return p.desk.Look(ctx, questions...)
}

// stagesOf returns the stages for which an indicator is computed, "" for one without.
func stagesOf(i *pack.Indicator) []unit.Stage {
	if len(i.Stages) == 0 {
		return []unit.Stage{""}
	}
	return i.Stages
}

// packOf returns the pack that declares an indicator.
func (p *Pages) packOf(i *pack.Indicator) *pack.Pack {
	for _, one := range p.desk.Scope().Packs {
		if one.Name == i.Pack {
			return one
		}
	}
	return nil
}

// before returns the period to compare with: that of the year before.
func before(one period.Period) period.Period {
	switch one.Kind {
	case period.Term:
		return one.Previous().Previous()
	case period.Month:
		one.Start.Year--
		return one
	}
	return one.Previous()
}

// reads tells whether periods of the kind are those of the indicator.
func reads(i *pack.Indicator, p period.Period) bool {
	return i.Every == 0 || indicator.Match(p, i.Every) == p
}
