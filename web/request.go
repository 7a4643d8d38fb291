package web

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"time"

	"jiaoheng/message"
	"jiaoheng/web/shell"
)

// languageCookie remembers the language of the reader, also before sign-in.
const languageCookie = "language"

// newRequestID returns an id that can be read out over the telephone.
func newRequestID() string {
	var id [5]byte
	rand.Read(id[:])
	text := hex.EncodeToString(id[:])
	return text[:5] + "-" + text[5:]
}

func languageOf(r *http.Request) message.Language {
	if cookie, err := r.Cookie(languageCookie); err == nil && cookie.Value == string(message.English) {
		return message.English
	}
	return message.Chinese
}

// viewed gives every request its id and a View, and writes one line to the log when it is answered.
func viewed(log *slog.Logger, clock func() time.Time, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := clock()
		view := &shell.View{Language: languageOf(r), Path: r.URL.RequestURI(), Request: newRequestID(), Now: began, Log: log}
		w.Header().Set("X-Request-Id", view.Request)
		answer := &recorder{ResponseWriter: w}
		next.ServeHTTP(answer, r.WithContext(shell.With(r.Context(), view)))
		log.Info("answered", "request", view.Request, "method", r.Method, "path", r.URL.Path, "status", answer.status,
			"bytes", answer.bytes, "took", clock().Sub(began))
	})
}

// recorder remembers what was answered.
type recorder struct {
	http.ResponseWriter
	status int
	bytes  int64
}

// WriteHeader remembers the status.
func (a *recorder) WriteHeader(status int) {
	if a.status == 0 {
		a.status = status
	}
	a.ResponseWriter.WriteHeader(status)
}

// Write counts the bytes.
func (a *recorder) Write(data []byte) (int, error) {
	if a.status == 0 {
		a.status = http.StatusOK
	}
	n, err := a.ResponseWriter.Write(data)
	a.bytes += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController reach the connection.
func (a *recorder) Unwrap() http.ResponseWriter { return a.ResponseWriter }

// saved turns a panic into 系统内部错误, or cuts the connection when an answer has begun already.
func saved(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer := &recorder{ResponseWriter: w}
		defer func() {
			cause := recover()
			if cause == nil {
				return
			}
			if cause == http.ErrAbortHandler {
				panic(cause)
			}
			err := fmt.Errorf("panic: %v\n%s", cause, debug.Stack())
			if answer.status != 0 {
				view := shell.From(r.Context())
				view.Log.Error("request failed in the middle of its answer", "request", view.Request, "path", r.URL.Path, "error", err)
				panic(http.ErrAbortHandler)
			}
			shell.Fail(answer, r, err)
		}()
		next.ServeHTTP(answer, r)
	})
}
