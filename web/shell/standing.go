package shell

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"jiaoheng/access"
	"jiaoheng/period"
	"jiaoheng/unit"
)

// Names of the parts of an address that say which figures a page shows.
const (
	UnitPart   = "unit"
	PeriodPart = "period"
)

// maxChoices is the most units that the switch of the region offers; beyond it schools are reached by the search.
const maxChoices = 300

// Standing is the region and the period whose figures a page shows. Both stand in every address, so that a page sent to a
// colleague shows the same.
type Standing struct {
	Unit    unit.Unit
	Number  int // of the unit in the tree
	Period  period.Period
	Periods []period.Period // those that can be chosen, the newest first
	Root    int             // number of the highest unit that the post may see
}

// Stand reads the region and the period of the address: without them those of the post and the newest period. periods
// are those of which there are figures. It puts both into the frame of the page.
//
// Errors: NotFound for an unknown unit or a period that cannot be read, NoRight for a unit whose things of class the
// present post may not see.
func Stand(r *http.Request, class access.Class, periods []period.Period) (Standing, error) {
	view := From(r.Context())
	if view.Tree == nil || view.Tree.Len() == 0 || !MayStand(r.Context(), class) {
		return Standing{}, NoRight
	}
	standing := Standing{Root: rootOf(view), Periods: slices.Clone(periods)}
	slices.SortFunc(standing.Periods, func(a, b period.Period) int { return strings.Compare(b.String(), a.String()) })
	standing.Number = standing.Root
	if code := r.URL.Query().Get(UnitPart); code != "" {
		number, known := view.Tree.Number(code)
		if !known {
			return standing, NotFound
		}
		standing.Number = number
	}
	standing.Unit = view.Tree.At(standing.Number)
	if !MaySee(r.Context(), class, standing.Number) {
		return standing, NoRight
	}
	if text := r.URL.Query().Get(PeriodPart); text != "" {
		asked, ok := period.Parse(text)
		if !ok {
			return standing, NotFound
		}
		standing.Period = asked
	} else if len(standing.Periods) > 0 {
		standing.Period = standing.Periods[0]
	} else {
		standing.Period = period.SchoolYearOf(period.DayAt(view.Now))
	}
	view.Region, view.Period, view.Standing = standing.Unit.Name, standing.Period.Text(view.Language), &standing
	return standing, nil
}

// rootOf is the number of the unit of the post, or the root of the tree for a post over the whole system.
func rootOf(view *View) int {
	if number, known := view.Tree.Number(view.Actor.Post.Unit.Code); known {
		return number
	}
	return 0
}

// MaySee tells whether the present post may see the things of class of the unit with a number, whoever they belong to: what
// is somebody's own, or led by their unit, gives no right to the figures of a unit.
func MaySee(ctx context.Context, class access.Class, number int) bool {
	view := From(ctx)
	one, below := view.Tree.At(number), view.Tree.Subtree(number)
	post := view.Actor.Post
	return access.May(post, access.See, access.Thing{Class: class, Unit: access.Unit{Code: one.Code, From: below.From, To: below.To}, Subject: post.Subject})
}

// MayStand tells whether the present post may see the things of class of its own unit, whoever they belong to: whether pages
// that Stand are worth showing. Whoever sees only what is their own, or what their unit leads, may not.
func MayStand(ctx context.Context, class access.Class) bool {
	view := From(ctx)
	return view.Tree != nil && view.Tree.Len() > 0 && MaySee(ctx, class, rootOf(view))
}

// Here returns the address of a page with the region and the period that are shown.
func Here(ctx context.Context, address string) string {
	standing := From(ctx).Standing
	if standing == nil {
		return address
	}
	return There(address, standing.Unit.Code, standing.Period)
}

// There returns the address of a page with another region or period; parts that the address already has are replaced.
func There(address, code string, p period.Period) string {
	path, query, _ := strings.Cut(address, "?")
	values, err := url.ParseQuery(query)
	if err != nil {
		values = url.Values{}
	}
	values.Set(UnitPart, code)
	values.Set(PeriodPart, p.String())
	return path + "?" + values.Encode()
}

// unitChoices are the units that the switch offers, with as many dots before the name as they stand deep.
func unitChoices(view *View) []Option {
	standing, tree := view.Standing, view.Tree
	below := tree.Subtree(standing.Root)
	few := 0
	for n := below.From; n < below.To; n++ {
		if tree.At(n).Kind != unit.Section {
			few++
		}
	}
	var options []Option
	for n := below.From; n < below.To; n++ {
		one := tree.At(n)
		if one.Kind == unit.Section || one.Kind == unit.Office || one.Kind.Teaches() && few > maxChoices && n != standing.Number {
			continue
		}
		options = append(options, Option{Value: one.Code, Label: strings.Repeat("· ", tree.Depth(n)-tree.Depth(standing.Root)) + one.Name})
	}
	return options
}

// periodChoices are the periods that the switch offers.
func periodChoices(view *View) []Option {
	all := view.Standing.Periods
	if !slices.Contains(all, view.Standing.Period) {
		all = append([]period.Period{view.Standing.Period}, all...)
	}
	options := make([]Option, len(all))
	for i, p := range all {
		options[i] = Option{Value: p.String(), Label: p.Text(view.Language)}
	}
	return options
}

// standingPath is the address of the page without its parts.
func standingPath(view *View) string {
	path, _, _ := strings.Cut(view.Path, "?")
	return path
}

// otherParts are the parts of the address that the switch keeps, in order of name.
func otherParts(view *View) []Option {
	_, query, _ := strings.Cut(view.Path, "?")
	values, err := url.ParseQuery(query)
	if err != nil {
		return nil
	}
	var parts []Option
	for name, all := range values {
		if name != UnitPart && name != PeriodPart && name != "page" {
			for _, value := range all {
				parts = append(parts, Option{Value: value, Label: name})
			}
		}
	}
	slices.SortFunc(parts, func(a, b Option) int { return strings.Compare(a.Label+a.Value, b.Label+b.Value) })
	return parts
}
