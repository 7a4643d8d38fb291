package plan

import (
	"net/http"

	"jiaoheng/plan"
	"jiaoheng/web/shell"
)

// shownLog is the number of steps that the log shows, the newest first.
const shownLog = 200

// Log shows what was done at a draft, the newest step first, each with the way to undo it.
func (p *Pages) Log(w http.ResponseWriter, r *http.Request) error {
	open, err := p.openDraft(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	may := open.Draft.State == plan.Reviewing && plan.MayReview(actorOf(r).Post)
	if r.Header.Get("HX-Request") == "true" {
		return shell.RenderPart(w, r, http.StatusOK, logPanel(open, may))
	}
	page := shell.Page{Title: shell.Text(ctx, "plan.log.title"), Lead: open.Draft.Title, Word: "plan", Styles: []string{"plan.css"},
		Trail: trail(ctx, shell.Link{Label: open.Draft.Title, Address: draftAddress(open.Draft.ID)})}
	return shell.Render(w, r, http.StatusOK, page, logPage(open, may))
}
