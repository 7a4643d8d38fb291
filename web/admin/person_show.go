package admin

import (
	"context"
	"net/http"
	"strings"

	"jiaoheng/access"
	"jiaoheng/fault"
	"jiaoheng/message"
	"jiaoheng/person"
	"jiaoheng/web/shell"
)

// maxUnitsChosen bounds the units that a post can be chosen from in a list; beyond it the code is typed.
const maxUnitsChosen = 2000

// Names of the forms of the page of a person.
const (
	formPerson  = "person"
	formPost    = "post"
	formEnd     = "end"
	formAccount = "account"
)

// personView is what the page of a person shows. Form belongs to the form called which.
type personView struct {
	one
	may   bool // to change
	form  shell.Form
	which string
	link  string // to set a password, shown once
}

func (v personView) formOf(which string) shell.Form {
	if v.which == which {
		return v.form
	}
	return shell.Form{}
}

// Show shows one person with posts and accounts.
func (p People) Show(w http.ResponseWriter, r *http.Request) error {
	found, err := p.find(r, access.See)
	if err != nil {
		return err
	}
	return showPerson(w, r, http.StatusOK, personView{one: found})
}

func showPerson(w http.ResponseWriter, r *http.Request, status int, view personView) error {
	ctx := r.Context()
	view.may = shell.May(ctx, access.Change, access.People)
	frame := shell.Page{Title: view.person.Name, Word: "admin", Trail: trail(ctx)}
	return shell.Render(w, r, status, frame, personShow(view))
}

func trail(ctx context.Context) []shell.Link {
	return []shell.Link{{Label: shell.Text(ctx, "admin.persons.title"), Address: "/admin/person"}}
}

// change parses the form, does the work and leads back to the page of the person, or shows it again with the faults of the form
// called which.
func (p People) change(w http.ResponseWriter, r *http.Request, which, told string, do func(ctx context.Context, found one) error) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	found, err := p.find(r, access.Change)
	if err != nil {
		return err
	}
	err = do(r.Context(), found)
	if isFormFault(err) {
		return showPerson(w, r, http.StatusUnprocessableEntity, personView{one: found, which: which, form: shell.Form{Values: r.PostForm, Faults: fault.Of(err)}})
	}
	if err != nil {
		return err
	}
	shell.Redirect(w, r, "/admin/person/"+found.person.ID, told, message.Args{"name": found.person.Name})
	return nil
}

// Update stores the name and, when one was typed, the telephone number of a person.
func (p People) Update(w http.ResponseWriter, r *http.Request) error {
	return p.change(w, r, formPerson, "admin.person.updated", func(ctx context.Context, found one) error {
		changed := found.person
		changed.Name = r.PostForm.Get(person.FieldName)
		if phone := strings.TrimSpace(r.PostForm.Get(person.FieldPhone)); phone != "" {
			changed.Phone = phone
		}
		return person.Update(ctx, p.Store, shell.From(ctx).Actor, here(ctx), changed)
	})
}

// PostCreate gives the person a post.
func (p People) PostCreate(w http.ResponseWriter, r *http.Request) error {
	return p.change(w, r, formPost, "admin.posts.created", func(ctx context.Context, found one) error {
		form := r.PostForm
		code := strings.TrimSpace(form.Get(person.FieldUnit))
		if _, known := shell.From(ctx).Tree.Find(code); code != "" && !known {
			return fault.At(fault.Place{Column: person.FieldUnit}, "admin.posts.unit_unknown", message.Args{"code": code})
		}
		_, err := person.CreatePost(ctx, p.Store, shell.From(ctx).Actor, person.At(shell.From(ctx).Tree, code), person.Post{
			Person: found.person.ID, Role: access.Role(form.Get(person.FieldRole)), Subject: strings.TrimSpace(form.Get(person.FieldSubject)),
			From: form.Get(person.FieldFrom), To: form.Get(person.FieldTo)})
		return err
	})
}

// PostEnd ends a post of the person on the day that was given.
func (p People) PostEnd(w http.ResponseWriter, r *http.Request) error {
	return p.change(w, r, formEnd, "admin.posts.ended", func(ctx context.Context, found one) error {
		for _, post := range found.posts {
			if post.ID == r.PathValue("post") {
				return person.EndPost(ctx, p.Store, shell.From(ctx).Actor, person.At(shell.From(ctx).Tree, post.Unit), post.ID, r.PostForm.Get("last"))
			}
		}
		return shell.NotFound
	})
}

// unitOptions are the units a post can stand at, deeper ones indented; nil when there are too many for a list.
func unitOptions(ctx context.Context) []shell.Option {
	view := shell.From(ctx)
	from, to := view.Actor.Post.Unit.From, view.Actor.Post.Unit.To
	if to == from {
		from, to = 0, view.Tree.Len()
	}
	var options []shell.Option
	if access.MayGrant(view.Actor.Post, access.SystemAdministrator, access.Unit{}) {
		options = append(options, shell.Option{Label: shell.Text(ctx, "shell.whole")})
	}
	for n := from; n < to; n++ {
		found := view.Tree.At(n)
		if found.Kind == "section" || !found.OpenOn(shellToday(ctx)) {
			continue
		}
		options = append(options, shell.Option{Value: found.Code, Label: strings.Repeat("　", view.Tree.Depth(n)) + found.Name})
	}
	if len(options) > maxUnitsChosen {
		return nil
	}
	return options
}

func roleOptions(ctx context.Context) []shell.Option {
	var options []shell.Option
	for _, role := range mayGrant(ctx) {
		options = append(options, shell.Option{Value: string(role), Label: role.Text(shell.From(ctx).Language)})
	}
	return options
}
