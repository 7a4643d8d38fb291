package progress

import (
	"net/http"

	"jiaoheng/assessment/progress"
	"jiaoheng/web/shell"
)

// Again computes a study once more from the exams as they stand.
func (p *Pages) Again(w http.ResponseWriter, r *http.Request) error {
	found, err := p.look(r)
	if err != nil {
		return err
	}
	if _, err := p.desk.Again(r.Context(), shell.From(r.Context()).Actor, found.Study.ID); err != nil {
		return err
	}
	shell.Redirect(w, r, "/progress/"+found.Study.ID, "progress.page.computed", nil)
	return nil
}

// Repeat computes a frozen result again from what it was computed from and compares it byte for byte.
func (p *Pages) Repeat(w http.ResponseWriter, r *http.Request) error {
	found, err := p.look(r)
	if err != nil {
		return err
	}
	if !found.Sight.All {
		return shell.NoRight
	}
	if err := progress.Repeat(found.Kept); err != nil {
		return err
	}
	shell.Redirect(w, r, "/progress/"+found.Study.ID, "progress.page.repeated", nil)
	return nil
}

// Publish prepares the newest result for publication.
func (p *Pages) Publish(w http.ResponseWriter, r *http.Request) error {
	found, err := p.look(r)
	if err != nil {
		return err
	}
	made, err := p.desk.Publish(r.Context(), p.publications, shell.From(r.Context()).Actor, found.Study.ID)
	if err != nil {
		return err
	}
	shell.Redirect(w, r, "/publication/"+made.ID, "progress.page.prepared", nil)
	return nil
}
