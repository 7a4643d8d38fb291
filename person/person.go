package person

import (
	"context"
	"errors"

	"jiaoheng/access"
	"jiaoheng/action"
)

// Person is one human being. Name, Phone and Identity are personal values.
type Person struct {
	ID       string
	Name     string
	Phone    string // may be empty
	Identity string // number of the identity card; may be empty
	Version  int64
}

// Post is a person at a unit in a role. Days are written 2026-09-01; To is the last day, "" while it lasts.
type Post struct {
	ID      string
	Person  string
	Unit    string // code; "" is the whole system, for administrators
	Role    access.Role
	Subject string // of a bureau office; "" means every subject
	From    string
	To      string
	Version int64
}

// On tells whether the post is held on day.
func (p Post) On(day string) bool { return p.From <= day && (p.To == "" || day <= p.To) }

// Account is a way to sign in.
type Account struct {
	ID         string
	Person     string
	Login      string
	Password   string // PHC text of argon2id; "" until one is set through a link
	Present    string // id of the post chosen as present; "" takes the first one held
	Disabled   bool
	Generation int64 // sessions of an older generation have ended
	Version    int64
}

// Link lets somebody in once to set a password.
type Link struct {
	ID      string // hash of the token
	Purpose string // LinkFirst or LinkReset
	Account string // "" for the first administrator
	Expires int64  // milliseconds since 1970
	Used    int64  // 0 until it was used or taken back
	Version int64
}

// Purposes of a link.
const (
	LinkFirst = "first"
	LinkReset = "reset"
)

// Failure counts wrong passwords for one key: an account or an address.
type Failure struct {
	Key   string
	Count int64
	Last  int64 // milliseconds since 1970
}

// ErrNotFound tells that no row has the id or name asked for.
var ErrNotFound = errors.New("person: not found")

// Store keeps persons. The reading methods return ErrNotFound for a single row that is not there. The writing ones
// run inside an action, save ChangeFailure.
type Store interface {
	action.Store

	InsertPersons(ctx context.Context, persons ...Person) error
	UpdatePerson(ctx context.Context, p Person) error
	Person(ctx context.Context, id string) (Person, error)
	// PersonsByName returns the persons whose whole name is name.
	PersonsByName(ctx context.Context, name string) ([]Person, error)
	// Persons returns at most limit persons by id after the one given; "" begins at the first.
	Persons(ctx context.Context, after string, limit int) ([]Person, error)

	InsertPosts(ctx context.Context, posts ...Post) error
	UpdatePost(ctx context.Context, p Post) error
	Post(ctx context.Context, id string) (Post, error)
	PostsOf(ctx context.Context, personID string) ([]Post, error)
	PostsAt(ctx context.Context, unitCode string) ([]Post, error)

	InsertAccounts(ctx context.Context, accounts ...Account) error
	UpdateAccount(ctx context.Context, a Account) error
	Account(ctx context.Context, id string) (Account, error)
	AccountByLogin(ctx context.Context, login string) (Account, error)
	AccountsOf(ctx context.Context, personID string) ([]Account, error)
	// HasAccounts tells whether there is any account.
	HasAccounts(ctx context.Context) (bool, error)

	InsertLink(ctx context.Context, l Link) error
	UpdateLink(ctx context.Context, l Link) error
	Link(ctx context.Context, id string) (Link, error)
	// OpenLinks returns the links for purpose and account that are not used.
	OpenLinks(ctx context.Context, purpose, account string) ([]Link, error)

	// ChangeFailure replaces the count of key by change(count), no other change coming between, and returns the count before
	// (zero when there is none). A count of zero is taken away. It runs outside actions, as nobody is signed in.
	ChangeFailure(ctx context.Context, key string, change func(Failure) Failure) (before Failure, err error)
}
