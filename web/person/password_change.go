package person

import (
	"net/http"

	"jiaoheng/fault"
	"jiaoheng/person"
	"jiaoheng/web/shell"
)

// PasswordShow asks for the present and a new password.
func (s Service) PasswordShow(w http.ResponseWriter, r *http.Request) error {
	return showPassword(w, r, http.StatusOK, shell.Form{})
}

// PasswordChange sets the new password and ends every other session of the account.
func (s Service) PasswordChange(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	view, form := shell.From(r.Context()), r.PostForm
	account, err := person.ChangePassword(r.Context(), s.Store, s.Hasher, view.Now, view.Presence.Account.ID, Address(r),
		person.NewPassword{Current: form.Get(person.FieldCurrent), Password: form.Get(person.FieldPassword), Again: form.Get(person.FieldAgain)})
	if faults := fault.Of(err); len(faults) > 0 {
		return showPassword(w, r, http.StatusUnprocessableEntity, shell.Form{Values: form, Faults: faults})
	}
	if err != nil {
		return err
	}
	if err := s.begin(r, account); err != nil {
		return err
	}
	shell.Redirect(w, r, "/", "signin.password.done", nil)
	return nil
}

func showPassword(w http.ResponseWriter, r *http.Request, status int, form shell.Form) error {
	page := shell.Page{Title: shell.Text(r.Context(), "signin.password.title"), Lead: shell.Text(r.Context(), "signin.password.lead")}
	return shell.Render(w, r, status, page, passwordForm(form))
}
