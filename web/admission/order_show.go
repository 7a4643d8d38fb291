package admission

import (
	"cmp"
	"context"
	"maps"
	"net/http"
	"slices"
	"strings"

	"jiaoheng/access"
	"jiaoheng/message"
	"jiaoheng/web/shell"
)

// orderView is what the page of the orders shows.
type orderView struct {
	shell.Standing
	table shell.Table
	write bool
}

// Order shows by which order each school gives its places, and whose order that is.
func (p *Pages) Order(w http.ResponseWriter, r *http.Request) error {
	standing, err := p.stand(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	g, err := p.readGround(ctx, standing.Period)
	if err != nil {
		return err
	}
	lines, err := p.lines(ctx, standing, g)
	if err != nil {
		return err
	}
	v := orderView{Standing: standing, write: mayWrite(ctx, access.Fact, standing.Unit.Code)}
	v.table = shell.Table{Caption: shell.Text(ctx, "admission.order.title"), Columns: []shell.Column{{Title: shell.Text(ctx, "admission.column.school")},
		{Title: shell.Text(ctx, "admission.column.grade"), Align: shell.Short}, {Title: shell.Text(ctx, "admission.order.order")}, {Title: shell.Text(ctx, "admission.order.whose")},
		{Title: shell.Text(ctx, "admission.order.areas")}, {Title: shell.Text(ctx, "admission.order.document")}},
		Empty: shell.Note(shell.Text(ctx, "admission.order.none"))}
	for _, l := range lines {
		order, from := g.orderOf(shell.From(ctx).Tree, l.intake)
		whose, document := shell.Text(ctx, "admission.order.missing"), ""
		if from != "" {
			one, _ := shell.From(ctx).Tree.Find(from)
			whose, document = one.Name, order[0].document
		}
		v.table.Rows = append(v.table.Rows, []shell.Cell{{Text: l.name, Address: shell.There("/admission", l.school, v.Period)}, {Text: option(ctx, p.register(registerPlan), "plan_grade", l.grade)},
			{Text: p.orderText(ctx, order)}, {Text: whose}, {Text: strings.Join(areasOf(g, l.intake), "、"), Written: true}, {Text: document, Written: true}})
	}
	page := shell.Page{Title: shell.Text(ctx, "admission.order.title"), Lead: shell.Text(ctx, "admission.order.lead"), Word: "draw", Trail: trail(ctx), Actions: orderActions(v)}
	return shell.Render(w, r, http.StatusOK, page, orderShow(v))
}

// orderText says an order in one line: 1 政策优待对象（电脑派位）› 2 ….
func (p *Pages) orderText(ctx context.Context, order []class) string {
	var parts []string
	for i := 0; i < len(order); {
		end := i
		var names []string
		for ; end < len(order) && order[end].rank == order[i].rank; end++ {
			names = append(names, option(ctx, p.register(registerOrder), "order_class", order[end].name))
		}
		by := "lottery"
		if order[i].nearest {
			by = "distance"
		}
		parts = append(parts, shell.Text(ctx, "admission.order.part", message.Args{"number": len(parts) + 1, "who": strings.Join(names, shell.Text(ctx, "admission.order.and")),
			"by": option(ctx, p.register(registerOrder), "order_by", by)}))
		i = end
	}
	return strings.Join(parts, " › ")
}

// areasOf are the villages, communities and compounds of an intake, by name.
func areasOf(g ground, one intake) []string {
	var names []string
	for key := range maps.Keys(g.areas) {
		if key.grade == one.grade && slices.Contains(g.areas[key], one.school) {
			names = append(names, key.name)
		}
	}
	slices.SortFunc(names, cmp.Compare[string])
	return names
}
