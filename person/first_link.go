package person

import (
	"context"
	"errors"
	"io"
	"strings"
	"time"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/fault"
)

// MakeFirstLink returns the token of a one-time link for the first administrator, or "" when there is an account already. An
// older link stops working, so that only the one printed last does.
func MakeFirstLink(ctx context.Context, store Store, random io.Reader) (token string, err error) {
	has, err := store.HasAccounts(ctx)
	if err != nil || has {
		return "", err
	}
	token, id, err := newToken(random)
	if err != nil {
		return "", err
	}
	return token, action.Do(ctx, store, action.TheProgram(), action.Write{
		Name:  "person.action.make_first_link",
		Thing: access.Thing{Class: access.People},
		Do: func(ctx context.Context, tx action.Tx) error {
			return renewLink(ctx, store, tx, Link{ID: id, Purpose: LinkFirst, Expires: tx.Now().Add(FirstLinkLasts).UnixMilli()})
		},
	})
}

// renewLink takes back the open links for the same purpose and account and stores link.
func renewLink(ctx context.Context, store Store, tx action.Tx, link Link) error {
	open, err := store.OpenLinks(ctx, link.Purpose, link.Account)
	if err != nil {
		return err
	}
	for _, old := range open {
		old.Used = tx.Now().UnixMilli()
		if err := store.UpdateLink(ctx, old); err != nil {
			return err
		}
	}
	return store.InsertLink(ctx, link)
}

// LinkWorks returns the link behind token, or the fault person.link_wrong when it does not exist, was used or has expired.
func LinkWorks(ctx context.Context, store Store, now time.Time, token string) (Link, error) {
	link, err := store.Link(ctx, tokenID(token))
	if errors.Is(err, ErrNotFound) || err == nil && (link.Used != 0 || link.Expires <= now.UnixMilli()) {
		return Link{}, fault.New("person.link_wrong", nil)
	}
	return link, err
}

// First is what the first administrator fills in.
type First struct {
	Name, Login, Password, Again string
}

// UseFirstLink makes the first administrator: person, post and account in one action, and uses up the link.
func UseFirstLink(ctx context.Context, store Store, hasher *Hasher, now time.Time, token string, first First) (Account, error) {
	link, err := LinkWorks(ctx, store, now, token)
	if err != nil {
		return Account{}, err
	}
	if link.Purpose != LinkFirst {
		return Account{}, fault.New("person.link_wrong", nil)
	}
	someone, login := Person{Name: first.Name}.Clean(), strings.TrimSpace(first.Login)
	faults := append(someone.Check(), checkLogin(login)...)
	faults = append(faults, checkNewPassword(first.Password, first.Again, login)...)
	if err := faults.Err(); err != nil {
		return Account{}, err
	}
	hash, err := hasher.Hash(ctx, first.Password)
	if err != nil {
		return Account{}, err
	}
	account := Account{Login: login, Password: hash, Generation: 1}
	write := action.Write{Name: "person.action.use_first_link", Thing: access.Thing{Class: access.People}}
	write.Do = func(ctx context.Context, tx action.Tx) error {
		if err := useLink(ctx, store, tx, token); err != nil {
			return err
		}
		someone.ID, account.ID = tx.NewID(), tx.NewID()
		account.Person = someone.ID
		post := Post{ID: tx.NewID(), Person: someone.ID, Role: access.SystemAdministrator, From: tx.Now().Format(time.DateOnly)}
		if err := store.InsertPersons(ctx, someone); err != nil {
			return err
		}
		if err := store.InsertPosts(ctx, post); err != nil {
			return err
		}
		return store.InsertAccounts(ctx, account)
	}
	err = action.Do(ctx, store, action.TheProgram(), write)
	return account, err
}

// useLink looks at the link once more inside the transaction: of two who use it at the same time one is refused.
func useLink(ctx context.Context, store Store, tx action.Tx, token string) error {
	link, err := LinkWorks(ctx, store, tx.Now(), token)
	if err != nil {
		return err
	}
	link.Used = tx.Now().UnixMilli()
	return store.UpdateLink(ctx, link)
}

func checkNewPassword(password, again, login string) fault.List {
	faults := CheckPassword(password, login)
	if password != again {
		faults.Add(at(FieldAgain, "person.password_differs", nil))
	}
	return faults
}
