package shell

import (
	"context"
	"log/slog"
	"time"

	"jiaoheng/access"
	"jiaoheng/action"
	"jiaoheng/message"
	"jiaoheng/person"
	"jiaoheng/unit"
)

// Place is one entry of the navigation: a word with pages of its own.
type Place struct {
	Word    string // names the text shell.place.<word>
	Icon    string
	Address string
}

// View is what the frame knows of one request. Package web makes it; pages read it through From.
type View struct {
	Language message.Language
	Actor    action.Actor    // who acts; the zero Actor for a visitor
	Presence person.Presence // account, posts and present post of who is signed in
	Tree     *unit.Tree      // the units, nil for a visitor
	Person   string          // name of the person who is signed in, "" for a visitor
	Post     string          // role and unit of the present post
	Posts    int             // number of posts the person may choose from
	Region   string          // the unit whose figures the page shows
	Period   string          // the period whose figures the page shows
	Standing *Standing       // of pages that let both be chosen, see Stand
	Places   []Place
	Todo     int    // rows that wait for the present post, at most 100
	Unread   int    // unread notices of the person
	Path     string // address of this request with its query
	Request  string // id of this request, also in the log
	Now      time.Time
	Search   string // the text that was searched for
	Notice   string // told once, after an action
	Log      *slog.Logger
}

type viewKey struct{}

// With returns a context that carries view.
func With(ctx context.Context, view *View) context.Context {
	return context.WithValue(ctx, viewKey{}, view)
}

// From returns the view of ctx. A context without one gets the view of a visitor who reads Chinese.
func From(ctx context.Context) *View {
	if view, ok := ctx.Value(viewKey{}).(*View); ok {
		return view
	}
	return &View{Language: message.Chinese, Path: "/", Log: slog.Default()}
}

// Text returns the text of key in the language of ctx; at most one Args is used.
func Text(ctx context.Context, key string, args ...message.Args) string {
	if len(args) == 0 {
		return message.Text(From(ctx).Language, key, nil)
	}
	return message.Text(From(ctx).Language, key, args[0])
}

// May tells whether the present post may do operation to some thing of class within its own unit: whether a place of
// the navigation or a button is worth showing. Whether it may be done to one thing is asked again by action.Do.
func May(ctx context.Context, operation access.Operation, class access.Class) bool {
	post := From(ctx).Actor.Post
	return access.May(post, operation, access.Thing{Class: class, Unit: post.Unit, Owner: post.Person, Lead: post.Unit.Code, Subject: post.Subject})
}
