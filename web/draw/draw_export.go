package draw

import (
	"bytes"
	"encoding/csv"
	"net/http"
	"net/url"

	"jiaoheng/fault"
	"jiaoheng/web/shell"
)

// Proof gives out what everybody needs to repeat a draw. No name stands in it.
func (p *Pages) Proof(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	proof, err := p.desk.Proof(ctx, actorOf(ctx), r.PathValue("draw"))
	if err != nil {
		return found(err)
	}
	var body bytes.Buffer
	if err := proof.Write(&body); err != nil {
		return err
	}
	return answerFile(w, "proof.json", "application/json", body.Bytes())
}

// Result gives out the result with names to the unit that runs the draw. That it was asked for, and why, stands in the chain.
func (p *Pages) Result(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	d, err := p.one(r)
	if err != nil {
		return err
	}
	if !d.Finished() {
		return shell.NotFound
	}
	if err := r.ParseForm(); err != nil {
		return err
	}
	all, err := p.desk.Open(ctx, actorOf(ctx), d.ID, r.PostForm.Get("reason"))
	if faults := fault.Of(err); len(faults) > 0 && faults[0].Place.Column != "" {
		return p.roster(w, r, http.StatusUnprocessableEntity, rosterView{form: shell.Form{Values: r.PostForm, Faults: faults}})
	}
	if err != nil {
		return err
	}
	got, err := p.resultOf(ctx, d)
	if err != nil {
		return err
	}
	var body bytes.Buffer
	body.WriteString("\ufeff") // so that spreadsheets read UTF-8
	rows := [][]string{{text(ctx, "csv.id"), text(ctx, "csv.name"), text(ctx, "csv.result"), text(ctx, "csv.who")}}
	for _, one := range all.Roster {
		who := all.Secret.Who(one.ID)
		rows = append(rows, []string{safe(one.ID), safe(one.Name), safe(got[who]), who})
	}
	out := csv.NewWriter(&body)
	if err := out.WriteAll(rows); err != nil {
		return err
	}
	return answerFile(w, "result.csv", "text/csv; charset=utf-8", body.Bytes())
}

// safe keeps a spreadsheet from taking a cell for a formula.
func safe(cell string) string {
	if cell != "" && bytes.ContainsAny([]byte(cell[:1]), "=+-@\t\r") {
		return "'" + cell
	}
	return cell
}

func answerFile(w http.ResponseWriter, name, kind string, data []byte) error {
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Disposition", "attachment; filename*=UTF-8''"+url.PathEscape(name))
	w.Header().Set("Cache-Control", "no-store")
	_, err := w.Write(data)
	return err
}
