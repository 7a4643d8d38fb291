package letter

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"

	"jiaoheng/access"
	"jiaoheng/attachment"
	"jiaoheng/export/docx"
	"jiaoheng/fault"
	"jiaoheng/letter"
	"jiaoheng/message"
	"jiaoheng/pack"
	"jiaoheng/period"
	registerpages "jiaoheng/web/register"
	"jiaoheng/web/shell"
)

// fieldFile is the field of the form that takes a template.
const fieldFile = "file"

// templateView is one kind of letter with its form.
type templateView struct {
	declared *pack.Letter
	of       *pack.Register
	inUse    letter.Template
	marks    []letter.MarkHelp
	sample   letter.Content
	form     shell.Form
	change   bool
}

// TemplateShow shows the form of one kind of letter with sample values, its marks, and asks for a template.
func (p *Pages) TemplateShow(w http.ResponseWriter, r *http.Request) error {
	return p.templateShow(w, r, http.StatusOK, shell.Form{})
}

// kind finds the kind of letter that an address names.
func (p *Pages) kind(r *http.Request, operation access.Operation) (templateView, error) {
	ctx := r.Context()
	v := templateView{change: access.May(shell.From(ctx).Actor.Post, access.Change, letter.Settings)}
	if !mayArrange(ctx) || operation == access.Change && !v.change {
		return v, shell.NoRight
	}
	var known bool
	if v.declared, known = p.scope().Letter(r.PathValue("name")); !known {
		return v, shell.NotFound
	}
	if v.of, known = p.scope().Register(v.declared.Register); !known {
		return v, shell.NotFound
	}
	v.marks = letter.MarksOf(v.declared, v.of, p.office().Parts(v.declared))
	var err error
	v.inUse, err = p.store.LetterTemplate(ctx, v.declared.Name)
	return v, err
}

func (p *Pages) templateShow(w http.ResponseWriter, r *http.Request, status int, form shell.Form) error {
	ctx := r.Context()
	v, err := p.kind(r, access.See)
	if err != nil {
		return err
	}
	v.form = form
	if v.sample, err = p.sample(ctx, v); err != nil {
		return err
	}
	page := shell.Page{Title: v.declared.Title.In(shell.From(ctx).Language), Lead: text(ctx, "arrange.lead_one"), Word: "admin", Styles: []string{"letter.css"},
		Trail: []shell.Link{{Label: shell.Text(ctx, "admin.letters.title"), Address: "/admin/letter"}}, Source: text(ctx, "source")}
	return shell.Render(w, r, status, page, templateShow(v))
}

func (p *Pages) sample(ctx context.Context, v templateView) (letter.Content, error) {
	head, err := p.office().Head(ctx)
	if err != nil {
		return letter.Content{}, err
	}
	return p.office().Sample(v.declared, v.of, head, period.DayAt(shell.From(ctx).Now)), nil
}

// TemplateUpload takes a template of the bureau. One with a fault leaves the form in use as it is.
func (p *Pages) TemplateUpload(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	v, err := p.kind(r, access.Change)
	if err != nil {
		return err
	}
	if err := r.ParseMultipartForm(1 << 20); err != nil && !errors.Is(err, http.ErrNotMultipart) {
		return err
	}
	file, marks, err := p.uploaded(ctx, r, v)
	if err == nil {
		err = letter.UseTemplate(ctx, p.store, shell.From(ctx).Actor, v.declared, file, marks)
	}
	if faults := fault.Of(err); len(faults) > 0 {
		for _, one := range faults {
			one.Place.Column = fieldFile
		}
		return p.templateShow(w, r, http.StatusUnprocessableEntity, shell.Form{Values: r.Form, Faults: faults})
	}
	if err != nil {
		return err
	}
	shell.Redirect(w, r, "/admin/letter/"+v.declared.Name, "letter.page.arrange.template_stored", message.Args{"count": len(marks)})
	return nil
}

