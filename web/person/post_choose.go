package person

import (
	"context"
	"net/http"

	"jiaoheng/person"
	"jiaoheng/unit"
	"jiaoheng/web/shell"
)

// PostShow lists the posts that the person holds today.
func (s Service) PostShow(w http.ResponseWriter, r *http.Request) error {
	view := shell.From(r.Context())
	page := shell.Page{Title: shell.Text(r.Context(), "signin.post.title"), Lead: shell.Text(r.Context(), "signin.post.lead")}
	return shell.Render(w, r, http.StatusOK, page, postList(view.Presence, view.Tree))
}

// PostChoose makes one of the posts the present one.
func (s Service) PostChoose(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	if err := person.ChoosePost(r.Context(), s.Store, shell.From(r.Context()).Presence, Address(r), r.PostForm.Get(person.FieldPost)); err != nil {
		return err
	}
	shell.Redirect(w, r, "/", "signin.post.done", nil)
	return nil
}

// UnitName is the name of the unit of a post, the whole system when it has none.
func UnitName(ctx context.Context, tree *unit.Tree, code string) string {
	if code == "" {
		return shell.Text(ctx, "shell.whole")
	}
	if tree != nil {
		if one, known := tree.Find(code); known {
			return one.Name
		}
	}
	return code
}
