package person

import (
	"context"
	"errors"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/fault"
	"jiaoheng/unit"
)

// Presence is somebody signed in: the account, the person, the posts held today and the one chosen as present.
type Presence struct {
	Account Account
	Person  Person
	Posts   []Post
	Post    Post // zero when no post is held today
}

// PresenceOf looks up who a session belongs to on day. The fault person.signed_out tells that the account was closed,
// is gone, or got a new password since the session began.
func PresenceOf(ctx context.Context, store Store, accountID string, generation int64, day string) (Presence, error) {
	account, err := store.Account(ctx, accountID)
	if errors.Is(err, ErrNotFound) || err == nil && (account.Disabled || account.Generation != generation) {
		return Presence{}, fault.New("person.signed_out", nil)
	}
	if err != nil {
		return Presence{}, err
	}
	p := Presence{Account: account}
	if p.Person, err = store.Person(ctx, account.Person); err != nil {
		return Presence{}, err
	}
	posts, err := store.PostsOf(ctx, account.Person)
	if err != nil {
		return Presence{}, err
	}
	for _, post := range posts {
		if !post.On(day) {
			continue
		}
		if len(p.Posts) == 0 || post.ID == account.Present {
			p.Post = post
		}
		p.Posts = append(p.Posts, post)
	}
	return p, nil
}

// Actor returns who acts, with the rights of the present post. A person without a post may act only on the own account.
func (p Presence) Actor(tree *unit.Tree, address string) action.Actor {
	post := p.Post.Rights(tree)
	post.Person = p.Person.ID
	return action.Actor{Post: post, Account: p.Account.ID, Address: address}
}

// Rights returns the post as rights ask about it.
func (p Post) Rights(tree *unit.Tree) access.Post {
	return access.Post{ID: p.ID, Person: p.Person, Role: p.Role, Unit: At(tree, p.Unit), Before: before(tree, p.Unit), Subject: p.Subject}
}

// before returns the units merged into the one with code: whoever has a post there sees the rows of both histories.
func before(tree *unit.Tree, code string) []access.Unit {
	if tree == nil {
		return nil
	}
	var units []access.Unit
	for _, code := range tree.Before(code) {
		units = append(units, At(tree, code))
	}
	return units
}

// At returns the unit with code and its interval in tree; a code that is not in the tree, or a nil tree, gives no interval.
func At(tree *unit.Tree, code string) access.Unit {
	if tree == nil {
		return access.Unit{Code: code}
	}
	if _, found := tree.Number(code); !found {
		return access.Unit{Code: code}
	}
	interval := tree.SubtreeOf(code)
	return access.Unit{Code: code, From: interval.From, To: interval.To}
}
