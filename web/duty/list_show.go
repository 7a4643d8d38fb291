package duty

import (
	"context"
	"net/http"

	"jiaoheng/message"
	"jiaoheng/plan"
	"jiaoheng/plan/duty"
	"jiaoheng/publication"
	"jiaoheng/web/shell"
)

// listView is the list of powers or the list of duties.
type listView struct {
	List   duty.List
	Tabs   []shell.Tab
	Home   string // code of the unit whose list it is
	Public *publication.Publication
	Draft  *publication.Publication
	Differ []duty.Difference
	Lacks  bool // only items that lack something are shown
	nameOf personName
}

// listKey is the column by which the rows of a published list are told apart: the number of the item.
const listKey = 0

func (p *Pages) openList(r *http.Request) (listView, error) {
	if !plan.MaySee(actorOf(r).Post) {
		return listView{}, shell.NoRight
	}
	ctx := r.Context()
	kind := duty.ReleasePowers
	if only(r, "kind") == string(duty.ReleaseDuties) {
		kind = duty.ReleaseDuties
	}
	list, err := p.desk.List(ctx, kind)
	if err != nil {
		return listView{}, err
	}
	view := listView{List: list, Lacks: only(r, "lacks") != "", nameOf: p.nameOf}
	if list.Tree.Len() > 0 {
		view.Home = list.Tree.At(0).Code
	}
	for _, one := range []duty.ReleaseKind{duty.ReleasePowers, duty.ReleaseDuties} {
		view.Tabs = append(view.Tabs, shell.Tab{Label: text(ctx, "list."+string(one)), Address: "/duty/list?kind=" + string(one), Current: one == kind})
	}
	view.Public, view.Draft, err = p.desk.Published(ctx, p.store, kind, "", "")
	if err != nil {
		return view, err
	}
	if view.Public != nil {
		view.Differ = duty.Compare(view.Public.Content, view.content(p), listKey)
	}
	return view, nil
}

// content is what would be published now.
func (v listView) content(p *Pages) publication.Content {
	title := message.Text(message.Chinese, "duty.page.list.public_title", message.Args{"unit": unitName(v.List.Tree, v.Home), "list": message.Word("duty.page.list." + string(v.List.Kind))})
	return v.List.Content(title, unitName(v.List.Tree, v.Home), p.store.Today().String())
}

// List shows the list of powers or of duties, what its items lack, and whether what is public equals what is stored.
func (p *Pages) List(w http.ResponseWriter, r *http.Request) error {
	view, err := p.openList(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	page := shell.Page{Title: text(ctx, "list.title"), Lead: text(ctx, "list.lead"), Word: "plan", Wide: true, Styles: []string{"duty.css"},
		Trail: []shell.Link{{Label: shell.Text(ctx, "plan.title"), Address: "/plan"}}, Source: text(ctx, "list.source")}
	return shell.Render(w, r, http.StatusOK, page, listPage(view))
}

// ListPublish hands the list to publication.
func (p *Pages) ListPublish(w http.ResponseWriter, r *http.Request) error {
	view, err := p.openList(r)
	if err != nil {
		return err
	}
	return p.publish(w, r, duty.Release{Kind: view.List.Kind}, view.Home, view.content(p))
}

func (v listView) figures(ctx context.Context) []shell.Figure {
	nodes, owners := 0, 0
	for _, item := range v.List.Items {
		node, owner := item.Lacks()
		if node {
			nodes++
		}
		if owner {
			owners++
		}
	}
	here := "/duty/list?kind=" + string(v.List.Kind)
	return []shell.Figure{{Label: text(ctx, "list.items"), Value: shell.Count(len(v.List.Items)), Address: here},
		{Label: text(ctx, "list.no_node"), Value: shell.Count(nodes), Address: here + "&lacks=yes"}, {Label: text(ctx, "list.no_owner"), Value: shell.Count(owners), Address: here + "&lacks=yes"}}
}

// rows is the list; an item without a node or an owner says so.
func (v listView) rows(ctx context.Context) shell.Table {
	items := v.List.Items
	if v.Lacks {
		items = v.List.Lacking()
	}
	table := shell.Table{Caption: text(ctx, "list."+string(v.List.Kind)), Count: text(ctx, "list.count", message.Args{"count": len(items)}),
		Empty: shell.EmptyState(shell.Empty{Icon: "clipboard-check", Title: text(ctx, "list.none"), Text: text(ctx, "list.none_why"), Next: []shell.Button{{Label: text(ctx, "list.register"), Address: "/register/" + string(v.List.Kind)}}})}
	heads := duty.ListHeads(shell.From(ctx).Language, v.List.Kind)
	heads[0], heads[1] = heads[1], heads[0]
	for _, head := range heads {
		table.Columns = append(table.Columns, shell.Column{Title: head})
	}
	for _, item := range items[:min(len(items), pageRows)] {
		cells := item.Cells()
		row := make([]shell.Cell, len(cells))
		for i, cell := range cells {
			row[i] = shell.Cell{Text: cell, Written: true}
		}
		row[0], row[1] = row[1], row[0]
		node, owner := item.Lacks()
		if owner {
			row[4] = shell.Cell{Body: shell.StatusWord(shell.Unmet, text(ctx, "list.owner_missing"))}
		}
		if node {
			row[5] = shell.Cell{Body: shell.StatusWord(shell.Unmet, text(ctx, "list.node_missing"))}
		} else {
			row[5].Address = nodeAddress(item.Plan, item.Track)
		}
		table.Rows = append(table.Rows, row)
	}
	return table
}
