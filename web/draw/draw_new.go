package draw

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	core "jiaoheng/draw"
	"jiaoheng/draw/ceremony"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/period"
	"jiaoheng/web/shell"
)

// ceremonyTitle is the longest title in characters.
const ceremonyTitle = ceremony.MaxTitle

// quicknet is the chain of the beacon that is offered: its hash, the time of its first round and the time between rounds, as its
// operators publish them.
const (
	quicknet       = "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"
	quicknetStart  = 1692803367
	quicknetPeriod = 3
)

// lotteryHour is the hour of the day before which a draw must be announced: lotteries are drawn in the evening.
const lotteryHour = 20

// editView is the form of what every draw says.
type editView struct {
	d      ceremony.Draw
	kinds  []shell.Option
	units  []shell.Option
	form   shell.Form
	action string
	values url.Values // as they stand
}

// New asks for a draw.
func (p *Pages) New(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	kinds := kindsOf(ctx)
	if len(kinds) == 0 {
		return shell.NoRight
	}
	values := url.Values{"kind": {kinds[0]}, "unit": {actorOf(ctx).Post.Unit.Code}, "hour": {"09:00"}, "witness": {"5"}}
	if kind := r.URL.Query().Get("kind"); slices.Contains(kinds, kind) {
		values.Set("kind", kind)
	}
	return p.edit(w, r, http.StatusOK, editView{action: "/draw", values: values})
}

func (p *Pages) edit(w http.ResponseWriter, r *http.Request, status int, v editView) error {
	ctx := r.Context()
	frame := page(ctx, text(ctx, "new"))
	frame.Lead = text(ctx, "new_lead")
	if v.d.ID != "" {
		frame = drawPage(ctx, v.d, text(ctx, "edit"))
	} else {
		for _, kind := range kindsOf(ctx) {
			v.kinds = append(v.kinds, shell.Option{Value: kind, Label: kindText(ctx, kind)})
		}
		v.units = places(ctx, ceremony.Classes)
	}
	return shell.Render(w, r, status, frame, editForm(v))
}

// Create stores a draw that is being prepared.
func (p *Pages) Create(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	if len(kindsOf(ctx)) == 0 {
		return shell.NoRight
	}
	if err := r.ParseForm(); err != nil {
		return err
	}
	draft, faults := draftOf(r.PostForm)
	draft.Kind, draft.Unit = r.PostForm.Get("kind"), r.PostForm.Get("unit")
	err := faults.Err()
	var d ceremony.Draw
	if err == nil {
		d, err = p.desk.Prepare(ctx, actorOf(ctx), draft)
	}
	if faults := fault.Of(err); len(faults) > 0 {
		return p.edit(w, r, http.StatusUnprocessableEntity, editView{action: "/draw", form: shell.Form{Values: r.PostForm, Faults: faults}, values: r.PostForm})
	}
	if err != nil {
		return err
	}
	shell.Redirect(w, r, address(d.ID, "/rules"), "draw.page.prepared", nil)
	return nil
}

// draftOf reads what every draw says.
func draftOf(form url.Values) (ceremony.Draft, fault.List) {
	var faults fault.List
	draft := ceremony.Draft{Title: form.Get("title"), Place: form.Get("place")}
	if held, err := time.ParseInLocation("2006-01-02 15:04", form.Get("held")+" "+strings.TrimSpace(form.Get("hour")), period.Beijing); err == nil {
		draft.Held = held
	}
	if lottery := strings.TrimSpace(form.Get("lottery")); lottery != "" {
		day, ok := period.ParseDate(form.Get("lottery_day"))
		if !ok {
			faults.Add(fault.At(fault.Place{Column: "lottery_day"}, "draw.page.fault.lottery_day", nil))
		}
		draft.Sources = append(draft.Sources, ceremony.Source{Kind: core.Lottery, Text: lottery + " " + day.String(),
			Known: time.Date(day.Year, time.Month(day.Month), day.Day, lotteryHour, 0, 0, 0, period.Beijing)})
	}
	if round := strings.TrimSpace(form.Get("drand")); round != "" {
		n, ok := core.Whole(round)
		if !ok || n == 0 || n > 1<<40 {
			faults.Add(fault.At(fault.Place{Column: "drand"}, "draw.page.fault.drand", nil))
		}
		draft.Sources = append(draft.Sources, ceremony.Source{Kind: core.Drand, Text: quicknet + " " + round, Known: roundTime(n)})
	}
	if least := strings.TrimSpace(form.Get("witness")); least != "" && least != "0" {
		draft.Sources = append(draft.Sources, ceremony.Source{Kind: core.Witness, Text: least})
	}
	return draft, faults
}

