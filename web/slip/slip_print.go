package slip

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"jiaoheng/action"
	"jiaoheng/draw"
	"jiaoheng/draw/ceremony"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/web/shell"
)

// maxAddress is the longest public address, so that the code on a slip stays coarse enough for old phones.
const maxAddress = 100

// maxPrinted is how many slips stand on one page to print.
const maxPrinted = 3000

// Desk is what these pages ask of draws.
type Desk interface {
	Find(ctx context.Context, actor action.Actor, id string) (ceremony.Draw, error)
	Proof(ctx context.Context, actor action.Actor, id string) (draw.Proof, error)
	// Roster refuses who may not open names.
	Roster(ctx context.Context, actor action.Actor, id string) ([]ceremony.Masked, error)
	Open(ctx context.Context, actor action.Actor, id, reason string) (ceremony.Opened, error)
}

// Pages are the pages of slips.
type Pages struct{ desk Desk }

// New returns the pages.
func New(desk Desk) *Pages { return &Pages{desk: desk} }

// Route is one address of these pages.
type Route struct {
	Pattern string
	Handler shell.Handler
}

// Routes returns every address of these pages.
func (p *Pages) Routes() []Route {
	return []Route{
		{"GET /draw/{id}/slip", p.Show},
		{"POST /draw/{id}/slip", p.Print},
	}
}

func text(ctx context.Context, key string, args ...message.Args) string {
	return shell.Text(ctx, "draw.slip_page."+key, args...)
}

// sheet is one slip as it prints.
type sheet struct {
	name, result, line, who, link, first, last string
	meaning                                    []string
	code                                       string // path of the drawing
	width                                      string // in modules
}

// Show asks for the reason and the public address before anything personal is opened.
func (p *Pages) Show(w http.ResponseWriter, r *http.Request) error {
	one, err := p.one(r)
	if err != nil {
		return err
	}
	form := shell.Form{Values: url.Values{"address": {ownAddress(r)}}}
	return p.ask(w, r, http.StatusOK, one, form)
}

func (p *Pages) ask(w http.ResponseWriter, r *http.Request, status int, one ceremony.Draw, form shell.Form) error {
	return shell.Render(w, r, status, page(r.Context(), one), slipForm(one, form))
}

func page(ctx context.Context, one ceremony.Draw) shell.Page {
	return shell.Page{Title: text(ctx, "title"), Lead: text(ctx, "lead"), Word: "draw", Styles: []string{"slip.css"},
		Trail: []shell.Link{{Label: text(ctx, "draws"), Address: "/draw"}, {Label: one.Title, Address: "/draw/" + one.ID}}}
}

// one reads the draw of the address; slips exist once its result is public.
func (p *Pages) one(r *http.Request) (ceremony.Draw, error) {
	one, err := p.desk.Find(r.Context(), shell.From(r.Context()).Actor, r.PathValue("id"))
	if errors.Is(err, ceremony.ErrNotFound) || err == nil && one.State != ceremony.Published {
		err = shell.NotFound
	}
	if err == nil {
		_, err = p.desk.Roster(r.Context(), shell.From(r.Context()).Actor, one.ID)
	}
	return one, err
}

// Print opens the names with the reason given and shows the slips, or packs them as files.
func (p *Pages) Print(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	one, err := p.one(r)
	if err != nil {
		return err
	}
	if err := r.ParseForm(); err != nil {
		return err
	}
	address := strings.TrimRight(strings.TrimSpace(r.PostFormValue("address")), "/")
	if !isAddress(address) {
		faults := fault.List{fault.At(fault.Place{Column: "address"}, "draw.slip_page.address_wanted", message.Args{"limit": maxAddress})}
		return p.ask(w, r, http.StatusUnprocessableEntity, one, shell.Form{Values: r.PostForm, Faults: faults})
	}
	proof, err := p.desk.Proof(ctx, shell.From(ctx).Actor, one.ID)
	if err != nil {
		return err
	}
	opened, err := p.desk.Open(ctx, shell.From(ctx).Actor, one.ID, r.PostFormValue("reason"))
	if faults := fault.Of(err); len(faults) > 0 {
		return p.ask(w, r, http.StatusUnprocessableEntity, one, shell.Form{Values: r.PostForm, Faults: faults})
	}
	if err != nil {
		return err
	}
	if r.PostFormValue("as") == "files" {
		return files(w, one, proof, opened)
	}
	sheets, err := sheetsOf(ctx, one, proof, opened, address)
	if err != nil {
		return err
	}
	shown := page(ctx, one)
	shown.Lead, shown.Wide = text(ctx, "printed_lead", message.Args{"count": len(sheets)}), true
	return shell.Render(w, r, http.StatusOK, shown, slips(one, sheets))
}

// isAddress tells whether text is the beginning of an address that phones can open.
func isAddress(text string) bool {
	parsed, err := url.Parse(text)
	return err == nil && len(text) <= maxAddress && (parsed.Scheme == "http" || parsed.Scheme == "https") && parsed.Host != "" &&
		parsed.RawQuery == "" && parsed.Fragment == "" && parsed.User == nil
}

// ownAddress is the address under which this server was asked.
func ownAddress(r *http.Request) string {
	if r.TLS != nil || r.Header.Get("X-Forwarded-Proto") == "https" {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

// sheetsOf makes the slips in the order of the roster.
func sheetsOf(ctx context.Context, one ceremony.Draw, proof draw.Proof, opened ceremony.Opened, address string) ([]sheet, error) {
	made := draw.NewSlips(proof)
	sheets := []sheet{}
	for _, person := range opened.Roster[:min(len(opened.Roster), maxPrinted)] {
		salt := opened.Secret.Salt(person.ID)
		who := draw.Who(salt, person.ID)
		slip, err := made.Of(who, salt)
		if len(fault.Of(err)) > 0 {
			continue // stands in no line of its own
		}
		if err != nil {
			return nil, err
		}
		link := address + "/public/draw/" + one.ID + "/line/" + who + "#" + hex.EncodeToString(salt[:])
		code, width, err := shell.CodePath(link)
		if err != nil {
			return nil, err
		}
		sheets = append(sheets, sheet{name: person.Name, result: draw.ResultWords(message.Chinese, one.Kind, slip.Result), line: slip.Line, who: who,
			link: address + "/public/draw/" + one.ID, first: slip.Digest[:8], last: slip.Digest[len(slip.Digest)-8:],
			meaning: meaning(slip.Line, opened.Labels), code: code, width: strconv.Itoa(width)})
	}
	return sheets, nil
}

// files packs every slip as JSON, named by the number of its line.
func files(w http.ResponseWriter, one ceremony.Draw, proof draw.Proof, opened ceremony.Opened) error {
	var body bytes.Buffer
	packed, made := zip.NewWriter(&body), draw.NewSlips(proof)
	for _, person := range opened.Roster {
		salt := opened.Secret.Salt(person.ID)
		slip, err := made.Of(draw.Who(salt, person.ID), salt)
		if len(fault.Of(err)) > 0 {
			continue
		}
		if err != nil {
			return err
		}
		out, err := packed.Create(draw.Who(salt, person.ID) + ".json")
		if err != nil {
			return err
		}
		if err := json.NewEncoder(out).Encode(slip); err != nil {
			return err
		}
	}
	if err := packed.Close(); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/zip")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Disposition", `attachment; filename="slips-`+one.ID+`.zip"`)
	_, err := body.WriteTo(w)
	return err
}
