package draw

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	core "jiaoheng/draw"
	"jiaoheng/draw/ceremony"
	"jiaoheng/fault"
	"jiaoheng/web/shell"
)

// witnessView is a draw on the phone of somebody present.
type witnessView struct {
	d         ceremony.Draw
	witnesses []ceremony.Witness
	place     int // of this phone, as its address says; 0 when it has none
	mine      ceremony.Witness
	form      shell.Form
}

// WitnessFind asks for the code on the screen of the hall.
func (p *Pages) WitnessFind(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	code := strings.ToUpper(strings.TrimSpace(r.URL.Query().Get("code")))
	if code == "" {
		return shell.Render(w, r, http.StatusOK, witnessPage(r, text(ctx, "witness_title")), witnessFind(shell.Form{}))
	}
	if _, _, err := p.desk.Present(ctx, code); err != nil {
		if found(err) != shell.NotFound {
			return err
		}
		form := shell.Form{Values: r.URL.Query(), Faults: fault.List{fault.At(fault.Place{Column: "code"}, "draw.page.fault.code", nil)}}
		return shell.Render(w, r, http.StatusNotFound, witnessPage(r, text(ctx, "witness_title")), witnessFind(form))
	}
	shell.Redirect(w, r, "/w/"+url.PathEscape(code), "", nil)
	return nil
}

func witnessPage(_ *http.Request, title string) shell.Page {
	return shell.Page{Title: title, Bare: true, Styles: []string{"draw.css"}, Scripts: []string{"draw-witness.js"}}
}

// Witness shows a draw to somebody present: where it stands, and what this phone can do now.
func (p *Pages) Witness(w http.ResponseWriter, r *http.Request) error {
	return p.witness(w, r, http.StatusOK, shell.Form{})
}

func (p *Pages) witness(w http.ResponseWriter, r *http.Request, status int, form shell.Form) error {
	ctx := r.Context()
	d, all, err := p.desk.Present(ctx, r.PathValue("code"))
	if err != nil {
		return found(err)
	}
	v := witnessView{d: d, witnesses: all, form: form}
	v.place, _ = strconv.Atoi(r.URL.Query().Get("place"))
	if v.place < 1 || v.place > len(all) {
		v.place = 0
	} else {
		v.mine = all[v.place-1]
	}
	if r.Header.Get("HX-Request") == "true" {
		if r.URL.Query().Get("state") != string(d.State) {
			w.Header().Set("HX-Refresh", "true")
		}
		return shell.RenderPart(w, r, status, witnessCounters(v))
	}
	return shell.Render(w, r, status, witnessPage(r, d.Title), witness(v))
}

// WitnessCommit takes the hash of a word. Without scripts the word itself comes, and the server hashes it.
func (p *Pages) WitnessCommit(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	err := p.limit.take(r, shell.From(ctx).Now)
	if err == nil {
		err = r.ParseForm()
	}
	var place int
	if err == nil {
		hash, plain := r.PostForm.Get("hash"), false
		if hash == "" {
			word := strings.TrimSpace(r.PostForm.Get("word"))
			if faults := ceremony.CheckWord(word); faults != nil {
				return p.witness(w, r, http.StatusUnprocessableEntity, shell.Form{Values: r.PostForm, Faults: faults})
			}
			hash, plain = core.Commit(word), true
		}
		place, err = p.desk.Commit(ctx, r.PathValue("code"), hash, plain)
	}
	return p.witnessed(w, r, place, err, "draw.page.committed")
}

// WitnessTell takes the word behind a hash.
func (p *Pages) WitnessTell(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	err := p.limit.take(r, shell.From(ctx).Now)
	if err == nil {
		err = r.ParseForm()
	}
	var place int
	if err == nil {
		place, err = p.desk.Tell(ctx, r.PathValue("code"), strings.TrimSpace(r.PostForm.Get("word")))
	}
	return p.witnessed(w, r, place, err, "draw.page.told")
}

// witnessed answers the post of a witness.
func (p *Pages) witnessed(w http.ResponseWriter, r *http.Request, place int, err error, key string) error {
	if found(err) == shell.NotFound {
		return shell.NotFound
	}
	if faults := fault.Of(err); len(faults) > 0 {
		return p.witness(w, r, http.StatusUnprocessableEntity, shell.Form{Values: r.PostForm, Faults: faults})
	}
	if err != nil {
		return err
	}
	shell.Redirect(w, r, "/w/"+url.PathEscape(strings.ToUpper(r.PathValue("code")))+"?place="+strconv.Itoa(place), key, nil)
	return nil
}
