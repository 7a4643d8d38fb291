package todo

import (
	"net/http"
	"strconv"
	"strings"

	"jiaoheng/fault"
	"jiaoheng/notice"
	"jiaoheng/web/shell"
)

// settingView is what the page of one's own choices shows.
type settingView struct {
	tabs   []shell.Tab
	choice notice.Choice
	mail   bool // there is a mail server
	hour   string
	form   shell.Form
}

// Settings shows how the person who is signed in wants to be told.
func (p Pages) Settings(w http.ResponseWriter, r *http.Request) error {
	return p.settings(w, r, http.StatusOK, shell.Form{})
}

func (p Pages) settings(w http.ResponseWriter, r *http.Request, status int, form shell.Form) error {
	ctx, person := r.Context(), shell.From(r.Context()).Actor.Post.Person
	choices, err := p.Store.Choices(ctx, []string{person})
	if err != nil {
		return err
	}
	choice, chosen := choices[person]
	if !chosen {
		choice = notice.Choice{Person: person, Digest: true, Urgent: true}
	}
	channels, err := p.Store.Channels(ctx)
	if err != nil {
		return err
	}
	setting, err := p.Store.Setting(ctx)
	if err != nil {
		return err
	}
	view := settingView{choice: choice, form: form, hour: strconv.Itoa(setting.Hour) + ":00"}
	_, view.mail = notice.Mail(channels)
	if view.tabs, err = p.tabs(ctx, "todo.settings."); err != nil {
		return err
	}
	return shell.Render(w, r, status, frameOf(ctx, "todo.settings."), settingShow(view))
}

// SettingsSave stores it.
func (p Pages) SettingsSave(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	if err := r.ParseForm(); err != nil {
		return err
	}
	version, err := strconv.ParseInt(r.PostForm.Get("version"), 10, 64)
	if err != nil || version < 0 {
		version = 0
	}
	choice := notice.Choice{Mail: r.PostForm.Has("mail"), Digest: r.PostForm.Has("digest"), Urgent: r.PostForm.Has("urgent"),
		Address: strings.TrimSpace(r.PostForm.Get(notice.FieldAddress)), Version: version}
	err = notice.SaveChoice(ctx, p.Store, shell.From(ctx).Actor, choice)
	if faults := fault.Of(err); faults != nil {
		return p.settings(w, r, http.StatusUnprocessableEntity, shell.Form{Values: r.PostForm, Faults: faults})
	}
	if err != nil {
		return err
	}
	shell.Redirect(w, r, "/todo/settings", "todo.settings.saved", nil)
	return nil
}
