package web

import (
	"context"

	drawpages "jiaoheng/web/draw"
	"jiaoheng/web/portal"
	"jiaoheng/web/slip"
)

// drawn is every address of draws: where offices prepare and hold them, where witnesses and families see them, and where schools
// print their slips.
func drawn(o Options, nameOf func(ctx context.Context, id string) string) []route {
	desk := o.Draws
	var all []route
	for _, one := range drawpages.New(o.Background, desk, o.Store, letterheads{o}, nameOf).Routes() {
		all = append(all, route{pattern: one.Pattern, open: one.Open, limit: one.Limit, handler: one.Handler})
	}
	for _, one := range portal.NewDrawPages(portal.DrawsOf(desk, o.Store)).Routes() {
		all = append(all, route{pattern: one.Pattern, open: true, handler: one.Handler})
	}
	for _, one := range slip.New(desk).Routes() {
		all = append(all, route{pattern: one.Pattern, handler: one.Handler})
	}
	return all
}