// uploaded reads the template of a form, checks its marks and fills it once with sample values.
func (p *Pages) uploaded(ctx context.Context, r *http.Request, v templateView) (attachment.Prepared, []string, error) {
	none := attachment.Prepared{}
	part, about, err := r.FormFile(fieldFile)
	if err != nil {
		return none, nil, fault.New("letter.page.arrange.file_missing", nil)
	}
	defer part.Close()
	data, err := io.ReadAll(io.LimitReader(part, letter.MaxTemplate+1))
	if err != nil || len(data) > letter.MaxTemplate {
		return none, nil, fault.New("letter.page.arrange.file_large", message.Args{"limit": letter.MaxTemplate >> 20})
	}
	form, err := docx.ReadTemplate(about.Filename, data)
	if err != nil {
		return none, nil, err
	}
	if err := letter.CheckMarks(form.Marks(), v.marks).Err(); err != nil {
		return none, nil, err
	}
	sample, err := p.sample(ctx, v)
	if err != nil {
		return none, nil, err
	}
	filled, err := form.Fill(sample)
	if err != nil {
		return none, nil, err
	}
	if _, err := docx.ReadTemplate(about.Filename, filled); err != nil {
		return none, nil, err
	}
	file, err := p.preparer.Prepare(ctx, about.Filename, data)
	return file, form.Marks(), err
}

// TemplateDrop goes back to the built-in form.
func (p *Pages) TemplateDrop(w http.ResponseWriter, r *http.Request) error {
	v, err := p.kind(r, access.Change)
	if err != nil {
		return err
	}
	if err := letter.DropTemplate(r.Context(), p.store, shell.From(r.Context()).Actor, v.declared); err != nil {
		return err
	}
	shell.Redirect(w, r, "/admin/letter/"+v.declared.Name, "letter.page.arrange.template_dropped", nil)
	return nil
}

// TemplateSample gives out a letter with sample values in the form in use.
func (p *Pages) TemplateSample(w http.ResponseWriter, r *http.Request) error {
	v, err := p.kind(r, access.See)
	if err != nil {
		return err
	}
	content, err := p.sample(r.Context(), v)
	if err != nil {
		return err
	}
	data, err := p.document(r.Context(), v.inUse.ID, content)
	if err != nil {
		return err
	}
	return registerpages.GiveOut(w, text(r.Context(), "arrange.sample_file")+"-"+content.Kind+".docx", attachment.Docx.MediaType(), data)
}

// TemplateForm gives out the built-in form with marks in place of values: where a bureau begins with a form of its own.
func (p *Pages) TemplateForm(w http.ResponseWriter, r *http.Request) error {
	v, err := p.kind(r, access.See)
	if err != nil {
		return err
	}
	mark := func(name string) string { return "{{" + name + "}}" }
	content := letter.Content{Kind: v.declared.Title.In(message.Chinese), Organ: mark(letter.MarkOrgan), Number: mark(letter.MarkNumber), Heading: mark(letter.MarkHeading),
		To: mark(letter.MarkTo), Body: []string{mark(letter.MarkBody)}, Signed: mark(letter.MarkSigned), Date: mark(letter.MarkDate), Copies: mark(letter.MarkCopies)}
	if parts := p.office().Parts(v.declared); parts != nil {
		content.Table = &letter.Table{Columns: []string{message.Text(message.Chinese, "letter.index", nil)}, Rows: [][]string{{mark(letter.MarkIndex)}}}
		for _, one := range v.marks {
			if strings.HasPrefix(one.Name, letter.MarkRow) && one.Name != letter.MarkIndex {
				content.Table.Columns, content.Table.Rows[0] = append(content.Table.Columns, one.Means.Chinese), append(content.Table.Rows[0], mark(one.Name))
			}
		}
	}
	return registerpages.GiveOut(w, text(r.Context(), "arrange.form_file")+"-"+content.Kind+".docx", attachment.Docx.MediaType(), docx.WriteLetter(content))
}
