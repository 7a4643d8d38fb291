package person

import (
	"context"
	"errors"
	"strings"
	"time"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/fault"
)

// SignIn checks name and password of an account and enters the sign-in into the chain. Every wrong pair gives the same fault,
// person.sign_in_wrong, and takes the same time, so that names of accounts cannot be found out; too many give person.wait.
// The caller keeps id and generation of the account in the session.
func SignIn(ctx context.Context, store Store, hasher *Hasher, now time.Time, login, password, address string) (Account, error) {
	login = strings.TrimSpace(login)
	if len(login) > 4*MaxLogin || len(password) > 4*MaxPassword {
		return Account{}, fault.New("person.sign_in_wrong", nil)
	}
	if err := countTries(ctx, store, now, login, address); err != nil {
		return Account{}, err
	}
	account, err := store.AccountByLogin(ctx, login)
	if err != nil && !errors.Is(err, ErrNotFound) {
		return Account{}, err
	}
	right, err := hasher.Matches(ctx, account.Password, password)
	if err != nil {
		return Account{}, err
	}
	if !right || account.Disabled {
		return Account{}, fault.New("person.sign_in_wrong", nil)
	}
	if err := forgive(ctx, store, login, address); err != nil {
		return Account{}, err
	}
	return account, action.Do(ctx, store, selfActor(account, address), action.Write{
		Name:  "person.action.sign_in",
		Thing: access.Thing{Class: access.Self, Owner: account.Person},
		Do:    func(context.Context, action.Tx) error { return nil },
	})
}

// selfActor is somebody acting on the own account, in no post.
func selfActor(account Account, address string) action.Actor {
	return action.Actor{Post: access.Post{Person: account.Person}, Account: account.ID, Address: address}
}
