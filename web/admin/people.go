package admin

import (
	"context"
	"errors"
	"io"
	"net/http"

	"jiaoheng/access"
	"jiaoheng/period"
	"jiaoheng/person"
	"jiaoheng/secret"
	"jiaoheng/web/shell"
)

// People is what the pages about persons work with.
type People struct {
	Store  person.Store
	Random io.Reader // for the tokens of links
}

// one is a person as the pages show it: posts and accounts beside the values that may be seen.
type one struct {
	person   person.Person
	phone    string // masked
	posts    []person.Post
	accounts []person.Account
}

// NamesOf returns a NameOf that looks into the store.
func NamesOf(store person.Store) NameOf {
	return func(ctx context.Context, id string) string {
		found, err := store.Person(ctx, id)
		if err != nil {
			return ""
		}
		return found.Name
	}
}

// load reads posts and accounts of a person.
func (p People) load(ctx context.Context, someone person.Person) (one, error) {
	found := one{person: someone}
	if someone.Phone != "" {
		found.phone = secret.MaskNumber(someone.Phone, 3, 4)
	}
	var err error
	if found.posts, err = p.Store.PostsOf(ctx, someone.ID); err != nil {
		return found, err
	}
	found.accounts, err = p.Store.AccountsOf(ctx, someone.ID)
	return found, err
}

// find returns the person of the address, shell.NotFound when there is none, and shell.NoRight when the present post may not do
// operation to somebody at any of the units of the person.
func (p People) find(r *http.Request, operation access.Operation) (one, error) {
	ctx := r.Context()
	someone, err := p.Store.Person(ctx, r.PathValue("id"))
	if errors.Is(err, person.ErrNotFound) {
		return one{}, shell.NotFound
	}
	if err != nil {
		return one{}, err
	}
	found, err := p.load(ctx, someone)
	if err == nil && !mayReach(ctx, operation, found.posts) {
		err = shell.NoRight
	}
	return found, err
}

// mayReach tells whether the present post may do operation to a person with these posts. A person without a post belongs to those
// whose right holds everywhere, and to those who add people at their own unit.
func mayReach(ctx context.Context, operation access.Operation, posts []person.Post) bool {
	view := shell.From(ctx)
	if len(posts) == 0 {
		return access.May(view.Actor.Post, access.Change, access.Thing{Class: access.People, Unit: view.Actor.Post.Unit}) || mayEverywhere(ctx)
	}
	for _, post := range posts {
		if access.May(view.Actor.Post, operation, access.Thing{Class: access.People, Unit: person.At(view.Tree, post.Unit)}) {
			return true
		}
	}
	return false
}

// mayEverywhere tells whether the present post may see the people of every unit.
func mayEverywhere(ctx context.Context) bool {
	return access.May(shell.From(ctx).Actor.Post, access.See, access.Thing{Class: access.People})
}

// mayGrant returns the roles that the present post may give at its own unit.
func mayGrant(ctx context.Context) []access.Role {
	post := shell.From(ctx).Actor.Post
	var roles []access.Role
	for _, role := range access.Roles() {
		if access.MayGrant(post, role, post.Unit) {
			roles = append(roles, role)
		}
	}
	return roles
}

// here is the unit in whose name the present post changes people.
func here(ctx context.Context) access.Unit { return shell.From(ctx).Actor.Post.Unit }

// today is the day on the clocks of China as forms write it.
func today(ctx context.Context) string {
	return period.DayAt(shell.From(ctx).Now).String()
}

// unitName is the name of the unit with code, the whole system for "".
func unitName(ctx context.Context, code string) string {
	if code == "" {
		return shell.Text(ctx, "shell.whole")
	}
	if tree := shell.From(ctx).Tree; tree != nil {
		if found, known := tree.Find(code); known {
			return found.Name
		}
	}
	return code
}

// postLine is unit, role and subject of a post on one line.
func postLine(ctx context.Context, post person.Post) string {
	line := unitName(ctx, post.Unit) + " · " + post.Role.Text(shell.From(ctx).Language)
	if post.Subject != "" {
		line += " · " + post.Subject
	}
	return line
}
