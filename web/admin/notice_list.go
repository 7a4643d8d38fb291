package admin

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"jiaoheng/access"
	"jiaoheng/message"
	"jiaoheng/notice"
	"jiaoheng/web/shell"
)

// Notices are the pages about the channels through which messages go out, and what became of each message. They show
// neither what a message says nor what is secret of a channel: whoever keeps the system running sees no facts.
type Notices struct {
	Store      notice.Store
	Dispatcher notice.Dispatcher
	NameOf     NameOf
}

// noticeView is what the page of the channels shows.
type noticeView struct {
	channels   []notice.Channel
	mail       *notice.Channel
	setting    notice.Setting
	may        bool
	form       shell.Form
	chips      []shell.Chip
	deliveries shell.Table
	pages      shell.Pages
}

// List shows the channels, the rules for everybody and the deliveries.
func (n Notices) List(w http.ResponseWriter, r *http.Request) error {
	if !shell.May(r.Context(), access.See, access.System) {
		return shell.NoRight
	}
	return n.list(w, r, http.StatusOK, shell.Form{})
}

func (n Notices) list(w http.ResponseWriter, r *http.Request, status int, form shell.Form) error {
	ctx := r.Context()
	view := noticeView{may: shell.May(ctx, access.Change, access.System), form: form}
	all, err := n.Store.Channels(ctx)
	if err != nil {
		return err
	}
	for _, c := range all {
		if c.Kind == notice.KindMail {
			view.mail = &c
		} else {
			view.channels = append(view.channels, c)
		}
	}
	if view.setting, err = n.Store.Setting(ctx); err != nil {
		return err
	}
	if err := n.deliveries(ctx, r.URL.Query(), all, &view); err != nil {
		return err
	}
	return shell.Render(w, r, status, page(ctx, "notices"), noticeList(view))
}

// deliveries fills the list of what went out, by the state in the address.
func (n Notices) deliveries(ctx context.Context, query url.Values, channels []notice.Channel, view *noticeView) error {
	number, _ := strconv.Atoi(query.Get("page"))
	number = min(max(number, 1), 100_000)
	state := notice.State(query.Get("state"))
	if !slices.Contains(notice.States(), state) {
		state = ""
	}
	found, count, err := n.Store.Deliveries(ctx, notice.DeliveryFilter{State: state, Offset: (number - 1) * pageRows, Limit: pageRows})
	if err != nil {
		return err
	}
	counts, err := n.Store.DeliveryCounts(ctx)
	if err != nil {
		return err
	}
	at := func(state notice.State, page int) string {
		return "/admin/notice?" + url.Values{"state": {string(state)}, "page": {strconv.Itoa(page)}}.Encode() + "#deliveries"
	}
	total := 0
	for _, s := range notice.States() {
		total += counts[s]
	}
	view.chips = []shell.Chip{{Label: shell.Text(ctx, "admin.notices.all"), Count: shell.Count(total), Address: at("", 1), Current: state == ""}}
	for _, s := range notice.States() {
		if counts[s] > 0 || s == state {
			view.chips = append(view.chips, shell.Chip{Label: s.Text(shell.From(ctx).Language), Count: shell.Count(counts[s]), Address: at(s, 1), Current: s == state})
		}
	}
	view.pages = shell.Pages{Page: number, Of: max(1, (count+pageRows-1)/pageRows)}
	if number > 1 {
		view.pages.Before = at(state, number-1)
	}
	if number < view.pages.Of {
		view.pages.After = at(state, number+1)
	}
	view.deliveries = n.deliveryTable(ctx, found, channels)
	return nil
}

func (n Notices) deliveryTable(ctx context.Context, found []notice.Delivery, channels []notice.Channel) shell.Table {
	head := func(word string) string { return shell.Text(ctx, "admin.notices."+word) }
	table := shell.Table{Caption: head("deliveries"), Columns: []shell.Column{{Title: head("made"), Align: shell.Short}, {Title: head("what")},
		{Title: head("to")}, {Title: head("channel")}, {Title: head("state"), Align: shell.Short}, {Title: head("tries"), Align: shell.Figures}, {Title: head("answer")}},
		Empty: shell.EmptyState(shell.Empty{Icon: "mail", Title: head("none"), Text: head("none_why")})}
	for _, d := range found {
		c := channelOf(channels, d.Channel)
		table.Rows = append(table.Rows, []shell.Cell{{Text: shell.Moment(ctx, d.Made), Address: "/admin/notice/delivery/" + d.ID},
			{Text: shell.Text(ctx, "admin.notices.kind."+d.Kind)}, {Text: n.receiver(ctx, d, c)}, {Text: channelName(ctx, c)},
			{Body: shell.StatusWord(deliveryCondition(d.State), d.State.Text(shell.From(ctx).Language))}, {Text: strconv.Itoa(d.Tries)}, {Body: data(d.Answer)}})
	}
	return table
}

// receiver says to whom a delivery goes: a person by name, a group by the unit whose it is.
func (n Notices) receiver(ctx context.Context, d notice.Delivery, c notice.Channel) string {
	switch {
	case d.Person != "":
		return n.NameOf(ctx, d.Person)
	case d.To != "":
		return d.To
	}
	if u, known := shell.From(ctx).Tree.Find(c.Unit); known {
		return u.Name
	}
	return shell.Text(ctx, "admin.notices.nobody")
}

func channelOf(channels []notice.Channel, id string) notice.Channel {
	for _, c := range channels {
		if c.ID == id {
			return c
		}
	}
	return notice.Channel{}
}

func channelName(ctx context.Context, c notice.Channel) string {
	if c.ID == "" {
		return shell.Text(ctx, "admin.notices.channel_gone")
	}
	return c.Name
}

func deliveryCondition(state notice.State) shell.Condition {
	switch state {
	case notice.Sent:
		return shell.Met
	case notice.Failed:
		return shell.Unmet
	case notice.Unknown:
		return shell.Unknown
	case notice.Dropped:
		return shell.Stopped
	}
	return shell.Waiting
}

// SettingSave stores what holds for everybody.
func (n Notices) SettingSave(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	if err := r.ParseForm(); err != nil {
		return err
	}
	setting, err := n.Store.Setting(ctx)
	if err != nil {
		return err
	}
	if setting.Version, err = strconv.ParseInt(r.PostForm.Get("version"), 10, 64); err != nil {
		setting.Version = 0
	}
	setting.Hour = -1
	if hour, err := strconv.Atoi(r.PostForm.Get(notice.FieldHour)); err == nil {
		setting.Hour = hour
	}
	setting.Workdays, setting.LocalNetwork, setting.Site = r.PostForm.Has("workdays"), r.PostForm.Has("local_network"), r.PostForm.Get(notice.FieldSite)
	return n.saved(w, r, notice.SaveSetting(ctx, n.Store, shell.From(ctx).Actor, setting), "admin.notices.setting_saved")
}

// saved leads back to the list, or shows it again with what was wrong.
func (n Notices) saved(w http.ResponseWriter, r *http.Request, err error, key string) error {
	if faults := faultsOfForm(err); faults != nil {
		return n.list(w, r, http.StatusUnprocessableEntity, shell.Form{Values: r.PostForm, Faults: faults})
	}
	if err != nil {
		return err
	}
	shell.Redirect(w, r, "/admin/notice", key, message.Args{})
	return nil
}
