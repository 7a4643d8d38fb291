package person

import (
	"context"
	"errors"
	"strings"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/fault"
)

// CreateAccount makes an account without a password for a person; MakeResetLink then gives the link with which the person sets one.
func CreateAccount(ctx context.Context, store Store, actor action.Actor, where access.Unit, personID, login string) (Account, error) {
	account := Account{Person: personID, Login: strings.TrimSpace(login), Generation: 1}
	err := createAccount(ctx, store, actor, where, &account)
	return account, err
}

// CreateAccountWithPassword is CreateAccount for accounts whose password is known beforehand, such as those of an invented county.
func CreateAccountWithPassword(ctx context.Context, store Store, hasher *Hasher, actor action.Actor, where access.Unit, personID, login, password string) (Account, error) {
	account := Account{Person: personID, Login: strings.TrimSpace(login), Generation: 1}
	if err := CheckPassword(password, account.Login).Err(); err != nil {
		return account, err
	}
	var err error
	if account.Password, err = hasher.Hash(ctx, password); err != nil {
		return account, err
	}
	err = createAccount(ctx, store, actor, where, &account)
	return account, err
}

func createAccount(ctx context.Context, store Store, actor action.Actor, where access.Unit, account *Account) error {
	return action.Do(ctx, store, actor, action.Write{
		Name:  "person.action.create_account",
		Thing: access.Thing{Class: access.People, Unit: where},
		Check: func(context.Context) error { return checkLogin(account.Login).Err() },
		Do: func(ctx context.Context, tx action.Tx) error {
			if _, err := store.Person(ctx, account.Person); err != nil {
				return notFound(err)
			}
			if err := mayTouch(ctx, store, actor, account.Person, "person.action.create_account"); err != nil {
				return err
			}
			if _, err := store.AccountByLogin(ctx, account.Login); !errors.Is(err, ErrNotFound) {
				return errors.Join(err, fault.List{at(FieldLogin, "person.login_taken", nil)}.Err())
			}
			account.ID = tx.NewID()
			return store.InsertAccounts(ctx, *account)
		},
	})
}

// mayTouch refuses somebody who may not grant every role that the person holds: whoever can reset a password can act as its owner.
func mayTouch(ctx context.Context, store Store, actor action.Actor, personID, name string) error {
	posts, err := store.PostsOf(ctx, personID)
	if err != nil {
		return err
	}
	for _, post := range posts {
		where := access.Unit{Code: post.Unit}
		if actor.Post.Role == access.SchoolHead && post.Unit == actor.Post.Unit.Code {
			where = actor.Post.Unit
		}
		if !access.MayGrant(actor.Post, post.Role, where) {
			return action.Refused(name)
		}
	}
	return nil
}
