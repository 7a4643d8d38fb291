package letter

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"jiaoheng/access"
	"jiaoheng/fault"
	"jiaoheng/letter"
	"jiaoheng/web/admin"
	"jiaoheng/web/shell"
)

// mayArrange tells whether the present post may look at the forms of letters: who may change them, and who sees the whole system.
func mayArrange(ctx context.Context) bool {
	post := shell.From(ctx).Actor.Post
	return access.May(post, access.Change, letter.Settings) || shell.May(ctx, access.See, access.System)
}

// TemplateList shows every kind of letter with its form, and what stands at the head of all of them.
func (p *Pages) TemplateList(w http.ResponseWriter, r *http.Request) error {
	if !mayArrange(r.Context()) {
		return shell.NoRight
	}
	return p.templateList(w, r, http.StatusOK, shell.Form{})
}

func (p *Pages) templateList(w http.ResponseWriter, r *http.Request, status int, form shell.Form) error {
	ctx := r.Context()
	head, err := p.office().Head(ctx)
	if err != nil {
		return err
	}
	table := shell.Table{Caption: text(ctx, "arrange.kinds")}
	for _, word := range []string{"kind", "register", "series", "form"} {
		table.Columns = append(table.Columns, shell.Column{Title: text(ctx, "arrange.column."+word)})
	}
	numbers := strings.NewReplacer("{{year}}", strconv.Itoa(shell.From(ctx).Now.Year()), "{{number}}", "1")
	for _, declared := range p.scope().Letters() {
		inUse, err := p.store.LetterTemplate(ctx, declared.Name)
		if err != nil {
			return err
		}
		language := shell.From(ctx).Language
		cells := []shell.Cell{{Text: declared.Title.In(language), Address: "/admin/letter/" + declared.Name}, {}, {Text: numbers.Replace(declared.Number), Written: true}, {Text: text(ctx, "form_builtin")}}
		if of, known := p.scope().Register(declared.Register); known {
			cells[1].Text = of.Title.In(language)
		}
		if inUse.ID != "" {
			cells[3] = shell.Cell{Text: inUse.File, Note: shell.Moment(ctx, inUse.At)}
		}
		table.Rows = append(table.Rows, cells)
	}
	page := admin.Page(ctx, "letters")
	page.Lead = shell.Text(ctx, "admin.letters.lead")
	return shell.Render(w, r, status, page, templateList(table, head, form))
}

// HeadChange sets what stands at the head of all letters.
func (p *Pages) HeadChange(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	if !access.May(shell.From(ctx).Actor.Post, access.Change, letter.Settings) {
		return shell.NoRight
	}
	if err := r.ParseForm(); err != nil {
		return err
	}
	head := letter.Head{Bureau: r.PostForm.Get(letter.FieldBureau), Organ: r.PostForm.Get(letter.FieldOrgan), Printed: r.PostForm.Get(letter.FieldPrinted)}
	err := letter.ChangeHead(ctx, p.store, shell.From(ctx).Actor, head)
	if faults := fault.Of(err); len(faults) > 0 {
		return p.templateList(w, r, http.StatusUnprocessableEntity, shell.Form{Values: r.PostForm, Faults: faults})
	}
	if err != nil {
		return err
	}
	shell.Redirect(w, r, "/admin/letter", "letter.page.arrange.head_stored", nil)
	return nil
}
