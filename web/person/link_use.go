package person

import (
	"net/http"

	"jiaoheng/fault"
	"jiaoheng/person"
	"jiaoheng/web/shell"
)

// LinkShow asks for what a one-time link is for: the first administrator, or a new password.
func (s Service) LinkShow(w http.ResponseWriter, r *http.Request) error {
	link, err := person.LinkWorks(r.Context(), s.Store, shell.From(r.Context()).Now, r.PathValue("token"))
	if faults := fault.Of(err); len(faults) > 0 {
		return showDeadLink(w, r, faults)
	}
	if err != nil {
		return err
	}
	return showLink(w, r, http.StatusOK, link, shell.Form{})
}

// LinkUse makes the first administrator or sets the password, uses the link up and begins a session.
func (s Service) LinkUse(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	ctx, now, token := r.Context(), shell.From(r.Context()).Now, r.PathValue("token")
	link, err := person.LinkWorks(ctx, s.Store, now, token)
	if faults := fault.Of(err); len(faults) > 0 {
		return showDeadLink(w, r, faults)
	}
	if err != nil {
		return err
	}
	account, err := s.useLink(r, link, token)
	if faults := fault.Of(err); len(faults) > 0 {
		return showLink(w, r, http.StatusUnprocessableEntity, link, shell.Form{Values: r.PostForm, Faults: faults})
	}
	if err != nil {
		return err
	}
	if err := s.begin(r, account); err != nil {
		return err
	}
	shell.Redirect(w, r, "/", "signin.link.done", nil)
	return nil
}

func (s Service) useLink(r *http.Request, link person.Link, token string) (person.Account, error) {
	ctx, now, form := r.Context(), shell.From(r.Context()).Now, r.PostForm
	if link.Purpose == person.LinkFirst {
		return person.UseFirstLink(ctx, s.Store, s.Hasher, now, token, person.First{Name: form.Get(person.FieldName),
			Login: form.Get(person.FieldLogin), Password: form.Get(person.FieldPassword), Again: form.Get(person.FieldAgain)})
	}
	return person.UseResetLink(ctx, s.Store, s.Hasher, now, token, Address(r),
		person.NewPassword{Password: form.Get(person.FieldPassword), Again: form.Get(person.FieldAgain)})
}

func showLink(w http.ResponseWriter, r *http.Request, status int, link person.Link, form shell.Form) error {
	page := shell.Page{Title: shell.Text(r.Context(), "signin.link."+link.Purpose), Bare: true}
	return shell.Render(w, r, status, page, linkForm(link.Purpose, form))
}

func showDeadLink(w http.ResponseWriter, r *http.Request, faults fault.List) error {
	page := shell.Page{Title: shell.Text(r.Context(), "signin.link.dead"), Bare: true}
	return shell.Render(w, r, http.StatusGone, page, deadLink(faults))
}
