package record

import (
	"net/http"
	"strings"
	"time"

	"jiaoheng/fault"
	"jiaoheng/record"
	"jiaoheng/web/shell"
)

// CommentSave writes a comment.
func (p *Pages) CommentSave(w http.ResponseWriter, r *http.Request) error {
	o, err := p.openRow(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	err = p.records.Comment(ctx, actorOf(r), o.register, o.row.ID, legible(r.PostFormValue(commentForm+"-text")))
	return p.told(w, r, o, commentForm, "record.row.commented", err)
}

// CommentDelete takes back a comment of one's own, shortly after it was written.
func (p *Pages) CommentDelete(w http.ResponseWriter, r *http.Request) error {
	o, err := p.openRow(r)
	if err != nil {
		return err
	}
	err = p.records.Uncomment(r.Context(), actorOf(r), o.register, o.row.ID, r.PathValue("comment"))
	return p.told(w, r, o, "", "record.row.uncommented", err)
}

// told answers after a small write: back to the row when it was done, the row with its faults when it was not.
func (p *Pages) told(w http.ResponseWriter, r *http.Request, o opened, form, key string, err error) error {
	ctx := r.Context()
	if err == nil {
		address := rowAddress(ctx, o.register, o.row.ID)
		if form != "" {
			address += doneMark(ctx, form)
		}
		shell.Redirect(w, r, address, key, nil)
		return nil
	}
	faults := fault.Of(err)
	if len(faults) == 0 || faults[0].Code == "action.refused" {
		return err
	}
	view := rowView{opened: o, sent: form, form: shell.Form{Values: r.PostForm, Faults: placed(o.register, form+"-", faults)}}
	return p.rowPage(w, r, http.StatusUnprocessableEntity, view)
}

// mayUncomment tells whether a comment can still be taken back by the reader.
func mayUncomment(view rowView, one record.Entry, now time.Time) bool {
	return one.Person == view.post.Person && view.post.Person != "" && now.Sub(one.At) < record.UncommentWithin
}

// LinkSave ties the row to another one, found by its number or a part of what it is about.
func (p *Pages) LinkSave(w http.ResponseWriter, r *http.Request) error {
	o, err := p.openRow(r)
	if err != nil {
		return err
	}
	ctx := r.Context()
	view := rowView{opened: o, sent: linkForm}
	if !p.mayWrite(ctx, view) {
		return shell.NoRight
	}
	to, found, err := p.findRow(ctx, o, r.PostFormValue(linkForm+"-chosen"), r.PostFormValue(linkForm+"-to"))
	if err != nil {
		return err
	}
	if to == (record.Ref{}) {
		code := "record.row.link_none"
		if len(found) > 0 {
			code = "record.row.link_many"
		}
		view.found = found
		view.form = shell.Form{Values: r.PostForm, Faults: fault.List{fault.At(fault.Place{Column: linkForm + "-to"}, code, nil)}}
		return p.rowPage(w, r, http.StatusUnprocessableEntity, view)
	}
	err = p.records.Link(ctx, actorOf(r), record.Ref{Register: o.register.Name, Row: o.row.ID}, to, strings.TrimSpace(r.PostFormValue(linkForm+"-reason")))
	return p.told(w, r, o, linkForm, "record.row.linked", err)
}

// LinkDelete takes a link away.
func (p *Pages) LinkDelete(w http.ResponseWriter, r *http.Request) error {
	o, err := p.openRow(r)
	if err != nil {
		return err
	}
	name, id, _ := strings.Cut(r.PostFormValue("to"), "/")
	err = p.records.Unlink(r.Context(), actorOf(r), record.Ref{Register: o.register.Name, Row: o.row.ID}, record.Ref{Register: name, Row: id}, "")
	return p.told(w, r, o, "", "record.row.unlinked", err)
}
