package person

import (
	"net/http"

	"jiaoheng/fault"
	"jiaoheng/person"
	"jiaoheng/web/shell"
)

// SignInShow asks for account and password. Somebody signed in already is led to the first page.
func (s Service) SignInShow(w http.ResponseWriter, r *http.Request) error {
	back := LocalAddress(r.URL.Query().Get("back"))
	if signedIn(r) {
		shell.Redirect(w, r, back, "", nil)
		return nil
	}
	return showSignIn(w, r, http.StatusOK, shell.Form{}, back)
}

// SignIn begins a session, or shows the form again with what is wrong.
func (s Service) SignIn(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	form, back := r.PostForm, LocalAddress(r.PostForm.Get("back"))
	account, err := person.SignIn(r.Context(), s.Store, s.Hasher, shell.From(r.Context()).Now, form.Get(person.FieldLogin),
		form.Get(person.FieldPassword), Address(r))
	if faults := fault.Of(err); len(faults) > 0 {
		return showSignIn(w, r, http.StatusUnprocessableEntity, shell.Form{Values: form, Faults: faults}, back)
	}
	if err != nil {
		return err
	}
	if err := s.begin(r, account); err != nil {
		return err
	}
	shell.Redirect(w, r, back, "", nil)
	return nil
}

func showSignIn(w http.ResponseWriter, r *http.Request, status int, form shell.Form, back string) error {
	page := shell.Page{Title: shell.Text(r.Context(), "signin.title"), Bare: true}
	return shell.Render(w, r, status, page, signInForm(form, back))
}

// SignOut ends the session.
func (s Service) SignOut(w http.ResponseWriter, r *http.Request) error {
	if err := s.Sessions.Destroy(r.Context()); err != nil {
		return err
	}
	shell.Redirect(w, r, "/signin", "signin.out", nil)
	return nil
}
