package admin

import (
	"context"
	"net/http"

	"jiaoheng/access"
	"jiaoheng/fault"
	"jiaoheng/person"
	"jiaoheng/web/shell"
)

// AccountCreate makes an account for the person and shows the link with which the person sets a password.
func (p People) AccountCreate(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	found, err := p.find(r, access.Change)
	if err != nil {
		return err
	}
	ctx := r.Context()
	account, err := person.CreateAccount(ctx, p.Store, shell.From(ctx).Actor, here(ctx), found.person.ID, r.PostForm.Get(person.FieldLogin))
	if isFormFault(err) {
		return showPerson(w, r, http.StatusUnprocessableEntity, personView{one: found, which: formAccount, form: shell.Form{Values: r.PostForm, Faults: fault.Of(err)}})
	}
	if err != nil {
		return err
	}
	return p.showLink(w, r, account.ID)
}

// AccountLink shows a new link with which the owner of the account sets a password. Links given before stop working.
func (p People) AccountLink(w http.ResponseWriter, r *http.Request) error {
	found, err := p.find(r, access.Change)
	if err != nil {
		return err
	}
	account, err := accountOf(r, found)
	if err != nil {
		return err
	}
	return p.showLink(w, r, account.ID)
}

func (p People) showLink(w http.ResponseWriter, r *http.Request, account string) error {
	ctx := r.Context()
	token, err := person.MakeResetLink(ctx, p.Store, shell.From(ctx).Actor, here(ctx), account, p.Random)
	if err != nil {
		return err
	}
	found, err := p.find(r, access.See)
	if err != nil {
		return err
	}
	return showPerson(w, r, http.StatusOK, personView{one: found, link: ownAddress(r) + "/link/" + token})
}

// ownAddress is how the person who asks reaches this server, and so how the receiver of a link will.
func ownAddress(r *http.Request) string {
	if r.TLS != nil || r.Header.Get("X-Forwarded-Proto") == "https" {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

// AccountClose disables an account; whoever is signed in with it is signed out.
func (p People) AccountClose(w http.ResponseWriter, r *http.Request) error {
	return p.change(w, r, formAccount, "admin.accounts.closed", func(ctx context.Context, found one) error {
		account, err := accountOf(r, found)
		if err != nil {
			return err
		}
		return person.CloseAccount(ctx, p.Store, shell.From(ctx).Actor, here(ctx), account.ID, r.PostForm.Get("reason"))
	})
}

// AccountOpen lets a closed account sign in again.
func (p People) AccountOpen(w http.ResponseWriter, r *http.Request) error {
	return p.change(w, r, formAccount, "admin.accounts.opened", func(ctx context.Context, found one) error {
		account, err := accountOf(r, found)
		if err != nil {
			return err
		}
		return person.OpenAccount(ctx, p.Store, shell.From(ctx).Actor, here(ctx), account.ID, r.PostForm.Get("reason"))
	})
}

// accountOf returns the account of the address when it belongs to the person of the address.
func accountOf(r *http.Request, found one) (person.Account, error) {
	for _, account := range found.accounts {
		if account.ID == r.PathValue("account") {
			return account, nil
		}
	}
	return person.Account{}, shell.NotFound
}
