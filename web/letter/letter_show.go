package letter

import (
	"context"
	"errors"
	"net/http"

	"jiaoheng/attachment"
	"jiaoheng/export/docx"
	"jiaoheng/letter"
	registerpages "jiaoheng/web/register"
	"jiaoheng/web/shell"
)

// Show shows a letter as it prints, with the row that it is about.
func (p *Pages) Show(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	one, err := p.one(r)
	if err != nil {
		return err
	}
	page := shell.Page{Title: one.Content.Heading, Lead: one.Content.Number, Word: "register", Styles: []string{"letter.css"}, Source: text(ctx, "source"),
		Trail:   trail(ctx, shell.Link{Label: text(ctx, "title"), Address: "/letter"}),
		Actions: shell.Press(shell.Button{Label: text(ctx, "file"), Icon: "file-type-docx", Kind: "primary", Address: "/letter/" + one.ID + "/file"})}
	return shell.Render(w, r, http.StatusOK, page, letterShow(p, one))
}

// one reads the letter that an address names. A letter that may not be seen is not told from one that is not there.
// One in which personal values stand is noted as looked at.
func (p *Pages) one(r *http.Request) (letter.Letter, error) {
	ctx := r.Context()
	one, err := p.store.Letter(ctx, r.PathValue("id"))
	if errors.Is(err, letter.ErrNotFound) {
		return one, shell.NotFound
	}
	if err != nil {
		return one, err
	}
	seen, err := p.seen(ctx, []letter.Letter{one})
	if err != nil {
		return one, err
	}
	if len(seen) == 0 {
		return one, shell.NotFound
	}
	return one, p.note(ctx, one)
}

func (p *Pages) facts(ctx context.Context, one letter.Letter) []shell.Fact {
	row := one.Row
	if of, known := p.scope().Register(one.Register); known {
		row = of.Title.In(shell.From(ctx).Language)
	}
	form := text(ctx, "form_builtin")
	if one.Template != "" {
		form = text(ctx, "form_own")
	}
	return []shell.Fact{
		{Name: text(ctx, "fact.row"), Body: link(row, "/record/"+one.Register+"/row/"+one.Row)},
		{Name: text(ctx, "column.kind"), Text: p.kindTitle(ctx, one)},
		{Name: text(ctx, "column.by"), Text: p.nameOf(ctx, one.Person), Note: shell.Moment(ctx, one.At)},
		{Name: text(ctx, "fact.form"), Text: form},
		{Name: text(ctx, "column.hash"), Body: digest(one.Hash)},
	}
}

// File gives out the letter as a document, in the form that was in use when it was issued.
func (p *Pages) File(w http.ResponseWriter, r *http.Request) error {
	one, err := p.one(r)
	if err != nil {
		return err
	}
	data, err := p.document(r.Context(), one.Template, one.Content)
	if err != nil {
		return err
	}
	return registerpages.GiveOut(w, one.Content.Number+one.Content.Heading+".docx", attachment.Docx.MediaType(), data)
}

// document makes the file of a letter in the built-in form or in that of a template.
func (p *Pages) document(ctx context.Context, template string, content letter.Content) ([]byte, error) {
	if template == "" {
		return docx.WriteLetter(content), nil
	}
	data, err := letter.TemplateData(ctx, p.store, template)
	if err != nil {
		return nil, err
	}
	form, err := docx.ReadTemplate("", data)
	if err != nil {
		return nil, err
	}
	return form.Fill(content)
}
