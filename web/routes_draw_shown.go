package web

import (
	"jiaoheng/draw/ceremony"
	"jiaoheng/web/portal"
	"jiaoheng/web/slip"
)

// shownDraws is every address at which families see draws, and where schools print their slips. Nothing is drawn there.
func shownDraws(o Options) []route {
	desk := ceremony.New(o.Store, o.Random, nil)
	var all []route
	for _, one := range portal.NewDrawPages(portal.DrawsOf(desk, o.Store)).Routes() {
		all = append(all, route{pattern: one.Pattern, open: true, handler: one.Handler})
	}
	for _, one := range slip.New(desk).Routes() {
		all = append(all, route{pattern: one.Pattern, handler: one.Handler})
	}
	return all
}
