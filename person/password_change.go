package person

import (
	"context"
	"io"
	"time"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/fault"
)

// NewPassword is the form in which somebody changes the own password.
type NewPassword struct {
	Current, Password, Again string
}

// ChangePassword sets a new password and ends every other session; the caller keeps the generation of the account returned.
// Wrong current passwords are counted like those of signing in.
func ChangePassword(ctx context.Context, store Store, hasher *Hasher, now time.Time, accountID, address string, form NewPassword) (Account, error) {
	account, err := store.Account(ctx, accountID)
	if err != nil {
		return account, notFound(err)
	}
	if err := checkNewPassword(form.Password, form.Again, account.Login).Err(); err != nil {
		return account, err
	}
	if err := countTries(ctx, store, now, account.Login, address); err != nil {
		return account, err
	}
	right, err := hasher.Matches(ctx, account.Password, form.Current)
	if err != nil {
		return account, err
	}
	if !right {
		return account, at(FieldCurrent, "person.current_wrong", nil)
	}
	if err := forgive(ctx, store, account.Login, address); err != nil {
		return account, err
	}
	return setPassword(ctx, store, hasher, selfActor(account, address), account.ID, form.Password, "person.action.change_password", nil)
}

// MakeResetLink returns the token of a link with which the owner of an account sets a password. Open sessions go on.
func MakeResetLink(ctx context.Context, store Store, actor action.Actor, where access.Unit, accountID string, random io.Reader) (token string, err error) {
	token, id, err := newToken(random)
	if err != nil {
		return "", err
	}
	return token, action.Do(ctx, store, actor, action.Write{
		Name:  "person.action.make_reset_link",
		Thing: access.Thing{Class: access.People, Unit: where},
		Do: func(ctx context.Context, tx action.Tx) error {
			account, err := store.Account(ctx, accountID)
			if err != nil {
				return notFound(err)
			}
			if err := mayTouch(ctx, store, actor, account.Person, "person.action.make_reset_link"); err != nil {
				return err
			}
			return renewLink(ctx, store, tx, Link{ID: id, Purpose: LinkReset, Account: accountID, Expires: tx.Now().Add(ResetLinkLasts).UnixMilli()})
		},
	})
}

// UseResetLink sets the password of the account behind the link and uses the link up.
func UseResetLink(ctx context.Context, store Store, hasher *Hasher, now time.Time, token, address string, form NewPassword) (Account, error) {
	link, err := LinkWorks(ctx, store, now, token)
	if err != nil {
		return Account{}, err
	}
	if link.Purpose != LinkReset {
		return Account{}, fault.New("person.link_wrong", nil)
	}
	account, err := store.Account(ctx, link.Account)
	if err != nil {
		return account, notFound(err)
	}
	if err := checkNewPassword(form.Password, form.Again, account.Login).Err(); err != nil {
		return account, err
	}
	return setPassword(ctx, store, hasher, selfActor(account, address), account.ID, form.Password, "person.action.use_reset_link",
		func(ctx context.Context, tx action.Tx) error { return useLink(ctx, store, tx, token) })
}

func setPassword(ctx context.Context, store Store, hasher *Hasher, actor action.Actor, id, password, name string,
	first func(ctx context.Context, tx action.Tx) error) (Account, error) {
	hash, err := hasher.Hash(ctx, password)
	if err != nil {
		return Account{}, err
	}
	var account Account
	err = action.Do(ctx, store, actor, action.Write{
		Name:  name,
		Thing: access.Thing{Class: access.Self, Owner: actor.Post.Person},
		Do: func(ctx context.Context, tx action.Tx) error {
			if first != nil {
				if err := first(ctx, tx); err != nil {
					return err
				}
			}
			if account, err = store.Account(ctx, id); err != nil {
				return notFound(err)
			}
			account.Password = hash
			account.Generation++
			return store.UpdateAccount(ctx, account)
		},
	})
	return account, err
}
