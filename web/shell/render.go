package shell

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"jiaoheng/fault"
	"jiaoheng/message"
)

// NotFound and NoRight are the two answers that a handler gives without more words.
var (
	NotFound = errors.New("not found")
	NoRight  = errors.New("no right")
)

// Handler is a handler that may fail. What it returns becomes a page: see Fail.
type Handler func(w http.ResponseWriter, r *http.Request) error

// ServeHTTP runs the handler and shows its error.
func (h Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if err := h(w, r); err != nil {
		Fail(w, r, err)
	}
}

// Render answers with page around main. Nothing is sent when main fails.
func Render(w http.ResponseWriter, r *http.Request, status int, page Page, main templ.Component) error {
	return RenderPart(w, r, status, templ.ComponentFunc(func(ctx context.Context, out io.Writer) error {
		return Layout(page).Render(templ.WithChildren(ctx, main), out)
	}))
}

// RenderPart answers with part alone, for a request that replaces one piece of a page.
func RenderPart(w http.ResponseWriter, r *http.Request, status int, part templ.Component) error {
	var body bytes.Buffer
	if err := part.Render(r.Context(), &body); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, err := body.WriteTo(w)
	if err != nil {
		From(r.Context()).Log.Info("the reader went away", "request", From(r.Context()).Request, "error", err)
	}
	return nil
}

// noticeCookie carries the notice to the page after a redirect.
const noticeCookie = "notice"

type notice struct {
	Key  string       `json:"key"`
	Args message.Args `json:"args,omitempty"`
}

// Redirect sends the person to address after a write and tells there the text of key, "" for none.
func Redirect(w http.ResponseWriter, r *http.Request, address, key string, args message.Args) {
	if key != "" {
		if data, err := json.Marshal(notice{key, args}); err == nil {
			http.SetCookie(w, &http.Cookie{Name: noticeCookie, Value: base64.RawURLEncoding.EncodeToString(data),
				Path: "/", MaxAge: 60, HttpOnly: true, SameSite: http.SameSiteLaxMode})
		}
	}
	if r.Header.Get("HX-Request") == "true" {
		w.Header().Set("HX-Redirect", address)
		w.WriteHeader(http.StatusNoContent)
		return
	}
	http.Redirect(w, r, address, http.StatusSeeOther)
}

// TakeNotice returns the notice that Redirect left and forgets it. A damaged one is "".
func TakeNotice(w http.ResponseWriter, r *http.Request, language message.Language) string {
	cookie, err := r.Cookie(noticeCookie)
	if err != nil {
		return ""
	}
	http.SetCookie(w, &http.Cookie{Name: noticeCookie, Path: "/", MaxAge: -1, HttpOnly: true, SameSite: http.SameSiteLaxMode})
	data, err := base64.RawURLEncoding.DecodeString(cookie.Value)
	var told notice
	if err != nil || json.Unmarshal(data, &told) != nil || !message.Has(told.Key) {
		return ""
	}
	return message.Text(language, told.Key, told.Args)
}

// Fail shows err: faults of the person in words (422), NoRight (403), NotFound (404), a body over its limit (413), and
// everything else as 系统内部错误 (500) with the id under which the log holds the reason.
func Fail(w http.ResponseWriter, r *http.Request, err error) {
	view := From(r.Context())
	var tooLarge *http.MaxBytesError
	refusal := Refusal{Status: http.StatusInternalServerError, Word: "broken", Icon: "alert-triangle", Request: view.Request}
	switch {
	case errors.Is(err, NotFound):
		refusal = Refusal{Status: http.StatusNotFound, Word: "absent", Icon: "search"}
	case errors.Is(err, NoRight), isRefusal(err):
		refusal = Refusal{Status: http.StatusForbidden, Word: "refused", Icon: "lock"}
	case errors.As(err, &tooLarge):
		refusal = Refusal{Status: http.StatusRequestEntityTooLarge, Word: "large", Icon: "alert-triangle", Limit: sizeText(tooLarge.Limit)}
	case len(fault.Of(err)) > 0:
		refusal = Refusal{Status: http.StatusUnprocessableEntity, Word: "faulty", Icon: "alert-circle", Form: Form{Faults: fault.Of(err)}}
	default:
		view.Log.Error("request failed", "request", view.Request, "method", r.Method, "path", r.URL.Path, "error", err)
	}
	page := Page{Title: Text(r.Context(), "shell.refusal."+refusal.Word+"_title"), Bare: view.Person == ""}
	if err := Render(w, r, refusal.Status, page, RefusalPage(refusal)); err != nil {
		view.Log.Error("refusal failed", "request", view.Request, "error", err)
		http.Error(w, strings.TrimSpace(page.Title+" "+view.Request), refusal.Status)
	}
}

// sizeText is a limit in whole MB, or in kB below one MB.
func sizeText(limit int64) string {
	if limit >= 1<<20 {
		return Count(int(limit>>20)) + " MB"
	}
	return Count(int(limit>>10)) + " kB"
}

// isRefusal tells whether err is the fault with which package action refuses somebody without the right.
func isRefusal(err error) bool {
	return slices.ContainsFunc(fault.Of(err), func(one *fault.Fault) bool { return one.Code == "action.refused" })
}
