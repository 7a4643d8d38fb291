package draw

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"jiaoheng/draw/ceremony"
	"jiaoheng/web/shell"
)

// hallView is what the hall sees.
type hallView struct {
	d         ceremony.Draw
	witnesses []ceremony.Witness
	address   string // by which phones come to the draw
	code      string // drawing of the QR code of the address
	side      int    // its width in modules
	result    []shell.Figure
}

// Hall shows a draw on the screen of the hall; asked by the screen itself, its changing part.
func (p *Pages) Hall(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	d, err := p.one(r)
	if err != nil {
		return err
	}
	v := hallView{d: d, address: addressOf(r, d)}
	if v.witnesses, err = p.desk.Witnesses(ctx, actorOf(ctx), d.ID); err != nil {
		return err
	}
	if v.code, v.side, err = shell.CodePath(v.address); err != nil {
		return err
	}
	if d.Finished() {
		if v.result, err = p.hallResult(ctx, d); err != nil {
			return err
		}
	}
	if r.Header.Get("HX-Request") == "true" {
		return shell.RenderPart(w, r, http.StatusOK, hallPart(v))
	}
	return shell.Render(w, r, http.StatusOK, shell.Page{Title: d.Title, Screen: true, Styles: []string{"draw.css"}, Scripts: []string{"draw-hall.js"}}, hall(v))
}

// addressOf is the address under which phones in the hall find a draw.
func addressOf(r *http.Request, d ceremony.Draw) string {
	scheme := "http://"
	if r.TLS != nil || r.Header.Get("X-Forwarded-Proto") == "https" {
		scheme = "https://"
	}
	return scheme + r.Host + "/w/" + d.Code
}

// newest are the witnesses that the screen shows, the last ones first.
func newest(all []ceremony.Witness, most int) []ceremony.Witness {
	var shown []ceremony.Witness
	for n := len(all) - 1; n >= 0 && len(shown) < most; n-- {
		shown = append(shown, all[n])
	}
	return shown
}

// until is the moment that the screen counts down to, in seconds since 1970; 0 when nothing is awaited.
func until(ctx context.Context, d ceremony.Draw) int64 {
	if d.State != ceremony.Announced && d.State != ceremony.Announcing || !d.Held.After(shell.From(ctx).Now) {
		return 0
	}
	return d.Held.Unix()
}

// blocks cuts a hash into groups of eight, so that it can be read aloud.
func blocks(hash string) []string {
	var parts []string
	for len(hash) > 8 {
		parts, hash = append(parts, hash[:8]), hash[8:]
	}
	return append(parts, hash)
}

// shownLines is how many lines of the seed the screen has room for.
const shownLines = 12

// valueLines are the lines of a seed without the hashes, which were shown before.
func valueLines(seed []string) []string {
	return slices.DeleteFunc(slices.Clone(seed), func(line string) bool { return strings.HasPrefix(line, "commit ") })
}

func firstLines(seed []string) []string {
	lines := valueLines(seed)
	return lines[:min(len(lines), shownLines)]
}

// hallSay is the one sentence of the screen.
func hallSay(ctx context.Context, d ceremony.Draw) string {
	if d.State == ceremony.Announced && until(ctx, d) == 0 {
		return text(ctx, "hall_soon")
	}
	return text(ctx, "hall."+string(d.State))
}
