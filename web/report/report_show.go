package report

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"golang.org/x/text/width"

	"jiaoheng/access"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/report"
	"jiaoheng/web/shell"
)

// showView is one report as a person sees it.
type showView struct {
	one      report.File
	compose  bool // the person may compose it
	sign     bool // the person may sign it, and is another one
	signOwn  bool // the person could sign it were it not the own work
	withdraw bool
	publish  bool
	propose  bool
	write    map[string]bool // narratives by id that the person may write
	form     shell.Form      // of the narrative or the form that was refused
}

// Show shows a report with what may be done about it.
func (p *Pages) Show(w http.ResponseWriter, r *http.Request) error {
	one, err := p.one(r)
	if err != nil {
		return err
	}
	return p.show(w, r, http.StatusOK, one, shell.Form{})
}

func (p *Pages) show(w http.ResponseWriter, r *http.Request, status int, one report.File, form shell.Form) error {
	ctx := r.Context()
	v := p.view(ctx, one)
	v.form = form
	frame := page(ctx, one.Title)
	frame.Wide, frame.Lead = true, one.Report.Number
	if frame.Lead == "" {
		frame.Lead = shell.Text(ctx, one.Report.Kind.Key()) + " · " + shell.Text(ctx, "report.state."+string(one.State))
	}
	frame.Actions = downloads(one)
	return shell.Render(w, r, status, frame, reportShow(p, v))
}

func (p *Pages) view(ctx context.Context, one report.File) showView {
	who, unit := post(ctx), place(ctx, one.Report.Unit)
	v := showView{one: one, compose: report.MayCompose(who, unit), write: map[string]bool{}}
	may := report.MaySign(who, unit)
	own := who.Person == one.Composer || who.Person == one.Editor
	v.sign, v.signOwn = may && !own && one.State == report.Draft, may && own && one.State == report.Draft
	v.withdraw = may && one.State == report.Filed
	v.publish = v.compose && one.State == report.Filed && one.Publication == "" && shell.May(ctx, access.Change, access.Publication)
	v.propose = v.compose && one.State != report.Withdrawn && len(one.Report.Proposals) > 0
	if one.State == report.Draft {
		for _, n := range one.Report.Narratives() {
			v.write[n.ID] = report.MayWrite(who, unit, *n)
		}
	}
	return v
}

func (p *Pages) facts(ctx context.Context, one report.File) []shell.Fact {
	facts := []shell.Fact{
		{Name: text(ctx, "column.state"), Body: shell.StatusWord(condition(one.State), shell.Text(ctx, "report.state."+string(one.State)))},
		{Name: text(ctx, "column.kind"), Text: shell.Text(ctx, one.Report.Kind.Key())},
		{Name: text(ctx, "column.period"), Text: one.Report.Period},
		{Name: text(ctx, "column.day"), Text: one.Report.Date().Text(shell.From(ctx).Language)},
		{Name: text(ctx, "column.composer"), Text: p.person(ctx, one.Composer), Note: shell.Moment(ctx, one.ComposedAt)},
		{Name: text(ctx, "column.editor"), Text: p.person(ctx, one.Editor), Note: shell.Moment(ctx, one.EditedAt)},
	}
	if one.State == report.Draft {
		return facts
	}
	facts = append(facts, shell.Fact{Name: text(ctx, "column.number"), Text: one.Report.Number},
		shell.Fact{Name: text(ctx, "column.signed"), Text: p.person(ctx, one.Signer), Note: shell.Moment(ctx, one.SignedAt)},
		shell.Fact{Name: text(ctx, "column.hash"), Body: digest(one.Hash)})
	if one.State == report.Withdrawn {
		facts = append(facts, shell.Fact{Name: text(ctx, "column.withdrawn"), Text: p.person(ctx, one.Withdrawer) + "：" + one.Reason, Note: shell.Moment(ctx, one.WithdrawnAt)})
	}
	if one.Publication != "" {
		facts = append(facts, shell.Fact{Name: text(ctx, "column.publication"), Body: link(text(ctx, "see_publication"), "/publication/"+one.Publication)})
	}
	return facts
}

// person is the name of a person; the program has none.
func (p *Pages) person(ctx context.Context, id string) string {
	if id == "" {
		return text(ctx, "program")
	}
	return p.nameOf(ctx, id)
}

// Names of the fields of a narrative: those of all narratives stand on one page.
func textField(n int) string      { return "text-" + strconv.Itoa(n) }
func statedField(n, k int) string { return "stated-" + strconv.Itoa(n) + "-" + strconv.Itoa(k) }
func whyField(n, k int) string    { return "why-" + strconv.Itoa(n) + "-" + strconv.Itoa(k) }

// Write writes into one narrative.
func (p *Pages) Write(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	one, err := p.one(r)
	if err != nil {
		return err
	}
	if err := r.ParseForm(); err != nil {
		return err
	}
	n, err := strconv.Atoi(r.PathValue("number"))
	all := one.Report.Narratives()
	if err != nil || n < 0 || n >= len(all) {
		return shell.NotFound
	}
	if one.State == report.Draft && !report.MayWrite(post(ctx), place(ctx, one.Report.Unit), *all[n]) {
		return shell.NoRight
	}
	written, faults := posted(r, n, *all[n])
	if err = faults.Err(); err == nil {
		err = report.Write(ctx, p.store, shell.From(ctx).Actor, place(ctx, one.Report.Unit), one.ID, all[n].ID, written)
	}
	if found := fault.Of(err); len(found) > 0 {
		return p.show(w, r, http.StatusUnprocessableEntity, one, shell.Form{Values: r.PostForm, Faults: named(found, n)})
	}
	if err != nil {
		return err
	}
	shell.Redirect(w, r, "/report/"+one.ID+"#narrative-"+strconv.Itoa(n), "report.page.written", nil)
	return nil
}

// posted reads what was written into narrative n.
func posted(r *http.Request, n int, narrative report.Narrative) (report.Written, fault.List) {
	written := report.Written{Text: r.PostForm.Get(textField(n)), Stated: map[string]report.Value{}, Why: map[string]string{}}
	var faults fault.List
	for k, figure := range narrative.Figures {
		typed := plainNumber(r.PostForm.Get(statedField(n, k)), figure.Unit)
		written.Why[figure.Name] = r.PostForm.Get(whyField(n, k))
		if typed == "" {
			continue
		}
		number, err := strconv.ParseFloat(typed, 64)
		if err != nil || number > 1e15 || number < -1e15 || number != number {
			faults.Add(fault.At(fault.Place{Column: report.FieldStated, Row: k + 1}, "report.page.not_number", message.Args{"text": typed}))
			continue
		}
		written.Stated[figure.Name] = report.Sure(number)
	}
	return written, faults
}

// plainNumber is a typed number without what people write around it: separators, its unit, full-width figures.
func plainNumber(typed, unit string) string {
	typed = strings.ReplaceAll(strings.TrimSpace(width.Fold.String(typed)), ",", "")
	return strings.TrimSpace(strings.TrimSuffix(typed, width.Fold.String(unit)))
}

// named gives the faults of narrative n the names of its fields.
func named(faults fault.List, n int) fault.List {
	var all fault.List
	for _, one := range faults {
		other := *one
		switch one.Place.Column {
		case report.FieldText:
			other.Place = fault.Place{Column: textField(n)}
		case report.FieldStated:
			other.Place = fault.Place{Column: statedField(n, one.Place.Row-1)}
		case report.FieldWhy:
			other.Place = fault.Place{Column: whyField(n, one.Place.Row-1)}
		}
		all = append(all, &other)
	}
	return all
}
