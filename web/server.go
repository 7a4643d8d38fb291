package web

import (
	"errors"
	"log/slog"
	"net/http"
	"time"

	"jiaoheng/web/shell"
)

// maxBody is the largest body of a request whose route names no limit of its own.
const maxBody = 1 << 20

var errForeign = errors.New("a form of another site")

// layered wraps the routes in what stands around every page.
func layered(log *slog.Logger, clock func() time.Time, routes http.Handler) http.Handler {
	foreign := http.NewCrossOriginProtection()
	foreign.SetDenyHandler(shell.Handler(func(http.ResponseWriter, *http.Request) error {
		return errors.Join(errForeign, shell.NoRight)
	}))
	return secured(viewed(log, clock, compressed(saved(foreign.Handler(routes)))))
}

// limited gives a handler a body of at most limit bytes, maxBody when it is 0.
func limited(limit int64, next http.Handler) http.Handler {
	if limit == 0 {
		limit = maxBody
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.ContentLength > limit {
			shell.Fail(w, r, &http.MaxBytesError{Limit: limit})
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, limit)
		next.ServeHTTP(w, r)
	})
}
