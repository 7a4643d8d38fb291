package assessment

import (
	"context"
	"net/http"

	"jiaoheng/assessment"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/web/shell"
)

// pupilsOfPage is how many pupils one page of the list shows.
const pupilsOfPage = 20

// pupilView is the list of the pupils of the viewer's own school.
type pupilView struct {
	exam   assessment.Exam
	tabs   []shell.Tab
	rows   []assessment.OwnPupil
	pages  shell.Pages
	count  int
	form   shell.Form
	opened string // the pupil whose name was opened
	name   string
	number string
	asked  string // the pupil whose form has faults
}

// Pupils lists the pupils of the viewer's own school with masked names.
func (p *Pages) Pupils(w http.ResponseWriter, r *http.Request) error {
	return p.pupils(w, r, http.StatusOK, pupilView{})
}

func (p *Pages) pupils(w http.ResponseWriter, r *http.Request, status int, v pupilView) error {
	ctx := r.Context()
	e, own, err := p.desk.Pupils(ctx, actorOf(ctx), r.PathValue("exam"))
	if err != nil {
		return found(err)
	}
	_, sight, err := p.sight(r)
	if err != nil {
		return err
	}
	v.exam, v.count, v.pages, v.tabs = e, len(own), shell.PagesOf(r, len(own), pupilsOfPage), tabsOf(ctx, e, sight, "/pupils")
	start := (v.pages.Page - 1) * pupilsOfPage
	v.rows = own[start:min(start+pupilsOfPage, len(own))]
	frame := examPage(ctx, e, text(ctx, "tab.pupils"))
	frame.Lead = text(ctx, "pupils_lead", message.Args{"exam": e.Name, "count": shell.Count(len(own))})
	return shell.Render(w, r, status, frame, pupilList(v))
}

// PupilOpen opens the name of one pupil of the own school. The look stands in the chain.
func (p *Pages) PupilOpen(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	if err := r.ParseForm(); err != nil {
		return err
	}
	ref := r.PathValue("pupil")
	name, number, err := p.desk.Look(ctx, actorOf(ctx), r.PathValue("exam"), ref, r.PostForm.Get("reason"))
	if faults := fault.Of(err); len(faults) > 0 && found(err) != shell.NotFound {
		if _, sight, err := p.sight(r); err != nil || sight.Own == "" {
			return shell.NoRight
		}
		return p.pupils(w, r, http.StatusUnprocessableEntity, pupilView{asked: ref, form: shell.Form{Values: r.PostForm, Faults: faults}})
	}
	if err != nil {
		return found(err)
	}
	return p.pupils(w, r, http.StatusOK, pupilView{opened: ref, name: name, number: number})
}

// pupilMark is a mark of a pupil in words.
func pupilMark(ctx context.Context, one assessment.OwnPupil, subject int) string {
	switch one.Status[subject] {
	case assessment.Present:
		return plain(one.Marks[subject])
	case assessment.Absent:
		return text(ctx, "absent")
	case assessment.Excluded:
		return text(ctx, "excluded")
	}
	return text(ctx, "untaken")
}

// pupilTable is one page of the list.
func pupilTable(ctx context.Context, v pupilView) shell.Table {
	table := shell.Table{Caption: text(ctx, "tab.pupils"), Columns: []shell.Column{{Title: text(ctx, "column.pupil")}, {Title: text(ctx, "column.class"), Align: shell.Short}}}
	for _, s := range v.exam.Subjects {
		table.Columns = append(table.Columns, shell.Column{Title: s.Name, Align: shell.Figures})
	}
	for _, one := range v.rows {
		row := []shell.Cell{{Body: pupilName(v, one)}, {Text: one.Class, Written: true}}
		for n := range v.exam.Subjects {
			row = append(row, shell.Cell{Text: pupilMark(ctx, one, n)})
		}
		table.Rows = append(table.Rows, row)
	}
	table.Count = text(ctx, "pupils_count", message.Args{"count": shell.Count(v.count)})
	return table
}
