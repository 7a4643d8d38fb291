package admin

import (
	"context"
	"net/http"

	"jiaoheng/access"
	"jiaoheng/web/shell"
)

// pageRows is how many rows a page of a list holds.
const pageRows = 100

// tab is one view of the administration and the class of data one must see to open it.
type tab struct {
	word, address string
	class         access.Class
}

var tabs = []tab{
	{"units", "/admin/unit", access.Structure},
	{"boundaries", "/admin/boundary", access.Structure},
	{"calendar", "/admin/calendar", access.Structure},
	{"persons", "/admin/person", access.People},
	{"notices", "/admin/notice", access.System},
	{"letters", "/admin/letter", access.Publication},
	{"log", "/admin/log", access.Chain},
	{"system", "/admin/system", access.System},
}

// tabsOf returns the tabs that the present post may open; current is the word of the open one.
func tabsOf(ctx context.Context, current string) []shell.Tab {
	var shown []shell.Tab
	for _, t := range tabs {
		may := shell.May(ctx, access.See, t.class)
		if t.class == access.Publication { // everybody sees publications; forms of letters concern those who write them
			may = shell.May(ctx, access.Change, t.class) || shell.May(ctx, access.See, access.System)
		}
		if may {
			shown = append(shown, shell.Tab{Label: shell.Text(ctx, "admin.tab."+t.word), Address: t.address, Current: t.word == current})
		}
	}
	return shown
}

// TabsOf is tabsOf for the pages of the administration that stand in a package of their own.
func TabsOf(ctx context.Context, current string) []shell.Tab { return tabsOf(ctx, current) }

// Page is page for the same.
func Page(ctx context.Context, word string) shell.Page { return page(ctx, word) }

// page is the frame of a view of the administration.
func page(ctx context.Context, word string) shell.Page {
	return shell.Page{Title: shell.Text(ctx, "admin."+word+".title"), Lead: shell.Text(ctx, "admin."+word+".lead"), Word: "admin",
		Source: shell.Text(ctx, "admin.source")}
}

// Open leads to the first view that the present post may see.
func Open(w http.ResponseWriter, r *http.Request) error {
	shown := tabsOf(r.Context(), "")
	if len(shown) == 0 {
		return shell.NoRight
	}
	shell.Redirect(w, r, shown[0].Address, "", nil)
	return nil
}
