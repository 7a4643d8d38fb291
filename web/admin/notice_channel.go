package admin

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"jiaoheng/access"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/notice"
	"jiaoheng/unit"
	"jiaoheng/web/shell"
)

// maxChannelUnits bounds the units offered as the home of a group chat: offices and units that hold no classes.
const maxChannelUnits = 500

// faultsOfForm are the faults that a form shows again; a right that lacks is not among them.
func faultsOfForm(err error) fault.List {
	faults := fault.Of(err)
	for _, f := range faults {
		if f.Code == "action.refused" {
			return nil
		}
	}
	return faults
}

// channelView is what the page of one channel shows.
type channelView struct {
	channel notice.Channel
	form    shell.Form
	test    shell.Form
	may     bool
}

// ChannelNew asks for a new channel of the kind in the address.
func (n Notices) ChannelNew(w http.ResponseWriter, r *http.Request) error {
	kind := notice.Kind(r.URL.Query().Get("kind"))
	if !shell.May(r.Context(), access.Change, access.System) {
		return shell.NoRight
	}
	channel := notice.Channel{Kind: kind, On: true, Urgent: true, Digest: true, Port: 465, Security: notice.TLS, Unit: shell.From(r.Context()).Tree.At(0).Code}
	switch kind {
	case notice.KindMail:
		channel.Name = shell.Text(r.Context(), "admin.channel.mail_name")
	case notice.KindWebhook:
		channel.Template = notice.DefaultTemplate
	case notice.KindWecom, notice.KindDingtalk:
	default:
		return shell.NotFound
	}
	return n.channelPage(w, r, http.StatusOK, channelView{channel: channel, may: true})
}

// ChannelShow shows one channel.
func (n Notices) ChannelShow(w http.ResponseWriter, r *http.Request) error {
	channel, err := n.channel(r, access.See)
	if err != nil {
		return err
	}
	return n.channelPage(w, r, http.StatusOK, channelView{channel: channel, may: shell.May(r.Context(), access.Change, access.System)})
}

func (n Notices) channelPage(w http.ResponseWriter, r *http.Request, status int, view channelView) error {
	ctx := r.Context()
	frame := page(ctx, "notices")
	frame.Title = shell.Text(ctx, "admin.channel.kind."+string(view.channel.Kind))
	frame.Lead = shell.Text(ctx, "admin.channel.lead."+string(view.channel.Kind))
	frame.Trail = []shell.Link{{Label: shell.Text(ctx, "admin.notices.title"), Address: "/admin/notice"}}
	return shell.Render(w, r, status, frame, channelShow(view))
}

// channel returns the channel of the address to whoever may do operation to it.
func (n Notices) channel(r *http.Request, operation access.Operation) (notice.Channel, error) {
	if !shell.May(r.Context(), operation, access.System) {
		return notice.Channel{}, shell.NoRight
	}
	all, err := n.Store.Channels(r.Context())
	if err != nil {
		return notice.Channel{}, err
	}
	channel := channelOf(all, r.PathValue("id"))
	if channel.ID == "" {
		return channel, shell.NotFound
	}
	return channel, nil
}

// ChannelCreate stores a new channel.
func (n Notices) ChannelCreate(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	kind := notice.Kind(r.PostForm.Get("kind"))
	if kind != notice.KindMail && !slices.Contains(notice.Kinds(), kind) {
		return shell.NotFound
	}
	return n.channelSave(w, r, notice.Channel{Kind: kind})
}

// ChannelUpdate stores a changed channel.
func (n Notices) ChannelUpdate(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	channel, err := n.channel(r, access.Change)
	if err != nil {
		return err
	}
	if channel.Version, err = strconv.ParseInt(r.PostForm.Get("version"), 10, 64); err != nil || channel.Version < 1 {
		return shell.NotFound
	}
	return n.channelSave(w, r, channel)
}

func (n Notices) channelSave(w http.ResponseWriter, r *http.Request, channel notice.Channel) error {
	ctx := r.Context()
	if !shell.May(ctx, access.Change, access.System) {
		return shell.NoRight
	}
	channel = typed(r, channel)
	err := notice.SaveChannel(ctx, n.Store, shell.From(ctx).Actor, channel)
	if faults := faultsOfForm(err); faults != nil {
		return n.channelPage(w, r, http.StatusUnprocessableEntity, channelView{channel: channel, may: true, form: shell.Form{Values: r.PostForm, Faults: faults}})
	}
	if err != nil {
		return err
	}
	shell.Redirect(w, r, "/admin/notice", "admin.channel.saved", message.Args{"name": channel.Name})
	return nil
}

// typed takes over what was typed. What is secret comes empty when it is to stay.
func typed(r *http.Request, c notice.Channel) notice.Channel {
	text := func(field string) string { return strings.TrimSpace(r.PostForm.Get(field)) }
	c.Name, c.On, c.Urgent, c.Digest = text(notice.FieldName), r.PostForm.Has("on"), r.PostForm.Has("urgent"), r.PostForm.Has("digest")
	c.Secret, c.Header, c.Password = text(notice.FieldSecret), text(notice.FieldHeader), r.PostForm.Get(notice.FieldPassword)
	c.Address, c.Unit, c.Template = text(notice.FieldAddress), text(notice.FieldUnit), text(notice.FieldTemplate)
	if c.Kind == notice.KindMail {
		c.Host, c.Security, c.Login = text(notice.FieldHost), notice.Security(text(notice.FieldSecurity)), text(notice.FieldLogin)
		c.From, c.FromName, c.Unit = text(notice.FieldFrom), text(notice.FieldFromName), ""
		var err error
		if c.Port, err = strconv.Atoi(text(notice.FieldPort)); err != nil {
			c.Port = 0
		}
	}
	return c
}

// ChannelDelete takes a channel away.
func (n Notices) ChannelDelete(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	channel, err := n.channel(r, access.Change)
	if err != nil {
		return err
	}
	if err := notice.DeleteChannel(ctx, n.Store, shell.From(ctx).Actor, channel.ID); err != nil {
		return err
	}
	shell.Redirect(w, r, "/admin/notice", "admin.channel.deleted", message.Args{"name": channel.Name})
	return nil
}

// ChannelTest sends a test message at once and shows what became of it.
func (n Notices) ChannelTest(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	if err := r.ParseForm(); err != nil {
		return err
	}
	channel, err := n.channel(r, access.Change)
	if err != nil {
		return err
	}
	id, err := notice.Test(ctx, n.Store, shell.From(ctx).Actor, channel, strings.TrimSpace(r.PostForm.Get(notice.FieldTo)))
	if faults := faultsOfForm(err); faults != nil {
		return n.channelPage(w, r, http.StatusUnprocessableEntity,
			channelView{channel: channel, may: true, test: shell.Form{Values: r.PostForm, Faults: faults}})
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

// unitsOfGroups are the units that a group chat may belong to: all but those that teach.
func unitsOfGroups(ctx context.Context, chosen string) []shell.Option {
	var options []shell.Option
	tree := shell.From(ctx).Tree
	for k := range tree.Len() {
		u := tree.At(k)
		if u.Code == chosen || !u.Kind.Teaches() && u.Kind != unit.Training && len(options) < maxChannelUnits {
			options = append(options, shell.Option{Value: u.Code, Label: u.Name})
		}
	}
	return options
}
