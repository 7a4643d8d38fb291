package admin

import (
	"errors"
	"net/http"
	"strconv"

	"jiaoheng/access"
	"jiaoheng/notice"
	"jiaoheng/web/shell"
)

// deliveryView is what the page of one delivery shows.
type deliveryView struct {
	delivery notice.Delivery
	facts    []shell.Fact
	tries    shell.Table
	again    bool
	form     shell.Form
}

// DeliveryShow shows what became of one message, try by try.
func (n Notices) DeliveryShow(w http.ResponseWriter, r *http.Request) error {
	if !shell.May(r.Context(), access.See, access.System) {
		return shell.NoRight
	}
	return n.delivery(w, r, http.StatusOK, shell.Form{})
}

func (n Notices) delivery(w http.ResponseWriter, r *http.Request, status int, form shell.Form) error {
	ctx := r.Context()
	d, err := n.Store.Delivery(ctx, r.PathValue("id"))
	if errors.Is(err, notice.ErrNotFound) {
		return shell.NotFound
	}
	if err != nil {
		return err
	}
	channels, err := n.Store.Channels(ctx)
	if err != nil {
		return err
	}
	tries, err := n.Store.Tries(ctx, d.ID)
	if err != nil {
		return err
	}
	language, c := shell.From(ctx).Language, channelOf(channels, d.Channel)
	fact := func(word, text string) shell.Fact {
		return shell.Fact{Name: shell.Text(ctx, "admin.notices."+word), Text: text}
	}
	view := deliveryView{delivery: d, form: form, facts: []shell.Fact{
		{Name: shell.Text(ctx, "admin.notices.state"), Body: shell.StatusWord(deliveryCondition(d.State), d.State.Text(language))},
		fact("what", shell.Text(ctx, "admin.notices.kind."+d.Kind)), fact("to", n.receiver(ctx, d, c)), fact("channel", channelName(ctx, c)),
		fact("made", shell.Moment(ctx, d.Made)), {Name: shell.Text(ctx, "admin.notices.answer"), Body: data(d.Answer)},
	}}
	if d.State == notice.Waiting && d.Tries > 0 {
		view.facts = append(view.facts, fact("next", shell.Moment(ctx, d.Next)))
	}
	view.again = shell.May(ctx, access.Change, access.System) && (d.State == notice.Failed || d.State == notice.Unknown || d.State == notice.Dropped)
	view.tries = shell.Table{Caption: shell.Text(ctx, "admin.notices.each_try"), Columns: []shell.Column{{Title: shell.Text(ctx, "admin.notices.try"), Align: shell.Short},
		{Title: shell.Text(ctx, "admin.notices.started"), Align: shell.Short}, {Title: shell.Text(ctx, "admin.notices.answer")}}}
	for _, t := range tries {
		view.tries.Rows = append(view.tries.Rows, []shell.Cell{{Text: strconv.Itoa(t.Number)}, {Text: shell.Moment(ctx, t.Started)}, {Body: data(t.Answer)}})
	}
	frame := page(ctx, "notices")
	frame.Title, frame.Lead = shell.Text(ctx, "admin.delivery.title"), shell.Text(ctx, "admin.delivery.lead")
	frame.Trail = []shell.Link{{Label: shell.Text(ctx, "admin.notices.title"), Address: "/admin/notice"}}
	return shell.Render(w, r, status, frame, deliveryShow(view))
}

// DeliveryResend lets a message go out again, now.
func (n Notices) DeliveryResend(w http.ResponseWriter, r *http.Request) error {
	ctx, id := r.Context(), r.PathValue("id")
	err := notice.Resend(ctx, n.Store, shell.From(ctx).Actor, id)
	if errors.Is(err, notice.ErrNotFound) {
		return shell.NotFound
	}
	if faults := faultsOfForm(err); faults != nil {
		return n.delivery(w, r, http.StatusUnprocessableEntity, shell.Form{Faults: faults})
	}
	if err != nil {
		return err
	}
	if _, err := n.Dispatcher.Now(ctx, id); err != nil {
		return err
	}
	shell.Redirect(w, r, "/admin/notice/delivery/"+id, "", nil)
	return nil
}
