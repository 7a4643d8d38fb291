package whatif

import (
	"net/http"
	"strconv"

	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/web/shell"
)

// Show answers GET /whatif: the desk with changes on the left and what they do on the right. Buttons of its form lead
// here too: they change the list, and the answer leads to the address of the changed list.
func (p *Pages) Show(w http.ResponseWriter, r *http.Request) error {
	ctx, values := r.Context(), r.URL.Query()
	d, err := p.open(r, values)
	if err != nil {
		return err
	}
	changed, faults := d.press(ctx, values)
	if changed || values.Get("run") != "" && len(d.List) > 0 {
		return lead(w, r, d.address("/whatif", d.List))
	}
	d.Form = shell.Form{Values: values, Faults: faults}
	answer, err := p.evaluate(ctx, &d)
	if err != nil {
		return err
	}
	if d.Saved.ID != "" {
		d.Fallen = d.Saved.Digest != digestOf(answer.Before)
	}
	ways, err := p.ways(ctx, &d, answer)
	if err != nil {
		return err
	}
	status := http.StatusOK
	if len(d.Faults)+len(faults) > 0 {
		status = http.StatusUnprocessableEntity
	}
	return shell.Render(w, r, status, p.page(r, &d), showPage(&d, answer, ways))
}

// page is the frame of the desk.
func (p *Pages) page(r *http.Request, d *desk) shell.Page {
	ctx := r.Context()
	title := text(ctx, "whatif.title")
	if d.Saved.ID != "" {
		title = text(ctx, "whatif.title_named", message.Args{"name": d.Saved.Name})
	}
	return shell.Page{Title: title, Lead: text(ctx, "whatif.lead"), Word: "round", Wide: true, Styles: []string{"whatif.css"}, Scripts: []string{"whatif.js"},
		Source: text(ctx, "whatif.source")}
}

// lead sends the reader to another address of the desk.
func lead(w http.ResponseWriter, r *http.Request, address string) error {
	http.Redirect(w, r, address, http.StatusSeeOther)
	return nil
}

// Result answers GET /whatif/result: what the changes do, for a page that shows it while somebody types.
func (p *Pages) Result(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	d, err := p.open(r, r.URL.Query())
	if err != nil {
		return err
	}
	answer, err := p.evaluate(ctx, &d)
	if err != nil {
		return err
	}
	ways, err := p.ways(ctx, &d, answer)
	if err != nil {
		return err
	}
	if len(d.Faults) == 0 {
		w.Header().Set("HX-Replace-Url", d.address("/whatif", d.List))
	}
	return shell.RenderPart(w, r, http.StatusOK, resultPart(&d, answer, ways))
}

// Item answers GET /whatif/item: what a unit reports of an item now, for the form of a new change.
func (p *Pages) Item(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	d, err := p.open(r, r.URL.Query())
	if err != nil {
		return err
	}
	return shell.RenderPart(w, r, http.StatusOK, nowLine(d.presentLine(ctx, r.URL.Query())))
}

// indexOf reads the number of a change, 1-based, as buttons send it.
func (d *desk) indexOf(sent string) (int, *fault.Fault) {
	at, err := strconv.Atoi(sent)
	if err != nil || at < 1 || at > len(d.List) {
		return 0, fault.New("whatif.change_unreadable", message.Args{"number": sent})
	}
	return at - 1, nil
}
