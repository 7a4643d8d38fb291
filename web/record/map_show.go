package record

import (
	"context"
	"net/http"
	"slices"

	"jiaoheng/message"
	"jiaoheng/record"
	"jiaoheng/register"
	"jiaoheng/unit"
	"jiaoheng/web/shell"
)

// mapOnlys are the rows that the map can count.
var mapOnlys = []string{onlyOpen, onlyLate, onlyAll}

// site is a unit below the standing one with the rows of everything below it.
type site struct {
	unit  unit.Unit
	count tally
}

// mapView is what the map of a living register shows.
type mapView struct {
	scene
	only   string
	tally  tally
	places []site
	shapes unit.Boundaries
	export bool
}

// Map counts the rows of a living register by place.
func (p *Pages) Map(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	s, err := p.openWide(r)
	if err != nil {
		return err
	}
	view := mapView{scene: s, only: firstOnly(s.register), export: !record.HasPersonal(s.register)}
	if asked := r.URL.Query().Get(onlyPart); slices.Contains(mapOnlys, asked) {
		view.only = asked
	}
	if view.tally, view.places, err = p.placesOf(ctx, s); err != nil {
		return err
	}
	if view.shapes, err = p.store.Boundaries(ctx); err != nil {
		return err
	}
	page := shell.Page{Title: shell.Text(ctx, "record.map.title", message.Args{"register": s.register.Title.In(shell.From(ctx).Language)}), Lead: view.tally.lead(ctx),
		Word: "register", Trail: trail(ctx, toList(ctx, s.register)), Wide: true, Styles: []string{"register.css", "record.css"}, Source: shell.Text(ctx, "register.page.source")}
	if view.export && view.tally.all > 0 {
		page.Actions = mapActions(view)
	}
	return shell.Render(w, r, http.StatusOK, shell.ChartFiles(page), recordMap(view))
}

// placesOf returns the units right below the standing one that have rows or keep the register, in order of the tree; of a
// unit without any below it, the unit itself.
func (p *Pages) placesOf(ctx context.Context, s scene) (tally, []site, error) {
	counts, err := p.countUnits(ctx, s)
	if err != nil {
		return tally{}, nil, err
	}
	tree := shell.From(ctx).Tree
	var all tally
	var places []site
	below := tree.Subtree(s.Number)
	own := site{unit: s.Unit, count: counts[s.Unit.Code].tally}
	for n := below.From + 1; n < below.To; n = tree.Subtree(n).To {
		one, keeps := site{unit: tree.At(n)}, false
		inside := tree.Subtree(n)
		for m := inside.From; m < inside.To; m++ {
			u := tree.At(m)
			keeps = keeps || register.Keeps(s.register, u)
			one.count.add(counts[u.Code].tally)
		}
		if keeps || one.count.all > 0 {
			places = append(places, one)
		}
		all.add(one.count)
	}
	if len(places) == 0 || own.count.all > 0 {
		places = append([]site{own}, places...)
	}
	all.add(own.count)
	return all, places, nil
}