// roundTime is when a round of the beacon is published.
func roundTime(round int) time.Time {
	return time.Unix(quicknetStart+int64(round-1)*quicknetPeriod, 0)
}

// roundAt is the first round that is published at a time or after it.
func roundAt(at time.Time) int {
	return int((at.Unix()-quicknetStart+quicknetPeriod-1)/quicknetPeriod) + 1
}

// valuesOf are the values of the form of a draw as it stands.
func valuesOf(d ceremony.Draw) url.Values {
	held := d.Held.In(period.Beijing)
	values := url.Values{"title": {d.Title}, "place": {d.Place}, "held": {held.Format("2006-01-02")}, "hour": {held.Format("15:04")}}
	for _, source := range d.Sources {
		switch source.Kind {
		case core.Lottery:
			at := strings.LastIndex(source.Text, " ")
			values.Set("lottery", source.Text[:max(0, at)])
			values.Set("lottery_day", source.Text[at+1:])
		case core.Drand:
			_, round, _ := strings.Cut(source.Text, " ")
			values.Set("drand", round)
		case core.Witness:
			values.Set("witness", source.Text)
		}
	}
	return values
}

// Edit asks for changes of what a draw says.
func (p *Pages) Edit(w http.ResponseWriter, r *http.Request) error {
	d, err := p.run(r)
	if err != nil {
		return err
	}
	if d.State != ceremony.Prepared {
		shell.Redirect(w, r, address(d.ID, ""), "", nil)
		return nil
	}
	return p.edit(w, r, http.StatusOK, editView{d: d, action: address(d.ID, "/edit"), values: valuesOf(d)})
}

// Save stores what a draw says; list and rules stay.
func (p *Pages) Save(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	d, err := p.run(r)
	if err != nil {
		return err
	}
	if err := r.ParseForm(); err != nil {
		return err
	}
	draft, faults := draftOf(r.PostForm)
	if err = faults.Err(); err == nil {
		_, err = p.desk.Restate(ctx, actorOf(ctx), d.ID, versionOf(r), draft)
	}
	if faults := fault.Of(err); len(faults) > 0 && d.State != ceremony.Prepared {
		return p.show(w, r, http.StatusUnprocessableEntity, showView{turn: "edit", form: shell.Form{Faults: faults}})
	} else if len(faults) > 0 {
		return p.edit(w, r, http.StatusUnprocessableEntity, editView{d: d, action: address(d.ID, "/edit"), form: shell.Form{Values: r.PostForm, Faults: faults}, values: r.PostForm})
	}
	if err != nil {
		return err
	}
	shell.Redirect(w, r, address(d.ID, ""), "draw.page.saved", nil)
	return nil
}

// roundHelp tells which round of the beacon follows the time of a draw.
func roundHelp(ctx context.Context, v editView) string {
	d := v.d.Held
	if d.IsZero() {
		d = shell.From(ctx).Now.Add(24 * time.Hour)
	}
	return text(ctx, "drand_help", message.Args{"at": shell.Moment(ctx, d), "round": strconv.Itoa(roundAt(d))})
}
