package plan

import (
	"net/http"

	"jiaoheng/message"
	"jiaoheng/plan"
	"jiaoheng/web/shell"
)

// compareView is what changed between two versions.
type compareView struct {
	Plan     plan.Plan
	From, To plan.Version
	Changes  plan.Comparison
}

// Compare shows what a revision changes: version from against version to, the last two when not named.
func (p *Pages) Compare(w http.ResponseWriter, r *http.Request) error {
	if !plan.MaySee(actorOf(r).Post) {
		return shell.NoRight
	}
	ctx, query := r.Context(), r.URL.Query()
	one, to, err := p.desks.Version(ctx, r.PathValue("plan"), max(number(query.Get("to")), 0))
	if err != nil {
		return found(err)
	}
	before := number(query.Get("from"))
	if before < 1 {
		before = to.Number - 1
	}
	if before < 1 {
		return shell.NotFound
	}
	_, from, err := p.desks.Version(ctx, one.ID, before)
	if err != nil {
		return found(err)
	}
	view := compareView{Plan: one, From: from, To: to, Changes: plan.Compare(from.Content, to.Content)}
	page := shell.Page{Title: shell.Text(ctx, "plan.compare.title", message.Args{"from": from.Number, "to": to.Number}), Lead: to.Content.Title, Word: "plan",
		Trail: trail(ctx, shell.Link{Label: to.Content.Title, Address: planAddress(one.ID)}), Styles: []string{"plan.css"},
		Source: shell.Text(ctx, "plan.show.source", message.Args{"title": to.Content.Title, "number": to.Number})}
	return shell.Render(w, r, http.StatusOK, page, comparePage(view))
}

func (v compareView) of(kind plan.Kind) []plan.Change {
	var changes []plan.Change
	for _, change := range v.Changes.Changes {
		if change.Kind == kind {
			changes = append(changes, change)
		}
	}
	return changes
}
