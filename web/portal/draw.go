package portal

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/a-h/templ"

	"jiaoheng/draw"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/web/shell"
)

// ErrNoDraw says that there is no such draw, or none that is public.
var ErrNoDraw = errors.New("no public draw")

// PublicDraw is a draw as everybody sees it: announced first, then drawn.
type PublicDraw struct {
	ID           string
	Unit         string // name of who draws
	Announcement draw.Announcement
	Leaves       []string // of draw.Leaves, published with the announcement
	AnnouncedAt  time.Time
	DrawnAt      time.Time   // zero before the draw
	Proof        *draw.Proof // nil before the result is public
	Certificate  []byte      // JSON of the kind's certificate, nil before
	Withdrawn    string      // why it was withdrawn, "" for draws that stand
}

// Draws gives out the draws that are public.
type Draws interface {
	// PublicDraw returns a draw that is announced, ErrNoDraw for every other.
	PublicDraw(ctx context.Context, id string) (PublicDraw, error)
	// PublicDraws returns those that are announced, the newest first, without lines and proofs.
	PublicDraws(ctx context.Context) ([]PublicDraw, error)
}

// DrawPages are the public pages of draws.
type DrawPages struct {
	draws Draws
	last  lastDraw
}

// NewDrawPages returns the pages.
func NewDrawPages(draws Draws) *DrawPages { return &DrawPages{draws: draws} }

// Route is one address of these pages; all are open to everybody.
type Route struct {
	Pattern string
	Handler shell.Handler
}

// Routes returns every address of these pages.
func (p *DrawPages) Routes() []Route {
	return []Route{
		{"GET /public/draw", p.List},
		{"GET /public/draw/check", p.Check},
		{"GET /public/draw/verify.html", p.Saved},
		{"GET /public/draw/{id}", p.Show},
		{"GET /public/draw/{id}/announcement.json", p.Announcement},
		{"GET /public/draw/{id}/proof.json", p.Proof},
		{"GET /public/draw/{id}/line", p.Find},
		{"GET /public/draw/{id}/line/{who}", p.Line},
	}
}

// drawText is a text of these pages.
func drawText(ctx context.Context, key string, args ...message.Args) string {
	return shell.Text(ctx, "draw.public."+key, args...)
}

// List shows every draw that is public, the newest first.
func (p *DrawPages) List(w http.ResponseWriter, r *http.Request) error {
	all, err := p.draws.PublicDraws(r.Context())
	if err != nil {
		return err
	}
	return p.answer(w, r, time.Time{}, func(ctx context.Context) (string, templ.Component) {
		return drawText(ctx, "list_title"), drawList(all)
	})
}

// Check is the page on which anybody checks any proof or slip.
func (p *DrawPages) Check(w http.ResponseWriter, r *http.Request) error {
	return p.answer(w, r, time.Time{}, func(ctx context.Context) (string, templ.Component) {
		return drawText(ctx, "check_title"), drawCheck()
	})
}

// Show shows a draw: what was announced, when, and what came out.
func (p *DrawPages) Show(w http.ResponseWriter, r *http.Request) error {
	one, err := p.one(r)
	if err != nil {
		return err
	}
	changed := one.AnnouncedAt
	if one.Proof != nil {
		changed = one.DrawnAt
	}
	return p.answer(w, r, changed, func(ctx context.Context) (string, templ.Component) {
		return one.Announcement.Title, drawShow(viewOf(ctx, one))
	})
}

// one reads the draw that the address names.
func (p *DrawPages) one(r *http.Request) (PublicDraw, error) {
	one, _, err := p.last.get(r.Context(), p.draws, r.PathValue("id"))
	if errors.Is(err, ErrNoDraw) {
		err = shell.NotFound
	}
	return one, err
}

// answer sends a page in the language of its address with the verifier beside it.
func (p *DrawPages) answer(w http.ResponseWriter, r *http.Request, changed time.Time, page func(ctx context.Context) (string, templ.Component)) error {
	view := *shell.From(r.Context())
	view.Language = language(r)
	ctx := shell.With(r.Context(), &view)
	title, main := page(ctx)
	var body bytes.Buffer
	if err := drawDocument(title).Render(templ.WithChildren(ctx, main), &body); err != nil {
		return err
	}
	head(w, "text/html; charset=utf-8")
	http.ServeContent(w, r, "", changed, bytes.NewReader(body.Bytes()))
	return nil
}

// Announcement gives out what was announced, for programs: jiaoheng draw verify compares a proof with it.
func (p *DrawPages) Announcement(w http.ResponseWriter, r *http.Request) error {
	one, err := p.one(r)
	if err != nil {
		return err
	}
	return download(w, r, "announcement.json", one.AnnouncedAt, struct {
		Announcement []string `json:"announcement"`
		Leaves       []string `json:"leaves"`
	}{one.Announcement.Lines(), one.Leaves})
}

// Proof gives out the proof.
func (p *DrawPages) Proof(w http.ResponseWriter, r *http.Request) error {
	one, err := p.one(r)
	if err == nil && one.Proof == nil {
		err = shell.NotFound
	}
	if err != nil {
		return err
	}
	var body bytes.Buffer
	if err := one.Proof.Write(&body); err != nil {
		return err
	}
	head(w, "application/json")
	w.Header().Set("Content-Disposition", `attachment; filename="proof.json"`)
	http.ServeContent(w, r, "", one.DrawnAt, bytes.NewReader(body.Bytes()))
	return nil
}

func download(w http.ResponseWriter, r *http.Request, name string, changed time.Time, content any) error {
	var body bytes.Buffer
	encoder := json.NewEncoder(&body)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", " ")
	if err := encoder.Encode(content); err != nil {
		return err
	}
	head(w, "application/json")
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
	http.ServeContent(w, r, "", changed, bytes.NewReader(body.Bytes()))
	return nil
}

// Find leads from the number on a slip to its page.
func (p *DrawPages) Find(w http.ResponseWriter, r *http.Request) error {
	who := strings.ToLower(strings.TrimSpace(r.URL.Query().Get("who")))
	if !isWho(who) {
		return fault.New("draw.public.who_wanted", nil)
	}
	http.Redirect(w, r, "/public/draw/"+r.PathValue("id")+"/line/"+who, http.StatusSeeOther)
	return nil
}

// isWho tells whether text can be the number of a line: 32 hexadecimal digits.
func isWho(text string) bool {
	return len(text) == 32 && strings.Trim(text, "0123456789abcdef") == ""
}

// Line shows one line with its result and the path to the roots. Nobody else's line is told. The salt that ties the line to
// a pupil stands behind the # of the slip's address, which browsers keep to themselves.
func (p *DrawPages) Line(w http.ResponseWriter, r *http.Request) error {
	one, slips, err := p.last.get(r.Context(), p.draws, r.PathValue("id"))
	if errors.Is(err, ErrNoDraw) || err == nil && (one.Proof == nil || !isWho(r.PathValue("who"))) {
		err = shell.NotFound
	}
	if err != nil {
		return err
	}
	slip, err := slips.Of(r.PathValue("who"), draw.Salt{})
	if len(fault.Of(err)) > 0 {
		return shell.NotFound
	}
	if err != nil {
		return err
	}
	w.Header().Set("X-Robots-Tag", "noindex")
	return p.answer(w, r, one.DrawnAt, func(ctx context.Context) (string, templ.Component) {
		return drawText(ctx, "line_title"), drawLine(one, slip, lineFacts(ctx, one, slip))
	})
}
