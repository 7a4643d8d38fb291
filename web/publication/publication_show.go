package publication

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"jiaoheng/access"
	"jiaoheng/fault"
	"jiaoheng/publication"
	"jiaoheng/web/shell"
)

// formView is the form of a publication.
type formView struct {
	action  string
	content publication.Content
	version int64
	form    shell.Form
}

// paragraphs are the texts of a content, one a line.
func (v formView) paragraphs() string {
	var lines []string
	for _, block := range v.content.Blocks {
		if block.Table == nil {
			lines = append(lines, block.Text)
		}
	}
	return strings.Join(lines, "\n")
}

// tables are the tables of a content; they are made anew, not edited.
func tablesOf(content publication.Content) []publication.Table {
	var all []publication.Table
	for _, block := range content.Blocks {
		if block.Table != nil {
			all = append(all, *block.Table)
		}
	}
	return all
}

// showView is one publication with what the present post may do.
type showView struct {
	one     publication.Publication
	facts   []shell.Fact
	change  bool
	approve bool
	second  bool // the present person is neither preparer nor last editor
	form    shell.Form
}

// Show shows a publication as it is or will be, and offers the next step.
func (p *Pages) Show(w http.ResponseWriter, r *http.Request) error {
	return p.show(w, r, http.StatusOK, shell.Form{})
}

func (p *Pages) show(w http.ResponseWriter, r *http.Request, status int, form shell.Form) error {
	ctx := r.Context()
	one, err := p.one(r)
	if err != nil {
		return err
	}
	me := shell.From(ctx).Actor.Post.Person
	v := showView{one: one, form: form, facts: p.facts(ctx, one), change: shell.May(ctx, access.Change, access.Publication),
		approve: shell.May(ctx, access.Approve, access.Publication), second: me != one.Preparer && me != one.Editor}
	return shell.Render(w, r, status, page(ctx, one.Content.Title), deskShow(v))
}

func (p *Pages) one(r *http.Request) (publication.Publication, error) {
	if !mayWork(r.Context()) {
		return publication.Publication{}, shell.NoRight
	}
	one, err := p.store.Publication(r.Context(), r.PathValue("id"))
	if errors.Is(err, publication.ErrNotFound) {
		return one, shell.NotFound
	}
	return one, err
}

func (p *Pages) facts(ctx context.Context, one publication.Publication) []shell.Fact {
	facts := []shell.Fact{
		{Name: text(ctx, "column.state"), Body: shell.StatusWord(condition(one.State), shell.Text(ctx, "publication.state."+string(one.State)))},
		{Name: text(ctx, "column.prepared"), Text: p.nameOf(ctx, one.Preparer), Note: shell.Moment(ctx, one.PreparedAt)},
	}
	if one.EditedAt.After(one.PreparedAt) {
		facts = append(facts, shell.Fact{Name: text(ctx, "edited"), Text: p.nameOf(ctx, one.Editor), Note: shell.Moment(ctx, one.EditedAt)})
	}
	if one.State != publication.Draft {
		facts = append(facts, shell.Fact{Name: text(ctx, "column.approved"), Text: p.nameOf(ctx, one.Approver), Note: shell.Moment(ctx, one.PublishedAt)},
			shell.Fact{Name: text(ctx, "address"), Body: publicLink(one.ID)}, shell.Fact{Name: "SHA-256", Body: digest(one.Hash)})
	}
	if one.State == publication.Withdrawn {
		facts = append(facts, shell.Fact{Name: text(ctx, "withdrawn"), Text: p.nameOf(ctx, one.Withdrawer), Note: shell.Moment(ctx, one.WithdrawnAt)},
			shell.Fact{Name: text(ctx, "reason"), Text: one.Reason})
	}
	return facts
}

func versionOf(r *http.Request) int64 {
	version, _ := strconv.ParseInt(r.PostFormValue("version"), 10, 64)
	return version
}

// after answers a step: faults on the page of the publication, else back to it with a word.
func (p *Pages) after(w http.ResponseWriter, r *http.Request, err error, key string) error {
	if faults := fault.Of(err); len(faults) > 0 {
		return p.show(w, r, http.StatusUnprocessableEntity, shell.Form{Values: r.PostForm, Faults: faults})
	}
	if err != nil {
		return err
	}
	shell.Redirect(w, r, "/publication/"+r.PathValue("id"), key, nil)
	return nil
}

// Change changes the words of a draft; its tables stay.
func (p *Pages) Change(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	if !shell.May(ctx, access.Change, access.Publication) {
		return shell.NoRight
	}
	one, err := p.one(r)
	if err != nil {
		return err
	}
	if err := r.ParseForm(); err != nil {
		return err
	}
	content, faults := p.posted(r)
	for _, table := range tablesOf(one.Content) {
		content.Blocks = append(content.Blocks, publication.Block{Table: &table})
	}
	err = faults.Err()
	if err == nil {
		err = publication.Change(ctx, p.store, shell.From(ctx).Actor, one.ID, versionOf(r), content)
	}
	return p.after(w, r, err, "publication.page.changed")
}

// Approve publishes a draft.
func (p *Pages) Approve(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	if !shell.May(ctx, access.Approve, access.Publication) {
		return shell.NoRight
	}
	one, err := p.one(r)
	if err != nil {
		return err
	}
	return p.after(w, r, publication.Approve(ctx, p.store, shell.From(ctx).Actor, one.ID, versionOf(r)), "publication.page.published")
}

// Withdraw takes a publication back with a reason.
func (p *Pages) Withdraw(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	if !shell.May(ctx, access.Approve, access.Publication) {
		return shell.NoRight
	}
	one, err := p.one(r)
	if err != nil {
		return err
	}
	reason := r.PostFormValue(publication.FieldReason)
	return p.after(w, r, publication.Withdraw(ctx, p.store, shell.From(ctx).Actor, one.ID, versionOf(r), reason), "publication.page.taken_back")
}

func kindOptions(ctx context.Context) []shell.Option {
	var options []shell.Option
	for _, kind := range publication.Kinds() {
		options = append(options, shell.Option{Value: kind, Label: shell.Text(ctx, "publication.kind."+kind)})
	}
	return options
}
