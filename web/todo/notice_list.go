package todo

import (
	"net/http"

	"jiaoheng/message"
	"jiaoheng/notice"
	"jiaoheng/web/shell"
)

// noticeView is what the list of notices shows.
type noticeView struct {
	tabs    []shell.Tab
	notices []notice.Notice
	unread  int
	older   string // address of older ones
	newest  bool
}

// Notices shows what the person was told, the newest first.
func (p Pages) Notices(w http.ResponseWriter, r *http.Request) error {
	ctx, person := r.Context(), shell.From(r.Context()).Actor.Post.Person
	before := r.URL.Query().Get("before")
	found, err := p.Store.Notices(ctx, person, false, before, notice.PageRows+1)
	if err != nil {
		return err
	}
	view := noticeView{newest: before == ""}
	if len(found) > notice.PageRows {
		found = found[:notice.PageRows]
		view.older = "/todo/notices?before=" + found[len(found)-1].ID
	}
	view.notices = found
	if view.unread, err = p.Store.NoticesUnread(ctx, person); err != nil {
		return err
	}
	if view.tabs, err = p.tabs(ctx, "todo.notices."); err != nil {
		return err
	}
	return shell.Render(w, r, http.StatusOK, frameOf(ctx, "todo.notices."), noticeList(view))
}

// NoticesRead marks every unread notice as read.
func (p Pages) NoticesRead(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	count, err := notice.ReadAll(ctx, p.Store, shell.From(ctx).Actor)
	if err != nil {
		return err
	}
	shell.Redirect(w, r, "/todo/notices", "todo.notices.read", message.Args{"count": count})
	return nil
}

// NoticeOpen marks one notice as read and leads to what it is about.
func (p Pages) NoticeOpen(w http.ResponseWriter, r *http.Request) error {
	ctx, id := r.Context(), r.PathValue("id")
	// "~" stands behind every letter of an id, so that the first one before it is the notice itself.
	found, err := p.Store.Notices(ctx, shell.From(ctx).Actor.Post.Person, false, id+"~", 1)
	if err != nil {
		return err
	}
	if len(found) == 0 || found[0].ID != id {
		return shell.NotFound
	}
	if _, err := notice.Read(ctx, p.Store, shell.From(ctx).Actor, id); err != nil {
		return err
	}
	address := found[0].Address()
	if address == "" {
		address = "/todo/notices"
	}
	shell.Redirect(w, r, address, "", nil)
	return nil
}
