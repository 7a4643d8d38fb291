package appraisal

import (
	"net/http"
	"strconv"
	"strings"

	"jiaoheng/appraisal"
	"jiaoheng/attachment"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/web/shell"
)

// fieldFiles is the field of files that do not belong to one item.
const fieldFiles = "files"

// Step does one step of a case: who may do it, and whether the case stands there, is asked by the desk.
func (p *Pages) Step(step string) shell.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		ctx := r.Context()
		v, err := p.view(r)
		if err != nil {
			return err
		}
		if err := r.ParseForm(); err != nil {
			return err
		}
		actor, id, reason := actorOf(ctx), v.Case.ID, r.PostForm.Get(appraisal.FieldReason)
		switch step {
		case "skip":
			err = p.desk.SkipSelf(ctx, actor, id, reason)
		case "decide":
			err = p.desk.Decide(ctx, actor, id, versionOf(r), appraisal.Verdict{Answer: reason, Points: pointsOf(v, r)})
		case "card":
			err = p.desk.ChangeCard(ctx, actor, id, r.PostForm.Get(appraisal.FieldCard), reason)
		case "card_decide":
			err = p.desk.DecideCard(ctx, actor, id, r.PostForm.Get("appeal"), r.PostForm.Get("back") != "", reason)
		default:
			err = p.step(ctx, step, id, versionOf(r))
		}
		return p.after(w, r, v, err)
	}
}

// pointsOf are the new points of a decision: fields that are empty keep what was agreed on.
func pointsOf(v appraisal.View, r *http.Request) map[string]float64 {
	points := map[string]float64{}
	for _, item := range v.Sheet.Items() {
		typed := strings.TrimSpace(r.PostForm.Get("points_" + item.Name))
		if typed == "" {
			continue
		}
		number, err := strconv.ParseFloat(typed, 64)
		if err != nil {
			number = -1 // told as points that cannot be
		}
		points[item.Name] = number
	}
	return points
}

// after answers a step: faults on the page of the case, else back to it.
func (p *Pages) after(w http.ResponseWriter, r *http.Request, v appraisal.View, err error) error {
	if faults := fault.Of(err); len(faults) > 0 {
		if len(faults) == 1 && faults[0].Code == "action.refused" {
			return shell.NoRight
		}
		return p.showCase(w, r, http.StatusUnprocessableEntity, v, shell.Form{Values: r.PostForm, Faults: faults})
	}
	if err != nil {
		return err
	}
	shell.Redirect(w, r, caseLink(v.Case.ID), "appraisal.page.done", nil)
	return nil
}

// Appeal takes the appeal of a unit, against its result or against a later change of its card.
func (p *Pages) Appeal(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	v, err := p.view(r)
	if err != nil {
		return err
	}
	files, err := p.filesIn(r, fieldFiles)
	if err == nil {
		reason, card := r.PostForm.Get(appraisal.FieldReason), r.PostForm.Get("card")
		if card == "" {
			err = p.desk.AppealResult(ctx, actorOf(ctx), v.Case.ID, reason, files[fieldFiles])
		} else {
			err = p.desk.AppealCard(ctx, actorOf(ctx), v.Case.ID, card, reason, files[fieldFiles])
		}
	}
	return p.after(w, r, v, err)
}

// filesIn reads and looks through the files that a form sends under names; faults name the field.
func (p *Pages) filesIn(r *http.Request, names ...string) (map[string][]attachment.Prepared, error) {
	wrong := func(name string, one *fault.Fault) error {
		one.Place = fault.Place{Column: name}
		return fault.List{one}
	}
	if err := r.ParseMultipartForm(4 << 20); err != nil && r.MultipartForm == nil {
		if strings.Contains(r.Header.Get("Content-Type"), "multipart") {
			return nil, wrong("", fault.New("attachment.too_large", message.Args{"limit": attachment.MaxBytes >> 20}))
		}
		return nil, r.ParseForm()
	}
	defer r.MultipartForm.RemoveAll()
	all := map[string][]attachment.Prepared{}
	for _, name := range names {
		for _, header := range r.MultipartForm.File[name] {
			if header.Filename == "" && header.Size == 0 { // a browser sends one where none was chosen
				continue
			}
			file, err := header.Open()
			if err != nil {
				return nil, err
			}
			data, err := attachment.Read(file)
			file.Close()
			var one attachment.Prepared
			if err == nil {
				one, err = p.preparer.Prepare(r.Context(), header.Filename, data)
			}
			if faults := fault.Of(err); len(faults) > 0 {
				return nil, wrong(name, faults[0])
			}
			if err != nil {
				return nil, err
			}
			all[name] = append(all[name], one)
		}
	}
	return all, nil
}
