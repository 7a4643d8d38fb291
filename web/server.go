package web

import (
	"context"
	"crypto/rand"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"time"

	"github.com/alexedwards/scs/v2"

	"jiaoheng/assessment"
	"jiaoheng/draw/ceremony"
	"jiaoheng/person"
	"jiaoheng/plan/target"
	"jiaoheng/record"
	"jiaoheng/round"
	"jiaoheng/store"
	"jiaoheng/todo"
	"jiaoheng/web/shell"
)

// maxBody is the largest body of a request whose route names no limit of its own.
const maxBody = 1 << 20

// sessionLasts is how long somebody stays signed in: one working day.
const sessionLasts = 12 * time.Hour

// hashesAtOnce bounds how many passwords are checked at the same time; each takes 64 MB for a moment.
const hashesAtOnce = 4

var errForeign = errors.New("a form of another site")

// Options is what the pages work with. Zero parts take the values named.
type Options struct {
	Background context.Context // ends when the server stops; context.Background
	Store      *store.Store
	Log        *slog.Logger        // slog.Default
	Hasher     *person.Hasher      // one at the official cost
	Random     io.Reader           // crypto/rand
	Secure     bool                // the pages are reached over https: the session cookie travels only there
	Sessions   *scs.SessionManager // made from the store
	Desk       *round.Desk         // made from the packs of the program and of the data folder
	Records    *record.Desk        // the rows that live, of the same packs
	Todo       *todo.Desk          // what each person has to do, of the same rows
	Board      *target.Board       // the lights of all targets, of the same facts
	Exams      *assessment.Desk    // exams, their marks and who sees what of them
	Draws      *ceremony.Desk      // draws of lots and the steps they go through
	Keep       bool                // digests are made and messages sent until Background ends
}

// New returns the handler of every page.
func New(o Options) (http.Handler, error) {
	if o.Background == nil {
		o.Background = context.Background()
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	if o.Random == nil {
		o.Random = rand.Reader
	}
	if o.Hasher == nil {
		var err error
		if o.Hasher, err = person.NewHasher(person.OfficialCost, hashesAtOnce, o.Random); err != nil {
			return nil, err
		}
	}
	if o.Sessions == nil {
		o.Sessions = newSessions(o)
	}
	if err := o.Open(o.Background); err != nil {
		return nil, err
	}
	if o.Todo == nil {
		o.Todo = Todo(o.Records, o.Store)
	}
	if o.Keep {
		go target.Keep(o.Background, o.Board, o.Log)
		go todo.Keep(o.Background, o.Todo, Dispatcher(o.Store, o.Log), o.Log)
	}
	mux := http.NewServeMux()
	for _, one := range routes(o) {
		mux.Handle(one.pattern, guarded(one))
	}
	mux.Handle("/", shell.Handler(func(http.ResponseWriter, *http.Request) error { return shell.NotFound }))
	presence := &presence{store: o.Store, sessions: o.Sessions, todo: o.Todo}
	return layered(o.Log, o.Store.Now, o.Sessions.LoadAndSave(presence.layer(mux))), nil
}

func newSessions(o Options) *scs.SessionManager {
	sessions := scs.New()
	sessions.Store = o.Store.Sessions()
	sessions.Lifetime = sessionLasts
	sessions.Cookie.Secure = o.Secure
	sessions.Cookie.Persist = false
	sessions.ErrorFunc = shell.Fail
	return sessions
}

// guarded bounds the body and leads visitors to the sign-in page.
func guarded(one route) http.Handler {
	limit := one.limit
	if limit == 0 {
		limit = maxBody
	}
	return limited(limit, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !one.open && shell.From(r.Context()).Person == "" {
			askSignIn(w, r)
			return
		}
		legible(one.handler).ServeHTTP(w, r)
	}))
}

// layered wraps the routes in what stands around every page.
func layered(log *slog.Logger, clock func() time.Time, routes http.Handler) http.Handler {
	foreign := http.NewCrossOriginProtection()
	foreign.SetDenyHandler(shell.Handler(func(http.ResponseWriter, *http.Request) error {
		return errors.Join(errForeign, shell.NoRight)
	}))
	return secured(viewed(log, clock, compressed(saved(foreign.Handler(routes)))))
}

// limited gives a handler a body of at most limit bytes.
func limited(limit int64, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.ContentLength > limit {
			shell.Fail(w, r, &http.MaxBytesError{Limit: limit})
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, limit)
		next.ServeHTTP(w, r)
	})
}
