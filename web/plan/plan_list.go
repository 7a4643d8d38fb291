package plan

import (
	"net/http"
	"slices"

	"jiaoheng/plan"
	"jiaoheng/web/shell"
)

// listView is what the list shows.
type listView struct {
	Running    []run        // imports of this person
	Drafts     []plan.Draft // under review
	Plans      []plan.Plan
	Versions   map[string][]plan.Version
	MayReview  bool
	SeesDrafts bool
}

// List shows the drafts under review and the adopted plans.
func (p *Pages) List(w http.ResponseWriter, r *http.Request) error {
	ctx, post := r.Context(), actorOf(r).Post
	if !plan.MaySee(post) {
		return shell.NoRight
	}
	view := listView{Running: p.runs.running(post.Person), MayReview: plan.MayReview(post), SeesDrafts: plan.MaySeeDrafts(post), Versions: map[string][]plan.Version{}}
	var err error
	if view.SeesDrafts {
		if view.Drafts, err = p.desks.Drafts(ctx); err != nil {
			return err
		}
		view.Drafts = slices.DeleteFunc(view.Drafts, func(d plan.Draft) bool { return d.State != plan.Reviewing })
	}
	if view.Plans, err = p.desks.Plans(ctx); err != nil {
		return err
	}
	for _, one := range view.Plans {
		if view.Versions[one.ID], err = p.desks.Versions(ctx, one.ID); err != nil {
			return err
		}
	}
	page := shell.Page{Title: shell.Text(ctx, "plan.title"), Lead: shell.Text(ctx, "plan.list.lead"), Word: "plan", Styles: []string{"plan.css"}}
	if view.MayReview && len(view.Drafts)+len(view.Plans) > 0 {
		page.Actions = shell.Press(shell.Button{Label: shell.Text(ctx, "plan.import.title"), Icon: "file-import", Kind: "primary", Address: "/plan/import"})
	}
	return shell.Render(w, r, http.StatusOK, page, planList(view))
}
