package portal

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"time"

	"github.com/a-h/templ"

	"jiaoheng/message"
	"jiaoheng/period"
	"jiaoheng/publication"
	"jiaoheng/web/shell"
)

// pageRows is how many publications a page of the list shows; maxListed how many there can be at all.
const (
	pageRows  = 50
	maxListed = 2000
)

// fresh is how long a page may be kept before it is asked for again: a withdrawal must be seen soon.
const fresh = 5 * time.Minute

// Store is what the portal reads.
type Store interface {
	Publication(ctx context.Context, id string) (publication.Publication, error)
	Publications(ctx context.Context, limit int, states ...publication.State) ([]publication.Publication, error)
}

// Portal is the pages that everybody sees.
type Portal struct{ Store Store }

// language is that of the address, so that caches keep the two apart; without it, that of the reader.
func language(r *http.Request) message.Language {
	switch r.URL.Query().Get("lang") {
	case "en":
		return message.English
	case "zh":
		return message.Chinese
	}
	return shell.From(r.Context()).Language
}

// text is a text of the portal.
func text(ctx context.Context, key string, args ...message.Args) string {
	return shell.Text(ctx, "publication.public."+key, args...)
}

// answer sends a page that may be kept. Whoever has it already gets no second copy.
func answer(w http.ResponseWriter, r *http.Request, title string, changed time.Time, main templ.Component) error {
	view := *shell.From(r.Context())
	view.Language = language(r)
	ctx := shell.With(r.Context(), &view)
	var body bytes.Buffer
	if err := document(title).Render(templ.WithChildren(ctx, main), &body); err != nil {
		return err
	}
	head(w, "text/html; charset=utf-8")
	http.ServeContent(w, r, "", changed, bytes.NewReader(body.Bytes()))
	return nil
}

func head(w http.ResponseWriter, kind string) {
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Cache-Control", "public, max-age="+strconv.Itoa(int(fresh.Seconds())))
	w.Header().Add("Vary", "Cookie") // the language of a reader who did not choose one in the address
}

// List shows what is public, the newest first.
func (p Portal) List(w http.ResponseWriter, r *http.Request) error {
	all, err := p.Store.Publications(r.Context(), maxListed, publication.Published)
	if err != nil {
		return err
	}
	page, _ := strconv.Atoi(r.URL.Query().Get("page"))
	pages := max(1, (len(all)+pageRows-1)/pageRows)
	page = min(max(1, page), pages)
	shown := all[min(len(all), (page-1)*pageRows):min(len(all), page*pageRows)]
	view := *shell.From(r.Context())
	view.Language = language(r)
	return answer(w, r, text(shell.With(r.Context(), &view), "title"), time.Time{}, list(shown, page, pages))
}

// Show shows a publication, or when and why it was withdrawn.
func (p Portal) Show(w http.ResponseWriter, r *http.Request) error {
	one, err := p.one(r)
	if err != nil {
		return err
	}
	return answer(w, r, one.Content.Title, changed(one), show(one))
}

// one reads what the address names. A draft is not told from what is not there.
func (p Portal) one(r *http.Request) (publication.Publication, error) {
	one, err := p.Store.Publication(r.Context(), r.PathValue("id"))
	if errors.Is(err, publication.ErrNotFound) || err == nil && one.State == publication.Draft {
		return one, shell.NotFound
	}
	return one, err
}

func changed(one publication.Publication) time.Time {
	if one.State == publication.Withdrawn {
		return one.WithdrawnAt
	}
	return one.PublishedAt
}

// Form gives out a publication in the form that the address names: json or content.
func (p Portal) Form(w http.ResponseWriter, r *http.Request) error {
	switch r.PathValue("form") {
	case "json":
		return p.JSON(w, r)
	case "content":
		return p.Content(w, r)
	}
	return shell.NotFound
}

// JSON gives out a publication for other programs, with its hash.
func (p Portal) JSON(w http.ResponseWriter, r *http.Request) error {
	one, err := p.one(r)
	if err != nil {
		return err
	}
	out := struct {
		Content     json.RawMessage `json:"content,omitempty"`
		ID          string          `json:"id"`
		PublishedAt string          `json:"published_at"`
		Reason      string          `json:"reason,omitempty"`
		SHA256      string          `json:"sha256"`
		State       string          `json:"state"`
		WithdrawnAt string          `json:"withdrawn_at,omitempty"`
	}{ID: one.ID, PublishedAt: one.PublishedAt.UTC().Format(time.RFC3339), SHA256: one.Hash, State: string(one.State)}
	if one.State == publication.Withdrawn {
		out.Reason, out.WithdrawnAt = one.Reason, one.WithdrawnAt.UTC().Format(time.RFC3339)
	} else {
		out.Content = one.Content.Canonical()
	}
	var body bytes.Buffer
	encoder := json.NewEncoder(&body)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(out); err != nil {
		return err
	}
	head(w, "application/json")
	http.ServeContent(w, r, "", changed(one), bytes.NewReader(body.Bytes()))
	return nil
}

// Content gives out the very bytes over which the hash was computed.
func (p Portal) Content(w http.ResponseWriter, r *http.Request) error {
	one, err := p.one(r)
	if err == nil && one.State == publication.Withdrawn {
		err = shell.NotFound
	}
	if err != nil {
		return err
	}
	head(w, "application/json")
	w.Header().Set("ETag", `"`+one.Hash+`"`)
	http.ServeContent(w, r, "", changed(one), bytes.NewReader(one.Content.Canonical()))
	return nil
}

// Robots lets search engines read what is public and nothing else.
func (p Portal) Robots(w http.ResponseWriter, _ *http.Request) error {
	head(w, "text/plain; charset=utf-8")
	_, err := w.Write([]byte("User-agent: *\nAllow: /public\nAllow: /static/\nDisallow: /\n"))
	return err
}

// dayText is the day that a publication bears.
func dayText(ctx context.Context, one publication.Publication) string {
	day, _ := period.ParseDate(one.Content.Day)
	return shell.Date(ctx, day.Time())
}
