package plan

import (
	"fmt"
	"mime"
	"net/http"

	"jiaoheng/plan"
	"jiaoheng/web/shell"
)

// shownUncertain is the number of uncertain items of a report; the desk shows all of them.
const shownUncertain = 30

// Report tells what the reader did to the document and what it is not sure of.
func (p *Pages) Report(w http.ResponseWriter, r *http.Request) error {
	open, err := p.openDraft(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	page := shell.Page{Title: shell.Text(ctx, "plan.report.title"), Lead: open.Draft.Title, Word: "plan", Trail: trail(ctx), Styles: []string{"plan.css"},
		Actions: shell.Press(shell.Button{Label: shell.Text(ctx, "plan.desk.open"), Icon: "clipboard-check", Kind: "primary", Address: draftAddress(open.Draft.ID)})}
	return shell.Render(w, r, http.StatusOK, page, reportPage(open))
}

// Original sends the bytes that were handed over, to be kept as a file and never shown by the browser.
func (p *Pages) Original(w http.ResponseWriter, r *http.Request) error {
	if !plan.MaySeeDrafts(actorOf(r).Post) {
		return shell.NoRight
	}
	open, err := p.openDraft(r)
	if err != nil {
		return err
	}
	data, err := p.desks.Original(r.Context(), open.Draft.ID)
	if err != nil {
		return found(err)
	}
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Header().Set("Content-Disposition", attachmentNamed(open.Draft.File))
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Length", fmt.Sprint(len(data)))
	_, err = w.Write(data)
	return err
}

// attachmentNamed makes the browser keep an answer as a file of this name.
func attachmentNamed(name string) string {
	return mime.FormatMediaType("attachment", map[string]string{"filename": name})
}
