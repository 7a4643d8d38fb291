package admin

import (
	"net/http"

	"jiaoheng/access"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/person"
	"jiaoheng/web/shell"
)

// New asks for a new person.
func (p People) New(w http.ResponseWriter, r *http.Request) error {
	if !shell.May(r.Context(), access.Change, access.People) {
		return shell.NoRight
	}
	return showNew(w, r, http.StatusOK, shell.Form{})
}

// Create stores a new person and leads to the page where posts and accounts are given.
func (p People) Create(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	ctx, form := r.Context(), r.PostForm
	created, err := person.Create(ctx, p.Store, shell.From(ctx).Actor, here(ctx),
		person.Person{Name: form.Get(person.FieldName), Phone: form.Get(person.FieldPhone)})
	if isFormFault(err) {
		return showNew(w, r, http.StatusUnprocessableEntity, shell.Form{Values: form, Faults: fault.Of(err)})
	}
	if err != nil {
		return err
	}
	shell.Redirect(w, r, "/admin/person/"+created.ID, "admin.person.created", message.Args{"name": created.Name})
	return nil
}

func showNew(w http.ResponseWriter, r *http.Request, status int, form shell.Form) error {
	ctx := r.Context()
	frame := shell.Page{Title: shell.Text(ctx, "admin.person_new.title"), Lead: shell.Text(ctx, "admin.person_new.lead"), Word: "admin", Trail: trail(ctx)}
	return shell.Render(w, r, status, frame, personNew(form))
}

// isFormFault tells whether err is about what was filled in, and no refusal.
func isFormFault(err error) bool {
	faults := fault.Of(err)
	return len(faults) > 0 && faults[0].Code != "action.refused"
}
